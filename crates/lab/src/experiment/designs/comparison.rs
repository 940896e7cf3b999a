//! Comparison: the arms that a scenario selects, each against each.

use crate::experiment::contrast::{Contrast, derived, pairs};
use crate::experiment::design::Design;
use crate::scenario::Scenario;
use crate::scenario::arm::Arm;

/// Every selected arm of a scenario in every replicate. Besides all pairs, the arms that `[[ablation]]` and
/// `[[head_start]]` make are compared with what they were made from.
#[derive(Clone, Debug)]
pub struct Comparison {
    arms: Vec<Arm>,
    replicates: u32,
}

impl Comparison {
    /// The design of a scenario's run.
    pub fn new(scenario: &Scenario) -> Comparison {
        Comparison { arms: scenario.arms(), replicates: scenario.replicates }
    }

    /// Any arms, in so many replicates.
    pub fn of_arms(arms: Vec<Arm>, replicates: u32) -> Comparison {
        Comparison { arms, replicates }
    }
}

impl Design for Comparison {
    fn arms(&self) -> &[Arm] {
        &self.arms
    }

    fn replicates(&self) -> u32 {
        self.replicates
    }

    fn contrasts(&self) -> Vec<Contrast> {
        [pairs(self.arms.len()), derived(&self.arms)].concat()
    }
}
