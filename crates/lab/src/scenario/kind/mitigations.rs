//! Lists of mitigations that arms leave out. They are read where arms are made; this kind only explains them.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind, REQUIRED};
use crate::scenario::check::Checker;
use crate::scenario::tree::Node;
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::Spec;
use hubsim_model::policy::mitigations::MITIGATIONS;

/// A list of mitigations; those in a list within the list go together.
pub(super) struct MitigationNames;

impl KeyKind for MitigationNames {
    fn check(&self, _: &mut Checker, _: KeyContext, _: &Node) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn required(&self, _: &Spec) -> Option<&'static str> {
        Some("[\"…\"]")
    }

    fn schema(&self, _: &Spec) -> Json {
        let one = json!({ "enum": MITIGATIONS.iter().map(|mitigation| mitigation.name).collect::<Vec<_>>() });
        let together = json!({ "type": "array", "items": one, "uniqueItems": true, "minItems": 1 });
        json!({ "type": "array", "items": { "anyOf": [one, together] }, "uniqueItems": true, "minItems": 1 })
    }

    fn accepts(&self) -> String {
        "a list of names of mitigations; those in a list within the list go together".to_owned()
    }

    fn default_words(&self) -> String {
        REQUIRED.to_owned()
    }
}
