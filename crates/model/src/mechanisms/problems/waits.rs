//! How long communities wait for solutions: from when a need arises until it is solved, ends unsolved, or is too old to be
//! followed.
//!
//! A need is a problem of a community, and as old as the problem. Each need is counted once, weighted by the people of the
//! community, when its wait ends: solved, unsolved (the problem lapses), or [`LONGEST_WAIT`] old, whatever happens to it later.
//! This measures, and changes nothing. No draws.

use crate::ids::CommunityId;
use crate::mechanisms::Context;
use crate::record::Record;
use crate::state::{CommunityCounts, Problem, State};

/// Age at which the wait for a solution counts as ended, quarters.
pub const LONGEST_WAIT: u32 = 20;

/// Books the wait of a community whose problem is solved this quarter.
pub fn solved(cx: &Context, state: &mut State, record: &mut Record, slot: usize, community: CommunityId) {
    let waited = cx.now.quarter() - state.problems.slots[slot].born;
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
    // Open problems are in order of birth: no need of a later one is too old.
    let old = |problem: &&Problem| problem.born < before || problem.born + LONGEST_WAIT <= quarter;
    let slots = |slot: &usize| &state.problems.slots[*slot];
    let mut counts = CommunityCounts::default();
    for problem in state.problems.open.iter().flat_map(|open| open.iter().map(slots).take_while(old)) {
        let age = quarter - problem.born;
        if age == LONGEST_WAIT || problem.born < before && age < LONGEST_WAIT {
            counts.add(&problem.missing);
        }
    }
    for id in (0..state.communities.list.len()).map(CommunityId::from_index) {
        let people = state.people_of(id);
        book(state, record, id, EndedWaits::never_solved(f64::from(counts.of(id)) * people));
    }
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
