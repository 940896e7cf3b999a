//! 4 re-granting: a regional hub awards a part of the governed pots in its region, by the same rules as the centre.
//!
//! *Claim.* A regional hub sees applicants of its region more exactly than the centre, and has stronger interests of its
//! own there. Deciding about applications costs work wherever it is done.
//!
//! *Equations.*
//!
//! ```text
//! envelope  = delegated · (region's share of the year-0 grants) · min(1, need in the hub's scope) · pot
//! noise     = funder's noise · local_noise · z
//! lift      = 1 + favour · territoriality · prestige · (1 − accountability)   (the holder's and its partners' applications)
//! seen      = lift · (merit + noise), and lift · every other criterion
//! work      = decision_work · applications
//! ```
//!
//! `pot`: what is left of it after promises. The region's shares are those of regional envelopes, so that delegation
//! changes who decides, not how much a region may expect. Within an envelope the policy's four allocation steps run over
//! the region's applications. Money that a hub does not award goes back to the centre in the same year. The centre then
//! decides about the part of each request that is still open; a region's envelope at the centre shrinks by the amount that
//! its hub has awarded.
//!
//! *Order.* Hubs decide in the order of their ids. The hubs of a region that was split share its envelope by need.
//!
//! *Draws.* Regrant, grant lot. *Off.* local_noise = 1, favour = 0, decision_work = 0.
//!
//! *Source.* Local knowledge against capture in decentralised allocation: Bardhan & Mookherjee 2000.

use crate::catalogue::Off;
use crate::ids::{FunderId, MandateId, OrganisationId};
use crate::mechanisms::Context;
use crate::mechanisms::money::{Applications, GrantCall};
use crate::parameters;
use crate::policy::Cuts;
use crate::policy::levers::GrantLevers;
use crate::policy::{Applicant, ApplicationRound, Award};
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::builders;
use crate::state::{Stage, State};
use crate::units::{Money, Work};

parameters! {
    /// Decisions of regional hubs about the envelopes that they re-grant.
    pub struct RegrantingParameters in "regranting",
        off Off::Set(&[("local_noise", 1.0), ("favour", 0.0), ("decision_work", 0.0)]);
    /// Noise with which a regional hub sees merit, relative to the funder's.
    local_noise: f64 = 0.6, 0.0..=5.0, 0.3..1.2, "factor", "assumed: who is near sees better";
    /// Factor, less 1, by which its own and its partners' applications look better to a holder of full territoriality
    /// and prestige.
    favour: f64 = 0.5, 0.0..=10.0, 0.0..1.5, "factor", "assumed";
    /// Work of a hub to decide about one application.
    decision_work: Work = 0.02, 0.0..=10.0, 0.005..0.06, "FTE-quarters", "assumed: 10 hours";
}

/// Opens the year: nothing is delegated or decided yet. No draws.
pub fn begin_year(_cx: &Context, state: &mut State, _record: &mut Record) {
    for m in &mut state.mandates {
        (m.envelope, m.regranted, m.deciding) = (Money::ZERO, Money::ZERO, Work::ZERO);
    }
}

/// Every regional hub at work decides about its envelope of a governed pot; the funder decides about the rest. Draws:
/// regrant, grant lot.
pub fn run(cx: &Context, state: &mut State, record: &mut Record, call: &GrantCall, round: &mut Applications) {
    if state.funders[call.funder].governed() {
        delegate(cx, state, record, call.funder, round);
    }
    round.open = open_applications(&call.levers, cx.now.year(), round);
}

/// A regional hub that re-grants money of a funder.
#[derive(Clone, Copy)]
struct Regranter {
    hub: MandateId,
    funder: FunderId,
}

/// The applications that a regional hub decides about, as it sees them.
struct LocalApplications {
    envelope: Money,
    organisations: Vec<OrganisationId>,
    applicants: Vec<Applicant>,
}

/// Every hub awards its envelope. `round.granted` collects the awards.
fn delegate(cx: &Context, state: &mut State, record: &mut Record, funder: FunderId, round: &mut Applications) {
    let delegated = round.pot * cx.policy.hubs.delegated.at(cx.now.year()).clamp(0.0, 1.0);
    if delegated.0 <= 0.0 {
        return;
    }
    let hubs: Vec<MandateId> = state.hubs().collect();
    for hub in hubs {
        let envelope = delegated * envelope_share(cx, state, hub, &round.regional_shares);
        if envelope.0 <= 0.0 {
            continue;
        }
        let (regranter, remit) = (Regranter { hub, funder }, state.mandates[hub].remit);
        let local: Vec<usize> =
            (0..round.organisations.len()).filter(|&i| state.resides(round.organisations[i], remit)).collect();
        let seen = |&i: &usize| {
            let applicant = &round.applicants[i];
            let open = (applicant.request - round.granted[i]).max(Money::ZERO);
            Applicant { request: open, ..as_seen_by_hub(cx, state, regranter, round.organisations[i], applicant) }
        };
        let applicants: Vec<Applicant> = local.iter().map(seen).collect();
        let organisations = local.iter().map(|&i| round.organisations[i]).collect();
        let awards = decide(cx, state, record, regranter, LocalApplications { envelope, organisations, applicants });
        for Award { applicant, amount, .. } in &awards {
            round.granted[local[*applicant]] += *amount;
            state.mandates[hub].regranted += *amount;
        }
        let work = cx.parameters.regranting.decision_work * local.len() as f64;
        let mandate = &mut state.mandates[hub];
        mandate.envelope += envelope;
        mandate.deciding += work;
    }
}

/// A hub's share of the delegated money: its region's share, times the share of the region's need in its scope. 0 for
/// thematic hubs and for hubs that are not at work.
fn envelope_share(cx: &Context, state: &State, hub: MandateId, regional_shares: &[f64]) -> f64 {
    let mandate = &state.mandates[hub];
    let Some(region) = mandate.region() else { return 0.0 };
    if mandate.stage(cx.now.quarter()) == Stage::Transition || mandate.interrupted {
        return 0.0;
    }
    let need: f64 = state.theme_ids().filter(|&t| mandate.scope.holds(region, t)).map(|t| state.need(region, t)).sum();
    regional_shares[region] * need.min(1.0)
}

/// An application as a regional hub sees it.
fn as_seen_by_hub(
    cx: &Context,
    state: &State,
    Regranter { hub, funder }: Regranter,
    id: OrganisationId,
    applicant: &Applicant,
) -> Applicant {
    let parameters = &cx.parameters.regranting;
    let (mandate, organisation) = (&state.mandates[hub], &state.organisations[id]);
    let stream = cx.random.decision(Decision::Regranting, cx.now.year()).with(state.funders[funder].key);
    let noise = state.funders[funder].noise
        * parameters.local_noise
        * stream.with(mandate.key).entity(organisation.key).normal(0);
    let weight = cx.parameters.mandates.prestige_weight;
    let merit = (1.0 - weight) * state.best_quality(id) + weight * organisation.prestige + noise;
    let holder = &state.organisations[mandate.holder];
    let own = id == mandate.holder || mandate.partners.contains(&id);
    let interest = holder.territoriality * holder.prestige * (1.0 - cx.policy.governance.accountability);
    let lift = 1.0 + if own { parameters.favour * interest } else { 0.0 };
    Applicant {
        history: applicant.history * lift,
        track_record: merit.max(0.0) * lift,
        evidence: applicant.evidence * lift,
        need: applicant.need * lift,
        prestige: applicant.prestige * lift,
        votes: applicant.votes * lift,
        ..*applicant
    }
}

/// Runs the four allocation steps over the applications of one region.
fn decide(
    cx: &Context,
    state: &State,
    record: &mut Record,
    Regranter { hub, funder }: Regranter,
    local: LocalApplications,
) -> Vec<Award> {
    let mandate = &state.mandates[hub];
    // An envelope is entirely for its own region.
    let regional_shares: Vec<f64> =
        state.region_ids().map(|r| f64::from(u8::from(mandate.region() == Some(r)))).collect();
    let money = &cx.parameters.money;
    let stream = cx.random.decision(Decision::GrantLottery, cx.now.year()).with(state.funders[funder].key);
    let round = ApplicationRound {
        applicants: &local.applicants,
        pot: local.envelope,
        year: cx.now.year(),
        regional_shares: &regional_shares,
        cuts: Cuts { size: money.cuts_size, merit: money.cuts_merit },
        stream: stream.with(mandate.key),
    };
    let awards = round.decide(&cx.policy.grants);
    builders::decided(cx.now, record, (funder, Some(hub)), &local.organisations, &round, &cx.policy.grants, &awards);
    awards
}

/// The applications that the centre still has to decide about: requests less what regional hubs awarded. Sets the
/// regions' shares to their shares of the rest of the pot. A cap on grants holds for both awards together.
fn open_applications(levers: &GrantLevers, year: u32, round: &mut Applications) -> Vec<Applicant> {
    let Applications { pot, applicants, granted, regional_shares, .. } = round;
    let pot = *pot;
    let regranted: Money = granted.iter().copied().sum();
    if regranted.0 <= 0.0 {
        return applicants.to_vec();
    }
    let left = (pot - regranted).max(Money::ZERO);
    for (r, share) in regional_shares.iter_mut().enumerate() {
        let local = applicants.iter().zip(granted.iter()).filter(|(a, _)| a.region.index() == r);
        let given: Money = local.map(|(_, &amount)| amount).sum();
        *share = (pot * *share - given).max(Money::ZERO).share_of(left);
    }
    let cap = Money(levers.cap.bound(year));
    let most = |a: &Applicant| a.request.min(cap);
    let rest = |(a, &amount): (&Applicant, &Money)| match amount.0 > 0.0 {
        true => Applicant { request: (most(a) - amount).max(Money::ZERO), ..*a },
        false => *a,
    };
    applicants.iter().zip(granted.iter()).map(rest).collect()
}

#[cfg(test)]
mod tests;
