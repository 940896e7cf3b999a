//! An organisation: the foundation, a chapter, a thematic organisation, a user group, or one outside the movement.

mod birth;

use std::fmt;

use crate::clock::BURN_IN;
use crate::ids::{CommunityId, FunderId, Key, MAX_THEMES, RegionId, ThemeId};
use crate::policy::levers::OrganisationKind;
use crate::state::conduct::Conduct;
use crate::state::governance::Owed;
use crate::state::problem::WorkQueue;
use crate::units::{Capacity, Money, Quarter, Work};

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
        charge: String,
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
                let since = quarter - BURN_IN;
                write!(f, "{region} group of {}q{} #{}", since / 4 + 1, since % 4 + 1, index + 1)
            }
            Label::Founded { charge, region, quarter } => {
                let since = quarter - BURN_IN;
                write!(f, "{charge} organisation of {}q{}, {region}", since / 4 + 1, since % 4 + 1)
            }
        }
    }
}

/// Whose money: that of the governed funders, who follow the policy under test and share one memory, or that of one
/// of the others, by its position among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purse {
    /// The governed funders.
    Governed,
    /// A funder that is not governed.
    Other(u8),
}

/// What an organisation has had to do with one purse.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dealings {
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
    /// Spent this year.
    pub spent: Money,
    /// Promises for this and later years.
    pub commitments: Vec<Commitment>,
    /// Share of next year's money that is secured, without that of its mandates.
    pub secured: f64,
    /// Staff that left this year, that of its mandates included.
    pub leavers: Capacity,

    /// Its dealings with the governed funders.
    pub governed: Dealings,
    /// Its dealings with each of the others; shorter where there were none yet.
    pub others: Vec<Dealings>,
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
    /// Work done in each theme this year, up to the end of the last quarter.
    pub worked: [f64; MAX_THEMES],
    /// Effect of the help given in each theme this year, person-requests.
    pub service: [f64; MAX_THEMES],
    /// The same last year: what deciders have measured.
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
    pub owed: Owed,
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
    /// Work on production this year.
    pub production_work: Work,
    /// Of that, duplicated.
    pub duplicated_work: Work,
    /// Sum of the quarters' volunteer work this year.
    pub labour_of_year: Work,
    /// Quality-weighted solutions delivered this year: visible output.
    pub output: f64,
}

impl Organisation {
    /// Whether it is alive and does something.
    #[inline]
    pub fn active(&self) -> bool {
        !self.closed && !self.inert
    }

    /// Its dealings with a purse.
    pub fn with(&self, purse: Purse) -> Dealings {
        match purse {
            Purse::Governed => self.governed,
            Purse::Other(at) => self.others.get(usize::from(at)).copied().unwrap_or_default(),
        }
    }

    /// The same, to change them.
    pub fn with_mut(&mut self, purse: Purse) -> &mut Dealings {
        match purse {
            Purse::Governed => &mut self.governed,
            Purse::Other(at) => {
                let at = usize::from(at);
                if self.others.len() <= at {
                    self.others.resize(at + 1, Dealings::default());
                }
                &mut self.others[at]
            }
        }
    }

    /// Years since founding.
    pub fn age(&self, quarter: u32) -> f64 {
        f64::from(quarter as Quarter - self.founded) / 4.0
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
