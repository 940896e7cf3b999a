//! Rules of keys, sections and entries of lists: which are permitted, which are required, which names are valid.

use super::nearest_or;
use crate::scenario::catalogue::{RENAMED, header, homes};
use crate::scenario::diagnostic::rule::rules;
use crate::scenario::nearest::{listed, nearest};
use hubsim_model::catalogue::Section;

/// More keys than this are not listed in a message.
const MOST_LISTED: usize = 32;

rules! {
    /// Rules of the keys of a file.
    pub enum KeyRule;

    /// Every key is known where it stands. A key that is misspelt would change nothing, unnoticed.
    "HS018" Unknown { key: &'a str, section: &'a Section, known: &'a [&'a str] } =>
        format!("unknown key `{key}`"), format!("{} has no such key", header(section)), instead(key, known);
    wrong "[production]\nfnid = 0.3", right "[production]\nfind = 0.3";

    /// A key without a default is given.
    "HS019" Missing { key: &'a str, reason: String, rule: String, help: String } =>
        format!("`{key}` is missing{reason}"), rule, help;
    wrong "[[region]]\nname = \"West\"\npopulation = 10\nvolunteers = 10",
    right "[[region]]\nname = \"West\"\npopulation = 10\nvolunteers = 10\nonline = 5";

    /// The parameters of a mechanism are a section: a table under a header in single brackets.
    "HS020" NotASection { name: &'a str, noun: &'a str } =>
        format!("`{name}` is {noun}"), format!("`{name}` is a section"),
        if noun == "a list" { format!("write `[{name}]` once, with single brackets") }
        else { format!("write `[{name}]` in a line of its own") };
    wrong "[[production]]\nfind = 0.3", right "[production]\nfind = 0.3";

    /// Regions, themes, organisations, funders, shocks, policies, claims and arms are lists of entries, each under a header
    /// in double brackets.
    "HS021" NotEntries { list: &'a str, noun: &'a str } =>
        format!("`{list}` is {noun}"), "a list of tables", format!("begin each entry with `[[{list}]]`");
    wrong "[theme]\nname = \"research\"", right "[[theme]]\nname = \"research\"";

    /// Every entry of such a list is a table.
    "HS022" NotAnEntry { list: &'a str, noun: &'a str, help: String } =>
        format!("an entry of `{list}` is {noun}"), "a list of tables", help;
    wrong "theme = [\"research\"]", right "[[theme]]\nname = \"research\"";

    /// No two entries of a list in one file have the same name. An entry with the name of an entry of the scenario that is
    /// extended changes that entry.
    "HS023" SecondEntry { list: &'a str, label: &'a str, name: &'a str, first: String } =>
        format!("a second {list} \"{name}\""), format!("{label}s of [[{list}]] are unique"),
        format!("the first is in {first}: rename one, or make them one entry");
    wrong "[[theme]]\nname = \"research\"\n[[theme]]\nname = \"research\"",
    right "[[theme]]\nname = \"research\"\n[[theme]]\nname = \"outreach\"";

    /// `remove = true` removes an entry that the scenario inherits; so there is one of that name.
    "HS024" NothingToRemove { list: &'a str, name: &'a str, near: Option<&'a str> } =>
        format!("there is no {list} \"{name}\" to remove"),
        format!("`remove` takes out a [[{list}]] of the scenario that is extended"),
        nearest_or(near, '"', format!("leave this [[{list}]] out"));
    wrong "[[theme]]\nname = \"edukation\"\nremove = true", right "[[theme]]\nname = \"offline\"\nremove = true";

    /// An entry that is removed has no values beside its name.
    "HS025" RemovedWithValues { list: &'a str, key: &'a str } =>
        format!("`{key}` of a {list} that is removed"), "an entry that goes has no values",
        format!("leave `remove` or `{key}` out");
    wrong "[[theme]]\nname = \"offline\"\nremove = true\nneed = 2", right "[[theme]]\nname = \"offline\"\nremove = true";

    /// A name can be printed, typed and, where it becomes the name of a folder, stored by every file system.
    "HS026" BadName { noun: &'a str, wrong: String, rule: &'a str, better: String } =>
        format!("the {noun} {wrong}"), rule,
        if better.is_empty() { "write a word".to_owned() } else { format!("write \"{better}\"") };
    wrong "name = \"my/scenario\"\nextends = \"small\"", right "name = \"my-scenario\"\nextends = \"small\"";

    /// No scenario is called `latest`: commands mean the newest run by it.
    "HS027" LatestTaken {} =>
        "the name `latest` is taken", "a name of its own", "`latest` means the newest run; choose another name";
    wrong "name = \"latest\"\nextends = \"small\"", right "name = \"newest\"\nextends = \"small\"";
}

/// The correction of an unknown key.
fn instead(key: &str, known: &[&str]) -> String {
    if let Some((_, new)) = RENAMED.iter().find(|(old, new)| *old == key && known.contains(new)) {
        return format!("write `{new}`");
    }
    if let Some(near) = nearest(key, known.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    let homes = homes(key);
    if homes.iter().any(|home| home.name.is_empty()) {
        format!("`{key}` belongs to the top level: write it above the first section")
    } else if !homes.is_empty() {
        let places: Vec<String> = homes.iter().map(header).collect();
        format!("`{key}` belongs to {}", places.join(" or "))
    } else if known.len() <= MOST_LISTED {
        format!("known keys are {}", listed(known.iter().copied(), "and"))
    } else {
        "`hubsim explain` lists all keys".to_owned()
    }
}
