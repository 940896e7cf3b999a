//! Who stands for a mandate, how they look to those who decide, and whom these choose.

use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::partnerships::consortia::Willing;
use crate::mechanisms::{Context, deciding, power};
use crate::policy::{Applicant, Appointment, Policy};
use crate::random::{Decision, Stream};
use crate::state::{Remit, State};
use crate::units::Money;

/// Who stands for a mandate, and what a decider sees of them.
pub(super) struct Field {
    pub(super) ids: Vec<OrganisationId>,
    pub(super) applicants: Vec<Applicant>,
}

pub(super) fn candidates(
    cx: &Context,
    state: &State,
    remit: Remit,
    stream: Stream,
    admitted: impl Fn(OrganisationId) -> bool,
) -> Field {
    let noise = deciding::perception_noise(cx, state);
    let ids: Vec<OrganisationId> =
        eligible(cx, state).filter(|&o| stands(cx, state, o, remit) && admitted(o)).collect();
    let opinions = deciding::assess_candidates(cx, state, remit, &ids);
    let willing = Willing::of(cx, state, remit);
    let most = |value: &dyn Fn(OrganisationId) -> f64| ids.iter().map(|&o| value(o)).fold(0.0, f64::max);
    let served = |o: OrganisationId| past_service(state, o, remit);
    let (best_service, share) = (most(&served), shortfalls(state));
    let online: f64 = state.regions.iter().map(|region| region.online).fold(0.0, f64::max);
    let applicants = ids
        .iter()
        .zip(&opinions)
        .map(|(&id, opinion)| {
            let o = &state.organisations[id];
            let mine = stream.with(o.key);
            let region = &state.regions[o.region];
            Applicant {
                key: o.key,
                kind: o.kind,
                region: o.region,
                underserved: region.underserved(),
                age: o.age(cx.now.quarter()),
                staff: o.staff,
                request: Money(1.0),
                history: o.grants + o.own_income,
                track_record: opinion.merit.max(0.0),
                evidence: if best_service > 0.0 { served(id) / best_service } else { 0.0 },
                need: region.online / online,
                votes: opinion.votes,
                astray: o.conduct.known_misconduct(),
                outside: o.kind.outside(),
                partners: willing.count_for(id) as u32,
                prestige: (0.6 * o.prestige + 0.4 * state.expertise_for(id, remit) + 1.5 * noise * mine.normal(1))
                    .max(0.0),
                new: !state.mandates.iter().any(|m| m.holder == id),
                newcomer: o.governed.last_award.is_none(),
                held: state.hubs().filter(|m| state.mandates[*m].holder == id).count() as u32,
                shortfall: share[o.region],
            }
        })
        .collect();
    Field { ids, applicants }
}

/// Whether an organisation stands for a mandate: where it must be, and with expertise enough.
fn stands(cx: &Context, state: &State, o: OrganisationId, remit: Remit) -> bool {
    let able = || state.expertise_for(o, remit) >= cx.parameters.mandates.least_expertise;
    state.resides(o, remit) && (able() || power::claims(cx, state, o))
}

/// Who may think of it at all: affiliates, and those outside the movement where a policy lets them.
fn eligible<'a>(cx: &'a Context<'a>, state: &'a State) -> impl Iterator<Item = OrganisationId> + 'a {
    let may = |o: &OrganisationId| {
        let kind = state.organisations[*o].kind;
        kind.affiliate() || kind.outside() && cx.policy.hubs.external
    };
    state.active().filter(may)
}

/// Service measured last year in what a mandate is for.
fn past_service(state: &State, o: OrganisationId, remit: Remit) -> f64 {
    let served = &state.organisations[o].service_before;
    match remit {
        Remit::Theme(t) => served[t],
        Remit::Region(_) => served.iter().sum(),
    }
}

/// How far each region is short of mandates against its share of people online: 1 with none, 0 at its share,
/// below 0 with more (at least −1).
pub(super) fn shortfalls(state: &State) -> Vec<f64> {
    let online: f64 = state.regions.iter().map(|region| region.online).sum();
    let all = state.hub_count() as f64;
    state
        .region_ids()
        .map(|r| {
            let holder = |m: MandateId| state.organisations[state.mandates[m].holder].region;
            let have = state.hubs().filter(|&m| holder(m) == r).count() as f64;
            let fair = (all + 1.0) * state.regions[r].online / online;
            ((fair - have) / fair).max(-1.0)
        })
        .collect()
}

/// Who may have a mandate that somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// All but its holder.
    Others,
    /// Its holder too.
    Everybody,
}

impl Call {
    /// Who may have a mandate that is given anew.
    pub(super) fn anew(policy: &Policy) -> Call {
        if policy.hubs.holder_may_stand { Call::Everybody } else { Call::Others }
    }
}

/// Who would get a mandate of the holder, where that may, and of the others that a condition admits; its score and the
/// holder's.
pub(super) fn chosen(
    cx: &Context,
    state: &State,
    m: MandateId,
    call: Call,
    admitted: impl Fn(OrganisationId) -> bool,
) -> Option<(OrganisationId, f64, f64)> {
    let mandate = &state.mandates[m];
    let (remit, holder) = (mandate.remit, mandate.holder);
    let stream = cx.random.decision(Decision::CandidateNoise, cx.now.year()).entity(mandate.key);
    let field = candidates(cx, state, remit, stream, |o| o == holder || admitted(o));
    // The holder competes as if it held one mandate fewer.
    let mut applicants = field.applicants;
    for (applicant, &id) in applicants.iter_mut().zip(&field.ids) {
        if id == holder {
            applicant.held = applicant.held.saturating_sub(1);
        }
    }
    let lots = cx.random.decision(Decision::MandateLottery, cx.now.year()).entity(mandate.key);
    let at = field.ids.iter().position(|&id| id == holder);
    let appointment = Appointment { candidates: &applicants, stream: lots };
    let (other, own) = appointment.appoint_excluding(&cx.policy.hubs, at);
    let award = match call {
        Call::Others => other,
        Call::Everybody => appointment.appoint(&cx.policy.hubs),
    }?;
    Some((field.ids[award.applicant], award.score, own))
}

/// Some organisations as candidates, for tests of other mechanisms.
#[cfg(test)]
pub fn standing(cx: &Context, state: &State, remit: Remit, ids: &[OrganisationId]) -> Vec<Applicant> {
    let stream = cx.random.decision(Decision::CandidateNoise, cx.now.year());
    candidates(cx, state, remit, stream, |o| ids.contains(&o)).applicants
}
