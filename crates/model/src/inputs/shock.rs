//! A shock with a date, of the world or of one policy.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Kind, Section};
use crate::inputs::{fact, number, whole};

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

/// Catalogue of `[[shock]]`.
pub const SHOCK: Section = Section {
    name: "shock",
    meaning: "A shock with a date: to a funder's pot, a region's affinity to others, the need for a theme, or the \
              money of hubs. In a policy (`[[policy.shock]]`) it strikes under that policy only.",
    off: None,
    specs: &[
        fact("year", whole(None, (1.0, 500.0), (1.0, 20.0)), "year", "Year in which it strikes."),
        fact("years", whole(Some(1.0), (1.0, 500.0), (1.0, 5.0)), "years", "How many years it lasts."),
        fact("funder", Kind::Reference { to: "funder", required: false }, "-", "The funder whose pot it changes."),
        fact("pot", number(Some(1.0), (0.0, 100.0), (0.3, 1.5)), "factor", "The pot in those years."),
        fact("region", Kind::Reference { to: "region", required: false }, "-", "The region it cuts off."),
        fact(
            "affinity",
            number(Some(1.0), (0.0, 1.0), (0.2, 1.0)),
            "factor",
            "Affinity of that region to all others in those years.",
        ),
        fact("theme", Kind::Reference { to: "theme", required: false }, "-", "The theme that surges."),
        fact("need", number(Some(1.0), (0.0, 100.0), (0.5, 3.0)), "factor", "Need for that theme in those years."),
        fact(
            "hubs",
            number(Some(1.0), (0.0, 1.0), (0.0, 1.0)),
            "factor",
            "Money of all hubs from the pots in those years, but for what was promised them before; 0 interrupts it.",
        ),
    ],
};
