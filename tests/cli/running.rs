//! Runs: the folder they leave, being killed, being stopped, and coming out the same.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::bench::{Bench, assert_same, contents};

#[test]
fn a_run_prints_its_tables_and_leaves_its_folder() {
    let bench = Bench::new();
    let said = bench.says("run small");
    assert_eq!(said.status, 0, "{}", said.err);
    let folder = bench.run_folder("output", "small");
    assert!(said.out.contains(folder.file_name().expect("a name").to_str().expect("hexadecimal")), "{}", said.out);
    for word in ["status-quo", "thematic-hubs", "incumbents-claim", "["] {
        assert!(said.out.contains(word), "{word} is missing in\n{}", said.out);
    }
    for file in [
        "manifest.json",
        "provenance.json",
        "scenario.toml",
        "years.parquet",
        "themes.parquet",
        "trials.parquet",
        "regions.parquet",
        "mandates.parquet",
        "flows.parquet",
        "organisations.parquet",
        "summary.csv",
        "comparisons.csv",
        "claims.csv",
        "dictionary.csv",
        "report.html",
    ] {
        assert!(folder.join(file).is_file(), "{file} is missing");
    }
    let charts: Vec<_> =
        fs::read_dir(folder.join("charts")).expect("charts").flatten().map(|entry| entry.path()).collect();
    for kind in ["svg", "png", "csv"] {
        assert!(charts.iter().any(|path| path.extension().is_some_and(|it| it == kind)), "no {kind} in {charts:?}");
    }
    assert!(!said.err.contains('\r'), "no bar where no terminal is");
    assert!(bench.says("run small --quiet").err.is_empty());
}

#[test]
fn a_finished_run_is_not_run_again_unless_asked() {
    let bench = Bench::new();
    let first = bench.says("run small --replicates 3");
    let folder = bench.run_folder("output", "small");
    let before = contents(&folder);
    let second = bench.says("run small --replicates 3");
    assert_eq!(second.status, 0);
    assert!(second.err.contains("already finished"), "{}", second.err);
    assert_eq!(first.out, second.out);
    let again = bench.says("run small --replicates 3 --again");
    assert_eq!(again.status, 0, "{}", again.err);
    assert!(again.err.contains("the same"), "{}", again.err);
    assert_eq!(again.out, first.out);
    assert!(before == contents(&folder), "the folder changed");
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let bench = Bench::new();
    bench.prints("run small --threads 1 --out one");
    bench.prints("run small --threads 4 --out four");
    assert_same(&bench.run_folder("one", "small"), &bench.run_folder("four", "small"));
}

#[test]
fn a_run_from_its_own_scenario_is_the_same_run() {
    let bench = Bench::new();
    bench.prints("run small --replicates 2 --set production.find=0.2 --out first");
    let folder = bench.run_folder("first", "small");
    fs::copy(folder.join("scenario.toml"), bench.path("again.toml")).expect("the scenario can be copied");
    bench.prints("run again.toml --out second");
    assert_same(&folder, &bench.run_folder("second", "small"));
}

#[test]
fn a_change_makes_another_run() {
    let bench = Bench::new();
    for line in ["", " --set production.find=0.2", " --seed 9", " --years 3", " --policies status-quo"] {
        bench.prints(&format!("run small --replicates 2{line}"));
    }
    assert_eq!(fs::read_dir(bench.path("output/small")).expect("runs").count(), 5);
}

#[test]
fn a_killed_run_goes_on_and_comes_out_as_the_same_bytes() {
    let bench = Bench::new();
    bench.prints("run small --replicates 60 --out whole");
    let mut child = start(&bench, "run small --replicates 60 --out killed --threads 1");
    await_trials(&mut child, &bench.path("killed"), 5);
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    let folder = bench.run_folder("killed", "small");
    assert!(!folder.join("report.html").exists(), "it was finished before it could be killed");
    let said = bench.says("run small --replicates 60 --out killed");
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.err.contains("continu"), "{}", said.err);
    assert_same(&bench.run_folder("whole", "small"), &folder);
    let provenance = fs::read(folder.join("provenance.json")).expect("provenance");
    let provenance: serde_json::Value = serde_json::from_slice(&provenance).expect("JSON");
    let simulated = provenance["simulated"].as_u64().expect("a count");
    assert!((1..=175).contains(&simulated), "{simulated} of 180 trials were simulated, though 5 were kept");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_was_finished() {
    let bench = Bench::new();
    let mut child = start(&bench, "run small --replicates 300 --threads 1");
    await_trials(&mut child, &bench.path("output"), 3);
    let signal = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(signal.expect("kill can be run").success());
    let output = child.wait_with_output().expect("it ends");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(err.contains("of 900 trials are stored in"), "{err}");
    assert!(trials(&bench.path("output")) >= 3);
}

#[test]
fn a_place_that_cannot_be_written_is_the_worlds_fault() {
    let bench = Bench::new();
    bench.write("file", "no folder");
    let said = bench.says("run small --out file/below");
    assert_eq!(said.status, 3, "{}", said.err);
    assert!(said.err.contains("file/below"), "{}", said.err);
    assert_eq!(bench.names(), ["file"]);
}

#[test]
fn a_report_is_drawn_again_without_simulating() {
    let bench = Bench::new();
    bench.prints("run small --replicates 3");
    let folder = bench.run_folder("output", "small");
    let before = contents(&folder);
    fs::remove_dir_all(folder.join("charts")).expect("charts can be removed");
    fs::remove_file(folder.join("report.html")).expect("the report can be removed");
    bench.prints("report latest");
    let after = contents(&folder);
    assert!(before.keys().eq(after.keys()), "{:?}\n{:?}", before.keys(), after.keys());
    assert!(before == after, "redrawn differently");
}

#[test]
fn programs_get_one_table() {
    let bench = Bench::new();
    let table: serde_json::Value =
        serde_json::from_str(&bench.prints("run small --replicates 3 --format json")).expect("JSON on standard output");
    let json = table["rows"].as_array().expect("rows");
    let levels = json.iter().filter(|row| row["against"] == "").count();
    assert!(levels > 0 && levels < json.len(), "levels and differences");
    let csv = bench.prints("run small --replicates 3 --format csv");
    assert_eq!(csv.lines().count(), json.len() + 1);
}

fn start(bench: &Bench, line: &str) -> Child {
    let mut command = bench.command(line);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts")
}

/// Waits until so many trials are kept below a folder.
fn await_trials(child: &mut Child, out: &Path, count: usize) {
    let mut waited = 0;
    while trials(out) < count {
        assert!(child.try_wait().expect("its state is known").is_none(), "it ended before {count} trials were seen");
        assert!(waited < 12_000, "no {count} trials in a minute");
        waited += 1;
        sleep(Duration::from_millis(5));
    }
}

/// Trials kept below a folder.
fn trials(out: &Path) -> usize {
    let mut count = 0;
    let mut folders = vec![out.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "part") {
                count += 1;
            }
        }
    }
    count
}
