//! How a project ends: solved, or given up.

use super::{Producer, QuarterIndex, own_key};
use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::{Context, conduct, gate, problems};
use crate::random::Decision;
use crate::record::Record;
use crate::state::problem::Task;
use crate::state::{Material, Project, State};

/// A project is done: the community's problem is solved, and what was built can be seen from the next quarter.
pub(super) fn finish(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    index: &QuarterIndex,
    producer: Producer,
    project: &Project,
) {
    let slot = project.problem;
    let theme = state.problems.slots[slot].theme;
    let place = state.communities.list[project.community].region;
    let fits = state.quality(producer.id, theme);
    let made = match project.task {
        Task::Adapt { quality, .. } => quality,
        Task::Build { .. } => {
            let key = state.problems.slots[slot].key;
            let spread =
                cx.random.decision(Decision::BuildQuality, 0).with(own_key(state, producer)).entity(key).uniform(0);
            let whole = (fits * (0.8 + 0.4 * spread)).min(1.0);
            if project.worked_around { whole * cx.parameters.dependencies.patched } else { whole }
        }
    };
    let quality = conduct::quality(cx, state, producer.id, producer.mandate, made);
    match project.task {
        Task::Adapt { producer: from, mandate, region, saved, .. } if from != producer.id => {
            record.year.reused += 1;
            record.year.avoided += saved;
            record.year.reused_across += u32::from(region != place);
            if let Some(m) = mandate {
                state.mandates[m].reused += 1;
            }
        }
        Task::Adapt { .. } => {}
        Task::Build { packaged } => {
            record.year.built += 1;
            record.year.packaged += u32::from(packaged);
            if let Some(m) = producer.mandate {
                state.mandates[m].built += 1;
            }
            let (mandate, made, visible) = (producer.mandate, cx.now.quarter(), cx.now.quarter() + 1);
            let material = Material { producer: producer.id, mandate, region: place, quality, packaged, made, visible };
            state.problems.slots[slot].materials.push(material);
            if packaged && index.gated {
                gate::submit(cx, state, slot, producer.id, mandate, own_key(state, producer), place);
            } else {
                state.problems.end_build(slot, producer.id, producer.mandate);
            }
        }
    }
    let people = state.people_of(project.community);
    let problem = &state.problems.slots[slot];
    if problem.open && problem.missing.holds(project.community) {
        problems::solved(cx, state, record, slot, project.community);
    }
    state.organisations[producer.id].output += quality;
    let problem = &mut state.problems.slots[slot];
    problem.users -= 1;
    if problem.open && problem.missing.holds(project.community) {
        problem.missing.remove(project.community);
        problem.solutions.push((project.community, quality));
        record.year.regions[place].solved += quality * people;
    }
    state.problems.release(slot);
}

/// Gives a project up with its maker, or with the mandate under which it was.
pub fn abandon(state: &mut State, producer: OrganisationId, mandate: Option<MandateId>, project: &Project) {
    if let Task::Build { .. } = project.task {
        state.problems.end_build(project.problem, producer, mandate);
    }
    state.problems.slots[project.problem].users -= 1;
    state.problems.release(project.problem);
}
