//! What a trial starts from: the facts of one world, with every uncertain number drawn.
//!
//! The scenario floor reads files into these structs; nothing here knows about files. Each struct has a
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

/// One world: facts and behaviour, all numbers drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Inputs {
    /// People one volunteer agent stands for.
    pub people_per_agent: f64,
    /// Parts of the world, 1 to 32.
    pub region: Vec<Region>,
    /// Areas of expertise, 1 to 32.
    pub theme: Vec<Theme>,
    /// Organisations at the start; an entry with `count` stands for that many.
    pub organisation: Vec<Organisation>,
    /// Sources of grants.
    pub funder: Vec<Funder>,
    /// Shocks with a date.
    pub shock: Vec<Shock>,
    /// How much more the organisation that is drawn begins with, as a share of what it has; 0 = nobody has more.
    pub head_start: f64,
    /// Behaviour.
    #[serde(flatten)]
    pub parameters: Parameters,
}

/// A part of the world.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// The group it belongs to; `underserved` is what floors and measures ask for.
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
    /// How far volunteers have reached what the region can sustain, share.
    pub saturation: f64,
    /// Grants to its organisations in the year before the start, USD.
    pub grants: f64,
    /// Share of volunteers who know the foundation as a door.
    pub foundation_known: f64,
    /// Affinity to other regions by name, 0–1; 1 to itself.
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
    /// Year in which it is born; 0 = there from the start.
    pub born: f64,
    /// Year in which its need begins to fade, if it ever does.
    pub fades: Limit,
    /// Speed at which the best approach drifts, circles per √year.
    pub drift: f64,
    /// Part of the foundation's year-0 work, relative to other themes.
    pub priority: f64,
    /// Whether it is the foundation's core (technology).
    pub core: bool,
}

/// An organisation at the start, or `count` of them alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organisation {
    /// Its name; several are numbered after it.
    pub name: String,
    /// How many alike.
    pub count: f64,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Its region.
    pub region: String,
    /// Years since founding.
    pub age: f64,
    /// Staff, FTE; of several, the mean.
    pub staff: f64,
    /// Spread of size among several: standard deviation of the logarithm.
    pub spread: f64,
    /// Part of the region's year-0 grants, relative to the region's other organisations.
    pub grant_weight: f64,
    /// Share of the region's people online whom it serves.
    pub community: f64,
    /// Mean expertise per theme at the start.
    pub expertise: f64,
    /// Does nothing at all: for tests of independence.
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
            inert: false,
        }
    }
}

const fn number(default: Option<f64>, bounds: (f64, f64), range: (f64, f64)) -> Kind {
    Kind::Number(Number { default, bounds, range, whole: false })
}

const fn whole(default: Option<f64>, bounds: (f64, f64), range: (f64, f64)) -> Kind {
    Kind::Number(Number { default, bounds, range, whole: true })
}

const fn fact(key: &'static str, kind: Kind, unit: &'static str, meaning: &'static str) -> Spec {
    Spec { key, meaning, kind, unit, source: "the scenario's", neutral: "" }
}

const NAME: Spec = fact("name", Kind::Text, "-", "Its name, unique in its list; luck is addressed by it.");

/// Catalogue of the top level of a scenario: what is a number of the world. (The rest, such as `name`,
/// `extends` and `policies`, belongs to the scenario floor.)
pub const WORLD: Section = Section {
    name: "",
    meaning: "The scenario itself.",
    off: None,
    specs: &[fact(
        "people_per_agent",
        number(Some(30.0), (0.1, 1e6), (1.0, 100.0)),
        "people/agent",
        "People that one volunteer agent stands for: resolution, not a fact.",
    )],
};

/// Catalogue of `[[region]]`.
pub const REGION: Section = Section {
    name: "region",
    meaning: "A part of the world.",
    off: None,
    specs: &[
        NAME,
        fact("group", Kind::Text, "-", "The group it belongs to; `underserved` is what floors and measures ask for."),
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
            "How far volunteers have reached, in year 0, what the region's people online can sustain.",
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
            "Share of volunteers who know the foundation as a place to ask.",
        ),
        fact(
            "affinity",
            Kind::Map { to: "region", default: 0.4, bounds: (0.0, 1.0) },
            "share",
            "Affinity to other regions (language, time zone, culture); the mean of both directions holds.",
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
            "Year in which it is born; 0 = there from the start.",
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
            "Part of the foundation's year-0 work, relative to other themes.",
        ),
        fact("core", Kind::Flag { default: false }, "-", "Whether it is the foundation's core (technology)."),
    ],
};

/// Catalogue of `[[organisation]]`.
pub const ORGANISATION: Section = Section {
    name: "organisation",
    meaning: "An organisation at the start, or `count` of them alike.",
    off: None,
    specs: &[
        NAME,
        fact("count", whole(Some(1.0), (1.0, 5000.0), (1.0, 200.0)), "organisations", "How many alike."),
        fact("kind", Kind::Choice { options: KINDS, default: "chapter" }, "-", "Its kind."),
        fact("region", Kind::Reference { to: "region", required: true }, "-", "Its region."),
        fact("age", number(Some(5.0), (0.0, 200.0), (0.0, 20.0)), "years", "Years since founding."),
        fact("staff", number(Some(0.0), (0.0, 1e5), (0.0, 200.0)), "FTE", "Staff; of several, the mean."),
        fact(
            "spread",
            number(Some(0.0), (0.0, 3.0), (0.0, 1.5)),
            "log units",
            "Spread of size among several: standard deviation of the logarithm.",
        ),
        fact(
            "grant_weight",
            number(Some(1.0), (0.0, 1e9), (0.0, 1e6)),
            "weight",
            "Part of the region's year-0 grants, relative to the region's other organisations.",
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
            "inert",
            Kind::Flag { default: false },
            "-",
            "It applies for nothing, serves nobody and makes nothing: for tests of independence.",
        ),
    ],
};

/// All entity sections, in the order of the file.
pub const ENTITIES: &[Section] = &[REGION, THEME, ORGANISATION, FUNDER, SHOCK];
