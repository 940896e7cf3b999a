//! The inputs of a trial: the facts and parameters of one world, with every uncertain number drawn.
//!
//! The crate `hubsim-lab` reads scenario files into these structs; this crate knows no files. Each struct has a
//! catalogue section beside it, from which checks, `explain` and the schema are made.

mod funder;
mod shock;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Course, Kind, Limit, Limited, Number, Section, Spec};
use crate::mechanisms::Parameters;
use crate::policy::levers::{KINDS, OrganisationKind};

pub use funder::{FUNDER, Funder};
pub use shock::{SHOCK, Shock};

/// The facts and parameters of one world, with every uncertain number drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Inputs {
    /// People that one volunteer agent stands for.
    pub people_per_agent: f64,
    /// Regions of the world, 1 to 32.
    pub region: Vec<Region>,
    /// Areas of expertise, 1 to 32.
    pub theme: Vec<Theme>,
    /// Organisations at the start; an entry with `count` stands for that many.
    pub organisation: Vec<Organisation>,
    /// Sources of grants.
    pub funder: Vec<Funder>,
    /// Shocks with a date.
    pub shock: Vec<Shock>,
    /// Staff that the organisation drawn for a head start has in addition, as a share of its staff; 0 = no head start.
    pub head_start: f64,
    /// Parameters of all mechanisms.
    #[serde(flatten)]
    pub parameters: Parameters,
}

/// A region of the world.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// The group that it belongs to; levers and measures refer to the group `underserved`.
    pub group: String,
    /// Population, millions.
    pub population: f64,
    /// People online in year 0, millions.
    pub online: f64,
    /// Growth of people online, 1/year, logistic towards 97 % of the population.
    pub online_growth: f64,
    /// Price level, 1 = reference.
    pub price_level: f64,
    /// Fundraising potential, factor; 1 = reference.
    pub fundraising: f64,
    /// Active volunteers in year 0, people.
    pub volunteers: f64,
    /// Volunteers in year 0, as a share of those whom the region can sustain.
    pub saturation: f64,
    /// Grants to its organisations in the year before the start, USD.
    pub grants: f64,
    /// Share of volunteers who know the foundation as a place to ask for help.
    pub foundation_known: f64,
    /// Affinity to other regions by name, 0–1; to itself it is 1.
    pub affinity: BTreeMap<String, f64>,
}

/// An area of expertise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Need relative to other themes, factor.
    pub need: f64,
    /// Need by region where it differs, factor.
    pub need_in: BTreeMap<String, f64>,
    /// How well its materials work in other regions, share.
    pub reusability: f64,
    /// Year in which it arises; 0 = it exists from the start.
    pub born: f64,
    /// Year in which its need begins to fade, if it ever does.
    pub fades: Limit,
    /// Speed at which the best approach drifts, circles per √year.
    pub drift: f64,
    /// Weight of the theme in the foundation's work of year 0.
    pub priority: f64,
    /// Whether it is a core theme of the foundation (technology).
    pub core: bool,
}

/// An organisation of year 0, or `count` of them with the same values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organisation {
    /// Its name; several organisations are numbered after it.
    pub name: String,
    /// Number of organisations that the entry stands for.
    pub count: f64,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Its region.
    pub region: String,
    /// Years since founding.
    pub age: f64,
    /// Staff, FTE; of several organisations, the mean.
    pub staff: f64,
    /// Spread of size among several organisations: standard deviation of the logarithm.
    pub spread: f64,
    /// Weight in the region's grants of year 0.
    pub grant_weight: f64,
    /// Share of the region's people online whom one such organisation serves.
    pub community: f64,
    /// Mean expertise per theme at the start.
    pub expertise: f64,
    /// Price level of the places where its staff is, 1 = reference; without one, that of its region.
    pub price_level: Limit,
    /// Whether it does nothing at all, for tests that the history of others stays the same.
    pub inert: bool,
}

impl Default for Organisation {
    fn default() -> Self {
        Organisation {
            name: String::new(),
            count: 1.0,
            kind: OrganisationKind::Chapter,
            region: String::new(),
            age: 5.0,
            staff: 0.0,
            spread: 0.0,
            grant_weight: 1.0,
            community: 0.02,
            expertise: 0.25,
            price_level: Limit::None,
            inert: false,
        }
    }
}

/// Affinity of two regions for which a scenario states none.
pub const DEFAULT_AFFINITY: f64 = 0.4;

const fn number(default: Option<f64>, bounds: (f64, f64), range: (f64, f64)) -> Kind {
    Kind::Number(Number { default, bounds, range, whole: false })
}

const fn whole(default: Option<f64>, bounds: (f64, f64), range: (f64, f64)) -> Kind {
    Kind::Number(Number { default, bounds, range, whole: true })
}

const fn fact(key: &'static str, kind: Kind, unit: &'static str, meaning: &'static str) -> Spec {
    Spec { key, meaning, kind, unit, source: "the scenario's", neutral: "" }
}

const NAME: Spec =
    fact("name", Kind::Text, "-", "Its name, unique in its list. It addresses the random numbers of the entity.");

/// Catalogue of the numbers at the top level of a scenario. Other keys, such as `name`, `extends` and `policies`,
/// belong to the crate that reads scenarios.
pub const WORLD: Section = Section {
    name: "",
    meaning: "The scenario itself.",
    off: None,
    specs: &[fact(
        "people_per_agent",
        number(Some(30.0), (0.1, 1e6), (1.0, 100.0)),
        "people/agent",
        "People that one volunteer agent stands for: the resolution of the simulation, not a fact.",
    )],
};

/// Catalogue of `[[region]]`.
pub const REGION: Section = Section {
    name: "region",
    meaning: "A region of the world.",
    off: None,
    specs: &[
        NAME,
        fact(
            "group",
            Kind::Text,
            "-",
            "The group that it belongs to; levers and measures refer to the group `underserved`.",
        ),
        fact("population", number(None, (1e-6, 1e5), (1.0, 3000.0)), "million people", "Population."),
        fact("online", number(None, (1e-6, 1e5), (1.0, 3000.0)), "million people", "People online in year 0."),
        fact(
            "online_growth",
            number(Some(0.0), (-0.5, 1.0), (0.0, 0.3)),
            "1/year",
            "Growth of people online, logistic towards 97 % of the population.",
        ),
        fact("price_level", number(Some(1.0), (0.01, 10.0), (0.2, 1.2)), "factor", "Price level; 1 = reference."),
        fact(
            "fundraising",
            number(Some(1.0), (0.0, 10.0), (0.0, 1.5)),
            "factor",
            "Potential for own income; 1 = reference.",
        ),
        fact("volunteers", number(None, (0.0, 1e9), (100.0, 1e5)), "people", "Active volunteers in year 0."),
        fact(
            "saturation",
            number(Some(0.7), (0.01, 0.99), (0.3, 0.95)),
            "share",
            "Volunteers in year 0, as a share of those whom the region's people online can sustain.",
        ),
        fact(
            "grants",
            number(Some(0.0), (0.0, 1e12), (0.0, 1e7)),
            "USD/year",
            "Grants to its organisations in the year before the start.",
        ),
        fact(
            "foundation_known",
            number(Some(0.3), (0.0, 1.0), (0.1, 0.6)),
            "share",
            "Share of volunteers who know the foundation as a place to ask for help.",
        ),
        fact(
            "affinity",
            Kind::Map { to: "region", default: DEFAULT_AFFINITY, bounds: (0.0, 1.0) },
            "share",
            "Affinity to other regions (language, time zone, culture); of two stated values, the mean holds.",
        ),
    ],
};

/// The years in which a theme may begin to fade.
const FADES: Number = Number { default: None, bounds: (1.0, 500.0), range: (1.0, 20.0), whole: true };

/// Catalogue of `[[theme]]`.
pub const THEME: Section = Section {
    name: "theme",
    meaning: "An area of expertise.",
    off: None,
    specs: &[
        NAME,
        fact("need", number(Some(1.0), (0.0, 100.0), (0.2, 3.0)), "factor", "Need relative to other themes."),
        fact(
            "need_in",
            Kind::Map { to: "region", default: 1.0, bounds: (0.0, 100.0) },
            "factor",
            "Need by region, where it differs.",
        ),
        fact(
            "reusability",
            number(Some(0.6), (0.0, 1.0), (0.2, 0.95)),
            "share",
            "How well its materials work in another region of full affinity.",
        ),
        fact(
            "born",
            whole(Some(0.0), (0.0, 500.0), (0.0, 20.0)),
            "year",
            "Year in which it arises; 0 = it exists from the start.",
        ),
        fact(
            "fades",
            Kind::Limit(Limited { word: "never", number: FADES, course: Course::Fixed }),
            "year",
            "Year in which its need begins to fade.",
        ),
        fact(
            "drift",
            number(Some(0.02), (0.0, 1.0), (0.0, 0.08)),
            "circle/√year",
            "Speed at which the best approach drifts: standard deviation of its yearly step.",
        ),
        fact(
            "priority",
            number(Some(1.0), (0.0, 100.0), (0.0, 5.0)),
            "weight",
            "Weight of the theme in the foundation's work of year 0.",
        ),
        fact("core", Kind::Flag { default: false }, "-", "Whether it is a core theme of the foundation (technology)."),
    ],
};

/// Price levels of the places where an organisation's staff is.
const PRICES: Number = Number { default: None, bounds: (0.01, 10.0), range: (0.2, 1.2), whole: false };

/// Catalogue of `[[organisation]]`.
pub const ORGANISATION: Section = Section {
    name: "organisation",
    meaning: "An organisation of year 0, or `count` of them with the same values.",
    off: None,
    specs: &[
        NAME,
        fact(
            "count",
            whole(Some(1.0), (1.0, 5000.0), (1.0, 200.0)),
            "organisations",
            "Number of organisations that the entry stands for.",
        ),
        fact("kind", Kind::Choice { options: KINDS, default: "chapter" }, "-", "Its kind."),
        fact("region", Kind::Reference { to: "region", required: true }, "-", "Its region."),
        fact("age", number(Some(5.0), (0.0, 200.0), (0.0, 20.0)), "years", "Years since founding."),
        fact("staff", number(Some(0.0), (0.0, 1e5), (0.0, 200.0)), "FTE", "Staff; of several organisations, the mean."),
        fact(
            "spread",
            number(Some(0.0), (0.0, 3.0), (0.0, 1.5)),
            "log units",
            "Spread of size among several organisations: standard deviation of the logarithm.",
        ),
        fact(
            "grant_weight",
            number(Some(1.0), (0.0, 1e9), (0.0, 1e6)),
            "weight",
            "Weight in the region's grants of year 0.",
        ),
        fact(
            "community",
            number(Some(0.02), (0.0, 1.0), (0.0, 0.5)),
            "share",
            "Share of the region's people online whom one such organisation serves.",
        ),
        fact(
            "expertise",
            number(Some(0.25), (0.0, 1.0), (0.05, 0.7)),
            "share",
            "Mean expertise per theme at the start.",
        ),
        fact(
            "price_level",
            Kind::Limit(Limited { word: "regional", number: PRICES, course: Course::Fixed }),
            "factor",
            "Price level of the places where its staff is, 1 = reference; it moves with that of its region. Regional: \
             that of its region.",
        ),
        fact(
            "inert",
            Kind::Flag { default: false },
            "-",
            "It does nothing at all: for tests that the history of others stays the same.",
        ),
    ],
};

/// All entity sections, in the order of the file.
pub const ENTITIES: &[Section] = &[REGION, THEME, ORGANISATION, FUNDER, SHOCK];
