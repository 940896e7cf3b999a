//! Reading Rust sources: comments, strings and tests left out, and the paths that a module uses.

use std::path::Path;

/// Names of the crates of the workspace: a path that begins with one of them leads to its modules.
const ROOTS: [&str; 4] = ["crate", "hubsim_model", "hubsim_lab", "hubsim"];

/// Whether a file, given by its path in the sources, holds tests only.
pub fn is_test(path: &Path) -> bool {
    let in_tests = path.with_extension("").iter().any(|part| part == "tests");
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    in_tests || name == "fixture" || name.ends_with("_tests")
}

/// The code of a source without comments, strings and the tests at its end.
pub fn production(text: &str) -> String {
    let code = without_comments(text);
    code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned()
}

/// The public modules that a `lib.rs` declares, in order.
pub fn public_modules(code: &str) -> Vec<String> {
    code.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

/// The paths from the root of the crate that a module uses, in `use` declarations and in its code.
pub fn paths_used(module: &str, code: &str) -> Vec<String> {
    let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ").replace(" :: ", "::");
    let parent = module.rsplit_once("::").map_or("", |(parent, _)| parent);
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let before = code[..at].chars().next_back();
        let Some((path, _)) = code[at + 4..].split_once(';').filter(|_| !before.is_some_and(part_of_name)) else {
            continue;
        };
        for (start, base) in [("super::", parent), ("self::", module)] {
            if let Some(rest) = path.strip_prefix(start) {
                expand(base, rest, &mut paths);
            }
        }
    }
    for root in ROOTS {
        let root = format!("{root}::");
        for (at, _) in code.match_indices(&root) {
            if !code[..at].chars().next_back().is_some_and(|letter| part_of_name(letter) || letter == ':') {
                expand("", &code[at + root.len()..], &mut paths);
            }
        }
    }
    paths
}

fn part_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Adds the paths that begin a text: `trial::Trial …` is `trial::Trial`; `{random, model::{state, year}}` is `random`,
/// `model::state` and `model::year`. Gives what follows.
fn expand<'a>(base: &str, text: &'a str, paths: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = expand(base, rest, paths).trim_start();
            match rest.strip_prefix(',') {
                Some(next) => rest = next,
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
        }
    }
    let end = text.find(|letter| !part_of_name(letter)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let path = match (base, name) {
        (_, "" | "self") => base.to_owned(),
        ("", _) => name.to_owned(),
        _ => format!("{base}::{name}"),
    };
    match rest.strip_prefix("::") {
        Some(rest) => expand(&path, rest, paths),
        None => {
            paths.push(path);
            let alias = rest.trim_start().strip_prefix("as ").map(|rest| rest.trim_start_matches(part_of_name));
            alias.unwrap_or(rest)
        }
    }
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

#[test]
fn what_a_module_uses_is_found() {
    let text = "
        use hubsim_model::ids::Region; // crate::cli is only a word here
        /* and crate::report here */
        use crate::{random, trial::Trial, model::{self, state, year as now}};
        use super::sibling::{One, Other};
        fn run() { hubsim::store::open(); crate :: measures :: MEASURES; }
        /// [`Outcome`](hubsim_lab::analysis::Outcome)
        fn text() -> &'static str { \"// no comment\"; hubsim_lab::study::run }
        const RAW: &str = r#\"a \" quote\"#; use hubsim_lab::design;
        #[cfg(test)]
        mod tests { use crate::late; }
    ";
    // The lines of a test module stand as rustfmt sets them.
    let text = text.replace("#[cfg(test)]\n        mod tests", "#[cfg(test)]\nmod tests");
    let mut used = paths_used("a::b", &production(&text));
    used.sort();
    let expected = [
        "a::sibling::One",
        "a::sibling::Other",
        "design",
        "ids::Region",
        "measures::MEASURES",
        "model",
        "model::state",
        "model::year",
        "random",
        "store::open",
        "study::run",
        "trial::Trial",
    ];
    assert_eq!(used, expected);
}
