//! The distribution of money over people.

use crate::measures::{Direction, Group, Measure, rows_by_year, theil, yearly};
use crate::policy::levers::OrganisationKind;
use crate::record::{FlowRow, MandateRow, OrganisationRow, RegionRow};

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

/// Inequality of all movement money per person between regions.
///
/// ```
/// use hubsim_model::measures::inequity::MOVEMENT_MONEY_THEIL;
/// use hubsim_model::record::{History, OrganisationRow, RegionRow};
///
/// let region = |region, online, awarded| RegionRow { region, online, awarded, ..Default::default() };
/// let foundation = OrganisationRow { region: 0, own_income: 2.0, ..Default::default() };
/// let history = History::default().with(1, [region(0, 1.0, 1.0), region(1, 3.0, 1.0)]).with(1, [foundation]);
/// assert!((MOVEMENT_MONEY_THEIL.of(&history)[1] - 0.5 * libm::log(3.0)).abs() < 1e-12);
/// ```
pub static MOVEMENT_MONEY_THEIL: Measure = Measure {
    key: "movement_money_theil",
    group: Group::Inequity,
    headline: false,
    title: "Theil index of all movement money",
    meaning: "Theil's index T of all money of the movement per person online, between regions: that of the region's affiliates \
              (grants, hub money and own income), and the foundation's. What the foundation keeps counts in its region, and its \
              service desk's money where the desk's staff is. Money is where it is spent: the foundation's work for all regions \
              counts in its own. Empty in year 0.",
    formula: "Σ y ln(y/p) over regions; y share of money, p share of people online",
    unit: "nats",
    range: (0.0, f64::INFINITY),
    direction: Direction::Lower,
    source: "Theil 1967; what the foundation hands over moves inside the measure and not into it",
    example: "A region with a quarter of the people has grants of 1 and the foundation with 2, the other grants of 1: ¾ ln 3 + ¼ ln ⅓ \
              = 0.55.",
    values: |history| {
        let regions = rows_by_year(history, &history.regions);
        let parts = (rows_by_year(history, &history.organisations), rows_by_year(history, &history.mandates));
        let flows = rows_by_year(history, &history.flows);
        let value = |year: usize| {
            let organisations = &history.organisations[parts.0[year].clone()];
            let mandates = &history.mandates[parts.1[year].clone()];
            let flows = if history.movement[year].desk_money > 0.0 { &history.flows[flows[year].clone()] } else { &[] };
            let money = |r: &RegionRow| {
                r.awarded + r.own_income + of_foundation(organisations, r.region) + of_desk(flows, mandates, r.region)
            };
            theil(&[history.regions[regions[year].clone()].iter().map(|r| (r.online, money(r))).collect()]).within
        };
        (0..regions.len()).map(value).collect()
    },
};

/// What the foundation keeps of its budget, if it is in a region.
fn of_foundation(organisations: &[OrganisationRow], region: u32) -> f64 {
    let there = organisations.iter().filter(|o| o.kind == OrganisationKind::Foundation as u32 && o.region == region);
    there.map(|o| o.own_income).sum()
}

/// The service desk's money in a region: of what flowed there to hubs and to the desk, the part that no hub got.
fn of_desk(flows: &[FlowRow], mandates: &[MandateRow], region: u32) -> f64 {
    let paid: f64 = flows.iter().filter(|flow| flow.region == region).map(|flow| flow.hubs).sum();
    let hubs = mandates.iter().filter(|m| m.region == region).map(|m| m.money - m.handed);
    (paid - hubs.sum::<f64>()).max(0.0)
}

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
        for measure in [&MONEY_THEIL_BETWEEN, &MOVEMENT_MONEY_THEIL, &MONEY_THEIL_WITHIN] {
            assert!(measure.of(&history)[0].is_nan(), "{}", measure.key);
        }
    }

    #[test]
    fn the_foundation_and_its_desk_count_where_they_are() {
        use crate::record::MovementRow;
        let region = |region, awarded| RegionRow { region, online: 1.0, awarded, ..Default::default() };
        let foundation = |own_income| OrganisationRow { region: 0, own_income, ..Default::default() };
        let outside = OrganisationRow { kind: OrganisationKind::Partner as u32, own_income: 9.0, ..Default::default() };
        let theil_of = |history: &History| MOVEMENT_MONEY_THEIL.of(history)[1];
        let alone = History::default().with(1, [region(0, 1.0), region(1, 1.0)]).with(1, [outside]);
        assert_eq!(theil_of(&alone), 0.0);
        let kept = alone.clone().with(1, [foundation(2.0)]);
        let handed = History::default().with(1, [region(0, 2.0), region(1, 2.0)]).with(1, [foundation(0.0)]);
        assert!(theil_of(&kept) > 0.1 && theil_of(&handed) == 0.0, "what is handed over moves");
        // The desk's staff is in the other region, beside a hub that is paid out of the same pots.
        let flow = |region, hubs| FlowRow { region, hubs, ..Default::default() };
        let hub = MandateRow { region: 1, money: 3.0, handed: 1.0, ..Default::default() };
        let mut desk = kept.with(1, [flow(0, 0.0), flow(1, 4.0)]).with(1, [hub]);
        assert!(theil_of(&desk) > 0.1, "without a desk, the flow is that of hubs, which their regions have already");
        desk.movement[1] = MovementRow { year: 1, desk_money: 2.0, ..Default::default() };
        assert_eq!(theil_of(&desk), 0.0);
    }

    #[test]
    fn only_affiliates_count_within() {
        let chapter = |kind, grants| OrganisationRow { kind, members: 1.0, grants, ..Default::default() };
        assert_eq!(MONEY_THEIL_WITHIN.of(&History::default().with(0, [chapter(0, 9.0), chapter(1, 1.0)])), [0.0]);
    }
}
