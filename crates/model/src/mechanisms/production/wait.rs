//! Projects that need a material of another theme: at the point where they do, they go on, wait or do without.

use super::{MIN_WORK, Producer, own_key};
use crate::mechanisms::dependencies::Way;
use crate::mechanisms::{Context, dependencies};
use crate::record::Record;
use crate::state::{Project, State, WorkQueue};

/// What becomes of projects that wait for a material of another theme.
pub(super) fn resume(cx: &Context, state: &mut State, record: &mut Record, producer: Producer, queue: &mut WorkQueue) {
    for project in queue.projects.iter_mut().filter(|project| project.waits()) {
        let since = project.blocked_at.and_then(|hold| hold.since);
        go_on(cx, state, record, producer, project, since);
    }
}

/// What becomes of a project that has come to where it needs a material of another theme.
pub(super) fn reach(cx: &Context, state: &mut State, record: &mut Record, producer: Producer, project: &mut Project) {
    if project.blocked_at.is_some_and(|hold| project.left.0 <= hold.at.0 + MIN_WORK) {
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
    let way = dependencies::way(cx, state, project.problem, producer.id, own_key(state, producer), there, since);
    record.year.hindered += u32::from(since.is_none() && way != Way::On);
    match way {
        Way::On => project.blocked_at = None,
        Way::Patch => {
            (project.blocked_at, project.worked_around) = (None, true);
            record.year.patched += 1;
        }
        Way::Wait => {
            let quarter = cx.now.quarter();
            if let Some(hold) = &mut project.blocked_at {
                hold.since.get_or_insert(quarter);
            }
        }
    }
}

/// Books what waits: each project that does so would have had an equal part of the work queue's work.
pub(super) fn count_waiting(record: &mut Record, queue: &WorkQueue) {
    let each = queue.budget / queue.projects.len().max(1) as f64;
    for project in queue.projects.iter().filter(|project| project.waits()) {
        record.year.stalled += project.left.min(each);
        record.year.stalled_projects += 1;
    }
}
