//! Volunteers: waiting for help, failed requests, retention, skill.

use super::{over_regions, sum};
use crate::measures::cohort::lowest_quarter;
use crate::measures::{Direction, Group, Measure, ratio, yearly};
use crate::record::RegionRow;

/// The share of volunteers who are never helped.
///
/// ```
/// use hubsim_model::measures::support::NEVER_HELPED;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = RegionRow { first_waits: 80.0, first_never: 60.0, ..Default::default() };
/// assert_eq!(NEVER_HELPED.of(&History::default().with(0, [region])), [0.75]);
/// ```
pub static NEVER_HELPED: Measure = Measure {
    key: "never_helped",
    group: Group::Support,
    headline: false,
    title: "Never helped",
    meaning: "Of volunteers whose wait for their first help ended in the year, the share that left, or had waited 12 \
              quarters, without it.",
    formula: "never helped ÷ first waits that ended",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "beside the restricted mean of the time to first help",
    example: "80 waits end, 60 of them without help: 0.75.",
    values: |history| over_regions(history, |r| r.first_never, |r| r.first_waits),
};

/// How long volunteers of new communities wait for their first help.
///
/// ```
/// use hubsim_model::measures::support::TIME_TO_FIRST_HELP_NEW;
/// use hubsim_model::record::{History, RegionRow};
///
/// let few = RegionRow { online: 100.0, volunteers: 50.0, first_waits: 10.0, first_wait: 90.0, ..Default::default() };
/// let many = RegionRow { region: 1, online: 100.0, volunteers: 900.0, first_waits: 70.0, ..Default::default() };
/// let regions = [few, RegionRow { young_waits: 2.0, young_wait: 0.0 + 6.0, ..many }];
/// assert_eq!(TIME_TO_FIRST_HELP_NEW.of(&History::default().with(0, regions)), [8.0]);
/// ```
pub static TIME_TO_FIRST_HELP_NEW: Measure = Measure {
    key: "time_to_first_help_new",
    group: Group::Support,
    headline: false,
    title: "Time to first help, new communities",
    meaning: "The time to first help in new communities: all volunteers of the quarter (rounded up) of the regions that had \
              fewest volunteers per person online in year 0, and members of user groups in their first two years elsewhere.",
    formula: "restricted mean of min(wait, 12 quarters) over these waits that ended, never helped = 12",
    unit: "quarters",
    range: (0.0, 12.0),
    direction: Direction::Lower,
    source: "restricted mean survival time, cap 12 quarters; the regions are a cohort of year 0",
    example: "Of two regions the one with fewer has ten waits of 9 quarters; in the other members of young groups have two, of \
              0 and 6: (90 + 6) ÷ 12 = 8.",
    values: |history| {
        let start = history.regions.iter().take_while(|row| row.year == 0);
        let new = lowest_quarter(start.map(|row| (row.volunteers / row.online, row.region)).collect());
        let is_new = |row: &RegionRow| new.binary_search(&row.region).is_ok();
        yearly(history, &history.regions, |rows| {
            let wait = |row: &RegionRow| if is_new(row) { row.first_wait } else { row.young_wait };
            let waits = |row: &RegionRow| if is_new(row) { row.first_waits } else { row.young_waits };
            ratio(rows.iter().map(wait).sum(), rows.iter().map(waits).sum())
        })
    },
};

/// How much time requests lose at wrong service points.
///
/// ```
/// use hubsim_model::measures::support::BOUNCES;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = RegionRow { requests: 100.0, bounces: 250.0, ..Default::default() };
/// assert_eq!(BOUNCES.of(&History::default().with(0, [region])), [2.5]);
/// ```
pub static BOUNCES: Measure = Measure {
    key: "bounces",
    group: Group::Support,
    headline: false,
    title: "Bounces",
    meaning: "Quarters that a request loses at wrong service points, or at service points that could not help.",
    formula: "Σ quarters lost ÷ Σ requests",
    unit: "quarters/request",
    range: (0.0, f64::INFINITY),
    direction: Direction::Lower,
    source: "wrong contacts as the measure of confusion",
    example: "100 requests lose 250 quarters: 2.5.",
    values: |history| over_regions(history, |r| r.bounces, |r| r.requests),
};

/// The share of help that comes from other regions.
///
/// ```
/// use hubsim_model::measures::support::SERVED_ACROSS;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region =
///     RegionRow { help_local: 60.0, help_hubs: 30.0, help_foundation: 10.0, help_across: 25.0, ..Default::default() };
/// assert_eq!(SERVED_ACROSS.of(&History::default().with(0, [region])), [0.25]);
/// ```
pub static SERVED_ACROSS: Measure = Measure {
    key: "served_across",
    group: Group::Support,
    headline: false,
    title: "Service across regions",
    meaning: "Share of all help that goes to people of another region than the helper's. Affiliates help people of their own \
              region only; hubs and the foundation help everywhere.",
    formula: "Σ effect of help by organisations of other regions ÷ Σ effect of help",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "the foundation counts where its staff is: at home, and that of its service desk where `staff_in` says",
    example: "Affiliates at home help with 60, hubs with 30, the foundation with 10, of which 25 in other regions: 0.25.",
    values: |history| over_regions(history, |r| r.help_across, |r| r.help_local + r.help_hubs + r.help_foundation),
};

/// The share of newcomers who stay for a year.
///
/// ```
/// use hubsim_model::measures::support::RETAINED;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = |arrived, matured| [RegionRow { arrived, matured, ..Default::default() }];
/// let history = History::default().with(0, region(1000.0, 0.0)).with(1, region(1200.0, 140.0));
/// assert_eq!(RETAINED.of(&history)[1], 0.14);
/// ```
pub static RETAINED: Measure = Measure {
    key: "retained",
    group: Group::Support,
    headline: false,
    title: "Retained after a year",
    meaning: "Of the volunteers who arrived in the year before, the share that stayed for four quarters.",
    formula: "came to the end of their first year in year t ÷ arrived in year t − 1; empty in years 0 and 1",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "newcomers' one-year survival of 0.12–0.15 (Editor Trends Study)",
    example: "1,000 arrived last year, 140 came to the end of their first year in this: 0.14.",
    values: |history| {
        let before = std::iter::once(f64::NAN).chain(sum(history, |r| r.arrived));
        sum(history, |r| r.matured).into_iter().zip(before).map(|(matured, arrived)| ratio(matured, arrived)).collect()
    },
};

/// Mean skill of volunteers.
///
/// ```
/// use hubsim_model::measures::support::SKILL;
/// use hubsim_model::record::{History, RegionRow};
///
/// let regions = [(300.0, 0.2), (100.0, 0.6)].map(|(volunteers, skill)| RegionRow { volunteers, skill, ..Default::default() });
/// assert_eq!(SKILL.of(&History::default().with(0, regions)), [0.3]);
/// ```
pub static SKILL: Measure = Measure {
    key: "skill",
    group: Group::Support,
    headline: false,
    title: "Skill of volunteers",
    meaning: "Mean skill of the volunteers active at the end of the year.",
    formula: "Σ skill × volunteers over regions ÷ Σ volunteers",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "0 = knows nothing, 1 = knows everything; help increases skill",
    example: "300 people of mean skill 0.2, 100 of 0.6: 120 ÷ 400 = 0.3.",
    values: |history| {
        // A region without volunteers has no mean skill: its value is NaN.
        over_regions(history, |r| if r.volunteers > 0.0 { r.skill * r.volunteers } else { 0.0 }, |r| r.volunteers)
    },
};
