//! Tests of conduct: rates at which misconduct begins and is noticed, delays, harm.

use super::*;
use crate::fixture::{self, REJECT, hub, inputs, named, simulation, simulation_of, switch_off, thematic, z_of_count};
use crate::mechanisms::mandates;
use crate::mechanisms::support;
use crate::policy::Policy;
use crate::policy::levers::{OrganisationKind, Outcome};
use crate::simulation::Simulation;
use crate::state::Organisation;
use crate::units::{Money, Quarters};

/// A trial in which no misconduct begins, is checked or is noticed at random.
fn quiet() -> Simulation {
    let mut sim = simulation();
    let p = &mut sim.conditions.parameters.conduct;
    (p.hazard, p.routine, p.finance, p.peers, p.served, p.false_alarms) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    sim.state.organisations.iter_mut().for_each(|o| o.grants = Money(1e6));
    sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 100);
    sim
}

fn governed(oversight: f64, accountability: f64) -> Policy {
    let mut policy = thematic();
    (policy.governance.oversight, policy.governance.accountability) = (oversight, accountability);
    policy
}

/// Starts each quarter with the same conduct; gives the number of organisations for which a condition held after it,
/// and the number of all.
fn repeated(
    sim: &mut Simulation,
    policy: &Policy,
    before: impl Fn(u32) -> Conduct,
    holds: fn(&Conduct) -> bool,
) -> (usize, usize) {
    let (mut count, mut all) = (0, 0);
    for _ in 0..1500 {
        sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
        let quarter = sim.conditions.now.quarter();
        sim.state.organisations.iter_mut().for_each(|o| o.conduct = before(quarter));
        run(&sim.conditions.under(policy), &mut sim.state, &mut sim.record);
        count += sim.state.organisations.iter().filter(|o| holds(&o.conduct)).count();
        all += sim.state.organisations.len();
    }
    (count, all)
}

/// A quarter's hazard is hazard · (1 + unchecked / doubling): after eight quarters twice what it is at first.
#[test]
fn misconduct_begins_more_often_the_longer_nobody_has_checked() {
    for (unchecked, rate) in [(0, 0.02), (8, 0.04), (24, 0.08)] {
        let mut sim = quiet();
        sim.conditions.parameters.conduct.hazard = 0.02;
        let misconduct = |conduct: &Conduct| conduct.misconduct.is_some();
        let checked = |quarter: u32| Conduct::checked_in(quarter - unchecked);
        let (count, all) = repeated(&mut sim, &governed(0.0, 0.0), checked, misconduct);
        assert!(z_of_count(count, all, rate).abs() < REJECT, "{unchecked} quarters: {count} of {all}");
        // The mutant forgets the clock.
        assert!(unchecked == 0 || z_of_count(count, all, 0.02).abs() > REJECT);
    }
}

/// P(noticed) = 1 − (1 − routine)(1 − finance · oversight)(1 − peers · accountability)(1 − served · dealing).
#[test]
fn the_probability_of_notice_combines_all_watchers() {
    let count = |with_those_served: bool| {
        let mut sim = quiet();
        let p = &mut sim.conditions.parameters.conduct;
        (p.routine, p.finance, p.peers, p.served) = (0.05, 0.1, 0.2, 0.1);
        sim.state.regions.iter_mut().for_each(|region| region.foundation_known = 1.0);
        for o in 0..sim.state.organisations.len() {
            let there = sim.state.regions[sim.state.organisations[OrganisationId::from_index(o)].region].volunteers;
            sim.state.organisations[OrganisationId::from_index(o)].members =
                if with_those_served { there } else { 0.0 };
        }
        if !with_those_served {
            sim.state.regions.iter_mut().for_each(|region| region.foundation_known = 0.0);
        }
        sim.conditions.parameters.deciding.delay_foundation = Quarters(20.0);
        sim.conditions.parameters.deciding.delay_affiliates = Quarters(20.0);
        let misconduct = |quarter: u32| Conduct { misconduct: Some(quarter - 1), ..Conduct::default() };
        repeated(&mut sim, &governed(1.0, 0.5), misconduct, |conduct| conduct.noticed.is_some())
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
fn a_check_resets_the_unchecked_time_and_may_be_a_false_alarm() {
    let mut sim = quiet();
    (sim.conditions.parameters.conduct.finance, sim.conditions.parameters.conduct.false_alarms) = (1.0, 1.0);
    run(&sim.conditions.under(&governed(1.0, 0.0)), &mut sim.state, &mut sim.record);
    let now = sim.conditions.now.quarter();
    assert!(sim.state.organisations.iter().all(|o| o.conduct == Conduct::checked_in(now)));
    assert!(sim.state.organisations.iter().all(|o| (o.governance_work.answering.0 - 0.3).abs() < 1e-12));
    assert_eq!(sim.record.movement.false_alarms as usize, sim.state.organisations.len());
    let mut sim = quiet();
    (sim.conditions.parameters.conduct.finance, sim.conditions.parameters.conduct.false_alarms) = (1.0, 1.0);
    run(&sim.conditions.under(&governed(0.0, 0.0)), &mut sim.state, &mut sim.record);
    assert_eq!(sim.record.movement.false_alarms, 0, "nobody looks");
}

/// Income of any kind counts, in real money: after 25 years of inflation the same sum is less. What outsiders earn
/// elsewhere does not count.
#[test]
fn small_organisations_are_not_watched_but_the_foundation_is() {
    let mut sim = quiet();
    sim.conditions.parameters.environment.inflation = 0.02;
    sim.conditions.now.set_year(25);
    let prices = libm::pow(1.0 + sim.conditions.parameters.environment.inflation, f64::from(sim.conditions.now.year()));
    assert!(prices > 1.5);
    for o in &mut sim.state.organisations {
        (o.grants, o.hub_money, o.own_income) = (Money(prices * 140_000.0 - 1.0), Money::ZERO, Money::ZERO);
    }
    let all = |sim: &Simulation| {
        (0..sim.state.organisations.len())
            .filter(|&o| is_watched(&sim.conditions.context(), &sim.state, OrganisationId::from_index(o)))
            .count()
    };
    assert_eq!(all(&sim), 1, "the foundation");
    for income in [
        |o: &mut Organisation| o.grants += Money(2.0),
        |o: &mut Organisation| o.hub_money += Money(2.0),
        |o: &mut Organisation| o.own_income += Money(2.0),
    ] {
        let mut sim = sim.clone();
        sim.state.organisations.iter_mut().for_each(income);
        assert_eq!(all(&sim), sim.state.organisations.len());
    }
    for o in &mut sim.state.organisations {
        (o.kind, o.grants, o.own_income) = (OrganisationKind::External, Money::ZERO, Money(1e9));
    }
    assert_eq!(all(&sim), 1);
}

/// From notice to end: the foundation's delay, and for its own case that of the affiliates.
#[test]
fn misconduct_is_stopped_after_the_delay_of_the_deciding_body() {
    let mut sim = quiet();
    let (delay, own_delay) = (2, 5);
    sim.conditions.parameters.deciding.delay_foundation = Quarters(f64::from(delay));
    sim.conditions.parameters.deciding.delay_affiliates = Quarters(f64::from(own_delay));
    sim.conditions.parameters.conduct.routine = 1.0;
    let (chapter, foundation) = (named(&sim, "North 0"), sim.state.foundation.expect("there is one"));
    let prestige = sim.state.organisations[chapter].prestige;
    let began = sim.conditions.now.quarter();
    for id in [chapter, foundation] {
        sim.state.organisations[id].conduct.misconduct = Some(began);
    }
    let mut until = [0, 0];
    for _ in 0..8 {
        for (quarters, id) in until.iter_mut().zip([chapter, foundation]) {
            *quarters += u32::from(sim.state.organisations[id].conduct.misconduct.is_some());
        }
        run(&sim.conditions.under(&governed(0.0, 0.0)), &mut sim.state, &mut sim.record);
        sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
    }
    assert_eq!(until, [delay + 1, own_delay + 1]);
    let movement = sim.record.movement;
    assert_eq!((movement.noticed, movement.stopped, movement.stopping), (2, 2, delay + own_delay));
    assert_eq!(movement.organisation_misconduct, delay + own_delay + 2);
    assert!((sim.state.organisations[chapter].prestige - 0.7 * prestige).abs() < 1e-12);
}

#[test]
fn a_mandate_whose_misconduct_is_stopped_goes_to_another_holder_or_ends() {
    for (outcomes, lives) in [(vec![Outcome::Reallocate, Outcome::Move], true), (vec![Outcome::End], false)] {
        let mut sim = simulation();
        let mut policy = thematic();
        policy.hubs.outcomes = outcomes;
        fixture::run(&mut sim, &policy, 2);
        let m = hub(&sim, 0);
        let holder = sim.state.mandates[m].holder;
        sim.state.organisations.iter_mut().for_each(|o| {
            o.expertise[0] = 0.5;
            o.service_before[0] = 50.0;
        });
        sim.state.mandates.iter_mut().filter(|other| other.holder != holder).for_each(|other| other.ended = true);
        sim.state.mandates[m].conduct = Conduct {
            misconduct: Some(30),
            noticed: Some(31),
            stop: Some(sim.conditions.now.quarter()),
            ..Conduct::default()
        };
        run(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
        mandates::carry_out_decisions(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
        let mandate = &sim.state.mandates[m];
        assert_eq!(mandate.alive(), lives);
        assert!(
            !lives || mandate.holder != holder && mandate.conduct == Conduct::checked_in(sim.conditions.now.quarter())
        );
        assert_eq!(sim.record.movement.stopped, 1);
    }
}

#[test]
fn a_review_notices_misconduct_with_the_familiarity_of_the_body() {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 2);
    let m = hub(&sim, 0);
    for (familiarity, noticed) in [(0.0, false), (1.0, true)] {
        sim.state.mandates[m].conduct = Conduct { misconduct: Some(30), ..Conduct::default() };
        review(&sim.conditions.under(&thematic()), &mut sim.state, &mut sim.record, m, familiarity);
        assert_eq!(sim.state.mandates[m].conduct.noticed.is_some(), noticed);
    }
    sim.state.mandates[m].conduct = Conduct::default();
    review(&sim.conditions.under(&thematic()), &mut sim.state, &mut sim.record, m, 0.5);
    assert_eq!(sim.state.mandates[m].conduct, Conduct::checked_in(sim.conditions.now.quarter()));
}

#[test]
fn help_in_misconduct_lowers_motivation() {
    let quarter = |misconduct: Option<u32>| {
        let mut sim = simulation();
        sim.state.organisations.iter_mut().for_each(|o| o.conduct.misconduct = misconduct);
        sim.state.volunteers.iter_mut().for_each(|volunteer| volunteer.motivation = 0.5);
        crate::mechanisms::capacity::run(&sim.conditions.under(&thematic()), &mut sim.state, &mut sim.record);
        support::run(&sim.conditions.under(&thematic()), &mut sim.state, &mut sim.record);
        let help: f64 = sim.record.regions.iter().map(|r| r.help_local + r.help_foundation + r.help_hubs).sum();
        let glad = sim.state.volunteers.iter().filter(|volunteer| volunteer.motivation > 0.5).count();
        (help, sim.record.movement.harm, glad)
    };
    let (help, harm, glad) = quarter(None);
    assert!(help > 0.0 && harm == 0.0 && glad > 0);
    let (help, harm, glad) = quarter(Some(20));
    assert!(help == 0.0 && harm > 0.0 && glad == 0);
}

#[test]
fn materials_made_in_misconduct_are_worse_and_packaged() {
    let mut sim = simulation();
    let id = named(&sim, "North 0");
    assert_eq!(quality(&sim.conditions.context(), &sim.state, Party::Organisation(id), 0.5), 0.5);
    let packaged = |sim: &Simulation| (sim.record.movement.packaged, sim.record.movement.built);
    sim.conditions.parameters.conduct.hazard = 0.0;
    sim.state.organisations.iter_mut().for_each(|o| o.conduct.misconduct = Some(20));
    assert_eq!(quality(&sim.conditions.context(), &sim.state, Party::Organisation(id), 0.5), 0.2);
    sim.conditions.parameters.conduct.routine = 0.0;
    sim.conditions.parameters.conduct.served = 0.0;
    fixture::run(&mut sim, &Policy::default(), 2);
    let (packaged, built) = packaged(&sim);
    // What was begun before is finished as it was planned.
    assert!(f64::from(packaged) > 0.8 * f64::from(built), "{packaged} of {built}");
}

/// More oversight shortens misconduct; it does not change how often misconduct begins.
#[test]
fn oversight_shortens_misconduct() {
    let misconduct = |oversight: f64, accountability: f64| {
        let mut sim = quiet();
        let p = &mut sim.conditions.parameters.conduct;
        (p.hazard, p.finance, p.peers, p.routine) = (0.01, 0.2, 0.2, 0.02);
        for _ in 0..400 {
            run(&sim.conditions.under(&governed(oversight, accountability)), &mut sim.state, &mut sim.record);
            sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
        }
        f64::from(sim.record.movement.organisation_misconduct) / f64::from(sim.record.movement.organisation_quarters)
    };
    let neither = misconduct(0.0, 0.0);
    assert!(misconduct(1.0, 0.0) < 0.7 * neither && misconduct(0.0, 1.0) < 0.7 * neither);
}

#[test]
fn switched_off_no_misconduct_begins() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "conduct");
    let mut sim = simulation_of(&inputs);
    for _ in 0..6 {
        fixture::run(&mut sim, &governed(1.0, 1.0), 1);
        let movement = sim.record.movement;
        assert_eq!((movement.incidents, movement.false_alarms, movement.harm), (0, 0, 0.0));
        assert_eq!((movement.oversight_work, movement.accountability_work), (Work::ZERO, Work::ZERO));
    }
}
