//! The base scenario contains every lever, and its controls are fair.

use hubsim_lab::scenario::{BASE, Changes, Scenario, catalogue};
use hubsim_model::policy::levers::{DeskPlace, GovernanceLevers};

#[test]
fn the_base_scenario_contains_every_lever() {
    for section in catalogue::LEVERS {
        for spec in section.specs {
            let written = format!("\n{} = ", spec.key);
            assert!(BASE.text.contains(&written), "{}.{} is not in scenarios/base.toml", section.name, spec.key);
        }
    }
}

/// A fair control has the means of what it is compared with: the desk of central services what hubs of real size have, and the
/// same governance otherwise.
#[test]
fn central_services_have_the_means_of_hubs_of_real_size() {
    let names = ["thematic-hubs-of-real-size", "central-services", "status-quo-governed"];
    let policies = Some(names.map(str::to_owned).into());
    let scenario = Scenario::find("small", &Changes { policies, ..Changes::default() }).expect("a built-in");
    let centre: Vec<f64> = scenario.uncertain.iter().map(|u| u.distribution.central()).collect();
    let policy = |name: &str| scenario.policy(name, &centre).expect("a shipped policy");
    let [hubs, desk, governed] = names.map(policy);
    let of = &desk.governance;
    assert_eq!((of.desk_share, of.desk_cap, of.desk_pilots), (hubs.hubs.share, hubs.hubs.hub_cap, hubs.hubs.pilots));
    assert_eq!((of.desk_wave_size, of.desk_wave_years), (hubs.hubs.wave_size, hubs.hubs.wave_years));
    // Pilots of hubs last as long as a wave of the desk, and hubs are spread over regions by people online.
    assert_eq!((hubs.hubs.pilot_years, hubs.hubs.spread, &of.staff_in), (of.desk_wave_years, 1.0, &DeskPlace::People));
    // Governance is the same but for the desk, and so are grants.
    let without_desk = GovernanceLevers {
        desk_share: governed.governance.desk_share,
        desk_cap: governed.governance.desk_cap,
        desk_pilots: governed.governance.desk_pilots,
        desk_wave_size: governed.governance.desk_wave_size,
        desk_wave_years: governed.governance.desk_wave_years,
        staff_in: governed.governance.staff_in.clone(),
        ..of.clone()
    };
    assert_eq!((&without_desk, &governed.governance), (&hubs.governance, &hubs.governance));
    assert_eq!((&desk.grants, &governed.grants), (&hubs.grants, &hubs.grants));
}
