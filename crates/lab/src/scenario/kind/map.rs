//! A table from names of things that the scenario defines to numbers.

use serde_json::{Value as Json, json};

use super::number::amount_schema;
use super::{KeyContext, KeyKind, NumberRule, Numbers, edge, wrong_type};
use crate::scenario::catalogue::written;
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::key_path::segment;
use crate::scenario::tree::{Node, Table};
use crate::scenario::values::{Amount, ResolvedValue};
use hubsim_model::catalogue::Spec;

/// Maps over more names than this are not filled in.
const MOST_FILLED: usize = 100;

/// Numbers by name.
pub(super) struct Map {
    pub to: &'static str,
    pub default: f64,
    pub bounds: (f64, f64),
}

impl KeyKind for Map {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let to = self.to;
        let Some(table) = node.table() else {
            let (rule, help) = (format!("a table from names of [[{to}]] to numbers"), "write { \"name\" = number }");
            checker.report(node.span, wrong_type(key.spec.key, node, rule, help));
            return ResolvedValue::Numbers(Vec::new());
        };
        for (name, entry) in table {
            // Maps of a base may still mention what was removed.
            let removed = checker.removed.get(to).is_some_and(|removed| removed.contains(name));
            if !checker.exists(to, name) && !removed && !checker.full() {
                let (rule, help) = (format!("the name of a [[{to}]]"), checker.suggestion(to, name));
                checker.report(entry.key, ValueRule::NoSuchEntry { list: to, name, rule, help });
            }
        }
        let mut numbers = Vec::new();
        for name in self.names(checker, key, table) {
            let amount = match table.get(&name) {
                None => Amount::Fixed(self.default),
                Some(entry) => {
                    let wanted = NumberRule { key: &name, unit: key.spec.unit, bounds: self.bounds, whole: false };
                    checker.amount(wanted, &entry.node, &format!("{}.{}", key.path, segment(&name)))
                }
            };
            numbers.push((name, amount));
        }
        ResolvedValue::Numbers(numbers)
    }

    fn default(&self, checker: &Checker, key: KeyContext) -> ResolvedValue {
        let names = self.names(checker, key, &Table::new());
        ResolvedValue::Numbers(names.into_iter().map(|name| (name, Amount::Fixed(self.default))).collect())
    }

    fn numbers(&self) -> Numbers {
        Numbers { bounds: self.bounds, whole: false }
    }

    fn schema(&self, _: &Spec) -> Json {
        json!({ "type": "object", "additionalProperties": amount_schema(self.numbers()) })
    }

    fn accepts(&self) -> String {
        let (low, high) = self.bounds;
        format!("a table from names of a {} to numbers from {} to {}", self.to, edge(low), edge(high))
    }

    fn default_words(&self) -> String {
        format!("{} for each that is not named", written(self.default))
    }
}

impl Map {
    /// The names that have a number: all of the list, but for the owner itself where it is of that list and not given.
    fn names(&self, checker: &Checker, key: KeyContext, given: &Table) -> Vec<String> {
        let Some(names) = checker.names.get(self.to) else { return Vec::new() };
        if names.len() > MOST_FILLED {
            // Too many to be a scenario: that is reported elsewhere, and the square of their number is not built.
            return given.keys().filter(|name| names.contains(*name)).cloned().collect();
        }
        let owner = key.path.rsplit_once('.').map_or("", |(owner, _)| owner);
        let itself = |name: &str| key.section.name == self.to && owner == format!("{}.{}", self.to, segment(name));
        names.iter().filter(|name| given.contains_key(*name) || !itself(name)).cloned().collect()
    }
}
