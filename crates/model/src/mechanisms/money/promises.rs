//! Grants of several years: promises are paid before new awards.
//!
//! *Equations.*
//!
//! ```text
//! due  = promised · (1 + inflation)
//! paid = due · min(1, pot / sum of due)
//! ```

use crate::ids::{FunderId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::money::{Decided, pay};
use crate::record::Record;
use crate::state::{Organisation, State};
use crate::units::Money;

/// Pays earlier promises out of a lot, indexed, in proportion if the lot is too small. Returns the rest of the lot. No
/// draws.
pub(super) fn keep_promises(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    funder: FunderId,
    region: Option<RegionId>,
    pot: Money,
) -> Money {
    let index = 1.0 + cx.parameters.environment.inflation;
    let due: Money = promised(state, funder, region).map(|(_, yearly)| yearly * index).sum();
    let scale = if due.0 > pot.0 { pot / due } else { 1.0 };
    let payments: Vec<(usize, Money)> =
        promised(state, funder, region).map(|(i, yearly)| (i, yearly * (index * scale))).collect();
    for organisation in state.organisations.iter_mut().filter(|o| region.is_none_or(|region| region == o.region)) {
        for commitment in organisation.commitments.iter_mut().filter(|c| c.funder == funder) {
            commitment.yearly = commitment.yearly * index;
            commitment.years_left -= 1;
        }
        organisation.commitments.retain(|c| c.years_left > 0);
    }
    for &(i, amount) in &payments {
        let grant = Decided { organisation: OrganisationId::from_index(i), request: amount, amount };
        pay(cx, state, record, funder, grant);
    }
    (pot - due * scale).max(Money::ZERO)
}

/// The organisations of a lot with promises of a funder, and the money promised for this year before indexation.
fn promised(state: &State, funder: FunderId, region: Option<RegionId>) -> impl Iterator<Item = (usize, Money)> + '_ {
    let of_funder = move |(i, o): (usize, &'_ Organisation)| {
        let yearly: Money = o.commitments.iter().filter(|c| c.funder == funder).map(|c| c.yearly).sum();
        (yearly.0 > 0.0).then_some((i, yearly))
    };
    let in_lot = move |o: &Organisation| o.active() && region.is_none_or(|region| region == o.region);
    state.organisations.iter().enumerate().filter(move |(_, o)| in_lot(o)).filter_map(of_funder)
}
