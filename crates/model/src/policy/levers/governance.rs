//! The levers of governance.

use super::desk_place::DeskPlace;
use super::precondition::Precondition;
use super::words::words;
use crate::catalogue::{Limit, Path};
use crate::levers;

words! {
    /// The body that creates, reviews and ends mandates, and stops misconduct.
    pub enum Body {
        /// The central foundation.
        Foundation = "foundation",
        /// A council of the foundation and of affiliates that are elected by all.
        Council = "council",
        /// A vote of the affiliates.
        Affiliates = "affiliates",
        /// A vote of the volunteers.
        Volunteers = "volunteers",
        /// A panel drawn by lot from affiliates and volunteers, and informed.
        Panel = "panel",
    }
}

words! {
    /// The reviewer of a material before it is offered for reuse.
    pub enum Gate {
        /// Nobody.
        None = "none",
        /// The organisation that made it.
        Own = "own",
        /// Another organisation that knows the theme.
        Peer = "peer",
        /// The centre.
        Overseer = "overseer",
    }
}

words! {
    /// The organisations that may ask the public for money.
    pub enum Fundraising {
        /// All organisations.
        All = "all",
        /// Chapters and thematic organisations.
        Chapters = "chapters",
        /// Only the foundation; what others would have raised goes into the common pot.
        Foundation = "foundation",
    }
}

const FOUNDATION: Precondition<GovernanceLevers> = Precondition::new(
    |_, situation| situation.surroundings.foundation,
    "there is no foundation that could have a desk",
);
const DESK: Precondition<GovernanceLevers> = Precondition::new(
    |governance, situation| {
        situation.surroundings.foundation && situation.surroundings.is_ever_positive(governance.desk_share)
    },
    "the foundation has no service desk: `governance.desk_share` is 0",
);
const DESK_IN_WAVES: Precondition<GovernanceLevers> = Precondition::new(
    |governance, _| governance.desk_wave_size != Limit::None || governance.desk_pilots > 0.0,
    "all themes begin at once: `governance.desk_wave_size` is unlimited and `governance.desk_pilots` is 0",
);
const FOUNDATION_SCANS: Precondition<GovernanceLevers> =
    Precondition::new(|_, situation| situation.surroundings.foundation, "there is no foundation that could scan");

levers! {
    /// Who decides about mandates, who looks after whom, who may raise money.
    pub struct GovernanceLevers in "policy.governance", needs [];

    /// Who creates, reviews and ends mandates and stops misconduct: the foundation, a council, a vote of the affiliates
    /// or of the volunteers, or a panel drawn by lot.
    body: Body = Foundation, unit "-",
        inactive "there was nothing to decide: no mandate, no vote on grants, no misconduct to stop";

    /// Mutual accountability: how far peers see lobbying and misconduct, which makes both more costly for an
    /// organisation; it costs work.
    accountability: f64 = 0.0 in 0.0..=1.0, plausible 0.0..1.0, unit "share", neutral "0";

    /// How far the centre sees money and output of the organisations that get much; it costs work.
    oversight: f64 = 0.0 in 0.0..=1.0, plausible 0.0..1.0, unit "share", neutral "0";

    /// Who checks a material before it is offered for reuse: nobody, its maker, a peer, or the centre; it costs work and
    /// time, and stops some bad ones.
    gate: Gate = None, unit "-", neutral "none";

    /// Years between scans for themes that are needed and that no organisation serves: work of the foundation.
    scanning_years: Limit = none in 1.0..=50.0 whole, plausible 1.0..5.0 or "never", unit "years", neutral "never",
        needs [FOUNDATION_SCANS];

    /// Who may ask the public for money: all, chapters and thematic organisations, or only the foundation; what the
    /// others would have raised goes into the common pot.
    fundraising: Fundraising = All, unit "-";

    /// Share of own income that the organisations that raise it pay into the common pot.
    paid_in: Path = 0.0 in 0.0..=1.0, plausible 0.0..0.5, unit "share of own income", neutral "0";

    /// Share of the support work left after its own people that any affiliate gives to others of its region: to those who
    /// know it as the unaffiliated do who walk in, and to those whom a hub or the foundation sends on.
    open_doors: f64 = 0.0 in 0.0..=1.0, plausible 0.0..1.0, unit "share of what is left", neutral "0";

    /// Reserve: share of the governed pots for a service desk of the foundation.
    desk_share: Path = 0.0 in 0.0..=1.0, plausible 0.0..0.3, unit "share of the pot", neutral "0", needs [FOUNDATION];

    /// Award: the most of the governed pots that the desk has for each theme that it has begun.
    desk_cap: f64 = 0.03 in 0.0..=1.0, plausible 0.01..0.06, unit "share of the pot", needs [DESK];

    /// Themes with which the desk begins, before the first full wave; 0: the first wave is in year 1.
    desk_pilots: f64 = 0.0 in 0.0..=100.0 whole, plausible 0.0..4.0, unit "themes", needs [DESK],
        inactive "the desk's share of the pot was smaller than the sum for the themes begun";

    /// Themes that a wave of the desk adds; unlimited is all that are left at once.
    desk_wave_size: Limit = none in 1.0..=100.0 whole, plausible 1.0..10.0 or "unlimited", unit "themes", needs [DESK],
        inactive "the desk's share of the pot was smaller than the sum for the themes begun";

    /// Years between the waves of the desk.
    desk_wave_years: f64 = 2.0 in 1.0..=20.0 whole, plausible 1.0..5.0, unit "years", needs [DESK, DESK_IN_WAVES],
        inactive "the desk's share of the pot was smaller than the sum for the themes begun";

    /// Where the desk's staff is: at the foundation, in all regions by people online, or in some by weights. Its wages, its
    /// affinity to those who ask, and where its help and its money count follow.
    staff_in: DeskPlace = Foundation among DeskPlace::KIND, unit "-", needs [DESK];
}
