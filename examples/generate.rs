//! Writes every generated file of the repository, or checks that they are fresh.
//!
//! ```text
//! cargo run --release --example generate              write all
//! cargo run --release --example generate -- --check   write nothing; exit status 1 if one is stale
//! cargo run --release --example generate -- --quick   leave out the page on mechanisms, which takes a minute
//! ```

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use hubsim::report::glossary;
use hubsim_lab::experiment::{NullSink, run_study};
use hubsim_lab::scenario::{Changes, Scenario, catalogue, schema};
use hubsim_model::measures::MEASURES;

/// A file that is made from the code: its path from the root of the repository, and what it must hold.
pub type Generated = (&'static str, String);

/// Where the generated part of `scenarios/base.toml` begins and ends.
const BEHAVIOUR: (&str, &str) = ("# ---- behaviour, in the order of the year ----\n\n", "\n# ---- ");

/// The files that take less than a few seconds.
pub fn quick() -> Vec<Generated> {
    vec![
        ("scenarios/base.toml", base()),
        ("schema/scenario.json", schema::json_schema()),
        ("docs/glossary.md", glossary::markdown()),
        ("tests/golden/small.csv", golden()),
    ]
}

/// The base scenario with its behaviour part made from the catalogue of parameters.
fn base() -> String {
    let text = stored("scenarios/base.toml");
    let start = text.find(BEHAVIOUR.0).expect("the part on behaviour has a heading") + BEHAVIOUR.0.len();
    let end = start + text[start..].find(BEHAVIOUR.1).expect("another part follows it");
    format!("{}{}{}", &text[..start], catalogue::base_parameters(), &text[end..])
}

/// Replicate 0 of the scenario `small`: policy, year, measure and value to ten digits.
fn golden() -> String {
    let changes = Changes { replicates: Some(1), ..Changes::default() };
    let scenario = Scenario::find("small", &changes).unwrap_or_else(|problems| panic!("{problems}"));
    let findings = run_study(&scenario, &NullSink).expect("nothing stops it");
    let mut text = String::from("policy,year,measure,value\n");
    for outcome in &findings.outcomes {
        for (year, values) in outcome.measures.iter().enumerate() {
            for (measure, value) in MEASURES.iter().zip(values).filter(|(_, value)| !value.is_nan()) {
                let policy = &findings.policies[outcome.arm.0];
                writeln!(text, "{policy},{year},{},{value:.9e}", measure.key).expect("a string takes all");
            }
        }
    }
    text
}

/// What a file of the repository holds now.
pub fn stored(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_default()
}

#[allow(dead_code, reason = "a test includes this file for what it generates")]
fn main() -> ExitCode {
    let given = |flag: &str| std::env::args().any(|argument| argument == flag);
    let stale: Vec<Generated> = quick().into_iter().filter(|(path, text)| stored(path) != *text).collect();
    for (path, text) in &stale {
        println!("{} {path}", if given("--check") { "stale:" } else { "written:" });
        if !given("--check") {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            std::fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
    ExitCode::from(u8::from(given("--check") && !stale.is_empty()))
}
