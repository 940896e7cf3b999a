//! Sections with every default filled in, and the values of their keys.

use crate::scenario::distribution::Uncertain;
use hubsim_model::catalogue::Section;

/// A number: fixed, or drawn by each world.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Amount {
    Fixed(f64),
    /// The key of the [`Uncertain`] that draws it.
    Uncertain(String),
    /// Invalid, which was reported already.
    Invalid,
}

/// The value of one key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ResolvedValue {
    /// Neither given nor with a default.
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
    pub(super) fn value(&self, amount: &Amount, numbers: Numbers) -> f64 {
        match amount {
            Amount::Fixed(value) => *value,
            // NaN compares with nothing, so that no check of the scenario as a whole reports it again.
            Amount::Invalid => f64::NAN,
            Amount::Uncertain(key) => {
                let found = self.uncertain.binary_search_by(|uncertain| uncertain.key.as_str().cmp(key)).ok();
                let drawn = found
                    .map(|at| self.world.get(at).copied().unwrap_or_else(|| self.uncertain[at].distribution.central()));
                let value = drawn.unwrap_or(f64::NAN);
                let value = if numbers.whole { value.round() } else { value };
                value.max(numbers.bounds.0).min(numbers.bounds.1)
            }
        }
    }
}

impl ResolvedSection {
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

/// The bounds of the numbers that a key holds.
#[derive(Clone, Copy)]
pub(super) struct Numbers {
    /// Least and greatest value accepted.
    pub bounds: (f64, f64),
    /// Whether they are whole.
    pub whole: bool,
}

/// The greatest weight of a mix: only ratios of weights matter.
pub(super) const MAX_WEIGHT: f64 = 1e6;
