use super::*;
use crate::experiment::contrast::ArmId;
use crate::experiment::sink::NullSink;
use crate::experiment::trial::simulate;
use crate::scenario::Changes;
use crate::scenario::arm::{Setting, Value};

/// The small world, cut short, and arms of every kind.
fn arms() -> (Scenario, Vec<Arm>) {
    let changes = Changes { years: Some(3), ..Changes::default() };
    let scenario = Scenario::find("small", &changes).expect("a built-in");
    let plain = Arm::new("status-quo");
    let set = |key: &str, value: f64| Arm {
        label: key.to_owned(),
        settings: vec![Setting::new(key, value)],
        ..plain.clone()
    };
    let arms = vec![
        plain.clone(),
        Arm::new("thematic-hubs"),
        set("policy.hubs.share", 0.2),
        set("policy.grants.years", 3.0),
        set("production.find", 0.125),
        set("people_per_agent", 8.0),
        plain.with_head_start(Value::Plain(0.5.into())),
    ];
    (scenario, arms)
}

/// Arms that differ only in what year 0 does not read begin with one state; a fact, a parameter, a head start, or
/// the length of the grants that run then makes another one.
#[test]
fn only_arms_with_equal_beginnings_share_a_state() {
    let (scenario, arms) = arms();
    let plans: Vec<TrialId> = (0..arms.len()).map(|arm| TrialId { arm: ArmId(arm), replicate: 2 }).collect();
    let start = ReplicateStart { scenario: &scenario, parts: &[], replicate: 2, world: draw(&scenario, 2) };
    let groups = start.groups(&arms, &plans).expect("arms of the scenario");
    let members = |group: &TrialGroup| group.trials.iter().map(|(plan, _)| plan.arm.0).collect::<Vec<usize>>();
    let members: Vec<Vec<usize>> = groups.iter().map(members).collect();
    assert_eq!(members, [vec![0, 1, 2], vec![3], vec![4], vec![5], vec![6]]);
}

#[test]
fn a_shared_state_changes_no_digest() {
    let (scenario, arms) = arms();
    let design = ComparisonDesign::from_arms(arms.clone(), 3);
    let findings = run(&scenario, &design, &NullSink).expect("nothing stops it");
    assert_eq!(findings.outcomes.len(), 3 * arms.len());
    for outcome in &findings.outcomes {
        let alone = simulate(&scenario, &arms[outcome.arm.0], outcome.replicate).expect("an arm of the scenario");
        assert_eq!(outcome.digest, alone.digest, "{} {}", alone.policy, outcome.replicate);
    }
}

/// Outcomes come back in the order in which their trials were asked for, whatever that is.
#[test]
fn outcomes_are_in_the_order_of_the_trials() {
    let (scenario, arms) = arms();
    let plans: Vec<TrialId> = [(1, 1), (0, 0), (3, 1), (0, 1), (2, 0)]
        .map(|(arm, replicate)| TrialId { arm: ArmId(arm), replicate })
        .to_vec();
    let outcomes = batch(&scenario, &arms, &plans, &NullSink).expect("nothing stops it");
    let found: Vec<TrialId> = outcomes.iter().map(|of| TrialId { arm: of.arm, replicate: of.replicate }).collect();
    assert_eq!(found, plans);
}

#[test]
fn an_arm_that_does_not_fit_stops_the_run() {
    let (scenario, _) = arms();
    let design = ComparisonDesign::from_arms(vec![Arm::new("no such policy")], 1);
    let error = run(&scenario, &design, &NullSink).expect_err("no such policy");
    assert!(matches!(error, StudyError::Arm(ArmError::UnknownPolicy(..))), "{error}");
}
