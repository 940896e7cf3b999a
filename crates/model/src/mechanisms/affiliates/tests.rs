//! Tests of the affiliates: rates of forming, maturing and closing.

use super::*;
use crate::fixture::{self, REJECT, inputs, simulation, simulation_of, switch_off, thematic, z_of_count, z_of_mean};
use crate::random::Stream;
use crate::simulation::Simulation;
use crate::units::Capacity;

/// 3,000 years with a mean of 0.5 groups; 0.57, the mutant, is rejected.
#[test]
fn groups_form_at_the_stated_rate() {
    let mut sim = simulation();
    let unaffiliated = sim.state.regions[RegionId(0)].volunteers - sim.state.regions[RegionId(0)].affiliated;
    sim.conditions.parameters.affiliates.formation = 0.5 / unaffiliated;
    let mut counts = Vec::new();
    for year in 1..=3000 {
        sim.conditions.now.set_year(year);
        sim.conditions.now.set_quarter(quarter_for(year));
        let before = sim.state.organisations.len();
        form_groups(&sim.conditions.context(), &mut sim.state, &mut sim.record, RegionId(0));
        counts.push((sim.state.organisations.len() - before) as f64);
    }
    assert!(z_of_mean(&counts, 0.5).abs() < REJECT);
    assert!(z_of_mean(&counts, 0.57).abs() > REJECT, "the mutant passes");
    let o = sim.state.organisations.last().expect("some formed");
    assert!(o.kind == OrganisationKind::UserGroup && o.region == RegionId(0) && o.staff.0 == 0.0);
}

fn quarter_for(year: u32) -> u32 {
    crate::clock::BURN_IN + (year - 1) % 1000
}

#[test]
fn too_few_people_form_no_group() {
    let mut sim = simulation();
    sim.conditions.parameters.affiliates.formation = 1.0;
    sim.conditions.parameters.affiliates.least_people = 2000.0;
    let before = sim.state.organisations.len();
    sim.state.region_ids().for_each(|r| form_groups(&sim.conditions.context(), &mut sim.state, &mut sim.record, r));
    assert_eq!(sim.state.organisations.len(), before);
}

/// 300 organisations, 30 replicates: 9,000 trials with a probability of 0.03, doubled for the small, × 0.3 for the
/// large. Each class's rate is the others' mutant.
#[test]
fn organisations_close_at_the_stated_rates() {
    let mut inputs = inputs();
    inputs.people_per_agent = 1000.0;
    inputs.organisation[1].count = 300.0;
    inputs.parameters.affiliates.closing = 0.03;
    let mut start = simulation_of(&inputs);
    let rates = [(0.5, 0.06), (3.0, 0.03), (20.0, 0.009)];
    for (k, (staff, rate)) in rates.into_iter().enumerate() {
        for o in &mut start.state.organisations {
            o.staff = Capacity(staff);
        }
        let mut closed = 0;
        for replicate in 0..30 {
            let mut sim = start.clone();
            sim.conditions.random = Stream::new(5, replicate);
            let all: Vec<OrganisationId> = sim.state.affiliates().filter(|o| (1..=300).contains(&o.0)).collect();
            assert_eq!(all.len(), 300);
            all.into_iter()
                .for_each(|o| close_at_random(&sim.conditions.context(), &mut sim.state, &mut sim.record, o));
            closed += sim.record.movement.closed as usize;
        }
        assert!(z_of_count(closed, 9000, rate).abs() < REJECT);
        let mutant = rates[(k + 1) % 3].1;
        assert!(z_of_count(closed, 9000, mutant).abs() > REJECT, "the mutant passes");
    }
}

/// 9,000 user groups that are old and large enough: 0.04 a year become chapters; younger and smaller ones never do.
#[test]
fn old_and_staffed_groups_mature_at_the_stated_rate_and_others_never() {
    let mut inputs = inputs();
    inputs.people_per_agent = 1000.0;
    inputs.organisation[3].count = 300.0;
    let start = simulation_of(&inputs);
    let matured = |change: &dyn Fn(&mut crate::state::Organisation)| {
        (0..30)
            .map(|replicate| {
                let mut sim = start.clone();
                sim.conditions.random = Stream::new(5, replicate);
                sim.state.organisations.iter_mut().for_each(|o| {
                    (o.staff, o.founded) = (Capacity(1.0), crate::clock::BURN_IN as Quarter - 8);
                    change(o);
                });
                (3..303).for_each(|o| {
                    mature(&sim.conditions.context(), &mut sim.state, &mut sim.record, OrganisationId(o))
                });
                sim.record.events.entries().len()
            })
            .sum::<usize>()
    };
    let all = matured(&|_| ());
    assert!(z_of_count(all, 9000, 0.04).abs() < REJECT);
    assert!(z_of_count(all, 9000, 0.06).abs() > REJECT, "the mutant passes");
    assert_eq!(matured(&|o| o.founded += 1), 0);
    assert_eq!(matured(&|o| o.staff = Capacity(0.99)), 0);
}

#[test]
fn switched_off_no_group_forms_matures_or_closes() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "affiliates");
    let mut sim = simulation_of(&inputs);
    let kinds: Vec<_> = sim.state.organisations.iter().map(|o| o.kind).collect();
    for _ in 0..10 {
        fixture::run(&mut sim, &thematic(), 1);
        assert_eq!((sim.record.movement.formed, sim.record.movement.closed), (0, 0));
    }
    assert_eq!(sim.state.organisations.iter().map(|o| o.kind).collect::<Vec<_>>(), kinds);
}

#[test]
fn a_closed_affiliate_leaves_its_community_and_nothing_else_behind() {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 2);
    let m = fixture::hub(&sim, 0);
    let id = sim.state.mandates[m].holder;
    let region = sim.state.organisations[id].region;
    let spent = sim.record.movement.spent;
    let community = sim.state.organisations[id].community.expect("it serves somebody");
    let share = sim.state.communities.list[community].share;
    // A problem that is no longer open may be freed with the last project on it.
    let needed = |p: &&crate::state::Problem| p.open && p.missing.holds(community);
    let needs = |sim: &Simulation| sim.state.problems.slots.iter().filter(needed).count();
    let missing = needs(&sim);
    let put_by = sim.state.organisations[id].reserves
        + sim.state.mandates.iter().filter(|m| m.alive() && m.holder == id).map(|m| m.reserves).sum();
    close(&sim.conditions.context(), &mut sim.state, &mut sim.record, id);
    assert!(!sim.state.mandates[m].alive());
    let left = &sim.state.communities.list[community];
    assert_eq!((left.organisation, left.share, left.region, needs(&sim)), (None, share, region, missing));
    assert!((sim.record.movement.spent - spent - put_by).0.abs() < 1e-6);
    assert!(sim.state.volunteers.iter().all(|v| v.affiliation != id.0));
    assert!(sim.state.problems.slots.iter().all(|p| p.under_way.iter().all(|u| u.producer != id)));
    let users: u32 = sim.state.problems.slots.iter().map(|p| p.users).sum();
    let projects = sim.state.organisations.iter().map(|o| o.queue.projects.len());
    let projects = projects.chain(sim.state.mandates.iter().map(|m| m.queue.projects.len())).sum::<usize>();
    assert_eq!(users as usize, projects);
}

#[test]
fn affiliates_are_picked_in_proportion_to_the_people_they_serve() {
    let mut sim = simulation();
    for (o, share) in [(1, 0.2), (2, 0.1), (3, 0.1)] {
        let community = sim.state.organisations[OrganisationId(o)].community.expect("it serves somebody");
        sim.state.communities.list[community].share = share;
    }
    let locals = &LocalAffiliates::by_region(&sim.state)[0];
    let mut counts = [0; 4];
    for i in 0..400 {
        counts[locals.pick((f64::from(i) + 0.5) / 400.0).expect("there are some").index()] += 1;
    }
    assert_eq!(counts, [0, 200, 100, 100]);
}
