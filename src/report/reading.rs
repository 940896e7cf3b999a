//! Means, paired differences and their verdicts, as charts and tables show them.

use hubsim_lab::analysis::comparison::compare_one;
use hubsim_lab::analysis::summary::summarise_one;
use hubsim_lab::analysis::{Comparison, Estimate, Findings};
use hubsim_lab::experiment::{ArmId, Contrast};
use hubsim_model::measures::Direction;

use super::number::Interval;

/// The assessment of a paired difference by its interval and the measure's direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectionVerdict {
    /// The interval lies on the better side of zero.
    Better,
    /// The interval lies on the worse side of zero.
    Worse,
    /// The interval lies above zero, which is neither better nor worse.
    Higher,
    /// The interval lies below zero, which is neither better nor worse.
    Lower,
    /// The interval contains zero.
    Unclear,
    /// All pairs are equal.
    Same,
    /// Fewer than two pairs.
    Unknown,
}

impl DirectionVerdict {
    /// The verdict on a paired difference with its interval.
    pub fn from_interval(difference: Interval, direction: Direction) -> DirectionVerdict {
        let Interval { mean, low, high } = difference;
        if !(low.is_finite() && high.is_finite()) {
            return DirectionVerdict::Unknown;
        }
        match direction {
            _ if mean == 0.0 && low == 0.0 && high == 0.0 => DirectionVerdict::Same,
            _ if low <= 0.0 && high >= 0.0 => DirectionVerdict::Unclear,
            Direction::Higher if low > 0.0 => DirectionVerdict::Better,
            Direction::Lower if high < 0.0 => DirectionVerdict::Better,
            Direction::Neutral if low > 0.0 => DirectionVerdict::Higher,
            Direction::Neutral => DirectionVerdict::Lower,
            _ => DirectionVerdict::Worse,
        }
    }

    /// Its name in texts.
    pub fn words(self) -> &'static str {
        match self {
            DirectionVerdict::Better => "better",
            DirectionVerdict::Worse => "worse",
            DirectionVerdict::Higher => "higher",
            DirectionVerdict::Lower => "lower",
            DirectionVerdict::Unclear => "no clear difference",
            DirectionVerdict::Same => "no difference",
            DirectionVerdict::Unknown => "too few trials",
        }
    }
}

impl From<Estimate> for Interval {
    fn from(Estimate { mean, low, high, .. }: Estimate) -> Interval {
        Interval { mean, low, high }
    }
}

/// The mean over a policy's trials in a year, with its 95 % interval.
pub fn mean(findings: &Findings, arm: usize, year: u32, measure: usize) -> Interval {
    summarise_one(findings, ArmId(arm), year, measure).estimate.into()
}

/// The arm that all contrasts are against, if it is one.
pub fn common_reference(contrasts: &[Contrast]) -> Option<ArmId> {
    let first = contrasts.first()?.against;
    contrasts.iter().all(|contrast| contrast.against == first).then_some(first)
}

/// What a contrast is called: its arm where all are against the same one, else both arms.
pub fn name(findings: &Findings, contrast: &Contrast, reference: Option<ArmId>) -> String {
    let arm = findings.shown(contrast.arm);
    if reference.is_some() { arm } else { format!("{arm} − {}", findings.shown(contrast.against)) }
}

/// The difference between the arms of a contrast in the last year, paired by replicate. For a measure without a better
/// direction, [`Comparison::better`] is NaN.
pub fn difference(findings: &Findings, contrast: &Contrast, measure: usize, direction: Direction) -> Comparison {
    let comparison = compare_one(findings, contrast, findings.years, measure, direction);
    let better = if direction == Direction::Neutral { f64::NAN } else { comparison.better };
    Comparison { better, ..comparison }
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;

    #[test]
    fn a_difference_pairs_trials_of_the_same_replicate() {
        let mut findings = synthetic::findings(2, 3, 1, 1);
        for outcome in &mut findings.outcomes {
            // The second policy is 1 above the first in every world, whatever the world adds.
            outcome.measures[1][0] = f64::from(outcome.replicate) * 100.0 + outcome.arm.0 as f64;
        }
        let contrast = &findings.shown_contrasts()[0];
        let of = difference(&findings, contrast, 0, Direction::Lower);
        let interval = Interval::from(of.difference);
        assert_eq!((interval.mean, interval.low, interval.high), (1.0, 1.0, 1.0));
        assert_eq!((of.better, of.difference.n), (0.0, 3));
        assert!(difference(&findings, contrast, 0, Direction::Neutral).better.is_nan());
        assert_eq!(DirectionVerdict::from_interval(interval, Direction::Lower), DirectionVerdict::Worse);
        assert_eq!(DirectionVerdict::from_interval(interval, Direction::Higher), DirectionVerdict::Better);
        assert_eq!(DirectionVerdict::from_interval(interval, Direction::Neutral), DirectionVerdict::Higher);
    }

    #[test]
    fn the_verdict_follows_from_the_interval() {
        let of = |mean, low, high| DirectionVerdict::from_interval(Interval { mean, low, high }, Direction::Higher);
        assert_eq!(of(1.0, -1.0, 3.0), DirectionVerdict::Unclear);
        assert_eq!(of(0.0, 0.0, 0.0), DirectionVerdict::Same);
        assert_eq!(of(1.0, f64::NAN, f64::NAN), DirectionVerdict::Unknown);
        assert_eq!(of(-2.0, -3.0, -1.0), DirectionVerdict::Worse);
    }
}
