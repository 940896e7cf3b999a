//! `[[ablation]]`: a policy without each of some of its mitigations, one arm each.
//!
//! `policy = "thematic-hubs"`, `without = ["pilots", ["oversight", "accountability"]]` makes *thematic-hubs without
//! pilots* and *thematic-hubs without oversight and accountability*: policies as any other, with all levers of the
//! first but those that [`hubsim_model::policy::mitigations`] sets.

mod idle;

use std::collections::BTreeMap;

use crate::scenario::ablation::idle::idle;
use crate::scenario::arm::label_without;
use crate::scenario::catalogue::ABLATION;
use crate::scenario::check::Removed;
use crate::scenario::declared::{Change, Declared};
use crate::scenario::merge::over_policy;
use crate::scenario::nearest::{listed, nearest};
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::tree::{Entry, Node, Table, Value};
use hubsim_model::catalogue::Section;
use hubsim_model::policy::mitigations::{MITIGATIONS, Mitigation, Setting, mitigation};

const KEYS: [&str; 2] = ["policy", "without"];

/// Adds the arms that the ablations make to the policies, which have all their levers by now. `own` is where the scenario's
/// own text begins, if its ablations must take something out of a policy: those that it inherits need not, nor those of
/// policies that the command line changes. Returns which of the policies are arms that were made of others.
pub(super) fn expand(root: &mut Table, own: Option<Span>, removed: &Removed, notes: &mut Diagnostics) -> Vec<Declared> {
    let Some(entry) = root.get("ablation") else { return Vec::new() };
    let Some(ablations) = entry.node.list().map(<[Node]>::to_vec) else {
        let message = format!("`ablation` is {}", entry.node.noun());
        notes.problem(entry.node.place, message, "a list of tables", "begin each entry with `[[ablation]]`");
        return Vec::new();
    };
    let policies: Vec<Node> =
        root.get("policy").and_then(|entry| entry.node.list()).map_or(Vec::new(), <[Node]>::to_vec);
    let mut maker =
        Maker { policies, own, removed, notes, arms: BTreeMap::new(), made: Vec::new(), declared: Vec::new() };
    for ablation in &ablations {
        maker.ablation(ablation);
    }
    let Maker { made, declared, .. } = maker;
    if let Some(Entry { node: Node { value: Value::List(list), .. }, .. }) = root.get_mut("policy") {
        list.extend(made);
    }
    declared
}

struct Maker<'a> {
    policies: Vec<Node>,
    own: Option<Span>,
    removed: &'a Removed,
    notes: &'a mut Diagnostics,
    /// Arms made so far, and what said so.
    arms: BTreeMap<String, Span>,
    made: Vec<Node>,
    declared: Vec<Declared>,
}

impl Maker<'_> {
    fn ablation(&mut self, node: &Node) {
        let Some(table) = node.table() else {
            let message = format!("an entry of `ablation` is {}", node.noun());
            self.notes.problem(node.place, message, "a list of tables", "begin each entry with `[[ablation]]`");
            return;
        };
        known_keys(table, &ABLATION, self.notes);
        for key in KEYS.into_iter().filter(|key| !table.contains_key(*key)) {
            let example = if key == "policy" { "policy = \"…\"" } else { "without = [\"…\"]" };
            let rule = "`[[ablation]]` has no default for it";
            self.notes.problem(node.place, format!("`{key}` is missing"), rule, format!("add `{example}`"));
        }
        let below = node.get("policy").and_then(|policy| below(&self.policies, self.removed, policy, self.notes));
        let Some(without) = node.get("without") else { return };
        let rule = "a list of mitigations; a list within it goes together";
        let Some(items) = without.list() else {
            let help = match without.text() {
                Some(word) => format!("write [\"{word}\"]"),
                None => "write [\"pilots\", …]".to_owned(),
            };
            self.notes.problem(without.place, format!("`without` is {}", without.noun()), rule, help);
            return;
        };
        if items.is_empty() {
            self.notes.problem(
                without.place,
                "`without` is empty".to_owned(),
                rule,
                "name a mitigation, or leave this out",
            );
        }
        for item in items {
            let words = match item.list() {
                Some([]) => {
                    let help = "name a mitigation, or leave this out";
                    self.notes.problem(item.place, "without nothing it is the policy itself".to_owned(), rule, help);
                    continue;
                }
                Some(words) => words,
                None => std::slice::from_ref(item),
            };
            let found: Vec<Option<&'static Mitigation>> = words.iter().map(|word| self.mitigation(word)).collect();
            let found: Option<Vec<&'static Mitigation>> = found.into_iter().collect();
            if let (Some((name, levers)), Some(found)) = (&below, found) {
                words.iter().zip(&found).for_each(|(word, mitigation)| self.idle(name, levers, mitigation, word.place));
                self.arm(name, levers, &found, item.place);
            }
        }
    }

    fn mitigation(&mut self, node: &Node) -> Option<&'static Mitigation> {
        let names = || MITIGATIONS.iter().map(|mitigation| mitigation.name);
        let rule = format!("one of {}", listed(names(), "or"));
        let Some(word) = node.text() else {
            let message = format!("an entry of `without` is {}", node.noun());
            self.notes.problem(node.place, message, rule, "write the name of a mitigation in quotes");
            return None;
        };
        let found = mitigation(word);
        if found.is_none() {
            let help = match nearest(word, names()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "`hubsim explain` tells what each of them is".to_owned(),
            };
            self.notes.problem(node.place, format!("there is no mitigation \"{word}\""), rule, help);
        }
        found
    }

    /// Tells of a mitigation that the policy does not have, where that is the scenario's own mistake.
    fn idle(&mut self, policy: &str, levers: &Table, mitigation: &Mitigation, place: Span) {
        let own = self.own.is_some_and(|own| own.same_file(place)) && !self.notes.incomplete();
        let Some(why) = idle(levers, mitigation).filter(|_| own) else { return };
        let name = mitigation.name;
        let (part, key, _) = mitigation.sets[0];
        let help = format!("leave \"{name}\" out, or give the policy some: `hubsim explain policy.{part}.{key}`");
        let message = format!("policy \"{policy}\" {why}: without {name} it is the policy itself");
        self.notes.problem(place, message, "`without` takes out what the policy has", help);
    }

    fn arm(&mut self, policy: &str, levers: &Table, without: &[&'static Mitigation], place: Span) {
        let names: Vec<&str> = without.iter().map(|mitigation| mitigation.name).collect();
        if let Some(twice) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            let message = format!("\"{}\" is given twice", twice.1);
            self.notes.problem(place, message, "each mitigation at most once", "leave the second one out");
            return;
        }
        let name = label_without(policy, &names);
        let rule = "names of [[policy]] are unique";
        if let Some(first) = self.arms.get(&name) {
            // Said by a scenario and by the one it extends, it is the same arm.
            if first.same_file(place) {
                let help = format!("the first is in {}: leave one of them out", self.notes.name(*first));
                self.notes.problem(place, format!("a second ablation \"{name}\""), rule, help);
            }
            return;
        }
        if self.policies.iter().any(|policy| policy.name() == Some(&name)) {
            let help = "rename that policy, or leave the ablation out";
            self.notes.problem(place, format!("there is a policy \"{name}\" already"), rule, help);
            return;
        }
        let mut table = levers.clone();
        for (part, key, setting) in without.iter().flat_map(|mitigation| mitigation.sets) {
            set(&mut table, part, key, *setting, place);
        }
        let about: Vec<&str> = without.iter().map(|mitigation| mitigation.without).collect();
        for (key, text) in [("name", name.clone()), ("description", format!("As {policy}, but: {}", about.join(" ")))] {
            table.insert(key.to_owned(), entry(place, Value::Text(text)));
        }
        self.declared.push(Declared::new(&name, policy, Change::Without(without.to_vec())));
        self.arms.insert(name, place);
        self.made.push(Node { place, value: Value::Table(table) });
    }
}

/// Tells of the keys that a list of arms does not know.
pub(super) fn known_keys(table: &Table, section: &Section, notes: &mut Diagnostics) {
    let known = || section.specs.iter().map(|spec| spec.key);
    for (key, entry) in table.iter().filter(|(key, _)| section.spec(key).is_none()) {
        let help = match nearest(key, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known keys are {}", listed(known(), "and")),
        };
        let rule = format!("`[[{}]]` has no such key", section.name);
        notes.problem(entry.key, format!("unknown key `{key}`"), rule, help);
    }
}

/// The policy that an arm is made of: its name and levers.
pub(super) fn below(policies: &[Node], removed: &Removed, node: &Node, notes: &mut Diagnostics) -> Option<(String, Table)> {
    let rule = "the name of a [[policy]]";
    let Some(name) = node.text() else {
        notes.problem(node.place, format!("`policy` is {}", node.noun()), rule, "put the name in \"quotes\"");
        return None;
    };
    let found = policies.iter().find(|policy| policy.name() == Some(name));
    if let Some(levers) = found.and_then(Node::table) {
        return Some((name.to_owned(), over_policy(levers, Table::new())));
    }
    // A policy that was taken out takes along the arms made of it in what is extended.
    let gone = removed.get("policy").is_some_and(|removed| removed.contains(name));
    if found.is_none() && !gone && !notes.incomplete() && !notes.full() {
        let help = match nearest(name, policies.iter().filter_map(Node::name)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "name a [[policy]] of this scenario or of the one it extends".to_owned(),
        };
        notes.problem(node.place, format!("there is no policy \"{name}\""), rule, help);
    }
    None
}

/// Sets one lever in a policy's table.
fn set(policy: &mut Table, part: &str, key: &str, setting: Setting, place: Span) {
    let part = policy.entry(part.to_owned()).or_insert_with(|| entry(place, Value::Table(Table::new())));
    let Value::Table(levers) = &mut part.node.value else { return };
    let texts = |words: &[&str]| {
        Value::List(words.iter().map(|word| Node { place, value: Value::Text((*word).to_owned()) }).collect())
    };
    let value = match setting {
        Setting::Number(number) => Value::Real(number),
        Setting::Flag(flag) => Value::Flag(flag),
        Setting::Words(words) => texts(words),
        Setting::Weights(mix) => {
            let weight = |(word, weight): &(&str, f64)| ((*word).to_owned(), entry(place, Value::Real(*weight)));
            Value::Table(mix.iter().map(weight).collect())
        }
        Setting::Less(word) => {
            // A list that is not given is the default, which has none of these words.
            let Some(Entry { node: Node { value: Value::List(list), .. }, .. }) = levers.get_mut(key) else { return };
            list.retain(|node| node.text() != Some(word));
            return;
        }
    };
    levers.insert(key.to_owned(), entry(place, value));
}

fn entry(place: Span, value: Value) -> Entry {
    Entry { key: place, node: Node { place, value } }
}
