//! Tests of power: claims, hoarding and lobbying, and what accountability leaves of them.

use super::*;
use crate::fixture::{self, hub, inputs, named, simulation, simulation_of, switch_off, thematic};
use crate::policy::Policy;
use crate::simulation::Simulation;

fn accountable(by: f64) -> Policy {
    let mut policy = thematic();
    policy.governance.accountability = by;
    policy
}

/// A territorial organisation of high prestige.
fn territorial(sim: &mut Simulation, name: &str) -> OrganisationId {
    let id = named(sim, name);
    let o = &mut sim.state.organisations[id];
    (o.territoriality, o.prestige) = (0.8, 0.9);
    id
}

#[test]
fn territorial_organisations_of_prestige_claim_mandates_without_expertise() {
    let mut sim = simulation();
    let id = territorial(&mut sim, "North 0");
    sim.conditions.parameters.power.fear = 0.6;
    // 0.6 × 0.8 × 0.9 = 0.432 is above 0.18; peers leave 0.4 of it.
    assert!(claims(&sim.conditions.under(&accountable(0.0)), &sim.state, id));
    assert!(!claims(&sim.conditions.under(&accountable(1.0)), &sim.state, id));
    sim.state.organisations[id].prestige = 0.3;
    assert!(!claims(&sim.conditions.under(&accountable(0.0)), &sim.state, id));
}

#[test]
fn hoarding_reduces_sharing() {
    let mut sim = simulation();
    let id = territorial(&mut sim, "North 0");
    sim.conditions.parameters.power.hoarding = 0.5;
    run(&sim.conditions.under(&accountable(0.0)), &mut sim.state, &mut sim.record);
    assert!((sim.state.organisations[id].sharing - (1.0 - 0.5 * 0.72)).abs() < 1e-12);
    run(&sim.conditions.under(&accountable(1.0)), &mut sim.state, &mut sim.record);
    assert!((sim.state.organisations[id].sharing - (1.0 - 0.4 * 0.5 * 0.72)).abs() < 1e-12);
}

/// Where organisations keep all their materials to themselves, nobody adapts anything; there is no central catalogue.
#[test]
fn hoarded_materials_are_not_found() {
    let reused = |hoarding: f64| {
        let mut inputs = inputs();
        inputs.parameters.learning.prestige_speed = 0.0;
        inputs.parameters.power.hoarding = hoarding;
        let mut sim = simulation_of(&inputs);
        sim.conditions.parameters.affiliates.formation = 0.0;
        for o in &mut sim.state.organisations {
            (o.territoriality, o.prestige) = (1.0, 1.0);
        }
        sim.conditions.parameters.production.insist_power = 0.0;
        fixture::run(&mut sim, &Policy::default(), 4);
        sim.record.movement.reused
    };
    assert_eq!(reused(1.0), 0);
    assert!(reused(0.0) > 0);
}

#[test]
fn lobbying_wins_in_proportion_to_openness_and_less_when_exposed() {
    let mut sim = simulation();
    let id = territorial(&mut sim, "North 0");
    sim.conditions.parameters.power.lobbying = 0.5;
    let won = |by: f64, openness: f64| lobbied(&sim.conditions.under(&accountable(by)), &sim.state, id, openness);
    assert!((won(0.0, 0.4) - 0.5 * 0.72 * 0.4).abs() < 1e-12);
    assert!((won(1.0, 0.4) - 0.4 * won(0.0, 0.4)).abs() < 1e-12);
    assert_eq!(won(0.0, 0.0), 0.0);
}

/// Openness is computed: informed members are hard to influence.
#[test]
fn a_drawn_panel_is_hardly_open_to_lobbying() {
    use crate::mechanisms::deciding::assess_record;
    use crate::policy::levers::Body;
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 2);
    let m = hub(&sim, 0);
    let openness = |body: Body| {
        let mut policy = thematic();
        policy.governance.body = body;
        assess_record(&sim.conditions.under(&policy), &sim.state, m, 0.5, 0.5, |_| None).openness
    };
    assert!(openness(Body::Panel) < 0.2 && openness(Body::Panel) < 0.5 * openness(Body::Affiliates));
}

#[test]
fn accountability_makes_lobbying_more_expensive() {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 1);
    sim.conditions.parameters.power.lobbying = 0.5;
    let m = hub(&sim, 0);
    let holder = sim.state.mandates[m].holder;
    let cost = |sim: &mut Simulation, by: f64| {
        sim.state.organisations[holder].governance_work.lobbying = Work::ZERO;
        sim.state.organisations[holder].territoriality = 0.5;
        charge_lobbying_work(&sim.conditions.under(&accountable(by)), &mut sim.state, m);
        sim.state.organisations[holder].governance_work.lobbying.0
    };
    assert!((cost(&mut sim, 0.0) - 0.15).abs() < 1e-12);
    assert!((cost(&mut sim, 1.0) - 0.15 * 1.6).abs() < 1e-12);
}

#[test]
fn switched_off_nobody_claims_hoards_or_lobbies() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "power");
    let mut sim = simulation_of(&inputs);
    fixture::run(&mut sim, &thematic(), 2);
    for o in &mut sim.state.organisations {
        (o.territoriality, o.prestige) = (1.0, 1.0);
    }
    run(&sim.conditions.under(&thematic()), &mut sim.state, &mut sim.record);
    for o in 0..sim.state.organisations.len() {
        let id = OrganisationId::from_index(o);
        assert!(
            !claims(&sim.conditions.under(&thematic()), &sim.state, id)
                && sim.state.organisations[OrganisationId::from_index(o)].sharing == 1.0
        );
        assert_eq!(lobbied(&sim.conditions.under(&thematic()), &sim.state, id, 1.0), 0.0);
    }
    let m = hub(&sim, 0);
    charge_lobbying_work(&sim.conditions.under(&thematic()), &mut sim.state, m);
    assert!(sim.state.organisations.iter().all(|o| o.governance_work.lobbying == Work::ZERO));
}
