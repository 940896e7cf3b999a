//! How long communities wait for what they need: from when a need arose until it is solved, gone, or too old to count on.
//!
//! A need is a problem of a community; it arises with the problem, or with the community where that is younger. Each is
//! counted once, by the people of the community, when its wait ends: solved, gone unsolved (the problem does not matter
//! any more, or the community has ended), or [`LONGEST_WAIT`] old, whatever becomes of it later. Nothing here changes
//! what happens. No draws.

use crate::ids::CommunityId;
use crate::model::genesis::people_of;
use crate::model::world::{BURN_IN, Problem, Solutions, World};

/// The longest wait for a solution that counts, quarters.
pub const LONGEST_WAIT: u32 = 20;

/// A community's problem is being solved this quarter.
pub fn solved(world: &mut World, slot: usize, community: CommunityId) {
    let waited = age(world, &world.problems.slots[slot], community);
    // Those that are older have been counted.
    if waited < LONGEST_WAIT {
        book(world, community, |waits, people| {
            waits.waits += people;
            waits.wait += f64::from(waited) * people;
        });
    }
}

/// At the beginning of a quarter: needs of problems that arose before another lapse with these, others get too old.
pub(super) fn over(world: &mut World, before: u32) {
    let quarter = world.quarter;
    // Needs that are younger than their problem, because the community is.
    let young: Vec<CommunityId> = (0..world.communities.list.len())
        .map(CommunityId::at)
        .filter(|&id| founded(world, id).is_some_and(|founded| founded + LONGEST_WAIT == quarter))
        .collect();
    let mut over = Vec::new();
    for &slot in world.problems.open.iter().flatten() {
        let problem = &world.problems.slots[slot];
        let lapses = problem.born < before;
        let ends = |id: &CommunityId| {
            let age = age(world, problem, *id);
            age == LONGEST_WAIT || lapses && age < LONGEST_WAIT
        };
        if lapses || problem.born + LONGEST_WAIT == quarter {
            over.extend(problem.missing.iter().filter(ends));
        } else if problem.born + LONGEST_WAIT < quarter {
            over.extend(young.iter().copied().filter(|&id| problem.missing.holds(id)));
        }
    }
    over.into_iter().for_each(|id| never(world, id));
}

/// A community ends, at the beginning of a year: what it still needs it will not see.
pub fn ended(world: &mut World, community: CommunityId) {
    let missing = |slot: &&usize| {
        let problem = &world.problems.slots[**slot];
        problem.missing.holds(community) && age(world, problem, community) <= LONGEST_WAIT
    };
    let count = world.problems.open.iter().flatten().filter(missing).count();
    (0..count).for_each(|_| never(world, community));
}

/// For how long a community has needed a problem solved, quarters.
fn age(world: &World, problem: &Problem, community: CommunityId) -> u32 {
    world.quarter - problem.born.max(founded(world, community).unwrap_or(0))
}

/// When a community was founded, if that was after the start.
fn founded(world: &World, community: CommunityId) -> Option<u32> {
    let id = world.communities.list[community.index()].organisation?;
    u32::try_from(world.organisations[id.index()].founded).ok().filter(|&founded| founded >= BURN_IN)
}

/// A community never sees a solution.
fn never(world: &mut World, community: CommunityId) {
    book(world, community, |waits, people| {
        waits.waits += people;
        waits.wait += f64::from(LONGEST_WAIT) * people;
        waits.never += people;
    });
}

/// Books the end of a wait: in the region, and among the small where a small organisation serves the community.
fn book(world: &mut World, community: CommunityId, write: impl Fn(&mut Solutions, f64)) {
    let people = people_of(world, community);
    let at = &world.communities.list[community.index()];
    let small = at.organisation.is_some_and(|o| world.organisations[o.index()].small);
    let tally = &mut world.tally.regions[at.region.index()];
    write(&mut tally.solutions, people);
    if small {
        write(&mut tally.small_solutions, people);
    }
}

#[cfg(test)]
#[path = "waits_tests.rs"]
mod tests;
