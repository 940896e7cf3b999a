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
use crate::state::{Owed, State};
use crate::units::Work;

/// Duties of a quarter.
#[derive(Clone, Copy, Debug, Default)]
struct Duties {
    deciding: Work,
    lobbying: Work,
    oversight: Work,
    accountability: Work,
}

/// Takes the quarter's duties from what `capacity` has split. Before the first year there is nothing to govern. No draws.
pub fn pay(cx: &Context, state: &mut State, record: &mut Record) {
    if cx.now.year() == 0 {
        return;
    }
    let watched: Vec<bool> = state.organisations.ids().map(|o| conduct::watched(cx, state, o)).collect();
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
            let duties = duties(cx, state, o, watched[o.index()], hub_staff[o.index()], central);
            take(state, record, o, duties);
        }
        state.organisations[o].owed = Owed::default();
    }
}

fn duties(cx: &Context, state: &State, o: OrganisationId, watched: bool, hubs: Work, central: usize) -> Duties {
    let (p, o) = (&cx.parameters.conduct, &state.organisations[o]);
    let (oversight, accountability) = (cx.policy.governance.oversight, cx.policy.governance.accountability);
    let seen = hubs + if watched { (o.staff + o.labour).quarterly_work() } else { Work::ZERO };
    let overseeing = Work(p.overseeing_work * oversight * central as f64);
    Duties {
        deciding: o.owed.deciding,
        lobbying: o.owed.lobbying,
        oversight: seen * (p.oversight_work * oversight) + overseeing,
        accountability: seen * (p.accountability_work * accountability) + o.owed.answering,
    }
}

fn take(state: &mut State, record: &mut Record, o: OrganisationId, duties: Duties) {
    let due = duties.deciding + duties.lobbying + duties.oversight + duties.accountability;
    let o = &mut state.organisations[o];
    // The home work of those outside is not the movement's: they pay out of what their hub leaves for learning.
    let useful = if o.kind.outside() { Work::ZERO } else { o.support_left + o.desk.budget };
    let there = o.learning + useful;
    if due.0 <= 0.0 || there.0 <= 0.0 {
        return;
    }
    let paid = if due.0 > there.0 { there / due } else { 1.0 };
    let from_learning = (due * paid).min(o.learning);
    o.learning -= from_learning;
    let left = 1.0 - (due * paid - from_learning).share_of(useful).min(1.0);
    o.support_left = o.support_left * left;
    o.desk.budget = o.desk.budget * left;
    let movement = &mut record.movement;
    movement.deciding_work += duties.deciding * paid;
    movement.lobbying_work += duties.lobbying * paid;
    movement.oversight_work += duties.oversight * paid;
    movement.accountability_work += duties.accountability * paid;
}

#[cfg(test)]
#[path = "duties_tests.rs"]
mod tests;
