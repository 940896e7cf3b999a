//! Policies that extend policies.

use std::collections::BTreeMap;

use crate::scenario::diagnostic::{PolicyRule, ValueRule};
use crate::scenario::diagnostics::Diagnostics;
use crate::scenario::merge::over_policy;
use crate::scenario::nearest::nearest;
use crate::scenario::tree::{Node, NodeValue, Table};

/// Gives every policy the levers of the one it extends, where it does not set them itself.
pub(super) fn inherit(root: &mut Table, diagnostics: &mut Diagnostics) {
    let Some(NodeValue::List(policies)) = root.get_mut("policy").map(|entry| &mut entry.node.value) else { return };
    let at: BTreeMap<String, usize> =
        policies.iter().enumerate().filter_map(|(index, node)| Some((node.name()?.to_owned(), index))).collect();
    let parents = parents(policies, &at, diagnostics);
    for index in order(policies, &parents, diagnostics) {
        let Some(parent) = parents[index] else { continue };
        let over = match &mut policies[index].value {
            NodeValue::Table(over) => std::mem::take(over),
            _ => continue,
        };
        let over = policies[parent].table().map(|below| over_policy(below, over));
        policies[index].value = NodeValue::Table(over.unwrap_or_default());
    }
}

/// The violation of a policy that is extended, or from which an arm is made, but does not exist.
pub(super) fn no_policy<'a>(name: &'a str, all: impl Iterator<Item = &'a str>) -> ValueRule<'a> {
    let help = match nearest(name, all) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "name a [[policy]] of this scenario or of the one it extends".to_owned(),
    };
    ValueRule::NoSuchEntry { list: "policy", name, rule: "the name of a [[policy]]".to_owned(), help }
}

/// The index of the policy that each policy extends.
fn parents(policies: &[Node], at: &BTreeMap<String, usize>, diagnostics: &mut Diagnostics) -> Vec<Option<usize>> {
    let mut parents = Vec::with_capacity(policies.len());
    for node in policies {
        let Some((extends, name)) = node.get("extends").and_then(|extends| Some((extends, extends.text()?))) else {
            parents.push(None);
            continue;
        };
        let parent = at.get(name).copied();
        if parent.is_none() && !diagnostics.full() && !diagnostics.incomplete() {
            diagnostics.report(extends.span, no_policy(name, at.keys().map(String::as_str)));
        }
        parents.push(parent);
    }
    parents
}

/// Every policy that extends another, parents before children. A circle is reported, and its members are left out.
fn order(policies: &[Node], parents: &[Option<usize>], diagnostics: &mut Diagnostics) -> Vec<usize> {
    #[derive(Clone, Copy)]
    enum Visit {
        New,
        OnTheWay,
        Done,
    }
    let mut state = vec![Visit::New; policies.len()];
    let mut order = Vec::new();
    for first in 0..policies.len() {
        let mut way = Vec::new();
        let mut next = Some(first);
        while let Some(index) = next {
            next = match state[index] {
                Visit::New => {
                    state[index] = Visit::OnTheWay;
                    way.push(index);
                    parents[index]
                }
                Visit::OnTheWay => {
                    let start = way.iter().position(|&other| other == index).unwrap_or(0);
                    let members = way.split_off(start);
                    circle(policies, &members, diagnostics);
                    members.iter().for_each(|&member| state[member] = Visit::Done);
                    None
                }
                Visit::Done => None,
            };
        }
        for index in way.into_iter().rev() {
            state[index] = Visit::Done;
            order.push(index);
        }
    }
    order
}

fn circle(policies: &[Node], members: &[usize], diagnostics: &mut Diagnostics) {
    let names: Vec<&str> = members.iter().filter_map(|&index| policies[index].name()).collect();
    let Some(&last) = members.last() else { return };
    diagnostics.report(policies[last].span_of(&["extends"]), PolicyRule::ExtendsCircle { names: &names });
}
