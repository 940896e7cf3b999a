//! Votes for grants: volunteers vote by region among the applicants they know.

use super::error;
use crate::ids::OrganisationId;
use crate::mechanisms::Context;
use crate::mechanisms::money::{Applications, GrantCall};
use crate::policy::Applicant;
use crate::random::Decision;
use crate::record::Record;
use crate::state::State;

/// The share of volunteers' votes that each applicant for money gets. Members vote for their affiliate; the others, for
/// who is near and seen, as the talk of their region makes of it this year. Draws: vote.
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

pub(super) fn count_votes(cx: &Context, state: &State, ids: &[OrganisationId], applicants: &mut [Applicant]) {
    let all: f64 = state.regions.iter().map(|region| region.volunteers).sum();
    if all <= 0.0 {
        return;
    }
    let spread = cx.parameters.mandates.noise;
    let mut appeal = vec![0.0; ids.len()];
    for r in state.region_ids() {
        let region = &state.regions[r];
        let stream = cx.random.decision(Decision::Vote, cx.now.year()).with(region.key);
        let mut members = 0.0;
        for ((appeal, &id), applicant) in appeal.iter_mut().zip(ids).zip(applicants.iter_mut()) {
            let o = &state.organisations[id];
            if o.region == r {
                members += o.members;
                applicant.votes += o.members.min(region.volunteers) / all;
            }
            let seen = (o.prestige + spread * error(stream.entity(o.key))).max(0.0);
            *appeal = state.affinity(r, o.region) * seen;
        }
        let total: f64 = appeal.iter().sum();
        let others = (region.volunteers - members).max(0.0);
        if total > 0.0 {
            applicants.iter_mut().zip(&appeal).for_each(|(applicant, a)| applicant.votes += others / all * a / total);
        }
    }
}
