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

    /// What is expected to be equal is compared with one thing: a number, which is `to`, or another policy.
    "HS110" EqualToWhat { both: bool } =>
        if both { "`to` and `against`" } else { "nothing says what it equals" },
        "`equals` compares with a number, `to`, or with another policy, `against`",
        if both { "leave one of them out" } else { "add `to = 0`, or `against = \"…\"`" };
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nexpect = \"equals\"",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nexpect = \"equals\"\nto = 0";

    /// What is expected to be equal is so in every trial: no difference is too small to matter.
    "HS111" BesideEquality { key: &'a str, inherited: String } =>
        format!("`{key}` beside `expect = \"equals\"`{inherited}"), "`equals` holds exactly, in every trial",
        format!("leave `{key}` out, or expect `no difference`");
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"equals\"\nby = 0.1",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"no difference\"\nby = 0.1";

    /// `to` is the number that a measure equals; a bound and a smallest difference are `by`.
    "HS112" NumberBesideDirection { expect: &'a str, inherited: String } =>
        format!("`to` beside `expect = \"{expect}\"`{inherited}"), "`to` is the number of `equals`",
        "write `by` instead, or expect `equals`";
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nexpect = \"above\"\nby = 0.5\nto = 0.5",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nexpect = \"above\"\nby = 0.5";

    /// Trials can show that a difference is smaller than some amount, never that there is none at all.
    "HS113" WithinNothing {} =>
        "`by` is 0", "`no difference` is shown within an amount above 0",
        "write the smallest difference that matters, or expect `equals`";
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"no difference\"\nby = 0",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"no difference\"\nby = 0.01";
}
