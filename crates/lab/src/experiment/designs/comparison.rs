//! Comparison: all pairs of the arms that a scenario selects.

use crate::experiment::contrast::{Contrast, derived, pairs};
use crate::experiment::design::Design;
use crate::scenario::Scenario;
use crate::scenario::arm::Arm;

/// Every selected arm of a scenario in every replicate. Besides all pairs, the arms of `[[ablation]]` and
/// `[[head_start]]` are compared with the arms from which they are derived.
#[derive(Clone, Debug)]
pub struct ComparisonDesign {
    arms: Vec<Arm>,
    replicates: u32,
}

impl ComparisonDesign {
    /// The design of a scenario's run.
    pub fn new(scenario: &Scenario) -> ComparisonDesign {
        ComparisonDesign { arms: scenario.arms(), replicates: scenario.replicates }
    }

    /// The design over any arms.
    pub fn from_arms(arms: Vec<Arm>, replicates: u32) -> ComparisonDesign {
        ComparisonDesign { arms, replicates }
    }
}

impl Design for ComparisonDesign {
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
