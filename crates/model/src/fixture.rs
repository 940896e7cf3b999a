//! A small world for the tests of the mechanisms, built in code: three regions, three themes, ten organisations, one
//! funder, three thousand people.

use crate::ids::{MandateId, OrganisationId, RegionId, ThemeId};
use crate::inputs::{Funder, Inputs, Organisation, Region, Theme};
use crate::mechanisms::{Parameters, SECTIONS};
use crate::policy::Policy;
use crate::policy::levers::{HubKind, OrganisationKind};
use crate::random::Stream;
use crate::record::events::EventLog;
use crate::simulation::Simulation;

/// What |z| rejects at: two-sided 7e-6 a test.
pub const REJECT: f64 = 4.5;

/// What the tests count on, so that they can say numbers and outlive a change of the defaults. Nobody closes by chance,
/// and nobody looks for partners.
const PINNED: &[(&str, &str, f64)] = &[
    ("money", "memory", 0.9),
    ("money", "ambition", 0.12),
    ("money", "least_request", 5000.0),
    ("money", "apply_funded", 0.9),
    ("money", "apply_unfunded", 0.4),
    ("money", "discouraged_below", 0.2),
    ("money", "discouraged_factor", 0.5),
    ("money", "income_scale", 12000.0),
    ("money", "income_elasticity", 0.7),
    ("money", "income_growth", 0.01),
    ("money", "absorption", 1.0),
    ("money", "self_reliance", 5.0),
    ("money", "take_off", 0.0),
    ("money", "interruption", 0.0),
    ("staffing", "wage", 70000.0),
    ("staffing", "reserves_used", 0.25),
    ("staffing", "hiring_speed", 0.6),
    ("staffing", "turnover", 0.12),
    ("staffing", "turnover_insecure", 0.15),
    ("staffing", "expertise_lost", 0.3),
    ("capacity", "labour", 0.005),
    ("capacity", "application_work", 0.06),
    ("capacity", "application_size", 0.45),
    ("capacity", "grant_work", 0.03),
    ("capacity", "link_work", 0.1),
    ("capacity", "support", 0.35),
    ("capacity", "production", 0.45),
    ("affiliates", "maturing", 0.04),
    ("affiliates", "closing", 0.0),
    ("affiliates", "closing_small", 2.0),
    ("affiliates", "closing_large", 0.3),
    ("themes", "birth_ramp", 0.35),
    ("themes", "fade_rate", 0.25),
    ("deciding", "by_report", 1.0),
    ("deciding", "interest", 0.0),
    ("deciding", "delay_foundation", 0.0),
    ("power", "lobbying", 0.0),
    ("power", "fear", 0.0),
    ("power", "hoarding", 0.0),
    ("conduct", "hazard", 0.0),
    ("conduct", "false_alarms", 0.0),
    ("mandates", "least_expertise", 0.15),
    ("mandates", "noise", 0.12),
    ("mandates", "experience", 12.0),
    ("mandates", "sunk_cost", 0.04),
    ("mandates", "transition_quarters", 4.0),
    ("mandates", "transition_factor", 0.5),
    ("mandates", "familiarity_lost", 0.5),
    ("mandates", "least_need", 0.025),
    ("problems", "arrivals", 2.0),
    ("problems", "needed_by", 0.6),
    ("problems", "cost", 3.0),
    ("problems", "cost_spread", 0.6),
    ("production", "find", 0.45),
    ("production", "find_packaged", 1.3),
    ("production", "dilution", 0.05),
    ("production", "central_catalogue", 0.2),
    ("support", "requests", 0.15),
    ("support", "request_work", 0.006),
    ("support", "failed_work", 0.3),
    ("support", "half_expertise", 0.25),
    ("support", "places_tried", 3.0),
    ("support", "outreach", 0.4),
    ("support", "use_spreads", 0.15),
    ("support", "attention", 0.5),
    ("support", "forgetting", 0.02),
    ("support", "orientation", 0.15),
    ("support", "passed_on", 0.5),
    ("regranting", "local_noise", 0.6),
    ("regranting", "favour", 0.5),
    ("regranting", "decision_work", 0.02),
    ("volunteers", "outreach", 0.1),
    ("partnerships", "forming", 0.0),
    ("partnerships", "ending", 0.06),
    ("partnerships", "learning", 0.03),
    ("partnerships", "partner_share", 0.2),
    ("learning", "by_doing", 0.04),
    ("learning", "by_training", 0.5),
    ("learning", "by_help", 0.08),
    ("learning", "forgetting", 0.01),
    ("learning", "half_work", 0.3),
    ("learning", "imitation", 0.15),
    ("learning", "prestige_speed", 0.15),
];

/// The defaults with what the tests count on.
fn parameters() -> Parameters {
    let mut tree = serde_json::to_value(Parameters::default()).expect("plain numbers");
    for &(section, key, value) in PINNED {
        assert!(tree[section].get(key).is_some(), "{section}.{key} is no parameter");
        tree[section][key] = value.into();
    }
    serde_json::from_value(tree).expect("the same shape")
}

/// The small sim.state. Affinity is 0.5 between all regions, everything is there from the start, and nobody closes by
/// chance.
pub fn inputs() -> Inputs {
    let kinds = [OrganisationKind::Chapter, OrganisationKind::ThematicOrganisation, OrganisationKind::UserGroup];
    let names = ["North", "Middle", "South"];
    let mut organisations = vec![Organisation {
        name: "Foundation".into(),
        kind: OrganisationKind::Foundation,
        region: "North".into(),
        staff: 12.0,
        grant_weight: 0.0,
        expertise: 0.5,
        ..Organisation::default()
    }];
    for (r, region) in names.iter().enumerate() {
        for (k, &kind) in kinds.iter().enumerate() {
            organisations.push(Organisation {
                name: format!("{region} {k}"),
                kind,
                region: (*region).into(),
                age: 6.0,
                staff: [6.0, 3.0, 1.0][k] / (r + 1) as f64,
                grant_weight: [3.0, 2.0, 1.0][k],
                community: 0.1,
                expertise: 0.4,
                ..Organisation::default()
            });
        }
    }
    Inputs {
        people_per_agent: 10.0,
        region: names.iter().enumerate().map(|(r, name)| region(name, r)).collect(),
        theme: ["education", "tools", "law"].iter().map(|name| theme(name)).collect(),
        organisation: organisations,
        funder: vec![Funder {
            name: "Fund".into(),
            pot: 400_000.0,
            growth: 0.03,
            volatility: 0.05,
            noise: 0.15,
            ..Funder::default()
        }],
        head_start: 0.0,
        shock: Vec::new(),
        parameters: parameters(),
    }
}

fn region(name: &str, r: usize) -> Region {
    let others = ["North", "Middle", "South"].iter().filter(|&&other| other != name);
    Region {
        name: name.into(),
        group: if r == 2 { "underserved".into() } else { String::new() },
        population: 200.0,
        online: 100.0,
        online_growth: 0.05,
        price_level: 1.0 / (r + 1) as f64,
        fundraising: 1.0 / (r + 1) as f64,
        volunteers: 1000.0,
        saturation: 0.8,
        grants: 300_000.0 / ((r + 1) * (r + 1)) as f64,
        foundation_known: 0.3,
        affinity: others.map(|&other| (other.to_owned(), 0.5)).collect(),
    }
}

fn theme(name: &str) -> Theme {
    Theme {
        name: name.into(),
        need: 1.0,
        reusability: 0.8,
        drift: 0.02,
        priority: 1.0,
        core: name == "tools",
        ..Theme::default()
    }
}

/// A trial at year 0, under no hubs, that keeps events.
pub fn simulation_of(inputs: &Inputs) -> Simulation {
    let mut sim = Simulation::new(inputs, &Policy::default(), Stream::new(7, 0));
    sim.record.events = EventLog::open();
    sim
}

/// A trial of the small world at year 0.
pub fn simulation() -> Simulation {
    simulation_of(&inputs())
}

/// Hubs for all themes at once, a tenth of the pot and of their holders' support; a hub is at work when it is created.
pub fn thematic() -> Policy {
    let mut policy = Policy::default();
    policy.hubs.kind = HubKind::Thematic;
    policy.hubs.share = 0.1.into();
    policy.hubs.hub_cap = 0.3;
    policy.hubs.pledge = 0.1;
    policy.hubs.max_each = 1.0;
    policy
}

/// The same for all themes and all regions; an organisation may hold one of each.
pub fn both() -> Policy {
    let mut policy = thematic();
    policy.hubs.kind = HubKind::Both;
    policy.hubs.max_each = 2.0;
    policy
}

/// Runs years of a policy, which holds from then on.
pub fn run(sim: &mut Simulation, policy: &Policy, years: u32) {
    sim.conditions.policy = policy.clone();
    for _ in 0..years {
        sim.step_year();
    }
}

/// Switches a mechanism off, by the values that its catalogue section says.
pub fn switch_off(parameters: &mut Parameters, section: &str) {
    let found = SECTIONS.iter().find(|s| s.name == section);
    assert!(found.is_some_and(|section| parameters.switch_off(section)), "{section} cannot be switched off");
}

/// An organisation by its name in the scenario.
pub fn named(sim: &Simulation, name: &str) -> OrganisationId {
    OrganisationId::from_index(
        sim.state.organisations.iter().position(|o| o.label.to_string() == name).expect("there is one"),
    )
}

/// The hub of a theme in the first region.
pub fn hub(sim: &Simulation, theme: u8) -> MandateId {
    sim.state.hub_for(RegionId(0), ThemeId(theme)).expect("there is one")
}

/// How many standard errors the mean of independent values is from what is expected.
pub fn z_of_mean(values: &[f64], expected: f64) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean - expected) / (variance / n).sqrt()
}

/// How many standard deviations a count is from a binomial's mean.
pub fn z_of_count(count: usize, of: usize, p: f64) -> f64 {
    let n = of as f64;
    (count as f64 - n * p) / (n * p * (1.0 - p)).sqrt()
}
