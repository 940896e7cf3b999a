//! The event log as a narrative: by years and categories.

use crate::report::number::decimal;
use hubsim_model::record::Names;
use hubsim_model::record::events::event::EventCategory;
use hubsim_model::record::events::{Event, LoggedEvent};
use hubsim_model::state::DuplicationCause;

use super::sentence;

/// How duplicated work, the most frequent type of event, is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Its totals and the largest cases.
    Totals,
    /// Every case.
    All,
}

/// How many of the largest cases are shown.
const LARGEST: usize = 3;

/// The events, one a line, under headings of years and categories.
pub fn narrative(entries: &[&LoggedEvent], names: &Names, detail: Detail) -> String {
    let mut text = String::new();
    for year in entries.chunk_by(|a, b| a.when().0 == b.when().0) {
        text += &format!("\nYear {}\n", year[0].when().0);
        for chapter in EventCategory::ALL {
            let events: Vec<&LoggedEvent> =
                year.iter().copied().filter(|entry| entry.event.spec().chapter == chapter).collect();
            if events.is_empty() {
                continue;
            }
            text += &format!("\n  {}\n", chapter.title());
            if chapter == EventCategory::Duplication && detail == Detail::Totals {
                text += &duplication_totals(&events, names);
            } else {
                events.iter().for_each(|entry| text += &line(entry, names));
            }
        }
    }
    text
}

fn line(entry: &LoggedEvent, names: &Names) -> String {
    format!("    Quarter {}: {}\n", entry.when().1, sentence(entry, names))
}

/// The duplicated work of a year: totals by cause, and the largest cases.
fn duplication_totals(events: &[&LoggedEvent], names: &Names) -> String {
    let wasted = |entry: &LoggedEvent| match entry.event {
        Event::Duplicated { wasted, .. } => wasted.0,
        _ => 0.0,
    };
    let mut parts = Vec::new();
    for (cause, words) in [
        (DuplicationCause::NotFound, "not found"),
        (DuplicationCause::NotPackaged, "not packaged"),
        (DuplicationCause::NotInventedHere, "not invented here"),
        (DuplicationCause::SameTime, "at the same time"),
    ] {
        let of_cause =
            events.iter().filter(|entry| matches!(entry.event, Event::Duplicated { cause: c, .. } if c == cause));
        let sum: f64 = of_cause.map(|entry| wasted(entry)).sum();
        if sum > 0.0 {
            parts.push(format!("{words} {}", decimal(sum, 1)));
        }
    }
    let all: f64 = events.iter().map(|entry| wasted(entry)).sum();
    let builds = if events.len() == 1 { "build" } else { "builds" };
    let mut text = format!(
        "    {} {builds} began that would do {} FTE-quarters of work twice: {}\n",
        events.len(),
        decimal(all, 1),
        parts.join(", ")
    );
    let mut largest = events.to_vec();
    // The sort is stable: equal cases stay in the order of time.
    largest.sort_by(|a, b| wasted(b).total_cmp(&wasted(a)));
    largest.iter().take(LARGEST).for_each(|entry| text += &line(entry, names));
    if events.len() > LARGEST {
        text += "    …\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_model::clock::BURN_IN;
    use hubsim_model::ids::{OrganisationId, RegionId, ThemeId};
    use hubsim_model::record::events::When;
    use hubsim_model::units::Work;

    fn duplicate(quarter: u32, wasted: f64) -> LoggedEvent {
        let event = Event::Duplicated {
            organisation: OrganisationId(0),
            mandate: None,
            theme: ThemeId(0),
            arose: When(BURN_IN),
            region: RegionId(0),
            cause: DuplicationCause::SameTime,
            wasted: Work(wasted),
            other: OrganisationId(1),
            other_mandate: None,
            stage: "is building",
        };
        LoggedEvent { quarter: BURN_IN + quarter, event }
    }

    #[test]
    fn a_narrative_is_ordered_by_years_and_categories() {
        let mut entries = vec![LoggedEvent {
            quarter: BURN_IN,
            event: Event::Formed { organisation: OrganisationId(0), region: RegionId(0) },
        }];
        entries.extend([1.0, 5.0, 2.0, 3.0].map(|wasted| duplicate(4, wasted)));
        let all: Vec<&LoggedEvent> = entries.iter().collect();
        let short = narrative(&all, &Names::default(), Detail::Totals);
        assert!(short.starts_with("\nYear 1\n\n  Affiliates\n    Quarter 1: "), "{short}");
        assert!(short.contains("4 builds began that would do 11.0 FTE-quarters of work twice: at the same time 11.0"));
        assert_eq!(short.matches("Quarter").count(), 4, "{short}");
        assert!(short.contains("…") && short.contains("): 5.0 FTE-quarters") && !short.contains("): 1.0 FTE"));
        let long = narrative(&all, &Names::default(), Detail::All);
        assert_eq!(long.matches("Quarter").count(), 5, "{long}");
    }
}
