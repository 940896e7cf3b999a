//! The event log for programs: all events with all their fields.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::report::table::{Cell, Table, TableColumn};
use hubsim_model::record::Names;
use hubsim_model::record::events::event::Field;
use hubsim_model::record::events::{EVENTS, FieldValue, LoggedEvent};

use super::{fields_of, names_in, sentence};

/// The events as a JSON array of objects with `year`, `quarter`, `event`, `chapter`, the event's fields by their keys, and
/// `text`, the sentence. A missing value is `null`; sets are arrays.
pub fn json(entries: &[&LoggedEvent], names: &Names) -> String {
    let rows: Vec<EventObject> = entries.iter().map(|entry| EventObject { entry, names }).collect();
    // Serialising can only fail for maps whose keys are not strings.
    serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
}

struct EventObject<'a> {
    entry: &'a LoggedEvent,
    names: &'a Names,
}

impl Serialize for EventObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ((year, quarter), spec) = (self.entry.when(), self.entry.event.spec());
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("year", &year)?;
        map.serialize_entry("quarter", &quarter)?;
        map.serialize_entry("event", spec.name)?;
        map.serialize_entry("chapter", spec.chapter.title())?;
        for (field, fact) in fields_of(self.entry) {
            match (&fact, names_in(&fact, self.names)) {
                (FieldValue::Name(..), Some(words)) => map.serialize_entry(field.key, &words[0])?,
                (_, Some(words)) => map.serialize_entry(field.key, &words)?,
                (FieldValue::Number(number), _) => map.serialize_entry(field.key, number)?,
                (FieldValue::Count(count), _) => map.serialize_entry(field.key, count)?,
                (FieldValue::Word(word), _) => map.serialize_entry(field.key, word)?,
                (FieldValue::When(quarter), _) => map.serialize_entry(field.key, quarter)?,
                _ => map.serialize_entry(field.key, &())?,
            }
        }
        map.serialize_entry("text", &sentence(self.entry, self.names))?;
        map.end()
    }
}

/// The events as CSV, with one column for each field of any event; members of sets are separated by `; `.
pub fn csv(entries: &[&LoggedEvent], names: &Names) -> String {
    let columns = columns();
    let row = |entry: &&LoggedEvent| -> Vec<Cell> {
        let ((year, quarter), spec) = (entry.when(), entry.event.spec());
        let mut cells = vec![Cell::Count(year.into()), Cell::Count(quarter.into()), spec.name.into()];
        cells.extend([spec.chapter.title().into(), Cell::Text(sentence(entry, names))]);
        let fields: Vec<(&Field, FieldValue)> = fields_of(entry).collect();
        for column in &columns {
            let found = fields.iter().find(|(field, _)| field.key == column.key);
            cells.push(found.map_or(Cell::Empty, |(_, fact)| cell(fact, names)));
        }
        cells
    };
    let first = ["year", "quarter", "event", "chapter", "text"].map(TableColumn::text).into_iter();
    Table {
        title: "What happened".to_owned(),
        columns: first.chain(columns.iter().map(|field| TableColumn::text(field.key).in_unit(field.unit))).collect(),
        rows: entries.iter().map(row).collect(),
        notes: Vec::new(),
    }
    .csv()
}

fn cell(fact: &FieldValue, names: &Names) -> Cell {
    if let Some(words) = names_in(fact, names) {
        return Cell::Text(words.join("; "));
    }
    match fact {
        FieldValue::Number(number) => Cell::Number(*number),
        FieldValue::Count(count) => Cell::Count(*count),
        FieldValue::Word(word) => (*word).into(),
        FieldValue::When(quarter) => Cell::Number(*quarter as f64),
        _ => Cell::Empty,
    }
}

/// The fields of all events in the order of their declaration; fields with the same key share a column.
fn columns() -> Vec<&'static Field> {
    let mut columns: Vec<&Field> = Vec::new();
    for field in EVENTS.iter().flat_map(|spec| spec.fields) {
        if columns.iter().all(|other| other.key != field.key) {
            columns.push(field);
        }
    }
    columns
}

/// The table of all events and their fields, with their meaning.
pub fn fields() -> Table {
    let mut rows = Vec::new();
    for spec in EVENTS {
        let start: [Cell; 2] = [spec.name.into(), spec.chapter.title().into()];
        rows.push([start.to_vec(), vec![Cell::Empty, Cell::Empty, spec.meaning.trim().into()]].concat());
        for field in spec.fields {
            let cells = [field.key, field.unit, field.meaning.trim()].map(Cell::from);
            rows.push([start.to_vec(), cells.to_vec()].concat());
        }
    }
    Table {
        title: "Events and their fields".to_owned(),
        columns: ["event", "chapter", "field", "unit", "meaning"].map(TableColumn::text).to_vec(),
        rows,
        notes: vec!["Every event has year (1 = the first), quarter (1 to 4), event, chapter and text, too.".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_model::clock::BURN_IN;
    use hubsim_model::ids::{MandateId, OrganisationId, RegionId};
    use hubsim_model::record::events::{Event, Regions};

    fn entries() -> Vec<LoggedEvent> {
        let regions = Regions::of(&[RegionId(0), RegionId(1)]);
        [
            Event::Formed { organisation: OrganisationId(0), region: RegionId(1) },
            Event::LeftScope {
                mandate: MandateId(0),
                regions: Some(regions),
                themes: None,
                new: None,
                to: None,
                score: None,
            },
        ]
        .into_iter()
        .zip([BURN_IN, BURN_IN + 7])
        .map(|(event, quarter)| LoggedEvent { quarter, event })
        .collect()
    }

    fn names() -> Names {
        let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect();
        Names {
            region: words(&["North", "South"]),
            organisation: words(&["A \"group\", of two"]),
            mandate: words(&["tools #1"]),
            ..Names::default()
        }
    }

    #[test]
    fn json_contains_every_field_and_null_for_missing_ones() {
        let entries = entries();
        let text = json(&entries.iter().collect::<Vec<_>>(), &names());
        let rows: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(rows[0]["organisation"], "A \"group\", of two");
        assert_eq!((&rows[1]["year"], &rows[1]["quarter"]), (&2.into(), &4.into()));
        assert_eq!(rows[1]["regions"], serde_json::json!(["North", "South"]));
        assert!(rows[1]["new"].is_null() && rows[1].as_object().expect("an object").contains_key("new"));
        assert_eq!(rows[1]["text"], "North and South left the scope of tools #1");
        assert!(text.find("\"year\"") < text.find("\"event\""));
    }

    #[test]
    fn csv_has_explained_columns_only() {
        let entries = entries();
        let text = csv(&entries.iter().collect::<Vec<_>>(), &names());
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("as wide as the header");
        let at = |key: &str| header.iter().position(|other| other == key).expect("a column");
        assert_eq!(&rows[0][at("organisation")], "A \"group\", of two");
        assert_eq!(&rows[1][at("regions")], "North; South");
        assert_eq!(&rows[1][at("organisation")], "");
        let explained = fields();
        for column in columns() {
            assert!(explained.rows.iter().any(|row| row[2] == Cell::from(column.key)), "{}", column.key);
        }
    }
}
