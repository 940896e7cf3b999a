//! JSON Schema of the scenario file, made from the catalogue: for editors, and for checks outside of hubsim.

mod claim;

use serde_json::{Map, Value, json};

use crate::scenario::catalogue::{ABLATION, HEAD_START, LEVERS, MAX_YEARS, POLICY, SCENARIO, START, written};
use crate::scenario::filled::MAX_WEIGHT;
use hubsim_model::catalogue::{Kind, Number, Section, Spec};
use hubsim_model::inputs::{ENTITIES, SHOCK, WORLD};
use hubsim_model::mechanisms::SECTIONS;
use hubsim_model::policy::mitigations::MITIGATIONS;

/// The schema of a scenario file (JSON Schema, draft 2020-12), as text that ends with a newline.
///
/// It knows keys, types and bounds. What only shows when a file is laid over the one it extends (missing keys,
/// names that do not exist, contradictions) is for `hubsim check`.
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
        properties.insert(section.name.to_owned(), list(section, keys(section)));
    }
    let mut policy = keys(&POLICY);
    for section in LEVERS.iter().chain([&START]) {
        let part = section.name.strip_prefix("policy.").unwrap_or(section.name);
        policy.insert(part.to_owned(), object(section, keys(section), &[]));
    }
    policy.insert(SHOCK.name.to_owned(), list(&SHOCK, keys(&SHOCK)));
    properties.insert("policy".to_owned(), list(&POLICY, policy));
    properties.insert("ablation".to_owned(), ablation());
    properties.insert("claim".to_owned(), claim::claim());
    properties.insert(HEAD_START.name.to_owned(), head_start());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hubsim scenario",
        "description": "A scenario file of hubsim. `hubsim explain KEY` tells more of each key.",
        "type": "object",
        "required": ["name"],
        "additionalProperties": false,
        "properties": properties,
        "$defs": definitions(),
    })
}

/// A policy that goes without each of some mitigations.
fn ablation() -> Value {
    let one = json!({ "enum": MITIGATIONS.iter().map(|mitigation| mitigation.name).collect::<Vec<_>>() });
    let together = json!({ "type": "array", "items": one, "uniqueItems": true, "minItems": 1 });
    let mut properties = keys(&ABLATION);
    properties["without"]["items"] = json!({ "anyOf": [one, together] });
    let required = ["policy", "without"];
    json!({
        "description": ABLATION.meaning,
        "type": "array",
        "items": object(&ABLATION, properties, &required),
    })
}

/// A policy under which one organisation begins with more.
fn head_start() -> Value {
    json!({
        "description": HEAD_START.meaning,
        "type": "array",
        "items": object(&HEAD_START, keys(&HEAD_START), &["policy"]),
    })
}

fn object(section: &Section, properties: Map<String, Value>, required: &[&str]) -> Value {
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

/// A list of entries. Those with names may drop one of the scenario that is extended.
fn list(section: &Section, mut properties: Map<String, Value>) -> Value {
    let named = section.spec("name").is_some();
    if named {
        let about = "`true` drops the entry of this name of the scenario that is extended.";
        properties.insert("remove".to_owned(), json!({ "description": about, "type": "boolean" }));
    }
    let required: &[&str] = if named { &["name"] } else { &[] };
    json!({
        "description": section.meaning.trim(),
        "type": "array",
        "items": object(section, properties, required),
    })
}

fn keys(section: &Section) -> Map<String, Value> {
    section.specs.iter().map(|spec| (spec.key.to_owned(), key(section, spec))).collect()
}

fn key(section: &Section, spec: &Spec) -> Value {
    let mut schema = shape(section, spec);
    schema["description"] = json!(description(spec));
    if let Some(default) = default(spec) {
        schema["default"] = default;
    }
    schema
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

fn shape(section: &Section, spec: &Spec) -> Value {
    // The scenario's own numbers are the same in every world: no distributions.
    let own = section.name == SCENARIO.name && SCENARIO.spec(spec.key).is_some();
    match spec.kind {
        Kind::Number(number) if own => plain(number.bounds, number.whole),
        Kind::Number(number) => amount(number.bounds, number.whole),
        Kind::Path(number) => path(number.bounds, number.whole),
        Kind::Flag { .. } => json!({ "type": "boolean" }),
        Kind::Choice { options, .. } => json!({ "enum": options }),
        Kind::Set { options: [], .. } => names(),
        Kind::Set { options, .. } => json!({ "type": "array", "items": { "enum": options }, "uniqueItems": true }),
        Kind::Mix { options, .. } => {
            let weight = |word: &&str| ((*word).to_owned(), amount((0.0, MAX_WEIGHT), false));
            let weights: Map<String, Value> = options.iter().map(weight).collect();
            json!({ "type": "object", "additionalProperties": false, "properties": weights })
        }
        Kind::Text if spec.key == "name" => json!({ "type": "string", "minLength": 1 }),
        Kind::Text | Kind::Reference { .. } => json!({ "type": "string" }),
        // Whoever has such keys adds what they take.
        Kind::Form { .. } => json!({}),
        Kind::Map { bounds, .. } => {
            json!({ "type": "object", "additionalProperties": amount(bounds, false) })
        }
    }
}

fn names() -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "uniqueItems": true, "minItems": 1 })
}

fn plain(bounds: (f64, f64), whole: bool) -> Value {
    let kind = if whole { "integer" } else { "number" };
    json!({ "type": kind, "minimum": number(bounds.0), "maximum": number(bounds.1) })
}

/// A number within bounds, or a distribution.
fn amount(bounds: (f64, f64), whole: bool) -> Value {
    json!({ "anyOf": [plain(bounds, whole), { "$ref": "#/$defs/distribution" }] })
}

/// A number within bounds, a distribution, or a path in time whose ends are either.
fn path(bounds: (f64, f64), whole: bool) -> Value {
    json!({ "anyOf": [plain(bounds, whole), { "$ref": "#/$defs/distribution" }, { "$ref": "#/$defs/path" }] })
}

/// What many keys share. Bounds within distributions are left to `hubsim check`.
fn definitions() -> Value {
    let exactly = |form: &str, items: Vec<Value>| {
        let count = items.len();
        one_key(form, json!({ "type": "array", "prefixItems": items, "minItems": count, "maxItems": count }))
    };
    let any = || json!({ "type": "number" });
    let choices = json!({ "type": "array", "items": any(), "minItems": 1, "maxItems": 1000 });
    let end = || json!({ "anyOf": [any(), { "$ref": "#/$defs/distribution" }] });
    json!({
        "distribution": {
            "description": "A number that is not known: each world draws one.",
            "anyOf": [
                exactly("uniform", vec![any(), any()]),
                exactly("normal", vec![any(), json!({ "type": "number", "exclusiveMinimum": 0 })]),
                exactly("triangular", vec![any(), any(), any()]),
                one_key("choice", choices),
            ],
        },
        "path": {
            "description": "A straight line from year 0 to a year, and then constant.",
            "type": "object",
            "additionalProperties": false,
            "required": ["from", "to", "by_year"],
            "properties": { "from": end(), "to": end(), "by_year": plain((1.0, f64::from(MAX_YEARS)), true) },
        },
    })
}

fn one_key(key: &str, value: Value) -> Value {
    json!({ "type": "object", "additionalProperties": false, "required": [key], "properties": { key: value } })
}

fn default(spec: &Spec) -> Option<Value> {
    match spec.kind {
        Kind::Number(Number { default, .. }) | Kind::Path(Number { default, .. }) => default.map(number),
        Kind::Flag { default } => Some(json!(default)),
        Kind::Choice { default, .. } => Some(json!(default)),
        Kind::Set { options: [], .. } => None,
        Kind::Set { default, .. } => Some(json!(default)),
        Kind::Mix { default, .. } => {
            Some(Value::Object(default.iter().map(|&(word, weight)| (word.to_owned(), number(weight))).collect()))
        }
        Kind::Map { .. } | Kind::Text | Kind::Reference { .. } | Kind::Form { .. } => None,
    }
}

/// A number as JSON: whole ones as integers, so that editors do not propose `20.0`.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
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
