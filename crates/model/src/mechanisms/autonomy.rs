//! Autonomy: the hub, its steering group or its funder chooses what the hub works on.
//!
//! *Claim.* A hub knows in part which problems it is good at, and prefers these whether or not they are needed. A
//! steering group of the people served knows what they need, and costs the hub work. A funder has priorities and a
//! taste of its own, and knows neither. Which of the three chooses best depends on how much aptitude differs, how well
//! a hub knows its own aptitude, and how evenly needs are spread.
//!
//! *Equations.* For a producer and a problem:
//!
//! ```text
//! aptitude   ~ Uniform(−1, 1), once for ever
//! effort     = 1 − spread · aptitude                              factor on the work of a build
//! score      = salience + taste weight · preference               by which problems are chosen
//! preference = own taste                                          of an organisation at home
//!            = (1 − self_knowledge) · own taste
//!              + self_knowledge · (1 + aptitude)/2                 of a hub that chooses itself
//!            = share of the people of the scope in need           of a steering group
//!            = the funder's taste                                 of a funder, the same for all its hubs
//! steering   = steering_work · regions of the scope               work a quarter
//! ```
//!
//! A steering group also weighs regions by their people alone. Among themes, a regional hub goes by need × expertise,
//! its steering group by need, and its funder by the foundation's priorities.
//!
//! *Source.* Agents and principals with private information: Aghion & Tirole 1997. *Draws.* Aptitude, once for ever.
//! *Off.* `spread`, `self_knowledge` and `steering_work` at 0.

use crate::catalogue::Off;
use crate::ids::{Key, MandateId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::policy::levers::Autonomy;
use crate::random::{Decision, Stream};
use crate::state::{Actor, State};
use crate::units::Work;

parameters! {
    /// Aptitude of organisations for problems, and the choice of hubs' work.
    pub struct AutonomyParameters in "autonomy",
        off Off::Set(&[("spread", 0.0), ("self_knowledge", 0.0), ("steering_work", 0.0)]);
    /// Part of a build's work that the best suited organisation saves, and that the worst suited needs in addition.
    spread: f64 = 0.2, 0.0..=0.9, 0.0..0.4, "share", "assumed";
    /// Weight of its aptitude, against its taste, in what a hub that chooses itself prefers.
    self_knowledge: f64 = 0.5, 0.0..=1.0, 0.1..0.9, "share", "assumed";
    /// Work that a steering group costs its hub, for each region of the hub's scope.
    steering_work: Work = 0.03, 0.0..=10.0, 0.01..0.1, "FTE-quarters/region/quarter", "assumed: two days a quarter";
}

/// The aptitude of a producer for a problem, −1 to 1. It never changes.
#[inline]
pub fn aptitude(cx: &Context, producer: Key, problem: Key) -> f64 {
    aptitude_from(aptitude_stream(cx, producer), problem)
}

/// The work that a build takes a producer, relative to one of aptitude 0.
pub fn relative_effort(cx: &Context, producer: Key, problem: Key) -> f64 {
    let spread = cx.parameters.autonomy.spread;
    if spread > 0.0 { 1.0 - spread * aptitude(cx, producer, problem) } else { 1.0 }
}

fn aptitude_stream(cx: &Context, producer: Key) -> Stream {
    cx.random.decision(Decision::Aptitude, 0).with(producer)
}

#[inline]
fn aptitude_from(stream: Stream, problem: Key) -> f64 {
    2.0 * stream.entity(problem).uniform(0) - 1.0
}

/// How those who choose the work of a queue prefer problems, in addition to their salience.
#[derive(Clone, Copy, Debug)]
pub enum ProblemPreference {
    /// By a private taste.
    Taste(Stream),
    /// By a private taste and by aptitude.
    TasteAndAptitude {
        /// The random stream of the private taste.
        taste: Stream,
        /// The random stream of the producer's aptitude.
        aptitude: Stream,
        /// The weight of aptitude, 0–1.
        self_knowledge: f64,
    },
    /// By the share of the people served who still need the problem solved.
    Need,
}

impl ProblemPreference {
    /// The preference that governs an actor's work; `tastes` is the random stream of all tastes.
    pub fn new(cx: &Context, state: &State, actor: Actor, tastes: Stream) -> ProblemPreference {
        let taste = tastes.with(actor.key);
        match (actor.mandate, cx.policy.hubs.autonomy) {
            (None, _) => ProblemPreference::Taste(taste),
            (Some(_), Autonomy::Own) => {
                let self_knowledge = cx.parameters.autonomy.self_knowledge;
                let aptitude = aptitude_stream(cx, state.organisations[actor.organisation].key);
                if self_knowledge > 0.0 {
                    ProblemPreference::TasteAndAptitude { taste, aptitude, self_knowledge }
                } else {
                    ProblemPreference::Taste(taste)
                }
            }
            (Some(_), Autonomy::Steering) => ProblemPreference::Need,
            (Some(_), Autonomy::Funder) => ProblemPreference::Taste(tastes.with(payer(state))),
        }
    }

    /// The preference for a problem, 0–1. `need` gives the share of the people served who still need it solved.
    #[inline]
    pub fn for_problem(&self, problem: Key, need: impl FnOnce() -> f64) -> f64 {
        match *self {
            ProblemPreference::Taste(taste) => taste.entity(problem).uniform(0),
            ProblemPreference::TasteAndAptitude { taste, aptitude, self_knowledge } => {
                let suitability = 0.5 + 0.5 * aptitude_from(aptitude, problem);
                (1.0 - self_knowledge) * taste.entity(problem).uniform(0) + self_knowledge * suitability
            }
            ProblemPreference::Need => need(),
        }
    }
}

/// The key that addresses the funder's taste: that of the foundation, or of the first funder where there is none.
fn payer(state: &State) -> Key {
    let foundation = state.foundation.map(|id| state.organisations[id].key);
    foundation.or(state.funders.first().map(|funder| funder.key)).unwrap_or(Key(0))
}

/// Work that the steering group of a hub takes in a quarter; 0 without one.
pub fn steering_work(cx: &Context, state: &State, mandate: MandateId) -> Work {
    match cx.policy.hubs.autonomy {
        Autonomy::Steering => {
            let regions = state.mandates[mandate].scope.regions().count() as f64;
            cx.parameters.autonomy.steering_work * regions
        }
        Autonomy::Own | Autonomy::Funder => Work::ZERO,
    }
}

#[cfg(test)]
mod tests;
