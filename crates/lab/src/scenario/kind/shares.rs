//! One of some words, or a table from names of things that the scenario defines to weights.

use serde_json::{Value as Json, json};

use super::choice::OneWord;
use super::number::number_schema;
use super::reference::plural;
use super::{KeyContext, KeyKind, NumberRule};
use crate::scenario::catalogue::quoted;
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::tree::{Node, Table};
use crate::scenario::values::{Amount, MAX_WEIGHT, ResolvedValue};
use hubsim_model::catalogue::Spec;

/// A word or weights by name. They are the same in every world: then their sum is above 0 in all.
pub(super) struct Shares {
    pub to: &'static str,
    pub word: OneWord,
}

impl KeyKind for Shares {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let (own, name) = (key.spec.key, node.text());
        let names = checker.names.get(self.to);
        // The name of a region alone most likely stands for all of the weight there.
        let noun =
            match (node.table(), name) {
                (Some(table), _) if table.values().all(|entry| entry.node.number() == Some(0.0)) => {
                    if table.is_empty() { "an empty table" } else { "a table of zeros" }
                }
                (Some(table), _) => return self.weights(checker, table),
                (None, Some(name)) if !names.is_some_and(|names| names.contains(name)) => {
                    return self.word.check(checker, key, node);
                }
                _ => node.noun(),
            };
        let example = name.or_else(|| names?.first().map(String::as_str)).unwrap_or("name");
        let words: Vec<String> = self.word.options.iter().map(|word| quoted(word)).collect();
        let help = format!("write {{ {} = 1 }}, or {}", quoted(example), words.join(", or "));
        checker.report(node.span, ValueRule::WrongType { key: own, noun, rule: self.accepts(), help });
        self.word.default(checker, key)
    }

    fn default(&self, checker: &Checker, key: KeyContext) -> ResolvedValue {
        self.word.default(checker, key)
    }

    fn schema(&self, spec: &Spec) -> Json {
        let weights = json!({
            "type": "object",
            "minProperties": 1,
            "additionalProperties": number_schema(self.numbers()),
        });
        json!({ "anyOf": [self.word.schema(spec), weights] })
    }

    fn schema_default(&self) -> Option<Json> {
        self.word.schema_default()
    }

    fn accepts(&self) -> String {
        let (words, names) = (self.word.accepts(), plural(self.to));
        format!("{words}, or a table from names of {names} to weights of which one is above 0")
    }

    fn default_words(&self) -> String {
        self.word.default_words()
    }

    fn default_text(&self) -> String {
        self.word.default_text()
    }

    fn probe_values(&self) -> Vec<Json> {
        self.word.probe_values()
    }
}

impl Shares {
    /// The weights of a table; what is wrong with them is reported.
    fn weights(&self, checker: &mut Checker, table: &Table) -> ResolvedValue {
        let to = self.to;
        let mut weights = Vec::new();
        for (name, entry) in table {
            if !checker.exists(to, name) && !checker.full() {
                let (rule, help) = (format!("the name of a [[{to}]]"), checker.suggestion(to, name));
                checker.report(entry.key, ValueRule::NoSuchEntry { list: to, name, rule, help });
            }
            let wanted = NumberRule { key: name, unit: "weight", bounds: (0.0, MAX_WEIGHT), whole: false };
            let weight = checker.constant(wanted, &entry.node).map_or(Amount::Invalid, Amount::Fixed);
            weights.push((name.clone(), weight));
        }
        ResolvedValue::Numbers(weights)
    }
}
