//! Arms as data: ablations, shocks of a policy, funders that follow a policy of their own, policies that are not run.

use hubsim_lab::scenario::arm::Subject;
use hubsim_lab::scenario::{Changes, DiagnosticReport, Scenario};
use hubsim_model::catalogue::Limit;
use hubsim_model::policy::levers::{DeskPlace, Outcome, ScoreMix};
use hubsim_model::policy::mitigations::MITIGATIONS;

use crate::tiny::{TINY, problem, read, valid, with};

/// What is added to the tiny scenario.
const ABLATION: &str = r#"
[[ablation]]
policy = "hubs"
without = ["review", "relocation", ["oversight", "accountability"]]
"#;

#[test]
fn an_ablation_makes_an_arm_of_each_entry() {
    let scenario = valid(&with(ABLATION));
    let arms = ["hubs without review", "hubs without relocation", "hubs without oversight and accountability"];
    assert_eq!(scenario.policies[3..], arms);
    let policy = |name: &str| scenario.policy(name, &[]).unwrap_or_else(|| panic!("{name} is not there"));
    let (whole, review, relocation) = (policy("hubs"), policy(arms[0]), policy(arms[1]));
    assert_eq!((whole.hubs.review_years, review.hubs.review_years), (3.0.into(), Limit::None));
    assert_eq!(relocation.hubs.outcomes, [Outcome::End], "without the move of end and move");
    assert_eq!(review.hubs.outcomes, whole.hubs.outcomes);
    assert_eq!((review.hubs.share, review.grants), (whole.hubs.share, whole.grants));
    assert!(scenario.policy_description(arms[0]).is_some_and(|text| text.starts_with("As hubs, but: A mandate runs")));
}

#[test]
fn the_resolved_scenario_holds_the_arms() {
    let changes = Changes {
        policies: Some(vec!["hubs without relocation".to_owned(), "status-quo".to_owned()]),
        ..Changes::default()
    };
    let scenario = Scenario::from_text(&with(ABLATION), "tiny.toml", &changes).expect("arms can be selected");
    assert_eq!(scenario.policies, ["hubs without relocation", "status-quo"]);
    let text = scenario.to_toml();
    // As the policy that it is made of and what it goes without, so that whoever reads it knows what it is.
    let declared = "[[ablation]]\npolicy = \"hubs\"\nwithout = [\"relocation\"]\n";
    assert!(text.contains("name = \"hubs\"") && text.contains(declared), "{text}");
    assert!(!text.contains("name = \"hubs without relocation\"") && !text.contains("oversight\""), "{text}");
    let again = valid(&text);
    assert_eq!(again, scenario);
    let derivation = |scenario: &Scenario| scenario.arms()[0].derivation.clone().expect("made of another");
    assert_eq!(derivation(&again).from, "hubs");
    assert_eq!(derivation(&again).subject, Subject::Mitigations(vec!["relocation".to_owned()]));
    assert_eq!(again.arms()[1].derivation, None);
}

/// A number that only the base policy of an arm holds uncertain is drawn for the arm, too, as if it stood there.
#[test]
fn arms_draw_what_their_base_policy_holds_uncertain() {
    let more = "\n[[ablation]]\npolicy = \"strict hubs\"\nwithout = [\"review\"]\n";
    let label = "strict hubs without review";
    let select = |policies: &[&str]| {
        let policies = Some(policies.iter().map(|&policy| policy.to_owned()).collect());
        let changes = Changes { policies, ..Changes::default() };
        Scenario::from_text(&with(more), "tiny.toml", &changes).unwrap_or_else(|problems| panic!("{problems}"))
    };
    let drawn = |scenario: &Scenario, arm: &str| {
        let world =
            scenario.uncertain.iter().map(|uncertain| uncertain.distribution.quantile(0.9)).collect::<Vec<f64>>();
        let policy = scenario.policy(arm, &world).expect("selected");
        (policy.hubs.strictness, policy.grants.score.track_record)
    };
    let (both, alone) = (select(&["strict hubs", label]), select(&[label]));
    assert_eq!(drawn(&both, label), (1.0, 0.9));
    assert_eq!(drawn(&alone, label), drawn(&both, "strict hubs"));
    let keys = |scenario: &Scenario| scenario.uncertain.iter().map(|of| of.key.clone()).collect::<Vec<String>>();
    assert!(keys(&alone).iter().all(|key| !key.starts_with("policy.strict hubs.")), "{:?}", keys(&alone));
    let again = valid(&alone.to_toml());
    assert_eq!((again == alone, keys(&again)), (true, keys(&alone)));
}

#[test]
fn changes_of_a_policy_reach_its_ablations() {
    let set = vec!["policy.hubs.hubs.term_years=7".to_owned(), "ablation.1.without=[\"oversight\"]".to_owned()];
    let changes = Changes { set, ..Changes::default() };
    let scenario = Scenario::from_text(&with(ABLATION), "tiny.toml", &changes).expect("valid");
    assert_eq!(scenario.policies[3..], ["hubs without oversight"]);
    assert_eq!(scenario.policy("hubs without oversight", &[]).expect("there").hubs.term_years, 7.0);
}

#[test]
fn ablations_are_inherited_and_may_be_said_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let find = |over: &str, base: &str| -> Result<Scenario, DiagnosticReport> {
        std::fs::write(folder.path().join("base.toml"), base).expect("a file");
        let path = folder.path().join("over.toml");
        std::fs::write(&path, format!("name = \"over\"\nextends = \"base.toml\"\n{over}")).expect("a file");
        Scenario::find(&path.display().to_string(), &Changes::default())
    };
    let again = "[[ablation]]\npolicy = \"hubs\"\nwithout = [\"review\", \"oversight\"]\n";
    let scenario = find(again, &with(ABLATION)).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(scenario.policies.len(), 7);
    assert_eq!(scenario.policies.iter().filter(|name| *name == "hubs without review").count(), 1);
    // Who takes the policy out takes its ablations out.
    let gone = "[[policy]]\nname = \"hubs\"\nremove = true\n[[policy]]\nname = \"strict hubs\"\nremove = true\n";
    assert_eq!(find(gone, &with(ABLATION)).unwrap_or_else(|problems| panic!("{problems}")).policies, ["status-quo"]);
}

#[test]
fn ablations_that_cannot_be_are_told_where_they_stand() {
    for (policy, without, message, rule, help) in [
        ("\"hubs\"", "[«\"pilot\"]", "no mitigation \"pilot\"", "one of `evidence`", "did you mean \"pilots\"?"),
        (
            "\"hubs\"",
            "[\"review\", [«\"acountability\"]]",
            "no mitigation",
            "one of",
            "did you mean \"accountability\"?",
        ),
        (
            "«\"hbs\"",
            "[\"review\"]",
            "there is no policy \"hbs\"",
            "the name of a [[policy]]",
            "did you mean \"hubs\"?",
        ),
        ("«3", "[\"review\"]", "`policy` is a number", "the name of a [[policy]]", "quotes"),
        ("\"hubs\"", "«\"review\"", "`without` is a text", "a list of mitigations", "write [\"review\"]"),
        ("\"hubs\"", "«[]", "`without` is empty", "a list of mitigations", "name a mitigation"),
        ("\"hubs\"", "[\"review\", «[]]", "without nothing", "a list of mitigations", "name a mitigation"),
        ("\"hubs\"", "[«3]", "is a number", "one of `evidence`", "in quotes"),
        ("\"hubs\"", "[\"review\", «\"review\"]", "a second ablation", "unique", "the first is in tiny.toml, line"),
        ("\"hubs\"", "[«[\"review\", \"review\"]]", "given twice", "at most once", "leave the second"),
        ("\"hubs\"", "[\"review\"]\n«witout = 3", "unknown key `witout`", "no such key", "did you mean `without`?"),
    ] {
        let problem = problem(&with(&format!("\n[[ablation]]\npolicy = {policy}\nwithout = {without}\n")));
        assert!(problem.message.contains(message), "{problem:#?}");
        assert!(problem.rule.contains(rule), "{problem:#?}");
        assert!(problem.help.contains(help), "{problem:#?}");
    }
    assert!(problem(&with("\n«[[ablation]]\npolicy = \"hubs\"\n")).message.contains("`without` is missing"));
    let both = read(&with("\n[[ablation]]\nwithout = \"pilots\"\n")).expect_err("two mistakes").0;
    assert!(both.len() == 2 && both[1].help == "write [\"pilots\"]", "{both:#?}");
    assert!(problem(&with("\n«[ablation]\npolicy = \"hubs\"\n")).message.contains("`ablation` is a table"));
    let taken = with("\n[[policy]]\nname = \"hubs without oversight\"\nextends = \"hubs\"\n");
    let taken = format!("{taken}[[ablation]]\npolicy = \"hubs\"\nwithout = [«\"oversight\"]\n");
    assert!(problem(&taken).message.contains("there is a policy \"hubs without oversight\" already"));
    // What contradicts itself in an arm is told at the word that makes it.
    let moves = TINY.replace("[\"end\", \"move\"]", "[\"move\"]");
    let problem = read(&format!("{moves}\n[[ablation]]\npolicy = \"hubs\"\nwithout = [\"relocation\"]\n"));
    assert!(problem.expect_err("reviews that may end in nothing").0[0].message.contains("may end in nothing"));
}

/// An arm that is the policy itself would be told as a safeguard that does nothing.
#[test]
fn a_policy_cannot_go_without_what_it_does_not_have() {
    for (policy, without, message, help) in [
        ("status-quo", "[«\"pilots\"]", "\"status-quo\" has no hubs", "explain policy.hubs.pilots"),
        ("status-quo", "[«\"oversight\"]", "has no oversight to go without", "explain policy.governance.oversight"),
        ("hubs", "[\"review\", «\"spread\"]", "has no spread to go without", "leave \"spread\" out"),
        ("hubs", "[[\"review\", «\"scanning\"]]", "has no scanning", "leave \"scanning\" out"),
    ] {
        let text = with(&format!("\n[[ablation]]\npolicy = \"{policy}\"\nwithout = {without}\n"));
        let problem = problem(&text);
        assert!(problem.message.contains(message) && problem.message.contains("the policy itself"), "{problem:#?}");
        assert!(problem.rule.contains("takes out what the policy has"), "{problem:#?}");
        assert!(problem.help.contains(help), "{problem:#?}");
    }
}

/// A scenario may take out what the ablations of its base were made for; the command line may try anything.
#[test]
fn what_is_inherited_or_typed_may_go_without_nothing() {
    let lean = "name = \"x\"\nextends = \"small\"\npolicies = [\"thematic-hubs\", \"thematic-hubs without pilots\"]\n\
                [[policy]]\nname = \"thematic-hubs\"\nhubs = { pilots = 0 }\n";
    let scenario = valid(lean);
    let levers = |name: &str| scenario.policy(name, &[]).map(|policy| policy.hubs);
    assert_eq!(levers("thematic-hubs"), levers("thematic-hubs without pilots"));
    let set = vec!["policy.hubs.hubs.review_years=\"never\"".to_owned()];
    let changes = Changes { set, ..Changes::default() };
    Scenario::from_text(&with(ABLATION), "tiny.toml", &changes).unwrap_or_else(|problems| panic!("{problems}"));
}

#[test]
fn the_base_goes_without_each_mitigation_in_turn() {
    let text = "name = \"x\"\nextends = \"small\"\npolicies = [\"thematic-hubs\"]\n";
    let list = |more: &[String]| -> Scenario {
        let names: Vec<String> = more.iter().map(|name| format!(", \"{name}\"")).collect();
        valid(&text.replace("\"]", &format!("\"{}]", names.concat())))
    };
    let arms: Vec<String> = MITIGATIONS.iter().map(|m| format!("thematic-hubs without {}", m.name)).collect();
    let scenario = list(&arms);
    let whole = scenario.policy("thematic-hubs", &[]).expect("there");
    for (arm, mitigation) in arms.iter().zip(MITIGATIONS) {
        let mut without = scenario.policy(arm, &[]).unwrap_or_else(|| panic!("{arm} is not there"));
        assert_ne!(without.hubs == whole.hubs, without.governance == whole.governance, "{arm}: in one part only");
        assert_eq!(without.grants, whole.grants, "{arm}");
        // Only the levers that the table names: put back, it is the whole policy.
        for setting in mitigation.settings {
            without.set(setting.lever, &whole.get(setting.lever)).expect("a value that a policy has");
        }
        without.name.clone_from(&whole.name);
        assert_eq!(without, whole, "{arm}");
    }
    let evidence = scenario.policy("thematic-hubs without evidence", &[]).expect("there").hubs.score;
    assert_eq!(evidence, ScoreMix { prestige: 1.0, ..ScoreMix::default() });
}

#[test]
fn a_policy_may_have_shocks_of_its_own() {
    let struck = "\n[[policy]]\nname = \"struck\"\nextends = \"hubs\"\n[[policy.shock]]\nyear = 3\nhubs = 0\n\
                  [[policy]]\nname = \"twice\"\nextends = \"struck\"\nshock = [{ year = 5, funder = \"Movement fund\", pot = { uniform = [0, 1] } }]\n";
    let scenario = valid(&with(struck));
    let years = |policy: &str| -> Vec<(f64, f64)> {
        scenario.inputs_under(policy, &[]).shock.iter().map(|shock| (shock.year, shock.hubs)).collect()
    };
    assert_eq!(years("hubs"), [(2.0, 1.0)], "the world's");
    assert_eq!(years("struck"), [(2.0, 1.0), (3.0, 0.0)]);
    assert_eq!(years("twice"), [(2.0, 1.0), (3.0, 0.0), (5.0, 1.0)], "inherited ones are kept");
    assert_eq!(scenario.world_inputs(&[]).shock.len(), 1);
    assert_eq!(valid(&scenario.to_toml()), scenario);
    assert!(scenario.uncertain.iter().any(|uncertain| uncertain.key == "policy.twice.shock.2.pot"));
    for (shock, message) in [
        ("«[[policy.shock]]\nyear = 2\n", "strikes nothing"),
        ("[[policy.shock]]\nyear = «9\nhubs = 0\n", "strikes in year 9"),
        ("[[policy.shock]]\nyear = 2\nhubs = «2\n", "`hubs` is 2"),
        ("[[policy.shock]]\nyear = 2\nneed = «2\nhubs = 0\n", "`need` of no theme"),
        ("[[policy.shock]]\nyear = 2\n«hub = 0\nhubs = 0\n", "unknown key `hub`"),
        ("[[policy.shock]]\nyear = 2\nfunder = «\"Fund\"\nhubs = 0\n", "there is no funder \"Fund\""),
    ] {
        let text = with(&format!("\n[[policy]]\nname = \"struck\"\nextends = \"hubs\"\n{shock}"));
        assert!(problem(&text).message.contains(message), "{message}");
    }
}

#[test]
fn a_funder_may_follow_a_policy_of_its_own() {
    let other = "\n[[funder]]\nname = \"Others\"\npot = 5\ngoverned = false\npolicy = \"strict hubs\"\n\
                 regions = { North = 2 }\nthemes = { Education = { uniform = [1, 2] } }\n";
    let changes = Changes { policies: Some(vec!["hubs".to_owned()]), ..Changes::default() };
    let scenario = Scenario::from_text(&with(other), "tiny.toml", &changes).unwrap_or_else(|p| panic!("{p}"));
    assert_eq!(scenario.policies, ["hubs"]);
    assert_eq!(scenario.policy("strict hubs", &[]), None, "it is no arm");
    let world: Vec<f64> = scenario.uncertain.iter().map(|uncertain| uncertain.distribution.quantile(0.25)).collect();
    let funder = &scenario.world_inputs(&world).funder[1];
    let score = ScoreMix { need: 0.5, track_record: 0.25, ..ScoreMix::default() };
    assert_eq!((funder.governed, funder.grants.score), (false, score), "levers are drawn with the world");
    assert_eq!((funder.regions["North"], funder.regions["South.East"]), (2.0, 0.0));
    assert_eq!((funder.themes["Education"], funder.themes["Technology"]), (1.25, 0.0));
    assert!(scenario.world_inputs(&world).funder[0].governed);
    let again = valid(&scenario.to_toml());
    assert_eq!(again, scenario);
    assert_eq!(again.world_inputs(&world), scenario.world_inputs(&world));
    for (funder, message, help) in [
        ("governed = false\npolicy = «\"hub\"\n", "there is no policy \"hub\"", "did you mean \"hubs\"?"),
        ("policy = «\"hubs\"\n", "follows the policy under test", "add `governed = false`"),
        ("governed = «1\n", "`governed` is a number", "write true"),
        ("governed = false\nregions = { «Nroth = 1 }\n", "there is no region \"Nroth\"", "did you mean \"North\"?"),
        ("governed = false\nthemes = { Education = «-1 }\n", "`Education` is -1", "0"),
    ] {
        let problem = problem(&with(&format!("\n[[funder]]\nname = \"Others\"\npot = 5\n{funder}")));
        assert!(problem.message.contains(message) && problem.help.contains(help), "{problem:#?}");
    }
    let all = problem(&TINY.replace("pot = 1000000", "pot = 1000000\ngoverned = «false"));
    assert!(all.message.contains("all policies give the same"), "{all:#?}");
}

/// One policy beside the status quo, and what is wrong with it.
#[test]
fn governance_and_holders_that_contradict_themselves() {
    let start = TINY.find("[[policy]]").expect("it has policies");
    let hubs = "hubs = { kind = \"thematic\", share = 0.1";
    let regional = "hubs = { kind = \"regional\", share = 0.3";
    for (policy, message, help) in [
        (
            format!("{hubs}, delegated = «0.2 }}"),
            "envelopes for regional hubs, of which there are none",
            "delegated = 0",
        ),
        (format!("{hubs}, min_partners = «10, kinds = [\"user-group\"] }}"), "", ""),
        (
            format!("{hubs}, kinds = «[\"thematic-organisation\"] }}"),
            "no organisation that may hold",
            "may_found = true",
        ),
        (
            format!("{regional}, delegated = «0.5 }}\ngrants = {{ newcomers_share = 0.4 }}"),
            "1.2 of the pot is set aside in year 0",
            "lower them by 0.2",
        ),
        (format!("{regional}, pilots = «3 }}"), "3 pilots, but 2 regions", "write 2 or less"),
    ] {
        let text = format!("{}[[policy]]\nname = \"p\"\n{policy}\n", &TINY[..start]);
        if message.is_empty() {
            valid(&text.replace('«', ""));
            continue;
        }
        let problem = problem(&text);
        assert!(problem.message.contains(message) && problem.help.contains(help), "{problem:#?}");
    }
    let few = format!("{}[[policy]]\nname = \"p\"\n{hubs}, min_partners = «4 }}\n", &TINY[..start]);
    let few = problem(&few.replace("count = 20", "count = 4"));
    assert!(few.message.contains("4 partners beside a holder, but 4 organisations"), "{few:#?}");
    assert!(few.help.contains("write 3 or less"), "{few:#?}");
    for (lever, message) in [("paid_in = «0.2", "there is none"), ("fundraising = «\"foundation\"", "there is none")]
    {
        let text = format!("{}[[policy]]\nname = \"p\"\ngovernance = {{ {lever} }}\n", &TINY[..start]);
        let text = text.replace("[[funder]]\nname = \"Movement fund\"\npot = 1000000\n", "");
        let text = text.replace("[[shock]]\nyear = 2\nfunder = \"Movement fund\"\npot = 0.5\n", "");
        assert!(problem(&text).message.contains(message), "{lever}");
    }
    let gate = format!("{}[[policy]]\nname = \"p\"\ngovernance = {{ gate = «\"overseer\" }}\n", &TINY[..start]);
    assert!(problem(&gate.replace("kind = \"foundation\"", "")).message.contains("there is no foundation"));
    // Boundaries matter only between hubs of both kinds, but may be said.
    valid(&format!("{}[[policy]]\nname = \"p\"\n{hubs}, clarity = 0.9 }}\n", &TINY[..start]));
}

/// What is no mistake where it was inherited is none in the resolved text.
#[test]
fn what_was_inherited_is_resolved_without_a_complaint() {
    let start = TINY.find("[[policy]]").expect("it has policies");
    let one = TINY[..start].replace("name = \"tiny\"", "name = \"tiny\"\nextends = \"base\"").replace(
        "years = 6",
        "years = 6\npolicies = [\"thematic-hubs\", \"thematic-hubs-interrupted\", \"thematic-hubs without waves\"]",
    );
    let one = one.replace("[[theme]]\nname = \"Technology\"\ncore = true\n", "").replace("count = 20", "count = 1");
    let scenario = valid(&one);
    let text = scenario.to_toml();
    assert_eq!(valid(&text), scenario);
    let problems = read(&text.replace("resolved = true\n", "")).expect_err("two pilots, one theme, year 8 of 6").0;
    assert!(problems.len() >= 3, "{problems:#?}");
    assert!(problem(&TINY.replace("years = 6", "years = 6\nresolved = «3")).message.contains("`resolved` is a number"));
}

/// What a scenario inherits and never runs does not stop it; what it runs, or says itself, does.
#[test]
fn contradictions_of_others_stop_nobody() {
    let start = TINY.find("[[policy]]").expect("it has policies");
    let world = TINY[..start]
        .replace("group = \"underserved\"\n", "")
        .replace("name = \"tiny\"", "name = \"tiny\"\nextends = \"base\"");
    let running = |policies: &str| world.replace("years = 6", &format!("years = 6\npolicies = {policies}"));
    assert_eq!(valid(&running("[\"status-quo\", \"thematic-hubs\"]")).policies.len(), 2);
    let problems = read(&running("[\"underserved-floor\"]")).expect_err("no such regions").0;
    assert!(problems[0].message.contains("of which there are none"), "{problems:#?}");
    let own = "[[policy]]\nname = \"own\"\nextends = \"status-quo\"\ngrants = { underserved_floor = 0.2 }\n";
    let problems = read(&format!("{}{own}", running("[\"status-quo\"]"))).expect_err("its own").0;
    assert!(problems[0].message.contains("policy \"own\""), "{problems:#?}");
}

/// The desk's staff is at the foundation, where people are, or where weights say.
#[test]
fn the_desk_may_be_in_some_regions() {
    let desk = |place: &str| {
        with(&format!(
            "\n[[policy]]\nname = \"desk\"\ngovernance = {{ desk_share = 0.1, desk_cap = 0.1, staff_in = {place} }}\n"
        ))
    };
    let place = |text: &str| valid(text).policy("desk", &[]).expect("it is selected").governance.staff_in;
    assert_eq!(place(&desk("\"people\"")), DeskPlace::People);
    let weights = |pairs: &[(&str, f64)]| {
        DeskPlace::Regions(pairs.iter().map(|&(name, weight)| (name.to_owned(), weight)).collect())
    };
    let both = desk("{ \"South.East\" = 2.5, North = 0 }");
    assert_eq!(place(&both), weights(&[("North", 0.0), ("South.East", 2.5)]));
    let resolved = valid(&both).to_toml();
    assert!(resolved.contains("staff_in = { North = 0, \"South.East\" = 2.5 }"), "{resolved}");
    assert_eq!(valid(&resolved), valid(&both));
    // A table replaces what a policy inherits, as a mix does.
    let more = "[[policy]]\nname = \"north\"\nextends = \"desk\"\ngovernance = { staff_in = { North = 1 } }\n";
    let north = valid(&format!("{both}{more}")).policy("north", &[]).expect("it is selected");
    assert_eq!(north.governance.staff_in, weights(&[("North", 1.0)]));
    let write = "write { \"North\" = 1 }, or \"foundation\", or \"people\"";
    for (place, message, help) in [
        ("«\"peple\"", "`staff_in` is \"peple\"", "did you mean \"people\"?"),
        ("«\"South.East\"", "`staff_in` is a text", "write { \"South.East\" = 1 }, or \"foundation\", or \"people\""),
        ("«[\"North\"]", "`staff_in` is a list", write),
        ("«{}", "`staff_in` is an empty table", write),
        ("«{ North = 0, \"South.East\" = 0.0 }", "`staff_in` is a table of zeros", write),
        ("{ «Nroth = 1 }", "there is no region \"Nroth\"", "did you mean \"North\"?"),
        ("{ North = «-1, \"South.East\" = 2 }", "`North` is -1", "the closest allowed value is 0"),
        ("{ North = «{ uniform = [0, 1] } }", "`North` is a table", "write one number: it is the same in every world"),
    ] {
        let problem = problem(&desk(place));
        assert_eq!((problem.message.as_str(), problem.help.as_str()), (message, help));
    }
}
