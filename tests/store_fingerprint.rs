//! The model fingerprint: which changes of the sources change it. The tested code is that of the build script.

#[allow(dead_code)]
#[path = "../build.rs"]
mod build;

use std::fs;
use std::path::Path;

use hubsim::store::fingerprint::FINGERPRINT;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The fingerprint of the sources with one file edited.
fn fingerprint_after(file: &str, edit: impl Fn(String) -> String) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    for sources in ["src", "crates"] {
        copy(&root.join(sources), &folder.path().join(sources));
    }
    if root.join("Cargo.lock").exists() {
        fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    }
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap_or_default();
    fs::write(&path, edit(text)).unwrap();
    build::fingerprint(folder.path())
}

fn append_comment(text: String) -> String {
    text + "// more\n"
}

/// A lock file in which a crate has another version.
fn bump(name: &str) -> impl Fn(String) -> String + '_ {
    move |text| {
        let head = format!("name = \"{name}\"\nversion = \"");
        assert!(text.contains(&head), "{name} is locked");
        text.replace(&head, &format!("{head}9"))
    }
}

#[test]
fn it_does_not_depend_on_the_folder_of_the_sources() {
    assert_eq!(fingerprint_after("crates/model/src/ids.rs", |text| text), FINGERPRINT);
}

#[test]
fn it_changes_with_every_layer_that_produces_numbers() {
    for file in [
        "crates/model/src/ids.rs",
        "crates/model/src/units.rs",
        "crates/model/src/random.rs",
        "crates/model/src/policy/levers.rs",
        "crates/model/src/mechanisms/money.rs",
        "crates/model/src/mechanisms/a_new_one.rs",
        "crates/lab/src/scenario/mod.rs",
        "crates/model/src/record/rows.rs",
        "crates/model/src/measures.rs",
        "crates/lab/src/analysis/estimate.rs",
        "crates/lab/src/experiment/runner.rs",
    ] {
        assert_ne!(fingerprint_after(file, append_comment), FINGERPRINT, "{file}");
    }
}

#[test]
fn it_does_not_change_with_layers_that_only_store_or_report() {
    for file in ["src/store.rs", "src/report.rs", "src/cli/mod.rs", "src/main.rs", "README.md"] {
        assert_eq!(fingerprint_after(file, append_comment), FINGERPRINT, "{file}");
    }
}

#[test]
fn it_does_not_depend_on_line_ends() {
    assert_eq!(fingerprint_after("crates/model/src/ids.rs", |text| text.replace('\n', "\r\n")), FINGERPRINT);
}

#[test]
fn it_changes_only_with_locked_crates_that_produce_numbers() {
    for name in ["libm", "rand", "rand_core", "rand_distr"] {
        assert_ne!(fingerprint_after("Cargo.lock", bump(name)), FINGERPRINT, "{name}");
    }
    for name in ["plotters", "parquet", "clap"] {
        assert_eq!(fingerprint_after("Cargo.lock", bump(name)), FINGERPRINT, "{name}");
    }
}
