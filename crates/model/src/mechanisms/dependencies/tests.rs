//! Tests of dependencies: how often problems require others, anticipation, waiting and stalled work.

use super::*;
use crate::fixture::{self, REJECT, inputs, named, simulation_of, switch_off, thematic, z_of_count};
use crate::inputs::Inputs;
use crate::mechanisms::problems;
use crate::policy::Policy;
use crate::simulation::Simulation;
use crate::state::{Material, Problems};

/// Sums over years of dependent, blocked and stalled work.
#[derive(Default)]
struct Sums {
    production: f64,
    stalled: f64,
    hindered: u32,
    patched: u32,
    solved: f64,
}

fn after(inputs: &Inputs, policy: &Policy, years: u32) -> Sums {
    let (mut sim, mut sums) = (simulation_of(inputs), Sums::default());
    for _ in 0..years {
        fixture::run(&mut sim, policy, 1);
        let t = &sim.record.movement;
        sums.production += t.production_work.0;
        sums.stalled += t.stalled_work.0;
        sums.hindered += t.hindered;
        sums.patched += t.patched;
        sums.solved += sim.record.regions.iter().map(|r| r.solved).sum::<f64>();
    }
    sums
}

fn with(change: impl FnOnce(&mut DependencyParameters)) -> Inputs {
    let mut inputs = inputs();
    change(&mut inputs.parameters.dependencies);
    inputs
}

/// No organisations, a life of eight quarters.
fn empty(share: f64) -> Simulation {
    let mut inputs = with(|p| p.share = share);
    inputs.parameters.problems.life = Quarters(8.0);
    let mut sim = simulation_of(&inputs);
    sim.state.organisations.iter_mut().for_each(|o| o.queue.projects.clear());
    sim.state.problems = Problems::new(3);
    sim
}

#[test]
fn switched_off_nothing_waits() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "dependencies");
    let off = after(&inputs, &thematic(), 4);
    assert_eq!((off.stalled, off.hindered, off.patched), (0.0, 0, 0));
    // What would happen where nothing is needed does not matter.
    inputs.parameters.dependencies = DependencyParameters {
        share: 0.0,
        needed_at: 0.0,
        longest: Quarters::ZERO,
        coordinated: 1.0,
        call: 9.0,
        ..DependencyParameters::default()
    };
    assert_eq!(after(&inputs, &thematic(), 4).solved, off.solved);
}

/// Some 5,000 problems of three themes of equal need; 0.33, the mutant, is rejected. Themes of equal need are required
/// equally often.
#[test]
fn problems_require_others_as_often_as_stated() {
    let mut sim = empty(0.3);
    let (mut tied, mut all, mut first_theme) = (0, 0, 0);
    for quarter in 0..2500 {
        sim.conditions.now.set_quarter(quarter);
        problems::run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        // The first find nothing that they could need.
        let born = |slot: &usize| quarter > 8 && sim.state.problems.slots[*slot].born == quarter;
        for slot in sim.state.problems.open[1].iter().copied().filter(born) {
            all += 1;
            let Some(first) = sim.state.problems.slots[slot].requires.map(|first| &sim.state.problems.slots[first])
            else {
                continue;
            };
            assert!(first.theme != ThemeId(1) && first.born <= quarter);
            tied += 1;
            first_theme += usize::from(first.theme == ThemeId(0));
        }
    }
    assert!(z_of_count(tied, all, 0.3).abs() < REJECT, "{tied} of {all}");
    assert!(z_of_count(tied, all, 0.33).abs() > REJECT, "the mutant passes");
    assert!(z_of_count(first_theme, tied, 0.5).abs() < REJECT);
}

/// Of a problem three quarters old and one that is six, the younger is required e times as often: 0.7311 of 4,000;
/// 0.78, the mutant, is rejected. Of two born together only one can require the other.
#[test]
fn new_problems_are_required_more_often_than_old_ones() {
    let mut sim = empty(0.0);
    let mut open = |key: u64, theme: u8, born: u32| {
        sim.state.problems.open(Key(key), ThemeId(theme), crate::units::Work(1.0), born, 0.5)
    };
    let [new, younger, older] = [open(7, 1, 10), open(8, 0, 7), open(9, 2, 4)];
    let stream = |k: u64| sim.conditions.random.decision(Decision::Dependency, 10).with(Key(k));
    let open = possible_requirements(&sim.conditions.context(), &sim.state, 10);
    let first = |k: u64| draw_requirement(&open, stream(k), &sim.state.problems.slots[new]);
    let count = (0..4000).filter(|&k| first(k) == Some(younger)).count();
    assert!((0..4000).all(|k| [Some(younger), Some(older)].contains(&first(k))));
    let share = 1.0 / (1.0 + libm::exp(-1.0));
    assert!(z_of_count(count, 4000, share).abs() < REJECT, "{count}");
    assert!(z_of_count(count, 4000, 0.78).abs() > REJECT, "the mutant passes");
    let mut sim = empty(0.0);
    let mut open =
        |key: u64, theme: u8| sim.state.problems.open(Key(key), ThemeId(theme), crate::units::Work(1.0), 10, 0.5);
    let [a, b] = [open(7, 1), open(8, 0)];
    let stream = sim.conditions.random.decision(Decision::Dependency, 10);
    let open = possible_requirements(&sim.conditions.context(), &sim.state, 10);
    let first = |slot: usize| draw_requirement(&open, stream, &sim.state.problems.slots[slot]);
    assert_eq!((first(a), first(b)), (None, Some(a)));
}

/// A slot is released when no producer works on a problem that requires it, even where every problem requires another.
#[test]
fn chains_of_requirements_do_not_keep_slots_in_use() {
    let mut sim = empty(1.0);
    for quarter in 0..200 {
        sim.conditions.now.set_quarter(quarter);
        problems::run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        let needed: u32 = sim.state.problems.slots.iter().map(|p| p.dependents).sum();
        let needing = sim.state.problems.slots.iter().filter(|p| p.requires.is_some()).count();
        assert_eq!(needed as usize, needing);
    }
    // 6 a quarter for 8 quarters are open; as many again may be needed by those.
    assert!(sim.state.problems.slots.len() < 3 * 6 * 8, "{}", sim.state.problems.slots.len());
}

/// A problem of the small world that nobody has worked on, and the problem that it requires, without a material.
fn with_dependency(sim: &mut Simulation) -> (usize, usize) {
    let [slot, first] = [0, 1].map(|t: usize| sim.state.problems.open[t][0]);
    sim.state.problems.slots[slot].requires = Some(first);
    sim.state.problems.slots[first].dependents += 1;
    sim.state.problems.slots[first].materials.clear();
    (slot, first)
}

#[test]
fn a_usable_material_ends_the_dependency_and_a_lapsed_problem_is_worked_around() {
    let mut sim = simulation_of(&inputs());
    let (slot, first) = with_dependency(&mut sim);
    let (producer, other, there) = (OrganisationId(1), OrganisationId(2), RegionId(0));
    assert_eq!(
        dependency_status(&sim.conditions.context(), &sim.state, slot, producer, there),
        DependencyStatus::Missing(first)
    );
    let quarter = sim.conditions.now.quarter();
    sim.state.problems.slots[first].materials.push(Material {
        producer: other,
        mandate: None,
        region: there,
        quality: 0.5,
        packaged: false,
        made: quarter - 1,
        visible: quarter + 1,
    });
    assert_eq!(
        dependency_status(&sim.conditions.context(), &sim.state, slot, producer, there),
        DependencyStatus::Missing(first),
        "not seen yet"
    );
    assert_eq!(
        dependency_status(&sim.conditions.context(), &sim.state, slot, other, there),
        DependencyStatus::Free,
        "one has one's own"
    );
    sim.state.problems.slots[first].materials[0].visible = quarter;
    assert_eq!(dependency_status(&sim.conditions.context(), &sim.state, slot, producer, there), DependencyStatus::Free);
    sim.conditions.parameters.production.reuse_threshold = 0.9;
    assert_eq!(
        dependency_status(&sim.conditions.context(), &sim.state, slot, producer, there),
        DependencyStatus::Missing(first),
        "not usable"
    );
    sim.state.problems.slots[first].open = false;
    assert_eq!(
        dependency_status(&sim.conditions.context(), &sim.state, slot, producer, there),
        DependencyStatus::Lapsed
    );
}

#[test]
fn a_project_waits_no_longer_than_stated() {
    let mut sim = simulation_of(&with(|p| (p.patience, p.longest) = (1.0, Quarters(3.0))));
    let (slot, first) = with_dependency(&mut sim);
    let (there, now) = (RegionId(0), sim.conditions.now.quarter());
    let producer = |key: Key| Actor { key, ..Actor::at_home(&sim.state, OrganisationId(1)) };
    let (actor, others) = (producer(Key(5)), (0..4000).map(|k| producer(Key(k))).collect::<Vec<_>>());
    assert_eq!(resolution(&sim.conditions.context(), &sim.state, slot, actor, there, None), Resolution::Wait);
    let later = |sim: &mut Simulation, quarters: u32| {
        sim.conditions.now.set_quarter(now + quarters);
        resolution(&sim.conditions.context(), &sim.state, slot, actor, there, Some(now))
    };
    assert_eq!(later(&mut sim, 2), Resolution::Wait);
    assert_eq!(later(&mut sim, 3), Resolution::WorkAround);
    sim.state.problems.slots[first].open = false;
    assert_eq!(later(&mut sim, 1), Resolution::WorkAround);
    // Patience is one draw for a queue and a problem: 4,000 queues; 0.56, the mutant, is rejected.
    sim.state.problems.slots[first].open = true;
    sim.conditions.parameters.dependencies.patience = 0.5;
    let ways = others
        .iter()
        .filter(|other| {
            resolution(&sim.conditions.context(), &sim.state, slot, **other, there, None) == Resolution::Wait
        })
        .count();
    assert!(z_of_count(ways, 4000, 0.5).abs() < REJECT && z_of_count(ways, 4000, 0.56).abs() > REJECT);
}

/// P(anticipated) follows the formula: by itself, by hubs with and without a coordinating body, by the foundation.
#[test]
fn the_probability_to_anticipate_follows_the_formula() {
    let mut sim = simulation_of(&inputs());
    let (theme, first) = (ThemeId(0), ThemeId(1));
    let chapter = named(&sim, "North 0");
    let foundation = sim.state.foundation.expect("there is one");
    let mut policy = Policy::default();
    let o = &mut sim.state.organisations[chapter];
    o.expertise[1] = 0.4;
    let oriented = o.oriented();
    let centre = 0.7 * 0.3 * oriented * sim.state.organisations[foundation].expertise[1];
    let alone = 1.0 - 0.3 * 0.4;
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
    close(
        probability_to_anticipate(
            &sim.conditions.under(&policy),
            &sim.state,
            Actor::at_home(&sim.state, chapter),
            theme,
            first,
        ),
        1.0 - alone * (1.0 - centre),
    );
    sim.state.foundation = None;
    close(
        probability_to_anticipate(
            &sim.conditions.under(&policy),
            &sim.state,
            Actor::at_home(&sim.state, chapter),
            theme,
            first,
        ),
        1.0 - alone,
    );
    sim.state.foundation = Some(foundation);
    // Three hubs, to whom the foundation has handed over.
    policy = thematic();
    policy.hubs.foundation = crate::policy::levers::FoundationRole::Coordinates;
    fixture::run(&mut sim, &policy, 1);
    let m = fixture::hub(&sim, 0);
    let holder = sim.state.mandates[m].holder;
    sim.state.mandates[m].known[0] = 0.6;
    sim.state.organisations[chapter].expertise[1] = 0.4;
    let of_holder = 1.0 - 0.3 * sim.state.organisations[holder].expertise[1];
    let oriented = sim.state.organisations[chapter].oriented();
    for (body, disclosure) in [(false, 0.7 / (1.0 + 2.0 / 6.0)), (true, 0.7)] {
        policy.hubs.coordination = body;
        close(
            probability_to_anticipate(
                &sim.conditions.under(&policy),
                &sim.state,
                Actor::for_mandate(&sim.state, m),
                theme,
                first,
            ),
            1.0 - of_holder * (1.0 - disclosure),
        );
        close(
            probability_to_anticipate(
                &sim.conditions.under(&policy),
                &sim.state,
                Actor::at_home(&sim.state, chapter),
                theme,
                first,
            ),
            1.0 - alone * (1.0 - disclosure * 0.6 * oriented),
        );
    }
    // Where no other hub works in it, hubs tell nothing.
    for k in 0..sim.state.mandates.len() {
        sim.state.mandates[MandateId::from_index(k)].ended |=
            sim.state.mandates[MandateId::from_index(k)].theme() == Some(first);
    }
    close(
        probability_to_anticipate(
            &sim.conditions.under(&policy),
            &sim.state,
            Actor::for_mandate(&sim.state, m),
            theme,
            first,
        ),
        1.0 - of_holder,
    );
}

/// Directions that theory predicts: the same world, one parameter changed.
#[test]
fn stalled_work_changes_in_the_predicted_directions() {
    let blind = |p: &mut DependencyParameters| (p.anticipation, p.coordinated) = (0.0, 0.0);
    let base = after(&with(blind), &Policy::default(), 16);
    assert!(base.stalled > 0.0 && base.hindered > base.patched / 2 && base.patched > 0);
    assert!(base.stalled < base.production);
    let more = after(
        &with(|p| {
            blind(p);
            p.share = 0.6;
        }),
        &Policy::default(),
        16,
    );
    assert!(more.hindered > base.hindered && more.stalled > base.stalled);
    let hasty = after(
        &with(|p| {
            blind(p);
            p.patience = 0.0;
        }),
        &Policy::default(),
        16,
    );
    assert_eq!(hasty.stalled, 0.0);
    let share = |of: &Sums| f64::from(of.patched) / f64::from(of.hindered);
    assert!(
        share(&hasty) > share(&base),
        "{} of {}, {} of {}",
        hasty.patched,
        hasty.hindered,
        base.patched,
        base.hindered
    );
    let disclosure = after(&with(|p| (p.anticipation, p.coordinated) = (1.0, 1.0)), &Policy::default(), 16);
    assert!(disclosure.hindered < base.hindered, "{} {}", disclosure.hindered, base.hindered);
}

/// If every producer anticipates every requirement, none is blocked, except by problems that have lapsed.
#[test]
fn producers_that_anticipate_everything_never_wait() {
    let mut inputs = with(|p| (p.share, p.anticipation) = (1.0, 1.0));
    inputs.parameters.problems.life = Quarters(100.0);
    switch_off(&mut inputs.parameters, "learning");
    switch_off(&mut inputs.parameters, "staffing");
    let mut sim = simulation_of(&inputs);
    for o in &mut sim.state.organisations {
        o.expertise = [1.0; crate::ids::MAX_THEMES];
        o.queue.projects.iter_mut().for_each(|project| project.blocked_at = None);
    }
    fixture::run(&mut sim, &Policy::default(), 4);
    assert_eq!((sim.record.movement.hindered, sim.record.movement.stalled_projects), (0, 0));
    assert!(sim.record.movement.production_work.0 > 0.0);
}

/// A lower factor on the quality of materials that were worked around solves fewer needs.
#[test]
fn worked_around_materials_are_worse() {
    let patching = |patched: f64| {
        let inputs =
            with(|p| (p.share, p.patience, p.anticipation, p.coordinated, p.patched) = (0.5, 0.0, 0.0, 0.0, patched));
        after(&inputs, &Policy::default(), 5).solved
    };
    assert!(patching(0.2) < patching(1.0));
}

/// Coordinated hubs are informed about what others require, and work on it first.
#[test]
fn a_coordinating_body_changes_results() {
    let mut policy = thematic();
    let without = after(&with(|p| p.share = 0.8), &policy, 12).solved;
    policy.hubs.coordination = true;
    let with_body = after(&with(|p| (p.share, p.call) = (0.8, 0.0)), &policy, 12).solved;
    let called = after(&with(|p| (p.share, p.call) = (0.8, 20.0)), &policy, 12).solved;
    assert!(without != with_body && with_body != called, "{without} {with_body} {called}");
}
