//! How a project ends: solved, or given up.

use super::{Producer, QuarterIndex};
use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::{Context, conduct, gate, problems};
use crate::random::Decision;
use crate::record::Record;
use crate::state::project::Task;
use crate::state::{Actor, Material, Project, State};

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
    let place = state.communities.list[project.community].region;
    let quality = conduct::quality(cx, state, producer.actor.party(), made(cx, state, producer, project));
    match project.task {
        Task::Adapt { producer: from, mandate, region, saved, .. } if from != producer.actor.organisation => {
            record.movement.reused += 1;
            record.movement.avoided_work += saved;
            record.movement.reused_across += u32::from(region != place);
            if let Some(m) = mandate {
                state.mandates[m].year.reused += 1;
            }
        }
        Task::Adapt { .. } => {}
        Task::Build { packaged } => {
            record.movement.built += 1;
            record.movement.packaged += u32::from(packaged);
            let actor = producer.actor;
            if let Some(m) = actor.mandate {
                state.mandates[m].year.built += 1;
            }
            let (made, visible) = (cx.now.quarter(), cx.now.quarter() + 1);
            let Actor { organisation: producer, mandate, .. } = actor;
            let material = Material { producer, mandate, region: place, quality, packaged, made, visible };
            state.problems.slots[slot].materials.push(material);
            if packaged && index.gated {
                gate::submit(cx, state, slot, actor, place);
            } else {
                state.problems.end_build(slot, producer, mandate);
            }
        }
    }
    let people = state.people_of(project.community);
    let problem = &state.problems.slots[slot];
    if problem.open && problem.missing.holds(project.community) {
        problems::solved(cx, state, record, slot, project.community);
    }
    state.organisations[producer.actor.organisation].year.output += quality;
    let problem = &mut state.problems.slots[slot];
    problem.users -= 1;
    if problem.open && problem.missing.holds(project.community) {
        problem.missing.remove(project.community);
        problem.solutions.push((project.community, quality));
        record.regions[place].solved += quality * people;
    }
    state.problems.release(slot);
}

/// Quality of what a project has made, as it would be without misconduct.
fn made(cx: &Context, state: &State, producer: Producer, project: &Project) -> f64 {
    match project.task {
        Task::Adapt { quality, .. } => quality,
        Task::Build { .. } => {
            let problem = &state.problems.slots[project.problem];
            let fits = state.quality(producer.actor.organisation, problem.theme);
            let stream = cx.random.decision(Decision::BuildQuality, 0).with(producer.actor.key).entity(problem.key);
            let whole = (fits * (0.8 + 0.4 * stream.uniform(0))).min(1.0);
            if project.worked_around { whole * cx.parameters.dependencies.patched } else { whole }
        }
    }
}

/// Gives a project up with its maker, or with the mandate under which it was.
pub fn abandon(state: &mut State, producer: OrganisationId, mandate: Option<MandateId>, project: &Project) {
    if let Task::Build { .. } = project.task {
        state.problems.end_build(project.problem, producer, mandate);
    }
    state.problems.slots[project.problem].users -= 1;
    state.problems.release(project.problem);
}
