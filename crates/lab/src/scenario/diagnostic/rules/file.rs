//! Rules of files: their text, and the scenarios that they extend.

use crate::scenario::diagnostic::rule::rules;
use crate::scenario::tree::MAX_BYTES;

/// The longest chain of scenarios that extend each other.
pub(in crate::scenario) const MAX_CHAIN: usize = 16;

rules! {
    /// Rules of files as texts.
    pub enum FileRule;

    /// A scenario file is TOML. What else seems wrong in the line of a syntax error is not reported, as it may follow
    /// from it.
    "HS001" NotToml { message: &'a str, help: &'a str } => message, "not TOML", help;
    wrong "description = hello", right "description = \"hello\"";

    /// A value is nested at most 12 levels deep: no key of a scenario takes more.
    "HS002" TooDeep {} =>
        "this is nested too deeply", "no value of a scenario is nested so deeply", "write the value itself";
    wrong "production.find = [[[[[[[[[[[[[1]]]]]]]]]]]]]", right "production.find = 0.3";

    /// A scenario is named by the name of a built-in scenario or by the path of a TOML file, and it exists.
    "HS003" NoScenario { shown: &'a str, help: String } =>
        format!("there is no scenario `{shown}`"), "a scenario is a built-in name, or a TOML file", help;
    wrong "name = \"example\"\nextends = \"samll\"", right "name = \"example\"\nextends = \"small\"";

    /// A scenario is a file; the path of a folder names none.
    "HS004" Folder { shown: &'a str, help: String } =>
        format!("`{shown}` is a folder"), "a scenario is a built-in name, or a TOML file", help;
    wrong "(hubsim run scenarios/)", right "";

    /// A scenario file can be read. This is no mistake in the scenario: the exit status is 3.
    "HS005" Unreadable { shown: &'a str, error: std::io::Error } =>
        format!("`{shown}` cannot be read: {error}"), "a scenario file must be readable",
        "check that the file may be read";
    wrong "(a file whose permissions forbid reading)", right "";

    /// A scenario file is small enough to be a scenario; larger ones are refused before they are read in full.
    "HS006" TooLarge { shown: &'a str } =>
        format!("`{shown}` is too large"), format!("a scenario file has at most {} MiB", MAX_BYTES >> 20),
        "is this the right file? A scenario of 5,000 organisations has about one";
    wrong "(a file of 5 MiB)", right "";

    /// A scenario file is UTF-8 text, as TOML demands.
    "HS007" NotUtf8 { at: usize, byte: u8 } =>
        format!("this is not UTF-8 text: byte {at} is 0x{byte:02x}"), "a scenario file is UTF-8 text",
        "save the file as UTF-8";
    wrong "(a file saved as Latin-1)", right "";

    /// The base holds parameters and policies for other scenarios to extend. It has no regions, so it cannot be run.
    "HS008" BaseAlone { first: &'a str } =>
        "the base cannot be run: it has no regions, no themes and no organisations",
        "the base is what other scenarios extend",
        format!("name another, such as `{first}` or `small`; or write a file with `extends = \"base\"` and regions and themes of its own");
    wrong "(hubsim run base)", right "";

    /// What passes all checks can be run. If the model refuses it all the same, hubsim has a defect.
    "HS009" Disagreement { error: String } =>
        format!("the model does not take this scenario: {error}"), "what is checked can be run",
        "this is a mistake in hubsim; please report it with the file";
    wrong "(no known input: a test converts every key)", right "";

    /// Scenarios extend each other in a chain that ends: none of them extends itself, directly or through others.
    "HS010" ExtendsCircle { name: &'a str } =>
        format!("`{name}` extends this scenario in turn"), "a scenario extends another, and so on, to an end",
        "let one of them extend none of the others";
    wrong "(a.toml with `extends = \"b.toml\"`, and b.toml with `extends = \"a.toml\"`)", right "";

    /// At most 16 scenarios extend each other in a chain.
    "HS011" ExtendsTooLong {} =>
        format!("more than {MAX_CHAIN} scenarios extend each other"), "a scenario extends another, and so on, to an end",
        "make some of them one";
    wrong "(1.toml extends 2.toml, 2.toml extends 3.toml, and so on to 17.toml)", right "";
}
