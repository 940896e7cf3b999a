//! Parameters → the world at year 0.
//!
//! Nothing may jump in year 1: volunteers' tenures come from the survival curve of the leaving hazard itself, own
//! income is what an organisation's staff costs beyond its grants, and promises are staggered.

mod organisations;

use std::collections::BTreeMap;

use rand::RngExt;
use rand_distr::Triangular;

use crate::ids::{BirthCause, CommunityId, Key, MAX_REGIONS, MAX_THEMES, OrganisationId, RegionId, ThemeId};
use crate::inputs::{self, Setup};
use crate::mechanisms::{
    affiliates, capacity, environment, money, partnerships, problems, production, support, themes, uptake, volunteers,
};
use crate::policy::levers::{OrganisationKind, Policy};
use crate::random::{Stream, Decision};
use crate::record::events::Ledger;
use crate::state::theme::moved;
use crate::state::volunteers::{Volunteer, flag};
use crate::state::{
    BURN_IN, Communities, Community, Conduct, Dealings, Desk, Funder, Label, Organisation, Owed, Partnerships,
    Problems, Purse, Region, Tally, Theme, UNAFFILIATED, World,
};
use crate::units::{Capacity, Money, QUARTERS_PER_YEAR, Quarter, Work};

use organisations::{found, note_the_small};
pub use organisations::{traits, unknown};

/// All that year 0 takes from a policy. Two policies that agree in it begin with the same state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InitialConditions {
    /// Years that the grants of the governed funders run, some of which are under way.
    grant_years: u32,
}

impl InitialConditions {
    /// Those of a policy.
    pub fn new(policy: &Policy) -> InitialConditions {
        InitialConditions { grant_years: policy.grants.years as u32 }
    }
}

/// The world at year 0 under a policy.
pub fn world(setup: &Setup, policy: &Policy, stream: Stream) -> World {
    world_from(setup, InitialConditions::new(policy), stream)
}

/// The world at year 0 under any policy with these initial conditions.
pub fn world_from(setup: &Setup, conditions: InitialConditions, stream: Stream) -> World {
    let regions: Vec<Region> = setup.region.iter().map(region).collect();
    let themes: Vec<Theme> = setup.theme.iter().map(|theme| self::theme(theme, &setup.region, stream)).collect();
    let affinity = affinities(&setup.region);
    let mut world = World {
        stream,
        parameters: setup.parameters.clone(),
        shocks: setup.shock.clone(),
        people_per_agent: setup.people_per_agent,
        year: 0,
        quarter: BURN_IN,
        need: vec![0.0; regions.len() * themes.len()],
        affinity_trend: affinity.clone(),
        affinity,
        communities: Communities { list: regions.iter().enumerate().map(|(r, region)| rest(r, region)).collect() },
        organisations: Vec::new(),
        foundation: None,
        drawn: None,
        mandates: Vec::new(),
        partnerships: Partnerships::default(),
        scan: None,
        funders: funders(setup),
        foundation_budget: Money::ZERO,
        budget_index: 1.0,
        volunteers: Vec::new(),
        problems: Problems::new(themes.len()),
        gate: Vec::new(),
        hub_years: 0.0,
        tally: Tally::new(regions.len(), setup.funder.len()),
        ledger: Ledger::default(),
        regions,
        themes,
    };
    themes::weigh(&mut world);
    for entry in &setup.organisation {
        found(&mut world, entry, &setup.region);
    }
    world.drawn = organisations::drawn(&world);
    if let Some(id) = world.drawn {
        organisations::grow(&mut world.organisations[id.index()], setup.head_start);
    }
    money::start(&mut world, conditions.grant_years, setup.head_start);
    people(&mut world);
    environment::open_pots(&mut world);
    note_the_small(&mut world);
    burn_in(&mut world);
    // Only now: the burn-in has worn out and restored the people whose labour this is.
    capacity::gather_labour(&mut world);
    for (region, work) in capacity::regional_work(&world).into_iter().enumerate() {
        (world.regions[region].work, world.regions[region].work_at_start) = (work, work);
    }
    world
}

/// Lets problems arise and organisations work on them for a while, and people look for help in the last year of it, so
/// that the first year finds materials, projects, open requests and measured service. Nobody learns, leaves or is seen
/// meanwhile, and no hub exists: it is the same under every policy.
fn burn_in(world: &mut World) {
    let people: Vec<_> = world.volunteers.iter().map(|v| (v.skill, v.motivation)).collect();
    let known: Vec<_> = world.organisations.iter().map(|o| (o.expertise, o.approach)).collect();
    let before = Policy::default();
    for quarter in 0..BURN_IN {
        world.quarter = quarter;
        problems::run(world);
        capacity::run(world, &before);
        production::run(world, &before);
        if quarter + QUARTERS_PER_YEAR >= BURN_IN {
            support::run(world, &before);
        }
        uptake::run(world, &before);
        partnerships::run(world);
        for o in &mut world.organisations {
            o.done = [0.0; MAX_THEMES];
            o.learning = Work::ZERO;
        }
    }
    for (v, (skill, motivation)) in world.volunteers.iter_mut().zip(people) {
        (v.skill, v.motivation) = (skill, motivation);
    }
    for (o, (expertise, approach)) in world.organisations.iter_mut().zip(known) {
        (o.expertise, o.approach) = (expertise, approach);
    }
    world.quarter = BURN_IN;
    world.tally.clear();
    world.ledger = Ledger::default();
}

fn region(setup: &inputs::Region) -> Region {
    Region {
        key: Key::from_name(&setup.name),
        name: setup.name.clone(),
        group: setup.group.clone(),
        population: setup.population,
        online: setup.online,
        online_at_start: setup.online,
        online_growth: setup.online_growth,
        price_level: setup.price_level,
        price_trend: setup.price_level,
        fundraising: setup.fundraising,
        volunteers_at_start: setup.volunteers,
        volunteers: setup.volunteers,
        affiliated: 0.0,
        saturation: setup.saturation.min(volunteers::MOST_SATURATED),
        grants_at_start: Money(setup.grants),
        foundation_known: setup.foundation_known,
        replacement: 0.0,
        work_at_start: 0.0,
        work: 0.0,
    }
}

fn theme(setup: &inputs::Theme, regions: &[inputs::Region], stream: Stream) -> Theme {
    let key = Key::from_name(&setup.name);
    Theme {
        key,
        name: setup.name.clone(),
        weight: setup.need,
        local: regions
            .iter()
            .map(|r| libm::log(setup.need_in.get(&r.name).copied().unwrap_or(1.0).max(1e-9)))
            .collect(),
        presence: if setup.born == 0.0 { 1.0 } else { 0.0 },
        surge: 1.0,
        reusability: setup.reusability,
        born: setup.born as u32,
        fades: setup.fades as u32,
        drift: setup.drift,
        priority: setup.priority,
        core: setup.core,
        noticed: setup.born == 0.0,
        noticed_at: (setup.born == 0.0).then_some(BURN_IN),
        served_in: (setup.born == 0.0).then_some(0),
        given_up: 0.0,
        moved: 0.0,
        jumped: false,
        optimum: stream.decision(Decision::Optimum, 0).entity(key).uniform(0),
    }
}

fn affinities(regions: &[inputs::Region]) -> Vec<f64> {
    let told = |a: &inputs::Region, b: &inputs::Region| a.affinity.get(&b.name).copied();
    let mut affinity = Vec::with_capacity(regions.len() * regions.len());
    for (i, a) in regions.iter().enumerate() {
        for (j, b) in regions.iter().enumerate() {
            affinity.push(match (told(a, b), told(b, a)) {
                _ if i == j => 1.0,
                (Some(x), Some(y)) => 0.5 * (x + y),
                (Some(x), None) | (None, Some(x)) => x,
                (None, None) => 0.4,
            });
        }
    }
    affinity
}

fn rest(r: usize, region: &Region) -> Community {
    Community {
        key: Key::from_birth(region.key.stem(), 0, BirthCause::Initial, 0),
        region: RegionId::from_index(r),
        share: 1.0,
        organisation: None,
    }
}

fn funders(setup: &Setup) -> Vec<Funder> {
    let regions: Vec<&str> = setup.region.iter().map(|region| region.name.as_str()).collect();
    let themes: Vec<&str> = setup.theme.iter().map(|theme| theme.name.as_str()).collect();
    let mut others = 0;
    let purse = |entry: &inputs::Funder| {
        if entry.governed {
            return Purse::Governed;
        }
        others += 1;
        Purse::Other(others - 1)
    };
    let purses: Vec<Purse> = setup.funder.iter().map(purse).collect();
    let funder = |(entry, purse): (&inputs::Funder, Purse)| Funder {
        key: Key::from_name(&entry.name),
        name: entry.name.clone(),
        trend: Money(entry.pot),
        growth: entry.growth + entry.indexed * setup.parameters.environment.inflation,
        volatility: entry.volatility,
        noise: entry.noise,
        deviation: 0.0,
        pot: Money(entry.pot),
        paid_in: Money::ZERO,
        spare: [0.0; MAX_REGIONS],
        purse,
        grants: entry.grants.clone(),
        regions: shares(&entry.regions, &regions),
        themes: shares(&entry.themes, &themes),
    };
    setup.funder.iter().zip(purses).map(funder).collect()
}

/// Weights by name as shares in the order of the names; none if there is no weight above 0.
fn shares(weights: &BTreeMap<String, f64>, names: &[&str]) -> Vec<f64> {
    let weights: Vec<f64> = names.iter().map(|&name| weights.get(name).copied().unwrap_or(0.0)).collect();
    let total: f64 = weights.iter().sum();
    if total > 0.0 { weights.into_iter().map(|weight| weight / total).collect() } else { Vec::new() }
}

/// The volunteers of year 0, with tenures from the survival curve.
fn people(world: &mut World) {
    let survival = volunteers::Survival::of(&world.parameters.volunteers);
    let ppa = world.people_per_agent;
    let requests = world.parameters.support.requests;

    let birth = world.stream.decision(Decision::InitialTenure, 0);
    let joins = world.stream.decision(Decision::InitialAffiliation, 0);
    let newcomers = volunteers::Newcomers::of(world, 0);
    // By tenure: a power for everybody would be dear.
    let mut asked = Vec::new();
    let locals = affiliates::Locals::by_region(world);
    for r in world.region_ids() {
        let region = &world.regions[r.index()];
        let locals = &locals[r.index()];
        let count = (region.volunteers_at_start / ppa).round() as u32;
        for index in 0..count {
            let key = Key::from_birth(world.regions[r.index()].key.stem(), 0, BirthCause::Initial, index + 1);
            let tenure = survival.quantile(birth.entity(key).uniform(0));
            let arrived = BURN_IN as i16 - 1 - tenure as i16;
            let mut volunteer = newcomers.draw(world, key, r, arrived);
            volunteer.skill += (1.0 - volunteer.skill) * 0.5 * (1.0 - 20.0 / (20.0 + tenure as f32));
            // Those who have been there for long have had their first help, or given up waiting for it.
            let first = birth.entity(key).uniform(1);
            while asked.len() <= tenure as usize {
                asked.push(1.0 - libm::pow(1.0 - requests, asked.len() as f64));
            }
            if first < asked[tenure as usize] {
                volunteer.flags |= flag::ASKED | flag::WAITED;
            }
            let stream = joins.entity(key);
            // Membership grows with the time one has been there, as it will later.
            if stream.bernoulli(0, survival.affiliated(tenure)) {
                volunteer.affiliation = locals.pick(stream.uniform(1)).map_or(UNAFFILIATED, |local| local.0);
            }
            world.volunteers.push(volunteer);
        }
        world.regions[r.index()].replacement = f64::from(count) * ppa / survival.mean();
    }
    volunteers::count(world);
}

/// One more volunteer who does nothing, for tests that nobody else's history changes.
pub fn add_inert_volunteer(world: &mut World, name: &str) {
    world.volunteers.push(Volunteer {
        key: Key::from_name(name),
        region: RegionId(0),
        theme: ThemeId(0),
        affiliation: UNAFFILIATED,
        skill: 0.5,
        motivation: 0.5,
        arrived: 0,
        first_asked: 0,
        tried: 0,
        flags: flag::INERT,
    });
}

/// People of a community, millions.
pub fn people_of(world: &World, id: CommunityId) -> f64 {
    let community = &world.communities.list[id.index()];
    community.share * world.regions[community.region.index()].online
}

#[cfg(test)]
#[path = "initial_tests.rs"]
mod tests;
