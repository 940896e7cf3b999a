//! A shock with a date, of the world, of one policy or of one arm.

use serde::{Deserialize, Serialize};

/// A shock with a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shock {
    /// Year in which it begins.
    pub year: f64,
    /// Number of years that it lasts.
    pub years: f64,
    /// The funder whose pot it changes; empty if none.
    pub funder: String,
    /// Factor on the pot.
    pub pot: f64,
    /// The region that it cuts off from others; empty if none.
    pub region: String,
    /// Factor on the affinity of that region to others.
    pub affinity: f64,
    /// The theme whose need it changes; empty if none.
    pub theme: String,
    /// Factor on the need for that theme.
    pub need: f64,
    /// Factor on the money of hubs from the pots, except money that is promised.
    pub hubs: f64,
    /// Factor on the foundation's movement budget, what it handed over included.
    pub foundation: f64,
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
            foundation: 1.0,
        }
    }
}
