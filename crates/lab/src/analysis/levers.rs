//! The shift of headline measures when a lever has another value.

use super::contrasts::headlines;
use super::estimate::{Estimate, mean};
use super::worlds::Worlds;
use crate::experiment::findings::Outcome;

/// The headline measure with the largest t when a lever is changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Position of the measure.
    pub measure: usize,
    /// Means under the unchanged and the changed arm, over the replicates that have both.
    pub means: [f64; 2],
    /// The paired difference in the last year, changed − unchanged.
    pub difference: Estimate,
    /// Whether it is significant at 95 % for all differences that are tested for the lever.
    pub significant: bool,
}

/// How the differences of a lever are tested.
#[derive(Clone, Copy, Debug)]
pub struct ShiftRules {
    /// Differences that are tested for the lever.
    pub tests: usize,
    /// Consecutive replicates that lie in one world.
    pub replicates_per_world: u32,
}

/// Compares the same replicates of an unchanged and a changed arm; none if all trials are identical.
pub fn shift(unchanged: &[Outcome], changed: &[Outcome], year: u32, rules: ShiftRules) -> Option<Shift> {
    let pairs = || unchanged.iter().zip(changed);
    if pairs().all(|(one, other)| one.digest == other.digest) {
        return None;
    }
    let mut best: Option<(f64, Shift)> = None;
    for measure in headlines() {
        let both = pairs().map(|(one, other)| (one.measure(year, measure), other.measure(year, measure)));
        let both: Vec<(f64, f64)> = both.filter(|(one, other)| !(other - one).is_nan()).collect();
        let difference = |(one, other): (&Outcome, &Outcome)| {
            (one.replicate, other.measure(year, measure) - one.measure(year, measure))
        };
        let differences = Worlds::new(pairs().map(difference), rules.replicates_per_world).means();
        let (before, after): (Vec<f64>, Vec<f64>) = both.into_iter().unzip();
        let difference = Estimate::from_values(&differences);
        let error = difference.sd / (difference.n as f64).sqrt();
        let strength = if difference.mean == 0.0 || difference.n < 2 { 0.0 } else { difference.mean.abs() / error };
        if best.is_none_or(|(largest, _)| strength > largest) {
            let means = [mean(&before), mean(&after)];
            best = Some((
                strength,
                Shift { measure, means, difference, significant: difference.is_significant(rules.tests) },
            ));
        }
    }
    best.map(|(_, shift)| shift)
}

/// Whether one shift is stronger than another: significant first, then by the ratio of mean to standard deviation.
pub fn stronger(one: &Shift, other: &Shift) -> bool {
    let strength = |of: &Shift| of.difference.mean.abs() / of.difference.sd;
    (one.significant, strength(one)) > (other.significant, strength(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::contrast::ArmId;
    use hubsim_model::measures::MEASURES;

    /// Replicates in which every measure is `by` higher, and one headline more clearly so.
    fn outcomes(by: f64, digest: &str) -> Vec<Outcome> {
        let second = headlines()[1];
        let value = |replicate: u32, measure: usize| {
            let noise = if measure == second { 0.01 } else { 1.0 };
            by * (1.0 + noise * (f64::from(replicate % 3) - 1.0))
        };
        let row = |replicate| (0..MEASURES.len()).map(|measure| value(replicate, measure)).collect();
        let outcome = |replicate| Outcome {
            arm: ArmId(0),
            replicate,
            digest: format!("{digest} {replicate}"),
            world: vec![],
            measures: vec![row(replicate)],
        };
        (0..6).map(outcome).collect()
    }

    const RULES: ShiftRules = ShiftRules { tests: 10, replicates_per_world: 1 };

    #[test]
    fn identical_insignificant_and_significant_responses_differ() {
        let plain = outcomes(0.0, "a");
        assert_eq!(shift(&plain, &plain, 0, RULES), None);
        let idle = shift(&plain, &outcomes(0.0, "b"), 0, RULES).expect("another history");
        assert!(!idle.significant);
        let moves = shift(&plain, &outcomes(0.2, "b"), 0, RULES).expect("another history");
        assert!(moves.significant && moves.measure == headlines()[1], "{moves:?}");
        assert!((moves.difference.mean - 0.2).abs() < 1e-12);
    }
}
