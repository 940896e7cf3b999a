//! Policies that extend policies.

use std::collections::BTreeMap;

use crate::scenario::merge::over_policy;
use crate::scenario::nearest::nearest;
use crate::scenario::source::Notes;
use crate::scenario::tree::{Node, Table, Value};

/// Gives every policy the levers of the one it extends, where it does not set them itself.
pub(super) fn inherit(root: &mut Table, notes: &mut Notes) {
    let Some(Value::List(policies)) = root.get_mut("policy").map(|entry| &mut entry.node.value) else { return };
    let at: BTreeMap<String, usize> =
        policies.iter().enumerate().filter_map(|(index, node)| Some((node.name()?.to_owned(), index))).collect();
    let parents = parents(policies, &at, notes);
    for index in order(policies, &parents, notes) {
        let Some(parent) = parents[index] else { continue };
        let over = match &mut policies[index].value {
            Value::Table(over) => std::mem::take(over),
            _ => continue,
        };
        let over = policies[parent].table().map(|below| over_policy(below, over));
        policies[index].value = Value::Table(over.unwrap_or_default());
    }
}

/// Whom each policy extends.
fn parents(policies: &[Node], at: &BTreeMap<String, usize>, notes: &mut Notes) -> Vec<Option<usize>> {
    let mut parents = Vec::with_capacity(policies.len());
    for node in policies {
        let Some((extends, name)) = node.get("extends").and_then(|extends| Some((extends, extends.text()?))) else {
            parents.push(None);
            continue;
        };
        let parent = at.get(name).copied();
        if parent.is_none() && !notes.full() && !notes.partial() {
            let help = match nearest(name, at.keys().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "name a [[policy]] of this scenario or of the one it extends".to_owned(),
            };
            notes.problem(extends.place, format!("there is no policy \"{name}\""), "the name of a [[policy]]", help);
        }
        parents.push(parent);
    }
    parents
}

/// Every policy that extends another, parents before children. A circle is a problem, and none of it is given.
fn order(policies: &[Node], parents: &[Option<usize>], notes: &mut Notes) -> Vec<usize> {
    #[derive(Clone, Copy)]
    enum State {
        New,
        OnTheWay,
        Done,
    }
    let mut state = vec![State::New; policies.len()];
    let mut order = Vec::new();
    for first in 0..policies.len() {
        let mut way = Vec::new();
        let mut next = Some(first);
        while let Some(index) = next {
            next = match state[index] {
                State::New => {
                    state[index] = State::OnTheWay;
                    way.push(index);
                    parents[index]
                }
                State::OnTheWay => {
                    let start = way.iter().position(|&other| other == index).unwrap_or(0);
                    let members = way.split_off(start);
                    circle(policies, &members, notes);
                    members.iter().for_each(|&member| state[member] = State::Done);
                    None
                }
                State::Done => None,
            };
        }
        for index in way.into_iter().rev() {
            state[index] = State::Done;
            order.push(index);
        }
    }
    order
}

fn circle(policies: &[Node], members: &[usize], notes: &mut Notes) {
    let names: Vec<&str> = members.iter().filter_map(|&index| policies[index].name()).collect();
    let Some(&last) = members.last() else { return };
    let place = policies[last].place_of(&["extends"]);
    let (message, help) = match names.as_slice() {
        [name] => (
            format!("policy \"{name}\" extends itself"),
            "leave `extends` out: what the extended scenario says of it is kept".to_owned(),
        ),
        names => (
            format!("policies extend each other in a circle: {}", names.join(" → ")),
            "let one of them extend none of the others".to_owned(),
        ),
    };
    notes.problem(place, message, "a policy extends another, and so on, to an end", help);
}
