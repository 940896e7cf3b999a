//! Rules of changes from the command line: `--set key.path=value`.

use super::nearest_or;
use crate::scenario::diagnostic::rule::rules;

const FORM: &str = "key.path=value, such as production.find=0.3";

rules! {
    /// Rules of changes from the command line.
    pub enum ChangeRule;

    /// A change is a key and a value with `=` between them.
    "HS012" NoEquals { text: &'a str } =>
        "there is no `=` after the key", FORM, format!("write `{}=…`", text.trim());
    wrong "--set production.find", right "--set production.find=0.3";

    /// No part of the key of a change is empty.
    "HS013" EmptyPart {} => "a part of the key is empty", FORM, "write the key's name";
    wrong "--set production..find=0.3", right "--set production.find=0.3";

    /// The value of a change is written as in a TOML file; a single word may go without quotes.
    "HS014" NoValue { word: &'a str } =>
        format!("`{word}` is no value"), "a value as TOML writes it",
        "write a number, true, \"text\", [a, list] or { key = value }; the shell may need quotes around it";
    wrong "--set production.find=0.3%", right "--set production.find=0.003";

    /// A change sets one key of one entry of a list, and not the list or the entry as a whole.
    "HS015" WholeList { name: &'a str, what: &'a str, help: String } =>
        format!("`{name}` is {what}"), "one key at a time", help;
    wrong "--set region=1", right "--set region.North.volunteers=1000";

    /// The key of a change leads through sections and lists to a value; a value has no keys of its own.
    "HS016" NoParts { name: &'a str, noun: &'a str } =>
        format!("`{name}` is {noun} and has no parts"), "the path of a key", format!("set `{name}` as a whole");
    wrong "--set years.last=3", right "--set years=3";

    /// An entry of a list is addressed by its name, or by its number from 1 where it has none.
    "HS017" NoEntry { list: &'a str, name: &'a str, near: Option<&'a str>, count: usize } =>
        format!("there is no {list} \"{name}\""), "the name of an entry",
        nearest_or(near, '`', format!("name a [[{list}]], or its number from 1 to {count} where it has no name"));
    wrong "--set region.Nroth.volunteers=1000", right "--set region.North.volunteers=1000";
}
