//! Projects: what organisations and mandates are working on.

use crate::ids::{CommunityId, MandateId, OrganisationId, RegionId};
use crate::units::Work;

/// A build that is not finished.
#[derive(Clone, Copy, Debug)]
pub struct UnderWay {
    /// Who builds.
    pub producer: OrganisationId,
    /// Under which mandate.
    pub mandate: Option<MandateId>,
    /// For which part of the world.
    pub region: RegionId,
    /// Quarter in which it began.
    pub started: u32,
}

/// Why work was done that had been done before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicationCause {
    /// What existed was not found.
    NotFound = 0,
    /// What existed was not packaged, and adapting it would have cost more than building.
    NotPackaged = 1,
    /// The maker insisted on its own.
    NotInventedHere = 2,
    /// Others were building it at the same time.
    SameTime = 3,
}

impl DuplicationCause {
    /// All causes, in their order.
    pub const ALL: [DuplicationCause; 4] = [Self::NotFound, Self::NotPackaged, Self::NotInventedHere, Self::SameTime];
}

/// What an organisation is working on for one problem and community.
#[derive(Clone, Copy, Debug)]
pub struct Project {
    /// Slot of the problem.
    pub problem: usize,
    /// For whom.
    pub community: CommunityId,
    /// Building, or adapting a material of this quality.
    pub task: Task,
    /// Work still to do.
    pub left: Work,
    /// Share of the work that duplicates, and why.
    pub duplicated: Option<(f64, DuplicationCause)>,
    /// Where it needs what is not there yet.
    pub blocked_at: Option<Blocked>,
    /// Whether it does without.
    pub worked_around: bool,
}

impl Project {
    /// Whether it waits for what it needs first.
    #[inline]
    pub fn waits(&self) -> bool {
        self.blocked_at.is_some_and(|blocked_at| blocked_at.since.is_some())
    }
}

/// The point of a project beyond which it needs a material of another theme.
#[derive(Clone, Copy, Debug)]
pub struct Blocked {
    /// Work that is left at that point.
    pub at: Work,
    /// Quarter since which the project waits there.
    pub since: Option<u32>,
}

/// What a project does.
#[derive(Clone, Copy, Debug)]
pub enum Task {
    /// Builds a material, packaged or not.
    Build {
        /// Whether for reuse.
        packaged: bool,
    },
    /// Adapts a material.
    Adapt {
        /// Its quality.
        quality: f64,
        /// Who made it.
        producer: OrganisationId,
        /// Under which mandate.
        mandate: Option<MandateId>,
        /// Where it comes from.
        region: RegionId,
        /// What building would have taken more.
        saved: Work,
    },
}

/// The projects of an organisation at home, or of a mandate.
#[derive(Clone, Debug, Default)]
pub struct WorkQueue {
    /// In order of their beginning.
    pub projects: Vec<Project>,
    /// Production work of this quarter.
    pub budget: Work,
    /// Support work that nobody called for last quarter: it produces in this one.
    pub carried: Work,
}
