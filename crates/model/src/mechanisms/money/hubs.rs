//! Money of hubs: their share of the governed pots, money that the foundation handed over with its themes, interruptions.
//!
//! *Equations.*
//!
//! ```text
//! weight   = BY_COUNT / hubs + (1 − BY_COUNT) · need of the hub's scope
//! from pot = min(hub share · weight / (sum of weights), hub_cap) · pot
//! money    = from pot + handed · budget index
//! ```
//!
//! The share is promised for the years of a grant (the grant lever `years`) and promised again after that. In a year in
//! which it has to be promised again, it is interrupted with probability `interruption`: the hub gets nothing from the
//! pots in that year, its staff falls at once, and the money that the foundation handed over goes on. A dated shock
//! (`hubs`) strikes money that is not promised. Money that is not paid stays in the pots for grants.
//!
//! *Draws.* Interruption.
//!
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

/// Share of the hubs' money that is divided equally; the rest follows need; assumed: half and half.
const BY_COUNT: f64 = 0.5;

/// Pays the hubs out of the governed pots. Draws: interruption.
pub fn pay_hubs(cx: &Context, state: &mut State, record: &mut Record) {
    state.paid_to_hubs = pay_from(cx, state, record, super::governed_pots(state));
}

/// Pays the hubs out of a pot. Returns the money paid.
pub(super) fn pay_from(cx: &Context, state: &mut State, record: &mut Record, pot: Money) -> Money {
    let hubs: Vec<MandateId> = state.hubs().collect();
    let share = cx.policy.hubs.share.at(cx.now.year());
    let weights: Vec<f64> = hubs
        .iter()
        .map(|&hub| {
            let mandate = &state.mandates[hub];
            BY_COUNT / hubs.len() as f64 + (1.0 - BY_COUNT) * state.need_in(&mandate.scope)
        })
        .collect();
    let total: f64 = weights.iter().sum();
    let mut paid = Money::ZERO;
    record.movement.hubs_due += hubs.len() as u32;
    for (&hub, weight) in hubs.iter().zip(&weights) {
        let planned = (pot * (share * weight / total)).min(pot * cx.policy.hubs.hub_cap);
        let from_pot = planned * paid_share(cx, state, record, hub, planned);
        let handed = state.mandates[hub].handed * state.budget_index;
        let mandate = &mut state.mandates[hub];
        mandate.money = from_pot + handed;
        let secured = if mandate.promised_until > cx.now.year() { mandate.money } else { handed };
        mandate.secured = secured.share_of(mandate.money).min(1.0);
        book(cx, state, record, hub, pot, from_pot);
        paid += from_pot;
    }
    paid
}

/// The share of its planned money that a hub gets this year. Renews its promise, or records the interruption.
fn paid_share(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId, planned: Money) -> f64 {
    let (year, interruption) = (cx.now.year(), cx.parameters.money.interruption);
    let stream = cx.random.decision(Decision::Interruption, year);
    let shock_factor = environment::hubs_factor(cx);
    let mandate = &mut state.mandates[hub];
    mandate.interrupted = false;
    if mandate.promised_until >= year {
        return 1.0;
    }
    // A new hub was created together with its money: no interruption in its first year.
    let interrupted = mandate.promised_until > 0 && stream.entity(mandate.key).bernoulli(0, interruption);
    let factor = if interrupted { 0.0 } else { shock_factor };
    if factor > 0.0 {
        mandate.promised_until = year + (cx.policy.grants.years as u32).max(1) - 1;
    } else if planned.0 > 0.0 {
        mandate.interrupted = true;
        // It is no longer new: next year its money is at risk like that of any hub.
        mandate.promised_until = mandate.promised_until.max(1);
        record.movement.interruptions += 1;
        record.note(cx.now, Event::Interrupted { mandate: hub, lost: planned });
    }
    factor
}

/// Books a mandate's money: to its holders, to their regions, to the funders.
fn book(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId, pot: Money, from_pot: Money) {
    consortia::distribute_money(cx, state, record, hub);
    let region = state.organisations[state.mandates[hub].holder].region;
    for id in state.funders.ids() {
        let funder = &state.funders[id];
        if funder.governed() {
            let part = (funder.pot + funder.paid_in).share_of(pot);
            record.flows[(id, region)].hubs += from_pot * part;
        }
    }
}

/// Counts the requests that hubs could not serve because of transitions in this quarter and interruptions of this year.
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

/// At the end of a year: counts requests without a hub where the programme plans one, by theme if it has thematic hubs,
/// else by region. No draws.
pub fn count_waiting(cx: &Context, state: &mut State, record: &mut Record) {
    let kind = cx.policy.hubs.kind;
    let counted = |m: &&crate::state::Mandate| m.theme().is_some() == kind.thematic();
    let with_hub: f64 = state.mandates.iter().filter(counted).map(|m| m.year.requests.iter().sum::<f64>()).sum();
    let all: f64 = record.regions.iter().map(|region| region.requests).sum();
    record.movement.waiting = if kind.thematic() || kind.regional() { (all - with_hub).max(0.0) } else { 0.0 };
}

#[cfg(test)]
mod tests;
