//! `[[arm]]`: levers, parameters and facts set beside the policies, patterns of names, shocks of its own.

use hubsim_lab::experiment::world::draw;
use hubsim_lab::scenario::arm::Arm;
use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_lab::{Design, NullSink, design::ComparisonDesign, run_study};
use hubsim_model::catalogue::Path;
use hubsim_model::inputs::Inputs;
use hubsim_model::policy::Policy;

use crate::tiny::{TINY, problem, valid, with};

/// The tiny scenario with an arm over a policy.
fn arm_of(policy: &str, set: &str) -> String {
    with(&format!("\n[[arm]]\nname = \"arm\"\npolicy = \"{policy}\"\nset = {{ {set} }}\n"))
}

fn arm(scenario: &Scenario, label: &str) -> Arm {
    scenario.arms().into_iter().find(|arm| arm.label == label).unwrap_or_else(|| panic!("no arm {label}"))
}

/// Inputs and policy under the arm and under its policy, in the central world.
fn both(policy: &str, set: &str) -> ((Inputs, Policy), (Inputs, Policy)) {
    let scenario = valid(&arm_of(policy, set));
    let of = |label: &str| scenario.inputs(&arm(&scenario, label), &[]).expect("an arm of the scenario");
    (of("arm"), of(policy))
}

#[test]
fn levers_parameters_and_facts_are_set_beside_the_policies() {
    let ((inputs, policy), (plain, base)) =
        both("hubs", "\"policy.hubs.review_years\" = 4, grants.years = 2, production.find = 0.5, people_per_agent = 7");
    assert_eq!((policy.hubs.review_years, policy.grants.years), (4.0.into(), 2.0));
    assert_eq!((policy.hubs.share, &policy.governance), (base.hubs.share, &base.governance));
    assert_eq!(inputs.parameters.production.find, 0.5);
    assert_eq!(inputs.people_per_agent, 7.0);
    assert_eq!((inputs.region, inputs.organisation), (plain.region, plain.organisation));
}

#[test]
fn only_facts_and_parameters_make_another_world() {
    let flag = |more: &str| arm(&valid(&with(more)), "arm").another_world;
    let head = "\n[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\n";
    assert!(!flag(&format!("{head}set = {{ hubs.share = 0.2 }}\n")));
    assert!(!flag(&format!("{head}[[arm.shock]]\nyear = 2\nhubs = 0\n")));
    assert!(flag(&format!("{head}set = {{ production.find = 0.2 }}\n")));
    assert!(flag(&format!("{head}set = {{ \"theme.*.reusability\" = 0 }}\n")));
    assert!(flag(&format!("{head}[[arm.shock]]\nyear = 2\nfoundation = 2\n")));
    assert!(flag(&format!("{head}[[arm.shock]]\nyear = 2\nfunder = \"Movement fund\"\npot = 0\n")));
}

#[test]
fn a_number_is_multiplied_in_each_world_within_the_bounds_of_its_key() {
    let set = "\"production.reuse_threshold\" = { times = 0.5 }, \"region.*.online\" = { times = 1.5 }, \
               \"region.*.foundation_known\" = { times = 10 }, \"policy.hubs.share\" = { times = 2 }, \
               \"policy.hubs.strictness\" = { times = 0.5 }, \"organisation.Group.count\" = { times = 1.26 }";
    let scenario = valid(&arm_of("strict hubs", set));
    let mut drawn = Vec::new();
    for replicate in 0..4 {
        let world = draw(&scenario, replicate);
        let of = |label: &str| scenario.inputs(&arm(&scenario, label), &world).expect("an arm of the scenario");
        let ((inputs, policy), (plain, base)) = (of("arm"), of("strict hubs"));
        let parameters = |inputs: &Inputs| inputs.parameters.production.reuse_threshold;
        assert_eq!(parameters(&inputs), parameters(&plain) * 0.5);
        assert_eq!(inputs.region[0].online, plain.region[0].online * 1.5);
        assert_eq!(inputs.region[0].foundation_known, 1.0, "a share");
        assert_eq!(policy.hubs.strictness, base.hubs.strictness * 0.5);
        assert_eq!((inputs.organisation[1].count, plain.organisation[1].count), (25.0, 20.0), "a whole number");
        let doubled = |path: Path| match path {
            Path::Line { from, to, by_year } => Path::Line { from: from * 2.0, to: to * 2.0, by_year },
            Path::Constant(value) => Path::Constant(value * 2.0),
        };
        assert_eq!(policy.hubs.share, doubled(base.hubs.share));
        drawn.push(parameters(&inputs));
    }
    assert!(drawn[0] == drawn[1] && drawn[1] != drawn[2], "two replicates a world: {drawn:?}");
    // The luck is that of the world: an arm draws nothing of its own.
    let keys = |scenario: &Scenario| -> Vec<String> {
        let keys = scenario.uncertain.iter().map(|uncertain| uncertain.key.clone());
        keys.filter(|key| !key.starts_with("policy.arm.")).collect()
    };
    assert_eq!(keys(&scenario), keys(&valid(TINY)));
}

#[test]
fn the_closest_pattern_holds() {
    let ((inputs, _), _) = both(
        "hubs",
        "\"region.*.saturation\" = 0.2, \"region.S*.saturation\" = 0.3, \"region.\\\"South.East\\\".saturation\" = 0.4",
    );
    assert_eq!([inputs.region[0].saturation, inputs.region[1].saturation], [0.2, 0.4]);
    let ((inputs, _), (plain, _)) = both("hubs", "\"region.*.affinity.*\" = 1, \"theme.*.need_in.N*\" = { times = 3 }");
    assert_eq!(inputs.region[0].affinity["South.East"], 1.0);
    assert_eq!(inputs.region[1].affinity["North"], 1.0);
    assert!(!inputs.region[0].affinity.contains_key("North"), "a region has no affinity to itself");
    assert_eq!(inputs.theme[0].need_in["North"], 3.0 * plain.theme[0].need_in["North"]);
    assert_eq!(inputs.theme[0].need_in["South.East"], plain.theme[0].need_in["South.East"]);
}

#[test]
fn organisations_are_left_out_but_for_those_that_are_kept() {
    let ((inputs, _), (plain, _)) = both(
        "hubs",
        "\"organisation.*\" = { remove = true }, \"organisation.Foundation\" = { remove = false }, affiliates.formation = 0",
    );
    assert_eq!(inputs.organisation, plain.organisation[..1]);
    assert_eq!(inputs.parameters.affiliates.formation, 0.0);
    assert_eq!(inputs.funder, plain.funder, "their policies included");
}

#[test]
fn shocks_of_an_arm_strike_it_alone() {
    let more = "\n[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\n[[arm.shock]]\nyear = 1\nyears = 500\nfoundation = 2\n\
                [[arm.shock]]\nyear = 3\nhubs = 0\n";
    let scenario = valid(&with(more));
    let shocks = |label: &str| {
        let shocks = scenario.inputs_under(label, &[]).shock;
        shocks.iter().map(|shock| (shock.year, shock.foundation, shock.hubs)).collect::<Vec<_>>()
    };
    assert_eq!(shocks("arm"), [(2.0, 1.0, 1.0), (1.0, 2.0, 1.0), (3.0, 1.0, 0.0)]);
    assert_eq!(shocks("hubs").len(), 1);
}

#[test]
fn the_resolved_scenario_holds_the_arms_that_run() {
    let more = "\n[[arm]]\nname = \"a.b\"\npolicy = \"strict hubs\"\nset = { hubs = { strictness = 0.75, share = { times = 2 } }, \
                \"region.*.online\" = { times = 0.5 } }\n[[arm.shock]]\nyear = 3\nhubs = { uniform = [0, 0.5] }\n";
    let select = |labels: &[&str]| {
        let policies = Some(labels.iter().map(|&label| label.to_owned()).collect());
        Scenario::from_text(&with(more), "tiny.toml", &Changes { policies, ..Changes::default() })
            .expect("arms can be selected")
    };
    let scenario = select(&["a.b", "status-quo"]);
    let again = valid(&scenario.to_toml());
    assert_eq!(again, scenario);
    let world = draw(&scenario, 2);
    let of = |scenario: &Scenario| scenario.inputs(&arm(scenario, "a.b"), &world).expect("an arm");
    assert_eq!(of(&again), of(&scenario));
    assert_eq!(of(&scenario).1.hubs.strictness, 0.75);
    assert!((0.0..0.5).contains(&of(&scenario).0.shock[1].hubs), "a shock may be uncertain as in any policy");
    // The policy that the arm is made of is there, and does not run.
    assert!(scenario.to_toml().contains("name = \"strict hubs\"") && scenario.arms().len() == 2);
    assert!(!select(&["status-quo"]).to_toml().contains("[[arm]]"));
}

#[test]
fn an_arm_is_inherited_changed_and_removed_by_name() {
    let base = "name = \"over\"\nextends = \"small\"\n[[arm]]\nname = \"arm\"\npolicy = \"status-quo\"\nset = { production.find = 0.1 }\n";
    let arms = |more: &str| {
        let changes = Changes { policies: Some(vec!["arm".to_owned()]), ..Changes::default() };
        let files = hubsim_lab::scenario::Memory::new([("base.toml", base)]);
        let text = format!("name = \"top\"\nextends = \"base.toml\"\n{more}");
        Scenario::from_text_in(&files, &text, "top.toml", &changes).map_err(|report| report.to_string())
    };
    let find = |scenario: &Scenario| scenario.inputs_under("arm", &[]).parameters.production.find;
    assert_eq!(find(&arms("").expect("inherited")), 0.1);
    let changed =
        arms("[[arm]]\nname = \"arm\"\nset = { \"production.find\" = 0.2, people_per_agent = 50 }\n").expect("changed");
    assert_eq!(find(&changed), 0.2);
    assert_eq!(changed.inputs_under("arm", &[]).people_per_agent, 50.0);
    let gone = arms("[[arm]]\nname = \"arm\"\nremove = true\n").expect_err("it is gone");
    assert!(gone.contains("there is no policy \"arm\""), "{gone}");
    // What the base names and this scenario removed is no mistake.
    let removed = "[[organisation]]\nname = \"North group\"\nremove = true\n";
    let set = base.replace("production.find = 0.1", "\"organisation.North group.staff\" = 3, production.find = 0.1");
    let files = hubsim_lab::scenario::Memory::new([("base.toml", set)]);
    let text = format!("name = \"top\"\nextends = \"base.toml\"\n{removed}");
    assert!(Scenario::from_text_in(&files, &text, "top.toml", &Changes::default()).is_ok());
}

/// An arm that only sets what the policy has is that policy, trial by trial; one that sets a fact that nothing feels shares
/// all luck with it.
#[test]
fn arms_share_luck() {
    let more = "\n[[arm]]\nname = \"same\"\npolicy = \"hubs\"\nset = { \"region.*.online\" = { times = 1 }, production.find = 0.3 }\n\
                [[arm]]\nname = \"other\"\npolicy = \"hubs\"\nset = { \"organisation.Group.staff\" = { times = 2 } }\n";
    let changes =
        Changes { policies: Some(["hubs", "same", "other"].map(str::to_owned).to_vec()), ..Changes::default() };
    let scenario = Scenario::from_text(&with(more), "tiny.toml", &changes).expect("arms can be selected");
    let findings = run_study(&scenario, &NullSink).expect("nothing stops it");
    let digests = |arm: usize| findings.arm(hubsim_lab::ArmId(arm)).iter().map(|of| &of.digest).collect::<Vec<_>>();
    assert_eq!(digests(0), digests(1));
    assert!(digests(0).iter().zip(digests(2)).all(|(one, other)| **one != *other), "year 0 is not shared");
    let flags: Vec<bool> = ComparisonDesign::new(&scenario).arms().iter().map(|arm| arm.another_world).collect();
    assert_eq!(flags, [false, true, true]);
    assert_eq!(findings.other_worlds.len(), 2);
    assert_eq!(findings.shown(hubsim_lab::ArmId(2)), "other (another world)");
}

#[test]
fn mistakes_are_reported_where_they_stand() {
    let at = |set: &str| problem(&arm_of("hubs", set));
    for (set, code, message) in [
        ("«\"production.fnd\" = 1", "HS102", "`production.fnd` is no key"),
        ("«years = 3", "HS102", "`years` is no key"),
        ("«\"region.North.name\" = \"x\"", "HS102", "no key"),
        ("«\"region.Nroth.online\" = 1", "HS103", "no region is called \"Nroth\""),
        ("«\"organisation.W*\" = { remove = true }", "HS103", "no organisation is called \"W*\""),
        ("\"region.N*.online\" = 1, «\"region.*h.online\" = 2", "HS104", "a second value for `region.North.online`"),
        ("\"region.North.group\" = «{ times = 2 }", "HS105", "is no number"),
        ("\"region.North\" = «{ remove = true }", "HS106", "cannot be removed"),
        ("\"production.find\" = «{ remove = true }", "HS106", "cannot be removed"),
        ("\"production.find\" = «{ times = 2, remove = true }", "HS107", "cannot be set to a table"),
        ("\"organisation.Group\" = «3", "HS107", "cannot be set to a number"),
        ("\"production.find\" = «{ uniform = [0, 1] }", "HS108", "is a distribution"),
        ("\"production.find\" = «{ time = 2 }", "HS107", "cannot be set to a table"),
        ("\"production.find\" = { times = «-1 }", "HS030", "`times` is -1"),
        ("\"production.find\" = «2", "HS030", "`find` is 2"),
        ("\"production.find\" = «\"much\"", "HS028", "`find` is a text"),
        ("\"region.*.affinity.North\" = «3", "HS030", "`North` is 3"),
        ("\"organisation.Group.region\" = «\"Atlantis\"", "HS042", "there is no region \"Atlantis\""),
        ("hubs.«shar = 0.2", "HS018", "unknown key `shar`"),
        ("hubs.share = «\"much\"", "HS028", "`share` is a text"),
        ("production.find = 0.3, «\"production.find\" = 0.4", "HS040", "is given twice"),
    ] {
        let found = at(set);
        assert!(found.code == code && found.message.contains(message), "{set}\n{found:#?}");
    }
    let at = |more: &str| problem(&with(more));
    for (more, code) in [
        ("\n«[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\n", "HS101"),
        ("\n[[arm]]\nname = «\"hubs\"\npolicy = \"hubs\"\nset = { hubs.share = 0.1 }\n", "HS099"),
        ("\n[[arm]]\nname = \"arm\"\npolicy = «\"hubz\"\nset = { hubs.share = 0.1 }\n", "HS042"),
        ("\n«[[arm]]\nname = \"arm\"\nset = { hubs.share = 0.1 }\n", "HS019"),
        ("\n[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\nset = «3\n", "HS028"),
        ("\n[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\n[[arm.shock]]\nyear = «9\nhubs = 0\n", "HS079"),
        // Facts of an arm go together, too; the mistake is reported at the arm.
        ("\n«[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\nset = { \"region.*.online\" = 5000 }\n", "HS068"),
        (
            "\n«[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\nset = { \"organisation.Group.count\" = { times = 250 }, \"organisation.*.community\" = 0 }\n",
            "HS070",
        ),
        (
            "\n[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\nset = { hubs = { share = «0.9 }, grants.newcomers_share = 0.2 }\n",
            "HS050",
        ),
    ] {
        let text = if code == "HS068" { more.replace("region.*.", "region.North.") } else { more.to_owned() };
        let found = at(&text);
        assert_eq!(found.code, code, "{more}\n{found:#?}");
    }
}

/// A funder with a policy of its own keeps it in an arm, also where a funder before it is left out.
#[test]
fn funders_keep_their_own_policies() {
    let funds = "\n[[funder]]\nname = \"Second\"\npot = 5\n[[funder]]\nname = \"Own\"\npot = 10\ngoverned = false\npolicy = \"longer\"\n\
                 [[policy]]\nname = \"longer\"\nextends = \"hubs\"\ngrants = { years = 3 }\n";
    let set = "set = { \"funder.Second\" = { remove = true }, \"funder.Own.pot\" = { times = 2 } }\n";
    let text = with(&format!("{funds}[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\n{set}"));
    let inputs = valid(&text).inputs_under("arm", &[]);
    let found: Vec<(&str, f64, f64)> =
        inputs.funder.iter().map(|funder| (funder.name.as_str(), funder.pot, funder.grants.years)).collect();
    assert_eq!(found, [("Movement fund", 1e6, 1.0), ("Own", 20.0, 3.0)]);
}
