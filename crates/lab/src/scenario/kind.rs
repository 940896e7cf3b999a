//! Kinds of keys: how each is read, written, explained and probed. One file a kind.
//!
//! [`Kind`] is the data that a model's catalogue declares; `kind_of` is the only place that distinguishes kinds.

mod choice;
mod entries;
mod flag;
mod limit;
mod map;
mod measure;
mod mitigations;
mod mix;
mod number;
mod path;
mod reference;
mod seed;
mod set;
mod settings;
mod shares;
mod size;
mod text;
mod year;

use serde_json::{Value as Json, json};

use crate::scenario::catalogue::written;
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ValueRule;
use crate::scenario::tree::Node;
use crate::scenario::values::{MAX_WEIGHT, Numbers, ResolvedValue};
use hubsim_model::catalogue::{Kind, Section, Spec};
use hubsim_model::policy::mitigations::SettingValue;

pub(super) use number::{NumberRule, distribution_schema};
pub(super) use reference::plural;
pub(super) use size::bounds_in_words;

/// The default, in words, of a key that must be given.
const REQUIRED: &str = "none: it must be given";

/// The key whose value is read.
#[derive(Clone, Copy)]
pub(super) struct KeyContext<'a> {
    /// Its section.
    pub section: &'a Section,
    /// Its entry in the catalogue.
    pub spec: &'a Spec,
    /// Its path in the scenario: `region.North.online`.
    pub path: &'a str,
}

/// A kind of key.
pub(super) trait KeyKind {
    /// The value that a file gives; what is wrong with it is reported.
    fn check(&self, checker: &mut Checker, key: KeyContext, node: &Node) -> ResolvedValue;

    /// The value where the key is not given.
    fn default(&self, checker: &Checker, key: KeyContext) -> ResolvedValue;

    /// The bounds of its numbers.
    fn numbers(&self) -> Numbers {
        Numbers { bounds: (0.0, MAX_WEIGHT), whole: false }
    }

    /// An example of a value, if the key must be given.
    fn required(&self, _spec: &Spec) -> Option<&'static str> {
        None
    }

    /// The JSON Schema of its values.
    fn schema(&self, spec: &Spec) -> Json;

    /// The default as JSON, where there is one.
    fn schema_default(&self) -> Option<Json> {
        None
    }

    /// The values that it takes, in words.
    fn accepts(&self) -> String;

    /// What holds where the key is absent, in words.
    fn default_words(&self) -> String;

    /// The default as a file would write it.
    fn default_text(&self) -> String {
        "none".to_owned()
    }

    /// Values that should have an effect: the ends and the middle of what is plausible, each word.
    fn probe_values(&self) -> Vec<Json> {
        Vec::new()
    }

    /// Whether a value, or the default where none is given, is already what a setting makes it. What is not of this kind
    /// differs: that is reported elsewhere.
    fn is_already(&self, _node: Option<&Node>, _setting: SettingValue) -> bool {
        false
    }
}

/// The implementation of a kind.
pub(super) fn kind_of(kind: &Kind) -> Box<dyn KeyKind> {
    match *kind {
        Kind::Number(number) => Box::new(number::UncertainNumber(number)),
        Kind::Constant(number) => Box::new(number::ConstantNumber(number)),
        Kind::Path(number) => Box::new(path::InTime(number)),
        Kind::Limit(limited) => Box::new(limit::OrWord(limited)),
        Kind::Seed { default } => Box::new(seed::Seed { default }),
        Kind::Flag { default } => Box::new(flag::Flag { default }),
        Kind::Choice { options, default } => Box::new(choice::OneWord { options, default: Some(default) }),
        Kind::Word { options } => Box::new(choice::OneWord { options, default: None }),
        Kind::Set { options, default } => Box::new(set::Set { options, default }),
        Kind::Mix { options, default } => Box::new(mix::Mix { options, default }),
        Kind::Shares { to, options, default } => {
            Box::new(shares::Shares { to, word: choice::OneWord { options, default: Some(default) } })
        }
        Kind::Text => Box::new(text::Text),
        Kind::Line(absent) => Box::new(text::Line(absent)),
        Kind::Identifier => Box::new(text::Identifier),
        Kind::Reference { to, required } => Box::new(reference::Reference { to, required }),
        Kind::References { to, least, most, absent } => Box::new(reference::References { to, least, most, absent }),
        Kind::Map { to, default, bounds } => Box::new(map::Map { to, default, bounds }),
        Kind::Measure => Box::new(measure::MeasureKey),
        Kind::Measures { least, absent } => Box::new(measure::MeasureKeys { least, absent }),
        Kind::Mitigations => Box::new(mitigations::MitigationNames),
        Kind::Settings { absent } => Box::new(settings::Settings { absent }),
        Kind::Size { bounds, absent } => Box::new(size::Size { bounds, absent }),
        Kind::Year { most, absent } => Box::new(year::Year { most, absent }),
        Kind::Years { most, absent } => Box::new(year::YearSpan { most, absent }),
        Kind::Entries { section, absent } => Box::new(entries::Entries { section, absent }),
    }
}

/// The values that a key takes, and what holds where it is absent: both in words.
pub fn in_words(kind: &Kind) -> (String, String) {
    let kind = kind_of(kind);
    (kind.accepts(), kind.default_words())
}

/// Values of a lever that should have an effect, the neutral one last; each once.
pub fn probe_values(spec: &Spec) -> Vec<Json> {
    let mut values: Vec<Json> = Vec::new();
    let neutral = spec.number().and_then(|_| spec.neutral.parse::<f64>().ok()).map(|number| json!(number));
    for value in kind_of(&spec.kind).probe_values().into_iter().chain(neutral) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// A value of a key as the model's structs serialise it, but with the key's own word where there is no limit.
pub fn with_own_word(spec: &Spec, value: Json) -> Json {
    match spec.no_limit() {
        Some(word) if value.is_string() => json!(word),
        _ => value,
    }
}

/// A bound in words.
pub fn edge(value: f64) -> String {
    if value == f64::INFINITY {
        "any size".to_owned()
    } else if value == f64::NEG_INFINITY {
        "any size below 0".to_owned()
    } else {
        written(value)
    }
}

/// A number as JSON: whole ones as integers, so that editors do not propose `20.0`.
pub(super) fn json_number(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
}

/// The violation of a value whose type is not that of its key.
fn wrong_type<'a>(key: &'a str, node: &Node, rule: impl Into<String>, help: impl Into<String>) -> ValueRule<'a> {
    ValueRule::WrongType { key, noun: node.noun(), rule: rule.into(), help: help.into() }
}

/// Words in a sentence, or `none`.
fn listed_plainly(words: &[&str]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

/// Words as a list of a scenario file.
fn word_list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(crate::scenario::catalogue::quoted).collect();
    format!("[{}]", words.join(", "))
}

#[cfg(test)]
mod tests;
