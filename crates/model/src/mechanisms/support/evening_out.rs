//! Evening out: a service point goes by the calls of several agents, not by those of each quarter alone.
//!
//! *Claim.* An agent stands for many people, who would not all call at once. Where few agents call, a quarter has far more calls than
//! usual or none. Neither may bring it that support is idle, or is given up, which usual calls would need: then coarser
//! agents would be helped less.
//!
//! *Equations.*
//!
//! ```text
//! called' = called + n/(n + AGENTS) · (work asked for − called)      n = (called + work asked for)/a
//! kept    = min(support that nobody called for, AGENTS · a)          where somebody works; the rest produces
//! a       = request_work · people_per_agent
//! ```
//!
//! The split of the next quarters follows `called`. Where many agents call, it is what was asked for this quarter, and what is
//! kept is little. Where few do, a call is noticed fast and forgotten slowly, so that `called` is above the mean: that makes up for
//! what lumps still cost. With a weight that does not depend on the calls, need met at 100 people an agent is
//! 0.008 lower.
//!
//! *Source.* A choice of resolution, measured: `docs/coarse-agents.md`. *Draws.* None. *Off.* With few people per agent.

use crate::mechanisms::Context;
use crate::state::State;
use crate::state::project::WorkQueue;
use crate::units::Work;

/// Agents over whose calls a service point evens out; a choice: with 4, need met at 100 people an agent is within a
/// hundredth of that at 4 people; with 0 it is 0.07 lower.
const AGENTS: f64 = 4.0;

/// Work of a solved request of one agent.
#[derive(Clone, Copy)]
pub(super) struct EveningOut(Work);

impl EveningOut {
    /// At the resolution of this trial.
    pub(super) fn new(cx: &Context, state: &State) -> EveningOut {
        EveningOut(cx.parameters.support.request_work * state.people_per_agent)
    }

    /// The calls that the split follows, after a quarter with so much work asked for. A new service point expects as much as
    /// its split at the start is for: the share `start` of its work.
    pub(super) fn calls(self, queue: &mut WorkQueue, asked: Work, start: f64) -> Work {
        let before = queue.called.unwrap_or(queue.useful * start);
        let several = self.0 * AGENTS;
        let all = (before + asked + several).0;
        let called = before + (asked - before) * if all > 0.0 { (before + asked).0 / all } else { 0.0 };
        queue.called = Some(called);
        called
    }

    /// How much of the support that nobody called for is kept for who calls next.
    pub(super) fn kept(self, queue: &WorkQueue, idle: Work) -> Work {
        if queue.useful > Work::ZERO { idle.min(self.0 * AGENTS) } else { Work::ZERO }
    }
}
