//! (world, tally) → rows, once a year.

use crate::ids::{MandateId, OrganisationId, RegionId, ThemeId};
use crate::model::World;
use crate::model::mechanism::money::best_quality;
use crate::model::world::volunteers::flag;
use crate::model::world::{Charge, ExactSum, Mandate, Stage};
use crate::observe::rows::NOBODY;
use crate::observe::{FlowRow, History, MandateRow, MovementRow, Names, OrganisationRow, RegionRow};
use crate::policy::levers::OrganisationKind;
use crate::quantity::{Capacity, Money};

/// Writes down a year: year 0 has stocks only, its flows are NaN.
pub fn record(world: &World, history: &mut History) {
    if world.year == 0 {
        history.names = names(world);
    }
    history.movement.push(movement(world));
    let (needs, covered) = coverage(world);
    let spirits = spirits(world);
    for r in world.region_ids() {
        history.regions.push(region(world, r, needs[r.index()], covered[r.index()], spirits[r.index()]));
    }
    for (i, o) in world.organisations.iter().enumerate() {
        if history.names.organisation.len() <= i {
            history.names.organisation.push(o.label.to_string());
        }
        if o.active() {
            history.organisations.push(organisation(world, OrganisationId::at(i)));
        }
    }
    for (i, m) in world.mandates.iter().enumerate() {
        if history.names.mandate.len() <= i {
            history.names.mandate.push(format!("{} #{}", for_what(world, m.charge), i + 1));
        }
        if m.alive() {
            history.mandates.push(mandate(world, MandateId::at(i)));
        }
    }
    if world.year > 0 {
        record_flows(world, history);
    }
}

fn names(world: &World) -> Names {
    Names {
        region: world.regions.iter().map(|region| region.name.clone()).collect(),
        group: world.regions.iter().map(|region| region.group.clone()).collect(),
        theme: world.themes.iter().map(|theme| theme.name.clone()).collect(),
        funder: world.funders.iter().map(|funder| funder.name.clone()).collect(),
        organisation: Vec::new(),
        mandate: Vec::new(),
    }
}

/// A flow: NaN in year 0.
fn flow(world: &World, value: f64) -> f64 {
    if world.year == 0 { f64::NAN } else { value }
}

fn movement(world: &World) -> MovementRow {
    let t = &world.tally;
    let flow = |value: f64| flow(world, value);
    let reserves: Money = world.organisations.iter().map(|o| o.reserves).sum();
    let hubs: Money = world.mandates.iter().map(|m| m.reserves).sum();
    MovementRow {
        year: world.year,
        production_work: flow(t.production.0),
        duplicated_not_found: flow(t.duplicated[0].0),
        duplicated_not_packaged: flow(t.duplicated[1].0),
        duplicated_not_invented_here: flow(t.duplicated[2].0),
        duplicated_same_time: flow(t.duplicated[3].0),
        built: t.built,
        reused: t.reused,
        reused_across: t.reused_across,
        packaged: t.packaged,
        support_work: flow(t.support.0),
        learning_work: flow(t.learning.0),
        slack: flow(t.slack.0),
        carried: carried(world),
        applying_work: flow(t.applying.0),
        coordination_work: flow(t.coordination.0),
        outreach_work: flow(t.outreach.0),
        work: flow(t.work.0),
        pot: flow(t.pot.0),
        paid_in: flow(t.paid_in.0),
        pooling: flow(t.pooling.0),
        unspent: flow(t.unspent.0),
        other_pot: flow(t.other_pot.0),
        other_unspent: flow(t.other_unspent.0),
        foundation_budget: flow(t.foundation_budget.0),
        own_income: flow(t.own_income.0),
        spent: flow(t.spent.0),
        reserves: (reserves + hubs).0,
        mandates: world.hub_count() as u32,
        interruptions: t.interruptions,
        forgone: flow(world.mandates.iter().map(|m| m.forgone).sum()),
        waiting: flow(t.waiting),
        organisations: world.affiliates().count() as u32,
        formed: t.formed,
        closed: t.closed,
        solved: flow(t.regions.iter().map(|r| r.solved).sum()),
    }
}

fn carried(world: &World) -> f64 {
    let homes = world.organisations.iter().map(|o| o.desk.carried.0);
    homes.chain(world.mandates.iter().map(|m| m.desk.carried.0)).sum()
}

/// Open needs, and what of them is solved weighted by quality, by region, in million person-problems.
fn coverage(world: &World) -> (Vec<f64>, Vec<f64>) {
    let mut needs = vec![0.0; world.regions.len()];
    let mut covered = vec![0.0; world.regions.len()];
    let people: Vec<(usize, f64)> = world
        .communities
        .list
        .iter()
        .map(|c| (c.region.index(), c.share * world.regions[c.region.index()].online))
        .collect();
    for &slot in world.problems.open.iter().flatten() {
        let problem = &world.problems.slots[slot];
        for community in problem.needed.iter() {
            let (region, people) = people[community.index()];
            needs[region] += people;
        }
        for &(community, quality) in &problem.solutions {
            let (region, people) = people[community.index()];
            covered[region] += quality * people;
        }
    }
    (needs, covered)
}

/// Mean skill and motivation of a region's volunteers.
#[derive(Clone, Copy)]
struct Spirit {
    skill: f64,
    motivation: f64,
}

fn spirits(world: &World) -> Vec<Spirit> {
    let mut sums = vec![(0u32, ExactSum::default(), ExactSum::default()); world.regions.len()];
    let people = &world.volunteers;
    let columns = people.region.iter().zip(&people.flags).zip(people.skill.iter().zip(&people.motivation));
    for ((region, flags), (skill, motivation)) in columns {
        if flags & flag::INERT == 0 {
            let (count, skills, motivations) = &mut sums[region.index()];
            *count += 1;
            skills.add(*skill);
            motivations.add(*motivation);
        }
    }
    let mean = |sum: ExactSum, count: u32| if count > 0 { sum.value() / f64::from(count) } else { f64::NAN };
    sums.into_iter().map(|(n, s, m)| Spirit { skill: mean(s, n), motivation: mean(m, n) }).collect()
}

fn region(world: &World, r: RegionId, needs: f64, covered: f64, spirit: Spirit) -> RegionRow {
    let region = &world.regions[r.index()];
    let t = &world.tally.regions[r.index()];
    let flow = |value: f64| flow(world, value);
    let locals: Vec<OrganisationId> =
        world.affiliates().filter(|o| world.organisations[o.index()].region == r).collect();
    let present: Vec<ThemeId> = world.theme_ids().filter(|t| world.themes[t.index()].presence > 0.0).collect();
    let best =
        |t: &ThemeId| locals.iter().map(|o| world.organisations[o.index()].expertise[t.index()]).fold(0.0, f64::max);
    RegionRow {
        year: world.year,
        region: u32::from(r.0),
        online: region.online,
        volunteers: region.volunteers,
        affiliated: region.affiliated,
        arrived: flow(t.arrived),
        left: flow(t.left),
        skill: spirit.skill,
        motivation: spirit.motivation,
        requests: flow(t.requests),
        help: flow(t.help_local + t.help_hubs + t.help_foundation),
        help_local: flow(t.help_local),
        help_hubs: flow(t.help_hubs),
        help_foundation: flow(t.help_foundation),
        bounces: flow(t.bounces),
        given_up: flow(t.given_up),
        first_waits: flow(t.first_waits),
        first_wait: flow(t.first_wait),
        first_never: flow(t.first_never),
        needs,
        covered,
        solved: flow(t.solved),
        capacity: locals.iter().map(|&o| capacity(world, o).0).sum(),
        awarded: flow(t.awarded.0),
        own_income: flow(t.own_income.0),
        organisations: locals.len() as u32,
        mandates: held_in(world, r),
        expertise: present.iter().map(best).sum::<f64>() / present.len().max(1) as f64,
    }
}

fn held_in(world: &World, r: RegionId) -> u32 {
    let holder = |m: MandateId| &world.organisations[world.mandates[m.index()].holder.index()];
    world.hubs().filter(|&m| holder(m).region == r).count() as u32
}

fn hub_staff(world: &World, id: OrganisationId) -> Capacity {
    world.mandates.iter().filter(|m| m.alive() && m.holder == id).map(|m| m.staff).sum()
}

/// Staff, that of mandates included, and volunteers' work.
fn capacity(world: &World, id: OrganisationId) -> Capacity {
    let o = &world.organisations[id.index()];
    o.staff + hub_staff(world, id) + o.labour
}

fn organisation(world: &World, id: OrganisationId) -> OrganisationRow {
    let o = &world.organisations[id.index()];
    let flow = |value: f64| flow(world, value);
    let hubs = hub_staff(world, id);
    let hub_reserves: Money = world.mandates.iter().filter(|m| m.holder == id).map(|m| m.reserves).sum();
    let present = (0..world.themes.len()).filter(|&t| world.themes[t].presence > 0.0);
    OrganisationRow {
        year: world.year,
        organisation: u32::from(id.0),
        kind: o.kind as u32,
        region: u32::from(o.region.0),
        age: o.age(world.quarter),
        staff: (o.staff + hubs).0,
        labour: if world.year == 0 { o.labour.0 } else { o.labour_of_year.0 / 4.0 },
        hub_staff: hubs.0,
        members: o.members,
        grants: flow(if o.kind == OrganisationKind::Foundation { 0.0 } else { o.grants.0 }),
        other_grants: flow(o.others.iter().map(|dealings| dealings.grants.0).sum()),
        hub_money: flow(o.hub_money.0),
        own_income: flow(o.own_income.0),
        paid_in: flow(if o.kind == OrganisationKind::Foundation { 0.0 } else { (o.raised - o.own_income).0 }),
        spent: flow(o.spent.0),
        reserves: (o.reserves + hub_reserves).0,
        secured: o.secured,
        leavers: flow(o.leavers.0),
        expertise: o.mean_expertise(present),
        best_quality: best_quality(world, id),
        prestige: o.prestige,
        territoriality: o.territoriality,
        service: flow(o.service.iter().sum()),
        production_work: flow(o.production_work.0),
        duplicated_work: flow(o.duplicated_work.0),
        mandates: world.mandates.iter().filter(|m| m.alive() && m.holder == id).count() as u32,
    }
}

fn mandate(world: &World, id: MandateId) -> MandateRow {
    let m: &Mandate = &world.mandates[id.index()];
    let years = |since: u32| f64::from(world.quarter - since) / 4.0;
    let volunteers: f64 = world.regions.iter().map(|region| region.volunteers).sum();
    let known: f64 = world.regions.iter().zip(&m.known).map(|(region, known)| region.volunteers * known).sum();
    let best = world.affiliates().map(|o| world.quality_for(o, m.charge)).fold(0.0, f64::max);
    MandateRow {
        year: world.year,
        mandate: u32::from(id.0),
        theme: m.theme().map_or(NOBODY, |theme| u32::from(theme.0)),
        for_region: m.region().map_or(NOBODY, |region| u32::from(region.0)),
        regions: m.scope.regions().count() as u32,
        holder: u32::from(m.holder.0),
        region: u32::from(world.organisations[m.holder.index()].region.0),
        age: years(m.created),
        tenure: years(m.since),
        stage: match m.stage(world.quarter) {
            Stage::Pilot => 0,
            Stage::Active => 1,
            Stage::Transition => 2,
            Stage::Ended => 3,
        },
        money: m.money.0,
        secured: m.secured,
        interrupted: u32::from(m.interrupted),
        staff: m.staff.0,
        leavers: m.leavers.0,
        quality: world.quality_for(m.holder, m.charge),
        best_quality: best,
        catalogue: m.catalogue,
        known: if volunteers > 0.0 { known / volunteers } else { f64::NAN },
        requests: m.requests.iter().sum(),
        forgone: m.forgone,
        asked: m.asked.iter().sum(),
        service: m.service.iter().sum(),
        built: m.built,
        reused: m.reused,
    }
}

/// What a mandate is for, in a word.
fn for_what(world: &World, charge: Charge) -> &str {
    match charge {
        Charge::Theme(theme) => &world.themes[theme.index()].name,
        Charge::Region(region) => &world.regions[region.index()].name,
    }
}

fn record_flows(world: &World, history: &mut History) {
    let regions = world.regions.len();
    for (at, flow) in world.tally.flows.iter().enumerate() {
        history.flows.push(FlowRow {
            year: world.year,
            funder: (at / regions) as u32,
            region: (at % regions) as u32,
            pot: world.funders[at / regions].pot.0,
            applications: flow.applications,
            grants: flow.grants,
            requested: flow.requested.0,
            awarded: flow.awarded.0,
            returning: flow.returning.0,
            hubs: flow.hubs.0,
        });
    }
}
