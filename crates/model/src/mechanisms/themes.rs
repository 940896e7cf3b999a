//! 2 themes: needs drift, themes are born and fade, and the best approach to each theme moves.
//!
//! *Claim.* What people need changes, and so does the best way of doing it: an approach that fits today may not fit
//! tomorrow.
//!
//! *Equations.* Each year:
//!
//! ```text
//! ln local' = ln local + need_drift · z                         (per theme and region)
//! presence  = min(1, FIRST_PRESENCE + birth_ramp · years since birth) · (1 − fade_rate)^(years since fading began)
//! need      = weight · local · presence · surge / (sum over themes)      (per region)
//! optimum'  = optimum + drift · drift_scale · z, and ± JUMP with probability jump_chance      (mod 1)
//! ```
//!
//! A share `reinterest` of volunteers draws another theme from the need of their region.
//!
//! *Draws.* Need drift, optimum, reinterest. *Off.* need_drift = drift_scale = jump_chance = reinterest = 0.
//!
//! *Source.* Moving optima on epistemic landscapes: March 1991, Weisberg & Muldoon 2009; for a warning about their rules
//! of behaviour see Alexander et al. 2015.

use crate::catalogue::Off;
use crate::ids::ThemeId;
use crate::mechanisms::Context;
use crate::parameters;
use crate::random::{Decision, Threshold};
use crate::record::Record;
use crate::record::events::builders;
use crate::state::theme::{move_along, signed_distance};
use crate::state::volunteers::{Volunteer, each_found, flag};
use crate::state::{State, Theme};

parameters! {
    /// Areas of expertise: drift of needs and of the best approach.
    pub struct ThemeParameters in "themes",
        off Off::Set(&[("need_drift", 0.0), ("drift_scale", 0.0), ("jump_chance", 0.0), ("reinterest", 0.0)]);
    /// Standard deviation of the yearly step of the logarithm of a region's need for a theme.
    need_drift: f64 = 0.06, 0.0..=1.0, 0.0..0.15, "log units/year", "assumed";
    /// Yearly growth of the presence of a theme after its birth, up to 1.
    birth_ramp: f64 = 0.35, 0.01..=10.0, 0.1..0.8, "1/year", "assumed";
    /// Share of its presence that a fading theme loses in a year.
    fade_rate: f64 = 0.25, 0.0..=1.0, 0.1..0.5, "1/year", "assumed";
    /// Factor on every theme's drift of its best approach.
    drift_scale: f64 = 1.0, 0.0..=10.0, 0.0..3.0, "factor", "assumed";
    /// Probability that the best approach of a theme jumps by a quarter of the circle.
    jump_chance: f64 = 0.04, 0.0..=1.0, 0.0..0.15, "1/theme/year", "assumed";
    /// Share of volunteers who change to another theme in a year.
    reinterest: f64 = 0.08, 0.0..=1.0, 0.02..0.2, "1/year", "assumed";
}

/// Presence of a theme in the year of its birth, share; assumed: a quarter of its later need.
const FIRST_PRESENCE: f64 = 0.25;
/// Length of a jump of the optimum, circle; assumed: a quarter, at which an old approach keeps 0.56 of its fit.
const JUMP: f64 = 0.25;

/// Moves needs, optima and interests by a year. Draws: need drift, optimum, reinterest.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let parameters = &cx.parameters.themes;
    let (drift, optimum) =
        (cx.random.decision(Decision::NeedDrift, cx.now.year()), cx.random.decision(Decision::Optimum, cx.now.year()));
    for theme in &mut state.themes {
        for (local, region) in theme.local.iter_mut().zip(&state.regions) {
            *local += parameters.need_drift * drift.entity(theme.key).with(region.key).normal(0);
        }
        theme.presence = presence(theme, cx.now.year(), parameters);
        let stream = optimum.entity(theme.key);
        let mut step = theme.drift * parameters.drift_scale * stream.normal(0);
        theme.jumped = stream.bernoulli(1, parameters.jump_chance);
        if theme.jumped {
            step += if stream.bernoulli(2, 0.5) { JUMP } else { -JUMP };
        }
        theme.moved = signed_distance(theme.optimum, move_along(theme.optimum, step)).abs();
        theme.optimum = move_along(theme.optimum, step);
    }
    update_need(state);
    change_interests(cx, state);
    builders::come_and_gone(cx.now, state, record);
}

/// Presence of a theme in a year: grows after its birth, falls after its fading begins.
fn presence(theme: &Theme, year: u32, parameters: &ThemeParameters) -> f64 {
    let grown = match theme.born {
        0 => 1.0,
        born if year < born => 0.0,
        born => (FIRST_PRESENCE + parameters.birth_ramp * f64::from(year - born)).min(1.0),
    };
    let years_faded = theme.fades.map_or(0, |fades| year.saturating_sub(fades));
    (0..years_faded).fold(grown, |left, _| left * (1.0 - parameters.fade_rate))
}

/// Sets the share of each theme in each region's need, from weights, drift, presence and surges.
pub fn update_need(state: &mut State) {
    for region in state.region_ids() {
        let row = state.need.row_mut(region);
        for (share, theme) in row.iter_mut().zip(&state.themes) {
            *share = theme.weight * libm::exp(theme.local[region]) * theme.presence * theme.surge;
        }
        let total: f64 = row.iter().sum();
        if total > 0.0 {
            row.iter_mut().for_each(|share| *share /= total);
        }
    }
}

/// Some volunteers change to another theme, drawn from the need of their region.
fn change_interests(cx: &Context, state: &mut State) {
    let stream = cx.random.decision(Decision::InterestChange, cx.now.year());
    let (n, chance) = (state.themes.len(), cx.parameters.themes.reinterest);
    let threshold = Threshold::from_probability(chance);
    let below: Vec<f64> = state.need.rows().flat_map(cumulative).collect();
    let turns = |volunteer: &mut Volunteer| stream.entity(volunteer.key).occurs(0, threshold);
    each_found(&mut state.volunteers, turns, |_, volunteer| {
        let r = volunteer.region.index();
        let theme = theme_at_quantile(&below[r * n..(r + 1) * n], stream.entity(volunteer.key).uniform(1));
        // Who was referred in the former theme knows nobody in the new one.
        if theme != volunteer.theme {
            (volunteer.theme, volunteer.flags) = (theme, volunteer.flags & !(flag::SENT | flag::WAYS));
        }
    });
}

/// Cumulative sums of a region's need: for each theme, the need up to and including it.
pub fn cumulative(need: &[f64]) -> impl Iterator<Item = f64> {
    need.iter().scan(0.0, |below, share| {
        *below += share;
        Some(*below)
    })
}

/// The theme at a quantile of a region's need, from its cumulative sums: the same as [`draw_theme`], fast for many
/// draws.
pub fn theme_at_quantile(below: &[f64], quantile: f64) -> ThemeId {
    // Counts sums at or below the draw instead of stopping at the first above: a draw is unpredictable for a branch.
    let index = below.iter().map(|&below| usize::from(below <= quantile)).sum::<usize>();
    // Rounding may leave the last sum a little below 1: then the last theme with any need is meant.
    let last = || below.partition_point(|&sum| sum < below[below.len() - 1]);
    ThemeId::from_index(if index < below.len() { index } else { last() })
}

/// The theme at a quantile of a region's need.
pub fn draw_theme(need: &[f64], quantile: f64) -> ThemeId {
    let mut below = 0.0;
    for (t, &share) in need.iter().enumerate() {
        below += share;
        if quantile < below {
            return ThemeId::from_index(t);
        }
    }
    let last = need.iter().rposition(|&share| share > 0.0).unwrap_or(0);
    ThemeId::from_index(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{REJECT, inputs, simulation, simulation_of, switch_off, z_of_count, z_of_mean};
    use crate::simulation::Simulation;

    fn interests(sim: &Simulation) -> Vec<ThemeId> {
        sim.state.volunteers.iter().map(|v| v.theme).collect()
    }

    #[test]
    fn switched_off_needs_optima_and_interests_stay() {
        let mut inputs = inputs();
        switch_off(&mut inputs.parameters, "themes");
        let mut sim = simulation_of(&inputs);
        let before = sim.clone();
        for year in 1..=10 {
            sim.conditions.now.set_year(year);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        }
        assert_eq!(sim.state.need, before.state.need);
        assert_eq!(interests(&sim), interests(&before));
        assert!(sim.state.themes.iter().zip(&before.state.themes).all(|(now, then)| now.optimum == then.optimum));
    }

    #[test]
    fn who_changes_interest_knows_nobody_there() {
        let mut sim = simulation();
        sim.conditions.parameters.themes.reinterest = 0.5;
        sim.state.volunteers.iter_mut().for_each(|v| v.flags |= flag::SENT | flag::ASKED);
        let before = interests(&sim);
        change_interests(&sim.conditions.context(), &mut sim.state);
        let mut changed = 0;
        for (volunteer, theme) in sim.state.volunteers.iter().zip(before) {
            let stays = volunteer.theme == theme;
            assert_eq!(volunteer.flags & (flag::SENT | flag::ASKED), flag::ASKED | (flag::SENT * u8::from(stays)));
            changed += u32::from(!stays);
        }
        assert!(changed > 10, "{changed}");
    }

    #[test]
    fn shares_of_need_sum_to_one_in_every_region() {
        let mut sim = simulation();
        for year in 1..=30 {
            sim.conditions.now.set_year(year);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            for need in sim.state.need.rows() {
                assert!((need.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_theme_is_drawn_as_often_as_it_is_needed() {
        let need = [0.2, 0.0, 0.5, 0.3];
        let mut counts = [0; 4];
        (0..1000).for_each(|i| counts[draw_theme(&need, (f64::from(i) + 0.5) / 1000.0).index()] += 1);
        assert_eq!(counts, [200, 0, 500, 300]);
        assert_eq!(draw_theme(&need, 1.0).index(), 3, "rounding never leaves the list");
    }

    #[test]
    fn themes_are_born_and_fade_on_their_dates() {
        let mut inputs = inputs();
        inputs.theme[1].born = 3.0;
        inputs.theme[2].fades = 5.0.into();
        let mut sim = simulation_of(&inputs);
        assert_eq!(sim.state.need(crate::ids::RegionId(0), ThemeId(1)), 0.0);
        let presence: Vec<(f64, f64)> = (1..=8)
            .map(|year| {
                sim.conditions.now.set_year(year);
                run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
                (sim.state.themes[ThemeId(1)].presence, sim.state.themes[ThemeId(2)].presence)
            })
            .collect();
        let born: Vec<f64> = presence.iter().map(|p| p.0).collect();
        assert_eq!(born, [0.0, 0.0, 0.25, 0.6, 0.95, 1.0, 1.0, 1.0]);
        let fading = [1.0, 1.0, 1.0, 1.0, 1.0, 0.75, 0.5625, 0.421_875];
        assert!(presence.iter().zip(fading).all(|(p, expected)| (p.1 - expected).abs() < 1e-12));
    }

    /// 9,000 steps of the optimum with standard deviation 0.05: a tenth more is rejected.
    #[test]
    fn the_optimum_moves_at_its_stated_speed() {
        let mut sim = simulation();
        sim.conditions.parameters.themes.jump_chance = 0.0;
        sim.conditions.parameters.themes.drift_scale = 2.5;
        let mut squares = Vec::new();
        for year in 1..=3000 {
            let before: Vec<f64> = sim.state.themes.iter().map(|theme| theme.optimum).collect();
            sim.conditions.now.set_year(year);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            squares.extend(
                sim.state
                    .themes
                    .iter()
                    .zip(before)
                    .map(|(t, b)| signed_distance(b, t.optimum) * signed_distance(b, t.optimum)),
            );
        }
        assert!(z_of_mean(&squares, 0.05 * 0.05).abs() < REJECT);
        assert!(z_of_mean(&squares, 0.055 * 0.055).abs() > REJECT, "the mutant passes");
    }

    /// Jumps are a quarter of the circle, as often as stated: 9,000 chances of 0.2; 0.23, the mutant, is rejected.
    #[test]
    fn optima_jump_as_often_as_stated() {
        let mut sim = simulation();
        sim.conditions.parameters.themes.jump_chance = 0.2;
        sim.conditions.parameters.themes.drift_scale = 0.0;
        let mut jumps = 0;
        for year in 1..=3000 {
            let before: Vec<f64> = sim.state.themes.iter().map(|theme| theme.optimum).collect();
            sim.conditions.now.set_year(year);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            for (theme, before) in sim.state.themes.iter().zip(before) {
                let moved = signed_distance(before, theme.optimum).abs();
                assert!(moved < 1e-12 || (moved - 0.25).abs() < 1e-12);
                assert_eq!(theme.jumped, moved > 0.1);
                jumps += usize::from(moved > 0.1);
            }
        }
        assert!(z_of_count(jumps, 9000, 0.2).abs() < REJECT);
        assert!(z_of_count(jumps, 9000, 0.23).abs() > REJECT, "the mutant passes");
    }

    /// With equal needs two of three who turn get another theme: 300 people, 40 years.
    #[test]
    fn interests_turn_as_often_as_stated() {
        let mut sim = simulation();
        sim.conditions.parameters.themes.reinterest = 0.3;
        sim.conditions.parameters.themes.need_drift = 0.0;
        let (mut turned, mut all) = (0, 0);
        for year in 1..=40 {
            let before = interests(&sim);
            sim.conditions.now.set_year(year);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            all += before.len();
            turned += before.iter().zip(&interests(&sim)).filter(|(a, b)| a != b).count();
        }
        assert!(z_of_count(turned, all, 0.2).abs() < REJECT);
        assert!(z_of_count(turned, all, 0.3).abs() > REJECT, "the mutant passes");
    }
}
