//! The layers of each crate: a module uses only modules that its `lib.rs` declares before it, and files do not
//! import one another in large circles.

mod graph;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use graph::{circles, imports};
use source::{is_test, paths_used, production, public_modules};

/// The sources of each crate, and the largest number of its files that may import one another in a circle.
const CRATES: [(&str, &str, usize); 3] =
    [("hubsim_model", "crates/model/src", 2), ("hubsim_lab", "crates/lab/src", 2), ("hubsim", "src", 2)];

/// Modules that use a later one: the design that turns levers stops when its analysis is clear.
const EXCEPTIONS: [(&str, &str); 1] = [("experiment::designs::levers", "analysis")];

/// The production code of a crate, by module (`mechanisms::money`), without comments and tests.
fn modules(folder: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut modules = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry of src can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let file = path.strip_prefix(&root).expect("a file of the folder");
                if is_test(file) {
                    continue;
                }
                modules.insert(module_of(file), production(&read(&path)));
            }
        }
    }
    assert!(modules.len() > 20, "only {} files in {folder}: are the sources where this test looks?", modules.len());
    modules
}

/// The module that a file is: `mechanisms/money.rs` and `mechanisms/money/mod.rs` are `mechanisms::money`.
fn module_of(file: &Path) -> String {
    let name = file.with_extension("");
    let name = name.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("::");
    name.strip_suffix("::mod").unwrap_or(&name).to_owned()
}

fn read(path: &PathBuf) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn a_module_uses_only_modules_before_it() {
    let mut wrong = Vec::new();
    for (name, folder, _) in CRATES {
        let modules = modules(folder);
        let layers = public_modules(&modules["lib"]);
        assert!(layers.len() >= 3, "{name} has the layers {layers:?}");
        let position = |layer: &str| layers.iter().position(|other| other == layer);
        for (module, text) in &modules {
            let Some(own) = position(module.split("::").next().unwrap_or_default()) else { continue };
            for path in paths_used(module, text) {
                let used = path.split("::").next().unwrap_or_default();
                let excepted = EXCEPTIONS.contains(&(module.as_str(), used));
                if position(used).is_some_and(|used| used > own) && !excepted {
                    wrong.push(format!("{name}: {module} uses {path}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "a module may only use modules before it:\n{}", wrong.join("\n"));
}

#[test]
fn files_do_not_import_one_another_in_large_circles() {
    let mut wrong = Vec::new();
    for (name, folder, largest) in CRATES {
        for circle in circles(&imports(&modules(folder))) {
            if circle.len() > largest {
                wrong.push(format!("{name}: {}", circle.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "these files import one another in a circle:\n{}", wrong.join("\n"));
}

fn crate_of(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|&(module, text)| (module.to_owned(), production(text))).collect()
}

#[test]
fn a_circle_is_found() {
    let modules = crate_of(&[
        ("a", "use crate::b::Thing;"),
        ("b", "use crate::{d, c::{self, Other}};"),
        ("c", "fn run() { crate::a::run(); }"),
        ("d", "// use crate::a;\nuse std::fmt;"),
    ]);
    assert_eq!(circles(&imports(&modules)), [["a", "b", "c"]]);
}

#[test]
fn parents_and_children_are_no_circle() {
    let modules = crate_of(&[
        ("a", "mod b;\nuse crate::a::b::Thing;\nuse self::c::Other;"),
        ("a::b", "use super::Shared;\nuse crate::a::Shared;"),
        ("a::c", "use super::b::Thing;"),
    ]);
    assert_eq!(circles(&imports(&modules)), Vec::<Vec<&str>>::new());
    assert_eq!(imports(&modules)["a::c"], ["a::b"].map(str::to_owned).into());
}
