//! True or false.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind, wrong_type};
use crate::scenario::check::Checker;
use crate::scenario::tree::{Node, NodeValue};
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::Spec;
use hubsim_model::policy::mitigations::SettingValue;

/// A flag.
pub(super) struct Flag {
    pub default: bool,
}

impl KeyKind for Flag {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let help = match &node.value {
            NodeValue::Flag(flag) => return ResolvedValue::Flag(*flag),
            NodeValue::Text(text) if text == "true" || text == "false" => format!("write {text} without quotes"),
            NodeValue::Text(text) if ["no", "off", "n"].contains(&text.as_str()) => "write false".to_owned(),
            NodeValue::Text(text) if ["yes", "on", "y"].contains(&text.as_str()) => "write true".to_owned(),
            NodeValue::Whole(0) => "write false".to_owned(),
            NodeValue::Whole(1) => "write true".to_owned(),
            _ => "write true or false".to_owned(),
        };
        checker.report(node.span, wrong_type(key.spec.key, node, "true or false", help));
        ResolvedValue::Flag(self.default)
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Flag(self.default)
    }

    fn schema(&self, _: &Spec) -> Json {
        json!({ "type": "boolean" })
    }

    fn schema_default(&self) -> Option<Json> {
        Some(json!(self.default))
    }

    fn accepts(&self) -> String {
        "true or false".to_owned()
    }

    fn default_words(&self) -> String {
        self.default.to_string()
    }

    fn default_text(&self) -> String {
        self.default.to_string()
    }

    fn probe_values(&self) -> Vec<Json> {
        vec![json!(true), json!(false)]
    }

    fn is_already(&self, node: Option<&Node>, setting: SettingValue) -> bool {
        let SettingValue::Flag(to) = setting else { return false };
        node.map_or(self.default == to, |node| matches!(node.value, NodeValue::Flag(flag) if flag == to))
    }
}
