//! A source of grants, as a scenario tells it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Kind, Section};
use crate::inputs::{NAME, fact, number};
use crate::policy::levers::GrantLevers;

/// A source of grants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Funder {
    /// Its name.
    pub name: String,
    /// Its pot in year 0, USD a year.
    pub pot: f64,
    /// Growth of the pot, 1/year, beside what follows prices.
    pub growth: f64,
    /// Part of inflation that the pot follows, 0–1.
    pub indexed: f64,
    /// Volatility of the pot: standard deviation of the yearly shock of its logarithm.
    pub volatility: f64,
    /// Noise of what it sees of an applicant's merit, standard deviation.
    pub noise: f64,
    /// Whether it follows the policy under test.
    pub governed: bool,
    /// If it does not: the policy of the scenario whose grant levers it uses; empty: it gives by its own history.
    pub policy: String,
    /// Its pot by region, weights; without any, it is for anywhere.
    pub regions: BTreeMap<String, f64>,
    /// What it asks for by theme, weights; without any, for no theme in particular.
    pub themes: BTreeMap<String, f64>,
    /// The grant levers of that policy: the scenario floor looks them up.
    #[serde(skip)]
    pub grants: GrantLevers,
}

impl Default for Funder {
    fn default() -> Self {
        Funder {
            name: String::new(),
            pot: 0.0,
            growth: 0.0,
            indexed: 0.0,
            volatility: 0.0,
            noise: 0.0,
            governed: true,
            policy: String::new(),
            regions: BTreeMap::new(),
            themes: BTreeMap::new(),
            grants: GrantLevers::default(),
        }
    }
}

/// Catalogue of `[[funder]]`.
pub const FUNDER: Section = Section {
    name: "funder",
    meaning: "A source of grants: the movement's own, which follows the policy under test, or another's, which gives \
              by a policy of its own and remembers for itself whom it gave.",
    off: None,
    specs: &[
        NAME,
        fact("pot", number(None, (0.0, 1e12), (1e5, 1e8)), "USD/year", "Its pot in year 0."),
        fact(
            "growth",
            number(Some(0.03), (-0.5, 0.5), (0.0, 0.09)),
            "1/year",
            "Growth of the pot, beside what follows prices.",
        ),
        fact(
            "indexed",
            number(Some(0.0), (0.0, 1.0), (0.0, 1.0)),
            "share",
            "Part of inflation that the pot follows: at 1, `growth` is growth above inflation.",
        ),
        fact(
            "volatility",
            number(Some(0.05), (0.0, 1.0), (0.0, 0.15)),
            "log units/√year",
            "Standard deviation of the yearly shock of the pot's logarithm.",
        ),
        fact(
            "noise",
            number(Some(0.15), (0.0, 2.0), (0.05, 0.4)),
            "score",
            "Noise of what it sees of an applicant's merit: standard deviation.",
        ),
        fact(
            "governed",
            Kind::Flag { default: true },
            "-",
            "Whether it follows the policy under test; the policies compared move governed money only.",
        ),
        fact(
            "policy",
            Kind::Reference { to: "policy", required: false },
            "-",
            "For a funder that is not governed: the policy of this scenario whose grant levers it always uses; without \
             one it gives in proportion to its own history, for a year.",
        ),
        fact(
            "regions",
            Kind::Map { to: "region", default: 0.0, bounds: (0.0, 1e6) },
            "weight",
            "Earmark: its pot is divided among regions by these weights. Without any above 0 it is for anywhere.",
        ),
        fact(
            "themes",
            Kind::Map { to: "theme", default: 0.0, bounds: (0.0, 1e6) },
            "weight",
            "Earmark: it looks at applicants in these themes, by weight, and those without expertise in any of them do \
             not ask. Without any above 0 it asks for no theme in particular.",
        ),
    ],
};
