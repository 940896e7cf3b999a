//! How a producer spends the work of a quarter.

use super::choice::begin;
use super::finish::finish;
use super::index::QuarterIndex;
use super::wait::{book_waiting, check_blocked, resume};
use super::weights::ThemeWeights;
use super::{MIN_WORK, Producer};
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{Context, partnerships};
use crate::record::Record;
use crate::state::{Project, State, WorkQueue};
use crate::units::Work;

/// The most projects of a work queue at a time.
const MAX_PROJECTS: usize = 12;
/// How often a producer looks for another project in a quarter: in vain, and in all.
const MAX_FAILED_ATTEMPTS: u32 = 2;
const MAX_ATTEMPTS: u32 = 48;

/// Spends the budget of a work queue on its projects, in equal parts, and begins new ones as there is room. Returns the work
/// that found no project; it goes to learning. `weights` is a buffer.
pub(super) fn work(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    index: &QuarterIndex,
    producer: Producer,
    queue: &mut WorkQueue,
    weights: &mut ThemeWeights,
) -> Work {
    queue.budget += queue.carried;
    queue.carried = Work::ZERO;
    let size = cx.parameters.production.project_size;
    let room = (1.0 + queue.budget / size).floor().min(MAX_PROJECTS as f64) as usize;
    resume(cx, state, record, producer, queue);
    let mut left = queue.budget;
    weights.attempts = 0;
    let (mut failed, mut weighed) = (0, false);
    while left.0 > MIN_WORK {
        while failed < MAX_FAILED_ATTEMPTS && weights.attempts < MAX_ATTEMPTS && queue.projects.len() < room {
            // Not before: a queue that is full needs no weights.
            if !std::mem::replace(&mut weighed, true) {
                weights.weigh(cx, state, index, producer);
            }
            match begin(cx, state, record, index, producer, weights, queue) {
                Some(project) => {
                    queue.projects.push(project);
                    weights.barren = 0;
                }
                None => failed += 1,
            }
        }
        if queue.projects.iter().all(Project::waits) {
            break;
        }
        weights.barren = 0;
        left = advance(cx, state, record, index, producer, queue, left);
    }
    book_waiting(record, queue);
    let idle = left.max(Work::ZERO);
    record.movement.slack += idle;
    match producer.actor.mandate {
        Some(mandate) => state.mandates[mandate].learning += idle,
        None => state.organisations[producer.actor.organisation].learning += idle,
    }
    idle
}

/// Spends work in equal parts on the projects that do not wait, and takes out those that are finished. Returns the work that is
/// left.
fn advance(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    index: &QuarterIndex,
    producer: Producer,
    queue: &mut WorkQueue,
    mut left: Work,
) -> Work {
    let running = queue.projects.iter().filter(|project| !project.waits()).count();
    let each = left / running as f64;
    let mut place = 0;
    while let Some(project) = queue.projects.get_mut(place) {
        if project.waits() {
            place += 1;
            continue;
        }
        left -= spend(state, record, producer, project, each);
        check_blocked(cx, state, record, producer, project);
        if project.left.0 <= MIN_WORK && project.blocked_at.is_none() {
            let project = queue.projects.remove(place);
            finish(cx, state, record, index, producer, &project);
        } else {
            place += 1;
        }
    }
    left
}

/// Spends work on a project, up to where it is blocked. Returns the work spent.
fn spend(state: &mut State, record: &mut Record, producer: Producer, project: &mut Project, at_most: Work) -> Work {
    let ahead = project.blocked_at.map_or(project.left, |blocked| (project.left - blocked.at).max(Work::ZERO));
    let spent = ahead.min(at_most);
    project.left -= spent;
    let theme = state.problems.slots[project.problem].theme;
    match producer.actor.mandate {
        Some(hub) => consortia::train(state, hub, theme, spent),
        None => state.organisations[producer.actor.organisation].done[theme] += spent.0,
    }
    let organisation = &mut state.organisations[producer.actor.organisation];
    organisation.year.production_work += spent;
    record.movement.production_work += spent;
    if let Some((share, cause)) = project.duplicated {
        organisation.year.duplicated_work += spent * share;
        *record.movement.duplicated_mut(cause) += spent * share;
    }
    partnerships::record_joint_work(state, record, producer.actor.organisation, producer.actor.mandate, theme, spent);
    spent
}
