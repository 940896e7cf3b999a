//! How a setting is applied: to a policy, to parameters and facts, or to the list that it removes something from.

use serde_json::{Value as Json, json};

use super::{Factor, HEAD_START, POLICY, Setting, Value};
use crate::scenario::key_path;
use hubsim_model::inputs::Inputs;
use hubsim_model::policy::Policy;

impl Setting {
    pub(super) fn is_lever(&self) -> bool {
        self.key.starts_with(POLICY)
    }

    /// The number that is set, if it is one.
    pub(super) fn number(&self, drawn: &dyn Fn(&str) -> Option<f64>) -> Option<f64> {
        match &self.value {
            Value::Plain(value) => value.as_f64(),
            Value::Uncertain(key) => drawn(key),
            Value::Less(_) | Value::Times(_) | Value::Removed => None,
        }
    }

    /// Sets a lever; none if there is no such lever or it does not take the value.
    pub(super) fn apply_lever(&self, policy: &mut Policy, drawn: &dyn Fn(&str) -> Option<f64>) -> Option<()> {
        let (part, key) = self.key.strip_prefix(POLICY)?.split_once('.')?;
        let mut tree = serde_json::to_value(&*policy).ok()?;
        self.put(tree.get_mut(part)?.get_mut(key)?, drawn)?;
        *policy = serde_json::from_value(tree).ok()?;
        Some(())
    }

    /// Sets a head start or a parameter that is given as a number; false for every other key.
    pub(super) fn apply_directly(&self, inputs: &mut Inputs, drawn: &dyn Fn(&str) -> Option<f64>) -> bool {
        let Some(number) = self.number(drawn) else { return false };
        if self.key == HEAD_START {
            inputs.head_start = number;
            return true;
        }
        let key = self.key.split_once('.');
        key.is_some_and(|(section, key)| inputs.parameters.set(section, key, number))
    }

    /// Sets a key in the tree of the inputs; none if there is no such key.
    pub(super) fn apply_fact(&self, tree: &mut Json, drawn: &dyn Fn(&str) -> Option<f64>) -> Option<()> {
        self.put(self.place(tree)?, drawn)
    }

    /// The place of the key in the tree of the inputs; none if there is no such key.
    pub(super) fn place<'a>(&self, tree: &'a mut Json) -> Option<&'a mut Json> {
        let names = key_path::names(&self.key);
        let path: Vec<&str> = names.iter().map(String::as_str).collect();
        match path.as_slice() {
            [key] => tree.get_mut(key),
            [list, name, rest @ ..] if tree.get(list)?.is_array() => {
                let entity = entities(tree, list)?.iter_mut().find(|entry| is_called(entry, name))?;
                match rest {
                    [key] => entity.get_mut(key),
                    // What a table by name does not give has no place yet.
                    [key, entry] => {
                        let table = entity.get_mut(key)?.as_object_mut()?;
                        Some(table.entry((*entry).to_owned()).or_insert(Json::Null))
                    }
                    _ => None,
                }
            }
            [section, key] => tree.get_mut(section)?.get_mut(key),
            _ => None,
        }
    }

    /// Puts the value in the place of another one.
    pub(super) fn put(&self, place: &mut Json, drawn: &dyn Fn(&str) -> Option<f64>) -> Option<()> {
        match &self.value {
            Value::Plain(value) => *place = value.clone(),
            Value::Uncertain(_) => *place = json!(self.number(drawn)?),
            Value::Less(word) => place.as_array_mut()?.retain(|other| other.as_str() != Some(word)),
            Value::Times(factor) => factor.apply(place),
            Value::Removed => return None,
        }
        Some(())
    }
}

impl Factor {
    /// Whether a product with a number of a value lies beyond the bounds.
    pub(super) fn is_cut(self, value: &Json) -> bool {
        match value {
            Json::Number(number) => {
                let product = number.as_f64().unwrap_or(f64::NAN) * self.times;
                product < self.bounds.0 || product > self.bounds.1
            }
            Json::Object(table) => table.iter().any(|(key, value)| key != "by_year" && self.is_cut(value)),
            _ => false,
        }
    }

    /// Multiplies a number, the ends of a path in time, or the numbers of a table. Words, such as "unlimited", stay.
    fn apply(self, place: &mut Json) {
        match place {
            Json::Number(number) => {
                let product = number.as_f64().unwrap_or(f64::NAN) * self.times;
                let product = if self.whole { product.round() } else { product };
                *place = json!(product.max(self.bounds.0).min(self.bounds.1));
            }
            Json::Object(table) => {
                table.iter_mut().filter(|(key, _)| key.as_str() != "by_year").for_each(|(_, value)| self.apply(value));
            }
            _ => {}
        }
    }
}

fn entities<'a>(tree: &'a mut Json, list: &str) -> Option<&'a mut Vec<Json>> {
    tree.get_mut(list)?.as_array_mut()
}

fn is_called(entry: &Json, name: &str) -> bool {
    entry.get("name").and_then(Json::as_str) == Some(name)
}

/// Leaves out the entity that `list.NAME` names; none if there is none.
pub(super) fn remove(tree: &mut Json, key: &str) -> Option<()> {
    let names = key_path::names(key);
    let [list, name] = names.as_slice() else { return None };
    let entities = entities(tree, list)?;
    let at = entities.iter().position(|entry| is_called(entry, name))?;
    entities.remove(at);
    Some(())
}
