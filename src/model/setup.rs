//! What a trial starts from: the facts of one world, with every uncertain number drawn.
//!
//! The scenario floor reads files into these structs; nothing here knows about files. Each struct has a
//! catalogue section beside it, from which checks, `explain` and the schema are made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::parameters::Parameters;
use crate::policy::levers::{GrantLevers, KINDS, OrganisationKind};
use crate::quantity::catalogue::{Kind, Number, Section, Spec};

/// One world: facts and behaviour, all numbers drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setup {
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
    /// Year in which it begins to fade; 0 = never.
    pub fades: f64,
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

/// A source of grants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Funder {
    /// Its name.
    pub name: String,
    /// Its pot in year 0, USD a year.
    pub pot: f64,
    /// Growth of the pot, 1/year.
    pub growth: f64,
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
            whole(Some(0.0), (0.0, 500.0), (0.0, 20.0)),
            "year",
            "Year in which its need begins to fade; 0 = never.",
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

/// Catalogue of `[[funder]]`.
pub const FUNDER: Section = Section {
    name: "funder",
    meaning: "A source of grants: the movement's own, which follows the policy under test, or another's, which gives \
              by a policy of its own and remembers for itself whom it gave.",
    off: None,
    specs: &[
        NAME,
        fact("pot", number(None, (0.0, 1e12), (1e5, 1e8)), "USD/year", "Its pot in year 0."),
        fact("growth", number(Some(0.03), (-0.5, 0.5), (0.0, 0.09)), "1/year", "Growth of the pot."),
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

/// All entity sections, in the order of the file.
pub const ENTITIES: &[Section] = &[REGION, THEME, ORGANISATION, FUNDER, SHOCK];
