//! Earmarks of a funder: regions, each with a share of the pot, and themes, by which it selects applicants.

use crate::ids::{FunderId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::state::{Funder, State};
use crate::units::Money;

/// The lots of a pot: one for each earmarked region, or one for all regions.
pub fn lots(funder: &Funder, pot: Money) -> Vec<(Option<RegionId>, Money)> {
    if funder.regions.is_empty() {
        return vec![(None, pot)];
    }
    let shares = funder.regions.iter().enumerate().filter(|&(_, &share)| share > 0.0);
    shares.map(|(r, &share)| (Some(RegionId::from_index(r)), pot * share)).collect()
}

/// The place of a lot among those of its funder: its region's, or the first for a pot that is one lot.
pub fn lot_index(region: Option<RegionId>) -> usize {
    region.map_or(0, RegionId::index)
}

/// Whether an organisation may apply for a lot: it is in its region, and has
/// [`least_fit`](super::MoneyParameters::least_fit) in a theme of the funder.
pub fn may_apply(cx: &Context, state: &State, funder: FunderId, region: Option<RegionId>, id: OrganisationId) -> bool {
    let organisation = &state.organisations[id];
    let least = cx.parameters.money.least_fit;
    let themes = &state.funders[funder].themes;
    let knows = || themes.iter().zip(&organisation.expertise).any(|(&weight, &known)| weight > 0.0 && known >= least);
    region.is_none_or(|region| region == organisation.region) && (themes.is_empty() || knows())
}

/// Expertise weighted by the themes of a funder; `None` for a funder of all themes.
pub fn weighted_expertise(state: &State, funder: FunderId, id: OrganisationId) -> Option<f64> {
    weighted(state, funder, |t| state.organisations[id].expertise[t])
}

/// Values by theme, weighted by the themes of a funder; `None` for a funder of all themes.
pub fn weighted(state: &State, funder: FunderId, value: impl Fn(ThemeId) -> f64) -> Option<f64> {
    let themes = &state.funders[funder].themes;
    (!themes.is_empty())
        .then(|| themes.iter().enumerate().map(|(t, weight)| weight * value(ThemeId::from_index(t))).sum())
}

/// The pot of a funder as seen from a region, for comparison with other funders: the pot, or, with regional lots, the
/// region's lot times the number of regions.
pub fn comparable_pot(state: &State, funder: FunderId, region: RegionId) -> Money {
    let funder = &state.funders[funder];
    match funder.regions.get(region.index()) {
        Some(share) => funder.pot * (share * state.regions.len() as f64),
        None => funder.pot,
    }
}
