//! Head start: each arm without and with a head start of one organisation.

use crate::experiment::design::Design;
use crate::scenario::arm::{Arm, Value};

/// Each arm without and with a head start.
#[derive(Clone, Debug)]
pub struct HeadStartDesign {
    arms: Vec<Arm>,
    replicates: u32,
}

impl HeadStartDesign {
    /// One organisation, drawn in each world, begins with `more`: 0.5 is half as much again.
    pub fn new(arms: Vec<Arm>, more: f64, replicates: u32) -> HeadStartDesign {
        let ahead: Vec<Arm> = arms.iter().map(|arm| arm.with_head_start(Value::Plain(more.into()))).collect();
        HeadStartDesign { arms: [arms, ahead].concat(), replicates }
    }
}

impl Design for HeadStartDesign {
    fn arms(&self) -> &[Arm] {
        &self.arms
    }

    fn replicates(&self) -> u32 {
        self.replicates
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{ArmId, NullSink, Subject, run};
    use crate::scenario::{Changes, Scenario};

    #[test]
    fn each_arm_is_contrasted_with_itself_ahead() {
        let changes = Changes { years: Some(1), ..Changes::default() };
        let scenario = Scenario::find("small", &changes).expect("a built-in");
        let design = HeadStartDesign::new(["status-quo", "thematic-hubs"].map(Arm::new).to_vec(), 0.5, 1);
        let found = run(&scenario, &design, &NullSink).expect("nothing stops it");
        let pairs: Vec<(ArmId, ArmId)> = found.contrasts.iter().map(|of| (of.arm, of.against)).collect();
        assert_eq!(pairs, [(ArmId(2), ArmId(0)), (ArmId(3), ArmId(1))]);
        assert!(found.contrasts.iter().all(|of| of.subject == Subject::HeadStart));
        assert!(found.outcomes[0].digest != found.outcomes[2].digest, "the head start changes the trial");
    }
}
