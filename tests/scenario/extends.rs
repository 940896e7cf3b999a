//! One scenario on top of another.

use hubsim_model::catalogue::Limit;
use std::fs;
use std::path::Path;

use hubsim_lab::scenario::{Changes, DiagnosticKind, DiagnosticReport, Scenario};

use crate::tiny::TINY;

/// Writes files into a folder and reads the first.
fn read(files: &[(&str, &str)]) -> Result<Scenario, DiagnosticReport> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    find(&folder.path().join(files[0].0))
}

fn find(path: &Path) -> Result<Scenario, DiagnosticReport> {
    Scenario::find(&path.display().to_string(), &Changes::default())
}

const OVER: &str = r#"
name = "over"
extends = "sub/tiny.toml"
seed = 8
[production]
find = 0.4
[[region]]
name = "North"
volunteers = 5000
affinity = {}
[[region]]
name = "West"
population = 10
online = 5
volunteers = 100
[[theme]]
name = "Technology"
remove = true
[[shock]]
year = 3
region = "West"
affinity = 0.5
[[policy]]
name = "hubs"
hubs = { review_years = "never" }
[[policy]]
name = "longer"
extends = "hubs"
grants = { years = 3 }
"#;

#[test]
fn tables_merge_lists_merge_by_name_and_values_replace() {
    let scenario =
        read(&[("over.toml", OVER), ("sub/tiny.toml", TINY)]).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!((scenario.name.as_str(), scenario.seed, scenario.years), ("over", 8, 6));
    assert_eq!(scenario.description, "", "what describes one file is not handed on");
    let inputs = scenario.world_inputs(&[]);
    let names: Vec<&str> = inputs.region.iter().map(|region| region.name.as_str()).collect();
    assert_eq!(names, ["North", "South.East", "West"]);
    assert_eq!((inputs.region[0].volunteers, inputs.region[0].population), (5000.0, 100.0));
    assert_eq!(inputs.region[0].affinity["South.East"], 0.4, "a map is replaced whole");
    assert_eq!((inputs.theme.len(), inputs.shock.len()), (1, 2));
    assert_eq!(inputs.parameters.production.find, 0.4);
    assert!(scenario.uncertain.iter().any(|uncertain| uncertain.key == "production.reuse_threshold"));
    assert_eq!(scenario.policies, ["status-quo", "hubs", "strict hubs", "longer"]);
    let hubs = scenario.policy("hubs", &[]).expect("there").hubs;
    assert_eq!((hubs.review_years, hubs.share.at(4)), (Limit::None, 0.3));
    assert_eq!(scenario.policy("strict hubs", &[]).expect("there").hubs.review_years, Limit::None);
    let longer = scenario.policy("longer", &[]).expect("there");
    assert_eq!((longer.grants.years, longer.hubs), (3.0, hubs));
}

#[test]
fn a_problem_is_told_where_its_value_comes_from() {
    let over = "name = \"over\"\nextends = \"tiny.toml\"\n[production]\ntaste = 99\n";
    let problems =
        read(&[("over.toml", over), ("tiny.toml", &TINY.replace("find = 0.3", "find = 3"))]).expect_err("two").0;
    let told: Vec<(&str, usize)> =
        problems.iter().map(|p| (p.file.rsplit('/').next().expect("a name"), p.line)).collect();
    let line = TINY.lines().position(|line| line == "find = 0.3").expect("there") + 1;
    assert_eq!(told, [("over.toml", 4), ("tiny.toml", line)]);
    assert_eq!(problems[0].found, "99");
}

#[test]
fn maps_may_still_name_a_region_that_was_removed_but_nothing_else_may() {
    let over = "name = \"over\"\nextends = \"tiny.toml\"\n[[region]]\nname = \"South.East\"\nremove = true\n";
    let problems = read(&[("over.toml", over), ("tiny.toml", TINY)]).expect_err("an organisation is there").0;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert!(problem.message.contains("no region \"South.East\"") && problem.help.contains("`remove = true` removed"));
    let both = format!("{over}[[organisation]]\nname = \"Group\"\nremove = true\n");
    let scenario = read(&[("over.toml", &both), ("tiny.toml", TINY)]).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(scenario.world_inputs(&[]).region[0].affinity.is_empty());
}

#[test]
fn removing_what_is_not_there_is_a_mistake() {
    let over = "name = \"over\"\nextends = \"tiny.toml\"\n[[theme]]\nname = \"Eduction\"\nremove = true\n";
    let problems = read(&[("over.toml", over), ("tiny.toml", TINY)]).expect_err("no such theme").0;
    assert_eq!((problems.len(), problems[0].line, problems[0].column), (1, 5, 1), "{problems:#?}");
    assert!(problems[0].help.contains("did you mean \"Education\"?"));
    let both = over.replace("Eduction", "Education") + "need = 1\n";
    let problems = read(&[("over.toml", &both), ("tiny.toml", TINY)]).expect_err("removed and changed").0;
    assert!(problems[0].message.contains("`need` of a theme that is removed"), "{problems:#?}");
}

#[test]
fn circles_and_endless_chains_end() {
    let circle =
        [("a.toml", "name = \"a\"\nextends = \"b.toml\"\n"), ("b.toml", "name = \"b\"\nextends = \"a.toml\"\n")];
    let problems = read(&circle).expect_err("a circle").0;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert!(problem.message.contains("extends this scenario in turn") && problem.file.ends_with("b.toml"));
    let own = read(&[("a.toml", "name = \"a\"\nextends = \"./a.toml\"\n")]).expect_err("itself").0;
    assert_eq!((own.len(), own[0].line, own[0].column), (1, 2, 11));
    let chain: Vec<(String, String)> =
        (0..40).map(|i| (format!("{i}.toml"), format!("name = \"x\"\nextends = \"{}.toml\"\n", i + 1))).collect();
    let chain: Vec<(&str, &str)> = chain.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let problems = read(&chain).expect_err("too long").0;
    assert!(problems[0].message.contains("more than 16 scenarios"), "{problems:#?}");
}

#[test]
fn a_base_that_cannot_be_had_is_one_problem_not_a_hundred() {
    let over = "name = \"over\"\nextends = \"tiyn.toml\"\npolicies = [\"hubs\"]\n[[organisation]]\nname = \"X\"\nregion = \"North\"\n";
    let problems = read(&[("over.toml", over)]).expect_err("no base").0;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!((problem.line, problem.column, problem.kind), (2, 11, DiagnosticKind::BadInput));
    assert!(problem.message.contains("there is no scenario"));
    let wrong = read(&[("over.toml", "name = \"over\"\nextends = 3\n")]).expect_err("a number").0;
    assert!(wrong[0].message.contains("`extends` is a number"), "{wrong:#?}");
    let near = read(&[("over.toml", "name = \"over\"\nextends = \"samll\"\n")]).expect_err("mistyped").0;
    assert!(near[0].help.contains("did you mean `small`?"), "{near:#?}");
}

#[test]
fn files_that_are_no_scenario_are_told_plainly() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("latin.toml"), b"name = \"a\"\n# caf\xe9\n").expect("a file");
    fs::write(path("large.toml"), vec![b'#'; 5 << 20]).expect("a file");
    fs::write(path("here.toml"), TINY).expect("a file");
    let first = |name: &str| find(&path(name)).expect_err(name).0.remove(0);
    let latin = first("latin.toml");
    assert_eq!((latin.line, latin.column), (2, 6));
    assert!(latin.message.contains("not UTF-8") && latin.message.contains("0xe9"));
    assert!(first("large.toml").message.contains("too large"));
    assert!(first("here").help.contains("here.toml"));
    assert!(first("").message.contains("is a folder"));
    assert!(first("here.toml/x").message.contains("there is no scenario"));
    assert_eq!(first("nobody.toml").kind, DiagnosticKind::BadInput);
    let named = Scenario::find("wikimedia-2032", &Changes::default()).expect_err("mistyped");
    assert!(named.to_string().contains("did you mean `wikimedia-2023`?"), "{named}");
    let nul = Scenario::find("a\u{0}b", &Changes::default()).expect_err("no path");
    assert_eq!(nul.kind(), DiagnosticKind::BadInput);
}

#[test]
fn fewer_years_than_the_base_knows_of_are_no_mistake() {
    let late = TINY.replace("pot = 0.5", "pot = 0.5\n[[shock]]\nyear = 6\nfunder = \"Movement fund\"\npot = 0.5");
    let fewer = "name = \"over\"\nextends = \"tiny.toml\"\nyears = 4\n";
    let scenario = read(&[("over.toml", fewer), ("tiny.toml", &late)]);
    assert_eq!(scenario.unwrap_or_else(|problems| panic!("{problems}")).years, 4);
    // A shock of one's own is.
    let own = format!("{fewer}[[shock]]\nyear = 5\nfunder = \"Movement fund\"\npot = 0.5\n");
    let problems = read(&[("over.toml", &own), ("tiny.toml", &late)]).expect_err("a year too late").0;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert!(problem.file.ends_with("over.toml") && problem.found == "5", "{problem:#?}");
}
