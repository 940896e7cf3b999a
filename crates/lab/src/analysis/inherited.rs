//! Inherited advantage: how much of an organisation's initial advantage remains in later years.
//!
//! In each replicate one organisation is drawn, the same in every arm; in an arm *with a head start* it begins with
//! more. With common random numbers, the difference of its share between the two arms is the effect of that advantage. Divided by the
//! difference in year 0, it is 1 where the advantage remains constant (Pólya's urn: (1 − p)/(θ + 1) at any time), falls
//! towards 0 where all organisations are treated equally ((1 − s)/(θ + n + 1) after n grants), and is above 1 where it grows.

use super::estimate::{Estimate, mean, t_quantile, variance};
use super::worlds::by_world;
use crate::experiment::contrast::Contrast;
use crate::experiment::findings::{Findings, Outcome};
use crate::scenario::arm::Subject;
use hubsim_model::measures::position;

/// The measure in which the advantage is read.
const SHARE: &str = "drawn_share";

/// The contrasts of an arm with and without a head start, in the order of the arms without.
pub fn head_starts(findings: &Findings) -> Vec<&Contrast> {
    let mut all: Vec<&Contrast> = findings.contrasts.iter().filter(|of| of.subject == Subject::HeadStart).collect();
    all.sort_by_key(|contrast| contrast.base());
    all
}

/// The remaining advantage in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inherited {
    /// The year.
    pub year: u32,
    /// Difference of the drawn organisation's share in year 0, with the head start − without it.
    pub start: Estimate,
    /// The same difference in the year.
    pub then: Estimate,
    /// The remaining share: the mean difference in the year ÷ that in year 0, with its interval.
    pub left: Estimate,
}

/// The remaining advantage in a year, over the replicates that have the measure in both years.
pub fn inherited(findings: &Findings, contrast: &Contrast, year: u32) -> Inherited {
    let share = position(SHARE).unwrap_or(usize::MAX);
    let both = |(own, ahead): (&Outcome, &Outcome)| {
        let difference = |year: u32| ahead.measure(year, share) - own.measure(year, share);
        (difference(0), difference(year))
    };
    let differences = || {
        let of = findings.paired(contrast.against, contrast.arm).map(|pair| (pair.0.replicate, both(pair)));
        of.filter(|(_, both)| !both.0.is_nan() && !both.1.is_nan())
    };
    let means =
        |values: Vec<(u32, f64)>| by_world(findings, &[contrast.against, contrast.arm], values.into_iter()).means();
    let start = means(differences().map(|(replicate, both)| (replicate, both.0)).collect());
    let then = means(differences().map(|(replicate, both)| (replicate, both.1)).collect());
    Inherited {
        year,
        left: ratio(&then, &start),
        start: Estimate::from_values(&start),
        then: Estimate::from_values(&then),
    }
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
    use crate::experiment::contrast::ArmId;
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
    fn what_is_left_is_read_between_an_arm_and_the_one_it_was_made_from() {
        // Names that would mislead a parser: only the contrasts matter.
        let names = ["b ahead", "a", "b", "a ahead", "a with a head start"];
        let share = position(SHARE).expect("a measure");
        // The head start is 0.1 in year 0; a keeps all of it, b a quarter.
        let value = |arm: usize, year: u32| match (arm, year) {
            (0 | 3, 0) | (3, 1) => 0.3,
            (0, 1) => 0.225,
            _ => 0.2,
        };
        let outcome = |arm, replicate| Outcome {
            arm: ArmId(arm),
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
        let contrast = |arm, against| Contrast::new(ArmId(arm), ArmId(against), Subject::HeadStart);
        let findings = Findings {
            other_worlds: vec![],
            chosen: vec![],
            policies: names.map(str::to_owned).to_vec(),
            contrasts: vec![contrast(0, 2), Contrast::new(ArmId(1), ArmId(0), Subject::Policy), contrast(3, 1)],
            uncertain: vec![],
            parts: vec![],
            replicates_per_world: 1,
            years: 1,
            outcomes: (0..5).flat_map(|arm| (0..4).map(move |replicate| outcome(arm, replicate))).collect(),
        };
        let found = head_starts(&findings);
        assert_eq!(found, [&contrast(3, 1), &contrast(0, 2)]);
        let left: Vec<f64> = found.iter().map(|of| inherited(&findings, of, 1).left.mean).collect();
        assert!((left[0] - 1.0).abs() < 1e-12 && (left[1] - 0.25).abs() < 1e-12, "{left:?}");
        assert!((inherited(&findings, found[1], 0).left.mean - 1.0).abs() < 1e-12);
    }
}
