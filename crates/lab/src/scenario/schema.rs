//! JSON Schema of the scenario file, made from the catalogue: for editors, and for checks outside of hubsim.

use serde_json::{Map, Value, json};

use crate::scenario::catalogue::{
    ABLATION, ARM, CONTRAST, HEAD_START, LADDER, LEVERS, MAX_YEARS, POLICY, SCENARIO, START, written,
};
use crate::scenario::claim::keys::{CLAIM, PART};
use crate::scenario::kind::{distribution_schema, kind_of};
use hubsim_model::catalogue::{Number, Section, Spec};
use hubsim_model::inputs::{ENTITIES, SHOCK, WORLD};
use hubsim_model::mechanisms::SECTIONS;

/// The schema of a scenario file (JSON Schema, draft 2020-12), as text that ends with a newline.
///
/// It knows keys, types and bounds. Problems that depend on the extended file (missing keys, names that do
/// not exist, contradictions) are found by `hubsim check`.
pub fn json_schema() -> String {
    let mut text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text.push('\n');
    text
}

fn schema() -> Value {
    let mut properties = Map::new();
    for section in [SCENARIO, WORLD] {
        properties.append(&mut keys(&section));
    }
    for section in SECTIONS {
        properties.insert(section.name.to_owned(), object(section, keys(section), &[]));
    }
    for section in ENTITIES {
        properties.insert(section.name.to_owned(), named_list(section, keys(section)));
    }
    let mut policy = keys(&POLICY);
    for section in LEVERS.iter().chain([&START]) {
        let part = section.name.strip_prefix("policy.").unwrap_or(section.name);
        policy.insert(part.to_owned(), object(section, keys(section), &[]));
    }
    policy.insert(SHOCK.name.to_owned(), named_list(&SHOCK, keys(&SHOCK)));
    properties.insert("policy".to_owned(), named_list(&POLICY, policy));
    for (section, required) in [
        (&ABLATION, &["policy", "without"] as &[&str]),
        (&HEAD_START, &["policy"]),
        (&LADDER, &["from", "to", "steps"]),
        (&CONTRAST, &["arm", "against"]),
    ] {
        properties.insert(section.name.to_owned(), list(section, keys(section), required));
    }
    let mut arm = keys(&ARM);
    arm.insert(SHOCK.name.to_owned(), named_list(&SHOCK, keys(&SHOCK)));
    properties.insert(ARM.name.to_owned(), named_list(&ARM, arm));
    // A claim of one part may have the keys of that part itself.
    let mut claim = keys(&CLAIM);
    claim.append(&mut keys(&PART));
    claim.insert("remove".to_owned(), removal("claim of this id"));
    properties.insert(CLAIM.name.to_owned(), list(&CLAIM, claim, &["id"]));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hubsim scenario",
        "description": "A scenario file of hubsim. `hubsim explain KEY` explains each key.",
        "type": "object",
        "required": ["name"],
        "additionalProperties": false,
        "properties": properties,
        "$defs": definitions(),
    })
}

/// A table with the keys of a section.
pub(super) fn object(section: &Section, properties: Map<String, Value>, required: &[&str]) -> Value {
    let mut object = json!({
        "description": section.meaning.trim(),
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn list(section: &Section, properties: Map<String, Value>, required: &[&str]) -> Value {
    json!({
        "description": section.meaning.trim(),
        "type": "array",
        "items": object(section, properties, required),
    })
}

/// A list of entries. Named entries may remove one of the scenario that is extended.
fn named_list(section: &Section, mut properties: Map<String, Value>) -> Value {
    if section.spec("name").is_none() {
        return list(section, properties, &[]);
    }
    properties.insert("remove".to_owned(), removal("entry of this name"));
    list(section, properties, &["name"])
}

fn removal(what: &str) -> Value {
    json!({ "description": format!("`true` drops the {what} of the scenario that is extended."), "type": "boolean" })
}

/// The schema of every key of a section.
pub(super) fn keys(section: &Section) -> Map<String, Value> {
    let key = |spec: &Spec| {
        let kind = kind_of(&spec.kind);
        let mut schema = kind.schema(spec);
        schema["description"] = json!(description(spec));
        if let Some(default) = kind.schema_default() {
            schema["default"] = default;
        }
        (spec.key.to_owned(), schema)
    };
    section.specs.iter().map(key).collect()
}

/// Meaning, unit, source, plausible range and neutral value in words.
fn description(spec: &Spec) -> String {
    let mut text = spec.meaning.trim().to_owned();
    if spec.unit != "-" {
        text.push_str(&format!(" Unit: {}.", spec.unit));
    }
    if !matches!(spec.source, "the scenario's" | "a lever: the policy sets it") {
        text.push_str(&format!(" Source: {}.", spec.source));
    }
    if let Some(Number { range: (low, high), .. }) = spec.number()
        && low < high
    {
        text.push_str(&format!(" Plausible: {} to {}.", written(*low), written(*high)));
    }
    if !spec.neutral.is_empty() {
        text.push_str(&format!(" Neutral: {}.", spec.neutral));
    }
    text
}

/// Definitions that many keys share.
fn definitions() -> Value {
    let end = json!({ "anyOf": [{ "type": "number" }, { "$ref": "#/$defs/distribution" }] });
    let by_year = json!({ "type": "integer", "minimum": 1, "maximum": MAX_YEARS });
    json!({
        "distribution": distribution_schema(),
        "path": {
            "description": "A straight line from year 0 to a year, and then constant.",
            "type": "object",
            "additionalProperties": false,
            "required": ["from", "to", "by_year"],
            "properties": { "from": end, "to": end, "by_year": by_year },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::catalogue::entries;

    #[test]
    fn every_key_is_in_the_schema() {
        let schema = schema();
        for entry in entries() {
            let mut node = &schema["properties"];
            let path: Vec<&str> = entry.path.split('.').collect();
            for (depth, part) in path.iter().enumerate() {
                node = &node[*part];
                assert!(!node.is_null(), "{} is not in the schema", entry.path);
                if depth + 1 < path.len() {
                    node = if node["items"].is_null() { &node["properties"] } else { &node["items"]["properties"] };
                }
            }
            assert!(node["description"].as_str().is_some_and(|text| text.contains(entry.spec.meaning.trim())));
        }
    }

    #[test]
    fn the_committed_schema_is_fresh() {
        let committed = include_str!("../../../../schema/scenario.json");
        let stale = "schema/scenario.json is stale; regenerate it: hubsim schema > schema/scenario.json";
        assert!(committed == json_schema(), "{stale}");
    }
}
