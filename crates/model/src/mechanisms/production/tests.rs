//! Tests of production, and of what is counted as done twice.

use super::finish::finish;
use super::search::{chance_to_find, in_catalogues, search};
use super::*;
use crate::fixture::{self, inputs, simulation_of, thematic};
use crate::ids::{Key, RegionId, ThemeId};
use crate::inputs::Inputs;
use crate::mechanisms::production::plan::Plan;
use crate::mechanisms::production::plan::plan;
use crate::policy::Policy;
use crate::simulation::Simulation;
use crate::state::DuplicationCause;
use crate::state::project::Task;
use crate::state::{Material, Project};
use crate::units::{Quarters, Work};

/// Production work, duplicated work and its causes over some years.
struct Done {
    production: f64,
    duplicated: [f64; 4],
    sim: Simulation,
}

impl Done {
    fn share(&self) -> f64 {
        self.duplicated.iter().sum::<f64>() / self.production
    }
}

fn after(inputs: &Inputs, policy: &Policy, years: u32) -> Done {
    let mut done = Done { production: 0.0, duplicated: [0.0; 4], sim: simulation_of(inputs) };
    for _ in 0..years {
        fixture::run(&mut done.sim, policy, 1);
        done.production += done.sim.record.movement.production_work.0;
        for (sum, work) in done.duplicated.iter_mut().zip(done.sim.record.movement.duplicated()) {
            *sum += work.0;
        }
    }
    done
}

fn with(change: impl FnOnce(&mut ProductionParameters)) -> Inputs {
    let mut inputs = inputs();
    change(&mut inputs.parameters.production);
    inputs
}

const NOT_FOUND: usize = DuplicationCause::NotFound as usize;
const NOT_PACKAGED: usize = DuplicationCause::NotPackaged as usize;
const NOT_INVENTED_HERE: usize = DuplicationCause::NotInventedHere as usize;
const SAME_TIME: usize = DuplicationCause::SameTime as usize;

#[test]
fn work_is_done_twice_in_an_ordinary_world() {
    let done = after(&inputs(), &Policy::default(), 5);
    assert!(done.share() > 0.01 && done.share() < 0.8, "{}", done.share());
}

#[test]
fn with_nothing_reusable_nothing_is_done_twice() {
    let done = after(&with(|p| p.reuse_threshold = 1.0), &thematic(), 4);
    assert!(done.production > 0.0 && done.sim.record.movement.reused == 0);
    assert_eq!(done.duplicated, [0.0; 4]);
}

#[test]
fn one_organisation_does_nothing_twice() {
    let mut inputs = inputs();
    inputs.organisation.truncate(2);
    inputs.organisation.remove(0);
    inputs.parameters.affiliates.formation = 0.0;
    inputs.parameters.affiliates.closing = 0.0;
    inputs.parameters.mandates.least_expertise = 0.0;
    let mut policy = thematic();
    policy.hubs.max_each = 3.0;
    let done = after(&inputs, &policy, 5);
    assert!(done.production > 0.0 && done.sim.state.hub_count() == 3);
    assert_eq!(done.duplicated, [0.0; 4]);
}

/// Who finds nothing can neither insist nor shy away from adapting.
#[test]
fn finding_nothing_leaves_two_causes() {
    let inputs = with(|p| (p.find, p.central_catalogue, p.cataloguing) = (0.0, 0.0, 0.0));
    let done = after(&inputs, &thematic(), 4);
    assert!(done.duplicated[NOT_FOUND] > 0.0 && done.duplicated[SAME_TIME] > 0.0);
    assert_eq!((done.duplicated[NOT_PACKAGED], done.duplicated[NOT_INVENTED_HERE]), (0.0, 0.0));
}

/// Everybody near finds everything, wants it, and can use it: what is left begins in the same quarter.
#[test]
fn finding_everything_leaves_what_begins_at_once() {
    let mut inputs = with(|p| {
        (p.find, p.insist, p.insist_power, p.package_unasked) = (1.0, 0.0, 0.0, 2.0);
        p.unpackaged_factor = 1.0;
    });
    inputs.region.iter_mut().for_each(|region| region.affinity.values_mut().for_each(|a| *a = 1.0));
    crate::fixture::switch_off(&mut inputs.parameters, "environment");
    let done = after(&inputs, &Policy::default(), 4);
    assert_eq!((done.duplicated[NOT_FOUND], done.duplicated[NOT_INVENTED_HERE]), (0.0, 0.0));
    assert!(done.sim.record.movement.reused > 0);
}

#[test]
fn who_always_insists_makes_its_own() {
    let inputs = with(|p| (p.insist, p.find, p.central_catalogue) = (1.0, 1.0, 1.0));
    let done = after(&inputs, &Policy::default(), 4);
    assert_eq!(done.sim.record.movement.reused, 0, "nothing of others is adapted");
    assert_eq!(done.duplicated[NOT_PACKAGED], 0.0);
    assert!(done.duplicated[NOT_INVENTED_HERE] > done.duplicated[NOT_FOUND]);
}

/// What theory says of the parts: the same worlds, one parameter turned.
#[test]
fn causes_move_as_they_should() {
    let base = after(&inputs(), &Policy::default(), 6);
    let reuse = |done: &Done| {
        f64::from(done.sim.record.movement.reused)
            / f64::from(done.sim.record.movement.reused + done.sim.record.movement.built)
    };
    let blind = after(&with(|p| p.find = 0.05), &Policy::default(), 6);
    assert!(blind.duplicated[NOT_FOUND] > base.duplicated[NOT_FOUND]);
    assert!(reuse(&blind) < reuse(&base));
    let proud = after(&with(|p| p.insist = 0.5), &Policy::default(), 6);
    assert!(proud.duplicated[NOT_INVENTED_HERE] > 2.0 * base.duplicated[NOT_INVENTED_HERE]);
    let loose = after(&with(|p| p.unpackaged_factor = 6.0), &Policy::default(), 6);
    assert!(loose.duplicated[NOT_PACKAGED] > base.duplicated[NOT_PACKAGED]);
    let apart = after(&with(|p| p.reuse_threshold = 0.5), &Policy::default(), 6);
    let together = after(&with(|p| (p.reuse_threshold, p.find) = (0.05, 0.9)), &Policy::default(), 6);
    assert_eq!(apart.sim.record.movement.reused_across, 0);
    assert!(together.sim.record.movement.reused_across > 0);
}

#[test]
fn private_taste_spreads_who_works_on_what() {
    let alike = after(&with(|p| p.taste = 0.0), &Policy::default(), 6);
    let varied = after(&with(|p| p.taste = 20.0), &Policy::default(), 6);
    assert!(varied.duplicated[SAME_TIME] < alike.duplicated[SAME_TIME]);
}

/// P(find) = 1 − (1 − find · affinity · packaged / (1 + dilution · hubs)) (1 − catalogues).
#[test]
fn the_chance_to_find_is_the_formula() {
    let mut sim = simulation_of(&inputs());
    fixture::run(&mut sim, &thematic(), 1);
    let hubs = sim.state.hub_count() as f64;
    let policy = Policy::default();
    let index = QuarterIndex::new(&sim.conditions.under(&policy), &sim.state);
    let (near, far) = (RegionId(0), RegionId(1));
    let affinity = sim.state.affinity(near, far);
    let chance = |packaged, listed| {
        chance_to_find(&sim.conditions.context(), &index, sim.state.affinity(near, far), packaged, listed)
    };
    let plain = 0.45 * affinity / (1.0 + 0.05 * hubs);
    assert!((chance(false, 0.0) - plain).abs() < 1e-12);
    assert!((chance(true, 0.0) - 1.3 * plain).abs() < 1e-12);
    assert!((chance(false, 0.5) - (1.0 - (1.0 - plain) * 0.5)).abs() < 1e-12);
    assert_eq!(chance(false, 1.0), 1.0);
}

#[test]
fn catalogues_help_where_their_hub_is_known() {
    let mut sim = simulation_of(&inputs());
    fixture::run(&mut sim, &thematic(), 1);
    let m = fixture::hub(&sim, 0);
    let theme = ThemeId(0);
    sim.state.mandates[m].catalogue = 0.5;
    sim.state.mandates[m].known = [0.0; crate::ids::MAX_REGIONS];
    sim.state.mandates[m].known[0] = 0.8;
    sim.state.regions.iter_mut().for_each(|region| region.foundation_known = 0.3);
    let central = 0.2 * 0.3;
    assert!(
        (in_catalogues(&sim.conditions.context(), &sim.state, RegionId(0), theme) - (1.0 - (1.0 - central) * 0.6))
            .abs()
            < 1e-12
    );
    assert!((in_catalogues(&sim.conditions.context(), &sim.state, RegionId(1), theme) - central).abs() < 1e-12);
}

#[test]
fn projects_are_only_begun_if_they_can_be_finished() {
    let hurried = after(&with(|p| p.feasible_quarters = Quarters(1.0)), &Policy::default(), 3);
    let patient = after(&with(|p| p.feasible_quarters = Quarters(20.0)), &Policy::default(), 3);
    assert!(hurried.production < patient.production, "less is feasible");
}

#[test]
fn who_gave_a_theme_up_does_not_work_on_it() {
    let mut policy = thematic();
    policy.hubs.foundation = crate::policy::levers::FoundationRole::Coordinates;
    let mut sim = simulation_of(&inputs());
    fixture::run(&mut sim, &policy, 1);
    let foundation = sim.state.foundation.expect("there is one");
    let producer = Producer { actor: Actor::at_home(&sim.state, foundation), home: None };
    assert!((0..3).all(|t| sim.state.handed_over(ThemeId(t))));
    let mut weights = ThemeWeights::default();
    weights.weigh(
        &sim.conditions.context(),
        &sim.state,
        &QuarterIndex::new(&sim.conditions.under(&Policy::default()), &sim.state),
        producer,
    );
    assert!((0..100).all(|i| weights.choose(f64::from(i) / 100.0).is_none()));
}

/// A theme pulls with (expertise + 0.08)^focus × need: exact shares of a thousand quantiles.
#[test]
fn themes_pull_by_expertise_and_need() {
    let mut sim = simulation_of(&inputs());
    sim.state.organisations[OrganisationId(1)].expertise[..3].copy_from_slice(&[0.12, 0.32, 0.72]);
    let producer = Producer { actor: Actor::at_home(&sim.state, OrganisationId(1)), home: Some(CommunityId(3)) };
    for focus in [1.0, 2.0] {
        sim.conditions.parameters.production.focus = focus;
        let mut weights = ThemeWeights::default();
        weights.weigh(
            &sim.conditions.context(),
            &sim.state,
            &QuarterIndex::new(&sim.conditions.under(&Policy::default()), &sim.state),
            producer,
        );
        let mut counts = [0.0; 3];
        (0..1000).for_each(|i| counts[weights.choose((f64::from(i) + 0.5) / 1000.0).expect("one").index()] += 1.0);
        let weight = |t: u8| {
            let known = sim.state.organisations[OrganisationId(1)].expertise[usize::from(t)] + 0.08;
            libm::pow(known, focus) * sim.state.need(RegionId(0), ThemeId(t))
        };
        let total: f64 = (0..3).map(weight).sum();
        assert!((0..3).all(|t| (counts[usize::from(t)] / 1000.0 - weight(t) / total).abs() < 2e-3));
    }
}

/// Every open build stands at a work queue, and every work queue's problem counts it.
#[test]
fn nothing_is_under_way_that_nobody_works_on() {
    let sim = after(&inputs(), &thematic(), 4).sim;
    let queues = sim.state.organisations.iter().map(|o| &o.queue).chain(sim.state.mandates.iter().map(|m| &m.queue));
    let projects: Vec<&Project> = queues.flat_map(|queue| &queue.projects).collect();
    let builds = projects.iter().filter(|p| matches!(p.task, Task::Build { .. })).count();
    assert_eq!(sim.state.problems.slots.iter().map(|p| p.under_way.len()).sum::<usize>(), builds);
    assert_eq!(sim.state.problems.slots.iter().map(|p| p.users as usize).sum::<usize>(), projects.len());
}

/// Work is wasted only by what adapting would have spared: where adapting costs as much as the dearest build, nothing is.
#[test]
fn what_adapting_would_not_spare_is_not_wasted() {
    let done = after(&with(|p| (p.adapt_cost, p.package_unasked) = (1.7, 0.0)), &Policy::default(), 4);
    assert!(done.production > 0.0);
    assert_eq!(done.duplicated, [0.0; 4]);
}

/// A build that was begun and finished earlier in the same quarter cannot be seen yet, but it is one at the same time.
#[test]
fn what_was_finished_this_quarter_was_made_at_the_same_time() {
    let mut sim = simulation_of(&inputs());
    let slot = sim.state.problems.open(Key::from_name("new"), ThemeId(0), Work(1.0), sim.conditions.now.quarter(), 0.5);
    let (producer, made) = (OrganisationId(1), sim.conditions.now.quarter());
    let (region, visible) = (RegionId(0), made + 1);
    let material = Material { producer, mandate: None, region, quality: 0.5, packaged: true, made, visible };
    sim.state.problems.slots[slot].materials.push(material);
    let found = |sim: &Simulation, id: OrganisationId| {
        let home = sim.state.organisations[id].community;
        let producer = Producer { actor: Actor::at_home(&sim.state, id), home };
        search(
            &sim.conditions.context(),
            &sim.state,
            &QuarterIndex::new(&sim.conditions.under(&Policy::default()), &sim.state),
            producer,
            slot,
            home.expect("it has one"),
        )
    };
    let now = found(&sim, OrganisationId(2));
    assert!(now.under_way && !now.under_way_known && !now.exists && now.others.is_none());
    assert!(!found(&sim, producer).under_way, "its own");
    sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
    let later = found(&sim, OrganisationId(2));
    assert!(later.exists && !later.under_way);
}

/// What an adaptation saves is what its maker would have built instead, less the adapting; one's own saves nothing that
/// was avoided.
#[test]
fn adapting_saves_what_building_would_have_cost() {
    let mut inputs = with(|p| (p.find, p.insist, p.insist_power) = (1.0, 0.0, 0.0));
    inputs.region.iter_mut().for_each(|region| region.affinity.values_mut().for_each(|a| *a = 1.0));
    let mut sim = simulation_of(&inputs);
    let policy = Policy::default();
    let id = fixture::named(&sim, "North 0");
    let other = fixture::named(&sim, "North 1");
    let o = &sim.state.organisations[id];
    let (community, region) = (o.community.expect("it has people"), o.region);
    let producer = Producer { actor: Actor::at_home(&sim.state, id), home: Some(community) };
    let queue = WorkQueue { budget: Work(100.0), ..WorkQueue::default() };
    let slot =
        sim.state.problems.open(Key::from_name("a problem"), ThemeId(0), Work(3.0), sim.conditions.now.quarter(), 0.5);
    sim.state.problems.slots[slot].ask(community.index() / 64, 1 << (community.index() % 64));
    let begun = |sim: &Simulation| {
        let index = &QuarterIndex::new(&sim.conditions.under(&policy), &sim.state);
        match plan(&sim.conditions.context(), &sim.state, index, producer, &queue, slot, community) {
            Plan::Begin(project) => project,
            Plan::First(_) | Plan::Pass => panic!("it can be done"),
        }
    };
    let build = begun(&sim).left;
    for (from, avoided) in [(id, false), (other, true)] {
        sim.record.clear_year();
        let (made, visible) = (sim.conditions.now.quarter() - 1, sim.conditions.now.quarter());
        let material = Material { producer: from, mandate: None, region, quality: 0.5, packaged: true, made, visible };
        sim.state.problems.slots[slot].materials = vec![material];
        let adapt = begun(&sim);
        assert!(adapt.left < build && matches!(adapt.task, Task::Adapt { .. }));
        sim.state.problems.slots[slot].users += 1;
        let index = QuarterIndex::new(&sim.conditions.under(&policy), &sim.state);
        finish(&sim.conditions.context(), &mut sim.state, &mut sim.record, &index, producer, &adapt);
        let expected = if avoided { build - adapt.left } else { Work::ZERO };
        assert!((sim.record.movement.avoided_work - expected).0.abs() < 1e-12);
    }
}
