use super::*;

fn findings() -> Findings {
    let outcome = |arm, replicate, value| Outcome {
        arm: ArmId(arm),
        replicate,
        digest: format!("{arm}{replicate}"),
        world: vec![],
        measures: vec![vec![value]],
    };
    Findings {
        other_worlds: vec![],
        chosen: vec![],
        policies: vec!["a".into(), "b".into()],
        contrasts: vec![],
        uncertain: vec![],
        parts: vec![],
        replicates_per_world: 1,
        years: 0,
        outcomes: vec![
            outcome(0, 0, 1.0),
            outcome(0, 1, 2.0),
            outcome(0, 3, 3.0),
            outcome(1, 0, 10.0),
            outcome(1, 1, f64::NAN),
            outcome(1, 2, 20.0),
            outcome(1, 3, 30.0),
        ],
    }
}

#[test]
fn pairs_share_their_replicate_and_have_both_values() {
    assert_eq!(findings().pairs(ArmId(0), ArmId(1), 0, 0), [(1.0, 10.0), (3.0, 30.0)]);
    assert_eq!(findings().pairs(ArmId(1), ArmId(0), 0, 0), [(10.0, 1.0), (30.0, 3.0)]);
}

#[test]
fn values_leave_out_what_is_not_there() {
    assert_eq!(findings().values(ArmId(1), 0, 0), [10.0, 20.0, 30.0]);
    assert!(findings().values(ArmId(1), 1, 0).is_empty(), "no such year");
    assert!(findings().values(ArmId(2), 0, 0).is_empty(), "no such policy");
}

#[test]
fn the_digest_knows_every_trial_but_not_their_order() {
    let base = findings();
    let mut turned = base.clone();
    turned.policies.reverse();
    turned.outcomes.iter_mut().for_each(|outcome| outcome.arm = ArmId(1 - outcome.arm.0));
    turned.outcomes.reverse();
    assert_eq!(base.digest(), turned.digest());

    let mut renamed = base.clone();
    renamed.policies[1] = "c".into();
    let mut changed = base.clone();
    changed.outcomes[4].digest.push('0');
    let mut shorter = base.clone();
    shorter.outcomes.pop();
    for other in [renamed, changed, shorter] {
        assert_ne!(base.digest(), other.digest());
    }
}

#[test]
fn parts_of_the_digest_do_not_run_together() {
    assert_ne!(digest_of(vec![("ab", 0, "c")]), digest_of(vec![("a", 0, "bc")]));
}
