//! Designs: the arms of an experiment, its trials and its contrasts.

use super::contrast::{ArmId, Contrast, derived};
use super::findings::Outcome;
use super::trial::Plan;
use crate::scenario::arm::Arm;

/// An experiment that is known before it is run.
pub trait Design: Sync {
    /// What is simulated. An arm's position is its [`ArmId`].
    fn arms(&self) -> &[Arm];

    /// Worlds in which each arm is simulated.
    fn replicates(&self) -> u32;

    /// All trials, replicate by replicate, so that an interrupted study has compared what it has.
    fn trials(&self) -> Vec<Plan> {
        let arms = self.arms().len();
        let trials = |replicate| (0..arms).map(move |arm| Plan { arm: ArmId(arm), replicate });
        (0..self.replicates()).flat_map(trials).collect()
    }

    /// What is compared with what; unless a design says otherwise, each arm with the one it was made from.
    fn contrasts(&self) -> Vec<Contrast> {
        derived(self.arms())
    }
}

/// An experiment whose trials follow from what was found before: it asks for trials, is told their outcomes, and asks
/// again, until it asks for none.
pub trait Adaptive {
    /// All arms that were asked for so far. An arm's position is its [`ArmId`] and does not change.
    fn arms(&self) -> &[Arm];

    /// The next trials, which are simulated together; none at the end.
    fn ask(&mut self) -> Vec<Plan>;

    /// The outcomes of the trials last asked for, in their order.
    fn tell(&mut self, outcomes: Vec<Outcome>);
}
