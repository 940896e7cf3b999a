//! 1 environment: pots, prices and people online move; shocks strike.
//!
//! *Claim.* Money is uncertain: a funder's pot follows a trend with autocorrelated deviations (AR(1) on its
//! logarithm, mean-corrected so that the expected pot is the trend), and now and then a funder leaves. Regions come
//! online along a logistic curve, prices wander around their level, a region may be cut off from the others for a
//! year, a theme may surge. None of it depends on the policy.
//!
//! *Equations.* d' = φ d + σ z; pot = trend · exp(d' − ½σ²/(1−φ²)); online' = online + g · online · (1 − online/0.97
//! population); ln price' = ln price + ½ (ln level − ln price) + σ z, the level growing with inflation.
//! *Source.* AR(1): EVIDENCE of grant budgets growing incrementally with rare punctuations (Davis, Dempster &
//! Wildavsky 1966; Jones & Baumgartner 2005).

use crate::chance::Purpose;
use crate::model::ledger::Event;
use crate::model::setup::Shock;
use crate::model::world::World;
use crate::parameters;
use crate::quantity::catalogue::Off;

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
    inflation: 0.025, -0.1..=1.0, 0.0..0.05, "1/year", "assumed";
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
pub fn run(world: &mut World) {
    move_pots(world);
    move_regions(world);
    cut_regions_off(world);
    let p = &world.parameters.environment;
    let luck = world.luck.on(Purpose::Surge, world.year);
    for theme in &mut world.themes {
        theme.surge = if luck.of(theme.key).chance(0, p.surge_chance) { p.surge_factor } else { 1.0 };
        let named = |shock: &Shock| shock.theme == theme.name;
        theme.surge *= planned(&world.shocks, world.year, named, |shock| shock.need);
    }
}

/// The pots of year 0, at their trend.
pub fn open_pots(world: &mut World) {
    for funder in &mut world.funders {
        funder.pot = funder.trend;
    }
}

fn move_pots(world: &mut World) {
    let p = &world.parameters.environment;
    let (walk, shocks) = (world.luck.on(Purpose::Pot, world.year), world.luck.on(Purpose::FundingShock, world.year));
    let mut growth = 0.0;
    for (index, funder) in world.funders.iter_mut().enumerate() {
        let sd = funder.volatility * p.pot_scale;
        funder.deviation = p.pot_persistence * funder.deviation + sd * walk.of(funder.key).normal(0);
        funder.trend = funder.trend * (1.0 + funder.growth);
        let correction = 0.5 * sd * sd / (1.0 - p.pot_persistence * p.pot_persistence);
        funder.pot = funder.trend * libm::exp(funder.deviation - correction);
        let struck = shocks.of(funder.key).chance(0, p.shock_chance);
        let chance = if struck { p.shock_factor } else { 1.0 };
        let named = |shock: &Shock| shock.funder == funder.name;
        let factor = chance * planned(&world.shocks, world.year, named, |shock| shock.pot);
        if factor != 1.0 {
            funder.pot = funder.pot * factor;
            let id = crate::ids::FunderId::at(index);
            world.ledger.note(world.quarter, Event::FundingShock { funder: id, factor });
        }
        growth += funder.growth;
    }
    if !world.funders.is_empty() {
        world.budget_index *= 1.0 + growth / world.funders.len() as f64;
    }
}

fn move_regions(world: &mut World) {
    let p = &world.parameters.environment;
    let luck = world.luck.on(Purpose::Prices, world.year);
    for region in &mut world.regions {
        let room = 1.0 - region.online / (REACH * region.population);
        region.online += region.online_growth * region.online * room.max(0.0);
        region.price_trend *= 1.0 + p.inflation;
        let off = libm::log(region.price_trend / region.price_level);
        region.price_level *= libm::exp(0.5 * off + p.price_volatility * luck.of(region.key).normal(0));
    }
}

fn cut_regions_off(world: &mut World) {
    let p = &world.parameters.environment;
    let luck = world.luck.on(Purpose::CutOff, world.year);
    let factors: Vec<f64> = world
        .regions
        .iter()
        .map(|region| {
            let chance = if luck.of(region.key).chance(0, p.cutoff_chance) { p.cutoff_affinity } else { 1.0 };
            let named = |shock: &Shock| shock.region == region.name;
            chance * planned(&world.shocks, world.year, named, |shock| shock.affinity)
        })
        .collect();
    let n = world.regions.len();
    for a in 0..n {
        for b in 0..n {
            let factor = if a == b { 1.0 } else { factors[a] * factors[b] };
            world.affinity[a * n + b] = world.affinity_trend[a * n + b] * factor;
        }
    }
}

/// The product of the factors of all dated shocks that name something and last through a year.
fn planned(shocks: &[Shock], year: u32, named: impl Fn(&Shock) -> bool, factor: impl Fn(&Shock) -> f64) -> f64 {
    let year = f64::from(year);
    let strikes = |shock: &&Shock| shock.year <= year && year < shock.year + shock.years && named(shock);
    shocks.iter().filter(strikes).map(factor).product()
}
