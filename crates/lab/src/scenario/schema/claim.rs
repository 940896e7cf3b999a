//! The part of the schema that is about claims.

use serde_json::{Map, Value, json};

use super::{keys, object};
use crate::scenario::catalogue::MAX_YEARS;
use crate::scenario::claim::keys::{CLAIM, EXPECTATIONS, PART};
use hubsim_model::measures::MEASURES;

/// Claims, each with its parts or with the keys of one.
pub(super) fn claim() -> Value {
    let mut part = keys(&PART);
    for (key, shape) in part_shapes() {
        add(&mut part, key, shape);
    }
    let mut claim = keys(&CLAIM);
    let one = object(&PART, part.clone(), &["measure", "policy", "expect"]);
    let id = json!({ "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$" });
    add(&mut claim, "id", id);
    add(&mut claim, "statement", json!({ "type": "string", "minLength": 1 }));
    add(&mut claim, "parts", json!({ "type": "array", "items": one, "minItems": 1 }));
    add(&mut claim, "policies", some(json!({ "type": "string" }), 2));
    add(&mut claim, "measures", some(measure(), 1));
    add(&mut claim, "because", some(measure(), 0));
    let about = "`true` drops the claim of this id of the scenario that is extended.";
    claim.insert("remove".to_owned(), json!({ "description": about, "type": "boolean" }));
    claim.append(&mut part);
    json!({
        "description": CLAIM.meaning,
        "type": "array",
        "items": object(&CLAIM, claim, &["id"]),
    })
}

fn part_shapes() -> [(&'static str, Value); 9] {
    let name = || json!({ "type": "string" });
    let pair = |one: Value| json!({ "type": "array", "items": one, "minItems": 2, "maxItems": 2 });
    let year = || json!({ "type": "integer", "minimum": 0, "maximum": MAX_YEARS });
    [
        ("measure", measure()),
        ("policy", name()),
        ("against", name()),
        ("net_of", pair(name())),
        ("expect", json!({ "enum": EXPECTATIONS.map(|(word, _)| word) })),
        ("by", json!({ "type": "number" })),
        ("by_share", json!({ "type": "number", "minimum": 0, "maximum": 1 })),
        ("year", year()),
        ("years", pair(year())),
    ]
}

fn measure() -> Value {
    json!({ "enum": MEASURES.iter().map(|measure| measure.key).collect::<Vec<_>>() })
}

fn some(one: Value, least: usize) -> Value {
    json!({ "type": "array", "items": one, "uniqueItems": true, "minItems": least })
}

/// Adds what a key takes to what is said of it.
fn add(keys: &mut Map<String, Value>, key: &str, shape: Value) {
    if let (Some(Value::Object(all)), Value::Object(mut shape)) = (keys.get_mut(key), shape) {
        all.append(&mut shape);
    }
}
