//! `--set` and the other options.

use hubsim_lab::scenario::{Changes, DiagnosticReport, Scenario};

use crate::tiny::TINY;

fn with(set: &[&str]) -> Result<Scenario, DiagnosticReport> {
    let set = set.iter().map(|&text| text.to_owned()).collect();
    Scenario::from_text(TINY, "tiny.toml", &Changes { set, ..Changes::default() })
}

#[test]
fn values_are_set_by_path() {
    let scenario = with(&[
        "production.find=0.6",
        "region.North.online = 42",
        "region.\"South.East\".group=elsewhere",
        "region.North.affinity.\"South.East\"=0.1",
        "policy.hubs.hubs.share={ from = 0, to = 0.2, by_year = 2 }",
        "policy.strict hubs.hubs.outcomes=[\"split\"]",
        "shock.1.year=3",
        "theme.Education.core=true",
        "people_per_agent=5",
        "years=9",
    ])
    .unwrap_or_else(|problems| panic!("{problems}"));
    let inputs = scenario.world_inputs(&[]);
    assert_eq!(inputs.parameters.production.find, 0.6);
    assert_eq!((inputs.region[0].online, inputs.region[1].group.as_str()), (42.0, "elsewhere"));
    assert_eq!(inputs.region[0].affinity["South.East"], 0.1);
    assert_eq!((inputs.shock[0].year, inputs.theme[0].core, inputs.people_per_agent), (3.0, true, 5.0));
    assert_eq!(scenario.years, 9);
    assert_eq!(scenario.policy("hubs", &[]).expect("there").hubs.share.at(2), 0.2);
}

#[test]
fn a_change_of_a_policy_reaches_those_that_extend_it() {
    let scenario = with(&["policy.hubs.hubs.term_years=7"]).expect("valid");
    assert_eq!(scenario.policy("strict hubs", &[]).expect("there").hubs.term_years, 7.0);
    assert_eq!(scenario.policy("status-quo", &[]).expect("there").hubs.term_years, 5.0);
}

#[test]
fn the_last_of_two_changes_holds() {
    let scenario = with(&["production.find=0.6", "production.find=0.7"]).expect("valid");
    assert_eq!(scenario.world_inputs(&[]).parameters.production.find, 0.7);
}

#[test]
fn mistakes_are_told_as_those_of_the_option() {
    for (text, column, message, help) in [
        ("production.find=2", 17, "`find` is 2", "closest allowed value is 1"),
        ("production.fnd=0.2", 12, "unknown key `fnd`", "did you mean `find`?"),
        ("prodcution.find=0.2", 1, "unknown key `prodcution`", "did you mean `production`?"),
        ("region.Nroth.online=3", 8, "no region \"Nroth\"", "did you mean `North`?"),
        ("region.North=3", 8, "an entry of a list", "region.North.key=value"),
        ("shock.2.year=3", 7, "no shock \"2\"", "number from 1 to 1"),
        ("production.find.x=3", 12, "is a number and has no parts", "as a whole"),
        ("production.find", 1, "no `=`", "production.find=…"),
        ("production..find=3", 12, "empty", "key"),
        ("production.find={ uniform = [1 }", 17, "no value", "[a, list]"),
        ("production.find=", 17, "no value", "a number"),
        ("production.find=1\nname=\"x\"", 17, "no value", "a number"),
    ] {
        let problems = with(&[text]).expect_err(text).0;
        let [problem] = problems.as_slice() else { panic!("{text}: {problems:#?}") };
        assert_eq!((problem.file.as_str(), problem.line, problem.column), ("--set", 1, column), "{text}: {problem:#?}");
        assert!(problem.message.contains(message), "{problem:#?}");
        assert!(problem.help.contains(help), "{problem:#?}");
    }
}

#[test]
fn options_are_checked_like_keys() {
    let changes = Changes {
        years: Some(0),
        replicates: Some(70_000),
        policies: Some(vec!["hubs".to_owned(), "hbus".to_owned()]),
        seed: Some(u64::MAX),
        ..Changes::default()
    };
    let problems = Scenario::from_text(TINY, "tiny.toml", &changes).expect_err("three mistakes").0;
    let mut told: Vec<(&str, usize)> = problems.iter().map(|p| (p.file.as_str(), p.column)).collect();
    told.sort_unstable();
    assert_eq!(told, [("--policies", 6), ("--replicates", 1), ("--years", 1)]);
}

#[test]
fn fewer_years_do_not_make_a_later_shock_a_mistake() {
    let changes = Changes { years: Some(1), ..Changes::default() };
    assert_eq!(Scenario::from_text(TINY, "tiny.toml", &changes).expect("valid").years, 1);
}
