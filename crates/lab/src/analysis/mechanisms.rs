//! What each mechanism does: how far measures move when it is switched off, alone.
//!
//! The arms of such a study stand in blocks: first the policies as they are, then the same policies with one mechanism
//! off, block by block. Differences are paired by replicate (the same world, the same luck): off − as it is.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::comparison::compare_one;
use super::estimate::{CONFIDENCE, Estimate};
use super::{Comparison, Findings};
use hubsim_model::catalogue::{Off, Section};
use hubsim_model::measures::MEASURES;
use hubsim_model::mechanisms::SECTIONS;

/// The mechanisms that can be switched off, in the order of the year.
pub fn switchable() -> Vec<&'static Section> {
    SECTIONS.iter().filter(|section| matches!(section.off, Some(Off::Set(_)))).collect()
}

/// Those that cannot, and why.
pub fn unswitchable() -> Vec<(&'static Section, &'static str)> {
    let never = |section: &'static Section| match section.off {
        Some(Off::Never(reason)) => Some((section, reason)),
        _ => None,
    };
    SECTIONS.iter().filter_map(never).collect()
}

/// What a mechanism does to one measure under one policy in the last year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Position of the mechanism among [`switchable`].
    pub mechanism: usize,
    /// Position of the policy.
    pub policy: usize,
    /// As it is, off, and the paired difference, off − as it is.
    pub comparison: Comparison,
    /// Whether the difference is other than 0 at 95 % for all differences of the mechanism together (Bonferroni): of
    /// many intervals of 95 % some would leave out 0 by chance alone. So does a measure that is gone.
    pub moves: bool,
    /// Whether there is nothing left to measure: no need is met or unmet where nobody asks.
    pub gone: bool,
}

/// The effect of every mechanism on every headline measure under every policy, in this order.
pub fn effects(findings: &Findings, policies: usize) -> Vec<Effect> {
    let headlines: Vec<usize> = (0..MEASURES.len()).filter(|&measure| MEASURES[measure].headline).collect();
    let mechanisms = (findings.policies.len() / policies.max(1)).saturating_sub(1);
    let tests = policies * headlines.len();
    let mut effects = Vec::with_capacity(mechanisms * tests);
    for mechanism in 0..mechanisms {
        for policy in 0..policies {
            for &measure in &headlines {
                let pair = (policy, (mechanism + 1) * policies + policy);
                let direction = MEASURES[measure].direction;
                let comparison = compare_one(findings, pair, findings.years, measure, direction);
                let some = |arm| !findings.values(arm, findings.years, measure).is_empty();
                let gone = some(pair.0) && !some(pair.1);
                let moves = gone || differs(&comparison.difference, tests);
                effects.push(Effect { mechanism, policy, comparison, moves, gone });
            }
        }
    }
    effects
}

/// Whether a mean is other than 0 at [`CONFIDENCE`] for so many tests together.
pub(super) fn differs(estimate: &Estimate, tests: usize) -> bool {
    if estimate.n < 2 {
        return false;
    }
    let error = estimate.sd / (estimate.n as f64).sqrt();
    let law = StudentsT::new(0.0, 1.0, (estimate.n - 1) as f64).expect("at least one degree of freedom");
    let critical = law.inverse_cdf(1.0 - (1.0 - CONFIDENCE) / (2 * tests.max(1)) as f64);
    // Rounded, because the last digits of the quantile differ between machines.
    estimate.mean != 0.0 && estimate.mean.abs() > error * (critical * 1e6).round() / 1e6
}

/// Mechanisms that move no headline measure under any policy, by position among [`switchable`].
pub fn idle(effects: &[Effect]) -> Vec<usize> {
    let last = effects.iter().map(|effect| effect.mechanism + 1).max().unwrap_or(0);
    let moves = |mechanism: usize| effects.iter().any(|effect| effect.mechanism == mechanism && effect.moves);
    (0..last).filter(|&mechanism| !moves(mechanism)).collect()
}

/// Mechanisms without which every trial is bit for bit what it is with them, by position among [`switchable`].
pub fn dead(findings: &Findings, policies: usize) -> Vec<usize> {
    let same = |&mechanism: &usize| {
        (0..policies).all(|policy| {
            let (on, off) = (findings.arm(policy), findings.arm((mechanism + 1) * policies + policy));
            on.len() == off.len() && on.iter().zip(off).all(|(on, off)| on.digest == off.digest)
        })
    };
    let mechanisms = (findings.policies.len() / policies.max(1)).saturating_sub(1);
    (0..mechanisms).filter(same).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Outcome;

    #[test]
    fn the_dead_are_told_from_the_weak_and_what_is_gone_has_moved() {
        let mut findings = findings(0.0);
        assert_eq!(dead(&findings, 2), [0, 1]);
        findings.outcomes.last_mut().expect("there are some").digest = "another".to_owned();
        assert_eq!(dead(&findings, 2), [0]);
        findings.outcomes.iter_mut().filter(|of| of.arm == 2).for_each(|of| of.measures[0].fill(f64::NAN));
        let found = effects(&findings, 2);
        assert!(found.iter().all(|of| of.gone == (of.mechanism == 0 && of.policy == 0)) && idle(&found) == [1]);
    }

    /// Two policies as they are and with two mechanisms off: the first does nothing at all, the second adds `by` to every
    /// measure of the second policy, give or take what luck does.
    fn findings(by: f64) -> Findings {
        let value = |arm: usize, replicate: u32| {
            let stream = f64::from(replicate * 37 % 11) / 11.0;
            if arm == 5 { stream + by + 0.01 * (f64::from(replicate * 17 % 7) - 3.0) } else { stream }
        };
        let outcome = |arm, replicate| Outcome {
            arm,
            replicate,
            digest: String::new(),
            world: vec![],
            measures: vec![vec![value(arm, replicate); MEASURES.len()]],
        };
        Findings {
            policies: (0..6).map(|arm| arm.to_string()).collect(),
            uncertain: vec![],
            years: 0,
            outcomes: (0..6).flat_map(|arm| (0..21).map(move |replicate| outcome(arm, replicate))).collect(),
        }
    }

    #[test]
    fn what_moves_is_told_from_what_does_not() {
        let found = effects(&findings(0.1), 2);
        let headlines = MEASURES.iter().filter(|measure| measure.headline).count();
        assert_eq!(found.len(), 2 * 2 * headlines);
        for effect in &found {
            let moved = (effect.mechanism, effect.policy) == (1, 1);
            assert_eq!(effect.moves, moved, "{effect:?}");
            let expected = if moved { 0.1 } else { 0.0 };
            assert!((effect.comparison.difference.mean - expected).abs() < 1e-12, "{effect:?}");
        }
        assert_eq!(idle(&found), [0]);
        assert_eq!(idle(&effects(&findings(0.0), 2)), [0, 1], "luck alone moves nothing");
    }

    /// A difference just outside of one interval of 95 % is no sign of anything where twenty are looked at.
    #[test]
    fn many_tests_ask_for_more() {
        let values: Vec<f64> = (0..20).map(|i| f64::from(i) / 19.0 - 0.5).collect();
        let spread = Estimate::of(&values);
        let shifted: Vec<f64> = values.iter().map(|value| value + (spread.high - spread.mean) * 1.01).collect();
        let shifted = Estimate::of(&shifted);
        assert!(shifted.low > 0.0 && differs(&shifted, 1) && !differs(&shifted, 20));
        assert!(differs(&Estimate::of(&[1.0, 1.0]), 20) && !differs(&Estimate::of(&[0.0, 0.0]), 20));
        assert!(!differs(&Estimate::of(&[1.0]), 1), "one pair says nothing");
    }

    #[test]
    fn every_mechanism_is_one_or_the_other() {
        assert_eq!(switchable().len() + unswitchable().len(), SECTIONS.len());
    }
}
