//! Projects that need a material of another theme: at the point where they do, they go on, wait or do without.

use super::*;

/// What becomes of projects that wait for a material of another theme.
pub(super) fn resume(cx: &Context, state: &mut State, record: &mut Record, maker: Maker, desk: &mut Desk) {
    for project in desk.projects.iter_mut().filter(|project| project.waits()) {
        let since = project.hold.and_then(|hold| hold.since);
        go_on(cx, state, record, maker, project, since);
    }
}

/// What becomes of a project that has come to where it needs a material of another theme.
pub(super) fn reach(cx: &Context, state: &mut State, record: &mut Record, maker: Maker, project: &mut Project) {
    if project.hold.is_some_and(|hold| project.left.0 <= hold.at.0 + CRUMB) {
        go_on(cx, state, record, maker, project, None);
    }
}

fn go_on(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    maker: Maker,
    project: &mut Project,
    since: Option<u32>,
) {
    let there = state.communities.list[project.community].region;
    let way = dependencies::way(cx, state, project.problem, maker.id, own_key(state, maker), there, since);
    record.movement.hindered += u32::from(since.is_none() && way != Way::On);
    match way {
        Way::On => project.hold = None,
        Way::Patch => {
            (project.hold, project.patched) = (None, true);
            record.movement.patched += 1;
        }
        Way::Wait => {
            let quarter = cx.now.quarter();
            if let Some(hold) = &mut project.hold {
                hold.since.get_or_insert(quarter);
            }
        }
    }
}

/// Books what waits: each project that does so would have had an equal part of the desk's work.
pub(super) fn count_waiting(record: &mut Record, desk: &Desk) {
    let each = desk.budget / desk.projects.len().max(1) as f64;
    for project in desk.projects.iter().filter(|project| project.waits()) {
        record.movement.stalled_work += project.left.min(each);
        record.movement.stalled_projects += 1;
    }
}
