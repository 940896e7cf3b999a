//! Years of the simulation.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind};
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ClaimRule;
use crate::scenario::tree::{Node, NodeValue};
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::Spec;

/// One year.
pub(super) struct Year {
    pub most: u32,
    pub absent: &'static str,
}

impl KeyKind for Year {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let help = node.list().map(|_| "write `years = [first, last]`");
        checker
            .year(key.spec.key, self.most, node, help)
            .map_or(ResolvedValue::Absent, |year| ResolvedValue::Span(year, year))
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn schema(&self, _: &Spec) -> Json {
        json!({ "type": "integer", "minimum": 0, "maximum": self.most })
    }

    fn accepts(&self) -> String {
        format!("a whole number from 0 to {}", self.most)
    }

    fn default_words(&self) -> String {
        self.absent.to_owned()
    }
}

/// A first and a last year.
pub(super) struct YearSpan {
    pub most: u32,
    pub absent: &'static str,
}

impl KeyKind for YearSpan {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let key = key.spec.key;
        let Some([first, last]) = node.list() else {
            let found = node.list().map_or(node.noun().to_owned(), |list| format!("a list of {}", list.len()));
            let help = match node.value {
                NodeValue::Whole(year) => format!("write `year = {year}`, or [first, last]"),
                _ => "write [first, last]".to_owned(),
            };
            checker.report(node.span, ClaimRule::BadSpan { key, found: format!("is {found}"), help });
            return ResolvedValue::Absent;
        };
        let ends = (checker.year(key, self.most, first, None), checker.year(key, self.most, last, None));
        let (Some(first), Some(last)) = ends else { return ResolvedValue::Absent };
        if first > last {
            let (found, help) = (format!("runs from {first} to {last}"), format!("write [{last}, {first}]"));
            checker.report(node.span, ClaimRule::BadSpan { key, found, help });
            return ResolvedValue::Absent;
        }
        ResolvedValue::Span(first, last)
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn schema(&self, _: &Spec) -> Json {
        let year = json!({ "type": "integer", "minimum": 0, "maximum": self.most });
        json!({ "type": "array", "items": year, "minItems": 2, "maxItems": 2 })
    }

    fn accepts(&self) -> String {
        format!("two whole numbers from 0 to {}: [first, last]", self.most)
    }

    fn default_words(&self) -> String {
        self.absent.to_owned()
    }
}

impl Checker<'_> {
    fn year(&mut self, key: &str, most: u32, node: &Node, help: Option<&str>) -> Option<u32> {
        let year = match node.value {
            NodeValue::Whole(number) => u32::try_from(number).ok().filter(|year| *year <= most),
            _ => None,
        };
        if year.is_none() {
            let found = match node.value {
                NodeValue::Whole(number) => number.to_string(),
                NodeValue::Real(number) => format!("{number}, no whole number"),
                _ => node.noun().to_owned(),
            };
            let rule = format!("a whole number from 0 to {most}");
            let help = help.map_or_else(|| format!("write a year from 0 to {most}"), str::to_owned);
            self.report(node.span, ClaimRule::BadYear { key, found, rule, help });
        }
        year
    }
}
