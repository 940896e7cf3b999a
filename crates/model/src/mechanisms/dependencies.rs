//! Dependencies: a share of problems needs a material of another theme first.
//!
//! *Claim.* Work across areas of expertise stands still where what it needs from another area is not there. Who is in
//! touch with those who work there, or knows enough of it, sees that before beginning; the more there are to keep in
//! touch with, the less each hears, unless a body does it for all. *Equations.* At its birth a problem needs first, with a
//! fixed chance, an open problem of another theme, drawn with weight e^(−age/recent): themes in proportion to their needs,
//! and rather what is new, for what is old is there. Until
//! a usable material for it is there, a build stops after a fixed share of its work and waits, its place at the work queue
//! taken, for a few quarters at most; or it does without and is worse. P(foreseen) = 1 − (1 − alone · E)(1 − hubs)(1 −
//! centre): E is the maker's own expertise in the other theme; hubs = told · how far the maker is in touch with the hub of
//! its theme (fully, if it works for it), where another hub works in the other theme, told = coordinated if a body
//! coordinates the hubs, else coordinated / (1 + other hubs / mesh); centre = coordinated · how far it is in touch with
//! the foundation · the foundation's expertise in the other theme, as long as it has given neither theme up. Who foresees
//! works on what is needed first, if that is its business, else on something else; and hubs lift in their choice what
//! they hear that others need. What is adapted has what it needs in it.
//!
//! *Counting.* A project that waits would have had an equal part of its work queue's work: that is what is stalled; others at the
//! work queue have it, or it finds no project. *Source.* Interdependence and coordination by plan, by talk and by a body in
//! between: Thompson 1967; Provan & Kenis 2008 for how many can keep in touch by themselves.

use crate::catalogue::Off;
use crate::ids::{Key, MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::random::{Decision, Stream};
use crate::state::{Problem, State};

parameters! {
    /// What problems need from other themes first, and who sees it in time.
    pub struct DependencyParameters in "dependencies",
        off Off::Set(&[("share", 0.0)]);
    /// Share of problems that need a material of another theme first.
    share: 0.2, 0.0..=1.0, 0.05..0.4, "share", "assumed";
    /// How quickly what is old ceases to be what new problems need first: what is this much older is needed 1/e as often.
    recent: 3.0, 0.1..=1000.0, 1.0..10.0, "quarters", "assumed";
    /// Share of a build's work that can be done before.
    needed_at: 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Chance to wait for it rather than to do without at once.
    patience: 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Longest wait.
    longest: 4.0, 0.0..=100.0, 1.0..8.0, "quarters", "assumed";
    /// Quality of what does without, relative to what does not.
    patched: 0.6, 0.0..=1.0, 0.4..0.9, "factor", "assumed";
    /// Chance to foresee it alone, at full expertise in the other theme.
    alone: 0.3, 0.0..=1.0, 0.0..0.6, "share", "assumed";
    /// Chance to be told by who coordinates: a body that keeps all hubs in touch, or a foundation that knows everything.
    coordinated: 0.7, 0.0..=1.0, 0.3..0.95, "share", "assumed";
    /// Number of other hubs at which each is told half as much, where no body coordinates them.
    mesh: 6.0, 0.1..=100.0, 3.0..10.0, "hubs", "shared governance works up to 6-8 members (Provan & Kenis 2008)";
    /// How much what others need first is lifted in the choice of a hub that is told.
    call: 0.5, 0.0..=20.0, 0.0..1.0, "salience", "assumed";
}

/// Indices of the draws about a work queue and a problem.
const FORESEES: u32 = 0;
const WAITS: u32 = 1;
const HEARS: u32 = 2;

/// So many times `recent` ago is as good as for ever.
const LONG_AGO: f64 = 500.0;

/// So that rounding never makes a lower bound too high.
const CAUTION: f64 = 1.0 - 1e-9;

/// What a problem needs first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing, or it is there.
    Free,
    /// A material for the problem in this slot.
    Wanting(usize),
    /// A material that nobody will make any more.
    Lapsed,
}

/// What becomes of a project that needs what is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It has what it needs.
    On,
    /// It waits.
    Wait,
    /// It does without.
    Patch,
}

/// A problem that another may need first.
struct Candidate {
    slot: usize,
    key: Key,
    theme: ThemeId,
    born: u32,
    /// How long it takes on average to be drawn: the older, the longer.
    slowness: f64,
}

/// Which of the problems born this quarter need another first, for ever: the same under every policy. Draws: dependency.
pub fn tie(cx: &Context, state: &mut State, born: &[usize]) {
    let share = cx.parameters.dependencies.share;
    let stream = cx.random.decision(Decision::Dependency, cx.now.quarter());
    let key = |slot: usize| state.problems.slots[slot].key;
    let needing: Vec<usize> =
        born.iter().copied().filter(|&slot| stream.entity(key(slot)).bernoulli(0, share)).collect();
    if needing.is_empty() {
        return;
    }
    let candidates = candidates(cx, state, cx.now.quarter());
    for slot in needing {
        let new = &state.problems.slots[slot];
        if let Some(first) = needed_first(&candidates, stream.with(new.key), new) {
            state.problems.slots[slot].requires = Some(first);
            state.problems.slots[first].dependents += 1;
        }
    }
}

/// All open problems, theme by theme, as they are in a quarter.
fn candidates(cx: &Context, state: &State, quarter: u32) -> Vec<Candidate> {
    let recent = cx.parameters.dependencies.recent;
    // Ages are whole quarters and few: an exponential for each problem would be dear.
    let mut by_age: Vec<f64> = Vec::new();
    let mut slowness = |age: u32| {
        let known = by_age.len() as u32;
        by_age.extend((known..=age).map(|age| libm::exp((f64::from(age) / recent).min(LONG_AGO))));
        by_age[age as usize]
    };
    let open = state.problems.open.iter().flatten().map(|&slot| (slot, &state.problems.slots[slot]));
    open.map(|(slot, problem)| {
        let (key, theme, born) = (problem.key, problem.theme, problem.born);
        Candidate { slot, key, theme, born, slowness: slowness(quarter - born) }
    })
    .collect()
}

/// Which problem of another theme a new one needs first. Of those born together, only one can need the other: no chain
/// closes.
fn needed_first(candidates: &[Candidate], stream: Stream, new: &Problem) -> Option<usize> {
    // Each candidate runs for itself, so that their order means nothing: the first of exponential times with the weights
    // as rates is a draw in proportion to them.
    let before = |c: &&Candidate| c.theme != new.theme && (c.born < new.born || c.key < new.key);
    let mut first: Option<(f64, usize)> = None;
    for candidate in candidates.iter().filter(before) {
        let u = stream.entity(candidate.key).uniform(1);
        // −ln(1 − u) ≥ u: most need no logarithm to be late.
        if first.is_none_or(|(time, _)| u * candidate.slowness * CAUTION <= time) {
            let time = -libm::log1p(-u) * candidate.slowness;
            if first.is_none_or(|(before, _)| time < before) {
                first = Some((time, candidate.slot));
            }
        }
    }
    first.map(|(_, slot)| slot)
}

/// What a problem still needs first, for who would solve it in a region.
pub fn standing(cx: &Context, state: &State, slot: usize, producer: OrganisationId, there: RegionId) -> Standing {
    let Some(first) = state.problems.slots[slot].requires else { return Standing::Free };
    let problem = &state.problems.slots[first];
    let reusability = state.themes[problem.theme].reusability;
    let threshold = cx.parameters.production.reuse_threshold;
    let usable = problem.materials.iter().any(|material| {
        material.there_for(producer, cx.now.quarter())
            && reusability * state.affinity(material.region, there) >= threshold
    });
    match problem.open {
        _ if usable => Standing::Free,
        true => Standing::Wanting(first),
        false => Standing::Lapsed,
    }
}

/// What becomes of a project at the point where it needs something first, if it has waited since a quarter. `work queue` is
/// what the work queue's draws are addressed by.
pub fn way(
    cx: &Context,
    state: &State,
    slot: usize,
    producer: OrganisationId,
    queue_key: Key,
    there: RegionId,
    since: Option<u32>,
) -> Way {
    let p = &cx.parameters.dependencies;
    let waited = since.map_or(0, |since| cx.now.quarter().saturating_sub(since));
    match standing(cx, state, slot, producer, there) {
        Standing::Free => Way::On,
        Standing::Lapsed => Way::Patch,
        Standing::Wanting(_) if f64::from(waited) >= p.longest => Way::Patch,
        Standing::Wanting(_) if since.is_some() => Way::Wait,
        Standing::Wanting(_) => {
            let stream =
                cx.random.decision(Decision::BlockedWork, 0).with(queue_key).entity(state.problems.slots[slot].key);
            if stream.bernoulli(WAITS, p.patience) { Way::Wait } else { Way::Patch }
        }
    }
}

/// Whether a work queue sees before it begins that a problem needs another first.
pub fn foreseen(
    cx: &Context,
    state: &State,
    producer: OrganisationId,
    mandate: Option<MandateId>,
    queue_key: Key,
    slot: usize,
    first: usize,
) -> bool {
    let stream = cx.random.decision(Decision::BlockedWork, 0).with(queue_key).entity(state.problems.slots[slot].key);
    let theme = |slot: usize| state.problems.slots[slot].theme;
    stream.bernoulli(FORESEES, foresees(cx, state, producer, mandate, theme(slot), theme(first)))
}

/// How likely a maker who works on a theme foresees that something of another theme is needed first.
pub fn foresees(
    cx: &Context,
    state: &State,
    producer: OrganisationId,
    mandate: Option<MandateId>,
    theme: ThemeId,
    first: ThemeId,
) -> f64 {
    let known = |o: OrganisationId| state.organisations[o].expertise[first];
    let partners = mandate.map_or(&[][..], |m| &state.mandates[m].partners);
    let best = partners.iter().map(|&o| known(o)).fold(known(producer), f64::max);
    let alone = cx.parameters.dependencies.alone * best;
    let region = state.organisations[producer].region;
    let hub = mandate.or_else(|| state.hub_for(region, theme)).filter(|&m| another_hub_in(state, m, first));
    let by_hub = hub.map_or(0.0, |m| {
        let near = if mandate.is_some() { 1.0 } else { in_touch(state, producer, state.mandates[m].known[region]) };
        near * told(cx, state)
    });
    1.0 - (1.0 - alone) * (1.0 - by_hub) * (1.0 - by_centre(cx, state, producer, theme, first))
}

/// How likely the foundation tells a maker, as long as both themes are its own business: as far as it is known there, and
/// as it knows the other theme itself.
fn by_centre(cx: &Context, state: &State, producer: OrganisationId, theme: ThemeId, first: ThemeId) -> f64 {
    let Some(foundation) = state.foundation.filter(|_| !state.handed_over(theme) && !state.handed_over(first)) else {
        return 0.0;
    };
    let region = state.organisations[producer].region;
    let near =
        if producer == foundation { 1.0 } else { in_touch(state, producer, state.regions[region].foundation_known) };
    near * cx.parameters.dependencies.coordinated * state.organisations[foundation].expertise[first]
}

/// How far an organisation is in touch with who is known so well in its region.
fn in_touch(state: &State, producer: OrganisationId, known: f64) -> f64 {
    known * state.organisations[producer].oriented()
}

/// How likely a hub is told by another what that one needs, or what it is working on.
pub fn told(cx: &Context, state: &State) -> f64 {
    let p = &cx.parameters.dependencies;
    let others = state.hub_count().saturating_sub(1) as f64;
    if others <= 0.0 {
        0.0
    } else if cx.policy.hubs.coordination {
        p.coordinated
    } else {
        p.coordinated / (1.0 + others / p.mesh)
    }
}

/// Whether a work queue hears that others need a problem solved first, with the chance that it is told.
pub fn hears(cx: &Context, queue_key: Key, problem: Key, told: f64) -> bool {
    cx.random.decision(Decision::BlockedWork, 0).with(queue_key).entity(problem).bernoulli(HEARS, told)
}

/// Whether a hub other than this one works in a theme.
fn another_hub_in(state: &State, m: MandateId, theme: ThemeId) -> bool {
    state.hubs().any(|other| other != m && state.mandates[other].scope.touches(theme))
}

#[cfg(test)]
#[path = "dependencies_tests.rs"]
mod tests;
