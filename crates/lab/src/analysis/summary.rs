//! Summaries of each measure in each year in each arm: mean with its interval, and quantiles.

use super::estimate::{Estimate, quantile};
use super::interval::Bounds;
use super::worlds::{Split, of_arm};
use crate::experiment::contrast::ArmId;
use crate::experiment::findings::Findings;

/// The probabilities of the quantiles of a summary.
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// One measure in one year in one arm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The arm.
    pub arm: ArmId,
    /// The year.
    pub year: u32,
    /// Position of the measure.
    pub measure: usize,
    /// Mean, standard deviation and interval, over the means of worlds.
    pub estimate: Estimate,
    /// How much of the variance of a trial is worlds, and how much chance.
    pub split: Option<Split>,
    /// The quantiles of [`QUANTILES`], over trials.
    pub quantiles: [f64; 5],
}

/// All summaries, in order of arm, year, measure; with the range of each measure.
pub fn summarise(findings: &Findings, ranges: &[(f64, f64)]) -> Vec<Summary> {
    let mut rows = Vec::with_capacity(findings.policies.len() * (findings.years as usize + 1) * ranges.len());
    for arm in findings.arms() {
        for year in 0..=findings.years {
            rows.extend(
                ranges.iter().enumerate().map(|(measure, &range)| summarise_one(findings, arm, year, (measure, range))),
            );
        }
    }
    rows
}

/// The measure at a position, whose values lie in a range, in one year in one arm.
pub fn summarise_one(findings: &Findings, arm: ArmId, year: u32, (measure, range): (usize, (f64, f64))) -> Summary {
    let worlds = of_arm(findings, arm, year, measure);
    let split = worlds.split();
    let (estimate, mut values) = (Estimate::within(&worlds.means(), Bounds::of_level(range)), worlds.trials());
    values.sort_by(f64::total_cmp);
    let quantiles = QUANTILES.map(|p| quantile(&values, p));
    Summary { arm, year, measure, estimate, split, quantiles }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::findings::Outcome;

    #[test]
    fn every_cell_is_summarised_with_its_number_of_values() {
        let outcome = |arm, replicate: u32, last| Outcome {
            arm: ArmId(arm),
            replicate,
            digest: String::new(),
            world: vec![],
            measures: vec![vec![f64::NAN, 1.0], vec![f64::from(replicate), last]],
        };
        let findings = Findings {
            other_worlds: vec![],
            chosen: vec![],
            policies: vec!["a".into(), "b".into()],
            contrasts: vec![],
            uncertain: vec![],
            parts: vec![],
            replicates_per_world: 1,
            years: 1,
            outcomes: (0..4).map(|r| outcome(0, r, 5.0)).chain((0..3).map(|r| outcome(1, r, f64::NAN))).collect(),
        };
        let rows = summarise(&findings, &[(0.0, f64::INFINITY); 2]);
        let found: Vec<_> = rows.iter().map(|row| (row.arm.0, row.year, row.measure, row.estimate.n)).collect();
        assert_eq!(
            found,
            [
                (0, 0, 0, 0),
                (0, 0, 1, 4),
                (0, 1, 0, 4),
                (0, 1, 1, 4),
                (1, 0, 0, 0),
                (1, 0, 1, 3),
                (1, 1, 0, 3),
                (1, 1, 1, 0)
            ]
        );
        // Replicates 0, 1, 2, 3: mean 1.5, quartiles by type 7.
        assert_eq!(rows[2].estimate.mean, 1.5);
        assert_eq!(rows[2].quantiles[1..4], [0.75, 1.5, 2.25]);
        assert!(rows[0].quantiles.iter().all(|value| value.is_nan()));
    }
}
