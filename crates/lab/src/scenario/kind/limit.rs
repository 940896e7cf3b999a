//! A limit: a number, perhaps a path in time, or a word for no limit.

use serde_json::{Value as Json, json};

use super::number::{UncertainNumber, number_words};
use super::path::InTime;
use super::{KeyContext, KeyKind, Numbers, json_number};
use crate::scenario::catalogue::{quoted, written};
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::tree::Node;
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::{Course, Limited, Spec};
use hubsim_model::policy::mitigations::SettingValue;

/// A number or a word.
pub(super) struct OrWord(pub Limited);

impl OrWord {
    /// The kind of its numbers.
    fn inner(&self) -> Box<dyn KeyKind> {
        match self.0.course {
            Course::Fixed => Box::new(UncertainNumber(self.0.number)),
            Course::Path => Box::new(InTime(self.0.number)),
        }
    }

    fn word(&self) -> ResolvedValue {
        ResolvedValue::Word(self.0.word.to_owned())
    }
}

impl KeyKind for OrWord {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let found = match (node.text(), node.number()) {
            (Some(text), _) if text == self.0.word => return self.word(),
            (Some(text), _) => quoted(text),
            // A 0 most likely stands for "no limit".
            (None, Some(0.0)) if self.0.number.bounds.0 > 0.0 => "0".to_owned(),
            _ => return self.inner().check(checker, key, node),
        };
        let (rule, word) = (self.accepts(), self.0.word);
        checker.report(node.span, ValueRule::NoLimit { key: key.spec.key, word, found, rule });
        self.word()
    }

    fn default(&self, checker: &Checker, key: KeyContext) -> ResolvedValue {
        if self.0.number.default.is_none() { self.word() } else { self.inner().default(checker, key) }
    }

    fn numbers(&self) -> Numbers {
        self.inner().numbers()
    }

    fn schema(&self, spec: &Spec) -> Json {
        let mut schema = self.inner().schema(spec);
        if let Some(Json::Array(forms)) = schema.get_mut("anyOf") {
            forms.push(json!({ "const": self.0.word }));
        }
        schema
    }

    fn schema_default(&self) -> Option<Json> {
        Some(self.0.number.default.map_or_else(|| json!(self.0.word), json_number))
    }

    fn accepts(&self) -> String {
        let path = if self.0.course == Course::Path { ", or a path in time { from, to, by_year }" } else { "" };
        format!("{}, or a distribution{path}, or {}", number_words(&self.0.number), quoted(self.0.word))
    }

    fn default_words(&self) -> String {
        self.0.number.default.map_or_else(|| self.0.word.to_owned(), written)
    }

    fn default_text(&self) -> String {
        self.0.number.default.map_or_else(|| quoted(self.0.word), written)
    }

    fn probe_values(&self) -> Vec<Json> {
        self.inner().probe_values().into_iter().chain([json!(self.0.word)]).collect()
    }

    fn is_already(&self, node: Option<&Node>, setting: SettingValue) -> bool {
        match (setting, node) {
            (SettingValue::Unlimited, Some(node)) => node.text() == Some(self.0.word),
            (SettingValue::Unlimited, None) => self.0.number.default.is_none(),
            (_, Some(node)) if node.text().is_some() => false,
            _ => self.inner().is_already(node, setting),
        }
    }
}
