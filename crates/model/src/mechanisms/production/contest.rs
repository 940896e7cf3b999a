//! Problems that two hubs claim: a theme's hub and a region's hub, both responsible, both at work for the same community.

use super::index::QuarterIndex;
use crate::ids::{CommunityId, MandateId};
use crate::record::Record;
use crate::state::{State, WorkQueue};

/// Whether a hub leaves a problem to another hub that is responsible for it too and already works on it for the same
/// community: with probability `clarity`. If it does not, both claim the problem, which is counted.
pub(super) fn gives_way(
    state: &mut State,
    record: &mut Record,
    index: &QuarterIndex,
    mandate: MandateId,
    slot: usize,
    community: CommunityId,
) -> bool {
    let region = state.communities.list[community].region;
    let theme = state.problems.slots[slot].theme;
    let working = |queue: &WorkQueue| queue.projects.iter().any(|p| p.problem == slot && p.community == community);
    let claims = |m: MandateId| {
        let other = &state.mandates[m];
        m != mandate && other.scope.holds(region, theme) && working(&other.queue)
    };
    if !state.mandates[mandate].scope.holds(region, theme) || !state.hubs().any(claims) {
        return false;
    }
    let stream = index.division.with(state.mandates[mandate].key).entity(state.problems.slots[slot].key);
    if stream.bernoulli(0, index.clarity) {
        return true;
    }
    record.regions[region].contested += 1;
    false
}

#[cfg(test)]
mod tests;
