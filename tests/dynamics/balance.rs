//! Books that must balance: money, work, people, shares.

use hubsim_model::record::rows::{Row, Type, Value};
use hubsim_model::record::{History, OrganisationRow, TableVisitor};
use proptest::prelude::*;

use crate::worlds::{Case, cases, config};

proptest! {
    #![proptest_config(config(120))]

    /// One set of random histories, all invariants: the histories are what takes time.
    #[test]
    fn books_balance(case in cases()) {
        let history = case.run();
        money_of_organisations(&history)?;
        money_of_the_movement(&history)?;
        work(&history)?;
        counts(&history)?;
        people(&history)?;
        shares(&history)?;
        numbers(&case, &history)?;
        mandates(&history)?;
        trust(&history)?;
        pots(&case, &history)?;
    }
}

fn close(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + scale.abs())
}

fn row_of(history: &History, year: u32, organisation: u32) -> Option<&OrganisationRow> {
    history.organisations.iter().find(|row| row.year == year && row.organisation == organisation)
}

/// A sum over the organisations of a year.
fn sum(history: &History, year: u32, value: fn(&OrganisationRow) -> f64) -> f64 {
    history.organisations.iter().filter(|row| row.year == year).map(value).sum()
}

/// What an organisation puts by is what came in less what it spent, for all that were there in both years or formed.
fn money_of_organisations(history: &History) -> Result<(), TestCaseError> {
    for row in history.organisations.iter().filter(|row| row.year > 0) {
        let before = row_of(history, row.year - 1, row.organisation).map_or(0.0, |before| before.reserves);
        let income = row.own_income + row.grants + row.hub_money;
        let scale = income + row.spent + before;
        prop_assert!(
            close(row.reserves - before, income - row.spent, scale),
            "{} in year {}: {} -> {}, {income} in, {} out",
            history.names.of("organisation", row.organisation),
            row.year,
            before,
            row.reserves,
            row.spent
        );
        prop_assert!(row.reserves >= -1e-6, "reserves of {}", row.reserves);
    }
    Ok(())
}

/// All that came in is spent or put by; what is not awarded stays with the funders.
fn money_of_the_movement(history: &History) -> Result<(), TestCaseError> {
    for pair in history.movement.windows(2) {
        let (before, now) = (&pair[0], &pair[1]);
        let governed = now.pot + now.paid_in - now.pooling;
        let pots = governed + now.other_pot - now.unspent - now.other_unspent;
        let income = now.own_income + now.outside_income + now.foundation_budget + pots;
        let foundation = history.organisations.iter().any(|row| row.kind == 0);
        let income = if foundation { income } else { income - now.foundation_budget };
        prop_assert!(
            close(now.reserves - before.reserves, income - now.spent, income + before.reserves),
            "year {}: {} -> {}, {income} in, {} out",
            now.year,
            before.reserves,
            now.reserves,
            now.spent
        );
        prop_assert!(now.unspent >= -1e-3 && now.unspent <= governed + 1e-3);
        let by_cause = now.unspent_no_eligible + now.unspent_requests + now.unspent_absorption + now.unspent_rule;
        prop_assert!(close(by_cause, now.unspent + now.other_unspent, now.pot + now.other_pot), "year {}", now.year);
        prop_assert!(now.other_unspent >= -1e-3 && now.other_unspent <= now.other_pot + 1e-3);
        let paid: f64 = history.flows.iter().filter(|f| f.year == now.year).map(|f| f.awarded + f.hubs).sum();
        prop_assert!(close(paid, pots, now.pot), "year {}: {paid} paid of {pots}", now.year);
        let paid_in: f64 = history.organisations.iter().filter(|o| o.year == now.year).map(|o| o.paid_in).sum();
        prop_assert!(paid_in <= now.paid_in * (1.0 + 1e-9) + 1e-6, "year {}: {paid_in} paid in", now.year);
    }
    Ok(())
}

/// No hour vanishes and none comes from nowhere, debts of service points counted.
fn work(history: &History) -> Result<(), TestCaseError> {
    for pair in history.movement.windows(2) {
        let (before, now) = (&pair[0], &pair[1]);
        let there = now.work + before.carried + before.support_kept + now.support_owed + now.debt_written_off;
        let spent = now.applying_work
            + now.coordination_work
            + now.production_work
            + now.support_work
            + now.learning_work
            + now.outreach_work
            + now.gate_work
            + now.deciding_work
            + now.lobbying_work
            + now.oversight_work
            + now.accountability_work
            + now.scanning_work
            + now.carried
            + now.support_kept
            + before.support_owed;
        prop_assert!(close(there, spent, there), "year {}: {there} there, {spent} spent", now.year);
        let by_organisations: f64 =
            history.organisations.iter().filter(|row| row.year == now.year).map(|row| row.production_work).sum();
        prop_assert!(by_organisations <= now.production_work * (1.0 + 1e-9) + 1e-9);
        let others = sum(history, now.year, |row| if row.kind == 0 { 0.0 } else { row.work });
        let by_theme: f64 = history.themes.iter().filter(|row| row.year == now.year).map(|row| row.work).sum();
        prop_assert!(close(others, by_theme, by_theme), "year {}: {others} by organisations, {by_theme}", now.year);
    }
    Ok(())
}

/// What is a part of another count is no more than that.
fn counts(history: &History) -> Result<(), TestCaseError> {
    for row in &history.movement {
        prop_assert!(row.gate_stopped + row.gate_missed <= row.gate_checked);
        prop_assert!(row.gate_wronged <= row.gate_stopped && row.gate_withdrawn <= row.gate_stopped);
        prop_assert!(row.stalled_work <= (row.production_work + row.slack) * (1.0 + 1e-9) || row.stalled_work.is_nan());
    }
    Ok(())
}

fn people(history: &History) -> Result<(), TestCaseError> {
    for row in history.regions.iter().filter(|row| row.year > 0) {
        let before = history.regions.iter().find(|b| b.year == row.year - 1 && b.region == row.region).expect("a row");
        prop_assert!(
            close(row.volunteers, before.volunteers + row.arrived - row.left, before.volunteers),
            "{} -> {}, {} arrived, {} left",
            before.volunteers,
            row.volunteers,
            row.arrived,
            row.left
        );
        prop_assert!(row.affiliated <= row.volunteers);
        prop_assert!(row.covered <= row.needs * (1.0 + 1e-9) + 1e-9);
        prop_assert!(close(row.help, row.help_local + row.help_hubs + row.help_foundation, row.help));
        prop_assert!(row.help_across <= (row.help_local + row.help_hubs + row.help_foundation) * (1.0 + 1e-9));
        let stayed = row.year == 1 || row.matured <= before.arrived * (1.0 + 1e-9);
        prop_assert!(stayed, "{} of {}", row.matured, before.arrived);
        prop_assert!(row.first_never <= row.first_waits && row.first_wait <= 12.0 * row.first_waits + 1e-9);
        prop_assert!(row.young_waits <= row.first_waits && row.young_wait <= 12.0 * row.young_waits * (1.0 + 1e-9));
        for (waits, wait, never) in [
            (row.solution_waits, row.solution_wait, row.solution_never),
            (row.small_solution_waits, row.small_solution_wait, row.small_solution_never),
        ] {
            prop_assert!(never <= waits && 20.0 * never <= wait * (1.0 + 1e-9) && wait <= 20.0 * waits * (1.0 + 1e-9));
        }
        prop_assert!(row.small_solution_waits <= row.solution_waits * (1.0 + 1e-9));
    }
    Ok(())
}

/// Every column whose unit is a share is one.
fn shares(history: &History) -> Result<(), TestCaseError> {
    history.visit(&mut Shares).into_iter().collect()
}

struct Shares;

impl TableVisitor for Shares {
    type Output = Result<(), TestCaseError>;

    fn table<R: Row>(&mut self, rows: &[R]) -> Self::Output {
        for row in rows {
            for (c, column) in R::COLUMNS.iter().enumerate() {
                if let (Type::Number, "share", Value::Number(x)) = (column.kind, column.unit, row.value(c)) {
                    prop_assert!(x.is_nan() || (0.0..=1.0).contains(&x), "{}.{} is {x}", R::TABLE, column.key);
                }
            }
        }
        Ok(())
    }
}

/// From year 1 on nothing is NaN but what is documented as empty: means over volunteers where there are none, and the
/// quality of help that nobody gave.
fn numbers(case: &Case, history: &History) -> Result<(), TestCaseError> {
    prop_assert_eq!(history.movement.len() as u32, case.years + 1);
    let deserted = history.regions.iter().any(|row| row.volunteers == 0.0);
    history.visit(&mut Numbers { deserted }).into_iter().collect()
}

struct Numbers {
    /// Whether a region has no volunteers in some year.
    deserted: bool,
}

impl Numbers {
    /// The columns of a table that can be empty.
    fn may_be_empty(&self, table: &str) -> &'static [&'static str] {
        match table {
            "mandates" => &["rank", "known"],
            "regions" if self.deserted => &["skill", "motivation"],
            "organisations" => &["focus"],
            "themes" => &["diversity", "diversity_served", "quality_served"],
            _ => &[],
        }
    }
}

impl TableVisitor for Numbers {
    type Output = Result<(), TestCaseError>;

    fn table<R: Row>(&mut self, rows: &[R]) -> Self::Output {
        let empty = self.may_be_empty(R::TABLE);
        for row in rows.iter().filter(|row| row.year() > 0) {
            for (c, column) in R::COLUMNS.iter().enumerate() {
                if let Value::Number(x) = row.value(c) {
                    let may = empty.contains(&column.key) && x.is_nan();
                    prop_assert!(x.is_finite() || may, "{}.{} is {x} in year {}", R::TABLE, column.key, row.year());
                    let difference = column.key.contains("unspent") || column.key == "reserves";
                    let rounding = if difference { 1e-3 } else { 1e-9 };
                    prop_assert!(may || x >= -rounding, "{}.{} is {x}", R::TABLE, column.key);
                }
            }
        }
        Ok(())
    }
}

/// A mandate has a holder that lives, or it is ended and has no row.
fn mandates(history: &History) -> Result<(), TestCaseError> {
    for row in &history.mandates {
        let holder = row_of(history, row.year, row.holder);
        prop_assert!(holder.is_some_and(|holder| holder.mandates > 0), "mandate {} in year {}", row.mandate, row.year);
        prop_assert!(row.regions > 0, "a scope without regions");
        prop_assert!(row.regranted <= row.envelope * (1.0 + 1e-9), "{} of {}", row.regranted, row.envelope);
    }
    for row in &history.movement {
        let alive = history.mandates.iter().filter(|m| m.year == row.year).count();
        prop_assert_eq!(alive as u32, row.mandates);
        let envelopes: f64 = history.mandates.iter().filter(|m| m.year == row.year).map(|m| m.envelope).sum();
        // What is paid in is in the pots, and own income may grow beyond them.
        let pots = row.pot + row.paid_in;
        prop_assert!(row.year == 0 || envelopes <= pots * (1.0 + 1e-9), "{envelopes} of {pots}");
        let held: u32 = history.organisations.iter().filter(|o| o.year == row.year).map(|o| o.mandates).sum();
        prop_assert_eq!(held, row.mandates);
        let staff: f64 = history.mandates.iter().filter(|m| m.year == row.year).map(|m| m.staff).sum();
        prop_assert!(close(sum(history, row.year, |o| o.hub_staff), staff, staff), "{staff} FTE of mandates");
    }
    Ok(())
}

/// No more misconduct is stopped than was noticed, nor noticed than began.
fn trust(history: &History) -> Result<(), TestCaseError> {
    let (mut incidents, mut noticed, mut stopped) = (0, 0, 0);
    for row in &history.movement {
        incidents += row.incidents;
        noticed += row.noticed;
        stopped += row.stopped;
        prop_assert!(stopped <= noticed && noticed <= incidents, "{stopped} of {noticed} of {incidents}");
        prop_assert!(row.organisation_misconduct <= row.organisation_quarters);
        prop_assert!(row.mandate_misconduct <= row.mandate_quarters);
        prop_assert!(row.reviews_turned <= row.reviews);
    }
    Ok(())
}

/// The pots, and the foundation's budget, are the same under every policy.
fn pots(case: &Case, history: &History) -> Result<(), TestCaseError> {
    let other = Case { policy: hubsim_model::policy::Policy::default(), ..case.clone() }.run();
    for (a, b) in history.movement.iter().zip(&other.movement).skip(1) {
        prop_assert_eq!(a.pot.to_bits(), b.pot.to_bits());
        prop_assert_eq!(a.other_pot.to_bits(), b.other_pot.to_bits());
        prop_assert_eq!(a.foundation_budget.to_bits(), b.foundation_budget.to_bits());
    }
    for (a, b) in history.flows.iter().zip(&other.flows) {
        prop_assert_eq!((a.year, a.funder, a.pot.to_bits()), (b.year, b.funder, b.pot.to_bits()));
    }
    for (a, b) in history.regions.iter().zip(&other.regions) {
        prop_assert_eq!(a.online.to_bits(), b.online.to_bits());
    }
    Ok(())
}
