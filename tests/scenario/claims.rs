//! Claims as data: read, merged by id, written, and every mistake told where it stands.

use hubsim_lab::scenario::claim::{Claim, ClaimForm, ClaimPart, ClaimYears, Expectation, SmallestDifference};
use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::measures::position;

use crate::tiny::{problem, read, valid, with};

/// What is added to the tiny scenario: a claim of several parts, one in line, a table.
pub const CLAIMS: &str = r#"
[[claim]]
id = "B3"
statement = "It is no longer made twice"
source = "3-1"
parts = [
    { measure = "duplicated_share", policy = "hubs", against = "status-quo", expect = "lower" },
    { measure = "duplicated_share", policy = "hubs", expect = "below", by = 0.05, year = 6 },
    { measure = "volunteers", policy = "hubs", against = "status-quo", net_of = ["strict hubs", "status-quo"], expect = "not lower", years = [2, 6], decisive = false },
]
because = ["reuse_rate", "need_met"]
built_in = "In part."

[[claim]]
id = "in-line"
statement = "Help comes \"sooner\""
measure = "time_to_first_help"
policy = "strict hubs"
against = "hubs"
expect = "not higher"
by = 0.5

[[claim]]
id = "table.1"
statement = "Who decides matters"
kind = "table"
policies = ["status-quo", "hubs"]
measures = ["service_gap", "solved_needs"]
years = [1, 6]
"#;

/// (what stands in the claim, part of the message, part of the rule, part of the help)
pub type Case = (&'static str, &'static str, &'static str, &'static str);

/// Each text is what follows `[[claim]]`; `@` stands for a sound head, `#` for a sound part without its braces.
pub fn told(cases: &[Case]) {
    for (claim, message, rule, help) in cases {
        let part = "measure = \"need_met\", policy = \"hubs\", against = \"status-quo\", expect = \"higher\"";
        let claim = claim.replace('@', "id = \"A\"\nstatement = \"So it is\"\n").replace('#', part);
        let header = if claim.contains('«') { "[[claim]]" } else { "«[[claim]]" };
        let problem = problem(&with(&format!("\n{header}\n{claim}\n")));
        assert!(problem.message.contains(message), "{claim}\n{problem:#?}");
        assert!(problem.rule.contains(rule), "{claim}\n{problem:#?}");
        assert!(problem.help.contains(help), "{claim}\n{problem:#?}");
    }
}

pub fn at(key: &str) -> usize {
    position(key).unwrap_or_else(|| panic!("there is no measure {key}"))
}

#[test]
fn a_claim_is_what_it_says() {
    let scenario = valid(&with(CLAIMS));
    let share = ClaimPart {
        measure: at("duplicated_share"),
        within: None,
        policy: "hubs".to_owned(),
        against: Some("status-quo".to_owned()),
        net_of: None,
        expect: Expectation::Lower,
        by: SmallestDifference::Amount(0.03),
        years: ClaimYears::Last,
        decisive: true,
    };
    let bound = ClaimPart {
        against: None,
        expect: Expectation::Below,
        by: SmallestDifference::Amount(0.05),
        years: ClaimYears::Span(6, 6),
        ..share.clone()
    };
    let net = ClaimPart {
        measure: at("volunteers"),
        net_of: Some(["strict hubs".to_owned(), "status-quo".to_owned()]),
        expect: Expectation::NotLower,
        by: SmallestDifference::Share(0.1),
        years: ClaimYears::Span(2, 6),
        decisive: false,
        ..share.clone()
    };
    let in_line = ClaimPart {
        measure: at("time_to_first_help"),
        policy: "strict hubs".to_owned(),
        against: Some("hubs".to_owned()),
        expect: Expectation::NotHigher,
        by: SmallestDifference::Amount(0.5),
        ..share.clone()
    };
    let table = ClaimForm::Table {
        policies: vec!["status-quo".to_owned(), "hubs".to_owned()],
        measures: vec![at("service_gap"), at("solved_needs")],
        within: None,
        years: ClaimYears::Span(1, 6),
    };
    let claim = |id: &str, statement: &str, form: ClaimForm| Claim {
        id: id.to_owned(),
        statement: statement.to_owned(),
        source: String::new(),
        form,
        because: Vec::new(),
        built_in: String::new(),
    };
    let first = Claim {
        source: "3-1".to_owned(),
        because: vec![at("reuse_rate"), at("need_met")],
        built_in: "In part.".to_owned(),
        ..claim("B3", "It is no longer made twice", ClaimForm::Verdict(vec![share, bound, net]))
    };
    let second = claim("in-line", "Help comes \"sooner\"", ClaimForm::Verdict(vec![in_line]));
    assert_eq!(scenario.claims, [first, second, claim("table.1", "Who decides matters", table)]);
}

#[test]
fn the_resolved_scenario_holds_all_claims() {
    let changes = Changes { policies: Some(vec!["status-quo".to_owned()]), ..Changes::default() };
    let scenario = Scenario::from_text(&with(CLAIMS), "tiny.toml", &changes).expect("what it claims need not be run");
    assert_eq!(scenario.claims, valid(&with(CLAIMS)).claims);
    let text = scenario.to_toml();
    assert!(!text.contains("[[policy]]\nname = \"strict hubs\""), "{text}");
    let again = valid(&text);
    assert_eq!((&again.claims, again.to_toml()), (&scenario.claims, text));
    assert_eq!(again, scenario);
}

#[test]
fn equality_and_no_difference_are_expected_in_words() {
    let head = "\n[[claim]]\nid = \"E\"\nstatement = \"Nothing changes\"\nparts = [\n";
    let parts = "{ measure = \"need_met\", policy = \"hubs\", expect = \"equals\", to = 0 },\n\
                 { measure = \"need_met\", policy = \"hubs\", against = \"status-quo\", expect = \"equals\" },\n\
                 { measure = \"volunteers\", policy = \"hubs\", against = \"status-quo\", expect = \"no difference\", by_share = 0.01 },\n\
                 { measure = \"need_met\", policy = \"hubs\", against = \"status-quo\", expect = \"higher\", by = 0 },\n]\n";
    let scenario = valid(&with(&format!("{head}{parts}")));
    assert_eq!(valid(&scenario.to_toml()), scenario);
    let ClaimForm::Verdict(found) = &scenario.claims[0].form else { panic!("a verdict") };
    let kinds: Vec<(Expectation, SmallestDifference)> = found.iter().map(|part| (part.expect, part.by)).collect();
    let expected = [
        (Expectation::Equals, SmallestDifference::Amount(0.0)),
        (Expectation::Equals, SmallestDifference::Amount(0.0)),
        (Expectation::NoDifference, SmallestDifference::Share(0.01)),
        (Expectation::Higher, SmallestDifference::Amount(0.0)),
    ];
    assert_eq!(kinds, expected);
    let sentences = scenario.claims[0].sentences();
    for (sentence, words) in sentences.iter().zip([
        "is 0 in every trial",
        "is the same as under status-quo in every trial",
        "is no different from that under status-quo, by 1 % of it",
        "is higher than under status-quo, by 0",
    ]) {
        assert!(sentence.contains(words), "{sentence}");
    }
}

#[test]
fn years_that_the_command_line_cuts_off_are_no_mistake() {
    let changes = Changes { years: Some(3), ..Changes::default() };
    let scenario =
        Scenario::from_text(&with(CLAIMS), "tiny.toml", &changes).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!((scenario.years, scenario.claims.len()), (3, 3));
    assert_eq!(valid(&scenario.to_toml()), scenario);
}

#[test]
fn the_command_line_reaches_a_claim_by_its_id() {
    let changes = Changes { set: vec!["claim.in-line.by=0.25".to_owned()], ..Changes::default() };
    let scenario = Scenario::from_text(&with(CLAIMS), "tiny.toml", &changes).unwrap_or_else(|p| panic!("{p}"));
    let ClaimForm::Verdict(parts) = &scenario.claims[1].form else { panic!() };
    assert_eq!(parts[0].by, SmallestDifference::Amount(0.25));
}

#[test]
fn heads_of_claims() {
    told(&[
        ("statement = \"x\"\nparts = [{ # }]", "`id` is missing", "every claim has `id`", "add `id = \"…\"`"),
        (
            "id = \"A\"\nparts = [{ # }]",
            "`statement` is missing",
            "every claim has `statement`",
            "add `statement = \"…\"`",
        ),
        ("id = «\"A b\"\nstatement = \"x\"\nparts = [{ # }]", "the id has a ` `", "an id of letters", "write \"A-b\""),
        ("id = «\"\"\nstatement = \"x\"\nparts = [{ # }]", "the id is empty", "an id of letters", "write a word"),
        ("id = «\"-A\"\nstatement = \"x\"\nparts = [{ # }]", "begins with `-`", "begins with a letter", "write \"A\""),
        ("id = «\"Ä=1\"\nstatement = \"x\"\nparts = [{ # }]", "has a `Ä`", "an id of letters", "write \"1\""),
        ("id = «3\nstatement = \"x\"\nparts = [{ # }]", "`id` is a number", "an id of letters", "quotes"),
        (
            "@parts = [{ # }]\n[[claim]]\nid = «\"A\"\nstatement = \"again\"\nparts = [{ # }]",
            "a second claim \"A\"",
            "ids of [[claim]] are unique",
            "the first is in tiny.toml, line",
        ),
        ("id = \"A\"\nstatement = «\" \"\nparts = [{ # }]", "`statement` is empty", "one line", "a sentence"),
        ("id = \"A\"\nstatement = «\"a\\nb\"\nparts = [{ # }]", "several lines", "one line", "in one line"),
        (
            "@«statment = \"x\"\nparts = [{ # }]",
            "unknown key `statment`",
            "`[[claim]]` has no such key",
            "did you mean `statement`?",
        ),
        ("@«says = \"x\"\nparts = [{ # }]", "unknown key `says`", "`[[claim]]` has no such key", "write `statement`"),
        ("@«wired = \"x\"\nparts = [{ # }]", "unknown key `wired`", "`[[claim]]` has no such key", "write `built_in`"),
        ("@«question = \"1\"\nparts = [{ # }]", "unknown key `question`", "`[[claim]]`", "write `source`"),
        ("@parts = [{ #, «counts = false }]", "unknown key `counts`", "`parts` of a claim", "write `decisive`"),
        ("@kind = «\"tabel\"\nparts = [{ # }]", "`kind` is \"tabel\"", "one of `verdict` or `table`", "\"table\"?"),
        (
            "@because = [«\"need_mett\"]\nparts = [{ # }]",
            "no measure \"need_mett\"",
            "key of a measure",
            "\"need_met\"?",
        ),
        ("@because = [\"ruin\", «\"ruin\"]\nparts = [{ # }]", "given twice", "at most once", "leave the second"),
        ("@because = «\"ruin\"\nparts = [{ # }]", "`because` is a text", "a list of keys", "write [\"ruin\"]"),
        ("@", "compares nothing", "a claim has parts", "add `parts"),
        ("@parts = «[]", "`parts` is empty", "1 to 100 parts", "write `parts"),
        ("@parts = «3", "`parts` is a number", "a list of tables", "write `parts"),
        ("@parts = [«\"need_met\"]", "an entry of `parts` is a text", "a list of tables", "write `parts"),
        ("@«by = 0.1\nparts = [{ # }]", "`by` beside `parts`", "or the keys of one part", "write `by` in a part"),
        (
            "@parts = «[{ #, decisive = false }]",
            "no part is decisive",
            "at least one part is decisive",
            "leave `decisive = false`",
        ),
        (
            "@«policies = [\"hubs\", \"status-quo\"]\nparts = [{ # }]",
            "asks for a verdict",
            "those of a table",
            "kind = \"table\"",
        ),
    ]);
    let single = with("\n«[claim]\nid = \"A\"\n");
    assert!(problem(&single).message.contains("`claim` is a table"));
}

#[test]
fn parts_of_claims() {
    told(&[
        (
            "@parts = [«{ policy = \"hubs\", against = \"status-quo\", expect = \"lower\" }]",
            "`measure` is missing",
            "a part has `measure`",
            "add `measure",
        ),
        ("@parts = [{ #, «bye = 3 }]", "unknown key `bye`", "`parts` of a claim has no such key", "did you mean `by`?"),
        (
            "@measure = «\"service_gab\"\npolicy = \"hubs\"\nagainst = \"status-quo\"\nexpect = \"lower\"",
            "no measure \"service_gab\"",
            "the key of a measure",
            "did you mean \"service_gap\"?",
        ),
        (
            "@measure = «\"zebra\"\npolicy = \"hubs\"\nexpect = \"below\"\nby = 1",
            "no measure \"zebra\"",
            "the key of a measure",
            "`hubsim explain` lists all",
        ),
        (
            "@measure = \"need_met\"\npolicy = «\"hub\"\nagainst = \"status-quo\"\nexpect = \"lower\"",
            "no policy \"hub\"",
            "[[policy]]",
            "did you mean \"hubs\"?",
        ),
        (
            "@measure = \"need_met\"\npolicy = \"hubs\"\nagainst = «\"hubs without pilots\"\nexpect = \"lower\"",
            "no policy \"hubs without pilots\"",
            "[[policy]]",
            "add an [[ablation]] with `policy = \"hubs\"` and `without = [\"pilots\"]`",
        ),
        (
            "@measure = \"need_met\"\npolicy = \"hubs\"\nagainst = «\"hubs\"\nexpect = \"lower\"",
            "\"hubs\" against itself",
            "two policies",
            "another policy",
        ),
        (
            "@measure = \"need_met\"\npolicy = \"hubs\"\nagainst = \"status-quo\"\nexpect = «\"lowre\"",
            "`expect` is \"lowre\"",
            "one of `lower`, `higher`",
            "did you mean \"lower\"?",
        ),
        (
            "@measure = \"need_met\"\npolicy = \"hubs\"\nagainst = \"status-quo\"\nexpect = «\"not-lower\"",
            "`expect` is \"not-lower\"",
            "`not lower`",
            "did you mean \"not lower\"?",
        ),
        (
            "@measure = \"need_met\"\npolicy = \"hubs\"\nexpect = \"higher\"",
            "`against` is missing",
            "`higher` compares with another policy",
            "add `against",
        ),
        (
            "@parts = [{ measure = \"need_met\", policy = \"hubs\", «against = \"status-quo\", expect = \"above\", by = 0.1 }]",
            "`against` beside `expect = \"above\"`",
            "compares a policy with a bound",
            "leave `against` out",
        ),
        (
            "@parts = [{ measure = \"need_met\", policy = \"hubs\", «net_of = [\"hubs\", \"status-quo\"], expect = \"above\", by = 0.1 }]",
            "`net_of` beside",
            "compares a policy with a bound",
            "leave `net_of` out",
        ),
        (
            "@parts = [«{ measure = \"need_met\", policy = \"hubs\", expect = \"below\" }]",
            "`by` is missing",
            "which is `by`",
            "the bound",
        ),
        (
            "@parts = [{ measure = \"need_met\", policy = \"hubs\", expect = \"below\", by = «1.5 }]",
            "`by` is 1.5",
            "a number between 0 and 1, as `need_met` lies",
            "the closest allowed value is 1",
        ),
        ("@parts = [{ #, by = «-0.1 }]", "`by` is -0.1", "a number between 0 and 1", "0"),
        ("@parts = [{ #, by = «3 }]", "`by` is 3", "as `need_met` lies", "the closest allowed value is 1"),
        ("@parts = [{ #, by = «nan }]", "not a finite number", "a number", ""),
        ("@parts = [{ #, by = «inf }]", "not a finite number", "a number", ""),
        ("@parts = [{ #, by = «\"10 %\" }]", "`by` is a text", "a number", "write `by_share = 0.1`"),
        ("@parts = [{ #, by = «\"0.1\" }]", "`by` is a text", "a number", "write `by = 0.1`, without quotes"),
        ("@parts = [{ #, by_share = «10 }]", "`by_share` is 10", "a number between 0 and 1", "1"),
        ("@parts = [{ #, by = 0.1, «by_share = 0.1 }]", "`by` and `by_share`", "one of them", "leave `by_share` out"),
        ("@parts = [{ #, net_of = «[\"hubs\"] }]", "`net_of` has 1", "2 names of policies", "at least 2"),
        (
            "@parts = [{ #, net_of = «[\"hubs\", \"status-quo\", \"strict hubs\"] }]",
            "`net_of` has 3",
            "two policies",
            "write [\"one\", \"other\"]",
        ),
        ("@parts = [{ #, decisive = «1 }]", "`decisive` is a number", "true or false", "write true"),
        ("@parts = [{ #, year = 3, years = «[1, 3] }]", "`year` and `years`", "one of them", "leave one"),
        ("@parts = [{ #, years = «[3, 1] }]", "runs from 3 to 1", "[first, last]", "write [1, 3]"),
        ("@parts = [{ #, years = «[3] }]", "a list of 1", "[first, last]", "write [first, last]"),
        ("@parts = [{ #, years = «3 }]", "`years` is a number", "[first, last]", "write `year = 3`"),
        ("@parts = [{ #, year = «[1, 3] }]", "`year` is a list", "a whole number", "write `years = [first, last]`"),
        ("@parts = [{ #, years = [1, «2.5] }]", "2.5, no whole number", "from 0 to 500", "write a year"),
        ("@parts = [{ #, year = «-1 }]", "`year` is -1", "from 0 to 500", "write a year"),
        ("@parts = [{ #, year = «7 }]", "year 7 is after the last", "the scenario has 6 years", "up to 6"),
        ("@parts = [{ #, years = «[2, 30] }]", "years 2 to 30 run on", "the scenario has 6 years", "write [2, 6]"),
        ("@parts = [{ #, years = «[8, 12] }]", "year 8 is after the last", "the scenario has 6 years", "raise `years`"),
    ]);
}

/// Nothing is told one at a time.
#[test]
fn every_mistake_is_told_at_once() {
    let text = with(
        "\n[[claim]]\nid = \"a b\"\nparts = [\n{ measure = \"nedmet\", policy = \"hubbs\", expect = \"more\", by = -1 },\n\
         { measure = \"ruin\", policy = \"hubs\", expect = \"lower\", years = [9, 2] },\n]\n[[claim]]\nstatement = \"x\"\n",
    );
    let problems = read(&text).expect_err("mistakes").0;
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(problems.len(), 10, "{messages:#?}");
}
