//! Verdicts as people get them: `claims`, `claims.csv`, and the page.

use std::fs;

use serde_json::Value;

use crate::bench::{Bench, contents};

const SCENARIO: &str = r#"
name = "claiming"
extends = "small"
replicates = 12
years = 6
policies = ["status-quo", "thematic-hubs"]

[[claim]]
id = "levels"
statement = "Need met is no miracle"
measure = "need_met"
policy = "thematic-hubs"
expect = "below"
by = 1.0

[[claim]]
id = "miracle"
statement = "Need met is a miracle"
source = "7-7"
built_in = "It is not."
parts = [
  { measure = "need_met", policy = "thematic-hubs", expect = "above", by = 1.0 },
  { measure = "need_met", policy = "thematic-hubs", against = "incumbents-claim", expect = "higher", by = 0.1 },
]

[[claim]]
id = "gone"
statement = "Hubs are better without their governance"
measure = "need_met"
policy = "incumbents-claim"
against = "thematic-hubs"
expect = "higher"

[[claim]]
id = "shown"
statement = "What hubs do"
kind = "table"
policies = ["status-quo", "thematic-hubs"]
measures = ["need_met", "volunteers"]
"#;

fn read(bench: &Bench, name: &str) -> String {
    fs::read_to_string(bench.run_folder("output", "claiming").join(name)).expect("a file of the run")
}

const ONLY: &str = "--only levels,miracle,gone,shown";

fn ran() -> Bench {
    let bench = Bench::new();
    bench.write("claiming.toml", SCENARIO);
    bench.prints("run claiming.toml --quiet");
    bench
}

#[test]
fn every_claim_has_its_verdict_with_its_evidence() {
    let bench = ran();
    let text = bench.prints(&format!("claims latest {ONLY}"));
    assert!(text.starts_with("4 claims: 1 supported, 1 contradicted, 1 not tested, 1 table.\n"), "{text}");
    for words in [
        "\nlevels: supported",
        "\nmiracle: contradicted",
        "    Need met is a miracle (7-7)\n",
        "Built in: It is not.",
        "Missing from the run: incumbents-claim; run again with it among `--policies`, beside the others.",
    ] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let json: Value =
        serde_json::from_str(&bench.prints(&format!("claims claiming {ONLY} --format json"))).expect("JSON");
    let rows = json["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 1 + 2 + 1 + 4);
    assert_eq!((&rows[0]["verdict"], &rows[1]["claim_verdict"]), (&"supported".into(), &"contradicted".into()));
    assert!(rows[0]["low"].is_number() && rows[2]["low"].is_null());
    assert_eq!(bench.prints("claims latest --format csv"), read(&bench, "claims.csv"));
}

#[test]
fn a_requirement_that_does_not_hold_is_status_1() {
    let bench = ran();
    bench.prints("claims latest --require levels=supported,miracle=contradicted --require gone=not-tested");
    let said = bench.says("claims latest --require levels=contradicted --require gone=supported,miracle=contradicted");
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(said.err.contains("levels is supported, not contradicted"), "{}", said.err);
    assert!(said.err.contains("gone is not-tested, not supported") && !said.err.contains("miracle"), "{}", said.err);
    assert!(said.out.contains("levels: supported"), "the verdicts are shown all the same");
}

#[test]
fn all_claims_may_have_to_hold() {
    let bench = ran();
    let said = bench.says("claims latest --require all --only levels");
    assert_eq!(said.status, 1, "{}", said.err);
    for line in ["miracle is contradicted, not supported", "gone is not-tested, not supported"] {
        assert!(said.err.contains(line), "{}", said.err);
    }
    assert!(!said.err.contains("levels") && !said.err.contains("shown"), "{}", said.err);
}

/// A scenario may say that its claims must hold; then `run` prints a line for each and ends accordingly, also where it was
/// run before. What must hold is no part of the run's name.
#[test]
fn a_scenario_may_require_its_claims() {
    let bench = ran();
    let own = SCENARIO.replace("extends", "claims = []\nextends");
    bench.write("claiming.toml", &own);
    bench.prints("run claiming.toml --quiet");
    let required = own.replace("replicates = 12", "replicates = 12\nrequire = \"all\"");
    bench.write("claiming.toml", &required);
    let said = bench.says("run claiming.toml");
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(said.err.contains("already finished") && said.err.contains("miracle is contradicted"), "{}", said.err);
    assert!(said.out.contains("Claims: 1 supported, 1 contradicted, 1 not tested, 1 table"), "{}", said.out);
    let row = said.out.lines().find(|line| line.trim_start().starts_with("levels")).expect("a row").to_owned();
    assert!(row.contains("supported") && row.contains("Need met is no miracle"), "{row}");
    let csv = bench.says("run claiming.toml --quiet --format csv");
    assert!(csv.status == 1 && !csv.out.contains("miracle"), "{}", csv.out);
    // Without the claims that do not hold, it is a success.
    let at = required.find("[[claim]]\nid = \"miracle\"").expect("there");
    bench.write("claiming.toml", &required[..at]);
    assert!(bench.prints("run claiming.toml --quiet").contains("Claims: 1 supported"));
    assert_eq!(
        fs::read_dir(bench.run_folder("output", "claiming").parent().expect("a folder")).expect("there").count(),
        1
    );
}

#[test]
fn what_nobody_claims_is_bad_input() {
    let bench = ran();
    for (line, words) in [
        ("claims latest --require level=supported", "did you mean `levels`?"),
        ("claims latest --only zebras-everywhere", "there is no claim `zebras-everywhere`"),
        ("claims latest --require levels=true", "supported, contradicted, no-difference, not-decided, not-tested"),
        ("claims latest --require levels", "B1=supported"),
        ("claims latest --require shown=supported", "has no verdict"),
        ("claims nothing", "nothing"),
    ] {
        let said = bench.says(line);
        assert_eq!(said.status, 2, "{line}: {}", said.err);
        assert!(said.err.contains(words) && said.out.is_empty(), "{line}: {}\n{}", said.err, said.out);
    }
}

#[test]
fn verdicts_are_in_the_run_folder_and_drawn_again() {
    let bench = ran();
    let folder = bench.run_folder("output", "claiming");
    let before = contents(&folder);
    let page = read(&bench, "report.html");
    assert!(page.contains("<h2 id=\"claims\">") && page.contains("<strong>miracle</strong> Need met is a miracle"));
    assert!(page.contains("Built in: It is not."));
    let header = read(&bench, "claims.csv").lines().next().expect("a header").to_owned();
    let dictionary = read(&bench, "dictionary.csv");
    for key in header.split(',') {
        assert!(dictionary.contains(&format!("\nclaims.csv,{key},")), "{key}");
    }
    fs::remove_file(folder.join("claims.csv")).expect("it can be removed");
    bench.prints("report latest --quiet");
    assert!(before == contents(&folder), "drawn again it is the same");
    bench.prints("run claiming.toml --quiet --threads 1 --out other");
    assert!(before == contents(&bench.run_folder("other", "claiming")), "threads change nothing");
}

/// An unfinished run has no verdicts: other commands refuse it with the same status.
#[test]
fn an_unfinished_run_is_refused() {
    let bench = ran();
    let manifest = bench.run_folder("output", "claiming").join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("a manifest").replace("\"complete\": true", "\"complete\": false");
    fs::write(&manifest, text).expect("it can be written");
    let (claims, report) = (bench.says("claims claiming"), bench.says("report claiming"));
    assert_eq!((claims.status, &claims.err), (3, &report.err));
    assert!(claims.out.is_empty());
}
