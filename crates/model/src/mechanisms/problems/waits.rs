//! How long communities wait for solutions: from when a need arises until it is solved, ends unsolved, or is too old to be
//! followed.
//!
//! A need is a problem of a community; it arises with the problem, or with the community if that is younger. Each need is
//! counted once, weighted by the people of the community, when its wait ends: solved, unsolved (the problem lapses, or the
//! community ends), or [`LONGEST_WAIT`] old, whatever happens to it later. This measures, and changes nothing. No draws.

use crate::clock::BURN_IN;
use crate::ids::CommunityId;
use crate::mechanisms::Context;
use crate::record::Record;
use crate::state::{CommunityCounts, Problem, State};

/// Age at which the wait for a solution counts as ended, quarters.
pub const LONGEST_WAIT: u32 = 20;

/// Books the wait of a community whose problem is solved this quarter.
pub fn solved(cx: &Context, state: &mut State, record: &mut Record, slot: usize, community: CommunityId) {
    let waited = age(cx, state, &state.problems.slots[slot], community);
    // Older waits have been counted.
    if waited < LONGEST_WAIT {
        let people = state.people_of(community);
        let ended = EndedWaits { waits: people, wait: f64::from(waited) * people, never: 0.0 };
        book(state, record, community, ended);
    }
}

/// Books, at the beginning of a quarter, the waits that end without a solution: needs of problems that lapse, which are those
/// that arose before a quarter, and needs that have become too old.
pub(super) fn over(cx: &Context, state: &mut State, record: &mut Record, before: u32) {
    let quarter = cx.now.quarter();
    let ids = || (0..state.communities.list.len()).map(CommunityId::from_index);
    let founded: Vec<u32> = ids().map(|id| founded(state, id).unwrap_or(0)).collect();
    // Communities that may be younger than a problem, so that their need of it is younger.
    let late: Vec<CommunityId> = ids().filter(|id| founded[id.index()] > 0).collect();
    let old_now = |id: &&CommunityId| founded[id.index()] + LONGEST_WAIT == quarter;
    let late_and_old: Vec<CommunityId> = late.iter().filter(old_now).copied().collect();
    let ends = |lapses: bool, age: u32| age == LONGEST_WAIT || lapses && age < LONGEST_WAIT;
    let (mut all, mut late_ones) = (CommunityCounts::default(), vec![0i64; founded.len()]);
    // Open problems are in order of birth: no need of a later one is too old.
    let old = |problem: &&Problem| problem.born < before || problem.born + LONGEST_WAIT <= quarter;
    let slots = |slot: &usize| &state.problems.slots[*slot];
    for problem in state.problems.open.iter().flat_map(|open| open.iter().map(slots).take_while(old)) {
        let lapses = problem.born < before;
        let ended = ends(lapses, quarter - problem.born);
        // Most communities are as old as the problem or older: their counts are added 64 at a time.
        if ended {
            all.add(&problem.missing);
        }
        // The counts of younger communities are corrected one by one, where their own need ends differently.
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

/// Books the waits of a community that ends at the beginning of a year: its needs are never solved.
pub fn ended(cx: &Context, state: &mut State, record: &mut Record, community: CommunityId) {
    let missing = |slot: &&usize| {
        let problem = &state.problems.slots[**slot];
        problem.missing.holds(community) && age(cx, state, problem, community) <= LONGEST_WAIT
    };
    let count = state.problems.open.iter().flatten().filter(missing).count();
    let people = state.people_of(community);
    book(state, record, community, EndedWaits::never_solved(count as f64 * people));
}

/// Quarters for which a community has needed a problem solved.
fn age(cx: &Context, state: &State, problem: &Problem, community: CommunityId) -> u32 {
    cx.now.quarter() - problem.born.max(founded(state, community).unwrap_or(0))
}

/// Quarter in which a community was founded, if that was after the start.
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

/// Books the end of waits in the region, and among small organisations if one serves the community.
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
