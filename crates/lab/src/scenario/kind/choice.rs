//! One of some words.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind, REQUIRED, wrong_type};
use crate::scenario::catalogue::quoted;
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::nearest::listed;
use crate::scenario::tree::Node;
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::Spec;

/// One of some words; without a default it must be given.
pub(super) struct OneWord {
    pub options: &'static [&'static str],
    pub default: Option<&'static str>,
}

impl OneWord {
    fn default_field(&self) -> ResolvedValue {
        self.default.map_or(ResolvedValue::Absent, |word| ResolvedValue::Word(word.to_owned()))
    }
}

impl KeyKind for OneWord {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let word = checker.word(key.spec.key, self.options, node);
        word.map_or_else(|| self.default_field(), |word| ResolvedValue::Word(word.to_owned()))
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        self.default_field()
    }

    fn required(&self, _: &Spec) -> Option<&'static str> {
        self.default.is_none().then_some("\"…\"")
    }

    fn schema(&self, _: &Spec) -> Json {
        json!({ "enum": self.options })
    }

    fn schema_default(&self) -> Option<Json> {
        self.default.map(|word| json!(word))
    }

    fn accepts(&self) -> String {
        format!("one of {}", self.options.join(", "))
    }

    fn default_words(&self) -> String {
        self.default.unwrap_or(REQUIRED).to_owned()
    }

    fn default_text(&self) -> String {
        self.default.map_or_else(|| "none".to_owned(), quoted)
    }

    fn probe_values(&self) -> Vec<Json> {
        self.options.iter().map(|word| json!(word)).collect()
    }
}

impl Checker<'_> {
    /// One of some words.
    pub(super) fn word(&mut self, key: &str, options: &'static [&'static str], node: &Node) -> Option<&'static str> {
        let Some(word) = node.text() else {
            let rule = format!("one of {}", listed(options.iter().copied(), "or"));
            self.report(node.span, wrong_type(key, node, rule, "write one of these words in quotes"));
            return None;
        };
        let known = options.iter().find(|option| **option == word).copied();
        if known.is_none() {
            self.report(node.span, ValueRule::UnknownWord { key, word, options });
        }
        known
    }
}
