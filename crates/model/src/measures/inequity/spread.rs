//! The distribution of capacity, expertise and mandates.

use crate::measures::{Direction, Group, Measure, evenness, gini, yearly};
use crate::record::OrganisationRow;

/// Evenness of mandates over regions.
///
/// ```
/// use hubsim_model::measures::inequity::MANDATES_SPREAD;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = |mandates| RegionRow { mandates, ..Default::default() };
/// assert_eq!(MANDATES_SPREAD.of(&History::default().with(1, [2, 2, 0, 0].map(region)))[1], 0.5);
/// ```
pub static MANDATES_SPREAD: Measure = Measure {
    key: "mandates_spread",
    group: Group::Inequity,
    headline: false,
    title: "Spread of mandates",
    meaning: "Entropy of the regions where mandates are held, divided by its maximum: 1 where all regions hold equally \
              many, or where there is one region; 0 where one holds all. Empty where there are no mandates.",
    formula: "−Σ s ln s ÷ ln n over the n regions; s share of mandates held there",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "Shannon 1948; Pielou's evenness",
    example: "Four mandates, two in each of two regions of four: ln 2 ÷ ln 4 = 0.5.",
    values: |history| {
        yearly(history, &history.regions, |rows| {
            evenness(&rows.iter().map(|r| f64::from(r.mandates)).collect::<Vec<f64>>())
        })
    },
};

/// Inequality of capacity between organisations.
///
/// ```
/// use hubsim_model::measures::inequity::CAPACITY_GINI;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |staff| OrganisationRow { staff, ..OrganisationRow::chapter(0) };
/// let history = History::default().with(0, [1.0, 2.0, 3.0, 4.0].map(chapter));
/// assert!((CAPACITY_GINI.of(&history)[0] - 1.0 / 3.0).abs() < 1e-12);
/// ```
pub static CAPACITY_GINI: Measure = Measure {
    key: "capacity_gini",
    group: Group::Inequity,
    headline: false,
    title: "Gini of capacity",
    meaning: "Gini coefficient over affiliates of their capacity (staff, that of mandates included, and volunteers' \
              work), with the small-sample factor. Empty with fewer than two.",
    formula: "(2 Σ i·x₍ᵢ₎ ÷ (n Σ x) − (n + 1)/n) · n/(n − 1)",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "Deltas 2003 for the factor",
    example: "Capacities 1, 2, 3, 4: 1/3.",
    values: |history| {
        yearly(history, &history.organisations, |rows| {
            gini(rows.iter().filter(|o| o.affiliate()).map(OrganisationRow::capacity).collect())
        })
    },
};

/// Inequality of expertise between organisations.
///
/// ```
/// use hubsim_model::measures::inequity::EXPERTISE_GINI;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |expertise| OrganisationRow { expertise, ..OrganisationRow::chapter(0) };
/// let history = History::default().with(0, [0.1, 0.2, 0.3, 0.4].map(chapter));
/// assert!((EXPERTISE_GINI.of(&history)[0] - 1.0 / 3.0).abs() < 1e-12);
/// ```
pub static EXPERTISE_GINI: Measure = Measure {
    key: "expertise_gini",
    group: Group::Inequity,
    headline: false,
    title: "Gini of expertise",
    meaning: "Gini coefficient over affiliates of their mean expertise over themes, with the small-sample factor.",
    formula: "(2 Σ i·x₍ᵢ₎ ÷ (n Σ x) − (n + 1)/n) · n/(n − 1)",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "Deltas 2003 for the factor",
    example: "Expertise 0.1, 0.2, 0.3, 0.4: 1/3.",
    values: |history| {
        yearly(history, &history.organisations, |rows| {
            gini(rows.iter().filter(|o| o.affiliate()).map(|o| o.expertise).collect())
        })
    },
};

/// Inequality of expertise between regions.
///
/// ```
/// use hubsim_model::measures::inequity::EXPERTISE_GINI_REGIONS;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = |expertise| RegionRow { expertise, ..Default::default() };
/// let history = History::default().with(0, [0.1, 0.2, 0.3, 0.4].map(region));
/// assert!((EXPERTISE_GINI_REGIONS.of(&history)[0] - 1.0 / 3.0).abs() < 1e-12);
/// ```
pub static EXPERTISE_GINI_REGIONS: Measure = Measure {
    key: "expertise_gini_regions",
    group: Group::Inequity,
    headline: false,
    title: "Gini of expertise over regions",
    meaning: "Gini coefficient over regions of the best expertise that an affiliate there has, mean over themes, with \
              the small-sample factor. Each region counts alike. Empty with one region.",
    formula: "(2 Σ i·x₍ᵢ₎ ÷ (n Σ x) − (n + 1)/n) · n/(n − 1)",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "Deltas 2003 for the factor",
    example: "Best expertise 0.1, 0.2, 0.3, 0.4: 1/3.",
    values: |history| yearly(history, &history.regions, |rows| gini(rows.iter().map(|r| r.expertise).collect())),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{History, RegionRow};

    #[test]
    fn the_spread_is_undefined_without_mandates_and_1_with_one_region() {
        let region = |mandates| RegionRow { mandates, ..Default::default() };
        let values = MANDATES_SPREAD.of(&History::default().with(0, [region(0), region(0)]).with(1, [region(3)]));
        assert!(values[0].is_nan());
        assert_eq!(values[1], 1.0);
    }

    #[test]
    fn the_foundation_is_not_an_affiliate() {
        let rows = |foundation| {
            let row = OrganisationRow { kind: 0, staff: foundation, ..Default::default() };
            [row, OrganisationRow { staff: 1.0, ..OrganisationRow::chapter(1) }, OrganisationRow::chapter(2)]
        };
        assert_eq!(CAPACITY_GINI.of(&History::default().with(0, rows(1.0)).with(1, rows(50.0))), [1.0, 1.0]);
    }
}
