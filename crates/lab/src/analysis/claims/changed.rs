//! Measures that changed together with the measure of a part: reported beside the verdict, without a test.

use super::sample::{NotTestedReason, Sample, sample};
use crate::analysis::Findings;
use crate::analysis::estimate::{Estimate, correlation, mean};
use crate::analysis::student::tail;
use crate::scenario::claim::{Claim, ClaimPart};
use hubsim_model::measures::MEASURES;

/// The most changed measures that are reported.
const MOST_REPORTED: usize = 3;

/// A measure that differs between the same policies in the same years: the 95 % interval of its paired difference excludes
/// 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangedMeasure {
    /// Position of the measure.
    pub measure: usize,
    /// Mean under the reference policy; where a difference is subtracted, the mean of that difference.
    pub from: f64,
    /// Mean under the policy; where a difference is subtracted, the mean of the difference from which it is.
    pub to: f64,
    /// The mean difference with its interval.
    pub difference: Estimate,
    /// Correlation with the part's difference over replicates; NaN where one does not vary.
    pub correlation: f64,
    /// Whether that correlation differs from 0 at 95 %.
    pub together: bool,
}

/// The measures that changed together with a part, at most three: those correlated with its difference first, then those
/// with the largest t. Also the measures that were examined.
pub fn changed_measures(
    findings: &Findings,
    claim: &Claim,
    parts: &[ClaimPart],
    decisive: usize,
    of: &Result<Sample, NotTestedReason>,
) -> (Vec<ChangedMeasure>, Vec<usize>) {
    let part = &parts[decisive];
    let examined = candidates(claim, part);
    // A part with a bound has no reference policy: another part of the same claim with the same policy provides one.
    let compares = |other: &&ClaimPart| other.policy == part.policy && other.against.is_some();
    let Some(pair) = [part].into_iter().chain(parts).find(compares) else {
        return (Vec::new(), Vec::new());
    };
    let pair = ClaimPart { years: part.years, ..pair.clone() };
    let mut changed: Vec<(f64, ChangedMeasure)> =
        examined.iter().filter_map(|&measure| change_of(findings, &pair, measure, of.as_ref().ok()?)).collect();
    changed.sort_by(|a, b| b.1.together.cmp(&a.1.together).then(b.0.total_cmp(&a.0)));
    changed.truncate(MOST_REPORTED);
    (changed.into_iter().map(|(_, changed)| changed).collect(), examined)
}

/// The measures that may explain the difference: those that the claim names, else the headline measures and those of the
/// same group.
fn candidates(claim: &Claim, part: &ClaimPart) -> Vec<usize> {
    let group = MEASURES.get(part.measure).map(|measure| measure.group);
    let near = |at: &usize| MEASURES[*at].headline || Some(MEASURES[*at].group) == group;
    let mut all = claim.because.clone();
    if all.is_empty() {
        all = (0..MEASURES.len()).filter(near).collect();
    }
    all.retain(|measure| *measure != part.measure);
    all
}

/// A measure, if it changed, with its absolute t.
fn change_of(findings: &Findings, pair: &ClaimPart, measure: usize, outcome: &Sample) -> Option<(f64, ChangedMeasure)> {
    let found = sample(findings, pair, (measure, None)).ok()?;
    let difference = Estimate::from_values(&found.worlds.means());
    let size = difference.mean.abs() / (difference.sd / (difference.n as f64).sqrt());
    if !(difference.low > 0.0 || difference.high < 0.0) || difference.mean.abs() <= found.scale() * 1e-12 {
        return None;
    }
    let (from, to) = if found.net.is_empty() {
        (mean(&found.against), mean(&found.policy))
    } else {
        (mean(&found.net), mean(&found.policy) - mean(&found.against))
    };
    let both: Vec<(f64, f64)> = (found.replicates.iter().zip(&found.tested))
        .filter_map(|(replicate, value)| {
            let at = outcome.replicates.binary_search(replicate).ok()?;
            Some((*value, outcome.tested[at]))
        })
        .collect();
    let correlation = correlation(&both);
    let together = both.len() > 3 && {
        let freedom = both.len() - 2;
        let t = correlation.abs() * (freedom as f64 / (1.0 - correlation * correlation)).sqrt();
        tail(t, freedom) <= 0.025
    };
    Some((size, ChangedMeasure { measure, from, to, difference, correlation, together }))
}
