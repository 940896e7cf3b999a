//! The verdicts, simulated.

use std::collections::{BTreeMap, BTreeSet};

use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::claims::{ClaimAnswer, ClaimVerdict, VerdictEvidence, test_claims};
use hubsim_lab::experiment::{NullSink, run_study};
use hubsim_lab::scenario::claim::{Claim, ClaimForm, ClaimPart};
use hubsim_lab::scenario::{Changes, Scenario};

use super::expected::{EXPECTED, ONE_SIDED};
use super::facts::{file, worlds};

/// The claims that ask for a verdict.
fn claims() -> Vec<Claim> {
    let small = Scenario::find("small", &Changes::default()).expect("a valid scenario");
    small.claims.into_iter().filter(|claim| matches!(claim.form, ClaimForm::Verdict(_))).collect()
}

fn parts(claim: &Claim) -> &[ClaimPart] {
    match &claim.form {
        ClaimForm::Verdict(parts) => parts,
        ClaimForm::Table { .. } => &[],
    }
}

/// The claim with nothing but what counts, and where its parts stood.
fn counted(claim: &Claim) -> (Claim, Vec<usize>) {
    let at: Vec<usize> = (0..parts(claim).len()).filter(|&part| parts(claim)[part].decisive).collect();
    let form = ClaimForm::Verdict(at.iter().map(|&part| parts(claim)[part].clone()).collect());
    (Claim { form, ..claim.clone() }, at)
}

/// A claim (`B3`), or one of its parts, the first being 1 (`B3.2`).
fn split(asked: &str) -> (&str, Option<usize>) {
    match asked.split_once('.') {
        Some((id, part)) => (id, Some(part.parse::<usize>().expect("a number of a part") - 1)),
        None => (asked, None),
    }
}

/// The world under the arms that these claims need.
fn simulate(world: &str, claims: &[&Claim]) -> Findings {
    let mut arms: Vec<String> = Vec::new();
    for part in claims.iter().flat_map(|claim| parts(claim)).filter(|part| part.decisive) {
        for policy in std::iter::once(&part.policy).chain(&part.against).chain(part.net_of.iter().flatten()) {
            if !arms.contains(policy) {
                arms.push(policy.clone());
            }
        }
    }
    let changes = Changes { policies: Some(arms), ..Changes::default() };
    let path = file(world);
    let scenario = Scenario::find(&path.to_string_lossy(), &changes).unwrap_or_else(|problems| panic!("{problems}"));
    run_study(&scenario, &NullSink).expect("nothing stops it")
}

fn evidence(claim: &Claim, findings: &Findings) -> VerdictEvidence {
    let (claim, _) = counted(claim);
    let mut result = test_claims(std::slice::from_ref(&claim), findings);
    match result.claims.remove(0).answer {
        ClaimAnswer::Verdict(evidence) => evidence,
        ClaimAnswer::Table(..) => panic!("{} asks for a table", claim.id),
    }
}

/// What was found, for who has to find out why it is not what was expected.
fn found(evidence: &VerdictEvidence) -> String {
    let part = |of: &hubsim_lab::analysis::claims::PartResult| {
        format!("{} ({:.4} [{:.4}, {:.4}], margin {:.4})", of.verdict.key(), of.difference, of.low, of.high, of.margin)
    };
    evidence.parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

#[test]
fn every_world_has_the_verdicts_that_are_expected_of_it() {
    let claims = claims();
    let mut wrong = Vec::new();
    for world in worlds() {
        let asked: Vec<_> = EXPECTED.iter().filter(|(_, of, _)| *of == world).collect();
        let needed: Vec<&Claim> =
            claims.iter().filter(|claim| asked.iter().any(|(asked, ..)| split(asked).0 == claim.id)).collect();
        let findings = simulate(&world, &needed);
        let rulings: BTreeMap<&str, VerdictEvidence> =
            needed.iter().map(|claim| (claim.id.as_str(), evidence(claim, &findings))).collect();
        for (asked, _, expected) in asked {
            let (id, part) = split(asked);
            let evidence = &rulings[id];
            let claim = needed.iter().find(|claim| claim.id == id).expect("a claim that is needed");
            let place =
                part.map(|part| counted(claim).1.iter().position(|&at| at == part).expect("a part that counts"));
            let verdict = place.map_or(evidence.verdict, |place| evidence.parts[place].verdict);
            if verdict.key() != *expected {
                wrong.push(format!("{asked} in {world}: {}, not {expected}: {}", verdict.key(), found(evidence)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The claims, and the parts of those that have several which count.
fn askable(claims: &[Claim]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for claim in claims {
        all.insert(claim.id.clone());
        let (_, counted) = counted(claim);
        if counted.len() > 1 {
            all.extend(counted.iter().map(|part| format!("{}.{}", claim.id, part + 1)));
        }
    }
    all
}

/// Of each claim and each part one world says yes and another one no; but for those that are listed with a reason.
#[test]
fn every_claim_and_part_comes_out_either_way() {
    let supported = ClaimVerdict::Supported.key();
    let (mut missing, mut needless) = (Vec::new(), Vec::new());
    for asked in askable(&claims()) {
        for (side, yes) in [("supported", true), ("not supported", false)] {
            let found = EXPECTED.iter().any(|(of, _, verdict)| *of == asked && (*verdict == supported) == yes);
            match (found, ONE_SIDED.iter().any(|(of, lacks, _)| *of == asked && *lacks == side)) {
                (false, false) => missing.push(format!("{asked}: {side}")),
                (true, true) => needless.push(format!("{asked}: {side}")),
                _ => {}
            }
        }
    }
    assert!(missing.is_empty(), "no world for {missing:?}");
    assert!(needless.is_empty(), "listed as lacking, but there is a world for {needless:?}");
}

/// A claim for which one side was not found says so itself.
#[test]
fn what_comes_out_one_way_only_says_so() {
    for claim in claims() {
        let lacks = ONE_SIDED.iter().any(|(asked, ..)| split(asked).0 == claim.id);
        assert!(!lacks || !claim.built_in.is_empty(), "{} does not say that it is one-sided", claim.id);
    }
}

#[test]
fn the_list_names_what_there_is() {
    let (askable, worlds) = (askable(&claims()), worlds());
    let sides =
        [ClaimVerdict::Supported, ClaimVerdict::Contradicted, ClaimVerdict::NoDifference].map(ClaimVerdict::key);
    for (asked, world, verdict) in EXPECTED {
        assert!(askable.contains(*asked), "{asked}");
        assert!(worlds.iter().any(|of| of == world), "{world}");
        assert!(sides.contains(verdict), "{verdict}");
    }
    assert!(ONE_SIDED.iter().all(|(asked, _, why)| askable.contains(*asked) && !why.is_empty()));
    for world in worlds {
        assert!(EXPECTED.iter().any(|(_, of, _)| *of == world), "nothing is expected of {world}");
    }
}
