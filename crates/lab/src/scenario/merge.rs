//! One scenario on top of another: tables by key, named lists by name, everything else replaced.

use std::collections::BTreeMap;

use crate::scenario::catalogue::LEVERS;
use crate::scenario::check::Removed;
use crate::scenario::claim::keys::{CLAIM, PART};
use crate::scenario::diagnostic::{KeyRule, ValueRule};
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::nearest::nearest;
use crate::scenario::tree::{Entry, Node, Table, Value};
use hubsim_model::inputs::ENTITIES;

/// The key of a policy's own shocks.
pub(super) const SHOCKS: &str = "shock";

/// What describes one file and is not handed on to those that extend it.
const OWN: [&str; 4] = ["name", "description", "extends", "resolved"];

/// Lists whose entries have names and merge by them.
fn named(list: &str) -> bool {
    list == "policy"
        || list == CLAIM.name
        || ENTITIES.iter().any(|section| section.name == list && section.spec("name").is_some())
}

/// The key by which the entries of a named list are known.
fn label(list: &str) -> &'static str {
    if list == CLAIM.name { "id" } else { "name" }
}

/// Lists whose entries have no names: those of both are kept.
fn unnamed(list: &str) -> bool {
    ["ablation", "head_start"].contains(&list)
        || ENTITIES.iter().any(|section| section.name == list && section.spec("name").is_none())
}

/// Whether a key of a policy is a table of levers, which merges key by key.
fn levers(key: &str) -> bool {
    LEVERS.iter().any(|section| section.name.strip_prefix("policy.") == Some(key))
}

/// Makes one tree of a chain of scenarios, the base first. Later ones change what earlier ones say.
pub(super) fn merge(chain: Vec<Table>, removed: &mut Removed, diagnostics: &mut Diagnostics) -> Table {
    let mut merged = Table::new();
    for over in chain {
        for key in OWN {
            merged.remove(key);
        }
        for (key, entry) in over {
            let below = merged.remove(&key);
            let entry = match (below, entry) {
                (below, Entry { key: at, node: Node { place, value: Value::List(list) } }) if named(&key) => {
                    let below = below.map_or(Vec::new(), |entry| items(entry.node));
                    let list = NamedList { list: &key, removed, diagnostics }.by_name(below, list);
                    Entry { key: at, node: Node { place, value: Value::List(list) } }
                }
                (Some(below), Entry { key: at, node: Node { place, value: Value::List(list) } }) if unnamed(&key) => {
                    let mut all = items(below.node);
                    all.extend(list);
                    Entry { key: at, node: Node { place, value: Value::List(all) } }
                }
                // What is no list does away with nothing: what is wrong is told once, and not for all that it leaves out.
                (Some(below), Entry { node, .. }) if (named(&key) || unnamed(&key)) && below.node.list().is_some() => {
                    not_entries(&key, &node, diagnostics);
                    below
                }
                (Some(Entry { node: Node { value: Value::Table(below), .. }, .. }), entry) => {
                    Entry { key: entry.key, node: over_table(below, entry.node) }
                }
                (_, entry) => entry,
            };
            merged.insert(key, entry);
        }
    }
    merged
}

/// Tells that what should be a list of entries is none.
pub(super) fn not_entries(list: &str, node: &Node, diagnostics: &mut Diagnostics) {
    diagnostics.report(node.place, KeyRule::NotEntries { list, noun: node.noun() });
}

fn items(node: Node) -> Vec<Node> {
    match node.value {
        Value::List(list) => list,
        _ => Vec::new(),
    }
}

/// A table over another, key by key; its values replace.
fn over_table(below: Table, node: Node) -> Node {
    let Node { place, value } = node;
    let value = match value {
        Value::Table(over) => {
            let mut table = below;
            table.extend(over);
            Value::Table(table)
        }
        other => other,
    };
    Node { place, value }
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
        // Names of this layer, to tell a change of the base's entry from a second entry.
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for node in over {
            let Some(name) = node.get(label(list)).and_then(Node::text).map(str::to_owned) else {
                entries.push(Some(node));
                continue;
            };
            let place = node.place_of(&[label(list)]);
            if let Some(first) = seen.get(&name) {
                let first = self.diagnostics.name(*first);
                self.diagnostics.report(place, KeyRule::SecondEntry { list, label: label(list), name: &name, first });
                continue;
            }
            seen.insert(name.clone(), place);
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

    /// Takes the key `remove` out of an entry; whether it says that the entry goes.
    fn removal(&mut self, name: &str, node: Node, known: &BTreeMap<String, usize>) -> (Node, bool) {
        let list = self.list;
        let Node { place, value } = node;
        let Value::Table(mut table) = value else { return (Node { place, value }, false) };
        let Some(entry) = table.remove("remove") else { return (Node { place, value: Value::Table(table) }, false) };
        let gone = match entry.node.value {
            Value::Flag(flag) => flag,
            _ => {
                let (rule, help) = ("true or false".to_owned(), "write `remove = true`, or leave it out".to_owned());
                let noun = entry.node.noun();
                self.diagnostics.report(entry.node.place, ValueRule::WrongType { key: "remove", noun, rule, help });
                false
            }
        };
        if gone && !known.contains_key(name) && !self.diagnostics.incomplete() {
            let near = nearest(name, known.keys().map(String::as_str));
            self.diagnostics.report(entry.key, KeyRule::NothingToRemove { list, name, near });
        } else if gone && let Some(other) = table.iter().find(|(key, _)| key.as_str() != label(list)) {
            self.diagnostics.report(other.1.key, KeyRule::RemovedWithValues { list, key: other.0 });
        }
        (Node { place, value: Value::Table(table) }, gone)
    }

    /// An entry of a named list over the base's entry of the same name.
    fn over_entry(&mut self, below: Option<Node>, over: Node) -> Node {
        let list = self.list;
        match (below, over) {
            (Some(Node { value: Value::Table(mut below), .. }), Node { place, value: Value::Table(over) }) => {
                if list == CLAIM.name {
                    let parts = below.get("parts").filter(|_| excluded("parts", &over) && !over.contains_key("parts"));
                    parts.iter().for_each(|parts| self.diagnostics.replaces(place, parts.key));
                    below.retain(|key, _| !excluded(key, &over));
                }
                Node { place, value: Value::Table(over_keys(below, over, |key| list == "policy" && levers(key))) }
            }
            (_, over) => over,
        }
    }
}

/// Whether a claim that says something else anew has no use for a key any more: who gives it parts gives up the part in
/// line, who says how much or when does so in one way, and a table has no parts.
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
            (Some(Entry { node: Node { value: Value::Table(inner), .. }, .. }), entry) if merges(&key) => {
                Entry { key: entry.key, node: over_table(inner, entry.node) }
            }
            // Shocks of a policy have no names: those of both are kept.
            (
                Some(Entry { node: Node { value: Value::List(mut all), .. }, .. }),
                Entry { key: at, node: Node { place, value: Value::List(list) } },
            ) if key == SHOCKS => {
                all.extend(list);
                Entry { key: at, node: Node { place, value: Value::List(all) } }
            }
            (_, entry) => entry,
        };
        below.insert(key, entry);
    }
    below
}

/// A policy over the one it extends: levers merge key by key, shocks are kept beside its own, name and description are its own. What no lever
/// could be is not handed on: it is told where it stands.
pub(super) fn over_policy(below: &Table, over: Table) -> Table {
    let mut inherited = Table::new();
    for section in LEVERS {
        let key = section.name.strip_prefix("policy.").unwrap_or(section.name);
        let Some((entry, table)) = below.get(key).and_then(|entry| Some((entry, entry.node.table()?))) else {
            continue;
        };
        let known = |key: &str, entry: &Entry| section.spec(key).is_some() && parts(&entry.node) <= MOST_PARTS;
        let table = table.iter().filter(|(key, entry)| known(key, entry));
        let value = Value::Table(table.map(|(key, entry)| (key.clone(), entry.clone())).collect());
        inherited.insert(key.to_owned(), Entry { key: entry.key, node: Node { place: entry.node.place, value } });
    }
    let shocks = below.get(SHOCKS).filter(|entry| parts(&entry.node) <= MOST_PARTS && entry.node.list().is_some());
    inherited.extend(shocks.map(|entry| (SHOCKS.to_owned(), entry.clone())));
    over_keys(inherited, over, levers)
}

/// The most parts of a lever's value: a mix of the longest choices.
const MOST_PARTS: usize = 10_000;

fn parts(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(list) => list.iter().map(parts).sum(),
        Value::Table(table) => table.values().map(|entry| parts(&entry.node)).sum(),
        _ => 0,
    }
}
