//! How long communities wait for what they need: from when a need arose until it is solved, gone, or too old to count on.
//!
//! A need is a problem of a community; it arises with the problem, or with the community where that is younger. Each is
//! counted once, by the people of the community, when its wait ends: solved, gone unsolved (the problem does not matter
//! any more, or the community has ended), or [`LONGEST_WAIT`] old, whatever becomes of it later. Nothing here changes
//! what happens. No draws.

use crate::ids::{CommunityId, RegionId};
use crate::model::genesis::people_of;
use crate::model::world::{BURN_IN, Problem, RegionTally, Solutions, World};

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
    let waiters: Vec<Waiter> = (0..world.communities.list.len()).map(|c| Waiter::of(world, c)).collect();
    // Needs that are younger than their problem, because the community is.
    let young = |c: &usize| waiters[*c].founded > 0 && waiters[*c].founded + LONGEST_WAIT == quarter;
    let young: Vec<CommunityId> = (0..waiters.len()).filter(young).map(CommunityId::at).collect();
    let (problems, regions) = (&world.problems, &mut world.tally.regions);
    for &slot in problems.open.iter().flatten() {
        let problem = &problems.slots[slot];
        let lapses = problem.born < before;
        let ends = |waiter: &&Waiter| {
            let age = quarter - problem.born.max(waiter.founded);
            age == LONGEST_WAIT || lapses && age < LONGEST_WAIT
        };
        if lapses || problem.born + LONGEST_WAIT == quarter {
            give_up(regions, problem.missing.iter().map(|id| &waiters[id.index()]).filter(ends));
        } else if problem.born + LONGEST_WAIT < quarter {
            let missing = young.iter().filter(|&&id| problem.missing.holds(id));
            give_up(regions, missing.map(|id| &waiters[id.index()]));
        }
    }
}

/// What the end of a community's wait is booked by, side by side: thousands end in a quarter, and organisations are
/// large.
struct Waiter {
    people: f64,
    /// The same where the organisation is small, else nothing.
    small: f64,
    /// See [`founded`]; 0 = from the start.
    founded: u32,
    region: RegionId,
}

impl Waiter {
    fn of(world: &World, community: usize) -> Waiter {
        let (id, at) = (CommunityId::at(community), &world.communities.list[community]);
        let small = at.organisation.is_some_and(|o| world.organisations[o.index()].small);
        let (people, founded) = (people_of(world, id), founded(world, id).unwrap_or(0));
        Waiter { people, small: if small { people } else { 0.0 }, founded, region: at.region }
    }
}

/// Some never see a solution. Neighbours mostly are of one region: its sums stay at hand as long as they are.
fn give_up<'a>(regions: &mut [RegionTally], waiters: impl Iterator<Item = &'a Waiter>) {
    let (mut here, mut all, mut small) = (0, regions[0].solutions, regions[0].small_solutions);
    for waiter in waiters {
        if waiter.region.index() != here {
            (regions[here].solutions, regions[here].small_solutions) = (all, small);
            here = waiter.region.index();
            (all, small) = (regions[here].solutions, regions[here].small_solutions);
        }
        never(&mut all, waiter.people);
        // Nothing added changes no sum, and so nobody has to be told apart.
        never(&mut small, waiter.small);
    }
    (regions[here].solutions, regions[here].small_solutions) = (all, small);
}

/// A community ends, at the beginning of a year: what it still needs it will not see.
pub fn ended(world: &mut World, community: CommunityId) {
    let missing = |slot: &&usize| {
        let problem = &world.problems.slots[**slot];
        problem.missing.holds(community) && age(world, problem, community) <= LONGEST_WAIT
    };
    let count = world.problems.open.iter().flatten().filter(missing).count();
    (0..count).for_each(|_| book(world, community, never));
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

/// Some people never see a solution.
fn never(waits: &mut Solutions, people: f64) {
    waits.waits += people;
    waits.wait += f64::from(LONGEST_WAIT) * people;
    waits.never += people;
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
