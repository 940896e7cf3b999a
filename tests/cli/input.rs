//! Wrong input ends with status 2, says where and what to write instead, and leaves nothing behind.

use crate::bench::Bench;

const THREE_WRONG: &str = "name = \"mine\"\nextends = \"small\"\n\n[production]\nfnd = 0.3\nreuse_threshold = 7\n\n[[region]]\nname = \"North\"\nonline = \"many\"\n";

#[test]
fn all_problems_of_a_scenario_come_at_once() {
    let bench = Bench::new();
    bench.write("mine.toml", THREE_WRONG);
    let said = bench.says("check mine.toml");
    assert_eq!(said.status, 2, "{}", said.err);
    for place in ["mine.toml:5", "mine.toml:6", "mine.toml:10"] {
        assert!(said.err.contains(place), "{place} is missing in\n{}", said.err);
    }
    assert!(said.err.contains("`find`"), "a suggestion is missing in\n{}", said.err);
}

#[test]
fn a_wrong_scenario_writes_nothing() {
    let bench = Bench::new();
    bench.write("mine.toml", THREE_WRONG);
    assert_eq!(bench.says("run mine.toml").status, 2);
    assert_eq!(bench.names(), ["mine.toml"]);
}

#[test]
fn programs_get_the_problems_as_a_table() {
    let bench = Bench::new();
    bench.write("mine.toml", THREE_WRONG);
    let said = bench.says("check mine.toml small --format json");
    assert_eq!(said.status, 2);
    let table: serde_json::Value = serde_json::from_str(&said.out).expect("JSON on standard output");
    let rows = table["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 3, "{}", said.out);
    assert_eq!(rows[0]["line"], 5);
    assert_eq!(rows[0]["found"], "fnd");
}

/// Warnings are shown beside the verdict on the scenario, which stays fine; `run` says that there are some.
#[test]
fn what_has_no_effect_is_warned_of() {
    let bench = Bench::new();
    let idle = "name = \"mine\"\nextends = \"small\"\npolicies = [\"thematic-hubs\"]\nreplicates = 1\nyears = 1\n[[policy]]\n\
                name = \"thematic-hubs\"\nhubs = { term_years = 3, term_limit = \"unlimited\" }\n";
    bench.write("mine.toml", idle);
    let said = bench.says("check mine.toml");
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.contains("mine.toml is fine"), "{}", said.out);
    for words in ["warning[HS114]", "mine.toml:8", "a term that ends runs on", "1 warning in mine.toml"] {
        assert!(said.err.contains(words) && !said.err.contains("nothing was run"), "{words}: {}", said.err);
    }
    let table: serde_json::Value = serde_json::from_str(&bench.prints("check mine.toml --format json")).expect("JSON");
    assert_eq!((&table["rows"][0]["kind"], &table["rows"][0]["code"]), (&"warning".into(), &"HS114".into()));
    let said = bench.says("run mine.toml");
    assert!(said.status == 0 && said.err.contains("1 warning: `hubsim check` shows it"), "{}", said.err);
}

#[test]
fn the_built_in_scenarios_are_fine() {
    let said = Bench::new().prints("check small wikimedia-2023");
    assert!(said.contains("small is fine") && said.contains("wikimedia-2023 is fine"), "{said}");
}

#[test]
fn a_mistyped_scenario_gets_a_suggestion() {
    let bench = Bench::new();
    let said = bench.says("run smal");
    assert_eq!(said.status, 2, "{}", said.err);
    assert!(said.err.contains("small"), "{}", said.err);
    assert!(bench.names().is_empty());
}

#[test]
fn a_change_on_the_command_line_is_checked_like_a_file() {
    let bench = Bench::new();
    for (line, hint) in [
        ("run small --set production.fnd=0.3", "`find`"),
        ("run small --set production.find=7", "between 0 and 1"),
        ("run small --set production.find", "production.find="),
        ("run small --policies status-qou", "status-quo"),
        ("run small --replicates 0", "1"),
        ("run small --years 100000", "500"),
    ] {
        let said = bench.says(line);
        assert_eq!(said.status, 2, "{line}\n{}\n{}", said.out, said.err);
        assert!(said.err.contains(hint), "{line}: {hint} is missing in\n{}", said.err);
    }
    assert!(bench.names().is_empty());
}

#[test]
fn numbers_on_the_command_line_are_told_what_they_may_be() {
    let bench = Bench::new();
    for (line, hint) in [
        ("run small --seed -1", "write a whole number, not below 0"),
        ("run small --replicates -3", "write a whole number, not below 0"),
        ("run small --years 1.5", "write a whole number such as 7"),
        ("run small --years 99999999999", "that is too large"),
        ("run small --threads 0", "1..=1024"),
        ("run small --threads -1", "1..=1024"),
        ("run small --format xml", "[possible values: table, csv, json]"),
        ("run small --policies nobody", "there are"),
        ("replay small --policy status-quo --replicate -1", "write a whole number, not below 0"),
    ] {
        let said = bench.says(line);
        assert_eq!(said.status, 2, "{line}\n{}\n{}", said.out, said.err);
        assert!(said.err.contains(hint), "{line}: {hint} is missing in\n{}", said.err);
    }
    assert!(bench.names().is_empty());
}

#[test]
fn bytes_that_are_no_text_are_told_where_they_stand() {
    let bench = Bench::new();
    std::fs::write(bench.path("mine.toml"), b"name = \"c\"\nfind = 0.\xff3\n").expect("a file can be written");
    let said = bench.says("run mine.toml");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("mine.toml:2:10") && said.err.contains("not UTF-8"), "{}", said.err);
    assert_eq!(bench.names(), ["mine.toml"]);
}

#[test]
fn what_is_no_command_line_is_bad_input() {
    let bench = Bench::new();
    for line in ["", "fly", "run --replicates many", "verify", "check", "verify --lock lock.toml"] {
        assert_eq!(bench.says(line).status, 2, "hubsim {line}");
    }
}

#[test]
fn the_base_says_that_it_is_there_to_be_extended() {
    let bench = Bench::new();
    for line in ["run base", "check base", "mechanisms base", "scenario show base --resolved"] {
        let said = bench.says(line);
        assert_eq!(said.status, 2, "{line}\n{}", said.err);
        for words in ["the base cannot be run", "extends = \"base\"", "`small`", "1 problem"] {
            assert!(said.err.contains(words), "{line}: {words}\n{}", said.err);
        }
    }
    let list = bench.prints("scenario list --format csv");
    assert!(list.contains("\nbase,false,") && list.matches(",true,").count() == 5, "{list}");
    assert!(bench.prints("scenario show base").contains("name = \"base\""));
    assert!(bench.names().is_empty());
}

#[test]
fn an_unknown_run_is_bad_input() {
    let bench = Bench::new();
    for line in ["report latest", "verify small", "report nowhere/at/all"] {
        let said = bench.says(line);
        assert_eq!(said.status, 2, "hubsim {line}\n{}", said.err);
    }
    assert!(bench.names().is_empty());
}

#[test]
fn a_copy_never_replaces_a_file() {
    let bench = Bench::new();
    bench.write("mine.toml", "precious");
    assert_eq!(bench.says("scenario copy small mine.toml").status, 2);
    assert_eq!(bench.read("mine.toml"), "precious");
    bench.prints("scenario copy small other.toml");
    assert!(bench.prints("check other.toml").contains("other.toml is fine"));
}

/// Runs of a copy are not mixed up with those of what it was copied from.
#[test]
fn a_copy_has_the_name_of_its_file() {
    let bench = Bench::new();
    let said = bench.says("scenario copy small mine.toml");
    assert!(said.status == 0 && said.err.contains("as `mine`"), "{}", said.err);
    let (copy, small) = (bench.read("mine.toml"), bench.prints("scenario show small"));
    assert!(copy.starts_with("# A copy of the built-in scenario `small`"), "{copy}");
    assert!(copy.ends_with(&small.replacen("name = \"small\"", "name = \"mine\"", 1)), "{copy}");
    bench.prints("run mine.toml --replicates 2 --quiet");
    bench.run_folder("output", "mine");
    bench.prints("scenario copy small latest.toml");
    assert!(bench.read("latest.toml").contains("\nname = \"small\"\n"), "a file may have a name that no scenario may");
    bench.prints("scenario copy small");
    assert!(bench.read("small.toml").contains("\nname = \"small\"\n"));
}

#[test]
fn a_resolved_scenario_can_be_read_again() {
    let bench = Bench::new();
    bench.write("resolved.toml", &bench.prints("scenario show small --resolved"));
    bench.write("again.toml", "");
    assert!(bench.prints("check resolved.toml").contains("24 trials of 6 years"));
}

#[test]
fn the_scenario_of_the_readme_is_fine() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("```toml\n").expect("the readme shows a scenario");
    let (scenario, _) = rest.split_once("```").expect("the block has an end");
    let bench = Bench::new();
    bench.write("hubs-in-lean-years.toml", scenario);
    assert!(bench.prints("check hubs-in-lean-years.toml").contains("2 policies × 50 replicates"));
}
