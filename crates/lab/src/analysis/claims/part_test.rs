//! The test of one part, and Holm's step-down procedure over all parts.

use super::verdict::ClaimVerdict;
use crate::analysis::estimate::{mean, variance};
use crate::analysis::interval::{Bounds, critical, different, of_mean};
use crate::analysis::student::tail;
use crate::scenario::claim::Expectation;

/// The family-wise error rate: the probability of at least one wrong verdict over all parts together.
pub const LEVEL: f64 = 0.05;

/// A standard deviation below this share of the values is rounding.
const ROUNDING: f64 = 1e-12;

/// A difference that is short of what matters by less than this share reaches it: the gap is rounding.
const SHORT: f64 = 1e-9;

/// The least number of values that must differ from what is expected of nothing, and from each other, to decide anything.
const LEAST: usize = 5;

/// A mean that is tested, and how precise it is.
#[derive(Clone, Debug, PartialEq)]
struct TestedMean {
    values: Vec<f64>,
    mean: f64,
    /// Its standard error; 0 where all values are equal but for rounding.
    error: f64,
    /// Whether enough varies to decide anything.
    decides: bool,
}

/// The test of one part.
#[derive(Clone, Debug, PartialEq)]
pub struct PartTest {
    tested: TestedMean,
    bounds: Bounds,
    /// The p-value, two-sided scale, of the one-sided test with the least one; 1 where nothing is decided.
    pub p: f64,
    /// The verdict of that test, if `p` is small enough.
    pub verdict: ClaimVerdict,
}

impl PartTest {
    /// A t test of the means of at least two worlds, which lie between bounds. `margin` is the smallest difference that
    /// matters, or the bound; `scale` the largest number of which differences were taken. It decides nothing if fewer than
    /// five means differ from 0 and from each other.
    pub fn new(expect: Expectation, values: &[f64], (margin, scale): (f64, f64), bounds: Bounds) -> PartTest {
        let (n, sd) = (values.len(), variance(values).sqrt());
        let error = if sd <= scale * ROUNDING { 0.0 } else { sd / (n as f64).sqrt() };
        let some: Vec<f64> = values.iter().copied().filter(|value| *value != 0.0).collect();
        let decides = error > 0.0 && different(&some) >= LEAST;
        TestedMean { values: values.to_vec(), mean: mean(values), error, decides }.test(expect, margin, bounds)
    }

    /// A test of a measure that is 1 (yes) or 0 (no) in each trial, or of differences of two such; `bounds` are the least and
    /// the greatest value that is possible. An event that occurred in none of the trials may still be possible: the error is
    /// that of a sample with two more worlds, one at each end (Agresti & Min 2005 for pairs, Agresti & Coull 1998 for one
    /// share).
    pub fn from_shares(expect: Expectation, values: &[f64], margin: f64, bounds: Bounds) -> PartTest {
        let more: Vec<f64> = values.iter().copied().chain([bounds.least, bounds.greatest]).collect();
        let error = (variance(&more) / more.len() as f64).sqrt();
        let decides = values.len() >= LEAST;
        TestedMean { values: values.to_vec(), mean: mean(values), error, decides }.test(expect, margin, bounds)
    }

    /// The mean of what is tested.
    pub fn mean(&self) -> f64 {
        self.tested.mean
    }

    /// The interval at the family-wise level of a family of `family` tests (Bonferroni), by the rule of
    /// [`interval`](crate::analysis::interval); where the error is more than that of the values, Student's.
    pub fn interval(&self, family: usize) -> (f64, f64) {
        let TestedMean { values, mean, error, .. } = &self.tested;
        let (alpha, n) = (LEVEL / family.max(1) as f64, values.len());
        if *error == 0.0 {
            return (*mean, *mean);
        }
        if *error > variance(values).sqrt() / (n as f64).sqrt() * (1.0 + ROUNDING) {
            let half = critical(alpha, n - 1) * error;
            return ((mean - half).max(self.bounds.least), (mean + half).min(self.bounds.greatest));
        }
        of_mean(values, self.bounds, alpha)
    }
}

impl TestedMean {
    fn test(self, expect: Expectation, margin: f64, bounds: Bounds) -> PartTest {
        let freedom = self.values.len() - 1;
        let (p, verdict) = if self.decides {
            decide(expect, margin, |beyond| tail(beyond / self.error, freedom), self.mean)
        } else {
            (1.0, ClaimVerdict::NotDecided)
        };
        PartTest { tested: self, bounds, p, verdict }
    }
}

/// The p-value, on the two-sided scale, and the verdict of the one-sided test with the least p-value. `probability` is the
/// probability that a mean exceeds its true value by at least so much at random.
fn decide(expect: Expectation, margin: f64, probability: impl Fn(f64) -> f64, mean: f64) -> (f64, ClaimVerdict) {
    let above = |limit: f64| probability(mean - limit);
    let below = |limit: f64| probability(limit - mean);
    let within = above(-margin).max(below(margin));
    let tests = match expect {
        Expectation::Higher => [above(margin), below(-margin), within],
        Expectation::Lower => [below(-margin), above(margin), within],
        Expectation::NotLower => [above(-margin), below(-margin), 1.0],
        Expectation::NotHigher => [below(margin), above(margin), 1.0],
        Expectation::Below => [below(margin), above(margin), 1.0],
        Expectation::Above => [above(margin), below(margin), 1.0],
        Expectation::NoDifference => [within, above(margin).min(below(-margin)), 1.0],
        // It is checked in every trial, and not tested.
        Expectation::Equals => [1.0, 1.0, 1.0],
    };
    let verdict = [ClaimVerdict::Supported, ClaimVerdict::Contradicted, ClaimVerdict::NoDifference];
    let least = (0..3).min_by(|&a, &b| tests[a].total_cmp(&tests[b])).unwrap_or(0);
    ((2.0 * tests[least]).clamp(0.0, 1.0), verdict[least])
}

/// The verdict if the true value is known to be `value`.
pub fn point(expect: Expectation, value: f64, margin: f64) -> ClaimVerdict {
    let reaches = |value: f64| value > 0.0 && value >= margin * (1.0 - SHORT);
    let (up, down) = (reaches(value), reaches(-value));
    let either = |holds: bool| if holds { ClaimVerdict::Supported } else { ClaimVerdict::Contradicted };
    match expect {
        Expectation::Higher if up => ClaimVerdict::Supported,
        Expectation::Higher if down => ClaimVerdict::Contradicted,
        Expectation::Lower if down => ClaimVerdict::Supported,
        Expectation::Lower if up => ClaimVerdict::Contradicted,
        Expectation::Higher | Expectation::Lower => ClaimVerdict::NoDifference,
        Expectation::NotLower => either(!down),
        Expectation::NotHigher => either(!up),
        Expectation::Below => either(value < margin),
        Expectation::Above => either(value > margin),
        Expectation::NoDifference => either(!up && !down),
        Expectation::Equals => either(value == 0.0),
    }
}

/// Holm's adjusted p-values (1979), in the order given.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut adjusted = vec![0.0; p.len()];
    let mut so_far: f64 = 0.0;
    for (rank, &at) in order.iter().enumerate() {
        so_far = so_far.max((p[at] * (p.len() - rank) as f64).min(1.0));
        adjusted[at] = so_far;
    }
    adjusted
}

#[cfg(test)]
mod tests;
