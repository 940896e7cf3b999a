//! Money of hubs: their part of the governed pots, what the foundation handed over with its themes, interruptions.
//!
//! *Equations.* A hub's part of the governed pots = hub share × (½ / hubs + ½ need of its scope), normalised, at most the
//! cap. It is promised for as many years as a grant is given (the lever `years` of grants), and promised again when
//! that is over; in a year in which it has to be, it is interrupted with probability `interruption`: nothing from the
//! pots that year, staff falls at once, what the foundation handed over goes on. A shock with a date (`hubs`) strikes
//! what is not promised. What is not paid stays in the pots for grants.
//! *Source.* Of the first four hubs one lost its money within a year (Content Partnerships Hub, 2024: "drastically
//! altered during the year"), in about twelve hub-years.

use crate::ids::MandateId;
use crate::mechanisms::Context;
use crate::mechanisms::environment;
use crate::mechanisms::partnerships::consortia;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::{Stage, State};
use crate::units::Money;

/// Pays the hubs out of the governed pots. Draws: interruption.
pub fn pay_hubs(cx: &Context, state: &mut State, record: &mut Record) {
    state.paid_to_hubs = pay_from(cx, state, record, super::governed_pots(state));
}

/// Pays the hubs out of a pot. Gives what it paid.
pub(super) fn pay_from(cx: &Context, state: &mut State, record: &mut Record, pot: Money) -> Money {
    let hubs: Vec<MandateId> = state.hubs().collect();
    let share = cx.policy.hubs.share.at(cx.now.year());
    let weights: Vec<f64> = hubs
        .iter()
        .map(|m| {
            let mandate = &state.mandates[*m];
            0.5 / hubs.len() as f64 + 0.5 * state.need_in(&mandate.scope)
        })
        .collect();
    let total: f64 = weights.iter().sum();
    let mut paid = Money::ZERO;
    for (&m, weight) in hubs.iter().zip(&weights) {
        let meant = (pot * (share * weight / total)).min(pot * cx.policy.hubs.hub_cap);
        let from_pot = meant * promised_share(cx, state, record, m, meant);
        let handed = state.mandates[m].handed * state.budget_index;
        let mandate = &mut state.mandates[m];
        mandate.money = from_pot + handed;
        let sure = if mandate.promised_until > cx.now.year() { mandate.money } else { handed };
        mandate.secured = sure.share_of(mandate.money).min(1.0);
        book(cx, state, record, m, pot, from_pot);
        paid += from_pot;
    }
    paid
}

/// How much of what is meant for a hub it gets this year; renews its promise, or notes the interruption.
fn promised_share(cx: &Context, state: &mut State, record: &mut Record, m: MandateId, meant: Money) -> f64 {
    let (year, p) = (cx.now.year(), cx.parameters.money.interruption);
    let stream = cx.random.decision(Decision::Interruption, year);
    let planned = environment::hubs_factor(cx);
    let mandate = &mut state.mandates[m];
    mandate.interrupted = false;
    if mandate.promised_until >= year {
        return 1.0;
    }
    // A hub that is new was created with its money.
    let by_chance = mandate.promised_until > 0 && stream.entity(mandate.key).bernoulli(0, p);
    let factor = if by_chance { 0.0 } else { planned };
    if factor > 0.0 {
        mandate.promised_until = year + (cx.policy.grants.years as u32).max(1) - 1;
    } else if meant.0 > 0.0 {
        mandate.interrupted = true;
        // No longer new, so that next year's money is as unsure as anybody's.
        mandate.promised_until = mandate.promised_until.max(1);
        record.movement.interruptions += 1;
        record.note(cx.now, Event::Interrupted { mandate: m, lost: meant });
    }
    factor
}

/// Books a mandate's money: to those who hold it, to their regions, to the funders.
fn book(cx: &Context, state: &mut State, record: &mut Record, m: MandateId, pot: Money, from_pot: Money) {
    consortia::share_out(cx, state, record, m);
    let region = state.organisations[state.mandates[m].holder].region;
    for f in state.funders.ids() {
        let funder = &state.funders[f];
        if funder.governed() {
            let part = (funder.pot + funder.paid_in).share_of(pot);
            record.flows[(f, region)].hubs += from_pot * part;
        }
    }
}

/// Counts the requests that a quarter's transitions and the year's interruptions left without the hub they were for.
/// Once a quarter, after support. No draws.
pub fn count_forgone(cx: &Context, state: &mut State, _record: &mut Record) {
    let quarter = cx.now.quarter();
    for mandate in &mut state.mandates {
        let requests: f64 = mandate.year.requests.iter().sum();
        if mandate.interrupted || mandate.stage(quarter) == Stage::Transition {
            mandate.year.forgone += requests - mandate.year.counted;
        }
        mandate.year.counted = requests;
    }
}

/// At the end of a year: the requests for which there is no hub although the programme is to have one for them, in the
/// themes of thematic hubs, else in the regions of regional ones. No draws.
pub fn count_waiting(cx: &Context, state: &mut State, record: &mut Record) {
    let kind = cx.policy.hubs.kind;
    let counted = |m: &&crate::state::Mandate| m.theme().is_some() == kind.thematic();
    let with: f64 = state.mandates.iter().filter(counted).map(|m| m.year.requests.iter().sum::<f64>()).sum();
    let all: f64 = record.regions.iter().map(|region| region.requests).sum();
    record.movement.waiting = if kind.thematic() || kind.regional() { (all - with).max(0.0) } else { 0.0 };
}

#[cfg(test)]
mod tests;
