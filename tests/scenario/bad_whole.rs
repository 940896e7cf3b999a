//! Mistakes of more than one key: what is missing, too much, in a circle, no list; and all of them at once.

use hubsim_lab::scenario::{Changes, Scenario};

use crate::tiny::{TINY, read};

#[test]
fn everything_is_told_at_once_in_the_order_of_the_text() {
    let text = TINY
        .replace("years = 6", "yeers = 6")
        .replace("find = 0.3", "find = 2")
        .replace("count = 20", "count = 0.5")
        .replace("[[funder]]", "[[funder]]\nx = \n");
    let problems = read(&text).expect_err("four mistakes");
    let lines: Vec<usize> = problems.0.iter().map(|problem| problem.line).collect();
    assert_eq!(lines.len(), 4, "{problems}");
    assert!(lines.is_sorted());
    assert!(problems.to_string().ends_with("4 problems in tiny.toml; nothing was run"), "{problems}");
}

#[test]
fn too_much_of_everything() {
    let start = TINY.find("[[policy]]").expect("it has policies");
    let mut text = TINY.replace("volunteers = 3000", "volunteers = 900000000");
    let problems = read(&text).expect_err("too many agents").0;
    assert!(
        problems[0].message.contains("agents") && problems[0].help.contains("people_per_agent = 258"),
        "{problems:?}"
    );
    text = TINY.replace(
        "staff = 0.5",
        "staff = 0.5\n[[organisation]]\nname = \"More\"\nregion = \"North\"\ncommunity = 0\ncount = 4990",
    );
    let problems = read(&text).expect_err("too many organisations").0;
    assert!(problems[0].rule.contains("at most 5000 organisations"), "{problems:?}");
    let themes: String = (0..32).map(|index| format!("[[theme]]\nname = \"T{index}\"\n")).collect();
    let problems = read(&format!("{}{themes}{}", &TINY[..start], &TINY[start..])).expect_err("34 themes").0;
    assert!(problems[0].rule.contains("at most 32 entries of [[theme]]"), "{problems:?}");
    let problems = read("name = \"empty\"").expect_err("nothing in it").0;
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(read("").expect_err("an empty file").0[0].message.contains("`name` is missing"));
}

#[test]
fn policies_may_not_extend_each_other_in_a_circle() {
    let text = TINY.replace("name = \"status-quo\"", "name = \"status-quo\"\nextends = \"strict hubs\"");
    let problems = read(&text).expect_err("a circle").0;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!(problem.message, "policies extend each other in a circle: status-quo → strict hubs → hubs");
    assert_eq!(problem.found, "\"status-quo\"");
}

#[test]
fn entries_that_lack_something_are_told_at_their_header() {
    let problems = read(&TINY.replace("region = \"North\"\nstaff", "staff")).expect_err("no region").0;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!((problem.column, problem.found.as_str()), (1, "[[organisation]]"));
    assert_eq!(problem.message, "`region` is missing");
    let both = TINY.replace("name = \"Technology\"", "").replace("population = 100\n", "");
    assert_eq!(read(&both).expect_err("two").0.len(), 2);
}

#[test]
fn names_with_the_same_random_draws_are_told() {
    let other = "[[organisation]]\nname = \"Group 3\"\nregion = \"North\"\n\n[[funder]]";
    let problems = read(&TINY.replace("[[funder]]", other)).expect_err("numbered").0;
    assert!(problems[0].message.contains("one of the numbered organisations \"Group\""), "{problems:#?}");
    let problems = read(&TINY.replace("\"Education\"", "\"North\"")).expect_err("region and theme").0;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert!(problem.message.contains("the theme \"North\" would share its random draws"), "{problem:#?}");
}

/// What is no list does away with nothing that is inherited, so that nothing else seems to be missing.
#[test]
fn a_list_that_is_none_is_one_mistake() {
    for list in
        ["region", "theme", "organisation", "funder", "policy", "claim", "shock", "ablation", "head_start", "arm"]
    {
        for (value, noun) in [("\"x\"", "a text"), ("3", "a number"), ("{ a = 1 }", "a table")] {
            let text = format!("name = \"x\"\nextends = \"small\"\n{list} = {value}\n");
            let problems = read(&text).expect_err(&text).0;
            let [problem] = problems.as_slice() else { panic!("{text}{problems:#?}") };
            assert_eq!((problem.line, problem.message.as_str()), (3, format!("`{list}` is {noun}").as_str()));
            assert!(problem.help.contains(&format!("[[{list}]]")), "{problem:#?}");
        }
        let changes = Changes { set: vec![format!("{list}=x")], ..Changes::default() };
        let problems = Scenario::from_text(TINY, "tiny.toml", &changes).err();
        let there = TINY.contains(&format!("[[{list}]]"));
        let told = problems.is_some_and(|problems| {
            problems.0.len() == 1 && problems.0[0].message == format!("`{list}` is a list of entries")
        });
        assert_eq!(told, there, "--set {list}=x");
    }
}
