//! Security of next year's money and staff.

use crate::measures::{Direction, Group, Measure, at_most, ratio, yearly};
use crate::record::{MovementRow, OrganisationRow};

/// The share of mandates' money that is secured for the next year.
///
/// ```
/// use hubsim_model::measures::security::SECURED_HUBS;
/// use hubsim_model::record::{History, MandateRow};
///
/// let mandate = |money, secured| MandateRow { money, secured, ..Default::default() };
/// assert_eq!(SECURED_HUBS.of(&History::default().with(1, [mandate(30.0, 1.0), mandate(10.0, 0.0)]))[1], 0.75);
/// ```
pub static SECURED_HUBS: Measure = Measure {
    key: "secured_hubs",
    group: Group::Security,
    headline: false,
    title: "Secured money of hubs",
    meaning: "Share of next year's money that is secured at the end of the year, mean over mandates by this year's \
              money. Empty where mandates have no money.",
    formula: "Σ money × secured share ÷ Σ money, over mandates",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "promises for the next year over what is needed",
    example: "A mandate of 30 USD is secured, one of 10 USD is not: 0.75.",
    values: |history| {
        yearly(history, &history.mandates, |rows| {
            ratio(rows.iter().map(|m| m.money * m.secured).sum(), rows.iter().map(|m| m.money).sum())
        })
    },
};

/// The share of affiliates' other money that is secured for the next year.
///
/// ```
/// use hubsim_model::measures::security::SECURED_OTHERS;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |grants, own_income, secured| OrganisationRow { grants, own_income, secured, ..OrganisationRow::chapter(0) };
/// assert_eq!(SECURED_OTHERS.of(&History::default().with(1, [chapter(10.0, 20.0, 1.0), chapter(10.0, 0.0, 0.0)]))[1], 0.75);
/// ```
pub static SECURED_OTHERS: Measure = Measure {
    key: "secured_others",
    group: Group::Security,
    headline: false,
    title: "Secured money of organisations",
    meaning: "Share of next year's money, without that of mandates, that is secured at the end of the year, mean over \
              affiliates by this year's grants and own income. Empty in year 0.",
    formula: "Σ (grants + own income) × secured share ÷ Σ (grants + own income), over affiliates",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "as for hubs",
    example: "30 USD in grants and own income where all is secured, 10 where nothing is: 0.75.",
    values: |history| {
        yearly(history, &history.organisations, |rows| {
            let affiliates = || rows.iter().filter(|o| o.affiliate());
            let money = |o: &OrganisationRow| o.grants + o.own_income;
            ratio(affiliates().map(|o| money(o) * o.secured).sum(), affiliates().map(money).sum())
        })
    },
};

/// The share of affiliates' staff that leaves in a year.
///
/// ```
/// use hubsim_model::measures::security::STAFF_TURNOVER;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |staff, leavers| OrganisationRow { staff, leavers, ..OrganisationRow::chapter(0) };
/// assert_eq!(STAFF_TURNOVER.of(&History::default().with(1, [chapter(6.0, 1.0), chapter(2.0, 1.0)]))[1], 0.25);
/// ```
pub static STAFF_TURNOVER: Measure = Measure {
    key: "staff_turnover",
    group: Group::Security,
    headline: false,
    title: "Staff turnover",
    meaning: "Staff of affiliates that left in the year, that for mandates included, over what they have at its end; at \
              most 1, as staff of mandates that end is gone. Empty in year 0.",
    formula: "Σ leavers ÷ Σ staff, over affiliates; at most 1",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "separation rate of personnel statistics",
    example: "2 of 8 FTE left: 0.25.",
    values: |history| {
        yearly(history, &history.organisations, |rows| {
            let affiliates = || rows.iter().filter(|o| o.affiliate());
            turnover(affiliates().map(|o| o.leavers).sum(), affiliates().map(|o| o.staff).sum())
        })
    },
};

/// The share of mandates' staff that leaves in a year.
///
/// ```
/// use hubsim_model::measures::security::HUB_STAFF_TURNOVER;
/// use hubsim_model::record::{History, MandateRow};
///
/// let mandate = |staff, leavers| MandateRow { staff, leavers, ..Default::default() };
/// let history = History::default().with(1, [mandate(6.0, 1.0), mandate(2.0, 1.0)]);
/// assert_eq!(HUB_STAFF_TURNOVER.of(&history)[1], 0.25);
/// ```
pub static HUB_STAFF_TURNOVER: Measure = Measure {
    key: "hub_staff_turnover",
    group: Group::Security,
    headline: false,
    title: "Staff turnover of hubs",
    meaning: "Staff that mandates pay at their holders and partners that left in the year, over what they have at its \
              end. Empty where mandates have no staff.",
    formula: "Σ leavers ÷ Σ staff, over mandates; at most 1",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "as the staff turnover",
    example: "2 of 8 FTE left: 0.25.",
    values: |history| {
        yearly(history, &history.mandates, |rows| {
            turnover(rows.iter().map(|m| m.leavers).sum(), rows.iter().map(|m| m.staff).sum())
        })
    },
};

/// How often the money of a mandate is interrupted.
///
/// ```
/// use hubsim_model::measures::security::INTERRUPTIONS;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { hubs_due: 4, interruptions: 1, ..Default::default() };
/// assert_eq!(INTERRUPTIONS.of(&History::default().with(0, [row])), [0.25]);
/// ```
pub static INTERRUPTIONS: Measure = Measure {
    key: "interruptions",
    group: Group::Security,
    headline: false,
    title: "Interruptions of hubs",
    meaning: "Share of mandates whose money from the pots was interrupted in the year, those included that ended \
              later in it. Empty where there are no mandates.",
    formula: "mandates interrupted in the year ÷ mandates that were to be paid in it",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "the Foundation cut 8 M USD in 2023–24, and one hub of four was interrupted",
    example: "One of four mandates got nothing from the pots this year: 0.25.",
    values: |history| {
        let share = |row: &MovementRow| ratio(f64::from(row.interruptions), f64::from(row.hubs_due));
        history.movement.iter().map(share).collect()
    },
};

/// Leavers of a year divided by the staff at its end; at most 1.
fn turnover(leavers: f64, staff: f64) -> f64 {
    at_most(1.0, ratio(leavers, staff))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{History, MovementRow};

    #[test]
    fn without_mandates_the_measures_are_undefined() {
        let history = History::default().with(1, [MovementRow::default()]);
        for measure in [&SECURED_HUBS, &HUB_STAFF_TURNOVER, &INTERRUPTIONS] {
            assert!(measure.of(&history).iter().all(|value| value.is_nan()), "{}", measure.key);
        }
    }

    #[test]
    fn measures_of_flows_are_undefined_in_year_0() {
        let chapter =
            OrganisationRow { grants: f64::NAN, leavers: f64::NAN, staff: 1.0, ..OrganisationRow::chapter(0) };
        let history = History::default().with(0, [chapter]);
        assert!(SECURED_OTHERS.of(&history)[0].is_nan() && STAFF_TURNOVER.of(&history)[0].is_nan());
    }

    /// The foundation is not an affiliate.
    #[test]
    fn turnover_counts_the_staff_of_affiliates_only() {
        let chapter = OrganisationRow { staff: 4.0, leavers: 1.0, ..OrganisationRow::chapter(1) };
        let foundation = OrganisationRow { staff: 90.0, leavers: 90.0, ..Default::default() };
        assert_eq!(STAFF_TURNOVER.of(&History::default().with(0, [foundation, chapter])), [0.25]);
        assert_eq!(turnover(3.0, 2.0), 1.0);
    }
}
