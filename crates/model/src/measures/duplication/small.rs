//! Solutions of small organisations: whether they start from scratch.

use crate::measures::cohort::{of_cohort, small_affiliates};
use crate::measures::{Direction, Group, Measure, ratio, yearly};
use crate::record::{OrganisationRow, RegionRow};

/// How often small organisations adapt instead of building.
///
/// ```
/// use hubsim_model::measures::duplication::SMALL_ADAPTED_SHARE;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |id, staff, built, adapted| OrganisationRow { staff, built, adapted, ..OrganisationRow::chapter(id) };
/// let history = History::default().with(0, [chapter(0, 9.0, 0, 0), chapter(1, 1.0, 0, 0)]);
/// assert_eq!(SMALL_ADAPTED_SHARE.of(&history.with(1, [chapter(0, 9.0, 8, 8), chapter(1, 2.0, 3, 1)]))[1], 0.25);
/// ```
pub static SMALL_ADAPTED_SHARE: Measure = Measure {
    key: "small_adapted_share",
    group: Group::Duplication,
    headline: false,
    title: "Adapted by small organisations",
    meaning: "Of the year's solutions of the affiliates that were small in year 0, for their mandates included, the share that \
              adapts a material of others instead of building one. Small: the lower half by staff. Empty where they have made \
              none, as in year 0. They may also adapt more because they can build less: the share of their needs that is \
              solved stands beside it.",
    formula: "adapted ÷ (adapted + built), over the cohort",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "as the reuse rate; the cohort of the growth of the small",
    example: "The small one of two builds 3 and adapts 1: 0.25.",
    values: |history| {
        let small = small_affiliates(history);
        yearly(history, &history.organisations, |rows| {
            let total = |value: fn(&OrganisationRow) -> u32| of_cohort(rows, &small).map(|o| f64::from(value(o))).sum();
            let (adapted, built): (f64, f64) = (total(|o| o.adapted), total(|o| o.built));
            if rows.first().is_some_and(|row| row.year == 0) { f64::NAN } else { ratio(adapted, adapted + built) }
        })
    },
};

/// The share of small organisations' needs that is solved in time.
///
/// ```
/// use hubsim_model::measures::duplication::SMALL_SOLVED_SHARE;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = RegionRow { small_solution_waits: 4.0, small_solution_never: 3.0, ..Default::default() };
/// assert_eq!(SMALL_SOLVED_SHARE.of(&History::default().with(0, [region])), [0.25]);
/// ```
pub static SMALL_SOLVED_SHARE: Measure = Measure {
    key: "small_solved_share",
    group: Group::Duplication,
    headline: false,
    title: "Solved for small organisations",
    meaning: "Of the needs of communities of small organisations whose wait for a solution ended in the year, the share that was \
              solved within 20 quarters. Small: with no more staff than the median affiliate of year 0, then or, where they \
              formed later, at their birth.",
    formula: "1 − needs of these never solved ÷ needs of these whose wait ended, by people",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "the complement of the share never solved; a wait ends with a solution, with the need, or after 20 quarters",
    example: "Four needs of a million people each, three of them never solved: 0.25.",
    values: |history| {
        let sum = |rows: &[RegionRow], value: fn(&RegionRow) -> f64| rows.iter().map(value).sum::<f64>();
        yearly(history, &history.regions, |rows| {
            1.0 - ratio(sum(rows, |r| r.small_solution_never), sum(rows, |r| r.small_solution_waits))
        })
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::duplication::UNSOLVED_SMALL;
    use crate::record::History;

    #[test]
    fn only_the_small_of_year_0_count() {
        let chapter =
            |id, staff, built, adapted| OrganisationRow { staff, built, adapted, ..OrganisationRow::chapter(id) };
        let foundation = OrganisationRow { organisation: 7, built: 50, ..Default::default() };
        let history = History::default()
            .with(0, [chapter(0, 9.0, 4, 0), chapter(1, 1.0, 4, 4), chapter(2, 1.0, 0, 0), foundation])
            .with(1, [chapter(0, 9.0, 9, 0), chapter(1, 8.0, 1, 2), chapter(2, 0.0, 1, 0), chapter(3, 0.5, 9, 0)])
            .with(2, [chapter(0, 9.0, 9, 0), chapter(3, 0.5, 9, 9)]);
        let values = SMALL_ADAPTED_SHARE.of(&history);
        assert!(values[0].is_nan() && values[2].is_nan(), "year 0 has no flows; the small have ended in year 2");
        assert_eq!(values[1], 0.5);
    }

    #[test]
    fn solved_and_never_solved_add_up_to_1() {
        let row = |small_solution_waits, small_solution_never| RegionRow {
            small_solution_waits,
            small_solution_never,
            ..Default::default()
        };
        let history = History::default().with(0, [row(3.0, 1.0), row(5.0, 1.0)]).with(1, [row(0.0, 0.0)]);
        let (solved, never) = (SMALL_SOLVED_SHARE.of(&history), UNSOLVED_SMALL.of(&history));
        assert_eq!((solved[0], never[0]), (0.75, 0.25));
        assert!(solved[1].is_nan());
    }
}
