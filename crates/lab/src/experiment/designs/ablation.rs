//! Ablation: a policy with all its mitigations, and without some of them.

use crate::experiment::design::Design;
use crate::scenario::arm::Arm;
use hubsim_model::policy::mitigations::Mitigation;

/// An arm, and one arm for each group of mitigations that is left out.
#[derive(Clone, Debug)]
pub struct AblationDesign {
    arms: Vec<Arm>,
    replicates: u32,
}

impl AblationDesign {
    /// The design over an arm; `without` are the groups of mitigations.
    pub fn new(arm: Arm, without: &[&[&Mitigation]], replicates: u32) -> AblationDesign {
        let without: Vec<Arm> = without.iter().map(|mitigations| arm.without(mitigations)).collect();
        AblationDesign { arms: [vec![arm], without].concat(), replicates }
    }
}

impl Design for AblationDesign {
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
    use crate::experiment::{ArmId, Contrast, NullSink, Subject, run, run_study};
    use crate::scenario::{Changes, Scenario};
    use hubsim_model::policy::mitigations::mitigation;

    /// The same arms, whether a scenario declares them or a program makes them, give the same trials.
    #[test]
    fn an_ablation_needs_no_scenario_that_declares_it() {
        let (base, label) = ("thematic-hubs", "thematic-hubs without pilots");
        let policies = Some(vec![base.to_owned(), label.to_owned()]);
        let changes = Changes { policies, replicates: Some(2), years: Some(3), ..Changes::default() };
        let scenario = Scenario::find("small", &changes).expect("a built-in");
        let pilots: &[&Mitigation] = &[mitigation("pilots").expect("there")];
        let design = AblationDesign::new(Arm::new(base), &[pilots], 2);
        let found = run(&scenario, &design, &NullSink).expect("nothing stops it");
        let declared = run_study(&scenario, &NullSink).expect("nothing stops it");
        assert_eq!((&found.policies, found.digest()), (&declared.policies, declared.digest()));
        let contrast = Contrast::new(ArmId(0), ArmId(1), Subject::Mitigations(vec!["pilots".to_owned()]));
        assert_eq!(found.contrasts, std::slice::from_ref(&contrast));
        assert_eq!(declared.contrasts[1..], [contrast]);
    }
}
