//! From a name, a path or a text to the chain of texts that it extends.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::scenario::built_in::{BUILT_IN, built_in};
use crate::scenario::nearest::{listed, nearest};
use crate::scenario::problem::{Problem, ProblemKind};
use crate::scenario::source::{Notes, Place};
use crate::scenario::tree::{MAX_BYTES, Table, Value, read};

/// The longest chain of scenarios that extend each other.
const MAX_CHAIN: usize = 16;

/// Where a text came from: what its `extends` is relative to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    BuiltIn(&'static str),
    File(PathBuf),
}

/// Finds a scenario by built-in name or path: its origin, name for people, and text.
pub(super) fn find(what: &str) -> Result<(Origin, String, String), Box<Problem>> {
    if let Some(found) = built_in(what) {
        return Ok((Origin::BuiltIn(found.name), format!("{} (built-in)", found.name), found.text.to_owned()));
    }
    let path = PathBuf::from(what);
    let text = contents(&path, what)?;
    Ok((Origin::File(path), what.to_owned(), text))
}

/// The text of a file, with care: it may be missing, a folder, endless, or no text.
fn contents(path: &Path, shown: &str) -> Result<String, Box<Problem>> {
    let bad = |message: String, help: String| {
        let rule = "a scenario is a built-in name, or a TOML file";
        Box::new(Problem::whole(ProblemKind::BadInput, shown, message, rule, help))
    };
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::InvalidInput | ErrorKind::NotADirectory => {
            bad(format!("there is no scenario `{shown}`"), missing_help(path, shown))
        }
        ErrorKind::IsADirectory => bad(format!("`{shown}` is a folder"), folder_help(path)),
        _ => {
            let message = format!("`{shown}` cannot be read: {error}");
            let help = "check that the file may be read".to_owned();
            let rule = "a scenario file must be readable";
            Box::new(Problem::whole(ProblemKind::Unreadable, shown, message, rule, help))
        }
    };
    if path.is_dir() {
        return Err(bad(format!("`{shown}` is a folder"), folder_help(path)));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MAX_BYTES {
        return Err(Box::new(too_large(shown)));
    }
    String::from_utf8(bytes)
        .map_err(|error| Box::new(not_utf8(shown, error.as_bytes(), error.utf8_error().valid_up_to())))
}

/// What is said of a text above the limit.
pub(super) fn too_large(shown: &str) -> Problem {
    let rule = format!("a scenario file has at most {} MiB", MAX_BYTES >> 20);
    let help = "is this the right file? A scenario of 5,000 organisations has about one".to_owned();
    Problem::whole(ProblemKind::BadInput, shown, format!("`{shown}` is too large"), &rule, help)
}

/// What is said of the base where a scenario to be run is asked for.
pub(super) fn only_extended(shown: &str) -> Problem {
    let message = "the base cannot be run: it has no regions, no themes and no organisations".to_owned();
    let rule = "the base is what other scenarios extend";
    let first = BUILT_IN.first().map_or("", |built_in| built_in.name);
    let help = format!(
        "name another, such as `{first}` or `small`; or write a file with `extends = \"base\"` and regions and themes of its own"
    );
    Problem::whole(ProblemKind::BadInput, shown, message, rule, help)
}

/// What is said if the model does not take what the catalogue let through: a mistake of ours, not the user's.
pub(super) fn disagreement(shown: &str, error: &str) -> Problem {
    let message = format!("the model does not take this scenario: {error}");
    let help = "this is a mistake in hubsim; please report it with the file".to_owned();
    Problem::whole(ProblemKind::BadInput, shown, message, "what is checked can be run", help)
}

fn not_utf8(shown: &str, bytes: &[u8], at: usize) -> Problem {
    let before = bytes.get(..at).unwrap_or(&[]);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    let message = format!("this is not UTF-8 text: byte {at} is 0x{:02x}", bytes.get(at).copied().unwrap_or(0));
    let help = "save the file as UTF-8".to_owned();
    let whole = Problem::whole(ProblemKind::BadInput, shown, message, "a scenario file is UTF-8 text", help);
    Problem { line, column, ..whole }
}

fn missing_help(path: &Path, shown: &str) -> String {
    let beside = path.with_extension("toml");
    if beside != path && beside.is_file() {
        return format!("did you mean `{}`?", beside.display());
    }
    let names = BUILT_IN.iter().map(|built_in| built_in.name);
    let name = path.file_name().map_or(shown.into(), |name| name.to_string_lossy());
    match nearest(&name, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("built-in are {}; or give the path of a file", listed(names, "and")),
    }
}

fn folder_help(path: &Path) -> String {
    let inside = path.join("scenario.toml");
    if inside.is_file() {
        return format!("did you mean `{}`?", inside.display());
    }
    "give the path of a file in it".to_owned()
}

/// Reads a text and all that it extends: trees, the base first. The place is where the first text begins.
pub(super) fn chain(origin: Option<Origin>, name: &str, text: String, notes: &mut Notes) -> (Vec<Table>, Place) {
    let mut trees = Vec::new();
    let mut seen: Vec<Origin> = origin.iter().map(identity).collect();
    let source = notes.add(name, text);
    let start = notes.start(source);
    let mut here = origin;
    let mut tree = read(notes, source);
    while let Some((next, name, text, place)) = extended(&tree, here.as_ref(), notes) {
        trees.push(tree);
        let identity = identity(&next);
        if seen.contains(&identity) || seen.len() >= MAX_CHAIN {
            let (message, help) = if seen.contains(&identity) {
                (format!("`{name}` extends this scenario in turn"), "let one of them extend none of the others")
            } else {
                (format!("more than {MAX_CHAIN} scenarios extend each other"), "make some of them one")
            };
            let rule = "a scenario extends another, and so on, to an end";
            notes.lost(place, message, rule, help.to_owned());
            trees.reverse();
            return (trees, start);
        }
        seen.push(identity);
        let source = notes.add(&name, text);
        tree = read(notes, source);
        here = Some(next);
    }
    trees.push(tree);
    trees.reverse();
    (trees, start)
}

fn identity(origin: &Origin) -> Origin {
    match origin {
        Origin::File(path) => Origin::File(path.canonicalize().unwrap_or_else(|_| path.clone())),
        other => other.clone(),
    }
}

/// What a tree extends: its origin, name for people and text, and where that is said.
fn extended(tree: &Table, here: Option<&Origin>, notes: &mut Notes) -> Option<(Origin, String, String, Place)> {
    let entry = tree.get("extends")?;
    let place = entry.node.place;
    let Value::Text(what) = &entry.node.value else {
        let rule = "the name of a built-in scenario, or the path of a file, in quotes";
        let help = "write `extends = \"base\"`".to_owned();
        notes.lost(place, format!("`extends` is {}", entry.node.noun()), rule, help);
        return None;
    };
    let what = match here {
        Some(Origin::File(path)) if built_in(what).is_none() => {
            path.parent().unwrap_or(Path::new("")).join(what).display().to_string()
        }
        _ => what.clone(),
    };
    match find(&what) {
        Ok((origin, name, text)) => Some((origin, name, text, place)),
        Err(problem) => {
            if problem.kind == ProblemKind::Unreadable || problem.line > 0 {
                notes.whole(*problem);
            } else {
                notes.lost(place, problem.message, &problem.rule, problem.help);
            }
            None
        }
    }
}
