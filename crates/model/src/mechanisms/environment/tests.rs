//! Tests of the environment: pots, people online, prices, shocks.

use super::*;
use crate::fixture::{REJECT, inputs, simulation, simulation_of, switch_off, z_of_count, z_of_mean};
use crate::random::Stream;

/// AR(1): variance σ²/(1 − φ²), and the pot's mean is its trend. 8,000 observations ten years apart (φ¹⁰ = 0.001); a
/// bias of 0.07 standard deviations, or of 10 % of the variance, is caught with 95 % power. The mutant is σ² alone.
#[test]
fn pots_vary_around_their_trend() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "environment");
    inputs.parameters.environment.pot_persistence = 0.5;
    inputs.parameters.environment.pot_scale = 2.0;
    inputs.funder[0].growth = 0.0;
    inputs.funder[0].volatility = 0.1;
    let mut sim = simulation_of(&inputs);
    let (mut squares, mut pots) = (Vec::new(), Vec::new());
    for year in 1..=80_000 {
        sim.conditions.now.set_year(year);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        if year % 10 == 0 {
            squares.push(sim.state.funders[FunderId(0)].deviation * sim.state.funders[FunderId(0)].deviation);
            pots.push(sim.state.funders[FunderId(0)].pot / sim.state.funders[FunderId(0)].trend);
        }
    }
    let sd = 0.2;
    assert!(z_of_mean(&squares, sd * sd / (1.0 - 0.25)).abs() < REJECT);
    assert!(z_of_mean(&pots, 1.0).abs() < REJECT);
    assert!(z_of_mean(&squares, sd * sd).abs() > REJECT, "the mutant passes");
}

/// Pots must not jump in year 1: their expectation is the trend, too. 20,000 worlds, a bias of 0.7 % of the pot is
/// caught with 95 % power; the mutant corrects by the stationary variance from the first year on.
#[test]
fn the_first_pot_is_expected_at_the_trend() {
    let mut start = simulation();
    start.conditions.parameters.environment.shock_chance = 0.0;
    start.conditions.parameters.environment.pot_scale = 1.0;
    start.state.funders[FunderId(0)].volatility = 0.4;
    start.conditions.now.set_year(1);
    let kept = start.state.funders.clone();
    let pots: Vec<f64> = (0..20_000)
        .map(|replicate| {
            start.state.funders.clone_from(&kept);
            start.conditions.random = Stream::new(11, replicate);
            update_pots(&start.conditions.context(), &mut start.state, &mut start.record);
            start.state.funders[FunderId(0)].pot / start.state.funders[FunderId(0)].trend
        })
        .collect();
    assert!(z_of_mean(&pots, 1.0).abs() < REJECT, "{}", z_of_mean(&pots, 1.0));
    let phi = start.conditions.parameters.environment.pot_persistence;
    let mutant = libm::exp(0.5 * 0.16 * (1.0 - 1.0 / (1.0 - phi * phi)));
    assert!(z_of_mean(&pots, mutant).abs() > REJECT, "the mutant passes");
}

#[test]
fn people_come_online_by_the_logistic_recursion() {
    let mut sim = simulation();
    let (mut online, growth, population) = (100.0, 0.05, 200.0);
    for year in 1..=30 {
        sim.conditions.now.set_year(year);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        online += growth * online * (1.0 - online / (0.97 * population));
        assert_eq!(sim.state.regions[RegionId(0)].online.to_bits(), f64::to_bits(online));
    }
    assert!(online > 120.0 && online < 0.97 * population);
}

#[test]
fn switched_off_only_trends_remain() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "environment");
    let mut sim = simulation_of(&inputs);
    let (prices, affinity) = (sim.state.regions[RegionId(1)].price_level, sim.state.affinity.clone());
    for year in 1..=20 {
        sim.conditions.now.set_year(year);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        assert_eq!(sim.state.funders[FunderId(0)].pot, sim.state.funders[FunderId(0)].trend);
        assert!(
            (sim.state.funders[FunderId(0)].pot.0 / (400_000.0 * libm::pow(1.03, f64::from(year))) - 1.0).abs() < 1e-12
        );
        assert_eq!(sim.state.regions[RegionId(1)].price_level, prices);
        assert_eq!(sim.state.affinity, affinity);
        assert!(sim.state.themes.iter().all(|theme| theme.surge == 1.0));
    }
}

/// A pot that follows prices has the same real value in every year; the real value of others falls.
#[test]
fn an_indexed_pot_keeps_up_with_prices() {
    let real = |indexed: f64| {
        let mut inputs = inputs();
        switch_off(&mut inputs.parameters, "environment");
        inputs.parameters.environment.inflation = 0.04;
        (inputs.funder[0].growth, inputs.funder[0].indexed) = (0.0, indexed);
        let mut sim = simulation_of(&inputs);
        for year in 1..=20 {
            sim.conditions.now.set_year(year);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        }
        sim.state.funders[FunderId(0)].pot.0 / 400_000.0 / libm::pow(1.04, 20.0)
    };
    assert!((real(1.0) - 1.0).abs() < 1e-12);
    assert!((real(0.5) - libm::pow(1.02 / 1.04, 20.0)).abs() < 1e-12);
    assert!((real(0.0) - libm::pow(1.04, -20.0)).abs() < 1e-12);
}

/// 6,000 years with a probability of 0.25 each; 0.28, the mutant, is rejected.
#[test]
fn funders_withdraw_as_often_as_stated() {
    let mut sim = simulation();
    sim.conditions.parameters.environment.shock_chance = 0.25;
    sim.state.funders[FunderId(0)].growth = 0.0;
    for year in 1..=6000 {
        sim.conditions.now.set_year(year);
        update_pots(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    }
    let shocks = sim.record.events.entries().len();
    assert!(z_of_count(shocks, 6000, 0.25).abs() < REJECT);
    assert!(z_of_count(shocks, 6000, 0.28).abs() > REJECT, "the mutant passes");
}

#[test]
fn a_dated_shock_affects_the_named_entity_in_the_stated_years() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "environment");
    let shock = Shock { year: 2.0, years: 2.0, ..Shock::default() };
    inputs.shock = vec![
        Shock { funder: "Fund".into(), pot: 0.5, ..shock.clone() },
        Shock { region: "South".into(), affinity: 0.4, ..shock.clone() },
        Shock { theme: "law".into(), need: 3.0, ..shock.clone() },
        Shock { foundation: 2.5, ..shock },
    ];
    let mut sim = simulation_of(&inputs);
    let mut trend = 1.0;
    for year in 1..=4 {
        sim.conditions.now.set_year(year);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        let struck = (2..=3).contains(&year);
        let pot = sim.state.funders[FunderId(0)].pot / sim.state.funders[FunderId(0)].trend;
        assert!((pot - if struck { 0.5 } else { 1.0 }).abs() < 1e-12);
        assert!((sim.state.affinity[(RegionId(0), RegionId(2))] - if struck { 0.2 } else { 0.5 }).abs() < 1e-12);
        assert_eq!(sim.state.affinity[(RegionId(0), RegionId(1))], 0.5);
        assert_eq!(sim.state.themes[ThemeId(2)].surge, if struck { 3.0 } else { 1.0 });
        assert_eq!(sim.state.themes[ThemeId(0)].surge, 1.0);
        // The budget grows with the governed pots, here with the first one's trend, whatever strikes it.
        let budget = sim.state.budget_index / sim.state.budget_trend;
        assert_eq!(budget, if struck { 2.5 } else { 1.0 });
        assert!(sim.state.budget_trend >= trend, "a shock leaves no trace in the trend");
        trend = sim.state.budget_trend;
    }
}
