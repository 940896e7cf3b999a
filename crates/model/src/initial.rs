//! The initial state: inputs → the state at the end of year 0.
//!
//! Nothing may jump in year 1: volunteers' tenures come from the survival curve of the leaving hazard itself, own
//! income is what an organisation's staff costs beyond its grants, and promises are staggered.

mod organisations;

use std::collections::BTreeMap;

use crate::clock::{BURN_IN, Clock};
use crate::ids::{BirthCause, FunderId, Key, MAX_REGIONS, MAX_THEMES, RegionId, ThemeId};
use crate::inputs::{self, Setup};
use crate::mechanisms::{
    Conditions, Context, affiliates, capacity, environment, money, partnerships, problems, production, support, themes,
    uptake, volunteers,
};
use crate::policy::levers::Policy;
use crate::random::{Decision, Stream};
use crate::record::Record;
use crate::state::volunteers::{Volunteer, flag};
use crate::state::{
    Communities, Community, Funder, FunderGroup, Partnerships, Problems, Region, State, Theme, UNAFFILIATED,
};
use crate::table::{Grid, Table};
use crate::units::{Money, QUARTERS_PER_YEAR, Work};

use organisations::{found, note_the_small};

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

/// The state at the end of year 0, under any policy with these initial conditions.
pub fn state(setup: &Setup, initial: InitialConditions, random: Stream) -> State {
    let mut conditions = Conditions {
        parameters: setup.parameters.clone(),
        policy: Policy::default(),
        shocks: setup.shock.clone(),
        random,
        now: Clock::at_start(),
    };
    let mut state = empty(setup, random);
    // What happens before the first year is not recorded.
    let record = &mut Record::new(state.regions.len(), state.funders.len());
    themes::update_need(&mut state);
    for entry in &setup.organisation {
        found(&conditions.context(), &mut state, entry, &setup.region);
    }
    state.head_start_affiliate = organisations::drawn(&conditions.context(), &state);
    if let Some(id) = state.head_start_affiliate {
        organisations::grow(&mut state.organisations[id], setup.head_start);
    }
    money::start(&conditions.context(), &mut state, initial.grant_years, setup.head_start);
    people(&conditions.context(), &mut state, record);
    environment::open_pots(&mut state);
    note_the_small(&mut state);
    burn_in(&mut conditions, &mut state, record);
    // Only now: the burn-in has worn out and restored the people whose labour this is.
    capacity::gather_labour(&conditions.context(), &mut state);
    for (region, work) in state.region_ids().zip(capacity::regional_work(&state)) {
        (state.regions[region].work, state.regions[region].work_at_start) = (work, work);
    }
    state
}

/// Regions, themes and funders, before there is an organisation.
fn empty(setup: &Setup, random: Stream) -> State {
    let regions: Table<RegionId, Region> = setup.region.iter().map(region).collect();
    let themes: Table<ThemeId, Theme> =
        setup.theme.iter().map(|theme| self::theme(theme, &setup.region, random)).collect();
    let affinity = affinities(&setup.region);
    State {
        people_per_agent: setup.people_per_agent,
        need: Grid::new(regions.len(), themes.len(), 0.0),
        affinity_trend: affinity.clone(),
        affinity,
        communities: Communities { list: regions.pairs().map(|(r, region)| rest(r, region)).collect() },
        organisations: Table::new(),
        foundation: None,
        head_start_affiliate: None,
        mandates: Table::new(),
        partnerships: Partnerships::default(),
        scan: None,
        funders: funders(setup),
        paid_to_hubs: Money::ZERO,
        foundation_budget: Money::ZERO,
        budget_index: 1.0,
        volunteers: Vec::new(),
        problems: Problems::new(themes.len()),
        gate: Vec::new(),
        hub_years: 0.0,
        regions,
        themes,
    }
}

/// Lets problems arise and organisations work on them for a while, and people look for help in the last year of it, so
/// that the first year finds materials, projects, open requests and measured service. Nobody learns, leaves or is seen
/// meanwhile, and no hub exists: it is the same under every policy.
fn burn_in(conditions: &mut Conditions, state: &mut State, record: &mut Record) {
    let people: Vec<_> = state.volunteers.iter().map(|v| (v.skill, v.motivation)).collect();
    let known: Vec<_> = state.organisations.iter().map(|o| (o.expertise, o.approach)).collect();
    for quarter in 0..BURN_IN {
        conditions.now = Clock::in_burn_in(quarter);
        let cx = &conditions.context();
        problems::run(cx, state, record);
        capacity::run(cx, state, record);
        capacity::note_regional_work(cx, state, record);
        production::run(cx, state, record);
        if quarter + QUARTERS_PER_YEAR >= BURN_IN {
            support::run(cx, state, record);
        }
        uptake::run(cx, state, record);
        partnerships::run(cx, state, record);
        for o in &mut state.organisations {
            o.done = [0.0; MAX_THEMES];
            o.learning = Work::ZERO;
        }
    }
    for (v, (skill, motivation)) in state.volunteers.iter_mut().zip(people) {
        (v.skill, v.motivation) = (skill, motivation);
    }
    for (o, (expertise, approach)) in state.organisations.iter_mut().zip(known) {
        (o.expertise, o.approach) = (expertise, approach);
    }
    conditions.now = Clock::at_start();
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
        saturation: setup.saturation.min(volunteers::MAX_INITIAL_SATURATION),
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

fn affinities(regions: &[inputs::Region]) -> Grid<RegionId, RegionId, f64> {
    let told = |a: &inputs::Region, b: &inputs::Region| a.affinity.get(&b.name).copied();
    Grid::from_fn(regions.len(), regions.len(), |i: RegionId, j: RegionId| {
        let (a, b) = (&regions[i], &regions[j]);
        match (told(a, b), told(b, a)) {
            _ if i == j => 1.0,
            (Some(x), Some(y)) => 0.5 * (x + y),
            (Some(x), None) | (None, Some(x)) => x,
            (None, None) => 0.4,
        }
    })
}

fn rest(r: RegionId, region: &Region) -> Community {
    Community {
        key: Key::from_birth(region.key.stem(), 0, BirthCause::Initial, 0),
        region: r,
        share: 1.0,
        organisation: None,
    }
}

fn funders(setup: &Setup) -> Table<FunderId, Funder> {
    let regions: Vec<&str> = setup.region.iter().map(|region| region.name.as_str()).collect();
    let themes: Vec<&str> = setup.theme.iter().map(|theme| theme.name.as_str()).collect();
    let mut others = 0;
    let funder_group = |entry: &inputs::Funder| {
        if entry.governed {
            return FunderGroup::Governed;
        }
        others += 1;
        FunderGroup::Other(others - 1)
    };
    let funder_groups: Vec<FunderGroup> = setup.funder.iter().map(funder_group).collect();
    let funder = |(entry, funder_group): (&inputs::Funder, FunderGroup)| Funder {
        key: Key::from_name(&entry.name),
        name: entry.name.clone(),
        trend: Money(entry.pot),
        growth: entry.growth + entry.indexed * setup.parameters.environment.inflation,
        volatility: entry.volatility,
        noise: entry.noise,
        deviation: 0.0,
        pot: Money(entry.pot),
        paid_in: Money::ZERO,
        unspent_ratio: [0.0; MAX_REGIONS],
        funder_group,
        grants: entry.grants.clone(),
        regions: shares(&entry.regions, &regions),
        themes: shares(&entry.themes, &themes),
    };
    setup.funder.iter().zip(funder_groups).map(funder).collect()
}

/// Weights by name as shares in the order of the names; none if there is no weight above 0.
fn shares(weights: &BTreeMap<String, f64>, names: &[&str]) -> Vec<f64> {
    let weights: Vec<f64> = names.iter().map(|&name| weights.get(name).copied().unwrap_or(0.0)).collect();
    let total: f64 = weights.iter().sum();
    if total > 0.0 { weights.into_iter().map(|weight| weight / total).collect() } else { Vec::new() }
}

/// The volunteers of year 0, with tenures from the survival curve.
fn people(cx: &Context, state: &mut State, record: &mut Record) {
    let survival = volunteers::Survival::new(&cx.parameters.volunteers);
    let ppa = state.people_per_agent;
    let requests = cx.parameters.support.requests;

    let birth = cx.random.decision(Decision::InitialTenure, 0);
    let joins = cx.random.decision(Decision::InitialAffiliation, 0);
    let newcomers = volunteers::Newcomers::new(cx, state, 0);
    // By tenure: a power for everybody would be dear.
    let mut asked = Vec::new();
    let locals = affiliates::Locals::by_region(state);
    for r in state.region_ids() {
        let region = &state.regions[r];
        let locals = &locals[r];
        let count = (region.volunteers_at_start / ppa).round() as u32;
        for index in 0..count {
            let key = Key::from_birth(state.regions[r].key.stem(), 0, BirthCause::Initial, index + 1);
            let tenure = survival.quantile(birth.entity(key).uniform(0));
            let arrived = BURN_IN as i16 - 1 - tenure as i16;
            let mut volunteer = newcomers.draw(state, key, r, arrived);
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
            state.volunteers.push(volunteer);
        }
        state.regions[r].replacement = f64::from(count) * ppa / survival.mean();
    }
    volunteers::count(cx, state, record);
}

/// One more volunteer who does nothing, for tests that nobody else's history changes.
pub fn add_inert_volunteer(state: &mut State, name: &str) {
    state.volunteers.push(Volunteer {
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

#[cfg(test)]
mod tests;
