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
use crate::scenario::diagnostic::{ArmRule, KeyRule, ValueRule};
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::inherit::no_policy;
use crate::scenario::merge::{not_entries, over_policy};
use crate::scenario::nearest::listed;
use crate::scenario::tree::{Node, NodeValue, Table, TableEntry};
use hubsim_model::catalogue::Section;
use hubsim_model::policy::mitigations::{LeverSetting, MITIGATIONS, Mitigation, SettingValue, mitigation};

const KEYS: [&str; 2] = ["policy", "without"];

const RULE: &str = "a list of mitigations; a list within it goes together";

/// Adds the arms that the ablations make to the policies, which have all their levers by now. `own` is where the scenario's
/// own text begins, if its ablations must take something out of a policy: those that it inherits need not, nor those of
/// policies that the command line changes. Returns which of the policies are arms that were made of others.
pub(super) fn expand(
    root: &mut Table,
    own: Option<Span>,
    removed: &Removed,
    diagnostics: &mut Diagnostics,
) -> Vec<Declared> {
    let Some(entry) = root.get("ablation") else { return Vec::new() };
    let Some(ablations) = entry.node.list().map(<[Node]>::to_vec) else {
        not_entries(ABLATION.name, &entry.node, diagnostics);
        return Vec::new();
    };
    let policies: Vec<Node> =
        root.get("policy").and_then(|entry| entry.node.list()).map_or(Vec::new(), <[Node]>::to_vec);
    let mut maker = ArmBuilder {
        policies,
        own,
        removed,
        diagnostics,
        arms: BTreeMap::new(),
        made: Vec::new(),
        declared: Vec::new(),
    };
    for ablation in &ablations {
        maker.ablation(ablation);
    }
    let ArmBuilder { made, declared, .. } = maker;
    if let Some(TableEntry { node: Node { value: NodeValue::List(list), .. }, .. }) = root.get_mut("policy") {
        list.extend(made);
    }
    declared
}

struct ArmBuilder<'a> {
    policies: Vec<Node>,
    own: Option<Span>,
    removed: &'a Removed,
    diagnostics: &'a mut Diagnostics,
    /// The arms so far, by name, and where they are declared.
    arms: BTreeMap<String, Span>,
    made: Vec<Node>,
    declared: Vec<Declared>,
}

impl ArmBuilder<'_> {
    fn ablation(&mut self, node: &Node) {
        let Some(table) = node.table() else {
            self.diagnostics.report(node.span, not_an_entry(ABLATION.name, node));
            return;
        };
        known_keys(table, &ABLATION, &[], self.diagnostics);
        for key in KEYS.into_iter().filter(|key| !table.contains_key(*key)) {
            let example = if key == "policy" { "policy = \"…\"" } else { "without = [\"…\"]" };
            self.diagnostics.report(node.span, missing(&ABLATION, key, example));
        }
        let below = node.get("policy").and_then(|policy| below(&self.policies, self.removed, policy, self.diagnostics));
        let Some(without) = node.get("without") else { return };
        let Some(items) = without.list() else {
            let help = match without.text() {
                Some(word) => format!("write [\"{word}\"]"),
                None => "write [\"pilots\", …]".to_owned(),
            };
            let (noun, rule) = (without.noun(), RULE.to_owned());
            self.diagnostics.report(without.span, ValueRule::WrongType { key: "without", noun, rule, help });
            return;
        };
        if items.is_empty() {
            let help = "name a mitigation, or leave this out".to_owned();
            self.diagnostics.report(without.span, ValueRule::EmptyList { key: "without", rule: RULE, help });
        }
        for item in items {
            let words = match item.list() {
                Some([]) => {
                    self.diagnostics.report(item.span, ArmRule::WithoutNothing {});
                    continue;
                }
                Some(words) => words,
                None => std::slice::from_ref(item),
            };
            let found: Vec<Option<&'static Mitigation>> = words.iter().map(|word| self.mitigation(word)).collect();
            let found: Option<Vec<&'static Mitigation>> = found.into_iter().collect();
            if let (Some((name, levers)), Some(found)) = (&below, found) {
                words.iter().zip(&found).for_each(|(word, mitigation)| self.idle(name, levers, mitigation, word.span));
                self.arm(name, levers, &found, item.span);
            }
        }
    }

    fn mitigation(&mut self, node: &Node) -> Option<&'static Mitigation> {
        let Some(word) = node.text() else {
            let rule = format!("one of {}", listed(MITIGATIONS.iter().map(|mitigation| mitigation.name), "or"));
            let (key, help) = ("an entry of without", "write the name of a mitigation in quotes".to_owned());
            self.diagnostics.report(node.span, ValueRule::WrongType { key, noun: node.noun(), rule, help });
            return None;
        };
        let found = mitigation(word);
        if found.is_none() {
            self.diagnostics.report(node.span, ArmRule::NoMitigation { word });
        }
        found
    }

    /// Reports a mitigation that the policy does not have, if the scenario itself declares the ablation.
    fn idle(&mut self, policy: &str, levers: &Table, mitigation: &Mitigation, span: Span) {
        let own = self.own.is_some_and(|own| own.same_file(span)) && !self.diagnostics.incomplete();
        let Some(why) = idle(levers, mitigation).filter(|_| own) else { return };
        let lever = mitigation.settings[0].lever;
        let (mitigation, lever) = (mitigation.name, format!("{}.{}", lever.section().name(), lever.key()));
        self.diagnostics.report(span, ArmRule::NotInPolicy { policy, why: &why, mitigation, lever });
    }

    fn arm(&mut self, policy: &str, levers: &Table, without: &[&'static Mitigation], span: Span) {
        let names: Vec<&str> = without.iter().map(|mitigation| mitigation.name).collect();
        if let Some(twice) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            let (subject, rule) = (format!("\"{}\"", twice.1), "each mitigation at most once");
            self.diagnostics.report(span, ValueRule::GivenTwice { subject, rule });
            return;
        }
        let name = label_without(policy, &names);
        let rule = "names of [[policy]] are unique";
        if let Some(first) = self.arms.get(&name) {
            // Declared by a scenario and by the one it extends, it is the same arm.
            if first.same_file(span) {
                let (what, first) = (format!("ablation \"{name}\""), self.diagnostics.name(*first));
                self.diagnostics.report(span, ArmRule::SecondArm { what, rule, first });
            }
            return;
        }
        if self.policies.iter().any(|policy| policy.name() == Some(&name)) {
            self.diagnostics.report(span, ArmRule::NameTaken { name: &name, arm: "ablation" });
            return;
        }
        let mut table = levers.clone();
        for setting in without.iter().flat_map(|mitigation| mitigation.settings) {
            set(&mut table, setting, span);
        }
        let about: Vec<&str> = without.iter().map(|mitigation| mitigation.without).collect();
        for (key, text) in [("name", name.clone()), ("description", format!("As {policy}, but: {}", about.join(" ")))] {
            table.insert(key.to_owned(), entry(span, NodeValue::Text(text)));
        }
        self.declared.push(Declared::new(&name, policy, Change::Without(without.to_vec())));
        self.arms.insert(name, span);
        self.made.push(Node { span, value: NodeValue::Table(table) });
    }
}

/// Reports unknown keys of an entry of a list of arms; `more` are keys that are read elsewhere.
pub(super) fn known_keys(table: &Table, section: &Section, more: &[&str], diagnostics: &mut Diagnostics) {
    let known: Vec<&str> = section.specs.iter().map(|spec| spec.key).chain(more.iter().copied()).collect();
    for (key, entry) in table.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
        diagnostics.report(entry.key, KeyRule::Unknown { key, section, known: &known });
    }
}

/// The violation of an arm without a required key.
pub(super) fn missing<'a>(section: &Section, key: &'a str, example: &str) -> KeyRule<'a> {
    let (rule, help) = (format!("`[[{}]]` has no default for it", section.name), format!("add `{example}`"));
    KeyRule::Missing { key, reason: String::new(), rule, help }
}

/// The violation of an entry that is no table.
pub(super) fn not_an_entry<'a>(list: &'a str, node: &Node) -> KeyRule<'a> {
    KeyRule::NotAnEntry { list, noun: node.noun(), help: format!("begin each entry with `[[{list}]]`") }
}

/// The policy from which an arm is made: its name and levers.
pub(super) fn below(
    policies: &[Node],
    removed: &Removed,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Table)> {
    let Some(name) = node.text() else {
        let (rule, help) = ("the name of a [[policy]]".to_owned(), "put the name in \"quotes\"".to_owned());
        diagnostics.report(node.span, ValueRule::WrongType { key: "policy", noun: node.noun(), rule, help });
        return None;
    };
    let found = policies.iter().find(|policy| policy.name() == Some(name));
    if let Some(levers) = found.and_then(Node::table) {
        return Some((name.to_owned(), over_policy(levers, Table::new())));
    }
    // If a policy was removed, so are the arms that the extended scenario makes of it.
    let gone = removed.get("policy").is_some_and(|removed| removed.contains(name));
    if found.is_none() && !gone && !diagnostics.incomplete() && !diagnostics.full() {
        diagnostics.report(node.span, no_policy(name, policies.iter().filter_map(Node::name)));
    }
    None
}

/// Sets one lever in a policy's table.
fn set(policy: &mut Table, setting: &LeverSetting, span: Span) {
    let (part, key) = (setting.lever.section().name(), setting.lever.key());
    let part = policy.entry(part.to_owned()).or_insert_with(|| entry(span, NodeValue::Table(Table::new())));
    let NodeValue::Table(levers) = &mut part.node.value else { return };
    let texts = |words: &[&str]| {
        NodeValue::List(words.iter().map(|word| Node { span, value: NodeValue::Text((*word).to_owned()) }).collect())
    };
    let value = match setting.value {
        SettingValue::Number(number) => NodeValue::Real(number),
        SettingValue::Unlimited => NodeValue::Text(setting.lever.spec().no_limit().unwrap_or_default().to_owned()),
        SettingValue::Flag(flag) => NodeValue::Flag(flag),
        SettingValue::Words(words) => texts(words),
        SettingValue::Weights(mix) => {
            let weight = |(word, weight): &(&str, f64)| ((*word).to_owned(), entry(span, NodeValue::Real(*weight)));
            NodeValue::Table(mix.iter().map(weight).collect())
        }
        SettingValue::Less(word) => {
            // A list that is not given is the default, which has none of these words.
            let Some(TableEntry { node: Node { value: NodeValue::List(list), .. }, .. }) = levers.get_mut(key) else {
                return;
            };
            list.retain(|node| node.text() != Some(word));
            return;
        }
    };
    levers.insert(key.to_owned(), entry(span, value));
}

fn entry(span: Span, value: NodeValue) -> TableEntry {
    TableEntry { key: span, node: Node { span, value } }
}
