//! The levers of grants of money.

use serde::{Deserialize, Serialize};

use super::{AFFILIATES, BASE, OrganisationKind, SCORES, ScoreMix, lever, number, path};
use crate::catalogue::{Kind, Path, Section};

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
    /// Screen: whether those known to have gone astray are kept out.
    pub not_astray: bool,
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
            not_astray: false,
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
                "not_astray",
                Kind::Flag { default: false },
                "-",
                "false",
                "Screen: whether organisations that somebody has noticed to be astray are kept out.",
            ),
            lever(
                "score",
                Kind::Mix { options: SCORES, default: &[("history", 1.0)] },
                "weights",
                BASE,
                "Score: how applicants rank, a weighted mix of what they had (history), merit as seen \
                 (track_record), measured past service (evidence), unmet need of their region (need), \
                 never having had a grant (newness), prestige, and the share of a vote (votes). An empty table ranks everybody alike.",
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
