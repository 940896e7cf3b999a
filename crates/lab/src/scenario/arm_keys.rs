//! The keys that an arm sets, and the patterns of names in them.

use crate::scenario::diagnostics::Span;
use crate::scenario::key_path::segment;
use crate::scenario::node_text::text;
use crate::scenario::tree::{Node, NodeValue};

/// An entry of `[[arm]]`.
#[derive(Clone, Debug)]
pub(super) struct ArmTable {
    /// The name of the arm.
    pub name: String,
    /// The name of its policy.
    pub policy: String,
    /// Where it is declared.
    pub span: Span,
    /// What it sets, in the order of the keys.
    pub set: Vec<SetKey>,
    /// Number of its own shocks, the last ones of its copy of the policy.
    pub shocks: usize,
    /// Whether it changes facts or parameters, or strikes the world.
    pub another_world: bool,
}

/// A key that an arm sets.
#[derive(Clone, Debug)]
pub(super) struct SetKey {
    /// The parts of its path; a name may be a pattern.
    pub path: Vec<String>,
    pub key: Span,
    pub value: Node,
}

impl SetKey {
    /// The path as a scenario file writes it.
    pub fn written(&self) -> String {
        self.path.iter().map(|part| segment(part)).collect::<Vec<_>>().join(".")
    }

    /// The value as a scenario file writes it.
    pub fn value_text(&self) -> String {
        text(&self.value)
    }

    /// The section and the key of a lever, if it is one.
    pub fn lever(&self) -> Option<(&str, &str)> {
        match self.path.as_slice() {
            [policy, part, key] if policy == "policy" => Some((part, key)),
            _ => None,
        }
    }

    /// Whether the value changes what is there instead of replacing it.
    pub fn is_change(&self) -> bool {
        self.value.table().is_some_and(|table| ["times", "remove"].iter().any(|key| table.contains_key(*key)))
    }

    /// The change in words: `support.requests × 2`.
    pub fn words(&self) -> String {
        match (self.value.get("times"), self.value.get("remove")) {
            (Some(times), _) => format!("{} × {}", self.written(), text(times)),
            (None, Some(Node { value: NodeValue::Flag(false), .. })) => format!("with {}", self.written()),
            (None, Some(_)) => format!("without {}", self.written()),
            _ => format!("{} = {}", self.written(), self.value_text()),
        }
    }
}

/// Whether a name matches a pattern, in which `*` stands for any text.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(start) else { return false };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let end = pieces.pop().unwrap_or("");
    for piece in pieces {
        let Some(at) = name.find(piece) else { return false };
        name = &name[at + piece.len()..];
    }
    name.ends_with(end)
}

/// How closely a pattern describes what it matches: a name without `*` more closely than any pattern, a longer pattern more
/// closely than a shorter one.
pub(super) fn closeness(pattern: &str) -> usize {
    let letters = pattern.chars().filter(|&letter| letter != '*').count();
    if pattern.contains('*') { letters } else { EXACT + letters }
}

/// More letters than a name has.
const EXACT: usize = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, name) in [
            ("*", ""),
            ("*", "Wikimedia ZA"),
            ("Wikimedia *", "Wikimedia ZA"),
            ("* chapter", "NA chapter"),
            ("N*a*r", "NWE a chapter"),
            ("a", "a"),
            ("a*a", "aa"),
        ] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("a", "ab"), ("Wikimedia *", "NA chapter"), ("* chapter", "NA chapters"), ("a*a", "a")]
        {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
        assert!(closeness("NA chapter") > closeness("* chapter") && closeness("* chapter") > closeness("*"));
    }
}
