//! An organisation: the foundation, a chapter, a thematic organisation, a user group, or one outside the movement.

mod birth;

use std::fmt;

use crate::clock::Clock;
use crate::ids::{CommunityId, FunderId, Key, MAX_THEMES, RegionId, ThemeId};
use crate::policy::levers::OrganisationKind;
use crate::state::conduct::Conduct;
use crate::state::governance::GovernanceWork;
use crate::state::project::WorkQueue;
use crate::units::{Capacity, Money, QUARTERS_PER_YEAR, Quarter, Work};

/// How an organisation is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// By the name in the scenario.
    Name(String),
    /// By its birth certificate: region, quarter, index among those formed there and then.
    Born {
        /// Name of its region.
        region: String,
        /// Quarter of its birth.
        quarter: u32,
        /// Index among those of the same region and quarter.
        index: u32,
    },
    /// By the mandate that it was founded for, and when.
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

/// Whose money: that of the governed funders, who follow the policy under test and share one memory, or that of one
/// of the others, by its position among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunderGroup {
    /// The governed funders.
    Governed,
    /// A funder that is not governed.
    Other(u8),
}

/// What an organisation asked for and got from one group of funders.
#[derive(Clone, Copy, Debug, Default)]
pub struct FundingHistory {
    /// Grants this year.
    pub grants: Money,
    /// Grants of last year.
    pub last_grant: Money,
    /// Best recent award, fading: what requests start from.
    pub best_award: Money,
    /// Awards remembered by the `history_memory` of who gives.
    pub history: Money,
    /// Year of the last grant, promised before or awarded then; `None` if there was never one.
    pub last_award: Option<u32>,
    /// Applications of this year.
    pub applications: u32,
    /// Applied this year, for how much.
    pub request: Money,
    /// What this year's applications brought, a year.
    pub awarded: Money,
    /// Award over request at the last application.
    pub success: f64,
    /// Year of the last application.
    pub last_applied: u32,
}

/// A promise of a funder for several years.
#[derive(Clone, Copy, Debug)]
pub struct Commitment {
    /// Whose promise.
    pub funder: FunderId,
    /// What was promised for a year, before indexation.
    pub yearly: Money,
    /// Years still to pay.
    pub years_left: u32,
}

/// An organisation.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// What its draws are addressed by.
    pub key: Key,
    /// How it is called.
    pub label: Label,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Where it is.
    pub region: RegionId,
    /// Quarter of its founding, negative before the start.
    pub founded: Quarter,
    /// Whether it has closed.
    pub closed: bool,
    /// Whether it does nothing at all.
    pub inert: bool,
    /// Whether it began as a small one: with no more staff than the median affiliate of year 0. Who forms later has
    /// none, and is.
    pub small: bool,
    /// Whom it serves.
    pub community: Option<CommunityId>,

    /// Staff without that of its mandates.
    pub staff: Capacity,
    /// Members, people.
    pub members: f64,
    /// Volunteers' work this quarter.
    pub labour: Capacity,

    /// Money put by.
    pub reserves: Money,
    /// Own income this year, without what is paid into the common pot.
    pub own_income: Money,
    /// Own income this year as raised, by itself or by others in its place.
    pub raised: Money,
    /// Own income relative to what the formula gives for its size, prestige and region.
    pub income_factor: f64,
    /// Grants this year.
    pub grants: Money,
    /// Money for its mandates this year.
    pub hub_money: Money,
    /// Promises for this and later years.
    pub commitments: Vec<Commitment>,
    /// Share of next year's money that is secured, without that of its mandates.
    pub secured: f64,
    /// Staff that left this year, that of its mandates included.
    pub leavers: Capacity,

    /// Its history with the governed funders.
    pub governed: FundingHistory,
    /// Its history with each of the others; shorter where there were none yet.
    pub others: Vec<FundingHistory>,
    /// Applications of this year, to whomever.
    pub applications: u32,
    /// Grants that run this year.
    pub running: u32,
    /// Applied this year, for how much.
    pub request: Money,

    /// Expertise per theme, 0–1.
    pub expertise: [f64; MAX_THEMES],
    /// Way of doing each theme: a point on the circle.
    pub approach: [f64; MAX_THEMES],
    /// Work done in each theme this quarter.
    pub done: [f64; MAX_THEMES],
    /// Effect of the help given in each theme last year, person-requests: what deciders have measured.
    pub service_before: [f64; MAX_THEMES],
    /// How far it knows its way about the movement, 0–1: new ones know nothing, and learn by being helped.
    pub orientation: f64,
    /// How it is seen, 0–1.
    pub prestige: f64,
    /// How much it wants things for itself, 0–1.
    pub territoriality: f64,

    /// How far it shares what it makes, 0–1: less the more it has to lose.
    pub sharing: f64,
    /// Work that governing will take from its next quarter.
    pub governance_work: GovernanceWork,
    /// How it behaves.
    pub conduct: Conduct,

    /// Staff that the own income of an outsider pays for, whatever prices are.
    pub endowed: Capacity,
    /// Work an outsider has put by for taking up materials.
    pub spare: Work,
    /// Links it keeps this quarter.
    pub links: f64,

    /// What it is working on at home.
    pub queue: WorkQueue,
    /// Support work still available this quarter.
    pub support_left: Work,
    /// Learning time of this quarter.
    pub learning: Work,
    /// Share of last quarter's production time that found no project.
    pub slack: f64,
    /// Its sums of this year.
    pub year: OrganisationYear,
}

/// What an organisation did in a year. It is replaced as a whole when a year begins.
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
    /// Volunteers' work, summed over quarters.
    pub labour: Work,
    /// Quality-weighted solutions delivered: visible output.
    pub output: f64,
}

impl Organisation {
    /// Whether it is alive and does something.
    #[inline]
    pub fn active(&self) -> bool {
        !self.closed && !self.inert
    }

    /// Its history with a group of funders.
    pub fn funding_history(&self, funder_group: FunderGroup) -> FundingHistory {
        match funder_group {
            FunderGroup::Governed => self.governed,
            FunderGroup::Other(at) => self.others.get(usize::from(at)).copied().unwrap_or_default(),
        }
    }

    /// The same, to change them.
    pub fn funding_history_mut(&mut self, funder_group: FunderGroup) -> &mut FundingHistory {
        match funder_group {
            FunderGroup::Governed => &mut self.governed,
            FunderGroup::Other(at) => {
                let at = usize::from(at);
                if self.others.len() <= at {
                    self.others.resize(at + 1, FundingHistory::default());
                }
                &mut self.others[at]
            }
        }
    }

    /// Years since founding.
    pub fn age(&self, quarter: u32) -> f64 {
        f64::from(quarter as Quarter - self.founded) / f64::from(QUARTERS_PER_YEAR)
    }

    /// How much of what is known in its region it knows itself: 0.3 at first, all when it knows its way about.
    #[inline]
    pub fn oriented(&self) -> f64 {
        0.3 + 0.7 * self.orientation
    }

    /// Mean expertise over the themes that exist.
    pub fn mean_expertise(&self, present: impl Iterator<Item = ThemeId>) -> f64 {
        let (sum, count) = present.fold((0.0, 0.0), |(sum, count), t| (sum + self.expertise[t], count + 1.0));
        if count > 0.0 { sum / count } else { 0.0 }
    }
}
