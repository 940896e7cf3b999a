//! Projects that depend on a material of another theme: where they are blocked they go on, wait, or work around it.

use super::{MIN_WORK, Producer};
use crate::mechanisms::dependencies::Resolution;
use crate::mechanisms::{Context, dependencies};
use crate::record::Record;
use crate::state::{Project, State, WorkQueue};

/// Decides about the projects that wait for a material of another theme.
pub(super) fn resume(cx: &Context, state: &mut State, record: &mut Record, producer: Producer, queue: &mut WorkQueue) {
    for project in queue.projects.iter_mut().filter(|project| project.waits()) {
        let since = project.blocked_at.and_then(|blocked| blocked.since);
        decide(cx, state, record, producer, project, since);
    }
}

/// Decides about a project that has reached the point where it is blocked.
pub(super) fn check_blocked(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    producer: Producer,
    project: &mut Project,
) {
    if project.blocked_at.is_some_and(|blocked| project.left.0 <= blocked.at.0 + MIN_WORK) {
        decide(cx, state, record, producer, project, None);
    }
}

/// Goes on, waits, or works around what is missing. `since` is the quarter since which it waits, if it does.
fn decide(
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
            if let Some(blocked) = &mut project.blocked_at {
                blocked.since.get_or_insert(quarter);
            }
        }
    }
}

/// Books the work that waits: each waiting project would have had an equal part of the queue's work.
pub(super) fn book_waiting(record: &mut Record, queue: &WorkQueue) {
    let each = queue.budget / queue.projects.len().max(1) as f64;
    for project in queue.projects.iter().filter(|project| project.waits()) {
        record.movement.stalled_work += project.left.min(each);
        record.movement.stalled_projects += 1;
    }
}
