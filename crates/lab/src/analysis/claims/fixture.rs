//! Made-up claims and findings for tests.

use super::*;
use crate::experiment::contrast::ArmId;
use crate::experiment::findings::Outcome;
use crate::scenario::claim::{By, Expect};
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
        policies: policies.iter().map(|policy| (*policy).to_owned()).collect(),
        contrasts: vec![],
        uncertain: vec![],
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
pub fn part() -> Part {
    Part {
        measure: at("need_met"),
        policy: "hubs".to_owned(),
        against: Some("base".to_owned()),
        net_of: None,
        expect: Expect::Higher,
        by: By::Amount(0.1),
        years: Years::Last,
        decisive: true,
    }
}

/// A claim of some parts.
pub fn claim(parts: Vec<Part>) -> Claim {
    Claim {
        id: "C1".to_owned(),
        statement: "Hubs help".to_owned(),
        source: "2-2".to_owned(),
        asks: Asks::Verdict(parts),
        because: vec![],
        built_in: String::new(),
    }
}

/// What came of one claim with a verdict.
pub fn ruled(claim: &Claim, findings: &Findings) -> Ruling {
    match judge(std::slice::from_ref(claim), findings).claims.remove(0).answer {
        Answer::Verdict(ruling) => ruling,
        Answer::Table(..) => panic!("a table"),
    }
}
