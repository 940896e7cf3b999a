//! The values that a part of a claim is about, replicate by replicate.

use crate::analysis::estimate::mean;
use crate::experiment::contrast::ArmId;
use crate::experiment::findings::Findings;
use crate::scenario::claim::{By, Part, Years};

/// Why a part could not be tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// These policies were not simulated.
    Policies(Vec<String>),
    /// All its years lie beyond the last one simulated, which is this.
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
    /// So many replicates have a value under all its policies; it takes two.
    Replicates(usize),
    /// There is no line to be crossed: a share of nothing.
    Margin,
}

/// Values of a part, by replicate. All are as long as `replicates`, or empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The replicates in which all policies have a value, in order.
    pub replicates: Vec<u32>,
    /// Under the policy.
    pub policy: Vec<f64>,
    /// Under what it is compared with; empty for a bound.
    pub against: Vec<f64>,
    /// The difference that is taken off; empty where none is.
    pub net: Vec<f64>,
    /// What is tested.
    pub tested: Vec<f64>,
    /// The smallest difference that matters, or the bound.
    pub margin: f64,
}

impl Sample {
    /// The largest value that differences were taken of: what rounding is measured by.
    pub fn scale(&self) -> f64 {
        let all = self.policy.iter().chain(&self.against).chain(&self.net);
        all.fold(0.0, |largest: f64, value| largest.max(value.abs()))
    }
}

/// The sample of a part, its measure replaced by `measure`.
pub fn sample(findings: &Findings, part: &Part, measure: usize) -> Result<Sample, Missing> {
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
        return Err(Missing::Policies(absent));
    }
    let window = window(findings, part.years).ok_or(Missing::Years(findings.years))?;
    let columns: Vec<Vec<(u32, f64)>> = arms.iter().map(|&arm| values(findings, arm, window, measure)).collect();
    let mut policies: Vec<String> = Vec::new();
    for (&arm, _) in arms.iter().zip(&columns).filter(|(_, column)| column.is_empty()) {
        let name = findings.label(arm);
        if !policies.iter().any(|policy| policy == name) {
            policies.push(name.to_owned());
        }
    }
    if !policies.is_empty() {
        return Err(Missing::Values { measure, years: window, policies });
    }
    let mut sample = paired(part, &columns);
    let n = sample.replicates.len();
    if n < 2 {
        return Err(Missing::Replicates(n));
    }
    sample.margin = match part.by {
        By::Amount(amount) => amount,
        By::Share(share) => share * mean(&sample.against).abs(),
    };
    if sample.margin.is_finite() { Ok(sample) } else { Err(Missing::Margin) }
}

/// The replicates that all columns have. Columns are those of the policy, of what it is compared with, and of the two
/// whose difference is taken off.
fn paired(part: &Part, columns: &[Vec<(u32, f64)>]) -> Sample {
    let mut sample = Sample {
        replicates: Vec::new(),
        policy: Vec::new(),
        against: Vec::new(),
        net: Vec::new(),
        tested: Vec::new(),
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

/// The position of a policy among those simulated.
pub fn arm(findings: &Findings, policy: &str) -> Option<ArmId> {
    findings.policies.iter().position(|simulated| simulated == policy).map(ArmId)
}

/// The first and the last year that were simulated; none if all lie beyond the end.
pub fn window(findings: &Findings, years: Years) -> Option<(u32, u32)> {
    match years {
        Years::Last => Some((findings.years, findings.years)),
        Years::Span(first, last) => (first <= findings.years).then(|| (first, last.min(findings.years))),
    }
}

/// For each replicate that has any, the mean of a measure's values over the years; in order of replicate.
pub fn values(findings: &Findings, arm: ArmId, years: (u32, u32), measure: usize) -> Vec<(u32, f64)> {
    let of = findings.arm(arm).iter().map(|outcome| {
        let all = (years.0..=years.1).map(|year| outcome.measure(year, measure));
        let there: Vec<f64> = all.filter(|value| value.is_finite()).collect();
        (outcome.replicate, mean(&there))
    });
    of.filter(|(_, value)| value.is_finite()).collect()
}
