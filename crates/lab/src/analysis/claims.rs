//! What the trials say of a scenario's claims.
//!
//! Each part of a claim is a paired comparison: in every replicate the mean over the part's years under one policy, less
//! the same under another, in the same world with the same luck. A one-sided t test for each way it can come
//! out (beyond the smallest difference that matters, one way or the other, or within it: two one-sided tests, Schuirmann
//! 1987) gives a p-value on the two-sided scale: twice the least of them.
//!
//! All parts of all claims that can be tested are one family, whether they count or not. **Holm's** steps (1979) over
//! their p-values rule: a part has a verdict if its adjusted p-value is at most [`LEVEL`]. The intervals beside it hold
//! all at once (Bonferroni), and are a little wider than what Holm asks: whatever they decide Holm decides alike, but
//! Holm may decide where an interval still reaches a little beyond the mark.
//!
//! A smallest difference that is given as a share is that share of the mean of what is compared with, taken as it was
//! found: the line that is to be crossed, not one more thing to be estimated.

mod moved;
mod sample;
mod test;
mod verdict;

pub use moved::Moved;
pub use sample::Missing;
pub use test::LEVEL;
pub use verdict::Verdict;

use super::estimate::Estimate;
use super::{Findings, estimate};
use crate::scenario::claim::{Asks, Claim, Part, Years};
use hubsim_model::measures::MEASURES;
use sample::{Sample, arm, sample, values, window};
use test::Test;

/// What came of all claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement<'a> {
    /// The claims, in their order.
    pub claims: Vec<Judged<'a>>,
    /// How many parts were tested together: for so many the p-values and the intervals allow.
    pub tests: usize,
}

/// What came of one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// What it asked for.
    pub answer: Answer,
}

/// A verdict or a table, as the claim asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A verdict.
    Verdict(Ruling),
    /// A table, by measure, then policy; and the policies that were not simulated.
    Table(Vec<Entry>, Vec<String>),
}

/// A verdict with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// The verdict.
    pub verdict: Verdict,
    /// The claim's parts, in order.
    pub parts: Vec<Finding>,
    /// Share of the replicates (each of them a world) in which every part that counts holds; NaN where one is not tested.
    pub worlds: f64,
    /// The part that decided: position in `parts`; none without parts.
    pub decisive: Option<usize>,
    /// What moved with it; see [`Moved`].
    pub moved: Vec<Moved>,
    /// Positions of the measures that were looked at for what moved.
    pub looked: Vec<usize>,
}

/// What was found on one part.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The first and the last year of the mean.
    pub years: (u32, u32),
    /// Replicates in which all its policies have a value.
    pub n: usize,
    /// Mean of the policy.
    pub value: f64,
    /// Mean of what it is compared with; NaN where it is compared with a bound.
    pub reference: f64,
    /// Mean difference that is taken off; NaN where none is.
    pub net: f64,
    /// The smallest difference that matters, or the bound, in the measure's unit.
    pub margin: f64,
    /// What is tested: the difference, what is taken off it taken off; for a bound, the value itself.
    pub difference: f64,
    /// Lower end of its interval; all intervals of the family hold at 95 % together.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The p-value, two-sided scale, of the test that decides most.
    pub p: f64,
    /// The same, adjusted for the family (Holm).
    pub adjusted: f64,
    /// What it says.
    pub verdict: Verdict,
    /// Why it was not tested, if it was not.
    pub missing: Option<Missing>,
}

/// One measure under one policy, for a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Position of the measure.
    pub measure: usize,
    /// The policy.
    pub policy: String,
    /// The first and the last year of the mean.
    pub years: (u32, u32),
    /// Its mean, with an interval of 95 % for itself alone.
    pub mean: Estimate,
    /// The paired difference from the table's first policy; none for that one, or if it is missing.
    pub difference: Option<Estimate>,
}

impl Ruling {
    /// Why it was not tested: of the first part that counts and was not.
    pub fn missing<'a>(&'a self, parts: &[Part]) -> Option<&'a Missing> {
        self.parts.iter().zip(parts).filter(|(_, part)| part.decisive).find_map(|(found, _)| found.missing.as_ref())
    }
}

/// Judges all claims together.
pub fn judge<'a>(claims: &'a [Claim], findings: &Findings) -> Judgement<'a> {
    let samples: Vec<Vec<Result<Sample, Missing>>> = claims
        .iter()
        .map(|claim| parts(claim).iter().map(|part| sample(findings, part, part.measure)).collect())
        .collect();
    let tests: Vec<Vec<Option<Test>>> = (claims.iter().zip(&samples))
        .map(|(claim, samples)| parts(claim).iter().zip(samples).map(|(part, sample)| test(part, sample)).collect())
        .collect();
    let p: Vec<f64> = tests.iter().flatten().flatten().map(|test| test.p).collect();
    let (family, mut adjusted) = (p.len(), test::holm(&p).into_iter());
    let claims = claims.iter().zip(&samples).zip(&tests).map(|((claim, samples), tests)| {
        let answer = match &claim.asks {
            Asks::Verdict(parts) => {
                let found: Vec<Finding> = (parts.iter().zip(samples).zip(tests))
                    .map(|((part, sample), test)| {
                        let adjusted = test.as_ref().and_then(|_| adjusted.next());
                        finding(findings, part, sample, test.as_ref().zip(adjusted), family)
                    })
                    .collect();
                Answer::Verdict(ruling(findings, claim, parts, found, samples))
            }
            Asks::Table { policies, measures, years } => table(findings, policies, measures, *years),
        };
        Judged { claim, answer }
    });
    Judgement { claims: claims.collect(), tests: family }
}

fn parts(claim: &Claim) -> &[Part] {
    match &claim.asks {
        Asks::Verdict(parts) => parts,
        Asks::Table { .. } => &[],
    }
}

fn test(part: &Part, sample: &Result<Sample, Missing>) -> Option<Test> {
    let sample = sample.as_ref().ok()?;
    let yes_or_no = MEASURES.get(part.measure).is_some_and(|measure| measure.yes_or_no());
    Some(if yes_or_no {
        Test::of_shares(part.expect, &sample.tested, sample.margin, part.against.is_some())
    } else {
        Test::of(part.expect, &sample.tested, sample.margin, sample.scale())
    })
}

fn finding(
    findings: &Findings,
    part: &Part,
    sample: &Result<Sample, Missing>,
    tested: Option<(&Test, f64)>,
    family: usize,
) -> Finding {
    let years = window(findings, part.years).unwrap_or(match part.years {
        Years::Last => (findings.years, findings.years),
        Years::Span(first, last) => (first, last),
    });
    let nothing = Finding {
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
        verdict: Verdict::NotTested,
        missing: sample.as_ref().err().cloned(),
    };
    let (Ok(sample), Some((test, adjusted))) = (sample, tested) else {
        return nothing;
    };
    let (low, high) = test.interval(family);
    Finding {
        n: sample.tested.len(),
        value: estimate::mean(&sample.policy),
        reference: estimate::mean(&sample.against),
        net: estimate::mean(&sample.net),
        margin: sample.margin,
        difference: test.mean,
        low,
        high,
        p: test.p,
        adjusted,
        verdict: if adjusted <= LEVEL { test.says } else { Verdict::NotDecided },
        ..nothing
    }
}

fn ruling(
    findings: &Findings,
    claim: &Claim,
    parts: &[Part],
    found: Vec<Finding>,
    samples: &[Result<Sample, Missing>],
) -> Ruling {
    let counted: Vec<usize> = (0..parts.len()).filter(|&at| parts[at].decisive).collect();
    let verdicts: Vec<Verdict> = counted.iter().map(|&at| found[at].verdict).collect();
    let verdict = Verdict::of_parts(&verdicts);
    // The part that made the claim's verdict; the first that counts where all did.
    let decisive = counted.iter().copied().find(|&at| found[at].verdict == verdict).or(counted.first().copied());
    let (moved, looked) = match decisive {
        Some(at) if verdict != Verdict::NotTested => moved::look(findings, claim, parts, at, &samples[at]),
        _ => (Vec::new(), Vec::new()),
    };
    let worlds = worlds(parts, &counted, samples);
    Ruling { verdict, parts: found, worlds, decisive, moved, looked }
}

/// Share of the replicates with all counted parts' values in which each of them holds.
fn worlds(parts: &[Part], counted: &[usize], samples: &[Result<Sample, Missing>]) -> f64 {
    let all: Result<Vec<(&Part, &Sample)>, &Missing> =
        counted.iter().map(|&at| samples[at].as_ref().map(|sample| (&parts[at], sample))).collect();
    let Ok(all) = all else { return f64::NAN };
    let Some((_, first)) = all.first() else { return f64::NAN };
    let (mut shared, mut holds) = (0_u32, 0_u32);
    for replicate in &first.replicates {
        let of = |(part, sample): &(&Part, &Sample)| {
            let at = sample.replicates.binary_search(replicate).ok()?;
            Some(test::point(part.expect, sample.tested[at], sample.margin) == Verdict::Supported)
        };
        let of: Option<Vec<bool>> = all.iter().map(of).collect();
        if let Some(of) = of {
            shared += 1;
            holds += u32::from(of.into_iter().all(|holds| holds));
        }
    }
    f64::from(holds) / f64::from(shared)
}

fn table(findings: &Findings, policies: &[String], measures: &[usize], years: Years) -> Answer {
    let missing = policies.iter().filter(|policy| arm(findings, policy).is_none()).cloned().collect();
    let mut entries = Vec::new();
    let Some(window) = window(findings, years) else { return Answer::Table(entries, missing) };
    for &measure in measures {
        let of = |policy: &String| Some(values(findings, arm(findings, policy)?, window, measure));
        let first = policies.first().and_then(of);
        for (position, policy) in policies.iter().enumerate() {
            let Some(own) = of(policy) else { continue };
            let all: Vec<f64> = own.iter().map(|(_, value)| *value).collect();
            let differences = |first: &Vec<(u32, f64)>| {
                let pair = |&(replicate, value): &(u32, f64)| {
                    let at = first.binary_search_by_key(&replicate, |other| other.0).ok()?;
                    Some(value - first[at].1)
                };
                Estimate::of(&own.iter().filter_map(pair).collect::<Vec<f64>>())
            };
            let difference = first.as_ref().filter(|_| position > 0).map(differences);
            entries.push(Entry {
                measure,
                policy: policy.clone(),
                years: window,
                mean: Estimate::of(&all),
                difference,
            });
        }
    }
    Answer::Table(entries, missing)
}

#[doc(hidden)]
pub mod fixture;
#[cfg(test)]
mod tests;
