//! Themes: needs drift, themes are born and fade, the best approach moves.

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
