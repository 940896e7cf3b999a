//! The affiliates that were small in year 0.

use crate::measures::cohort::{of_cohort, small_affiliates};
use crate::measures::{Direction, Group, Measure, ratio, yearly};
use crate::record::{History, OrganisationRow};

/// Capacity of initially small affiliates, relative to year 0.
///
/// ```
/// use hubsim_model::measures::movement::GROWTH_OF_SMALL;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let rows = |staff: &[(u32, f64)]| {
///     let row = |&(id, staff): &(u32, f64)| OrganisationRow { staff, ..OrganisationRow::chapter(id) };
///     staff.iter().map(row).collect::<Vec<_>>()
/// };
/// let start = rows(&[(0, 9.0), (1, 1.0), (2, 1.0), (3, 6.0)]);
/// let history = History::default().with(0, start).with(1, rows(&[(0, 9.0), (1, 3.0), (4, 1.0)]));
/// assert_eq!(GROWTH_OF_SMALL.of(&history), [1.0, 1.5]);
/// ```
pub static GROWTH_OF_SMALL: Measure = Measure {
    key: "growth_of_small",
    group: Group::Movement,
    headline: false,
    title: "Growth of the small",
    meaning: "Capacity (staff, that of mandates included, and volunteers' work) of the affiliates that were small in year 0, \
              relative to what they had then. Small: the lower half by staff. Those that ended have none.",
    formula: "Σ capacity of the cohort in year t ÷ Σ capacity of the cohort in year 0",
    unit: "factor",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "a cohort fixed in year 0, so that neither survival nor newcomers look like growth; with no more staff than the \
             median, the lower of the two in the middle",
    example: "Of 9, 6, 1 and 1 FTE the last two are small. Later one of them has 3 and the other has ended: 3 ÷ 2 = 1.5.",
    values: |history| relative(&held_by_small(history, |_| 1.0)),
};

/// The share of all capacity that initially small affiliates hold, relative to year 0.
///
/// ```
/// use hubsim_model::measures::movement::SHARE_OF_SMALL;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let foundation = |staff| OrganisationRow { staff, ..Default::default() };
/// let chapter = |id, staff| OrganisationRow { staff, ..OrganisationRow::chapter(id) };
/// let history = History::default().with(0, [foundation(12.0), chapter(1, 3.0), chapter(2, 1.0)]);
/// let history = history.with(1, [foundation(10.0), chapter(1, 4.0), chapter(2, 2.0)]);
/// assert_eq!(SHARE_OF_SMALL.of(&history), [1.0, 2.0]);
/// ```
pub static SHARE_OF_SMALL: Measure = Measure {
    key: "share_of_small",
    group: Group::Movement,
    headline: false,
    title: "Share of the small",
    meaning: "Share of the movement's capacity (staff, that of mandates included, and volunteers' work), the foundation's \
              included, held by the affiliates that were small in year 0, relative to their share then: 1 where they grow as \
              fast as the movement. It also rises when the others shrink: their growth stands beside it.",
    formula: "Σ capacity of the cohort ÷ Σ capacity of the foundation and all affiliates, in year t ÷ the same in year 0",
    unit: "factor",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "the cohort of the growth of the small; what the foundation hands over moves inside the measure and not into it",
    example: "The foundation has 12 in year 0, two chapters 3 and 1: the last is small and has 1/16. Later 10, 4 and 2: 1/8, twice \
              as much.",
    values: |history| {
        relative(&held_by_small(history, |rows| {
            let movement = rows.iter().filter(|o| o.of_the_movement());
            movement.map(OrganisationRow::capacity).sum()
        }))
    },
};

/// The capacity of the small in each year, divided by something of that year.
fn held_by_small(history: &History, whole: fn(&[OrganisationRow]) -> f64) -> Vec<f64> {
    let small = small_affiliates(history);
    yearly(history, &history.organisations, |rows| {
        ratio(of_cohort(rows, &small).map(OrganisationRow::capacity).sum(), whole(rows))
    })
}

/// Values relative to that of year 0.
fn relative(values: &[f64]) -> Vec<f64> {
    values.iter().map(|&now| ratio(now, values[0])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapters(staff: &[(u32, f64)]) -> Vec<OrganisationRow> {
        staff.iter().map(|&(id, staff)| OrganisationRow { staff, ..OrganisationRow::chapter(id) }).collect()
    }

    #[test]
    fn the_small_who_ended_hold_nothing_and_newcomers_are_not_of_them() {
        let history = History::default()
            .with(0, chapters(&[(0, 6.0), (1, 1.0), (2, 1.0)]))
            .with(1, chapters(&[(0, 6.0), (3, 2.0)]));
        assert_eq!(SHARE_OF_SMALL.of(&history), [1.0, 0.0]);
        assert_eq!(GROWTH_OF_SMALL.of(&history), [1.0, 0.0]);
    }

    #[test]
    fn the_share_stays_where_all_grow_alike_and_falls_where_the_foundation_grows_more() {
        let foundation = |staff| OrganisationRow { organisation: 9, staff, ..Default::default() };
        let year = |factor: f64, staff| {
            let mut rows = chapters(&[(0, 3.0 * factor), (1, factor)]);
            rows.push(foundation(staff));
            rows
        };
        let history = History::default().with(0, year(1.0, 4.0)).with(1, year(2.0, 8.0)).with(2, year(2.0, 24.0));
        assert_eq!(SHARE_OF_SMALL.of(&history), [1.0, 1.0, 0.5]);
        assert_eq!(GROWTH_OF_SMALL.of(&history), [1.0, 2.0, 2.0]);
    }

    #[test]
    fn without_small_affiliates_both_are_undefined() {
        let history = History::default().with(0, [OrganisationRow { staff: 3.0, ..Default::default() }]);
        assert!(SHARE_OF_SMALL.of(&history)[0].is_nan() && GROWTH_OF_SMALL.of(&history)[0].is_nan());
    }
}
