//! Governance overhead: the work of governing is taken from those who govern and from those who are governed.
//!
//! *Claim.* Governing is never free: deciding, lobbying, overseeing, being overseen and mutual accountability take work
//! that is then missing elsewhere, service included.
//!
//! *Equations.* In a quarter, for an organisation at home and for a mandate:
//!
//! ```text
//! overhead       = deciding + lobbying + oversight + accountability
//! deciding       = its part of the decisions of the quarter                     (at home only)
//! lobbying       = its lobbying work of the quarter                             (at home only)
//! governed work  = all its work at home, if it is watched; the work of all staff of a mandate
//! oversight      = oversight_work · oversight · governed work
//!                  + overseeing_work · oversight · (watched organisations + mandates)        (foundation only)
//! accountability = accountability_work · accountability · governed work + answers to false alarms
//! ```
//!
//! The overhead is taken out of support, production, learning and (of a mandate) outreach, in proportion, and is never
//! more than there is. A mandate pays its own: the members of its holder lose nothing by it. Organisations outside the
//! movement have no simulated work at home, and pay for their mandates only.
//!
//! *Source.* Assumed. *Draws.* None. *Off.* The costs are parameters of `deciding`, `power` and `conduct`.

use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::Context;
use crate::mechanisms::conduct;
use crate::record::Record;
use crate::state::State;
use crate::units::Work;

/// Governance overhead of an organisation or a mandate in a quarter.
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
    let watched: Vec<bool> = state.organisations.ids().map(|o| conduct::is_watched_at_home(cx, state, o)).collect();
    let overseen = watched.iter().filter(|&&watched| watched).count() + state.hub_count();
    for (id, watched) in state.organisations.ids().zip(watched) {
        if state.organisations[id].active() {
            let overhead = at_home(cx, state, id, (watched, overseen));
            let due = overhead.all();
            overhead.book(record, state.organisations[id].take_work(due));
        }
        state.organisations[id].governance_work = Default::default();
    }
    for id in state.mandates.ids() {
        if state.mandates[id].alive() {
            let overhead = of_mandate(cx, state, id);
            let (due, outreach) = (overhead.all(), state.mandates[id].outreach);
            overhead.book(record, state.mandates[id].take_work(due));
            // `capacity` has booked the outreach that this takes.
            record.movement.outreach_work -= outreach - state.mandates[id].outreach;
        }
        state.mandates[id].answering = Work::ZERO;
    }
}

/// The overhead of an organisation at home; `overseen` is the number of those whom the foundation oversees.
fn at_home(cx: &Context, state: &State, id: OrganisationId, (watched, overseen): (bool, usize)) -> Overhead {
    let organisation = &state.organisations[id];
    let work = &organisation.governance_work;
    let governed = if watched { (organisation.staff + organisation.labour).quarterly_work() } else { Work::ZERO };
    let mut overhead = governed_overhead(cx, governed);
    (overhead.deciding, overhead.lobbying) = (work.deciding, work.lobbying);
    overhead.accountability += work.answering;
    if state.foundation == Some(id) {
        overhead.oversight +=
            cx.parameters.conduct.overseeing_work * (cx.policy.governance.oversight * overseen as f64);
    }
    overhead
}

/// The overhead of a mandate. What its holder pledges is governed at home, where it comes from.
fn of_mandate(cx: &Context, state: &State, id: MandateId) -> Overhead {
    let mandate = &state.mandates[id];
    let mut overhead = governed_overhead(cx, mandate.total_staff().quarterly_work());
    overhead.accountability += mandate.answering;
    overhead
}

/// What oversight and accountability cost those whose work is governed.
fn governed_overhead(cx: &Context, governed: Work) -> Overhead {
    let (parameters, levers) = (&cx.parameters.conduct, &cx.policy.governance);
    Overhead {
        oversight: governed * (parameters.oversight_work * levers.oversight),
        accountability: governed * (parameters.accountability_work * levers.accountability),
        ..Overhead::default()
    }
}

impl Overhead {
    fn all(&self) -> Work {
        self.deciding + self.lobbying + self.oversight + self.accountability
    }

    /// Books what was paid of it.
    fn book(&self, record: &mut Record, paid: Work) {
        let (share, movement) = (paid.share_of(self.all()), &mut record.movement);
        movement.deciding_work += self.deciding * share;
        movement.lobbying_work += self.lobbying * share;
        movement.oversight_work += self.oversight * share;
        movement.accountability_work += self.accountability * share;
    }
}

#[cfg(test)]
mod tests;
