//! What an arm is, is stored with it: an ordinary policy that is merely called like an ablation or a head start is
//! reported as neither, not even when its run is read back; and what is one is known again.

use crate::bench::Bench;

/// Ordinary policies whose names look like an ablation and a head start.
const LOOK_ALIKES: &str = r#"
name = "named"
extends = "small"
policies = ["status-quo", "status-quo without review", "plain", "plain with a head start"]
years = 3
replicates = 3
[[policy]]
name = "status-quo without review"
extends = "status-quo"
grants = { years = 5 }
[[policy]]
name = "plain"
extends = "status-quo"
grants = { years = 2 }
[[policy]]
name = "plain with a head start"
extends = "status-quo"
grants = { years = 3 }
"#;

/// Policies of the same names, made by an ablation and a head start.
const DECLARED: &str = r#"
name = "declared"
extends = "small"
policies = ["hubs", "hubs without review", "hubs with a head start"]
years = 3
replicates = 3
[[policy]]
name = "hubs"
extends = "thematic-hubs"
[[ablation]]
policy = "hubs"
without = ["review"]
[[head_start]]
policy = "hubs"
"#;

/// Everything that commands show of a run, read back from its folder.
fn shown(bench: &Bench, scenario: &str) -> (String, String, i32, String) {
    let tables = bench.prints(&format!("run {scenario} --out out"));
    bench.prints("report latest --out out -q");
    let folder = tables.lines().last().expect("the folder is named").trim().to_owned();
    let mitigations = bench.says("mitigations latest --out out");
    let page = bench.read(&format!("{folder}/report.html"));
    (tables, page, mitigations.status, format!("{}{}", mitigations.out, mitigations.err))
}

#[test]
fn a_policy_that_is_called_like_an_arm_is_an_ordinary_policy() {
    let bench = Bench::new();
    bench.write("named.toml", LOOK_ALIKES);
    let fresh = bench.prints("run named.toml --out out");
    assert!(!fresh.contains("Inherited advantage"), "{fresh}");
    let (again, page, status, mitigations) = shown(&bench, "named.toml");
    assert_eq!(again, fresh, "read back");
    assert!(page.contains("status-quo without review") && page.contains("plain with a head start"));
    assert!(!page.contains("Inherited advantage"));
    assert_eq!(status, 2, "{mitigations}");
    assert!(
        mitigations.contains("no policy of the run") && !mitigations.contains("to compare it with"),
        "{mitigations}"
    );
    assert!(bench.says("claims latest --out out").status == 0);
    // Trials are those of the policies as they are written, not of what the names would say.
    let trials = bench.prints("verify latest --out out -q");
    assert!(trials.contains("12 of 12 trials came out the same"), "{trials}");
}

#[test]
fn an_arm_is_known_again_when_its_run_is_read_back() {
    let bench = Bench::new();
    bench.write("declared.toml", DECLARED);
    let fresh = bench.prints("run declared.toml --out out");
    assert!(fresh.contains("Inherited advantage"), "{fresh}");
    let (again, page, status, mitigations) = shown(&bench, "declared.toml");
    assert_eq!(again, fresh, "read back");
    assert!(page.contains("Inherited advantage"));
    assert!(
        status == 0 && mitigations.contains("mitigation of hubs") && mitigations.contains("review"),
        "{mitigations}"
    );
    // The resolved scenario is the same run: nothing is simulated again.
    let folder = fresh.lines().last().expect("the folder is named").trim();
    let said = bench.says(&format!("run {folder}/scenario.toml --out out"));
    assert!(said.err.contains("already finished") && said.out == fresh, "{}{}", said.err, said.out);
}
