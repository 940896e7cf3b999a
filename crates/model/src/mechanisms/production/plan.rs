//! How a producer responds to a problem: it adapts, builds, or passes it by.

use super::index::QuarterIndex;
use super::search::{SearchResult, search};
use super::{MIN_BUILD_SHARE, Producer};
use crate::ids::{CommunityId, OrganisationId};
use crate::mechanisms::dependencies::DependencyStatus;
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{Context, autonomy, conduct, dependencies};
use crate::random::Stream;
use crate::state::project::Task;
use crate::state::{Blocked, DuplicationCause, Material, Problem, Project, State, WorkQueue};
use crate::units::Work;

/// The response to a problem.
pub(super) enum Plan {
    /// Begin a project.
    Begin(Project),
    /// Solve the problem in this slot first: the producer anticipates that the one in question depends on it.
    First(usize),
    /// Pass it by.
    Pass,
}

/// A build that a producer could begin.
#[derive(Clone, Copy)]
struct Build {
    work: Work,
    packaged: bool,
}

/// Adapts, builds, or passes by.
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
    let problem = &state.problems.slots[slot];
    let build = build(cx, state, index, producer, problem);
    let feasible = |work: Work| work <= queue.budget * p.feasible_quarters.0;
    // Without materials nothing can be adapted: no need to search.
    if problem.materials.is_empty() && !feasible(build.work) {
        return Plan::Pass;
    }
    let found = search(cx, state, index, producer, slot, community);
    let insists = insists(cx, state, index, producer, problem);
    // A producer that insists adapts only its own materials.
    let usable = [found.own, found.others.filter(|_| !insists)].into_iter().flatten();
    if let Some(material) = usable.reduce(|a, b| if b.before(&a) { b } else { a }) {
        let adapt = problem.cost * p.adapt_cost * if material.packaged { 1.0 } else { p.unpackaged_factor };
        if adapt.0 < build.work.0 {
            let there = state.communities.list[community].region;
            let near = state.affinity(material.region, there);
            let task = adapt_task(&material, near, build.work - adapt);
            return if feasible(adapt) { Plan::Begin(project(slot, community, task, adapt)) } else { Plan::Pass };
        }
    } else if found.under_way_known && !insists {
        return Plan::Pass;
    }
    if !feasible(build.work) {
        return Plan::Pass;
    }
    let duplicated = cause(&found, insists).map(|cause| {
        let wasted = (build.work - problem.cost * p.adapt_cost).max(Work::ZERO);
        (wasted.share_of(build.work), cause)
    });
    plan_build(
        cx,
        state,
        producer,
        build,
        Project { duplicated, ..project(slot, community, Task::Build { packaged: build.packaged }, build.work) },
    )
}

/// A project that nothing duplicates or blocks.
fn project(problem: usize, community: CommunityId, task: Task, left: Work) -> Project {
    Project { problem, community, task, left, duplicated: None, blocked_at: None, worked_around: false }
}

/// The work that building would take a producer, and whether it would package.
fn build(cx: &Context, state: &State, index: &QuarterIndex, producer: Producer, problem: &Problem) -> Build {
    let p = &cx.parameters.production;
    let organisation = &state.organisations[producer.actor.organisation];
    let unasked = (p.package_unasked * (1.5 - organisation.territoriality) * organisation.sharing).min(1.0);
    // Hubs are asked to package. A producer in misconduct does, too: it pushes what it makes on many.
    let must_package = producer.actor.mandate.is_some() || conduct::in_misconduct(state, producer.actor.party());
    let packaged = must_package || pair(index.packaging, producer, problem).bernoulli(0, unasked);
    let known = |id: OrganisationId| state.organisations[id].expertise[problem.theme];
    let skill = 2.0 - MIN_BUILD_SHARE - 0.8 * consortia::mean_over_members(state, producer.actor, known);
    let effort = autonomy::relative_effort(cx, organisation.key, problem.key);
    let work = problem.cost * (skill * if packaged { 1.0 + p.package_cost } else { 1.0 } * effort);
    Build { work, packaged }
}

/// Whether a producer insists on making its own.
fn insists(cx: &Context, state: &State, index: &QuarterIndex, producer: Producer, problem: &Problem) -> bool {
    let p = &cx.parameters.production;
    let organisation = &state.organisations[producer.actor.organisation];
    let probability = (p.insist + p.insist_power * organisation.prestige * organisation.territoriality).min(1.0);
    pair(index.insistence, producer, problem).bernoulli(0, probability)
}

/// The stream of a producer and a problem.
fn pair(stream: Stream, producer: Producer, problem: &Problem) -> Stream {
    stream.with(producer.actor.key).entity(problem.key)
}

/// Adapts a material: it loses up to a quarter of its quality with distance.
fn adapt_task(material: &Material, near: f64, saved: Work) -> Task {
    let quality = material.quality * (0.75 + 0.25 * near);
    let Material { producer, mandate, region, .. } = *material;
    Task::Adapt { quality, producer, mandate, region, saved }
}

/// Why a build duplicates work, if it does.
fn cause(found: &SearchResult, insists: bool) -> Option<DuplicationCause> {
    match found.others {
        Some(_) if insists => Some(DuplicationCause::NotInventedHere),
        Some(_) => Some(DuplicationCause::NotPackaged),
        None if found.exists => Some(DuplicationCause::NotFound),
        None if found.under_way_known => Some(DuplicationCause::NotInventedHere),
        None if found.under_way => Some(DuplicationCause::SameTime),
        None => None,
    }
}

/// Begins a build, unless the producer anticipates that it depends on another problem. A dependency that is not anticipated
/// blocks the build after a part of its work; one that nobody will resolve is worked around from the start.
fn plan_build(cx: &Context, state: &State, producer: Producer, build: Build, project: Project) -> Plan {
    let there = state.communities.list[project.community].region;
    match dependencies::dependency_status(cx, state, project.problem, producer.actor.organisation, there) {
        DependencyStatus::Free => Plan::Begin(project),
        DependencyStatus::Lapsed => Plan::Begin(Project { worked_around: true, ..project }),
        DependencyStatus::Missing(first) => {
            if dependencies::anticipated(cx, state, producer.actor, project.problem, first) {
                return Plan::First(first);
            }
            let at = build.work * (1.0 - cx.parameters.dependencies.needed_at);
            Plan::Begin(Project { blocked_at: Some(Blocked { at, since: None }), ..project })
        }
    }
}
