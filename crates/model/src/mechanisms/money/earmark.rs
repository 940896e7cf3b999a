//! What a funder's money is for: regions, each with a part of the pot, and themes, in which it looks at who asks.

use crate::ids::{FunderId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::state::{Funder, State};
use crate::units::Money;

/// The parts of a pot that are given by themselves: what is earmarked for each region, or all of it for anywhere.
pub fn lots(funder: &Funder, pot: Money) -> Vec<(Option<RegionId>, Money)> {
    if funder.regions.is_empty() {
        return vec![(None, pot)];
    }
    let shares = funder.regions.iter().enumerate().filter(|&(_, &share)| share > 0.0);
    shares.map(|(r, &share)| (Some(RegionId::from_index(r)), pot * share)).collect()
}

/// Whether an organisation may ask a funder for a part of a lot: it is from there, and knows something of what the
/// money is for.
pub fn asks(cx: &Context, state: &State, funder: FunderId, region: Option<RegionId>, id: OrganisationId) -> bool {
    let o = &state.organisations[id];
    let least = cx.parameters.money.least_fit;
    let themes = &state.funders[funder].themes;
    let knows = || themes.iter().zip(&o.expertise).any(|(&weight, &known)| weight > 0.0 && known >= least);
    region.is_none_or(|region| region == o.region) && (themes.is_empty() || knows())
}

/// Expertise in what a funder asks for, weighted; none if it asks for nothing in particular.
pub fn fit(state: &State, funder: FunderId, id: OrganisationId) -> Option<f64> {
    weighted(state, funder, |t| state.organisations[id].expertise[t])
}

/// A number by theme, weighted by what a funder asks for; none if it asks for nothing in particular.
pub fn weighted(state: &State, funder: FunderId, value: impl Fn(ThemeId) -> f64) -> Option<f64> {
    let themes = &state.funders[funder].themes;
    (!themes.is_empty())
        .then(|| themes.iter().enumerate().map(|(t, weight)| weight * value(ThemeId::from_index(t))).sum())
}

/// What a funder has for a region, for comparing it with other funders: its pot, or as much as if all regions had of
/// it what this one has.
pub fn room(state: &State, funder: FunderId, region: RegionId) -> Money {
    let f = &state.funders[funder];
    match f.regions.get(region.index()) {
        Some(share) => f.pot * (share * state.regions.len() as f64),
        None => f.pot,
    }
}
