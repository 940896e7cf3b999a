//! Duplicated effort: work that repeats existing work, by cause.

mod sharing;
mod small;
mod waiting;

use crate::measures::{Direction, Group, Measure, ratio};
use crate::record::{History, MovementRow};

pub use sharing::{ADAPTATIONS_PER_MATERIAL, AVOIDED_SHARE, DUPLICATED_PER_SOLVED, PACKAGED, REUSE_RATE_ACROSS};
pub use small::{SMALL_ADAPTED_SHARE, SMALL_SOLVED_SHARE};
pub use waiting::{TIME_TO_SOLUTION, TIME_TO_SOLUTION_SMALL, UNSOLVED, UNSOLVED_SMALL};

/// Headline: the share of production work that is duplicated.
///
/// ```
/// use hubsim_model::measures::duplication::DUPLICATED_SHARE;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { production_work: 100.0, duplicated_not_found: 7.0, ..Default::default() };
/// assert_eq!(DUPLICATED_SHARE.of(&History::default().with(0, [row])), [0.07]);
/// ```
pub static DUPLICATED_SHARE: Measure = Measure {
    key: "duplicated_share",
    group: Group::Duplication,
    headline: true,
    title: "Duplicated share of production work",
    meaning: "Share of all production work that would not have been needed had what existed, or was under way, been \
              found, packaged and adapted. Counted by the true state, not by what the producer knew.",
    formula: "Σ (work to build − work to adapt it as if packaged) over duplicating builds ÷ Σ production work",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "redundant development: Ren et al. 2019, Li et al. 2020",
    example: "100 FTE-quarters of production, of which one build of 10 where adapting would have cost 3: 0.07.",
    values: |history| each(history, |row| ratio(duplicated(row), row.production_work)),
};

macro_rules! duplicated_by_cause {
    ($(#[$meta:meta])* $name:ident, $key:literal, $field:ident, $title:literal, $meaning:literal) => {
        $(#[$meta])*
        pub static $name: Measure = Measure {
            key: $key,
            group: Group::Duplication,
            headline: false,
            title: $title,
            meaning: $meaning,
            formula: "Σ duplicated work of this cause ÷ Σ production work",
            unit: "share",
            range: (0.0, 1.0),
            direction: Direction::Lower,
            source: "as the duplicated share, of which the four causes are the parts",
            example: "100 FTE-quarters of production, 7 of them duplicated for this cause: 0.07.",
            values: |history| each(history, |row| ratio(row.$field, row.production_work)),
        };
    };
}

duplicated_by_cause!(
    /// Duplicated because the producer did not find the existing material.
    ///
    /// ```
    /// use hubsim_model::measures::duplication::NOT_FOUND;
    /// use hubsim_model::record::{History, MovementRow};
    ///
    /// let row = MovementRow { production_work: 100.0, duplicated_not_found: 7.0, ..Default::default() };
    /// assert_eq!(NOT_FOUND.of(&History::default().with(0, [row])), [0.07]);
    /// ```
    NOT_FOUND, "duplicated_not_found", duplicated_not_found, "Duplicated: not found",
    "Share of production work duplicated because a usable material existed and was not found."
);
duplicated_by_cause!(
    /// Duplicated because adapting was too expensive.
    ///
    /// ```
    /// use hubsim_model::measures::duplication::NOT_PACKAGED;
    /// use hubsim_model::record::{History, MovementRow};
    ///
    /// let row = MovementRow { production_work: 100.0, duplicated_not_packaged: 7.0, ..Default::default() };
    /// assert_eq!(NOT_PACKAGED.of(&History::default().with(0, [row])), [0.07]);
    /// ```
    NOT_PACKAGED, "duplicated_not_packaged", duplicated_not_packaged, "Duplicated: not packaged",
    "Share of production work duplicated because what was found was not packaged, and adapting it cost more than building."
);
duplicated_by_cause!(
    /// Duplicated because the producer preferred its own material.
    ///
    /// ```
    /// use hubsim_model::measures::duplication::NOT_INVENTED_HERE;
    /// use hubsim_model::record::{History, MovementRow};
    ///
    /// let row = MovementRow { production_work: 100.0, duplicated_not_invented_here: 7.0, ..Default::default() };
    /// assert_eq!(NOT_INVENTED_HERE.of(&History::default().with(0, [row])), [0.07]);
    /// ```
    NOT_INVENTED_HERE, "duplicated_not_invented_here", duplicated_not_invented_here, "Duplicated: not invented here",
    "Share of production work duplicated because the producer knew what existed and insisted on its own."
);
duplicated_by_cause!(
    /// Duplicated because others were building at the same time.
    ///
    /// ```
    /// use hubsim_model::measures::duplication::SAME_TIME;
    /// use hubsim_model::record::{History, MovementRow};
    ///
    /// let row = MovementRow { production_work: 100.0, duplicated_same_time: 7.0, ..Default::default() };
    /// assert_eq!(SAME_TIME.of(&History::default().with(0, [row])), [0.07]);
    /// ```
    SAME_TIME, "duplicated_same_time", duplicated_same_time, "Duplicated: at the same time",
    "Share of production work duplicated because others were building a usable material at the same time."
);

/// How often a solution adapts a material of others.
///
/// ```
/// use hubsim_model::measures::duplication::REUSE_RATE;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { built: 30, reused: 10, ..Default::default() };
/// assert_eq!(REUSE_RATE.of(&History::default().with(0, [row])), [0.25]);
/// ```
pub static REUSE_RATE: Measure = Measure {
    key: "reuse_rate",
    group: Group::Duplication,
    headline: false,
    title: "Reuse rate",
    meaning: "Share of solutions that adapt a material of another organisation instead of building one.",
    formula: "adaptations of others' materials ÷ (those + materials built)",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "reuses ÷ (reuses + developments)",
    example: "30 materials built, 10 of others adapted: 0.25.",
    values: |history| each(history, |row| ratio(f64::from(row.reused), f64::from(row.reused + row.built))),
};

/// Duplicated work of all four causes, FTE-quarters.
fn duplicated(row: &MovementRow) -> f64 {
    row.duplicated_not_found + row.duplicated_not_packaged + row.duplicated_not_invented_here + row.duplicated_same_time
}

/// One value for each year, computed from the row of the movement.
fn each(history: &History, value: impl Fn(&MovementRow) -> f64) -> Vec<f64> {
    history.movement.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_causes_add_up_to_the_duplicated_share() {
        let row = MovementRow {
            production_work: 100.0,
            duplicated_not_found: 4.0,
            duplicated_not_packaged: 8.0,
            duplicated_not_invented_here: 16.0,
            duplicated_same_time: 32.0,
            ..Default::default()
        };
        let history = History::default().with(0, [row]);
        let parts = [&NOT_FOUND, &NOT_PACKAGED, &NOT_INVENTED_HERE, &SAME_TIME].map(|part| part.of(&history)[0]);
        assert_eq!((parts, DUPLICATED_SHARE.of(&history)[0]), ([0.04, 0.08, 0.16, 0.32], 0.6));
    }
}
