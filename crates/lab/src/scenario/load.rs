//! Finds the text of a scenario and the chain of texts that it extends.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::scenario::built_in::{BUILT_IN, built_in};
use crate::scenario::diagnostic::{Diagnostic, FileRule, MAX_CHAIN, ValueRule};
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::files::Files;
use crate::scenario::nearest::{listed, nearest};
use crate::scenario::tree::{MAX_BYTES, NodeValue, Table, read};

/// The origin of a text, to which its `extends` is relative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    BuiltIn(&'static str),
    File(PathBuf),
}

/// A scenario's text, and its origin.
pub(super) struct ScenarioSource {
    pub origin: Origin,
    /// Its name in messages.
    pub name: String,
    pub text: String,
}

/// Finds a scenario by built-in name or path.
pub(super) fn find(what: &str, files: &dyn Files) -> Result<ScenarioSource, Box<Diagnostic>> {
    if let Some(found) = built_in(what) {
        let (name, text) = (format!("{} (built-in)", found.name), found.text.to_owned());
        return Ok(ScenarioSource { origin: Origin::BuiltIn(found.name), name, text });
    }
    let path = PathBuf::from(what);
    let text = contents(&path, what, files)?;
    Ok(ScenarioSource { origin: Origin::File(path), name: what.to_owned(), text })
}

/// The text of a file, which may be missing, a folder, too large, or no text.
fn contents(path: &Path, shown: &str, files: &dyn Files) -> Result<String, Box<Diagnostic>> {
    let bad = |violation: FileRule| Box::new(Diagnostic::about_file(shown, violation));
    let bytes = files.read(path, MAX_BYTES + 1).map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::InvalidInput | ErrorKind::NotADirectory => {
            bad(FileRule::NoScenario { shown, help: missing_help(path, shown, files) })
        }
        ErrorKind::IsADirectory => bad(FileRule::Folder { shown, help: folder_help(path, files) }),
        _ => bad(FileRule::Unreadable { shown, error }),
    })?;
    if bytes.len() > MAX_BYTES {
        return Err(bad(FileRule::TooLarge { shown }));
    }
    String::from_utf8(bytes).map_err(|error| {
        let (bytes, at) = (error.as_bytes(), error.utf8_error().valid_up_to());
        let whole = Diagnostic::about_file(shown, FileRule::NotUtf8 { at, byte: bytes.get(at).copied().unwrap_or(0) });
        let before = bytes.get(..at).unwrap_or(&[]);
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Box::new(whole.at(line, column))
    })
}

/// The diagnostic where the base is to be run.
pub(super) fn base_alone(shown: &str) -> Diagnostic {
    let first = BUILT_IN.first().map_or("", |built_in| built_in.name);
    Diagnostic::about_file(shown, FileRule::BaseAlone { first })
}

fn missing_help(path: &Path, shown: &str, files: &dyn Files) -> String {
    let similar = path.with_extension("toml");
    if similar != path && files.is_file(&similar) {
        return format!("did you mean `{}`?", similar.display());
    }
    let names = BUILT_IN.iter().map(|built_in| built_in.name);
    let name = path.file_name().map_or(shown.into(), |name| name.to_string_lossy());
    match nearest(&name, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("built-in are {}; or give the path of a file", listed(names, "and")),
    }
}

fn folder_help(path: &Path, files: &dyn Files) -> String {
    let inside = path.join("scenario.toml");
    if files.is_file(&inside) {
        return format!("did you mean `{}`?", inside.display());
    }
    "give the path of a file in it".to_owned()
}

/// Reads a text and all that it extends. Returns the trees, the base first, and the span at which the first text begins.
pub(super) fn chain(first: ScenarioSource, files: &dyn Files, diagnostics: &mut Diagnostics) -> (Vec<Table>, Span) {
    let ScenarioSource { mut origin, name, text } = first;
    let mut trees = Vec::new();
    let mut seen: Vec<Origin> = vec![identity(&origin, files)];
    let source = diagnostics.add(&name, text);
    let start = diagnostics.start(source);
    let mut tree = read(diagnostics, source);
    while let Some((found, span)) = extended(&tree, &origin, files, diagnostics) {
        trees.push(tree);
        let identity = identity(&found.origin, files);
        if seen.contains(&identity) || seen.len() >= MAX_CHAIN {
            let violation = match seen.contains(&identity) {
                true => FileRule::ExtendsCircle { name: &found.name },
                false => FileRule::ExtendsTooLong {},
            };
            diagnostics.unread_base(span, violation);
            trees.reverse();
            return (trees, start);
        }
        seen.push(identity);
        let source = diagnostics.add(&found.name, found.text);
        tree = read(diagnostics, source);
        origin = found.origin;
    }
    trees.push(tree);
    trees.reverse();
    (trees, start)
}

fn identity(origin: &Origin, files: &dyn Files) -> Origin {
    match origin {
        Origin::File(path) => Origin::File(files.identity(path)),
        other => other.clone(),
    }
}

/// The scenario that a tree extends, and the span of `extends`.
fn extended(
    tree: &Table,
    here: &Origin,
    files: &dyn Files,
    diagnostics: &mut Diagnostics,
) -> Option<(ScenarioSource, Span)> {
    let entry = tree.get("extends")?;
    let span = entry.node.span;
    let NodeValue::Text(what) = &entry.node.value else {
        let rule = "the name of a built-in scenario, or the path of a file, in quotes".to_owned();
        let (noun, help) = (entry.node.noun(), "write `extends = \"base\"`".to_owned());
        diagnostics.unread_base(span, ValueRule::WrongType { key: "extends", noun, rule, help });
        return None;
    };
    let what = match here {
        Origin::File(path) if built_in(what).is_none() => {
            path.parent().unwrap_or(Path::new("")).join(what).display().to_string()
        }
        _ => what.clone(),
    };
    match find(&what, files) {
        Ok(found) => Some((found, span)),
        Err(reason) => {
            diagnostics.missing_base(span, *reason);
            None
        }
    }
}
