//! The initial state: inputs → the state at the end of year 0.
//!
//! Year 1 must not differ from the years after it because the trial begins there. So volunteers' tenures are drawn from
//! the survival curve of the leaving hazard in a region that has grown before as it grows in year 1, expertise balances, own income is what an organisation's staff costs beyond its grants,
//! promises of several years end in different years, and a burn-in fills the queues of work and of requests.
//!
//! *Draws.* InitialTenure, InitialAffiliation, Interest, VolunteerTraits, OrganisationTraits, HeadStart, Optimum,
//! CommitmentStagger, and those of the mechanisms in the burn-in.

mod background;
mod communities;
mod organisations;

use std::collections::BTreeMap;

use crate::clock::{BURN_IN, Clock};
use crate::ids::{BirthCause, FunderId, Key, MAX_REGIONS, RegionId, ThemeId};
use crate::inputs::{self, Inputs};
use crate::mechanisms::{
    Conditions, Context, affiliates, capacity, environment, money, partnerships, problems, production, support, themes,
    uptake, volunteers,
};
use crate::policy::levers::Policy;
use crate::random::{Decision, Stream};
use crate::record::Record;
use crate::state::Desk;
use crate::state::volunteers::{Volunteer, flag};
use crate::state::{
    Communities, Funder, FunderGroup, OrganisationYear, Partnerships, Problems, Region, State, Theme, UNAFFILIATED,
};
use crate::table::{Grid, Table};
use crate::units::{Money, QUARTERS_PER_YEAR};

use organisations::{add_organisations, mark_small_organisations};

/// Smallest need of a region for a theme, factor; the logarithm of 0 does not exist.
const MIN_NEED: f64 = 1e-9;
/// Largest part of the missing skill that tenure has added; assumed: skill saturates halfway.
const MAX_SKILL_BY_TENURE: f32 = 0.5;
/// Tenure after which half of that has been added, quarters; assumed: five years.
const HALF_SKILL_TENURE: f32 = 20.0;

/// All values that year 0 takes from a policy. Two policies that agree in them begin with the same state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InitialConditions {
    /// Duration of the grants of governed funders, years; some grants of year 0 run on.
    grant_years: u32,
}

impl InitialConditions {
    /// The initial conditions of a policy.
    pub fn new(policy: &Policy) -> InitialConditions {
        InitialConditions { grant_years: policy.grants.years as u32 }
    }
}

/// The state at the end of year 0, under any policy with these initial conditions.
pub fn state(inputs: &Inputs, initial: InitialConditions, random: Stream) -> State {
    let mut conditions = Conditions {
        parameters: inputs.parameters.clone(),
        policy: Policy::default(),
        shocks: inputs.shock.clone(),
        random,
        now: Clock::at_start(),
    };
    let mut state = empty(inputs, random);
    // Events and sums before the first year are not recorded.
    let record = &mut Record::new(state.regions.len(), state.funders.len());
    themes::update_need(&mut state);
    for entry in &inputs.organisation {
        add_organisations(&conditions.context(), &mut state, entry, &inputs.region);
    }
    communities::cut_unserved(&mut state);
    organisations::set_founders_expertise(&mut state);
    state.head_start_affiliate = organisations::draw_head_start(&conditions.context(), &state);
    if let Some(id) = state.head_start_affiliate {
        organisations::enlarge(&mut state.organisations[id], inputs.head_start);
    }
    money::start(&conditions.context(), &mut state, initial.grant_years, inputs.head_start);
    draw_volunteers(&conditions.context(), &mut state, record);
    environment::open_pots(&mut state);
    mark_small_organisations(&mut state);
    burn_in(&mut conditions, &mut state, record);
    // After the burn-in, which changes and restores the volunteers whose labour this is.
    capacity::gather_labour(&conditions.context(), &mut state);
    for (region, work) in state.region_ids().zip(capacity::regional_work(&state)) {
        (state.regions[region].work, state.regions[region].work_at_start) = (work, work);
    }
    state
}

/// A state with regions, themes and funders, without organisations and volunteers.
fn empty(inputs: &Inputs, random: Stream) -> State {
    let regions: Table<RegionId, Region> = inputs.region.iter().map(region).collect();
    let themes: Table<ThemeId, Theme> =
        inputs.theme.iter().map(|theme| self::theme(theme, &inputs.region, random)).collect();
    let affinity = affinities(&inputs.region);
    State {
        people_per_agent: inputs.people_per_agent,
        need: Grid::new(regions.len(), themes.len(), 0.0),
        affinity_trend: affinity.clone(),
        affinity,
        communities: Communities::default(),
        organisations: Table::new(),
        foundation: None,
        head_start_affiliate: None,
        mandates: Table::new(),
        partnerships: Partnerships::default(),
        scan: None,
        funders: funders(inputs),
        paid_to_hubs: Money::ZERO,
        desk: Desk::default(),
        foundation_budget: Money::ZERO,
        budget_trend: 1.0,
        budget_index: 1.0,
        volunteers: Vec::new(),
        problems: Problems::new(themes.len()),
        gate: Vec::new(),
        hub_years: 0.0,
        referred_to: Vec::new(),
        founders_expertise: affiliates::FOUNDERS_EXPERTISE,
        regions,
        themes,
    }
}

/// Simulates [`BURN_IN`] quarters of problems, production and requests for help, so that the first year begins with materials,
/// projects, open requests, referrals that are remembered and work that follows the calls. The last four are year 0. Skills, motivation, expertise and approaches
/// do not change, and no hub exists: the burn-in is the same under every policy.
fn burn_in(conditions: &mut Conditions, state: &mut State, record: &mut Record) {
    let volunteers: Vec<_> = state.volunteers.iter().map(|v| (v.skill, v.motivation)).collect();
    let approaches: Vec<_> = state.organisations.iter().map(|o| o.approach).collect();
    let mut lessons = background::Lessons::new(state);
    for quarter in 0..BURN_IN {
        conditions.now = Clock::in_burn_in(quarter);
        let cx = &conditions.context();
        if quarter + QUARTERS_PER_YEAR == BURN_IN {
            state.organisations.iter_mut().for_each(|o| o.year = OrganisationYear::default());
        }
        problems::run(cx, state, record);
        capacity::run(cx, state, record);
        capacity::note_regional_work(cx, state, record);
        production::run(cx, state, record);
        support::run(cx, state, record);
        begin_anew(state, quarter);
        uptake::run(cx, state, record);
        partnerships::run(cx, state, record);
        lessons.note(cx, state);
    }
    for (v, (skill, motivation)) in state.volunteers.iter_mut().zip(volunteers) {
        (v.skill, v.motivation) = (skill, motivation);
    }
    for (o, approach) in state.organisations.iter_mut().zip(approaches) {
        o.approach = approach;
    }
    conditions.now = Clock::at_start();
    lessons.set_backgrounds(&conditions.context(), state);
}

/// Volunteers who arrive in a quarter of the burn-in take the place of others who left: they have not asked for help yet.
fn begin_anew(state: &mut State, quarter: u32) {
    for volunteer in state.volunteers.iter_mut().filter(|v| i32::from(v.arrived) == quarter as i32) {
        (volunteer.flags, volunteer.tried) = (0, 0);
    }
}

fn region(entry: &inputs::Region) -> Region {
    Region {
        key: Key::from_name(&entry.name),
        name: entry.name.clone(),
        group: entry.group.clone(),
        population: entry.population,
        online: entry.online,
        online_at_start: entry.online,
        online_growth: entry.online_growth,
        price_level: entry.price_level,
        price_trend: entry.price_level,
        fundraising: entry.fundraising,
        volunteers_at_start: entry.volunteers,
        volunteers: entry.volunteers,
        affiliated: 0.0,
        saturation: entry.saturation.min(volunteers::MAX_INITIAL_SATURATION),
        grants_at_start: Money(entry.grants),
        foundation_known: entry.foundation_known,
        foundation_told: 0.0,
        foundation_asked: 0.0,
        foundation_service: 0.0,
        replacement: 0.0,
        work_at_start: 0.0,
        work: 0.0,
    }
}

fn theme(entry: &inputs::Theme, regions: &[inputs::Region], stream: Stream) -> Theme {
    let key = Key::from_name(&entry.name);
    Theme {
        key,
        name: entry.name.clone(),
        weight: entry.need,
        local: regions
            .iter()
            .map(|r| libm::log(entry.need_in.get(&r.name).copied().unwrap_or(1.0).max(MIN_NEED)))
            .collect(),
        presence: if entry.born == 0.0 { 1.0 } else { 0.0 },
        surge: 1.0,
        reusability: entry.reusability,
        born: entry.born as u32,
        fades: entry.fades.number().map(|year| year as u32),
        drift: entry.drift,
        priority: entry.priority,
        core: entry.core,
        noticed: entry.born == 0.0,
        noticed_at: (entry.born == 0.0).then_some(BURN_IN),
        served_in: (entry.born == 0.0).then_some(0),
        given_up: 0.0,
        moved: 0.0,
        jumped: false,
        optimum: stream.decision(Decision::Optimum, 0).entity(key).uniform(0),
    }
}

/// Affinity of all pairs of regions: the mean of both directions, or the only stated one.
fn affinities(regions: &[inputs::Region]) -> Grid<RegionId, RegionId, f64> {
    let stated = |a: &inputs::Region, b: &inputs::Region| a.affinity.get(&b.name).copied();
    Grid::from_fn(regions.len(), regions.len(), |i: RegionId, j: RegionId| {
        let (a, b) = (&regions[i], &regions[j]);
        match (stated(a, b), stated(b, a)) {
            _ if i == j => 1.0,
            (Some(x), Some(y)) => 0.5 * (x + y),
            (Some(x), None) | (None, Some(x)) => x,
            (None, None) => inputs::DEFAULT_AFFINITY,
        }
    })
}

fn funders(inputs: &Inputs) -> Table<FunderId, Funder> {
    let regions: Vec<&str> = inputs.region.iter().map(|region| region.name.as_str()).collect();
    let themes: Vec<&str> = inputs.theme.iter().map(|theme| theme.name.as_str()).collect();
    let mut others = 0;
    let funder_group = |entry: &inputs::Funder| {
        if entry.governed {
            return FunderGroup::Governed;
        }
        others += 1;
        FunderGroup::Other(others - 1)
    };
    let funder_groups: Vec<FunderGroup> = inputs.funder.iter().map(funder_group).collect();
    let funder = |(entry, funder_group): (&inputs::Funder, FunderGroup)| Funder {
        key: Key::from_name(&entry.name),
        name: entry.name.clone(),
        trend: Money(entry.pot),
        growth: entry.growth + entry.indexed * inputs.parameters.environment.inflation,
        volatility: entry.volatility,
        noise: entry.noise,
        deviation: 0.0,
        pot: Money(entry.pot),
        paid_in: Money::ZERO,
        paid_before: [Money::ZERO; MAX_REGIONS],
        funder_group,
        grants: entry.grants.clone(),
        regions: shares(&entry.regions, &regions),
        themes: shares(&entry.themes, &themes),
    };
    inputs.funder.iter().zip(funder_groups).map(funder).collect()
}

/// Weights by name as shares, in the order of `names`; empty if no weight is above 0.
fn shares(weights: &BTreeMap<String, f64>, names: &[&str]) -> Vec<f64> {
    let weights: Vec<f64> = names.iter().map(|&name| weights.get(name).copied().unwrap_or(0.0)).collect();
    let total: f64 = weights.iter().sum();
    if total > 0.0 { weights.into_iter().map(|weight| weight / total).collect() } else { Vec::new() }
}

/// Draws the volunteers of year 0, with tenures from the survival curve of a region that has grown as it will. Draws: InitialTenure, InitialAffiliation,
/// Interest, VolunteerTraits.
fn draw_volunteers(cx: &Context, state: &mut State, record: &mut Record) {
    let people_per_agent = state.people_per_agent;
    let requests = cx.parameters.support.requests;

    let tenures = cx.random.decision(Decision::InitialTenure, 0);
    let affiliations = cx.random.decision(Decision::InitialAffiliation, 0);
    let newcomers = volunteers::Newcomers::new(cx, state, 0);
    // Probability to have asked for help, by tenure: a table saves a power for each volunteer.
    let mut asked = Vec::new();
    let affiliates = affiliates::LocalAffiliates::by_region(state);
    for id in state.region_ids() {
        let region = &state.regions[id];
        let affiliates = &affiliates[id];
        let survival = volunteers::Survival::new(&cx.parameters.volunteers, volunteers::growth_at_start(cx, region));
        let count = (region.volunteers_at_start / people_per_agent).round() as u32;
        for index in 0..count {
            let key = Key::from_birth(state.regions[id].key.stem(), 0, BirthCause::Initial, index);
            let tenure = survival.quantile(tenures.entity(key).uniform(0));
            let arrived = BURN_IN as i16 - 1 - tenure as i16;
            let mut volunteer = newcomers.draw(state, key, id, arrived);
            volunteer.skill += (1.0 - volunteer.skill)
                * MAX_SKILL_BY_TENURE
                * (1.0 - HALF_SKILL_TENURE / (HALF_SKILL_TENURE + tenure as f32));
            // Volunteers of long tenure have been helped before, or have given up waiting for their first help.
            let first = tenures.entity(key).uniform(1);
            while asked.len() <= tenure as usize {
                asked.push(1.0 - libm::pow(1.0 - requests, asked.len() as f64));
            }
            if first < asked[tenure as usize] {
                volunteer.flags |= flag::ASKED | flag::WAITED;
            }
            let stream = affiliations.entity(key);
            // Membership grows with tenure, as it will later.
            if stream.bernoulli(0, survival.affiliated(tenure)) {
                volunteer.affiliation =
                    affiliates.pick(stream.uniform(1)).map_or(UNAFFILIATED, |affiliate| affiliate.0);
            }
            state.volunteers.push(volunteer);
        }
        state.regions[id].replacement = f64::from(count) * people_per_agent / survival.mean();
    }
    volunteers::count(cx, state, record);
}

/// Adds a volunteer who does nothing, for tests that the history of all others stays the same.
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
