//! An interrupted run continues, and gives the same files as a run without an interruption.

use std::fs;
use std::path::PathBuf;

use hubsim::store::{Manifest, Opened, RunFolder, RunKey, StoredRun};
use hubsim_lab::experiment::{ArmId, Sink};

use crate::fixture::*;

fn trials(folder: &RunFolder) -> PathBuf {
    folder.path().join(".unfinished/trials")
}

#[test]
fn a_finished_run_has_exactly_these_files() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let names: Vec<String> = results(out.path()).into_keys().collect();
    let expected = [
        "comparisons.csv",
        "dictionary.csv",
        "flows.parquet",
        "mandates.parquet",
        "manifest.json",
        "movement.parquet",
        "organisations.parquet",
        "parts.csv",
        "regions.parquet",
        "scenario.toml",
        "summary.csv",
        "themes.parquet",
        "trials.parquet",
        "years.parquet",
    ];
    assert_eq!(names, expected);
}

#[test]
fn an_interrupted_run_gives_the_same_bytes() {
    let (whole, broken) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(whole.path(), 1);

    // Killed after eight trials, in another order, while one more was being written.
    let order: Vec<_> = plans().into_iter().rev().step_by(3).collect();
    let folder = unfinished_folder(broken.path());
    assert_eq!(simulate_missing(&folder, &order), 8);
    fs::write(trials(&folder).join(".000-00000.part.1.tmp"), "half a trial").unwrap();
    fs::write(folder.path().join(".years.parquet.1.tmp"), "half a table").unwrap();
    drop(folder);

    let Opened::Unfinished(folder) = RunFolder::open(broken.path(), &run_key()).unwrap() else {
        panic!("the run is unfinished");
    };
    assert_eq!(folder.stored_trials(), 8);
    assert_eq!(simulate_missing(&folder, &plans()), 16);
    let found = findings(&folder);
    // Killed again, just before the end.
    folder.tables(&found).unwrap();
    drop(folder);
    assert!(!Manifest::read(&run_key().folder(broken.path())).unwrap().unwrap().complete);

    let folder = unfinished_folder(broken.path());
    assert_eq!(simulate_missing(&folder, &plans()), 0);
    folder.finish(&found, &provenance(99)).unwrap();
    assert_eq!(results(whole.path()), results(broken.path()));
}

#[test]
fn threads_may_store_trials_in_any_order() {
    let (one, many) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(one.path(), 1);
    let folder = unfinished_folder(many.path());
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let folder = &folder;
            let order: Vec<_> = plans().into_iter().rev().skip(thread).step_by(4).collect();
            scope.spawn(move || simulate_missing(folder, &order));
        }
    });
    let found = findings(&folder);
    folder.finish(&found, &provenance(1)).unwrap();
    assert_eq!(results(one.path()), results(many.path()));
}

#[test]
fn a_damaged_trial_is_simulated_again() {
    let (whole, broken) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(whole.path(), 1);
    let folder = unfinished_folder(broken.path());
    simulate_missing(&folder, &plans());
    let mut names: Vec<PathBuf> = fs::read_dir(trials(&folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    fs::write(&names[3], "").unwrap();
    let mut torn = fs::read(&names[7]).unwrap();
    let last = torn.len() - 1;
    torn[last] ^= 1;
    fs::write(&names[7], torn).unwrap();
    fs::remove_file(&names[20]).unwrap();
    drop(folder);

    let folder = unfinished_folder(broken.path());
    assert_eq!(simulate_missing(&folder, &plans()), 3);
    let found = findings(&folder);
    folder.finish(&found, &provenance(1)).unwrap();
    assert_eq!(results(whole.path()), results(broken.path()));
}

#[test]
fn a_missing_trial_is_an_error_and_the_run_stays_unfinished() {
    let out = tempfile::tempdir().unwrap();
    let folder = unfinished_folder(out.path());
    simulate_missing(&folder, &plans());
    let found = findings(&folder);
    fs::remove_file(trials(&folder).join("001-00004.part")).unwrap();
    let error = folder.finish(&found, &provenance(1)).unwrap_err();
    assert!(error.to_string().contains("replicate 4"), "{error}");
    let folder = unfinished_folder(out.path());
    assert_eq!(simulate_missing(&folder, &plans()), 1);
    folder.finish(&found, &provenance(1)).unwrap();
}

#[test]
fn a_finished_run_is_simulated_again_only_on_request() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let before = results(out.path());

    let Opened::Complete(path, manifest) = RunFolder::open(out.path(), &run_key()).unwrap() else {
        panic!("the run is finished");
    };
    assert_eq!(path, run_key().folder(out.path()));

    let (folder, previous) = RunFolder::restart(out.path(), &run_key()).unwrap();
    assert_eq!(previous.unwrap(), *manifest);
    assert_eq!(simulate_missing(&folder, &plans()), 24, "no old trial is reused");
    let found = findings(&folder);
    assert_eq!(Some(found.digest()), manifest.digest);
    // If the new run is abandoned here, the results of the finished run stay valid.
    drop(folder);
    assert!(matches!(RunFolder::open(out.path(), &run_key()).unwrap(), Opened::Complete(..)));
    assert_eq!(results(out.path()), before, "no hidden file is left");

    let (folder, _) = RunFolder::restart(out.path(), &run_key()).unwrap();
    simulate_missing(&folder, &plans());
    folder.finish(&found, &provenance(7)).unwrap();
    assert_eq!(results(out.path()), before);
}

#[test]
fn the_manifest_lists_the_digests_of_the_trials() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let manifest = Manifest::read(&run_key().folder(out.path())).unwrap().unwrap();
    assert_eq!(manifest.digest.as_deref(), Some(manifest.recomputed().as_str()));
    for (arm, replicate) in plans() {
        let expected = simulate(arm, replicate).1.digest;
        assert_eq!(manifest.trial(&run_key().policies[arm], replicate), Some(expected.as_str()));
    }
    assert_eq!(manifest.trial("status-quo", REPLICATES), None);
}

#[test]
fn files_added_by_the_caller_are_listed_in_the_manifest() {
    let out = tempfile::tempdir().unwrap();
    let folder = unfinished_folder(out.path());
    simulate_missing(&folder, &plans());
    let found = findings(&folder);
    folder.tables(&found).unwrap();
    folder.add_file("claims.csv", b"claim,verdict\n").unwrap();
    let manifest = folder.seal(&found, &provenance(1)).unwrap();
    assert!(manifest.files.iter().any(|file| file.name == "claims.csv" && file.bytes == 14));
}

#[test]
fn a_stored_outcome_is_read_back_unchanged() {
    let out = tempfile::tempdir().unwrap();
    let folder = unfinished_folder(out.path());
    let (trial, outcome) = simulate(1, 3);
    assert!(folder.load(ArmId(1), 3).is_none());
    folder.store(&trial, &outcome).unwrap();
    assert_eq!(
        format!("{:?}", folder.load(ArmId(1), 3).unwrap()),
        format!("{outcome:?}"),
        "NaN is equal to NaN in text"
    );
}

/// Claims are not part of the run's id: a finished run gets the new claims and stays complete.
#[test]
fn changed_claims_are_stored_without_simulating() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let claims = |id: &str| RunKey { text: format!("{}\n[[claim]]\nid = \"{id}\"\n", run_key().text), ..run_key() };
    let before = results(out.path());
    for id in ["A", "B"] {
        let Opened::ClaimsChanged(path, _) = RunFolder::open(out.path(), &claims(id)).unwrap() else {
            panic!("claim {id} was not stored");
        };
        let read = StoredRun::read(&path).unwrap();
        assert_eq!(read.scenario, claims(id).text);
        read.manifest.check_files(&path, hubsim::store::FileCheck::Content).unwrap();
        assert!(matches!(RunFolder::open(out.path(), &claims(id)).unwrap(), Opened::Complete(..)), "once");
        let now = results(out.path());
        assert!(before.keys().eq(now.keys()));
        let unchanged = |name: &str| !matches!(name, "scenario.toml" | "manifest.json");
        assert!(before.iter().filter(|(name, _)| unchanged(name)).all(|(name, bytes)| now[name] == *bytes));
    }
    // A process that was interrupted between the two files finds a folder that can be completed.
    let path = run_key().folder(out.path());
    std::fs::write(path.join("scenario.toml"), claims("C").text).unwrap();
    assert!(matches!(RunFolder::open(out.path(), &claims("C")).unwrap(), Opened::ClaimsChanged(..)));
    assert_eq!(StoredRun::read(&path).unwrap().scenario, claims("C").text);
}
