//! Tests of aptitude and of the three ways to choose a hub's work.

use super::*;
use crate::fixture::{self, REJECT, inputs, simulation, simulation_of, switch_off, thematic, z_of_mean};
use crate::ids::OrganisationId;
use crate::ids::{RegionId, ThemeId};
use crate::inputs::Inputs;
use crate::simulation::Simulation;

fn history(inputs: &Inputs, autonomy: Autonomy, years: u32) -> Simulation {
    let mut policy = thematic();
    // Hubs with enough work to choose among problems.
    (policy.hubs.autonomy, policy.hubs.share, policy.hubs.hub_cap) = (autonomy, 0.9.into(), 0.4);
    let mut sim = simulation_of(inputs);
    fixture::run(&mut sim, &policy, years);
    sim
}

fn solved(sim: &Simulation) -> f64 {
    sim.record.regions.iter().map(|region| region.solved).sum()
}

#[test]
fn switched_off_aptitude_and_steering_have_no_effect() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "autonomy");
    let sim = simulation_of(&inputs);
    assert!((0..100).all(|k| relative_effort(&sim.conditions.context(), Key(1), Key(k)) == 1.0));
    let stream = sim.conditions.random.decision(Decision::Taste, 0);
    let preference = ProblemPreference::new(
        &sim.conditions.under(&thematic()),
        &sim.state,
        Actor { organisation: OrganisationId(1), mandate: Some(MandateId(0)), key: Key(3), region: RegionId(0) },
        stream,
    );
    assert_eq!(preference.for_problem(Key(9), || 0.0), stream.with(Key(3)).entity(Key(9)).uniform(0));
}

/// Uniform on [−1, 1] over problems, independent between producers: 4,000 each. A mean of 0.05, the mutant, is
/// rejected.
#[test]
fn aptitude_is_uniform_and_never_changes() {
    let mut sim = simulation();
    let draws: Vec<f64> = (0..4000).map(|k| aptitude(&sim.conditions.context(), Key(1), Key(k))).collect();
    let squares: Vec<f64> = draws.iter().map(|a| a * a).collect();
    let products: Vec<f64> =
        draws.iter().zip(0..).map(|(a, k)| a * aptitude(&sim.conditions.context(), Key(2), Key(k))).collect();
    assert!(z_of_mean(&draws, 0.0).abs() < REJECT && z_of_mean(&draws, 0.05).abs() > REJECT);
    assert!(z_of_mean(&squares, 1.0 / 3.0).abs() < REJECT && z_of_mean(&squares, 0.36).abs() > REJECT);
    assert!(z_of_mean(&products, 0.0).abs() < REJECT && z_of_mean(&products, 0.05).abs() > REJECT);
    sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 9);
    assert_eq!(aptitude(&sim.conditions.context(), Key(1), Key(7)), draws[7]);
    assert!((relative_effort(&sim.conditions.context(), Key(1), Key(7)) - (1.0 - 0.2 * draws[7])).abs() < 1e-15);
}

/// A hub that chooses itself prefers what it is good at: of two problems the one with more aptitude, in the share of
/// pairs that k says. At k = 0 that is ½, at k = 1 always.
#[test]
fn a_hub_prefers_what_it_is_good_at() {
    let mut sim = simulation();
    let stream = sim.conditions.random.decision(Decision::Taste, 0);
    let actor =
        Actor { organisation: OrganisationId(1), mandate: Some(MandateId(0)), key: Key(3), region: RegionId(0) };
    let key = sim.state.organisations[OrganisationId(1)].key;
    let mut agreed = |known: f64, autonomy: Autonomy| {
        sim.conditions.parameters.autonomy.self_knowledge = known;
        let mut policy = thematic();
        policy.hubs.autonomy = autonomy;
        let preference = ProblemPreference::new(&sim.conditions.under(&policy), &sim.state, actor, stream);
        let pairs = (0..2000u64).filter(|&k| {
            let (a, b) = (Key(2 * k), Key(2 * k + 1));
            (preference.for_problem(a, || 0.0) > preference.for_problem(b, || 0.0))
                == (aptitude(&sim.conditions.context(), key, a) > aptitude(&sim.conditions.context(), key, b))
        });
        pairs.count() as f64 / 2000.0
    };
    assert!((agreed(0.0, Autonomy::Own) - 0.5).abs() < 0.05);
    let half = agreed(0.5, Autonomy::Own);
    assert!(half > 0.65 && half < 0.85);
    assert_eq!(agreed(1.0, Autonomy::Own), 1.0);
    // The funder does not know the aptitude.
    assert!((agreed(1.0, Autonomy::Funder) - 0.5).abs() < 0.05);
}

#[test]
fn organisations_at_home_choose_by_their_own_taste_and_all_hubs_by_that_of_one_payer() {
    let sim = simulation();
    let stream = sim.conditions.random.decision(Decision::Taste, 0);
    let on = |autonomy: Autonomy, mandate: Option<MandateId>, queue: Key| {
        let mut policy = thematic();
        policy.hubs.autonomy = autonomy;
        ProblemPreference::new(
            &sim.conditions.under(&policy),
            &sim.state,
            Actor { organisation: OrganisationId(1), mandate, key: queue, region: RegionId(0) },
            stream,
        )
        .for_problem(Key(4), || 0.25)
    };
    let home = stream.with(Key(3)).entity(Key(4)).uniform(0);
    for autonomy in [Autonomy::Own, Autonomy::Steering, Autonomy::Funder] {
        assert_eq!(on(autonomy, None, Key(3)), home);
    }
    let hub = |k: u16| Some(MandateId(k));
    assert_eq!(on(Autonomy::Funder, hub(0), Key(3)), on(Autonomy::Funder, hub(1), Key(8)));
    assert_ne!(on(Autonomy::Own, hub(0), Key(3)), on(Autonomy::Own, hub(1), Key(8)));
    assert_eq!(on(Autonomy::Steering, hub(0), Key(3)), 0.25);
}

/// A steering group costs its hub work for each region, and no other organisation.
#[test]
fn steering_costs_work_by_region() {
    let sim = history(&inputs(), Autonomy::Own, 1);
    let m = fixture::hub(&sim, 0);
    let mut policy = thematic();
    assert_eq!(steering_work(&sim.conditions.under(&policy), &sim.state, m), Work::ZERO);
    policy.hubs.autonomy = Autonomy::Steering;
    assert!((steering_work(&sim.conditions.under(&policy), &sim.state, m).0 - 3.0 * 0.03).abs() < 1e-15);
    let mut narrow = sim.clone();
    narrow.state.mandates[m].scope = narrow.state.mandates[m].scope.keep(&[RegionId(0)]);
    assert!((steering_work(&narrow.conditions.under(&policy), &narrow.state, m).0 - 0.03).abs() < 1e-15);
    assert!(sim.state.mandates[m].scope.holds(RegionId(2), ThemeId(0)));
}

#[test]
fn the_three_ways_to_choose_give_different_results() {
    let all = [Autonomy::Own, Autonomy::Steering, Autonomy::Funder].map(|a| solved(&history(&inputs(), a, 6)));
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2], "{all:?}");
}

/// With large differences in aptitude, hubs that know their own build with less work than hubs that a funder directs.
#[test]
fn hubs_that_know_themselves_build_with_less_work() {
    let built = |spread: f64, known: f64, autonomy: Autonomy| {
        let mut inputs = inputs();
        (inputs.parameters.autonomy.spread, inputs.parameters.autonomy.self_knowledge) = (spread, known);
        inputs.parameters.production.taste = 20.0;
        let mut policy = thematic();
        (policy.hubs.autonomy, policy.hubs.share, policy.hubs.hub_cap) = (autonomy, 0.9.into(), 0.4);
        let (mut sim, mut built) = (simulation_of(&inputs), 0);
        for _ in 0..8 {
            fixture::run(&mut sim, &policy, 1);
            built += sim.state.mandates.iter().map(|m| m.year.built).sum::<u32>();
        }
        f64::from(built)
    };
    assert!(built(0.9, 1.0, Autonomy::Own) > 1.1 * built(0.9, 1.0, Autonomy::Funder));
}
