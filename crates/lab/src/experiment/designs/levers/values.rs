//! Values of levers: what to try, and what a policy has.

use serde_json::{Value, json};

use hubsim_model::catalogue::{Kind, Spec};
use hubsim_model::policy::Policy;

/// Values of a lever that should bite: the ends and the middle of what is plausible, each word, and the neutral value.
pub fn values(spec: &Spec) -> Vec<Value> {
    let all: Vec<Value> = match &spec.kind {
        Kind::Number(n) | Kind::Path(n) => {
            let (low, high) = n.range;
            let spots = [high, low, 0.5 * (low + high), low + 0.25 * (high - low)];
            let spots = spots.map(|x| json!(if n.whole { x.round() } else { x }));
            spots.into_iter().chain(spec.neutral.parse::<f64>().ok().map(|x| json!(x))).collect()
        }
        Kind::Flag { .. } => vec![json!(true), json!(false)],
        Kind::Choice { options, .. } => options.iter().map(|word| json!(word)).collect(),
        Kind::Set { options, .. } => options.iter().map(|word| json!([word])).chain([json!(options)]).collect(),
        Kind::Mix { options, .. } => options.iter().map(|word| json!({ *word: 1.0 })).collect(),
        _ => Vec::new(),
    };
    let mut values = Vec::new();
    for value in all {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// A lever's value under a policy.
pub(super) fn value_of(policy: &Policy, part: &str, key: &str) -> Value {
    let tree = serde_json::to_value(policy).unwrap_or_default();
    tree.get(part).and_then(|part| part.get(key)).cloned().unwrap_or_default()
}

/// Whether a value is what a lever is at already; weights that a mix does not name are 0.
pub(super) fn same(value: &Value, now: &Value) -> bool {
    match (value.as_object(), now.as_object()) {
        (Some(few), Some(all)) if !all.contains_key("from") => all.iter().all(|(word, weight)| {
            few.get(word).and_then(Value::as_f64).unwrap_or(0.0) == weight.as_f64().unwrap_or(0.0)
        }),
        _ => value == now || value.as_f64().is_some_and(|x| now.as_f64() == Some(x)),
    }
}
