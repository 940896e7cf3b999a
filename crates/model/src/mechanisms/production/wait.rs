//! Projects that need a material of another theme: at the point where they do, they go on, wait or do without.

use super::*;

/// What becomes of projects that wait for a material of another theme.
pub(super) fn resume(world: &mut World, maker: Maker, desk: &mut Desk) {
    for project in desk.projects.iter_mut().filter(|project| project.waits()) {
        let since = project.hold.and_then(|hold| hold.since);
        go_on(world, maker, project, since);
    }
}

/// What becomes of a project that has come to where it needs a material of another theme.
pub(super) fn reach(world: &mut World, maker: Maker, project: &mut Project) {
    if project.hold.is_some_and(|hold| project.left.0 <= hold.at.0 + CRUMB) {
        go_on(world, maker, project, None);
    }
}

fn go_on(world: &mut World, maker: Maker, project: &mut Project, since: Option<u32>) {
    let there = world.communities.list[project.community].region;
    let way = dependencies::way(world, project.problem, maker.id, own_key(world, maker), there, since);
    world.tally.hindered += u32::from(since.is_none() && way != Way::On);
    match way {
        Way::On => project.hold = None,
        Way::Patch => {
            (project.hold, project.patched) = (None, true);
            world.tally.patched += 1;
        }
        Way::Wait => {
            let quarter = world.quarter;
            if let Some(hold) = &mut project.hold {
                hold.since.get_or_insert(quarter);
            }
        }
    }
}

/// Books what waits: each project that does so would have had an equal part of the desk's work.
pub(super) fn count_waiting(world: &mut World, desk: &Desk) {
    let each = desk.budget / desk.projects.len().max(1) as f64;
    for project in desk.projects.iter().filter(|project| project.waits()) {
        world.tally.stalled += project.left.min(each);
        world.tally.stalled_projects += 1;
    }
}
