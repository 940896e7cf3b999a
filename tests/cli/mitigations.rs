//! The effect of mitigations: read from a run, and what is said where there are none.

use crate::bench::Bench;

/// The small world under some policies, with arms that go without something.
fn bench(policies: &str) -> Bench {
    let bench = Bench::new();
    bench.write("bare.toml", &format!("name = \"bare\"\nextends = \"small\"\npolicies = [{policies}]\n"));
    bench.prints("run bare.toml --replicates 4 --years 3");
    bench
}

#[test]
fn every_policy_with_arms_without_something_has_its_tables() {
    let bench = Bench::new();
    let more = "\n[[ablation]]\npolicy = \"regional-hubs\"\nwithout = [[\"review\", \"pilots\"]]\n";
    let policies = "\"thematic-hubs\", \"thematic-hubs without pilots\", \"status-quo\", \"thematic-hubs without review\", \
                    \"regional-hubs\", \"regional-hubs without review and pilots\"";
    let text = format!("name = \"bare\"\nextends = \"small\"\npolicies = [{policies}]\n{more}");
    bench.write("bare.toml", &text);
    bench.prints("run bare.toml --replicates 4 --years 3");
    let table = bench.prints("mitigations latest");
    for words in
        ["mitigation of thematic-hubs", "mitigation of regional-hubs", "review and pilots", "pilots", "4 replicates"]
    {
        assert!(table.contains(words), "{words} is missing in\n{table}");
    }
    let csv = bench.prints("mitigations bare --format csv");
    let rows = |start: &str| csv.lines().filter(|line| line.starts_with(start)).count();
    let each = rows("thematic-hubs,pilots,");
    assert!(each >= 5, "{csv}");
    assert_eq!((rows("thematic-hubs,review,"), rows("regional-hubs,review and pilots,")), (each, each));
    assert_eq!(rows("status-quo,"), 0);
    let json: serde_json::Value = serde_json::from_str(&bench.prints("mitigations bare --format json")).expect("JSON");
    assert_eq!(json["rows"].as_array().expect("rows").len(), 3 * each);
    // The difference is with − without.
    let row = &json["rows"][0];
    let number = |cell: &serde_json::Value| cell.as_f64().unwrap_or_else(|| panic!("no number in {row}"));
    let effect = number(&row["with"]) - number(&row["without"]);
    assert!((effect - number(&row["difference"]["mean"])).abs() < 1e-9, "{row}");
}

#[test]
fn a_run_without_such_arms_says_what_to_write() {
    let said = bench("\"status-quo\", \"thematic-hubs\"").says("mitigations latest");
    assert_eq!(said.status, 2, "{}", said.err);
    for words in ["[[ablation]]", "policy = \"thematic-hubs\"", "without = ["] {
        assert!(said.err.contains(words), "{words} is missing in\n{}", said.err);
    }
    assert!(said.out.is_empty());
}

#[test]
fn an_arm_without_its_policy_says_which_is_missing() {
    let said = bench("\"status-quo\", \"thematic-hubs without pilots\"").says("mitigations latest");
    assert_eq!(said.status, 2, "{}", said.err);
    assert!(said.err.contains("no thematic-hubs to compare it with"), "{}", said.err);
    assert_eq!(Bench::new().says("mitigations latest").status, 2);
}
