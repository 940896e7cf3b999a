//! The levers of the hub programme.

mod choices;

use serde::{Deserialize, Serialize};

use super::{AFFILIATES, BASE, OrganisationKind, SCORES, ScoreMix, lever, number, path};
use crate::catalogue::{Kind, Path, Section};

pub use choices::{Autonomy, FoundationRole, HubKind, MandateAward, Outcome};

/// The hub programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HubLevers {
    /// Which hubs there are.
    pub kind: HubKind,
    /// Share of the governed pots set aside for hubs.
    pub share: Path,
    /// The most one hub may have of that pot, as a share of the governed pots.
    pub hub_cap: f64,
    /// Mandates at a time, at most; 0 is no limit.
    pub hubs_at_most: Path,
    /// Year of the first wave.
    pub first_year: f64,
    /// Mandates in the pilot wave; 0 is no pilots.
    pub pilots: f64,
    /// Years between the pilots and the first full wave.
    pub pilot_years: f64,
    /// New mandates per wave; 0 is all that are left.
    pub wave_size: f64,
    /// Years between waves.
    pub wave_years: f64,
    /// Years a mandate is given for.
    pub term_years: f64,
    /// Terms in a row a holder may have; 0 is no limit.
    pub term_limit: f64,
    /// Whether the holder may stand where its mandate is given anew.
    pub holder_may_stand: bool,
    /// Years between reviews; 0 is none.
    pub review_years: f64,
    /// What a review asks for, as a share of what the best alternative promises.
    pub strictness: f64,
    /// How far old investment is kept from weighing in a review, 0 to 1.
    pub independence: f64,
    /// What a review may end in besides going on.
    pub outcomes: Vec<Outcome>,
    /// Weight of a fair spread of mandates over regions when candidates are ranked.
    pub spread: f64,
    /// Screen of candidates: years since founding.
    pub min_age_years: f64,
    /// Screen of candidates: staff, FTE.
    pub capacity_floor: f64,
    /// Screen of candidates: kinds.
    pub kinds: Vec<OrganisationKind>,
    /// Screen of candidates: whether those known to have gone astray are kept out.
    pub not_astray: bool,
    /// Screen of candidates: whether external organisations and partners may hold a mandate.
    pub external: bool,
    /// Screen of candidates: partners that a candidate must bring along.
    pub min_partners: f64,
    /// Whether an organisation is founded for a mandate that nobody fits.
    pub may_found: bool,
    /// Screen of candidates: mandates each, at most.
    pub max_each: f64,
    /// Score of candidates.
    pub score: ScoreMix,
    /// Award among candidates.
    pub award: MandateAward,
    /// What the foundation keeps.
    pub foundation: FoundationRole,
    /// Whether a coordinating body takes over the links among hubs.
    pub coordination: bool,
    /// How clear the division of labour between regional and thematic hubs is, 0 to 1.
    pub clarity: f64,
    /// Share of the governed pots that regional hubs re-grant in their regions.
    pub delegated: Path,
    /// Who chooses what a hub works on.
    pub autonomy: Autonomy,
}

impl Default for HubLevers {
    fn default() -> Self {
        use OrganisationKind::*;
        HubLevers {
            kind: HubKind::None,
            share: 0.0.into(),
            hub_cap: 0.03,
            hubs_at_most: 0.0.into(),
            first_year: 1.0,
            pilots: 0.0,
            pilot_years: 2.0,
            wave_size: 0.0,
            wave_years: 2.0,
            term_years: 5.0,
            term_limit: 0.0,
            holder_may_stand: false,
            review_years: 0.0,
            strictness: 0.5,
            independence: 0.0,
            outcomes: vec![Outcome::End],
            spread: 0.0,
            min_age_years: 0.0,
            capacity_floor: 0.0,
            kinds: vec![Chapter, ThematicOrganisation, UserGroup],
            not_astray: false,
            external: false,
            min_partners: 0.0,
            may_found: false,
            max_each: 1.0,
            score: ScoreMix { evidence: 1.0, ..ScoreMix::default() },
            award: MandateAward::Full,
            foundation: FoundationRole::KeepsEverything,
            coordination: false,
            clarity: 0.5,
            delegated: 0.0.into(),
            autonomy: Autonomy::Own,
        }
    }
}

impl HubLevers {
    /// The catalogue entries of `hubs = { … }` in a policy.
    pub const SECTION: Section = Section {
        name: "policy.hubs",
        meaning: "The hub programme: which mandates there are, who holds them, and how they are reviewed.",
        off: None,
        specs: &[
            lever(
                "kind",
                Kind::Choice { options: &["none", "thematic", "regional", "both"], default: "none" },
                "-",
                "none",
                "Which hubs there are: none, one for each theme, one for each region, or both.",
            ),
            lever(
                "share",
                path(0.0, (0.0, 1.0), (0.0, 0.3), false),
                "share of the pot",
                BASE,
                "Reserve: share of the governed pots set aside for hubs, once there are some.",
            ),
            lever(
                "hub_cap",
                number(0.03, (0.0, 1.0), (0.01, 0.06), false),
                "share of the pot",
                BASE,
                "Award: the most one hub may have of the governed pots.",
            ),
            lever(
                "hubs_at_most",
                path(0.0, (0.0, 500.0), (0.0, 20.0), true),
                "mandates",
                "0",
                "The number of mandates at a time, at most; 0 is no limit.",
            ),
            lever("first_year", number(1.0, (1.0, 100.0), (1.0, 5.0), true), "year", BASE, "Year of the first wave."),
            lever(
                "pilots",
                number(0.0, (0.0, 100.0), (0.0, 4.0), true),
                "mandates",
                "0",
                "Size of a pilot wave before the others, whose results the next waves use.",
            ),
            lever(
                "pilot_years",
                number(2.0, (1.0, 20.0), (1.0, 4.0), true),
                "years",
                "without pilots it has no effect",
                "Years between the pilots and the first full wave.",
            ),
            lever(
                "wave_size",
                number(0.0, (0.0, 100.0), (1.0, 10.0), true),
                "mandates",
                "0",
                "New mandates per wave; 0 is all that are left at once.",
            ),
            lever("wave_years", number(2.0, (1.0, 20.0), (1.0, 5.0), true), "years", BASE, "Years between waves."),
            lever(
                "term_years",
                number(5.0, (1.0, 50.0), (2.0, 10.0), true),
                "years",
                BASE,
                "For how many years a mandate is given. A term that ends without a review runs on, unless there is \
                 a term limit.",
            ),
            lever(
                "term_limit",
                number(0.0, (0.0, 20.0), (0.0, 4.0), true),
                "terms",
                "0",
                "Terms in a row one holder may have; 0 is no limit.",
            ),
            lever(
                "holder_may_stand",
                Kind::Flag { default: false },
                "-",
                "false",
                "Whether the holder may stand itself where a review or the term limit gives its mandate anew: an open \
                 call instead of a change of hands. If it is chosen again it goes on as before, its terms counted anew \
                 from the limit on.",
            ),
            lever(
                "review_years",
                number(0.0, (0.0, 50.0), (0.0, 6.0), true),
                "years",
                "0",
                "Years between reviews of a mandate; 0 is no review.",
            ),
            lever(
                "strictness",
                number(0.5, (0.0, 1.5), (0.2, 1.0), false),
                "share",
                "without reviews it has no effect",
                "What a review asks for: the holder's score as a share of the mean score of all hubs.",
            ),
            lever(
                "independence",
                number(0.0, (0.0, 1.0), (0.0, 1.0), false),
                "share",
                "without reviews it has no effect",
                "How far old investment is kept from speaking for the holder in a review.",
            ),
            lever(
                "outcomes",
                Kind::Set { options: &["split", "re-scope", "move", "reallocate", "end"], default: &["end"] },
                "-",
                "without reviews it has no effect",
                "What a review may end in besides going on.",
            ),
            lever(
                "spread",
                number(0.0, (0.0, 2.0), (0.0, 1.0), false),
                "weight",
                "0",
                "Reserve: how much a region's shortfall of mandates against its share of need lifts candidates from it.",
            ),
            lever(
                "min_age_years",
                number(0.0, (0.0, 50.0), (0.0, 5.0), false),
                "years",
                "0",
                "Screen: a candidate must have been founded this long ago.",
            ),
            lever(
                "capacity_floor",
                number(0.0, (0.0, 1000.0), (0.0, 3.0), false),
                "FTE",
                "0",
                "Screen: a candidate must have this much staff.",
            ),
            lever(
                "kinds",
                Kind::Set { options: AFFILIATES, default: AFFILIATES },
                "-",
                "all kinds",
                "Screen: which kinds of organisations may hold a mandate.",
            ),
            lever(
                "not_astray",
                Kind::Flag { default: false },
                "-",
                "false",
                "Screen: whether organisations that somebody has noticed to be astray are kept out.",
            ),
            lever(
                "external",
                Kind::Flag { default: false },
                "-",
                "false",
                "Screen: whether external free-knowledge organisations and partners may hold a mandate.",
            ),
            lever(
                "min_partners",
                number(0.0, (0.0, 10.0), (0.0, 4.0), true),
                "partners",
                "0",
                "Screen: how many partners a candidate must bring along; together they hold the mandate as a \
                 consortium and share its money.",
            ),
            lever(
                "may_found",
                Kind::Flag { default: false },
                "-",
                "false",
                "Whether an organisation is founded for a mandate that nobody fits.",
            ),
            lever(
                "max_each",
                number(1.0, (1.0, 32.0), (1.0, 5.0), true),
                "mandates",
                BASE,
                "Screen: mandates that one organisation may hold.",
            ),
            lever(
                "score",
                Kind::Mix { options: SCORES, default: &[("evidence", 1.0)] },
                "weights",
                BASE,
                "Score: how candidates rank, a weighted mix as for grants; here evidence is measured service in the \
                 theme, and track_record merit in it.",
            ),
            lever(
                "award",
                Kind::Choice { options: &["full", "uniform-lottery", "lottery"], default: "full" },
                "-",
                BASE,
                "Award: to the best, by a uniform lottery at or above the median score, or by a lottery in \
                 proportion to score.",
            ),
            lever(
                "foundation",
                Kind::Choice {
                    options: &["keeps-everything", "keeps-core", "coordinates"],
                    default: "keeps-everything",
                },
                "-",
                "keeps-everything",
                "The foundation's own role: what it gives up goes, staff and money, to the hub of that theme.",
            ),
            lever(
                "coordination",
                Kind::Flag { default: false },
                "-",
                "false",
                "Whether a coordinating body takes over the links among hubs.",
            ),
            lever(
                "clarity",
                number(0.5, (0.0, 1.0), (0.0, 1.0), false),
                "share",
                "without hubs of both kinds it has no effect",
                "How clear the division of labour between regional and thematic hubs is: where it is, people who know \
                 both go to the better one for them; where it is not, they are passed on from one to the other, and \
                 both hubs work on the same problems.",
            ),
            lever(
                "delegated",
                path(0.0, (0.0, 1.0), (0.0, 0.8), false),
                "share of the pot",
                "0",
                "Reserve: share of what the governed pots have to decide about that regional hubs at work re-grant in \
                 their regions, by the same slots; each has its region's part of the year-0 grants.",
            ),
            lever(
                "autonomy",
                Kind::Choice { options: &["own", "steering", "funder"], default: "own" },
                "-",
                BASE,
                "Who chooses what a hub works on: itself, a steering group of those it serves, or whoever pays it.",
            ),
        ],
    };
}
