//! Sections with every default filled in, and how they become the structs that the model reads.

use toml::Value as Toml;
use toml::map::Map;

use crate::scenario::distribution::Uncertain;
use hubsim_model::catalogue::{Kind, Section, Spec};

/// A number: given, or drawn by each world.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Amount {
    Given(f64),
    /// The key of the [`Uncertain`] that draws it.
    Drawn(String),
}

/// The value of one key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Field {
    /// Neither given nor of any default.
    Absent,
    Number(Amount),
    Path {
        from: Amount,
        to: Amount,
        by_year: f64,
    },
    Flag(bool),
    Word(String),
    Words(Vec<String>),
    /// Numbers by name: a mix or a map.
    Numbers(Vec<(String, Amount)>),
}

/// A section's values, in the order of its keys.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub section: Section,
    pub fields: Vec<Field>,
}

impl PartialEq for Filled {
    /// Sections are constants, known by name.
    fn eq(&self, other: &Filled) -> bool {
        self.section.name == other.section.name && self.fields == other.fields
    }
}

/// One world's numbers by key.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    /// The uncertain numbers, sorted by key.
    pub uncertain: &'a [Uncertain],
    /// Their values, in the same order.
    pub world: &'a [f64],
}

impl Drawn<'_> {
    /// An amount in this world, clamped to what the key accepts.
    pub(super) fn value(&self, amount: &Amount, bounds: (f64, f64), whole: bool) -> f64 {
        match amount {
            Amount::Given(value) => *value,
            Amount::Drawn(key) => {
                let found = self.uncertain.binary_search_by(|uncertain| uncertain.key.as_str().cmp(key)).ok();
                let drawn = found
                    .map(|at| self.world.get(at).copied().unwrap_or_else(|| self.uncertain[at].distribution.central()));
                let value = drawn.unwrap_or(f64::NAN);
                let value = if whole { value.round() } else { value };
                value.max(bounds.0).min(bounds.1)
            }
        }
    }
}

impl Filled {
    /// The section as a table of plain values in one world.
    pub(super) fn table(&self, drawn: Drawn) -> Map<String, Toml> {
        let mut table = Map::new();
        for (spec, field) in self.section.specs.iter().zip(&self.fields) {
            if let Some(value) = plain(spec, field, drawn) {
                table.insert(spec.key.to_owned(), value);
            }
        }
        table
    }

    /// The value of a key.
    pub(super) fn field(&self, key: &str) -> Option<&Field> {
        let at = self.section.specs.iter().position(|spec| spec.key == key)?;
        self.fields.get(at)
    }

    /// Whether any of its numbers is drawn under a key.
    pub(super) fn draws(&self, key: &str) -> bool {
        let drawn = |amount: &Amount| matches!(amount, Amount::Drawn(own) if own == key);
        self.fields.iter().any(|field| match field {
            Field::Number(amount) => drawn(amount),
            Field::Path { from, to, .. } => drawn(from) || drawn(to),
            Field::Numbers(numbers) => numbers.iter().any(|(_, amount)| drawn(amount)),
            _ => false,
        })
    }
}

/// Bounds of the numbers that a key holds, and whether they are whole.
pub(super) fn bounds(spec: &Spec) -> ((f64, f64), bool) {
    match spec.kind {
        Kind::Number(number) | Kind::Path(number) => (number.bounds, number.whole),
        Kind::Map { bounds, .. } => (bounds, false),
        _ => ((0.0, MAX_WEIGHT), false),
    }
}

/// The greatest weight of a mix: larger ones say nothing more.
pub(super) const MAX_WEIGHT: f64 = 1e6;

fn plain(spec: &Spec, field: &Field, drawn: Drawn) -> Option<Toml> {
    let (bounds, whole) = bounds(spec);
    let number = |amount: &Amount| Toml::Float(drawn.value(amount, bounds, whole));
    Some(match field {
        Field::Absent => return None,
        Field::Number(amount) => number(amount),
        Field::Path { from, to, .. } if from == to => number(from),
        Field::Path { from, to, by_year } => {
            let mut path = Map::new();
            path.insert("from".to_owned(), number(from));
            path.insert("to".to_owned(), number(to));
            path.insert("by_year".to_owned(), Toml::Float(*by_year));
            Toml::Table(path)
        }
        Field::Flag(flag) => Toml::Boolean(*flag),
        Field::Word(word) => Toml::String(word.clone()),
        Field::Words(words) => Toml::Array(words.iter().map(|word| Toml::String(word.clone())).collect()),
        Field::Numbers(numbers) => {
            Toml::Table(numbers.iter().map(|(name, amount)| (name.clone(), number(amount))).collect())
        }
    })
}
