//! 1 environment: pots, prices and people online move; shocks strike.
//!
//! *Claim.* Money is uncertain: a funder's pot follows a trend with autocorrelated deviations (AR(1) on its
//! logarithm, mean-corrected so that the expected pot is the trend), and now and then a funder leaves. Regions come
//! online along a logistic curve, prices wander around their level, a region may be cut off from the others for a
//! year, a theme may surge. None of it depends on the policy.
//!
//! *Equations.* d' = φ d + σ z; pot = trend · exp(d' − ½ var d'); online' = online + g · online · (1 − online/0.97
//! population); ln price' = ln price + ½ (ln level − ln price) + σ z, the level growing with inflation.
//! *Source.* AR(1): EVIDENCE of grant budgets growing incrementally with rare punctuations (Davis, Dempster &
//! Wildavsky 1966; Jones & Baumgartner 2005).

use crate::catalogue::Off;
use crate::ids::{FunderId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::Event;
use crate::shock::Shock;
use crate::state::State;

parameters! {
    /// The world around the movement: money, prices, people online, shocks.
    pub struct EnvironmentParameters in "environment",
        off Off::Set(&[("pot_persistence", 0.0), ("pot_scale", 0.0), ("shock_chance", 0.0), ("inflation", 0.0), ("price_volatility", 0.0), ("cutoff_chance", 0.0), ("surge_chance", 0.0)]);
    /// How much of a year's deviation of a pot from its trend is left the year after: AR(1).
    pot_persistence: 0.5, 0.0..=0.99, 0.0..0.8, "share", "assumed";
    /// Factor on every funder's volatility; 0 leaves the trend alone.
    pot_scale: 1.0, 0.0..=5.0, 0.0..2.0, "factor", "assumed";
    /// Chance that a year is a funding shock: a funder leaves, in part.
    shock_chance: 0.04, 0.0..=1.0, 0.0..0.1, "1/year", "assumed; the Foundation cut 8 M USD in 2023-24 and one hub of four was interrupted";
    /// A funder's pot in a shock year.
    shock_factor: 0.75, 0.0..=1.0, 0.5..0.95, "factor", "assumed";
    /// Growth of all price levels.
    inflation: 0.025, -0.1..=1.0, 0.01..0.04, "1/year", "assumed; central banks aim at 0.02";
    /// Volatility of a region's price level.
    price_volatility: 0.03, 0.0..=0.5, 0.0..0.08, "log units/year", "assumed";
    /// Chance that a region is cut off from the others for a year.
    cutoff_chance: 0.03, 0.0..=1.0, 0.0..0.08, "1/region/year", "assumed";
    /// Affinity of a region that is cut off, to all others.
    cutoff_affinity: 0.4, 0.0..=1.0, 0.2..0.8, "factor", "assumed";
    /// Chance that a theme surges for a year.
    surge_chance: 0.1, 0.0..=1.0, 0.0..0.2, "1/theme/year", "assumed";
    /// Need for a theme that surges.
    surge_factor: 1.6, 0.0..=10.0, 1.1..2.5, "factor", "assumed";
}

/// Share of a population that can come online.
pub const REACH: f64 = 0.97;

/// Moves the world around the movement by a year. Draws: pot, shock, prices, cut-offs, surges.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    move_pots(cx, state, record);
    move_regions(cx, state);
    cut_regions_off(cx, state, record);
    let p = &cx.parameters.environment;
    let stream = cx.random.decision(Decision::Surge, cx.now.year());
    for (index, theme) in state.themes.iter_mut().enumerate() {
        theme.surge = if stream.entity(theme.key).bernoulli(0, p.surge_chance) { p.surge_factor } else { 1.0 };
        let named = |shock: &Shock| shock.theme == theme.name;
        theme.surge *= planned(cx.shocks, cx.now.year(), named, |shock| shock.need);
        if theme.surge != 1.0 && theme.presence > 0.0 {
            let event = Event::Surge { theme: ThemeId::from_index(index), factor: theme.surge };
            record.note(cx.now, event);
        }
    }
}

/// The pots of year 0, at their trend.
pub fn open_pots(state: &mut State) {
    for funder in &mut state.funders {
        funder.pot = funder.trend;
    }
}

fn move_pots(cx: &Context, state: &mut State, record: &mut Record) {
    let p = &cx.parameters.environment;
    let (walk, shocks) =
        (cx.random.decision(Decision::Pot, cx.now.year()), cx.random.decision(Decision::FundingShock, cx.now.year()));
    let (mut growth, mut governed) = (0.0, 0.0);
    for (index, funder) in state.funders.iter_mut().enumerate() {
        let sd = funder.volatility * p.pot_scale;
        funder.deviation = p.pot_persistence * funder.deviation + sd * walk.entity(funder.key).normal(0);
        funder.trend = funder.trend * (1.0 + funder.growth);
        let correction = 0.5 * sd * sd * spread(p.pot_persistence, cx.now.year());
        funder.pot = funder.trend * libm::exp(funder.deviation - correction);
        let struck = shocks.entity(funder.key).bernoulli(0, p.shock_chance);
        let chance = if struck { p.shock_factor } else { 1.0 };
        let named = |shock: &Shock| shock.funder == funder.name;
        let factor = chance * planned(cx.shocks, cx.now.year(), named, |shock| shock.pot);
        if factor != 1.0 {
            funder.pot = funder.pot * factor;
            record.note(cx.now, Event::FundingShock { funder: FunderId::from_index(index), factor });
        }
        if funder.governed() {
            growth += funder.growth;
            governed += 1.0;
        }
    }
    if governed > 0.0 {
        state.budget_index *= 1.0 + growth / governed;
    }
}

/// Variance of an AR(1) deviation that began at 0, relative to that of a step: (1 − φ²ᵗ)/(1 − φ²).
fn spread(persistence: f64, year: u32) -> f64 {
    let kept = persistence * persistence;
    (1.0 - libm::pow(kept, f64::from(year))) / (1.0 - kept)
}

fn move_regions(cx: &Context, state: &mut State) {
    let p = &cx.parameters.environment;
    let stream = cx.random.decision(Decision::Prices, cx.now.year());
    for region in &mut state.regions {
        let room = 1.0 - region.online / (REACH * region.population);
        region.online += region.online_growth * region.online * room.max(0.0);
        region.price_trend *= 1.0 + p.inflation;
        let off = libm::log(region.price_trend / region.price_level);
        region.price_level *= libm::exp(0.5 * off + p.price_volatility * stream.entity(region.key).normal(0));
    }
}

fn cut_regions_off(cx: &Context, state: &mut State, record: &mut Record) {
    let p = &cx.parameters.environment;
    let stream = cx.random.decision(Decision::CutOff, cx.now.year());
    let factors: Vec<f64> = state
        .regions
        .iter()
        .map(|region| {
            let chance = if stream.entity(region.key).bernoulli(0, p.cutoff_chance) { p.cutoff_affinity } else { 1.0 };
            let named = |shock: &Shock| shock.region == region.name;
            chance * planned(cx.shocks, cx.now.year(), named, |shock| shock.affinity)
        })
        .collect();
    for (r, &factor) in factors.iter().enumerate().filter(|&(_, &factor)| factor != 1.0) {
        record.note(cx.now, Event::CutOff { region: RegionId::from_index(r), factor });
    }
    for a in state.region_ids() {
        for b in state.region_ids() {
            let factor = if a == b { 1.0 } else { factors[a] * factors[b] };
            state.affinity[(a, b)] = state.affinity_trend[(a, b)] * factor;
        }
    }
}

/// What dated shocks leave of the hubs' money from the pots this year.
pub fn hubs_factor(cx: &Context) -> f64 {
    planned(cx.shocks, cx.now.year(), |_| true, |shock| shock.hubs)
}

/// The product of the factors of all dated shocks that name something and last through a year.
fn planned(shocks: &[Shock], year: u32, named: impl Fn(&Shock) -> bool, factor: impl Fn(&Shock) -> f64) -> f64 {
    let year = f64::from(year);
    let strikes = |shock: &&Shock| shock.year <= year && year < shock.year + shock.years && named(shock);
    shocks.iter().filter(strikes).map(factor).product()
}

#[cfg(test)]
mod tests;
