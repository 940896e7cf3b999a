//! A mandate: the responsibility of a hub.

use crate::ids::{Key, MAX_REGIONS, MAX_THEMES, OrganisationId, RegionId, ThemeId};
use crate::state::conduct::Conduct;
use crate::state::governance::Verdict;
use crate::state::problem::WorkQueue;
use crate::units::{Capacity, Money, Work};

/// A set of theme × region cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope([u32; MAX_THEMES]);

impl Scope {
    /// One theme in all of a number of regions.
    pub fn theme(theme: ThemeId, regions: usize) -> Scope {
        let mut cells = [0; MAX_THEMES];
        cells[theme] = ((1u64 << regions) - 1) as u32;
        Scope(cells)
    }

    /// Whether it holds a cell.
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

    /// The same in only some of its regions.
    pub fn keep(&self, regions: &[RegionId]) -> Scope {
        let mask = regions.iter().fold(0, |mask, r| mask | 1 << r.0);
        Scope(self.0.map(|row| row & mask))
    }

    /// The same in only some of its themes.
    pub fn keep_themes(&self, themes: &[ThemeId]) -> Scope {
        Scope(std::array::from_fn(|t| if themes.contains(&ThemeId::from_index(t)) { self.0[t] } else { 0 }))
    }

    /// The themes in which it holds anything, in order.
    pub fn themes(&self) -> impl Iterator<Item = ThemeId> + use<> {
        let rows = self.0;
        (0..MAX_THEMES).filter(move |&t| rows[t] != 0).map(ThemeId::from_index)
    }

    /// Whether it holds anything of a theme.
    #[inline]
    pub fn touches(&self, theme: ThemeId) -> bool {
        self.0[theme] != 0
    }

    /// The regions in which it holds anything, in order.
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

/// What a mandate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// A theme: a thematic hub.
    Theme(ThemeId),
    /// A part of the world, in all themes: a regional hub.
    Region(RegionId),
}

/// Where a mandate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Among the first, to learn from.
    Pilot,
    /// At work.
    Active,
    /// Starting, moving or changing hands.
    Transition,
    /// No more.
    Ended,
}

/// The responsibility of a hub: for a theme in some regions, or for a region.
#[derive(Clone, Debug)]
pub struct Mandate {
    /// What its draws are addressed by.
    pub key: Key,
    /// What it is for.
    pub charge: Charge,
    /// Which cells it is responsible for.
    pub scope: Scope,
    /// Who holds it.
    pub holder: OrganisationId,
    /// Who holds it with them, as a consortium.
    pub partners: Vec<OrganisationId>,
    /// What each partner's part of the money pays for, in the same order.
    pub seconded: Vec<Capacity>,
    /// Whether it was created as a pilot.
    pub pilot: bool,
    /// Whether it has ended.
    pub ended: bool,
    /// Quarter of its creation.
    pub created: u32,
    /// Quarter since which its holder has it.
    pub since: u32,
    /// Year in which the term ends.
    pub term_end: u32,
    /// Terms in a row its holder has had.
    pub terms: u32,
    /// Year of the last review, or of the creation.
    pub reviewed: u32,
    /// Quarter in which a transition is over.
    pub ready: u32,
    /// Completeness of its catalogue, 0–1.
    pub catalogue: f64,
    /// Share of each region's people who know it, 0–1.
    pub known: [f64; MAX_REGIONS],

    /// Staff and money that the foundation handed over with the theme, USD in year 0.
    pub handed: Money,
    /// Money of this year.
    pub money: Money,
    /// Of its money, put by.
    pub reserves: Money,
    /// Its staff at its holder's.
    pub staff: Capacity,

    /// Of this year's pots, what it may re-grant in its region.
    pub envelope: Money,
    /// Of that, what it has re-granted.
    pub regranted: Money,
    /// Work of deciding about this year's applications.
    pub deciding: Work,
    /// Year up to which its money is promised.
    pub promised_until: u32,
    /// Whether its money is interrupted this year.
    pub interrupted: bool,
    /// Share of next year's money that is secured.
    pub secured: f64,
    /// Of its staff, at its holder's and at its partners', who left this year.
    pub leavers: Capacity,
    /// Requests of its scope that fell, this year, into quarters in which it was in transition or its money interrupted.
    pub forgone: f64,
    /// Requests of its scope this year up to the last quarter.
    pub counted: f64,
    /// How it behaves.
    pub conduct: Conduct,
    /// What the last review found, until it takes effect.
    pub verdict: Option<Verdict>,

    /// What it is working on.
    pub queue: WorkQueue,
    /// Support work still available this quarter.
    pub support_left: Work,
    /// Outreach and catalogue work of this quarter.
    pub outreach: Work,

    /// Requests of its scope by region this year, person-requests.
    pub requests: [f64; MAX_REGIONS],
    /// Of these, that came to its door.
    pub asked: [f64; MAX_REGIONS],
    /// Effect of the help it gave by region this year.
    pub service: [f64; MAX_REGIONS],
    /// Requests of its scope by theme this year, person-requests.
    pub requests_by_theme: [f64; MAX_THEMES],
    /// Effect of the help it gave by theme this year.
    pub service_by_theme: [f64; MAX_THEMES],
    /// Door visits of this quarter by region, person-requests.
    pub asked_now: [f64; MAX_REGIONS],
    /// Effect of the help it gave by region this quarter.
    pub service_now: [f64; MAX_REGIONS],
    /// Requests, service and reuse of last year: what a review sees.
    pub last: MandateYear,
    /// Materials built under it this year.
    pub built: u32,
    /// Adaptations by others this year of what was built under it.
    pub reused: u32,
    /// Of what was built under it, adaptations by those outside the movement this year.
    pub taken_up: u32,
}

/// What a mandate did in a year.
#[derive(Clone, Copy, Debug, Default)]
pub struct MandateYear {
    /// Requests of its scope by region, person-requests.
    pub requests: [f64; MAX_REGIONS],
    /// Effect of the help it gave by region, person-requests.
    pub service: [f64; MAX_REGIONS],
    /// Requests of its scope by theme, person-requests.
    pub requests_by_theme: [f64; MAX_THEMES],
    /// Effect of the help it gave by theme, person-requests.
    pub service_by_theme: [f64; MAX_THEMES],
    /// Adaptations by others of what was built under it.
    pub reused: f64,
}

impl Mandate {
    /// The theme of a thematic hub.
    #[inline]
    pub fn theme(&self) -> Option<ThemeId> {
        match self.charge {
            Charge::Theme(theme) => Some(theme),
            Charge::Region(_) => None,
        }
    }

    /// The region of a regional hub.
    #[inline]
    pub fn region(&self) -> Option<RegionId> {
        match self.charge {
            Charge::Theme(_) => None,
            Charge::Region(region) => Some(region),
        }
    }

    /// Its staff, at its holder's and at its partners'.
    pub fn staff_in_all(&self) -> Capacity {
        self.staff + self.seconded.iter().copied().sum()
    }

    /// Its staff at one of those who hold it.
    pub fn staff_of(&self, id: OrganisationId) -> Capacity {
        let seconded = self.partners.iter().zip(&self.seconded).filter(|&(&partner, _)| partner == id);
        let own = if self.holder == id { self.staff } else { Capacity::ZERO };
        own + seconded.map(|(_, &staff)| staff).sum()
    }

    /// Whether an organisation is among those who hold it, alone or with others.
    #[inline]
    pub fn held_by(&self, id: OrganisationId) -> bool {
        self.holder == id || self.partners.contains(&id)
    }

    /// Takes a partner in, who has yet to find staff.
    pub fn take_in(&mut self, id: OrganisationId) {
        self.partners.push(id);
        self.seconded.push(Capacity::ZERO);
    }

    /// Parts with those partners that a condition does not hold for.
    pub fn keep_partners(&mut self, stays: impl Fn(OrganisationId) -> bool) {
        let old = std::mem::take(&mut self.partners).into_iter().zip(std::mem::take(&mut self.seconded));
        (self.partners, self.seconded) = old.filter(|&(id, _)| stays(id)).unzip();
    }

    /// Whether it has not ended.
    #[inline]
    pub fn alive(&self) -> bool {
        !self.ended
    }

    /// Where it stands in a quarter.
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
mod tests {
    use super::*;

    #[test]
    fn a_scope_holds_its_cells_and_no_others() {
        let scope = Scope::theme(ThemeId(2), 32);
        assert!(scope.holds(RegionId(31), ThemeId(2)) && !scope.holds(RegionId(31), ThemeId(1)));
        let part = scope.keep(&[RegionId(1), RegionId(4)]);
        assert_eq!(part.regions().collect::<Vec<_>>(), [RegionId(1), RegionId(4)]);
        assert_eq!(part.cells().collect::<Vec<_>>(), [(RegionId(1), ThemeId(2)), (RegionId(4), ThemeId(2))]);
        let home = Scope::region(RegionId(3), 4);
        assert_eq!(home.regions().collect::<Vec<_>>(), [RegionId(3)]);
        assert!(home.holds(RegionId(3), ThemeId(3)) && !home.holds(RegionId(3), ThemeId(4)));
        let part = home.keep_themes(&[ThemeId(0), ThemeId(3), ThemeId(9)]);
        assert_eq!(part.themes().collect::<Vec<_>>(), [ThemeId(0), ThemeId(3)]);
        assert_eq!(part.regions().collect::<Vec<_>>(), [RegionId(3)]);
    }
}
