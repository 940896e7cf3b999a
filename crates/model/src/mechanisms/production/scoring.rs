//! How attractive open problems are: the fast path.
//!
//! [`reference::scores`](super::reference::scores) is the readable version: one loop over the open problems. A property test
//! holds both to the same bits. Measured with callgrind on the small movement of the tests, scoring and taking the best: a
//! third of the instructions of the reference.

use super::index::QuarterIndex;
use super::weights::ThemeWeights;
use super::{MIN_BUILD_SHARE, Producer};
use crate::ids::{CommunityId, Key, ThemeId};
use crate::mechanisms::autonomy::ProblemPreference;
use crate::mechanisms::{Context, dependencies};
use crate::state::problem::OpenProblem;
use crate::state::{State, WorkQueue};
use crate::units::Work;

/// Problems that are looked at together.
const BLOCK: usize = 32;

/// What the scores of a producer depend on, beside the problem.
struct Scoring<'a> {
    cx: &'a Context<'a>,
    state: &'a State,
    index: &'a QuarterIndex,
    own_key: Key,
    view: ProblemPreference,
    /// Whether the producer may be informed of what other hubs depend on.
    may_be_informed: bool,
}

/// Scores the open problems of a theme that a community still has and that the producer could finish in reasonable time, by
/// salience and by the view of whoever chooses its work. The scores are left in `weights`, in order of cost.
pub(super) fn score_problems(
    cx: &Context,
    state: &State,
    index: &QuarterIndex,
    producer: Producer,
    weights: &mut ThemeWeights,
    queue: &WorkQueue,
    (theme, community): (ThemeId, CommunityId),
) {
    let own_key = producer.actor.key;
    let view = ProblemPreference::new(cx, state, producer.actor, index.taste);
    let may_be_informed = producer.actor.mandate.is_some() && index.disclosure > 0.0;
    let scoring = Scoring { cx, state, index, own_key, view, may_be_informed };
    let by_cost = &state.problems.by_cost[theme];
    // The list is in order of cost, so that what the queue cannot afford is cut off without a look at it.
    let limit = cost_limit(cx, queue);
    let affordable = &by_cost[..by_cost.partition_point(|problem| problem.cost <= limit)];
    let mut scored = std::mem::take(&mut weights.scored);
    scored.clear();
    for block in affordable.chunks(BLOCK) {
        // First the places of those that are missing there, written without a branch, because it could not be predicted for
        // which problems it is taken; then their scores.
        let (mut places, mut count) = ([0u8; BLOCK], 0);
        for (place, problem) in (0u8..).zip(block) {
            places[count % BLOCK] = place;
            count += usize::from(state.problems.slots[problem.slot()].missing.holds(community));
        }
        scored.extend(places[..count].iter().map(|&place| {
            let problem = &block[usize::from(place)];
            (scoring.score(weights, problem), problem.slot())
        }));
    }
    weights.scored = scored;
}

/// The largest cost of a problem that the queue could afford at the least share of it that any work takes.
pub(super) fn cost_limit(cx: &Context, queue: &WorkQueue) -> Work {
    let p = &cx.parameters.production;
    let least_build = MIN_BUILD_SHARE * (1.0 - cx.parameters.autonomy.spread);
    let least_share = p.adapt_cost.clamp(0.01, least_build.max(0.01));
    queue.budget * p.feasible_quarters.0 / least_share
}

impl Scoring<'_> {
    fn score(&self, weights: &ThemeWeights, problem: &OpenProblem) -> f64 {
        let need = || weights.needing(self.state, self.index, problem.slot());
        let score = problem.salience + self.cx.parameters.production.taste * self.view.for_problem(problem.key, need);
        if self.is_informed(problem) { score + self.cx.parameters.dependencies.call } else { score }
    }

    /// Whether the producer is informed that others depend on a problem.
    fn is_informed(&self, problem: &OpenProblem) -> bool {
        self.may_be_informed
            && self.state.problems.slots[problem.slot()].dependents > 0
            && dependencies::is_informed(self.cx, self.own_key, problem.key, self.index.disclosure)
    }
}
