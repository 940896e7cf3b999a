//! Designs: the arms of an experiment, its trials and its contrasts.

use super::contrast::{ArmId, Contrast, derived};
use super::findings::Outcome;
use super::trial::TrialId;
use crate::scenario::arm::Arm;

/// An experiment that is known before it is run.
pub trait Design: Sync {
    /// The arms. An arm's position is its [`ArmId`].
    fn arms(&self) -> &[Arm];

    /// The number of worlds in which each arm is simulated.
    fn replicates(&self) -> u32;

    /// All trials, replicate by replicate, so that an interrupted study has all arms of the replicates that it finished.
    fn trials(&self) -> Vec<TrialId> {
        let arms = self.arms().len();
        let trials = |replicate| (0..arms).map(move |arm| TrialId { arm: ArmId(arm), replicate });
        (0..self.replicates()).flat_map(trials).collect()
    }

    /// The contrasts; by default each arm against the one it was made from.
    fn contrasts(&self) -> Vec<Contrast> {
        derived(self.arms())
    }
}

/// An experiment whose trials depend on earlier outcomes: it gives trials, records their outcomes, and gives further trials,
/// until there are none.
pub trait Adaptive {
    /// All arms so far. An arm's position is its [`ArmId`] and does not change.
    fn arms(&self) -> &[Arm];

    /// The next trials, which are simulated together; none at the end.
    fn next_trials(&mut self) -> Vec<TrialId>;

    /// Records the outcomes of the trials that [`Adaptive::next_trials`] gave last, in their order.
    fn record(&mut self, outcomes: Vec<Outcome>);
}
