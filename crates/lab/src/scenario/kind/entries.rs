//! A list of tables, each with the keys of a section.

use serde_json::{Value as Json, json};

use super::{KeyContext, KeyKind, kind_of};
use crate::scenario::catalogue::STEP;
use crate::scenario::check::{Checker, Given};
use crate::scenario::diagnostic::{ClaimRule, KeyRule, MOST_PARTS, ValueRule};
use crate::scenario::schema;
use crate::scenario::tree::Node;
use crate::scenario::values::ResolvedValue;
use hubsim_model::catalogue::{Section, Spec};

/// The rule and an example of the parts of a claim, and of the steps of a ladder.
const PARTS: [&str; 2] = [
    "a list of tables { measure, policy, against, expect, … }",
    "write `parts = [{ measure = \"…\", policy = \"…\", against = \"…\", expect = \"lower\" }]`",
];
const STEPS: [&str; 2] = [
    "a list of tables { name, levers, needs }",
    "write `steps = [{ name = \"reviews\", levers = [\"hubs.review_years\"] }]`",
];

/// A list of tables.
pub(super) struct Entries {
    pub section: &'static Section,
    pub absent: &'static str,
}

impl Entries {
    /// The keys that an entry must have.
    fn required(&self) -> impl Iterator<Item = &'static Spec> {
        self.section.specs.iter().filter(|spec| kind_of(&spec.kind).required(spec).is_some())
    }
}

impl KeyKind for Entries {
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue {
        let [rule, example] = if self.section.name == STEP.name { STEPS } else { PARTS };
        let Some(items) = node.list() else {
            checker.report(node.span, super::wrong_type(key.spec.key, node, rule, example));
            return ResolvedValue::Absent;
        };
        if self.section.name == STEP.name && items.is_empty() {
            let help = example.to_owned();
            checker.report(node.span, ValueRule::EmptyList { key: key.spec.key, rule, help });
            return ResolvedValue::Absent;
        }
        if items.is_empty() || items.len() > MOST_PARTS {
            checker.report(node.span, ClaimRule::NumberOfParts { count: items.len() });
            return ResolvedValue::Absent;
        }
        let mut sections = Vec::with_capacity(items.len());
        for item in items {
            let Some(table) = item.table() else {
                let (list, noun) = (key.spec.key, item.noun());
                checker.report(item.span, KeyRule::NotAnEntry { list, noun, help: example.to_owned() });
                continue;
            };
            let given = Given { table, span: item.span, path: key.path, others: &[] };
            sections.push(checker.fill(self.section, given));
        }
        if sections.len() == items.len() { ResolvedValue::Sections(sections) } else { ResolvedValue::Absent }
    }

    fn default(&self, _: &Checker, _: KeyContext) -> ResolvedValue {
        ResolvedValue::Absent
    }

    fn schema(&self, _: &Spec) -> Json {
        let required: Vec<&str> = self.required().map(|spec| spec.key).collect();
        let entry = schema::object(self.section, schema::keys(self.section), &required);
        json!({ "type": "array", "items": entry, "minItems": 1 })
    }

    fn accepts(&self) -> String {
        let keys: Vec<String> = self.required().map(|spec| format!("{} = …", spec.key)).collect();
        format!("a list of {{ {}, … }}", keys.join(", "))
    }

    fn default_words(&self) -> String {
        self.absent.to_owned()
    }
}
