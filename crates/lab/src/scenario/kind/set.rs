//! A list of some words, each at most once.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind, listed_plainly, word_list, wrong_type};
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::{StudyRule, ValueRule};
use crate::scenario::nearest::listed;
use crate::scenario::tree::Node;
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::Spec;
use hubsim_model::policy::mitigations::SettingValue;

/// A set of words.
pub(super) struct Set {
    pub options: &'static [&'static str],
    pub default: &'static [&'static str],
}

impl KeyKind for Set {
    /// Words in the order of the catalogue, so that a set is the same however it is written.
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        // A list without any words only drops what is inherited.
        if self.options.is_empty() && node.list().is_some_and(|list| !list.is_empty()) {
            let (key, list) = (key.spec.key, key.spec.key.trim_end_matches('s'));
            checker.report(node.span, StudyRule::OnlyEmpty { key, list });
            return ResolvedValue::Words(Vec::new());
        }
        let rule = format!("a list of some of {}", listed(self.options.iter().copied(), "and"));
        let mut words: Vec<&str> = Vec::new();
        for item in checker.items(key.spec.key, node, &rule) {
            match checker.word(key.spec.key, self.options, item) {
                Some(word) if words.contains(&word) => checker.twice(item),
                Some(word) => words.push(word),
                None => {}
            }
        }
        let chosen = self.options.iter().filter(|option| words.contains(option));
        ResolvedValue::Words(chosen.map(|&option| option.to_owned()).collect())
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Words(self.default.iter().map(|&word| word.to_owned()).collect())
    }

    fn schema(&self, _: &Spec) -> Json {
        json!({ "type": "array", "items": { "enum": self.options }, "uniqueItems": true })
    }

    fn schema_default(&self) -> Option<Json> {
        Some(json!(self.default))
    }

    fn accepts(&self) -> String {
        match self.options {
            [] => "[], an empty list".to_owned(),
            options => format!("a list of some of {}", options.join(", ")),
        }
    }

    fn default_words(&self) -> String {
        listed_plainly(self.default)
    }

    fn default_text(&self) -> String {
        word_list(self.default.iter().copied())
    }

    fn probe_values(&self) -> Vec<Json> {
        self.options.iter().map(|word| json!([word])).chain([json!(self.options)]).collect()
    }

    fn is_already(&self, node: Option<&Node>, setting: SettingValue) -> bool {
        let words: Vec<&str> = match node {
            None => self.default.to_vec(),
            Some(node) => node.list().unwrap_or(&[]).iter().filter_map(Node::text).collect(),
        };
        match setting {
            SettingValue::Words(to) => words.len() == to.len() && to.iter().all(|word| words.contains(word)),
            SettingValue::Less(word) => !words.contains(&word),
            _ => false,
        }
    }
}

impl Checker<'_> {
    /// The items of a list; none, reported, if it is no list.
    pub(super) fn items<'n>(&mut self, key: &str, node: &'n Node, rule: &str) -> &'n [Node] {
        node.list().unwrap_or_else(|| {
            let help = match node.text() {
                Some(word) => format!("write [\"{word}\"]"),
                None => "write [\"…\", …]".to_owned(),
            };
            self.report(node.span, wrong_type(key, node, rule, help));
            &[]
        })
    }

    /// Reports an item that a list has already.
    pub(super) fn twice(&mut self, item: &Node) {
        let subject = format!("\"{}\"", item.text().unwrap_or(""));
        self.report(item.span, ValueRule::GivenTwice { subject, rule: "each at most once" });
    }
}
