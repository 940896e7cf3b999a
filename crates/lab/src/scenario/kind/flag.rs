//! True or false.

use serde_json::{Value as Json, json};

use super::{Key, KeyKind, wrong_type};
use crate::scenario::check::Checker;
use crate::scenario::tree::{Node, Value};
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::Spec;
use hubsim_model::policy::mitigations::SettingValue;

/// A flag.
pub(super) struct Flag {
    pub default: bool,
}

impl KeyKind for Flag {
    fn check(&self, checker: &mut Checker, key: Key, node: &Node) -> ResolvedValue {
        let help = match &node.value {
            Value::Flag(flag) => return ResolvedValue::Flag(*flag),
            Value::Text(text) if text == "true" || text == "false" => format!("write {text} without quotes"),
            Value::Text(text) if ["no", "off", "n"].contains(&text.as_str()) => "write false".to_owned(),
            Value::Text(text) if ["yes", "on", "y"].contains(&text.as_str()) => "write true".to_owned(),
            Value::Whole(0) => "write false".to_owned(),
            Value::Whole(1) => "write true".to_owned(),
            _ => "write true or false".to_owned(),
        };
        checker.report(node.place, wrong_type(key.spec.key, node, "true or false", help));
        ResolvedValue::Flag(self.default)
    }

    fn default(&self, _: &Checker, _: Key) -> ResolvedValue {
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
        node.map_or(self.default == to, |node| matches!(node.value, Value::Flag(flag) if flag == to))
    }
}
