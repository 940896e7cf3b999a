//! Projects that need a material of another theme: at the point where they do, they go on, wait or do without.

use super::{MIN_WORK, Producer};
use crate::mechanisms::dependencies::Resolution;
use crate::mechanisms::{Context, dependencies};
use crate::record::Record;
use crate::state::{Project, State, WorkQueue};

/// What becomes of projects that wait for a material of another theme.
pub(super) fn resume(cx: &Context, state: &mut State, record: &mut Record, producer: Producer, queue: &mut WorkQueue) {
    for project in queue.projects.iter_mut().filter(|project| project.waits()) {
        let since = project.blocked_at.and_then(|blocked_at| blocked_at.since);
        go_on(cx, state, record, producer, project, since);
    }
}

/// What becomes of a project that has come to where it needs a material of another theme.
pub(super) fn reach(cx: &Context, state: &mut State, record: &mut Record, producer: Producer, project: &mut Project) {
    if project.blocked_at.is_some_and(|blocked_at| project.left.0 <= blocked_at.at.0 + MIN_WORK) {
        go_on(cx, state, record, producer, project, None);
    }
}

fn go_on(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    producer: Producer,
    project: &mut Project,
    since: Option<u32>,
) {
    let there = state.communities.list[project.community].region;
    let resolution = dependencies::resolution(cx, state, project.problem, producer.actor, there, since);
    record.movement.hindered += u32::from(since.is_none() && resolution != Resolution::Continue);
    match resolution {
        Resolution::Continue => project.blocked_at = None,
        Resolution::WorkAround => {
            (project.blocked_at, project.worked_around) = (None, true);
            record.movement.patched += 1;
        }
        Resolution::Wait => {
            let quarter = cx.now.quarter();
            if let Some(blocked_at) = &mut project.blocked_at {
                blocked_at.since.get_or_insert(quarter);
            }
        }
    }
}

/// Books what waits: each project that does so would have had an equal part of the desk's work.
pub(super) fn count_waiting(record: &mut Record, queue: &WorkQueue) {
    let each = queue.budget / queue.projects.len().max(1) as f64;
    for project in queue.projects.iter().filter(|project| project.waits()) {
        record.movement.stalled_work += project.left.min(each);
        record.movement.stalled_projects += 1;
    }
}
