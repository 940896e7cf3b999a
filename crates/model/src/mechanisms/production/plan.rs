//! How a work queue goes about a problem: it adapts, builds, or passes on to another.

use super::{MIN_BUILD_SHARE, Producer, QuarterIndex, own_key, search};
use crate::ids::CommunityId;
use crate::mechanisms::dependencies::Standing;
use crate::mechanisms::{Context, autonomy, conduct, dependencies};
use crate::random::Stream;
use crate::state::problem::Task;
use crate::state::{Blocked, Cause, Material, Project, State, WorkQueue};
use crate::units::Work;

/// What a work queue does about a problem.
pub(super) enum Plan {
    /// It begins a project.
    Begin(Project),
    /// It foresees that another problem, in this slot, must be solved first.
    First(usize),
    /// It passes on to another problem.
    Pass,
}

/// Adapts, builds, or passes on.
pub(super) fn plan(
    cx: &Context,
    state: &State,
    index: &QuarterIndex,
    producer: Producer,
    queue: &WorkQueue,
    slot: usize,
    community: CommunityId,
) -> Plan {
    let p = &cx.parameters.production;
    let o = &state.organisations[producer.id];
    let problem = &state.problems.slots[slot];
    let pair = |stream: Stream| stream.with(own_key(state, producer)).entity(problem.key);
    let unasked = (p.package_unasked * (1.5 - o.territoriality) * o.sharing).min(1.0);
    // Who is astray pushes what it makes on many.
    let pushed = producer.mandate.is_some() || conduct::harms(state, producer.id, producer.mandate);
    let packaged = pushed || pair(index.package).bernoulli(0, unasked);
    let skill = 2.0 - MIN_BUILD_SHARE - 0.8 * o.expertise[problem.theme];
    let effort = autonomy::effort(cx, producer.key, problem.key);
    let build = problem.cost * (skill * if packaged { 1.0 + p.package_cost } else { 1.0 } * effort);
    let adapt_packaged = problem.cost * p.adapt_cost;
    let feasible = |work: Work| work.0 <= p.feasible_quarters * queue.budget.0;
    // Nothing can be there to adapt: no need to look.
    if problem.materials.is_empty() && !feasible(build) {
        return Plan::Pass;
    }
    let found = search(cx, state, index, producer, slot, community);
    let insists = pair(index.insist).bernoulli(0, (p.insist + p.insist_power * o.prestige * o.territoriality).min(1.0));
    // Who insists adapts nobody else's.
    let usable = [found.own, found.others.filter(|_| !insists)].into_iter().flatten();
    if let Some(material) = usable.reduce(|a, b| if b.before(&a) { b } else { a }) {
        let adapt = adapt_packaged * if material.packaged { 1.0 } else { p.unpackaged_factor };
        if adapt.0 < build.0 {
            let near = state.affinity(material.region, state.communities.list[community].region);
            let quality = material.quality * (0.75 + 0.25 * near);
            let Material { producer, mandate, region, .. } = material;
            let task = Task::Adapt { quality, producer, mandate, region, saved: build - adapt };
            let project = Project {
                problem: slot,
                community,
                task,
                left: adapt,
                duplicated: None,
                blocked_at: None,
                worked_around: false,
            };
            return if feasible(adapt) { Plan::Begin(project) } else { Plan::Pass };
        }
    } else if found.under_way_known && !insists {
        return Plan::Pass;
    }
    if !feasible(build) {
        return Plan::Pass;
    }
    let cause = match found.others {
        Some(_) if insists => Some(Cause::NotInventedHere),
        Some(_) => Some(Cause::NotPackaged),
        None if found.exists => Some(Cause::NotFound),
        None if found.under_way_known => Some(Cause::NotInventedHere),
        None if found.under_way => Some(Cause::SameTime),
        None => None,
    };
    let wasted = (build - adapt_packaged).max(Work::ZERO).share_of(build);
    let duplicated = cause.map(|cause| (wasted, cause));
    let there = state.communities.list[community].region;
    let (blocked_at, worked_around) = match dependencies::standing(cx, state, slot, producer.id, there) {
        Standing::Free => (None, false),
        Standing::Lapsed => (None, true),
        Standing::Wanting(first) => {
            let queue = own_key(state, producer);
            if dependencies::foreseen(cx, state, producer.id, producer.mandate, queue, slot, first) {
                return Plan::First(first);
            }
            (Some(Blocked { at: build * (1.0 - cx.parameters.dependencies.needed_at), since: None }), false)
        }
    };
    let task = Task::Build { packaged };
    Plan::Begin(Project { problem: slot, community, task, left: build, duplicated, blocked_at, worked_around })
}
