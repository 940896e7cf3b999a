//! Environment: pots, prices and people online move; shocks strike.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// The world around the movement: money, prices, people online, shocks.
    pub struct EnvironmentParameters in "environment",
        off Off::Set(&[("pot_persistence", 0.0), ("pot_scale", 0.0), ("shock_chance", 0.0), ("price_volatility", 0.0), ("cutoff_chance", 0.0), ("surge_chance", 0.0)]);
    /// How much of a year's deviation of a pot from its trend is left the year after: AR(1).
    pot_persistence: 0.5, 0.0..=0.99, 0.0..0.8, "share", "assumed";
    /// Factor on every funder's volatility; 0 leaves the trend alone.
    pot_scale: 1.0, 0.0..=5.0, 0.0..2.0, "factor", "assumed";
    /// Chance that a year is a funding shock: a funder leaves, in part.
    shock_chance: 0.04, 0.0..=1.0, 0.0..0.1, "1/year", "assumed; the Foundation cut 8 M USD in 2023-24 and one hub of four was interrupted";
    /// A funder's pot in a shock year.
    shock_factor: 0.75, 0.0..=1.0, 0.5..0.95, "factor", "assumed";
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
