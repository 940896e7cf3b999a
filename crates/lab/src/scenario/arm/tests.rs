use super::*;
use crate::scenario::{BUILT_IN, Changes, Scenario};

fn small() -> Scenario {
    Scenario::find("small", &Changes::default()).expect("a built-in")
}

fn set(key: &str, value: impl Into<Json>) -> Arm {
    Arm { settings: vec![Setting::new(key, value)], ..Arm::new("status-quo") }
}

#[test]
fn levers_parameters_and_facts_can_be_set() {
    let scenario = small();
    let (plain, policy) = scenario.inputs(&Arm::new("status-quo"), &[]).expect("a policy");
    let region = plain.region[0].name.clone();
    let inputs = |arm: &Arm| scenario.inputs(arm, &[]).unwrap_or_else(|error| panic!("{error}"));
    let (changed, with_years) = inputs(&set("policy.grants.years", 3.0));
    assert_eq!((changed, with_years.grants.years), (plain.clone(), 3.0));
    let (changed, same) = inputs(&set("production.find", 0.125));
    assert_eq!((changed.parameters.production.find, &same), (0.125, &policy));
    assert_eq!(inputs(&set("head_start", 0.5)).0.head_start, 0.5);
    assert_eq!(inputs(&set("people_per_agent", 70.0)).0.people_per_agent, 70.0);
    let (changed, _) = inputs(&set(&format!("region.{region}.online"), 0.25));
    assert_eq!((changed.region[0].online, &changed.region[1..]), (0.25, &plain.region[1..]));
    let shock = Shock { year: 2.0, hubs: 0.0, ..Shock::default() };
    let struck = Arm { shocks: vec![shock.clone()], ..Arm::new("status-quo") };
    assert_eq!(inputs(&struck).0.shock.last(), Some(&shock));
}

#[test]
fn what_sets_nothing_is_an_error_that_names_the_key() {
    let scenario = small();
    for (key, value) in [
        ("policy.grants.yaers", json!(3)),
        ("policy.grants.years", json!("three")),
        ("production.fnd", json!(1)),
        ("production.find", json!("much")),
        ("region.Atlantis.online", json!(0.5)),
        ("nothing", json!(1)),
    ] {
        let error = scenario.inputs(&set(key, value), &[]).expect_err(key);
        assert_eq!(error, ArmError::Unsettable("status-quo".to_owned(), key.to_owned()));
    }
    let error = scenario.inputs(&Arm::new("no such policy"), &[]).expect_err("unknown");
    assert!(error.to_string().contains("does not hold the policy \"no such policy\""), "{error}");
}

/// An arm that `[[ablation]]` or `[[head_start]]` makes is its base policy with its settings, and nothing else: written out
/// as a policy with these levers, it would be the same.
#[test]
fn declared_arms_are_their_base_policy_and_their_settings() {
    let mut seen = 0;
    for built_in in BUILT_IN {
        let scenario = Scenario::find(built_in.name, &Changes::default()).expect("a built-in");
        for arm in scenario.arms().iter().filter(|arm| arm.derivation.is_some()) {
            let (changed, policy) = scenario.inputs(arm, &[]).expect("a declared arm");
            let (below, base) = scenario.inputs(&Arm::new(&arm.policy), &[]).expect("its base policy");
            assert!(policy != Policy { name: arm.label.clone(), ..base.clone() } || changed != below, "{}", arm.label);
            assert_eq!(policy.name, arm.label);
            assert_eq!(Inputs { head_start: 0.0, ..changed }, Inputs { head_start: 0.0, ..below });
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} declared arms");
}

/// Settings go through a tree of values: nothing else may change on the way.
#[test]
fn setting_what_is_there_changes_nothing() {
    for built_in in BUILT_IN {
        let scenario = Scenario::find(built_in.name, &Changes::default()).expect("a built-in");
        for label in &scenario.policies {
            let plain = Arm::new(label);
            let arm = scenario.arms().into_iter().find(|arm| arm.label == *label).unwrap_or(plain);
            let (changed, policy) = scenario.inputs(&arm, &[]).expect("selected");
            let again: Policy = serde_json::from_value(serde_json::to_value(&policy).expect("data")).expect("data");
            assert_eq!(again, policy, "{label}");
            let settings = arm.settings.iter().cloned();
            let settings = settings.chain([Setting::new("people_per_agent", changed.people_per_agent)]).collect();
            let (facts, _) = scenario.inputs(&Arm { settings, ..arm }, &[]).expect("a fact");
            assert_eq!(facts, changed, "{label}");
        }
    }
}
