//! Governance overhead: the work of governing is taken from the organisations that govern and that are governed.
//!
//! *Claim.* Governing is never free: deciding, lobbying, overseeing, being overseen and mutual accountability take work
//! that is then missing elsewhere.
//!
//! *Equations.* In a quarter, for an organisation:
//!
//! ```text
//! overhead       = deciding + lobbying + oversight + accountability
//! deciding       = its part of the decisions of the quarter
//! lobbying       = its lobbying work of the quarter
//! governed work  = staff for hubs (its own mandates and those of its consortia) + all its work if it is watched
//! oversight      = oversight_work · oversight · governed work
//!                  + overseeing_work · oversight · watched organisations        (foundation only)
//! accountability = accountability_work · accountability · governed work + answers to false alarms
//! ```
//!
//! The overhead is taken from learning time first, then from support and production in proportion. It is reduced where
//! it exceeds all of them.
//!
//! *Source.* Assumed. *Draws.* None. *Off.* The costs are parameters of `deciding`, `power` and `conduct`.

use crate::ids::OrganisationId;
use crate::mechanisms::Context;
use crate::mechanisms::conduct;
use crate::record::Record;
use crate::state::{GovernanceWork, State};
use crate::units::Work;

/// Governance overhead of an organisation in a quarter.
#[derive(Clone, Copy, Debug, Default)]
struct Overhead {
    deciding: Work,
    lobbying: Work,
    oversight: Work,
    accountability: Work,
}

/// Takes the quarter's overhead from the work that `capacity` has split. Before the first year there is none. No draws.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    if cx.now.year() == 0 {
        return;
    }
    let watched: Vec<bool> = state.organisations.ids().map(|o| conduct::is_watched(cx, state, o)).collect();
    let hub_staff = hub_staff(state);
    let watched_count = watched.iter().filter(|&&watched| watched).count();
    for id in state.organisations.ids() {
        let organisation = &state.organisations[id];
        if organisation.active() {
            let own = if watched[id.index()] {
                (organisation.staff + organisation.labour).quarterly_work()
            } else {
                Work::ZERO
            };
            let overseen = if state.foundation == Some(id) { watched_count } else { 0 };
            let overhead = overhead(cx, state, id, hub_staff[id.index()] + own, overseen);
            charge_work(state, record, id, overhead);
        }
        state.organisations[id].governance_work = GovernanceWork::default();
    }
}

/// Work of the staff that each organisation has for hubs, as holder or as partner.
fn hub_staff(state: &State) -> Vec<Work> {
    let mut hub_staff = vec![Work::ZERO; state.organisations.len()];
    for mandate in state.mandates.iter().filter(|m| m.alive()) {
        hub_staff[mandate.holder.index()] += mandate.staff.quarterly_work();
        for (partner, seconded) in mandate.partners.iter().zip(&mandate.seconded) {
            hub_staff[partner.index()] += seconded.quarterly_work();
        }
    }
    hub_staff
}

/// The overhead of an organisation, given its work that is governed and the number of organisations that it oversees.
fn overhead(cx: &Context, state: &State, id: OrganisationId, governed_work: Work, overseen: usize) -> Overhead {
    let (parameters, work) = (&cx.parameters.conduct, &state.organisations[id].governance_work);
    let (oversight, accountability) = (cx.policy.governance.oversight, cx.policy.governance.accountability);
    let overseeing = parameters.overseeing_work * oversight * overseen as f64;
    Overhead {
        deciding: work.deciding,
        lobbying: work.lobbying,
        oversight: governed_work * (parameters.oversight_work * oversight) + overseeing,
        accountability: governed_work * (parameters.accountability_work * accountability) + work.answering,
    }
}

/// Takes the overhead from learning time first, then from support and production in proportion.
fn charge_work(state: &mut State, record: &mut Record, id: OrganisationId, overhead: Overhead) {
    let due = overhead.deciding + overhead.lobbying + overhead.oversight + overhead.accountability;
    let organisation = &mut state.organisations[id];
    // The work at home of outside organisations is not simulated: they pay from the learning time that their hub
    // leaves.
    let useful =
        if organisation.kind.outside() { Work::ZERO } else { organisation.support_left + organisation.queue.budget };
    let available = organisation.learning + useful;
    if due.0 <= 0.0 || available.0 <= 0.0 {
        return;
    }
    let paid = if due.0 > available.0 { available / due } else { 1.0 };
    let from_learning = (due * paid).min(organisation.learning);
    organisation.learning -= from_learning;
    let left = 1.0 - (due * paid - from_learning).share_of(useful).min(1.0);
    organisation.support_left = organisation.support_left * left;
    organisation.queue.budget = organisation.queue.budget * left;
    let movement = &mut record.movement;
    movement.deciding_work += overhead.deciding * paid;
    movement.lobbying_work += overhead.lobbying * paid;
    movement.oversight_work += overhead.oversight * paid;
    movement.accountability_work += overhead.accountability * paid;
}

#[cfg(test)]
mod tests;
