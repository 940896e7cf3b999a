//! The difference between two arms, replicate by replicate.
//!
//! Replicate *r* of every arm is the same world with the same random numbers (common random numbers), so that their
//! difference is mostly due to the arms. The variance that common random numbers save is reported, too: with independent
//! ones in the same worlds, the difference of a pair of trials would have the variance of worlds and the chance of both arms
//! (Glasserman & Yao 1992).

use super::estimate::{Estimate, correlation, mean};
use super::interval::Bounds;
use super::worlds::{OverWorlds, Split, Worlds, in_whole_worlds, of_arm};
use crate::experiment::contrast::{ArmId, Contrast, pairs};
use crate::experiment::findings::{Findings, Outcome};

/// Two arms on one measure in one year. Differences are `other − first`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The reference arm.
    pub first: ArmId,
    /// The other arm.
    pub other: ArmId,
    /// Position of the measure.
    pub measure: usize,
    /// The year.
    pub year: u32,
    /// Mean of the first arm, over the paired trials.
    pub first_mean: f64,
    /// Mean of the other.
    pub other_mean: f64,
    /// Number of paired trials.
    pub pairs: usize,
    /// The paired difference over worlds' means: their number, mean, standard deviation and interval.
    pub difference: Estimate,
    /// The difference, world by world.
    pub over_worlds: OverWorlds,
    /// How much of the variance of the difference of a pair of trials is worlds, and how much chance.
    pub split: Option<Split>,
    /// The variance of a pair's difference with independent random numbers in the same worlds, relative to what it is with
    /// common ones: 1 where nothing varies; NaN where worlds cannot be told from chance.
    pub saved: f64,
    /// Pearson's correlation between the two over paired trials; NaN where one does not vary.
    pub correlation: f64,
}

/// The years before the last one in which shown contrasts are compared, too: a jump in year 1 is a sign of a law that does
/// not begin in balance.
pub const EARLIER_YEARS: [u32; 3] = [1, 5, 10];

/// Every pair of arms (i < j) on every measure in the last year, in order of i, j, measure, then the shown contrasts in
/// [`EARLIER_YEARS`]; with the range of each measure.
pub fn compare(findings: &Findings, ranges: &[(f64, f64)]) -> Vec<Comparison> {
    // Every arm is in many pairs.
    let chances = |arm| (0..ranges.len()).map(move |measure| chance(findings, arm, findings.years, measure));
    let chances: Vec<Vec<Option<f64>>> = findings.arms().map(|arm| chances(arm).collect()).collect();
    let last = |pair: Contrast| {
        let one = |(measure, &range)| {
            let known = [pair.against, pair.arm].map(|arm| chances[arm.0][measure]);
            compared(findings, &pair, findings.years, (measure, range), known)
        };
        ranges.iter().enumerate().map(one).collect::<Vec<_>>()
    };
    let of = |contrast: &Contrast, year: u32| {
        let one = |(measure, &range)| compare_one(findings, contrast, year, (measure, range));
        ranges.iter().enumerate().map(one).collect::<Vec<_>>()
    };
    let last = pairs(findings.policies.len()).into_iter().flat_map(last);
    let earlier = EARLIER_YEARS.into_iter().filter(|&year| year < findings.years);
    let shown = findings.shown_contrasts();
    let earlier = earlier.flat_map(|year| shown.iter().flat_map(move |contrast| of(contrast, year)));
    last.chain(earlier).collect()
}

/// One contrast in one year, on the measure at a position, whose values lie in a range.
pub fn compare_one(
    findings: &Findings,
    contrast: &Contrast,
    year: u32,
    (measure, range): (usize, (f64, f64)),
) -> Comparison {
    let chances = [contrast.against, contrast.arm].map(|arm| chance(findings, arm, year, measure));
    compared(findings, contrast, year, (measure, range), chances)
}

/// The variance of a measure within worlds under an arm.
fn chance(findings: &Findings, arm: ArmId, year: u32, measure: usize) -> Option<f64> {
    of_arm(findings, arm, year, measure).split().map(|split| split.chance)
}

fn compared(
    findings: &Findings,
    contrast: &Contrast,
    year: u32,
    (measure, range): (usize, (f64, f64)),
    [of_first, of_other]: [Option<f64>; 2],
) -> Comparison {
    let (first, other) = (contrast.against, contrast.arm);
    let values =
        |(one, two): (&Outcome, &Outcome)| (one.replicate, (one.measure(year, measure), two.measure(year, measure)));
    let paired = findings.paired(first, other).map(values).filter(|(_, (x, y))| !(y - x).is_nan());
    let (paired, size) = in_whole_worlds(findings, &[first, other], paired.collect());
    let differences = Worlds::new(paired.iter().map(|&(replicate, (x, y))| (replicate, y - x)), size);
    let pairs: Vec<(f64, f64)> = paired.into_iter().map(|(_, pair)| pair).collect();
    let (xs, ys): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let split = differences.split();
    Comparison {
        first,
        other,
        measure,
        year,
        first_mean: mean(&xs),
        other_mean: mean(&ys),
        pairs: pairs.len(),
        difference: Estimate::within(&differences.means(), Bounds::of_difference(range)),
        over_worlds: differences.over_worlds(),
        split,
        saved: saved(split, of_first, of_other),
        correlation: correlation(&pairs),
    }
}

/// The factor by which common random numbers cut the variance of the difference of a pair of trials.
fn saved(split: Option<Split>, first: Option<f64>, other: Option<f64>) -> f64 {
    let (Some(split), Some(first), Some(other)) = (split, first, other) else { return f64::NAN };
    let (independent, shared) = (split.worlds + first + other, split.worlds + split.chance);
    if independent == 0.0 && shared == 0.0 { 1.0 } else { independent / shared }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::worlds::ShareOfWorlds;
    use crate::scenario::arm::Subject;
    use hubsim_model::measures::Direction;
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
            replicates_per_world: 1,
            years: 0,
            outcomes: (0..arms.len())
                .flat_map(|arm| arms[arm].iter().enumerate().map(move |(r, value)| outcome(arm, r, *value)))
                .collect(),
        }
    }

    const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    fn one(x: &[f64], y: &[f64]) -> Comparison {
        compare_one(&findings(&[x, y]), &Contrast::new(ArmId(1), ArmId(0), Subject::Policy), 0, (0, ANY))
    }

    /// The same with two trials a world.
    fn in_twos(x: &[f64], y: &[f64]) -> Comparison {
        let findings = Findings { replicates_per_world: 2, ..findings(&[x, y]) };
        compare_one(&findings, &Contrast::new(ArmId(1), ArmId(0), Subject::Policy), 0, (0, ANY))
    }

    #[test]
    fn differences_agree_with_scipy() {
        // scipy 1.17.1: ttest_rel(y, x).confidence_interval(), pearsonr(x, y); numpy: var(ddof=1)
        let found = one(&[1.0, 2.5, 3.0, 4.0, 7.5], &[1.5, 2.0, 4.5, 4.0, 9.0]);
        let expected = [
            (found.first_mean, 3.6),
            (found.other_mean, 4.2),
            (found.difference.mean, 0.6),
            (found.difference.sd, 0.8944271909999159),
            (found.difference.low, -0.5105780420791174),
            (found.difference.high, 1.7105780420791175),
            (found.correlation, 0.9645898275116976),
        ];
        for (value, expected) in expected {
            assert!((value - expected).abs() < 1e-8, "{value} is not {expected}: {found:?}");
        }
    }

    #[test]
    fn the_unit_is_the_mean_of_a_world() {
        let (x, y) = ([0.0; 6], [1.0, 3.0, 4.0, 6.0, 9.0, 7.0]);
        let found = in_twos(&x, &y);
        let means = Estimate::from_values(&[2.0, 5.0, 8.0]);
        assert_eq!((found.pairs, found.difference), (6, means));
        assert_eq!(one(&x, &y).difference.n, 6);
        assert_eq!(one(&x, &y).over_worlds, OverWorlds::Unknown);
        // Of five trials the last is in a world that is not complete.
        let odd = in_twos(&x[..5], &y[..5]);
        assert_eq!((odd.difference, odd.other_mean, odd.pairs), (Estimate::from_values(&[2.0, 5.0]), 3.5, 4));
        // A single trial is shown, without an interval.
        let single = in_twos(&x[..1], &y[..1]);
        assert!(single.difference.mean == 1.0 && single.difference.low.is_nan());
        assert_eq!(single.over_worlds.share(Direction::Higher, 0.0), ShareOfWorlds::Unknown);
    }

    #[test]
    fn common_random_numbers_are_compared_with_independent_ones_in_the_same_worlds() {
        // Worlds 0 and 4 apart, chance ±1 in both arms. Alike, the difference has none; opposed, it has four times as much.
        let (x, alike, opposed) = ([-1.0, 1.0, -1.0, 1.0], [0.0, 2.0, 4.0, 6.0], [2.0, 0.0, 6.0, 4.0]);
        let (chance, worlds) = (2.0, 8.0);
        let found = in_twos(&x, &alike);
        assert!((found.saved - (worlds + 2.0 * chance) / worlds).abs() < 1e-12, "{found:?}");
        let found = in_twos(&x, &opposed);
        let split = found.split.unwrap();
        assert!(
            (found.saved - (split.worlds + 2.0 * chance) / (split.worlds + 4.0 * chance)).abs() < 1e-12,
            "{found:?}"
        );
        assert!(in_twos(&[1.0; 4], &[2.0; 4]).saved == 1.0 && one(&x, &alike).saved.is_nan());
    }

    #[test]
    fn nothing_in_common_claims_nothing() {
        let found = one(&[f64::NAN, 1.0], &[1.0, f64::NAN]);
        assert_eq!(found.difference.n, 0);
        assert!(found.difference.mean.is_nan() && found.saved.is_nan());
    }

    #[test]
    fn every_pair_comes_once_those_with_the_first_policy_first() {
        let rows = compare(&findings(&[&[1.0], &[2.0], &[3.0]]), &[ANY]);
        let pairs: Vec<_> = rows.iter().map(|row| (row.first.0, row.other.0)).collect();
        assert_eq!(pairs, [(0, 1), (0, 2), (1, 2)]);
    }

    proptest! {
        #[test]
        fn swapping_the_arms_changes_the_sign(pairs in prop::collection::vec((-1e3..1e3f64, -1e3..1e3f64), 0..60)) {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let forth = one(&x, &y);
            let back = one(&y, &x);
            prop_assert_eq!(forth.difference.n, x.len());
            if !x.is_empty() {
                prop_assert_eq!(forth.difference.mean, -back.difference.mean);
            }
            if x.len() > 1 {
                let scale = 1e-9 * (1.0 + forth.difference.low.abs());
                prop_assert!((forth.difference.low + back.difference.high).abs() <= scale);
                prop_assert!(forth.difference.low <= forth.difference.high);
            }
        }
    }
}
