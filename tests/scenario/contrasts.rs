//! `[[contrast]]`, and lists that `[]` empties.

use hubsim_lab::scenario::{Changes, DiagnosticReport, Memory, Scenario, ShownContrast};
use hubsim_lab::{ArmId, NullSink, run_study};

use crate::tiny::{TINY, problem, valid, with};

const CONTRASTS: &str = "\n[[contrast]]\narm = \"strict hubs\"\nagainst = \"hubs\"\n[[contrast]]\narm = \"hubs\"\nagainst = \"status-quo\"\n";

fn pairs(scenario: &Scenario) -> Vec<(&str, &str)> {
    scenario.contrasts.iter().map(|ShownContrast { arm, against }| (arm.as_str(), against.as_str())).collect()
}

/// A scenario that extends the tiny one.
fn over(more: &str) -> Result<Scenario, DiagnosticReport> {
    let claim = "[[claim]]\nid = \"A\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\n";
    let arm = "[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\nset = { grants.years = 2 }\n";
    let files = Memory::new([("tiny.toml", with(&format!("{CONTRASTS}{claim}{arm}")))]);
    let text = format!("name = \"over\"\nextends = \"tiny.toml\"\n{more}");
    Scenario::from_text_in(&files, &text, "over.toml", &Changes::default())
}

#[test]
fn contrasts_say_which_differences_are_shown() {
    let scenario = valid(&with(CONTRASTS));
    assert_eq!(pairs(&scenario), [("strict hubs", "hubs"), ("hubs", "status-quo")]);
    assert_eq!(valid(&scenario.to_toml()), scenario);
    let findings = run_study(&scenario, &NullSink).expect("nothing stops it");
    let shown = |found: &hubsim_lab::Findings| {
        found.shown_contrasts().iter().map(|of| (of.arm.0, of.against.0)).collect::<Vec<_>>()
    };
    assert_eq!(shown(&findings), [(2, 1), (1, 0)]);
    assert_eq!(shown(&findings.choosing(&valid(TINY))), [(1, 0), (2, 0)], "by default each against the first");
    // Where an arm does not run, its contrasts are not shown.
    let policies = Some(vec!["status-quo".to_owned(), "hubs".to_owned()]);
    let changes = Changes { policies, ..Changes::default() };
    let fewer = Scenario::from_text(&with(CONTRASTS), "tiny.toml", &changes).expect("policies can be selected");
    let findings = run_study(&fewer, &NullSink).expect("nothing stops it");
    assert_eq!(findings.chosen.iter().map(|of| (of.arm, of.against)).collect::<Vec<_>>(), [(ArmId(1), ArmId(0))]);
    assert_eq!(valid(&fewer.to_toml()), fewer, "a resolved scenario may name what does not run");
}

#[test]
fn contrasts_are_inherited_and_said_once() {
    let more =
        "[[contrast]]\narm = \"hubs\"\nagainst = \"status-quo\"\n[[contrast]]\narm = \"arm\"\nagainst = \"hubs\"\n";
    let found = over(more).expect("valid");
    assert_eq!(pairs(&found), [("strict hubs", "hubs"), ("hubs", "status-quo"), ("arm", "hubs")]);
    let text = "name = \"x\"\nextends = \"small\"\n[[policy]]\nname = \"thematic-hubs\"\nremove = true\n";
    assert!(Scenario::from_text(text, "x.toml", &Changes::default()).is_err(), "the selection names it");
}

#[test]
fn mistakes_in_contrasts_are_reported_where_they_stand() {
    for (more, code) in [
        ("\n[[contrast]]\narm = «\"hubz\"\nagainst = \"hubs\"\n", "HS042"),
        ("\n[[contrast]]\narm = \"hubs\"\nagainst = «\"hubs\"\n", "HS086"),
        ("\n«[[contrast]]\narm = \"hubs\"\n", "HS019"),
        ("\n[[contrast]]\narm = \"hubs\"\n«than = \"hubs\"\nagainst = \"status-quo\"\n", "HS018"),
    ] {
        assert_eq!(problem(&with(more)).code, code, "{more}");
    }
}

#[test]
fn an_empty_list_empties_what_is_inherited() {
    let plain = over("").expect("valid");
    assert_eq!((plain.claims.len(), plain.contrasts.len(), plain.policies.len()), (1, 2, 4));
    let of = |more: &str| over(more).unwrap_or_else(|report| panic!("{more}\n{report}"));
    assert_eq!(of("contrast = []\n").contrasts, []);
    assert_eq!(of("arm = []\n").policies.len(), 3);
    assert_eq!(of("claim = []\n").claims, []);
    assert!(of("shock = []\n").world_inputs(&[]).shock.is_empty());
    assert!(of("organisation = []\n").world_inputs(&[]).organisation.is_empty());
    let shocks = "[[policy]]\nname = \"hubs\"\nshock = []\n";
    assert_eq!(of(shocks).inputs_under("hubs", &[]).shock.len(), 1, "that of the world");
    // `claims = []` drops the inherited ones beside new ones.
    let own = "claims = []\n[[claim]]\nid = \"B\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"hubs\"\nagainst = \"status-quo\"\nexpect = \"lower\"\n";
    assert_eq!(of(own).claims.iter().map(|claim| claim.id.as_str()).collect::<Vec<_>>(), ["B"]);
    let resolved = of(own);
    assert_eq!(valid(&resolved.to_toml()), resolved);
    // Claims and contrasts about what was emptied are not tested, but not mistakes; what else names it is.
    let policies = "policy = []\npolicies = [\"mine\"]\n";
    let error = over(policies).expect_err("no policy is left");
    assert!(error.0.iter().all(|problem| problem.message.contains("policy")), "{error}");
    let error = over("claims = [\"A\"]\n").expect_err("claims are not selected");
    assert_eq!(error.0[0].code, "HS109", "{error}");
}
