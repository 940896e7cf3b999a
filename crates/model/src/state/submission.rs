//! A material that waits at the gate.

use crate::ids::{Key, MandateId, OrganisationId, RegionId};
use crate::units::Work;

/// A packaged material that is not offered to others before somebody has checked it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Submission {
    /// Slot of the problem that it solves.
    pub problem: usize,
    /// Its place among the problem's materials.
    pub material: usize,
    /// Who made it.
    pub producer: OrganisationId,
    /// Under which mandate.
    pub mandate: Option<MandateId>,
    /// What the draws of the work queue that made it are addressed by.
    pub key: Key,
    /// For which part of the world it was made.
    pub region: RegionId,
    /// Quarter in which it came to the gate: it is looked at from the next one on.
    pub since: u32,
    /// What happens to it.
    pub step: Step,
    /// Work of this step still to do.
    pub left: Work,
}

/// What happens to a material at the gate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// It is looked at for the first time.
    Check,
    /// Its maker works it over, towards a quality.
    Rework {
        /// What its quality will be, 0–1.
        quality: f64,
    },
    /// It is looked at for the second and last time.
    Recheck,
}
