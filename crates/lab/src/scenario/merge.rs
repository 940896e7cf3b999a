//! Merging of a scenario with the one it extends: tables by key, named lists by name, other values replaced.

use std::collections::BTreeMap;

use crate::scenario::catalogue::{ARM, CONTRAST, LADDER, LEVERS};
use crate::scenario::check::Removed;
use crate::scenario::claim::keys::{CLAIM, PART};
use crate::scenario::diagnostic::{KeyRule, ValueRule};
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::nearest::nearest;
use crate::scenario::tree::{Node, NodeValue, Table, TableEntry};
use hubsim_model::inputs::ENTITIES;

/// The key of a policy's own shocks.
pub(super) const SHOCKS: &str = "shock";

/// The key of what an arm sets.
const SET: &str = "set";

/// Keys that describe one file and are not inherited.
const OWN: [&str; 5] = ["name", "description", "extends", "claims", "resolved"];

/// Lists whose entries have names and merge by them.
fn named(list: &str) -> bool {
    list == "policy"
        || list == ARM.name
        || list == CLAIM.name
        || ENTITIES.iter().any(|section| section.name == list && section.spec("name").is_some())
}

/// The key by which the entries of a named list are known.
fn label(list: &str) -> &'static str {
    if list == CLAIM.name { "id" } else { "name" }
}

/// Lists whose entries have no names: those of both are kept.
fn unnamed(list: &str) -> bool {
    ["ablation", "head_start", LADDER.name, CONTRAST.name].contains(&list)
        || ENTITIES.iter().any(|section| section.name == list && section.spec("name").is_none())
}

/// Whether a key of a policy is a table of levers, which merges key by key.
fn levers(key: &str) -> bool {
    LEVERS.iter().any(|section| section.name.strip_prefix("policy.") == Some(key))
}

/// Merges a chain of scenarios, the base first, into one tree.
pub(super) fn merge(chain: Vec<Table>, removed: &mut Removed, diagnostics: &mut Diagnostics) -> Table {
    let mut merged = Table::new();
    for over in chain {
        for key in OWN {
            merged.remove(key);
        }
        // `claims = []` drops the inherited claims beside new ones in `[[claim]]`.
        if over.get("claims").is_some_and(|entry| is_empty(&entry.node)) {
            merged.remove(CLAIM.name);
        }
        for (key, entry) in over {
            let below = merged.remove(&key);
            let below = below.filter(|below| !empties(&key, below, &entry.node, removed));
            let entry = match (below, entry) {
                (below, TableEntry { key: at, node: Node { span, value: NodeValue::List(list) } }) if named(&key) => {
                    let below = below.map_or(Vec::new(), |entry| items(entry.node));
                    let list = NamedList { list: &key, removed, diagnostics }.by_name(below, list);
                    TableEntry { key: at, node: Node { span, value: NodeValue::List(list) } }
                }
                (Some(below), TableEntry { key: at, node: Node { span, value: NodeValue::List(list) } })
                    if unnamed(&key) =>
                {
                    let mut all = items(below.node);
                    all.extend(list);
                    TableEntry { key: at, node: Node { span, value: NodeValue::List(all) } }
                }
                // A value that is no list replaces nothing, so that its mistake is reported once, not for every missing entry.
                (Some(below), TableEntry { node, .. })
                    if (named(&key) || unnamed(&key)) && below.node.list().is_some() =>
                {
                    not_entries(&key, &node, diagnostics);
                    below
                }
                (Some(TableEntry { node: Node { value: NodeValue::Table(below), .. }, .. }), entry) => {
                    TableEntry { key: entry.key, node: over_table(below, entry.node) }
                }
                (_, entry) => entry,
            };
            merged.insert(key, entry);
        }
    }
    merged
}

fn is_empty(node: &Node) -> bool {
    node.list().is_some_and(<[Node]>::is_empty)
}

/// Whether `[]` empties an inherited list of tables: then the names in it are removed.
fn empties(key: &str, below: &TableEntry, over: &Node, removed: &mut Removed) -> bool {
    let empties = (named(key) || unnamed(key)) && is_empty(over);
    if let (true, Some(list)) = (empties && named(key), below.node.list()) {
        let names = list.iter().filter_map(|node| node.get(label(key))?.text()).map(str::to_owned);
        removed.entry(key.to_owned()).or_default().extend(names);
    }
    empties
}

/// Reports a value that should be a list of entries.
pub(super) fn not_entries(list: &str, node: &Node, diagnostics: &mut Diagnostics) {
    diagnostics.report(node.span, KeyRule::NotEntries { list, noun: node.noun() });
}

fn items(node: Node) -> Vec<Node> {
    match node.value {
        NodeValue::List(list) => list,
        _ => Vec::new(),
    }
}

/// A table over another, key by key; its values replace.
fn over_table(below: Table, node: Node) -> Node {
    let Node { span, value } = node;
    let value = match value {
        NodeValue::Table(over) => {
            let mut table = below;
            table.extend(over);
            NodeValue::Table(table)
        }
        other => other,
    };
    Node { span, value }
}

/// A named list of one scenario over that of another.
struct NamedList<'a> {
    list: &'a str,
    removed: &'a mut Removed,
    diagnostics: &'a mut Diagnostics,
}

impl NamedList<'_> {
    /// A named list over another.
    fn by_name(&mut self, below: Vec<Node>, over: Vec<Node>) -> Vec<Node> {
        let list = self.list;
        let mut entries: Vec<Option<Node>> = below.into_iter().map(Some).collect();
        let mut at: BTreeMap<String, usize> = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            if let Some(name) = entry.as_ref().and_then(|entry| entry.get(label(list))?.text()) {
                at.insert(name.to_owned(), index);
            }
        }
        // Names in this scenario: an entry with the name of a base entry changes that, a second one is a mistake.
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for node in over {
            let Some(name) = node.get(label(list)).and_then(Node::text).map(str::to_owned) else {
                entries.push(Some(node));
                continue;
            };
            let span = node.span_of(&[label(list)]);
            if let Some(first) = seen.get(&name) {
                let first = self.diagnostics.name(*first);
                self.diagnostics.report(span, KeyRule::SecondEntry { list, label: label(list), name: &name, first });
                continue;
            }
            seen.insert(name.clone(), span);
            let known = at.get(&name).copied();
            let (node, gone) = self.removal(&name, node, &at);
            match (known, gone) {
                (_, true) => {
                    self.removed.entry(list.to_owned()).or_default().insert(name.clone());
                    if let Some(index) = known {
                        entries[index] = None;
                        at.remove(&name);
                    }
                }
                (Some(index), false) => {
                    let below = entries[index].take();
                    entries[index] = Some(self.over_entry(below, node));
                }
                (None, false) => {
                    if let Some(names) = self.removed.get_mut(list) {
                        names.remove(&name);
                    }
                    at.insert(name, entries.len());
                    entries.push(Some(node));
                }
            }
        }
        entries.into_iter().flatten().collect()
    }

    /// Takes the key `remove` out of an entry; returns whether the entry is removed.
    fn removal(&mut self, name: &str, node: Node, known: &BTreeMap<String, usize>) -> (Node, bool) {
        let list = self.list;
        let Node { span, value } = node;
        let NodeValue::Table(mut table) = value else { return (Node { span, value }, false) };
        let Some(entry) = table.remove("remove") else { return (Node { span, value: NodeValue::Table(table) }, false) };
        let gone = match entry.node.value {
            NodeValue::Flag(flag) => flag,
            _ => {
                let (rule, help) = ("true or false".to_owned(), "write `remove = true`, or leave it out".to_owned());
                let noun = entry.node.noun();
                self.diagnostics.report(entry.node.span, ValueRule::WrongType { key: "remove", noun, rule, help });
                false
            }
        };
        if gone && !known.contains_key(name) && !self.diagnostics.incomplete() {
            let near = nearest(name, known.keys().map(String::as_str));
            self.diagnostics.report(entry.key, KeyRule::NothingToRemove { list, name, near });
        } else if gone && let Some(other) = table.iter().find(|(key, _)| key.as_str() != label(list)) {
            self.diagnostics.report(other.1.key, KeyRule::RemovedWithValues { list, key: other.0 });
        }
        (Node { span, value: NodeValue::Table(table) }, gone)
    }

    /// An entry of a named list over the base's entry of the same name.
    fn over_entry(&mut self, below: Option<Node>, over: Node) -> Node {
        let list = self.list;
        match (below, over) {
            (Some(Node { value: NodeValue::Table(mut below), .. }), Node { span, value: NodeValue::Table(over) }) => {
                if list == CLAIM.name {
                    let parts = below.get("parts").filter(|_| excluded("parts", &over) && !over.contains_key("parts"));
                    parts.iter().for_each(|parts| self.diagnostics.replaces(span, parts.key));
                    below.retain(|key, _| !excluded(key, &over));
                }
                Node {
                    span,
                    value: NodeValue::Table(over_keys(below, over, |key| {
                        list == "policy" && levers(key) || list == ARM.name && key == SET
                    })),
                }
            }
            (_, over) => over,
        }
    }
}

/// Whether an inherited key of a claim is replaced by other keys of the claim that extends it: `parts` replace the keys of a
/// single part and the reverse, `by` replaces `by_share`, `year` replaces `years`, and a table has no parts.
fn excluded(key: &str, over: &Table) -> bool {
    let gives = |key: &str| over.contains_key(key);
    let part = PART.spec(key).is_some();
    let kind = over.get("kind").and_then(|kind| kind.node.text());
    let (table, verdict) = (kind == Some("table"), kind == Some("verdict"));
    match key {
        "parts" => gives("measure") || table,
        "policies" | "measures" => gives("parts") || gives("measure") || verdict,
        "kind" => gives("parts") || gives("measure"),
        "by" => gives("by_share") || gives("parts") || table,
        "by_share" => gives("by") || gives("parts") || table,
        "year" => gives("years") || gives("parts"),
        "years" => gives("year") || gives("parts"),
        _ => part && (gives("parts") || table),
    }
}

/// Keys over keys: those that are tables of levers merge, others replace.
fn over_keys(mut below: Table, over: Table, merges: impl Fn(&str) -> bool) -> Table {
    for (key, entry) in over {
        let entry = match (below.remove(&key), entry) {
            (Some(TableEntry { node: Node { value: NodeValue::Table(inner), .. }, .. }), entry) if merges(&key) => {
                TableEntry { key: entry.key, node: over_table(inner, entry.node) }
            }
            // Shocks of a policy have no names: those of both are kept, unless `[]` empties them.
            (
                Some(TableEntry { node: Node { value: NodeValue::List(mut all), .. }, .. }),
                TableEntry { key: at, node: Node { span, value: NodeValue::List(list) } },
            ) if key == SHOCKS && !list.is_empty() => {
                all.extend(list);
                TableEntry { key: at, node: Node { span, value: NodeValue::List(all) } }
            }
            (_, entry) => entry,
        };
        below.insert(key, entry);
    }
    below
}

/// Merges a policy with the one it extends: levers key by key, shocks of both; name and description are not inherited.
/// Unknown levers and huge values are not inherited: they are reported where they are given.
pub(super) fn over_policy(below: &Table, over: Table) -> Table {
    let mut inherited = Table::new();
    for section in LEVERS {
        let key = section.name.strip_prefix("policy.").unwrap_or(section.name);
        let Some((entry, table)) = below.get(key).and_then(|entry| Some((entry, entry.node.table()?))) else {
            continue;
        };
        let known = |key: &str, entry: &TableEntry| section.spec(key).is_some() && parts(&entry.node) <= MOST_PARTS;
        let table = table.iter().filter(|(key, entry)| known(key, entry));
        let value = NodeValue::Table(table.map(|(key, entry)| (key.clone(), entry.clone())).collect());
        inherited.insert(key.to_owned(), TableEntry { key: entry.key, node: Node { span: entry.node.span, value } });
    }
    let shocks = below.get(SHOCKS).filter(|entry| parts(&entry.node) <= MOST_PARTS && entry.node.list().is_some());
    inherited.extend(shocks.map(|entry| (SHOCKS.to_owned(), entry.clone())));
    over_keys(inherited, over, levers)
}

/// The most parts of a lever's value: a mix of the longest choices.
const MOST_PARTS: usize = 10_000;

fn parts(node: &Node) -> usize {
    1 + match &node.value {
        NodeValue::List(list) => list.iter().map(parts).sum(),
        NodeValue::Table(table) => table.values().map(|entry| parts(&entry.node)).sum(),
        _ => 0,
    }
}
