//! A funder's call for applications: lots, applications, and awards so far.

use crate::ids::{FunderId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::money::applications::{Asked, FunderView, Lot, applications};
use crate::mechanisms::money::{earmark, governed_pots, promises};
use crate::policy::Applicant;
use crate::policy::levers::GrantLevers;
use crate::record::Record;
use crate::state::{Funder, State};
use crate::units::Money;

/// One funder's call of a year, lot by lot.
pub struct GrantCall {
    /// The funder.
    pub funder: FunderId,
    /// The grant levers that the funder uses.
    pub levers: GrantLevers,
    /// Lots that are not awarded yet: the region of each, if it is for one, and its money.
    lots: std::vec::IntoIter<(Option<RegionId>, Money)>,
    /// What the funder sees of last year's service.
    view: FunderView,
    /// Money of all lots so far that was not awarded.
    pub(super) unspent: Money,
}

/// The applications for one lot.
pub struct Applications {
    /// The region that the lot is for, if it is for one.
    pub(super) region: Option<RegionId>,
    /// The money of the lot, promises included.
    pub(super) lot: Money,
    /// The money that is open for applications.
    pub pot: Money,
    /// Organisations that the lot is for and that pass the screen, whether they apply or not.
    pub(super) admitted: usize,
    /// What applicants that pass the screen wanted beyond what they can absorb.
    pub(super) beyond_absorption: Money,
    /// The applicants' ids, in order.
    pub organisations: Vec<OrganisationId>,
    /// What the funder sees of each.
    pub applicants: Vec<Applicant>,
    /// The share of each region in the pot.
    pub regional_shares: Vec<f64>,
    /// Money awarded to each so far.
    pub granted: Vec<Money>,
    /// Applications that the funder itself still has to decide about: empty until regional hubs have decided.
    pub open: Vec<Applicant>,
}

impl Applications {
    /// Applications for money that may go to any region.
    pub fn new(
        pot: Money,
        organisations: Vec<OrganisationId>,
        applicants: impl IntoIterator<Item = Applicant>,
    ) -> Applications {
        let (granted, open) = (vec![Money::ZERO; organisations.len()], Vec::new());
        let (applicants, regional_shares) = (applicants.into_iter().collect(), Vec::new());
        Applications {
            region: None,
            lot: pot,
            pot,
            admitted: organisations.len(),
            beyond_absorption: Money::ZERO,
            organisations,
            applicants,
            regional_shares,
            granted,
            open,
        }
    }
}

/// The grant levers that a funder uses: those of the policy under test if it is governed, else its own.
pub(super) fn grant_levers<'a>(cx: &'a Context, funder: &'a Funder) -> &'a GrantLevers {
    if funder.governed() { &cx.policy.grants } else { &funder.grants }
}

impl GrantCall {
    /// The call of a funder.
    pub fn new(cx: &Context, state: &State, funder: FunderId) -> GrantCall {
        let of_funder = &state.funders[funder];
        let levers = grant_levers(cx, of_funder).clone();
        let open = if of_funder.governed() {
            let for_grants = 1.0 - (state.paid_to_hubs + state.desk.money).share_of(governed_pots(state));
            (of_funder.pot + of_funder.paid_in) * for_grants
        } else {
            of_funder.pot
        };
        let lots = earmark::lots(of_funder, open).into_iter();
        GrantCall { funder, levers, lots, view: FunderView::new(state, funder), unspent: Money::ZERO }
    }

    /// Pays promises out of the next lot, if there is one, and collects the applications for the rest. Draws: apply,
    /// grant noise.
    pub fn next_lot(&mut self, cx: &Context, state: &mut State, record: &mut Record) -> Option<Applications> {
        let (region, lot) = self.lots.next()?;
        let pot = promises::keep_promises(cx, state, record, self.funder, region, lot);
        let paid_before = state.funders[self.funder].paid_before[earmark::lot_index(region)];
        let room = (lot - paid_before).max(Money::ZERO);
        let Asked { admitted, beyond_absorption, organisations, applicants } =
            applications(cx, state, &self.view, Lot { region, room });
        let regional_shares = match region {
            // A lot is entirely for its own region.
            Some(own) => state.region_ids().map(|r| f64::from(u8::from(r == own))).collect(),
            None => super::grant_shares(state),
        };
        let applications = Applications::new(pot, organisations, applicants);
        Some(Applications { region, lot, admitted, beyond_absorption, regional_shares, ..applications })
    }
}
