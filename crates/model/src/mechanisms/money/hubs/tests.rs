//! Tests of hub money: promises, interruptions, service forgone.

use super::*;
use crate::fixture::{self, REJECT, hub, inputs, simulation, simulation_of, thematic, z_of_count};
use crate::inputs::Shock;
use crate::policy::Policy;
use crate::policy::levers::FoundationRole;
use crate::random::Stream;
use crate::simulation::Simulation;
use crate::units::Capacity;

/// A world with three hubs in their second year, under grants of some years.
fn second_year(years: f64) -> (Simulation, Policy) {
    let mut policy = thematic();
    policy.grants.years = years;
    let mut sim = simulation();
    fixture::run(&mut sim, &policy, 1);
    (sim, policy)
}

/// 3 hubs, 2,000 replicates of one year without a promise: interrupted with 0.08; 0.1, the mutant, is rejected. With
/// promises of three years nothing is, in the second year.
#[test]
fn money_is_interrupted_as_often_as_stated_and_only_where_it_is_not_promised() {
    for (years, rate) in [(1.0, 0.08), (3.0, 0.0)] {
        let (mut start, policy) = second_year(years);
        start.conditions.parameters.money.interruption = 0.08;
        start.conditions.now.set_year(2);
        let mut struck = 0;
        for replicate in 0..2000 {
            let mut sim = start.clone();
            sim.conditions.random = Stream::new(5, replicate);
            pay_from(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, Money(1e6));
            struck += sim.state.hubs().filter(|m| sim.state.mandates[*m].interrupted).count();
            assert_eq!(
                sim.record.movement.interruptions as usize,
                sim.state.mandates.iter().filter(|m| m.interrupted).count()
            );
        }
        if rate > 0.0 {
            assert!(z_of_count(struck, 6000, rate).abs() < REJECT);
            assert!(z_of_count(struck, 6000, 0.1).abs() > REJECT, "the mutant passes");
        } else {
            assert_eq!(struck, 0);
        }
    }
}

/// A hub that ends in the year of its interruption counts, among those that were to be paid: rows of mandates at the end
/// of the year, the mutant, know neither.
#[test]
fn an_interruption_counts_although_the_hub_ends() {
    let (mut sim, policy) = second_year(1.0);
    sim.conditions.parameters.money.interruption = 1.0;
    sim.conditions.now.set_year(2);
    sim.record.clear_year();
    pay_from(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, Money(1e6));
    sim.state.mandates.iter_mut().for_each(|mandate| mandate.ended = true);
    assert_eq!(sim.state.hubs().count(), 0);
    assert_eq!((sim.record.movement.interruptions, sim.record.movement.hubs_due), (3, 3));
}

/// A promise of n years is at risk every n-th year: in 12 years after the first 12, 6, 4 or 3 times.
#[test]
fn a_promise_is_renewed_when_it_runs_out() {
    for (years, renewals) in [(1.0, 12), (2.0, 6), (3.0, 4), (4.0, 3)] {
        let (mut sim, policy) = second_year(years);
        let m = hub(&sim, 0);
        let mut times = 0;
        for year in 2..=25 {
            sim.conditions.now.set_year(year);
            let before = sim.state.mandates[m].promised_until;
            pay_from(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, Money(1e6));
            times += u32::from(year > 13 && sim.state.mandates[m].promised_until > before);
            let promised = sim.state.mandates[m].promised_until;
            let sure = f64::from(u8::from(promised > year));
            assert!((sim.state.mandates[m].secured - sure).abs() < 1e-12);
        }
        assert_eq!(times, renewals, "{years} years");
    }
}

/// What an interrupted hub does not get stays in the pot; what the foundation handed over goes on, and staff falls at
/// once to what that pays.
#[test]
fn an_interrupted_hub_keeps_the_money_that_was_handed_over() {
    let mut policy = thematic();
    policy.hubs.foundation = FoundationRole::Coordinates;
    let mut sim = simulation();
    fixture::run(&mut sim, &policy, 2);
    sim.conditions.parameters.money.interruption = 1.0;
    for m in &mut sim.state.mandates {
        (m.reserves, m.staff) = (Money::ZERO, Capacity(100.0));
    }
    fixture::run(&mut sim, &policy, 1);
    assert_eq!(sim.record.movement.interruptions, 3);
    assert_eq!(sim.record.flows.cells().iter().map(|flow| flow.hubs).sum::<Money>(), Money::ZERO);
    for m in sim.state.hubs().map(|m| &sim.state.mandates[m]) {
        assert!((m.money - m.handed * sim.state.budget_index).0.abs() < 1e-6 && m.money.0 > 0.0);
        assert_eq!(m.secured, 1.0);
        assert!((m.staff.0 - m.money / sim.state.wage(m.holder, sim.conditions.parameters.staffing.wage)).abs() < 1e-9);
        assert!((m.year.forgone - m.year.requests.iter().sum::<f64>()).abs() < 1e-9 && m.year.forgone > 0.0);
    }
}

/// A shock with a date takes its part of what is not promised, and leaves what is.
#[test]
fn a_dated_shock_strikes_what_is_not_promised() {
    for (years, left) in [(1.0, 0.4), (3.0, 1.0)] {
        let mut inputs = inputs();
        inputs.shock = vec![Shock { year: 2.0, hubs: 0.4, ..Shock::default() }];
        let mut policy = thematic();
        policy.grants.years = years;
        let mut sim = simulation_of(&inputs);
        fixture::run(&mut sim, &policy, 1);
        let paid = |sim: &mut Simulation, year| {
            sim.conditions.now.set_year(year);
            pay_from(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, Money(1e6)).0
        };
        let (struck, usual) = (paid(&mut sim, 2), paid(&mut sim, 3));
        assert!((struck / usual - left).abs() < 1e-9, "{years} years: {struck} of {usual}");
        assert!(sim.state.mandates.iter().all(|m| !m.interrupted), "a part is no interruption");
    }
}

/// In transition for a year, all requests of a scope are forgone; afterwards none are.
#[test]
fn service_is_forgone_while_a_hub_is_in_transition() {
    let mut sim = simulation();
    for (year, forgone) in [(1, true), (2, false)] {
        fixture::run(&mut sim, &thematic(), 1);
        for m in sim.state.hubs().map(|m| &sim.state.mandates[m]) {
            let requests: f64 = m.year.requests.iter().sum();
            assert!(requests > 0.0);
            assert!((m.year.forgone - if forgone { requests } else { 0.0 }).abs() < 1e-9, "year {year}");
        }
        assert!(sim.record.movement.waiting.abs() < 1e-6, "every theme has its hub");
    }
    let mut few = thematic();
    few.hubs.hubs_at_most = 1.0.into();
    let mut sim = fixture::simulation();
    fixture::run(&mut sim, &few, 1);
    let all: f64 = sim.record.regions.iter().map(|region| region.requests).sum();
    let served: f64 = sim.state.mandates.iter().map(|m| m.year.requests.iter().sum::<f64>()).sum();
    assert!((sim.record.movement.waiting - (all - served)).abs() < 1e-6 && sim.record.movement.waiting > 0.3 * all);
}
