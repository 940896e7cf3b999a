//! Rows of the movement.

use crate::mechanisms::partnerships::SEVERAL;
use crate::record::MovementRow;
use crate::record::rows::MovementObserved;
use crate::state::{State, WorkQueue};
use crate::units::{Money, Work};

use super::YearEnd;

impl YearEnd<'_> {
    /// The row of the movement.
    pub(super) fn movement(&self) -> MovementRow {
        let state = self.state;
        let reserves: Money = state.organisations.iter().map(|o| o.reserves).sum();
        let hubs: Money = state.mandates.iter().map(|m| m.reserves).sum();
        let partnerships = &state.partnerships.list;
        let circles = || state.affiliates().map(|id| state.partnerships.collaborations(id));
        let present = || state.themes.iter().filter(|theme| theme.presence > 0.0);
        let observed = MovementObserved {
            carried: between_quarters(state, |queue| queue.carried),
            support_kept: between_quarters(state, |queue| queue.balance.max(Work::ZERO)),
            support_owed: between_quarters(state, |queue| (Work::ZERO - queue.balance).max(Work::ZERO)),
            reserves: (reserves + hubs + state.desk.reserves).0,
            mandates: state.hub_count() as u32,
            forgone: self.flow(state.mandates.iter().map(|m| m.year.forgone).sum()),
            organisations: state.affiliates().count() as u32,
            outsiders: state.outsiders().count() as u32,
            partnerships: partnerships.len() as u32,
            partnerships_of_three: partnerships.iter().filter(|p| p.members.len() >= SEVERAL).count() as u32,
            in_partnerships: circles().filter(|circle| circle.links > 0).count() as u32,
            in_partnerships_of_three: circles().filter(|circle| circle.joint > 0).count() as u32,
            themes_unnoticed: present().filter(|theme| !theme.noticed).count() as u32,
            themes_unserved: present().filter(|theme| theme.served_in.is_none()).count() as u32,
            solved: self.flow(self.record.regions.iter().map(|region| region.solved).sum()),
        };
        MovementRow::from_sums(&self.record.movement, self.now.year(), observed)
    }
}

/// Work of a kind that is kept or owed between quarters, of organisations and mandates; of closed ones until it is booked.
fn between_quarters(state: &State, of: impl Fn(&WorkQueue) -> Work) -> f64 {
    let queues = state.organisations.iter().map(|o| &o.queue).chain(state.mandates.iter().map(|m| &m.queue));
    queues.map(|queue| of(queue).0).sum()
}
