//! Rules of claims: their keys are consistent.

use crate::scenario::diagnostic::rule::rules;

/// The most parts of a claim.
pub(in crate::scenario) const MOST_PARTS: usize = 100;

const PARTS: &str = "a claim has parts, or the keys of one part itself";
const EXAMPLE: &str = "`parts = [{ measure = \"…\", policy = \"…\", against = \"…\", expect = \"lower\" }]`";

rules! {
    /// Rules of claims.
    pub enum ClaimRule;

    /// A claim that asks for a verdict compares something.
    "HS080" ComparesNothing {} => "this claim compares nothing", PARTS, format!("add {EXAMPLE}");
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"";

    /// A claim has 1 to 100 parts.
    "HS081" NumberOfParts { count: usize } =>
        if count == 0 { "`parts` is empty".to_owned() } else { format!("{count} parts") },
        format!("1 to {MOST_PARTS} parts"),
        if count == 0 { format!("write {EXAMPLE}") } else { "make it several claims".to_owned() };
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nparts = []",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nparts = [{ measure = \"need_met\", policy = \"thematic-hubs\", against = \"status-quo\", expect = \"higher\" }]";

    /// A claim has a list of parts, or the keys of its only part itself; not both.
    "HS082" BesideParts { key: &'a str, inherited: &'a str } =>
        format!("`{key}` beside `parts`{inherited}"), PARTS,
        if inherited.is_empty() { format!("write `{key}` in a part, or leave `parts` out") }
        else { "write all of `parts` anew, or begin with `measure`: one part takes their place".to_owned() };
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nby = 0.1\nparts = [{ measure = \"need_met\", policy = \"thematic-hubs\", against = \"status-quo\", expect = \"higher\" }]",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nparts = [{ measure = \"need_met\", policy = \"thematic-hubs\", against = \"status-quo\", expect = \"higher\", by = 0.1 }]";

    /// The verdict on a claim depends on at least one of its parts.
    "HS083" NothingDecisive {} =>
        "no part is decisive", "at least one part is decisive for the verdict",
        "leave `decisive = false` out of one of them";
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nparts = [{ measure = \"need_met\", policy = \"thematic-hubs\", against = \"status-quo\", expect = \"higher\", decisive = false }]",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nparts = [{ measure = \"need_met\", policy = \"thematic-hubs\", against = \"status-quo\", expect = \"higher\" }]";

    /// `policies` and `measures` are keys of a table, not of a claim that asks for a verdict.
    "HS084" KeyOfTable { key: &'a str } =>
        format!("`{key}` of a claim that asks for a verdict"), format!("`{key}` are those of a table"),
        format!("add `kind = \"table\"`, or leave `{key}` out");
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasures = [\"ruin\"]\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"",
    right "[[claim]]\nid = \"mine\"\nstatement = \"What hubs do\"\nkind = \"table\"\npolicies = [\"status-quo\", \"thematic-hubs\"]\nmeasures = [\"ruin\"]";

    /// A table has policies, measures and years, and no parts.
    "HS085" PartOfTable { key: &'a str, inherited: &'a str } =>
        format!("`{key}` of a table{inherited}"), "a table has `policies` and `measures`, and no parts",
        if inherited.is_empty() { format!("leave `{key}` out, or leave `kind = \"table\"` out") }
        else { format!("leave `{key}` out, or write `measure` or `parts` too: then it asks for a verdict") };
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"What hubs do\"\nkind = \"table\"\npolicies = [\"status-quo\", \"thematic-hubs\"]\nmeasures = [\"ruin\"]\nexpect = \"higher\"",
    right "[[claim]]\nid = \"mine\"\nstatement = \"What hubs do\"\nkind = \"table\"\npolicies = [\"status-quo\", \"thematic-hubs\"]\nmeasures = [\"ruin\"]";

    /// A part compares two different policies.
    "HS086" AgainstItself { policy: &'a str, inherited: String } =>
        format!("\"{policy}\" against itself{inherited}"), "two policies are compared", "name another policy";
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"thematic-hubs\"\nexpect = \"higher\"",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"";

    /// `net_of` names two policies, whose difference is subtracted.
    "HS087" NotAPair { key: &'a str, count: usize } =>
        format!("`{key}` has {count} policies"), "two policies: the first minus the second",
        "write [\"one\", \"other\"]";
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nnet_of = [\"thematic-hubs\", \"status-quo\", \"longer-grants\"]",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nnet_of = [\"longer-grants\", \"status-quo\"]";

    /// `below` and `above` compare a policy with a bound, not with another policy.
    "HS088" BesideBound { key: &'a str, expect: &'a str, inherited: String } =>
        format!("`{key}` beside `expect = \"{expect}\"`{inherited}"),
        format!("`{expect}` compares a policy with a bound, which is `by`"),
        format!("leave `{key}` out, or expect `lower` or `higher`");
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"above\"\nby = 0.5",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nexpect = \"above\"\nby = 0.5";

    /// How much matters is given in one way: `by`, or `by_share`; a bound is `by`.
    "HS089" TwoSizes { bound: Option<&'a str> } =>
        bound.map_or_else(|| "`by` and `by_share`".to_owned(), |word| format!("`by_share` beside `expect = \"{word}\"`")),
        bound.map_or_else(|| "one of them says how much matters".to_owned(), |word| format!("`{word}` has its bound in `by`")),
        "leave `by_share` out";
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nby = 0.1\nby_share = 0.1",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nby_share = 0.1";

    /// When a measure is looked at is given in one way: `year`, or `years`.
    "HS090" TwoTimes {} => "`year` and `years`", "one of them says when", "leave one of them out";
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nyear = 3\nyears = [1, 3]",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nyears = [1, 3]";

    /// A claim looks at years that a trial simulates.
    "HS091" AfterLastYear { first: u32, last: u32, years: u32 } =>
        if first > years { format!("year {first} is after the last") }
        else { format!("years {first} to {last} run on after the last") },
        format!("the scenario has {years} years"),
        if first > years { format!("write a year up to {years}, or raise `years`") }
        else { format!("write [{first}, {years}], or raise `years`") };
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nyear = 300",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nyear = 3";

    /// `years` are a first and a last year, in this order.
    "HS092" BadSpan { key: &'a str, found: String, help: String } =>
        format!("`{key}` {found}"), "two years: [first, last]", help;
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nyears = [3, 1]",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nyears = [1, 3]";

    /// A year is a whole number from 0 to 500.
    "HS093" BadYear { key: &'a str, found: String, rule: String, help: String } =>
        format!("`{key}` is {found}"), rule, help;
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nyear = 2.5",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"\nyear = 2";

    /// A table compares at least two policies.
    "HS094" TooFewPolicies { key: &'a str, count: usize, least: usize, rule: String } =>
        format!("`{key}` has {count}"), rule, format!("name at least {least} policies");
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"What hubs do\"\nkind = \"table\"\npolicies = [\"thematic-hubs\"]\nmeasures = [\"ruin\"]",
    right "[[claim]]\nid = \"mine\"\nstatement = \"What hubs do\"\nkind = \"table\"\npolicies = [\"status-quo\", \"thematic-hubs\"]\nmeasures = [\"ruin\"]";
}
