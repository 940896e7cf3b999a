//! Lists of texts that name levers, or what stands beside them.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind, REQUIRED};
use crate::scenario::catalogue::lever_paths;
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::tree::Node;
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::Spec;

/// A list of texts. Whether what they name exists is checked where it is known.
pub(super) struct Names {
    pub of: &'static str,
    pub least: usize,
}

impl KeyKind for Names {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let (name, rule) = (key.spec.key, self.accepts());
        let mut found: Vec<String> = Vec::new();
        let items = checker.items(name, node, &rule);
        for item in items {
            match checker.quoted(name, &rule, item) {
                Some(text) if found.iter().any(|known| known == text) => checker.twice(item),
                Some(text) => found.push(text.to_owned()),
                None => {}
            }
        }
        if node.list().is_some() && items.len() < self.least {
            let help = format!("write `{name} = [\"…\"]`");
            checker.report(node.span, ValueRule::EmptyList { key: name, rule: &rule, help });
        }
        ResolvedValue::Words(found)
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Words(Vec::new())
    }

    fn required(&self, _: &Spec) -> Option<&'static str> {
        (self.least > 0).then_some("[\"…\"]")
    }

    fn schema(&self, _: &Spec) -> Json {
        let items = match self.of {
            "levers" => json!({ "enum": lever_paths() }),
            _ => json!({ "type": "string" }),
        };
        json!({ "type": "array", "items": items, "uniqueItems": true, "minItems": self.least })
    }

    fn accepts(&self) -> String {
        match self.of {
            "levers" => "a list of paths of levers, such as hubs.share, each at most once".to_owned(),
            of => format!("a list of names of {of}, each at most once"),
        }
    }

    fn default_words(&self) -> String {
        if self.least > 0 { REQUIRED } else { "none" }.to_owned()
    }

    fn default_text(&self) -> String {
        "[]".to_owned()
    }
}
