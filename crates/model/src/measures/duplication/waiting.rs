//! How long communities wait for a solution to a need.

use crate::measures::{Direction, Group, Measure, at_most, ratio, yearly};
use crate::record::RegionRow;

macro_rules! measure_of_waits {
    (
        $(#[$meta:meta])* $name:ident, $key:literal, $title:literal, $meaning:literal, $formula:literal, $unit:literal,
        $most:literal, $example:literal, $part:ident / $waits:ident
    ) => {
        $(#[$meta])*
        pub static $name: Measure = Measure {
            key: $key,
            group: Group::Duplication,
            headline: false,
            title: $title,
            meaning: $meaning,
            formula: $formula,
            unit: $unit,
            range: (0.0, $most),
            direction: Direction::Lower,
            source: "restricted mean survival time, cap 20 quarters, beside the share that never saw it; a need is a problem \
                     of a community, counted once, by its people, when its wait ends: solved, gone unsolved, or 20 quarters \
                     old. Small: with no more staff than the median affiliate of year 0, then, or at birth if later",
            example: $example,
            values: |history| {
                let mean = |rows: &[RegionRow]| ratio(sum(rows, |r| r.$part), sum(rows, |r| r.$waits));
                // Sums over people are rounded: if every wait reached the cap, the mean may lie slightly above it.
                yearly(history, &history.regions, |rows| at_most($most, mean(rows)))
            },
        };
    };
}

measure_of_waits!(
    /// Waiting time for a solution, all communities.
    ///
    /// ```
    /// use hubsim_model::measures::duplication::TIME_TO_SOLUTION;
    /// use hubsim_model::record::{History, RegionRow};
    ///
    /// let region = RegionRow { solution_waits: 4.0, solution_wait: 2.0 + 18.0 + 20.0 + 20.0, ..Default::default() };
    /// assert_eq!(TIME_TO_SOLUTION.of(&History::default().with(0, [region])), [15.0]);
    /// ```
    TIME_TO_SOLUTION, "time_to_solution", "Time to solution",
    "Mean wait of communities from when they need something until it is solved, over the waits that ended in the year; at \
     most 20 quarters, which is also the wait of needs that were never solved.",
    "restricted mean of min(wait, 20 quarters) over needs whose wait ended, by people; never solved = 20",
    "quarters", 20.0,
    "Four needs of a million people each: solved after 2 and after 18 quarters, two never: 60 ÷ 4 = 15.",
    solution_wait / solution_waits
);
measure_of_waits!(
    /// Waiting time for a solution, communities of small organisations.
    ///
    /// ```
    /// use hubsim_model::measures::duplication::TIME_TO_SOLUTION_SMALL;
    /// use hubsim_model::record::{History, RegionRow};
    ///
    /// let region = RegionRow { small_solution_waits: 2.0, small_solution_wait: 18.0 + 20.0, ..Default::default() };
    /// assert_eq!(TIME_TO_SOLUTION_SMALL.of(&History::default().with(0, [region])), [19.0]);
    /// ```
    TIME_TO_SOLUTION_SMALL, "time_to_solution_small", "Time to solution, small organisations",
    "The same for the communities of small organisations.",
    "restricted mean of min(wait, 20 quarters) over these needs, by people; never solved = 20",
    "quarters", 20.0,
    "Two needs of a million people each: solved after 18 quarters, never: 38 ÷ 2 = 19.",
    small_solution_wait / small_solution_waits
);
measure_of_waits!(
    /// Share of needs that are never solved, all communities.
    ///
    /// ```
    /// use hubsim_model::measures::duplication::UNSOLVED;
    /// use hubsim_model::record::{History, RegionRow};
    ///
    /// let region = RegionRow { solution_waits: 4.0, solution_never: 2.0, ..Default::default() };
    /// assert_eq!(UNSOLVED.of(&History::default().with(0, [region])), [0.5]);
    /// ```
    UNSOLVED, "unsolved", "Never solved",
    "Of communities' needs whose wait for a solution ended in the year, the share that was not solved within 20 quarters.",
    "needs never solved ÷ needs whose wait ended, by people",
    "share", 1.0,
    "Four needs of a million people each, two of them never solved: 0.5.",
    solution_never / solution_waits
);
measure_of_waits!(
    /// Share of needs that are never solved, communities of small organisations.
    ///
    /// ```
    /// use hubsim_model::measures::duplication::UNSOLVED_SMALL;
    /// use hubsim_model::record::{History, RegionRow};
    ///
    /// let region = RegionRow { small_solution_waits: 4.0, small_solution_never: 3.0, ..Default::default() };
    /// assert_eq!(UNSOLVED_SMALL.of(&History::default().with(0, [region])), [0.75]);
    /// ```
    UNSOLVED_SMALL, "unsolved_small", "Never solved, small organisations",
    "The same for the communities of small organisations.",
    "needs of these never solved ÷ needs of these whose wait ended, by people",
    "share", 1.0,
    "Four needs of a million people each, three of them never solved: 0.75.",
    small_solution_never / small_solution_waits
);

fn sum(rows: &[RegionRow], value: fn(&RegionRow) -> f64) -> f64 {
    rows.iter().map(value).sum()
}
