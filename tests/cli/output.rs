//! What goes where: results to standard output, the rest to standard error; plain where nobody sees colours.

use crate::bench::Bench;

const COMMANDS: [&str; 12] = [
    "run",
    "check",
    "scenario",
    "explain",
    "schema",
    "levers",
    "mechanisms",
    "mitigations",
    "report",
    "claims",
    "verify",
    "replay",
];

#[test]
fn every_command_has_help_with_an_example() {
    let bench = Bench::new();
    let overview = bench.prints("--help");
    for command in COMMANDS {
        assert!(overview.contains(command), "{command} is missing in\n{overview}");
        let help = bench.prints(&format!("{command} --help"));
        assert!(help.contains("Example:\n  hubsim "), "{command}:\n{help}");
    }
    for command in ["list", "show", "copy"] {
        assert!(bench.prints(&format!("scenario {command} --help")).contains("Example:\n  hubsim scenario "));
    }
}

#[test]
fn nothing_is_coloured_where_no_terminal_is() {
    let bench = Bench::new();
    bench.write("wrong.toml", "name = 3");
    for line in ["explain", "explain find", "scenario list", "check wrong.toml", "run smal", "--help"] {
        let said = bench.says(line);
        assert!(!said.out.contains('\x1b') && !said.err.contains('\x1b'), "hubsim {line}");
    }
}

#[test]
fn a_reader_who_stops_reading_is_no_failure() {
    let bench = Bench::new();
    bench.is_left_unread("explain --format json");
    let whole = bench.prints("explain --format json");
    assert!(whole.len() > 1 << 16, "{} bytes fit into a pipe: nothing was tested", whole.len());
}

#[test]
fn the_listing_explains_every_key_and_measure() {
    let bench = Bench::new();
    let table: serde_json::Value = serde_json::from_str(&bench.prints("explain --format json")).expect("JSON");
    let all = table["rows"].as_array().expect("rows");
    assert!(all.len() > 150, "{} articles", all.len());
    let listing = bench.prints("explain");
    for article in all {
        let key = article["key"].as_str().expect("a key");
        // The codes of diagnostics stand in one line, from the first to the last.
        let is_code = key.strip_prefix("HS").is_some_and(|number| number.parse::<u32>().is_ok());
        assert!(is_code || listing.contains(key), "{key} is not listed");
    }
    let one = bench.prints("explain reuse_threshold");
    assert!(one.contains("production.reuse_threshold") && one.contains("default"), "{one}");
    assert!(bench.prints("explain policy.hubs.share").contains("path in time"));
}

#[test]
fn terms_of_the_glossary_are_explained() {
    let bench = Bench::new();
    let arm = bench.prints("explain arm");
    assert!(arm.contains("One thing that is simulated") && arm.contains("also      arms"), "{arm}");
    // A section and a term of the same name.
    let policy = bench.prints("explain policy");
    assert!(policy.contains("A policy: a name") && policy.contains("A full set of levers"), "{policy}");
    let listing = bench.prints("explain");
    let (_, glossary) = listing.split_once("\nGlossary").expect("a group of terms");
    assert!(glossary.contains("common random numbers") && glossary.contains("user group"), "{glossary}");
    let misspelt = bench.says("explain entrenchmnt");
    assert_eq!(misspelt.status, 2);
    assert!(misspelt.err.contains("did you mean entrenchment?"), "{}", misspelt.err);
}

#[test]
fn the_schema_is_json() {
    let schema: serde_json::Value = serde_json::from_str(&Bench::new().prints("schema")).expect("JSON");
    assert!(schema["properties"]["production"].is_object());
}
