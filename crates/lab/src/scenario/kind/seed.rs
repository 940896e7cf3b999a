//! The seed: all 64 bits of a whole number.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind, edge};
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::tree::{Node, NodeValue};
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::Spec;

/// A seed.
pub(super) struct Seed {
    pub default: u64,
}

impl KeyKind for Seed {
    fn check(&self, checker: &mut Checker, _: KeyContext, node: &Node) -> ResolvedValue {
        let (seed, found) = match node.value {
            NodeValue::Whole(number) => (u64::try_from(number).ok(), "out of range"),
            _ => (None, node.noun()),
        };
        if seed.is_none() {
            checker.report(node.span, ValueRule::BadSeed { found });
        }
        ResolvedValue::Seed(seed.unwrap_or(self.default))
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Seed(self.default)
    }

    fn schema(&self, _: &Spec) -> Json {
        json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX as f64 })
    }

    fn schema_default(&self) -> Option<Json> {
        Some(json!(self.default))
    }

    fn accepts(&self) -> String {
        format!("a whole number from 0 to {}", edge(u64::MAX as f64))
    }

    fn default_words(&self) -> String {
        self.default.to_string()
    }
}
