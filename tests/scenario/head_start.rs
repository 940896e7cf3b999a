//! `[[head_start]]`: arms in which one organisation begins with more.

use hubsim_lab::experiment::{ArmId, NullSink, run_study};
use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::catalogue::Limit;
use hubsim_model::measures::position;
use hubsim_model::random::Stream;
use hubsim_model::simulation;

use crate::tiny::{TINY, problem, valid, with};

const HEAD_START: &str = "\n[[head_start]]\npolicy = \"hubs\"\n[[head_start]]\npolicy = \"status-quo\"\nmore = 1\n";
const ARMS: [&str; 2] = ["hubs with a head start", "status-quo with a head start"];

#[test]
fn a_head_start_makes_an_arm_with_the_same_levers() {
    let scenario = valid(&format!("{TINY}{HEAD_START}"));
    assert_eq!(scenario.policies[3..], ARMS);
    let policy = |name: &str| scenario.policy(name, &[]).unwrap_or_else(|| panic!("{name} is not there"));
    assert_eq!(policy(ARMS[0]).hubs, policy("hubs").hubs);
    let more = |name: &str| scenario.inputs_under(name, &[]).head_start;
    assert_eq!(["hubs", ARMS[0], ARMS[1], "status-quo"].map(more), [0.0, 0.5, 1.0, 0.0]);
    assert!(scenario.policy_description(ARMS[0]).is_some_and(|text| text.contains("begins with more")));
}

/// What a scenario says of a head start that the one it extends has, too, holds, and is looked at.
#[test]
fn a_later_head_start_holds() {
    let own = |more: &str| {
        let policies = "policies = [\"status-quo\", \"status-quo with a head start\"]";
        format!(
            "name = \"own\"\nextends = \"small\"\n{policies}\n[[head_start]]\npolicy = \"status-quo\"\nmore = {more}\n"
        )
    };
    let arm = "status-quo with a head start";
    assert_eq!(valid(&own("0.2")).inputs_under(arm, &[]).head_start, 0.2);
    assert_eq!(valid(&own("9")).inputs_under(arm, &[]).head_start, 9.0);
    assert_eq!(problem(&own("«-0.5")).found, "-0.5");
    let twice = format!("{}[[head_start]]\npolicy = «\"status-quo\"\n", own("0.2"));
    assert!(problem(&twice).message.contains("a second head start"));
}

#[test]
fn the_resolved_scenario_holds_the_arms_and_their_start() {
    let text = format!("{TINY}{HEAD_START}").replace("more = 1", "more = { uniform = [0.5, 1.5] }");
    let scenario = valid(&text);
    let resolved = scenario.to_toml();
    assert!(resolved.matches("[[head_start]]").count() == 2 && !resolved.contains("[policy.head_start]"), "{resolved}");
    assert!(resolved.contains("policy = \"status-quo\"\nmore = { uniform = [0.5, 1.5] }\n"), "{resolved}");
    let again = valid(&resolved);
    assert_eq!(again, scenario);
    assert_eq!(again.inputs_under(ARMS[1], &[]).head_start, 1.0, "the middle of what it may be");
}

#[test]
fn a_head_start_may_be_of_an_arm_that_goes_without_something() {
    let more =
        "\n[[ablation]]\npolicy = \"hubs\"\nwithout = [\"review\"]\n[[head_start]]\npolicy = \"hubs without review\"\n";
    let scenario = valid(&format!("{TINY}{more}"));
    assert_eq!(scenario.policies[4..], ["hubs without review with a head start"]);
    // Alone, it still knows all that it is made of; and a head start of its own is not handed on.
    let changes = Changes { policies: Some(scenario.policies[4..].to_vec()), ..Changes::default() };
    let alone = Scenario::from_text(&format!("{TINY}{more}"), "tiny.toml", &changes).expect("arms can be selected");
    assert_eq!(valid(&alone.to_toml()), alone);
    let (policy, inputs) = (alone.policy(&alone.policies[0], &[]), alone.inputs_under(&alone.policies[0], &[]));
    assert_eq!((policy.map(|policy| policy.hubs.review_years), inputs.head_start), (Some(Limit::None), 0.5));
    let own = more.replace(
        "[[ablation]]",
        "[[policy]]\nname = \"first\"\nextends = \"hubs\"\nhead_start = { more = 2 }\n\
                                            [[ablation]]\npolicy = \"first\"\nwithout = [\"review\"]\n[[ablation]]",
    );
    let scenario = valid(&format!("{TINY}{own}"));
    let more = |label: &str| scenario.inputs_under(label, &[]).head_start;
    assert_eq!((more("first"), more("first without review")), (2.0, 0.0));
    assert_eq!(valid(&scenario.to_toml()), scenario);
}

#[test]
fn head_starts_are_inherited_with_what_is_extended() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("base.toml"), format!("{TINY}{HEAD_START}")).expect("a file");
    let path = folder.path().join("over.toml");
    let find = |over: &str| {
        std::fs::write(&path, format!("name = \"over\"\nextends = \"base.toml\"\n{over}")).expect("a file");
        Scenario::find(&path.display().to_string(), &Changes::default()).unwrap_or_else(|problems| panic!("{problems}"))
    };
    let added = find("[[head_start]]\npolicy = \"strict hubs\"\n");
    assert_eq!(added.policies[3..], [ARMS[0], ARMS[1], "strict hubs with a head start"]);
    let again = find("[[head_start]]\npolicy = \"status-quo\"\n");
    assert_eq!(again.policies[3..], ARMS);
}

#[test]
fn head_starts_that_cannot_be_are_told_where_they_stand() {
    for (more, message, rule, help) in [
        ("policy = «\"hbs\"", "there is no policy \"hbs\"", "the name of a [[policy]]", "did you mean \"hubs\"?"),
        ("policy = «3", "`policy` is a number", "the name of a [[policy]]", "quotes"),
        ("policy = \"hubs\"\nmore = «-1", "-1", "between 0 and 10", ""),
        ("policy = \"hubs\"\n«mre = 1", "unknown key `mre`", "no such key", "did you mean `more`?"),
        (
            "policy = \"hubs\"\n[[head_start]]\npolicy = «\"hubs\"",
            "a second head start",
            "one of each policy",
            "the first is in tiny.toml, line",
        ),
    ] {
        let problem = problem(&format!("{TINY}\n[[head_start]]\n{more}\n"));
        assert!(problem.message.contains(message), "{problem:#?}");
        assert!(problem.rule.contains(rule), "{problem:#?}");
        assert!(problem.help.contains(help), "{problem:#?}");
    }
    assert!(problem(&format!("{TINY}\n«[[head_start]]\nmore = 1\n")).message.contains("`policy` is missing"));
    assert!(problem(&format!("{TINY}\n«[head_start]\npolicy = \"hubs\"\n")).message.contains("is a table"));
}

/// Year 0 of the small world: who is drawn has half as much again of staff and money, everybody else what they have
/// without it. Who does not draw has the very history that it has where nobody could.
#[test]
fn whoever_is_drawn_begins_with_more_and_nobody_with_less() {
    let text = "name = \"x\"\nextends = \"small\"\nreplicates = 6\nyears = 3\n\
                policies = [\"status-quo\", \"status-quo with a head start\"]\n[[head_start]]\npolicy = \"status-quo\"\n";
    let scenario = valid(text);
    let (plain, ahead) = (&scenario.policies[0], &scenario.policies[1]);
    let mut drawn = Vec::new();
    for replicate in 0..6 {
        let year0 = |name: &str| {
            let policy = scenario.policy(name, &[]).expect("there");
            simulation::simulate(&scenario.inputs_under(name, &[]), &policy, Stream::new(1, replicate), 0)
        };
        let (before, after) = (year0(plain), year0(ahead));
        for (before, after) in before.organisations.iter().zip(&after.organisations) {
            let more = if before.drawn == 1 { 1.5 } else { 1.0 };
            assert_eq!(before.drawn, after.drawn);
            assert!((after.staff - more * before.staff).abs() < 1e-9 * after.staff, "{before:?} {after:?}");
            assert!((after.reserves - more * before.reserves).abs() <= 1e-9 * after.reserves);
            assert!(more > 1.0 || before.prestige == after.prestige);
            assert!(before.drawn == 0 || before.affiliate());
        }
        drawn.extend(before.organisations.iter().filter(|row| row.drawn == 1).map(|row| row.organisation));
    }
    assert_eq!(drawn.len(), 6);
    drawn.sort_unstable();
    drawn.dedup();
    assert!(drawn.len() > 1, "another one in another replicate");
    let findings = run_study(&scenario, &NullSink).expect("nothing stops it");
    let share = position("drawn_share").expect("a measure");
    for (before, after) in findings.arm(ArmId(0)).iter().zip(findings.arm(ArmId(1))) {
        assert!(after.measure(0, share) > before.measure(0, share), "{}", before.replicate);
    }
}

/// An arm that is the policy itself would be told as an advantage that leaves nothing behind.
#[test]
fn a_head_start_of_nothing_is_told() {
    for more in ["0", "0.0"] {
        let text = format!("\n[[head_start]]\npolicy = \"hubs\"\nmore = «{more}\n");
        let problem = problem(&with(&text));
        assert!(problem.message.contains("it is policy \"hubs\" itself"), "{problem:#?}");
        assert!(problem.help.contains("more = 0.5"), "{problem:#?}");
    }
}
