//! The same numbers again: `verify`, with a run and with a lock file.

use std::fs;
use std::path::Path;

use hubsim::store::Manifest;

use crate::bench::Bench;

#[test]
fn a_run_is_verified_whole_or_by_sample() {
    let bench = Bench::new();
    bench.prints("run small --replicates 3");
    let folder = bench.run_folder("output", "small");
    let run = folder.file_name().expect("a name").to_str().expect("hexadecimal").to_owned();
    for (line, count) in [
        ("verify latest".to_owned(), "9 of 9"),
        ("verify small".to_owned(), "9 of 9"),
        (format!("verify {}", &run[..6]), "9 of 9"),
        (format!("verify output/small/{run} --sample 2"), "2 of 2"),
    ] {
        let said = bench.prints(&line);
        assert!(said.contains(count), "{line}: {said}");
    }
}

#[test]
fn a_run_that_does_not_come_out_the_same_does_not_hold() {
    let bench = Bench::new();
    bench.prints("run small --replicates 2");
    let folder = bench.run_folder("output", "small");
    pretend_another_digest(&folder.join("manifest.json"));
    let said = bench.says("verify latest");
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(said.err.contains("1 of 6 trials") && said.err.contains("thematic-hubs replicate 0"), "{}", said.err);

    let said = bench.says("run small --replicates 2 --again");
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(said.err.contains("1 of 6 trials") && said.err.contains("thematic-hubs replicate 0"), "{}", said.err);
    bench.prints("verify latest");
}

/// Changes the digest of one trial, and that of all of them so that it fits.
fn pretend_another_digest(path: &Path) {
    let text = fs::read_to_string(path).expect("a manifest");
    let mut manifest: Manifest = serde_json::from_str(&text).expect("a manifest is JSON");
    assert_eq!(manifest.trials[1].policy, "thematic-hubs");
    manifest.trials[1].digests[0] = "0".repeat(64);
    manifest.digest = Some(manifest.recomputed());
    fs::write(path, serde_json::to_vec(&manifest).expect("plain data")).expect("it can be written");
}

#[test]
fn a_lock_holds_until_a_digest_differs() {
    let bench = Bench::new();
    bench.prints("verify --lock lock.toml --write small");
    assert!(bench.prints("verify --lock lock.toml small").contains("small"));
    let lock = bench.read("lock.toml");
    for policy in ["status-quo", "thematic-hubs", "incumbents-claim"] {
        assert!(lock.contains(policy), "{policy} is missing in\n{lock}");
    }
    let digest = lock.split('"').find(|part| part.len() == 64).expect("a digest");
    bench.write("lock.toml", &lock.replace(digest, &"0".repeat(64)));
    let said = bench.says("verify --lock lock.toml small");
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(said.err.contains(": 000000000000 was committed, "), "{}", said.err);
}

#[test]
fn a_lock_that_does_not_know_a_scenario_is_bad_input() {
    let bench = Bench::new();
    assert_eq!(bench.says("verify --lock lock.toml small").status, 2, "no such file");
    bench.write("lock.toml", "scenario = 3");
    assert_eq!(bench.says("verify --lock lock.toml small").status, 2, "no lock");
    bench.write("lock.toml", "");
    let said = bench.says("verify --lock lock.toml small");
    assert_eq!(said.status, 2, "an empty lock");
    assert!(said.err.contains("--write"), "{}", said.err);
}

#[test]
fn writing_a_lock_keeps_what_it_knew_of_others() {
    let bench = Bench::new();
    bench.write("other.toml", "name = \"other\"\nextends = \"small\"\nseed = 5\npolicies = [\"status-quo\"]\n");
    bench.prints("verify --lock lock.toml --write small");
    bench.prints("verify --lock lock.toml --write other.toml");
    bench.prints("verify --lock lock.toml small other.toml");
}
