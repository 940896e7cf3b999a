//! What findings say, in the numbers that charts and tables show.

use std::collections::BTreeMap;

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::analysis::Findings;
use crate::metric::Direction;

use super::chart::fan::QUANTILES;
use super::number::Interval;

/// A paired difference from the first policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean over pairs, with its 95 % interval.
    pub of: Interval,
    /// Share of pairs in which the policy does better than the first, ties counted half; NaN where neither way is
    /// better.
    pub better: f64,
    /// Pairs.
    pub pairs: usize,
}

/// What a difference amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The interval lies on the better side of zero.
    Better,
    /// The interval lies on the worse side of zero.
    Worse,
    /// The interval lies above zero, which is neither better nor worse.
    Higher,
    /// The interval lies below zero, which is neither better nor worse.
    Lower,
    /// The interval holds zero.
    Unclear,
    /// All pairs are equal.
    Same,
    /// Fewer than two pairs.
    Unknown,
}

impl Verdict {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Better => "better",
            Verdict::Worse => "worse",
            Verdict::Higher => "higher",
            Verdict::Lower => "lower",
            Verdict::Unclear => "no clear difference",
            Verdict::Same => "no difference",
            Verdict::Unknown => "too few trials",
        }
    }
}

impl Difference {
    /// What it amounts to.
    pub fn verdict(&self, direction: Direction) -> Verdict {
        let Interval { mean, low, high } = self.of;
        if !(low.is_finite() && high.is_finite()) {
            return Verdict::Unknown;
        }
        match direction {
            _ if mean == 0.0 && low == 0.0 && high == 0.0 => Verdict::Same,
            _ if low <= 0.0 && high >= 0.0 => Verdict::Unclear,
            Direction::Higher if low > 0.0 => Verdict::Better,
            Direction::Lower if high < 0.0 => Verdict::Better,
            Direction::Neutral if low > 0.0 => Verdict::Higher,
            Direction::Neutral => Verdict::Lower,
            _ => Verdict::Worse,
        }
    }
}

/// The value of each of a policy's replicates in a year, where there is one.
pub fn by_replicate(findings: &Findings, arm: usize, year: u32, measure: usize) -> BTreeMap<u32, f64> {
    let of_arm = findings.outcomes.iter().filter(|outcome| outcome.arm == arm);
    of_arm
        .filter_map(|outcome| {
            let value = *outcome.measures.get(year as usize)?.get(measure)?;
            value.is_finite().then_some((outcome.replicate, value))
        })
        .collect()
}

/// The mean of a policy's trials in a year with its 95 % interval.
pub fn mean(findings: &Findings, arm: usize, year: u32, measure: usize) -> Interval {
    interval(&by_replicate(findings, arm, year, measure).into_values().collect::<Vec<_>>())
}

/// The [`QUANTILES`] of a policy's trials in a year; NaN where there are none.
pub fn quantiles(findings: &Findings, arm: usize, year: u32, measure: usize) -> [f64; 5] {
    let mut values: Vec<f64> = by_replicate(findings, arm, year, measure).into_values().collect();
    values.sort_by(f64::total_cmp);
    QUANTILES.map(|p| quantile(&values, p))
}

/// The paired difference of a policy from the first: same replicate, same world.
pub fn difference(findings: &Findings, arm: usize, year: u32, measure: usize, direction: Direction) -> Difference {
    let first = by_replicate(findings, 0, year, measure);
    let other = by_replicate(findings, arm, year, measure);
    let differences: Vec<f64> =
        other.iter().filter_map(|(replicate, value)| Some(value - first.get(replicate)?)).collect();
    let score = |difference: f64| match direction {
        _ if difference == 0.0 => 0.5,
        Direction::Higher => f64::from(difference > 0.0),
        Direction::Lower => f64::from(difference < 0.0),
        Direction::Neutral => f64::NAN,
    };
    let better = match direction {
        Direction::Neutral => f64::NAN,
        _ => differences.iter().map(|&one| score(one)).sum::<f64>() / differences.len() as f64,
    };
    Difference { of: interval(&differences), better, pairs: differences.len() }
}

/// Mean and Student's 95 % interval; without an interval below two values, all NaN below one.
fn interval(values: &[f64]) -> Interval {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let half = match StudentsT::new(0.0, 1.0, n - 1.0) {
        Ok(t) if values.len() > 1 => t.inverse_cdf(0.975) * (squares / (n - 1.0) / n).sqrt(),
        _ => f64::NAN,
    };
    Interval { mean, low: mean - half, high: mean + half }
}

/// Quantile of sorted values, linear between them (type 7 of Hyndman & Fan 1996); NaN of none.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = p * last as f64;
    let below = (at.floor() as usize).min(last);
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * (at - below as f64)
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;

    #[test]
    fn quantiles_are_linear_between_values() {
        // numpy.quantile([1, 2, 4, 8], [0.05, 0.25, 0.5, 0.75, 0.95])
        let sorted = [1.0, 2.0, 4.0, 8.0];
        for (p, expected) in QUANTILES.into_iter().zip([1.15, 1.75, 3.0, 5.0, 7.4]) {
            assert!((quantile(&sorted, p) - expected).abs() < 1e-12);
        }
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn intervals_are_those_of_student() {
        // scipy.stats.t.interval(0.95, 3, loc=3.75, scale=scipy.stats.sem([1, 2, 4, 8]))
        let of = interval(&[1.0, 2.0, 4.0, 8.0]);
        assert!((of.low - -1.176_893).abs() < 1e-3 && (of.high - 8.676_893).abs() < 1e-3, "{of:?}");
        assert!(interval(&[1.0]).low.is_nan() && interval(&[1.0]).mean == 1.0);
        assert!(interval(&[]).mean.is_nan());
    }

    #[test]
    fn pairs_are_of_one_replicate() {
        let mut findings = synthetic::findings(2, 3, 1, 1);
        for outcome in &mut findings.outcomes {
            // The second policy is 1 above the first in every world, whatever the world adds.
            outcome.measures[1][0] = f64::from(outcome.replicate) * 100.0 + outcome.arm as f64;
        }
        findings.outcomes.reverse();
        let of = difference(&findings, 1, 1, 0, Direction::Lower);
        assert_eq!((of.of.mean, of.of.low, of.of.high, of.better, of.pairs), (1.0, 1.0, 1.0, 0.0, 3));
        assert_eq!(of.verdict(Direction::Lower), Verdict::Worse);
        assert_eq!(of.verdict(Direction::Higher), Verdict::Better);
        assert_eq!(of.verdict(Direction::Neutral), Verdict::Higher);
    }

    #[test]
    fn verdicts_follow_the_interval() {
        let of = |mean, low, high| Difference { of: Interval { mean, low, high }, better: 0.5, pairs: 9 };
        assert_eq!(of(1.0, -1.0, 3.0).verdict(Direction::Higher), Verdict::Unclear);
        assert_eq!(of(0.0, 0.0, 0.0).verdict(Direction::Higher), Verdict::Same);
        assert_eq!(of(1.0, f64::NAN, f64::NAN).verdict(Direction::Higher), Verdict::Unknown);
    }
}
