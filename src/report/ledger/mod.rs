//! What happened in a trial: told in sentences, or listed for programs.

mod data;
mod sentence;
mod story;

pub use data::{csv, fields, json};
pub use sentence::sentence;
pub use story::{Detail, story};

use hubsim_model::record::Names;
use hubsim_model::record::events::{Entry, Fact};

/// A word for each name of a field's value; `None` where it holds no name.
fn named(fact: &Fact, names: &Names) -> Option<Vec<String>> {
    match fact {
        Fact::Name(kind, id) => Some(vec![names.of(kind, *id).to_owned()]),
        Fact::Names(kind, ids) => Some(ids.iter().map(|id| names.of(kind, *id).to_owned()).collect()),
        _ => None,
    }
}

/// Key, value and unit of each field of an entry.
fn filled(entry: &Entry) -> impl Iterator<Item = (&'static hubsim_model::record::events::event::Field, Fact)> {
    entry.event.spec().fields.iter().zip(entry.event.facts())
}
