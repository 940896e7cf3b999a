//! An organisation: the foundation, a chapter, a thematic organisation, a user group, or one outside the movement.

mod birth;

pub use birth::{EXPERTISE_SPREAD, EXPERTISE_SPREAD_CORRECTION, MAX_DRAWN_EXPERTISE};

use std::fmt;

use crate::clock::Clock;
use crate::ids::{CommunityId, FunderId, Key, MAX_THEMES, RegionId, ThemeId};
use crate::policy::levers::OrganisationKind;
use crate::state::conduct::Conduct;
use crate::state::governance::GovernanceWork;
use crate::state::project::WorkQueue;
use crate::units::{Capacity, Money, QUARTERS_PER_YEAR, Quarter, Work, take_in_proportion};

/// The label of an organisation in tables and events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// Its name in the scenario.
    Name(String),
    /// Formed in the course of a trial: region, quarter, and index among those formed there in that quarter.
    Born {
        /// Name of its region.
        region: String,
        /// Quarter of its birth.
        quarter: u32,
        /// Index among those of the same region and quarter.
        index: u32,
    },
    /// Founded for a mandate that nobody fitted.
    Founded {
        /// Name of the theme or region.
        remit: String,
        /// Name of its region.
        region: String,
        /// Quarter of its birth.
        quarter: u32,
    },
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Label::Name(name) => f.write_str(name),
            Label::Born { region, quarter, index } => {
                let (year, quarter) = Clock::calendar(*quarter);
                write!(f, "{region} group of {year}q{quarter} #{}", index + 1)
            }
            Label::Founded { remit, region, quarter } => {
                let (year, quarter) = Clock::calendar(*quarter);
                write!(f, "{remit} organisation of {year}q{quarter}, {region}")
            }
        }
    }
}

/// A group of funders with a common funding history: the governed funders together, which follow the policy under test,
/// or one of the others, by its position among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunderGroup {
    /// The governed funders.
    Governed,
    /// A funder that is not governed.
    Other(u8),
}

/// Applications of an organisation to one funder group, and what came of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct FundingHistory {
    /// Grants this year.
    pub grants: Money,
    /// Grants of last year.
    pub last_grant: Money,
    /// Best recent award, discounted by its age: the start of the next request.
    pub best_award: Money,
    /// Awards, discounted by the `history_memory` of the funder.
    pub history: Money,
    /// Year of the last grant, promised earlier or awarded then; `None` if there was none.
    pub last_award: Option<u32>,
    /// Applications of this year.
    pub applications: u32,
    /// Money requested this year.
    pub request: Money,
    /// Money awarded this year, a year.
    pub awarded: Money,
    /// Award over request at the last application.
    pub success: f64,
    /// Year of the last application.
    pub last_applied: u32,
}

/// A promise of a funder for several years.
#[derive(Clone, Copy, Debug)]
pub struct Commitment {
    /// The funder.
    pub funder: FunderId,
    /// Money a year, before indexation.
    pub yearly: Money,
    /// Years that are still to be paid.
    pub years_left: u32,
}

/// Share of what is known in its region that a new organisation knows; assumed: 30 %.
const KNOWN_AT_FIRST: f64 = 0.3;
/// The rest of it, which comes with orientation: 1 − [`KNOWN_AT_FIRST`].
const LEARNT_WITH_ORIENTATION: f64 = 0.7;

/// An organisation.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Address of its random draws.
    pub key: Key,
    /// Its label.
    pub label: Label,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Its region.
    pub region: RegionId,
    /// Quarter of its founding, negative before the start.
    pub founded: Quarter,
    /// Whether it has closed.
    pub closed: bool,
    /// Whether it does nothing at all: for tests of independence.
    pub inert: bool,
    /// Whether it began as a small one: with no more staff than the median affiliate of year 0. Organisations that form
    /// later have none, and count as small.
    pub small: bool,
    /// The people whom it serves.
    pub community: Option<CommunityId>,

    /// Staff without that of its mandates.
    pub staff: Capacity,
    /// Price level of the places where its staff is, relative to its region's.
    pub relative_prices: f64,
    /// Members, people.
    pub members: f64,
    /// Volunteers' work this quarter.
    pub labour: Capacity,

    /// Reserves.
    pub reserves: Money,
    /// Own income this year, without what is paid into the common pot.
    pub own_income: Money,
    /// Own income this year before payments into the common pot, raised by itself or by others in its place.
    pub raised: Money,
    /// Own income relative to the formula for its size, prestige and region, in year 0 or at its birth.
    pub income_factor: f64,
    /// Success of its fundraising: the logarithm of own income relative to what is usual for it.
    pub success: f64,
    /// Growth of its success in this year.
    pub income_growth: f64,
    /// Grants this year.
    pub grants: Money,
    /// Money for its mandates this year.
    pub hub_money: Money,
    /// Promises for this and later years.
    pub commitments: Vec<Commitment>,
    /// Share of next year's money that is secured, without that of its mandates.
    pub secured: f64,
    /// Staff that left this year, including that of its mandates.
    pub leavers: Capacity,

    /// Its funding history with the governed funders.
    pub governed: FundingHistory,
    /// Its funding history with each other funder; shorter where there was none yet.
    pub others: Vec<FundingHistory>,
    /// Applications of this year, to all funders.
    pub applications: u32,
    /// Grants that are paid this year.
    pub running: u32,
    /// Money requested this year, from all funders.
    pub request: Money,

    /// Expertise per theme, 0–1.
    pub expertise: [f64; MAX_THEMES],
    /// Its background in each theme: the expertise that it would have without work and help. Below 0 where its usual work
    /// teaches more than is forgotten at what it knows.
    pub background: [f64; MAX_THEMES],
    /// Approach to each theme: a point on the circle.
    pub approach: [f64; MAX_THEMES],
    /// Work done in each theme this quarter.
    pub done: [f64; MAX_THEMES],
    /// Effect of the help given in each theme last year, person-requests: what deciders have measured.
    pub service_before: [f64; MAX_THEMES],
    /// Knowledge of the movement, 0–1. New organisations have none, and learn by being helped.
    pub orientation: f64,
    /// Reputation, 0–1.
    pub prestige: f64,
    /// Wish to keep things to itself, 0–1.
    pub territoriality: f64,

    /// Share of its materials that it shares, 0–1.
    pub sharing: f64,
    /// Work for governance that its next quarter is shorter by.
    pub governance_work: GovernanceWork,
    /// Its conduct.
    pub conduct: Conduct,

    /// Staff that an outsider's own income pays for at any prices.
    pub endowed: Capacity,
    /// Work that an outsider has saved for adapting materials.
    pub saved_effort: Work,
    /// Links that it maintains this quarter.
    pub links: f64,

    /// Its projects at home.
    pub queue: WorkQueue,
    /// Support work still available this quarter.
    pub support_left: Work,
    /// Support work that it sets aside for each mandate that it holds this quarter.
    pub pledged: Work,
    /// Learning time of this quarter.
    pub learning: Work,
    /// Share of last quarter's production time that found no project.
    pub slack: f64,
    /// Sums of this year.
    pub year: OrganisationYear,
}

/// Sums of an organisation over a year. Replaced as a whole when a year begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrganisationYear {
    /// Money spent.
    pub spent: Money,
    /// Work done in each theme, up to the end of the last quarter.
    pub worked: [f64; MAX_THEMES],
    /// Effect of the help given in each theme, person-requests.
    pub service: [f64; MAX_THEMES],
    /// Work on production.
    pub production_work: Work,
    /// Of that, duplicated.
    pub duplicated_work: Work,
    /// Materials built.
    pub built: u32,
    /// Materials of others adapted.
    pub adapted: u32,
    /// Volunteers' work, summed over quarters.
    pub labour: Work,
    /// Quality-weighted solutions delivered: visible output.
    pub output: f64,
}

impl Organisation {
    /// Whether it is open and not inert.
    #[inline]
    pub fn active(&self) -> bool {
        !self.closed && !self.inert
    }

    /// Takes a quarter's work out of support, production and learning, in proportion. Gives what it took.
    pub fn take_work(&mut self, wanted: Work) -> Work {
        take_in_proportion([&mut self.support_left, &mut self.queue.budget, &mut self.learning], wanted)
    }

    /// Its funding history with a funder group.
    pub fn funding_history(&self, funder_group: FunderGroup) -> FundingHistory {
        match funder_group {
            FunderGroup::Governed => self.governed,
            FunderGroup::Other(position) => self.others.get(usize::from(position)).copied().unwrap_or_default(),
        }
    }

    /// Its funding history with a funder group, to change it.
    pub fn funding_history_mut(&mut self, funder_group: FunderGroup) -> &mut FundingHistory {
        match funder_group {
            FunderGroup::Governed => &mut self.governed,
            FunderGroup::Other(position) => {
                let position = usize::from(position);
                if self.others.len() <= position {
                    self.others.resize(position + 1, FundingHistory::default());
                }
                &mut self.others[position]
            }
        }
    }

    /// Loses a share of what it knows in a theme beyond its background: those who come for those who leave have that.
    pub fn lose_expertise(&mut self, theme: ThemeId, share: f64) {
        let beyond = (self.expertise[theme] - self.background[theme].max(0.0)).max(0.0);
        self.expertise[theme] -= share * beyond;
    }

    /// Years since founding.
    pub fn age(&self, quarter: u32) -> f64 {
        f64::from(quarter as Quarter - self.founded) / f64::from(QUARTERS_PER_YEAR)
    }

    /// Share of what is known in its region that it knows itself: `KNOWN_AT_FIRST` at first, all at full orientation.
    #[inline]
    pub fn oriented(&self) -> f64 {
        KNOWN_AT_FIRST + LEARNT_WITH_ORIENTATION * self.orientation
    }

    /// Mean expertise over some themes; 0 for none.
    pub fn mean_expertise(&self, themes: impl Iterator<Item = ThemeId>) -> f64 {
        let (sum, count) = themes.fold((0.0, 0.0), |(sum, count), t| (sum + self.expertise[t], count + 1.0));
        if count > 0.0 { sum / count } else { 0.0 }
    }
}
