//! What a producer begins: a theme, a community, a problem.

use super::index::QuarterIndex;
use super::plan::{Plan, plan};
use super::scoring::score_problems;
use super::weights::ThemeWeights;
use super::{Producer, busy, contest};
use crate::ids::CommunityId;
use crate::mechanisms::Context;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::builders;
use crate::state::project::{Task, UnderWay};
use crate::state::{Actor, Project, State, WorkQueue};

/// How many problems of a theme a producer considers at an attempt.
const MAX_PROBLEMS_TRIED: usize = 4;

/// Begins a project, if a producer finds one: draws a theme and a community, and takes the best problem there that it can do
/// something about. An organisation whose own community has no such problem looks at one of its region's that no organisation
/// serves.
pub(super) fn begin(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    index: &QuarterIndex,
    producer: Producer,
    weights: &mut ThemeWeights,
    queue: &WorkQueue,
) -> Option<Project> {
    // Each attempt has draws of its own.
    let attempt = weights.attempts;
    weights.attempts += 1;
    let stream = |decision| cx.random.decision(decision, cx.now.quarter()).entity(producer.actor.key);
    let theme = weights.choose(stream(Decision::ThemeChoice).uniform(attempt))?;
    if weights.barren >> theme.index() & 1 == 1 {
        return None;
    }
    let u = stream(Decision::Target).uniform(attempt);
    let targets = match producer.home {
        Some(community) => [Some(community), index.unserved[producer.actor.region].pick(u)],
        None => [weights.target(index, u), None],
    };
    for community in targets.into_iter().flatten() {
        score_problems(cx, state, index, producer, weights, queue, (theme, community));
        for _ in 0..MAX_PROBLEMS_TRIED {
            let Some(slot) = weights.next_best(queue, community) else { break };
            let Some(project) = project_for(cx, state, index, producer, weights, queue, (slot, community)) else {
                continue;
            };
            let slot = project.problem;
            if producer.actor.mandate.is_some_and(|m| contest::gives_way(state, record, index, m, slot, community)) {
                continue;
            }
            book_begun(cx, state, record, producer, &project);
            return Some(project);
        }
    }
    if producer.home.is_some() {
        weights.barren |= 1 << theme.index();
    }
    None
}

/// The project with which a producer would respond to a problem. If it anticipates that the problem depends on another one,
/// it begins with that one, provided that it works on its theme at all and the community still has it.
fn project_for(
    cx: &Context,
    state: &State,
    index: &QuarterIndex,
    producer: Producer,
    weights: &ThemeWeights,
    queue: &WorkQueue,
    (slot, community): (usize, CommunityId),
) -> Option<Project> {
    match plan(cx, state, index, producer, queue, slot, community) {
        Plan::Begin(project) => Some(project),
        Plan::Pass => None,
        Plan::First(first) => {
            let problem = &state.problems.slots[first];
            let works_on_theme = weights.by_theme[problem.theme] > 0.0;
            if !works_on_theme || !problem.missing.holds(community) || busy(queue, first, community) {
                return None;
            }
            match plan(cx, state, index, producer, queue, first, community) {
                Plan::Begin(project) => Some(project),
                Plan::Pass | Plan::First(_) => None,
            }
        }
    }
}

/// Books the beginning of a project: with the problem, in the events and in the counts of the year.
fn book_begun(cx: &Context, state: &mut State, record: &mut Record, producer: Producer, project: &Project) {
    let threshold = cx.parameters.production.reuse_threshold;
    builders::begun(cx.now, state, record, producer.actor, threshold, project);
    let region = state.communities.list[project.community].region;
    let problem = &mut state.problems.slots[project.problem];
    problem.users += 1;
    if let Task::Build { .. } = project.task {
        let Actor { organisation, mandate, .. } = producer.actor;
        problem.under_way.push(UnderWay { producer: organisation, mandate, region, started: cx.now.quarter() });
        record.movement.dependent += u32::from(problem.requires.is_some());
    }
    record.movement.hindered += u32::from(project.worked_around);
    record.movement.patched += u32::from(project.worked_around);
}

#[cfg(test)]
mod tests;
