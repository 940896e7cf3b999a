//! Sections with every default filled in, and how they become the structs that the model reads.

use toml::Value as Toml;
use toml::map::Map;

use crate::scenario::distribution::Uncertain;
use crate::scenario::kind::{Numbers, kind_of};
use hubsim_model::catalogue::{Section, Spec};

/// A number: given, or drawn by each world.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Amount {
    Fixed(f64),
    /// The key of the [`Uncertain`] that draws it.
    Uncertain(String),
    /// Wrong, which was reported: nothing further is said of it.
    Invalid,
}

/// The value of one key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ResolvedValue {
    /// Neither given nor of any default.
    Absent,
    Number(Amount),
    Path {
        from: Amount,
        to: Amount,
        by_year: Amount,
    },
    Flag(bool),
    Word(String),
    Words(Vec<String>),
    /// Numbers by name: a mix or a map.
    Numbers(Vec<(String, Amount)>),
    /// A whole number of 64 bits.
    Seed(u64),
    /// A first and a last year.
    Span(u32, u32),
    /// Entries of a list.
    Sections(Vec<ResolvedSection>),
}

/// A section's values, in the order of its keys.
#[derive(Clone, Debug)]
pub(super) struct ResolvedSection {
    pub section: Section,
    pub fields: Vec<ResolvedValue>,
}

impl PartialEq for ResolvedSection {
    /// Sections are constants, known by name.
    fn eq(&self, other: &ResolvedSection) -> bool {
        self.section.name == other.section.name && self.fields == other.fields
    }
}

/// One world's numbers by key.
#[derive(Clone, Copy)]
pub(super) struct Draw<'a> {
    /// The uncertain numbers, sorted by key.
    pub uncertain: &'a [Uncertain],
    /// Their values, in the same order.
    pub world: &'a [f64],
}

impl Draw<'_> {
    /// An amount in this world, clamped to what the key accepts.
    pub(super) fn value(&self, amount: &Amount, bounds: (f64, f64), whole: bool) -> f64 {
        match amount {
            Amount::Fixed(value) => *value,
            // It compares with nothing, so that no check of the scenario as a whole speaks of it.
            Amount::Invalid => f64::NAN,
            Amount::Uncertain(key) => {
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

impl ResolvedSection {
    /// The section as a table of plain values in one world.
    pub(super) fn table(&self, drawn: Draw) -> Map<String, Toml> {
        let mut table = Map::new();
        for (spec, field) in self.section.specs.iter().zip(&self.fields) {
            if let Some(value) = plain(spec, field, drawn) {
                table.insert(spec.key.to_owned(), value);
            }
        }
        table
    }

    /// The word or text of a key, where there is one.
    pub(super) fn word(&self, key: &str) -> Option<&str> {
        match self.field(key) {
            Some(ResolvedValue::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// The words of a key; none where there are none.
    pub(super) fn words(&self, key: &str) -> &[String] {
        match self.field(key) {
            Some(ResolvedValue::Words(words)) => words,
            _ => &[],
        }
    }

    /// The number of a key, if it is known.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        match self.field(key) {
            Some(ResolvedValue::Number(Amount::Fixed(number))) => Some(*number),
            _ => None,
        }
    }

    /// The value of a key.
    pub(super) fn field(&self, key: &str) -> Option<&ResolvedValue> {
        let at = self.section.specs.iter().position(|spec| spec.key == key)?;
        self.fields.get(at)
    }

    /// Whether any of its numbers is drawn under a key.
    pub(super) fn draws(&self, key: &str) -> bool {
        let drawn = |amount: &Amount| matches!(amount, Amount::Uncertain(own) if own == key);
        self.fields.iter().any(|field| match field {
            ResolvedValue::Number(amount) => drawn(amount),
            ResolvedValue::Path { from, to, .. } => drawn(from) || drawn(to),
            ResolvedValue::Numbers(numbers) => numbers.iter().any(|(_, amount)| drawn(amount)),
            _ => false,
        })
    }
}

/// The greatest weight of a mix: larger ones say nothing more.
pub(super) const MAX_WEIGHT: f64 = 1e6;

fn plain(spec: &Spec, field: &ResolvedValue, drawn: Draw) -> Option<Toml> {
    let Numbers { bounds, whole } = kind_of(&spec.kind).numbers();
    let number = |amount: &Amount| Toml::Float(drawn.value(amount, bounds, whole));
    Some(match field {
        ResolvedValue::Absent => return None,
        ResolvedValue::Number(amount) => number(amount),
        ResolvedValue::Path { from, to, .. } if from == to => number(from),
        ResolvedValue::Path { from, to, by_year } => {
            let mut path = Map::new();
            path.insert("from".to_owned(), number(from));
            path.insert("to".to_owned(), number(to));
            path.insert("by_year".to_owned(), Toml::Float(drawn.value(by_year, (1.0, f64::INFINITY), true)));
            Toml::Table(path)
        }
        ResolvedValue::Seed(_) | ResolvedValue::Span(..) | ResolvedValue::Sections(_) => return None,
        ResolvedValue::Flag(flag) => Toml::Boolean(*flag),
        ResolvedValue::Word(word) => Toml::String(word.clone()),
        ResolvedValue::Words(words) => Toml::Array(words.iter().map(|word| Toml::String(word.clone())).collect()),
        ResolvedValue::Numbers(numbers) => {
            Toml::Table(numbers.iter().map(|(name, amount)| (name.clone(), number(amount))).collect())
        }
    })
}
