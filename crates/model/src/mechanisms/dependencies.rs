//! Dependencies: a share of problems requires a material of another theme first.
//!
//! *Claim.* Work across areas of expertise stops where a required material from another area does not exist yet. A
//! producer that is in contact with those who work there, or knows enough of that area itself, anticipates this before
//! it begins. The more hubs there are, the less each discloses to the others, unless a body coordinates all of them.
//!
//! *Equations.* At its birth a problem requires, with probability share, one open problem of another theme, drawn with
//! weight exp(−age/recent): themes in proportion to their needs, and rather new problems, because the materials of old
//! ones exist. A producer anticipates with
//!
//! ```text
//! P(anticipated) = 1 − (1 − by_itself) · (1 − by_hub) · (1 − by_foundation)
//! by_itself      = alone · own expertise in the other theme
//! by_hub         = disclosure · contact with the hub of its theme      if another hub works in the other theme
//! disclosure     = coordinated                                         if a body coordinates the hubs
//!                = coordinated/(1 + other hubs/mesh)                   otherwise
//! by_foundation  = coordinated · contact with the foundation · the foundation's expertise in the other theme
//!                                                                      while it has handed over neither theme
//! contact        = known in the region · orientation of the producer   (1 with its own hub)
//! ```
//!
//! A producer that anticipates works on the required problem first, if it is within its remit, and otherwise on another
//! problem. Hubs add `call` to the salience of problems that others have disclosed to them. A build that was begun
//! without the required material stops after `needed_at` of its work. Then it waits for the material, and keeps its
//! place in the queue, for up to `longest` quarters; or it works around the material, at lower quality. An adapted
//! material includes what it requires.
//!
//! *Counting.* A project that waits would have had an equal part of its queue's work: that part is counted as stalled.
//! Other projects of the queue have it, or it finds no project.
//!
//! *Source.* Interdependence, and coordination by plan, by mutual adjustment and by a body: Thompson 1967; Provan &
//! Kenis 2008 for the number of members that can coordinate themselves. *Draws.* Dependency, BlockedWork. *Off.*
//! `share` at 0.

use crate::catalogue::Off;
use crate::ids::{Key, MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::random::{Decision, Stream};
use crate::state::{Actor, Problem, State};
use crate::units::Quarters;

parameters! {
    /// Requirements of problems from other themes, and how producers anticipate them.
    pub struct DependencyParameters in "dependencies",
        off Off::Set(&[("share", 0.0)]);
    /// Share of problems that require a material of another theme first.
    share: f64 = 0.2, 0.0..=1.0, 0.05..0.4, "share", "assumed";
    /// Age difference at which the older of two problems is 1/e as likely to be the required one.
    recent: Quarters = 3.0, 0.1..=1000.0, 1.0..10.0, "quarters", "assumed";
    /// Share of a build's work that can be done without the required material.
    needed_at: f64 = 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Probability that a blocked project waits for the required material rather than work around it at once.
    patience: f64 = 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Longest wait for a required material.
    longest: Quarters = 4.0, 0.0..=100.0, 1.0..8.0, "quarters", "assumed";
    /// Quality of a material that was built around a missing requirement, relative to one that was not.
    patched: f64 = 0.6, 0.0..=1.0, 0.4..0.9, "factor", "assumed";
    /// Probability of anticipating a requirement without others, at full expertise in the other theme.
    anticipation: f64 = 0.3, 0.0..=1.0, 0.0..0.6, "share", "assumed";
    /// Probability that a body which coordinates all hubs, or a foundation of full expertise, discloses a requirement.
    coordinated: f64 = 0.7, 0.0..=1.0, 0.3..0.95, "share", "assumed";
    /// Number of other hubs at which each discloses half as much, where no body coordinates them.
    half_disclosure: f64 = 6.0, 0.1..=100.0, 3.0..10.0, "hubs", "shared governance works up to 6-8 members (Provan & Kenis 2008)";
    /// Salience that a hub adds to a problem which others have disclosed that they require.
    call: f64 = 0.5, 0.0..=20.0, 0.0..1.0, "salience", "assumed";
}

/// Indices of the draws of [`Decision::BlockedWork`] about a queue and a problem.
const ANTICIPATES: u32 = 0;
const WAITS: u32 = 1;
const IS_INFORMED: u32 = 2;

/// Largest age, in units of `recent`; beyond it the weight of a problem is indistinguishable from 0, and exp would
/// overflow.
const MAX_RELATIVE_AGE: f64 = 500.0;

/// Factor on a lower bound, so that rounding never makes it too high.
const ROUNDING_MARGIN: f64 = 1.0 - 1e-9;

/// Whether a problem can be solved completely: the status of the material that it requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DependencyStatus {
    /// It requires none, or a usable one exists.
    Free,
    /// A material for the problem in this slot is missing.
    Missing(usize),
    /// The required material does not exist, and its problem has lapsed.
    Lapsed,
}

/// What a project does at the point where it requires a material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It goes on: nothing is missing.
    Continue,
    /// It waits.
    Wait,
    /// It goes on without the material, at lower quality.
    WorkAround,
}

/// An open problem that a new one may require.
struct PossibleRequirement {
    slot: usize,
    key: Key,
    theme: ThemeId,
    born: u32,
    /// Mean of its exponential drawing time: 1/weight.
    mean_time: f64,
}

/// Draws which of the problems born this quarter require another one. It never changes, and is the same under every
/// policy. Draws: Dependency.
pub fn add_dependencies(cx: &Context, state: &mut State, born: &[usize]) {
    let share = cx.parameters.dependencies.share;
    let stream = cx.random.decision(Decision::Dependency, cx.now.quarter());
    let key = |slot: usize| state.problems.slots[slot].key;
    let dependent: Vec<usize> =
        born.iter().copied().filter(|&slot| stream.entity(key(slot)).bernoulli(0, share)).collect();
    if dependent.is_empty() {
        return;
    }
    let possible = possible_requirements(cx, state, cx.now.quarter());
    for slot in dependent {
        let problem = &state.problems.slots[slot];
        if let Some(required) = draw_requirement(&possible, stream.with(problem.key), problem) {
            state.problems.slots[slot].requires = Some(required);
            state.problems.slots[required].dependents += 1;
        }
    }
}

/// All open problems, theme by theme, as of a quarter.
fn possible_requirements(cx: &Context, state: &State, quarter: u32) -> Vec<PossibleRequirement> {
    let recent = cx.parameters.dependencies.recent;
    // Ages are few whole numbers of quarters: a table of them saves an exponential for each problem.
    let mut by_age: Vec<f64> = Vec::new();
    let mut mean_time = |age: u32| {
        let known = by_age.len() as u32;
        by_age.extend((known..=age).map(|age| libm::exp((Quarters::from(age) / recent).min(MAX_RELATIVE_AGE))));
        by_age[age as usize]
    };
    let open = state.problems.open.iter().flatten().map(|&slot| (slot, &state.problems.slots[slot]));
    open.map(|(slot, problem)| {
        let (key, theme, born) = (problem.key, problem.theme, problem.born);
        PossibleRequirement { slot, key, theme, born, mean_time: mean_time(quarter - born) }
    })
    .collect()
}

/// The slot of the problem of another theme that a new problem requires; none if there is no such problem.
fn draw_requirement(possible: &[PossibleRequirement], stream: Stream, problem: &Problem) -> Option<usize> {
    // Of problems born in the same quarter, one can require another only if its key is larger: no cycle can arise.
    let is_earlier = |other: &&PossibleRequirement| {
        other.theme != problem.theme && (other.born < problem.born || other.key < problem.key)
    };
    // The first of exponential times with the weights as rates is a draw in proportion to the weights. Each problem has
    // its own draw, so that the order and number of the others have no effect.
    let mut first: Option<(f64, usize)> = None;
    for other in possible.iter().filter(is_earlier) {
        let u = stream.entity(other.key).uniform(1);
        // −ln(1 − u) ≥ u: this bound saves the logarithm for most problems.
        if first.is_none_or(|(time, _)| u * other.mean_time * ROUNDING_MARGIN <= time) {
            let time = -libm::log1p(-u) * other.mean_time;
            if first.is_none_or(|(before, _)| time < before) {
                first = Some((time, other.slot));
            }
        }
    }
    first.map(|(_, slot)| slot)
}

/// The status of the material that a problem requires, for a producer that would solve the problem in a region.
pub fn dependency_status(
    cx: &Context,
    state: &State,
    slot: usize,
    producer: OrganisationId,
    region: RegionId,
) -> DependencyStatus {
    let Some(required) = state.problems.slots[slot].requires else { return DependencyStatus::Free };
    let problem = &state.problems.slots[required];
    let reusability = state.themes[problem.theme].reusability;
    let threshold = cx.parameters.production.reuse_threshold;
    let usable = problem.materials.iter().any(|material| {
        material.there_for(producer, cx.now.quarter())
            && reusability * state.affinity(material.region, region) >= threshold
    });
    match problem.open {
        _ if usable => DependencyStatus::Free,
        true => DependencyStatus::Missing(required),
        false => DependencyStatus::Lapsed,
    }
}

/// What an actor's project does at the point where it requires a material. `since` is the quarter since which it has
/// waited, if it has. Draws: BlockedWork.
pub fn resolution(
    cx: &Context,
    state: &State,
    slot: usize,
    actor: Actor,
    region: RegionId,
    since: Option<u32>,
) -> Resolution {
    let parameters = &cx.parameters.dependencies;
    let waited = since.map_or(0, |since| cx.now.quarter().saturating_sub(since));
    match dependency_status(cx, state, slot, actor.organisation, region) {
        DependencyStatus::Free => Resolution::Continue,
        DependencyStatus::Lapsed => Resolution::WorkAround,
        DependencyStatus::Missing(_) if Quarters::from(waited) >= parameters.longest => Resolution::WorkAround,
        DependencyStatus::Missing(_) if since.is_some() => Resolution::Wait,
        DependencyStatus::Missing(_) => {
            let stream = blocked_work_stream(cx, actor.key, state.problems.slots[slot].key);
            if stream.bernoulli(WAITS, parameters.patience) { Resolution::Wait } else { Resolution::WorkAround }
        }
    }
}

/// Whether an actor anticipates, before it begins, that a problem requires another one. Draws: BlockedWork.
pub fn anticipated(cx: &Context, state: &State, actor: Actor, slot: usize, required: usize) -> bool {
    let stream = blocked_work_stream(cx, actor.key, state.problems.slots[slot].key);
    let theme = |slot: usize| state.problems.slots[slot].theme;
    stream.bernoulli(ANTICIPATES, probability_to_anticipate(cx, state, actor, theme(slot), theme(required)))
}

fn blocked_work_stream(cx: &Context, queue: Key, problem: Key) -> Stream {
    cx.random.decision(Decision::BlockedWork, 0).with(queue).entity(problem)
}

/// The probability that an actor who works on a theme anticipates a requirement from another theme.
pub fn probability_to_anticipate(cx: &Context, state: &State, actor: Actor, theme: ThemeId, required: ThemeId) -> f64 {
    let Actor { organisation: producer, mandate, region, .. } = actor;
    let expertise = |organisation: OrganisationId| state.organisations[organisation].expertise[required];
    let partners = mandate.map_or(&[][..], |m| &state.mandates[m].partners);
    let best = partners.iter().map(|&partner| expertise(partner)).fold(expertise(producer), f64::max);
    let by_itself = cx.parameters.dependencies.anticipation * best;
    let hub = mandate.or_else(|| state.hub_for(region, theme)).filter(|&m| another_hub_in(state, m, required));
    let by_hub = hub.map_or(0.0, |m| {
        let contact = if mandate.is_some() { 1.0 } else { contact(state, producer, state.mandates[m].known[region]) };
        contact * disclosure(cx, state)
    });
    1.0 - (1.0 - by_itself) * (1.0 - by_hub) * (1.0 - by_foundation(cx, state, producer, theme, required))
}

/// The probability that the foundation discloses a requirement to a producer.
fn by_foundation(cx: &Context, state: &State, producer: OrganisationId, theme: ThemeId, required: ThemeId) -> f64 {
    let Some(foundation) = state.foundation.filter(|_| !state.handed_over(theme) && !state.handed_over(required))
    else {
        return 0.0;
    };
    let region = state.organisations[producer].region;
    let contact =
        if producer == foundation { 1.0 } else { contact(state, producer, state.regions[region].foundation_known) };
    contact * cx.parameters.dependencies.coordinated * state.organisations[foundation].expertise[required]
}

/// How much contact a producer has with a hub or foundation that is `known` so well in its region, 0–1.
fn contact(state: &State, producer: OrganisationId, known: f64) -> f64 {
    known * state.organisations[producer].oriented()
}

/// The probability that a hub discloses to another what it requires, or what it works on.
pub fn disclosure(cx: &Context, state: &State) -> f64 {
    let parameters = &cx.parameters.dependencies;
    let others = state.hub_count().saturating_sub(1) as f64;
    if others <= 0.0 {
        0.0
    } else if cx.policy.hubs.coordination {
        parameters.coordinated
    } else {
        parameters.coordinated / (1.0 + others / parameters.half_disclosure)
    }
}

/// Whether the producers of a queue are informed that others require a problem solved, given the probability of
/// disclosure. Draws: BlockedWork.
pub fn is_informed(cx: &Context, queue: Key, problem: Key, disclosure: f64) -> bool {
    blocked_work_stream(cx, queue, problem).bernoulli(IS_INFORMED, disclosure)
}

/// Whether another hub than this one works in a theme.
fn another_hub_in(state: &State, mandate: MandateId, theme: ThemeId) -> bool {
    state.hubs().any(|other| other != mandate && state.mandates[other].scope.touches(theme))
}

#[cfg(test)]
mod tests;
