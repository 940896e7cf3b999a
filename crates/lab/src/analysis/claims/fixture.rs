//! Made-up claims and findings for tests.

use super::{ClaimAnswer, VerdictEvidence, test_claims};
use crate::analysis::Findings;
use crate::experiment::contrast::ArmId;
use crate::experiment::findings::Outcome;
use crate::scenario::claim::{Claim, ClaimForm, ClaimPart, ClaimYears, Expectation, SmallestDifference};
use hubsim_model::measures::{MEASURES, position};

/// Findings by arithmetic: `value(arm, replicate, year, measure)`.
pub fn findings(
    policies: &[&str],
    replicates: u32,
    years: u32,
    value: impl Fn(usize, u32, u32, usize) -> f64,
) -> Findings {
    let measures = MEASURES.len();
    let outcome = |arm: usize, replicate: u32| Outcome {
        arm: ArmId(arm),
        replicate,
        digest: String::new(),
        world: vec![],
        measures: (0..=years)
            .map(|year| (0..measures).map(|measure| value(arm, replicate, year, measure)).collect())
            .collect(),
    };
    Findings {
        other_worlds: vec![],
        chosen: vec![],
        policies: policies.iter().map(|policy| (*policy).to_owned()).collect(),
        contrasts: vec![],
        uncertain: vec![],
        parts: vec![],
        replicates_per_world: 1,
        years,
        outcomes: (0..policies.len())
            .flat_map(|arm| (0..replicates).map(move |replicate| (arm, replicate)))
            .map(|(arm, replicate)| outcome(arm, replicate))
            .collect(),
    }
}

/// The position of a measure.
pub fn at(key: &str) -> usize {
    position(key).expect("a measure")
}

/// Need met under `hubs`, higher than under `base`, by 0.1, in the last year.
pub fn part() -> ClaimPart {
    ClaimPart {
        measure: at("need_met"),
        within: None,
        policy: "hubs".to_owned(),
        against: Some("base".to_owned()),
        net_of: None,
        expect: Expectation::Higher,
        by: SmallestDifference::Amount(0.1),
        years: ClaimYears::Last,
        decisive: true,
    }
}

/// A claim of some parts.
pub fn claim(parts: Vec<ClaimPart>) -> Claim {
    Claim {
        id: "C1".to_owned(),
        statement: "Hubs help".to_owned(),
        source: "2-2".to_owned(),
        form: ClaimForm::Verdict(parts),
        because: vec![],
        built_in: String::new(),
    }
}

/// The result of one claim that asks for a verdict.
pub fn evidence_of(claim: &Claim, findings: &Findings) -> VerdictEvidence {
    match test_claims(std::slice::from_ref(claim), findings).claims.remove(0).answer {
        ClaimAnswer::Verdict(evidence) => evidence,
        ClaimAnswer::Table(..) => panic!("a table"),
    }
}
