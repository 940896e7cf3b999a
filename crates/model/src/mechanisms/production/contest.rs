//! Problems that two hubs both claim: a theme's hub and a region's, each responsible, each at work for the same community.

use super::*;

/// Whether a hub leaves a problem to another that is responsible for it too and already works on it for the same
/// community: as likely as it is clear who does what. If it does not, both claim the problem, which is counted.
pub(super) fn gives_way(
    state: &mut State,
    record: &mut Record,
    library: &Library,
    mandate: MandateId,
    slot: usize,
    community: CommunityId,
) -> bool {
    let region = state.communities.list[community].region;
    let theme = state.problems.slots[slot].theme;
    let working = |desk: &Desk| desk.projects.iter().any(|p| p.problem == slot && p.community == community);
    let claims = |m: MandateId| {
        let other = &state.mandates[m];
        m != mandate && other.scope.holds(region, theme) && working(&other.desk)
    };
    if !state.mandates[mandate].scope.holds(region, theme) || !state.hubs().any(claims) {
        return false;
    }
    let stream = library.division.with(state.mandates[mandate].key).entity(state.problems.slots[slot].key);
    if stream.bernoulli(0, library.clarity) {
        return true;
    }
    record.regions[region].contested += 1;
    false
}

#[cfg(test)]
#[path = "contest_tests.rs"]
mod tests;
