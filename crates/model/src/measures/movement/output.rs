//! Output: productivity, coverage of needs, uptake by others, blocked work.

use super::sum;
use crate::measures::{Direction, Group, Measure, ratio, share_met};
use crate::record::MovementRow;
use crate::units::QUARTERS_PER_YEAR;

/// Solved needs relative to all work.
///
/// ```
/// use hubsim_model::measures::movement::SOLVED_PER_FTE;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { solved: 9000.0, work: 1200.0, ..Default::default() };
/// assert_eq!(SOLVED_PER_FTE.of(&History::default().with(0, [row])), [30.0]);
/// ```
pub static SOLVED_PER_FTE: Measure = Measure {
    key: "solved_per_fte",
    group: Group::Movement,
    headline: false,
    title: "Solved needs per FTE",
    meaning: "Solved needs of the year for each full-time equivalent of all work there is, on whatever it is spent: what \
              running the movement costs is taken off what it achieves.",
    formula: "solved needs ÷ (all work in FTE-quarters ÷ 4)",
    unit: "million person-problems/FTE-year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "productivity: output over all labour, overhead included",
    example: "9,000 solved with 1,200 FTE-quarters of work, 300 FTE for a year: 30.",
    values: |history| {
        history.movement.iter().map(|row| ratio(row.solved, row.work / f64::from(QUARTERS_PER_YEAR))).collect()
    },
};

/// The share of open needs that is solved.
///
/// ```
/// use hubsim_model::measures::movement::COVERAGE;
/// use hubsim_model::record::{History, RegionRow};
///
/// let regions = [(300.0, 9.0), (100.0, 11.0)].map(|(needs, covered)| RegionRow { needs, covered, ..Default::default() });
/// assert_eq!(COVERAGE.of(&History::default().with(0, regions)), [0.05]);
/// ```
pub static COVERAGE: Measure = Measure {
    key: "coverage",
    group: Group::Movement,
    headline: false,
    title: "Coverage",
    meaning: "Share of the needs of communities that are open at the end of the year, by people, that is solved, weighted by \
              the quality of the solution.",
    formula: "Σ quality × people over open needs that are solved ÷ Σ people over open needs",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "a stock, so that year 0 has it too; open means that it still matters, solved or not",
    example: "Needs of 300 and 100 million person-problems, 9 and 11 of them solved: 20 ÷ 400 = 0.05.",
    values: |history| {
        let covered = sum(history, |r| r.covered).into_iter();
        covered.zip(sum(history, |r| r.needs)).map(|(covered, needs)| ratio(covered, needs)).collect()
    },
};

/// Adaptations by outside organisations.
///
/// ```
/// use hubsim_model::measures::movement::TAKEN_UP;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { taken_up: 17, ..Default::default() };
/// assert_eq!(TAKEN_UP.of(&History::default().with(1, [row]))[1], 17.0);
/// ```
pub static TAKEN_UP: Measure = Measure {
    key: "taken_up",
    group: Group::Movement,
    headline: false,
    title: "Taken up outside the movement",
    meaning: "Adaptations in the year of the movement's materials by free-knowledge organisations and partners outside it.",
    formula: "number of adaptations by outside organisations",
    unit: "materials/year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "external uptake",
    example: "Outsiders adapt 17 materials: 17.",
    values: |history| {
        let taken_up = |row: &MovementRow| if row.year == 0 { f64::NAN } else { f64::from(row.taken_up) };
        history.movement.iter().map(taken_up).collect()
    },
};

/// How often work is blocked because a material of another theme is missing.
///
/// ```
/// use hubsim_model::measures::movement::STALLED;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { dependent: 80, hindered: 20, ..Default::default() };
/// assert_eq!(STALLED.of(&History::default().with(0, [row])), [0.25]);
/// ```
pub static STALLED: Measure = Measure {
    key: "stalled",
    group: Group::Movement,
    headline: false,
    title: "Stalled by dependencies",
    meaning: "Of the builds that need a material of another theme first, the share that reaches the point where it is needed \
              and does not find it: they wait, or do without it at lower quality.",
    formula: "builds of the year that were blocked by its absence ÷ builds begun in the year that need one; at most 1",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "dependencies between teams; a build begun late in a year may be blocked in the next",
    example: "80 builds begun that need another theme's material, 20 that found it missing: 0.25.",
    values: |history| {
        let stalled = |row: &MovementRow| share_met(f64::from(row.hindered), f64::from(row.dependent));
        history.movement.iter().map(stalled).collect()
    },
};
