//! Measures: rows in, numbers out. A measure never sees the world.

use crate::observe::History;

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

/// All measures, in the order of the tables.
pub static MEASURES: &[&Measure] = &[];

/// The measure of a key.
pub fn measure(key: &str) -> Option<&'static Measure> {
    MEASURES.iter().copied().find(|measure| measure.key == key)
}

/// Every measure of every year: `[year][measure]`, NaN where there is none.
pub fn measure_all(history: &History) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> = MEASURES.iter().map(|measure| (measure.values)(history)).collect();
    let years = history.movement.len();
    (0..years).map(|year| columns.iter().map(|column| column[year]).collect()).collect()
}
