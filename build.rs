//! What this build is: the model fingerprint, and where it was made.
//!
//! The fingerprint covers every source that can change a simulated number or a measure, and the locked versions
//! of the crates those numbers depend on. It is part of a run's name, so that a changed model never shows the
//! results of another. Code that only stores, draws or prints may change without renaming a run.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders of the sources that run between a scenario and a measure.
const SOURCES: &[&str] = &["crates/lab/src", "crates/model/src"];
/// Crates whose code runs between a scenario and a measure.
const CRATES: &[&str] = &["libm", "rand", "rand_core", "rand_distr"];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    set("FINGERPRINT", &fingerprint(&root));
    set("RUSTC", &said_by(Command::new(env::var_os("RUSTC").unwrap_or("rustc".into())).arg("--version")));
    set("TARGET", &env::var("TARGET").unwrap_or_default());
    set("PROFILE", &env::var("PROFILE").unwrap_or_default());
    set("GIT", &commit(&root));
    for watched in ["build.rs", "src", "crates", "Cargo.toml", "Cargo.lock"] {
        watch(&root.join(watched));
    }
}

fn set(name: &str, value: &str) {
    let value = if value.is_empty() { "unknown" } else { value };
    println!("cargo::rustc-env=HUBSIM_{name}={value}");
}

/// Asks cargo to come back when a file or folder changes. What does not exist would count as changed for ever.
fn watch(path: &Path) {
    if path.exists() {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}

/// blake3 over (path, content) of the sources in order of path, then over the locked versions; 64 hexadecimal
/// digits. Line ends count as `\n` and separators as `/`, so that a checkout on another system is the same model.
pub fn fingerprint(root: &Path) -> String {
    let mut files = Vec::new();
    for folder in SOURCES {
        collect(&root.join(folder), &mut files);
    }
    let mut named: Vec<(String, PathBuf)> = files.into_iter().map(|file| (relative(root, &file), file)).collect();
    named.sort();
    let mut hasher = blake3::Hasher::new();
    for (name, file) in &named {
        let text = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let text: Vec<u8> = text.into_iter().filter(|byte| *byte != b'\r').collect();
        part(&mut hasher, name.as_bytes());
        part(&mut hasher, &text);
    }
    for line in locked(root) {
        part(&mut hasher, line.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// Length before content: two lists of parts never run together to the same bytes.
fn part(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn relative(root: &Path, file: &Path) -> String {
    let path = file.strip_prefix(root).unwrap_or(file);
    let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// `name version` of each crate of [`CRATES`], as the lock file has them; `unlocked` where there is none.
fn locked(root: &Path) -> Vec<String> {
    let Ok(text) = fs::read_to_string(root.join("Cargo.lock")) else {
        return vec!["unlocked".into()];
    };
    let value = |line: &str, key: &str| -> Option<String> {
        Some(line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')?.to_string())
    };
    let mut found = Vec::new();
    let mut name = String::new();
    for line in text.lines().map(str::trim_end) {
        if let Some(next) = value(line, "name") {
            name = next;
        } else if let Some(version) = value(line, "version")
            && CRATES.contains(&name.as_str())
        {
            found.push(format!("{name} {version}"));
        }
    }
    found.sort();
    found
}

/// The commit this was built from, with a `+` where the working tree differs; `unknown` outside git.
fn commit(root: &Path) -> String {
    let git = |arguments: &[&str]| said_by(Command::new("git").arg("-C").arg(root).args(arguments));
    // A package unpacked inside somebody else's repository is not of that repository.
    if git(&["ls-files", "build.rs"]).is_empty() {
        return String::new();
    }
    let hash = git(&["rev-parse", "HEAD"]);
    let branch = git(&["symbolic-ref", "-q", "HEAD"]);
    for path in ["HEAD", "packed-refs", &branch].into_iter().filter(|path| !path.is_empty()) {
        watch(&root.join(git(&["rev-parse", "--git-path", path])));
    }
    let changed =
        !git(&["status", "--porcelain", "--untracked-files=no", "--", "src", "crates", "Cargo.toml", "Cargo.lock"])
            .is_empty();
    if changed && !hash.is_empty() { format!("{hash}+") } else { hash }
}

/// The first line a command prints; nothing if it cannot be run.
fn said_by(command: &mut Command) -> String {
    let output = command.output().ok().filter(|output| output.status.success());
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or_default().trim().to_string()
}
