//! The levers of the hub programme.

mod choices;

use super::limit_path::LimitPath;
use super::names::Names;
use super::organisation_kind::{AFFILIATES, OrganisationKind};
use super::precondition::Precondition;
use super::score_mix::ScoreMix;
use crate::catalogue::{Kind, Limit, Path};
use crate::levers;

pub use choices::{Autonomy, FoundationRole, HubKind, MandateAward, Outcome};

const HUBS: Precondition<HubLevers> =
    Precondition::new(|hubs, _| hubs.kind != HubKind::None, "there are no hubs: `hubs.kind` is none");
const HUBS_IN_TIME: Precondition<HubLevers> = Precondition::new(
    |hubs, situation| hubs.first_year <= f64::from(situation.surroundings.years),
    "there are no hubs yet: `hubs.first_year` comes after the last year",
);
const HUBS_MAY_HAVE_MONEY: Precondition<HubLevers> =
    Precondition::new(|hubs, _| hubs.hub_cap > 0.0, "no hub may have any of the pot: `hubs.hub_cap` is 0");
const MONEY_FOR_HUBS: Precondition<HubLevers> = Precondition::new(
    |hubs, situation| situation.surroundings.is_ever_positive(hubs.share),
    "nothing is set aside for hubs: `hubs.share` is 0",
);
const PILOTS: Precondition<HubLevers> =
    Precondition::new(|hubs, _| hubs.pilots > 0.0, "there are no pilots: `hubs.pilots` is 0");
const TERM_LIMIT: Precondition<HubLevers> = Precondition::new(
    |hubs, _| hubs.term_limit != Limit::None,
    "a term that ends runs on: `hubs.term_limit` is unlimited",
);
const REVIEWS: Precondition<HubLevers> =
    Precondition::new(|hubs, _| hubs.review_years != Limit::None, "there are no reviews: `hubs.review_years` is never");
const REVIEW_IN_TIME: Precondition<HubLevers> = Precondition::new(
    |hubs, situation| hubs.first_year + hubs.review_years.bound() <= f64::from(situation.surroundings.years),
    "the first review comes after the last year: `hubs.first_year` + `hubs.review_years`",
);
const MANDATES_GIVEN_ANEW: Precondition<HubLevers> = Precondition::new(
    |hubs, situation| {
        let passes_on = |outcome| hubs.outcomes.contains(&outcome);
        let reviewed = (REVIEWS.holds)(hubs, situation) && (REVIEW_IN_TIME.holds)(hubs, situation);
        reviewed && (passes_on(Outcome::Move) || passes_on(Outcome::Reallocate)) || (TERM_LIMIT.holds)(hubs, situation)
    },
    "no mandate is given anew: there is no `hubs.term_limit`, and no review in time that may move or reallocate",
);
const OUTSIDERS: Precondition<HubLevers> =
    Precondition::new(|_, situation| situation.surroundings.outsiders, "there is no organisation outside the movement");
const FOUNDATION_HANDS_OVER: Precondition<HubLevers> = Precondition::new(
    |hubs, situation| hubs.kind.thematic() && situation.surroundings.foundation,
    "there is no hub of a theme, or no foundation, which could hand over anything: `hubs.kind`",
);
const FOUNDATION: Precondition<HubLevers> =
    Precondition::new(|_, situation| situation.surroundings.foundation, "there is no foundation that could coordinate");
const BOTH_KINDS: Precondition<HubLevers> = Precondition::new(
    |hubs, _| hubs.kind == HubKind::Both,
    "there are not both regional and thematic hubs: `hubs.kind` is not both",
);
const REGIONAL_HUBS: Precondition<HubLevers> = Precondition::new(
    |hubs, _| hubs.kind.regional(),
    "there are no regional hubs that could re-grant: `hubs.kind` is neither regional nor both",
);

const THEMATIC_HUBS: Precondition<HubLevers> = Precondition::new(
    |hubs, _| hubs.kind.thematic(),
    "there are no hubs of themes: `hubs.kind` is neither thematic nor both",
);

/// Names of regions, and of themes; none named is all.
const ALL_REGIONS: Kind = Kind::References { to: "region", least: 0, most: None, absent: "everywhere" };
const ALL_THEMES: Kind = Kind::References { to: "theme", least: 0, most: None, absent: "all themes" };

levers! {
    /// The hub programme: which mandates there are, who holds them, and how they are reviewed.
    pub struct HubLevers in "policy.hubs", needs [HUBS, HUBS_IN_TIME];

    /// Which hubs there are: none, one for each theme, one for each region, or both.
    kind: HubKind = None, unit "-", neutral "none", needs only [];

    /// Reserve: share of the governed pots set aside for hubs, once there are some.
    share: Path = 0.0 in 0.0..=1.0, plausible 0.0..0.3, unit "share of the pot", needs [HUBS_MAY_HAVE_MONEY];

    /// Award: the most one hub may have of the governed pots.
    hub_cap: f64 = 0.03 in 0.0..=1.0, plausible 0.01..0.06, unit "share of the pot", needs [MONEY_FOR_HUBS];

    /// Share of its own support work that a holder sets aside for each of its mandates, unpaid and before its own people; at
    /// most half for all of them.
    pledge: f64 = 0.0 in 0.0..=1.0, plausible 0.0..0.3, unit "share of its support", neutral "0";

    /// The number of mandates at a time, at most.
    hubs_at_most: LimitPath = none in 1.0..=500.0 whole, plausible 1.0..20.0 or "unlimited", unit "mandates",
        neutral "unlimited";

    /// Year of the first wave.
    first_year: f64 = 1.0 in 1.0..=100.0 whole, plausible 1.0..5.0, unit "year", needs only [HUBS];

    /// Size of a pilot wave before the others, whose results the next waves use.
    pilots: f64 = 0.0 in 0.0..=100.0 whole, plausible 0.0..4.0, unit "mandates", neutral "0";

    /// Years between the pilots and the first full wave.
    pilot_years: f64 = 2.0 in 1.0..=20.0 whole, plausible 1.0..4.0, unit "years",
        neutral "without pilots it has no effect", needs [PILOTS];

    /// New mandates per wave; unlimited is all that are left at once.
    wave_size: Limit = none in 1.0..=100.0 whole, plausible 1.0..10.0 or "unlimited", unit "mandates",
        neutral "unlimited";

    /// Years between waves.
    wave_years: f64 = 2.0 in 1.0..=20.0 whole, plausible 1.0..5.0, unit "years";

    /// For how many years a mandate is given. A term that ends without a review runs on, unless there is a term limit.
    term_years: f64 = 5.0 in 1.0..=50.0 whole, plausible 2.0..10.0, unit "years", needs [TERM_LIMIT];

    /// Terms in a row one holder may have.
    term_limit: Limit = none in 1.0..=20.0 whole, plausible 1.0..4.0 or "unlimited", unit "terms",
        neutral "unlimited",
        inactive "no term came to the limit";

    /// Whether the holder may stand itself where a review or the term limit gives its mandate anew: an open call instead
    /// of a change of hands. If it is chosen again it goes on as before, its terms counted anew from the limit on.
    holder_may_stand: bool = false, unit "-", neutral "false", needs [MANDATES_GIVEN_ANEW],
        inactive "no holder whose mandate was given anew came first";

    /// Years between reviews of a mandate.
    review_years: Limit = none in 1.0..=50.0 whole, plausible 1.0..6.0 or "never", unit "years", neutral "never";

    /// What a review asks for: the holder's score as a share of the mean score of all hubs.
    strictness: f64 = 0.5 in 0.0..=1.5, plausible 0.2..1.0, unit "share",
        neutral "without reviews it has no effect", needs [REVIEWS, REVIEW_IN_TIME],
        inactive "no review depended on the required score";

    /// How far old investment is kept from speaking for the holder in a review.
    independence: f64 = 0.0 in 0.0..=1.0, plausible 0.0..1.0, unit "share",
        neutral "without reviews it has no effect", needs [REVIEWS, REVIEW_IN_TIME],
        inactive "no review depended on earlier investment";

    /// What a review may end in besides going on.
    outcomes: Vec<Outcome> = [End], unit "-",
        neutral "without reviews it has no effect", needs [REVIEWS, REVIEW_IN_TIME];

    /// Reserve: how much a region's shortfall of mandates against its share of need lifts candidates from it.
    spread: f64 = 0.0 in 0.0..=2.0, plausible 0.0..1.0, unit "weight", neutral "0";

    /// Screen: a candidate must have been founded this long ago.
    min_age_years: f64 = 0.0 in 0.0..=50.0, plausible 0.0..5.0, unit "years", neutral "0",
        inactive "no organisation that young came first for a mandate";

    /// Screen: a candidate must have this much staff.
    capacity_floor: f64 = 0.0 in 0.0..=1000.0, plausible 0.0..3.0, unit "FTE", neutral "0",
        inactive "no organisation that small came first for a mandate";

    /// Screen: which kinds of organisations may hold a mandate.
    kinds: Vec<OrganisationKind> = [Chapter, ThematicOrganisation, UserGroup] among AFFILIATES,
        unit "-", neutral "all kinds";

    /// Screen: whether organisations whose misconduct is known are excluded.
    no_misconduct: bool = false, unit "-", neutral "false",
        inactive "no organisation whose misconduct was known came first for a mandate";

    /// Screen: whether external free-knowledge organisations and partners may hold a mandate, alone or in a consortium.
    external: bool = false, unit "-", neutral "false", needs [OUTSIDERS];

    /// Screen: how many partners a candidate must bring along, each of whom passes the screen, too; together they hold the
    /// mandate as a consortium and share its money and its work.
    min_partners: f64 = 0.0 in 0.0..=10.0 whole, plausible 0.0..4.0, unit "partners", neutral "0";

    /// Whether an organisation is founded for a mandate that no candidate is eligible for.
    may_found: bool = false, unit "-", neutral "false",
        inactive "there was always an eligible candidate";

    /// Screen: mandates that one organisation may hold, alone or as a partner in a consortium.
    max_each: f64 = 1.0 in 1.0..=32.0 whole, plausible 1.0..5.0, unit "mandates",
        inactive "no organisation came first for that many mandates";

    /// Screen: the regions in which mandates may be, by the region of the holder and of its partners; none named is all.
    regions: Names = [] among ALL_REGIONS, unit "regions", neutral "everywhere",
        inactive "nobody elsewhere came first for a mandate";

    /// Screen: the themes for which there may be a hub; none named is all. Hubs of regions serve all themes.
    themes: Names = [] among ALL_THEMES, unit "themes", neutral "all themes", needs [THEMATIC_HUBS];

    /// Score: how candidates rank, a weighted mix as for grants; here evidence is measured service in the theme, and
    /// track_record merit in it.
    score: ScoreMix = [evidence 1.0], unit "weights";

    /// Award: to the best, by a uniform lottery at or above the median score, or by a lottery in proportion to score.
    award: MandateAward = Full, unit "-";

    /// The foundation's own role: the staff and money that it gives up go to the hub of that theme.
    foundation: FoundationRole = KeepsEverything, unit "-", neutral "keeps-everything",
        needs [FOUNDATION_HANDS_OVER];

    /// Whether a coordinating body takes over the links among hubs.
    coordination: bool = false, unit "-", neutral "false", needs [FOUNDATION];

    /// How clear the division of labour between regional and thematic hubs is: where it is, people who know both go to
    /// the better one for them; where it is not, they are passed on from one to the other, and both hubs work on the
    /// same problems.
    clarity: f64 = 0.5 in 0.0..=1.0, plausible 0.0..1.0, unit "share",
        neutral "without hubs of both kinds it has no effect", needs [BOTH_KINDS];

    /// Reserve: share of what the governed pots have to decide about that regional hubs at work re-grant in their
    /// regions, by the same steps; each has its region's part of the year-0 grants.
    delegated: Path = 0.0 in 0.0..=1.0, plausible 0.0..0.8, unit "share of the pot", neutral "0",
        needs [REGIONAL_HUBS];

    /// Who chooses what a hub works on: itself, a steering group of those it serves, or the funder that pays it.
    autonomy: Autonomy = Own, unit "-";
}
