//! Values of levers whose type is known only at run time.

use std::fmt;

use super::desk_place::DeskPlace;
use super::limit_path::LimitPath;
use super::names::Names;
use super::score_mix::ScoreMix;
use super::words::Word;
use crate::catalogue::{Course, Kind, Limit, Path, Spec};

/// The value of a lever of any type.
#[derive(Clone, Debug, PartialEq)]
pub enum LeverValue {
    /// A number, in the lever's unit.
    Number(f64),
    /// A number that changes over time; a constant path is a [`LeverValue::Number`].
    Path(Path),
    /// No limit, or never.
    Unlimited,
    /// `true` or `false`.
    Flag(bool),
    /// One word of a choice.
    Word(&'static str),
    /// Words of a set.
    Words(Vec<&'static str>),
    /// Names of things that the scenario defines; whether it does, only the scenario can check.
    Names(Vec<String>),
    /// Weights above 0 of a mix, in the order of the catalogue.
    Weights(Vec<(&'static str, f64)>),
    /// Weights by name of things that the scenario defines, in the order of the names.
    NamedWeights(Vec<(String, f64)>),
}

/// Why a lever cannot have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeverError {
    /// The section has no lever of this key.
    UnknownKey,
    /// The value is of another kind than the lever.
    WrongKind,
    /// A number lies outside the bounds of the lever.
    OutOfBounds,
    /// The lever does not have this word as an option.
    UnknownWord,
}

impl fmt::Display for LeverError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            LeverError::UnknownKey => "there is no such lever",
            LeverError::WrongKind => "the lever takes another kind of value",
            LeverError::OutOfBounds => "the number is outside the bounds of the lever",
            LeverError::UnknownWord => "the word is not an option of the lever",
        })
    }
}

impl std::error::Error for LeverError {}

impl LeverValue {
    /// Checks the value against the catalogue entry of a lever.
    ///
    /// # Errors
    /// If it is of another kind, outside the bounds, or not among the options.
    pub fn check(&self, spec: &Spec) -> Result<(), LeverError> {
        let within = |(low, high): (f64, f64), x: f64| {
            if (low..=high).contains(&x) { Ok(()) } else { Err(LeverError::OutOfBounds) }
        };
        let option = |options: &[&str], word: &str| {
            if options.contains(&word) { Ok(()) } else { Err(LeverError::UnknownWord) }
        };
        let path_within = |bounds: (f64, f64), path: Path| match path {
            Path::Constant(x) => within(bounds, x),
            Path::Line { from, to, .. } => within(bounds, from).and(within(bounds, to)),
        };
        match (self, &spec.kind) {
            (LeverValue::Unlimited, Kind::Limit(_)) => Ok(()),
            (LeverValue::Number(x), Kind::Limit(limited)) => within(limited.number.bounds, *x),
            (LeverValue::Path(path), Kind::Limit(limited)) if limited.course == Course::Path => {
                path_within(limited.number.bounds, *path)
            }
            (LeverValue::Number(x), Kind::Number(number) | Kind::Path(number)) => within(number.bounds, *x),
            (LeverValue::Path(path), Kind::Path(number)) => path_within(number.bounds, *path),
            (LeverValue::Flag(_), Kind::Flag { .. }) => Ok(()),
            (LeverValue::Word(word), Kind::Choice { options, .. } | Kind::Shares { options, .. }) => {
                option(options, word)
            }
            (LeverValue::Words(words), Kind::Set { options, .. }) => {
                words.iter().try_for_each(|word| option(options, word))
            }
            (LeverValue::Names(_), Kind::References { .. }) => Ok(()),
            (LeverValue::Weights(weights), Kind::Mix { options, .. }) => weights
                .iter()
                .try_for_each(|(word, weight)| option(options, word).and(within((0.0, f64::INFINITY), *weight))),
            (LeverValue::NamedWeights(weights), Kind::Shares { .. }) => {
                weights.iter().try_for_each(|(_, weight)| within((0.0, f64::MAX), *weight))?;
                within((f64::MIN_POSITIVE, f64::MAX), weights.iter().map(|(_, weight)| weight).sum())
            }
            _ => Err(LeverError::WrongKind),
        }
    }
}

/// A type that a lever can have.
pub trait LeverType: Sized {
    /// The value, with its type forgotten.
    fn to_value(&self) -> LeverValue;

    /// The value of this type; `None` if the value is of another type or has unknown words.
    fn from_value(value: &LeverValue) -> Option<Self>;
}

impl LeverType for f64 {
    fn to_value(&self) -> LeverValue {
        LeverValue::Number(*self)
    }

    fn from_value(value: &LeverValue) -> Option<Self> {
        if let LeverValue::Number(number) = value { Some(*number) } else { None }
    }
}

impl LeverType for Path {
    fn to_value(&self) -> LeverValue {
        match *self {
            Path::Constant(number) => LeverValue::Number(number),
            line => LeverValue::Path(line),
        }
    }

    fn from_value(value: &LeverValue) -> Option<Self> {
        match value {
            LeverValue::Number(number) => Some(Path::Constant(*number)),
            LeverValue::Path(path) => Some(*path),
            _ => None,
        }
    }
}

impl LeverType for Limit {
    fn to_value(&self) -> LeverValue {
        self.number().map_or(LeverValue::Unlimited, LeverValue::Number)
    }

    fn from_value(value: &LeverValue) -> Option<Self> {
        match value {
            LeverValue::Unlimited => Some(Limit::None),
            LeverValue::Number(number) => Some(Limit::At(*number)),
            _ => None,
        }
    }
}

impl LeverType for LimitPath {
    fn to_value(&self) -> LeverValue {
        self.0.map_or(LeverValue::Unlimited, |path| path.to_value())
    }

    fn from_value(value: &LeverValue) -> Option<Self> {
        if let LeverValue::Unlimited = value {
            Some(LimitPath::NONE)
        } else {
            Path::from_value(value).map(LimitPath::from)
        }
    }
}

impl LeverType for bool {
    fn to_value(&self) -> LeverValue {
        LeverValue::Flag(*self)
    }

    fn from_value(value: &LeverValue) -> Option<Self> {
        if let LeverValue::Flag(flag) = value { Some(*flag) } else { None }
    }
}

impl<W: Word> LeverType for W {
    fn to_value(&self) -> LeverValue {
        LeverValue::Word(self.word())
    }

    fn from_value(value: &LeverValue) -> Option<Self> {
        if let LeverValue::Word(word) = value { W::from_word(word) } else { None }
    }
}

impl<W: Word> LeverType for Vec<W> {
    fn to_value(&self) -> LeverValue {
        LeverValue::Words(self.iter().map(|value| value.word()).collect())
    }

    fn from_value(value: &LeverValue) -> Option<Self> {
        let LeverValue::Words(words) = value else { return None };
        words.iter().map(|word| W::from_word(word)).collect()
    }
}

impl LeverType for Names {
    fn to_value(&self) -> LeverValue {
        LeverValue::Names(self.0.clone())
    }

    fn from_value(value: &LeverValue) -> Option<Self> {
        if let LeverValue::Names(names) = value { Some(Names(names.clone())) } else { None }
    }
}

impl LeverType for ScoreMix {
    fn to_value(&self) -> LeverValue {
        LeverValue::Weights(self.weights().filter(|&(_, weight)| weight != 0.0).collect())
    }

    fn from_value(value: &LeverValue) -> Option<Self> {
        let LeverValue::Weights(weights) = value else { return None };
        let mut mix = ScoreMix::NONE;
        for (word, weight) in weights {
            *mix.weight_mut(word)? = *weight;
        }
        Some(mix)
    }
}

impl LeverType for DeskPlace {
    fn to_value(&self) -> LeverValue {
        match self {
            DeskPlace::Foundation => LeverValue::Word(DeskPlace::WORDS[0]),
            DeskPlace::People => LeverValue::Word(DeskPlace::WORDS[1]),
            DeskPlace::Regions(weights) => LeverValue::NamedWeights(weights.clone().into_iter().collect()),
        }
    }

    fn from_value(value: &LeverValue) -> Option<Self> {
        match value {
            LeverValue::NamedWeights(weights) => Some(DeskPlace::Regions(weights.iter().cloned().collect())),
            word => [DeskPlace::Foundation, DeskPlace::People].into_iter().find(|place| place.to_value() == *word),
        }
    }
}
