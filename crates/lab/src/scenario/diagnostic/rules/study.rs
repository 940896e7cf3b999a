//! Rules of what a study shows and requires.

use crate::scenario::diagnostic::rule::rules;

rules! {
    /// Rules of what a study shows and requires.
    pub enum StudyRule;

    /// The list `claims` drops the inherited claims; claims themselves are written as `[[claim]]`.
    "HS109" OnlyEmpty { key: &'a str, list: &'a str } =>
        format!("`{key}` has entries"), format!("`{key} = []`, which drops what is inherited; entries begin with `[[{list}]]`"),
        format!("write `{key} = []`, or leave it out; `remove = true` in a `[[{list}]]` drops a single one");
    wrong "claims = [\"B1\"]",
    right "claims = []";
}
