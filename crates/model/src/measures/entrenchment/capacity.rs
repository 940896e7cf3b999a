//! The distribution of capacity, and its persistence.

use crate::measures::{Direction, Group, Measure, kendall, ratio, yearly};
use crate::record::{History, OrganisationRow};

/// Headline: the share of capacity that the largest organisations of year 0 hold, the foundation among them.
///
/// ```
/// use hubsim_model::measures::entrenchment::INCUMBENT_SHARE;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let foundation = |staff| OrganisationRow { staff, ..Default::default() };
/// let chapter = |id, staff| OrganisationRow { staff, ..OrganisationRow::chapter(id) };
/// let history = History::default().with(0, [foundation(6.0), chapter(1, 3.0), chapter(2, 1.0)]);
/// let history = history.with(1, [foundation(5.0), chapter(1, 4.0), chapter(2, 1.0)]);
/// assert_eq!(INCUMBENT_SHARE.of(&history), [0.6, 0.5]);
/// ```
pub static INCUMBENT_SHARE: Measure = Measure {
    key: "incumbent_share",
    group: Group::Entrenchment,
    headline: true,
    title: "Incumbent share",
    meaning: "Share of the movement's capacity (staff, that of mandates included, and volunteers' work), the \
              foundation's included, held by the fewest organisations that together held half of it in year 0. Those \
              that ended hold nothing.",
    formula: "Σ capacity of the cohort in year t ÷ Σ capacity of the foundation and all affiliates in year t",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "incumbency over a cohort fixed in year 0; the foundation is the largest incumbent, so that what it hands \
             over moves inside the measure and not into it",
    example: "The foundation has 6 in year 0, two chapters 3 and 1: the cohort is the foundation alone, 0.6. Later 5, \
              4, 1: 0.5.",
    values: |history| {
        let cohort = incumbents(history, OrganisationRow::of_the_movement);
        yearly(history, &history.organisations, |rows| {
            share(rows.iter().filter(|o| o.of_the_movement()), &cohort, OrganisationRow::capacity)
        })
    },
};

/// The capacity of everybody who is no incumbent: what a fall of the incumbents' share may hide.
///
/// ```
/// use hubsim_model::measures::entrenchment::CAPACITY_OUTSIDE_INCUMBENTS;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let foundation = |staff| OrganisationRow { staff, ..Default::default() };
/// let chapter = |id, staff| OrganisationRow { staff, ..OrganisationRow::chapter(id) };
/// let history = History::default().with(0, [foundation(6.0), chapter(1, 3.0), chapter(2, 1.0)]);
/// let history = history.with(1, [foundation(2.0), chapter(1, 2.5), chapter(2, 1.0)]);
/// assert_eq!(CAPACITY_OUTSIDE_INCUMBENTS.of(&history), [4.0, 3.5]);
/// ```
pub static CAPACITY_OUTSIDE_INCUMBENTS: Measure = Measure {
    key: "capacity_outside_incumbents",
    group: Group::Entrenchment,
    headline: false,
    title: "Capacity outside the incumbents",
    meaning: "Capacity (staff, that of mandates included, and volunteers' work) of the organisations of the movement \
              outside the fewest that together held half of it in year 0.",
    formula: "Σ capacity of the foundation and all affiliates − Σ capacity of the cohort, in year t",
    unit: "FTE",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "the absolute figure beside the incumbent share, with the same cohort",
    example: "The foundation has 6 in year 0, two chapters 3 and 1: 4. Later 2, 2.5, 1: the share falls, and so does this, \
              to 3.5.",
    values: |history| {
        let cohort = incumbents(history, OrganisationRow::of_the_movement);
        let outside = |o: &&OrganisationRow| o.of_the_movement() && cohort.binary_search(&o.organisation).is_err();
        yearly(history, &history.organisations, |rows| rows.iter().filter(outside).map(OrganisationRow::capacity).sum())
    },
};

/// The share of affiliates' capacity that the largest affiliates of year 0 hold.
///
/// ```
/// use hubsim_model::measures::entrenchment::INCUMBENT_SHARE_AFFILIATES;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |(id, staff)| OrganisationRow { staff, ..OrganisationRow::chapter(id) };
/// let year = |staff: [f64; 3]| [(0, staff[0]), (1, staff[1]), (2, staff[2])].map(chapter);
/// let history = History::default().with(0, year([6.0, 3.0, 1.0])).with(1, year([5.0, 4.0, 1.0]));
/// assert_eq!(INCUMBENT_SHARE_AFFILIATES.of(&history), [0.6, 0.5]);
/// ```
pub static INCUMBENT_SHARE_AFFILIATES: Measure = Measure {
    key: "incumbent_share_affiliates",
    group: Group::Entrenchment,
    headline: false,
    title: "Incumbent share among affiliates",
    meaning: "Share of all affiliates' capacity (staff, that of mandates included, and volunteers' work) held by the \
              fewest affiliates that together held half of it in year 0. Those that ended hold nothing.",
    formula: "Σ capacity of the cohort in year t ÷ Σ capacity of all affiliates in year t",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "the incumbent share without the foundation: what the foundation hands over comes into it from outside",
    example: "Capacities 6, 3, 1 in year 0: the cohort is the first alone, 0.6. Later 5, 4, 1: 0.5.",
    values: |history| {
        let cohort = incumbents(history, OrganisationRow::affiliate);
        yearly(history, &history.organisations, |rows| {
            let affiliates = rows.iter().filter(|o| o.affiliate());
            share(affiliates, &cohort, OrganisationRow::capacity)
        })
    },
};

/// The share of mandates' staff that works at the largest organisations of year 0.
///
/// ```
/// use hubsim_model::measures::entrenchment::INCUMBENT_MANDATE_SHARE;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |id, staff, hub_staff| OrganisationRow { staff, hub_staff, ..OrganisationRow::chapter(id) };
/// let history = History::default().with(0, [chapter(0, 6.0, 0.0), chapter(1, 3.0, 0.0)]);
/// let history = history.with(1, [chapter(0, 9.0, 3.0), chapter(1, 4.0, 1.0)]);
/// assert_eq!(INCUMBENT_MANDATE_SHARE.of(&history)[1], 0.75);
/// ```
pub static INCUMBENT_MANDATE_SHARE: Measure = Measure {
    key: "incumbent_mandate_share",
    group: Group::Entrenchment,
    headline: false,
    title: "Incumbent share of mandates",
    meaning: "Share of the staff that mandates pay, at their holders and at partners, that works at the fewest \
              affiliates that together held half of all capacity in year 0. Empty where mandates have no staff, as \
              in year 0.",
    formula: "Σ staff paid by mandates at the cohort ÷ Σ staff paid by mandates, in year t",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "as the incumbent share among affiliates, with the same cohort",
    example: "Capacities 6 and 3 in year 0: the cohort is the first alone. Later mandates pay 3 FTE there and 1 \
              elsewhere: 0.75.",
    values: |history| {
        let cohort = incumbents(history, OrganisationRow::affiliate);
        yearly(history, &history.organisations, |rows| share(rows.iter(), &cohort, |o| o.hub_staff))
    },
};

/// Correlation of the ranking by capacity with that of year 0.
///
/// ```
/// use hubsim_model::measures::entrenchment::RANK_PERSISTENCE;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |(id, staff)| OrganisationRow { staff, ..OrganisationRow::chapter(id) };
/// let history = History::default().with(0, [(0, 6.0), (1, 3.0), (2, 1.0)].map(chapter));
/// let history = history.with(1, [(0, 4.0), (1, 5.0), (2, 2.0)].map(chapter)).with(2, [(0, 4.0)].map(chapter));
/// assert_eq!(RANK_PERSISTENCE.of(&history)[..2], [1.0, 1.0 / 3.0]);
/// assert!((RANK_PERSISTENCE.of(&history)[2] - 2.0 / 6f64.sqrt()).abs() < 1e-12);
/// ```
pub static RANK_PERSISTENCE: Measure = Measure {
    key: "rank_persistence",
    group: Group::Entrenchment,
    headline: false,
    title: "Persistence of ranks",
    meaning: "Rank correlation of the capacity of year 0's affiliates then and in year t: 1 where the order is the \
              same, 0 where it tells nothing. Those that ended have none. Year 0 is 1.",
    formula: "Kendall τ_b of capacity in year 0 and in year t over the affiliates of year 0; ended = 0",
    unit: "correlation",
    range: (-1.0, 1.0),
    direction: Direction::Lower,
    source: "Kendall 1945 for τ_b, which allows for ties",
    example: "Capacities 6, 3, 1, then 4, 5, 2: two of three pairs keep their order, 1/3. Then 4 and two ended: 2/√(3 \
              · 2) = 0.82.",
    values: |history| {
        let start = initial_affiliates(history);
        yearly(history, &history.organisations, |rows| {
            let mut now = vec![0.0; start.iter().map(|&(_, id)| id as usize + 1).max().unwrap_or(0)];
            for o in rows {
                if let Some(now) = now.get_mut(o.organisation as usize) {
                    *now = o.capacity();
                }
            }
            kendall(start.iter().map(|&(capacity, id)| (capacity, now[id as usize])).collect())
        })
    },
};

/// The share of capacity that organisations founded after year 0 hold.
///
/// ```
/// use hubsim_model::measures::entrenchment::NEW_SHARE;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |(id, staff)| OrganisationRow { staff, ..OrganisationRow::chapter(id) };
/// let history = History::default().with(0, [(0, 6.0), (1, 3.0)].map(chapter));
/// assert_eq!(NEW_SHARE.of(&history.with(1, [(0, 6.0), (2, 2.0)].map(chapter))), [0.0, 0.25]);
/// ```
pub static NEW_SHARE: Measure = Measure {
    key: "new_share",
    group: Group::Entrenchment,
    headline: false,
    title: "Share of new organisations",
    meaning: "Share of all affiliates' capacity (staff, that of mandates included, and volunteers' work) held by \
              those that were not there in year 0. Year 0 is 0.",
    formula: "Σ capacity of affiliates not there in year 0 ÷ Σ capacity of all affiliates, in year t",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "entrants' share of a market, by capacity",
    example: "One of year 0 has 6 FTE, one that formed later has 2: 0.25.",
    values: |history| {
        let mut old: Vec<u32> = initial_affiliates(history).into_iter().map(|(_, id)| id).collect();
        old.sort_unstable();
        yearly(history, &history.organisations, |rows| {
            let affiliates = rows.iter().filter(|o| o.affiliate());
            1.0 - share(affiliates, &old, OrganisationRow::capacity)
        })
    },
};

/// The share of capacity of one randomly drawn organisation. Its difference between an arm with a head start and the
/// same policy without is the inherited advantage.
///
/// ```
/// use hubsim_model::measures::entrenchment::DRAWN_SHARE;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |(id, staff, drawn)| OrganisationRow { staff, drawn, ..OrganisationRow::chapter(id) };
/// let history = History::default().with(0, [(0, 6.0, 0), (1, 3.0, 1), (2, 1.0, 0)].map(chapter));
/// assert_eq!(DRAWN_SHARE.of(&history), [0.3]);
/// ```
pub static DRAWN_SHARE: Measure = Measure {
    key: "drawn_share",
    group: Group::Entrenchment,
    headline: false,
    title: "Share of the organisation drawn",
    meaning: "Share of all affiliates' capacity held by one affiliate of year 0, drawn by lot in each replicate and the \
              same under every policy; 0 once it has ended. Against an arm with a head start, the difference is the \
              inherited advantage.",
    formula: "capacity of the one drawn in year t ÷ Σ capacity of all affiliates in year t",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Neutral,
    source: "paired perturbation of one organisation's start; exact under Pólya's urn: (1 − p)/(θ + 1)",
    example: "Capacities 6, 3, 1, the second is drawn: 0.3. With a head start 6, 4.5, 1: 0.391.",
    values: |history| {
        let drawn = history.organisations.iter().find(|o| o.year == 0 && o.drawn == 1).map(|o| o.organisation);
        yearly(history, &history.organisations, |rows| match drawn {
            Some(drawn) => share(rows.iter().filter(|o| o.affiliate()), &[drawn], OrganisationRow::capacity),
            None => f64::NAN,
        })
    },
};

/// Capacity and id of each affiliate of year 0.
fn initial_affiliates(history: &History) -> Vec<(f64, u32)> {
    initial(history, OrganisationRow::affiliate)
}

/// Capacity and id of each organisation of year 0 that counts.
fn initial(history: &History, counts: fn(&OrganisationRow) -> bool) -> Vec<(f64, u32)> {
    let rows = history.organisations.iter().take_while(|o| o.year == 0);
    rows.filter(|o| counts(o)).map(|o| (o.capacity(), o.organisation)).collect()
}

/// The fewest organisations that together held half of the capacity in year 0 of all that count, in order of their ids.
fn incumbents(history: &History, counts: fn(&OrganisationRow) -> bool) -> Vec<u32> {
    let mut start = initial(history, counts);
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
    cohort
}

/// The share of a cohort, which is sorted by id, in a sum over organisations.
fn share<'a>(
    rows: impl Iterator<Item = &'a OrganisationRow> + Clone,
    cohort: &[u32],
    value: fn(&OrganisationRow) -> f64,
) -> f64 {
    let of_cohort = rows.clone().filter(|o| cohort.binary_search(&o.organisation).is_ok());
    ratio(of_cohort.map(value).sum(), rows.map(value).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(staff: &[(u32, f64)]) -> Vec<OrganisationRow> {
        staff.iter().map(|&(id, staff)| OrganisationRow { staff, ..OrganisationRow::chapter(id) }).collect()
    }

    #[test]
    fn the_cohort_is_fixed_in_year_0_and_includes_organisations_that_end() {
        let history = History::default()
            .with(0, year(&[(0, 3.0), (1, 6.0), (2, 1.0)]))
            .with(1, year(&[(0, 4.0), (1, 5.0), (2, 1.0)]))
            .with(2, year(&[(0, 4.0), (2, 1.0)]));
        assert_eq!(INCUMBENT_SHARE.of(&history), [0.6, 0.5, 0.0]);
        assert_eq!(INCUMBENT_SHARE_AFFILIATES.of(&history), [0.6, 0.5, 0.0]);
        assert_eq!(CAPACITY_OUTSIDE_INCUMBENTS.of(&history), [4.0, 5.0, 5.0]);
    }

    #[test]
    fn the_foundation_and_outside_organisations_do_not_count_as_affiliates() {
        let mut rows = year(&[(0, 90.0), (1, 3.0), (2, 1.0), (3, 50.0)]);
        (rows[0].kind, rows[3].kind) = (0, 4);
        let history = History::default().with(0, rows.clone()).with(1, rows);
        assert_eq!(INCUMBENT_SHARE_AFFILIATES.of(&history), [0.75, 0.75]);
        assert_eq!(INCUMBENT_SHARE.of(&history), [90.0 / 94.0; 2], "the foundation counts, outsiders do not");
        assert_eq!(NEW_SHARE.of(&history), [0.0, 0.0]);
        assert_eq!(RANK_PERSISTENCE.of(&history), [1.0, 1.0]);
    }
}
