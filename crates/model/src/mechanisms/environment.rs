//! Environment: pots, prices and people online change, and shocks occur.
//!
//! *Claim.* Money is uncertain: a funder's pot follows a trend with autocorrelated deviations, corrected so that the
//! expected pot is the trend, and in some years a funder withdraws in part. Regions come online along a logistic curve,
//! prices vary around their level, a region may be cut off from the others for a year, and the need for a theme may
//! surge. Nothing of this depends on the policy.
//!
//! *Equations.* In year t, with z standard normal:
//!
//! ```text
//! sd          = volatility · pot_scale
//! deviation  ← pot_persistence · deviation + sd · z
//! trend      ← trend · (1 + growth)
//! pot         = trend · exp(deviation − ½ · sd² · (1 − pot_persistence²ᵗ)/(1 − pot_persistence²)) · shocks
//! budget      = budget in year 0 · product of (1 + mean growth of the governed pots) · shocks      (the foundation's)
//! online     ← online + online_growth · online · max(0, 1 − online/(0.97 · population))
//! price_trend ← price_trend · (1 + inflation)
//! price_level ← price_level · exp(½ · ln(price_trend/price_level) + price_volatility · z)
//! affinity    = affinity_trend · cutoff_affinity for each of the two regions that is cut off
//! surge       = surge_factor with probability surge_chance, else 1
//! ```
//!
//! *Source.* AR(1): grant budgets grow incrementally, with rare punctuations (Davis, Dempster & Wildavsky 1966; Jones &
//! Baumgartner 2005). *Draws.* Pot, FundingShock, Prices, CutOff, Surge. *Off.* `pot_persistence`, `pot_scale`,
//! `inflation`, `price_volatility` and all probabilities of shocks at 0.

use crate::catalogue::Off;
use crate::ids::{FunderId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::Event;
use crate::shock::Shock;
use crate::state::{Region, State};

parameters! {
    /// The environment of the movement: pots, prices, people online, shocks.
    pub struct EnvironmentParameters in "environment",
        off Off::Set(&[("pot_persistence", 0.0), ("pot_scale", 0.0), ("shock_chance", 0.0), ("inflation", 0.0), ("price_volatility", 0.0), ("cutoff_chance", 0.0), ("surge_chance", 0.0)]);
    /// Part of a pot's deviation from its trend that remains a year later: AR(1).
    pot_persistence: f64 = 0.5, 0.0..=0.99, 0.0..0.8, "share", "assumed";
    /// Factor on the volatility of all funders; at 0 pots follow their trend.
    pot_scale: f64 = 1.0, 0.0..=5.0, 0.0..2.0, "factor", "assumed";
    /// Probability that a funder withdraws in part for a year.
    shock_chance: f64 = 0.04, 0.0..=1.0, 0.0..0.1, "1/year", "assumed; the Foundation cut 8 M USD in 2023-24 and one hub of four was interrupted";
    /// Factor on the pot of a funder in such a year.
    shock_factor: f64 = 0.75, 0.0..=1.0, 0.5..0.95, "factor", "assumed";
    /// Growth of all price levels.
    inflation: f64 = 0.025, -0.1..=1.0, 0.01..0.04, "1/year", "assumed; central banks aim at 0.02";
    /// Standard deviation of the yearly change of a region's price level.
    price_volatility: f64 = 0.03, 0.0..=0.5, 0.0..0.08, "log units/year", "assumed";
    /// Probability that a region is cut off from the others for a year.
    cutoff_chance: f64 = 0.03, 0.0..=1.0, 0.0..0.08, "1/region/year", "assumed";
    /// Factor on the affinity of a region that is cut off to all others.
    cutoff_affinity: f64 = 0.4, 0.0..=1.0, 0.2..0.8, "factor", "assumed";
    /// Probability that the need for a theme surges for a year.
    surge_chance: f64 = 0.1, 0.0..=1.0, 0.0..0.2, "1/theme/year", "assumed";
    /// Factor on the need for a theme that surges.
    surge_factor: f64 = 1.6, 0.0..=10.0, 1.1..2.5, "factor", "assumed";
}

/// Largest share of a population that can come online; assumed: some people never do.
pub const REACH: f64 = 0.97;
/// Part of the difference between a price level and its trend that a year removes, in logarithms; assumed.
const PRICE_RETURN: f64 = 0.5;

/// Changes the environment by a year. Draws: Pot, FundingShock, Prices, CutOff, Surge.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    update_pots(cx, state, record);
    update_regions(cx, state);
    cut_regions_off(cx, state, record);
    surge_themes(cx, state, record);
}

/// Sets the pots of year 0 to their trend.
pub fn open_pots(state: &mut State) {
    for funder in &mut state.funders {
        funder.pot = funder.trend;
    }
}

fn update_pots(cx: &Context, state: &mut State, record: &mut Record) {
    let parameters = &cx.parameters.environment;
    let deviations = cx.random.decision(Decision::Pot, cx.now.year());
    let shocks = cx.random.decision(Decision::FundingShock, cx.now.year());
    let (mut growth, mut governed) = (0.0, 0.0);
    for (index, funder) in state.funders.iter_mut().enumerate() {
        let sd = funder.volatility * parameters.pot_scale;
        funder.deviation = parameters.pot_persistence * funder.deviation + sd * deviations.entity(funder.key).normal(0);
        funder.trend = funder.trend * (1.0 + funder.growth);
        let correction = 0.5 * sd * sd * relative_variance(parameters.pot_persistence, cx.now.year());
        funder.pot = funder.trend * libm::exp(funder.deviation - correction);
        let withdraws = shocks.entity(funder.key).bernoulli(0, parameters.shock_chance);
        let random_factor = if withdraws { parameters.shock_factor } else { 1.0 };
        let named = |shock: &Shock| shock.funder == funder.name;
        let factor = random_factor * dated_factor(cx.shocks, cx.now.year(), named, |shock| shock.pot);
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
        state.budget_trend *= 1.0 + growth / governed;
    }
    let foundation = dated_factor(cx.shocks, cx.now.year(), |_| true, |shock| shock.foundation);
    state.budget_index = state.budget_trend * foundation;
}

/// Variance in a year of an AR(1) deviation that began at 0, relative to that of one step: (1 − φ²ᵗ)/(1 − φ²).
fn relative_variance(persistence: f64, year: u32) -> f64 {
    let squared = persistence * persistence;
    (1.0 - libm::pow(squared, f64::from(year))) / (1.0 - squared)
}

fn update_regions(cx: &Context, state: &mut State) {
    let parameters = &cx.parameters.environment;
    let stream = cx.random.decision(Decision::Prices, cx.now.year());
    for region in &mut state.regions {
        region.online += region.online_growth * region.online * unreached(region);
        region.price_trend *= 1.0 + parameters.inflation;
        let deviation = libm::log(region.price_trend / region.price_level);
        let noise = parameters.price_volatility * stream.entity(region.key).normal(0);
        region.price_level *= libm::exp(PRICE_RETURN * deviation + noise);
    }
}

/// Growth of a region's people online in the next year, 1/year.
pub fn growth_of_online(region: &Region) -> f64 {
    region.online_growth * unreached(region)
}

/// Share of the people whom a region can bring online that is not online yet.
fn unreached(region: &Region) -> f64 {
    (1.0 - region.online / (REACH * region.population)).max(0.0)
}

fn cut_regions_off(cx: &Context, state: &mut State, record: &mut Record) {
    let parameters = &cx.parameters.environment;
    let stream = cx.random.decision(Decision::CutOff, cx.now.year());
    let factors: Vec<f64> = state
        .regions
        .iter()
        .map(|region| {
            let cut_off = stream.entity(region.key).bernoulli(0, parameters.cutoff_chance);
            let random_factor = if cut_off { parameters.cutoff_affinity } else { 1.0 };
            let named = |shock: &Shock| shock.region == region.name;
            random_factor * dated_factor(cx.shocks, cx.now.year(), named, |shock| shock.affinity)
        })
        .collect();
    for (region, &factor) in factors.iter().enumerate().filter(|&(_, &factor)| factor != 1.0) {
        record.note(cx.now, Event::CutOff { region: RegionId::from_index(region), factor });
    }
    for region in state.region_ids() {
        for other in state.region_ids() {
            let factor = if region == other { 1.0 } else { factors[region] * factors[other] };
            state.affinity[(region, other)] = state.affinity_trend[(region, other)] * factor;
        }
    }
}

fn surge_themes(cx: &Context, state: &mut State, record: &mut Record) {
    let parameters = &cx.parameters.environment;
    let stream = cx.random.decision(Decision::Surge, cx.now.year());
    for (index, theme) in state.themes.iter_mut().enumerate() {
        let surges = stream.entity(theme.key).bernoulli(0, parameters.surge_chance);
        theme.surge = if surges { parameters.surge_factor } else { 1.0 };
        let named = |shock: &Shock| shock.theme == theme.name;
        theme.surge *= dated_factor(cx.shocks, cx.now.year(), named, |shock| shock.need);
        if theme.surge != 1.0 && theme.presence > 0.0 {
            let event = Event::Surge { theme: ThemeId::from_index(index), factor: theme.surge };
            record.note(cx.now, event);
        }
    }
}

/// Mean price level relative to year 0: all price levels return to it.
pub fn price_index(cx: &Context) -> f64 {
    libm::pow(1.0 + cx.parameters.environment.inflation, f64::from(cx.now.year()))
}

/// Factor of this year's dated shocks on the hubs' money from the pots.
pub fn hubs_factor(cx: &Context) -> f64 {
    dated_factor(cx.shocks, cx.now.year(), |_| true, |shock| shock.hubs)
}

/// Product of the factors of the dated shocks that last through a year and name the entity in question.
fn dated_factor(shocks: &[Shock], year: u32, named: impl Fn(&Shock) -> bool, factor: impl Fn(&Shock) -> f64) -> f64 {
    let year = f64::from(year);
    let applies = |shock: &&Shock| shock.year <= year && year < shock.year + shock.years && named(shock);
    shocks.iter().filter(applies).map(factor).product()
}

#[cfg(test)]
mod tests;
