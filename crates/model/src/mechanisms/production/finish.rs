//! How a project ends: finished, or abandoned.

use super::Producer;
use super::index::QuarterIndex;
use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{Context, conduct, gate, problems};
use crate::random::Decision;
use crate::record::Record;
use crate::state::project::Task;
use crate::state::{Actor, Material, Project, State};

/// Finishes a project: the community's problem is solved, and what was built is visible from the next quarter.
pub(super) fn finish(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    index: &QuarterIndex,
    producer: Producer,
    project: &Project,
) {
    let (slot, community) = (project.problem, project.community);
    let place = state.communities.list[community].region;
    let made = quality_made(cx, state, producer, project);
    let quality = conduct::quality(cx, state, producer.actor.party(), made);
    match project.task {
        Task::Adapt { .. } => book_adapted(state, record, producer, project),
        Task::Build { packaged } => {
            record.movement.built += 1;
            state.organisations[producer.actor.organisation].year.built += 1;
            record.movement.packaged += u32::from(packaged);
            if let Some(mandate) = producer.actor.mandate {
                state.mandates[mandate].year.built += 1;
            }
            let (made, visible) = (cx.now.quarter(), cx.now.quarter() + 1);
            let actor = producer.actor;
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
    let people = state.people_of(community);
    state.organisations[producer.actor.organisation].year.output += quality;
    state.problems.slots[slot].users -= 1;
    // It may have been solved there by another project, or be no longer worth solving.
    if state.problems.slots[slot].open && state.problems.slots[slot].missing.holds(community) {
        problems::solved(cx, state, record, slot, community);
        let problem = &mut state.problems.slots[slot];
        problem.missing.remove(community);
        problem.solutions.push((community, quality));
        record.regions[place].solved += quality * people;
    }
    state.problems.release(slot);
}

/// Quality of what a project makes, before misconduct, 0–1.
fn quality_made(cx: &Context, state: &State, producer: Producer, project: &Project) -> f64 {
    match project.task {
        Task::Adapt { quality, .. } => quality,
        Task::Build { .. } => {
            let problem = &state.problems.slots[project.problem];
            let stream = cx.random.decision(Decision::BuildQuality, 0).with(producer.actor.key);
            let spread = stream.entity(problem.key).uniform(0);
            let quality = consortia::mean_over_members(state, producer.actor, |id| state.quality(id, problem.theme));
            let quality = (quality * (0.8 + 0.4 * spread)).min(1.0);
            if project.worked_around { quality * cx.parameters.dependencies.patched } else { quality }
        }
    }
}

/// Books that a material of another organisation was adapted.
fn book_adapted(state: &mut State, record: &mut Record, producer: Producer, project: &Project) {
    let Task::Adapt { producer: from, mandate, region, saved, .. } = project.task else { return };
    if from == producer.actor.organisation {
        return;
    }
    record.movement.reused += 1;
    state.organisations[producer.actor.organisation].year.adapted += 1;
    record.movement.avoided_work += saved;
    record.movement.reused_across += u32::from(region != state.communities.list[project.community].region);
    if let Some(mandate) = mandate {
        state.mandates[mandate].year.reused += 1;
    }
}

/// Abandons a project, because its producer closes or its mandate ends.
pub fn abandon(state: &mut State, producer: OrganisationId, mandate: Option<MandateId>, project: &Project) {
    if let Task::Build { .. } = project.task {
        state.problems.end_build(project.problem, producer, mandate);
    }
    state.problems.slots[project.problem].users -= 1;
    state.problems.release(project.problem);
}
