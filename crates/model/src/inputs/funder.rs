//! Funders, as a scenario states them.

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
    /// Growth of the pot in addition to its indexation, 1/year.
    pub growth: f64,
    /// Share of inflation that is added to the growth of the pot, 0–1.
    pub indexed: f64,
    /// Volatility of the pot: standard deviation of the yearly shock of its logarithm.
    pub volatility: f64,
    /// Error with which it sees an applicant's merit: standard deviation.
    pub noise: f64,
    /// Whether it follows the policy under test.
    pub governed: bool,
    /// If it does not: the policy of the scenario whose grant levers it uses; if empty, it grants by its own history.
    pub policy: String,
    /// Weights by which its pot is divided among regions; if empty, it is for all regions.
    pub regions: BTreeMap<String, f64>,
    /// Weights of the themes that it funds; if empty, it funds all themes equally.
    pub themes: BTreeMap<String, f64>,
    /// The grant levers of that policy, filled in when the scenario is read.
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
    meaning: "A source of grants: a fund of the movement, which follows the policy under test, or another one, which \
              grants by a policy and a history of its own.",
    off: None,
    specs: &[
        NAME,
        fact("pot", number(None, (0.0, 1e12), (1e5, 1e8)), "USD/year", "Its pot in year 0."),
        fact(
            "growth",
            number(Some(0.03), (-0.5, 0.5), (0.0, 0.09)),
            "1/year",
            "Growth of the pot, in addition to its indexation.",
        ),
        fact(
            "indexed",
            number(Some(0.0), (0.0, 1.0), (0.0, 1.0)),
            "share",
            "Share of inflation that is added to the growth: at 1, `growth` is growth above inflation.",
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
            "Error with which it sees an applicant's merit: standard deviation.",
        ),
        fact(
            "governed",
            Kind::Flag { default: true },
            "-",
            "Whether it follows the policy under test; policies differ in governed money only.",
        ),
        fact(
            "policy",
            Kind::Reference { to: "policy", required: false },
            "-",
            "For a funder that is not governed: the policy of this scenario whose grant levers it always uses; without \
             one it makes yearly grants in proportion to its own history.",
        ),
        fact(
            "regions",
            Kind::Map { to: "region", default: 0.0, bounds: (0.0, 1e6) },
            "weight",
            "Earmark: its pot is divided among regions by these weights. Without any above 0 it is for all regions.",
        ),
        fact(
            "themes",
            Kind::Map { to: "theme", default: 0.0, bounds: (0.0, 1e6) },
            "weight",
            "Earmark: it judges applicants in these themes, by weight, and organisations without expertise in them do \
             not apply. Without any above 0 it judges applicants in all themes.",
        ),
    ],
};
