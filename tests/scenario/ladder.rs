//! `[[ladder]]`: which step belongs to which leg, what is a mistake, what is inherited.

use hubsim_lab::Design;
use hubsim_lab::design::StudyDesign;
use hubsim_lab::experiment::world::draw;
use hubsim_lab::scenario::arm::Arm;
use hubsim_lab::scenario::{Changes, Ladder, Memory, Scenario};

use crate::tiny::{problem, read, valid, with};

/// From the status quo to strict hubs, through hubs: levers with a path in time and with uncertain numbers.
const LADDER: &str = r#"
[[ladder]]
from = "status-quo"
through = ["hubs"]
to = "strict hubs"
replicates = 3
steps = [
    { name = "titles", levers = ["hubs.kind", "hubs.share"] },
    { name = "reviews", levers = ["policy.hubs.review_years", "hubs.outcomes"], needs = ["titles"] },
    { name = "governance", levers = ["governance.oversight", "governance.accountability"] },
    { name = "strictness", levers = ["hubs.strictness"], needs = ["reviews"] },
    { name = "scores", levers = ["grants.score"] },
]
"#;

fn only(scenario: &Scenario) -> &Ladder {
    let [ladder] = scenario.ladders.as_slice() else { panic!("{:?}", scenario.ladders) };
    ladder
}

/// The codes of the problems of a text.
fn read_code(text: &str) -> Vec<&'static str> {
    read(text).err().map_or(Vec::new(), |problems| problems.0.iter().map(|problem| problem.code).collect())
}

fn changed(text: &str, changes: &Changes) -> Scenario {
    Scenario::from_text(text, "tiny.toml", changes).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn a_step_takes_what_its_leg_ends_with() {
    let scenario = valid(&with(LADDER));
    let ladder = only(&scenario);
    let arms = [
        "status-quo",
        "status-quo + titles",
        "status-quo + titles + reviews",
        "hubs",
        "hubs + strictness",
        "strict hubs",
    ];
    assert_eq!((ladder.arms(), ladder.replicates, ladder.is_full()), (arms.to_vec(), 3, false));
    assert_eq!(ladder.steps[1].levers, ["hubs.review_years", "hubs.outcomes"]);
    for replicate in 0..4 {
        let world = draw(&scenario, replicate);
        let policy = |label: &str| scenario.inputs(&Arm::new(label), &world).expect("an arm of the ladder").1;
        let [quo, titles, reviews, hubs, strictness, strict] = arms.map(policy);
        assert_eq!((titles.hubs.share, titles.hubs.review_years), (hubs.hubs.share, quo.hubs.review_years));
        assert_eq!((reviews.hubs.review_years, reviews.governance.clone()), (hubs.hubs.review_years, quo.governance));
        // What is uncertain is drawn as the policy at the end of the leg draws it.
        assert_eq!(strictness.hubs, strict.hubs);
        assert_eq!((strictness.grants, strictness.governance), (hubs.grants, hubs.governance));
        assert_ne!(strictness.hubs.strictness, hubs.hubs.strictness);
    }
    assert_eq!(valid(&scenario.to_toml()), scenario, "a resolved scenario has the same ladder");
    // Three policies in four replicates; three further rungs in three.
    assert_eq!(StudyDesign::new(&scenario).trials().len(), 3 * 4 + 3 * 3);
}

#[test]
fn a_lever_may_change_on_two_legs() {
    let desk = "\n[[policy]]\nname = \"desk\"\nextends = \"status-quo\"\ngovernance = { desk_share = 0.1 }\n";
    let ladder = |steps: &str| {
        format!("{desk}[[ladder]]\nfrom = \"status-quo\"\nthrough = [\"desk\"]\nto = \"hubs\"\nsteps = [{steps}]\n")
    };
    let rest = "\"hubs.kind\", \"hubs.share\", \"hubs.review_years\", \"hubs.outcomes\", \"governance.oversight\", \"governance.accountability\"";
    let steps = format!(
        "{{ name = \"desk\", levers = [\"governance.desk_share\"] }}, {{ name = \"titles\", levers = [\"governance.desk_share\", {rest}] }}"
    );
    let scenario = valid(&with(&ladder(&steps)));
    let ladder = only(&scenario);
    assert_eq!(ladder.arms(), ["status-quo", "desk", "hubs"]);
    assert_eq!(ladder.replicates, 40, "the default");
    assert_eq!((ladder.steps[0].levers.len(), ladder.steps[1].levers.len()), (1, 7));
    // A step that a later one undoes cannot be left out: only titles can.
    let full = Changes { set: vec!["ladders=full".to_owned()], ..Changes::default() };
    let text = scenario.to_toml();
    let full = changed(&text, &full);
    let labels: Vec<(&str, &str)> =
        only(&full).contrasts[2..].iter().map(|of| (of.arm.as_str(), of.against.as_str())).collect();
    assert_eq!(labels, [("desk", "status-quo"), ("hubs", "status-quo"), ("hubs", "desk")]);
    assert_eq!(valid(&full.to_toml()), full, "and says that it is a full one");
}

#[test]
fn names_may_be_odd_and_taken() {
    let policy = "\n[[policy]]\nname = \"status-quo + a + c\"\nextends = \"status-quo\"\n";
    let ladder = LADDER.replace("\"titles\"", "\"a + c\"").replace("\"reviews\"", "\"− ü, \\\"<b>\\\" & + \"");
    let scenario = valid(&with(&format!("{policy}{ladder}")));
    let arms = only(&scenario).arms();
    assert_eq!(arms[1], "status-quo + a + c (ladder)", "there is a policy of that name");
    assert_eq!(arms[2], "status-quo + a + c + − ü, \"<b>\" & + ");
    let world = draw(&scenario, 0);
    let kind = |label: &str| scenario.inputs(&Arm::new(label), &world).expect("an arm").1.hubs.kind;
    assert_ne!(kind(arms[1]), kind("status-quo + a + c"));
    assert_eq!(valid(&scenario.to_toml()), scenario);
}

#[test]
fn what_does_not_fit_is_reported_where_it_stands() {
    let marked = |from: &str, to: &str| {
        assert!(LADDER.contains(from), "{from}");
        with(&LADDER.replacen(from, to, 1))
    };
    for (from, to, code) in [
        ("\"hubs.kind\"", "«\"hubs.knd\"", "HS130"),
        ("\"hubs.kind\"", "«\"production.find\"", "HS130"),
        (
            "steps = [\n    { name = \"titles\", levers = [\"hubs.kind\", ",
            "steps = «[\n    { name = \"titles\", levers = [",
            "HS133",
        ),
        (
            "{ name = \"scores\", levers = [\"grants.score\"] }",
            "{ name = «\"caps\", levers = [\"grants.cap\"] }, { name = \"scores\", levers = [\"grants.score\"] }",
            "HS134",
        ),
        ("[\"governance.oversight\", ", "[«\"hubs.outcomes\", \"governance.oversight\", ", "HS135"),
        ("needs = [\"titles\"]", "needs = [«\"strictness\"]", "HS136"),
        ("needs = [\"titles\"]", "needs = [«\"reviews\"]", "HS136"),
        ("name = \"scores\"", "name = «\"titles\"", "HS040"),
        ("through = [\"hubs\"]", "through = [«\"huubs\"]", "HS042"),
        ("through = [\"hubs\"]", "through = [\"hubs\", «\"hubs\"]", "HS040"),
        ("to = \"strict hubs\"", "to = «\"status-quo\"", "HS040"),
        ("replicates = 3", "replicates = «0", "HS030"),
        (", levers = [\"grants.score\"]", ", levers = «[]", "HS043"),
        ("replicates = 3", "«trials = 3", "HS018"),
    ] {
        assert_eq!(problem(&marked(from, to)).code, code, "{to}");
    }
    let steps = LADDER.find("steps").expect("steps");
    let none = format!("{}steps = «[]\n", &LADDER[..steps]);
    assert_eq!(problem(&with(&none)).code, "HS043");
    let missing = LADDER[..steps].replacen("[[ladder]]", "«[[ladder]]", 1);
    assert_eq!(problem(&with(&missing)).code, "HS019");
    // What is left is named, with the step that already belongs to the next leg.
    let left = problem(&marked(
        "steps = [\n    { name = \"titles\", levers = [\"hubs.kind\", ",
        "steps = «[\n    { name = \"titles\", levers = [",
    ));
    assert!(left.message.contains("`hubs.kind`, which differs between \"status-quo\" and \"hubs\""), "{left:?}");
    assert!(left.help.contains("before \"strictness\""), "{left:?}");
    // A lever with an equal distribution is drawn alike in both: nothing leads from one to the other.
    let twin =
        "\n[[policy]]\nname = \"twin\"\nextends = \"strict hubs\"\nhubs = { strictness = { choice = [0.5, 1] } }\n";
    let same = LADDER.replacen("[\"hubs\"]\nto = \"strict hubs\"", "[\"hubs\", \"strict hubs\"]\nto = «\"twin\"", 1);
    assert_eq!(problem(&with(&format!("{twin}{same}"))).code, "HS132");
    // Arms that are another world are no rungs.
    let arm = "\n[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\nset = { production.find = 0.5 }\n";
    let other = LADDER.replacen("through = [\"hubs\"]", "through = [«\"arm\"]", 1);
    assert_eq!(problem(&with(&format!("{arm}{other}"))).code, "HS131");
}

#[test]
fn a_ladder_runs_where_both_ends_do() {
    let text = with(LADDER);
    let only_hubs = Changes { policies: Some(vec!["hubs".to_owned()]), ..Changes::default() };
    let scenario = changed(&text, &only_hubs);
    assert_eq!(scenario.ladders, []);
    assert_eq!(valid(&scenario.to_toml()), scenario);
    let ends = Some(["status-quo", "strict hubs"].map(str::to_owned).to_vec());
    let scenario = changed(&text, &Changes { policies: ends, ..Changes::default() });
    assert_eq!(only(&scenario).arms().len(), 6, "what it passes need not be selected");
    assert_eq!(scenario.ladder_arms().len(), 4);
    assert_eq!(valid(&scenario.to_toml()), scenario);
    let none = Changes { set: vec!["ladders=none".to_owned()], ..Changes::default() };
    assert_eq!(changed(&text, &none).ladders, []);
}

/// Nobody who changes a lever need mend a ladder that is not theirs: what does not fit becomes a step, or is left out.
#[test]
fn an_inherited_ladder_bends() {
    let files = |more: &str| {
        let files = Memory::new([("tiny.toml", with(LADDER))]);
        let text = format!("name = \"over\"\nextends = \"tiny.toml\"\n{more}");
        Scenario::from_text_in(&files, &text, "over.toml", &Changes::default())
    };
    let over = |more: &str| files(more).unwrap_or_else(|problems| panic!("{problems}"));
    let names = |scenario: &Scenario| only(scenario).steps.iter().map(|step| step.name.clone()).collect::<Vec<_>>();
    let inherited = over("");
    assert_eq!(names(&inherited), ["titles", "reviews", "governance", "strictness", "scores"]);
    let longer = over("[[policy]]\nname = \"hubs\"\ngrants = { years = 2 }\n");
    assert_eq!(names(&longer), ["titles", "reviews", "governance", "the rest, to hubs", "strictness", "scores"]);
    assert_eq!(valid(&longer.to_toml()), longer);
    let strict = over("[[policy]]\nname = \"strict hubs\"\nhubs = { strictness = 0.5 }\n");
    assert_eq!(
        names(&strict),
        ["titles", "reviews", "governance", "scores"],
        "strictness is that of hubs: the default"
    );
    let set = Changes { set: vec!["policy.hubs.grants.years=2".to_owned()], ..Changes::default() };
    assert_eq!(names(&changed(&with(LADDER), &set)).len(), 6, "the same for the command line");
    // A ladder over a policy that was removed does not run; `[]` empties the list.
    let gone = "policies = [\"status-quo\"]\n[[policy]]\nname = \"hubs\"\nremove = true\n[[policy]]\nname = \"strict hubs\"\nremove = true\n";
    assert_eq!(over(gone).ladders, []);
    assert_eq!(over("ladder = []\n").ladders, []);
    // In the scenario itself the same is a mistake.
    let own = format!(
        "{}\n[[policy]]\nname = \"longer\"\nextends = \"hubs\"\ngrants = {{ years = 2 }}\n",
        LADDER.replacen("[\"hubs\"]", "[\"longer\"]", 1)
    );
    assert_eq!(read_code(&with(&own)), ["HS133", "HS133"], "a lever that goes and comes back");
    let own = with(&LADDER.replacen("\"grants.score\"", "\"grants.score\", \"grants.years\"", 1));
    assert_eq!(names(&valid(&own)).len(), 5, "a lever that does not differ stays as it is");
}

#[test]
fn the_default_ladder_passes_through_the_fair_controls() {
    let find = |name: &str| Scenario::find(name, &Changes::default()).unwrap_or_else(|problems| panic!("{problems}"));
    let default = find("wikimedia-2023");
    let ladder = only(&default);
    assert_eq!(
        ladder.arms(),
        [
            "status-quo",
            "status-quo-governed",
            "central-services",
            "central-services + titles instead of the desk",
            "central-services + titles instead of the desk + partners",
            "central-services + titles instead of the desk + partners + spread",
            "thematic-hubs-of-real-size",
            "thematic-hubs",
        ]
    );
    assert_eq!(ladder.replicates, 40);
    // Four rungs are no arms of the run.
    let policies = default.policies.len() as u32 * default.replicates;
    assert_eq!(StudyDesign::new(&default).trials().len() as u32, policies + 4 * 40);
    assert!(only(&find("proposal")).is_full());
    assert_eq!((find("stress").ladders, find("small").ladders), (vec![], vec![]));
}
