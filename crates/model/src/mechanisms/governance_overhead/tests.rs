//! Tests of the governance overhead: its work is taken from the organisations that govern or are governed, only once.

use super::*;
use crate::fixture::{inputs, named, simulation, simulation_of, switch_off, thematic};
use crate::mechanisms::capacity;
use crate::policy::Policy;
use crate::simulation::Simulation;
use crate::state::GovernanceWork;
use crate::units::Capacity;
use crate::units::Money;

fn governed(oversight: f64, accountability: f64) -> Policy {
    let mut policy = thematic();
    (policy.governance.oversight, policy.governance.accountability) = (oversight, accountability);
    policy
}

/// Work of all organisations after the split.
fn left(sim: &Simulation) -> f64 {
    sim.state.organisations.iter().map(|o| (o.support_left + o.queue.budget + o.learning).0).sum()
}

#[test]
fn all_work_pays_in_proportion() {
    let mut sim = simulation();
    sim.conditions.now.set_year(1);
    let id = named(&sim, "North 0");
    let o = &mut sim.state.organisations[id];
    (o.learning, o.support_left, o.queue.budget) = (Work(1.0), Work(2.0), Work(1.0));
    (o.governance_work.deciding, o.governance_work.lobbying) = (Work(0.8), Work(0.2));
    run(&sim.conditions.under(&governed(0.0, 0.0)), &mut sim.state, &mut sim.record);
    let o = &sim.state.organisations[id];
    assert_eq!((o.learning, o.support_left, o.queue.budget), (Work(0.75), Work(1.5), Work(0.75)));
    let movement = &sim.record.movement;
    assert!((movement.deciding_work.0 - 0.8).abs() < 1e-12 && (movement.lobbying_work.0 - 0.2).abs() < 1e-12);
    assert_eq!(o.governance_work, GovernanceWork::default(), "paid");
}

#[test]
fn overhead_never_exceeds_the_work_there_is() {
    let mut sim = simulation();
    sim.conditions.now.set_year(1);
    let id = named(&sim, "South 2").index();
    let o = &mut sim.state.organisations[OrganisationId::from_index(id)];
    (o.learning, o.support_left, o.queue.budget) = (Work(0.1), Work(0.1), Work(0.1));
    o.governance_work.deciding = Work(3.0);
    let before = left(&sim);
    run(&sim.conditions.under(&governed(0.0, 0.0)), &mut sim.state, &mut sim.record);
    assert!((before - left(&sim) - 0.3).abs() < 1e-12 && (sim.record.movement.deciding_work.0 - 0.3).abs() < 1e-12);
}

/// Organisations with much money pay shares of their work, and the foundation pays for each of them; others pay
/// nothing.
#[test]
fn oversight_and_accountability_cost_what_is_stated() {
    let mut sim = simulation();
    sim.conditions.now.set_year(1);
    for o in &mut sim.state.organisations {
        (o.grants, o.hub_money) = (Money::ZERO, Money::ZERO);
    }
    let large = named(&sim, "North 0");
    sim.state.organisations[large].grants = Money(1e6);
    let foundation = sim.state.foundation.expect("there is one");
    capacity::run(&sim.conditions.under(&governed(0.0, 0.0)), &mut sim.state, &mut sim.record);
    let work = |o: OrganisationId| (sim.state.organisations[o].staff + sim.state.organisations[o].labour).0;
    let all = work(large) + work(foundation);
    let before = left(&sim);
    run(&sim.conditions.under(&governed(1.0, 0.5)), &mut sim.state, &mut sim.record);
    let movement = sim.record.movement;
    assert!((movement.oversight_work.0 - (0.02 * all + 0.01 * 2.0)).abs() < 1e-9, "{movement:?}");
    assert!((movement.accountability_work.0 - 0.5 * 0.03 * all).abs() < 1e-9);
    assert!((before - left(&sim) - (movement.oversight_work + movement.accountability_work).0).abs() < 1e-9);
}

/// A mandate owes a share of the work of all its staff, and answers to false alarms about it. Its own work pays for that,
/// service included; nobody's home does, though the mandate's money is much.
#[test]
fn a_mandate_pays_for_being_governed_and_nobodys_home_does() {
    let mut sim = simulation();
    crate::fixture::run(&mut sim, &thematic(), 1);
    let m = crate::fixture::hub(&sim, 0);
    let partner = sim.state.affiliates().find(|&id| !sim.state.mandates[m].held_by(id)).expect("there are others");
    // Only their mandates make them large.
    sim.state.organisations.iter_mut().for_each(|o| {
        (o.grants, o.own_income, o.hub_money) = (Money::ZERO, Money::ZERO, Money(1e6));
    });
    sim.state.organisations.iter_mut().for_each(|o| o.governance_work = GovernanceWork::default());
    sim.state.mandates.iter_mut().for_each(|m| m.staff = Capacity::ZERO);
    let mandate = &mut sim.state.mandates[m];
    mandate.add_partner(partner);
    (mandate.staff, mandate.seconded[0], mandate.answering) = (Capacity(3.0), Capacity(1.0), Work(0.2));
    (mandate.support_left, mandate.queue.budget) = (Work(1.6), Work(1.2));
    (mandate.outreach, mandate.learning) = (Work(0.8), Work(0.4));
    let foundation = sim.state.foundation.expect("there is one");
    let homes = |sim: &Simulation| -> Vec<Work> {
        let others = sim.state.organisations.ids().filter(|&id| id != foundation);
        others.map(|id| sim.state.organisations[id].clone().take_work(Work(1e9))).collect()
    };
    let before = homes(&sim);
    sim.record.clear_year();
    run(&sim.conditions.under(&governed(1.0, 1.0)), &mut sim.state, &mut sim.record);
    let left = 1.0 - ((0.02 + 0.03) * 4.0 + 0.2) / 4.0;
    let mandate = &sim.state.mandates[m];
    for (now, then) in [(mandate.support_left, 1.6), (mandate.queue.budget, 1.2), (mandate.outreach, 0.8)] {
        assert!((now.0 - left * then).abs() < 1e-12);
    }
    assert!((mandate.learning.0 - left * 0.4).abs() < 1e-12 && mandate.answering == Work::ZERO);
    assert_eq!(homes(&sim), before);
    let foundation = &sim.state.organisations[foundation];
    let central = (foundation.staff + foundation.labour).0;
    // The foundation oversees itself and each hub.
    let overseen = 1.0 + sim.state.hub_count() as f64;
    let movement = &sim.record.movement;
    assert!((movement.oversight_work.0 - (0.02 * (4.0 + central) + 0.01 * overseen)).abs() < 1e-9);
    assert!((movement.accountability_work.0 - (0.03 * (4.0 + central) + 0.2)).abs() < 1e-9);
}

/// Where overseeing takes all the work there is, the help of hubs collapses, and that of their holders at home does not.
#[test]
fn what_a_mandate_owes_costs_its_own_service() {
    let help = |cost: f64| {
        let mut inputs = inputs();
        (inputs.parameters.conduct.oversight_work, inputs.parameters.conduct.accountability_work) = (cost, cost);
        // Nobody but mandates is governed.
        inputs.parameters.conduct.size = Capacity(1e4);
        let mut sim = simulation_of(&inputs);
        crate::fixture::run(&mut sim, &governed(1.0, 1.0), 4);
        let sum = |of: fn(&crate::record::rows::RegionSums) -> f64| sim.record.regions.iter().map(of).sum::<f64>();
        [sum(|r| r.help_hubs), sum(|r| r.help_local)]
    };
    let ([hubs, homes], [hubs_paid, homes_paid]) = (help(0.0), help(1.0));
    assert!(hubs > 0.0 && hubs_paid < 0.01 * hubs, "{hubs} {hubs_paid}");
    assert!(homes_paid > 0.9 * homes, "{homes} {homes_paid}");
}

#[test]
fn without_the_levers_or_switched_off_oversight_costs_nothing() {
    let mut inputs = inputs();
    for off in [false, true] {
        if off {
            switch_off(&mut inputs.parameters, "conduct");
        }
        let mut sim = simulation_of(&inputs);
        sim.conditions.now.set_year(1);
        let policy = if off { governed(1.0, 1.0) } else { governed(0.0, 0.0) };
        capacity::run(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
        assert_eq!(
            (sim.record.movement.oversight_work, sim.record.movement.accountability_work),
            (Work::ZERO, Work::ZERO)
        );
    }
}

#[test]
fn there_is_no_overhead_before_the_first_year() {
    let mut sim = simulation();
    sim.state.organisations.iter_mut().for_each(|o| o.governance_work.deciding = Work(1.0));
    let before = left(&sim);
    run(&sim.conditions.under(&governed(1.0, 1.0)), &mut sim.state, &mut sim.record);
    assert_eq!(left(&sim), before);
}
