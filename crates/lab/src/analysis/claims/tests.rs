//! Claims judged from findings made by arithmetic.

use super::fixture::{at, claim, findings, part, ruled};
use super::*;
use crate::scenario::claim::{By, Expect};
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

fn with(expect: Expect, by: f64) -> Claim {
    let against = if matches!(expect, Expect::Below | Expect::Above) { None } else { part().against };
    claim(vec![Part { expect, by: By::Amount(by), against, ..part() }])
}

#[test]
fn every_verdict_can_be_reached() {
    for (expect, shift, verdict) in [
        (Expect::Higher, 0.2, Verdict::Supported),
        (Expect::Higher, -0.2, Verdict::Contradicted),
        (Expect::Higher, 0.0, Verdict::NoDifference),
        (Expect::Higher, 0.1, Verdict::NotDecided),
        (Expect::Lower, -0.2, Verdict::Supported),
        (Expect::Lower, 0.2, Verdict::Contradicted),
        (Expect::Lower, 0.05, Verdict::NoDifference),
        (Expect::Lower, -0.1, Verdict::NotDecided),
        (Expect::NotLower, 0.0, Verdict::Supported),
        (Expect::NotLower, -0.2, Verdict::Contradicted),
        (Expect::NotLower, -0.1, Verdict::NotDecided),
        (Expect::NotHigher, 0.0, Verdict::Supported),
        (Expect::NotHigher, 0.2, Verdict::Contradicted),
        // Levels under hubs are 2 + 0 to 10/11 + the shift.
        (Expect::Below, -5.0, Verdict::Supported),
        (Expect::Below, 5.0, Verdict::Contradicted),
        (Expect::Above, 5.0, Verdict::Supported),
        (Expect::Above, -2.4, Verdict::NotDecided),
    ] {
        let found = ruled(&with(expect, 0.1), &shifted(shift));
        assert_eq!(found.verdict, verdict, "{expect:?} {shift}: {:?}", found.parts[0]);
        assert_eq!(found.parts[0].verdict, verdict);
    }
    let gone = claim(vec![Part { policy: "gone".to_owned(), ..part() }]);
    assert_eq!(ruled(&gone, &shifted(0.2)).verdict, Verdict::NotTested);
}

#[test]
fn a_part_says_what_was_found() {
    let found = ruled(&with(Expect::Higher, 0.1), &shifted(0.2)).parts.remove(0);
    assert_eq!((found.n, found.years, found.margin, found.missing), (20, (2, 2), 0.1, None));
    assert!((found.value - found.reference - found.difference).abs() < 1e-12);
    assert!((found.difference - 0.2).abs() < 0.01 && found.low < found.difference && found.difference < found.high);
    assert!(found.net.is_nan() && found.p == found.adjusted);
    let bound = ruled(&with(Expect::Above, 0.1), &shifted(0.2)).parts.remove(0);
    assert!(bound.reference.is_nan() && bound.difference == bound.value);
}

#[test]
fn a_share_is_one_of_what_is_compared_with() {
    let share = claim(vec![Part { by: By::Share(0.1), ..part() }]);
    let found = ruled(&share, &shifted(0.2)).parts.remove(0);
    assert!((found.margin - 0.1 * found.reference).abs() < 1e-12, "{found:?}");
    let bound = claim(vec![Part { by: By::Share(0.1), against: None, expect: Expect::Below, ..part() }]);
    assert_eq!(ruled(&bound, &shifted(0.2)).parts[0].missing, Some(Missing::Margin));
}

#[test]
fn a_difference_of_differences_takes_the_second_off() {
    let net_of = Some(["more".to_owned(), "other".to_owned()]);
    let net = claim(vec![Part { net_of, ..part() }]);
    let found = ruled(&net, &shifted(0.2)).parts.remove(0);
    // hubs − base = by + own, more − other = own: what is left is by, in every replicate.
    assert!((found.difference - 0.2).abs() < 1e-12 && found.high - found.low < 1e-12, "{found:?}");
    assert!((found.value - found.reference - found.net - 0.2).abs() < 1e-12);
    assert_eq!(found.verdict, Verdict::Supported);
}

#[test]
fn years_without_a_value_are_left_out_and_years_beyond_the_end_too() {
    let of = |years| claim(vec![Part { years, ..part() }]);
    // Years 1 to 4; year 2 has no value in even replicates, replicate 3 none at all under hubs.
    let found = findings(&POLICIES, 6, 4, |arm, replicate, year, _| match (arm, replicate, year) {
        (1, 3, _) => f64::NAN,
        (_, replicate, 2) if replicate % 2 == 0 => f64::NAN,
        (arm, _, year) => f64::from(year) + arm as f64,
    });
    let part = ruled(&of(Years::Span(1, 3)), &found).parts.remove(0);
    assert_eq!((part.n, part.value, part.reference, part.difference), (5, 3.0, 2.0, 1.0));
    let part = ruled(&of(Years::Span(3, 9)), &found).parts.remove(0);
    assert_eq!((part.years, part.value), ((3, 4), 4.5));
    let part = ruled(&of(Years::Span(5, 9)), &found).parts.remove(0);
    assert_eq!((part.missing, part.years), (Some(Missing::Years(4)), (5, 9)));
    assert_eq!(ruled(&of(Years::Last), &found).parts[0].years, (4, 4));
}

#[test]
fn what_is_missing_is_named() {
    let net_of = Some(["hubs".to_owned(), "away".to_owned()]);
    let gone = claim(vec![Part { policy: "gone".to_owned(), against: Some("gone".to_owned()), net_of, ..part() }]);
    let missing = Missing::Policies(vec!["gone".to_owned(), "away".to_owned()]);
    assert_eq!(ruled(&gone, &shifted(0.2)).missing(parts(&gone)), Some(&missing));
    let one = findings(&POLICIES, 1, 2, |_, _, _, _| 1.0);
    let found = ruled(&claim(vec![part()]), &one);
    assert_eq!((found.verdict, &found.parts[0].missing), (Verdict::NotTested, &Some(Missing::Replicates(1))));
    assert!(found.worlds.is_nan() && found.moved.is_empty());
    let none = findings(&POLICIES, 3, 2, |arm, _, _, _| if arm == 1 { f64::NAN } else { 1.0 });
    let values = Missing::Values { measure: part().measure, years: (2, 2), policies: vec!["hubs".to_owned()] };
    assert_eq!(ruled(&claim(vec![part()]), &none).parts[0].missing, Some(values));
    let apart =
        findings(&POLICIES, 2, 2, |arm, replicate, _, _| if arm == replicate as usize { f64::NAN } else { 1.0 });
    assert_eq!(ruled(&claim(vec![part()]), &apart).parts[0].missing, Some(Missing::Replicates(0)));
}

#[test]
fn parts_that_do_not_count_are_tested_but_do_not_decide() {
    let against = |decisive| Part { expect: Expect::Lower, decisive, ..part() };
    let both = claim(vec![against(false), part()]);
    let found = ruled(&both, &shifted(0.2));
    assert_eq!((found.verdict, found.decisive, found.worlds), (Verdict::Supported, Some(1), 1.0));
    assert_eq!(found.parts[0].verdict, Verdict::Contradicted);
    let both = claim(vec![against(true), part()]);
    assert_eq!(ruled(&both, &shifted(0.2)).verdict, Verdict::Contradicted);
    let none = claim(vec![against(false)]);
    let found = ruled(&none, &shifted(0.2));
    assert_eq!((found.verdict, found.decisive), (Verdict::NotTested, None));
}

#[test]
fn the_family_is_all_parts_of_all_claims_that_can_be_tested() {
    let gone = Part { policy: "gone".to_owned(), ..part() };
    let unsure = Part { by: By::Amount(0.197), ..part() };
    let claims = [
        claim(vec![part(), Part { decisive: false, ..part() }]),
        claim(vec![gone]),
        claim(vec![unsure]),
        Claim { asks: Asks::Table { policies: vec![], measures: vec![], years: Years::Last }, ..claim(vec![]) },
    ];
    let found = shifted(0.2);
    let together = judge(&claims, &found);
    assert_eq!(together.tests, 3);
    let Answer::Verdict(of) = &together.claims[2].answer else { panic!("a verdict") };
    let alone = ruled(&claims[2], &found);
    assert!(
        of.parts[0].p == alone.parts[0].p
            && of.parts[0].high - of.parts[0].low > alone.parts[0].high - alone.parts[0].low
    );
    // The largest p-value of three is taken once; of the same alone, once as well: only the interval is wider.
    assert_eq!(of.parts[0].adjusted, alone.parts[0].adjusted);
    let Answer::Verdict(of) = &together.claims[0].answer else { panic!("a verdict") };
    assert!((of.parts[0].adjusted / of.parts[0].p - 3.0).abs() < 1e-12);
}

#[test]
fn worlds_are_those_in_which_all_parts_hold() {
    // Replicate r differs by r / 10 in need met, and by -r / 10 in the service gap.
    let found = findings(&POLICIES, 10, 1, |arm, replicate, _, measure| {
        let sign = if measure == at("service_gap") { -1.0 } else { 1.0 };
        5.0 + if arm == 1 { sign * f64::from(replicate) / 10.0 } else { 0.0 }
    });
    let gap = Part { measure: at("service_gap"), expect: Expect::Lower, by: By::Amount(0.5), ..part() };
    assert_eq!(ruled(&claim(vec![part()]), &found).worlds, 0.9, "replicates 1 to 9 reach 0.1");
    assert_eq!(ruled(&claim(vec![part(), gap.clone()]), &found).worlds, 0.5, "5 to 9 reach 0.5");
    assert_eq!(ruled(&claim(vec![part(), Part { decisive: false, ..gap }]), &found).worlds, 0.9);
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
    let ruling = ruled(&why, &found);
    let moved: Vec<(usize, bool)> = ruling.moved.iter().map(|moved| (moved.measure, moved.together)).collect();
    assert_eq!(moved, [(reuse, true), (volunteers, false)]);
    assert_eq!(ruling.looked, [gap, volunteers, reuse], "the measure itself says nothing");
    assert!(ruling.moved[0].correlation < -0.9 && (ruling.moved[1].to - ruling.moved[1].from - 50.0).abs() < 1e-9);
    let still = Claim { because: vec![gap], ..why };
    assert!(ruled(&still, &found).moved.is_empty());
    // Without a list the headlines and the measure's own group are looked at.
    let looked = ruled(&claim(vec![part()]), &found).looked;
    assert!(
        looked.contains(&at("duplicated_share")) && looked.contains(&volunteers) && !looked.contains(&at("need_met"))
    );
}

#[test]
fn a_bound_tells_what_moved_between_the_policies_of_its_claim() {
    let bound = Part { against: None, expect: Expect::Below, by: By::Amount(-1.0), ..part() };
    let found = shifted(0.2);
    let alone = Claim { because: vec![at("volunteers")], ..claim(vec![bound.clone()]) };
    assert!(ruled(&alone, &found).moved.is_empty() && ruled(&alone, &found).looked.is_empty());
    let both = Claim { because: vec![at("volunteers")], ..claim(vec![part(), bound]) };
    let ruling = ruled(&both, &found);
    assert_eq!((ruling.verdict, ruling.decisive), (Verdict::Contradicted, Some(1)));
    assert_eq!(ruling.moved.len(), 1);
}

#[test]
fn tables_give_means_and_differences_and_no_verdict() {
    let policies = ["base", "gone", "hubs"].map(str::to_owned).to_vec();
    let asks = Asks::Table { policies, measures: vec![at("need_met"), at("volunteers")], years: Years::Span(1, 9) };
    let table = Claim { asks, ..claim(vec![]) };
    let found = shifted(0.2);
    let judged = judge(std::slice::from_ref(&table), &found);
    let Answer::Table(entries, missing) = &judged.claims[0].answer else { panic!("a table") };
    assert_eq!((judged.tests, missing.as_slice(), entries.len()), (0, ["gone".to_owned()].as_slice(), 4));
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
        let claims = claim(vec![Part { by: By::Amount(by), ..part() }, Part { expect: Expect::NotLower, ..part() }]);
        let (one, other) = (ruled(&claims, &of(0)), ruled(&claims, &of(turn)));
        prop_assert_eq!((one.verdict, one.worlds), (other.verdict, other.worlds));
        for (one, other) in one.parts.iter().zip(&other.parts) {
            let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
            prop_assert!(close(one.p, other.p) && close(one.low, other.low) && close(one.high, other.high));
        }
    }
}
