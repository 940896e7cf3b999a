//! Tables from keys of the scenario to values. They are read where arms are made; this kind only explains them.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind};
use crate::scenario::check::Checker;
use crate::scenario::tree::Node;
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::Spec;

/// Keys and what they are set to.
pub(super) struct Settings {
    pub absent: &'static str,
}

impl KeyKind for Settings {
    fn check(&self, _: &mut Checker, _: KeyContext, _: &Node) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn schema(&self, _: &Spec) -> Json {
        json!({ "type": "object" })
    }

    fn accepts(&self) -> String {
        "a table { \"key.path\" = value, … }; a value may be { times = 2 } or { remove = true }, a name in a path a pattern \
         with `*`"
            .to_owned()
    }

    fn default_words(&self) -> String {
        self.absent.to_owned()
    }
}
