//! Interrupted runs come out as if nothing had happened.

use std::fs;
use std::path::PathBuf;

use hubsim::store::{Manifest, Opened, RunKey, StoredRun, RunFolder};
use hubsim_lab::experiment::{ArmId, Sink};

use crate::fixture::*;

fn parts(folder: &RunFolder) -> PathBuf {
    folder.path().join(".unfinished/trials")
}

#[test]
fn a_finished_run_has_these_files_and_no_others() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let names: Vec<String> = answer(out.path()).into_keys().collect();
    let expected = [
        "comparisons.csv",
        "dictionary.csv",
        "flows.parquet",
        "mandates.parquet",
        "manifest.json",
        "movement.parquet",
        "organisations.parquet",
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
fn an_interrupted_run_comes_out_as_the_same_bytes() {
    let (whole, broken) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(whole.path(), 1);

    // Killed after nine trials, in an unlucky order, with one being written.
    let order: Vec<_> = plans().into_iter().rev().step_by(3).collect();
    let folder = at_work(broken.path());
    assert_eq!(simulate_missing(&folder, &order), 8);
    fs::write(parts(&folder).join(".000-00000.part.1.tmp"), "half a trial").unwrap();
    fs::write(folder.path().join(".years.parquet.1.tmp"), "half a table").unwrap();
    drop(folder);

    let Opened::Unfinished(folder) = RunFolder::open(broken.path(), &run_key()).unwrap() else {
        panic!("it was begun");
    };
    assert_eq!(folder.stored_trials(), 8);
    assert_eq!(simulate_missing(&folder, &plans()), 16);
    let found = findings(&folder);
    // Killed once more, just before the end.
    folder.tables(&found).unwrap();
    drop(folder);
    assert!(!Manifest::read(&run_key().folder(broken.path())).unwrap().unwrap().complete);

    let folder = at_work(broken.path());
    assert_eq!(simulate_missing(&folder, &plans()), 0);
    folder.finish(&found, &provenance(99)).unwrap();
    assert_eq!(answer(whole.path()), answer(broken.path()));
}

#[test]
fn threads_may_keep_trials_in_any_order() {
    let (one, many) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(one.path(), 1);
    let folder = at_work(many.path());
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let folder = &folder;
            let order: Vec<_> = plans().into_iter().rev().skip(thread).step_by(4).collect();
            scope.spawn(move || simulate_missing(folder, &order));
        }
    });
    let found = findings(&folder);
    folder.finish(&found, &provenance(1)).unwrap();
    assert_eq!(answer(one.path()), answer(many.path()));
}

#[test]
fn a_damaged_trial_is_simulated_again() {
    let (whole, broken) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(whole.path(), 1);
    let folder = at_work(broken.path());
    simulate_missing(&folder, &plans());
    let mut names: Vec<PathBuf> = fs::read_dir(parts(&folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    fs::write(&names[3], "").unwrap();
    let mut torn = fs::read(&names[7]).unwrap();
    let last = torn.len() - 1;
    torn[last] ^= 1;
    fs::write(&names[7], torn).unwrap();
    fs::remove_file(&names[20]).unwrap();
    drop(folder);

    let folder = at_work(broken.path());
    assert_eq!(simulate_missing(&folder, &plans()), 3);
    let found = findings(&folder);
    folder.finish(&found, &provenance(1)).unwrap();
    assert_eq!(answer(whole.path()), answer(broken.path()));
}

#[test]
fn a_trial_lost_at_the_last_moment_is_an_error_and_the_run_stays_unfinished() {
    let out = tempfile::tempdir().unwrap();
    let folder = at_work(out.path());
    simulate_missing(&folder, &plans());
    let found = findings(&folder);
    fs::remove_file(parts(&folder).join("001-00004.part")).unwrap();
    let error = folder.finish(&found, &provenance(1)).unwrap_err();
    assert!(error.to_string().contains("replicate 4"), "{error}");
    let folder = at_work(out.path());
    assert_eq!(simulate_missing(&folder, &plans()), 1);
    folder.finish(&found, &provenance(1)).unwrap();
}

#[test]
fn a_finished_run_is_not_run_again_unless_asked() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let before = answer(out.path());

    let Opened::Complete(path, manifest) = RunFolder::open(out.path(), &run_key()).unwrap() else {
        panic!("it was finished");
    };
    assert_eq!(path, run_key().folder(out.path()));

    let (folder, previous) = RunFolder::restart(out.path(), &run_key()).unwrap();
    assert_eq!(previous.unwrap(), *manifest);
    assert_eq!(simulate_missing(&folder, &plans()), 24, "nothing old is believed");
    let found = findings(&folder);
    assert_eq!(Some(found.digest()), manifest.digest);
    // Given up here, the finished run is still the answer.
    drop(folder);
    assert!(matches!(RunFolder::open(out.path(), &run_key()).unwrap(), Opened::Complete(..)));
    assert_eq!(answer(out.path()), before, "nothing hidden is left either");

    let (folder, _) = RunFolder::restart(out.path(), &run_key()).unwrap();
    simulate_missing(&folder, &plans());
    folder.finish(&found, &provenance(7)).unwrap();
    assert_eq!(answer(out.path()), before);
}

#[test]
fn digests_in_the_manifest_are_those_of_the_trials() {
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
fn what_the_caller_adds_is_listed_too() {
    let out = tempfile::tempdir().unwrap();
    let folder = at_work(out.path());
    simulate_missing(&folder, &plans());
    let found = findings(&folder);
    folder.tables(&found).unwrap();
    folder.place("claims.csv", b"claim,verdict\n").unwrap();
    let manifest = folder.seal(&found, &provenance(1)).unwrap();
    assert!(manifest.files.iter().any(|file| file.name == "claims.csv" && file.bytes == 14));
}

#[test]
fn a_kept_outcome_comes_back_as_it_was() {
    let out = tempfile::tempdir().unwrap();
    let folder = at_work(out.path());
    let (trial, outcome) = simulate(1, 3);
    assert!(folder.load(ArmId(1), 3).is_none());
    folder.store(&trial, &outcome).unwrap();
    assert_eq!(
        format!("{:?}", folder.load(ArmId(1), 3).unwrap()),
        format!("{outcome:?}"),
        "NaN is equal to NaN in text"
    );
}

/// What is claimed does not name the run: a finished one takes the new claims over and stays whole.
#[test]
fn other_claims_are_taken_over_without_a_trial() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let claims = |id: &str| RunKey { text: format!("{}\n[[claim]]\nid = \"{id}\"\n", run_key().text), ..run_key() };
    let before = answer(out.path());
    for id in ["A", "B"] {
        let Opened::ClaimsChanged(path, _) = RunFolder::open(out.path(), &claims(id)).unwrap() else {
            panic!("{id} was not taken over");
        };
        let read = StoredRun::read(&path).unwrap();
        assert_eq!(read.scenario, claims(id).text);
        read.manifest.check_files(&path, FileCheck::Content).unwrap();
        assert!(matches!(RunFolder::open(out.path(), &claims(id)).unwrap(), Opened::Complete(..)), "once");
        let now = answer(out.path());
        assert!(before.keys().eq(now.keys()));
        let kept = |name: &str| !matches!(name, "scenario.toml" | "manifest.json");
        assert!(before.iter().filter(|(name, _)| kept(name)).all(|(name, bytes)| now[name] == *bytes));
    }
    // Who was stopped between the two files comes back to a whole folder.
    let path = run_key().folder(out.path());
    std::fs::write(path.join("scenario.toml"), claims("C").text).unwrap();
    assert!(matches!(RunFolder::open(out.path(), &claims("C")).unwrap(), Opened::ClaimsChanged(..)));
    assert_eq!(StoredRun::read(&path).unwrap().scenario, claims("C").text);
}
