//! Every valid scenario runs to its end and gives measures within their range: with every number at both of its bounds,
//! and with parts of a scenario missing.

use hubsim_lab::experiment::{NullSink, run_study};
use hubsim_lab::scenario::{Changes, Scenario, catalogue};
use hubsim_model::catalogue::Kind;
use hubsim_model::measures::MEASURES;

/// Runs a scenario and asserts that every measure is NaN or within its range.
fn assert_measures_in_range(what: &str, scenario: &Scenario) {
    let findings = run_study(scenario, &NullSink).expect("nothing stops it");
    for outcome in &findings.outcomes {
        for (year, values) in outcome.measures.iter().enumerate() {
            for (measure, &value) in MEASURES.iter().zip(values) {
                let (low, high) = measure.range;
                let within = value.is_nan() || (value.is_finite() && value >= low - 1e-9 && value <= high + 1e-9);
                assert!(within, "{what}: {} is {value} in year {year}", measure.key);
            }
        }
        // The first measure is defined as long as there are organisations.
        assert!(!outcome.measures[0][0].is_nan(), "{what}: no organisations in year 0");
    }
}

/// The key as `--set` expects it in the scenario `small`; `None` for keys that are no numbers of the world or of a policy.
fn key_in_small(path: &str) -> Option<String> {
    let named = [
        ("policy.", "policy.thematic-hubs."),
        ("region.", "region.South."),
        ("theme.", "theme.education."),
        ("organisation.", "organisation.South chapter."),
        ("funder.", "funder.Movement fund."),
    ];
    match named.iter().find_map(|(list, one)| path.strip_prefix(list).map(|rest| format!("{one}{rest}"))) {
        Some(named) => Some(named),
        None if path.starts_with("shock.") || ["years", "seed", "replicates"].contains(&path) => None,
        None => Some(path.to_owned()),
    }
}

#[test]
fn every_number_can_be_set_to_its_bounds() {
    let (mut ran, mut refused) = (0, Vec::new());
    for entry in catalogue::entries() {
        let (Kind::Number(number) | Kind::Path(number)) = entry.spec.kind else { continue };
        let Some(key) = key_in_small(&entry.path) else { continue };
        // The upper bound of the number of groups is tested in `ids_cannot_run_out`, because it is slow.
        let bounds =
            if key == "affiliates.formation" { vec![0.0, 0.1] } else { vec![number.bounds.0, number.bounds.1] };
        for bound in bounds {
            let set = vec![format!("{key}={bound}")];
            let changes = Changes { set, replicates: Some(1), years: Some(4), ..Changes::default() };
            match Scenario::find("small", &changes) {
                Ok(scenario) => assert_measures_in_range(&format!("{key} = {bound}"), &scenario),
                Err(_) => refused.push(format!("{key} = {bound}")),
            }
            ran += 1;
        }
    }
    // Some bounds contradict the rest of the scenario, such as all of the pot for one purpose.
    assert!(ran > 300 && refused.len() < 20, "{ran} ran, rejected were {refused:#?}");
}

/// In a saturated region, arrivals replace those who leave, and no more.
#[test]
fn a_saturated_region_does_not_overflow() {
    let set = ["North", "Middle", "South"].map(|region| format!("region.{region}.saturation=0.99")).to_vec();
    let changes = Changes { set, replicates: Some(2), years: Some(20), ..Changes::default() };
    let scenario = Scenario::find("small", &changes).unwrap_or_else(|problems| panic!("{problems}"));
    let findings = run_study(&scenario, &NullSink).expect("nothing stops it");
    let volunteers = MEASURES.iter().position(|measure| measure.key == "volunteers").expect("a measure");
    let most = findings.outcomes.iter().flat_map(|outcome| &outcome.measures).map(|year| year[volunteers]);
    let most = most.fold(0.0, f64::max);
    // 6,000 people at the start, 97 % of at most 3.3 times as many online at the end, and random variation.
    assert!(most < 30_000.0, "{most} volunteers");
}

const WORLD: &str = r#"
name = "odd"
extends = "base"
years = 6
replicates = 1
people_per_agent = 20
"#;
const REGION: &str = r#"
[[region]]
name = "North"
group = "underserved"
population = 100
online = 60
volunteers = 2000
grants = 100000
"#;
const THEME: &str = r#"
[[theme]]
name = "A"
"#;
const CHAPTER: &str = r#"
[[organisation]]
name = "C"
region = "North"
staff = 5
community = 0.1
expertise = 0.4
"#;
const FOUNDATION: &str = r#"
[[organisation]]
name = "F"
kind = "foundation"
region = "North"
staff = 10
community = 0
"#;
const FUNDER: &str = r#"
[[funder]]
name = "M"
pot = 1000000
"#;

#[test]
fn scenarios_with_missing_parts_run() {
    let whole = [WORLD, REGION, THEME, CHAPTER, FOUNDATION, FUNDER].concat();
    let hubs =
        |levers: &str| format!("{whole}[[policy]]\nname = \"x\"\nextends = \"thematic-hubs\"\nhubs = {{ {levers} }}\n");
    for (what, text) in [
        ("nothing is missing", whole.clone()),
        ("no volunteers", whole.replace("volunteers = 2000", "volunteers = 0")),
        ("fewer people than an agent stands for", whole.replace("people_per_agent = 20", "people_per_agent = 1e6")),
        ("no foundation", whole.replace(FOUNDATION, "")),
        ("no funder", whole.replace(FUNDER, "")),
        ("an empty pot", whole.replace("pot = 1000000", "pot = 0")),
        ("no grants before", whole.replace("grants = 100000", "grants = 0")),
        ("no theme yet", whole.replace("name = \"A\"", "name = \"A\"\nborn = 4")),
        ("a theme that is never born", format!("{whole}[[theme]]\nname = \"B\"\nborn = 100\n")),
        (
            "all themes fade",
            whole.replace("name = \"A\"", "name = \"A\"\nfades = 1").replace("years = 6", "years = 60"),
        ),
        ("no need", whole.replace("name = \"A\"", "name = \"A\"\nneed = 0")),
        ("no priority", whole.replace("name = \"A\"", "name = \"A\"\npriority = 0")),
        ("everybody is online", whole.replace("online = 60", "online = 100")),
        ("nobody knows anything", whole.replace("expertise = 0.4", "expertise = 0")),
        ("everybody knows everything", whole.replace("expertise = 0.4", "expertise = 1")),
        ("no potential for income", whole.replace("grants = 100000", "fundraising = 0")),
        (
            "a long time",
            whole.replace("years = 6", "years = 500").replace("people_per_agent = 20", "people_per_agent = 200"),
        ),
        ("one hub at most", hubs("hubs_at_most = 1, pilots = 1, wave_size = 1")),
        ("terms of a year", hubs("term_years = 1, term_limit = 1, review_years = 1")),
        ("nobody is old enough", hubs("min_age_years = 50")),
        ("nobody is large enough", hubs("capacity_floor = 1000")),
    ] {
        let scenario = Scenario::from_text(&text, "odd.toml", &Changes::default());
        assert_measures_in_range(what, &scenario.unwrap_or_else(|problems| panic!("{what}: {problems}")));
    }
}

#[test]
fn ids_cannot_run_out() {
    let text = [WORLD, REGION, THEME, CHAPTER, FUNDER].concat();
    let busy = text + "[affiliates]\nformation = 1\n";
    let long = busy.replace("years = 6", "years = 60").replace("volunteers = 2000", "volunteers = 20000");
    let refused = Scenario::from_text(&long, "long.toml", &Changes::default()).expect_err("too many groups").0;
    let [problem] = refused.as_slice() else { panic!("{refused:#?}") };
    assert_eq!(problem.found, "1", "{problem:#?}");
    assert!(problem.message.contains("user groups may form in 60 years"), "{problem:#?}");
    assert!(problem.help.contains("write 0.029 or less"), "{problem:#?}");
    let scenario = Scenario::from_text(&busy, "busy.toml", &Changes::default());
    assert_measures_in_range("a group for everybody", &scenario.unwrap_or_else(|problems| panic!("{problems}")));

    let growing = REGION.replace("online = 60", "online = 0.0001\nonline_growth = 1");
    let text = [WORLD, &growing, THEME].concat().replace("years = 6", "years = 30");
    let refused = Scenario::from_text(&text, "growing.toml", &Changes::default()).expect_err("too many agents").0;
    assert!(refused.iter().any(|problem| problem.message.contains("2000 volunteers may become")), "{refused:#?}");
}
