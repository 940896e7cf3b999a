//! 4 re-granting: a regional hub gives out a part of the pots in its region, by the same rules as the centre.
//!
//! *Claim.* Who is near sees better whom it funds, and is nearer to its own interest too; deciding costs work wherever it
//! is done. *Equations.* A hub's envelope is `delegated` × the region's share of the year-0 grants × what the pot has left
//! to decide about; the shares are those of regional envelopes, so that delegating moves who decides, not how much a region
//! may expect. Within it the policy's four slots run over the region's applications; merit is seen with `local_noise` times
//! the funder's noise; the holder and its partners look better by 1 + `favour` × territoriality × prestige of the holder ×
//! (1 − accountability). What is not awarded goes back to the centre in the same year, which decides about what is still
//! asked for; a region's envelope at the centre is smaller by what its hub gave. Deciding about an application takes
//! `decision_work` of the hub's. *Order.* Hubs in the order of their ids; those of one region after a split share its
//! envelope by need. *Source.* Local knowledge against capture in decentralised allocation: Bardhan & Mookherjee 2000.

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
    /// How regional hubs decide about the envelopes that they re-grant.
    pub struct RegrantingParameters in "regranting",
        off Off::Set(&[("local_noise", 1.0), ("favour", 0.0), ("decision_work", 0.0)]);
    /// Noise of a regional hub's look at merit, relative to the funder's.
    local_noise: 0.6, 0.0..=5.0, 0.3..1.2, "factor", "assumed: who is near sees better";
    /// How much better its own and its partners' applications look to a holder of full territoriality and prestige.
    favour: 0.5, 0.0..=10.0, 0.0..1.5, "factor", "assumed";
    /// A hub's work of deciding about an application.
    decision_work: 0.02, 0.0..=10.0, 0.005..0.06, "FTE-quarters", "assumed: 10 hours";
}

/// Nothing is delegated or decided yet this year. No draws.
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
    round.open = what_is_left(&call.levers, cx.now.year(), round);
}

fn delegate(cx: &Context, state: &mut State, record: &mut Record, funder: FunderId, round: &mut Applications) {
    let delegated = round.pot * cx.policy.hubs.delegated.at(cx.now.year()).clamp(0.0, 1.0);
    if delegated.0 <= 0.0 {
        return;
    }
    let hubs: Vec<MandateId> = state.hubs().collect();
    for m in hubs {
        let envelope = delegated * part_of(cx, state, m, &round.regional_shares);
        if envelope.0 <= 0.0 {
            continue;
        }
        let remit = state.mandates[m].remit;
        let mine: Vec<usize> =
            (0..round.organisations.len()).filter(|&i| state.resides(round.organisations[i], remit)).collect();
        let seen: Vec<Applicant> = mine
            .iter()
            .map(|&i| {
                let applicant = &round.applicants[i];
                let open = (applicant.request - round.granted[i]).max(Money::ZERO);
                Applicant { request: open, ..seen_by(cx, state, m, funder, round.organisations[i], applicant) }
            })
            .collect();
        let standing: Vec<OrganisationId> = mine.iter().map(|&i| round.organisations[i]).collect();
        let awards = decide(cx, state, record, m, funder, envelope, (&standing, &seen));
        for Award { applicant, amount, .. } in &awards {
            round.granted[mine[*applicant]] += *amount;
            state.mandates[m].regranted += *amount;
        }
        let work = Work(cx.parameters.regranting.decision_work * mine.len() as f64);
        let mandate = &mut state.mandates[m];
        mandate.envelope += envelope;
        mandate.deciding += work;
    }
}

/// A hub's part of what is delegated: its region's, and of that what its scope is of the region's need. 0 for who
/// delegates nothing to: thematic hubs, and those that are not at work.
fn part_of(cx: &Context, state: &State, m: MandateId, regional_shares: &[f64]) -> f64 {
    let mandate = &state.mandates[m];
    let Some(r) = mandate.region() else { return 0.0 };
    if mandate.stage(cx.now.quarter()) == Stage::Transition || mandate.interrupted {
        return 0.0;
    }
    let need: f64 = state.theme_ids().filter(|&t| mandate.scope.holds(r, t)).map(|t| state.need(r, t)).sum();
    regional_shares[r] * need.min(1.0)
}

/// An application as a regional hub sees it.
fn seen_by(
    cx: &Context,
    state: &State,
    m: MandateId,
    funder: FunderId,
    id: OrganisationId,
    applicant: &Applicant,
) -> Applicant {
    let p = &cx.parameters.regranting;
    let (mandate, o) = (&state.mandates[m], &state.organisations[id]);
    let stream = cx.random.decision(Decision::Regranting, cx.now.year()).with(state.funders[funder].key);
    let noise = state.funders[funder].noise * p.local_noise * stream.with(mandate.key).entity(o.key).normal(0);
    let weight = cx.parameters.mandates.prestige_weight;
    let merit = (1.0 - weight) * state.best_quality(id) + weight * o.prestige + noise;
    let holder = &state.organisations[mandate.holder];
    let own = id == mandate.holder || mandate.partners.contains(&id);
    let interest = holder.territoriality * holder.prestige * (1.0 - cx.policy.governance.accountability);
    let lift = 1.0 + if own { p.favour * interest } else { 0.0 };
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

/// The four slots over the applications of one region.
fn decide(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    m: MandateId,
    funder: FunderId,
    envelope: Money,
    (ids, applicants): (&[OrganisationId], &[Applicant]),
) -> Vec<Award> {
    let mandate = &state.mandates[m];
    // An envelope is all for its own region.
    let all: Vec<f64> = state.region_ids().map(|r| f64::from(u8::from(mandate.region() == Some(r)))).collect();
    let money = &cx.parameters.money;
    let stream = cx.random.decision(Decision::GrantLottery, cx.now.year()).with(state.funders[funder].key);
    let round = ApplicationRound {
        applicants,
        pot: envelope,
        year: cx.now.year(),
        regional_shares: &all,
        cuts: Cuts { size: money.cuts_size, merit: money.cuts_merit },
        stream: stream.with(mandate.key),
    };
    let awards = round.decide(&cx.policy.grants);
    builders::decided(cx.now, record, (funder, Some(m)), ids, &round, &cx.policy.grants, &awards);
    awards
}

/// What is left for the centre to decide about: applications without what regional hubs gave, and the regions' shares of
/// what the pot has left. A cap on grants holds for both together.
fn what_is_left(levers: &GrantLevers, year: u32, round: &mut Applications) -> Vec<Applicant> {
    let Applications { pot, applicants, granted, regional_shares, .. } = round;
    let pot = *pot;
    let regranted: Money = granted.iter().copied().sum();
    if regranted.0 <= 0.0 {
        return applicants.to_vec();
    }
    let left = (pot - regranted).max(Money::ZERO);
    for (r, share) in regional_shares.iter_mut().enumerate() {
        let here = applicants.iter().zip(granted.iter()).filter(|(a, _)| a.region.index() == r);
        let given: Money = here.map(|(_, &amount)| amount).sum();
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
