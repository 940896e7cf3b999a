//! 8 uptake: organisations outside the movement take up what it has made.
//!
//! *Claim.* Free-knowledge organisations and partners adapt what fits their region, if they find it and if adapting is cheap
//! enough for what they can spare. *Equations.* An outsider puts a share of its staff by for it, a year's worth at most.
//! Each quarter it looks a few times: in a theme by expertise × presence, for the problem it notices most (salience +
//! taste, as all do) of those that concern it. It finds materials with the chances of anybody of its region who searches. Adapting
//! costs as in production, more if not packaged; one material for a problem is enough. *Source.* About a quarter of used
//! open materials are reused (Duncan 2009); the rest is assumed.

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
    /// What organisations outside the movement take up of what it makes.
    pub struct UptakeParameters in "uptake",
        off Off::Set(&[("effort", 0.0)]);
    /// Share of its staff that an outsider spends on taking up what others have made.
    effort: 0.1, 0.0..=1.0, 0.03..0.3, "share", "assumed";
    /// Share of problems that concern an outsider.
    concern: 0.3, 0.0..=1.0, 0.1..0.6, "share", "assumed";
    /// How often an outsider looks for something.
    looks: 4.0, 0.0..=50.0, 1.0..10.0, "1/quarter", "assumed";
}

/// Quarters of effort that an outsider can put by.
const MOST_SPARED: f64 = 4.0;

/// Every outsider looks around. Draws: uptake; taste once per outsider and problem.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let outsiders: Vec<OrganisationId> = state.outsiders().collect();
    if outsiders.is_empty() || cx.parameters.uptake.effort <= 0.0 {
        return;
    }
    let index = QuarterIndex::new(cx, state);
    for id in outsiders {
        spare(cx, state, id);
        for attempt in 0..cx.parameters.uptake.looks as u32 {
            look_around(cx, state, record, &index, id, attempt);
        }
    }
}

fn spare(cx: &Context, state: &mut State, id: OrganisationId) {
    let effort = cx.parameters.uptake.effort;
    let o = &mut state.organisations[id];
    let each = o.staff.quarterly_work() * effort;
    o.spare = (o.spare + each).min(each * MOST_SPARED);
}

/// Looks once, and takes up what it finds and can afford.
fn look_around(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    index: &QuarterIndex,
    id: OrganisationId,
    attempt: u32,
) {
    let stream = cx.random.decision(Decision::Uptake, cx.now.quarter()).with(state.organisations[id].key);
    let Some(theme) = theme(state, id, stream.uniform(attempt)) else { return };
    let Some(slot) = problem(cx, state, id, theme, attempt) else { return };
    let found = stream.with(state.problems.slots[slot].key);
    if let Some(material) = look(cx, state, index, id, slot, found) {
        take_up(cx, state, record, id, slot, &material);
    }
}

/// The theme at a quantile, by what it knows of those that are served.
fn theme(state: &State, id: OrganisationId, u: f64) -> Option<ThemeId> {
    let known = &state.organisations[id].expertise;
    let weight = |t: ThemeId| if state.served(t) { known[t] * state.themes[t].presence } else { 0.0 };
    let at = u * state.theme_ids().map(weight).sum::<f64>();
    let mut below = 0.0;
    state.theme_ids().find(|&t| {
        below += weight(t);
        at < below
    })
}

/// Of the open problems that concern it and that it has no solution for, the one it notices most; the second most at its
/// second look, and so on.
fn problem(cx: &Context, state: &State, id: OrganisationId, theme: ThemeId, attempt: u32) -> Option<usize> {
    let key = state.organisations[id].key;
    let concern = cx.random.decision(Decision::Uptake, 0).with(key);
    let taste = cx.random.decision(Decision::Taste, 0).with(key);
    let again = cx.random.decision(Decision::Uptake, cx.now.quarter()).with(key);
    let weight = cx.parameters.production.taste;
    let score = |offer: &OpenProblem| {
        // What it wants changes a little from look to look, so that what it cannot find does not hold it up for ever.
        let mood = again.entity(offer.key).uniform(attempt);
        offer.salience + weight * (0.5 * taste.entity(offer.key).uniform(0) + 0.5 * mood)
    };
    let threshold = Threshold::from_probability(cx.parameters.uptake.concern);
    let mut best: Option<(f64, &OpenProblem)> = None;
    for offers in state.problems.by_cost[theme].chunks(AT_A_TIME) {
        // Without a branch, because nobody can foresee a draw.
        let (mut concerned, mut count) = ([0; AT_A_TIME], 0);
        for (k, offer) in offers.iter().enumerate() {
            concerned[count % AT_A_TIME] = k;
            count += usize::from(concern.entity(offer.key).occurs(0, threshold));
        }
        for &k in &concerned[..count] {
            let (score, offer) = (score(&offers[k]), &offers[k]);
            let better = best.is_none_or(|(most, of)| (score, offer.key) > (most, of.key));
            // Few are: only of those it needs to be looked up.
            if better && !state.problems.slots[offer.slot()].taken_up.contains(&id) {
                best = Some((score, offer));
            }
        }
    }
    best.map(|(_, offer)| offer.slot())
}

/// How many problems it goes through at a time.
const AT_A_TIME: usize = 32;

/// Adapts a material, if there is work put by for it.
fn take_up(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId, slot: usize, material: &Material) {
    let p = &cx.parameters.production;
    let factor = if material.packaged { 1.0 } else { p.unpackaged_factor };
    let cost: Work = state.problems.slots[slot].cost * (p.adapt_cost * factor);
    let o = &mut state.organisations[id];
    if cost > o.spare {
        return;
    }
    o.spare -= cost;
    record.movement.taken_up += 1;
    record.regions[o.region].taken_up += 1;
    state.problems.slots[slot].taken_up.push(id);
    if let Some(m) = material.mandate {
        let mandate = &mut state.mandates[m];
        mandate.year.reused += 1;
        mandate.year.taken_up += 1;
    }
}

#[cfg(test)]
mod tests;
