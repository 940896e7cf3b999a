//! Measures of parts of the movement: claims ask for them, during a run and afterwards.

use hubsim::store::{Opened, RunFolder, RunKey, StoredRun};
use hubsim_lab::analysis::Findings;
use hubsim_lab::experiment::{Sink, run_study};
use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::measures::{Dimension, Part, position};

use crate::fixture::provenance;

/// A short study, whose only claim looks at `part`.
fn scenario(part: &str) -> Scenario {
    let text = format!(
        "extends = \"small\"\nname = \"parts\"\nclaims = []\nyears = 3\n[[claim]]\nid = \"A\"\nstatement = \"Hubs help\"\n\
         measure = \"need_met\"\n{part}policy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\n"
    );
    let policies = Some(vec!["status-quo".to_owned(), "thematic-hubs".to_owned()]);
    let changes = Changes { policies, replicates: Some(3), ..Changes::default() };
    Scenario::from_text(&text, "parts.toml", &changes).unwrap_or_else(|report| panic!("{report}"))
}

fn new_folder(out: &std::path::Path, scenario: &Scenario) -> RunFolder {
    match RunFolder::open(out, &RunKey::from_scenario(scenario)).unwrap() {
        Opened::New(folder) | Opened::Unfinished(folder) => folder,
        Opened::Complete(..) | Opened::ClaimsChanged(..) => panic!("the run is complete"),
    }
}

/// All values, by bits, so that empty ones are equal.
fn bits(findings: &Findings) -> Vec<u64> {
    findings.outcomes.iter().flat_map(|of| of.measures.iter().flatten().map(|value| value.to_bits())).collect()
}

#[test]
fn a_finished_run_gives_the_parts_that_another_claim_asks_for() {
    let out = tempfile::tempdir().unwrap();
    let names = scenario("").names();
    let (region, theme) = (&names.region[1], &names.theme[2]);
    let first = scenario(&format!("theme = \"{theme}\"\n"));
    let folder = new_folder(out.path(), &first);
    let found = run_study(&first, &folder).unwrap();
    let path = folder.path().to_path_buf();
    folder.finish(&found, &provenance(1)).unwrap();
    let stored = StoredRun::read(&path).unwrap();
    let again = stored.findings_for(&first).unwrap();
    assert_eq!((&again.parts, bits(&again)), (&found.parts, bits(&found)));

    // The claim is about something else now; nothing is simulated for it.
    let other = scenario(&format!("region = \"{region}\"\n"));
    let value = |findings: &Findings, dimension, name: &str| {
        let part = Part { dimension, name: name.to_owned() };
        let column = findings.column(position("need_met").expect("a measure"), Some(&part));
        findings.outcomes[4].measure(3, column)
    };
    let of_other = stored.findings_for(&other).unwrap();
    assert!(value(&of_other, Dimension::Region, region).is_finite());
    assert_eq!(value(&of_other, Dimension::Region, region), value(&found, Dimension::Region, region));
    assert!(value(&of_other, Dimension::Theme, theme).is_nan() && value(&found, Dimension::Theme, theme).is_finite());
}

#[test]
fn a_trial_that_was_stored_for_other_claims_has_the_parts_of_these() {
    let out = tempfile::tempdir().unwrap();
    let theme = |at: usize| scenario(&format!("theme = \"{}\"\n", scenario("").names().theme[at]));
    let (first, other) = (theme(0), theme(1));
    run_study(&first, &new_folder(out.path(), &first)).unwrap();
    let folder = new_folder(out.path(), &other);
    assert_eq!(folder.stored_trials(), 6);
    let continued = run_study(&other, &folder).unwrap();
    let plain = run_study(&other, &hubsim_lab::experiment::NullSink).unwrap();
    assert_eq!(bits(&continued), bits(&plain));
    assert!(folder.load(hubsim_lab::experiment::ArmId(0), 0).is_some());
}
