//! Projects of organisations and mandates.

use crate::ids::{CommunityId, MandateId, OrganisationId, RegionId};
use crate::units::Work;

/// A build that is not finished, as others see it.
#[derive(Clone, Copy, Debug)]
pub struct UnderWay {
    /// The producer.
    pub producer: OrganisationId,
    /// The mandate for which it was made, if any.
    pub mandate: Option<MandateId>,
    /// The region that it is made for.
    pub region: RegionId,
    /// Quarter in which it began.
    pub started: u32,
}

/// The cause of duplicated work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicationCause {
    /// An existing material was not found.
    NotFound = 0,
    /// An existing material was not packaged, and adapting it would have cost more than building.
    NotPackaged = 1,
    /// The producer insisted on its own.
    NotInventedHere = 2,
    /// Others were building it at the same time.
    SameTime = 3,
}

impl DuplicationCause {
    /// All causes, in their order.
    pub const ALL: [DuplicationCause; 4] = [Self::NotFound, Self::NotPackaged, Self::NotInventedHere, Self::SameTime];
}

/// Work of an organisation on one problem for one community.
#[derive(Clone, Copy, Debug)]
pub struct Project {
    /// Slot of the problem.
    pub problem: usize,
    /// The community that it is for.
    pub community: CommunityId,
    /// Building, or adapting a material of this quality.
    pub task: Task,
    /// Work still to do.
    pub left: Work,
    /// Share of the work that duplicates, and why.
    pub duplicated: Option<(f64, DuplicationCause)>,
    /// The point at which it needs a material that does not exist yet.
    pub blocked_at: Option<Blocked>,
    /// Whether it goes on without that material.
    pub worked_around: bool,
}

impl Project {
    /// Whether it waits for a material that it needs first.
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

/// The task of a project.
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
        /// Its producer.
        producer: OrganisationId,
        /// The mandate for which it was made, if any.
        mandate: Option<MandateId>,
        /// The region that it was made for.
        region: RegionId,
        /// Work that building would take beyond adapting.
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
    /// Work for support and production this quarter.
    pub useful: Work,
    /// How far the share of it that goes to support has moved from that at the start, after the calls.
    pub shifted: f64,
    /// Work that it is usually asked for in a quarter; none before its first one.
    pub called: Option<Work>,
    /// Support work that no request took up last quarter; production gets it this quarter.
    pub carried: Work,
    /// Support work that is kept for next quarter's support: what rationing left over although it was called for, or a
    /// little for who calls next; negative: a debt to it.
    pub balance: Work,
}
