//! Limits: a number, or a word that says that there is none.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Number, Path};

/// The words that files may write for [`Limit::None`]: for amounts, for times, and for what is taken from the region.
const WORDS: [&str; 3] = ["unlimited", "never", "regional"];

/// A limit, or none. "No limit" and "never" are values of their own, so that 0 means 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Limit {
    /// No limit; of a time: never.
    #[default]
    None,
    /// At this number.
    At(f64),
}

impl Limit {
    /// The number, if there is a limit.
    pub fn number(self) -> Option<f64> {
        match self {
            Limit::None => None,
            Limit::At(number) => Some(number),
        }
    }

    /// The number as an upper bound: infinite where there is no limit.
    pub fn bound(self) -> f64 {
        self.number().unwrap_or(f64::INFINITY)
    }

    /// Whether a value is within the limit.
    pub fn allows(self, value: f64) -> bool {
        value <= self.bound()
    }
}

impl From<f64> for Limit {
    fn from(number: f64) -> Self {
        Limit::At(number)
    }
}

impl Serialize for Limit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Limit::None => serializer.serialize_str(WORDS[0]),
            Limit::At(number) => serializer.serialize_f64(*number),
        }
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LimitVisitor)
    }
}

struct LimitVisitor;

impl Visitor<'_> for LimitVisitor {
    type Value = Limit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a number, \"{}\", \"{}\" or \"{}\"", WORDS[0], WORDS[1], WORDS[2])
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Limit, E> {
        Ok(Limit::At(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Limit, E> {
        Ok(Limit::At(number as f64))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Limit, E> {
        Ok(Limit::At(number as f64))
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Limit, E> {
        if WORDS.contains(&word) { Ok(Limit::None) } else { Err(E::invalid_value(de::Unexpected::Str(word), &self)) }
    }
}

/// How a limit may be given beside its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// As a number or a distribution: the lever's field is a [`Limit`].
    Fixed,
    /// Also as a path in time: the lever's field is an `Option` of a [`Path`], see [`limited_path`].
    Path,
}

/// The limits a key takes.
#[derive(Clone, Copy, Debug)]
pub struct Limited {
    /// The word for no limit, `unlimited` or `never`.
    pub word: &'static str,
    /// The numbers it takes. Its default is none where no limit is the default.
    pub number: Number,
    /// Whether it may move in time.
    pub course: Course,
}

/// Reads and writes an `Option` of a [`Path`], none as the word of a limit: `#[serde(with = "limited_path")]`.
pub mod limited_path {
    use super::{Limit, Path};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Fixed(Limit),
        Moving(Path),
    }

    /// Writes the path, or the word.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(path: &Option<Path>, serializer: S) -> Result<S::Ok, S::Error> {
        path.map_or(Either::Fixed(Limit::None), Either::Moving).serialize(serializer)
    }

    /// Reads a path, or the word as none.
    ///
    /// # Errors
    /// If it is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Path>, D::Error> {
        Ok(match Either::deserialize(deserializer)? {
            Either::Fixed(limit) => limit.number().map(Path::Constant),
            Either::Moving(path) => Some(path),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Levers {
        cap: Limit,
        #[serde(with = "limited_path")]
        hubs: Option<Path>,
    }

    #[test]
    fn no_limit_is_a_word_and_zero_is_zero() {
        let read = |text: &str| serde_json::from_str::<Levers>(text).expect("levers");
        let none = read(r#"{"cap": "unlimited", "hubs": "never"}"#);
        assert_eq!(none, Levers { cap: Limit::None, hubs: None });
        let some = read(r#"{"cap": 0, "hubs": {"from": 1.0, "to": 2.0, "by_year": 3.0}}"#);
        assert_eq!(some.cap, Limit::At(0.0));
        assert_eq!(some.hubs, Some(Path::Line { from: 1.0, to: 2.0, by_year: 3.0 }));
        assert_eq!(read(r#"{"cap": 2.5, "hubs": 4}"#).hubs, Some(Path::Constant(4.0)));
        for levers in [none, some] {
            assert_eq!(read(&serde_json::to_string(&levers).expect("text")), levers);
        }
        assert!(serde_json::from_str::<Levers>(r#"{"cap": "none", "hubs": 1}"#).is_err());
    }

    #[test]
    fn a_limit_allows_what_is_not_above_it() {
        assert!(Limit::None.allows(1e300) && Limit::At(2.0).allows(2.0) && !Limit::At(2.0).allows(2.1));
        assert!(Limit::At(0.0).allows(0.0) && !Limit::At(0.0).allows(0.1));
    }
}
