//! How a project ends: solved, or given up.

use super::*;

/// A project is done: the community's problem is solved, and what was built can be seen from the next quarter.
pub(super) fn finish(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    library: &Library,
    maker: Maker,
    project: &Project,
) {
    let slot = project.problem;
    let theme = state.problems.slots[slot].theme;
    let place = state.communities.list[project.community].region;
    let fits = state.quality(maker.id, theme);
    let made = match project.task {
        Task::Adapt { quality, .. } => quality,
        Task::Build { .. } => {
            let key = state.problems.slots[slot].key;
            let spread =
                cx.random.decision(Decision::BuildQuality, 0).with(own_key(state, maker)).entity(key).uniform(0);
            let whole = (fits * (0.8 + 0.4 * spread)).min(1.0);
            if project.patched { whole * cx.parameters.dependencies.patched } else { whole }
        }
    };
    let quality = conduct::quality(cx, state, maker.id, maker.mandate, made);
    match project.task {
        Task::Adapt { maker: from, mandate, region, saved, .. } if from != maker.id => {
            record.movement.reused += 1;
            record.movement.avoided_work += saved;
            record.movement.reused_across += u32::from(region != place);
            if let Some(m) = mandate {
                state.mandates[m].reused += 1;
            }
        }
        Task::Adapt { .. } => {}
        Task::Build { packaged } => {
            record.movement.built += 1;
            record.movement.packaged += u32::from(packaged);
            if let Some(m) = maker.mandate {
                state.mandates[m].built += 1;
            }
            let (mandate, made, visible) = (maker.mandate, cx.now.quarter(), cx.now.quarter() + 1);
            let material = Material { maker: maker.id, mandate, region: place, quality, packaged, made, visible };
            state.problems.slots[slot].materials.push(material);
            if packaged && library.gated {
                gate::submit(cx, state, slot, maker.id, mandate, own_key(state, maker), place);
            } else {
                no_longer_under_way(state, slot, maker.id, maker.mandate);
            }
        }
    }
    let people = state.people_of(project.community);
    let problem = &state.problems.slots[slot];
    if problem.open && problem.missing.holds(project.community) {
        problems::solved(cx, state, record, slot, project.community);
    }
    state.organisations[maker.id].output += quality;
    let problem = &mut state.problems.slots[slot];
    problem.users -= 1;
    if problem.open && problem.missing.holds(project.community) {
        problem.missing.remove(project.community);
        problem.solutions.push((project.community, quality));
        record.regions[place].solved += quality * people;
    }
    state.problems.release(slot);
}

/// Gives a project up with its maker, or with the mandate under which it was.
pub fn abandon(state: &mut State, maker: OrganisationId, mandate: Option<MandateId>, project: &Project) {
    if let Task::Build { .. } = project.task {
        no_longer_under_way(state, project.problem, maker, mandate);
    }
    state.problems.slots[project.problem].users -= 1;
    state.problems.release(project.problem);
}

/// One build of an organisation for a problem, at home or under a mandate, is not under way any more.
pub fn no_longer_under_way(state: &mut State, slot: usize, maker: OrganisationId, mandate: Option<MandateId>) {
    let under_way = &mut state.problems.slots[slot].under_way;
    if let Some(at) = under_way.iter().position(|u| u.maker == maker && u.mandate == mandate) {
        under_way.remove(at);
    }
}
