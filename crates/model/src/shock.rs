//! A shock with a date, of the world or of one policy.

use serde::{Deserialize, Serialize};

/// A shock with a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shock {
    /// Year in which it strikes.
    pub year: f64,
    /// How many years it lasts.
    pub years: f64,
    /// The funder whose pot it changes.
    pub funder: String,
    /// The pot, factor.
    pub pot: f64,
    /// The region it cuts off.
    pub region: String,
    /// Affinity of that region to others, factor.
    pub affinity: f64,
    /// The theme that surges.
    pub theme: String,
    /// Need for that theme, factor.
    pub need: f64,
    /// Money of hubs from the pots, where it is not promised, factor.
    pub hubs: f64,
}

impl Default for Shock {
    fn default() -> Self {
        Shock {
            year: 1.0,
            years: 1.0,
            funder: String::new(),
            pot: 1.0,
            region: String::new(),
            affinity: 1.0,
            theme: String::new(),
            need: 1.0,
            hubs: 1.0,
        }
    }
}
