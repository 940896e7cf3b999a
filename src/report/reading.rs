//! Means, paired differences and their verdicts, as charts and tables show them.

use hubsim_lab::analysis::comparison::compare_one;
use hubsim_lab::analysis::summary::summarise_one;
use hubsim_lab::analysis::{Comparison, Estimate, Findings};
use hubsim_lab::experiment::{ArmId, Contrast};
use hubsim_model::measures::{Direction, Measure};

use super::number::Interval;

/// The assessment of a paired difference by its interval and the measure's direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectionVerdict {
    /// The interval lies on the better side of zero.
    Better,
    /// The interval lies on the better side of zero, but the measure is a ratio, and it is not shown that its companion, the
    /// absolute figure beside it, is no worse.
    LessToCount,
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
            DirectionVerdict::LessToCount => "not better: less to count",
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

/// The verdict on a contrast in the measure at a position of `measures`, which are those of the findings in their order.
pub fn verdict(findings: &Findings, measures: &[&Measure], contrast: &Contrast, position: usize) -> DirectionVerdict {
    let measure = measures[position];
    let found = difference(findings, contrast, position, measure.direction).difference;
    let verdict = DirectionVerdict::from_interval(found.into(), measure.direction);
    let companion = measure.companion().and_then(|other| measures.iter().position(|of| of.key == other.key));
    match companion {
        Some(companion)
            if verdict == DirectionVerdict::Better && !no_worse(findings, measures, contrast, companion) =>
        {
            DirectionVerdict::LessToCount
        }
        _ => verdict,
    }
}

/// Whether it is shown that an arm is no worse than what it is compared with: its interval excludes a loss that matters.
fn no_worse(findings: &Findings, measures: &[&Measure], contrast: &Contrast, position: usize) -> bool {
    let measure = measures[position];
    let Comparison { difference: found, first_mean, .. } = difference(findings, contrast, position, measure.direction);
    let matters = measure.matters(first_mean);
    match measure.direction {
        Direction::Higher => found.low > -matters,
        Direction::Lower => found.high < matters,
        Direction::Neutral => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;
    use hubsim_model::measures::measure;

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

    /// A share that improves while the absolute figure beside it falls by more than matters is not called better.
    #[test]
    fn a_ratio_is_better_only_where_its_companion_is_no_worse() {
        let measures = [measure("need_met").expect("need met"), measure("people_helped").expect("people helped")];
        let verdict_if = |helped: f64| {
            let mut findings = synthetic::findings(2, 20, 1, 2);
            for outcome in &mut findings.outcomes {
                let (arm, noise) = (outcome.arm.0 as f64, f64::from(outcome.replicate) / 1024.0);
                outcome.measures[1] = vec![0.5 + 0.125 * arm + noise, 1000.0 + helped * arm + noise];
            }
            verdict(&findings, &measures, &findings.shown_contrasts()[0], 0)
        };
        assert_eq!(verdict_if(10.0), DirectionVerdict::Better);
        assert_eq!(verdict_if(-50.0), DirectionVerdict::Better, "a loss of 5 % does not matter");
        assert_eq!(verdict_if(-150.0), DirectionVerdict::LessToCount);
        assert_eq!(verdict_if(-150.0).words(), "not better: less to count");
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
