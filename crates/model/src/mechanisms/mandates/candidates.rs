//! Candidates for a mandate: who stands, how deciders see them, and who is chosen.

use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::deciding::Opinion;
use crate::mechanisms::partnerships::consortia::{self, WillingPartners};
use crate::mechanisms::{Context, deciding, power};
use crate::policy::{Applicant, Appointment, Policy, Profile};
use crate::random::Decision;
use crate::state::{Remit, State};
use crate::units::Money;

/// The candidates for a mandate, and what a decider sees of each.
pub(super) struct CandidateList {
    pub(super) ids: Vec<OrganisationId>,
    pub(super) applicants: Vec<Applicant>,
}

/// A mandate that is to be given: to whom, the four slots of the policy decide.
#[derive(Clone, Copy)]
pub(super) struct Vacancy {
    /// Its remit.
    pub(super) remit: Remit,
    /// The mandate, if there is one already: it does not count among those that a candidate holds.
    pub(super) hub: Option<MandateId>,
}

/// The organisations that stand for a mandate and that a condition admits. Draws: candidate noise,
/// DecidingBody.
pub(super) fn candidates(
    cx: &Context,
    state: &State,
    vacancy: Vacancy,
    admitted: impl Fn(OrganisationId) -> bool,
) -> CandidateList {
    let Vacancy { remit, hub } = vacancy;
    let ids: Vec<OrganisationId> =
        eligible(cx, state).filter(|&id| stands(cx, state, id, remit) && admitted(id)).collect();
    let opinions = deciding::assess_candidates(cx, state, remit, &ids);
    let willing = WillingPartners::new(cx, state, remit, hub);
    let shortfalls = shortfalls(state);
    let applicant = |id: OrganisationId, opinion: &Opinion| {
        let organisation = &state.organisations[id];
        let Profile { kind, age, staff, known_misconduct, outside, held } = consortia::profile(cx, state, id, hub);
        Applicant {
            key: organisation.key,
            kind,
            region: organisation.region,
            underserved: state.regions[organisation.region].underserved(),
            age,
            staff,
            request: Money(1.0),
            history: organisation.grants + organisation.own_income,
            track_record: opinion.merit,
            evidence: opinion.evidence,
            need: opinion.need,
            votes: opinion.votes,
            known_misconduct,
            outside,
            partners: willing.count_for(id) as u32,
            prestige: opinion.prestige,
            new: !state.mandates.iter().any(|m| m.holder == id),
            newcomer: organisation.governed.last_award.is_none(),
            held,
            shortfall: shortfalls[organisation.region],
        }
    };
    let applicants = ids.iter().zip(&opinions).map(|(&id, opinion)| applicant(id, opinion)).collect();
    CandidateList { ids, applicants }
}

/// Whether an organisation stands for a mandate: it is where the holder must be, and has the expertise or claims the
/// mandate without.
fn stands(cx: &Context, state: &State, id: OrganisationId, remit: Remit) -> bool {
    let able = || state.expertise_for(id, remit) >= cx.parameters.mandates.least_expertise;
    state.resides(id, remit) && (able() || power::claims(cx, state, id))
}

/// Organisations that may stand at all: affiliates and, where a policy allows it, organisations outside the movement, in the
/// regions where mandates may be.
fn eligible<'a>(cx: &'a Context<'a>, state: &'a State) -> impl Iterator<Item = OrganisationId> + 'a {
    let may_stand = |id: &OrganisationId| {
        let kind = state.organisations[*id].kind;
        (kind.affiliate() || kind.outside() && cx.policy.hubs.external) && consortia::may_be(cx, state, *id)
    };
    state.active().filter(may_stand)
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
/// admits, with its score and the holder's. Draws: candidate noise, DecidingBody, mandate lottery.
pub(super) fn chosen(
    cx: &Context,
    state: &State,
    hub: MandateId,
    competition: Competition,
    admitted: impl Fn(OrganisationId) -> bool,
) -> Option<(OrganisationId, f64, f64)> {
    let mandate = &state.mandates[hub];
    let (remit, holder) = (mandate.remit, mandate.holder);
    let list = candidates(cx, state, Vacancy { remit, hub: Some(hub) }, |o| o == holder || admitted(o));
    let lots = cx.random.decision(Decision::MandateLottery, cx.now.year()).entity(mandate.key);
    let at = list.ids.iter().position(|&id| id == holder);
    let appointment = Appointment { candidates: &list.applicants, stream: lots };
    let (other, own) = appointment.appoint_excluding(&cx.policy.hubs, at);
    let award = match competition {
        Competition::WithoutHolder => other,
        Competition::WithHolder => appointment.appoint(&cx.policy.hubs),
    }?;
    Some((list.ids[award.applicant], award.score, own))
}

/// Some organisations as candidates, for tests of other mechanisms.
#[cfg(test)]
pub fn standing(cx: &Context, state: &State, remit: Remit, ids: &[OrganisationId]) -> Vec<Applicant> {
    candidates(cx, state, Vacancy { remit, hub: None }, |o| ids.contains(&o)).applicants
}
