//! Duties: the work that governing costs is taken from those who govern and who are governed.
//!
//! *Claim.* Nothing of this is free: deciding, lobbying, being overseen, overseeing, and seeing one another's conduct
//! take work that is missing elsewhere. *Equations.* An organisation's duties of a quarter are what it owes for deciding,
//! lobbying and answering alarms, and shares of the work of those who get much and of hubs for oversight and mutual
//! accountability, each of a consortium for its own; they are taken
//! from its learning time first, then from its support and production in proportion, and are cut where they exceed what it
//! has. *Off.* The shares and costs are parameters of `deciding`, `power` and `conduct`.

use crate::ids::OrganisationId;
use crate::mechanisms::Context;
use crate::mechanisms::conduct;
use crate::record::Record;
use crate::state::{GovernanceWork, State};
use crate::units::Work;

/// Duties of a quarter.
#[derive(Clone, Copy, Debug, Default)]
struct Overhead {
    deciding: Work,
    lobbying: Work,
    oversight: Work,
    accountability: Work,
}

/// Takes the quarter's duties from what `capacity` has split. Before the first year there is nothing to govern. No draws.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    if cx.now.year() == 0 {
        return;
    }
    let watched: Vec<bool> = state.organisations.ids().map(|o| conduct::is_watched(cx, state, o)).collect();
    let mut hub_staff = vec![Work::ZERO; state.organisations.len()];
    for m in state.mandates.iter().filter(|m| m.alive()) {
        hub_staff[m.holder.index()] += m.staff.quarterly_work();
        for (partner, seconded) in m.partners.iter().zip(&m.seconded) {
            hub_staff[partner.index()] += seconded.quarterly_work();
        }
    }
    let count = watched.iter().filter(|&&watched| watched).count();
    for o in state.organisations.ids() {
        if state.organisations[o].active() {
            let central = if state.foundation == Some(o) { count } else { 0 };
            let overhead = overhead(cx, state, o, watched[o.index()], hub_staff[o.index()], central);
            take(state, record, o, overhead);
        }
        state.organisations[o].governance_work = GovernanceWork::default();
    }
}

fn overhead(cx: &Context, state: &State, o: OrganisationId, watched: bool, hubs: Work, central: usize) -> Overhead {
    let (p, o) = (&cx.parameters.conduct, &state.organisations[o]);
    let (oversight, accountability) = (cx.policy.governance.oversight, cx.policy.governance.accountability);
    let seen = hubs + if watched { (o.staff + o.labour).quarterly_work() } else { Work::ZERO };
    let overseeing = Work(p.overseeing_work * oversight * central as f64);
    Overhead {
        deciding: o.governance_work.deciding,
        lobbying: o.governance_work.lobbying,
        oversight: seen * (p.oversight_work * oversight) + overseeing,
        accountability: seen * (p.accountability_work * accountability) + o.governance_work.answering,
    }
}

fn take(state: &mut State, record: &mut Record, o: OrganisationId, overhead: Overhead) {
    let due = overhead.deciding + overhead.lobbying + overhead.oversight + overhead.accountability;
    let o = &mut state.organisations[o];
    // The home work of those outside is not the movement's: they pay out of what their hub leaves for learning.
    let useful = if o.kind.outside() { Work::ZERO } else { o.support_left + o.queue.budget };
    let there = o.learning + useful;
    if due.0 <= 0.0 || there.0 <= 0.0 {
        return;
    }
    let paid = if due.0 > there.0 { there / due } else { 1.0 };
    let from_learning = (due * paid).min(o.learning);
    o.learning -= from_learning;
    let left = 1.0 - (due * paid - from_learning).share_of(useful).min(1.0);
    o.support_left = o.support_left * left;
    o.queue.budget = o.queue.budget * left;
    let trust = &mut record.year.trust;
    trust.deciding += overhead.deciding * paid;
    trust.lobbying += overhead.lobbying * paid;
    trust.oversight += overhead.oversight * paid;
    trust.accountability += overhead.accountability * paid;
}

#[cfg(test)]
mod tests;
