//! Tests of aptitude and of who chooses a hub's work.

use super::*;
use crate::fixture::{self, REJECT, setup, switch_off, thematic, world, world_of, z_of_mean};
use crate::ids::{RegionId, ThemeId};
use crate::inputs::Setup;

fn history(setup: &Setup, autonomy: Autonomy, years: u32) -> World {
    let mut policy = thematic();
    policy.hubs.autonomy = autonomy;
    let mut world = world_of(setup);
    fixture::run(&mut world, &policy, years);
    world
}

fn solved(world: &World) -> f64 {
    world.tally.regions.iter().map(|region| region.solved).sum()
}

#[test]
fn switched_off_all_are_alike() {
    let mut setup = setup();
    switch_off(&mut setup.parameters, "autonomy");
    let world = world_of(&setup);
    assert!((0..100).all(|k| effort(&world, Key(1), Key(k)) == 1.0));
    let stream = world.stream.decision(Decision::Taste, 0);
    let view = View::of(&world, &thematic(), OrganisationId(1), Some(MandateId(0)), Key(3), stream);
    assert_eq!(view.on(Key(9), || 0.0), stream.with(Key(3)).entity(Key(9)).uniform(0));
}

/// Uniform on [−1, 1] over problems, independent between makers: 4,000 each. A mean of 0.05, the mutant, is rejected.
#[test]
fn aptitude_is_a_fair_draw_for_ever() {
    let mut world = world();
    let draws: Vec<f64> = (0..4000).map(|k| aptitude(&world, Key(1), Key(k))).collect();
    let squares: Vec<f64> = draws.iter().map(|a| a * a).collect();
    let products: Vec<f64> = draws.iter().zip(0..).map(|(a, k)| a * aptitude(&world, Key(2), Key(k))).collect();
    assert!(z_of_mean(&draws, 0.0).abs() < REJECT && z_of_mean(&draws, 0.05).abs() > REJECT);
    assert!(z_of_mean(&squares, 1.0 / 3.0).abs() < REJECT && z_of_mean(&squares, 0.36).abs() > REJECT);
    assert!(z_of_mean(&products, 0.0).abs() < REJECT && z_of_mean(&products, 0.05).abs() > REJECT);
    world.quarter += 9;
    assert_eq!(aptitude(&world, Key(1), Key(7)), draws[7]);
    assert!((effort(&world, Key(1), Key(7)) - (1.0 - 0.2 * draws[7])).abs() < 1e-15);
}

/// A hub that chooses itself takes what it is good at: of two problems the one with more aptitude, in the share of pairs
/// that k says. At k = 0 that is ½, at k = 1 always.
#[test]
fn a_hub_likes_what_it_is_good_at() {
    let mut world = world();
    let stream = world.stream.decision(Decision::Taste, 0);
    let maker = OrganisationId(1);
    let key = world.organisations[OrganisationId(1)].key;
    let mut agreed = |known: f64, autonomy: Autonomy| {
        world.parameters.autonomy.self_knowledge = known;
        let mut policy = thematic();
        policy.hubs.autonomy = autonomy;
        let view = View::of(&world, &policy, maker, Some(MandateId(0)), Key(3), stream);
        let pairs = (0..2000u64).filter(|&k| {
            let (a, b) = (Key(2 * k), Key(2 * k + 1));
            (view.on(a, || 0.0) > view.on(b, || 0.0)) == (aptitude(&world, key, a) > aptitude(&world, key, b))
        });
        pairs.count() as f64 / 2000.0
    };
    assert!((agreed(0.0, Autonomy::Own) - 0.5).abs() < 0.05);
    let half = agreed(0.5, Autonomy::Own);
    assert!(half > 0.65 && half < 0.85);
    assert_eq!(agreed(1.0, Autonomy::Own), 1.0);
    // Whoever pays does not know.
    assert!((agreed(1.0, Autonomy::Funder) - 0.5).abs() < 0.05);
}

#[test]
fn homes_choose_as_before_and_all_hubs_have_one_payer() {
    let world = world();
    let stream = world.stream.decision(Decision::Taste, 0);
    let on = |autonomy: Autonomy, mandate: Option<MandateId>, desk: Key| {
        let mut policy = thematic();
        policy.hubs.autonomy = autonomy;
        View::of(&world, &policy, OrganisationId(1), mandate, desk, stream).on(Key(4), || 0.25)
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

/// A steering group costs its hub work for each region, and nobody else.
#[test]
fn steering_costs_work_by_region() {
    let world = history(&setup(), Autonomy::Own, 1);
    let m = fixture::hub(&world, 0);
    let mut policy = thematic();
    assert_eq!(steering(&world, &policy, m), Work::ZERO);
    policy.hubs.autonomy = Autonomy::Steering;
    assert!((steering(&world, &policy, m).0 - 3.0 * 0.03).abs() < 1e-15);
    let mut narrow = world.clone();
    narrow.mandates[m].scope = narrow.mandates[m].scope.keep(&[RegionId(0)]);
    assert!((steering(&narrow, &policy, m).0 - 0.03).abs() < 1e-15);
    assert!(world.mandates[m].scope.holds(RegionId(2), ThemeId(0)));
}

#[test]
fn who_chooses_makes_a_difference() {
    let all = [Autonomy::Own, Autonomy::Steering, Autonomy::Funder].map(|a| solved(&history(&setup(), a, 6)));
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2], "{all:?}");
}

/// The table can go either way: with much aptitude that hubs know they build cheaper than whoever the payer sends.
#[test]
fn hubs_that_know_themselves_build_with_less_work() {
    let built = |spread: f64, known: f64, autonomy: Autonomy| {
        let mut setup = setup();
        (setup.parameters.autonomy.spread, setup.parameters.autonomy.self_knowledge) = (spread, known);
        setup.parameters.production.taste = 20.0;
        let mut policy = thematic();
        policy.hubs.autonomy = autonomy;
        let (mut world, mut built) = (world_of(&setup), 0);
        for _ in 0..8 {
            fixture::run(&mut world, &policy, 1);
            built += world.mandates.iter().map(|m| m.built).sum::<u32>();
        }
        f64::from(built)
    };
    assert!(built(0.9, 1.0, Autonomy::Own) > 1.1 * built(0.9, 1.0, Autonomy::Funder));
}
