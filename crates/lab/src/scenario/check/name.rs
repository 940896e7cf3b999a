//! Names: what they may look like.

use crate::scenario::check::Checker;
use crate::scenario::diagnostic::{KeyRule, misleading};
use crate::scenario::tree::Node;

/// The longest name, characters.
const LONGEST: usize = 80;

/// What commands call the newest run of all.
const LATEST: &str = "latest";

/// Characters that some file system, shell or option would take for something else.
const FORBIDDEN: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|', ','];

impl Checker<'_> {
    /// The name of a list's entry; that it is missing is told elsewhere.
    pub(super) fn name(&mut self, list: &str, node: &Node) {
        let Some(inner) = node.get("name") else { return };
        let Some(name) = inner.text() else { return };
        let wrong = if list == "policy" { wrong_folder(name) } else { wrong_name(name) };
        if let Some(wrong) = wrong {
            self.bad_name(inner, wrong);
        }
    }

    /// The scenario's own name.
    pub(super) fn own_name(&mut self, node: &Node) {
        let Some(name) = node.text() else { return };
        if name == LATEST {
            self.report(node.place, KeyRule::LatestTaken {});
        } else if let Some(wrong) = wrong_folder(name) {
            self.bad_name(node, wrong);
        }
    }

    fn bad_name(&mut self, node: &Node, wrong: String) {
        let rule = "a name of letters, digits, spaces and signs such as `-`, `_` and `.`";
        let better = better(node.text().unwrap_or(""));
        self.report(node.place, KeyRule::BadName { noun: "name", wrong, rule, better });
    }
}

/// The name of a scenario that is nearest to a text; none if nothing of it could be one.
pub fn scenario_name(text: &str) -> Option<String> {
    let name = better(text);
    (wrong_folder(&name).is_none() && name != LATEST).then_some(name)
}

/// What is wrong with a name.
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

/// What is wrong with a name that becomes a folder and an option of the command line.
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

/// The nearest name that is none of these.
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
