//! Keys of measures.

use serde_json::{Value as Json, json};

use super::text::EXAMPLE;
use super::{KeyContext, KeyKind, REQUIRED, wrong_type};
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::tree::Node;
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::Spec;
use hubsim_model::measures::{MEASURES, position};

/// The key of one measure.
pub(super) struct MeasureKey;

impl KeyKind for MeasureKey {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let measure = checker.measure(key.spec.key, node);
        measure.map_or(ResolvedValue::Absent, |measure| ResolvedValue::Word(measure.to_owned()))
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn required(&self, _: &Spec) -> Option<&'static str> {
        Some(EXAMPLE)
    }

    fn schema(&self, _: &Spec) -> Json {
        json!({ "enum": MEASURES.iter().map(|measure| measure.key).collect::<Vec<_>>() })
    }

    fn accepts(&self) -> String {
        "the key of a measure".to_owned()
    }

    fn default_words(&self) -> String {
        REQUIRED.to_owned()
    }
}

/// A list of keys of measures, each at most once.
pub(super) struct MeasureKeys {
    pub least: usize,
    pub absent: &'static str,
}

impl KeyKind for MeasureKeys {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let mut found: Vec<String> = Vec::new();
        for item in checker.items(key.spec.key, node, "a list of keys of measures") {
            match checker.measure(&format!("an entry of {}", key.spec.key), item) {
                Some(measure) if found.iter().any(|known| known == measure) => checker.twice(item),
                Some(measure) => found.push(measure.to_owned()),
                None => {}
            }
        }
        if self.least > 0 && node.list().is_some_and(<[Node]>::is_empty) {
            let rule = "a list of keys of measures, at least one";
            checker
                .report(node.span, ValueRule::EmptyList { key: key.spec.key, rule, help: "name a measure".to_owned() });
        }
        ResolvedValue::Words(found)
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn schema(&self, spec: &Spec) -> Json {
        json!({ "type": "array", "items": MeasureKey.schema(spec), "uniqueItems": true, "minItems": self.least })
    }

    fn accepts(&self) -> String {
        let least = if self.least == 0 { "" } else { ", at least one" };
        format!("a list of keys of measures{least}")
    }

    fn default_words(&self) -> String {
        self.absent.to_owned()
    }
}

impl Checker<'_> {
    /// The key of a measure; none, reported, if there is none of it.
    fn measure(&mut self, key: &str, node: &Node) -> Option<&'static str> {
        let Some(word) = node.text() else {
            let (rule, help) = ("the key of a measure", "put the key in \"quotes\"");
            self.report(node.span, wrong_type(key, node, rule, help));
            return None;
        };
        let found = position(word);
        if found.is_none() && !self.full() {
            self.report(node.span, ValueRule::NoMeasure { word });
        }
        found.map(|at| MEASURES[at].key)
    }
}
