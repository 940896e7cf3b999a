//! Tests of needs, optima and interests.

use super::*;
use crate::fixture::{REJECT, setup, simulation, simulation_of, switch_off, z_of_count, z_of_mean};
use crate::simulation::Simulation;

fn interests(sim: &Simulation) -> Vec<ThemeId> {
    sim.state.volunteers.iter().map(|v| v.theme).collect()
}

#[test]
fn switched_off_needs_optima_and_interests_do_not_change() {
    let mut setup = setup();
    switch_off(&mut setup.parameters, "themes");
    let mut sim = simulation_of(&setup);
    let before = sim.clone();
    for year in 1..=10 {
        sim.conditions.now.set_year(year);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    }
    assert_eq!(sim.state.need, before.state.need);
    assert_eq!(interests(&sim), interests(&before));
    assert!(sim.state.themes.iter().zip(&before.state.themes).all(|(now, then)| now.optimum == then.optimum));
}

#[test]
fn shares_of_need_sum_to_one_in_every_region() {
    let mut sim = simulation();
    for year in 1..=30 {
        sim.conditions.now.set_year(year);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        for need in sim.state.need.rows() {
            assert!((need.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }
}

#[test]
fn a_theme_is_drawn_as_often_as_it_is_needed() {
    let need = [0.2, 0.0, 0.5, 0.3];
    let mut counts = [0; 4];
    (0..1000).for_each(|i| counts[draw_theme(&need, (f64::from(i) + 0.5) / 1000.0).index()] += 1);
    assert_eq!(counts, [200, 0, 500, 300]);
    assert_eq!(draw_theme(&need, 1.0).index(), 3, "rounding never leaves the list");
}

#[test]
fn themes_are_born_and_fade_on_their_dates() {
    let mut setup = setup();
    setup.theme[1].born = 3.0;
    setup.theme[2].fades = 5.0;
    let mut sim = simulation_of(&setup);
    assert_eq!(sim.state.need(crate::ids::RegionId(0), ThemeId(1)), 0.0);
    let presence: Vec<(f64, f64)> = (1..=8)
        .map(|year| {
            sim.conditions.now.set_year(year);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            (sim.state.themes[ThemeId(1)].presence, sim.state.themes[ThemeId(2)].presence)
        })
        .collect();
    let born: Vec<f64> = presence.iter().map(|p| p.0).collect();
    assert_eq!(born, [0.0, 0.0, 0.25, 0.6, 0.95, 1.0, 1.0, 1.0]);
    let fading = [1.0, 1.0, 1.0, 1.0, 1.0, 0.75, 0.5625, 0.421_875];
    assert!(presence.iter().zip(fading).all(|(p, expected)| (p.1 - expected).abs() < 1e-12));
}

/// 9,000 steps of the optimum with standard deviation 0.05: a tenth more is rejected.
#[test]
fn the_optimum_moves_at_its_stated_speed() {
    let mut sim = simulation();
    sim.conditions.parameters.themes.jump_chance = 0.0;
    sim.conditions.parameters.themes.drift_scale = 2.5;
    let mut squares = Vec::new();
    for year in 1..=3000 {
        let before: Vec<f64> = sim.state.themes.iter().map(|theme| theme.optimum).collect();
        sim.conditions.now.set_year(year);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        squares.extend(
            sim.state
                .themes
                .iter()
                .zip(before)
                .map(|(t, b)| signed_distance(b, t.optimum) * signed_distance(b, t.optimum)),
        );
    }
    assert!(z_of_mean(&squares, 0.05 * 0.05).abs() < REJECT);
    assert!(z_of_mean(&squares, 0.055 * 0.055).abs() > REJECT, "the mutant passes");
}

/// Jumps are a quarter of the circle, as often as stated: 9,000 chances of 0.2; 0.23, the mutant, is rejected.
#[test]
fn optima_jump_as_often_as_stated() {
    let mut sim = simulation();
    sim.conditions.parameters.themes.jump_chance = 0.2;
    sim.conditions.parameters.themes.drift_scale = 0.0;
    let mut jumps = 0;
    for year in 1..=3000 {
        let before: Vec<f64> = sim.state.themes.iter().map(|theme| theme.optimum).collect();
        sim.conditions.now.set_year(year);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        for (theme, before) in sim.state.themes.iter().zip(before) {
            let moved = signed_distance(before, theme.optimum).abs();
            assert!(moved < 1e-12 || (moved - 0.25).abs() < 1e-12);
            assert_eq!(theme.jumped, moved > 0.1);
            jumps += usize::from(moved > 0.1);
        }
    }
    assert!(z_of_count(jumps, 9000, 0.2).abs() < REJECT);
    assert!(z_of_count(jumps, 9000, 0.23).abs() > REJECT, "the mutant passes");
}

/// With equal needs, two of three volunteers who draw anew get another theme: 300 people, 40 years.
#[test]
fn interests_change_as_often_as_stated() {
    let mut sim = simulation();
    sim.conditions.parameters.themes.reinterest = 0.3;
    sim.conditions.parameters.themes.need_drift = 0.0;
    let (mut turned, mut all) = (0, 0);
    for year in 1..=40 {
        let before = interests(&sim);
        sim.conditions.now.set_year(year);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        all += before.len();
        turned += before.iter().zip(&interests(&sim)).filter(|(a, b)| a != b).count();
    }
    assert!(z_of_count(turned, all, 0.2).abs() < REJECT);
    assert!(z_of_count(turned, all, 0.3).abs() > REJECT, "the mutant passes");
}
