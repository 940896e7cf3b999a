//! Tests of a scenario's claims.
//!
//! Each part of a claim is a paired comparison: in every replicate, the mean of a measure over the part's years under one
//! policy, minus the same mean under another policy in the same world with the same random numbers. The mean over the trials
//! of a world is the unit of all that follows. Where fewer than five worlds differ from nothing and from each other, nothing
//! is decided. For each possible verdict there is a one-sided t test: the difference exceeds the smallest difference that
//! matters in one direction, or in the other, or lies within it (two one-sided tests, Schuirmann 1987). The p-value of a part
//! is twice the least of these p-values.
//!
//! All parts of all claims that can be tested form one family, decisive or not. **Holm's** procedure (1979) adjusts their
//! p-values: a part has a verdict if its adjusted p-value is at most [`LEVEL`]. The intervals that are reported beside it
//! are simultaneous (Bonferroni) and slightly wider than Holm's procedure requires: every verdict that an interval implies,
//! Holm's procedure gives as well, but not the reverse.
//!
//! An expectation of equality is no estimate: it is checked in every trial, and is no part of the family.
//!
//! A smallest difference that is given as a share is that share of the observed mean of the reference. It is treated as a
//! constant: its own sampling error is ignored.

mod changed;
mod sample;
mod part_test;
mod verdict;

pub use changed::ChangedMeasure;
pub use part_test::LEVEL;
pub use sample::NotTestedReason;
pub use verdict::ClaimVerdict;

use super::estimate::Estimate;
use super::interval::Bounds;
use super::worlds::{OverWorlds, ShareOfWorlds, by_world};
use super::{Findings, estimate};
use crate::experiment::contrast::ArmId;
use crate::scenario::claim::{Claim, ClaimForm, ClaimPart, ClaimYears, Expectation};
use hubsim_model::measures::MEASURES;
use part_test::PartTest;
use sample::{Sample, arm, sample, values, window};

/// The results of all claims.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimResults<'a> {
    /// The claims, in their order.
    pub claims: Vec<ClaimResult<'a>>,
    /// The size of the family: the number of parts that were tested together.
    pub tests: usize,
}

/// The result of one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimResult<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The verdict or the table.
    pub answer: ClaimAnswer,
}

/// A verdict or a table, depending on the form of the claim.
#[derive(Clone, Debug, PartialEq)]
pub enum ClaimAnswer {
    /// A verdict.
    Verdict(VerdictEvidence),
    /// The rows of a table, by measure, then policy; and the policies that were not simulated.
    Table(Vec<ClaimTableRow>, Vec<String>),
}

/// A verdict with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictEvidence {
    /// The verdict.
    pub verdict: ClaimVerdict,
    /// The claim's parts, in order.
    pub parts: Vec<PartResult>,
    /// Share of the worlds in whose expected values every decisive part holds.
    pub worlds: ShareOfWorlds,
    /// The part that determined the verdict: position in `parts`; none without parts.
    pub decisive: Option<usize>,
    /// Measures that changed together with the decisive part.
    pub changed: Vec<ChangedMeasure>,
    /// Positions of the measures that were examined for such changes.
    pub examined: Vec<usize>,
}

/// The result of one part.
#[derive(Clone, Debug, PartialEq)]
pub struct PartResult {
    /// The first and the last year of the mean.
    pub years: (u32, u32),
    /// The number of worlds in which all its policies have a value; of equality, of trials.
    pub n: usize,
    /// Mean under the policy.
    pub value: f64,
    /// Mean under the reference policy; NaN where the part is compared with a bound.
    pub reference: f64,
    /// Mean of the difference that is subtracted; NaN if none is.
    pub net: f64,
    /// The smallest difference that matters, or the bound, in the measure's unit.
    pub margin: f64,
    /// The mean that is tested: the difference, after subtracting `net`; for a bound, the value itself.
    pub difference: f64,
    /// Lower end of its interval; the intervals of the family are simultaneous at 95 %.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The p-value, two-sided scale, of the test with the least one.
    pub p: f64,
    /// The same, adjusted for the family (Holm).
    pub adjusted: f64,
    /// The verdict on the part.
    pub verdict: ClaimVerdict,
    /// Of equality, the number of trials in which it holds.
    pub equal: Option<usize>,
    /// The reason, if the part was not tested.
    pub missing: Option<NotTestedReason>,
}

/// One measure under one policy, for a table.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimTableRow {
    /// Position of the measure.
    pub measure: usize,
    /// The policy.
    pub policy: String,
    /// The first and the last year of the mean.
    pub years: (u32, u32),
    /// Its mean, with a 95 % interval that is not adjusted for other rows.
    pub mean: Estimate,
    /// The paired difference from the table's first policy; none for that policy, or if it was not simulated.
    pub difference: Option<Estimate>,
}

impl VerdictEvidence {
    /// Why the claim was not tested: the reason of the first decisive part that was not.
    pub fn missing<'a>(&'a self, parts: &[ClaimPart]) -> Option<&'a NotTestedReason> {
        self.parts.iter().zip(parts).filter(|(_, part)| part.decisive).find_map(|(found, _)| found.missing.as_ref())
    }
}

/// Tests all claims together.
pub fn test_claims<'a>(claims: &'a [Claim], findings: &Findings) -> ClaimResults<'a> {
    let samples: Vec<Vec<Result<Sample, NotTestedReason>>> = claims
        .iter()
        .map(|claim| {
            parts(claim).iter().map(|part| sample(findings, part, (part.measure, part.within.as_ref()))).collect()
        })
        .collect();
    let tests: Vec<Vec<Option<PartTest>>> = (claims.iter().zip(&samples))
        .map(|(claim, samples)| parts(claim).iter().zip(samples).map(|(part, sample)| test(part, sample)).collect())
        .collect();
    let p: Vec<f64> = tests.iter().flatten().flatten().map(|test| test.p).collect();
    let (family, mut adjusted) = (p.len(), part_test::holm(&p).into_iter());
    let claims = claims.iter().zip(&samples).zip(&tests).map(|((claim, samples), tests)| {
        let answer = match &claim.form {
            ClaimForm::Verdict(parts) => {
                let found: Vec<PartResult> = (parts.iter().zip(samples).zip(tests))
                    .map(|((part, sample), test)| {
                        let adjusted = test.as_ref().and_then(|_| adjusted.next());
                        finding(findings, part, sample, test.as_ref().zip(adjusted), family)
                    })
                    .collect();
                ClaimAnswer::Verdict(evidence(findings, claim, parts, found, samples))
            }
            ClaimForm::Table { policies, measures, within, years } => {
                let columns: Vec<(usize, usize)> =
                    measures.iter().map(|&at| (at, findings.column(at, within.as_ref()))).collect();
                table(findings, policies, &columns, *years)
            }
        };
        ClaimResult { claim, answer }
    });
    ClaimResults { claims: claims.collect(), tests: family }
}

fn parts(claim: &Claim) -> &[ClaimPart] {
    match &claim.form {
        ClaimForm::Verdict(parts) => parts,
        ClaimForm::Table { .. } => &[],
    }
}

fn test(part: &ClaimPart, sample: &Result<Sample, NotTestedReason>) -> Option<PartTest> {
    let sample = sample.as_ref().ok().filter(|_| part.expect != Expectation::Equals)?;
    let values = sample.worlds.means();
    let range = MEASURES.get(part.measure).map_or((f64::NEG_INFINITY, f64::INFINITY), |measure| measure.range);
    let bounds = match (&part.against, &part.net_of) {
        (_, Some(_)) => Bounds::NONE,
        (Some(_), None) => Bounds::of_difference(range),
        (None, None) => Bounds::of_level(range),
    };
    let yes_or_no = MEASURES.get(part.measure).is_some_and(|measure| measure.yes_or_no());
    Some(if yes_or_no {
        PartTest::from_shares(part.expect, &values, sample.margin, bounds)
    } else {
        PartTest::new(part.expect, &values, (sample.margin, sample.scale()), bounds)
    })
}

fn finding(
    findings: &Findings,
    part: &ClaimPart,
    sample: &Result<Sample, NotTestedReason>,
    tested: Option<(&PartTest, f64)>,
    family: usize,
) -> PartResult {
    let years = window(findings, part.years).unwrap_or(match part.years {
        ClaimYears::Last => (findings.years, findings.years),
        ClaimYears::Span(first, last) => (first, last),
    });
    let nothing = PartResult {
        years,
        n: 0,
        value: f64::NAN,
        reference: f64::NAN,
        net: f64::NAN,
        margin: f64::NAN,
        difference: f64::NAN,
        low: f64::NAN,
        high: f64::NAN,
        p: f64::NAN,
        adjusted: f64::NAN,
        verdict: ClaimVerdict::NotTested,
        equal: None,
        missing: sample.as_ref().err().cloned(),
    };
    if let (Ok(sample), Expectation::Equals) = (sample, part.expect) {
        return equality(sample, nothing);
    }
    let (Ok(sample), Some((test, adjusted))) = (sample, tested) else {
        return nothing;
    };
    let (low, high) = test.interval(family);
    PartResult {
        n: sample.worlds.count(),
        value: estimate::mean(&sample.policy),
        reference: estimate::mean(&sample.against),
        net: estimate::mean(&sample.net),
        margin: sample.margin,
        difference: test.mean(),
        low,
        high,
        p: test.p,
        adjusted,
        verdict: if adjusted <= LEVEL { test.verdict } else { ClaimVerdict::NotDecided },
        ..nothing
    }
}

/// The result of a part that expects equality: it holds if it does in every trial. There is nothing to estimate, so there is
/// no interval and no p-value.
fn equality(sample: &Sample, nothing: PartResult) -> PartResult {
    let equal = sample.tested.iter().filter(|difference| **difference == 0.0).count();
    let holds = equal == sample.tested.len();
    PartResult {
        n: sample.tested.len(),
        value: estimate::mean(&sample.policy),
        reference: estimate::mean(&sample.against),
        margin: sample.margin,
        difference: estimate::mean(&sample.tested),
        verdict: if holds { ClaimVerdict::Supported } else { ClaimVerdict::Contradicted },
        equal: Some(equal),
        ..nothing
    }
}

fn evidence(
    findings: &Findings,
    claim: &Claim,
    parts: &[ClaimPart],
    found: Vec<PartResult>,
    samples: &[Result<Sample, NotTestedReason>],
) -> VerdictEvidence {
    let counted: Vec<usize> = (0..parts.len()).filter(|&at| parts[at].decisive).collect();
    let verdicts: Vec<ClaimVerdict> = counted.iter().map(|&at| found[at].verdict).collect();
    let verdict = ClaimVerdict::from_parts(&verdicts);
    // The first decisive part with the verdict of the claim.
    let decisive = counted.iter().copied().find(|&at| found[at].verdict == verdict).or(counted.first().copied());
    let (changed, examined) = match decisive {
        Some(at) if verdict != ClaimVerdict::NotTested => {
            changed::changed_measures(findings, claim, parts, at, &samples[at])
        }
        _ => (Vec::new(), Vec::new()),
    };
    let worlds = worlds(parts, &counted, samples);
    VerdictEvidence { verdict, parts: found, worlds, decisive, changed, examined }
}

/// The share of worlds in whose expected values every decisive part holds, among those with values of all of them.
fn worlds(parts: &[ClaimPart], counted: &[usize], samples: &[Result<Sample, NotTestedReason>]) -> ShareOfWorlds {
    let mut holds: Option<Vec<(u32, bool)>> = None;
    for &at in counted {
        let (part, Ok(sample)) = (&parts[at], &samples[at]) else { return ShareOfWorlds::Unknown };
        // Equality is checked in every trial: there is nothing to estimate.
        let known = match part.expect {
            Expectation::Equals => OverWorlds::Values(sample.worlds.indexed_means().collect()),
            _ => sample.worlds.over_worlds(),
        };
        let values = match known {
            OverWorlds::Values(values) => values,
            OverWorlds::Chance => return ShareOfWorlds::Chance,
            OverWorlds::Unknown => return ShareOfWorlds::Unknown,
        };
        let supported = |value| part_test::point(part.expect, value, sample.margin) == ClaimVerdict::Supported;
        let own = values.into_iter().map(|(world, value)| (world, supported(value)));
        holds = Some(match holds {
            None => own.collect(),
            Some(before) => {
                let both = |(world, holds)| {
                    let at = before.binary_search_by_key(&world, |other| other.0).ok()?;
                    Some((world, holds && before[at].1))
                };
                own.filter_map(both).collect()
            }
        });
    }
    let Some(all) = holds else { return ShareOfWorlds::Unknown };
    ShareOfWorlds::Of(all.iter().filter(|(_, holds)| *holds).count() as f64 / all.len() as f64)
}

/// A table of measures, each with the column in which its values are.
fn table(findings: &Findings, policies: &[String], measures: &[(usize, usize)], years: ClaimYears) -> ClaimAnswer {
    let missing = policies.iter().filter(|policy| arm(findings, policy).is_none()).cloned().collect();
    let mut entries = Vec::new();
    let Some(window) = window(findings, years) else { return ClaimAnswer::Table(entries, missing) };
    for &(measure, column) in measures {
        let of = |policy: &String| Some(values(findings, arm(findings, policy)?, window, column));
        let first = policies.first().and_then(of);
        for (position, policy) in policies.iter().enumerate() {
            let Some(own) = of(policy) else { continue };
            let range = MEASURES.get(measure).map_or((f64::NEG_INFINITY, f64::INFINITY), |measure| measure.range);
            let arms = [arm(findings, policy), arm(findings, &policies[0])].map(|arm| arm.unwrap_or(ArmId(0)));
            let differences = |first: &Vec<(u32, f64)>| {
                let pair = |&(replicate, value): &(u32, f64)| {
                    let at = first.binary_search_by_key(&replicate, |other| other.0).ok()?;
                    Some((replicate, value - first[at].1))
                };
                let worlds = by_world(findings, &arms, own.iter().filter_map(pair));
                Estimate::within(&worlds.means(), Bounds::of_difference(range))
            };
            let levels = by_world(findings, &arms[..1], own.iter().copied()).means();
            let difference = first.as_ref().filter(|_| position > 0).map(differences);
            entries.push(ClaimTableRow {
                measure,
                policy: policy.clone(),
                years: window,
                mean: Estimate::within(&levels, Bounds::of_level(range)),
                difference,
            });
        }
    }
    ClaimAnswer::Table(entries, missing)
}

#[doc(hidden)]
pub mod fixture;
#[cfg(test)]
mod tests;
