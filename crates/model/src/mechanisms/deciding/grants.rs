//! Votes for grants: the volunteers of each region vote among the applicants.

use super::error;
use crate::ids::OrganisationId;
use crate::mechanisms::Context;
use crate::mechanisms::money::{Applications, GrantCall};
use crate::policy::Applicant;
use crate::random::Decision;
use crate::record::Record;
use crate::state::State;

/// Counts the share of volunteers' votes for each applicant, if the funder's policy scores votes. Members vote for
/// their affiliate. Other volunteers vote in proportion to affinity × prestige, with an error that all of a region
/// share in the year. Draws: Vote.
pub fn vote_for_grants(
    cx: &Context,
    state: &mut State,
    _record: &mut Record,
    call: &GrantCall,
    round: &mut Applications,
) {
    if call.levers.score.votes > 0.0 {
        count_votes(cx, state, &round.organisations, &mut round.applicants);
    }
}

/// Adds to each applicant its share of the votes of all volunteers; `ids` are the applicants' organisations.
pub(super) fn count_votes(cx: &Context, state: &State, ids: &[OrganisationId], applicants: &mut [Applicant]) {
    let volunteers: f64 = state.regions.iter().map(|region| region.volunteers).sum();
    if volunteers <= 0.0 {
        return;
    }
    let noise = cx.parameters.mandates.noise;
    let mut appeal = vec![0.0; ids.len()];
    for region_id in state.region_ids() {
        let region = &state.regions[region_id];
        let stream = cx.random.decision(Decision::Vote, cx.now.year()).with(region.key);
        let mut members = 0.0;
        for ((appeal, &id), applicant) in appeal.iter_mut().zip(ids).zip(applicants.iter_mut()) {
            let organisation = &state.organisations[id];
            if organisation.region == region_id {
                members += organisation.members;
                applicant.votes += organisation.members.min(region.volunteers) / volunteers;
            }
            let seen = (organisation.prestige + noise * error(stream.entity(organisation.key), 0)).max(0.0);
            *appeal = state.affinity(region_id, organisation.region) * seen;
        }
        let total: f64 = appeal.iter().sum();
        let others = (region.volunteers - members).max(0.0);
        if total > 0.0 {
            for (applicant, appeal) in applicants.iter_mut().zip(&appeal) {
                applicant.votes += others / volunteers * appeal / total;
            }
        }
    }
}
