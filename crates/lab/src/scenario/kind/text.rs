//! Texts: free, in one line, or a short name.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind, REQUIRED, wrong_type};
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::{KeyRule, ValueRule, misleading};
use crate::scenario::tree::Node;
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::{Absent, Spec};

/// An example of a text.
pub(super) const EXAMPLE: &str = "\"…\"";

/// Any text. A key `name` must be given.
pub(super) struct Text;

impl KeyKind for Text {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let text = checker.quoted(key.spec.key, "a text in quotes", node);
        text.map_or(ResolvedValue::Absent, |text| ResolvedValue::Word(text.to_owned()))
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn required(&self, spec: &Spec) -> Option<&'static str> {
        (spec.key == "name").then_some(EXAMPLE)
    }

    fn schema(&self, spec: &Spec) -> Json {
        if spec.key == "name" { json!({ "type": "string", "minLength": 1 }) } else { json!({ "type": "string" }) }
    }

    fn accepts(&self) -> String {
        "text".to_owned()
    }

    fn default_words(&self) -> String {
        "none".to_owned()
    }
}

/// A text in one line.
pub(super) struct Line(pub Absent);

impl KeyKind for Line {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let Some(text) = checker.quoted(key.spec.key, "a text in one line", node) else { return ResolvedValue::Absent };
        if text.trim().is_empty() && self.0 == Absent::Required {
            checker.report(node.span, ValueRule::EmptyText { key: key.spec.key });
        } else if text.chars().any(misleading) {
            checker.report(node.span, ValueRule::SeveralLines { key: key.spec.key });
        }
        ResolvedValue::Word(text.to_owned())
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn required(&self, _: &Spec) -> Option<&'static str> {
        (self.0 == Absent::Required).then_some(EXAMPLE)
    }

    fn schema(&self, _: &Spec) -> Json {
        match self.0 {
            Absent::Required => json!({ "type": "string", "minLength": 1 }),
            Absent::Empty => json!({ "type": "string" }),
        }
    }

    fn accepts(&self) -> String {
        "text in one line".to_owned()
    }

    fn default_words(&self) -> String {
        if self.0 == Absent::Required { REQUIRED } else { "none" }.to_owned()
    }
}

/// The longest identifier, characters.
const LONGEST: usize = 40;

/// A short name that commands can be given.
pub(super) struct Identifier;

impl KeyKind for Identifier {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let rule = "an id of letters, digits, `-`, `_` and `.`, 40 at most, that begins with a letter or a digit";
        let Some(id) = checker.quoted(key.spec.key, rule, node) else { return ResolvedValue::Absent };
        let wrong = match id.chars().find(|&c| !allowed(c)) {
            _ if id.is_empty() => Some("is empty".to_owned()),
            Some(c) => Some(format!("has a `{}`", c.escape_debug())),
            None if id.len() > LONGEST => Some(format!("has more than {LONGEST} characters")),
            None if !id.starts_with(|c: char| c.is_ascii_alphanumeric()) => Some(format!("begins with `{}`", &id[..1])),
            None => None,
        };
        if let Some(wrong) = wrong {
            let better: String = id.chars().map(|c| if allowed(c) { c } else { '-' }).take(LONGEST).collect();
            let better = better.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned();
            checker.report(node.span, KeyRule::BadName { noun: key.spec.key, wrong, rule, better });
        }
        ResolvedValue::Word(id.to_owned())
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn required(&self, _: &Spec) -> Option<&'static str> {
        Some(EXAMPLE)
    }

    fn schema(&self, _: &Spec) -> Json {
        json!({ "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$" })
    }

    fn accepts(&self) -> String {
        format!("letters, digits, `-`, `_` and `.`, {LONGEST} at most")
    }

    fn default_words(&self) -> String {
        REQUIRED.to_owned()
    }
}

fn allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

impl Checker<'_> {
    /// A text; none, reported, if it is none.
    pub(super) fn quoted<'n>(&mut self, key: &str, rule: &str, node: &'n Node) -> Option<&'n str> {
        let text = node.text();
        if text.is_none() {
            self.report(node.span, wrong_type(key, node, rule, "put it in \"quotes\""));
        }
        text
    }
}
