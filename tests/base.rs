//! The base scenario says what the code says.

use std::collections::BTreeSet;

use hubsim::scenario::{BASE, catalogue};

#[test]
fn the_base_has_every_parameter_as_the_code_declares_it() {
    let lines: BTreeSet<&str> = BASE.text.lines().collect();
    let missing: Vec<String> =
        catalogue::base_parameters().lines().filter(|line| !lines.contains(line)).map(str::to_owned).collect();
    assert!(
        missing.is_empty(),
        "scenarios/base.toml differs from the code; `cargo run --example base_parameters` prints its parameters:\n{}",
        missing.join("\n")
    );
}

#[test]
fn the_base_has_no_parameter_that_the_code_does_not_have() {
    let generated = catalogue::base_parameters();
    let known: BTreeSet<&str> = generated.lines().collect();
    let from = BASE.text.find("[environment]").expect("the parameters begin with the environment");
    let until = BASE.text.find("# ---- policies").expect("the policies come after the parameters");
    let keys = BASE.text[from..until].lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let unknown: Vec<&str> = keys.filter(|line| !known.contains(line)).collect();
    assert!(unknown.is_empty(), "in scenarios/base.toml, but not in the code:\n{}", unknown.join("\n"));
}

#[test]
fn the_base_turns_every_lever() {
    for section in catalogue::LEVERS {
        for spec in section.specs {
            let written = format!("\n{} = ", spec.key);
            assert!(BASE.text.contains(&written), "{}.{} is not in scenarios/base.toml", section.name, spec.key);
        }
    }
}
