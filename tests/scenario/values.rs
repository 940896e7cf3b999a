//! What comes out: defaults, distributions, conversion, and the resolved text.

use hubsim_lab::scenario::{BUILT_IN, Changes, Distribution, Scenario};
use hubsim_model::catalogue::Path;
use hubsim_model::inputs::Inputs;
use hubsim_model::policy::levers::{HubKind, Outcome, Policy};
use proptest::prelude::*;

use crate::tiny::{TINY, read};

fn tiny() -> Scenario {
    read(TINY).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn facts_and_defaults_reach_the_model() {
    let scenario = tiny();
    assert_eq!((scenario.years, scenario.seed, scenario.replicates), (6, 3, 4));
    assert_eq!(scenario.policies, ["status-quo", "hubs", "strict hubs"]);
    let inputs = scenario.world_inputs(&[]);
    assert_eq!(inputs.people_per_agent, 30.0);
    assert_eq!(inputs.region[1].name, "South.East");
    assert_eq!((inputs.region[0].online, inputs.region[1].online_growth), (60.0, 0.0));
    assert_eq!(inputs.region[0].affinity["South.East"], 0.7);
    // Not given: the catalogue's default. A region has no affinity to itself.
    assert_eq!(inputs.region[1].affinity["North"], 0.4);
    assert!(!inputs.region[0].affinity.contains_key("North"));
    assert_eq!(inputs.organisation[1].count, 20.0);
    assert_eq!(inputs.parameters.production.find, 0.3);
    assert_eq!(inputs.parameters.money, Inputs::default().parameters.money);
    assert!(inputs.theme[1].core);
}

#[test]
fn policies_inherit_levers_and_replace_mixes_whole() {
    let scenario = tiny();
    let hubs = scenario.policy("hubs", &[]).expect("it is selected");
    assert_eq!(hubs.hubs.kind, HubKind::Thematic);
    assert_eq!(hubs.hubs.share, Path::Line { from: 0.1, to: 0.3, by_year: 4.0 });
    assert_eq!(hubs.hubs.outcomes, [Outcome::Move, Outcome::End]);
    let strict = scenario.policy("strict hubs", &[]).expect("it is selected");
    assert_eq!(strict.hubs.share, hubs.hubs.share);
    assert_eq!((strict.grants.score.need, strict.grants.score.history), (0.5, 0.0));
    let quo = scenario.policy("status-quo", &[]).expect("it is selected");
    assert_eq!(quo, Policy { name: "status-quo".to_owned(), ..Policy::default() });
    assert_eq!(scenario.policy("nobody", &[]), None);
    assert_eq!(scenario.policy_description("hubs"), Some("Hubs for every theme."));
}

#[test]
fn worlds_are_drawn_by_key_and_clamped() {
    let scenario = tiny();
    let keys: Vec<&str> = scenario.uncertain.iter().map(|uncertain| uncertain.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "policy.strict hubs.grants.score.track_record",
            "policy.strict hubs.hubs.strictness",
            "production.reuse_threshold",
            "region.North.online",
            "theme.Education.need_in.North",
        ]
    );
    let inputs = scenario.world_inputs(&[0.25, 1.0, 0.4, 55.0, -3.0]);
    assert_eq!(inputs.parameters.production.reuse_threshold, 0.4);
    assert_eq!(inputs.region[0].online, 55.0);
    assert_eq!(inputs.theme[0].need_in["North"], 0.0, "clamped to the bounds of the key");
    let strict = scenario.policy("strict hubs", &[0.25, 1.0, 0.4, 55.0, -3.0]).expect("it is selected");
    assert_eq!((strict.grants.score.track_record, strict.hubs.strictness), (0.25, 1.0));
    let count = read(&TINY.replace("count = 20", "count = { uniform = [1, 20] }")).expect("valid");
    let at = count.uncertain.iter().position(|uncertain| uncertain.key == "organisation.Group.count").expect("there");
    let mut world: Vec<f64> = count.uncertain.iter().map(|uncertain| uncertain.distribution.central()).collect();
    world[at] = 7.6;
    assert_eq!(count.world_inputs(&world).organisation[1].count, 8.0, "whole keys are rounded");
}

#[test]
fn only_the_selected_policies_are_uncertain() {
    let changes = Changes { policies: Some(vec!["hubs".to_owned(), "status-quo".to_owned()]), ..Changes::default() };
    let scenario = Scenario::from_text(TINY, "tiny.toml", &changes).expect("valid");
    assert_eq!(scenario.policies, ["hubs", "status-quo"]);
    assert!(scenario.uncertain.iter().all(|uncertain| !uncertain.key.starts_with("policy.")));
    assert_eq!(scenario.policy("strict hubs", &[]), None);
}

#[test]
fn resolved_text_is_read_back_as_the_same_scenario() {
    let reread = |scenario: &Scenario| read(&scenario.to_toml()).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(reread(&tiny()), tiny());
    assert_eq!(reread(&tiny()).to_toml(), tiny().to_toml());
    for built_in in BUILT_IN {
        let found = Scenario::find(built_in.name, &Changes::default());
        let scenario = found.unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(reread(&scenario), scenario, "{}", built_in.name);
    }
}

#[test]
fn parameters_as_a_file_are_the_defaults() {
    let text = hubsim_lab::scenario::catalogue::base_parameters();
    let scenario = read(
        &TINY
            .replace("[production]", "[ignored]")
            .replace("find = 0.3", "")
            .replace("[ignored]\nreuse_threshold = { uniform = [0.2, 0.5] }\n", &text),
    );
    let scenario = scenario.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(scenario.world_inputs(&[]).parameters, Inputs::default().parameters);
    assert!(scenario.uncertain.iter().any(|uncertain| uncertain.key == "production.reuse_threshold"));
}

#[test]
fn a_scenario_does_not_depend_on_how_it_is_written() {
    let other = TINY
        .replace("hubs = { strictness = { choice = [0.5, 1] } }", "hubs.strictness.choice = [0.50, 1.0]")
        .replace("outcomes = [\"end\", \"move\"]", "outcomes = [\"move\", \"end\"]")
        .replace("seed = 3", "seed = 0x3")
        .replace('\n', "\r\n");
    assert_eq!(read(&format!("\u{feff}{other}")).expect("valid"), tiny());
}

#[test]
fn seeds_have_all_their_bits() {
    let scenario = read(&TINY.replace("seed = 3", "seed = 18446744073709551615")).expect("valid");
    assert_eq!(scenario.seed, u64::MAX);
    assert_eq!(read(&scenario.to_toml()).expect("valid").seed, u64::MAX);
}

fn amount() -> impl Strategy<Value = String> {
    let share = || 0.0..1.0f64;
    prop_oneof![
        share().prop_map(|a| format!("{a}")),
        (share(), share())
            .prop_filter("apart", |(a, b)| a != b)
            .prop_map(|(a, b)| { format!("{{ uniform = [{}, {}] }}", a.min(b), a.max(b)) }),
        (share(), 0.001..2.0f64).prop_map(|(a, b)| format!("{{ normal = [{a}, {b}] }}")),
        proptest::collection::vec(share(), 1..5).prop_map(|list| format!("{{ choice = {list:?} }}")),
        (share(), share())
            .prop_filter("apart", |(a, b)| a != b)
            .prop_map(|(a, b)| { format!("{{ triangular = [{}, {}, {}] }}", a.min(b), a, a.max(b)) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_small_scenario_survives_its_resolved_text(
        find in amount(),
        affinity in amount(),
        independence in amount(),
        threshold in amount(),
        name in "[a-zA-Zé. '\\[\\]=#-]{0,12}[a-z]",
        region in "[a-zA-Zé. '\"=#-]{0,12}[a-z]",
        seed in any::<u64>(),
        years in 6u32..500,
    ) {
        prop_assume!(!name.starts_with([' ', '.', '-']) && !region.starts_with(' '));
        prop_assume!(!["tiny", "latest", "hubs", "status-quo"].contains(&name.as_str()));
        prop_assume!(!["North", "Education", "Technology"].contains(&region.as_str()));
        let text = TINY
            .replace("= 0.7", &format!("= {affinity}"))
            .replace("find = 0.3", &format!("find = {find}"))
            .replace("{ uniform = [0.2, 0.5] }", &threshold)
            .replace("strictness =", &format!("independence = {independence}, strictness ="))
            .replace("strict hubs", &name)
            .replace("South.East", &region.replace('"', "\\\""))
            .replace("years = 6", &format!("years = {years}"))
            .replace("seed = 3", &format!("seed = {seed}"));
        let scenario = match read(&text) {
            Ok(scenario) => scenario,
            Err(problems) => return Err(TestCaseError::fail(problems.to_string())),
        };
        let again = match read(&scenario.to_toml()) {
            Ok(scenario) => scenario,
            Err(problems) => return Err(TestCaseError::fail(problems.to_string())),
        };
        prop_assert_eq!(&again, &scenario);
        prop_assert_eq!(again.to_toml(), scenario.to_toml());
        for u in [0.0, 0.3, 0.999_999] {
            let world: Vec<f64> = scenario.uncertain.iter().map(|one| one.distribution.quantile(u)).collect();
            let inputs = scenario.world_inputs(&world);
            prop_assert!((0.0..=1.0).contains(&inputs.parameters.production.find));
            let other = inputs.region.iter().find_map(|of| of.affinity.get(&region)).expect("somebody has an affinity to it");
            prop_assert!((0.0..=1.0).contains(other));
            let policy = scenario.policy(&name, &world).expect("it is selected");
            prop_assert!((0.0..=1.0).contains(&policy.hubs.independence));
        }
    }

    #[test]
    fn quantiles_rise(a in 0.0..1.0f64, b in 0.0..1.0f64, low in -5.0..5.0f64, width in 0.01..5.0f64, at in 0.0..=1.0f64) {
        let (a, b) = (a.min(b), a.max(b));
        for distribution in [
            Distribution::Uniform(low, low + width),
            Distribution::Normal(low, width),
            Distribution::Triangular(low, low + at * width, low + width),
        ] {
            prop_assert!(distribution.quantile(a) <= distribution.quantile(b), "{:?}", distribution);
        }
    }
}
