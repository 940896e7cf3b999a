//! Smallest differences that matter: numbers that are the same in every world.

use serde_json::Value as Json;

use super::number::number_schema;
use super::{KeyContext, KeyKind, Numbers, edge, wrong_type};
use crate::scenario::catalogue::written;
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::tree::Node;
use crate::scenario::values::{Amount, ResolvedValue};
use hubsim_model::catalogue::Spec;

/// A difference that matters, or a bound.
pub(super) struct Size {
    pub bounds: (f64, f64),
    pub absent: &'static str,
}

impl KeyKind for Size {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let (name, rule) = (key.spec.key, bounds_in_words(self.bounds));
        let Some(number) = node.number() else {
            let help = node.text().and_then(|text| in_numbers(name, text)).unwrap_or(format!("write {rule}"));
            checker.report(node.span, wrong_type(name, node, rule, help));
            return ResolvedValue::Number(Amount::Invalid);
        };
        if !number.is_finite() {
            checker.report(node.span, ValueRule::NotFinite { key: name, rule });
            return ResolvedValue::Number(Amount::Invalid);
        }
        let closest = number.max(self.bounds.0).min(self.bounds.1);
        if closest != number {
            let inherited = String::new();
            checker.report(node.span, ValueRule::OutOfBounds { key: name, number, inherited, rule, closest });
            return ResolvedValue::Number(Amount::Invalid);
        }
        ResolvedValue::Number(Amount::Fixed(number + 0.0))
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn schema(&self, _: &Spec) -> Json {
        number_schema(Numbers { bounds: self.bounds, whole: false })
    }

    fn accepts(&self) -> String {
        let (low, high) = self.bounds;
        if low.is_finite() { format!("a number from {} to {}", edge(low), edge(high)) } else { "a number".to_owned() }
    }

    fn default_words(&self) -> String {
        self.absent.to_owned()
    }
}

/// Bounds as a rule, infinite ones left out.
pub(in crate::scenario) fn bounds_in_words((low, high): (f64, f64)) -> String {
    match (low.is_finite(), high.is_finite()) {
        (true, true) => format!("a number between {} and {}", written(low), written(high)),
        (true, false) => format!("a number of at least {}", written(low)),
        (false, true) => format!("a number of at most {}", written(high)),
        (false, false) => "a number".to_owned(),
    }
}

/// The correction of a number in quotes or in per cent.
fn in_numbers(key: &str, text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(share) = text.strip_suffix('%') {
        let share: f64 = share.trim().parse().ok()?;
        let share = written((share * 1e10).round() / 1e12);
        return Some(format!("write `by_share = {share}`: a share of the reference"));
    }
    let number: f64 = text.parse().ok()?;
    number.is_finite().then(|| format!("write `{key} = {}`, without quotes", written(number)))
}
