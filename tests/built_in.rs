//! The scenarios that ship: complete, true to the catalogue, and compared arms that differ in one thing only.

use hubsim::policy::Policy;
use hubsim::scenario::{BASE, Changes, Scenario, catalogue};

fn scenario(name: &str) -> Scenario {
    Scenario::find(name, &Changes::default()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn policy(scenario: &Scenario, name: &str) -> Policy {
    let world: Vec<f64> = scenario.uncertain.iter().map(|u| u.distribution.central()).collect();
    scenario.policy(name, &world).expect(name)
}

/// Every parameter stands in the base scenario with its unit, source and range, as the catalogue says it.
#[test]
fn the_base_scenario_holds_the_catalogue() {
    let wanted = catalogue::base_parameters();
    assert!(
        BASE.text.contains(wanted.trim()),
        "scenarios/base.toml is stale: put this in place of its behaviour part\n\n{wanted}"
    );
}

#[test]
fn the_default_is_as_large_as_the_real_movement() {
    let scenario = scenario("wikimedia-2023");
    let world: Vec<f64> = scenario.uncertain.iter().map(|u| u.distribution.central()).collect();
    let setup = scenario.setup(&world);
    let agents: f64 = setup.region.iter().map(|r| (r.volunteers / setup.people_per_agent).round()).sum();
    let organisations: f64 = setup.organisation.iter().map(|o| o.count).sum();
    assert!(agents >= 10_000.0, "{agents} agents");
    assert!(organisations >= 200.0, "{organisations} organisations");
    assert_eq!(setup.region.len(), 8);
    assert_eq!(setup.theme.iter().filter(|t| t.born == 0.0).count(), 10);
    assert_eq!((scenario.policies.len(), scenario.replicates, scenario.years), (3, 100, 20));
}

/// *Thematic hubs* differs from *status quo* in the hub programme's levers only.
#[test]
fn thematic_hubs_differ_in_hub_levers_only() {
    let scenario = scenario("wikimedia-2023");
    let (before, after) = (policy(&scenario, "status-quo"), policy(&scenario, "thematic-hubs"));
    assert_eq!(before.grants, after.grants);
    assert_ne!(before.hubs, after.hubs);
}

/// *Incumbents' claim* differs from *thematic hubs* in its governance only: not in money, nor in what the foundation
/// keeps.
#[test]
fn the_incumbents_claim_differs_in_governance_only() {
    let scenario = scenario("wikimedia-2023");
    let (proposed, claim) = (policy(&scenario, "thematic-hubs"), policy(&scenario, "incumbents-claim"));
    assert_eq!(proposed.grants, claim.grants);
    let (a, b) = (&proposed.hubs, &claim.hubs);
    assert_eq!((a.kind, a.share, a.hub_cap, a.hubs_at_most), (b.kind, b.share, b.hub_cap, b.hubs_at_most));
    assert_eq!((a.foundation, a.coordination, a.first_year), (b.foundation, b.coordination, b.first_year));
    assert_ne!(a.score, b.score);
    assert_eq!((b.pilots, b.review_years, b.spread, b.score.evidence), (0.0, 0.0, 0.0, 0.0));
}
