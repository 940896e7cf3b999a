//! Results of the movement.

mod output;
mod renewal;
mod small;

use crate::measures::{Direction, Group, Measure, yearly};
use crate::record::{History, RegionRow};

pub use output::{COVERAGE, SOLVED_PER_FTE, STALLED, TAKEN_UP};
pub use renewal::{EXPERTISE_LOWEST, NEW_THEME_DELAY, QUALITY_AFTER_JUMP};
pub use small::{GROWTH_OF_SMALL, SHARE_OF_SMALL};

/// Solved needs of communities.
///
/// ```
/// use hubsim_model::measures::movement::SOLVED_NEEDS;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { solved: 0.5 * 4.0 + 0.5 * 4.0, ..Default::default() };
/// assert_eq!(SOLVED_NEEDS.of(&History::default().with(0, [row])), [4.0]);
/// ```
pub static SOLVED_NEEDS: Measure = Measure {
    key: "solved_needs",
    group: Group::Movement,
    headline: true,
    title: "Solved needs",
    meaning: "Problems solved for communities in the year, weighted by the quality of the solution and the people of \
              the community.",
    formula: "Σ quality (0–1) × people over problems solved for a community",
    unit: "million person-problems/year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "an outcome counts in the community that has it, not in the organisation that made it",
    example: "Two problems solved with quality 0.5 for a community of 4 million: 4.",
    values: |history| history.movement.iter().map(|row| row.solved).collect(),
};

/// Whether the movement has collapsed; the mean over trials is the share of collapsed ones.
///
/// ```
/// use hubsim_model::measures::movement::RUIN;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = |volunteers, help| [RegionRow { volunteers, help, ..Default::default() }];
/// let history = History::default().with(0, region(1000.0, f64::NAN)).with(1, region(1000.0, 40.0));
/// assert_eq!(RUIN.of(&history.with(2, region(900.0, 19.0))), [0.0, 0.0, 1.0]);
/// ```
pub static RUIN: Measure = Measure {
    key: "ruin",
    group: Group::Movement,
    headline: false,
    title: "Ruin",
    meaning: "Whether volunteers, or the help given in the year, are below half of their level at the start: 1 if \
              so, else 0. Its mean over trials is the share of trials in ruin.",
    formula: "1 if volunteers in year t < ½ × in year 0, or effect of help in year t < ½ × in year 1; else 0",
    unit: "share of trials",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "a fall by half is far outside what the world around the movement brings; assumed",
    example: "1,000 volunteers and 40 helped at the start, later 900 and 19: 1, because 19 < 20.",
    values: |history| {
        let (volunteers, help) = (sum(history, |r| r.volunteers), sum(history, |r| r.help));
        let fallen = |values: &[f64], start: usize, t: usize| {
            values.get(start).is_some_and(|first| t >= start && values[t] < 0.5 * first)
        };
        let ruined = |t| fallen(&volunteers, 0, t) || fallen(&help, 1, t);
        (0..volunteers.len()).map(|t| f64::from(u8::from(ruined(t)))).collect()
    },
};

/// The sum over regions for each year.
fn sum(history: &History, value: fn(&RegionRow) -> f64) -> Vec<f64> {
    yearly(history, &history.regions, |rows| rows.iter().map(value).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::MovementRow;

    fn history(years: &[(f64, f64)]) -> History {
        let mut history = History::default();
        for (year, &(volunteers, help)) in (0..).zip(years) {
            history.movement.push(MovementRow { year, ..Default::default() });
            for part in [0.25, 0.75] {
                let (volunteers, help) = (part * volunteers, part * help);
                history.regions.push(RegionRow { year, volunteers, help, ..Default::default() });
            }
        }
        history
    }

    #[test]
    fn ruin_is_a_fall_of_volunteers_or_help_below_half() {
        let none = f64::NAN;
        let values = |years: &[(f64, f64)]| (RUIN.values)(&history(years));
        assert_eq!(values(&[(1000.0, none), (1000.0, 40.0), (900.0, 19.0)]), [0.0, 0.0, 1.0], "the worked example");
        assert_eq!(values(&[(1000.0, none), (500.0, 40.0), (499.0, 40.0)]), [0.0, 0.0, 1.0]);
        assert_eq!(
            values(&[(1000.0, none), (499.0, 40.0), (800.0, 20.0)]),
            [0.0, 1.0, 0.0],
            "a recovery ends the ruin"
        );
        assert_eq!(values(&[(0.0, none), (0.0, 0.0)]), [0.0, 0.0], "zero cannot fall");
        assert_eq!(values(&[(10.0, none)]), [0.0]);
    }
}
