//! The event log of a trial: as a narrative, or as data for programs.

mod data;
mod sentence;
mod narrative;

pub use data::{csv, fields, json};
pub use narrative::{Detail, narrative};
pub use sentence::sentence;

use hubsim_model::record::Names;
use hubsim_model::record::events::{FieldValue, LoggedEvent};

/// The names in a field's value; `None` if it contains no name.
fn names_in(fact: &FieldValue, names: &Names) -> Option<Vec<String>> {
    match fact {
        FieldValue::Name(kind, id) => Some(vec![names.of(kind, *id).to_owned()]),
        FieldValue::Names(kind, ids) => Some(ids.iter().map(|id| names.of(kind, *id).to_owned()).collect()),
        _ => None,
    }
}

/// The fields of an event with their values.
fn fields_of(
    entry: &LoggedEvent,
) -> impl Iterator<Item = (&'static hubsim_model::record::events::event::Field, FieldValue)> {
    entry.event.spec().fields.iter().zip(entry.event.facts())
}
