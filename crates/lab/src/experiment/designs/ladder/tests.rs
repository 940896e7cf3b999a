use super::*;
use crate::experiment::sink::SinkError;
use crate::experiment::trial::Trial;
use crate::experiment::{NullSink, Subject, run_study};
use crate::scenario::Changes;
use std::sync::Mutex;

/// From the status quo over its governed control to thematic hubs, in the small world. The replicates are fewer than the run's.
const HUBS: &str = r#"
[[ladder]]
from = "status-quo"
through = ["status-quo-governed", "thematic-hubs-of-real-size"]
to = "thematic-hubs"
replicates = 2
steps = [
    { name = "governance", levers = ["governance.accountability", "governance.oversight", "governance.gate", "governance.scanning_years"] },
    { name = "titles", levers = ["hubs.kind", "hubs.share", "hubs.hub_cap", "hubs.pilots", "hubs.wave_size", "hubs.term_years", "hubs.no_misconduct", "hubs.min_age_years", "hubs.capacity_floor", "hubs.max_each", "hubs.may_found", "hubs.min_partners"] },
    { name = "spread", levers = ["hubs.spread"], needs = ["titles"] },
    { name = "reviews", levers = ["hubs.review_years", "hubs.strictness", "hubs.independence", "hubs.outcomes", "hubs.coordination"], needs = ["titles"] },
    { name = "hand-over", levers = ["hubs.foundation", "hubs.hub_cap"], needs = ["titles"] },
]
"#;

fn scenario(more: &str) -> Scenario {
    let text = format!(
        "name = \"laddered\"\nextends = \"small\"\nyears = 4\nreplicates = 3\npolicies = [\"status-quo\", \"thematic-hubs\"]\n{more}"
    );
    Scenario::from_text(&text, "laddered.toml", &Changes::default()).unwrap_or_else(|report| panic!("{report}"))
}

fn digests(findings: &Findings, label: &str) -> Vec<String> {
    let arm = findings.policies.iter().position(|policy| policy == label).unwrap_or_else(|| panic!("no {label}"));
    findings.arm(ArmId(arm)).iter().map(|outcome| outcome.digest.clone()).collect()
}

fn labels(ladder: &LadderFindings) -> Vec<(&str, &str)> {
    ladder
        .findings
        .contrasts
        .iter()
        .map(|of| (ladder.findings.label(of.arm), ladder.findings.label(of.against)))
        .collect()
}

/// Counts the trials that are simulated.
struct Counting(Mutex<Vec<(String, u32)>>);

impl Sink for Counting {
    fn load(&self, _: ArmId, _: u32) -> Option<Outcome> {
        None
    }
    fn store(&self, trial: &Trial, outcome: &Outcome) -> Result<(), SinkError> {
        self.0.lock().expect("no panic").push((trial.policy.clone(), outcome.replicate));
        Ok(())
    }
}

#[test]
fn waypoints_are_the_arms_themselves_bit_for_bit() {
    let scenario = scenario(HUBS);
    let study = run_with_ladders(&scenario, &NullSink).expect("nothing stops it");
    let [ladder] = study.ladders.as_slice() else { panic!("{:?}", study.ladders.len()) };
    assert_eq!(
        labels(ladder),
        [
            ("status-quo-governed", "status-quo"),
            ("status-quo-governed + titles", "status-quo-governed"),
            ("status-quo-governed + titles + spread", "status-quo-governed + titles"),
            ("thematic-hubs-of-real-size", "status-quo-governed + titles + spread"),
            ("thematic-hubs", "thematic-hubs-of-real-size"),
        ]
    );
    let steps: Vec<Subject> = ladder.findings.contrasts.iter().map(|of| of.subject.clone()).collect();
    let names = ["governance", "titles", "spread", "reviews", "hand-over"];
    assert_eq!(steps, names.map(|name| Subject::Step(name.to_owned())));

    // Each waypoint as an arm of a run of its own gives the same trials.
    let waypoints = ["status-quo", "status-quo-governed", "thematic-hubs-of-real-size", "thematic-hubs"];
    let policies = Some(waypoints.map(str::to_owned).to_vec());
    let changes = Changes { policies, years: Some(4), replicates: Some(2), ..Changes::default() };
    let plain = run_study(&Scenario::find("small", &changes).expect("a built-in"), &NullSink).expect("runs");
    for label in waypoints {
        assert_eq!(digests(&ladder.findings, label), digests(&plain, label), "{label}");
    }
    // Every step does something here, and the selected arms are those of a run without the ladder.
    for of in &ladder.findings.contrasts {
        assert!(!crate::analysis::contrasts::identical(&ladder.findings, of), "{:?}", of.subject);
    }
    let plain = run_study(&scenario, &NullSink).expect("runs");
    assert_eq!((study.findings.digest(), &study.findings.policies), (plain.digest(), &plain.policies));
    assert_eq!(study.findings.contrasts, plain.contrasts);
}

#[test]
fn nothing_is_simulated_twice() {
    let scenario = scenario(HUBS);
    let counting = Counting(Mutex::default());
    run_with_ladders(&scenario, &counting).expect("nothing stops it");
    let mut trials = counting.0.into_inner().expect("no panic");
    trials.sort();
    let count = trials.len();
    trials.dedup();
    // Two selected arms in three replicates, four further rungs in two.
    assert_eq!((trials.len(), count, StudyDesign::new(&scenario).trials().len()), (14, 14, 14));
    // A ladder has no more replicates than the run.
    let changes = Changes { replicates: Some(1), ..Changes::default() };
    let text = scenario.to_toml();
    let fewer = Scenario::from_text(&text, "laddered.toml", &changes).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(StudyDesign::new(&fewer).trials().len(), 6);
}

/// The worlds of two orders of the same steps are the same, and both end at the same arms.
#[test]
fn the_order_of_steps_changes_what_lies_between_and_no_luck() {
    let steps = |order: [&str; 2]| {
        let step = |part: &str| match part {
            "spread" => "{ name = \"spread\", levers = [\"hubs.spread\"] }",
            _ => "{ name = \"partners\", levers = [\"hubs.min_partners\"] }",
        };
        format!("[{}, {}]", step(order[0]), step(order[1]))
    };
    let ladder = |order| {
        format!("\n[[ladder]]\nfrom = \"bare\"\nto = \"thematic-hubs\"\nreplicates = 2\nsteps = {}\n", steps(order))
    };
    let bare = "\n[[policy]]\nname = \"bare\"\nextends = \"thematic-hubs\"\nhubs = { spread = 0, min_partners = 0 }\n";
    let (one, two) = (ladder(["spread", "partners"]), ladder(["partners", "spread"]));
    let own = format!(
        "name = \"orders\"\nextends = \"small\"\nyears = 4\nreplicates = 2\npolicies = [\"bare\", \"thematic-hubs\"]\n{bare}{one}{two}"
    );
    let scenario =
        Scenario::from_text(&own, "orders.toml", &Changes::default()).unwrap_or_else(|report| panic!("{report}"));
    let study = run_with_ladders(&scenario, &NullSink).expect("nothing stops it");
    let [first, second] = study.ladders.as_slice() else { panic!("two ladders") };
    for end in ["bare", "thematic-hubs"] {
        assert_eq!(digests(&first.findings, end), digests(&second.findings, end));
    }
    let worlds = |findings: &Findings| findings.arm(ArmId(1)).iter().map(|of| of.world.clone()).collect::<Vec<_>>();
    assert_eq!(worlds(&first.findings), worlds(&second.findings));
    assert_ne!(digests(&first.findings, "bare + spread"), digests(&second.findings, "bare + partners"));
}

#[test]
fn each_step_is_shown_alone_and_left_out_where_that_is_asked_for() {
    let scenario = scenario(&format!("ladders = \"full\"\n{HUBS}"));
    let study = run_with_ladders(&scenario, &NullSink).expect("nothing stops it");
    let ladder = &study.ladders[0];
    let found = labels(ladder);
    // Alone on the status quo: with the titles it needs. The first two are steps of the way, or nearly so.
    assert_eq!(found[5], ("status-quo-governed", "status-quo"));
    assert_eq!(found[7], ("status-quo + titles + spread", "status-quo + titles"));
    // Left out: with what needs it. Without titles nothing is left but governance.
    assert_eq!(found[10], ("thematic-hubs", "thematic-hubs − governance"));
    assert_eq!(found[11], ("thematic-hubs", "status-quo-governed"));
    assert_eq!(found[14], ("thematic-hubs", "thematic-hubs-of-real-size"));
    assert_eq!(found.len(), 15);
    assert_eq!(ladder.findings.contrasts[7].subject, Subject::StepAlone("spread".to_owned()));
    assert_eq!(ladder.findings.contrasts[10].subject, Subject::StepLeftOut("governance".to_owned()));
    // Hubs without governance are a policy that ships.
    let policies = Some(vec!["thematic-hubs-ungoverned".to_owned()]);
    let changes = Changes { policies, years: Some(4), replicates: Some(2), ..Changes::default() };
    let plain = run_study(&Scenario::find("small", &changes).expect("a built-in"), &NullSink).expect("runs");
    assert_eq!(digests(&ladder.findings, "thematic-hubs − governance"), digests(&plain, "thematic-hubs-ungoverned"));
}
