//! The distribution of money over people.

use crate::measures::{Direction, Group, Measure, theil, yearly};
use crate::record::{OrganisationRow, RegionRow};

/// Inequality of money per person between regions.
///
/// ```
/// use hubsim_model::measures::inequity::MONEY_THEIL_BETWEEN;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = |online, awarded, own_income| RegionRow { online, awarded, own_income, ..Default::default() };
/// let history = History::default().with(1, [region(1.0, 2.0, 1.0), region(3.0, 1.0, 0.0)]);
/// assert!((MONEY_THEIL_BETWEEN.of(&history)[1] - 0.5 * libm::log(3.0)).abs() < 1e-12);
/// ```
pub static MONEY_THEIL_BETWEEN: Measure = Measure {
    key: "money_theil_between",
    group: Group::Inequity,
    headline: false,
    title: "Theil index of money between regions",
    meaning: "Theil's index T of the money of affiliates of a region (grants, hub money and own income) per person \
              online, between regions: 0 where all regions have the same. Empty in year 0.",
    formula: "Σ y ln(y/p) over regions; y share of money, p share of people online",
    unit: "nats",
    range: (0.0, f64::INFINITY),
    direction: Direction::Lower,
    source: "Theil 1967",
    example: "A region with a quarter of the people has three quarters of the money: ¾ ln 3 + ¼ ln ⅓ = 0.55.",
    values: |history| {
        yearly(history, &history.regions, |rows| {
            theil(&[rows.iter().map(|r: &RegionRow| (r.online, r.awarded + r.own_income)).collect()]).within
        })
    },
};

/// Inequality of money per member between the organisations of a region.
///
/// ```
/// use hubsim_model::measures::inequity::MONEY_THEIL_WITHIN;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |region, members, grants| OrganisationRow { region, members, grants, ..OrganisationRow::chapter(0) };
/// let history = History::default().with(1, [chapter(0, 1.0, 3.0), chapter(0, 3.0, 1.0), chapter(1, 5.0, 4.0)]);
/// assert!((MONEY_THEIL_WITHIN.of(&history)[1] - 0.25 * libm::log(3.0)).abs() < 1e-12);
/// ```
pub static MONEY_THEIL_WITHIN: Measure = Measure {
    key: "money_theil_within",
    group: Group::Inequity,
    headline: false,
    title: "Theil index of money within regions",
    meaning: "Theil's index T of the money of affiliates (grants, hub money and own income) per member, within \
              regions: mean over regions by money, 0 where within each region all organisations have the same. \
              Organisations without members are left out. Empty in year 0.",
    formula: "Σ over regions of share of money × Σ y ln(y/p) over its affiliates; y share of its money, p share of \
              its members",
    unit: "nats",
    range: (0.0, f64::INFINITY),
    direction: Direction::Lower,
    source: "Theil 1967: the part within groups",
    example: "In a region with half of the money a quarter of the members have three quarters of it: 0.55. In the \
              other there is one: 0. Together 0.27.",
    values: |history| {
        yearly(history, &history.organisations, |rows| {
            let affiliates = || rows.iter().filter(|o| o.affiliate());
            let regions = affiliates().map(|o| o.region as usize + 1).max().unwrap_or(0);
            let mut groups = vec![Vec::new(); regions];
            affiliates().for_each(|o| groups[o.region as usize].push((o.members, money(o))));
            theil(&groups).within
        })
    },
};

/// Grants, hub money and own income of the year.
fn money(o: &OrganisationRow) -> f64 {
    o.grants + o.hub_money + o.own_income
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::History;

    #[test]
    fn year_0_has_no_money() {
        let region = RegionRow { online: 1.0, awarded: f64::NAN, own_income: f64::NAN, ..Default::default() };
        let chapter = OrganisationRow { members: 1.0, grants: f64::NAN, ..OrganisationRow::chapter(0) };
        let history = History::default().with(0, [region]).with(0, [chapter]);
        assert!(MONEY_THEIL_BETWEEN.of(&history)[0].is_nan() && MONEY_THEIL_WITHIN.of(&history)[0].is_nan());
    }

    #[test]
    fn only_affiliates_count_within() {
        let chapter = |kind, grants| OrganisationRow { kind, members: 1.0, grants, ..Default::default() };
        assert_eq!(MONEY_THEIL_WITHIN.of(&History::default().with(0, [chapter(0, 9.0), chapter(1, 1.0)])), [0.0]);
    }
}
