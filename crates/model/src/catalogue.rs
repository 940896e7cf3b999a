//! The catalogue: what every key of a scenario means, in which unit, within which bounds, from which source.
//!
//! A mechanism declares its parameters once, with [`parameters!`](crate::parameters), a policy its levers with
//! [`levers!`](crate::levers), and an entity its fields. The declaration makes the struct, its defaults, the checks,
//! `explain`, the JSON Schema and the docs.

mod limit;
mod parameters;
mod path;

pub use limit::{Course, Limit, Limited, limited_path};
pub use path::Path;

/// One key of a scenario file.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The key as it is written in the file.
    pub key: &'static str,
    /// What it means, one or two sentences.
    pub meaning: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// `USD`, `FTE`, `share`, `1/quarter` …; `-` where there is none.
    pub unit: &'static str,
    /// Where the default comes from; begins with `assumed` where nobody knows.
    pub source: &'static str,
    /// For a lever: where it changes nothing, or why there is no such value. Empty for what is no lever.
    pub neutral: &'static str,
}

/// The values a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number, or a distribution from which each world draws one.
    Number(Number),
    /// A number, a distribution, or a path in time `{ from, to, by_year }`.
    Path(Number),
    /// `true` or `false`.
    Flag {
        /// If the key is absent.
        default: bool,
    },
    /// One of some words.
    Choice {
        /// The words.
        options: &'static [&'static str],
        /// If the key is absent.
        default: &'static str,
    },
    /// A list of some of these words, each at most once.
    Set {
        /// The words.
        options: &'static [&'static str],
        /// If the key is absent.
        default: &'static [&'static str],
    },
    /// A table from some of these words to weights of at least 0.
    Mix {
        /// The words.
        options: &'static [&'static str],
        /// If the key is absent.
        default: &'static [(&'static str, f64)],
    },
    /// One of some words, or a table from names of things that the scenario defines to weights of at least 0, of which one is
    /// above 0; the same in every world.
    Shares {
        /// The list they are defined in.
        to: &'static str,
        /// The words.
        options: &'static [&'static str],
        /// If the key is absent.
        default: &'static str,
    },
    /// A number or a path in time that may also be a word, such as `"unlimited"`: see [`Limit`].
    Limit(Limited),
    /// A number that is the same in every world: no distribution, no path.
    Constant(Number),
    /// A whole number of 64 bits.
    Seed {
        /// If the key is absent.
        default: u64,
    },
    /// Free text. A key `name` must be given.
    Text,
    /// A text in one line.
    Line(Absent),
    /// A short name of letters, digits, `-`, `_` and `.` that must be given.
    Identifier,
    /// One of some words, which must be given.
    Word {
        /// The words.
        options: &'static [&'static str],
    },
    /// The name of a thing that the scenario defines.
    Reference {
        /// The list it is defined in: `region`, `theme`, `organisation`, `funder` or `policy`.
        to: &'static str,
        /// Whether it must be given.
        required: bool,
    },
    /// A list of names of things that the scenario defines, each at most once.
    References {
        /// The list they are defined in.
        to: &'static str,
        /// The fewest names.
        least: usize,
        /// The most names; none is no limit.
        most: Option<usize>,
        /// What holds where the key is absent, in words.
        absent: &'static str,
    },
    /// A table from names of things that the scenario defines to numbers.
    Map {
        /// The list they are defined in.
        to: &'static str,
        /// For each that the table does not name.
        default: f64,
        /// Least and greatest value accepted.
        bounds: (f64, f64),
    },
    /// The key of a measure, which must be given.
    Measure,
    /// A list of keys of measures, each at most once.
    Measures {
        /// The fewest.
        least: usize,
        /// What holds where the key is absent, in words.
        absent: &'static str,
    },
    /// A list of names of mitigations; those in a list within the list go together. It must be given.
    Mitigations,
    /// A table from keys of the scenario to values, which are checked as those of these keys.
    Settings {
        /// What holds where the key is absent, in words.
        absent: &'static str,
    },
    /// The smallest difference that matters, or a bound: a number that is the same in every world.
    Size {
        /// Least and greatest value accepted, as far as the key alone tells.
        bounds: (f64, f64),
        /// What holds where the key is absent, in words.
        absent: &'static str,
    },
    /// A year of the simulation.
    Year {
        /// The last year that may be given.
        most: u32,
        /// What holds where the key is absent, in words.
        absent: &'static str,
    },
    /// A first and a last year: `[first, last]`.
    Years {
        /// The last year that may be given.
        most: u32,
        /// What holds where the key is absent, in words.
        absent: &'static str,
    },
    /// A list of tables, each with the keys of a section.
    Entries {
        /// The section.
        section: &'static Section,
        /// What holds where the key is absent, in words.
        absent: &'static str,
    },
}

/// What holds where a key is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// The key must be given.
    Required,
    /// Nothing: the text is empty.
    Empty,
}

/// The numbers a key takes.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// If the key is absent; `None` where it must be given.
    pub default: Option<f64>,
    /// Least and greatest value accepted.
    pub bounds: (f64, f64),
    /// What is plausible: the range a sensitivity analysis explores.
    pub range: (f64, f64),
    /// Whether only whole numbers make sense (counts, years).
    pub whole: bool,
}

impl Spec {
    /// Whether the default is an assumption: the source says so.
    pub fn assumed(&self) -> bool {
        self.source.starts_with("assumed")
    }

    /// The number behind a number or a path.
    pub fn number(&self) -> Option<&Number> {
        match &self.kind {
            Kind::Number(number) | Kind::Path(number) | Kind::Constant(number) => Some(number),
            Kind::Limit(limited) => Some(&limited.number),
            _ => None,
        }
    }

    /// The word that says that there is no limit, for a limit.
    pub const fn no_limit(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Limit(limited) => Some(limited.word),
            _ => None,
        }
    }
}

/// How a mechanism is switched off.
#[derive(Clone, Copy, Debug)]
pub enum Off {
    /// By these values of its parameters.
    Set(&'static [(&'static str, f64)]),
    /// Not at all, and why.
    Never(&'static str),
}

/// A section of a scenario file: the parameters of one mechanism, the levers of one part of a policy, or the
/// fields of one kind of entity.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// `production` for `[production]`, `region` for `[[region]]`, `policy.hubs` for `hubs = { … }` in a policy.
    pub name: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// Its keys, in the order of the file.
    pub specs: &'static [Spec],
    /// How the mechanism is switched off; `None` for what is no mechanism.
    pub off: Option<Off>,
}

impl Section {
    /// The entry of a key.
    pub fn spec(&self, key: &str) -> Option<&'static Spec> {
        self.specs.iter().find(|spec| spec.key == key)
    }
}
