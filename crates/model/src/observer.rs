//! (world, tally) → rows, once a year.

mod approaches;
mod organisations;
mod standing;

use crate::clock::Clock;
use crate::ids::{MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::partnerships::SEVERAL;
use crate::policy::levers::{OrganisationKind, Outcome};
use crate::record::rows::NOBODY;
use crate::record::{FlowRow, History, MandateRow, MovementRow, Names, OrganisationRow, Record, RegionRow, ThemeRow};
use crate::state::State;
use crate::state::{CommunityCounts, ExactSum, Mandate, Remit, Stage};
use crate::units::{Capacity, Money};

use organisations::{mandate, organisation};
use standing::Standing;

/// Writes down a year: year 0 has stocks only, its flows are NaN.
pub fn observe(now: Clock, state: &State, record: &Record, history: &mut History) {
    if now.year() == 0 {
        history.names = names(state);
    }
    history.movement.push(movement(now, state, record));
    let (needs, covered) = coverage(state);
    let spirits = spirits(state);
    let standing = Standing::of(state);
    for r in state.region_ids() {
        history.regions.push(region(now, state, record, r, &standing, (needs[r], covered[r]), spirits[r]));
    }
    for (i, o) in state.organisations.iter().enumerate() {
        if history.names.organisation.len() <= i {
            history.names.organisation.push(o.label.to_string());
        }
        if o.active() {
            history.organisations.push(organisation(now, state, OrganisationId::from_index(i), &standing));
        }
    }
    for (i, m) in state.mandates.iter().enumerate() {
        if history.names.mandate.len() <= i {
            history.names.mandate.push(format!("{} #{}", for_what(state, m.remit), i + 1));
        }
        if m.alive() {
            history.mandates.push(mandate(now, state, MandateId::from_index(i), &standing));
        }
    }
    for t in state.theme_ids() {
        history.themes.push(theme(now, state, record, t, &standing));
    }
    if now.year() > 0 {
        record_flows(now, state, record, history);
    }
}

fn names(state: &State) -> Names {
    Names {
        region: state.regions.iter().map(|region| region.name.clone()).collect(),
        group: state.regions.iter().map(|region| region.group.clone()).collect(),
        theme: state.themes.iter().map(|theme| theme.name.clone()).collect(),
        funder: state.funders.iter().map(|funder| funder.name.clone()).collect(),
        organisation: Vec::new(),
        mandate: Vec::new(),
    }
}

/// A flow: NaN in year 0.
fn flow(now: Clock, value: f64) -> f64 {
    if now.year() == 0 { f64::NAN } else { value }
}

fn movement(now: Clock, state: &State, record: &Record) -> MovementRow {
    let t = &record.year;
    let flow = |value: f64| flow(now, value);
    let reserves: Money = state.organisations.iter().map(|o| o.reserves).sum();
    let hubs: Money = state.mandates.iter().map(|m| m.reserves).sum();
    let partnerships = &state.partnerships.list;
    let circles = || state.affiliates().map(|id| state.partnerships.collaborations(id));
    let there = || state.themes.iter().filter(|theme| theme.presence > 0.0);
    MovementRow {
        year: now.year(),
        production_work: flow(t.production.0),
        duplicated_not_found: flow(t.duplicated[0].0),
        duplicated_not_packaged: flow(t.duplicated[1].0),
        duplicated_not_invented_here: flow(t.duplicated[2].0),
        duplicated_same_time: flow(t.duplicated[3].0),
        built: t.built,
        reused: t.reused,
        reused_across: t.reused_across,
        avoided_work: flow(t.avoided.0),
        packaged: t.packaged,
        stalled_work: flow(t.stalled.0),
        stalled_projects: t.stalled_projects,
        dependent: t.dependent,
        hindered: t.hindered,
        patched: t.patched,
        gate_work: flow(t.gate.0),
        gate_checked: t.checked,
        gate_stopped: t.stopped,
        gate_wronged: t.wronged,
        gate_missed: t.missed,
        gate_withdrawn: t.withdrawn,
        support_work: flow(t.support.0),
        learning_work: flow(t.learning.0),
        slack: flow(t.slack.0),
        carried: carried(state),
        applying_work: flow(t.applying.0),
        coordination_work: flow(t.coordination.0),
        outreach_work: flow(t.outreach.0),
        deciding_work: flow(t.trust.deciding.0),
        lobbying_work: flow(t.trust.lobbying.0),
        oversight_work: flow(t.trust.oversight.0),
        accountability_work: flow(t.trust.accountability.0),
        scanning_work: flow(t.scanning.0),
        joint_work: flow(t.joint.0),
        work: flow(t.work.0),
        pot: flow(t.pot.0),
        paid_in: flow(t.paid_in.0),
        pooling: flow(t.pooling.0),
        unspent: flow(t.unspent.0),
        other_pot: flow(t.other_pot.0),
        other_unspent: flow(t.other_unspent.0),
        foundation_budget: flow(t.foundation_budget.0),
        own_income: flow(t.own_income.0),
        outside_income: flow(t.outside_income.0),
        spent: flow(t.spent.0),
        reserves: (reserves + hubs).0,
        mandates: state.hub_count() as u32,
        interruptions: t.interruptions,
        forgone: flow(state.mandates.iter().map(|m| m.year.forgone).sum()),
        waiting: flow(t.waiting),
        organisations: state.affiliates().count() as u32,
        outsiders: state.outsiders().count() as u32,
        formed: t.formed,
        founded: t.founded,
        closed: t.closed,
        partnerships: partnerships.len() as u32,
        partnerships_of_three: partnerships.iter().filter(|p| p.members.len() >= SEVERAL).count() as u32,
        in_partnerships: circles().filter(|circle| circle.links > 0).count() as u32,
        in_partnerships_of_three: circles().filter(|circle| circle.joint > 0).count() as u32,
        taken_up: t.taken_up,
        themes_unnoticed: there().filter(|theme| !theme.noticed).count() as u32,
        themes_unserved: there().filter(|theme| theme.served_in.is_none()).count() as u32,
        solved: flow(t.regions.iter().map(|r| r.solved).sum()),
        reviews: t.trust.reviews,
        reviews_turned: t.trust.turned,
        continued: t.trust.confirmed,
        split: t.trust.outcomes[Outcome::Split as usize],
        rescoped: t.trust.outcomes[Outcome::ReScope as usize],
        moved: t.trust.outcomes[Outcome::Move as usize],
        reallocated: t.trust.outcomes[Outcome::Reallocate as usize],
        ended: t.trust.outcomes[Outcome::End as usize],
        incidents: t.trust.incidents,
        noticed: t.trust.noticed,
        stopped: t.trust.stopped,
        stopping: t.trust.stopping,
        false_alarms: t.trust.false_alarms,
        organisation_quarters: t.trust.organisation_quarters,
        organisations_astray: t.trust.organisations_astray,
        mandate_quarters: t.trust.mandate_quarters,
        mandates_astray: t.trust.mandates_astray,
        harm: flow(t.trust.harm),
    }
}

fn carried(state: &State) -> f64 {
    let homes = state.organisations.iter().map(|o| o.queue.carried.0);
    homes.chain(state.mandates.iter().map(|m| m.queue.carried.0)).sum()
}

/// Open needs, and what of them is solved weighted by quality, by region, in million person-problems.
fn coverage(state: &State) -> (Vec<f64>, Vec<f64>) {
    let mut needs = vec![0.0; state.regions.len()];
    let mut covered = vec![0.0; state.regions.len()];
    let (mut open, mut solved) = (CommunityCounts::default(), vec![0.0; state.communities.list.len()]);
    for &slot in state.problems.open.iter().flatten() {
        let problem = &state.problems.slots[slot];
        open.add(&problem.needed);
        // By community first: neighbours mostly are of one region, and one sum would wait for the other.
        problem.solutions.iter().for_each(|&(community, quality)| solved[community.index()] += quality);
    }
    for ((id, community), solved) in state.communities.list.pairs().zip(&solved) {
        let r = community.region;
        let people = state.people_of(id);
        needs[r] += f64::from(open.of(id)) * people;
        covered[r] += solved * people;
    }
    (needs, covered)
}

/// Mean skill and motivation of a region's volunteers.
#[derive(Clone, Copy)]
struct Spirit {
    skill: f64,
    motivation: f64,
}

fn spirits(state: &State) -> Vec<Spirit> {
    let mut sums = vec![(0u32, ExactSum::default(), ExactSum::default()); state.regions.len()];
    for volunteer in state.volunteers.iter().filter(|volunteer| volunteer.active()) {
        let (count, skills, motivations) = &mut sums[volunteer.region];
        *count += 1;
        skills.add(volunteer.skill);
        motivations.add(volunteer.motivation);
    }
    let mean = |sum: ExactSum, count: u32| if count > 0 { sum.value() / f64::from(count) } else { f64::NAN };
    sums.into_iter().map(|(n, s, m)| Spirit { skill: mean(s, n), motivation: mean(m, n) }).collect()
}

fn region(
    now: Clock,
    state: &State,
    record: &Record,
    r: RegionId,
    standing: &Standing,
    (needs, covered): (f64, f64),
    spirit: Spirit,
) -> RegionRow {
    let region = &state.regions[r];
    let t = &record.year.regions[r];
    let flow = |value: f64| flow(now, value);
    let locals = &standing.locals[r];
    let capacity = |id: OrganisationId| {
        let o = &state.organisations[id];
        // Staff, that of mandates included, and volunteers' work.
        o.staff + standing.held[id.index()].staff + o.labour
    };
    let present: Vec<ThemeId> = state.theme_ids().filter(|t| state.themes[*t].presence > 0.0).collect();
    let best = |t: &ThemeId| standing.known_in[r][*t];
    RegionRow {
        year: now.year(),
        region: u32::from(r.0),
        online: region.online,
        volunteers: region.volunteers,
        affiliated: region.affiliated,
        arrived: flow(t.arrived),
        left: flow(t.left),
        matured: flow(t.matured),
        skill: spirit.skill,
        motivation: spirit.motivation,
        requests: flow(t.requests),
        help: flow(t.help_local + t.help_hubs + t.help_foundation),
        help_local: flow(t.help_local),
        help_hubs: flow(t.help_hubs),
        help_foundation: flow(t.help_foundation),
        help_across: flow(t.help_across),
        bounces: flow(t.bounces),
        given_up: flow(t.given_up),
        conflicts: flow(t.conflicts),
        contested: t.contested,
        first_waits: flow(t.first_waits),
        first_wait: flow(t.first_wait),
        first_never: flow(t.first_never),
        young_waits: flow(t.young_waits),
        young_wait: flow(t.young_wait),
        solution_waits: flow(t.solutions.waits),
        solution_wait: flow(t.solutions.wait),
        solution_never: flow(t.solutions.never),
        small_solution_waits: flow(t.small_solutions.waits),
        small_solution_wait: flow(t.small_solutions.wait),
        small_solution_never: flow(t.small_solutions.never),
        needs,
        covered,
        solved: flow(t.solved),
        taken_up: t.taken_up,
        capacity: locals.iter().map(|&o| capacity(o).0).sum(),
        awarded: flow(t.awarded.0),
        own_income: flow(t.own_income.0),
        organisations: locals.len() as u32,
        mandates: held_in(state, r),
        expertise: present.iter().map(best).sum::<f64>() / present.len().max(1) as f64,
    }
}

fn held_in(state: &State, r: RegionId) -> u32 {
    let holder = |m: MandateId| &state.organisations[state.mandates[m].holder];
    state.hubs().filter(|&m| holder(m).region == r).count() as u32
}

fn theme(now: Clock, state: &State, record: &Record, t: ThemeId, standing: &Standing) -> ThemeRow {
    let (theme, tally, known) = (&state.themes[t], &record.year.themes[t], standing.themes[t]);
    let flow = |value: f64| flow(now, value);
    let approaches = approaches::spread(state, t);
    ThemeRow {
        year: now.year(),
        theme: u32::from(t.0),
        presence: theme.presence,
        need: state.movement_need(t),
        priority: theme.priority,
        noticed: u32::from(theme.noticed),
        served: u32::from(theme.served_in.is_some()),
        requests: flow(tally.requests),
        help: flow(known.help),
        given_up: flow(tally.given_up),
        foundation_work: flow(tally.foundation_work.0),
        work: flow(tally.work.0),
        expertise: known.expertise / standing.affiliates.max(1) as f64,
        best_quality: known.best_quality,
        quality_served: flow(known.served / known.help),
        moved: flow(theme.moved),
        diversity: approaches.of_affiliates,
        diversity_served: flow(approaches.of_help),
        jumped: u32::from(theme.jumped),
    }
}

/// What a mandate is for, in a word.
fn for_what(state: &State, remit: Remit) -> &str {
    match remit {
        Remit::Theme(theme) => &state.themes[theme].name,
        Remit::Region(region) => &state.regions[region].name,
    }
}

fn record_flows(now: Clock, state: &State, record: &Record, history: &mut History) {
    let cells = state.funders.ids().flat_map(|funder| state.region_ids().map(move |region| (funder, region)));
    for (funder, region) in cells {
        let flow = &record.year.flows[(funder, region)];
        history.flows.push(FlowRow {
            year: now.year(),
            funder: u32::from(funder.0),
            region: u32::from(region.0),
            pot: state.funders[funder].pot.0,
            applications: flow.applications,
            grants: flow.grants,
            requested: flow.requested.0,
            awarded: flow.awarded.0,
            returning: flow.returning.0,
            hubs: flow.hubs.0,
        });
    }
}
