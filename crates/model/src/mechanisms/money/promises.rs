//! Grants of several years: what was promised is paid first.
//!
//! *Equations.* A promise is indexed with the trend of the pot, and all of them are scaled in proportion when the pot
//! falls short.

use crate::ids::{FunderId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::money::pay;
use crate::record::Record;
use crate::state::{Organisation, State};
use crate::units::Money;

/// Pays what was promised in earlier years out of a lot, indexed, and in proportion if there is too little. Gives what
/// is left. No draws.
pub(super) fn keep_promises(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    funder: FunderId,
    region: Option<RegionId>,
    pot: Money,
) -> Money {
    let index = 1.0 + state.funders[funder].growth;
    let due: Money = promised(state, funder, region).map(|(_, yearly)| yearly * index).sum();
    let scale = if due.0 > pot.0 { pot / due } else { 1.0 };
    let payments: Vec<(usize, Money)> =
        promised(state, funder, region).map(|(i, yearly)| (i, yearly * (index * scale))).collect();
    for o in state.organisations.iter_mut().filter(|o| region.is_none_or(|region| region == o.region)) {
        for commitment in o.commitments.iter_mut().filter(|c| c.funder == funder) {
            commitment.yearly = commitment.yearly * index;
            commitment.years_left -= 1;
        }
        o.commitments.retain(|c| c.years_left > 0);
    }
    for &(i, amount) in &payments {
        pay(cx, state, record, funder, OrganisationId::from_index(i), amount, amount);
    }
    (pot - due * scale).max(Money::ZERO)
}

fn promised(state: &State, funder: FunderId, region: Option<RegionId>) -> impl Iterator<Item = (usize, Money)> + '_ {
    let of = move |(i, o): (usize, &'_ Organisation)| {
        let yearly: Money = o.commitments.iter().filter(|c| c.funder == funder).map(|c| c.yearly).sum();
        (yearly.0 > 0.0).then_some((i, yearly))
    };
    let there = move |o: &Organisation| o.active() && region.is_none_or(|region| region == o.region);
    state.organisations.iter().enumerate().filter(move |(_, o)| there(o)).filter_map(of)
}
