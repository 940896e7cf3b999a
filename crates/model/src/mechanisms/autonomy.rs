//! Autonomy: who chooses what a hub works on.
//!
//! *Claim.* A hub knows what it is good at and likes it, whether it is needed or not; a steering group of those it serves
//! knows what they need, and costs time; whoever pays has priorities and a taste of its own, and knows neither. Which of
//! them does better depends on how much aptitude differs, how well a hub knows its own, and how evenly needs are spread.
//! *Equations.* Each organisation has an aptitude a for each problem, uniform on [−1, 1], for ever: its builds there
//! take work × (1 − spread · a). A problem is chosen by salience + taste × view; the view of a hub that chooses itself is
//! (1 − k) · private taste + k · (a + 1)/2, k its self-knowledge; that of a steering group the share of the people of the
//! scope who still need it solved; that of a funder the funder's private taste, one and the same for all its hubs.
//! Steering groups also weigh regions by people alone, and cost the hub work for each region of its scope; among themes a
//! regional hub goes by need × expertise, its steering group by need, its funder by the centre's priorities.
//! *Source.* Agents and principals with private information: Aghion & Tirole 1997.

use crate::catalogue::Off;
use crate::ids::{Key, MandateId, OrganisationId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::policy::levers::Autonomy;
use crate::random::{Decision, Stream};
use crate::state::State;
use crate::units::Work;

parameters! {
    /// What organisations are good at, and what those who choose a hub's work know of it.
    pub struct AutonomyParameters in "autonomy",
        off Off::Set(&[("spread", 0.0), ("self_knowledge", 0.0), ("steering_work", 0.0)]);
    /// How much less a build takes those who are best suited to it, and more the worst suited.
    spread: 0.2, 0.0..=0.9, 0.0..0.4, "share", "assumed";
    /// Part of a hub's own taste that is for what it is good at.
    self_knowledge: 0.5, 0.0..=1.0, 0.1..0.9, "share", "assumed";
    /// Work that a steering group costs its hub, for each region of its scope.
    steering_work: 0.03, 0.0..=10.0, 0.01..0.1, "FTE-quarters/region/quarter", "assumed: two days a quarter";
}

/// How good an organisation is at a problem, −1 to 1, for ever.
#[inline]
pub fn aptitude(cx: &Context, producer: Key, problem: Key) -> f64 {
    aptitude_in(stream(cx, producer), problem)
}

/// The work of a build relative to what it takes the medium apt.
pub fn effort(cx: &Context, producer: Key, problem: Key) -> f64 {
    let spread = cx.parameters.autonomy.spread;
    if spread > 0.0 { 1.0 - spread * aptitude(cx, producer, problem) } else { 1.0 }
}

fn stream(cx: &Context, producer: Key) -> Stream {
    cx.random.decision(Decision::Aptitude, 0).with(producer)
}

#[inline]
fn aptitude_in(stream: Stream, problem: Key) -> f64 {
    2.0 * stream.entity(problem).uniform(0) - 1.0
}

/// How those who choose a work queue's work see problems, beside what everybody notices.
#[derive(Clone, Copy, Debug)]
pub enum View {
    /// By a private taste.
    Taste(Stream),
    /// By a private taste that is in part for what one is good at.
    Liking {
        /// The private taste.
        taste: Stream,
        /// The aptitude of who does the work.
        aptitude: Stream,
        /// The part of it.
        known: f64,
    },
    /// By how many of those served still need it.
    Need,
}

impl View {
    /// Who chooses what a work queue works on; `work queue` is what its draws are addressed by, `taste` the luck of tastes.
    pub fn of(
        cx: &Context,
        state: &State,
        producer: OrganisationId,
        mandate: Option<MandateId>,
        queue_key: Key,
        taste: Stream,
    ) -> View {
        let private = taste.with(queue_key);
        match (mandate, cx.policy.hubs.autonomy) {
            (None, _) => View::Taste(private),
            (Some(_), Autonomy::Own) => {
                let known = cx.parameters.autonomy.self_knowledge;
                let aptitude = stream(cx, state.organisations[producer].key);
                if known > 0.0 { View::Liking { taste: private, aptitude, known } } else { View::Taste(private) }
            }
            (Some(_), Autonomy::Steering) => View::Need,
            (Some(_), Autonomy::Funder) => View::Taste(taste.with(payer(state))),
        }
    }

    /// What is thought of a problem, 0–1. `need` gives the share of those served who still need it.
    #[inline]
    pub fn on(&self, problem: Key, need: impl FnOnce() -> f64) -> f64 {
        match *self {
            View::Taste(taste) => taste.entity(problem).uniform(0),
            View::Liking { taste, aptitude, known } => {
                let apt = 0.5 + 0.5 * aptitude_in(aptitude, problem);
                (1.0 - known) * taste.entity(problem).uniform(0) + known * apt
            }
            View::Need => need(),
        }
    }
}

/// Whose taste counts where the funder chooses.
fn payer(state: &State) -> Key {
    let centre = state.foundation.map(|id| state.organisations[id].key);
    centre.or(state.funders.first().map(|funder| funder.key)).unwrap_or(Key(0))
}

/// Work that a hub's steering group takes in a quarter, if it has one.
pub fn steering(cx: &Context, state: &State, m: MandateId) -> Work {
    match cx.policy.hubs.autonomy {
        Autonomy::Steering => {
            let regions = state.mandates[m].scope.regions().count() as f64;
            Work(cx.parameters.autonomy.steering_work * regions)
        }
        Autonomy::Own | Autonomy::Funder => Work::ZERO,
    }
}

#[cfg(test)]
#[path = "autonomy_tests.rs"]
mod tests;
