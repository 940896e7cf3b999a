//! Tests of conduct: rates of going astray and of being noticed, delays, harm.

use super::*;
use crate::fixture::{self, REJECT, hub, named, setup, switch_off, thematic, world, world_of, z_of_count};
use crate::mechanisms::support;
use crate::policy::levers::Outcome;
use crate::units::Money;

/// Nobody goes astray, looks or notices by itself.
fn quiet() -> World {
    let mut world = world();
    let p = &mut world.parameters.conduct;
    (p.hazard, p.routine, p.finance, p.peers, p.served, p.false_alarms) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    world.organisations.iter_mut().for_each(|o| o.grants = Money(1e6));
    world.quarter += 100;
    world
}

fn governed(oversight: f64, accountability: f64) -> Policy {
    let mut policy = thematic();
    (policy.governance.oversight, policy.governance.accountability) = (oversight, accountability);
    policy
}

/// Starts every quarter with the same conduct; gives how many organisations of how many a condition held for after it.
fn repeated(
    world: &mut World,
    policy: &Policy,
    before: impl Fn(u32) -> Conduct,
    holds: fn(&Conduct) -> bool,
) -> (usize, usize) {
    let (mut count, mut all) = (0, 0);
    for _ in 0..1500 {
        world.quarter += 1;
        let quarter = world.quarter;
        world.organisations.iter_mut().for_each(|o| o.conduct = before(quarter));
        run(world, policy);
        count += world.organisations.iter().filter(|o| holds(&o.conduct)).count();
        all += world.organisations.len();
    }
    (count, all)
}

/// A quarter's hazard is hazard · (1 + unchecked / doubling): after eight quarters twice what it is at first.
#[test]
fn the_unchecked_go_astray_more_often() {
    for (unchecked, rate) in [(0, 0.02), (8, 0.04), (24, 0.08)] {
        let mut world = quiet();
        world.parameters.conduct.hazard = 0.02;
        let astray = |conduct: &Conduct| conduct.astray.is_some();
        let checked = |quarter: u32| Conduct::checked_in(quarter - unchecked);
        let (count, all) = repeated(&mut world, &governed(0.0, 0.0), checked, astray);
        assert!(z_of_count(count, all, rate).abs() < REJECT, "{unchecked} quarters: {count} of {all}");
        // The mutant forgets the clock.
        assert!(unchecked == 0 || z_of_count(count, all, 0.02).abs() > REJECT);
    }
}

/// P(noticed) = 1 − (1 − routine)(1 − finance · oversight)(1 − peers · accountability)(1 − served · dealing).
#[test]
fn noticing_combines_who_looks() {
    let count = |with_those_served: bool| {
        let mut world = quiet();
        let p = &mut world.parameters.conduct;
        (p.routine, p.finance, p.peers, p.served) = (0.05, 0.1, 0.2, 0.1);
        world.regions.iter_mut().for_each(|region| region.foundation_known = 1.0);
        for o in 0..world.organisations.len() {
            let there = world.regions[world.organisations[OrganisationId::from_index(o)].region].volunteers;
            world.organisations[OrganisationId::from_index(o)].members = if with_those_served { there } else { 0.0 };
        }
        if !with_those_served {
            world.regions.iter_mut().for_each(|region| region.foundation_known = 0.0);
        }
        world.parameters.deciding.delay_foundation = 20.0;
        world.parameters.deciding.delay_affiliates = 20.0;
        let astray = |quarter: u32| Conduct { astray: Some(quarter - 1), ..Conduct::default() };
        repeated(&mut world, &governed(1.0, 0.5), astray, |conduct| conduct.noticed.is_some())
    };
    let looked = 0.95 * 0.9 * 0.9;
    let (noticed, all) = count(false);
    assert!(z_of_count(noticed, all, 1.0 - looked).abs() < REJECT, "{noticed} of {all}");
    let (noticed, all) = count(true);
    assert!(z_of_count(noticed, all, 1.0 - looked * 0.9).abs() < REJECT, "{noticed} of {all}");
    // The mutant: those served notice nothing.
    assert!(z_of_count(noticed, all, 1.0 - looked).abs() > REJECT);
}

#[test]
fn a_look_sets_the_clock_back_and_may_be_a_false_alarm() {
    let mut world = quiet();
    (world.parameters.conduct.finance, world.parameters.conduct.false_alarms) = (1.0, 1.0);
    run(&mut world, &governed(1.0, 0.0));
    let now = world.quarter;
    assert!(world.organisations.iter().all(|o| o.conduct == Conduct::checked_in(now)));
    assert!(world.organisations.iter().all(|o| (o.owed.answering.0 - 0.3).abs() < 1e-12));
    assert_eq!(world.tally.trust.false_alarms as usize, world.organisations.len());
    let mut world = quiet();
    (world.parameters.conduct.finance, world.parameters.conduct.false_alarms) = (1.0, 1.0);
    run(&mut world, &governed(0.0, 0.0));
    assert_eq!(world.tally.trust.false_alarms, 0, "nobody looks");
}

#[test]
fn the_small_are_not_watched_but_the_foundation_is() {
    let mut world = quiet();
    for o in &mut world.organisations {
        (o.grants, o.hub_money) = (Money(2.0 * 70_000.0), Money::ZERO);
    }
    let all = |world: &World| {
        (0..world.organisations.len()).filter(|&o| watched(world, OrganisationId::from_index(o))).count()
    };
    assert_eq!(all(&world), 1, "the foundation");
    world.organisations.iter_mut().for_each(|o| o.grants += Money(1.0));
    assert_eq!(all(&world), world.organisations.len());
}

/// From notice to end: the foundation's delay, and for its own case that of the affiliates.
#[test]
fn stopping_takes_as_long_as_deciding() {
    let mut world = quiet();
    let (delay, own_delay) = (2, 5);
    world.parameters.deciding.delay_foundation = f64::from(delay);
    world.parameters.deciding.delay_affiliates = f64::from(own_delay);
    world.parameters.conduct.routine = 1.0;
    let (chapter, foundation) = (named(&world, "North 0"), world.foundation.expect("there is one"));
    let prestige = world.organisations[chapter].prestige;
    let began = world.quarter;
    for id in [chapter, foundation] {
        world.organisations[id].conduct.astray = Some(began);
    }
    let mut until = [0, 0];
    for _ in 0..8 {
        for (quarters, id) in until.iter_mut().zip([chapter, foundation]) {
            *quarters += u32::from(world.organisations[id].conduct.astray.is_some());
        }
        run(&mut world, &governed(0.0, 0.0));
        world.quarter += 1;
    }
    assert_eq!(until, [delay + 1, own_delay + 1]);
    let trust = world.tally.trust;
    assert_eq!((trust.noticed, trust.stopped, trust.stopping), (2, 2, delay + own_delay));
    assert_eq!(trust.organisations_astray, delay + own_delay + 2);
    assert!((world.organisations[chapter].prestige - 0.7 * prestige).abs() < 1e-12);
}

#[test]
fn a_mandate_that_is_stopped_goes_to_another_or_ends() {
    for (outcomes, lives) in [(vec![Outcome::Reallocate, Outcome::Move], true), (vec![Outcome::End], false)] {
        let mut world = world();
        let mut policy = thematic();
        policy.hubs.outcomes = outcomes;
        fixture::run(&mut world, &policy, 2);
        let m = hub(&world, 0);
        let holder = world.mandates[m].holder;
        world.organisations.iter_mut().for_each(|o| {
            o.expertise[0] = 0.5;
            o.service_before[0] = 50.0;
        });
        world.mandates.iter_mut().filter(|other| other.holder != holder).for_each(|other| other.ended = true);
        world.mandates[m].conduct =
            Conduct { astray: Some(30), noticed: Some(31), stop: Some(world.quarter), ..Conduct::default() };
        run(&mut world, &policy);
        let mandate = &world.mandates[m];
        assert_eq!(mandate.alive(), lives);
        assert!(!lives || mandate.holder != holder && mandate.conduct == Conduct::checked_in(world.quarter));
        assert_eq!(world.tally.trust.stopped, 1);
    }
}

#[test]
fn a_review_looks_at_conduct_as_far_as_it_knows_the_hub() {
    let mut world = world();
    fixture::run(&mut world, &thematic(), 2);
    let m = hub(&world, 0);
    for (familiarity, noticed) in [(0.0, false), (1.0, true)] {
        world.mandates[m].conduct = Conduct { astray: Some(30), ..Conduct::default() };
        review(&mut world, &thematic(), m, familiarity);
        assert_eq!(world.mandates[m].conduct.noticed.is_some(), noticed);
    }
    world.mandates[m].conduct = Conduct::default();
    review(&mut world, &thematic(), m, 0.5);
    assert_eq!(world.mandates[m].conduct, Conduct::checked_in(world.quarter));
}

#[test]
fn help_of_who_is_astray_is_harm() {
    let quarter = |astray: Option<u32>| {
        let mut world = world();
        world.organisations.iter_mut().for_each(|o| o.conduct.astray = astray);
        world.volunteers.iter_mut().for_each(|volunteer| volunteer.motivation = 0.5);
        crate::mechanisms::capacity::run(&mut world, &thematic());
        support::run(&mut world, &thematic());
        let help: f64 = world.tally.regions.iter().map(|r| r.help_local + r.help_foundation + r.help_hubs).sum();
        let glad = world.volunteers.iter().filter(|volunteer| volunteer.motivation > 0.5).count();
        (help, world.tally.trust.harm, glad)
    };
    let (help, harm, glad) = quarter(None);
    assert!(help > 0.0 && harm == 0.0 && glad > 0);
    let (help, harm, glad) = quarter(Some(20));
    assert!(help == 0.0 && harm > 0.0 && glad == 0);
}

#[test]
fn materials_of_who_is_astray_are_bad_and_pushed() {
    let mut world = world();
    let id = named(&world, "North 0");
    assert_eq!(quality(&world, id, None, 0.5), 0.5);
    let packaged = |world: &World| (world.tally.packaged, world.tally.built);
    world.parameters.conduct.hazard = 0.0;
    world.organisations.iter_mut().for_each(|o| o.conduct.astray = Some(20));
    assert_eq!(quality(&world, id, None, 0.5), 0.2);
    world.parameters.conduct.routine = 0.0;
    world.parameters.conduct.served = 0.0;
    fixture::run(&mut world, &Policy::default(), 2);
    let (packaged, built) = packaged(&world);
    // What was begun before is finished as it was planned.
    assert!(f64::from(packaged) > 0.8 * f64::from(built), "{packaged} of {built}");
}

/// More oversight, less time astray; it does not make anybody astray.
#[test]
fn those_who_are_looked_after_are_astray_for_a_shorter_time() {
    let astray = |oversight: f64, accountability: f64| {
        let mut world = quiet();
        let p = &mut world.parameters.conduct;
        (p.hazard, p.finance, p.peers, p.routine) = (0.01, 0.2, 0.2, 0.02);
        for _ in 0..400 {
            run(&mut world, &governed(oversight, accountability));
            world.quarter += 1;
        }
        f64::from(world.tally.trust.organisations_astray) / f64::from(world.tally.trust.organisation_quarters)
    };
    let neither = astray(0.0, 0.0);
    assert!(astray(1.0, 0.0) < 0.7 * neither && astray(0.0, 1.0) < 0.7 * neither);
}

#[test]
fn switched_off_nobody_goes_astray() {
    let mut setup = setup();
    switch_off(&mut setup.parameters, "conduct");
    let mut world = world_of(&setup);
    for _ in 0..6 {
        fixture::run(&mut world, &governed(1.0, 1.0), 1);
        let trust = world.tally.trust;
        assert_eq!((trust.incidents, trust.false_alarms, trust.harm), (0, 0, 0.0));
        assert_eq!((trust.oversight, trust.accountability), (Work::ZERO, Work::ZERO));
    }
}
