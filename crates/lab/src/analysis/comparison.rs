//! The difference between two arms, replicate by replicate.
//!
//! Replicate *r* of every arm is the same world with the same random numbers (common random numbers), so that their
//! difference is mostly due to the arms. The variance reduction is reported, too: with independent random numbers the
//! difference would have the variance `var x + var y`, with common ones it has `var(y − x)`; the ratio is the
//! factor of replicates saved (Glasserman & Yao 1992).

use super::estimate::{Estimate, correlation, mean, variance};
use crate::experiment::contrast::{ArmId, Contrast, pairs};
use crate::experiment::findings::Findings;
use hubsim_model::measures::Direction;

/// Two arms on one measure in one year. Differences are `other − first`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// The reference arm.
    pub first: ArmId,
    /// The other arm.
    pub other: ArmId,
    /// Position of the measure.
    pub measure: usize,
    /// The year.
    pub year: u32,
    /// Mean of the first arm, over the paired replicates.
    pub first_mean: f64,
    /// Mean of the other.
    pub other_mean: f64,
    /// The paired difference: its number of pairs, mean, standard deviation and interval.
    pub difference: Estimate,
    /// Share of replicates in which the other arm is better; ties count half. For a measure without a better
    /// direction: in which it is higher. NaN without pairs.
    pub better: f64,
    /// Variance saved by common random numbers, a factor: 1 where neither arm varies; infinite where both vary and
    /// their difference does not; NaN of fewer than two pairs.
    pub saved: f64,
    /// Pearson's correlation between the two; NaN where one does not vary.
    pub correlation: f64,
}

/// Every pair of arms (i < j) on every measure in the last year, in order of i, j, measure.
pub fn compare(findings: &Findings, directions: &[Direction]) -> Vec<Comparison> {
    let pairs = pairs(findings.policies.len());
    let mut rows = Vec::with_capacity(pairs.len() * directions.len());
    for pair in &pairs {
        for (measure, direction) in directions.iter().enumerate() {
            rows.push(compare_one(findings, pair, findings.years, measure, *direction));
        }
    }
    rows
}

/// One contrast on one measure in one year.
pub fn compare_one(
    findings: &Findings,
    contrast: &Contrast,
    year: u32,
    measure: usize,
    direction: Direction,
) -> Comparison {
    let (first, other) = (contrast.against, contrast.arm);
    let pairs = findings.pairs(first, other, year, measure);
    let (xs, ys): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let differences: Vec<f64> = pairs.iter().map(|(x, y)| y - x).collect();
    Comparison {
        first,
        other,
        measure,
        year,
        first_mean: mean(&xs),
        other_mean: mean(&ys),
        difference: Estimate::from_values(&differences),
        better: share_better(&differences, direction),
        saved: saved(variance(&xs) + variance(&ys), variance(&differences)),
        correlation: correlation(&pairs),
    }
}

fn share_better(differences: &[f64], direction: Direction) -> f64 {
    let wins = |difference: f64| match direction {
        Direction::Lower => difference < 0.0,
        Direction::Higher | Direction::Neutral => difference > 0.0,
    };
    let won = differences.iter().filter(|difference| wins(**difference)).count();
    let tied = differences.iter().filter(|difference| **difference == 0.0).count();
    (won as f64 + tied as f64 / 2.0) / differences.len() as f64
}

fn saved(independent: f64, shared: f64) -> f64 {
    if independent == 0.0 && shared == 0.0 { 1.0 } else { independent / shared }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::findings::Outcome;
    use crate::scenario::arm::Subject;
    use proptest::prelude::*;

    fn findings(arms: &[&[f64]]) -> Findings {
        let outcome = |arm, replicate: usize, value| Outcome {
            arm: ArmId(arm),
            replicate: replicate as u32,
            digest: String::new(),
            world: vec![],
            measures: vec![vec![value]],
        };
        Findings {
            other_worlds: vec![],
            chosen: vec![],
            policies: (0..arms.len()).map(|arm| arm.to_string()).collect(),
            contrasts: vec![],
            uncertain: vec![],
            parts: vec![],
            years: 0,
            outcomes: (0..arms.len())
                .flat_map(|arm| arms[arm].iter().enumerate().map(move |(r, value)| outcome(arm, r, *value)))
                .collect(),
        }
    }

    fn one(x: &[f64], y: &[f64], direction: Direction) -> Comparison {
        compare_one(&findings(&[x, y]), &Contrast::new(ArmId(1), ArmId(0), Subject::Policy), 0, 0, direction)
    }

    #[test]
    fn differences_agree_with_scipy() {
        // scipy 1.17.1: ttest_rel(y, x).confidence_interval(), pearsonr(x, y); numpy: var(ddof=1)
        let found = one(&[1.0, 2.5, 3.0, 4.0, 7.5], &[1.5, 2.0, 4.5, 4.0, 9.0], Direction::Higher);
        let expected = [
            (found.first_mean, 3.6),
            (found.other_mean, 4.2),
            (found.difference.mean, 0.6),
            (found.difference.sd, 0.8944271909999159),
            (found.difference.low, -0.5105780420791174),
            (found.difference.high, 1.7105780420791175),
            (found.saved, 18.4375),
            (found.correlation, 0.9645898275116976),
            (found.better, 0.7), // three wins, one tie, of five
        ];
        for (value, expected) in expected {
            assert!((value - expected).abs() < 1e-8, "{value} is not {expected}: {found:?}");
        }
    }

    #[test]
    fn better_means_what_the_measure_says() {
        let (x, y) = ([1.0, 1.0, 1.0, 1.0], [2.0, 2.0, 1.0, 0.0]);
        assert_eq!(one(&x, &y, Direction::Higher).better, 0.625);
        assert_eq!(one(&x, &y, Direction::Neutral).better, 0.625);
        assert_eq!(one(&x, &y, Direction::Lower).better, 0.375);
    }

    #[test]
    fn common_random_numbers_save_nothing_or_everything_at_the_ends() {
        assert_eq!(one(&[2.0, 2.0], &[3.0, 3.0], Direction::Higher).saved, 1.0);
        assert_eq!(one(&[1.0, 2.0], &[2.0, 3.0], Direction::Higher).saved, f64::INFINITY);
        assert!(one(&[1.0], &[2.0], Direction::Higher).saved.is_nan());
        // Uncorrelated by construction: the variances simply add.
        let found = one(&[1.0, 1.0, -1.0, -1.0], &[1.0, -1.0, 1.0, -1.0], Direction::Higher);
        assert!((found.saved - 1.0).abs() < 1e-12 && found.correlation == 0.0);
    }

    #[test]
    fn nothing_in_common_claims_nothing() {
        let found = one(&[f64::NAN, 1.0], &[1.0, f64::NAN], Direction::Higher);
        assert_eq!(found.difference.n, 0);
        assert!(found.difference.mean.is_nan() && found.better.is_nan() && found.saved.is_nan());
    }

    #[test]
    fn every_pair_comes_once_those_with_the_first_policy_first() {
        let rows = compare(&findings(&[&[1.0], &[2.0], &[3.0]]), &[Direction::Higher]);
        let pairs: Vec<_> = rows.iter().map(|row| (row.first.0, row.other.0)).collect();
        assert_eq!(pairs, [(0, 1), (0, 2), (1, 2)]);
    }

    proptest! {
        #[test]
        fn swapping_the_arms_changes_the_sign(pairs in prop::collection::vec((-1e3..1e3f64, -1e3..1e3f64), 0..60)) {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let forth = one(&x, &y, Direction::Lower);
            let back = one(&y, &x, Direction::Lower);
            prop_assert_eq!(forth.difference.n, x.len());
            if !x.is_empty() {
                prop_assert_eq!(forth.difference.mean, -back.difference.mean);
                prop_assert!((forth.better + back.better - 1.0).abs() < 1e-12);
            }
            if x.len() > 1 {
                prop_assert_eq!(forth.difference.low, -back.difference.high);
                prop_assert_eq!(forth.saved.to_bits(), back.saved.to_bits());
                prop_assert!(forth.difference.low <= forth.difference.high);
                prop_assert!(forth.saved >= 0.5 - 1e-9, "var(y − x) is at most twice the sum of the variances");
            }
        }
    }
}
