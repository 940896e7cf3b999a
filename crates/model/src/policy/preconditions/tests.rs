use super::{Surroundings, inactivity_reason, occasion, unmet};
use crate::policy::levers::{AwardRule, HubKind, LeverId, Outcome, Policy, PolicySection, ScoreMix};

const AROUND: Surroundings = Surroundings { years: 10, foundation: true, underserved: true, outsiders: true };

#[test]
fn inactivity_reasons_belong_to_their_lever() {
    assert!(
        inactivity_reason(LeverId::new(PolicySection::Hubs, "no_misconduct"))
            .is_some_and(|why| why.contains("mandate"))
    );
    assert!(occasion("grants", "no_misconduct").is_some_and(|why| why.contains("grant")));
    assert_eq!(occasion("hubs", "share"), None);
    assert_eq!((occasion("hubs", "nothing"), occasion("nothing", "share")), (None, None));
}

#[test]
fn the_reason_is_that_of_the_policy_at_hand() {
    let mut policy = Policy::default();
    let of = |policy: &Policy, key: &str| unmet(policy, AROUND, "hubs", key).unwrap_or("");
    assert!(of(&policy, "strictness").contains("no hubs") && of(&policy, "first_year").contains("no hubs"));
    assert_eq!(of(&policy, "kind"), "");
    policy.hubs.kind = HubKind::Thematic;
    assert!(of(&policy, "strictness").contains("no reviews") && of(&policy, "clarity").contains("both"));
    policy.hubs.review_years = 3.0.into();
    assert_eq!((of(&policy, "strictness"), of(&policy, "first_year")), ("", ""));
    let soon = Surroundings { years: 3, ..AROUND };
    assert!(unmet(&policy, soon, "hubs", "strictness").is_some_and(|why| why.contains("after the last year")));
    assert_eq!(unmet(&policy, AROUND, "grants", "cap"), None);
}

#[test]
fn hubs_that_come_too_late_leave_only_their_kind_and_year() {
    let mut policy = Policy::default();
    (policy.hubs.kind, policy.hubs.first_year) = (HubKind::Both, 11.0);
    let active = |lever: &LeverId| unmet(&policy, AROUND, "hubs", lever.key()).is_none();
    let hubs = LeverId::all().filter(|lever| lever.section() == PolicySection::Hubs);
    let keys: Vec<&str> = hubs.filter(active).map(|lever| lever.key()).collect();
    assert_eq!(keys, ["kind", "first_year"]);
}

#[test]
fn each_precondition_can_hold_and_fail() {
    let mut policy = Policy::default();
    policy.hubs.kind = HubKind::Thematic;
    let of = |policy: &Policy, key: &str| unmet(policy, AROUND, "hubs", key).is_some();
    for (key, repair) in [
        ("hub_cap", (|policy| policy.hubs.share = 0.1.into()) as fn(&mut Policy)),
        ("pilot_years", |policy| policy.hubs.pilots = 1.0),
        ("term_years", |policy| policy.hubs.term_limit = 1.0.into()),
        ("delegated", |policy| policy.hubs.kind = HubKind::Regional),
        ("clarity", |policy| policy.hubs.kind = HubKind::Both),
        ("holder_may_stand", |policy| {
            (policy.hubs.review_years, policy.hubs.outcomes) = (3.0.into(), vec![Outcome::Reallocate]);
        }),
    ] {
        let mut repaired = policy.clone();
        repair(&mut repaired);
        assert!(of(&policy, key) && !of(&repaired, key), "{key}");
    }
    policy.hubs.hub_cap = 0.0;
    assert!(of(&policy, "share"));
    let bare = Surroundings { years: 10, foundation: false, underserved: false, outsiders: false };
    for key in ["external", "foundation", "coordination"] {
        assert!(unmet(&policy, bare, "hubs", key).is_some() && !of(&policy, key), "{key}");
    }
    assert!(unmet(&policy, bare, "grants", "underserved_floor").is_some());
}

#[test]
fn grants_look_at_hubs_where_hubs_look_at_grants() {
    let mut policy = Policy::default();
    policy.grants.score = ScoreMix { need: 1.0, ..ScoreMix::NONE };
    let why = |policy: &Policy| unmet(policy, AROUND, "grants", "history_memory").unwrap_or("");
    assert!(why(&policy).contains("history"));
    policy.hubs.score.history = 1.0;
    assert!(why(&policy).contains("history"), "without hubs their score does not count");
    policy.hubs.kind = HubKind::Regional;
    assert_eq!(why(&policy), "");
    policy.grants.award = AwardRule::Equal;
    assert!(why(&policy).contains("equal") && unmet(&policy, AROUND, "grants", "score").is_some());
    policy.hubs.delegated = 0.2.into();
    assert_eq!((why(&policy), unmet(&policy, AROUND, "grants", "score")), ("", None));
}
