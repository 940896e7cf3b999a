//! Tests of the people: leaving, arriving, joining.

use super::departures::{hazards, resident_holders, stay_or_leave};
use super::motivation::MotivationEffect;
use super::*;
use crate::clock::BURN_IN;
use crate::fixture::{REJECT, inputs, simulation, simulation_of, z_of_count, z_of_mean};
use crate::inputs::Inputs;
use crate::simulation::Simulation;
use crate::state::UNAFFILIATED;
use crate::state::volunteers::Volunteer;

/// One region of people who leave at a constant hazard and do not imitate each other.
fn constant_hazard(hazard: f64, people: f64, saturation: f64) -> Inputs {
    let mut inputs = inputs();
    inputs.people_per_agent = 1.0;
    inputs.region.iter_mut().for_each(|region| region.volunteers = 0.0);
    inputs.region[0].volunteers = people;
    inputs.region[0].saturation = saturation;
    inputs.region[0].online_growth = 0.0;
    let p = &mut inputs.parameters.volunteers;
    (p.leaving, p.leaving_new, p.motivation_leaving, p.affiliated_factor) = (hazard, 0.0, 0.0, 1.0);
    (p.word_of_mouth, p.outreach) = (0.0, 0.0);
    inputs
}

/// N' = Bin(N, s) + Poisson(λ) has the stationary law Poisson(λ/(1 − s)). 500 looks eight quarters apart (s⁸ = 0.004):
/// a mean off by 0.27 of its standard deviation is caught with 95 % power. Mutants: the mean λ; a variance of half.
#[test]
fn numbers_are_stationary_at_a_constant_hazard() {
    let mut sim = simulation_of(&constant_hazard(0.5, 300.0, 0.01));
    let (mut numbers, mut squares) = (Vec::new(), Vec::new());
    for quarter in 0..4000 {
        sim.conditions.now.set_quarter(BURN_IN + quarter);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        if quarter % 8 == 7 {
            numbers.push(sim.state.regions[RegionId(0)].volunteers);
            squares.push(
                (sim.state.regions[RegionId(0)].volunteers - 300.0)
                    * (sim.state.regions[RegionId(0)].volunteers - 300.0),
            );
        }
    }
    assert!(z_of_mean(&numbers, 300.0).abs() < REJECT);
    assert!(z_of_mean(&squares, 300.0).abs() < REJECT);
    assert!(z_of_mean(&numbers, 150.0).abs() > REJECT, "the first mutant passes");
    assert!(z_of_mean(&squares, 150.0).abs() > REJECT, "the second mutant passes");
}

/// Where newcomers come at Bass's own rates, growth is S-shaped and follows its own recursion (not the curve of the
/// differential equation) within 3 %; without word of mouth, the mutant, it does not.
#[test]
fn growth_is_s_shaped_and_saturates() {
    let (hazard, start, most) = (0.1, 2500.0, 50_000.0);
    let mut inputs = constant_hazard(hazard, start, start / most);
    inputs.parameters.volunteers.word_of_mouth = 0.4;
    inputs.parameters.volunteers.balanced = 0.0;
    let mut sim = simulation_of(&inputs);
    let recursion = |q: f64| {
        let g = |n: f64| (1.0 - n / most).max(0.0) * (0.01 + q * n / most);
        let mut n = start;
        (0..60)
            .map(|_| {
                n = n * (1.0 - hazard) + most * g(n);
                n
            })
            .collect::<Vec<f64>>()
    };
    let (expected, mutant) = (recursion(0.4), recursion(0.0));
    let mut largest_step = (0, 0.0);
    let mut before = start;
    for quarter in 0..60 {
        sim.conditions.now.set_quarter(BURN_IN + quarter);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        let now = sim.state.regions[RegionId(0)].volunteers;
        assert!((now / expected[quarter as usize] - 1.0).abs() < 0.03, "quarter {quarter}: {now}");
        if now - before > largest_step.1 {
            largest_step = (quarter, now - before);
        }
        before = now;
    }
    assert!((before / mutant[59] - 1.0).abs() > 0.1, "the mutant passes");
    assert!(largest_step.0 > 3, "growth is fastest in the middle, not at the start");
    assert!(before < most);
}

/// The tenures of year 0 come from the survival curve: 1/mean are new, and each tenure is to the one before it as those
/// who stay.
#[test]
fn survival_reproduces_the_hazard() {
    let p = VolunteerParameters { affiliated_factor: 1.0, ..VolunteerParameters::default() };
    let survival = Survival::new(&p, 0.0);
    let draws = 200_000;
    let mut counts = vec![0usize; MAX_TENURE + 1];
    (0..draws).for_each(|i| counts[survival.quantile((i as f64 + 0.5) / draws as f64) as usize] += 1);
    let hazard = hazards(&p);
    assert!((counts[0] as f64 / draws as f64 * survival.mean() - 1.0).abs() < 1e-3);
    for tenure in 0..12 {
        let stay = counts[tenure + 1] as f64 / counts[tenure] as f64;
        assert!((stay - (1.0 - hazard[tenure])).abs() < 0.005, "tenure {tenure}: {stay}");
    }
    assert_eq!(survival.quantile(0.0), 0);
    assert!(survival.quantile(1.0 - 1e-12) as usize <= MAX_TENURE);
}

/// Nothing jumps in year 1: as many arrive as leave. 100 worlds' first quarter; twice the arrivals is the mutant.
#[test]
fn year_one_begins_in_balance() {
    let mut inputs = inputs();
    inputs.people_per_agent = 1.0;
    inputs.parameters.volunteers.motivation_leaving = 0.0;
    inputs.region.iter_mut().for_each(|region| region.saturation = 0.8);
    let (mut net, mut arrived) = (Vec::new(), Vec::new());
    for replicate in 0..100 {
        let stream = crate::random::Stream::new(3, replicate);
        let mut sim = Simulation::new(&inputs, &crate::policy::Policy::default(), stream);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        let sums = &sim.record.regions;
        net.push(sums.iter().map(|t| t.arrived - t.left).sum());
        arrived.push(sums.iter().map(|t| t.arrived).sum::<f64>());
    }
    assert!(z_of_mean(&net, 0.0).abs() < REJECT, "{}", z_of_mean(&net, 0.0));
    let mutant: Vec<f64> = net.iter().zip(&arrived).map(|(net, arrived)| net + 0.1 * arrived).collect();
    assert!(z_of_mean(&mutant, 0.0).abs() > REJECT, "the mutant passes");
}

fn all(sim: &mut Simulation, change: &dyn Fn(&mut Volunteer)) {
    sim.state.volunteers.iter_mut().for_each(change);
}

#[test]
fn motivation_and_membership_keep_people() {
    let left = |change: &dyn Fn(&mut Simulation)| {
        let mut sim = simulation();
        change(&mut sim);
        stay_or_leave(&sim.conditions.context(), &mut sim.state, &mut sim.record).len()
    };
    let usual = left(&|_| ());
    assert!(left(&|w| all(w, &|v| v.motivation = 0.9)) < left(&|w| all(w, &|v| v.motivation = 0.2)));
    assert!(left(&|w| all(w, &|v| v.affiliation = 1)) < left(&|w| all(w, &|v| v.affiliation = UNAFFILIATED)));
    assert!(left(&|w| all(w, &|v| v.arrived = BURN_IN as i16 - 1)) > usual);
    assert!(left(&|w| w.conditions.parameters.volunteers.leaving = 0.2) > usual);
}

#[test]
fn arrivals_grow_with_outreach_and_with_people_online_not_yet_reached() {
    let mut sim = simulation();
    let r = RegionId(0);
    let usual = arrivals(&sim.conditions.context(), &sim.state, r);
    assert!((usual - sim.state.regions[RegionId(0)].replacement).abs() < 1e-9, "in year 0 they replace who leaves");
    let region = &mut sim.state.regions[RegionId(0)];
    region.work = 2.0 * region.work_at_start + 1.0;
    assert!((arrivals(&sim.conditions.context(), &sim.state, r) / usual - 1.1).abs() < 1e-9, "one doubling");
    sim.state.regions[RegionId(0)].work = sim.state.regions[RegionId(0)].work_at_start;
    sim.state.regions[RegionId(0)].online *= 1.2;
    assert!(
        arrivals(&sim.conditions.context(), &sim.state, r) > 1.2 * usual,
        "more people online, and fewer of them reached"
    );
    sim.state.regions[RegionId(0)].volunteers = sim.state.regions[RegionId(0)].capacity();
    assert_eq!(arrivals(&sim.conditions.context(), &sim.state, r), 0.0, "all are reached");
}

/// Balanced, arrivals replace who leaves; unbalanced, they are M (1 − s)(p + q s); half and half, their mean.
#[test]
fn arrivals_come_at_bass_own_rates_where_nothing_balances_them() {
    let sim = simulation();
    let own = |balanced: f64| {
        let mut sim = sim.clone();
        sim.conditions.parameters.volunteers.balanced = balanced;
        arrivals(&sim.conditions.context(), &sim.state, RegionId(0))
    };
    let s = sim.state.regions[RegionId(0)].saturation;
    let bass = 1000.0 / s * (1.0 - s) * (0.01 + 0.4 * s);
    assert!((own(0.0) / bass - 1.0).abs() < 1e-9);
    assert!((own(1.0) / sim.state.regions[RegionId(0)].replacement - 1.0).abs() < 1e-9);
    assert!((own(0.5) / (0.5 * bass + 0.5 * sim.state.regions[RegionId(0)].replacement) - 1.0).abs() < 1e-9);
}

/// Word of mouth answers to each quarter's number, so a nearly saturated region could swing: more leave, far more come,
/// nobody comes. Within the plausible range of saturation it settles.
#[test]
fn saturated_regions_do_not_swing() {
    for saturation in [0.3, 0.7, 0.85, 0.95] {
        let mut inputs = inputs();
        inputs.region[0].saturation = saturation;
        inputs.region[0].volunteers = 50_000.0;
        let mut sim = simulation_of(&inputs);
        let mut before = sim.state.regions[RegionId(0)].volunteers;
        for quarter in 0..40 {
            sim.conditions.now.set_quarter(BURN_IN + quarter);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            let now = sim.state.regions[RegionId(0)].volunteers;
            assert!((now / before - 1.0).abs() < 0.06, "saturation {saturation}, quarter {quarter}: {before} -> {now}");
            before = now;
        }
    }
}

/// A scenario may say that a region is saturated to the last volunteer: that must not let people flood in once one of
/// them leaves.
#[test]
fn a_full_region_is_refilled_and_not_flooded() {
    let mut inputs = inputs();
    inputs.region[0].saturation = 1.0;
    let mut sim = simulation_of(&inputs);
    for quarter in 0..8 {
        sim.conditions.now.set_quarter(BURN_IN + quarter);
        assert!(
            arrivals(&sim.conditions.context(), &sim.state, RegionId(0)) < 3000.0,
            "{}",
            arrivals(&sim.conditions.context(), &sim.state, RegionId(0))
        );
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        assert!(sim.state.regions[RegionId(0)].volunteers <= 1100.0);
    }
}

/// 255 unaffiliated agents, 0.05 a quarter join; the leaving do not.
#[test]
fn the_unaffiliated_join_as_often_as_stated() {
    let mut inputs = constant_hazard(0.0, 1000.0, 0.8);
    inputs.parameters.volunteers.joining = 0.05;
    inputs.parameters.volunteers.affiliated = 0.0;
    inputs.parameters.volunteers.leaving = 1e-9;
    let start = simulation_of(&inputs);
    let mut joined = 0;
    for quarter in 0..20 {
        let mut sim = start.clone();
        sim.conditions.now.set_quarter(BURN_IN + quarter);
        stay_or_leave(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        joined += sim.state.volunteers.iter().filter(|v| v.affiliated()).count();
    }
    assert!(z_of_count(joined, 20_000, 0.05).abs() < REJECT);
    assert!(z_of_count(joined, 20_000, 0.058).abs() > REJECT, "the mutant passes");
}

/// Members of others whose theme has a hub in their region go over to its holder: 0.1 a quarter; 0.13, the mutant, is
/// rejected. Nobody does where the holder is elsewhere.
#[test]
fn members_go_over_to_hubs_near_them_as_often_as_stated() {
    let mut start = simulation();
    crate::fixture::run(&mut start, &crate::fixture::thematic(), 1);
    let holders: Vec<_> = start.state.mandates.iter().map(|m| m.holder).collect();
    let other = start.state.affiliates().find(|o| !holders.contains(o)).expect("one holds none");
    all(&mut start, &|v| v.affiliation = other.0);
    let p = &mut start.conditions.parameters.volunteers;
    (p.drawn_to_hubs, p.leaving, p.leaving_new) = (0.1, 0.0, 0.0);
    let near = resident_holders(&start.state);
    let drawn = |sim: &Simulation, i: usize| {
        near[sim.state.volunteers[i].region.index() * 3 + sim.state.volunteers[i].theme.index()]
    };
    let (mut went, mut could) = (0, 0);
    for quarter in 0..40 {
        let mut sim = start.clone();
        sim.conditions.now.set_quarter(sim.conditions.now.quarter() + quarter);
        stay_or_leave(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        for i in 0..sim.state.volunteers.len() {
            let now = sim.state.volunteers[i].affiliation;
            could += usize::from(drawn(&sim, i).is_some());
            went += usize::from(now != other.0);
            assert!(now == other.0 || drawn(&sim, i).is_some_and(|holder| holder.0 == now));
        }
    }
    assert!(could > 1000);
    assert!(z_of_count(went, could, 0.1).abs() < REJECT);
    assert!(z_of_count(went, could, 0.13).abs() > REJECT, "the mutant passes");
}

/// The bounds that spare an exponential never decide: who leaves is who would leave by the hazard itself.
#[test]
fn bounds_of_the_hazard_keep_its_order() {
    for strength in [0.0, 1.5, 10.0] {
        let effect = MotivationEffect::new(strength);
        let within = (0..=1000).map(|i| i as f32 / 1000.0);
        // Nowhere a bound is nearer than where a step begins or ends.
        let edges =
            (1..=64).map(|i| i as f32 / 64.0).flat_map(|edge| [edge.next_down(), edge, edge.next_up().min(1.0)]);
        for motivation in within.chain(edges) {
            let factor = effect.factor(motivation);
            assert!(effect.at_least(motivation) <= factor && factor <= effect.at_most(motivation), "{motivation}");
            assert!(effect.at_most(motivation) <= effect.most * 1.001);
        }
    }
}

/// Who arrives is there after four quarters with (1 − hazard)⁴: 60 years' arrivals; three quarters, the mutant, are
/// rejected.
#[test]
fn those_who_stay_a_year_are_counted_at_its_end() {
    let mut sim = simulation_of(&constant_hazard(0.2, 1000.0, 0.01));
    let (mut arrived, mut matured) = (Vec::new(), Vec::new());
    for quarter in 0..240 {
        sim.conditions.now.set_quarter(BURN_IN + quarter);
        sim.record.clear_year();
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        arrived.push(sim.record.regions[RegionId(0)].arrived as usize);
        matured.push(sim.record.regions[RegionId(0)].matured as usize);
    }
    let (came, stayed) = (arrived[..236].iter().sum(), matured[4..].iter().sum());
    assert!(z_of_count(stayed, came, 0.8 * 0.8 * 0.8 * 0.8).abs() < REJECT);
    assert!(z_of_count(stayed, came, 0.8 * 0.8 * 0.8).abs() > REJECT, "the mutant passes");
}
