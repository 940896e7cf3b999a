//! References by name to entries of the scenario.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::text::EXAMPLE;
use super::{KeyContext, KeyKind, REQUIRED};
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::{ClaimRule, ValueRule};
use crate::scenario::nearest::{listed, nearest};
use crate::scenario::tree::Node;
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::{Section, Spec};
use hubsim_model::policy::mitigations::mitigation;

/// Names beyond this number are not listed in a message.
const MOST_LISTED: usize = 32;

/// The name of one thing.
pub(super) struct Reference {
    pub to: &'static str,
    pub required: bool,
}

impl KeyKind for Reference {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let rule = match self.to {
            "group" => "the `group` of a [[region]]".to_owned(),
            list => format!("the name of a [[{list}]]"),
        };
        let wanted = NameRule { subject: key.spec.key.to_owned(), to: self.to, rule };
        let name = checker.name_of(key.section, wanted, node);
        name.map_or(ResolvedValue::Absent, |name| ResolvedValue::Word(name.to_owned()))
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn required(&self, _: &Spec) -> Option<&'static str> {
        self.required.then_some(EXAMPLE)
    }

    fn schema(&self, _: &Spec) -> Json {
        json!({ "type": "string" })
    }

    fn accepts(&self) -> String {
        format!("the name of a {}", self.to)
    }

    fn default_words(&self) -> String {
        if self.required { REQUIRED } else { "none" }.to_owned()
    }
}

/// A list of names, each at most once.
pub(super) struct References {
    pub to: &'static str,
    pub least: usize,
    pub most: Option<usize>,
    pub absent: &'static str,
}

impl KeyKind for References {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let (name, before) = (key.spec.key, checker.count());
        let rule = self.rule();
        let items = checker.items(name, node, &rule);
        let mut found: Vec<String> = Vec::new();
        for item in items {
            let wanted = NameRule { subject: format!("an entry of {name}"), to: self.to, rule: rule.clone() };
            match checker.name_of(key.section, wanted, item) {
                Some(name) if found.iter().any(|known| known == name) => checker.twice(item),
                Some(name) => found.push(name.to_owned()),
                None => {}
            }
            if checker.full() {
                break;
            }
        }
        if node.list().is_some() && items.is_empty() && self.least == 1 {
            let help = format!("name one, or leave `{name}` out for all");
            checker.report(node.span, ValueRule::EmptyList { key: name, rule: &rule, help });
        } else if node.list().is_some() && items.len() < self.least {
            let (count, least) = (items.len(), self.least);
            checker.report(node.span, ClaimRule::TooFewPolicies { key: name, count, least, rule });
        } else if self.most.is_some_and(|most| items.len() > most) && checker.count() == before {
            checker.report(node.span, ClaimRule::NotAPair { key: name, count: items.len() });
        }
        if found.is_empty() { ResolvedValue::Absent } else { ResolvedValue::Words(found) }
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn schema(&self, _: &Spec) -> Json {
        let items = json!({ "type": "string" });
        match self.most {
            None => json!({ "type": "array", "items": items, "uniqueItems": true, "minItems": self.least }),
            Some(most) => json!({ "type": "array", "items": items, "minItems": self.least, "maxItems": most }),
        }
    }

    fn accepts(&self) -> String {
        self.rule()
    }

    fn default_text(&self) -> String {
        "[]".to_owned()
    }

    fn default_words(&self) -> String {
        self.absent.to_owned()
    }
}

impl References {
    fn rule(&self) -> String {
        let names = plural(self.to);
        match (self.least, self.most) {
            (_, Some(most)) => format!("a list of {most} names of {names}"),
            (0 | 1, None) => format!("a list of names of {names}, each at most once"),
            (least, None) => format!("a list of at least {least} names of {names}"),
        }
    }
}

/// The rule of a name.
struct NameRule {
    /// The key, or the list, of which it is the value.
    subject: String,
    to: &'static str,
    rule: String,
}

impl Checker<'_> {
    /// A name that is defined; none, reported, if it is not.
    fn name_of<'n>(&mut self, section: &Section, wanted: NameRule, node: &'n Node) -> Option<&'n str> {
        let NameRule { subject, to, rule } = wanted;
        let Some(name) = node.text() else {
            let help = "put the name in \"quotes\"";
            self.report(node.span, super::wrong_type(&subject, node, rule, help));
            return None;
        };
        if self.tolerates(section, to, name) || self.exists(to, name) {
            return Some(name);
        }
        if !self.full() {
            let help = self.suggestion(to, name);
            self.report(node.span, ValueRule::NoSuchEntry { list: to, name, rule, help });
        }
        None
    }

    /// Whether a section may name what is not defined. A policy's `extends` was looked up when policies were made of one
    /// another; a claim about policies that were removed, or that a resolved scenario left out, is not tested, such a contrast is
    /// not shown, and such a ladder does not run.
    fn tolerates(&self, section: &Section, to: &str, name: &str) -> bool {
        let claim = ["claim", "claim.parts", "contrast", "ladder"].contains(&section.name);
        section.name == "policy" || claim && to == "policy" && (self.resolved || self.gone(name))
    }

    /// Whether a policy was removed, or the policy from which it was derived.
    fn gone(&self, name: &str) -> bool {
        let Some(removed) = self.removed.get("policy") else { return false };
        let made_from = |gone: &String| name.strip_prefix(gone.as_str()).is_some_and(|rest| rest.starts_with(" with"));
        removed.contains(name) || removed.iter().any(made_from)
    }

    /// Whether a name is defined; if some text could not be read, it may be there.
    pub(super) fn exists(&self, list: &str, name: &str) -> bool {
        self.partial || self.names.get(list).is_some_and(|names| names.contains(name))
    }

    /// The correction of a name that does not exist.
    pub(super) fn suggestion(&self, list: &str, name: &str) -> String {
        if let Some(ablation) = self.ablation(name).filter(|_| list == "policy") {
            return ablation;
        }
        let none = BTreeSet::new();
        let names = self.names.get(list).unwrap_or(&none);
        if self.removed.get(list).is_some_and(|removed| removed.contains(name)) {
            return format!("`remove = true` removed this {list}: change or remove what refers to it");
        }
        if let Some(near) = nearest(name, names.iter().map(String::as_str)) {
            return format!("did you mean \"{near}\"?");
        }
        match names.len() {
            0 if list == "group" => "no [[region]] has a `group`".to_owned(),
            0 => format!("the scenario has no {list} at all: add a [[{list}]]"),
            1 => format!("there is only the {list} {}", listed(names.iter().map(String::as_str), "and")),
            count if count <= MOST_LISTED => {
                format!("there are the {} {}", plural(list), listed(names.iter().map(String::as_str), "and"))
            }
            count => {
                let some = listed(names.iter().map(String::as_str).take(3), "and");
                let all =
                    if list == "policy" { "; `hubsim explain` lists those of the built-in scenarios" } else { "" };
                format!("there are {count} {}, such as {some}{all}", plural(list))
            }
        }
    }

    /// A correction for the name of an ablation that is not declared.
    fn ablation(&self, name: &str) -> Option<String> {
        let (policy, without) = name.split_once(" without ")?;
        let words: Vec<&str> = without.split(" and ").collect();
        let known = self.exists("policy", policy) && words.iter().all(|word| mitigation(word).is_some());
        let list = super::word_list(words.iter().copied());
        let list = if words.len() > 1 { format!("[{list}]") } else { list };
        known.then(|| format!("add an [[ablation]] with `policy = \"{policy}\"` and `without = {list}`"))
    }
}

/// The plural of a noun.
pub(in crate::scenario) fn plural(noun: &str) -> String {
    noun.strip_suffix('y').map_or_else(|| format!("{noun}s"), |stem| format!("{stem}ies"))
}
