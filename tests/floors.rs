//! Each floor of the house knows only the floors before it.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the ground up.
const FLOORS: [&str; 15] = [
    "ids", "quantity", "chance", "policy", "model", "observe", "metric", "scenario", "design", "trial", "analysis",
    "study", "store", "report", "cli",
];

#[test]
fn lib_has_the_floors_in_order() {
    let text = without_comments(&fs::read_to_string(source("lib.rs")).expect("lib.rs can be read"));
    let modules: Vec<&str> =
        text.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(modules, FLOORS);
}

#[test]
fn no_floor_looks_up() {
    let mut wrong = Vec::new();
    let mut files_read = 0;
    for (height, floor) in FLOORS.iter().enumerate() {
        for file in files_of(floor) {
            let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            files_read += 1;
            for used in floors_used(&text) {
                let at = FLOORS.iter().position(|name| *name == used);
                if at.is_some_and(|at| at > height) {
                    wrong.push(format!("{} ({floor}) uses crate::{used}", file.display()));
                }
            }
        }
    }
    assert!(files_read >= FLOORS.len(), "only {files_read} files read: are the floors where this test looks?");
    assert!(wrong.is_empty(), "a floor may only use floors before it:\n{}", wrong.join("\n"));
}

#[test]
fn what_looks_up_is_found() {
    let text = "
        use hubsim_model::ids::Region; // crate::cli is only a word here
        /* and crate::report here */
        use crate::{chance, trial::Trial, model::{world, year}};
        fn run() { hubsim::store::open(); crate :: metric :: MEASURES; }
        /// [`Outcome`](hubsim_lab::analysis::Outcome)
        fn text() -> &'static str { \"// no comment\"; hubsim_lab::study::conduct }
        const RAW: &str = r#\"a \" quote\"#; use hubsim_lab::design;
    ";
    assert_eq!(floors_used(text), ["chance", "design", "ids", "metric", "model", "store", "study", "trial"]);
}

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)
}

/// `src/floor.rs` and everything in `src/floor/`.
fn files_of(floor: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let single = source(&format!("{floor}.rs"));
    if single.is_file() {
        files.push(single);
    }
    let mut folders = vec![source(floor)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry of src can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The modules behind every `crate::…` and `hubsim::…` of a source, sorted, each once; comments do not count.
fn floors_used(text: &str) -> Vec<String> {
    let squeezed: String =
        without_comments(text).split_whitespace().collect::<Vec<_>>().join(" ").replace(" :: ", "::");
    let mut used = Vec::new();
    for root in ["crate::", "hubsim::"] {
        for (at, _) in squeezed.match_indices(root) {
            used.extend(first_segments(&squeezed[at + root.len()..]));
        }
    }
    used.sort();
    used.dedup();
    used
}

/// `trial::Trial …` is `trial`; `{chance, model::{world, year}}` is `chance` and `model`.
fn first_segments(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
    };
    let Some(list) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut names = vec![name(list)];
    let mut depth = 1;
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&list[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// The text without `// …` and `/* … */`, and without the insides of string literals.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = &rest[rest.find("*/").map_or(rest.len(), |end| end + 2)..];
        } else if rest.starts_with("r#\"") {
            rest = &rest[rest.find("\"#").map_or(rest.len(), |end| end + 2)..];
        } else if letter == '"' {
            rest = &rest[end_of_string(rest)..];
        } else if rest.starts_with("'\"'") {
            rest = &rest[3..];
        } else {
            kept.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    kept
}

/// Where a string literal that begins a text ends.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
