//! A mandate: the responsibility of a hub.

use crate::ids::{Key, MAX_REGIONS, MAX_THEMES, OrganisationId, RegionId, ThemeId};
use crate::model::world::problem::Desk;
use crate::quantity::{Capacity, Money, Work};

/// A set of theme × region cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope([u32; MAX_THEMES]);

impl Scope {
    /// One theme in all of a number of regions.
    pub fn theme(theme: ThemeId, regions: usize) -> Scope {
        let mut cells = [0; MAX_THEMES];
        cells[theme.index()] = ((1u64 << regions) - 1) as u32;
        Scope(cells)
    }

    /// Whether it holds a cell.
    #[inline]
    pub fn holds(&self, region: RegionId, theme: ThemeId) -> bool {
        self.0[theme.index()] >> region.0 & 1 == 1
    }

    /// The same theme in only some of its regions.
    pub fn keep(&self, theme: ThemeId, regions: &[RegionId]) -> Scope {
        let mask = regions.iter().fold(0, |mask, r| mask | 1 << r.0);
        let mut cells = [0; MAX_THEMES];
        cells[theme.index()] = self.0[theme.index()] & mask;
        Scope(cells)
    }

    /// The regions in which it holds a theme.
    pub fn regions(&self, theme: ThemeId) -> impl Iterator<Item = RegionId> + use<> {
        let mask = self.0[theme.index()];
        (0..MAX_REGIONS as u8).filter(move |r| mask >> r & 1 == 1).map(RegionId)
    }
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

/// The responsibility of a hub for a theme in some regions.
#[derive(Clone, Debug)]
pub struct Mandate {
    /// What its draws are addressed by.
    pub key: Key,
    /// Its theme.
    pub theme: ThemeId,
    /// Where it is responsible for it.
    pub scope: Scope,
    /// Who holds it.
    pub holder: OrganisationId,
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
    /// Its staff.
    pub staff: Capacity,

    /// What it is working on.
    pub desk: Desk,
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
    /// Requests, door visits and service of this quarter, all regions.
    pub asked_now: [f64; MAX_REGIONS],
    /// Effect of the help it gave by region this quarter.
    pub service_now: [f64; MAX_REGIONS],
    /// Requests, service and reuse of last year: what a review sees.
    pub last: Record,
    /// Materials built under it this year.
    pub built: u32,
    /// Adaptations by others this year of what was built under it.
    pub reused: u32,
}

/// What a mandate did in a year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Record {
    /// Requests of its scope by region, person-requests.
    pub requests: [f64; MAX_REGIONS],
    /// Effect of the help it gave by region, person-requests.
    pub service: [f64; MAX_REGIONS],
    /// Adaptations by others of what was built under it.
    pub reused: f64,
}

impl Mandate {
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
        let part = scope.keep(ThemeId(2), &[RegionId(1), RegionId(4)]);
        assert_eq!(part.regions(ThemeId(2)).collect::<Vec<_>>(), [RegionId(1), RegionId(4)]);
    }
}
