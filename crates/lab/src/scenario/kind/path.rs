//! A number, a distribution, or a path in time `{ from, to, by_year }`.

use serde_json::{Value as Json, json};

use super::number::{default_amount, default_words, is_already, number_schema, number_words, probe_values, required};
use super::{KeyContext, KeyKind, NumberRule, Numbers, json_number};
use crate::scenario::catalogue::{MAX_YEARS, written};
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::nearest::nearest;
use crate::scenario::tree::Node;
use crate::scenario::values::{Amount, ResolvedValue};
use hubsim_model::catalogue::{Number, Spec};
use hubsim_model::policy::mitigations::SettingValue;

/// The keys of a path in time.
const KEYS: [&str; 3] = ["from", "to", "by_year"];

/// A number that may move in time.
pub(super) struct InTime(pub Number);

impl KeyKind for InTime {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let wanted = NumberRule::new(key.spec, &self.0);
        let Some(table) = node.table().filter(|table| KEYS.iter().any(|key| table.contains_key(*key))) else {
            return constant(checker.amount(wanted, node, key.path));
        };
        for (name, entry) in table.iter().filter(|(name, _)| !KEYS.contains(&name.as_str())) {
            checker.report(entry.key, ValueRule::UnknownPathKey { key: name, near: nearest(name, KEYS) });
        }
        for name in KEYS.into_iter().filter(|name| !table.contains_key(*name)) {
            checker.report(node.span, ValueRule::MissingPathKey { key: name, owner: wanted.key });
        }
        let mut end = |name: &str| match table.get(name) {
            Some(entry) => {
                checker.amount(NumberRule { key: name, ..wanted }, &entry.node, &format!("{}.{name}", key.path))
            }
            None => Amount::Invalid,
        };
        let (from, to) = (end("from"), end("to"));
        let years = NumberRule { key: "by_year", unit: "year", bounds: (1.0, f64::from(MAX_YEARS)), whole: true };
        let by_year = table.get("by_year").and_then(|entry| checker.number(years, &entry.node));
        let by_year = by_year.map_or(Amount::Invalid, Amount::Fixed);
        if from == to { constant(from) } else { ResolvedValue::Path { from, to, by_year } }
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        constant(default_amount(&self.0))
    }

    fn numbers(&self) -> Numbers {
        Numbers { bounds: self.0.bounds, whole: self.0.whole }
    }

    fn required(&self, _: &Spec) -> Option<&'static str> {
        required(&self.0)
    }

    fn schema(&self, _: &Spec) -> Json {
        let references = ["distribution", "path"].map(|name| json!({ "$ref": format!("#/$defs/{name}") }));
        let [distribution, path] = references;
        json!({ "anyOf": [number_schema(self.numbers()), distribution, path] })
    }

    fn schema_default(&self) -> Option<Json> {
        self.0.default.map(json_number)
    }

    fn accepts(&self) -> String {
        format!("{}, or a distribution, or a path in time {{ from, to, by_year }}", number_words(&self.0))
    }

    fn default_words(&self) -> String {
        default_words(&self.0)
    }

    fn default_text(&self) -> String {
        self.0.default.map_or_else(String::new, written)
    }

    fn probe_values(&self) -> Vec<Json> {
        probe_values(&self.0)
    }

    fn is_already(&self, node: Option<&Node>, setting: SettingValue) -> bool {
        is_already(&self.0, node, setting)
    }
}

/// The same in every year.
fn constant(value: Amount) -> ResolvedValue {
    ResolvedValue::Path { from: value.clone(), to: value, by_year: Amount::Fixed(1.0) }
}
