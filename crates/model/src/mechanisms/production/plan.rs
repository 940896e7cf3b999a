//! How a desk goes about a problem: it adapts, builds, or passes on to another.

use super::search::{SearchResult, search};
use super::{MIN_BUILD_SHARE, Producer, QuarterIndex, Seeker};
use crate::ids::CommunityId;
use crate::mechanisms::dependencies::DependencyStatus;
use crate::mechanisms::{Context, autonomy, conduct, dependencies};
use crate::state::project::Task;
use crate::state::{Blocked, DuplicationCause, Material, Project, State};
use crate::units::Work;

/// What a desk does about a problem.
pub(super) enum Plan {
    /// It begins a project.
    Begin(Project),
    /// It foresees that another problem, in this slot, must be solved first.
    First(usize),
    /// It passes on to another problem.
    Pass,
}

/// What a build would take, and whether it would be packaged.
struct Build {
    work: Work,
    packaged: bool,
}

/// Adapts, builds, or passes on.
pub(super) fn plan(cx: &Context, state: &State, seeker: Seeker, slot: usize, community: CommunityId) -> Plan {
    let Seeker { producer, queue, index } = seeker;
    let p = &cx.parameters.production;
    let o = &state.organisations[producer.actor.organisation];
    let problem = &state.problems.slots[slot];
    let build = build(cx, state, index, producer, slot);
    let adapt_packaged = problem.cost * p.adapt_cost;
    let feasible = |work: Work| work.0 <= p.feasible_quarters * queue.budget.0;
    // Nothing can be there to adapt: no need to look.
    if problem.materials.is_empty() && !feasible(build.work) {
        return Plan::Pass;
    }
    let found = search(cx, state, index, producer, slot, community);
    let insists = (p.insist + p.insist_power * o.prestige * o.territoriality).min(1.0);
    let insists = index.insist.with(producer.actor.key).entity(problem.key).bernoulli(0, insists);
    // Who insists adapts nobody else's.
    let usable = [found.own, found.others.filter(|_| !insists)].into_iter().flatten();
    if let Some(material) = usable.reduce(|a, b| if b.before(&a) { b } else { a }) {
        let adapt = adapt_packaged * if material.packaged { 1.0 } else { p.unpackaged_factor };
        if adapt.0 < build.work.0 {
            let near = state.affinity(material.region, state.communities.list[community].region);
            let quality = material.quality * (0.75 + 0.25 * near);
            let Material { producer, mandate, region, .. } = material;
            let task = Task::Adapt { quality, producer, mandate, region, saved: build.work - adapt };
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
    if !feasible(build.work) {
        return Plan::Pass;
    }
    let wasted = (build.work - adapt_packaged).max(Work::ZERO).share_of(build.work);
    let duplicated = cause(&found, insists).map(|cause| (wasted, cause));
    let there = state.communities.list[community].region;
    let (blocked_at, worked_around) =
        match dependencies::dependency_status(cx, state, slot, producer.actor.organisation, there) {
            DependencyStatus::Free => (None, false),
            DependencyStatus::Lapsed => (None, true),
            DependencyStatus::Wanting(first) => {
                if dependencies::anticipated(cx, state, producer.actor, slot, first) {
                    return Plan::First(first);
                }
                (Some(Blocked { at: build.work * (1.0 - cx.parameters.dependencies.needed_at), since: None }), false)
            }
        };
    let task = Task::Build { packaged: build.packaged };
    Plan::Begin(Project { problem: slot, community, task, left: build.work, duplicated, blocked_at, worked_around })
}

/// What it would take a producer to build a solution.
fn build(cx: &Context, state: &State, index: &QuarterIndex, producer: Producer, slot: usize) -> Build {
    let p = &cx.parameters.production;
    let o = &state.organisations[producer.actor.organisation];
    let problem = &state.problems.slots[slot];
    let unasked = (p.package_unasked * (1.5 - o.territoriality) * o.sharing).min(1.0);
    // An organisation in misconduct pushes what it makes on many.
    let pushed = producer.actor.mandate.is_some() || conduct::in_misconduct(state, producer.actor.party());
    let unasked = || index.package.with(producer.actor.key).entity(problem.key).bernoulli(0, unasked);
    let packaged = pushed || unasked();
    let skill = 2.0 - MIN_BUILD_SHARE - 0.8 * o.expertise[problem.theme];
    let effort = autonomy::relative_effort(cx, o.key, problem.key);
    Build { work: problem.cost * (skill * if packaged { 1.0 + p.package_cost } else { 1.0 } * effort), packaged }
}

/// Why a build duplicates what others have made or are making, if it does.
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
