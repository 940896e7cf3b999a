//! 2 themes: needs drift, themes are born and fade, the best approach moves.
//!
//! *Claim.* What is needed changes, and so does the best way of doing it: an approach that fits today may not fit
//! tomorrow. *Equations.* ln need' = ln need + σ z per region and theme, normalised per region; a theme's presence
//! ramps up from 0.25 after its birth and falls after it fades; optimum' = optimum + drift · z, and with a small
//! chance a quarter of the circle on. *Source.* Moving optima on epistemic landscapes: March 1991, Weisberg & Muldoon
//! 2009 (as a warning about rules, see Alexander et al. 2015).

use crate::chance::Purpose;
use crate::model::world::World;
use crate::model::world::theme::moved;
use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// Areas of expertise: how needs move, and how the best way of doing things moves.
    pub struct ThemeParameters in "themes",
        off Off::Set(&[("need_drift", 0.0), ("drift_scale", 0.0), ("jump_chance", 0.0), ("reinterest", 0.0)]);
    /// Yearly drift of the logarithm of a region's need for a theme.
    need_drift: 0.06, 0.0..=1.0, 0.0..0.15, "log units/year", "assumed";
    /// Growth of the need for a theme after its birth, until it is full.
    birth_ramp: 0.35, 0.01..=10.0, 0.1..0.8, "1/year", "assumed";
    /// Fall of the need for a theme that fades.
    fade_rate: 0.25, 0.0..=1.0, 0.1..0.5, "1/year", "assumed";
    /// Factor on every theme's drift of its best approach.
    drift_scale: 1.0, 0.0..=10.0, 0.0..3.0, "factor", "assumed";
    /// Chance that the best approach of a theme jumps by a quarter of the circle.
    jump_chance: 0.04, 0.0..=1.0, 0.0..0.15, "1/theme/year", "assumed";
    /// Share of volunteers who turn to another theme in a year.
    reinterest: 0.08, 0.0..=1.0, 0.02..0.2, "1/year", "assumed";
}

/// How present a theme is in the year of its birth.
const FIRST_PRESENCE: f64 = 0.25;

/// Moves needs, optima and interests by a year. Draws: need drift, optimum, reinterest.
pub fn run(world: &mut World) {
    let p = &world.parameters.themes;
    let (drift, optimum) = (world.luck.on(Purpose::NeedDrift, world.year), world.luck.on(Purpose::Optimum, world.year));
    for theme in &mut world.themes {
        for (local, region) in theme.local.iter_mut().zip(&world.regions) {
            *local += p.need_drift * drift.of(theme.key).and_of(region.key).normal(0);
        }
        theme.presence = presence(theme, world.year, p);
        let luck = optimum.of(theme.key);
        let mut step = theme.drift * p.drift_scale * luck.normal(0);
        if luck.chance(1, p.jump_chance) {
            step += if luck.chance(2, 0.5) { 0.25 } else { -0.25 };
        }
        theme.optimum = moved(theme.optimum, step);
    }
    weigh(world);
    turn(world);
}

fn presence(theme: &crate::model::world::Theme, year: u32, p: &ThemeParameters) -> f64 {
    let up = match theme.born {
        0 => 1.0,
        born if year < born => 0.0,
        born => (FIRST_PRESENCE + p.birth_ramp * f64::from(year - born)).min(1.0),
    };
    let faded = if theme.fades > 0 { year.saturating_sub(theme.fades) } else { 0 };
    (0..faded).fold(up, |left, _| left * (1.0 - p.fade_rate))
}

/// Shares of need per region, from weights, drift, presence and surges.
pub fn weigh(world: &mut World) {
    let n = world.themes.len();
    for r in 0..world.regions.len() {
        let row = &mut world.need[r * n..(r + 1) * n];
        for (share, theme) in row.iter_mut().zip(&world.themes) {
            *share = theme.weight * libm::exp(theme.local[r]) * theme.presence * theme.surge;
        }
        let total: f64 = row.iter().sum();
        if total > 0.0 {
            row.iter_mut().for_each(|share| *share /= total);
        }
    }
}

/// Some volunteers turn to another theme, drawn from their region's need.
fn turn(world: &mut World) {
    let luck = world.luck.on(Purpose::Reinterest, world.year);
    let (n, chance) = (world.themes.len(), world.parameters.themes.reinterest);
    let people = &mut world.volunteers;
    for i in 0..people.len() {
        let mine = luck.of(people.key[i]);
        if mine.chance(0, chance) {
            let r = people.region[i].index();
            people.theme[i] = draw_theme(&world.need[r * n..(r + 1) * n], mine.uniform(1));
        }
    }
}

/// Sums of a region's need up to each theme.
pub fn cumulative(need: &[f64]) -> impl Iterator<Item = f64> {
    need.iter().scan(0.0, |below, share| {
        *below += share;
        Some(*below)
    })
}

/// The theme at a quantile of a region's need, given its sums: the same as [`draw_theme`], for many draws.
pub fn pick_theme(below: &[f64], u: f64) -> crate::ids::ThemeId {
    // Without a branch a theme: nobody can foresee a draw.
    let at = below.iter().map(|&below| usize::from(below <= u)).sum::<usize>();
    let last = || below.partition_point(|&sum| sum < below[below.len() - 1]);
    crate::ids::ThemeId::at(if at < below.len() { at } else { last() })
}

/// The theme at a quantile of a region's need.
pub fn draw_theme(need: &[f64], u: f64) -> crate::ids::ThemeId {
    let mut below = 0.0;
    for (t, &share) in need.iter().enumerate() {
        below += share;
        if u < below {
            return crate::ids::ThemeId::at(t);
        }
    }
    let last = need.iter().rposition(|&share| share > 0.0).unwrap_or(0);
    crate::ids::ThemeId::at(last)
}
