//! Tests of the catalogue of events.

use super::*;

/// The fields that a sentence names.
fn named(sentence: &str) -> Vec<&str> {
    let parts = sentence.split('{').skip(1);
    parts.map(|part| part.split(['}', '|', '%']).next().expect("split gives one part at least")).collect()
}

#[test]
fn names_are_unique_and_everything_is_explained() {
    let mut names: Vec<&str> = EVENTS.iter().map(|spec| spec.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), EVENTS.len());
    for spec in EVENTS {
        assert!(spec.meaning.trim().len() > 5, "{} has no meaning", spec.name);
        for field in spec.fields {
            assert!(field.meaning.trim().len() > 3 && !field.unit.is_empty(), "{}.{}", spec.name, field.key);
        }
    }
}

/// A field of two events is one column: it must mean one thing.
#[test]
fn a_field_has_one_unit_in_all_events() {
    for a in EVENTS.iter().flat_map(|spec| spec.fields) {
        for b in EVENTS.iter().flat_map(|spec| spec.fields).filter(|b| b.key == a.key) {
            assert_eq!(a.unit, b.unit, "{}", a.key);
        }
        assert!(!["year", "quarter", "event", "chapter", "text"].contains(&a.key), "{} is taken", a.key);
    }
}

#[test]
fn sentences_name_only_fields_that_are_there() {
    for spec in EVENTS {
        assert_eq!(spec.sentence.matches('{').count(), spec.sentence.matches('}').count(), "{}", spec.name);
        assert_eq!(spec.sentence.matches('[').count(), spec.sentence.matches(']').count(), "{}", spec.name);
        let fields = named(spec.sentence);
        assert!(!fields.is_empty(), "{}", spec.name);
        for field in fields {
            assert!(spec.fields.iter().any(|other| other.key == field), "{} has no {field}", spec.name);
        }
    }
}

#[test]
fn facts_come_in_the_order_of_the_fields() {
    let event = Event::Formed { organisation: OrganisationId(4), region: RegionId(2) };
    assert_eq!(event.spec().name, "formed");
    assert_eq!(event.spec().fields[1].key, "region");
    assert_eq!(event.facts(), [FieldValue::Name("organisation", 4), FieldValue::Name("region", 2)]);
}
