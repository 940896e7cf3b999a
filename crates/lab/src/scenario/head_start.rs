//! `[[head_start]]`: a policy under which one organisation begins with more, as an arm of its own.
//!
//! `policy = "status-quo"`, `more = 0.5` makes *status-quo with a head start*: the same levers, and in each replicate one
//! affiliate, drawn at random, begins with half as much again of staff and money. What it still has more at the end is
//! inherited advantage.

use std::collections::BTreeMap;

use crate::scenario::ablation::{below, known_keys, missing, not_an_entry};
use crate::scenario::arm::label_with_head_start;
use crate::scenario::catalogue::{HEAD_START, MORE};
use crate::scenario::check::Removed;
use crate::scenario::declared::{Change, Declared};
use crate::scenario::diagnostic::ArmRule;
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::merge::not_entries;
use crate::scenario::tree::{Node, NodeValue, Table, TableEntry};

/// Adds the arms with a head start to the policies, which have all their levers by now. `own` is where the scenario's own
/// text begins, if a head start of 0 in it is a mistake. Returns the arms that were added.
pub(super) fn expand(
    root: &mut Table,
    own: Option<Span>,
    removed: &Removed,
    diagnostics: &mut Diagnostics,
) -> Vec<Declared> {
    let Some(entry) = root.get(HEAD_START.name) else { return Vec::new() };
    let Some(entries) = entry.node.list() else {
        not_entries(HEAD_START.name, &entry.node, diagnostics);
        return Vec::new();
    };
    let policies = root.get("policy").and_then(|entry| entry.node.list()).unwrap_or(&[]);
    let mut expander = Expander { policies, own, removed, diagnostics, arms: BTreeMap::new() };
    for node in entries {
        expander.entry(node);
    }
    let arms = expander.arms;
    if let Some(TableEntry { node: Node { value: NodeValue::List(list), .. }, .. }) = root.get_mut("policy") {
        list.extend(arms.values().map(|arm| arm.node.clone()));
    }
    arms.into_iter().map(|(name, arm)| Declared::new(&name, &arm.policy, Change::HeadStart)).collect()
}

/// An arm with a head start: the policy from which it is made, and where it is declared.
struct HeadStartArm {
    policy: String,
    span: Span,
    node: Node,
}

/// Makes arms from the entries of `[[head_start]]`.
struct Expander<'a> {
    policies: &'a [Node],
    own: Option<Span>,
    removed: &'a Removed,
    diagnostics: &'a mut Diagnostics,
    /// The arms so far, by name.
    arms: BTreeMap<String, HeadStartArm>,
}

impl Expander<'_> {
    fn entry(&mut self, node: &Node) {
        let Some(table) = node.table() else {
            self.diagnostics.report(node.span, not_an_entry(HEAD_START.name, node));
            return;
        };
        known_keys(table, &HEAD_START, &[], self.diagnostics);
        let Some(policy) = node.get("policy") else {
            self.diagnostics.report(node.span, missing(&HEAD_START, "policy", "policy = \"…\""));
            return;
        };
        if let Some((name, levers)) = below(self.policies, self.removed, policy, self.diagnostics) {
            self.arm(&name, levers, node.get("more"), policy.span);
        }
    }

    /// Adds the arm of a policy. If a scenario and the one it extends declare the same arm, the later declaration holds.
    fn arm(&mut self, policy: &str, mut levers: Table, more: Option<&Node>, span: Span) {
        let name = label_with_head_start(policy);
        if let Some(first) = self.arms.get(&name).filter(|first| first.span.same_file(span)) {
            let (what, first) = (format!("head start of \"{policy}\""), self.diagnostics.name(first.span));
            self.diagnostics.report(span, ArmRule::SecondArm { what, rule: "one of each policy", first });
            return;
        }
        if self.policies.iter().any(|policy| policy.name() == Some(&name)) {
            self.diagnostics.report(span, ArmRule::NameTaken { name: &name, arm: "head start" });
            return;
        }
        let about = format!("As {policy}, but one organisation, another in each replicate, begins with more.");
        let more = more.cloned().unwrap_or(Node { span, value: NodeValue::Real(MORE) });
        let zero = matches!(more.value, NodeValue::Whole(0) | NodeValue::Real(0.0));
        if zero && self.own.is_some_and(|own| own.same_file(more.span)) {
            self.diagnostics.report(more.span, ArmRule::HeadStartOfNothing { policy });
        }
        let start = Table::from([("more".to_owned(), TableEntry { key: more.span, node: more })]);
        for (key, value) in [
            ("name", NodeValue::Text(name.clone())),
            ("description", NodeValue::Text(about)),
            (HEAD_START.name, NodeValue::Table(start)),
        ] {
            levers.insert(key.to_owned(), TableEntry { key: span, node: Node { span, value } });
        }
        let node = Node { span, value: NodeValue::Table(levers) };
        self.arms.insert(name, HeadStartArm { policy: policy.to_owned(), span, node });
    }
}
