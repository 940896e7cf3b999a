//! 8 uptake: organisations outside the movement adapt materials that the movement has made.
//!
//! *Claim.* Free-knowledge organisations and partners adapt what fits their region, if they find it and if adapting it
//! costs no more than they can spare.
//!
//! *Equations.* Each quarter, for every outsider:
//!
//! ```text
//! spare        = min(spare + effort · quarterly work, MAX_SAVED_QUARTERS · effort · quarterly work)
//! P(theme)     ∝ expertise · presence                                  (themes that are served)
//! score        = salience + taste · (½ own taste + ½ mood of the search)
//! P(concerned) = concern                                               (once per outsider and problem)
//! cost         = problem cost · adapt_cost · (unpackaged_factor if not packaged)
//! ```
//!
//! An outsider searches `looks` times. It takes the problem of highest score among those that concern it and that it has
//! no material for, finds materials with the probabilities of any searcher of its region, and adapts one if cost ≤ spare.
//!
//! *Draws.* Uptake; taste once per outsider and problem. *Off.* effort = 0.
//!
//! *Source.* About a quarter of used open materials are reused (Duncan 2009). The rest is assumed.

use crate::catalogue::Off;
use crate::ids::{OrganisationId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::production::{QuarterIndex, look};
use crate::parameters;
use crate::random::{Decision, Threshold};
use crate::record::Record;
use crate::state::problem::OpenProblem;
use crate::state::{Material, State};
use crate::units::Work;

parameters! {
    /// Adaptation of the movement's materials by organisations outside it.
    pub struct UptakeParameters in "uptake",
        off Off::Set(&[("effort", 0.0)]);
    /// Share of its staff's work that an outsider spends on adapting materials of the movement.
    effort: f64 = 0.1, 0.0..=1.0, 0.03..0.3, "share", "assumed";
    /// Share of problems that concern an outsider.
    concern: f64 = 0.3, 0.0..=1.0, 0.1..0.6, "share", "assumed";
    /// Number of searches of an outsider.
    outside_searches: f64 = 4.0, 0.0..=50.0, 1.0..10.0, "1/quarter", "assumed";
}

/// Effort that an outsider can save, quarters; assumed: plans are yearly, and unused effort of a year is lost.
const MAX_SAVED_QUARTERS: f64 = 4.0;

/// Part of an outsider's taste that is constant; the rest changes from search to search; assumed: half and half.
const CONSTANT_TASTE: f64 = 0.5;

/// Every outsider searches for materials and adapts what it can. Draws: uptake; taste once per outsider and problem.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let outsiders: Vec<OrganisationId> = state.outsiders().collect();
    if outsiders.is_empty() || cx.parameters.uptake.effort <= 0.0 {
        return;
    }
    let index = QuarterIndex::new(cx, state);
    for id in outsiders {
        save_effort(cx, state, id);
        for attempt in 0..cx.parameters.uptake.outside_searches as u32 {
            search_once(cx, state, record, &index, id, attempt);
        }
    }
}

/// Adds a quarter's effort to the work that an outsider has saved.
fn save_effort(cx: &Context, state: &mut State, id: OrganisationId) {
    let effort = cx.parameters.uptake.effort;
    let organisation = &mut state.organisations[id];
    let quarterly_effort = organisation.staff.quarterly_work() * effort;
    organisation.saved_effort =
        (organisation.saved_effort + quarterly_effort).min(quarterly_effort * MAX_SAVED_QUARTERS);
}

/// Searches once, and adapts what it finds and can afford.
fn search_once(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    index: &QuarterIndex,
    id: OrganisationId,
    attempt: u32,
) {
    let stream = cx.random.decision(Decision::Uptake, cx.now.quarter()).with(state.organisations[id].key);
    let Some(theme) = theme_at_quantile(state, id, stream.uniform(attempt)) else { return };
    let Some(slot) = preferred_problem(cx, state, id, theme, attempt) else { return };
    let found = stream.with(state.problems.slots[slot].key);
    if let Some(material) = look(cx, state, index, id, slot, found) {
        take_up(cx, state, record, id, slot, &material);
    }
}

/// The theme at a quantile of what the outsider knows about the themes that are served.
fn theme_at_quantile(state: &State, id: OrganisationId, quantile: f64) -> Option<ThemeId> {
    let known = &state.organisations[id].expertise;
    let weight = |t: ThemeId| if state.served(t) { known[t] * state.themes[t].presence } else { 0.0 };
    let target = quantile * state.theme_ids().map(weight).sum::<f64>();
    let mut below = 0.0;
    state.theme_ids().find(|&t| {
        below += weight(t);
        target < below
    })
}

/// Of the open problems that concern the outsider and that it has no material for, the one of highest score; ties by
/// key.
/// The mood of each search makes the choice differ between the searches of a quarter.
fn preferred_problem(cx: &Context, state: &State, id: OrganisationId, theme: ThemeId, attempt: u32) -> Option<usize> {
    let key = state.organisations[id].key;
    let concern = cx.random.decision(Decision::Uptake, 0).with(key);
    let taste = cx.random.decision(Decision::Taste, 0).with(key);
    let again = cx.random.decision(Decision::Uptake, cx.now.quarter()).with(key);
    let weight = cx.parameters.production.taste;
    let score = |offer: &OpenProblem| {
        // Without a mood, an outsider would search in vain for the same problem for ever.
        let mood = again.entity(offer.key).uniform(attempt);
        offer.salience + weight * (CONSTANT_TASTE * taste.entity(offer.key).uniform(0) + (1.0 - CONSTANT_TASTE) * mood)
    };
    let threshold = Threshold::from_probability(cx.parameters.uptake.concern);
    let mut best: Option<(f64, &OpenProblem)> = None;
    for offers in state.problems.by_cost[theme].chunks(BLOCK) {
        // Without a branch: a draw is unpredictable for the processor. Every place is written, the count moves on a hit.
        let (mut concerned, mut count) = ([0; BLOCK], 0);
        for (k, offer) in offers.iter().enumerate() {
            concerned[count % BLOCK] = k;
            count += usize::from(concern.entity(offer.key).occurs(0, threshold));
        }
        for &k in &concerned[..count] {
            let (score, offer) = (score(&offers[k]), &offers[k]);
            let better = best.is_none_or(|(most, of)| (score, offer.key) > (most, of.key));
            // The list of adopters lies elsewhere in memory: it is read only for the few problems that improve on the best.
            if better && !state.problems.slots[offer.slot()].taken_up.contains(&id) {
                best = Some((score, offer));
            }
        }
    }
    best.map(|(_, offer)| offer.slot())
}

/// Problems screened in one block; fits the stack and the nearest cache.
const BLOCK: usize = 32;

/// Adapts a material, if the saved work is enough.
fn take_up(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId, slot: usize, material: &Material) {
    let parameters = &cx.parameters.production;
    let factor = if material.packaged { 1.0 } else { parameters.unpackaged_factor };
    let cost: Work = state.problems.slots[slot].cost * (parameters.adapt_cost * factor);
    let organisation = &mut state.organisations[id];
    if cost > organisation.saved_effort {
        return;
    }
    organisation.saved_effort -= cost;
    record.movement.taken_up += 1;
    record.regions[organisation.region].taken_up += 1;
    state.problems.slots[slot].taken_up.push(id);
    if let Some(m) = material.mandate {
        let mandate = &mut state.mandates[m];
        mandate.year.reused += 1;
        mandate.year.taken_up += 1;
    }
}

#[cfg(test)]
mod tests;
