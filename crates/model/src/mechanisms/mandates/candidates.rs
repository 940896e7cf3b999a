//! Candidates for a mandate: who stands, how deciders see them, and who is chosen.

use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::partnerships::consortia::WillingPartners;
use crate::mechanisms::{Context, deciding, power};
use crate::policy::{Applicant, Appointment, Policy};
use crate::random::{Decision, Stream};
use crate::state::{Remit, State};
use crate::units::Money;

/// The candidates for a mandate, and what a decider sees of each.
pub(super) struct CandidateList {
    pub(super) ids: Vec<OrganisationId>,
    pub(super) applicants: Vec<Applicant>,
}

/// Weight of prestige in the reputation of a candidate; assumed: a little more than half.
const REPUTATION_PRESTIGE: f64 = 0.6;
/// Weight of expertise in the reputation of a candidate: the rest.
const REPUTATION_EXPERTISE: f64 = 0.4;
/// Noise of reputation, relative to that of merit; factor, assumed: hearsay is less exact.
const REPUTATION_NOISE: f64 = 1.5;

/// The organisations that stand for a mandate and that a condition admits. Draws: candidate noise.
pub(super) fn candidates(
    cx: &Context,
    state: &State,
    remit: Remit,
    stream: Stream,
    admitted: impl Fn(OrganisationId) -> bool,
) -> CandidateList {
    let ids: Vec<OrganisationId> =
        eligible(cx, state).filter(|&id| stands(cx, state, id, remit) && admitted(id)).collect();
    let opinions = deciding::assess_candidates(cx, state, remit, &ids);
    let willing = WillingPartners::new(cx, state, remit);
    let noise = REPUTATION_NOISE * deciding::perception_noise(cx, state);
    let best_service = ids.iter().map(|&id| past_service(state, id, remit)).fold(0.0, f64::max);
    let shortfalls = shortfalls(state);
    let most_online: f64 = state.regions.iter().map(|region| region.online).fold(0.0, f64::max);
    let applicant = |id: OrganisationId, merit: f64, votes: f64| {
        let organisation = &state.organisations[id];
        let region = &state.regions[organisation.region];
        let service = past_service(state, id, remit);
        let reputation = REPUTATION_PRESTIGE * organisation.prestige
            + REPUTATION_EXPERTISE * state.expertise_for(id, remit)
            + noise * stream.with(organisation.key).normal(1);
        Applicant {
            key: organisation.key,
            kind: organisation.kind,
            region: organisation.region,
            underserved: region.underserved(),
            age: organisation.age(cx.now.quarter()),
            staff: organisation.staff,
            request: Money(1.0),
            history: organisation.grants + organisation.own_income,
            track_record: merit.max(0.0),
            evidence: if best_service > 0.0 { service / best_service } else { 0.0 },
            need: region.online / most_online,
            votes,
            astray: organisation.conduct.known_misconduct(),
            outside: organisation.kind.outside(),
            partners: willing.count_for(id) as u32,
            prestige: reputation.max(0.0),
            new: !state.mandates.iter().any(|m| m.holder == id),
            newcomer: organisation.governed.last_award.is_none(),
            held: state.hubs().filter(|m| state.mandates[*m].holder == id).count() as u32,
            shortfall: shortfalls[organisation.region],
        }
    };
    let applicants =
        ids.iter().zip(&opinions).map(|(&id, opinion)| applicant(id, opinion.merit, opinion.votes)).collect();
    CandidateList { ids, applicants }
}

/// Whether an organisation stands for a mandate: it is where the holder must be, and has the expertise or claims the
/// mandate without.
fn stands(cx: &Context, state: &State, id: OrganisationId, remit: Remit) -> bool {
    let able = || state.expertise_for(id, remit) >= cx.parameters.mandates.least_expertise;
    state.resides(id, remit) && (able() || power::claims(cx, state, id))
}

/// Organisations that may stand at all: affiliates and, where a policy allows it, organisations outside the movement.
fn eligible<'a>(cx: &'a Context<'a>, state: &'a State) -> impl Iterator<Item = OrganisationId> + 'a {
    let may_stand = |id: &OrganisationId| {
        let kind = state.organisations[*id].kind;
        kind.affiliate() || kind.outside() && cx.policy.hubs.external
    };
    state.active().filter(may_stand)
}

/// Service measured last year in a remit.
fn past_service(state: &State, id: OrganisationId, remit: Remit) -> f64 {
    let served = &state.organisations[id].service_before;
    match remit {
        Remit::Theme(t) => served[t],
        Remit::Region(_) => served.iter().sum(),
    }
}

/// How far each region is short of mandates against its share of people online: 1 without any, 0 at its share, negative
/// (at least −1) above it.
pub(super) fn shortfalls(state: &State) -> Vec<f64> {
    let online: f64 = state.regions.iter().map(|region| region.online).sum();
    let all = state.hub_count() as f64;
    state
        .region_ids()
        .map(|r| {
            let holder = |m: MandateId| state.organisations[state.mandates[m].holder].region;
            let held = state.hubs().filter(|&m| holder(m) == r).count() as f64;
            let fair = (all + 1.0) * state.regions[r].online / online;
            ((fair - held) / fair).max(-1.0)
        })
        .collect()
}

/// The organisations that may get a mandate that somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Competition {
    /// All but its holder.
    WithoutHolder,
    /// All, its holder included.
    WithHolder,
}

impl Competition {
    /// The competition for a mandate that is given anew.
    pub(super) fn from_policy(policy: &Policy) -> Competition {
        if policy.hubs.holder_may_stand { Competition::WithHolder } else { Competition::WithoutHolder }
    }
}

/// The organisation that would get a mandate among its holder (where that may stand) and the others that a condition
/// admits, with its score and the holder's. Draws: candidate noise, mandate lottery.
pub(super) fn chosen(
    cx: &Context,
    state: &State,
    hub: MandateId,
    competition: Competition,
    admitted: impl Fn(OrganisationId) -> bool,
) -> Option<(OrganisationId, f64, f64)> {
    let mandate = &state.mandates[hub];
    let (remit, holder) = (mandate.remit, mandate.holder);
    let stream = cx.random.decision(Decision::CandidateNoise, cx.now.year()).entity(mandate.key);
    let list = candidates(cx, state, remit, stream, |o| o == holder || admitted(o));
    // The holder competes as if it held one mandate fewer.
    let mut applicants = list.applicants;
    for (applicant, &id) in applicants.iter_mut().zip(&list.ids) {
        if id == holder {
            applicant.held = applicant.held.saturating_sub(1);
        }
    }
    let lots = cx.random.decision(Decision::MandateLottery, cx.now.year()).entity(mandate.key);
    let at = list.ids.iter().position(|&id| id == holder);
    let appointment = Appointment { candidates: &applicants, stream: lots };
    let (other, own) = appointment.appoint_excluding(&cx.policy.hubs, at);
    let award = match competition {
        Competition::WithoutHolder => other,
        Competition::WithHolder => appointment.appoint(&cx.policy.hubs),
    }?;
    Some((list.ids[award.applicant], award.score, own))
}

/// Some organisations as candidates, for tests of other mechanisms.
#[cfg(test)]
/// Some organisations as candidates, for tests of other mechanisms.
pub fn standing(cx: &Context, state: &State, remit: Remit, ids: &[OrganisationId]) -> Vec<Applicant> {
    let stream = cx.random.decision(Decision::CandidateNoise, cx.now.year());
    candidates(cx, state, remit, stream, |o| ids.contains(&o)).applicants
}
