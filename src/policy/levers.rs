//! The levers: what a policy may turn, as data.
//!
//! Levers that add something have a neutral value, at which the history is bit for bit that of the policy
//! without them; choices have a base value instead.

use serde::{Deserialize, Serialize};

use crate::quantity::catalogue::{Kind, Number, Path, Section, Spec};

/// The kinds of organisations that a screen can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrganisationKind {
    /// The global body; only its movement-facing staff counts.
    Foundation,
    /// A national affiliate.
    Chapter,
    /// An affiliate for one area of expertise.
    ThematicOrganisation,
    /// A small, informal affiliate.
    UserGroup,
}

/// Names of [`OrganisationKind`] as scenario files write them.
pub const KINDS: &[&str] = &["foundation", "chapter", "thematic-organisation", "user-group"];
const AFFILIATES: &[&str] = &["chapter", "thematic-organisation", "user-group"];

/// Weights of what a ranking looks at. All zero: everybody ranks alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScoreMix {
    /// What the applicant had before, remembered with `history_memory`, as a share of all that applicants had.
    pub history: f64,
    /// Merit as the decider sees it: quality mixed with prestige and noise.
    pub track_record: f64,
    /// Service the applicant is known to have given in the past year, relative to the best applicant.
    pub evidence: f64,
    /// Need of the applicant's region that is not met, relative to the neediest region.
    pub need: f64,
    /// 1 for who never had a grant or a mandate, else 0.
    pub newness: f64,
    /// Prestige and stated plans: what a candidate says of itself.
    pub prestige: f64,
}

/// Words of a score mix.
pub const SCORES: &[&str] = &["history", "track_record", "evidence", "need", "newness", "prestige"];

impl ScoreMix {
    /// Sum of the weights.
    pub fn total(&self) -> f64 {
        self.history + self.track_record + self.evidence + self.need + self.newness + self.prestige
    }
}

/// Who gets how much, of those whom screen, score and reserves left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AwardRule {
    /// Requests in full, from the best score down, until the pot is spent.
    Full,
    /// In proportion to score × request, never above the request.
    Proportional,
    /// The same amount for everyone, never above the request.
    Equal,
    /// A committee's cuts: a share of each request that falls with its size and rises with the score, scaled to
    /// the pot.
    Cuts,
    /// Requests in full, in the order of a lottery among those at or above the median score.
    UniformLottery,
    /// Requests in full, drawn one after another with probability in proportion to score.
    Lottery,
}

/// How grants of money are screened, scored, reserved and awarded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GrantLevers {
    /// Screen: years since founding.
    pub min_age_years: Path,
    /// Screen: staff, FTE.
    pub capacity_floor: Path,
    /// Screen: which kinds may apply.
    pub kinds: Vec<OrganisationKind>,
    /// Score: the mix.
    pub score: ScoreMix,
    /// Score: share of remembered history that a year keeps; 1 is cumulative.
    pub history_memory: f64,
    /// Reserve: share of the pot divided among regions as their grants were in year 0.
    pub regional_envelopes: Path,
    /// Reserve: share of the pot for regions of the group `underserved`.
    pub underserved_floor: Path,
    /// Reserve: share of the pot for those who had no grant in the last three years.
    pub newcomers_share: Path,
    /// Reserve: share of the pot divided equally among all eligible applicants.
    pub baseline_share: Path,
    /// Reserve: share of the pot given by lot.
    pub experiments_share: Path,
    /// Award: the rule.
    pub award: AwardRule,
    /// Award: the largest grant a year, USD; 0 is no cap.
    pub cap: Path,
    /// Award: for how many years.
    pub years: f64,
}

impl Default for GrantLevers {
    fn default() -> Self {
        use OrganisationKind::*;
        GrantLevers {
            min_age_years: 0.0.into(),
            capacity_floor: 0.0.into(),
            kinds: vec![Chapter, ThematicOrganisation, UserGroup],
            score: ScoreMix { history: 1.0, ..ScoreMix::default() },
            history_memory: 0.5,
            regional_envelopes: 0.0.into(),
            underserved_floor: 0.0.into(),
            newcomers_share: 0.0.into(),
            baseline_share: 0.0.into(),
            experiments_share: 0.0.into(),
            award: AwardRule::Proportional,
            cap: 0.0.into(),
            years: 1.0,
        }
    }
}

const fn path(default: f64, bounds: (f64, f64), range: (f64, f64), whole: bool) -> Kind {
    Kind::Path(Number { default: Some(default), bounds, range, whole })
}

const fn number(default: f64, bounds: (f64, f64), range: (f64, f64), whole: bool) -> Kind {
    Kind::Number(Number { default: Some(default), bounds, range, whole })
}

const fn lever(
    key: &'static str,
    kind: Kind,
    unit: &'static str,
    neutral: &'static str,
    meaning: &'static str,
) -> Spec {
    Spec { key, meaning, kind, unit, source: "a lever: the policy sets it", neutral }
}

const BASE: &str = "a choice: it has a base value, none is neutral";

impl GrantLevers {
    /// The catalogue entries of `grants = { … }` in a policy.
    pub const SECTION: Section = Section {
        name: "policy.grants",
        meaning: "How grants of money are screened, scored, reserved and awarded, in this order.",
        off: None,
        specs: &[
            lever(
                "min_age_years",
                path(0.0, (0.0, 50.0), (0.0, 5.0), false),
                "years",
                "0",
                "Screen: an applicant must have been founded this long ago.",
            ),
            lever(
                "capacity_floor",
                path(0.0, (0.0, 1000.0), (0.0, 3.0), false),
                "FTE",
                "0",
                "Screen: an applicant must have this much staff.",
            ),
            lever(
                "kinds",
                Kind::Set { options: AFFILIATES, default: AFFILIATES },
                "-",
                "all kinds",
                "Screen: which kinds of organisations may apply.",
            ),
            lever(
                "score",
                Kind::Mix { options: SCORES, default: &[("history", 1.0)] },
                "weights",
                BASE,
                "Score: how applicants rank, a weighted mix of what they had (history), merit as seen \
                 (track_record), measured past service (evidence), unmet need of their region (need), \
                 never having had a grant (newness) and prestige. An empty table ranks everybody alike.",
            ),
            lever(
                "history_memory",
                number(0.5, (0.0, 1.0), (0.0, 1.0), false),
                "share/year",
                BASE,
                "Score: the share of remembered awards that a year keeps; 1 is cumulative.",
            ),
            lever(
                "regional_envelopes",
                path(0.0, (0.0, 1.0), (0.0, 1.0), false),
                "share of the pot",
                "0",
                "Reserve: this share of the pot is divided among regions as their grants were in year 0.",
            ),
            lever(
                "underserved_floor",
                path(0.0, (0.0, 1.0), (0.0, 0.8), false),
                "share of the pot",
                "0",
                "Reserve: at least this share of the pot goes to regions of the group `underserved`; a path \
                 gives it a target year.",
            ),
            lever(
                "newcomers_share",
                path(0.0, (0.0, 1.0), (0.0, 0.3), false),
                "share of the pot",
                "0",
                "Reserve: this share of the pot is for those who had no grant in the last three years.",
            ),
            lever(
                "baseline_share",
                path(0.0, (0.0, 1.0), (0.0, 0.5), false),
                "share of the pot",
                "0",
                "Reserve: this share of the pot is divided equally among all eligible applicants.",
            ),
            lever(
                "experiments_share",
                path(0.0, (0.0, 1.0), (0.0, 0.3), false),
                "share of the pot",
                "0",
                "Reserve: this share of the pot is given in full by lot among eligible applicants.",
            ),
            lever(
                "award",
                Kind::Choice {
                    options: &["full", "proportional", "equal", "cuts", "uniform-lottery", "lottery"],
                    default: "proportional",
                },
                "-",
                BASE,
                "Award: in full from the top, in proportion to score × request, equal, with a committee's cuts, \
                 by a uniform lottery at or above the median score, or by a lottery drawn one after another in \
                 proportion to score.",
            ),
            lever(
                "cap",
                path(0.0, (0.0, 1e9), (0.0, 1e6), false),
                "USD/year",
                "0",
                "Award: the largest grant a year; 0 is no cap.",
            ),
            lever(
                "years",
                number(1.0, (1.0, 5.0), (1.0, 5.0), true),
                "years",
                BASE,
                "Award: for how many years a grant is promised.",
            ),
        ],
    };
}

/// Which hubs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HubKind {
    /// No hubs.
    None,
    /// One mandate for each theme.
    Thematic,
}

/// What a review may end in besides going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Into two mandates of narrower scope.
    Split,
    /// Badly served regions leave the scope.
    ReScope,
    /// To a better holder in another region.
    Move,
    /// To a better holder anywhere.
    Reallocate,
    /// No mandate any more.
    End,
}

/// What the foundation keeps when themes get a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FoundationRole {
    /// It keeps all its staff and money.
    KeepsEverything,
    /// Staff and money for a theme go to its hub, but for themes that are its core.
    KeepsCore,
    /// Staff and money for every theme with a hub go to that hub.
    Coordinates,
}

/// How a mandate's candidates are drawn from their ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MandateAward {
    /// The best score.
    Full,
    /// By lot among those at or above the median score.
    UniformLottery,
    /// By lot in proportion to score.
    Lottery,
}

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
            review_years: 0.0,
            strictness: 0.5,
            independence: 0.0,
            outcomes: vec![Outcome::End],
            spread: 0.0,
            min_age_years: 0.0,
            capacity_floor: 0.0,
            kinds: vec![Chapter, ThematicOrganisation, UserGroup],
            max_each: 1.0,
            score: ScoreMix { evidence: 1.0, ..ScoreMix::default() },
            award: MandateAward::Full,
            foundation: FoundationRole::KeepsEverything,
            coordination: false,
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
                Kind::Choice { options: &["none", "thematic"], default: "none" },
                "-",
                "none",
                "Which hubs there are: none, or one for each theme.",
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
        ],
    };
}

/// A policy: a name, and the levers it turns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// The name; no mechanism ever reads it.
    pub name: String,
    /// Grants of money.
    pub grants: GrantLevers,
    /// The hub programme.
    pub hubs: HubLevers,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The catalogue and the structs must not drift apart.
    #[test]
    fn every_lever_is_in_the_catalogue() {
        let keys = |value: serde_json::Value| -> Vec<String> {
            let mut keys: Vec<String> = value.as_object().expect("a table").keys().cloned().collect();
            keys.sort();
            keys
        };
        let specs = |section: Section| -> Vec<String> {
            let mut keys: Vec<String> = section.specs.iter().map(|spec| spec.key.to_owned()).collect();
            keys.sort();
            keys
        };
        let policy = Policy::default();
        assert_eq!(keys(serde_json::to_value(&policy.grants).unwrap()), specs(GrantLevers::SECTION));
        assert_eq!(keys(serde_json::to_value(&policy.hubs).unwrap()), specs(HubLevers::SECTION));
        assert_eq!(keys(serde_json::to_value(policy.grants.score).unwrap()), {
            let mut words: Vec<String> = SCORES.iter().map(|&word| word.to_owned()).collect();
            words.sort();
            words
        });
    }
}
