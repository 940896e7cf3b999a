//! Knock-out: every arm with all mechanisms, and with each mechanism alone switched off.

use crate::experiment::design::Design;
use crate::scenario::Scenario;
use crate::scenario::arm::Arm;
use hubsim_model::catalogue::{Off, Section};
use hubsim_model::mechanisms::SECTIONS;

/// The mechanisms that can be switched off, in the order of the year.
pub fn switchable() -> Vec<&'static Section> {
    SECTIONS.iter().filter(|section| matches!(section.off, Some(Off::Set(_)))).collect()
}

/// The mechanisms that cannot be switched off, and the reasons.
pub fn unswitchable() -> Vec<(&'static Section, &'static str)> {
    let never = |section: &'static Section| match section.off {
        Some(Off::Never(reason)) => Some((section, reason)),
        _ => None,
    };
    SECTIONS.iter().filter_map(never).collect()
}

/// Knock-out design: the selected arms of a scenario first, then the same with one mechanism off, mechanism by mechanism.
#[derive(Clone, Debug)]
pub struct KnockOutDesign {
    arms: Vec<Arm>,
    replicates: u32,
}

impl KnockOutDesign {
    /// The design over a scenario's selected arms.
    pub fn new(scenario: &Scenario) -> KnockOutDesign {
        let mut arms = scenario.arms();
        let plain = arms.clone();
        for section in switchable() {
            arms.extend(plain.iter().filter_map(|arm| arm.with_mechanism_off(section)));
        }
        // In this design a selected arm is compared only with its own knock-outs, not with the arm from which it is derived.
        arms[..plain.len()].iter_mut().for_each(|arm| arm.derivation = None);
        KnockOutDesign { arms, replicates: scenario.replicates }
    }
}

impl Design for KnockOutDesign {
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
    use crate::experiment::{ArmId, Findings, NullSink, Subject, run, run_study};
    use crate::scenario::Changes;

    /// Four replicates lie in two worlds: in one alone, power may change no decision within two years.
    fn small(policies: &[&str]) -> Scenario {
        let policies = Some(policies.iter().map(|&policy| policy.to_owned()).collect());
        let changes = Changes { policies, replicates: Some(4), years: Some(2), ..Changes::default() };
        Scenario::find("small", &changes).expect("a built-in")
    }

    fn knock_out(scenario: &Scenario) -> Findings {
        run(scenario, &KnockOutDesign::new(scenario), &NullSink).expect("nothing stops it")
    }

    #[test]
    fn the_first_arms_are_the_plain_study_and_the_others_differ() {
        let scenario = small(&["regional-hubs", "thematic-hubs"]);
        let (found, plain) = (knock_out(&scenario), run_study(&scenario, &NullSink).expect("nothing stops it"));
        assert_eq!(found.outcomes.len(), 2 * 4 * (switchable().len() + 1));
        assert_eq!(found.policies[..2], plain.policies[..]);
        let digests = |findings: &Findings, arm| {
            findings.arm(arm).iter().map(|outcome| outcome.digest.clone()).collect::<Vec<_>>()
        };
        for arm in [ArmId(0), ArmId(1)] {
            assert_eq!(digests(&found, arm), digests(&plain, arm));
        }
        // Some mechanisms concern hubs only.
        for (of, section) in found.contrasts.chunks(2).zip(switchable()) {
            assert!(of.iter().all(|of| of.subject == Subject::Mechanism(section.name.to_owned())), "{of:?}");
            assert_eq!([of[0].against, of[1].against], [ArmId(0), ArmId(1)]);
            assert!(of.iter().any(|of| digests(&found, of.arm) != digests(&plain, of.against)), "{}", section.name);
        }
        assert_eq!(found.contrasts.len(), 2 * switchable().len());
    }

    #[cfg(feature = "parallel")]
    #[test]
    fn threads_change_nothing() {
        let scenario = small(&["status-quo"]);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| knock_out(&scenario)).digest()
        };
        assert_eq!(on(1), on(3));
    }

    #[test]
    fn every_mechanism_is_one_or_the_other() {
        assert_eq!(switchable().len() + unswitchable().len(), SECTIONS.len());
    }
}
