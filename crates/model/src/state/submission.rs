//! A material that waits to be checked.

use crate::ids::RegionId;
use crate::state::Actor;
use crate::units::Work;

/// A packaged material that is not offered to others until it has been checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Submission {
    /// Slot of the problem that it solves.
    pub problem: usize,
    /// Its index among the problem's materials.
    pub material: usize,
    /// Its producer.
    pub producer: Actor,
    /// The region that it was made for.
    pub region: RegionId,
    /// Quarter of its submission; checks begin in the next one.
    pub since: u32,
    /// The current step.
    pub step: Step,
    /// Work of this step that is left.
    pub left: Work,
}

/// The steps of a check.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// The first check.
    Check,
    /// Its producer reworks it, towards a quality.
    Rework {
        /// Quality after the rework, 0–1.
        quality: f64,
    },
    /// The second and last check.
    Recheck,
}
