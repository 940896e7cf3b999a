//! `[[arm]]`: a policy with some levers, parameters and facts set, as an arm of its own.
//!
//! `policy = "status-quo"`, `set = { "support.requests" = { times = 2 } }` makes an arm beside the policies. Its levers
//! and shocks are put into a copy of the policy, so that they are checked as those of any policy; parameters and facts are
//! read against the catalogue by `check::arm`.

use crate::scenario::ablation::{below, known_keys, missing, not_an_entry};
use crate::scenario::arm_keys::{ArmTable, SetKey};
use crate::scenario::catalogue::{ARM, LEVERS};
use crate::scenario::check::Removed;
use crate::scenario::diagnostic::{ArmRule, ValueRule};
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::key_path;
use crate::scenario::merge::{SHOCKS, not_entries};
use crate::scenario::tree::{Node, NodeValue, Table, TableEntry};
use hubsim_model::inputs::{ENTITIES, WORLD};

/// The parts of a policy that are no levers and that an arm takes from its policy.
const HEAD_START: &str = "head_start";

/// Keys of a shock that strike the world, and not only the hubs of the arm.
const OF_THE_WORLD: [&str; 4] = ["funder", "region", "theme", "foundation"];

/// Adds the arms to the policies, which have all their levers by now. Returns the arms.
pub(super) fn expand(root: &mut Table, removed: &Removed, diagnostics: &mut Diagnostics) -> Vec<ArmTable> {
    let Some(entry) = root.get(ARM.name) else { return Vec::new() };
    let Some(entries) = entry.node.list() else {
        not_entries(ARM.name, &entry.node, diagnostics);
        return Vec::new();
    };
    let policies = root.get("policy").and_then(|entry| entry.node.list()).unwrap_or(&[]);
    let mut expander = Expander { policies, removed, diagnostics, arms: Vec::new(), made: Vec::new() };
    for node in entries {
        expander.entry(node);
    }
    let Expander { arms, made, .. } = expander;
    if let Some(TableEntry { node: Node { value: NodeValue::List(list), .. }, .. }) = root.get_mut("policy") {
        list.extend(made);
    }
    arms
}

/// Makes arms from the entries of `[[arm]]`.
struct Expander<'a> {
    policies: &'a [Node],
    removed: &'a Removed,
    diagnostics: &'a mut Diagnostics,
    arms: Vec<ArmTable>,
    made: Vec<Node>,
}

impl Expander<'_> {
    fn entry(&mut self, node: &Node) {
        let Some(table) = node.table() else {
            self.diagnostics.report(node.span, not_an_entry(ARM.name, node));
            return;
        };
        known_keys(table, &ARM, &[SHOCKS], self.diagnostics);
        for (key, example) in [("name", "name = \"…\""), ("policy", "policy = \"…\"")] {
            if !table.contains_key(key) && !self.diagnostics.incomplete() {
                self.diagnostics.report(node.span, missing(&ARM, key, example));
            }
        }
        let set = self.set(table);
        let (Some(name), Some(policy)) = (node.name(), node.get("policy")) else { return };
        let Some((policy, levers)) = below(self.policies, self.removed, policy, self.diagnostics) else { return };
        let span = node.span_of(&["name"]);
        if self.policies.iter().any(|policy| policy.name() == Some(name)) {
            self.diagnostics.report(span, ArmRule::NameTaken { name, arm: "arm" });
            return;
        }
        let shocks = table.get(SHOCKS).map_or(&[] as &[Node], |entry| entry.node.list().unwrap_or(&[]));
        if set.is_empty() && shocks.is_empty() && !table.contains_key("set") {
            self.diagnostics.report(node.span, ArmRule::ArmOfNothing { policy: &policy });
        }
        let strikes = |shock: &Node| OF_THE_WORLD.iter().any(|key| shock.get(key).is_some());
        let another_world = set.iter().any(|key| key.lever().is_none()) || shocks.iter().any(strikes);
        self.made.push(self.copy(node, &policy, levers, &set));
        let (name, shocks) = (name.to_owned(), shocks.len());
        self.arms.push(ArmTable { name, policy, span: node.span, set, shocks, another_world });
    }

    /// The copy of the policy with the arm's levers and shocks.
    fn copy(&self, node: &Node, policy: &str, mut levers: Table, set: &[SetKey]) -> Node {
        let below = self.policies.iter().find(|other| other.name() == Some(policy)).and_then(Node::table);
        if let Some(start) = below.and_then(|below| below.get(HEAD_START)) {
            levers.insert(HEAD_START.to_owned(), start.clone());
        }
        for key in set.iter().filter(|key| !key.is_change()) {
            let Some((part, lever)) = key.lever() else { continue };
            let part = levers.entry(part.to_owned()).or_insert_with(|| entry(key.key, NodeValue::Table(Table::new())));
            if let NodeValue::Table(part) = &mut part.node.value {
                part.insert(lever.to_owned(), TableEntry { key: key.key, node: key.value.clone() });
            }
        }
        if let Some(own) = node.table().and_then(|table| table.get(SHOCKS)) {
            let mut all = levers.get(SHOCKS).and_then(|entry| entry.node.list()).map_or(Vec::new(), <[Node]>::to_vec);
            let mut own = own.clone();
            if let NodeValue::List(list) = &mut own.node.value {
                all.append(list);
                *list = all;
            }
            levers.insert(SHOCKS.to_owned(), own);
        }
        for key in ["name", "description"] {
            if let Some(own) = node.table().and_then(|table| table.get(key)) {
                levers.insert(key.to_owned(), own.clone());
            }
        }
        let about = || {
            let words: Vec<String> = set.iter().map(SetKey::words).collect();
            let words = if words.is_empty() { "shocks of its own".to_owned() } else { words.join(", ") };
            entry(node.span, NodeValue::Text(format!("As {policy}, but: {words}.")))
        };
        levers.entry("description".to_owned()).or_insert_with(about);
        Node { span: node.span, value: NodeValue::Table(levers) }
    }

    /// What an arm sets, with the tables of dotted keys taken apart.
    fn set(&mut self, table: &Table) -> Vec<SetKey> {
        let Some(entry) = table.get("set") else { return Vec::new() };
        let Some(keys) = entry.node.table() else {
            let (noun, rule) = (entry.node.noun(), "a table from keys to values".to_owned());
            let help = "write `set = { \"key.path\" = value }`".to_owned();
            self.diagnostics.report(entry.node.span, ValueRule::WrongType { key: "set", noun, rule, help });
            return Vec::new();
        };
        let mut found = Vec::new();
        flatten(&[], keys, &mut found);
        found.sort_by(|one, other| (&one.path, one.key).cmp(&(&other.path, other.key)));
        // A scenario that extends another comes first, and its value replaces the inherited one, however the keys are written.
        let twice = |pair: &&[SetKey]| pair[0].path == pair[1].path && pair[0].key.same_file(pair[1].key);
        for pair in found.windows(2).filter(twice) {
            let (subject, rule) = (format!("`{}`", pair[1].written()), "each key at most once");
            self.diagnostics.report(pair[1].key, ValueRule::GivenTwice { subject, rule });
        }
        found.dedup_by(|one, other| one.path == other.path);
        found
    }
}

/// Adds the keys of a table to what was found, those of its inner tables included.
fn flatten(above: &[String], table: &Table, found: &mut Vec<SetKey>) {
    for (key, entry) in table {
        let mut path: Vec<String> = above.iter().cloned().chain(key_path::names(key)).collect();
        let is_part = |name: &str| LEVERS.iter().any(|section| section.name.strip_prefix("policy.") == Some(name));
        if path.first().is_some_and(|first| is_part(first)) {
            path.insert(0, "policy".to_owned());
        }
        let one = SetKey { path, key: entry.key, value: entry.node.clone() };
        match entry.node.table() {
            Some(inner) if is_group(&one) => flatten(&one.path, inner, found),
            _ => found.push(one),
        }
    }
}

/// Whether a table under a path holds further keys, and is no value.
fn is_group(of: &SetKey) -> bool {
    let first = of.path[0].as_str();
    let list = ENTITIES.iter().any(|section| section.name == first);
    match of.path.len() {
        1 => WORLD.spec(first).is_none(),
        2 => first == "policy" || list && !of.is_change(),
        _ => false,
    }
}

fn entry(span: Span, value: NodeValue) -> TableEntry {
    TableEntry { key: span, node: Node { span, value } }
}
