//! The worlds hold facts, and nothing else.

use std::path::{Path, PathBuf};

/// What a world may say: no section of behaviour, no policy, no claim, no shock.
const MAY: &[&str] = &[
    "name",
    "description",
    "extends",
    "years",
    "seed",
    "replicates",
    "replicates_per_world",
    "policies",
    "people_per_agent",
    "region",
    "theme",
    "organisation",
    "funder",
];

/// The file of a world.
pub fn file(world: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims/worlds").join(world).with_extension("toml")
}

/// The names of all worlds.
pub fn worlds() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims/worlds");
    let entries = std::fs::read_dir(folder).expect("the folder of the worlds");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// What a world says that is no fact.
fn other_than_facts(text: &str) -> Vec<String> {
    let table: toml::Table = text.parse().expect("TOML");
    let mut others: Vec<String> = table.keys().filter(|key| !MAY.contains(&key.as_str())).cloned().collect();
    if table.get("extends").and_then(|of| of.as_str()) != Some("base") {
        others.push("extends".to_owned());
    }
    if table.get("years").and_then(toml::Value::as_integer) != Some(20) {
        others.push("years".to_owned());
    }
    // Funders that are not governed could have a policy of their own.
    let funders = table.get("funder").and_then(|of| of.as_array()).into_iter().flatten();
    others.extend(funders.filter(|of| of.get("policy").is_some()).map(|_| "funder.policy".to_owned()));
    others
}

#[test]
fn worlds_differ_in_facts_only() {
    for world in worlds() {
        let text = std::fs::read_to_string(file(&world)).expect("a readable file");
        assert_eq!(other_than_facts(&text), Vec::<String>::new(), "{world}");
        assert!(text.starts_with('#'), "{world} does not say why anything should come of it");
    }
}

#[test]
fn what_is_no_fact_is_seen() {
    let world = "extends = \"base\"\nyears = 20\n";
    assert!(other_than_facts(world).is_empty());
    for (more, found) in [
        ("[production]\nfind = 0.3\n", "production"),
        ("[[policy]]\nname = \"status-quo\"\n", "policy"),
        ("[[claim]]\nid = \"B1\"\nremove = true\n", "claim"),
        ("[[shock]]\nyear = 3\n", "shock"),
        ("[[funder]]\npolicy = \"equal\"\n", "funder.policy"),
    ] {
        assert_eq!(other_than_facts(&format!("{world}{more}")), [found]);
    }
    assert_eq!(other_than_facts("extends = \"small\"\nyears = 20\n"), ["extends"]);
    assert_eq!(other_than_facts("extends = \"base\"\n"), ["years"]);
}
