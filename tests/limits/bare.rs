//! The minimal inputs that all families extend: one region, one theme, and no change. Every mechanism with an off setting is
//! off; there are no requests and no problems, and the income of each year is the same.

use hubsim_model::catalogue::Off;
use hubsim_model::inputs::{Funder, Inputs, Organisation, Region, Theme};
use hubsim_model::mechanisms::{Parameters, SECTIONS};
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::OrganisationKind;
use hubsim_model::random::Stream;
use hubsim_model::record::History;
use hubsim_model::simulation::Simulation;
use hubsim_model::units::Money;

/// One grant, USD: whole multiples and halves of it are exact.
pub const UNIT: f64 = 100_000.0;

/// The seed of all limits.
pub const SEED: u64 = 2019;

/// One region without people, one theme.
pub fn inputs() -> Inputs {
    Inputs {
        people_per_agent: 1.0,
        region: vec![region("Here")],
        theme: vec![Theme { name: "theme".into(), need: 1.0, reusability: 1.0, priority: 1.0, ..Theme::default() }],
        parameters: static_parameters(),
        ..Inputs::default()
    }
}

/// A region without people or money.
pub fn region(name: &str) -> Region {
    Region {
        name: name.into(),
        population: 200.0,
        online: 100.0,
        price_level: 1.0,
        fundraising: 1.0,
        saturation: 0.5,
        ..Region::default()
    }
}

/// Chapters that differ in their staff only. They have no expertise, so their actions do not depend on their traits.
pub fn chapters(staff: &[f64]) -> Vec<Organisation> {
    let one = |(i, &staff): (usize, &f64)| Organisation {
        name: format!("Chapter {i}"),
        region: "Here".into(),
        staff,
        community: 0.01,
        expertise: 0.0,
        ..Organisation::default()
    };
    staff.iter().enumerate().map(one).collect()
}

/// A foundation whose only role is to decide.
pub fn foundation() -> Organisation {
    Organisation {
        name: "Foundation".into(),
        kind: OrganisationKind::Foundation,
        region: "Here".into(),
        staff: 10.0,
        community: 0.0,
        expertise: 0.0,
        ..Organisation::default()
    }
}

/// A fund with the same pot every year.
pub fn fund(pot: f64) -> Vec<Funder> {
    vec![Funder { name: "Fund".into(), pot, ..Funder::default() }]
}

/// Parameters with every mechanism at its off setting if it has one, and without change in the others.
fn static_parameters() -> Parameters {
    let mut tree = serde_json::to_value(Parameters::default()).expect("plain numbers");
    for section in SECTIONS {
        if let Some(Off::Set(values)) = section.off {
            values.iter().for_each(|&(key, value)| tree[section.name][key] = value.into());
        }
    }
    let mut parameters: Parameters = serde_json::from_value(tree).expect("the same shape");
    let money = &mut parameters.money;
    (money.ambition, money.least_request) = (0.0, Money(UNIT));
    (money.apply_funded, money.apply_unfunded, money.discouraged_factor) = (1.0, 1.0, 1.0);
    (money.income_spread, money.take_off, money.income_growth, money.income_elasticity) = (0.0, 0.0, 0.0, 0.0);
    // Nobody is kept from a request by what it can absorb, nor from an application by its own income.
    (money.absorption, money.self_reliance) = (10.0, 1000.0);
    (parameters.staffing.reserves_used, parameters.staffing.hiring_speed) = (0.0, 1.0);
    parameters.problems.arrivals = 0.0;
    (parameters.support.requests, parameters.support.organisation_requests) = (0.0, 0.0);
    parameters
}

/// States that differ only in their random streams, from year 1 on.
pub fn worlds(inputs: &Inputs, policy: &Policy, replicates: u32) -> impl Iterator<Item = Simulation> + use<> {
    let template = Simulation::new(inputs, policy, Stream::new(SEED, 0));
    (0..replicates).map(move |replicate| {
        let mut sim = template.clone();
        sim.conditions.random = Stream::new(SEED, replicate);
        sim
    })
}

/// Their histories.
pub fn histories(
    inputs: &Inputs,
    policy: &Policy,
    replicates: u32,
    years: u32,
) -> impl Iterator<Item = History> + use<> {
    let policy = policy.clone();
    worlds(inputs, &policy, replicates).map(move |mut sim| sim.run(years))
}

/// The grants of each organisation in each year, in units of one grant: `[year − 1][organisation]`.
pub fn grants(history: &History) -> Vec<Vec<f64>> {
    let years = history.movement.len() - 1;
    let mut grants = vec![Vec::new(); years];
    for row in history.organisations.iter().filter(|row| row.year > 0) {
        grants[row.year as usize - 1].push(row.grants / UNIT);
    }
    grants
}

/// The grants of each organisation in all years.
pub fn granted(history: &History) -> Vec<f64> {
    let grants = grants(history);
    let mut sums = vec![0.0; grants[0].len()];
    grants.iter().flat_map(|year| year.iter().enumerate()).for_each(|(o, amount)| sums[o] += amount);
    sums
}

/// Without active mechanisms, all years are equal.
#[test]
fn the_minimal_inputs_do_not_change() {
    let mut inputs = inputs();
    inputs.organisation = chapters(&[3.0, 1.0]);
    for history in histories(&inputs, &Policy::default(), 3, 5) {
        for row in history.organisations.iter().filter(|row| row.year > 0) {
            let staff = if row.organisation == 0 { 3.0 } else { 1.0 };
            assert!((row.staff - staff).abs() < 1e-12 && row.expertise == 0.0 && row.grants == 0.0);
        }
        assert!(history.movement.iter().skip(1).all(|row| row.production_work == 0.0 && row.organisations == 2));
    }
}
