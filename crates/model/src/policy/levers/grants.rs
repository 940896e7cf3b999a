//! The levers of grants of money.

use super::limit_path::LimitPath;
use super::organisation_kind::{AFFILIATES, OrganisationKind};
use super::precondition::Precondition;
use super::score_mix::ScoreMix;
use super::words::words;
use crate::catalogue::Path;
use crate::levers;

words! {
    /// The rule by which eligible applicants get money, after reserves.
    pub enum AwardRule {
        /// Requests in full, from the best score down, until the pot is spent.
        Full = "full",
        /// In proportion to score × request, never above the request.
        Proportional = "proportional",
        /// The same amount for every applicant, never above the request.
        Equal = "equal",
        /// A committee's cuts: a share of each request that falls with its size and rises with the score, scaled to the
        /// pot.
        Cuts = "cuts",
        /// Requests in full, in the order of a lottery among those at or above the median score.
        UniformLottery = "uniform-lottery",
        /// Requests in full, drawn one after another with probability in proportion to score.
        Lottery = "lottery",
    }
}

const HISTORY_COUNTS: Precondition<GrantLevers> = Precondition::new(
    |grants, situation| grants.score.history > 0.0 || situation.hubs_rank_by_history,
    "no ranking uses history: its weight is 0 in `grants.score` and `hubs.score`",
);
const SCORE_COUNTS: Precondition<GrantLevers> = Precondition::new(
    |grants, situation| grants.award != AwardRule::Equal || situation.hubs_regrant,
    "all applicants get the same: `grants.award` is equal",
);
const UNDERSERVED: Precondition<GrantLevers> = Precondition::new(
    |_, situation| situation.surroundings.underserved,
    "there is no region of the group `underserved`",
);

levers! {
    /// How grants of money are screened, scored, reserved and awarded, in this order.
    pub struct GrantLevers in "policy.grants", needs [];

    /// Screen: an applicant must have been founded this long ago.
    min_age_years: Path = 0.0 in 0.0..=50.0, plausible 0.0..5.0, unit "years", neutral "0",
        inactive "no organisation that young applied for a grant";

    /// Screen: an applicant must have this much staff.
    capacity_floor: Path = 0.0 in 0.0..=1000.0, plausible 0.0..3.0, unit "FTE", neutral "0",
        inactive "no organisation that small applied for a grant";

    /// Screen: which kinds of organisations may apply.
    kinds: Vec<OrganisationKind> = [Chapter, ThematicOrganisation, UserGroup] among AFFILIATES,
        unit "-", neutral "all kinds";

    /// Screen: whether organisations whose misconduct is known are excluded.
    no_misconduct: bool = false, unit "-", neutral "false",
        inactive "no organisation whose misconduct was known applied for a grant";

    /// Score: how applicants rank, a weighted mix of what they had (history), merit as seen (track_record), measured
    /// past service (evidence), unmet need of their region (need), never having had a grant (newness), prestige, and the
    /// share of a vote (votes). With an empty table all applicants rank equally.
    score: ScoreMix = [history 1.0], unit "weights", needs [SCORE_COUNTS];

    /// Score: the share of remembered awards that a year keeps; 1 is cumulative.
    history_memory: f64 = 0.5 in 0.0..=1.0, plausible 0.0..1.0, unit "share/year",
        needs [HISTORY_COUNTS, SCORE_COUNTS];

    /// Reserve: this share of the pot is divided among regions as their grants were in year 0.
    regional_envelopes: Path = 0.0 in 0.0..=1.0, plausible 0.0..1.0, unit "share of the pot", neutral "0";

    /// Reserve: at least this share of the pot goes to regions of the group `underserved`; a path gives it a target
    /// year.
    underserved_floor: Path = 0.0 in 0.0..=1.0, plausible 0.0..0.8, unit "share of the pot", neutral "0",
        needs [UNDERSERVED];

    /// Reserve: this share of the pot is for applicants that had no grant in the last three years.
    newcomers_share: Path = 0.0 in 0.0..=1.0, plausible 0.0..0.3, unit "share of the pot", neutral "0";

    /// Reserve: this share of the pot is divided equally among all eligible applicants.
    baseline_share: Path = 0.0 in 0.0..=1.0, plausible 0.0..0.5, unit "share of the pot", neutral "0";

    /// Reserve: this share of the pot is given in full by lot among eligible applicants.
    experiments_share: Path = 0.0 in 0.0..=1.0, plausible 0.0..0.3, unit "share of the pot", neutral "0";

    /// Award: in full from the top, in proportion to score × request, equal, with a committee's cuts, by a uniform
    /// lottery at or above the median score, or by a lottery drawn one after another in proportion to score.
    award: AwardRule = Proportional, unit "-";

    /// Award: the largest grant a year.
    cap: LimitPath = none in 1.0..=1e9, plausible 1e4..1e6 or "unlimited", unit "USD/year", neutral "unlimited",
        inactive "no applicant was to get that much";

    /// Award: for how many years a grant is promised.
    years: f64 = 1.0 in 1.0..=5.0 whole, plausible 1.0..5.0, unit "years";
}
