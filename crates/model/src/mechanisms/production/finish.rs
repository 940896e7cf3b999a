//! How a project ends: solved, or given up.

use super::*;

/// A project is done: the community's problem is solved, and what was built can be seen from the next quarter.
pub(super) fn finish(world: &mut World, library: &Library, maker: Maker, project: &Project) {
    let slot = project.problem;
    let theme = world.problems.slots[slot].theme;
    let place = world.communities.list[project.community].region;
    let fits = world.quality(maker.id, theme);
    let made = match project.task {
        Task::Adapt { quality, .. } => quality,
        Task::Build { .. } => {
            let key = world.problems.slots[slot].key;
            let spread =
                world.stream.decision(Decision::BuildQuality, 0).with(own_key(world, maker)).entity(key).uniform(0);
            let whole = (fits * (0.8 + 0.4 * spread)).min(1.0);
            if project.patched { whole * world.parameters.dependencies.patched } else { whole }
        }
    };
    let quality = conduct::quality(world, maker.id, maker.mandate, made);
    match project.task {
        Task::Adapt { maker: from, mandate, region, saved, .. } if from != maker.id => {
            world.tally.reused += 1;
            world.tally.avoided += saved;
            world.tally.reused_across += u32::from(region != place);
            if let Some(m) = mandate {
                world.mandates[m].reused += 1;
            }
        }
        Task::Adapt { .. } => {}
        Task::Build { packaged } => {
            world.tally.built += 1;
            world.tally.packaged += u32::from(packaged);
            if let Some(m) = maker.mandate {
                world.mandates[m].built += 1;
            }
            let (mandate, made, visible) = (maker.mandate, world.quarter, world.quarter + 1);
            let material = Material { maker: maker.id, mandate, region: place, quality, packaged, made, visible };
            world.problems.slots[slot].materials.push(material);
            if packaged && library.gated {
                gate::submit(world, slot, maker.id, mandate, own_key(world, maker), place);
            } else {
                no_longer_under_way(world, slot, maker.id, maker.mandate);
            }
        }
    }
    let people = people_of(world, project.community);
    let problem = &world.problems.slots[slot];
    if problem.open && problem.missing.holds(project.community) {
        problems::solved(world, slot, project.community);
    }
    world.organisations[maker.id].output += quality;
    let problem = &mut world.problems.slots[slot];
    problem.users -= 1;
    if problem.open && problem.missing.holds(project.community) {
        problem.missing.remove(project.community);
        problem.solutions.push((project.community, quality));
        world.tally.regions[place].solved += quality * people;
    }
    world.problems.release(slot);
}

/// Gives a project up with its maker, or with the mandate under which it was.
pub fn abandon(world: &mut World, maker: OrganisationId, mandate: Option<MandateId>, project: &Project) {
    if let Task::Build { .. } = project.task {
        no_longer_under_way(world, project.problem, maker, mandate);
    }
    world.problems.slots[project.problem].users -= 1;
    world.problems.release(project.problem);
}

/// One build of an organisation for a problem, at home or under a mandate, is not under way any more.
pub fn no_longer_under_way(world: &mut World, slot: usize, maker: OrganisationId, mandate: Option<MandateId>) {
    let under_way = &mut world.problems.slots[slot].under_way;
    if let Some(at) = under_way.iter().position(|u| u.maker == maker && u.mandate == mandate) {
        under_way.remove(at);
    }
}
