//! What another value of a lever does: nothing at all, nothing that a headline measure shows, or something.

use super::contrasts::headlines;
use super::estimate::{Estimate, mean};
use crate::experiment::findings::Outcome;

/// The headline measure that a lever moves most, for the noise it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Position of the measure.
    pub measure: usize,
    /// Means as it is and changed, over the replicates that have both.
    pub means: [f64; 2],
    /// The paired difference in the last year, changed − as it is.
    pub difference: Estimate,
    /// Whether it is other than 0 at 95 % for all differences that were looked at.
    pub significant: bool,
}

/// Compares the same replicates with a lever as it is and changed; nothing if no history differs. `tests` is how many
/// differences are looked at for the lever.
pub fn shift(plain: &[Outcome], turned: &[Outcome], year: u32, tests: usize) -> Option<Shift> {
    let pairs = || plain.iter().zip(turned);
    if pairs().all(|(one, other)| one.digest == other.digest) {
        return None;
    }
    let mut most: Option<(f64, Shift)> = None;
    for measure in headlines() {
        let both = pairs().map(|(one, other)| (one.measure(year, measure), other.measure(year, measure)));
        let both: Vec<(f64, f64)> = both.filter(|(one, other)| !(other - one).is_nan()).collect();
        let differences: Vec<f64> = both.iter().map(|(one, other)| other - one).collect();
        let (plain, changed): (Vec<f64>, Vec<f64>) = both.into_iter().unzip();
        let difference = Estimate::of(&differences);
        let error = difference.sd / (difference.n as f64).sqrt();
        let strength = if difference.mean == 0.0 || difference.n < 2 { 0.0 } else { difference.mean.abs() / error };
        if most.is_none_or(|(before, _)| strength > before) {
            let means = [mean(&plain), mean(&changed)];
            most =
                Some((strength, Shift { measure, means, difference, significant: difference.is_significant(tests) }));
        }
    }
    most.map(|(_, shift)| shift)
}

/// Whether one shift is clearer than another.
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

    #[test]
    fn the_dead_the_idle_and_the_moving_are_told_apart() {
        let plain = outcomes(0.0, "a");
        assert_eq!(shift(&plain, &plain, 0, 10), None);
        let idle = shift(&plain, &outcomes(0.0, "b"), 0, 10).expect("another history");
        assert!(!idle.significant);
        let moves = shift(&plain, &outcomes(0.2, "b"), 0, 10).expect("another history");
        assert!(moves.significant && moves.measure == headlines()[1], "{moves:?}");
        assert!((moves.difference.mean - 0.2).abs() < 1e-12);
    }
}
