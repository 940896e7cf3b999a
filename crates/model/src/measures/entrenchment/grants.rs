//! The distribution of grants.

use crate::measures::{Direction, Group, Measure, herfindahl, ratio, top_share, yearly};
use crate::record::OrganisationRow;

/// The share of grants that goes to the five largest grantees.
///
/// ```
/// use hubsim_model::measures::entrenchment::TOP5_SHARE;
/// use hubsim_model::record::{History, OrganisationRow};
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
        let grants = |rows: &[OrganisationRow]| rows.iter().map(|o| o.grants).collect();
        yearly(history, &history.organisations, |rows| top_share(grants(rows), 5))
    },
};

/// Concentration of grants over all grantees.
///
/// ```
/// use hubsim_model::measures::entrenchment::GRANTS_HHI;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |grants| OrganisationRow { grants, ..OrganisationRow::chapter(0) };
/// assert_eq!(GRANTS_HHI.of(&History::default().with(1, [2.0, 1.0, 1.0].map(chapter)))[1], 0.375);
/// ```
pub static GRANTS_HHI: Measure = Measure {
    key: "grants_hhi",
    group: Group::Entrenchment,
    headline: false,
    title: "Concentration of grants",
    meaning: "Herfindahl–Hirschman index of the year's grants (without hub money) over grantees: one over it is how \
              many grantees of equal size would be as concentrated. Empty in year 0.",
    formula: "Σ (grant ÷ Σ grants)² over grantees",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "Herfindahl 1950, Hirschman 1964",
    example: "Grants of 2, 1 and 1: ¼ + 1/16 + 1/16 = 0.375.",
    values: |history| yearly(history, &history.organisations, |rows| herfindahl(rows.iter().map(|o| o.grants))),
};

/// The share of grants that goes to last year's grantees.
///
/// ```
/// use hubsim_model::measures::entrenchment::RETURNING_SHARE;
/// use hubsim_model::record::{FlowRow, History};
///
/// let flow = |awarded, returning| FlowRow { awarded, returning, ..Default::default() };
/// assert_eq!(RETURNING_SHARE.of(&History::default().with(1, [flow(6.0, 6.0), flow(2.0, 0.0)]))[1], 0.75);
/// ```
pub static RETURNING_SHARE: Measure = Measure {
    key: "returning_share",
    group: Group::Entrenchment,
    headline: false,
    title: "Share of grants to last year's grantees",
    meaning: "Share of the year's grants (without hub money), of all funders, that goes to those who were paid by the \
              same funders the year before. Empty in year 0.",
    formula: "Σ grants to those paid the year before ÷ Σ grants",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "incumbents among grantees, by money",
    example: "Of 8 USD, 6 go to last year's grantees: 0.75.",
    values: |history| {
        yearly(history, &history.flows, |rows| {
            ratio(rows.iter().map(|flow| flow.returning).sum(), rows.iter().map(|flow| flow.awarded).sum())
        })
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::History;

    /// Year 0 has no flows: its rows contain NaN, or there are none.
    #[test]
    fn year_0_has_no_grants() {
        let chapter = |grants| OrganisationRow { grants, ..OrganisationRow::chapter(0) };
        let history = History::default().with(0, [f64::NAN, f64::NAN].map(chapter)).with(1, [3.0].map(chapter));
        for measure in [&TOP5_SHARE, &GRANTS_HHI] {
            let values = measure.of(&history);
            assert!(values[0].is_nan(), "{}", measure.key);
            assert_eq!(values[1], 1.0);
        }
        assert!(RETURNING_SHARE.of(&history).iter().all(|value| value.is_nan()));
    }
}
