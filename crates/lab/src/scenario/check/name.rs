//! Valid names.

use crate::scenario::check::Checker;
use crate::scenario::diagnostic::{KeyRule, misleading};
use crate::scenario::tree::Node;

/// The longest name, characters.
const LONGEST: usize = 80;

/// The word by which commands address the newest run.
const LATEST: &str = "latest";

/// Characters that have a meaning for file systems, shells or options.
const FORBIDDEN: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|', ','];

impl Checker<'_> {
    /// Checks the name of an entry; a missing one is reported elsewhere.
    pub(super) fn name(&mut self, list: &str, node: &Node) {
        let Some(inner) = node.get("name") else { return };
        let Some(name) = inner.text() else { return };
        let wrong = if list == "policy" { wrong_folder(name) } else { wrong_name(name) };
        if let Some(wrong) = wrong {
            self.bad_name(inner, wrong);
        }
    }

    /// Checks the scenario's own name.
    pub(super) fn own_name(&mut self, node: &Node) {
        let Some(name) = node.text() else { return };
        if name == LATEST {
            self.report(node.span, KeyRule::LatestTaken {});
        } else if let Some(wrong) = wrong_folder(name) {
            self.bad_name(node, wrong);
        }
    }

    fn bad_name(&mut self, node: &Node, wrong: String) {
        let rule = "a name of letters, digits, spaces and signs such as `-`, `_` and `.`";
        let better = better(node.text().unwrap_or(""));
        self.report(node.span, KeyRule::BadName { noun: "name", wrong, rule, better });
    }
}

/// The valid name of a scenario that is most similar to a text; none if there is none.
pub fn scenario_name(text: &str) -> Option<String> {
    let name = better(text);
    (wrong_folder(&name).is_none() && name != LATEST).then_some(name)
}

/// The problem of a name, if it has one.
fn wrong_name(name: &str) -> Option<String> {
    if name.is_empty() {
        Some("is empty".to_owned())
    } else if name.chars().count() > LONGEST {
        Some(format!("has more than {LONGEST} characters"))
    } else if name.trim() != name {
        Some("begins or ends with a space".to_owned())
    } else if name.chars().any(misleading) {
        Some("has invisible characters".to_owned())
    } else {
        None
    }
}

/// The problem of a name that becomes a folder and an option of the command line, if it has one.
fn wrong_folder(name: &str) -> Option<String> {
    if let Some(wrong) = wrong_name(name) {
        Some(wrong)
    } else if let Some(sign) = name.chars().find(|sign| FORBIDDEN.contains(sign)) {
        let reason = if sign == ',' { "lists of names are split there" } else { "it becomes the name of a folder" };
        Some(format!("has a `{sign}`: {reason}"))
    } else if name.starts_with(['.', '-']) || name.ends_with('.') {
        Some("begins with `.` or `-`, or ends with `.`: it becomes the name of a folder".to_owned())
    } else {
        None
    }
}

/// The most similar name without forbidden characters.
fn better(name: &str) -> String {
    let kept: String =
        name.chars().map(|c| if FORBIDDEN.contains(&c) || misleading(c) { '-' } else { c }).take(LONGEST).collect();
    kept.trim_matches(|c: char| c == '.' || c == '-' || c.is_whitespace()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_proposed_is_a_name() {
        for name in ["../etc", "a/b", "a\u{0}b", " x ", "..", "", "-x", "a,b", "\u{202e}x", &"long".repeat(50)] {
            assert!(wrong_folder(name).is_some(), "{name:?}");
            let better = better(name);
            assert!(better.is_empty() || wrong_folder(&better).is_none(), "{better:?}");
        }
        for name in ["thematic-hubs", "Hubs, later".trim_end_matches(", later"), "2×2 (é)", "v1.2"] {
            assert_eq!(wrong_folder(name), None, "{name:?}");
            assert_eq!(scenario_name(name).as_deref(), Some(name));
        }
        let made = [("a, b", Some("a- b")), ("", None), ("..", None), ("latest", None), (".mine", Some("mine"))];
        for (text, name) in made {
            assert_eq!(scenario_name(text).as_deref(), name, "{text:?}");
        }
    }
}
