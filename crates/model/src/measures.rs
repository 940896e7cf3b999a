//! Measures: functions from the recorded rows of a trial to one number for each year.
//!
//! A measure reads rows only, never the state of a trial, so that it can be computed again from stored tables. Each is a
//! [`Measure`] with its formula, unit, range and source, and with a worked example that a doc test computes.

mod cohort;
mod concentration;
mod entropy;
mod rank;
pub mod cost;
pub mod duplication;
pub mod entrenchment;
pub mod inequity;
pub mod movement;
pub mod networks;
mod parts;
pub mod security;
pub mod reviews;
pub mod support;
pub mod trust;

pub use concentration::{gini, gini_by_need, herfindahl, top_share};
pub use entropy::{Theil, evenness, theil};
pub use parts::{Dimension, Part, PartMeasure, by_part};
pub use rank::kendall;

use crate::record::History;
use crate::record::rows::Row;

/// The subject of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Incumbents keep money, capacity and mandates.
    Entrenchment,
    /// Differences between regions.
    Inequity,
    /// Work that repeats existing work.
    Duplication,
    /// Help for volunteers.
    Support,
    /// Results of the movement.
    Movement,
    /// Overhead of the movement.
    Cost,
    /// Misconduct and its effects.
    Trust,
    /// Security of next year's money and staff.
    Security,
    /// Cooperation and specialisation.
    Networks,
}

impl Group {
    /// All groups, in order.
    pub const ALL: [Group; 9] = [
        Group::Entrenchment,
        Group::Inequity,
        Group::Duplication,
        Group::Support,
        Group::Movement,
        Group::Cost,
        Group::Trust,
        Group::Security,
        Group::Networks,
    ];

    /// Its name in texts.
    pub fn words(self) -> &'static str {
        match self {
            Group::Entrenchment => "entrenchment",
            Group::Inequity => "regional inequity",
            Group::Duplication => "duplicated effort",
            Group::Support => "support",
            Group::Movement => "the movement",
            Group::Cost => "the cost of running",
            Group::Trust => "trust",
            Group::Security => "security",
            Group::Networks => "networks",
        }
    }
}

/// Which direction of a measure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Higher values are better.
    Higher,
    /// Lower values are better.
    Lower,
    /// Neither direction is better.
    Neutral,
}

/// One measure: a number for each year of a trial.
pub struct Measure {
    /// Its identifier in files and scenarios.
    pub key: &'static str,
    /// Its subject.
    pub group: Group,
    /// Whether it is one of the headlines.
    pub headline: bool,
    /// Its name in texts: a few words.
    pub title: &'static str,
    /// Its definition in one or two sentences.
    pub meaning: &'static str,
    /// The formula in words and symbols.
    pub formula: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Smallest and largest possible value.
    pub range: (f64, f64),
    /// Which direction is better.
    pub direction: Direction,
    /// The source of the definition.
    pub source: &'static str,
    /// An example, computed by hand.
    pub example: &'static str,
    /// Computes the values of years 0, 1, …; NaN where the measure is not defined.
    pub values: fn(&History) -> Vec<f64>,
}

impl Measure {
    /// Its values in years 0, 1, … of a history; NaN where the measure is not defined.
    pub fn of(&self, history: &History) -> Vec<f64> {
        (self.values)(history)
    }

    /// The absolute measure that stands beside it, if it is a headline that is a ratio: a ratio may improve because there is
    /// less to count, so that a change of it is better only where its companion is no worse.
    pub fn companion(&self) -> Option<&'static Measure> {
        COMPANIONS.iter().find(|(ratio, _)| ratio.key == self.key).map(|&(_, companion)| companion)
    }

    /// The smallest difference of its mean from a reference value that matters, in its unit: 0.03 of a share or an index
    /// between 0 and 1, a tenth of the reference otherwise. Source: a choice.
    pub fn matters(&self, reference: f64) -> f64 {
        if self.range == (0.0, 1.0) { MATTERS_OF_SHARES } else { (reference * MATTERS_OF_OTHERS).abs() }
    }

    /// Whether each value is 1 (yes) or 0 (no), so that the mean over trials is a share of trials.
    pub fn yes_or_no(&self) -> bool {
        self.unit == "share of trials"
    }
}

/// All measures, in the order of the tables: the most important ones first, then group by group.
pub static MEASURES: &[&Measure] = &[
    &entrenchment::INCUMBENT_SHARE,
    &inequity::SERVICE_GAP,
    &duplication::DUPLICATED_SHARE,
    &support::NEED_MET,
    &support::PEOPLE_HELPED,
    &support::VOLUNTEERS,
    &movement::SOLVED_NEEDS,
    &entrenchment::CAPACITY_OUTSIDE_INCUMBENTS,
    &inequity::WORST_SERVICE,
    &support::TIME_TO_FIRST_HELP,
    &entrenchment::INCUMBENT_SHARE_AFFILIATES,
    &entrenchment::TOP5_SHARE,
    &entrenchment::DRAWN_SHARE,
    &entrenchment::INCUMBENT_MANDATE_SHARE,
    &entrenchment::LAG,
    &entrenchment::LAGGING_YEARS,
    &entrenchment::LAGGING_SHARE,
    &entrenchment::RANK_PERSISTENCE,
    &entrenchment::GRANTS_HHI,
    &entrenchment::RETURNING_SHARE,
    &entrenchment::MANDATE_TURNOVER,
    &entrenchment::MANDATE_TENURE,
    &entrenchment::APPROACH_DIVERSITY,
    &entrenchment::APPROACH_DIVERSITY_SERVED,
    &entrenchment::NEW_SHARE,
    &entrenchment::LOBBYING_WON,
    &inequity::EXPERTISE_GINI,
    &inequity::NEED_MET_UNDERSERVED,
    &inequity::NEED_MET_LOW_CAPACITY,
    &inequity::MOVEMENT_MONEY_THEIL,
    &inequity::MONEY_THEIL_BETWEEN,
    &inequity::MONEY_THEIL_WITHIN,
    &inequity::MANDATES_SPREAD,
    &inequity::CAPACITY_GINI,
    &inequity::EXPERTISE_GINI_REGIONS,
    &duplication::REUSE_RATE,
    &duplication::NOT_FOUND,
    &duplication::NOT_PACKAGED,
    &duplication::NOT_INVENTED_HERE,
    &duplication::SAME_TIME,
    &duplication::DUPLICATED_PER_SOLVED,
    &duplication::AVOIDED_SHARE,
    &duplication::REUSE_RATE_ACROSS,
    &duplication::PACKAGED,
    &duplication::ADAPTATIONS_PER_MATERIAL,
    &duplication::TIME_TO_SOLUTION,
    &duplication::TIME_TO_SOLUTION_SMALL,
    &duplication::UNSOLVED,
    &duplication::UNSOLVED_SMALL,
    &duplication::SMALL_SOLVED_SHARE,
    &duplication::SMALL_ADAPTED_SHARE,
    &support::NEED_MET_HIGH_PRIORITY,
    &support::NEED_MET_LOW_PRIORITY,
    &support::NEED_MET_GAP_PRIORITY,
    &support::NEED_MET_NEW_HUBS,
    &support::NEVER_HELPED,
    &support::TIME_TO_FIRST_HELP_NEW,
    &support::BOUNCES,
    &support::SERVED_ACROSS,
    &support::RETAINED,
    &support::SKILL,
    &movement::SOLVED_PER_FTE,
    &movement::COVERAGE,
    &movement::GROWTH_OF_SMALL,
    &movement::SHARE_OF_SMALL,
    &movement::EXPERTISE_LOWEST,
    &movement::QUALITY_AFTER_JUMP,
    &movement::NEW_THEME_DELAY,
    &movement::TAKEN_UP,
    &movement::STALLED,
    &movement::RUIN,
    &reviews::REVIEW_OUTCOMES,
    &cost::COORDINATION_SHARE,
    &cost::APPLYING_SHARE,
    &cost::DECIDING_SHARE,
    &cost::OVERSIGHT_SHARE,
    &cost::MONEY_AWARDED,
    &cost::MONEY_FOR_HUBS,
    &cost::MONEY_HANDED_OVER,
    &cost::PLEDGED_WORK,
    &cost::COST_PER_PERSON_HELPED,
    &cost::CONFLICTS,
    &cost::CONTESTED,
    &cost::MONEY_UNSPENT,
    &cost::SERVICE_FORGONE,
    &trust::MANDATE_MISCONDUCT,
    &trust::ORGANISATION_MISCONDUCT,
    &trust::SERVICE_PER_MANDATE,
    &trust::TIME_TO_STOP,
    &trust::HARM,
    &security::SECURED_HUBS,
    &security::SECURED_OTHERS,
    &security::STAFF_TURNOVER,
    &security::HUB_STAFF_TURNOVER,
    &security::INTERRUPTIONS,
    &networks::JOINT_SHARE,
    &networks::LINKS,
    &networks::FOUNDATION_FOCUS,
    &networks::OTHERS_FOCUS,
];

/// The smallest difference that matters of a share or an index between 0 and 1.
const MATTERS_OF_SHARES: f64 = 0.03;
/// The smallest difference that matters of other measures, as a share of the value compared with.
const MATTERS_OF_OTHERS: f64 = 0.1;

/// The headlines that are ratios, each with the absolute measure that a change of it could hide.
static COMPANIONS: [(&Measure, &Measure); 4] = [
    (&entrenchment::INCUMBENT_SHARE, &entrenchment::CAPACITY_OUTSIDE_INCUMBENTS),
    (&inequity::SERVICE_GAP, &inequity::WORST_SERVICE),
    (&duplication::DUPLICATED_SHARE, &movement::SOLVED_NEEDS),
    (&support::NEED_MET, &support::PEOPLE_HELPED),
];

/// The measure with a key.
pub fn measure(key: &str) -> Option<&'static Measure> {
    MEASURES.iter().copied().find(|measure| measure.key == key)
}

/// The position in [`MEASURES`] of the measure with a key.
pub fn position(key: &str) -> Option<usize> {
    MEASURES.iter().position(|measure| measure.key == key)
}

/// The values of all measures: `[year][measure]`, NaN where a measure is not defined.
pub fn measure_all(history: &History) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> = MEASURES.iter().map(|measure| measure.of(history)).collect();
    let years = history.movement.len();
    (0..years).map(|year| columns.iter().map(|column| column[year]).collect()).collect()
}

/// The range of rows of each year. `rows` must be sorted by year.
fn rows_by_year<R: Row>(history: &History, rows: &[R]) -> Vec<std::ops::Range<usize>> {
    let years = history.movement.len() as u32;
    let mut start = 0;
    (0..years)
        .map(|year| {
            let end = start + rows[start..].partition_point(|row| row.year() <= year);
            let range = start..end;
            start = end;
            range
        })
        .collect()
}

/// One value for each year, computed from the rows of that year.
fn yearly<R: Row>(history: &History, rows: &[R], value: impl Fn(&[R]) -> f64) -> Vec<f64> {
    rows_by_year(history, rows).into_iter().map(|range| value(&rows[range])).collect()
}

/// The share of a year's requests that is met; at most 1.
///
/// A request made late in a year may be met in the next one, so that in a very small scenario the help of a year can exceed
/// its requests.
fn share_met(help: f64, requests: f64) -> f64 {
    at_most(1.0, ratio(help, requests))
}

/// The smaller of a limit and a value. Unlike `f64::min`, it keeps a value that is NaN.
fn at_most(limit: f64, value: f64) -> f64 {
    if value > limit { limit } else { value }
}

/// A part divided by a whole; NaN if the whole is not positive.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { f64::NAN }
}

#[cfg(test)]
mod tests;
