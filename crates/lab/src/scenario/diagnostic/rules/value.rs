//! Rules of values: their type, their bounds, the words and names that they may be.

use super::nearest_or;
use crate::scenario::catalogue::written;
use crate::scenario::diagnostic::rule::rules;
use crate::scenario::nearest::{listed, nearest};
use hubsim_model::measures::MEASURES;

const PATH: &str = "a path in time is { from = …, to = …, by_year = … }";

rules! {
    /// Rules of values.
    pub enum ValueRule;

    /// A value is of the type that its key takes: a number, a text, true or false, a list or a table.
    "HS028" WrongType { key: &'a str, noun: &'a str, rule: String, help: String } =>
        format!("`{key}` is {noun}"), rule, help;
    wrong "[production]\nfind = \"0.3\"", right "[production]\nfind = 0.3";

    /// A number is finite: TOML knows `inf` and `nan`, but nothing that a scenario counts is either.
    "HS029" NotFinite { key: &'a str, rule: String } =>
        format!("`{key}` is not a finite number"), rule.as_str(), format!("write {rule}");
    wrong "[production]\nfind = nan", right "[production]\nfind = 0.3";

    /// A number lies within the bounds of its key. Outside of them the model's equations mean nothing.
    "HS030" OutOfBounds { key: &'a str, number: f64, inherited: String, rule: String, closest: f64 } =>
        format!("`{key}` is {}{inherited}", written(number)), rule,
        format!("the closest allowed value is {}", written(closest));
    wrong "[production]\nfind = 1.5", right "[production]\nfind = 1";

    /// What is counted is a whole number.
    "HS031" NotWhole { key: &'a str, number: f64, rule: String, closest: f64 } =>
        format!("`{key}` is {}, not a whole number", written(number)), rule, format!("write {}", written(closest));
    wrong "years = 5.5", right "years = 6";

    /// A table in place of a number is a distribution: one key, which names its kind.
    "HS032" NoDistribution { key: &'a str, keys: usize, forms: &'a str, rule: String } =>
        format!("`{key}` is a table of {keys} keys, no distribution"), forms, format!("write {rule}, or a distribution");
    wrong "[production]\nfind = { low = 0.1, high = 0.3 }", right "[production]\nfind = { uniform = [0.1, 0.3] }";

    /// Distributions are uniform, normal, triangular or choice.
    "HS033" UnknownDistribution { form: &'a str, near: Option<&'a str>, forms: &'a str, rule: String } =>
        format!("`{form}` is no distribution"), forms,
        nearest_or(near, '`', format!("write {rule}, or a distribution"));
    wrong "[production]\nfind = { unifrom = [0.1, 0.3] }", right "[production]\nfind = { uniform = [0.1, 0.3] }";

    /// A distribution has as many numbers as its kind needs.
    "HS034" DistributionNumbers { form: &'a str, found: String, rule: &'a str } =>
        format!("`{form}` has {found}"), rule, format!("write {rule}");
    wrong "[production]\nfind = { uniform = [0.1] }", right "[production]\nfind = { uniform = [0.1, 0.3] }";

    /// The numbers of a distribution stand in their order, and it spreads: a number that is known is written as a number.
    "HS035" ImpossibleDistribution { form: &'a str, key: &'a str, rule: &'a str, help: String } =>
        format!("the {form} distribution of `{key}` is impossible"), rule, help;
    wrong "[production]\nfind = { uniform = [0.3, 0.1] }", right "[production]\nfind = { uniform = [0.1, 0.3] }";

    /// How many years and replicates there are, and where the desk's staff is, is the same in every world, so it is one number
    /// and no distribution.
    "HS036" SameInEveryWorld { key: &'a str, rule: String } =>
        format!("`{key}` is a table"), rule, "write one number: it is the same in every world";
    wrong "years = { uniform = [4, 8] }", right "years = 6";

    /// A path in time has the keys `from`, `to` and `by_year`, and no others.
    "HS037" UnknownPathKey { key: &'a str, near: Option<&'a str> } =>
        format!("unknown key `{key}`"), PATH, nearest_or(near, '`', format!("leave `{key}` out"));
    wrong "[[policy]]\nname = \"thematic-hubs\"\nhubs = { share = { from = 0.1, to = 0.2, by_year = 4, steps = 2 } }",
    right "[[policy]]\nname = \"thematic-hubs\"\nhubs = { share = { from = 0.1, to = 0.2, by_year = 4 } }";

    /// A path in time has all of `from`, `to` and `by_year`.
    "HS038" MissingPathKey { key: &'a str, owner: &'a str } =>
        format!("`{key}` is missing from the path of `{owner}`"), PATH, format!("add `{key} = …`");
    wrong "[[policy]]\nname = \"thematic-hubs\"\nhubs = { share = { from = 0.1, to = 0.2 } }",
    right "[[policy]]\nname = \"thematic-hubs\"\nhubs = { share = { from = 0.1, to = 0.2, by_year = 4 } }";

    /// Where a key takes one of some words, its value is one of them.
    "HS039" UnknownWord { key: &'a str, word: &'a str, options: &'a [&'a str] } =>
        format!("`{key}` is \"{word}\""), format!("one of {}", listed(options.iter().copied(), "or")),
        nearest_or(nearest(word, options.iter().copied()), '"', "write one of these words in quotes");
    wrong "[[policy]]\nname = \"thematic-hubs\"\nhubs = { kind = \"thematics\" }",
    right "[[policy]]\nname = \"thematic-hubs\"\nhubs = { kind = \"thematic\" }";

    /// A list of words or names holds each of them once.
    "HS040" GivenTwice { subject: String, rule: &'a str } =>
        format!("{subject} is given twice"), rule, "leave the second one out";
    wrong "policies = [\"status-quo\", \"status-quo\"]", right "policies = [\"status-quo\"]";

    /// A table of weights names only what is weighed there.
    "HS041" UnknownWeight { key: &'a str, owner: &'a str, options: &'a [&'a str] } =>
        format!("`{key}` is nothing that `{owner}` looks at"),
        format!("a table from some of {} to weights", listed(options.iter().copied(), "and")),
        nearest_or(nearest(key, options.iter().copied()), '`', "write one of these words");
    wrong "[[policy]]\nname = \"thematic-hubs\"\ngrants = { score = { ned = 1 } }",
    right "[[policy]]\nname = \"thematic-hubs\"\ngrants = { score = { need = 1 } }";

    /// What is referred to by name exists: a region, a theme, an organisation, a funder or a policy of the scenario or of
    /// what it extends.
    "HS042" NoSuchEntry { list: &'a str, name: &'a str, rule: String, help: String } =>
        format!("there is no {list} \"{name}\""), rule, help;
    wrong "policies = [\"thematik-hubs\"]", right "policies = [\"thematic-hubs\"]";

    /// A list that selects something selects at least one thing.
    "HS043" EmptyList { key: &'a str, rule: &'a str, help: String } =>
        format!("`{key}` is empty"), rule, help;
    wrong "policies = []", right "policies = [\"status-quo\"]";

    /// A seed is a whole number of 64 bits.
    "HS044" BadSeed { found: &'a str } =>
        format!("`seed` is {found}"), "a whole number from 0 to 18446744073709551615", "write a whole number such as 1";
    wrong "seed = -1", right "seed = 1";

    /// Claims name measures that there are. `hubsim explain` lists them.
    "HS045" NoMeasure { word: &'a str } =>
        format!("there is no measure \"{word}\""), "the key of a measure",
        nearest_or(nearest(word, MEASURES.iter().map(|measure| measure.key)), '"', "`hubsim explain` lists all measures");
    wrong "[[claim]]\nid = \"B1\"\nbecause = [\"need_mett\"]", right "[[claim]]\nid = \"B1\"\nbecause = [\"need_met\"]";

    /// A limit is a number, or the word for no limit: 0 is none of these words.
    "HS046" NoLimit { key: &'a str, word: &'a str, found: String, rule: String } =>
        format!("`{key}` is {found}"), rule, format!("for no limit write \"{word}\"");
    wrong "[[policy]]\nname = \"thematic-hubs\"\nhubs = { wave_size = 0 }",
    right "[[policy]]\nname = \"thematic-hubs\"\nhubs = { wave_size = \"unlimited\" }";

    /// A text that is printed in one line has no line breaks and no invisible characters.
    "HS047" SeveralLines { key: &'a str } =>
        format!("`{key}` has invisible characters or several lines"), "a text in one line",
        "write it in one line of letters and signs";
    wrong "[[claim]]\nid = \"B1\"\nstatement = \"one\\ntwo\"", right "[[claim]]\nid = \"B1\"\nstatement = \"one, two\"";

    /// A text that must be given is not empty.
    "HS048" EmptyText { key: &'a str } =>
        format!("`{key}` is empty"), "a text in one line", "write the statement, in a sentence";
    wrong "[[claim]]\nid = \"B1\"\nstatement = \" \"", right "[[claim]]\nid = \"B1\"\nstatement = \"Hubs help\"";
}
