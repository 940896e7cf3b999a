//! Values of levers under a policy.

use serde_json::Value;

use crate::scenario::kind::with_own_word;
use hubsim_model::catalogue::Spec;
use hubsim_model::policy::Policy;

/// A lever's value under a policy, as a scenario writes it.
pub(super) fn value_of(policy: &Policy, part: &str, spec: &Spec) -> Value {
    let tree = serde_json::to_value(policy).unwrap_or_default();
    with_own_word(spec, tree.get(part).and_then(|part| part.get(spec.key)).cloned().unwrap_or_default())
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
