//! Inherited advantage: how much of what one organisation has more at the start it still has more later, because it had
//! it.
//!
//! In each replicate one organisation is drawn, the same in every arm; in an arm *with a head start* it begins with
//! more. With shared luck, the difference of its share between the two arms is what follows from that. Divided by the
//! difference in year 0, it is 1 where an advantage stays what it was (Pólya's urn: (1 − p)/(θ + 1) at any time), falls
//! towards 0 where all are treated alike ((1 − s)/(θ + n + 1) after n grants), and is above 1 where it grows.

use super::Findings;
use super::estimate::{Estimate, mean, t_quantile, variance};
use hubsim_model::measures::position;

/// How such an arm is called after its policy.
const WITH: &str = " with a head start";
/// The measure in which the advantage is read.
const SHARE: &str = "drawn_share";

/// A policy with and without a head start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Position of the policy as it is.
    pub policy: usize,
    /// Position of the arm in which one organisation begins with more.
    pub ahead: usize,
}

/// The policies that are there with and without a head start, in their order.
pub fn pairs(policies: &[String]) -> Vec<Pair> {
    let pair = |(policy, name): (usize, &String)| {
        let ahead = policies.iter().position(|other| other.strip_suffix(WITH) == Some(name))?;
        Some(Pair { policy, ahead })
    };
    policies.iter().enumerate().filter_map(pair).collect()
}

/// What became of an advantage by some year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inherited {
    /// The policy, and its arm with a head start.
    pub pair: Pair,
    /// The year.
    pub year: u32,
    /// Difference of the drawn organisation's share in year 0, with the head start − without it.
    pub start: Estimate,
    /// The same in the year.
    pub then: Estimate,
    /// How much is left of it: the mean difference in the year ÷ that in year 0, with its interval.
    pub left: Estimate,
}

/// What became of the advantage of a pair by a year, over the replicates that have it in both years.
pub fn inherited(findings: &Findings, pair: Pair, year: u32) -> Inherited {
    let share = position(SHARE).unwrap_or(usize::MAX);
    let others = findings.arm(pair.ahead);
    let mut differences: Vec<(f64, f64)> = Vec::new();
    for own in findings.arm(pair.policy) {
        let Ok(at) = others.binary_search_by_key(&own.replicate, |other| other.replicate) else { continue };
        let difference = |year: u32| others[at].measure(year, share) - own.measure(year, share);
        let both = (difference(0), difference(year));
        if !both.0.is_nan() && !both.1.is_nan() {
            differences.push(both);
        }
    }
    let (start, then): (Vec<f64>, Vec<f64>) = differences.into_iter().unzip();
    Inherited { pair, year, left: ratio(&then, &start), start: Estimate::of(&start), then: Estimate::of(&then) }
}

/// The ratio of two means of pairs, with Student's interval by the delta method (Cochran 1977, §6): the standard deviation
/// is that of (top − ratio × bottom) ÷ mean bottom. NaN where the mean of the bottoms is 0.
pub fn ratio(tops: &[f64], bottoms: &[f64]) -> Estimate {
    let (n, bottom) = (tops.len(), mean(bottoms));
    let ratio = if bottom == 0.0 { f64::NAN } else { mean(tops) / bottom };
    let rest: Vec<f64> = tops.iter().zip(bottoms).map(|(top, low)| (top - ratio * low) / bottom).collect();
    let sd = variance(&rest).sqrt();
    let half = if n < 2 { f64::NAN } else { t_quantile(n - 1) * sd / (n as f64).sqrt() };
    Estimate { n, mean: ratio, sd, low: ratio - half, high: ratio + half }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Outcome;
    use hubsim_model::measures::MEASURES;

    /// By hand: tops 1, 2, 3 over bottoms 2, 2, 5 is 6/9; rests (1 − 4/3, 2 − 4/3, 3 − 10/3)/3 = −1/9, 2/9, −1/9, whose
    /// standard deviation is √(6/81/2) = 0.19245; half the interval 4.302653 × that ÷ √3.
    #[test]
    fn a_ratio_of_means_has_the_interval_of_the_delta_method() {
        let found = ratio(&[1.0, 2.0, 3.0], &[2.0, 2.0, 5.0]);
        assert!((found.mean - 2.0 / 3.0).abs() < 1e-15 && found.n == 3);
        assert!((found.sd - (3.0f64 / 81.0).sqrt()).abs() < 1e-15, "{found:?}");
        assert!((found.high - found.mean - 4.302652729749462 / 9.0).abs() < 1e-8, "{found:?}");
        // What is the same share of each bottom has no spread, whatever the bottoms.
        let exact = ratio(&[0.5, 1.0, 2.0], &[1.0, 2.0, 4.0]);
        assert!([exact.mean, exact.low, exact.high].iter().all(|x| (x - 0.5).abs() < 1e-12), "{exact:?}");
        assert!(ratio(&[1.0, 1.0], &[1.0, -1.0]).mean.is_nan() && ratio(&[], &[]).mean.is_nan());
    }

    #[test]
    fn what_is_left_is_read_between_an_arm_and_its_policy() {
        let names = ["b with a head start", "a", "b", "a with a head start", "c with a head start"];
        let share = position(SHARE).expect("a measure");
        // In year 0 who is ahead has 0.1 more; a keeps it all, b keeps a quarter.
        let value = |arm: usize, year: u32| match (arm, year) {
            (0 | 3, 0) | (3, 1) => 0.3,
            (0, 1) => 0.225,
            _ => 0.2,
        };
        let outcome = |arm, replicate| Outcome {
            arm,
            replicate,
            digest: String::new(),
            world: vec![],
            measures: (0..2)
                .map(|year| {
                    let mut row = vec![0.0; MEASURES.len()];
                    row[share] = value(arm, year) + f64::from(replicate) / 64.0;
                    row
                })
                .collect(),
        };
        let findings = Findings {
            policies: names.map(str::to_owned).to_vec(),
            uncertain: vec![],
            years: 1,
            outcomes: (0..5).flat_map(|arm| (0..4).map(move |replicate| outcome(arm, replicate))).collect(),
        };
        let pairs = pairs(&findings.policies);
        assert_eq!(pairs, [Pair { policy: 1, ahead: 3 }, Pair { policy: 2, ahead: 0 }]);
        let left: Vec<f64> = pairs.iter().map(|&pair| inherited(&findings, pair, 1).left.mean).collect();
        assert!((left[0] - 1.0).abs() < 1e-12 && (left[1] - 0.25).abs() < 1e-12, "{left:?}");
        assert!((inherited(&findings, pairs[1], 0).left.mean - 1.0).abs() < 1e-12);
    }
}
