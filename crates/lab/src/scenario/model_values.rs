//! Resolved sections in one world, as the tables from which the structs of the model are read.

use toml::Value as Toml;
use toml::map::Map;

use crate::scenario::kind::kind_of;
use crate::scenario::values::{Amount, Draw, Numbers, ResolvedSection, ResolvedValue};
use hubsim_model::catalogue::Spec;

/// Years from the first on.
const YEARS: Numbers = Numbers { bounds: (1.0, f64::INFINITY), whole: true };

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
}

/// The value of a key in one world; none where there is none.
pub(super) fn plain(spec: &Spec, field: &ResolvedValue, drawn: Draw) -> Option<Toml> {
    let numbers = kind_of(&spec.kind).numbers();
    let number = |amount: &Amount| Toml::Float(drawn.value(amount, numbers));
    Some(match field {
        ResolvedValue::Absent => return None,
        ResolvedValue::Number(amount) => number(amount),
        ResolvedValue::Path { from, to, .. } if from == to => number(from),
        ResolvedValue::Path { from, to, by_year } => {
            let mut path = Map::new();
            path.insert("from".to_owned(), number(from));
            path.insert("to".to_owned(), number(to));
            path.insert("by_year".to_owned(), Toml::Float(drawn.value(by_year, YEARS)));
            Toml::Table(path)
        }
        ResolvedValue::Seed(_) | ResolvedValue::Span(..) | ResolvedValue::Sections(_) => return None,
        ResolvedValue::Flag(flag) => Toml::Boolean(*flag),
        ResolvedValue::Word(word) => Toml::String(word.clone()),
        ResolvedValue::Words(words) => Toml::Array(words.iter().map(|word| Toml::String(word.clone())).collect()),
        ResolvedValue::Numbers(by_name) => {
            Toml::Table(by_name.iter().map(|(name, amount)| (name.clone(), number(amount))).collect())
        }
    })
}
