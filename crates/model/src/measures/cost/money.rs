//! Money and pledged work: what flows in which way, and what help costs.

use super::each;
use crate::measures::{Direction, Group, Measure, ratio, yearly};
use crate::policy::levers::OrganisationKind;
use crate::record::{FlowRow, History, MovementRow, OrganisationRow};
use crate::units::QUARTERS_PER_YEAR;

/// Money that governed funders award as grants.
///
/// ```
/// use hubsim_model::measures::cost::MONEY_AWARDED;
/// use hubsim_model::record::{FlowRow, History, MovementRow};
///
/// let flow = |funder, awarded| FlowRow { funder, awarded, ..Default::default() };
/// let row = MovementRow { year: 1, other_pot: 2e6, other_unspent: 5e5, ..Default::default() };
/// let mut history = History::default().with(1, [flow(0, 3e6), flow(0, 1e6), flow(1, 1.5e6)]);
/// history.movement[1] = row;
/// assert_eq!(MONEY_AWARDED.of(&history)[1], 4e6);
/// ```
pub static MONEY_AWARDED: Measure = Measure {
    key: "money_awarded",
    group: Group::Cost,
    headline: false,
    title: "Money awarded",
    meaning: "Grants that the governed funders pay in the year, those promised earlier included; without the money for hubs \
              and for the service desk. Empty in year 0.",
    formula: "Σ grants of all funders − (pots of the funders that are not governed − what they did not award)",
    unit: "USD/year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Neutral,
    source: "the same pot serves all policies: what hubs or the desk get is not awarded, so that less of it is no saving",
    example: "5.5 million USD of grants, 1.5 of them by a funder that is not governed and has 0.5 of its 2 million left: 4 million.",
    values: |history| {
        let grants = flows(history, |flow| flow.awarded).into_iter();
        let others = |row: &MovementRow| row.other_pot - row.other_unspent;
        // Where no funder is governed, the difference may be rounding below 0.
        let governed = |grants: f64, others: f64| if grants < others { 0.0 } else { grants - others };
        grants.zip(each(history, others)).map(|(grants, others)| governed(grants, others)).collect()
    },
};

/// Money of the pots that is for hubs or for the service desk.
///
/// ```
/// use hubsim_model::measures::cost::MONEY_FOR_HUBS;
/// use hubsim_model::record::{FlowRow, History};
///
/// let flows = [2e5, 3e5].map(|hubs| FlowRow { hubs, ..Default::default() });
/// assert_eq!(MONEY_FOR_HUBS.of(&History::default().with(1, flows))[1], 5e5);
/// ```
pub static MONEY_FOR_HUBS: Measure = Measure {
    key: "money_for_hubs",
    group: Group::Cost,
    headline: false,
    title: "Money for hubs",
    meaning: "Money of the governed pots that is paid to hubs, or to the foundation's service desk; without the money that the \
              foundation hands over with its themes. 0 where there are neither hubs nor a desk; empty in year 0.",
    formula: "Σ money of the pots paid to hubs and to the desk",
    unit: "USD/year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Neutral,
    source: "what central services are given instead of hubs counts alike",
    example: "Hubs get 200,000 USD in one region and 300,000 in another: 500,000.",
    values: |history| flows(history, |flow| flow.hubs),
};

/// Money that the foundation hands over to hubs.
///
/// ```
/// use hubsim_model::measures::cost::MONEY_HANDED_OVER;
/// use hubsim_model::record::{History, MovementRow, OrganisationRow};
///
/// let foundation = OrganisationRow { own_income: 35e6, ..Default::default() };
/// let row = MovementRow { foundation_budget: 40e6, ..Default::default() };
/// let history = History { movement: vec![row], ..History::default() }.with(0, [foundation]);
/// assert_eq!(MONEY_HANDED_OVER.of(&history), [5e6]);
/// ```
pub static MONEY_HANDED_OVER: Measure = Measure {
    key: "money_handed_over",
    group: Group::Cost,
    headline: false,
    title: "Money handed over",
    meaning: "Money of the foundation's movement budget that it hands over to hubs with its themes. 0 where it keeps everything \
              or there are no hubs; empty in year 0.",
    formula: "the foundation's movement budget − what it has of it",
    unit: "USD/year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Neutral,
    source: "from the foundation's side, so that what a mandate that ended within the year had been handed counts",
    example: "Of a budget of 40 million USD the foundation has 35 million: 5 million.",
    values: |history| {
        let kept = yearly(history, &history.organisations, |rows| {
            let foundation = rows.iter().filter(|o| o.kind == OrganisationKind::Foundation as u32);
            foundation.map(|o: &OrganisationRow| o.own_income).sum()
        });
        // A budget that is kept may differ by rounding.
        let handed = |budget: f64, kept: f64| if budget < kept { 0.0 } else { budget - kept };
        each(history, |row| row.foundation_budget).into_iter().zip(kept).map(|(all, kept)| handed(all, kept)).collect()
    },
};

/// Support work that holders set aside for their mandates, unpaid.
///
/// ```
/// use hubsim_model::measures::cost::PLEDGED_WORK;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { pledged_work: 10.0, ..Default::default() };
/// assert_eq!(PLEDGED_WORK.of(&History::default().with(0, [row])), [2.5]);
/// ```
pub static PLEDGED_WORK: Measure = Measure {
    key: "pledged_work",
    group: Group::Cost,
    headline: false,
    title: "Pledged work",
    meaning: "Support work that holders set aside for their mandates before they serve their own people: nobody pays for it.",
    formula: "Σ pledged work of the year in FTE-quarters ÷ 4",
    unit: "FTE",
    range: (0.0, f64::INFINITY),
    direction: Direction::Neutral,
    source: "a cost beside the money: hubs that seem cheap may live on it",
    example: "10 FTE-quarters in the year: 2.5.",
    values: |history| each(history, |row| row.pledged_work / f64::from(QUARTERS_PER_YEAR)),
};

/// All money of the movement relative to the people helped.
///
/// ```
/// use hubsim_model::measures::cost::COST_PER_PERSON_HELPED;
/// use hubsim_model::record::{History, MovementRow, RegionRow};
///
/// let row = MovementRow {
///     foundation_budget: 40e6, pot: 8e6, other_pot: 2e6, own_income: 9e6, paid_in: 1e6, ..Default::default()
/// };
/// let region = RegionRow { help: 30_000.0, ..Default::default() };
/// let history = History { movement: vec![row], ..History::default() }.with(0, [region]);
/// assert_eq!(COST_PER_PERSON_HELPED.of(&history), [2_000.0]);
/// ```
pub static COST_PER_PERSON_HELPED: Measure = Measure {
    key: "cost_per_person_helped",
    group: Group::Cost,
    headline: false,
    title: "Cost per person helped",
    meaning: "All money that the movement has in the year for each request that is met, weighted by the effect of the help: the \
              foundation's movement budget, the pots of all funders, and what affiliates raise. It counts money that pays \
              for other things than help, and money not awarded, and it rises with prices: only the difference between \
              policies tells anything.",
    formula: "(foundation's budget + all pots + own income + paid in) ÷ Σ effect of help",
    unit: "USD/person-request",
    range: (0.0, f64::INFINITY),
    direction: Direction::Lower,
    source: "average cost of an outcome; the part of the budget that is handed over stays in it",
    example: "40 million USD of the foundation, 10 of funders, 10 raised, help of 30,000 person-requests: 2,000.",
    values: |history| {
        let money = |row: &MovementRow| row.foundation_budget + row.pot + row.other_pot + row.own_income + row.paid_in;
        let help = yearly(history, &history.regions, |rows| rows.iter().map(|r| r.help).sum());
        each(history, money).into_iter().zip(help).map(|(money, help)| ratio(money, help)).collect()
    },
};

/// The sum of a flow over funders and regions; there are none in year 0.
fn flows(history: &History, value: fn(&FlowRow) -> f64) -> Vec<f64> {
    let sums = yearly(history, &history.flows, |rows| rows.iter().map(value).sum());
    sums.into_iter().zip(&history.movement).map(|(sum, row)| if row.year == 0 { f64::NAN } else { sum }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn year_0_has_no_money_and_later_years_without_hubs_have_0_for_them() {
        let start = MovementRow { foundation_budget: f64::NAN, ..MovementRow::default() };
        let foundation = |own_income| OrganisationRow { own_income, ..Default::default() };
        let mut history = History::default().with(0, [foundation(f64::NAN)]).with(1, [foundation(3.0)]);
        history.movement = vec![start, MovementRow { year: 1, foundation_budget: 3.0, ..start }];
        for measure in [&MONEY_AWARDED, &MONEY_FOR_HUBS, &MONEY_HANDED_OVER] {
            let values = measure.of(&history);
            assert!(values[0].is_nan() && values[1] == 0.0, "{}: {values:?}", measure.key);
        }
        let nobody = COST_PER_PERSON_HELPED.of(&history);
        assert!(nobody.iter().all(|value| value.is_nan()), "no help has no price");
    }

    #[test]
    fn rounding_does_not_make_grants_negative() {
        let mut history = History::default().with(1, [FlowRow { awarded: 0.1 + 0.2 - 1e-16, ..Default::default() }]);
        history.movement[1] = MovementRow { year: 1, other_pot: 0.1 + 0.2, ..Default::default() };
        assert_eq!(MONEY_AWARDED.of(&history)[1], 0.0);
    }
}
