//! Errors of the store: locked, damaged and unwritable folders.

use std::fs;

use hubsim::store::{Manifest, Opened, RunFolder, RunKey, StoreError, StoreErrorCause, StoredRun};
use hubsim_lab::experiment::Sink;

use crate::fixture::*;

fn open_error(out: &std::path::Path) -> StoreError {
    match RunFolder::open(out, &run_key()) {
        Err(error) => error,
        Ok(_) => panic!("it was opened"),
    }
}

#[test]
fn a_second_process_cannot_open_the_run() {
    let out = tempfile::tempdir().unwrap();
    let folder = unfinished_folder(out.path());
    let error = open_error(out.path());
    assert_eq!((&error.cause, error.exit_status()), (&StoreErrorCause::Busy, 3));
    assert!(matches!(RunFolder::restart(out.path(), &run_key()), Err(StoreError { cause: StoreErrorCause::Busy, .. })));
    drop(folder);
    unfinished_folder(out.path());
}

#[test]
fn an_error_names_the_file_that_blocks_the_folder() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("output");
    fs::write(&out, "I am no folder").unwrap();
    let error = open_error(&out);
    assert_eq!(error.exit_status(), 3);
    assert!(error.to_string().starts_with(&out.display().to_string()), "{error}");
    assert_eq!(fs::read(&out).unwrap(), b"I am no folder");
}

#[test]
fn a_trial_that_cannot_be_stored_is_an_error_with_its_reason() {
    let out = tempfile::tempdir().unwrap();
    let folder = unfinished_folder(out.path());
    fs::remove_dir_all(folder.path().join(".unfinished/trials")).unwrap();
    fs::write(folder.path().join(".unfinished/trials"), "").unwrap();
    let (trial, outcome) = simulate(0, 0);
    let error = folder.store(&trial, &outcome).unwrap_err();
    let error = error.to_string();
    assert!(error.contains("000-00000.part") && error.contains("cannot"), "{error}");
}

#[test]
fn a_table_that_cannot_be_written_leaves_no_partial_file() {
    let out = tempfile::tempdir().unwrap();
    let folder = unfinished_folder(out.path());
    simulate_missing(&folder, &plans());
    let found = findings(&folder);
    let path = folder.path().to_path_buf();
    fs::create_dir(path.join("flows.parquet")).unwrap();
    let error = folder.finish(&found, &provenance(1)).unwrap_err();
    assert_eq!(error.path, path.join("flows.parquet"));
    assert!(!content(&path).keys().any(|name| name.ends_with(".tmp")));
    assert!(!Manifest::read(&path).unwrap().unwrap().complete);
    // With the obstacle removed, no trial has to be simulated again.
    fs::remove_dir(path.join("flows.parquet")).unwrap();
    let folder = unfinished_folder(out.path());
    assert_eq!(simulate_missing(&folder, &plans()), 0);
    folder.finish(&found, &provenance(1)).unwrap();
}

#[test]
fn any_changed_file_is_detected() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let path = run_key().folder(out.path());
    for name in results(out.path()).into_keys().filter(|name| name != "manifest.json") {
        let file = path.join(&name);
        let whole = fs::read(&file).unwrap();

        fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        let error = open_error(out.path());
        assert_eq!(error.path, file);
        assert!(matches!(error.cause, StoreErrorCause::Damaged(_)), "{error}");

        fs::remove_file(&file).unwrap();
        assert!(open_error(out.path()).to_string().contains("missing"));
        assert!(StoredRun::read(&path).is_err());

        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 1;
        fs::write(&file, flipped).unwrap();
        let manifest = Manifest::read(&path).unwrap().unwrap();
        assert_eq!(manifest.check_files(&path, hubsim::store::FileCheck::Content).unwrap_err().path, file);
        fs::write(&file, whole).unwrap();
    }
    assert!(matches!(RunFolder::open(out.path(), &run_key()).unwrap(), Opened::Complete(..)));
}

#[test]
fn a_damaged_manifest_is_rejected_and_a_restart_repairs_it() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let before = results(out.path());
    let file = run_key().folder(out.path()).join("manifest.json");
    for damage in ["", "{", "{\"run\": 3}", "[]"] {
        fs::write(&file, damage).unwrap();
        let error = open_error(out.path());
        assert!(matches!(error.cause, StoreErrorCause::Damaged(_)), "{error}");
        assert!(error.to_string().contains("--again"), "{error}");
    }
    let (folder, previous) = RunFolder::restart(out.path(), &run_key()).unwrap();
    assert!(previous.is_none());
    simulate_missing(&folder, &plans());
    let found = findings(&folder);
    folder.finish(&found, &provenance(1)).unwrap();
    assert_eq!(results(out.path()), before);
}

#[test]
fn an_edited_digest_is_detected() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let file = run_key().folder(out.path()).join("manifest.json");
    let text = fs::read_to_string(&file).unwrap();
    let digest = simulate(1, 2).1.digest;
    fs::write(&file, text.replace(&digest, &"0".repeat(64))).unwrap();
    assert!(matches!(open_error(out.path()).cause, StoreErrorCause::Damaged(_)));
}

#[test]
fn an_edited_seed_is_detected_when_the_run_is_read() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let path = run_key().folder(out.path());
    assert!(StoredRun::read(&path).is_ok());
    let file = path.join("manifest.json");
    let text = fs::read_to_string(&file).unwrap();
    let seed = format!("\"seed\": {}", run_key().seed);
    assert!(text.contains(&seed));
    fs::write(&file, text.replace(&seed, "\"seed\": 99")).unwrap();
    let error = StoredRun::read(&path).unwrap_err();
    assert_eq!(error.path, file);
    assert!(matches!(error.cause, StoreErrorCause::Damaged(_)), "{error}");
}

#[test]
fn the_manifest_of_another_run_is_rejected() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let other = RunKey { text: "name = \"made-up\"\nseed = 10\n".into(), seed: 10, ..run_key() };
    let from = run_key().folder(out.path());
    let to = other.folder(out.path());
    fs::rename(from, &to).unwrap();
    match RunFolder::open(out.path(), &other) {
        Err(error) => assert!(error.to_string().contains("another run"), "{error}"),
        Ok(_) => panic!("it was opened"),
    }
}

#[test]
fn an_unfinished_run_cannot_be_read() {
    let out = tempfile::tempdir().unwrap();
    let folder = unfinished_folder(out.path());
    simulate_missing(&folder, &plans()[..5]);
    let error = StoredRun::read(folder.path()).unwrap_err();
    assert_eq!((error.cause, error.path.as_path()), (StoreErrorCause::Unfinished, folder.path()));
}
