//! Claims judged from findings made by arithmetic.

use super::fixture::{at, claim, evidence_of, findings, part};
use super::*;
use crate::scenario::claim::{Expectation, SmallestDifference};
use hubsim_model::measures::{Dimension, Part, PartMeasure};
use proptest::prelude::*;

const POLICIES: [&str; 4] = ["base", "hubs", "other", "more"];

/// Every replicate its own level; `hubs` above it by `by`, give or take a little.
fn shifted(by: f64) -> Findings {
    findings(&POLICIES, 20, 2, |arm, replicate, year, _| {
        let stream = f64::from(replicate * 37 % 11) / 11.0;
        let own = 0.01 * (f64::from(replicate * 17 % 7) - 3.0);
        let shift = [0.0, by + own, 2.0 * by, 2.0 * by + own][arm];
        stream + f64::from(year) + shift
    })
}

fn with(expect: Expectation, by: f64) -> Claim {
    let against = if matches!(expect, Expectation::Below | Expectation::Above) { None } else { part().against };
    claim(vec![ClaimPart { expect, by: SmallestDifference::Amount(by), against, ..part() }])
}

#[test]
fn every_verdict_can_be_reached() {
    for (expect, shift, verdict) in [
        (Expectation::Higher, 0.2, ClaimVerdict::Supported),
        (Expectation::Higher, -0.2, ClaimVerdict::Contradicted),
        (Expectation::Higher, 0.0, ClaimVerdict::NoDifference),
        (Expectation::Higher, 0.1, ClaimVerdict::NotDecided),
        (Expectation::Lower, -0.2, ClaimVerdict::Supported),
        (Expectation::Lower, 0.2, ClaimVerdict::Contradicted),
        (Expectation::Lower, 0.05, ClaimVerdict::NoDifference),
        (Expectation::Lower, -0.1, ClaimVerdict::NotDecided),
        (Expectation::NotLower, 0.0, ClaimVerdict::Supported),
        (Expectation::NotLower, -0.2, ClaimVerdict::Contradicted),
        (Expectation::NotLower, -0.1, ClaimVerdict::NotDecided),
        (Expectation::NotHigher, 0.0, ClaimVerdict::Supported),
        (Expectation::NotHigher, 0.2, ClaimVerdict::Contradicted),
        (Expectation::NoDifference, 0.0, ClaimVerdict::Supported),
        (Expectation::NoDifference, 0.2, ClaimVerdict::Contradicted),
        (Expectation::NoDifference, -0.2, ClaimVerdict::Contradicted),
        (Expectation::NoDifference, 0.1, ClaimVerdict::NotDecided),
        // Levels under hubs are 2 + 0 to 10/11 + the shift.
        (Expectation::Below, -5.0, ClaimVerdict::Supported),
        (Expectation::Below, 5.0, ClaimVerdict::Contradicted),
        (Expectation::Above, 5.0, ClaimVerdict::Supported),
        (Expectation::Above, -2.4, ClaimVerdict::NotDecided),
    ] {
        let found = evidence_of(&with(expect, 0.1), &shifted(shift));
        assert_eq!(found.verdict, verdict, "{expect:?} {shift}: {:?}", found.parts[0]);
        assert_eq!(found.parts[0].verdict, verdict);
    }
    let gone = claim(vec![ClaimPart { policy: "gone".to_owned(), ..part() }]);
    assert_eq!(evidence_of(&gone, &shifted(0.2)).verdict, ClaimVerdict::NotTested);
}

/// One trial that differs contradicts equality, however many do not, and whatever a test of the mean would say.
#[test]
fn equality_holds_in_every_trial_or_not() {
    let found = |one: f64, expect: ClaimPart| {
        let findings = findings(&POLICIES, 200, 2, |arm, replicate, _, _| match (arm, replicate) {
            (1, 7) => 0.3 + one,
            _ => 0.3,
        });
        evidence_of(&claim(vec![expect]), &findings)
    };
    let of = |against: Option<String>, to: f64| ClaimPart {
        expect: Expectation::Equals,
        against,
        by: SmallestDifference::Amount(to),
        ..part()
    };
    for (one, verdict, equal) in [
        (0.0, ClaimVerdict::Supported, 200),
        (1e-13, ClaimVerdict::Supported, 200),
        (1e-9, ClaimVerdict::Contradicted, 199),
        (-1e-9, ClaimVerdict::Contradicted, 199),
    ] {
        for part in [of(None, 0.3), of(Some("base".to_owned()), 0.0)] {
            let found = found(one, part);
            assert_eq!((found.verdict, found.parts[0].equal), (verdict, Some(equal)), "{one}");
            assert!(found.parts[0].p.is_nan() && found.parts[0].adjusted.is_nan() && found.parts[0].low.is_nan());
            assert_eq!(found.worlds, ShareOfWorlds::Of(equal as f64 / 200.0));
        }
    }
    // Beside nothing, only nothing is rounding.
    let zero = |value: f64| {
        let findings = findings(&POLICIES, 1, 2, |_, _, _, _| value);
        evidence_of(&claim(vec![of(None, 0.0)]), &findings).verdict
    };
    assert_eq!(zero(0.0), ClaimVerdict::Supported, "a single trial is enough");
    assert_eq!(zero(1e-200), ClaimVerdict::Contradicted);
}

/// Equality is no part of the family: the other parts are adjusted as without it.
#[test]
fn equality_is_outside_the_family() {
    let higher = with(Expectation::Higher, 0.1);
    let equals = claim(vec![ClaimPart { expect: Expectation::Equals, by: SmallestDifference::Amount(0.0), ..part() }]);
    let findings = shifted(0.12);
    let alone = test_claims(std::slice::from_ref(&higher), &findings);
    let claims = [equals, higher.clone()];
    let together = test_claims(&claims, &findings);
    assert_eq!((alone.tests, together.tests), (1, 1));
    let decided = |result: &ClaimResult| match &result.answer {
        ClaimAnswer::Verdict(evidence) => (evidence.parts[0].adjusted, evidence.parts[0].low, evidence.verdict),
        ClaimAnswer::Table(..) => panic!("a table"),
    };
    assert_eq!(decided(&alone.claims[0]), decided(&together.claims[1]));
}

/// A direction alone may be asked: any difference matters.
#[test]
fn a_smallest_difference_of_nothing_asks_for_a_direction() {
    for (expect, shift, verdict) in [
        (Expectation::Higher, 0.03, ClaimVerdict::Supported),
        (Expectation::Higher, -0.03, ClaimVerdict::Contradicted),
        (Expectation::Lower, -0.03, ClaimVerdict::Supported),
        (Expectation::Higher, 0.0, ClaimVerdict::NotDecided),
    ] {
        assert_eq!(evidence_of(&with(expect, 0.0), &shifted(shift)).verdict, verdict, "{expect:?} {shift}");
    }
}

#[test]
fn a_part_says_what_was_found() {
    let found = evidence_of(&with(Expectation::Higher, 0.1), &shifted(0.2)).parts.remove(0);
    assert_eq!((found.n, found.years, found.margin, found.missing), (20, (2, 2), 0.1, None));
    assert!((found.value - found.reference - found.difference).abs() < 1e-12);
    assert!((found.difference - 0.2).abs() < 0.01 && found.low < found.difference && found.difference < found.high);
    assert!(found.net.is_nan() && found.p == found.adjusted);
    let bound = evidence_of(&with(Expectation::Above, 0.1), &shifted(0.2)).parts.remove(0);
    assert!(bound.reference.is_nan() && bound.difference == bound.value);
}

#[test]
fn a_share_is_one_of_what_is_compared_with() {
    let share = claim(vec![ClaimPart { by: SmallestDifference::Share(0.1), ..part() }]);
    let found = evidence_of(&share, &shifted(0.2)).parts.remove(0);
    assert!((found.margin - 0.1 * found.reference).abs() < 1e-12, "{found:?}");
    let bound = claim(vec![ClaimPart {
        by: SmallestDifference::Share(0.1),
        against: None,
        expect: Expectation::Below,
        ..part()
    }]);
    assert_eq!(evidence_of(&bound, &shifted(0.2)).parts[0].missing, Some(NotTestedReason::Margin));
}

#[test]
fn a_difference_of_differences_takes_the_second_off() {
    let net_of = Some(["more".to_owned(), "other".to_owned()]);
    let net = claim(vec![ClaimPart { net_of, ..part() }]);
    let found = evidence_of(&net, &shifted(0.2)).parts.remove(0);
    // hubs − base = by + own, more − other = own: what is left is by, in every replicate.
    assert!((found.difference - 0.2).abs() < 1e-12 && found.high - found.low < 1e-12, "{found:?}");
    assert!((found.value - found.reference - found.net - 0.2).abs() < 1e-12);
    assert_eq!(found.verdict, ClaimVerdict::NotDecided, "nothing varies");
}

#[test]
fn years_without_a_value_are_left_out_and_years_beyond_the_end_too() {
    let of = |years| claim(vec![ClaimPart { years, ..part() }]);
    // Years 1 to 4; year 2 has no value in even replicates, replicate 3 none at all under hubs.
    let found = findings(&POLICIES, 6, 4, |arm, replicate, year, _| match (arm, replicate, year) {
        (1, 3, _) => f64::NAN,
        (_, replicate, 2) if replicate % 2 == 0 => f64::NAN,
        (arm, _, year) => f64::from(year) + arm as f64,
    });
    let part = evidence_of(&of(ClaimYears::Span(1, 3)), &found).parts.remove(0);
    assert_eq!((part.n, part.value, part.reference, part.difference), (5, 3.0, 2.0, 1.0));
    let part = evidence_of(&of(ClaimYears::Span(3, 9)), &found).parts.remove(0);
    assert_eq!((part.years, part.value), ((3, 4), 4.5));
    let part = evidence_of(&of(ClaimYears::Span(5, 9)), &found).parts.remove(0);
    assert_eq!((part.missing, part.years), (Some(NotTestedReason::Years(4)), (5, 9)));
    assert_eq!(evidence_of(&of(ClaimYears::Last), &found).parts[0].years, (4, 4));
}

#[test]
fn what_is_missing_is_named() {
    let net_of = Some(["hubs".to_owned(), "away".to_owned()]);
    let gone = claim(vec![ClaimPart { policy: "gone".to_owned(), against: Some("gone".to_owned()), net_of, ..part() }]);
    let missing = NotTestedReason::Policies(vec!["gone".to_owned(), "away".to_owned()]);
    assert_eq!(evidence_of(&gone, &shifted(0.2)).missing(parts(&gone)), Some(&missing));
    let one = findings(&POLICIES, 1, 2, |_, _, _, _| 1.0);
    let found = evidence_of(&claim(vec![part()]), &one);
    assert_eq!((found.verdict, &found.parts[0].missing), (ClaimVerdict::NotTested, &Some(NotTestedReason::Worlds(1))));
    assert!(found.worlds == ShareOfWorlds::Unknown && found.changed.is_empty());
    let none = findings(&POLICIES, 3, 2, |arm, _, _, _| if arm == 1 { f64::NAN } else { 1.0 });
    let values = NotTestedReason::Values { measure: part().measure, years: (2, 2), policies: vec!["hubs".to_owned()] };
    assert_eq!(evidence_of(&claim(vec![part()]), &none).parts[0].missing, Some(values));
    let apart =
        findings(&POLICIES, 2, 2, |arm, replicate, _, _| if arm == replicate as usize { f64::NAN } else { 1.0 });
    assert_eq!(evidence_of(&claim(vec![part()]), &apart).parts[0].missing, Some(NotTestedReason::Worlds(0)));
}

#[test]
fn parts_that_do_not_count_are_tested_but_do_not_decide() {
    let against = |decisive| ClaimPart { expect: Expectation::Lower, decisive, ..part() };
    let both = claim(vec![against(false), part()]);
    let found = evidence_of(&both, &shifted(0.2));
    assert_eq!(
        (found.verdict, found.decisive, found.worlds),
        (ClaimVerdict::Supported, Some(1), ShareOfWorlds::Unknown)
    );
    assert_eq!(found.parts[0].verdict, ClaimVerdict::Contradicted);
    let both = claim(vec![against(true), part()]);
    assert_eq!(evidence_of(&both, &shifted(0.2)).verdict, ClaimVerdict::Contradicted);
    let none = claim(vec![against(false)]);
    let found = evidence_of(&none, &shifted(0.2));
    assert_eq!((found.verdict, found.decisive), (ClaimVerdict::NotTested, None));
}

#[test]
fn the_family_is_all_parts_of_all_claims_that_can_be_tested() {
    let gone = ClaimPart { policy: "gone".to_owned(), ..part() };
    let unsure = ClaimPart { by: SmallestDifference::Amount(0.197), ..part() };
    let claims = [
        claim(vec![part(), ClaimPart { decisive: false, ..part() }]),
        claim(vec![gone]),
        claim(vec![unsure]),
        Claim {
            form: ClaimForm::Table { policies: vec![], measures: vec![], within: None, years: ClaimYears::Last },
            ..claim(vec![])
        },
    ];
    let found = shifted(0.2);
    let together = test_claims(&claims, &found);
    assert_eq!(together.tests, 3);
    let ClaimAnswer::Verdict(of) = &together.claims[2].answer else { panic!("a verdict") };
    let alone = evidence_of(&claims[2], &found);
    assert!(
        of.parts[0].p == alone.parts[0].p
            && of.parts[0].high - of.parts[0].low > alone.parts[0].high - alone.parts[0].low
    );
    // The largest p-value of three is taken once; of the same alone, once as well: only the interval is wider.
    assert_eq!(of.parts[0].adjusted, alone.parts[0].adjusted);
    let ClaimAnswer::Verdict(of) = &together.claims[0].answer else { panic!("a verdict") };
    assert!((of.parts[0].adjusted / of.parts[0].p - 3.0).abs() < 1e-12);
}

#[test]
fn worlds_are_those_in_whose_expected_values_all_parts_hold() {
    // World w, of two trials, differs by w / 10 in need met and by -w / 10 in the service gap, and chance adds what is given.
    let of = |chance: f64, parts: Vec<ClaimPart>| {
        let found = findings(&POLICIES, 20, 1, |arm, replicate, _, measure| {
            let sign = if measure == at("service_gap") { -1.0 } else { 1.0 };
            let own = f64::from(replicate / 2) / 10.0 + chance * (f64::from(replicate % 2) - 0.5);
            if arm == 1 { sign * own } else { 0.0 }
        });
        evidence_of(&claim(parts), &Findings { replicates_per_world: 2, ..found }).worlds
    };
    let gap = ClaimPart {
        measure: at("service_gap"),
        expect: Expectation::Lower,
        by: SmallestDifference::Amount(0.5),
        ..part()
    };
    assert_eq!(of(0.0, vec![part()]), ShareOfWorlds::Of(0.9), "worlds 1 to 9 reach 0.1");
    assert_eq!(of(0.0, vec![part(), gap.clone()]), ShareOfWorlds::Of(0.5), "5 to 9 reach 0.5");
    assert_eq!(of(0.0, vec![part(), ClaimPart { decisive: false, ..gap }]), ShareOfWorlds::Of(0.9));
    // Shrunk towards the mean of 0.45, world 1 reaches 0.1; with much chance, worlds cannot be told apart.
    assert_eq!(of(0.3, vec![part()]), ShareOfWorlds::Of(0.9));
    assert_eq!(of(2.0, vec![part()]), ShareOfWorlds::Chance);
}

#[test]
fn the_mean_of_a_world_is_the_unit() {
    let found = Findings { replicates_per_world: 2, ..shifted(0.2) };
    let part = evidence_of(&with(Expectation::Higher, 0.1), &found).parts.remove(0);
    assert_eq!((part.n, found.replicates_per_world), (10, 2));
    // The last of 21 trials is in a world that is not complete.
    let odd = findings(&POLICIES, 21, 2, |arm, replicate, _, _| f64::from(replicate % 5) * 0.01 * arm as f64);
    let odd = Findings { replicates_per_world: 2, ..odd };
    assert_eq!(evidence_of(&with(Expectation::Higher, 0.1), &odd).parts[0].n, 10);
}

#[test]
fn what_moved_with_it_comes_first() {
    // Bounces in brief: the reuse rate moves with need met world by world, volunteers move a lot but alike everywhere,
    // the service gap does not move.
    let (reuse, volunteers, gap) = (at("reuse_rate"), at("volunteers"), at("service_gap"));
    let found = findings(&POLICIES, 24, 1, |arm, replicate, _, measure| {
        let own = f64::from(replicate * 17 % 7) / 7.0;
        let noise = f64::from(replicate * 29 % 13) / 13.0 - 0.5;
        let shift = match measure {
            _ if arm != 1 => 0.0,
            measure if measure == at("need_met") => 0.5 + own,
            measure if measure == reuse => 3.0 - 3.0 * own + 0.3 * noise,
            measure if measure == volunteers => 50.0,
            _ => 0.1 * noise,
        };
        10.0 + f64::from(replicate) + shift
    });
    let why = Claim { because: vec![gap, volunteers, at("need_met"), reuse], ..claim(vec![part()]) };
    let evidence = evidence_of(&why, &found);
    let changed: Vec<(usize, bool)> =
        evidence.changed.iter().map(|changed| (changed.measure, changed.together)).collect();
    assert_eq!(changed, [(reuse, true), (volunteers, false)]);
    assert_eq!(evidence.examined, [gap, volunteers, reuse], "the measure itself says nothing");
    assert!(
        evidence.changed[0].correlation < -0.9
            && (evidence.changed[1].to - evidence.changed[1].from - 50.0).abs() < 1e-9
    );
    let still = Claim { because: vec![gap], ..why };
    assert!(evidence_of(&still, &found).changed.is_empty());
    // Without a list the headlines and the measure's own group are looked at.
    let examined = evidence_of(&claim(vec![part()]), &found).examined;
    assert!(
        examined.contains(&at("duplicated_share"))
            && examined.contains(&volunteers)
            && !examined.contains(&at("need_met"))
    );
}

#[test]
fn a_bound_tells_what_moved_between_the_policies_of_its_claim() {
    let bound = ClaimPart { against: None, expect: Expectation::Below, by: SmallestDifference::Amount(-1.0), ..part() };
    let found = shifted(0.2);
    let alone = Claim { because: vec![at("volunteers")], ..claim(vec![bound.clone()]) };
    assert!(evidence_of(&alone, &found).changed.is_empty() && evidence_of(&alone, &found).examined.is_empty());
    let both = Claim { because: vec![at("volunteers")], ..claim(vec![part(), bound]) };
    let evidence = evidence_of(&both, &found);
    assert_eq!((evidence.verdict, evidence.decisive), (ClaimVerdict::Contradicted, Some(1)));
    assert_eq!(evidence.changed.len(), 1);
}

#[test]
fn tables_give_means_and_differences_and_no_verdict() {
    let policies = ["base", "gone", "hubs"].map(str::to_owned).to_vec();
    let form = ClaimForm::Table {
        policies,
        measures: vec![at("need_met"), at("volunteers")],
        within: None,
        years: ClaimYears::Span(1, 9),
    };
    let table = Claim { form, ..claim(vec![]) };
    let found = shifted(0.2);
    let result = test_claims(std::slice::from_ref(&table), &found);
    let ClaimAnswer::Table(entries, missing) = &result.claims[0].answer else { panic!("a table") };
    assert_eq!((result.tests, missing.as_slice(), entries.len()), (0, ["gone".to_owned()].as_slice(), 4));
    assert!(entries[0].difference.is_none() && entries[0].years == (1, 2));
    let hubs = &entries[1];
    assert_eq!((hubs.policy.as_str(), hubs.mean.n), ("hubs", 20));
    assert!((hubs.difference.expect("it is paired").mean - (hubs.mean.mean - entries[0].mean.mean)).abs() < 1e-12);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_order_of_replicates_changes_nothing(
        values in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64), 2..12), turn in 1_usize..12, by in 0.0..0.5f64,
    ) {
        let n = values.len();
        let of = |shift: usize| findings(&["base", "hubs"], n as u32, 0, |arm, replicate, _, measure| {
            let (base, hubs) = values[(replicate as usize + shift) % n];
            (if arm == 1 { hubs } else { base }) + measure as f64
        });
        let claims = claim(vec![ClaimPart { by: SmallestDifference::Amount(by), ..part() }, ClaimPart { expect: Expectation::NotLower, ..part() }]);
        let (one, other) = (evidence_of(&claims, &of(0)), evidence_of(&claims, &of(turn)));
        prop_assert_eq!((one.verdict, one.worlds), (other.verdict, other.worlds));
        for (one, other) in one.parts.iter().zip(&other.parts) {
            let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
            prop_assert!(close(one.p, other.p) && close(one.low, other.low) && close(one.high, other.high));
        }
    }
}

#[test]
fn a_part_of_the_movement_is_compared_by_its_own_values() {
    let south = Part { dimension: Dimension::Region, name: "South".to_owned() };
    let mut found = shifted(0.0);
    found.parts = vec![PartMeasure { measure: at("need_met"), part: south.clone() }];
    for outcome in &mut found.outcomes {
        let there = if found.policies[outcome.arm.0] == "hubs" { 0.2 } else { 0.0 };
        outcome.measures.iter_mut().for_each(|row| row.push(row[at("need_met")] + there));
    }
    let verdict = |within: Option<&Part>| {
        evidence_of(&claim(vec![ClaimPart { within: within.cloned(), ..part() }]), &found).verdict
    };
    assert_eq!(verdict(Some(&south)), ClaimVerdict::Supported);
    assert_ne!(verdict(None), ClaimVerdict::Supported);
    let unknown = Part { name: "North".to_owned(), ..south.clone() };
    assert_eq!(verdict(Some(&unknown)), ClaimVerdict::NotTested, "the study does not keep it");
    let policies = vec!["base".to_owned(), "hubs".to_owned()];
    let form =
        ClaimForm::Table { policies, measures: vec![at("need_met")], within: Some(south), years: ClaimYears::Last };
    let table = Claim { form, ..claim(vec![]) };
    let result = test_claims(std::slice::from_ref(&table), &found);
    let ClaimAnswer::Table(entries, _) = &result.claims[0].answer else { panic!("a table") };
    let difference = entries[1].difference.expect("it is compared");
    assert!((difference.mean - 0.2).abs() < 0.01, "{difference:?}");
}
