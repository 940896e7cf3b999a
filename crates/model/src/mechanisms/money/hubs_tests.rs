//! Tests of hub money: promises, interruptions, service forgone.

use super::*;
use crate::fixture::{self, REJECT, hub, setup, thematic, world, world_of, z_of_count};
use crate::inputs::Shock;
use crate::policy::levers::FoundationRole;
use crate::random::Stream;
use crate::units::Capacity;

/// A world with three hubs in their second year, under grants of some years.
fn second_year(years: f64) -> (World, Policy) {
    let mut policy = thematic();
    policy.grants.years = years;
    let mut world = world();
    fixture::run(&mut world, &policy, 1);
    (world, policy)
}

/// 3 hubs, 2,000 replicates of one year without a promise: interrupted with 0.08; 0.1, the mutant, is rejected. With
/// promises of three years nothing is, in the second year.
#[test]
fn money_is_interrupted_as_often_as_stated_and_only_where_it_is_not_promised() {
    for (years, rate) in [(1.0, 0.08), (3.0, 0.0)] {
        let (mut start, policy) = second_year(years);
        start.parameters.money.interruption = 0.08;
        start.year = 2;
        let mut struck = 0;
        for replicate in 0..2000 {
            let mut world = start.clone();
            world.stream = Stream::new(5, replicate);
            pay_hubs(&mut world, &policy, Money(1e6));
            struck += world.hubs().filter(|m| world.mandates[*m].interrupted).count();
            assert_eq!(world.tally.interruptions as usize, world.mandates.iter().filter(|m| m.interrupted).count());
        }
        if rate > 0.0 {
            assert!(z_of_count(struck, 6000, rate).abs() < REJECT);
            assert!(z_of_count(struck, 6000, 0.1).abs() > REJECT, "the mutant passes");
        } else {
            assert_eq!(struck, 0);
        }
    }
}

/// A promise of n years is at risk every n-th year: in 12 years after the first 12, 6, 4 or 3 times.
#[test]
fn a_promise_is_renewed_when_it_runs_out() {
    for (years, renewals) in [(1.0, 12), (2.0, 6), (3.0, 4), (4.0, 3)] {
        let (mut world, policy) = second_year(years);
        let m = hub(&world, 0);
        let mut times = 0;
        for year in 2..=25 {
            world.year = year;
            let before = world.mandates[m].promised_until;
            pay_hubs(&mut world, &policy, Money(1e6));
            times += u32::from(year > 13 && world.mandates[m].promised_until > before);
            let promised = world.mandates[m].promised_until;
            let sure = f64::from(u8::from(promised > year));
            assert!((world.mandates[m].secured - sure).abs() < 1e-12);
        }
        assert_eq!(times, renewals, "{years} years");
    }
}

/// What an interrupted hub does not get stays in the pot; what the foundation handed over goes on, and staff falls at
/// once to what that pays.
#[test]
fn an_interrupted_hub_lives_on_what_was_handed_over() {
    let mut policy = thematic();
    policy.hubs.foundation = FoundationRole::Coordinates;
    let mut world = world();
    fixture::run(&mut world, &policy, 2);
    world.parameters.money.interruption = 1.0;
    for m in &mut world.mandates {
        (m.reserves, m.staff) = (Money::ZERO, Capacity(100.0));
    }
    fixture::run(&mut world, &policy, 1);
    assert_eq!(world.tally.interruptions, 3);
    assert_eq!(world.tally.flows.cells().iter().map(|flow| flow.hubs).sum::<Money>(), Money::ZERO);
    for m in world.hubs().map(|m| &world.mandates[m]) {
        assert!((m.money - m.handed * world.budget_index).0.abs() < 1e-6 && m.money.0 > 0.0);
        assert_eq!(m.secured, 1.0);
        assert!((m.staff.0 - m.money / world.wage(world.organisations[m.holder].region)).abs() < 1e-9);
        assert!((m.forgone - m.requests.iter().sum::<f64>()).abs() < 1e-9 && m.forgone > 0.0);
    }
}

/// A shock with a date takes its part of what is not promised, and leaves what is.
#[test]
fn a_dated_shock_strikes_what_is_not_promised() {
    for (years, left) in [(1.0, 0.4), (3.0, 1.0)] {
        let mut setup = setup();
        setup.shock = vec![Shock { year: 2.0, hubs: 0.4, ..Shock::default() }];
        let mut policy = thematic();
        policy.grants.years = years;
        let mut world = world_of(&setup);
        fixture::run(&mut world, &policy, 1);
        let paid = |world: &mut World, year| {
            world.year = year;
            pay_hubs(world, &policy, Money(1e6)).0
        };
        let (struck, usual) = (paid(&mut world, 2), paid(&mut world, 3));
        assert!((struck / usual - left).abs() < 1e-9, "{years} years: {struck} of {usual}");
        assert!(world.mandates.iter().all(|m| !m.interrupted), "a part is no interruption");
    }
}

/// In transition for a year, all requests of a scope are forgone; afterwards none are.
#[test]
fn service_is_forgone_while_a_hub_is_in_transition() {
    let mut world = world();
    for (year, forgone) in [(1, true), (2, false)] {
        fixture::run(&mut world, &thematic(), 1);
        for m in world.hubs().map(|m| &world.mandates[m]) {
            let requests: f64 = m.requests.iter().sum();
            assert!(requests > 0.0);
            assert!((m.forgone - if forgone { requests } else { 0.0 }).abs() < 1e-9, "year {year}");
        }
        assert!(world.tally.waiting.abs() < 1e-6, "every theme has its hub");
    }
    let mut few = thematic();
    few.hubs.hubs_at_most = 1.0.into();
    let mut world = fixture::world();
    fixture::run(&mut world, &few, 1);
    let all: f64 = world.tally.regions.iter().map(|region| region.requests).sum();
    let served: f64 = world.mandates.iter().map(|m| m.requests.iter().sum::<f64>()).sum();
    assert!((world.tally.waiting - (all - served)).abs() < 1e-6 && world.tally.waiting > 0.3 * all);
}
