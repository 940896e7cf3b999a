use std::collections::BTreeSet;

use super::{
    Autonomy, AwardRule, BASE, Body, DeskPlace, FoundationRole, Fundraising, Gate, HubKind, LeverError, LeverId,
    LeverValue, MandateAward, OrganisationKind, Outcome, Policy, PolicySection, ScoreMix, Word,
};
use crate::catalogue::{Kind, Path, Spec};

fn keys(value: serde_json::Value) -> BTreeSet<String> {
    value.as_object().expect("a table").keys().cloned().collect()
}

#[test]
fn what_is_serialised_has_the_keys_of_the_catalogue() {
    let tree = serde_json::to_value(Policy::default()).expect("plain data");
    for section in PolicySection::ALL {
        let specs = section.catalogue().specs.iter().map(|spec| spec.key.to_owned()).collect();
        assert_eq!(keys(tree[section.name()].clone()), specs);
        assert_eq!(section.catalogue().name, format!("policy.{}", section.name()));
    }
    let words = ScoreMix::WORDS.iter().map(|&word| word.to_owned()).collect();
    assert_eq!(keys(tree["grants"]["score"].clone()), words);
}

#[test]
fn defaults_of_the_catalogue_are_those_of_the_policy() {
    let policy = Policy::default();
    for lever in LeverId::all() {
        let default = match lever.spec().kind {
            Kind::Number(number) | Kind::Path(number) => {
                LeverValue::Number(number.default.expect("levers have defaults"))
            }
            Kind::Limit(limited) => limited.number.default.map_or(LeverValue::Unlimited, LeverValue::Number),
            Kind::Flag { default } => LeverValue::Flag(default),
            Kind::Choice { default, .. } => LeverValue::Word(default),
            Kind::Set { default, .. } => LeverValue::Words(default.to_vec()),
            Kind::Mix { default, .. } => LeverValue::Weights(default.to_vec()),
            Kind::References { .. } => LeverValue::Names(Vec::new()),
            Kind::Shares { default, .. } => LeverValue::Word(default),
            kind => panic!("{} is no lever: {kind:?}", lever.key()),
        };
        assert_eq!(policy.get(lever), default, "{}", lever.key());
    }
}

/// Another value than the default, for each kind.
fn other(spec: &Spec) -> LeverValue {
    match spec.kind {
        Kind::Path(number) => LeverValue::Path(Path::Line { from: number.bounds.0, to: number.bounds.1, by_year: 5.0 }),
        Kind::Number(number) => LeverValue::Number(number.bounds.1),
        Kind::Limit(limited) => LeverValue::Number(limited.number.bounds.1),
        Kind::Flag { default } => LeverValue::Flag(!default),
        Kind::Choice { options, .. } => LeverValue::Word(options[options.len() - 1]),
        Kind::Set { options, .. } => LeverValue::Words(vec![options[1], options[0]]),
        Kind::Mix { options, .. } => LeverValue::Weights(vec![(options[1], 0.25), (options[3], 0.5)]),
        Kind::References { .. } => LeverValue::Names(vec!["South".into(), "North".into()]),
        Kind::Shares { .. } => LeverValue::NamedWeights(vec![("North".into(), 2.0), ("South".into(), 0.5)]),
        kind => panic!("{} is no lever: {kind:?}", spec.key),
    }
}

#[test]
fn every_lever_can_be_set_and_read_and_only_it_changes() {
    for lever in LeverId::all() {
        let mut policy = Policy::default();
        let value = other(lever.spec());
        policy.set(lever, &value).unwrap_or_else(|error| panic!("{}: {error}", lever.key()));
        assert_eq!(policy.get(lever), value);
        let changed: Vec<LeverId> = LeverId::all().filter(|&id| policy.get(id) != Policy::default().get(id)).collect();
        assert_eq!(changed, [lever]);
        assert_eq!(LeverId::find(lever.section().name(), lever.key()), Some(lever));
    }
    assert_eq!(LeverId::find("hubs", "award_rule"), None);
}

#[test]
fn a_value_that_a_lever_cannot_have_is_refused() {
    let mut policy = Policy::default();
    let mut refused = |key: &str, value: LeverValue| {
        let error = policy.grants.set(key, &value).expect_err("it is refused");
        assert_eq!(policy, Policy::default(), "{key}");
        error
    };
    assert_eq!(refused("nothing", LeverValue::Number(1.0)), LeverError::UnknownKey);
    assert_eq!(refused("years", LeverValue::Number(9.0)), LeverError::OutOfBounds);
    assert_eq!(refused("years", LeverValue::Number(f64::NAN)), LeverError::OutOfBounds);
    assert_eq!(refused("years", LeverValue::Flag(true)), LeverError::WrongKind);
    let steep = Path::Line { from: 0.0, to: 2.0, by_year: 3.0 };
    assert_eq!(refused("underserved_floor", LeverValue::Path(steep)), LeverError::OutOfBounds);
    assert_eq!(refused("award", LeverValue::Word("by-lot")), LeverError::UnknownWord);
    assert_eq!(refused("kinds", LeverValue::Words(vec!["foundation"])), LeverError::UnknownWord);
    assert_eq!(refused("score", LeverValue::Weights(vec![("need", -1.0)])), LeverError::OutOfBounds);
    assert_eq!(refused("score", LeverValue::Weights(vec![("needs", 1.0)])), LeverError::UnknownWord);
}

#[test]
fn words_are_those_that_are_serialised() {
    fn check<W: Word + serde::Serialize + serde::de::DeserializeOwned + std::fmt::Debug>(words: &[&str]) {
        assert_eq!(W::ALL.iter().map(|value| value.word()).collect::<Vec<_>>(), words);
        for &value in W::ALL {
            assert_eq!(serde_json::to_value(value).expect("a word"), serde_json::json!(value.word()));
            assert_eq!(W::from_word(value.word()), Some(value));
            assert_eq!(serde_json::from_value::<W>(serde_json::json!(value.word())).expect("a word"), value);
        }
        assert_eq!(W::from_word("nothing"), None);
    }
    check::<OrganisationKind>(&["foundation", "chapter", "thematic-organisation", "user-group", "external", "partner"]);
    check::<AwardRule>(&["full", "proportional", "equal", "cuts", "uniform-lottery", "lottery"]);
    check::<MandateAward>(&["full", "uniform-lottery", "lottery"]);
    check::<HubKind>(&["none", "thematic", "regional", "both"]);
    check::<Outcome>(&["split", "re-scope", "move", "reallocate", "end"]);
    check::<FoundationRole>(&["keeps-everything", "keeps-core", "coordinates"]);
    check::<Autonomy>(&["own", "steering", "funder"]);
    check::<Body>(&["foundation", "council", "affiliates", "volunteers", "panel"]);
    check::<Gate>(&["none", "own", "peer", "overseer"]);
    check::<Fundraising>(&["all", "chapters", "foundation"]);
}

/// Staff is somewhere, whatever a region is called.
#[test]
fn the_desk_is_where_a_word_or_weights_say() {
    let read = |json: serde_json::Value| LeverId::new(PolicySection::Governance, "staff_in").read(&json).ok();
    for word in DeskPlace::WORDS {
        assert_eq!(read(serde_json::json!(word)), Some(LeverValue::Word(word)));
    }
    let named = LeverValue::NamedWeights(vec![("foundation".into(), 1.0), ("people".into(), 0.0)]);
    assert_eq!(read(serde_json::json!({ "people": 0.0, "foundation": 1.0 })), Some(named));
    let refused = [
        serde_json::json!("North"),
        serde_json::json!({}),
        serde_json::json!({ "North": 0.0 }),
        serde_json::json!({ "North": -1.0, "South": 2.0 }),
    ];
    refused.into_iter().for_each(|json| assert_eq!(read(json.clone()), None, "{json}"));
    let mut policy = Policy::default();
    let lever = LeverId::new(PolicySection::Governance, "staff_in");
    policy.set(lever, &LeverValue::Word("people")).expect("a word");
    assert_eq!(policy.governance.staff_in, DeskPlace::People);
}

/// The catalogue names a value of the lever, or says why there is none.
#[test]
fn neutral_values_are_values_of_the_lever() {
    let mut neutral = 0;
    for lever in LeverId::all() {
        match lever.neutral() {
            Some(value) => {
                value.check(lever.spec()).unwrap_or_else(|error| panic!("{}: {error}", lever.key()));
                neutral += 1;
            }
            None => {
                let reason = lever.spec().neutral;
                assert!(reason == BASE || reason.contains("it has no effect"), "{}: {reason}", lever.key());
            }
        }
    }
    assert!(neutral > 30, "{neutral} neutral values");
    let screen = LeverId::new(PolicySection::Grants, "kinds");
    assert_eq!(screen.neutral(), Some(Policy::default().get(screen)));
}

#[test]
fn values_are_read_as_they_are_written() {
    for lever in LeverId::all() {
        for value in [Policy::default().get(lever), other(lever.spec())] {
            let json = serde_json::to_value(&value).expect("plain data");
            let read = lever.read(&json).unwrap_or_else(|error| panic!("{}: {json}: {error}", lever.key()));
            assert_eq!(read, value);
            // It is what a policy writes and reads, but that a policy also writes weights of 0.
            let mut tree = serde_json::to_value(Policy::default()).expect("plain data");
            tree[lever.section().name()][lever.key()] = json;
            let policy: Policy = serde_json::from_value(tree).expect("a policy");
            assert_eq!(policy.get(lever), value);
        }
    }
    let read = |key: &str, json: serde_json::Value| {
        LeverId::find("grants", key).expect("a lever").read(&json).map_err(|error| error.to_string())
    };
    assert_eq!(
        read("score", serde_json::json!({ "need": 0.5, "votes": 0.0 })),
        Ok(LeverValue::Weights(vec![("need", 0.5)]))
    );
    for (key, json) in [
        ("award", serde_json::json!("by-lot")),
        ("kinds", serde_json::json!(["chapter", "foundation"])),
        ("score", serde_json::json!({ "needs": 1.0 })),
        ("years", serde_json::json!(9)),
        ("years", serde_json::json!("two")),
        ("cap", serde_json::json!(0)),
        ("cap", serde_json::json!("no")),
        ("cap", serde_json::json!({ "from": 1.0, "to": -1.0, "by_year": 2.0 })),
    ] {
        assert!(read(key, json.clone()).is_err(), "{key} = {json}");
    }
}
