//! Entrenchment: who has it keeps it.

use crate::metric::{Direction, Group, Measure, by_year, ratio, top_share};
use crate::observe::{History, OrganisationRow};

/// Headline: the part of all capacity that year 0's largest still hold.
///
/// ```
/// use hubsim::metric::entrenchment::INCUMBENT_SHARE;
/// use hubsim::observe::{History, OrganisationRow};
///
/// let chapter = |(id, staff)| OrganisationRow { staff, ..OrganisationRow::chapter(id) };
/// let year = |staff: [f64; 3]| [(0, staff[0]), (1, staff[1]), (2, staff[2])].map(chapter);
/// let history = History::default().with(0, year([6.0, 3.0, 1.0])).with(1, year([5.0, 4.0, 1.0]));
/// assert_eq!(INCUMBENT_SHARE.of(&history), [0.6, 0.5]);
/// ```
pub static INCUMBENT_SHARE: Measure = Measure {
    key: "incumbent_share",
    group: Group::Entrenchment,
    headline: true,
    title: "Incumbent share",
    meaning: "Share of all affiliates' capacity (staff, that of mandates included, and volunteers' work) held by the \
              fewest organisations that together held half of it in year 0. Those that ended hold nothing.",
    formula: "Σ capacity of the cohort in year t ÷ Σ capacity of all affiliates in year t",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "incumbency over a cohort fixed in year 0; the foundation is left out",
    example: "Capacities 6, 3, 1 in year 0: the cohort is the first alone, 0.6. Later 5, 4, 1: 0.5.",
    values: |history| {
        let years = affiliates(history);
        let mut start: Vec<(f64, u32)> = years.first().map_or(Vec::new(), |year| year.clone());
        start.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let half = start.iter().map(|&(capacity, _)| capacity).sum::<f64>() / 2.0;
        let mut held = 0.0;
        let mut cohort: Vec<u32> = Vec::new();
        for (capacity, organisation) in start {
            if held >= half {
                break;
            }
            held += capacity;
            cohort.push(organisation);
        }
        cohort.sort_unstable();
        let share = |year: &Vec<(f64, u32)>| {
            let mine = year.iter().filter(|(_, o)| cohort.binary_search(o).is_ok()).map(|&(c, _)| c).sum();
            ratio(mine, year.iter().map(|&(c, _)| c).sum())
        };
        years.iter().map(share).collect()
    },
};

/// How much of the grants goes to the five largest grantees.
///
/// ```
/// use hubsim::metric::entrenchment::TOP5_SHARE;
/// use hubsim::observe::{History, OrganisationRow};
///
/// let chapter = |grants| OrganisationRow { grants, ..OrganisationRow::chapter(0) };
/// let grants = [5.0, 4.0, 3.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
/// assert_eq!(TOP5_SHARE.of(&History::default().with(1, grants.map(chapter)))[1], 0.75);
/// ```
pub static TOP5_SHARE: Measure = Measure {
    key: "top5_share",
    group: Group::Entrenchment,
    headline: false,
    title: "Top-5 share of grants",
    meaning: "Share of the year's grants (without hub money) that goes to the five organisations that get most.",
    formula: "Σ of the five largest grants ÷ Σ of all grants",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "concentration ratio CR₅",
    example: "Grants of 5, 4, 3, 2, 1 and five of 1 each: 15 ÷ 20 = 0.75.",
    values: |history| {
        let years = by_year(history, &history.organisations);
        let share = |(t, rows): (usize, std::ops::Range<usize>)| match t {
            0 => f64::NAN,
            _ => top_share(history.organisations[rows].iter().map(|o| o.grants).collect(), 5),
        };
        years.into_iter().enumerate().map(share).collect()
    },
};

/// Capacity and id of each affiliate, by year.
fn affiliates(history: &History) -> Vec<Vec<(f64, u32)>> {
    let capacity = |o: &OrganisationRow| (o.staff + o.labour, o.organisation);
    let affiliate = |o: &&OrganisationRow| o.affiliate();
    let years = by_year(history, &history.organisations).into_iter();
    years.map(|rows| history.organisations[rows].iter().filter(affiliate).map(capacity).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::MovementRow;
    use crate::policy::levers::OrganisationKind;

    fn history(years: &[&[(u32, f64, f64)]]) -> History {
        let mut history = History::default();
        for (year, rows) in years.iter().enumerate() {
            let year = year as u32;
            history.movement.push(MovementRow { year, ..Default::default() });
            for &(organisation, staff, grants) in *rows {
                let kind = OrganisationKind::Chapter as u32;
                history.organisations.push(OrganisationRow {
                    year,
                    organisation,
                    staff,
                    grants,
                    kind,
                    ..Default::default()
                });
            }
        }
        history
    }

    #[test]
    fn the_cohort_is_fixed_in_year_0_and_counts_those_who_ended() {
        let history = history(&[
            &[(0, 3.0, 0.0), (1, 6.0, 0.0), (2, 1.0, 0.0)],
            &[(0, 4.0, 0.0), (1, 5.0, 0.0), (2, 1.0, 0.0)],
            &[(0, 4.0, 0.0), (2, 1.0, 0.0)],
        ]);
        assert_eq!((INCUMBENT_SHARE.values)(&history), [0.6, 0.5, 0.0]);
    }

    #[test]
    fn the_top_five_are_those_of_the_year() {
        let grants = [5.0, 4.0, 3.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        let rows: Vec<(u32, f64, f64)> = grants.iter().enumerate().map(|(i, &g)| (i as u32, 1.0, g)).collect();
        let values = (TOP5_SHARE.values)(&history(&[&rows, &rows]));
        assert!(values[0].is_nan());
        assert!((values[1] - 0.75).abs() < 1e-12);
    }
}
