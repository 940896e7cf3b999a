//! Tests of how work queues choose.

use super::*;
use crate::fixture::{hub, run, simulation, thematic};
use crate::ids::ThemeId;
use crate::mechanisms::production::index::PeopledCommunity;
use crate::policy::levers::Autonomy;

/// A steering group sees the people who still need a problem solved, also where a community has none. The mutant takes
/// the id of a community for its place among those that have people.
#[test]
fn a_steering_group_sees_who_still_needs_it() {
    let mut sim = simulation();
    run(&mut sim, &thematic(), 1);
    let m = hub(&sim, 0);
    let holder = sim.state.mandates[m].holder;
    let ends = sim.state.affiliates().find(|&id| id != holder).expect("there are others");
    let nobody = sim.state.organisations[ends].community.expect("it serves somebody");
    sim.state.communities.list[nobody].share = 0.0;
    let mut policy = thematic();
    policy.hubs.autonomy = Autonomy::Steering;
    let index = QuarterIndex::new(&sim.conditions.under(&policy), &sim.state);
    assert!(index.communities.len() < sim.state.communities.list.len(), "one has no people");
    let producer = Producer { actor: Actor::for_mandate(&sim.state, m), home: None };
    let mut weights = ThemeWeights::default();
    weights.weigh(&sim.conditions.under(&policy), &sim.state, &index, producer);
    let slot = sim.state.problems.open[0][0];
    let scope = sim.state.mandates[m].scope;
    let served = |c: &&PeopledCommunity| scope.holds(c.region, ThemeId(0));
    let all: f64 = index.communities.iter().filter(served).map(|c| c.people).sum();
    let mut told_apart = 0;
    for missing in index.communities.iter().filter(served) {
        let mut sim = sim.clone();
        sim.state.problems.slots[slot].missing.clear();
        sim.state.problems.slots[slot].needed.clear();
        sim.state.problems.slots[slot].ask(missing.id.index() / 64, 1 << (missing.id.index() % 64));
        assert!((weights.needing(&sim.state, &index, slot) - missing.people / all).abs() < 1e-12);
        let place = missing.id.index();
        let before = place.checked_sub(1).map_or(0.0, |before| weights.cumulative[before]);
        let mutant = weights.cumulative.get(place).map_or(0.0, |upto| (upto - before) / all);
        told_apart += usize::from((mutant - missing.people / all).abs() > 1e-6);
    }
    assert!(told_apart > 0, "the mutant passes");
}
