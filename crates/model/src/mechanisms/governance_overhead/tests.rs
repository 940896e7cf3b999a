//! Tests of the governance overhead: its work is taken from the organisations that govern or are governed, only once.

use super::*;
use crate::fixture::{inputs, named, simulation, simulation_of, switch_off, thematic};
use crate::mechanisms::capacity;
use crate::policy::Policy;
use crate::simulation::Simulation;
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
fn learning_pays_first_and_the_rest_in_proportion() {
    let mut sim = simulation();
    sim.conditions.now.set_year(1);
    let id = named(&sim, "North 0").index();
    let o = &mut sim.state.organisations[OrganisationId::from_index(id)];
    (o.learning, o.support_left, o.queue.budget) = (Work(1.0), Work(2.0), Work(2.0));
    o.governance_work.deciding = Work(0.6);
    run(&sim.conditions.under(&governed(0.0, 0.0)), &mut sim.state, &mut sim.record);
    let o = &mut sim.state.organisations[OrganisationId::from_index(id)];
    assert!((o.learning.0 - 0.4).abs() < 1e-12 && (o.support_left, o.queue.budget) == (Work(2.0), Work(2.0)));
    (o.governance_work.deciding, o.governance_work.lobbying) = (Work(1.0), Work(0.4));
    run(&sim.conditions.under(&governed(0.0, 0.0)), &mut sim.state, &mut sim.record);
    let o = &sim.state.organisations[OrganisationId::from_index(id)];
    assert!(
        o.learning.0.abs() < 1e-12 && (o.support_left.0 - 1.5).abs() < 1e-12 && (o.queue.budget.0 - 1.5).abs() < 1e-12
    );
    assert!(
        (sim.record.movement.deciding_work.0 - 1.6).abs() < 1e-12
            && (sim.record.movement.lobbying_work.0 - 0.4).abs() < 1e-12
    );
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

/// Staff that a partner has for a hub is overseen like that of the holder, and the partner pays for it.
#[test]
fn partners_pay_for_the_staff_they_have_for_a_hub() {
    let mut sim = simulation();
    crate::fixture::run(&mut sim, &thematic(), 1);
    let m = crate::fixture::hub(&sim, 0);
    let partner = sim.state.affiliates().find(|&id| !sim.state.mandates[m].held_by(id)).expect("there are others");
    let seconded = |staff: f64| {
        let mut sim = sim.clone();
        sim.state.organisations.iter_mut().for_each(|o| (o.grants, o.hub_money) = (Money::ZERO, Money::ZERO));
        let mandate = &mut sim.state.mandates[m];
        mandate.add_partner(partner);
        mandate.seconded[0] = crate::units::Capacity(staff);
        let o = &mut sim.state.organisations[partner];
        (o.learning, o.governance_work) = (Work(10.0), GovernanceWork::default());
        run(&sim.conditions.under(&governed(1.0, 1.0)), &mut sim.state, &mut sim.record);
        sim.state.organisations[partner].learning.0
    };
    let usual = seconded(0.0);
    assert!((usual - seconded(4.0) - (0.02 + 0.03) * 4.0).abs() < 1e-12);
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
