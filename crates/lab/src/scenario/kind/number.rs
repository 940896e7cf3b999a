//! Numbers: one that each world may draw from a distribution, or one that is the same in every world.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind, Numbers, REQUIRED, edge, json_number, wrong_type};
use crate::scenario::catalogue::written;
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::distribution::{self, Distribution, DistributionFamily, FAMILIES, MOST_CHOICES};
use crate::scenario::nearest::nearest;
use crate::scenario::tree::{Node, NodeValue, Table};
use crate::scenario::values::{Amount, ResolvedValue};
use hubsim_model::catalogue::{Number, Spec};
use hubsim_model::policy::mitigations::SettingValue;

/// A number, or a distribution from which each world draws one.
pub(super) struct UncertainNumber(pub Number);

impl KeyKind for UncertainNumber {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        ResolvedValue::Number(checker.amount(NumberRule::new(key.spec, &self.0), node, key.path))
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Number(default_amount(&self.0))
    }

    fn numbers(&self) -> Numbers {
        Numbers { bounds: self.0.bounds, whole: self.0.whole }
    }

    fn required(&self, _: &Spec) -> Option<&'static str> {
        required(&self.0)
    }

    fn schema(&self, _: &Spec) -> Json {
        amount_schema(self.numbers())
    }

    fn schema_default(&self) -> Option<Json> {
        self.0.default.map(json_number)
    }

    fn accepts(&self) -> String {
        format!("{}, or a distribution", number_words(&self.0))
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

/// A number that is the same in every world.
pub(super) struct ConstantNumber(pub Number);

impl KeyKind for ConstantNumber {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        checker
            .constant(NumberRule::new(key.spec, &self.0), node)
            .map_or_else(|| self.default(checker, key), |number| ResolvedValue::Number(Amount::Fixed(number)))
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Number(default_amount(&self.0))
    }

    fn required(&self, _: &Spec) -> Option<&'static str> {
        required(&self.0)
    }

    fn schema(&self, _: &Spec) -> Json {
        number_schema(Numbers { bounds: self.0.bounds, whole: self.0.whole })
    }

    fn schema_default(&self) -> Option<Json> {
        self.0.default.map(json_number)
    }

    fn accepts(&self) -> String {
        number_words(&self.0)
    }

    fn default_words(&self) -> String {
        default_words(&self.0)
    }
}

/// The rule of a number.
#[derive(Clone, Copy)]
pub(in crate::scenario) struct NumberRule<'a> {
    /// As the user wrote or would write it: `reuse_threshold`.
    pub key: &'a str,
    pub unit: &'static str,
    pub bounds: (f64, f64),
    pub whole: bool,
}

impl<'a> NumberRule<'a> {
    /// The rule of the numbers of a key.
    pub(super) fn new(spec: &'a Spec, number: &Number) -> NumberRule<'a> {
        NumberRule { key: spec.key, unit: spec.unit, bounds: number.bounds, whole: number.whole }
    }

    /// The rule in words: `a share between 0 and 1`.
    pub(super) fn rule(&self) -> String {
        let (low, high) = (written(self.bounds.0), written(self.bounds.1));
        let unit = if matches!(self.unit, "-" | "share") { String::new() } else { format!(" ({})", self.unit) };
        if self.whole {
            return format!("a whole number from {low} to {high}{unit}");
        }
        let noun = if self.unit == "share" { "a share" } else { "a number" };
        format!("{noun} between {low} and {high}{unit}")
    }

    /// The nearest number that obeys the rule.
    fn closest(&self, number: f64) -> f64 {
        let number = if self.whole { number.round() } else { number };
        number.max(self.bounds.0).min(self.bounds.1)
    }
}

impl Checker<'_> {
    /// A number or a distribution. `path` is its key in full.
    pub(in crate::scenario) fn amount(&mut self, wanted: NumberRule, node: &Node, path: &str) -> Amount {
        let NodeValue::Table(table) = &node.value else {
            return self.number(wanted, node).map_or(Amount::Invalid, Amount::Fixed);
        };
        let Some(distribution) = self.distribution(wanted, table, node) else { return Amount::Invalid };
        self.uncertain.push(distribution::Uncertain { key: path.to_owned(), unit: wanted.unit, distribution });
        Amount::Uncertain(path.to_owned())
    }

    /// A number that is the same in every world.
    pub(super) fn constant(&mut self, wanted: NumberRule, node: &Node) -> Option<f64> {
        if node.table().is_some() {
            self.report(node.span, ValueRule::SameInEveryWorld { key: wanted.key, rule: wanted.rule() });
            return None;
        }
        self.number(wanted, node)
    }

    /// A plain number within bounds.
    pub(in crate::scenario) fn number(&mut self, wanted: NumberRule, node: &Node) -> Option<f64> {
        let number = self.finite(wanted, node)?;
        let (key, rule, closest) = (wanted.key, wanted.rule(), wanted.closest(number));
        if number < wanted.bounds.0 || number > wanted.bounds.1 {
            let inherited = String::new();
            self.report(node.span, ValueRule::OutOfBounds { key, number, inherited, rule, closest });
            None
        } else if wanted.whole && number.fract() != 0.0 {
            self.report(node.span, ValueRule::NotWhole { key, number, rule, closest });
            None
        } else {
            Some(number)
        }
    }

    /// A finite number of any size; zero without a sign.
    fn finite(&mut self, wanted: NumberRule, node: &Node) -> Option<f64> {
        let Some(number) = node.number() else {
            let rule = wanted.rule();
            let help = match &node.value {
                NodeValue::Text(text) => match text.trim().parse::<f64>() {
                    Ok(number) if number.is_finite() => format!("write {} without quotes", written(number)),
                    _ => format!("write {rule}"),
                },
                NodeValue::List(_) => "for a range write { uniform = [low, high] }".to_owned(),
                _ => format!("write {rule}"),
            };
            self.report(node.span, wrong_type(wanted.key, node, rule, help));
            return None;
        };
        if !number.is_finite() {
            self.report(node.span, ValueRule::NotFinite { key: wanted.key, rule: wanted.rule() });
            return None;
        }
        Some(number + 0.0)
    }

    fn distribution(&mut self, wanted: NumberRule, table: &Table, node: &Node) -> Option<Distribution> {
        let forms = format!("one of {}", FAMILIES.map(|family| family.form).join(", "));
        let (forms, rule) = (forms.as_str(), wanted.rule());
        let mut entries = table.iter();
        let (Some((form, entry)), None) = (entries.next(), entries.next()) else {
            self.report(node.span, ValueRule::NoDistribution { key: wanted.key, keys: table.len(), forms, rule });
            return None;
        };
        let Some(family) = FAMILIES.into_iter().find(|family| family.name == form) else {
            let near = nearest(form, FAMILIES.map(|family| family.name));
            self.report(entry.key, ValueRule::UnknownDistribution { form, near, forms, rule });
            return None;
        };
        let values = self.distribution_values(wanted, &family, &entry.node)?;
        match (family.make)(values) {
            Ok(distribution) => Some(distribution),
            Err(distribution::Impossible { rule, help }) => {
                let (form, key) = (family.name, wanted.key);
                self.report(entry.node.span, ValueRule::ImpossibleDistribution { form, key, rule, help });
                None
            }
        }
    }

    /// The numbers of a distribution: as many as it needs, and within bounds (but for a spread).
    fn distribution_values(
        &mut self,
        wanted: NumberRule,
        family: &DistributionFamily,
        node: &Node,
    ) -> Option<Vec<f64>> {
        let items = node.list().unwrap_or(&[]);
        let right = family.count.map_or((1..=MOST_CHOICES).contains(&items.len()), |count| items.len() == count);
        if !right {
            let found = node.list().map_or(node.noun().to_owned(), |list| format!("a list of {}", list.len()));
            let (form, rule) = (family.name, family.numbers);
            self.report(node.span, ValueRule::DistributionNumbers { form, found, rule });
            return None;
        }
        // Of a continuous distribution each draw is rounded; only listed values must be whole themselves.
        let wanted = NumberRule { whole: wanted.whole && family.count.is_none(), ..wanted };
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let spread = family.spread == Some(index);
            values.push(if spread { self.finite(wanted, item) } else { self.number(wanted, item) });
        }
        values.into_iter().collect()
    }
}

/// A number that is the same in every world and every year.
pub(super) fn always(node: &Node) -> Option<f64> {
    match node.table() {
        None => node.number(),
        Some(_) => {
            let (from, to) = (always(node.get("from")?)?, always(node.get("to")?)?);
            (from == to).then_some(from)
        }
    }
}

pub(super) fn default_amount(number: &Number) -> Amount {
    number.default.map_or(Amount::Invalid, Amount::Fixed)
}

pub(super) fn required(number: &Number) -> Option<&'static str> {
    number.default.is_none().then_some("…")
}

pub(super) fn number_words(number: &Number) -> String {
    let noun = if number.whole { "a whole number" } else { "a number" };
    format!("{noun} from {} to {}", edge(number.bounds.0), edge(number.bounds.1))
}

pub(super) fn default_words(number: &Number) -> String {
    number.default.map_or_else(|| REQUIRED.to_owned(), written)
}

pub(super) fn probe_values(number: &Number) -> Vec<Json> {
    let (low, high) = number.range;
    let spots = [high, low, 0.5 * (low + high), low + 0.25 * (high - low)];
    spots.map(|x| json!(if number.whole { x.round() } else { x })).to_vec()
}

pub(super) fn is_already(number: &Number, node: Option<&Node>, setting: SettingValue) -> bool {
    let SettingValue::Number(to) = setting else { return false };
    node.map_or(number.default, always) == Some(to)
}

/// A plain number within bounds; bounds that are infinite are left out.
pub(super) fn number_schema(numbers: Numbers) -> Json {
    let mut schema = json!({ "type": if numbers.whole { "integer" } else { "number" } });
    for (name, bound) in [("minimum", numbers.bounds.0), ("maximum", numbers.bounds.1)] {
        if bound.is_finite() {
            schema[name] = json_number(bound);
        }
    }
    schema
}

/// A number within bounds, or a distribution.
pub(super) fn amount_schema(numbers: Numbers) -> Json {
    json!({ "anyOf": [number_schema(numbers), { "$ref": "#/$defs/distribution" }] })
}

/// The schema of distributions. Bounds within them are left to `hubsim check`.
pub(in crate::scenario) fn distribution_schema() -> Json {
    let family = |family: DistributionFamily| {
        let items = match family.count {
            None => json!({ "type": "array", "items": { "type": "number" }, "minItems": 1, "maxItems": MOST_CHOICES }),
            Some(count) => {
                let item = |at: usize| match family.spread {
                    Some(spread) if spread == at => json!({ "type": "number", "exclusiveMinimum": 0 }),
                    _ => json!({ "type": "number" }),
                };
                let items: Vec<Json> = (0..count).map(item).collect();
                json!({ "type": "array", "prefixItems": items, "minItems": count, "maxItems": count })
            }
        };
        let properties = serde_json::Map::from_iter([(family.name.to_owned(), items)]);
        json!({ "type": "object", "additionalProperties": false, "required": [family.name], "properties": properties })
    };
    json!({
        "description": "An uncertain number: each world draws a value.",
        "anyOf": FAMILIES.map(family),
    })
}
