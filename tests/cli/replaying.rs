//! One trial again with its ledger: `replay`; and every mechanism off in turn: `mechanisms`.

use std::fs;

use hubsim::store::Manifest;
use serde_json::Value;

use crate::bench::Bench;

const TRIAL: &str = "replay small --policy incumbents-claim --replicate 1";

fn ran() -> Bench {
    let bench = Bench::new();
    bench.prints("run small --replicates 2 --years 8 --quiet");
    bench
}

fn events(bench: &Bench, line: &str) -> Vec<Value> {
    let json: Value = serde_json::from_str(&bench.prints(&format!("{line} --format json"))).expect("JSON");
    json.as_array().expect("an array").clone()
}

#[test]
fn a_trial_is_told_year_by_year() {
    let bench = ran();
    let said = bench.says(TRIAL);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.err.contains("came out as in output/small/"), "{}", said.err);
    assert!(bench.says(&format!("{TRIAL} --quiet")).err.is_empty());
    assert!(said.out.starts_with("incumbents-claim, replicate 1: "), "{}", said.out);
    for word in
        ["\nYear 1\n", "\nYear 8\n", "\n  Hubs\n", "\n  Grants\n", " asked the Movement fund for ", "builds began"]
    {
        assert!(said.out.contains(word), "{word} is missing in\n{}", said.out);
    }
    assert!(!said.out.contains(['{', '}', '[', ']', '\x1b']), "a template shows:\n{}", said.out);
    let all = bench.prints(&format!("{TRIAL} --all"));
    assert!(all.matches("began to build").count() > said.out.matches("began to build").count());
}

#[test]
fn programs_get_all_events_with_documented_fields() {
    let bench = ran();
    let events = events(&bench, TRIAL);
    let fields: Value = serde_json::from_str(&bench.prints("replay --fields --format json")).expect("JSON");
    let known = |event: &Value, field: &str| {
        ["year", "quarter", "event", "chapter", "text"].contains(&field)
            || fields["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .any(|row| row["event"] == *event && row["field"] == field)
    };
    for event in &events {
        for (field, value) in event.as_object().expect("an object") {
            assert!(known(&event["event"], field), "{field} of {event}");
            assert!(value != "", "{field} of {event} has no name");
        }
    }
    let csv = bench.prints(&format!("{TRIAL} --format csv"));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("a flat table");
    assert_eq!(rows.len(), events.len());
    assert!(events.len() > 50, "{} events", events.len());
    assert!(bench.prints("replay --fields").contains("runner_up_score"));
}

#[test]
fn filters_tell_what_concerns_somebody() {
    let bench = ran();
    let all = events(&bench, TRIAL);
    let year = events(&bench, &format!("{TRIAL} --year 2 --year 3"));
    let expected: Vec<&Value> = all.iter().filter(|event| event["year"] == 2 || event["year"] == 3).collect();
    assert_eq!(year.iter().collect::<Vec<_>>(), expected);
    let south = events(&bench, &format!("{TRIAL} --region south"));
    assert!(!south.is_empty() && south.len() < all.len());
    assert!(south.iter().any(|event| event["organisation"] == "South chapter"), "who is at home there");
    let mut command = bench.command(&format!("{TRIAL} --format json"));
    let output = command.args(["--organisation", "South chapter"]).output().expect("the binary starts");
    let own: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let names = |event: &Value| event.as_object().expect("an object").values().any(|value| value == "South chapter");
    assert!(own.iter().all(names) && own.len() == all.iter().filter(|event| names(event)).count());
}

#[test]
fn what_is_not_there_is_bad_input_with_a_suggestion() {
    let bench = ran();
    for (line, words) in [
        ("replay small --policy thematic-hub", "did you mean `thematic-hubs`?"),
        ("replay small --policy zebra", "status-quo, thematic-hubs"),
        ("replay small --policy status-quo --replicate 2", "the run has 0 to 1"),
        ("replay small --policy status-quo --year 9", "years 1 to 8"),
        ("replay small --policy status-quo --region Sout", "did you mean `South`?"),
        ("replay small --policy status-quo --organisation Fundation", "did you mean `Foundation`?"),
        ("replay nothing --policy status-quo", "nothing"),
        ("replay", "--policy"),
        ("replay --fields --year 3", "--fields"),
    ] {
        let said = bench.says(line);
        assert_eq!(said.status, 2, "{line}: {}", said.err);
        assert!(said.err.contains(words) && said.out.is_empty(), "{line}: {}\n{}", said.err, said.out);
    }
}

#[test]
fn a_trial_that_comes_out_differently_is_not_told() {
    let bench = ran();
    let path = bench.run_folder("output", "small").join("manifest.json");
    let mut manifest: Manifest = serde_json::from_str(&fs::read_to_string(&path).expect("a manifest")).expect("JSON");
    let arm = manifest.trials.iter_mut().find(|arm| arm.policy == "incumbents-claim").expect("the policy");
    let right = std::mem::replace(&mut arm.digests[1], "0".repeat(64));
    manifest.digest = Some(manifest.recomputed());
    fs::write(&path, serde_json::to_vec(&manifest).expect("plain data")).expect("it can be written");
    let said = bench.says(TRIAL);
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(said.err.contains(&right) && said.err.contains(&"0".repeat(64)), "{}", said.err);
    assert!(said.out.is_empty());
    bench.prints("replay small --policy incumbents-claim --replicate 0");
}

#[test]
fn a_reader_who_stops_reading_a_story_is_no_failure() {
    let bench = ran();
    bench.is_left_unread(&format!("{TRIAL} --format json --quiet"));
}

#[test]
fn every_mechanism_is_switched_off_in_turn() {
    let bench = Bench::new();
    let line = "mechanisms small --replicates 12 --years 3 --policies status-quo,thematic-hubs";
    let said = bench.says(line);
    assert_eq!(said.status, 0, "{}", said.err);
    let words =
        ["production", "support", "learning", "Cannot be switched off: `money` (", "Incumbent share", "status-quo"];
    for word in words {
        assert!(said.out.contains(word), "{word} is missing in\n{}", said.out);
    }
    assert_eq!(said.out, bench.prints(&format!("{line} --threads 1 --quiet")), "threads matter");
    let json: Value = serde_json::from_str(&bench.prints(&format!("{line} --format json"))).expect("JSON");
    let rows = json["rows"].as_array().expect("rows");
    assert!(rows.iter().any(|row| row["difference"]["low"].is_number()));
    assert!(rows.iter().any(|row| row["for all together"] == true), "without support no need is met or unmet");
    let csv = bench.prints(&format!("{line} --format csv"));
    assert_eq!(csv.lines().count(), rows.len() + 1);
    let page = bench.prints(&format!("{line} --format markdown"));
    assert!(page.starts_with("# Which mechanism does what\n") && page.contains("## thematic-hubs"), "{page}");
    assert!(bench.names().is_empty(), "nothing is written");
    assert_eq!(bench.says("mechanisms small --policies zebra").status, 2);
    assert_eq!(bench.says("mechanisms small --format yaml").status, 2);
}
