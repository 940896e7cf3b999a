//! Measures: rows in, numbers out. A measure never sees the world.

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
pub mod security;
pub mod reviews;
pub mod support;
pub mod trust;

pub use concentration::{gini, gini_by_need, herfindahl, top_share};
pub use entropy::{Theil, evenness, theil};
pub use rank::kendall;

use crate::record::History;
use crate::record::rows::Row;

/// What a measure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Who has it keeps it.
    Entrenchment,
    /// Between regions.
    Inequity,
    /// Work done twice.
    Duplication,
    /// Help and volunteers.
    Support,
    /// What the movement achieves.
    Movement,
    /// What it costs to run it.
    Cost,
    /// Who goes astray, and what that does.
    Trust,
    /// How sure money and people are of the next year.
    Security,
    /// Who works with whom, on what.
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

    /// In words.
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

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    Neutral,
}

/// One measure: a number a year and trial.
pub struct Measure {
    /// Its name in files and scenarios.
    pub key: &'static str,
    /// What it is about.
    pub group: Group,
    /// Whether it is the headline of its group.
    pub headline: bool,
    /// For people: a few words.
    pub title: &'static str,
    /// What it is, in a sentence or two.
    pub meaning: &'static str,
    /// The formula in words and symbols.
    pub formula: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Least and greatest possible value.
    pub range: (f64, f64),
    /// Which way is better.
    pub direction: Direction,
    /// Where the definition comes from.
    pub source: &'static str,
    /// An example worked by hand.
    pub example: &'static str,
    /// The values of years 0, 1, …; NaN where there is none.
    pub values: fn(&History) -> Vec<f64>,
}

impl Measure {
    /// Its values in years 0, 1, … of a history; NaN where there is none.
    pub fn of(&self, history: &History) -> Vec<f64> {
        (self.values)(history)
    }

    /// Whether it says yes (1) or no (0) of a trial, so that its mean is a share of trials.
    pub fn yes_or_no(&self) -> bool {
        self.unit == "share of trials"
    }
}

/// All measures, in the order of the tables: what most is asked of first, then group by group.
pub static MEASURES: &[&Measure] = &[
    &entrenchment::INCUMBENT_SHARE,
    &inequity::SERVICE_GAP,
    &duplication::DUPLICATED_SHARE,
    &support::NEED_MET,
    &support::TIME_TO_FIRST_HELP,
    &entrenchment::TOP5_SHARE,
    &entrenchment::DRAWN_SHARE,
    &entrenchment::INCUMBENT_MANDATE_SHARE,
    &entrenchment::LAG,
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
    &inequity::MONEY_THEIL_BETWEEN,
    &inequity::MONEY_THEIL_WITHIN,
    &inequity::WORST_SERVICE,
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
    &support::VOLUNTEERS,
    &support::NEED_MET_HIGH_PRIORITY,
    &support::NEED_MET_LOW_PRIORITY,
    &support::NEED_MET_NEW_HUBS,
    &support::NEVER_HELPED,
    &support::TIME_TO_FIRST_HELP_NEW,
    &support::BOUNCES,
    &support::SERVED_ACROSS,
    &support::RETAINED,
    &support::SKILL,
    &movement::SOLVED_NEEDS,
    &movement::SOLVED_PER_FTE,
    &movement::COVERAGE,
    &movement::GROWTH_OF_SMALL,
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
    &cost::CONFLICTS,
    &cost::CONTESTED,
    &cost::MONEY_UNSPENT,
    &cost::SERVICE_FORGONE,
    &trust::MANDATES_ASTRAY,
    &trust::ORGANISATIONS_ASTRAY,
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

/// The measure of a key.
pub fn measure(key: &str) -> Option<&'static Measure> {
    MEASURES.iter().copied().find(|measure| measure.key == key)
}

/// Where the measure of a key stands among [`MEASURES`].
pub fn position(key: &str) -> Option<usize> {
    MEASURES.iter().position(|measure| measure.key == key)
}

/// Every measure of every year: `[year][measure]`, NaN where there is none.
pub fn measure_all(history: &History) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> = MEASURES.iter().map(|measure| measure.of(history)).collect();
    let years = history.movement.len();
    (0..years).map(|year| columns.iter().map(|column| column[year]).collect()).collect()
}

/// The rows of each year, in order; rows are sorted by year.
fn by_year<R: Row>(history: &History, rows: &[R]) -> Vec<std::ops::Range<usize>> {
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

/// A value for each year, from the rows of that year.
fn yearly<R: Row>(history: &History, rows: &[R], value: impl Fn(&[R]) -> f64) -> Vec<f64> {
    by_year(history, rows).into_iter().map(|range| value(&rows[range])).collect()
}

/// Help over requests of a year. Who asked late in a year may be helped in the next, so that in a very small world help
/// can exceed requests: then all that was asked for is met.
fn met(help: f64, requests: f64) -> f64 {
    at_most(1.0, ratio(help, requests))
}

/// A value that cannot be more than something; NaN stays.
fn at_most(most: f64, value: f64) -> f64 {
    if value > most { most } else { value }
}

/// A part of a whole; NaN of nothing.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every measure has a worked example in words, and above it one that is run.
    #[test]
    fn every_measure_has_an_example_that_is_run() {
        let text = sources(concat!(env!("CARGO_MANIFEST_DIR"), "/src/measures").as_ref());
        for measure in MEASURES {
            assert!(!measure.example.is_empty(), "{}", measure.key);
            let at = text.find(&format!("\"{}\"", measure.key)).expect("a key stands in the source");
            let ends = ["\n}", "\n)"].iter().filter_map(|end| text[..at].rfind(end));
            let item = &text[ends.max().unwrap_or(0)..at];
            let run = item.lines().any(|line| line.trim_start().starts_with("/// assert"));
            assert!(run, "{}: no example is run above it", measure.key);
        }
    }

    fn sources(folder: &std::path::Path) -> String {
        let paths = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let text = |path: std::path::PathBuf| match path.is_dir() {
            true => sources(&path),
            false => std::fs::read_to_string(path).expect("text"),
        };
        paths.map(text).collect()
    }

    #[test]
    fn keys_are_unique_and_every_group_has_one_headline_at_most() {
        let mut keys: Vec<&str> = MEASURES.iter().map(|m| m.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), MEASURES.len());
        for group in [Group::Entrenchment, Group::Inequity, Group::Duplication] {
            assert_eq!(MEASURES.iter().filter(|m| m.group == group && m.headline).count(), 1, "{group:?}");
        }
    }
}
