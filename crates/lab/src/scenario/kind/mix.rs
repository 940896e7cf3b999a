//! A table from some words to weights.

use serde_json::{Map, Value as Json, json};

use super::number::{always, amount_schema};
use super::{KeyContext, KeyKind, NumberRule, json_number, wrong_type};
use crate::scenario::catalogue::written;
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::nearest::listed;
use crate::scenario::tree::Node;
use crate::scenario::values::{Amount, MAX_WEIGHT, ResolvedValue};
use hubsim_model::catalogue::Spec;
use hubsim_model::policy::mitigations::SettingValue;

/// Weights of some words.
pub(super) struct Mix {
    pub options: &'static [&'static str],
    pub default: &'static [(&'static str, f64)],
}

impl Mix {
    fn pairs(&self) -> String {
        let pairs: Vec<String> =
            self.default.iter().map(|(word, weight)| format!("{word} = {}", written(*weight))).collect();
        pairs.join(", ")
    }
}

impl KeyKind for Mix {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let Some(table) = node.table() else {
            let rule = format!("a table from some of {} to weights", listed(self.options.iter().copied(), "and"));
            let help = format!("write {{ {} = 1 }}", self.options.first().copied().unwrap_or("word"));
            checker.report(node.span, wrong_type(key.spec.key, node, rule, help));
            return ResolvedValue::Numbers(Vec::new());
        };
        for (name, entry) in table.iter().filter(|(name, _)| !self.options.contains(&name.as_str())) {
            let (owner, options) = (key.spec.key, self.options);
            checker.report(entry.key, ValueRule::UnknownWeight { key: name, owner, options });
        }
        let mut weights = Vec::new();
        for &option in self.options {
            if let Some(entry) = table.get(option) {
                let wanted = NumberRule { key: option, unit: "weight", bounds: (0.0, MAX_WEIGHT), whole: false };
                let amount = checker.amount(wanted, &entry.node, &format!("{}.{option}", key.path));
                weights.push((option.to_owned(), amount));
            }
        }
        ResolvedValue::Numbers(weights)
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        let pair = |&(word, weight): &(&str, f64)| (word.to_owned(), Amount::Fixed(weight));
        ResolvedValue::Numbers(self.default.iter().map(pair).collect())
    }

    fn schema(&self, _: &Spec) -> Json {
        let weight = |word: &&str| ((*word).to_owned(), amount_schema(self.numbers()));
        let weights: Map<String, Json> = self.options.iter().map(weight).collect();
        json!({ "type": "object", "additionalProperties": false, "properties": weights })
    }

    fn schema_default(&self) -> Option<Json> {
        let pair = |&(word, weight): &(&str, f64)| (word.to_owned(), json_number(weight));
        Some(Json::Object(self.default.iter().map(pair).collect()))
    }

    fn accepts(&self) -> String {
        format!("a table of weights for {}", self.options.join(", "))
    }

    fn default_words(&self) -> String {
        format!("{{ {} }}", self.pairs())
    }

    fn default_text(&self) -> String {
        if self.default.is_empty() { "{}".to_owned() } else { self.default_words() }
    }

    fn probe_values(&self) -> Vec<Json> {
        self.options.iter().map(|word| json!({ *word: 1.0 })).collect()
    }

    fn is_already(&self, node: Option<&Node>, setting: SettingValue) -> bool {
        let SettingValue::Weights(to) = setting else { return false };
        let from: Option<Vec<(&str, f64)>> = match node {
            None => Some(self.default.to_vec()),
            Some(node) => node.table().and_then(|table| {
                table.iter().map(|(word, entry)| Some((word.as_str(), always(&entry.node)?))).collect()
            }),
        };
        from.is_some_and(|from| {
            let (from, to) = (relative(from), relative(to.to_vec()));
            from.len() == to.len() && to.iter().all(|pair| from.contains(pair))
        })
    }
}

/// Weights as shares of their sum, those of nothing left out.
fn relative(mut weights: Vec<(&str, f64)>) -> Vec<(&str, f64)> {
    let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
    weights.retain(|(_, weight)| *weight != 0.0);
    weights.into_iter().map(|(word, weight)| (word, weight / total)).collect()
}
