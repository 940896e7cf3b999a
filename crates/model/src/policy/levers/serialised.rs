//! Lever values as scenario files and JSON write them: numbers, words, lists, and tables.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::lever_id::LeverId;
use super::value::{LeverError, LeverValue};
use crate::catalogue::{Kind, Path, Spec};

/// The word that a limit serialises as, whatever its word in scenario files is.
const NO_LIMIT: &str = "unlimited";

/// A value before it is known which lever it belongs to.
#[derive(Deserialize)]
#[serde(untagged)]
enum Raw {
    Flag(bool),
    Path(Path),
    Word(String),
    Words(Vec<String>),
    Weights(BTreeMap<String, f64>),
}

impl LeverId {
    /// Reads a value of this lever; inverse of the serialisation of [`LeverValue`].
    ///
    /// ```
    /// use hubsim_model::policy::levers::{LeverId, LeverValue, PolicySection};
    ///
    /// const AWARD: LeverId = LeverId::new(PolicySection::Hubs, "award");
    /// let json = serde_json::json!("lottery");
    /// assert_eq!(AWARD.read(&json).expect("an option"), LeverValue::Word("lottery"));
    /// ```
    ///
    /// # Errors
    /// If the lever cannot have the value.
    pub fn read<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<LeverValue, D::Error> {
        let raw = Raw::deserialize(deserializer)?;
        let value = typed(raw, self.spec()).map_err(de::Error::custom)?;
        value.check(self.spec()).map_err(de::Error::custom)?;
        Ok(value)
    }
}

/// The value with the words of the catalogue.
fn typed(raw: Raw, spec: &Spec) -> Result<LeverValue, LeverError> {
    let word = |options: &[&'static str], word: &str| {
        options.iter().copied().find(|option| *option == word).ok_or(LeverError::UnknownWord)
    };
    match (raw, spec.kind) {
        (Raw::Flag(flag), _) => Ok(LeverValue::Flag(flag)),
        (Raw::Path(Path::Constant(number)), _) => Ok(LeverValue::Number(number)),
        (Raw::Path(path), _) => Ok(LeverValue::Path(path)),
        (Raw::Word(text), Kind::Choice { options, .. } | Kind::Shares { options, .. }) => {
            word(options, &text).map(LeverValue::Word)
        }
        (Raw::Word(text), Kind::Limit(limited)) if text == limited.word || text == NO_LIMIT => {
            Ok(LeverValue::Unlimited)
        }
        (Raw::Words(texts), Kind::Set { options, .. }) => {
            texts.iter().map(|text| word(options, text)).collect::<Result<_, _>>().map(LeverValue::Words)
        }
        (Raw::Words(names), Kind::References { .. }) => Ok(LeverValue::Names(names)),
        (Raw::Weights(weights), Kind::Mix { options, .. }) => {
            weights.keys().try_for_each(|text| word(options, text).map(|_| ()))?;
            let weight = |&option: &&'static str| Some((option, *weights.get(option)?));
            let weights = options.iter().filter_map(weight).filter(|&(_, weight)| weight != 0.0);
            Ok(LeverValue::Weights(weights.collect()))
        }
        (Raw::Weights(weights), Kind::Shares { .. }) => Ok(LeverValue::NamedWeights(weights.into_iter().collect())),
        _ => Err(LeverError::WrongKind),
    }
}

impl Serialize for LeverValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            LeverValue::Number(number) => serializer.serialize_f64(*number),
            LeverValue::Path(path) => path.serialize(serializer),
            LeverValue::Unlimited => serializer.serialize_str(NO_LIMIT),
            LeverValue::Flag(flag) => serializer.serialize_bool(*flag),
            LeverValue::Word(word) => serializer.serialize_str(word),
            LeverValue::Words(words) => words.serialize(serializer),
            LeverValue::Names(names) => names.serialize(serializer),
            LeverValue::Weights(weights) => serializer.collect_map(weights.iter().copied()),
            LeverValue::NamedWeights(weights) => {
                serializer.collect_map(weights.iter().map(|(name, weight)| (name, weight)))
            }
        }
    }
}
