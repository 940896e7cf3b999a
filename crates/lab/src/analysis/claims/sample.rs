//! The values that a part of a claim compares, replicate by replicate.

use crate::analysis::estimate::mean;
use crate::analysis::worlds::{Worlds, by_world};
use crate::experiment::contrast::ArmId;
use crate::experiment::findings::Findings;
use crate::scenario::claim::{ClaimPart, ClaimYears, Expectation, SmallestDifference};
use hubsim_model::measures::Part;

/// A difference below this share of two values is rounding: they are equal.
const ROUNDING: f64 = 1e-12;

/// Why a part could not be tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTestedReason {
    /// These policies were not simulated.
    Policies(Vec<String>),
    /// All its years are after the last simulated year, which is this one.
    Years(u32),
    /// The measure has no value in any of these years, in no replicate, under these policies.
    Values {
        /// Position in [`hubsim_model::measures::MEASURES`].
        measure: usize,
        /// The first and the last of the years.
        years: (u32, u32),
        /// The policies, each once.
        policies: Vec<String>,
    },
    /// Only this number of worlds has a value under all its policies; at least two are needed.
    Worlds(usize),
    /// The smallest difference that matters is a share of a mean that does not exist.
    Margin,
}

/// Values of a part, by replicate. All are as long as `replicates`, or empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The replicates in which all policies have a value, in order.
    pub replicates: Vec<u32>,
    /// Values under the policy.
    pub policy: Vec<f64>,
    /// Values under the reference policy; empty for a bound.
    pub against: Vec<f64>,
    /// The difference that is subtracted; empty if none is.
    pub net: Vec<f64>,
    /// The values that are tested: of equality, by how much each differs from what it is to equal.
    pub tested: Vec<f64>,
    /// The same, world by world: the unit of the test.
    pub worlds: Worlds,
    /// The smallest difference that matters, or the bound.
    pub margin: f64,
}

impl Sample {
    /// The largest absolute value from which differences were computed: the scale of rounding errors.
    pub fn scale(&self) -> f64 {
        let all = self.policy.iter().chain(&self.against).chain(&self.net);
        all.fold(0.0, |largest: f64, value| largest.max(value.abs()))
    }
}

/// The sample of a part, its measure replaced by another one, of the whole movement or of a part of it.
pub fn sample(
    findings: &Findings,
    part: &ClaimPart,
    (measure, within): (usize, Option<&Part>),
) -> Result<Sample, NotTestedReason> {
    let net_of = part.net_of.iter().flatten();
    let names: Vec<&String> = [&part.policy].into_iter().chain(&part.against).chain(net_of).collect();
    let (mut arms, mut absent) = (Vec::new(), Vec::new());
    for name in names {
        match arm(findings, name) {
            Some(arm) => arms.push(arm),
            // A policy may stand in a part twice.
            None if absent.contains(name) => {}
            None => absent.push(name.clone()),
        }
    }
    if !absent.is_empty() {
        return Err(NotTestedReason::Policies(absent));
    }
    let window = window(findings, part.years).ok_or(NotTestedReason::Years(findings.years))?;
    let column = findings.column(measure, within);
    let columns: Vec<Vec<(u32, f64)>> = arms.iter().map(|&arm| values(findings, arm, window, column)).collect();
    let mut policies: Vec<String> = Vec::new();
    for (&arm, _) in arms.iter().zip(&columns).filter(|(_, column)| column.is_empty()) {
        let name = findings.label(arm);
        if !policies.iter().any(|policy| policy == name) {
            policies.push(name.to_owned());
        }
    }
    if !policies.is_empty() {
        return Err(NotTestedReason::Values { measure, years: window, policies });
    }
    let mut sample = paired(part, &columns);
    sample.margin = match part.by {
        SmallestDifference::Amount(amount) => amount,
        SmallestDifference::Share(share) => share * mean(&sample.against).abs(),
    };
    if part.expect == Expectation::Equals {
        sample.tested = unequal(&sample);
    }
    sample.worlds = by_world(findings, &arms, sample.replicates.iter().copied().zip(sample.tested.iter().copied()));
    let n = sample.worlds.count();
    // What holds in every trial holds in a single one.
    if n < 2 && (part.expect != Expectation::Equals || n == 0) {
        return Err(NotTestedReason::Worlds(n));
    }
    if sample.margin.is_finite() { Ok(sample) } else { Err(NotTestedReason::Margin) }
}

/// The values of the replicates that all columns have. The columns are those of the policy, of the reference policy, and of
/// the two policies whose difference is subtracted.
fn paired(part: &ClaimPart, columns: &[Vec<(u32, f64)>]) -> Sample {
    let mut sample = Sample {
        replicates: Vec::new(),
        policy: Vec::new(),
        against: Vec::new(),
        net: Vec::new(),
        tested: Vec::new(),
        worlds: Worlds::default(),
        margin: f64::NAN,
    };
    let others = &columns[1..];
    for &(replicate, own) in &columns[0] {
        let other = |column: &Vec<(u32, f64)>| {
            column.binary_search_by_key(&replicate, |other| other.0).ok().map(|at| column[at].1)
        };
        let Some(others) = others.iter().map(other).collect::<Option<Vec<f64>>>() else { continue };
        let mut others = others.into_iter();
        let mut tested = own;
        if let Some(against) = part.against.as_ref().and_then(|_| others.next()) {
            sample.against.push(against);
            tested -= against;
        }
        if let (Some(first), Some(second)) = (others.next(), others.next()) {
            sample.net.push(first - second);
            tested -= first - second;
        }
        sample.replicates.push(replicate);
        sample.policy.push(own);
        sample.tested.push(tested);
    }
    sample
}

/// By how much each value differs from what it is to equal: the reference, or the number; 0 where the difference is rounding.
fn unequal(sample: &Sample) -> Vec<f64> {
    let difference = |(at, value): (usize, &f64)| {
        let reference = sample.against.get(at).copied().unwrap_or(sample.margin);
        let difference = value - reference;
        if difference.abs() <= value.abs().max(reference.abs()) * ROUNDING { 0.0 } else { difference }
    };
    sample.policy.iter().enumerate().map(difference).collect()
}

/// The position of a policy among those simulated.
pub fn arm(findings: &Findings, policy: &str) -> Option<ArmId> {
    findings.policies.iter().position(|simulated| simulated == policy).map(ArmId)
}

/// The first and the last year that were simulated; none if all lie beyond the end.
pub fn window(findings: &Findings, years: ClaimYears) -> Option<(u32, u32)> {
    match years {
        ClaimYears::Last => Some((findings.years, findings.years)),
        ClaimYears::Span(first, last) => (first <= findings.years).then(|| (first, last.min(findings.years))),
    }
}

/// For each replicate that has any, the mean of the values in a column over the years; in order of replicate.
pub fn values(findings: &Findings, arm: ArmId, years: (u32, u32), column: usize) -> Vec<(u32, f64)> {
    let of = findings.arm(arm).iter().map(|outcome| {
        let all = (years.0..=years.1).map(|year| outcome.measure(year, column));
        let there: Vec<f64> = all.filter(|value| value.is_finite()).collect();
        (outcome.replicate, mean(&there))
    });
    of.filter(|(_, value)| value.is_finite()).collect()
}
