//! What moved with a part's outcome: told beside the verdict, and no test of anything.

use super::sample::{Missing, Sample, sample};
use crate::analysis::Findings;
use crate::analysis::estimate::{Estimate, correlation, mean};
use crate::analysis::student::tail;
use crate::scenario::claim::{Claim, Part};
use hubsim_model::measures::MEASURES;

/// How many are told.
const TOLD: usize = 3;

/// A measure that moved between the same policies in the same years: the 95 % interval of its paired difference leaves
/// out 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    /// Position of the measure.
    pub measure: usize,
    /// From this mean; where a difference is taken off, that difference.
    pub from: f64,
    /// To this mean; where a difference is taken off, the difference it is taken off.
    pub to: f64,
    /// The mean difference with its interval.
    pub difference: Estimate,
    /// Correlation with the part's difference over replicates; NaN where one does not vary.
    pub correlation: f64,
    /// Whether that correlation is other than 0 at 95 %: where one moved more, so did the other (or less).
    pub together: bool,
}

/// The measures that moved with a part, at most three: those that go together with its difference first, then the
/// clearest. Also the measures that were looked at.
pub fn look(
    findings: &Findings,
    claim: &Claim,
    parts: &[Part],
    decisive: usize,
    of: &Result<Sample, Missing>,
) -> (Vec<Moved>, Vec<usize>) {
    let part = &parts[decisive];
    let looked = candidates(claim, part);
    // A bound compares nothing: what moved between the policy and another one of the same claim is told instead.
    let compares = |other: &&Part| other.policy == part.policy && other.against.is_some();
    let Some(pair) = [part].into_iter().chain(parts).find(compares) else {
        return (Vec::new(), Vec::new());
    };
    let pair = Part { years: part.years, ..pair.clone() };
    let mut moved: Vec<(f64, Moved)> =
        looked.iter().filter_map(|&measure| moves(findings, &pair, measure, of.as_ref().ok()?)).collect();
    moved.sort_by(|a, b| b.1.together.cmp(&a.1.together).then(b.0.total_cmp(&a.0)));
    moved.truncate(TOLD);
    (moved.into_iter().map(|(_, moved)| moved).collect(), looked)
}

/// What may tell why: what the claim names, else the headlines and the measures of the same group.
fn candidates(claim: &Claim, part: &Part) -> Vec<usize> {
    let group = MEASURES.get(part.measure).map(|measure| measure.group);
    let near = |at: &usize| MEASURES[*at].headline || Some(MEASURES[*at].group) == group;
    let mut all = claim.because.clone();
    if all.is_empty() {
        all = (0..MEASURES.len()).filter(near).collect();
    }
    all.retain(|measure| *measure != part.measure);
    all
}

/// A measure, if it moved, with the size of its t.
fn moves(findings: &Findings, pair: &Part, measure: usize, outcome: &Sample) -> Option<(f64, Moved)> {
    let found = sample(findings, pair, measure).ok()?;
    let difference = Estimate::of(&found.tested);
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
    Some((size, Moved { measure, from, to, difference, correlation, together }))
}
