//! The built-in scenarios: complete, consistent with the catalogue, and with compared policies that differ in one respect.

use hubsim_lab::scenario::claim::ClaimForm;
use hubsim_lab::scenario::{BASE, BUILT_IN, Changes, Scenario, catalogue};
use hubsim_model::catalogue::Limit;
use hubsim_model::policy::Policy;

fn scenario(name: &str) -> Scenario {
    Scenario::find(name, &Changes::default()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn policy(scenario: &Scenario, name: &str) -> Policy {
    let world: Vec<f64> = scenario.uncertain.iter().map(|u| u.distribution.central()).collect();
    scenario.policy(name, &world).expect(name)
}

/// The base scenario contains every parameter with unit, source and range as in the catalogue.
#[test]
fn the_base_scenario_equals_the_catalogue() {
    let wanted = catalogue::base_parameters();
    assert!(
        BASE.text.contains(wanted.trim()),
        "scenarios/base.toml is stale: replace its parameters by this\n\n{wanted}"
    );
}

#[test]
fn the_default_scenario_has_the_size_of_the_real_movement() {
    let scenario = scenario("wikimedia-2023");
    let world: Vec<f64> = scenario.uncertain.iter().map(|u| u.distribution.central()).collect();
    let inputs = scenario.world_inputs(&world);
    let agents: f64 = inputs.region.iter().map(|r| (r.volunteers / inputs.people_per_agent).round()).sum();
    let organisations: f64 = inputs.organisation.iter().map(|o| o.count).sum();
    assert!(agents >= 10_000.0, "{agents} agents");
    assert!(organisations >= 200.0, "{organisations} organisations");
    assert_eq!(inputs.region.len(), 8);
    assert_eq!(inputs.theme.iter().filter(|t| t.born == 0.0).count(), 10);
    assert_eq!((scenario.policies.len(), scenario.replicates, scenario.years), (5, 80, 20));
}

/// *Thematic hubs* differs from *status quo* in the hub programme's levers only.
#[test]
fn thematic_hubs_differ_in_hub_levers_only() {
    let scenario = scenario("wikimedia-2023");
    let (before, after) = (policy(&scenario, "status-quo"), policy(&scenario, "thematic-hubs"));
    assert_eq!(before.grants, after.grants);
    assert_ne!(before.hubs, after.hubs);
}

/// *Incumbents' claim* differs from *thematic hubs* in its governance only: not in money, nor in the foundation's share.
#[test]
fn the_incumbents_claim_differs_in_governance_only() {
    let scenario = scenario("wikimedia-2023");
    let (proposed, claim) = (policy(&scenario, "thematic-hubs"), policy(&scenario, "incumbents-claim"));
    assert_eq!(proposed.grants, claim.grants);
    let (a, b) = (&proposed.hubs, &claim.hubs);
    assert_eq!((a.kind, a.share, a.hub_cap, a.hubs_at_most), (b.kind, b.share, b.hub_cap, b.hubs_at_most));
    assert_eq!((a.foundation, a.coordination, a.first_year), (b.foundation, b.coordination, b.first_year));
    assert_ne!(a.score, b.score);
    assert_eq!((b.pilots, b.review_years, b.spread, b.score.evidence), (0.0, Limit::None, 0.0, 0.0));
}

/// The proposal's statements, each once and in the order of the document's questions: benefits, risks, mitigations,
/// governance.
#[test]
fn the_proposal_contains_all_its_claims() {
    let numbered = |letter: &str, count: u32| (1..=count).map(|n| format!("{letter}{n}")).collect::<Vec<_>>();
    let ids = [numbered("B", 22), numbered("R", 8), numbered("M", 6), numbered("G", 5)].concat();
    let claims = scenario("proposal").claims;
    assert_eq!(claims.iter().map(|claim| claim.id.clone()).collect::<Vec<_>>(), ids);
    for claim in &claims {
        assert!(!claim.source.is_empty(), "{} has no question", claim.id);
        assert!((3..=8).contains(&claim.because.len()), "{} has {} reasons", claim.id, claim.because.len());
        let table = matches!(claim.form, ClaimForm::Table { .. });
        assert_eq!(table, ["B22", "G4", "G5"].contains(&claim.id.as_str()), "{}", claim.id);
        let reported = match &claim.form {
            ClaimForm::Verdict(parts) => !parts[0].decisive,
            ClaimForm::Table { .. } => false,
        };
        let almost = ["B4", "B7", "B8", "B9", "B13", "R8", "M5", "G1", "G2"].contains(&claim.id.as_str());
        assert_eq!(reported, almost, "{}", claim.id);
        assert!(!almost || !claim.built_in.is_empty(), "{} does not say what follows from its lever", claim.id);
    }
}

/// Every claim of the proposal can be tested: the scenario *proposal* runs every policy that a claim names, and *stress*, which
/// has claims of its own, every arm that these name.
#[test]
fn the_proposal_runs_every_policy_that_a_claim_names() {
    let proposal = scenario("proposal");
    for built_in in BUILT_IN {
        let own = scenario(built_in.name);
        let runs = if built_in.name == "stress" { &own } else { &proposal };
        for claim in &own.claims {
            for policy in claim.policies() {
                assert!(runs.policies.iter().any(|name| name == policy), "{}: {policy} is not run", claim.id);
            }
        }
    }
    assert_eq!((proposal.policies.len(), proposal.policies[0].as_str()), (37, "status-quo"));
    assert_eq!(proposal.policies[1..3], ["thematic-hubs", "incumbents-claim"]);
}
