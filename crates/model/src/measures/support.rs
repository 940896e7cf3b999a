//! Support: help for volunteers, and its effects on them.

mod people;
mod themes;

use crate::measures::{Direction, Group, Measure, ratio, share_met, yearly};
use crate::record::{History, RegionRow};

pub use people::{BOUNCES, NEVER_HELPED, RETAINED, SERVED_ACROSS, SKILL, TIME_TO_FIRST_HELP_NEW};
pub use themes::{NEED_MET_GAP_PRIORITY, NEED_MET_HIGH_PRIORITY, NEED_MET_LOW_PRIORITY, NEED_MET_NEW_HUBS};

/// The share of requests that is met.
///
/// ```
/// use hubsim_model::measures::support::NEED_MET;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = RegionRow { requests: 100.0, help: 40.0 * 0.8, ..Default::default() };
/// assert_eq!(NEED_MET.of(&History::default().with(0, [region])), [0.32]);
/// ```
pub static NEED_MET: Measure = Measure {
    key: "need_met",
    group: Group::Support,
    headline: true,
    title: "Need met",
    meaning: "Share of volunteers' requests for help that is met, weighted by the effect of the help.",
    formula: "Σ effect of help (0–1) ÷ Σ requests, over people; at most 1",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "effect is expertise × affinity × quality of the helper",
    example: "100 requests, 40 of them helped with effect 0.8: 0.32.",
    values: |history| {
        let help = sum(history, |r| r.help).into_iter();
        help.zip(sum(history, |r| r.requests)).map(|(help, requests)| share_met(help, requests)).collect()
    },
};

/// The help that people get: what a rise of the need met may hide.
///
/// ```
/// use hubsim_model::measures::support::PEOPLE_HELPED;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = |help| RegionRow { help, ..Default::default() };
/// assert_eq!(PEOPLE_HELPED.of(&History::default().with(0, [region(40.0 * 0.8), region(10.0)])), [42.0]);
/// ```
pub static PEOPLE_HELPED: Measure = Measure {
    key: "people_helped",
    group: Group::Support,
    headline: true,
    title: "People helped",
    meaning: "Volunteers' requests for help that are met in the year, each weighted by the effect of the help.",
    formula: "Σ effect of help (0–1), over people",
    unit: "person-requests/year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "the absolute figure beside the need met: where people leave, a larger share of fewer requests may be met",
    example: "40 requests helped with effect 0.8 in one region, an effect of 10 in another: 42.",
    values: |history| sum(history, |r| r.help),
};

/// How long volunteers wait for their first help.
///
/// ```
/// use hubsim_model::measures::support::TIME_TO_FIRST_HELP;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = RegionRow { first_waits: 3.0, first_wait: 0.0 + 2.0 + 12.0, ..Default::default() };
/// assert_eq!(TIME_TO_FIRST_HELP.of(&History::default().with(0, [region])), [14.0 / 3.0]);
/// ```
pub static TIME_TO_FIRST_HELP: Measure = Measure {
    key: "time_to_first_help",
    group: Group::Support,
    headline: false,
    title: "Time to first help",
    meaning: "Mean wait from a volunteer's first request to their first help, over the waits that ended in the year; \
              at most 12 quarters, which is also the wait of volunteers who left or were never helped.",
    formula: "restricted mean of min(wait, 12 quarters) over all waits that ended, never helped = 12",
    unit: "quarters",
    range: (0.0, 12.0),
    direction: Direction::Lower,
    source: "restricted mean survival time, cap 12 quarters",
    example: "Three waits end: helped at once, helped after 2 quarters, left without: (0 + 2 + 12)/3 = 4.67.",
    values: |history| over_regions(history, |r| r.first_wait, |r| r.first_waits),
};

/// Number of active volunteers.
///
/// ```
/// use hubsim_model::measures::support::VOLUNTEERS;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = RegionRow { volunteers: 10_313.0 * 8.0, ..Default::default() };
/// assert_eq!(VOLUNTEERS.of(&History::default().with(0, [region])), [82_504.0]);
/// ```
pub static VOLUNTEERS: Measure = Measure {
    key: "volunteers",
    group: Group::Support,
    headline: true,
    title: "Volunteers active",
    meaning: "Active volunteers at the end of the year.",
    formula: "agents × people per agent",
    unit: "people",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "active editors of the Wikimedia statistics are the year-0 value",
    example: "10,313 agents of 8 people: 82,504.",
    values: |history| sum(history, |r| r.volunteers),
};

/// The sum over regions for each year.
fn sum(history: &History, value: fn(&RegionRow) -> f64) -> Vec<f64> {
    yearly(history, &history.regions, |rows| rows.iter().map(value).sum())
}

/// The ratio of two sums over regions for each year.
fn over_regions(history: &History, part: fn(&RegionRow) -> f64, whole: fn(&RegionRow) -> f64) -> Vec<f64> {
    sum(history, part).into_iter().zip(sum(history, whole)).map(|(part, whole)| ratio(part, whole)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::MovementRow;

    #[test]
    fn regions_are_summed_and_need_met_is_at_most_1() {
        let region = |requests, help, first_wait, first_waits, volunteers| RegionRow {
            requests,
            help,
            first_wait,
            first_waits,
            volunteers,
            ..Default::default()
        };
        let history = History {
            movement: vec![MovementRow::default()],
            regions: vec![region(60.0, 20.0, 2.0, 2.0, 100.0), region(40.0, 12.0, 12.0, 1.0, 50.0)],
            ..History::default()
        };
        assert_eq!((NEED_MET.values)(&history), [0.32]);
        let late = History { regions: vec![region(10.0, 11.0, 0.0, 0.0, 0.0)], ..history.clone() };
        assert_eq!((NEED_MET.values)(&late), [1.0]);
        let nobody = History { regions: vec![region(0.0, 0.0, 0.0, 0.0, 0.0)], ..history.clone() };
        assert!((NEED_MET.values)(&nobody)[0].is_nan());
        assert!(((TIME_TO_FIRST_HELP.values)(&history)[0] - 14.0 / 3.0).abs() < 1e-12);
        assert_eq!((VOLUNTEERS.values)(&history), [150.0]);
    }
}
