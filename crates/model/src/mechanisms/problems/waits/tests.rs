//! Tests of the waits for solutions.

use super::*;
use crate::fixture::{inputs, run, simulation_of, thematic};
use crate::ids::{Key, ThemeId};
use crate::mechanisms::{affiliates, problems};
use crate::policy::Policy;
use crate::simulation::Simulation;
use crate::state::Problems;
use crate::units::{Quarters, Work};

/// A world with one problem that the first two communities of organisations need, in the quarter it arose; how long it
/// matters.
fn one_problem(life: f64) -> (Simulation, usize, [CommunityId; 2]) {
    let mut inputs = inputs();
    (inputs.parameters.problems.life, inputs.parameters.problems.arrivals) = (Quarters(life), 0.0);
    let mut sim = simulation_of(&inputs);
    sim.state.organisations.iter_mut().for_each(|o| o.queue.projects.clear());
    sim.state.problems = Problems::new(3);
    let slot =
        sim.state.problems.open(Key::from_name("a problem"), ThemeId(0), Work(1.0), sim.conditions.now.quarter(), 0.5);
    let ids: Vec<CommunityId> = sim.state.affiliates().filter_map(|o| sim.state.organisations[o].community).collect();
    let bit = |id: CommunityId| 1 << id.index();
    sim.state.problems.slots[slot].ask(0, bit(ids[0]) | bit(ids[1]));
    (sim, slot, [ids[0], ids[1]])
}

/// All waits of the year, and those of the small.
fn sums(sim: &Simulation) -> (EndedWaits, EndedWaits) {
    let (mut all, mut small) = (EndedWaits::default(), EndedWaits::default());
    for region in &sim.record.regions {
        all.waits += region.solution_waits;
        all.wait += region.solution_wait;
        all.never += region.solution_never;
        small.waits += region.small_solution_waits;
        small.wait += region.small_solution_wait;
        small.never += region.small_solution_never;
    }
    (all, small)
}

/// Lets quarters go by in which nobody solves anything.
fn pass(sim: &mut Simulation, quarters: u32) {
    for _ in 0..quarters {
        sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
        problems::run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    }
}

#[test]
fn a_wait_ends_when_a_need_is_solved_and_counts_the_people() {
    let (mut sim, slot, [one, other]) = one_problem(40.0);
    let people = sim.state.people_of(one);
    assert!(people > 0.0);
    pass(&mut sim, 3);
    assert_eq!(sums(&sim).0, EndedWaits::default(), "nothing has ended");
    solved(&sim.conditions.context(), &mut sim.state, &mut sim.record, slot, one);
    sim.state.problems.slots[slot].missing.remove(one);
    assert_eq!(sums(&sim).0, EndedWaits { waits: people, wait: 3.0 * people, never: 0.0 });
    pass(&mut sim, 16);
    assert_eq!(sums(&sim).0.waits, people, "the other is 19 quarters old");
    pass(&mut sim, 1);
    let both = people + sim.state.people_of(other);
    let wait = 3.0 * people + 20.0 * sim.state.people_of(other);
    assert_eq!(sums(&sim).0, EndedWaits { waits: both, wait, never: sim.state.people_of(other) });
    // Solved or lapsed later, it has been counted.
    solved(&sim.conditions.context(), &mut sim.state, &mut sim.record, slot, other);
    pass(&mut sim, 21);
    assert!(!sim.state.problems.slots[slot].open);
    assert_eq!(sums(&sim).0.waits, both);
}

#[test]
fn what_lapses_unsolved_is_never_solved() {
    for life in [8.0, 20.0] {
        let (mut sim, _, [one, other]) = one_problem(life);
        let both = sim.state.people_of(one) + sim.state.people_of(other);
        pass(&mut sim, life as u32 - 1);
        assert_eq!(sums(&sim).0.waits, 0.0);
        pass(&mut sim, 1);
        assert_eq!(sums(&sim).0, EndedWaits { waits: both, wait: 20.0 * both, never: both }, "life {life}");
    }
}

/// A community outlives its organisation with its needs: they go on waiting.
#[test]
fn needs_outlive_the_organisation() {
    let (mut sim, slot, [one, other]) = one_problem(40.0);
    let serves = sim.state.communities.list[one].organisation;
    pass(&mut sim, 5);
    affiliates::close(&sim.conditions.context(), &mut sim.state, &mut sim.record, serves.expect("it is served"));
    assert!(sim.state.problems.slots[slot].missing.holds(one));
    assert_eq!(sums(&sim).0.waits, 0.0);
    pass(&mut sim, 15);
    let both = sim.state.people_of(one) + sim.state.people_of(other);
    assert_eq!(sums(&sim).0, EndedWaits { waits: both, wait: 20.0 * both, never: both });
}

#[test]
fn the_small_are_counted_among_all() {
    let (mut sim, _, [one, other]) = one_problem(8.0);
    let small = |sim: &Simulation, id: CommunityId| {
        let serves = sim.state.communities.list[id].organisation.expect("it is served");
        sim.state.organisations[serves].small
    };
    assert!(!small(&sim, one) && !small(&sim, other), "six and three FTE");
    let serves = sim.state.communities.list[other].organisation.expect("it is served");
    sim.state.organisations[serves].small = true;
    pass(&mut sim, 8);
    assert_eq!(sums(&sim).1.waits, sim.state.people_of(other));
    assert_eq!(sums(&sim).0.waits, sim.state.people_of(one) + sim.state.people_of(other));
}

/// What waited, and what arose, less what still waits, is what ended: over years in which the people stay the same,
/// for problems that matter for longer than waits count and for shorter.
#[test]
fn every_need_is_counted_once() {
    for life in [8.0, 20.0, 30.0] {
        let mut inputs = inputs();
        inputs.parameters.problems.life = Quarters(life);
        inputs.parameters.affiliates.formation = 0.0;
        inputs.region.iter_mut().for_each(|region| region.online_growth = 0.0);
        let mut sim = simulation_of(&inputs);
        for policy in [Policy::default(), Policy::default(), thematic(), thematic()] {
            let before = waiting(&sim);
            run(&mut sim, &policy, 1);
            let now = sums(&sim).0;
            let ended = before + arisen(&sim) - waiting(&sim);
            assert!((now.waits - ended).abs() < 1e-6 * ended, "life {life}: {} ended, {ended} should", now.waits);
            assert!(now.never > 0.0 && now.never < now.waits && now.wait < 20.0 * now.waits);
        }
    }
}

/// Needs that have not been counted yet.
fn waiting(sim: &Simulation) -> f64 {
    over_open(sim, |problem, id| {
        problem.missing.holds(id) && sim.conditions.now.quarter() - problem.born <= LONGEST_WAIT
    })
}

/// Needs that arose in the year that is over.
fn arisen(sim: &Simulation) -> f64 {
    over_open(sim, |problem, id| problem.needed.holds(id) && problem.born + 4 >= sim.conditions.now.quarter())
}

fn over_open(sim: &Simulation, counts: impl Fn(&Problem, CommunityId) -> bool) -> f64 {
    let ids = || (0..sim.state.communities.list.len()).map(CommunityId::from_index);
    let of = |&slot: &usize| {
        let problem = &sim.state.problems.slots[slot];
        ids().filter(|&id| counts(problem, id)).map(|id| sim.state.people_of(id)).sum::<f64>()
    };
    sim.state.problems.open.iter().flatten().map(of).sum()
}
