//! How long communities wait for what they need: from when a need arose until it is solved, gone, or too old to count on.
//!
//! A need is a problem of a community; it arises with the problem, or with the community where that is younger. Each is
//! counted once, by the people of the community, when its wait ends: solved, gone unsolved (the problem does not matter
//! any more, or the community has ended), or [`LONGEST_WAIT`] old, whatever becomes of it later. Nothing here changes
//! what happens. No draws.

use crate::clock::BURN_IN;
use crate::ids::CommunityId;
use crate::mechanisms::Context;
use crate::record::Record;
use crate::state::{CommunityCounts, Problem, State};

/// The longest wait for a solution that counts, quarters.
pub const LONGEST_WAIT: u32 = 20;

/// A community's problem is being solved this quarter.
pub fn solved(cx: &Context, state: &mut State, record: &mut Record, slot: usize, community: CommunityId) {
    let waited = age(cx, state, &state.problems.slots[slot], community);
    // Those that are older have been counted.
    if waited < LONGEST_WAIT {
        let people = state.people_of(community);
        let ended = EndedWaits { waits: people, wait: f64::from(waited) * people, never: 0.0 };
        book(state, record, community, ended);
    }
}

/// At the beginning of a quarter: needs of problems that arose before another lapse with these, others get too old.
pub(super) fn over(cx: &Context, state: &mut State, record: &mut Record, before: u32) {
    let quarter = cx.now.quarter();
    let ids = || (0..state.communities.list.len()).map(CommunityId::from_index);
    let founded: Vec<u32> = ids().map(|id| founded(state, id).unwrap_or(0)).collect();
    // Needs that are younger than their problem, because the community is.
    let late: Vec<CommunityId> = ids().filter(|id| founded[id.index()] > 0).collect();
    let old_now = |id: &&CommunityId| founded[id.index()] + LONGEST_WAIT == quarter;
    let late_and_old: Vec<CommunityId> = late.iter().filter(old_now).copied().collect();
    let ends = |lapses: bool, age: u32| age == LONGEST_WAIT || lapses && age < LONGEST_WAIT;
    let (mut all, mut late_ones) = (CommunityCounts::default(), vec![0i64; founded.len()]);
    // They stand in the order in which they arose; of the younger nobody is too old.
    let old = |problem: &&Problem| problem.born < before || problem.born + LONGEST_WAIT <= quarter;
    let slots = |slot: &usize| &state.problems.slots[*slot];
    for problem in state.problems.open.iter().flat_map(|open| open.iter().map(slots).take_while(old)) {
        let lapses = problem.born < before;
        let ended = ends(lapses, quarter - problem.born);
        if ended {
            all.add(&problem.missing);
        }
        let other = if ended || lapses { &late } else { &late_and_old };
        for &id in other.iter().filter(|id| founded[id.index()] > problem.born) {
            let own = ends(lapses, quarter - founded[id.index()]);
            if own != ended && problem.missing.holds(id) {
                late_ones[id.index()] += i64::from(own) - i64::from(ended);
            }
        }
    }
    for id in ids() {
        let waits = (i64::from(all.of(id)) + late_ones[id.index()]) as f64;
        let people = state.people_of(id);
        book(state, record, id, EndedWaits::never_solved(waits * people));
    }
}

/// A community ends, at the beginning of a year: what it still needs it will not see.
pub fn ended(cx: &Context, state: &mut State, record: &mut Record, community: CommunityId) {
    let missing = |slot: &&usize| {
        let problem = &state.problems.slots[**slot];
        problem.missing.holds(community) && age(cx, state, problem, community) <= LONGEST_WAIT
    };
    let count = state.problems.open.iter().flatten().filter(missing).count();
    let people = state.people_of(community);
    book(state, record, community, EndedWaits::never_solved(count as f64 * people));
}

/// For how long a community has needed a problem solved, quarters.
fn age(cx: &Context, state: &State, problem: &Problem, community: CommunityId) -> u32 {
    cx.now.quarter() - problem.born.max(founded(state, community).unwrap_or(0))
}

/// When a community was founded, if that was after the start.
fn founded(state: &State, community: CommunityId) -> Option<u32> {
    let id = state.communities.list[community].organisation?;
    u32::try_from(state.organisations[id].founded).ok().filter(|&founded| founded >= BURN_IN)
}

/// Waits of a community for solutions that end at one time, weighted by its people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct EndedWaits {
    /// Needs, million person-problems.
    waits: f64,
    /// Sum of their waits, million person-problem-quarters.
    wait: f64,
    /// Of the needs, never solved.
    never: f64,
}

impl EndedWaits {
    /// Waits of needs that are never solved: they count as the longest.
    fn never_solved(needs: f64) -> EndedWaits {
        EndedWaits { waits: needs, wait: f64::from(LONGEST_WAIT) * needs, never: needs }
    }
}

/// Books the end of waits: in the region, and among the small where a small organisation serves the community.
fn book(state: &State, record: &mut Record, community: CommunityId, ended: EndedWaits) {
    let at = &state.communities.list[community];
    let sums = &mut record.regions[at.region];
    sums.solution_waits += ended.waits;
    sums.solution_wait += ended.wait;
    sums.solution_never += ended.never;
    if at.organisation.is_some_and(|o| state.organisations[o].small) {
        sums.small_solution_waits += ended.waits;
        sums.small_solution_wait += ended.wait;
        sums.small_solution_never += ended.never;
    }
}

#[cfg(test)]
mod tests;
