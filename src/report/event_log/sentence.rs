//! One event as a sentence, filled into the template of its type.
//!
//! ```text
//! {key}             the value of a field; {key%} as percent
//! {key|one|more}    the value and a noun in singular or plural
//! [ … ]             a part that is left out if one of its fields is missing
//! ```

use crate::report::number::{decimal, significant};
use hubsim_model::record::Names;
use hubsim_model::record::events::{FieldValue, LoggedEvent};

use super::{fields_of, names_in};

/// An event as a sentence, without its time and without a full stop.
pub fn sentence(entry: &LoggedEvent, names: &Names) -> String {
    let values: Vec<TemplateValue> =
        fields_of(entry).map(|(field, fact)| TemplateValue { key: field.key, unit: field.unit, fact }).collect();
    let mut text = String::new();
    let mut rest = entry.event.spec().sentence;
    // Outside brackets a missing field is written as a dash; a part in brackets is left out instead.
    while let Some(open) = rest.find('[') {
        text += &fill(&rest[..open], &values, names).unwrap_or_else(|incomplete| incomplete);
        let close = rest[open..].find(']').map_or(rest.len(), |at| open + at);
        text += &fill(&rest[open + 1..close], &values, names).unwrap_or_default();
        rest = rest.get(close + 1..).unwrap_or_default();
    }
    text + &fill(rest, &values, names).unwrap_or_else(|incomplete| incomplete)
}

/// A field of an event with its value.
struct TemplateValue {
    key: &'static str,
    unit: &'static str,
    fact: FieldValue,
}

/// A part of a template with its fields filled in; as an error if one of them is missing.
fn fill(part: &str, values: &[TemplateValue], names: &Names) -> Result<String, String> {
    let (mut text, mut rest, mut complete) = (String::new(), part, true);
    while let Some((before, (place, after))) = rest.split_once('{').and_then(|(a, b)| Some((a, b.split_once('}')?))) {
        text += before;
        let mut parts = place.split('|');
        let key = parts.next().unwrap_or_default();
        let value = values.iter().find(|value| value.key == key.trim_end_matches('%'));
        complete &= value.is_some_and(|value| value.fact != FieldValue::Missing);
        let scale = if key.ends_with('%') { NumberScale::Percent } else { NumberScale::Unit };
        text += &value.map_or_else(|| "–".to_owned(), |value| format_value(value, scale, names));
        // {key|singular|plural}: the noun follows the number.
        if let (Some(one), Some(more), Some(value)) = (parts.next(), parts.next(), value) {
            text.push(' ');
            text += if value.fact == FieldValue::Count(1) { one } else { more };
        }
        rest = after;
    }
    text += rest;
    if complete { Ok(text) } else { Err(text) }
}

/// Whether a number is written in its unit or in percent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NumberScale {
    Unit,
    Percent,
}

/// A value as text.
fn format_value(value: &TemplateValue, scale: NumberScale, names: &Names) -> String {
    if let Some(words) = names_in(&value.fact, names) {
        return enumerate(&words);
    }
    match &value.fact {
        FieldValue::Number(number) if scale == NumberScale::Percent => format!("{} %", significant(number * 100.0, 2)),
        FieldValue::Number(number) if ["score", "share"].contains(&value.unit) => decimal(*number, 2),
        FieldValue::Number(number) if value.unit.starts_with("FTE") => decimal(*number, 1),
        FieldValue::Number(number) => significant(*number, 3),
        FieldValue::Count(count) => decimal(*count as f64, 0),
        FieldValue::Word(word) => (*word).to_owned(),
        FieldValue::When(quarter) if *quarter < 0 => "before year 1".to_owned(),
        FieldValue::When(quarter) => format!("in year {}, quarter {}", quarter / 4 + 1, quarter % 4 + 1),
        _ => "–".to_owned(),
    }
}

/// A list within a sentence: `a, b and c`.
fn enumerate(words: &[String]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [start @ .., end] => format!("{} and {end}", start.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_model::clock::BURN_IN;
    use hubsim_model::ids::{FunderId, MandateId, OrganisationId, RegionId, ThemeId};
    use hubsim_model::record::events::{Event, Regions, When};
    use hubsim_model::state::DuplicationCause;
    use hubsim_model::units::{Money, Work};

    fn names() -> Names {
        let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect();
        Names {
            region: words(&["North", "Middle", "South"]),
            theme: words(&["education"]),
            funder: words(&["Movement fund"]),
            organisation: words(&["Wikimedia Sverige", "Wikimedia Norge"]),
            mandate: words(&["education #1", "education #2"]),
            ..Names::default()
        }
    }

    fn text_of(event: Event) -> String {
        sentence(&LoggedEvent { quarter: BURN_IN, event }, &names())
    }

    #[test]
    fn an_award_is_a_sentence() {
        let event = |years, by| Event::Awarded {
            funder: FunderId(0),
            by,
            organisation: OrganisationId(0),
            yearly: Money(287_123.4),
            requested: Money(310_000.0),
            years,
            score: 0.6123,
            rank: 4,
            applicants: 87,
        };
        assert_eq!(
            text_of(event(1, None)),
            "Wikimedia Sverige asked the Movement fund for 310,000 USD and got 287,000 USD for 1 year (score 0.61, \
             rank 4 of 87)"
        );
        assert!(
            text_of(event(3, Some(MandateId(1))))
                .ends_with("for 3 years (score 0.61, rank 4 of 87), from the envelope of education #2")
        );
    }

    #[test]
    fn parts_with_missing_fields_are_left_out() {
        let event = |new, to, score| Event::LeftScope {
            mandate: MandateId(0),
            regions: Some(Regions::of(&[RegionId(0), RegionId(1), RegionId(2)])),
            themes: None,
            new,
            to,
            score,
        };
        assert_eq!(text_of(event(None, None, None)), "North, Middle and South left the scope of education #1");
        assert_eq!(
            text_of(event(Some(MandateId(1)), Some(OrganisationId(1)), Some(0.5))),
            "North, Middle and South left the scope of education #1 and became education #2, held by Wikimedia Norge \
             with score 0.50"
        );
    }

    #[test]
    fn a_duplication_names_the_other_organisation_and_the_cause() {
        let event = |arose| Event::Duplicated {
            organisation: OrganisationId(0),
            mandate: None,
            theme: ThemeId(0),
            arose: When(arose),
            region: RegionId(0),
            cause: DuplicationCause::NotFound,
            wasted: Work(1.234),
            other: OrganisationId(1),
            other_mandate: Some(MandateId(0)),
            stage: "has built",
        };
        assert_eq!(
            text_of(event(BURN_IN + 6)),
            "Wikimedia Sverige began to build what Wikimedia Norge, as education #1, has built, for education in North \
             (not found): 1.2 FTE-quarters twice; the problem arose in year 2, quarter 3"
        );
        assert!(text_of(event(3)).ends_with("the problem arose before year 1"));
    }
}
