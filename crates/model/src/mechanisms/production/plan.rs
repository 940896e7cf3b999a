//! How a desk goes about a problem: it adapts, builds, or passes on to another.

use super::*;

/// What a desk does about a problem.
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
    library: &Library,
    maker: Maker,
    desk: &Desk,
    slot: usize,
    community: CommunityId,
) -> Plan {
    let p = &cx.parameters.production;
    let o = &state.organisations[maker.id];
    let problem = &state.problems.slots[slot];
    let pair = |stream: Stream| stream.with(own_key(state, maker)).entity(problem.key);
    let unasked = (p.package_unasked * (1.5 - o.territoriality) * o.sharing).min(1.0);
    // Who is astray pushes what it makes on many.
    let pushed = maker.mandate.is_some() || conduct::harms(state, maker.id, maker.mandate);
    let packaged = pushed || pair(library.package).bernoulli(0, unasked);
    let skill = 2.0 - LEAST_BUILD - 0.8 * o.expertise[problem.theme];
    let effort = autonomy::effort(cx, maker.key, problem.key);
    let build = problem.cost * (skill * if packaged { 1.0 + p.package_cost } else { 1.0 } * effort);
    let adapt_packaged = problem.cost * p.adapt_cost;
    let feasible = |work: Work| work.0 <= p.feasible_quarters * desk.budget.0;
    // Nothing can be there to adapt: no need to look.
    if problem.materials.is_empty() && !feasible(build) {
        return Plan::Pass;
    }
    let finds = search(cx, state, library, maker, slot, community);
    let insists =
        pair(library.insist).bernoulli(0, (p.insist + p.insist_power * o.prestige * o.territoriality).min(1.0));
    // Who insists adapts nobody else's.
    let usable = [finds.own, finds.others.filter(|_| !insists)].into_iter().flatten();
    if let Some(material) = usable.reduce(|a, b| if b.before(&a) { b } else { a }) {
        let adapt = adapt_packaged * if material.packaged { 1.0 } else { p.unpackaged_factor };
        if adapt.0 < build.0 {
            let near = state.affinity(material.region, state.communities.list[community].region);
            let quality = material.quality * (0.75 + 0.25 * near);
            let Material { maker, mandate, region, .. } = material;
            let task = Task::Adapt { quality, maker, mandate, region, saved: build - adapt };
            let project =
                Project { problem: slot, community, task, left: adapt, duplicated: None, hold: None, patched: false };
            return if feasible(adapt) { Plan::Begin(project) } else { Plan::Pass };
        }
    } else if finds.under_way_known && !insists {
        return Plan::Pass;
    }
    if !feasible(build) {
        return Plan::Pass;
    }
    let cause = match finds.others {
        Some(_) if insists => Some(DuplicationCause::NotInventedHere),
        Some(_) => Some(DuplicationCause::NotPackaged),
        None if finds.exists => Some(DuplicationCause::NotFound),
        None if finds.under_way_known => Some(DuplicationCause::NotInventedHere),
        None if finds.under_way => Some(DuplicationCause::SameTime),
        None => None,
    };
    let wasted = (build - adapt_packaged).max(Work::ZERO).share_of(build);
    let duplicated = cause.map(|cause| (wasted, cause));
    let there = state.communities.list[community].region;
    let (hold, patched) = match dependencies::standing(cx, state, slot, maker.id, there) {
        Standing::Free => (None, false),
        Standing::Lapsed => (None, true),
        Standing::Wanting(first) => {
            let desk = own_key(state, maker);
            if dependencies::foreseen(cx, state, maker.id, maker.mandate, desk, slot, first) {
                return Plan::First(first);
            }
            (Some(Hold { at: build * (1.0 - cx.parameters.dependencies.needed_at), since: None }), false)
        }
    };
    let task = Task::Build { packaged };
    Plan::Begin(Project { problem: slot, community, task, left: build, duplicated, hold, patched })
}
