//! `[[head_start]]`: a policy under which one organisation begins with more, as an arm of its own.
//!
//! `policy = "status-quo"`, `more = 0.5` makes *status-quo with a head start*: the same levers, and in each replicate one
//! affiliate, drawn by the world's luck, has half as much again of staff and money in year 0. What it has more in the end
//! is inherited.

use std::collections::BTreeMap;

use crate::scenario::ablation::{below, known_keys, missing, not_an_entry};
use crate::scenario::catalogue::{HEAD_START, MORE};
use crate::scenario::check::Removed;
use crate::scenario::diagnostic::ArmRule;
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::merge::not_entries;
use crate::scenario::tree::{Entry, Node, Table, Value};

/// What such an arm is called after its policy.
const WITH: &str = "with a head start";

/// Adds the arms with a head start to the policies, which have all their levers by now. `own` is where the scenario's own
/// text begins, if what it asks for must be more than nothing.
pub(super) fn expand(root: &mut Table, own: Option<Span>, removed: &Removed, notes: &mut Diagnostics) {
    let Some(entry) = root.get(HEAD_START.name) else { return };
    let Some(entries) = entry.node.list() else {
        not_entries(HEAD_START.name, &entry.node, notes);
        return;
    };
    let policies: Vec<Node> =
        root.get("policy").and_then(|entry| entry.node.list()).map_or(Vec::new(), <[Node]>::to_vec);
    let mut arms = Arms::new();
    for node in entries {
        let Some(table) = node.table() else {
            notes.report(node.place, not_an_entry(HEAD_START.name, node));
            continue;
        };
        known_keys(table, &HEAD_START, notes);
        let Some(policy) = node.get("policy") else {
            notes.report(node.place, missing(&HEAD_START, "policy", "policy = \"…\""));
            continue;
        };
        if let Some((name, levers)) = below(&policies, removed, policy, notes) {
            arm(&name, levers, node, policy.place, (&policies, own), &mut arms, notes);
        }
    }
    if let Some(Entry { node: Node { value: Value::List(list), .. }, .. }) = root.get_mut("policy") {
        list.extend(arms.into_values().map(|(_, arm)| arm));
    }
}

/// Arms by name, and what said so.
type Arms = BTreeMap<String, (Span, Node)>;

/// The policy with a head start. Said by a scenario and by the one it extends, the later one holds.
fn arm(
    policy: &str,
    mut levers: Table,
    node: &Node,
    place: Span,
    (policies, own): (&[Node], Option<Span>),
    arms: &mut Arms,
    notes: &mut Diagnostics,
) {
    let name = format!("{policy} {WITH}");
    if let Some((first, _)) = arms.get(&name).filter(|(first, _)| first.same_file(place)) {
        let (what, first) = (format!("head start of \"{policy}\""), notes.name(*first));
        notes.report(place, ArmRule::SecondArm { what, rule: "one of each policy", first });
        return;
    }
    if policies.iter().any(|policy| policy.name() == Some(&name)) {
        notes.report(place, ArmRule::NameTaken { name: &name, arm: "head start" });
        return;
    }
    let about = format!("As {policy}, but one organisation, another in each replicate, begins with more.");
    let more = node.get("more").cloned().unwrap_or(Node { place, value: Value::Real(MORE) });
    if matches!(more.value, Value::Whole(0) | Value::Real(0.0)) && own.is_some_and(|own| own.same_file(more.place)) {
        notes.report(more.place, ArmRule::HeadStartOfNothing { policy });
    }
    let start = Table::from([("more".to_owned(), Entry { key: more.place, node: more })]);
    for (key, value) in [
        ("name", Value::Text(name.clone())),
        ("description", Value::Text(about)),
        (HEAD_START.name, Value::Table(start)),
    ] {
        levers.insert(key.to_owned(), Entry { key: place, node: Node { place, value } });
    }
    arms.insert(name, (place, Node { place, value: Value::Table(levers) }));
}
