use super::*;
use crate::experiment::findings::Outcome;

fn findings(labels: &[&str], contrasts: Vec<Contrast>, value: impl Fn(usize, u32) -> f64) -> Findings {
    let outcome = |arm, replicate| Outcome {
        arm: ArmId(arm),
        replicate,
        digest: String::new(),
        world: vec![],
        measures: vec![vec![value(arm, replicate); MEASURES.len()]],
    };
    Findings {
        other_worlds: vec![],
        chosen: vec![],
        policies: labels.iter().map(|&label| label.to_owned()).collect(),
        contrasts,
        uncertain: vec![],
        parts: vec![],
        replicates_per_world: 1,
        years: 0,
        outcomes: (0..labels.len())
            .flat_map(|arm| (0..21).map(move |replicate| (arm, replicate)))
            .map(|(arm, replicate)| outcome(arm, replicate))
            .collect(),
    }
}

/// What differs from replicate to replicate and not from arm to arm.
fn noise(replicate: u32) -> f64 {
    f64::from(replicate * 37 % 11) / 11.0
}

fn without(base: usize, arm: usize, what: &str) -> Contrast {
    Contrast::new(ArmId(base), ArmId(arm), Subject::Mitigations(vec![what.to_owned()]))
}

#[test]
fn ablations_go_with_the_policy_that_they_are_made_of_whatever_they_are_called() {
    let other = Contrast::new(ArmId(1), ArmId(3), Subject::Policy);
    let contrasts = vec![without(3, 0, "pilots"), without(1, 2, "review"), other, without(1, 4, "pilots")];
    let found = findings(&["b less pilots", "a", "x", "b", "y", "b without review"], contrasts, |_, _| 0.0);
    let expected = [
        ContrastFamily { base: ArmId(1), contrasts: vec![without(1, 2, "review"), without(1, 4, "pilots")] },
        ContrastFamily { base: ArmId(3), contrasts: vec![without(3, 0, "pilots")] },
    ];
    assert_eq!(ablations(&found), expected);
}

#[test]
fn a_difference_is_the_arm_less_what_it_is_compared_with() {
    for (by, clear) in [(0.5, true), (-0.5, true), (-0.001, false)] {
        let value =
            |arm, replicate| noise(replicate) + if arm == 0 { by + 0.001 * f64::from(replicate % 3) } else { 0.0 };
        let found = findings(&["a", "b"], vec![without(0, 1, "pilots")], value);
        let effects = effects(&found, &found.contrasts[0], &headlines(), 10);
        assert_eq!(effects.len(), headlines().len());
        for of in &effects {
            assert!((of.comparison.difference.mean - by - 0.001).abs() < 1e-12, "{of:?}");
            assert_eq!((of.excludes_zero, of.is_significant), (clear, clear), "{of:?}");
        }
    }
}

/// What a run of an older version does not have is left out, not shown as nothing.
#[test]
fn measures_that_nobody_has_are_left_out() {
    let mut found = findings(&["a", "b"], vec![without(0, 1, "pilots")], |_, replicate| noise(replicate));
    let first = headlines()[0];
    found.outcomes.iter_mut().for_each(|of| of.measures[0][first] = f64::NAN);
    assert_eq!(present(&found, &found.contrasts, &headlines()), headlines()[1..]);
}

#[test]
fn the_identical_are_told_from_the_weak_and_what_is_gone_is_significant() {
    let off = |arm, against| Contrast::new(ArmId(arm), ArmId(against), Subject::Mechanism("support".to_owned()));
    let mut found = findings(&["a", "b", "c", "d"], vec![off(2, 0), off(3, 1)], |_, replicate| noise(replicate));
    assert!(found.contrasts.iter().all(|contrast| identical(&found, contrast)));
    found.outcomes.last_mut().expect("there are some").digest = "another".to_owned();
    assert!(identical(&found, &found.contrasts[0]) && !identical(&found, &found.contrasts[1]));
    found.outcomes.iter_mut().filter(|of| of.arm == ArmId(2)).for_each(|of| of.measures[0].fill(f64::NAN));
    for (contrast, gone) in found.contrasts.iter().zip([true, false]) {
        let effects = effects(&found, contrast, &headlines(), 20);
        assert!(effects.iter().all(|of| (of.gone, of.is_significant) == (gone, gone)), "{effects:?}");
    }
}
