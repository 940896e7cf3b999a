//! Every rule has a code, an explanation, and an example that breaks it.

use hubsim_lab::scenario::{Changes, DiagnosticReport, Memory, Rule, Scenario, rules};

/// Rules that no text alone can break, and where else they are tested, or why they are not.
const DESCRIBED: &[(&str, &str)] = &[
    ("HS004", "a folder: extends.rs"),
    ("HS005", "unreadable: needs permissions that a test does not have"),
    ("HS006", "a large file: extends.rs"),
    ("HS007", "not UTF-8: extends.rs"),
    ("HS008", "the base: below"),
    ("HS009", "a defect of hubsim: the freshness tests of the catalogue rule it out"),
    ("HS010", "two files: below"),
    ("HS011", "17 files: below"),
    ("HS053", "no governed funder is an error of its own (HS076)"),
    ("HS066", "many entries: bad_whole.rs"),
];

/// The codes of problems, or of warnings.
fn codes(read: Result<Scenario, DiagnosticReport>) -> Vec<&'static str> {
    let all = read.map_or_else(|report| report.0, |scenario| scenario.warnings.0);
    all.iter().map(|diagnostic| diagnostic.code).collect()
}

fn read(example: &str) -> Result<Scenario, DiagnosticReport> {
    if let Some(set) = example.strip_prefix("--set ") {
        return Scenario::find("small", &Changes { set: vec![set.to_owned()], ..Changes::default() });
    }
    let text = Rule::example(example).unwrap_or_else(|| panic!("no example: {example}"));
    Scenario::from_text(&text, "example.toml", &Changes::default())
}

#[test]
fn every_rule_is_broken_by_its_example_and_by_no_corrected_one() {
    let mut failed = Vec::new();
    for rule in rules() {
        if rule.wrong.starts_with('(') {
            assert!(DESCRIBED.iter().any(|(code, _)| *code == rule.code), "{} has no example", rule.code);
            continue;
        }
        assert!(!DESCRIBED.iter().any(|(code, _)| *code == rule.code), "{} has an example", rule.code);
        let found = codes(read(rule.wrong));
        if !found.contains(&rule.code) {
            failed.push(format!("{}: found {found:?} in\n{}", rule.code, rule.wrong));
        }
        match read(rule.right) {
            Err(report) => failed.push(format!("{}: corrected, but\n{report}", rule.code)),
            Ok(scenario) => {
                // Examples of errors may be idle; those of warnings are not.
                let warned = scenario.warnings.0.iter().any(|warning| warning.code == rule.code);
                if warned {
                    failed.push(format!("{}: corrected, but still warned of", rule.code));
                }
            }
        }
    }
    assert!(failed.is_empty(), "{} failed\n{}", failed.len(), failed.join("\n\n"));
}

#[test]
fn files_in_memory_extend_each_other() {
    let find = |files: &Memory, what: &str| Scenario::find_in(files, what, &Changes::default());
    let files = Memory::new([
        ("a/over.toml", "name = \"over\"\nextends = \"../base/mine.toml\"\nseed = 7\n"),
        ("base/mine.toml", "name = \"mine\"\nextends = \"small\"\nyears = 4\n"),
        ("one.toml", "name = \"one\"\nextends = \"./two.toml\"\n"),
        ("two.toml", "name = \"two\"\nextends = \"a/../one.toml\"\n"),
        ("17.toml", "name = \"last\"\nextends = \"small\"\n"),
    ]);
    let over = find(&files, "a/over.toml").unwrap_or_else(|report| panic!("{report}"));
    assert_eq!((over.name.as_str(), over.seed, over.years), ("over", 7, 4));
    assert_eq!(codes(find(&files, "one.toml")), ["HS010"]);
    assert_eq!(codes(find(&files, "three.toml")), ["HS003"]);
    assert_eq!(codes(find(&files, "base")), ["HS008"]);
    let text = "name = \"text\"\nextends = \"base/mine.toml\"\n";
    let from_text = Scenario::from_text_in(&files, text, "text.toml", &Changes::default());
    assert_eq!(from_text.unwrap_or_else(|report| panic!("{report}")).years, 4);
    let chain = (1..=17).map(|at| {
        let base = if at == 17 { "small".to_owned() } else { format!("{}.toml", at + 1) };
        (format!("{at}.toml"), format!("name = \"x\"\nextends = \"{base}\"\n"))
    });
    assert_eq!(codes(find(&Memory::new(chain), "1.toml")), ["HS011"]);
}
