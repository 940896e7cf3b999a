//! Which file imports which, and the circles among them.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::paths_used;

/// The modules that each module imports. A module that names its parent or its child is not counted: both are one unit.
pub fn imports(modules: &BTreeMap<String, String>) -> BTreeMap<String, BTreeSet<String>> {
    let imported = |module: &String, path: &str| {
        let found = longest_prefix(modules, path)?;
        let related = inside(&found, module) || inside(module, &found);
        (!related).then_some(found)
    };
    modules
        .iter()
        .map(|(module, text)| {
            let paths = paths_used(module, text);
            (module.clone(), paths.iter().filter_map(|path| imported(module, path)).collect())
        })
        .collect()
}

/// The module that a path leads to: its longest part that is one.
fn longest_prefix(modules: &BTreeMap<String, String>, path: &str) -> Option<String> {
    let mut path = path;
    while !modules.contains_key(path) {
        path = path.rsplit_once("::")?.0;
    }
    Some(path.to_owned())
}

/// Whether a module is another or lies in it.
fn inside(module: &str, other: &str) -> bool {
    module.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Groups of modules each of which reaches all others of the group by imports, sorted; single modules are none.
pub fn circles(imports: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        imports.keys().map(|module| (module, reachable(imports, module))).collect();
    let mut circles: Vec<Vec<String>> = imports
        .keys()
        .map(|module| {
            let mutual = |other: &&&String| reached.get(**other).is_some_and(|back| back.contains(module));
            reached[module].iter().filter(mutual).map(|other| (*other).clone()).collect()
        })
        .filter(|circle: &Vec<String>| circle.len() > 1)
        .collect();
    circles.sort();
    circles.dedup();
    circles
}

fn reachable<'a>(imports: &'a BTreeMap<String, BTreeSet<String>>, from: &String) -> BTreeSet<&'a String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&String> = imports[from].iter().collect();
    while let Some(module) = open.pop() {
        if found.insert(module) {
            open.extend(&imports[module]);
        }
    }
    found
}
