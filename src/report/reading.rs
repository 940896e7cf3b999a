//! Means, paired differences and their verdicts, as charts and tables show them.

use hubsim_lab::analysis::comparison::compare_one;
use hubsim_lab::analysis::summary::summarise_one;
use hubsim_lab::analysis::{Comparison, Estimate, Findings, ShareOfWorlds};
use hubsim_lab::experiment::{ArmId, Contrast};
use hubsim_model::measures::{Direction, Measure};

use super::number::Interval;

/// The assessment of a paired difference by its interval, the measure's direction and the smallest difference that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectionVerdict {
    /// The interval lies on the better side of what matters.
    Better,
    /// The interval lies on the better side of zero, but a difference too small to matter is not excluded.
    BetterOrSmall,
    /// The measure is a ratio that improves, but it is not shown that its companion, the absolute figure beside it, is no
    /// worse.
    LessToCount,
    /// The interval lies on the worse side of what matters.
    Worse,
    /// The interval lies on the worse side of zero, but a difference too small to matter is not excluded.
    WorseOrSmall,
    /// The interval lies above zero, which is neither better nor worse.
    Higher,
    /// The interval lies below zero, which is neither better nor worse.
    Lower,
    /// The interval contains no difference that matters.
    TooSmall,
    /// The interval contains zero, and differences that matter.
    Unclear,
    /// All pairs are equal.
    Same,
    /// Fewer than two worlds.
    Unknown,
}

impl DirectionVerdict {
    /// The verdict on a paired difference with its interval; `matters` is the smallest difference that matters.
    pub fn from_interval(difference: Interval, direction: Direction, matters: f64) -> DirectionVerdict {
        let Interval { mean, low, high } = difference;
        if !(low.is_finite() && high.is_finite()) {
            return DirectionVerdict::Unknown;
        }
        // Gains are positive.
        let (least, most) = if direction == Direction::Lower { (-high, -low) } else { (low, high) };
        match direction {
            _ if mean == 0.0 && low == 0.0 && high == 0.0 => DirectionVerdict::Same,
            _ if -matters < least && most < matters => DirectionVerdict::TooSmall,
            _ if least <= 0.0 && most >= 0.0 => DirectionVerdict::Unclear,
            Direction::Neutral if least > 0.0 => DirectionVerdict::Higher,
            Direction::Neutral => DirectionVerdict::Lower,
            _ if least >= matters => DirectionVerdict::Better,
            _ if least > 0.0 => DirectionVerdict::BetterOrSmall,
            _ if most <= -matters => DirectionVerdict::Worse,
            _ => DirectionVerdict::WorseOrSmall,
        }
    }

    /// Whether it says that the policy improves the measure, by however little.
    pub fn improves(self) -> bool {
        matches!(self, DirectionVerdict::Better | DirectionVerdict::BetterOrSmall)
    }

    /// Its name in texts.
    pub fn words(self) -> &'static str {
        match self {
            DirectionVerdict::Better => "better",
            DirectionVerdict::BetterOrSmall => "better, size open",
            DirectionVerdict::LessToCount => "not better: less to count",
            DirectionVerdict::Worse => "worse",
            DirectionVerdict::WorseOrSmall => "worse, size open",
            DirectionVerdict::Higher => "higher",
            DirectionVerdict::Lower => "lower",
            DirectionVerdict::TooSmall => "no difference that matters",
            DirectionVerdict::Unclear => "not decided",
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

/// A measure with its position in the findings.
pub type IndexedMeasure<'a> = (usize, &'a Measure);

/// The mean over a policy's worlds in a year, with its 95 % interval.
pub fn mean(findings: &Findings, arm: usize, year: u32, (position, measure): IndexedMeasure) -> Interval {
    summarise_one(findings, ArmId(arm), year, (position, measure.range)).estimate.into()
}

/// What a measure is today: its mean over all arms in year 0 or, of a flow, which has none there, under the first arm in year 1.
pub fn today(findings: &Findings, of: IndexedMeasure) -> Interval {
    let start = mean(findings, 0, 0, of);
    if start.mean.is_finite() { start } else { mean(findings, 0, 1, of) }
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

/// The difference between the arms of a contrast in the last year, paired by replicate.
pub fn difference(findings: &Findings, contrast: &Contrast, of: IndexedMeasure) -> Comparison {
    difference_in(findings, contrast, findings.years, of)
}

/// The same in another year.
pub fn difference_in(
    findings: &Findings,
    contrast: &Contrast,
    year: u32,
    (position, measure): IndexedMeasure,
) -> Comparison {
    compare_one(findings, contrast, year, (position, measure.range))
}

/// The share of worlds that are expected to gain at least `least` by the measure's direction; unknown for a measure without.
pub fn share_of_worlds(comparison: &Comparison, measure: &Measure, least: f64) -> ShareOfWorlds {
    match measure.direction {
        Direction::Neutral => ShareOfWorlds::Unknown,
        direction => comparison.over_worlds.share(direction, least),
    }
}

/// The verdict on a contrast in the measure at a position of `measures`, which are those of the findings in their order.
pub fn verdict(findings: &Findings, measures: &[&Measure], contrast: &Contrast, position: usize) -> DirectionVerdict {
    let measure = measures[position];
    let Comparison { difference: found, first_mean, .. } = difference(findings, contrast, (position, measure));
    let verdict = DirectionVerdict::from_interval(found.into(), measure.direction, measure.matters(first_mean));
    let companion = measure.companion().and_then(|other| measures.iter().position(|of| of.key == other.key));
    match companion {
        Some(companion) if verdict.improves() && !no_worse(findings, measures, contrast, companion) => {
            DirectionVerdict::LessToCount
        }
        _ => verdict,
    }
}

/// Whether it is shown that an arm is no worse than what it is compared with: its interval excludes a loss that matters.
fn no_worse(findings: &Findings, measures: &[&Measure], contrast: &Contrast, position: usize) -> bool {
    let measure = measures[position];
    let Comparison { difference: found, first_mean, .. } = difference(findings, contrast, (position, measure));
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
        let of = difference(&findings, contrast, (0, measure("need_met").expect("need met")));
        let interval = Interval::from(of.difference);
        assert_eq!((interval.mean, interval.low, interval.high, of.difference.n, of.pairs), (1.0, 1.0, 1.0, 3, 3));
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
    fn the_verdict_follows_from_the_interval_and_what_matters() {
        let of =
            |mean, low, high| DirectionVerdict::from_interval(Interval { mean, low, high }, Direction::Higher, 0.5);
        for (low, high, expected, mirrored) in [
            (0.5, 3.0, DirectionVerdict::Better, DirectionVerdict::Worse),
            (0.4, 3.0, DirectionVerdict::BetterOrSmall, DirectionVerdict::WorseOrSmall),
            (-0.4, 3.0, DirectionVerdict::Unclear, DirectionVerdict::Unclear),
            (-0.4, 0.4, DirectionVerdict::TooSmall, DirectionVerdict::TooSmall),
            (0.1, 0.4, DirectionVerdict::TooSmall, DirectionVerdict::TooSmall),
            (0.0, 0.0, DirectionVerdict::Same, DirectionVerdict::Same),
        ] {
            let mean = (low + high) / 2.0;
            assert_eq!((of(mean, low, high), of(-mean, -high, -low)), (expected, mirrored), "{low} {high}");
            let lower = DirectionVerdict::from_interval(Interval { mean, low, high }, Direction::Lower, 0.5);
            assert_eq!(lower, mirrored, "{low} {high}");
        }
        let neutral =
            |low, high| DirectionVerdict::from_interval(Interval { mean: low, low, high }, Direction::Neutral, 0.5);
        assert_eq!((neutral(0.6, 1.0), neutral(-1.0, -0.6)), (DirectionVerdict::Higher, DirectionVerdict::Lower));
        assert_eq!(of(1.0, f64::NAN, f64::NAN), DirectionVerdict::Unknown);
    }
}
