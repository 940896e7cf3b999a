//! A mandate: the responsibility of a hub.

use crate::clock::Clock;
use crate::ids::{Key, MAX_REGIONS, MAX_THEMES, OrganisationId, RegionId, ThemeId};
use crate::state::conduct::Conduct;
use crate::state::governance::PendingDecision;
use crate::state::project::WorkQueue;
use crate::units::{Capacity, Money, Work, take_in_proportion};

/// A set of cells, each a theme in a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope([u32; MAX_THEMES]);

impl Scope {
    /// One theme in all regions.
    pub fn theme(theme: ThemeId, regions: usize) -> Scope {
        let mut cells = [0; MAX_THEMES];
        cells[theme] = ((1u64 << regions) - 1) as u32;
        Scope(cells)
    }

    /// Whether it contains a cell.
    #[inline]
    pub fn holds(&self, region: RegionId, theme: ThemeId) -> bool {
        self.0[theme] >> region.0 & 1 == 1
    }

    /// All themes in one region.
    pub fn region(region: RegionId, themes: usize) -> Scope {
        let mut cells = [0; MAX_THEMES];
        cells[..themes].fill(1 << region.0);
        Scope(cells)
    }

    /// The cells in some regions only.
    pub fn keep(&self, regions: &[RegionId]) -> Scope {
        let mask = regions.iter().fold(0, |mask, r| mask | 1 << r.0);
        Scope(self.0.map(|row| row & mask))
    }

    /// The cells in some themes only.
    pub fn keep_themes(&self, themes: &[ThemeId]) -> Scope {
        Scope(std::array::from_fn(|t| if themes.contains(&ThemeId::from_index(t)) { self.0[t] } else { 0 }))
    }

    /// The themes of its cells, in order.
    pub fn themes(&self) -> impl Iterator<Item = ThemeId> + use<> {
        let rows = self.0;
        (0..MAX_THEMES).filter(move |&t| rows[t] != 0).map(ThemeId::from_index)
    }

    /// Whether it contains any cell of a theme.
    #[inline]
    pub fn touches(&self, theme: ThemeId) -> bool {
        self.0[theme] != 0
    }

    /// The regions of its cells, in order.
    pub fn regions(&self) -> impl Iterator<Item = RegionId> + use<> {
        let mask = self.0.iter().fold(0, |mask, row| mask | row);
        (0..MAX_REGIONS as u8).filter(move |r| mask >> r & 1 == 1).map(RegionId)
    }

    /// Its cells, theme by theme.
    pub fn cells(&self) -> impl Iterator<Item = (RegionId, ThemeId)> + use<> {
        let rows = self.0;
        let row = move |t: usize| (0..MAX_REGIONS as u8).filter(move |r| rows[t] >> r & 1 == 1).map(RegionId);
        (0..MAX_THEMES).flat_map(move |t| row(t).map(move |r| (r, ThemeId::from_index(t))))
    }
}

/// The remit of a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remit {
    /// A theme: a thematic hub.
    Theme(ThemeId),
    /// A region, in all themes: a regional hub.
    Region(RegionId),
}

/// Stage of a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// At work as a test case.
    Pilot,
    /// At work.
    Active,
    /// Starting, moving or changing hands.
    Transition,
    /// Ended.
    Ended,
}

/// The responsibility of a hub: for a theme in some regions, or for a region.
#[derive(Clone, Debug)]
pub struct Mandate {
    /// Address of its random draws.
    pub key: Key,
    /// Its remit.
    pub remit: Remit,
    /// The cells that it is responsible for.
    pub scope: Scope,
    /// The organisation that holds it.
    pub holder: OrganisationId,
    /// The holder's partners, in a consortium.
    pub partners: Vec<OrganisationId>,
    /// Staff of each partner for the hub, in the same order.
    pub seconded: Vec<Capacity>,
    /// Whether it was created as a pilot.
    pub pilot: bool,
    /// Whether it has ended.
    pub ended: bool,
    /// Quarter of its creation.
    pub created: u32,
    /// Quarter since which its holder has held it.
    pub since: u32,
    /// Year in which the term ends.
    pub term_end: u32,
    /// Consecutive terms of its holder.
    pub terms: u32,
    /// Year of the last review, or of the creation.
    pub reviewed: u32,
    /// Quarter in which a transition ends.
    pub ready: u32,
    /// Completeness of its catalogue, 0–1.
    pub catalogue: f64,
    /// Share of each region's people who know it, 0–1.
    pub known: [f64; MAX_REGIONS],

    /// Yearly money that the foundation handed over with the theme, USD at year-0 prices.
    pub handed: Money,
    /// Money of this year.
    pub money: Money,
    /// Its reserves.
    pub reserves: Money,
    /// Its staff at the holder.
    pub staff: Capacity,

    /// Money of this year's pots that it may re-grant in its region.
    pub envelope: Money,
    /// Money of the envelope that it has awarded.
    pub regranted: Money,
    /// Work of deciding about this year's applications.
    pub deciding: Work,
    /// Year up to which its money is promised.
    pub promised_until: u32,
    /// Whether its money is interrupted this year.
    pub interrupted: bool,
    /// Share of next year's money that is secured.
    pub secured: f64,
    /// Staff, at the holder and at partners, that left this year.
    pub leavers: Capacity,
    /// Its conduct.
    pub conduct: Conduct,
    /// The result of the last review, until it takes effect.
    pub pending: Option<PendingDecision>,

    /// Its projects.
    pub queue: WorkQueue,
    /// Support work still available this quarter.
    pub support_left: Work,
    /// Outreach and catalogue work of this quarter.
    pub outreach: Work,
    /// Learning time of this quarter, of all who serve under it.
    pub learning: Work,
    /// Of this quarter's work, what the holder gives from its own, unpaid.
    pub pledged: Work,
    /// Work of answering false alarms about it: its next quarter is shorter by it.
    pub answering: Work,

    /// Visits to its service point this quarter by region, person-requests.
    pub asked_now: [f64; MAX_REGIONS],
    /// Effect of the help it gave by region this quarter.
    pub service_now: [f64; MAX_REGIONS],
    /// Sums of this year.
    pub year: MandateYear,
    /// Sums of last year: what a review sees.
    pub last: MandateYear,
}

/// Sums of a mandate over a year. Replaced as a whole when a year begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MandateYear {
    /// Requests of its scope by region, person-requests.
    pub requests: [f64; MAX_REGIONS],
    /// Of these, requests that came to its service point.
    pub asked: [f64; MAX_REGIONS],
    /// Effect of the help it gave by region, person-requests.
    pub service: [f64; MAX_REGIONS],
    /// Requests of its scope by theme, person-requests.
    pub requests_by_theme: [f64; MAX_THEMES],
    /// Effect of the help it gave by theme, person-requests.
    pub service_by_theme: [f64; MAX_THEMES],
    /// Requests of its scope in quarters in which it was in transition or its money was interrupted.
    pub forgone: f64,
    /// Requests of its scope up to the end of the last quarter.
    pub counted: f64,
    /// Materials built under it.
    pub built: u32,
    /// Adaptations by others of materials built under it.
    pub reused: u32,
    /// Adaptations of materials built under it by organisations outside the movement.
    pub taken_up: u32,
}

impl Mandate {
    /// A mandate created now, without partners, money or staff.
    pub fn new(key: Key, remit: Remit, scope: Scope, holder: OrganisationId, now: Clock) -> Mandate {
        Mandate {
            key,
            remit,
            scope,
            holder,
            partners: Vec::new(),
            seconded: Vec::new(),
            pilot: false,
            ended: false,
            created: now.quarter(),
            since: now.quarter(),
            term_end: now.year(),
            terms: 1,
            reviewed: now.year(),
            ready: now.quarter(),
            catalogue: 0.0,
            known: [0.0; MAX_REGIONS],
            handed: Money::ZERO,
            money: Money::ZERO,
            reserves: Money::ZERO,
            staff: Capacity::ZERO,
            envelope: Money::ZERO,
            regranted: Money::ZERO,
            deciding: Work::ZERO,
            promised_until: 0,
            interrupted: false,
            secured: 0.0,
            leavers: Capacity::ZERO,
            conduct: Conduct::checked_in(now.quarter()),
            pending: None,
            queue: WorkQueue::default(),
            support_left: Work::ZERO,
            outreach: Work::ZERO,
            learning: Work::ZERO,
            pledged: Work::ZERO,
            answering: Work::ZERO,
            asked_now: [0.0; MAX_REGIONS],
            service_now: [0.0; MAX_REGIONS],
            year: MandateYear::default(),
            last: MandateYear::default(),
        }
    }

    /// The theme of a thematic hub.
    #[inline]
    pub fn theme(&self) -> Option<ThemeId> {
        match self.remit {
            Remit::Theme(theme) => Some(theme),
            Remit::Region(_) => None,
        }
    }

    /// The region of a regional hub.
    #[inline]
    pub fn region(&self) -> Option<RegionId> {
        match self.remit {
            Remit::Theme(_) => None,
            Remit::Region(region) => Some(region),
        }
    }

    /// Its staff, at the holder and at partners.
    pub fn total_staff(&self) -> Capacity {
        self.staff + self.seconded.iter().copied().sum()
    }

    /// Its staff at one of the organisations that hold it.
    pub fn staff_of(&self, id: OrganisationId) -> Capacity {
        let seconded = self.partners.iter().zip(&self.seconded).filter(|&(&partner, _)| partner == id);
        let own = if self.holder == id { self.staff } else { Capacity::ZERO };
        own + seconded.map(|(_, &staff)| staff).sum()
    }

    /// Whether an organisation holds it, alone or with others.
    #[inline]
    pub fn held_by(&self, id: OrganisationId) -> bool {
        self.holder == id || self.partners.contains(&id)
    }

    /// Takes a quarter's work out of all that it does, in proportion. Gives what it took.
    pub fn take_work(&mut self, wanted: Work) -> Work {
        let Mandate { support_left, queue, outreach, learning, .. } = self;
        take_in_proportion([support_left, &mut queue.budget, outreach, learning], wanted)
    }

    /// Adds a partner, which has no staff for it yet.
    pub fn add_partner(&mut self, id: OrganisationId) {
        self.partners.push(id);
        self.seconded.push(Capacity::ZERO);
    }

    /// Removes the partners that do not meet a condition.
    pub fn keep_partners(&mut self, stays: impl Fn(OrganisationId) -> bool) {
        let old = std::mem::take(&mut self.partners).into_iter().zip(std::mem::take(&mut self.seconded));
        (self.partners, self.seconded) = old.filter(|&(id, _)| stays(id)).unzip();
    }

    /// Whether it has not ended.
    #[inline]
    pub fn alive(&self) -> bool {
        !self.ended
    }

    /// Its stage in a quarter.
    pub fn stage(&self, quarter: u32) -> Stage {
        if self.ended {
            Stage::Ended
        } else if quarter < self.ready {
            Stage::Transition
        } else if self.pilot {
            Stage::Pilot
        } else {
            Stage::Active
        }
    }
}

#[cfg(test)]
mod tests;
