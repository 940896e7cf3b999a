//! One mistake each: where it is told, which rule, what to write instead.

use hubsim_lab::scenario::Diagnostic;

use crate::tiny::{TINY, read};

/// Replaces a line of the tiny scenario and reads it. `«` marks where a problem is expected.
fn broken(from: &str, to: &str) -> (usize, usize, Vec<Diagnostic>) {
    assert!(TINY.contains(from), "{from:?} is not in the tiny scenario");
    let text = TINY.replacen(from, to, 1);
    let at = text.find('«').unwrap_or_else(|| panic!("no mark in {to:?}"));
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let problems = read(&text.replace('«', "")).err().unwrap_or_else(|| panic!("{to:?} was accepted"));
    (line, column, problems.0)
}

/// (what is replaced, by what with a mark, part of the message, part of the rule, part of the help)
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

fn told(cases: &[Case]) {
    for (from, to, message, rule, help) in cases {
        let (line, column, problems) = broken(from, to);
        let found: Vec<_> = problems.iter().map(|p| (p.line, p.column, &p.message, &p.rule, &p.help)).collect();
        let told = problems.iter().any(|problem| {
            (problem.line, problem.column) == (line, column)
                && problem.message.contains(message)
                && problem.rule.contains(rule)
                && problem.help.contains(help)
        });
        assert!(told, "{to}\nwanted {:?}\nfound {found:#?}", (line, column, message, rule, help));
        assert_eq!(problems.len(), 1, "{to}\nfound {found:#?}");
    }
}

#[test]
fn numbers() {
    told(&[
        ("find = 0.3", "find = «1.5", "`find` is 1.5", "a share between 0 and 1", "closest allowed value is 1"),
        ("find = 0.3", "find = «-1", "`find` is -1", "a share between 0 and 1", "closest allowed value is 0"),
        ("find = 0.3", "find = «\"0.3\"", "`find` is a text", "a share", "write 0.3 without quotes"),
        ("find = 0.3", "find = «nan", "not a finite number", "a share", "write a share between 0 and 1"),
        ("find = 0.3", "find = «-inf", "not a finite number", "a share", ""),
        ("find = 0.3", "find = «1e999", "not a finite number", "a share", ""),
        ("find = 0.3", "find = «true", "true or false", "a share", ""),
        ("find = 0.3", "find = «[0.1, 0.2]", "a list", "a share", "{ uniform = [low, high] }"),
        ("find = 0.3", "find = «2020-01-01", "a date", "a share", ""),
        (
            "count = 20",
            "count = «2.5",
            "not a whole number",
            "a whole number from 1 to 5000 (organisations)",
            "write 3",
        ),
        ("staff = 40", "staff = «-4", "`staff` is -4", "a number between 0 and 100000 (FTE)", "0"),
        ("years = 6", "years = «0", "`years` is 0", "a whole number from 1 to 500", "1"),
        (
            "years = 6",
            "years = «{ uniform = [1, 6] }",
            "`years` is a table",
            "a whole number",
            "the same in every world",
        ),
        ("replicates = 4", "replicates = «70000", "70000", "from 1 to 65536", "closest allowed value is 65536"),
        ("seed = 3", "seed = «-3", "`seed` is out of range", "from 0 to 18446744073709551615", "a whole number"),
        ("seed = 3", "seed = «1.0", "`seed` is a number", "a whole number", ""),
    ]);
}

#[test]
fn distributions() {
    let rule = "one of { uniform = [low, high] }";
    told(&[
        ("find = 0.3", "find = { «unifrom = [0, 1] }", "`unifrom` is no distribution", rule, "did you mean `uniform`?"),
        ("find = 0.3", "find = «{ uniform = [0, 1], choice = [1] }", "a table of 2 keys", rule, ""),
        ("find = 0.3", "find = «{}", "a table of 0 keys", rule, ""),
        ("find = 0.3", "find = { uniform = «[0.1] }", "`uniform` has a list of 1", "two numbers: [low, high]", ""),
        ("find = 0.3", "find = { uniform = «[0.4, 0.1] }", "impossible", "low is below high", "write [0.1, 0.4]"),
        ("find = 0.3", "find = { uniform = [0.1, «1.2] }", "`find` is 1.2", "a share between 0 and 1", "1"),
        ("find = 0.3", "find = { normal = «[0.3, 0] }", "impossible", "standard deviation is above 0", "write 0.3"),
        ("find = 0.3", "find = { triangular = «[0.1, 0.5, 0.2] }", "impossible", "ascending", "write [0.1, 0.2, 0.5]"),
        ("find = 0.3", "find = { choice = «[] }", "`choice` has a list of 0", "1 to 1000 numbers", ""),
        ("find = 0.3", "find = { choice = «0.5 }", "`choice` has a number", "1 to 1000 numbers", ""),
        ("count = 20", "count = { choice = [1, «1.5] }", "not a whole number", "a whole number", "write 2"),
        (
            "from = 0.1, to = 0.3, by_year = 4",
            "from = 0.1, to = 0.3, by_year = «0",
            "`by_year` is 0",
            "from 1 to 500",
            "1",
        ),
        (
            "share = { from = 0.1, to = 0.3, by_year = 4 }",
            "share = «{ from = 0.1, to = 0.3 }",
            "`by_year` is missing",
            "a path in time",
            "add `by_year",
        ),
        (
            "to = 0.3, by_year",
            "to = 0.3, «untill = 3, by_year",
            "unknown key `untill`",
            "a path in time",
            "leave `untill` out",
        ),
        ("to = 0.3, by_year", "to = «3, by_year", "`to` is 3", "between 0 and 1", "closest allowed value is 1"),
    ]);
}

#[test]
fn keys() {
    told(&[
        ("find = 0.3", "«fnid = 0.3", "unknown key `fnid`", "`[production]` has no such key", "did you mean `find`?"),
        ("find = 0.3", "«memory = 0.3", "unknown key `memory`", "`[production]`", "`memory` belongs to `[money]`"),
        ("find = 0.3", "«years = 3", "unknown key `years`", "`[production]`", "write it above the first section"),
        ("find = 0.3", "«volunteers = 3", "unknown key", "`[production]`", "belongs to `[[region]]`"),
        ("years = 6", "«yeers = 6", "unknown key `yeers`", "the top level", "did you mean `years`?"),
        ("[production]", "[«productoin]", "unknown key `productoin`", "the top level", "did you mean `production`?"),
        ("[production]", "«[[production]]", "`production` is a list", "is a section", "write `[production]` once"),
        (
            "kind = \"thematic\"",
            "«knid = \"thematic\"",
            "unknown key `knid`",
            "`hubs` of a policy",
            "did you mean `kind`?",
        ),
        (
            "outcomes = [\"end\", \"move\"]",
            "«cap = 3",
            "unknown key `cap`",
            "`hubs` of a policy",
            "`grants` of a policy",
        ),
    ]);
}

#[test]
fn words_and_references() {
    told(&[
        (
            "kind = \"user-group\"",
            "kind = «\"usergroup\"",
            "\"usergroup\"",
            "one of `foundation`",
            "did you mean \"user-group\"?",
        ),
        ("kind = \"user-group\"", "kind = «3", "`kind` is a number", "one of", "in quotes"),
        ("core = true", "core = «\"true\"", "`core` is a text", "true or false", "write true without quotes"),
        ("core = true", "core = «1", "`core` is a number", "true or false", "write true"),
        ("\"end\", \"move\"", "\"end\", «\"end\"", "given twice", "at most once", "leave the second one out"),
        ("\"end\", \"move\"", "\"end\", «\"mve\"", "\"mve\"", "one of `split`", "did you mean \"move\"?"),
        ("[\"end\", \"move\"]", "«\"end\"", "`outcomes` is a text", "a list of some of", "write [\"end\"]"),
        ("need = 0.5", "«ned = 0.5", "`ned` is nothing that `score` looks at", "to weights", "did you mean `need`?"),
        ("need = 0.5", "need = «-0.5", "`need` is -0.5", "between 0 and 1000000", "0"),
        (
            "score = { need = 0.5, track_record = { uniform = [0, 1] } }",
            "score = «0.5",
            "`score` is a number",
            "to weights",
            "{ history = 1 }",
        ),
        (
            "affinity = { \"South.East\"",
            "affinity = { «\"SouthEast\"",
            "there is no region \"SouthEast\"",
            "[[region]]",
            "did you mean \"South.East\"?",
        ),
        ("\"South.East\" = 0.7", "\"South.East\" = «1.7", "`South.East` is 1.7", "a share between 0 and 1", "1"),
        (
            "region = \"South.East\"",
            "region = «\"Nroth\"",
            "there is no region \"Nroth\"",
            "[[region]]",
            "did you mean \"North\"?",
        ),
        (
            "region = \"South.East\"",
            "region = «\"Atlantis\"",
            "no region \"Atlantis\"",
            "[[region]]",
            "`North` and `South.East`",
        ),
        (
            "funder = \"Movement fund\"",
            "funder = «\"Movement found\"",
            "no funder",
            "[[funder]]",
            "did you mean \"Movement fund\"?",
        ),
        (
            "extends = \"status-quo\"",
            "extends = «\"statusquo\"",
            "no policy \"statusquo\"",
            "[[policy]]",
            "did you mean \"status-quo\"?",
        ),
        (
            "extends = \"status-quo\"",
            "extends = «\"hubs\"",
            "policy \"hubs\" extends itself",
            "to an end",
            "leave `extends` out",
        ),
        (
            "years = 6",
            "years = 6\npolicies = [«\"hub\"]",
            "no policy \"hub\"",
            "names of policies",
            "did you mean \"hubs\"?",
        ),
        (
            "years = 6",
            "years = 6\npolicies = [\"hubs\", «\"hubs\"]",
            "given twice",
            "each at most once",
            "leave the second",
        ),
        ("years = 6", "years = 6\npolicies = «[]", "`policies` is empty", "names of policies", "leave `policies` out"),
        (
            "years = 6",
            "years = 6\npolicies = «\"hubs\"",
            "`policies` is a text",
            "names of policies",
            "write [\"hubs\"]",
        ),
    ]);
}

#[test]
fn names_and_missing_keys() {
    told(&[
        ("name = \"tiny\"", "name = «\"../tiny\"", "has a `/`", "letters, digits", "write \"tiny\""),
        ("name = \"tiny\"", "name = «\"ti\\u001bny\"", "invisible", "letters, digits", "write \"ti-ny\""),
        ("name = \"tiny\"", "name = «\"\"", "is empty", "letters, digits", "write a word"),
        ("name = \"tiny\"", "name = «\"..\"", "begins with `.`", "letters, digits", "write a word"),
        ("name = \"tiny\"", "name = «\"latest\"", "is taken", "a name of its own", "another name"),
        ("name = \"tiny\"", "name = «3", "`name` is a number", "a text in quotes", "\"quotes\""),
        ("name = \"strict hubs\"", "name = «\"strict/hubs\"", "has a `/`", "letters, digits", "write \"strict-hubs\""),
        (
            "name = \"strict hubs\"",
            "name = «\"strict, hubs\"",
            "has a `,`",
            "letters, digits",
            "write \"strict- hubs\"",
        ),
        (
            "name = \"Technology\"",
            "name = «\" Technology\"",
            "ends with a space",
            "letters, digits",
            "write \"Technology\"",
        ),
        (
            "name = \"Technology\"",
            "name = «\"Education\"",
            "a second theme \"Education\"",
            "unique",
            "the first is in tiny.toml, line",
        ),
        ("name = \"tiny\"\n", "«", "`name` is missing", "every scenario has a name", "write `name = "),
        (
            "[[funder]]\nname = \"Movement fund\"\npot = 1000000",
            "«[[funder]]\nname = \"Movement fund\"",
            "`pot` is missing",
            "`[[funder]]`",
            "add `pot = …`",
        ),
        ("[[theme]]\nname = \"Technology\"", "«[[theme]]", "`name` is missing", "`[[theme]]`", "add `name = \"…\"`"),
    ]);
}

#[test]
fn what_does_not_go_together() {
    told(&[
        (
            "online = 60",
            "online = «260",
            "260 million people online of 200 million",
            "no more people",
            "write 200 or less",
        ),
        ("staff = 0.5", "staff = 0.5\ncommunity = «0.06", "serve 1.200", "together are at most 1", "that of \"Group\""),
        ("kind = \"user-group\"", "kind = «\"foundation\"", "21 foundations", "at most one", "a chapter"),
        ("pot = 0.5", "pot = 0.5\naffinity = «0.5", "`affinity` of no region", "that of a region", "add `region ="),
        ("year = 2", "year = «7", "strikes in year 7", "the scenario has 6 years", "from 1 to 6"),
        (
            "[[shock]]\nyear = 2\nfunder = \"Movement fund\"\npot = 0.5",
            "«[[shock]]\nyear = 2",
            "strikes nothing",
            "a funder, a region, a theme, the hubs or the foundation",
            "add `funder",
        ),
    ]);
}

/// Mistakes in a policy are told for those that inherit them, too; here the scenario has one policy.
#[test]
fn policies_that_contradict_themselves() {
    let start = TINY.find("[[policy]]").expect("it has policies");
    let thematic = "hubs = { kind = \"thematic\", share = 0.1";
    for (policy, message, rule, help) in [
        (
            format!("{thematic}, review_years = 3, outcomes = «[] }}"),
            "may end in nothing",
            "end in something",
            "outcome",
        ),
        (
            format!("{thematic}, kinds = «[] }}"),
            "no organisation may hold a mandate",
            "at least one kind",
            "leave `kinds` out",
        ),
        (
            format!("{thematic}, pilots = «3 }}"),
            "3 pilots, but 2 themes",
            "one pilot for each theme",
            "write 2 or less",
        ),
        (
            format!("{thematic}, pilots = «2, hubs_at_most = 1 }}"),
            "2 pilots, but at most 1 hubs",
            "pilots are hubs, too",
            "write `pilots = 1` or less",
        ),
        (
            format!("{thematic}, wave_size = «0 }}"),
            "`wave_size` is 0",
            "a whole number from 1 to 100",
            "for no limit write \"unlimited\"",
        ),
        (
            format!("{thematic}, review_years = «0 }}"),
            "`review_years` is 0",
            "or \"never\"",
            "for no limit write \"never\"",
        ),
        (format!("{thematic}, first_year = «9 }}"), "in year 9", "the scenario has 6 years", "from 1 to 6"),
        ("hubs = { share = «0.1 }".to_owned(), "there are none", "for hubs of some `kind`", "kind = \"thematic\""),
        ("grants = { kinds = «[] }".to_owned(), "no organisation may apply", "at least one kind", "leave `kinds` out"),
        (
            "grants = { baseline_share = 0.3, newcomers_share = «{ from = 0, to = 0.9, by_year = 3 } }".to_owned(),
            "1.2 of the pot is set aside in year 3: `grants.newcomers_share` 0.9 + `grants.baseline_share` 0.3",
            "together at most 1",
            "lower them by 0.2",
        ),
        (
            "grants = { baseline_share = «{ uniform = [0.4, 0.8] }, experiments_share = 0.3 }".to_owned(),
            "1.1 of the pot",
            "together at most 1",
            "lower them by 0.1",
        ),
    ] {
        let text = format!("{}[[policy]]\nname = \"p\"\n{policy}\n", &TINY[..start]);
        let at = text.find('«').expect("a mark");
        let column = text[..at].rsplit('\n').next().expect("a line").chars().count() + 1;
        let line = text[..at].matches('\n').count() + 1;
        let problems = read(&text.replace('«', "")).expect_err(&policy).0;
        let [problem] = problems.as_slice() else { panic!("{policy}: {problems:#?}") };
        assert_eq!((problem.line, problem.column), (line, column), "{policy}: {problem:#?}");
        assert!(problem.message.contains(message), "{problem:#?}");
        assert!(problem.rule.contains(rule), "{problem:#?}");
        assert!(problem.help.contains(help), "{problem:#?}");
    }
}

#[test]
fn no_hubs_are_told_where_they_are_unmade() {
    let start = TINY.find("[[policy]]").expect("it has policies");
    let paid = "[[policy]]\nname = \"p\"\nhubs = { kind = \"thematic\", share = 0.1 }\n";
    let unmade = "[[policy]]\nname = \"q\"\nextends = \"p\"\nhubs = { kind = \"none\" }\n";
    let problems = read(&format!("{}{paid}{unmade}", &TINY[..start])).expect_err("money for no hubs").0;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!(problem.found, "\"none\"");
    assert!(problem.help.contains("`share = 0`"), "{problem:#?}");
}

#[test]
fn a_floor_needs_its_group() {
    let text = TINY.replace("group = \"underserved\"", "").replace("pot = 0.5", "pot = 0.5 # shock")
        + "grants.underserved_floor = 0.2\n";
    let problems = read(&text.replace("grants = {", "grants.kinds = [\"chapter\"] #")).expect_err("no such group").0;
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].message.contains("group `underserved`, of which there are none"));
}
