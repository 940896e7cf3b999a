use super::*;
use crate::fixture::{self, REJECT, inputs, named, simulation_of, switch_off, thematic, z_of_count};
use crate::ids::RegionId;
use crate::inputs::{Inputs, Organisation};
use crate::policy::Policy;
use crate::policy::levers::OrganisationKind;
use crate::simulation::Simulation;
use crate::units::Capacity;

fn with_outsider() -> Inputs {
    let mut inputs = inputs();
    inputs.organisation.push(Organisation {
        name: "Archive".into(),
        kind: OrganisationKind::External,
        region: "North".into(),
        staff: 20.0,
        community: 0.0,
        expertise: 0.6,
        ..Organisation::default()
    });
    inputs
}

/// A state with one problem, one material from South, and the outsider in North.
fn one_material(packaged: bool) -> (Simulation, OrganisationId, usize, Material) {
    let mut sim = simulation_of(&with_outsider());
    let (id, producer) = (named(&sim, "Archive"), named(&sim, "South 0"));
    sim.state.problems = crate::state::Problems::new(3);
    let slot = sim.state.problems.open(crate::ids::Key(77), ThemeId(0), Work(3.0), sim.conditions.now.quarter(), 0.5);
    let material = Material {
        producer,
        mandate: None,
        region: RegionId(2),
        quality: 0.5,
        packaged,
        made: 0,
        visible: sim.conditions.now.quarter(),
    };
    sim.state.problems.slots[slot].materials.push(material);
    (sim, id, slot, material)
}

/// 9,000 searches: find × affinity, more if packaged; each rate is the other's mutant.
#[test]
fn outsiders_find_what_any_searcher_finds() {
    for (packaged, rate, mutant) in [(false, 0.225, 0.2925), (true, 0.2925, 0.225)] {
        let (mut sim, id, slot, _) = one_material(packaged);
        sim.conditions.parameters.production.central_catalogue = 0.0;
        let policy = Policy::default();
        let index = QuarterIndex::new(&sim.conditions.under(&policy), &sim.state);
        let found = (0..9000)
            .filter(|&quarter| {
                let stream =
                    sim.conditions.random.decision(Decision::Uptake, quarter).with(sim.state.organisations[id].key);
                look(&sim.conditions.context(), &sim.state, &index, id, slot, stream).is_some()
            })
            .count();
        assert!(z_of_count(found, 9000, rate).abs() < REJECT);
        assert!(z_of_count(found, 9000, mutant).abs() > REJECT, "the mutant passes");
    }
}

/// A producer that keeps half of its materials to itself is found half as often: 9,000 searches. The mutant is found as
/// if it shared all.
#[test]
fn outsiders_do_not_find_hoarded_materials() {
    let (mut sim, id, slot, material) = one_material(false);
    sim.conditions.parameters.production.central_catalogue = 0.0;
    sim.state.organisations[material.producer].sharing = 0.5;
    let policy = Policy::default();
    let index = QuarterIndex::new(&sim.conditions.under(&policy), &sim.state);
    let found = (0..9000).filter(|&quarter| {
        let stream = sim.conditions.random.decision(Decision::Uptake, quarter).with(sim.state.organisations[id].key);
        look(&sim.conditions.context(), &sim.state, &index, id, slot, stream).is_some()
    });
    let found = found.count();
    assert!(z_of_count(found, 9000, 0.1125).abs() < REJECT);
    assert!(z_of_count(found, 9000, 0.225).abs() > REJECT, "the mutant passes");
}

/// A material that is not visible yet, or of no use in the region, is not found.
#[test]
fn outsiders_find_only_what_is_usable() {
    let (mut sim, id, slot, _) = one_material(true);
    sim.conditions.parameters.production.find = 1.0;
    sim.conditions.parameters.production.find_packaged = 5.0;
    let stream = sim.conditions.random.decision(Decision::Uptake, 0);
    let finds = |sim: &Simulation| {
        look(
            &sim.conditions.context(),
            &sim.state,
            &QuarterIndex::new(&sim.conditions.under(&Policy::default()), &sim.state),
            id,
            slot,
            stream,
        )
        .is_some()
    };
    assert!(finds(&sim));
    sim.conditions.parameters.production.reuse_threshold = 0.41;
    assert!(!finds(&sim), "0.8 × 0.5 is too little");
    sim.conditions.parameters.production.reuse_threshold = 0.18;
    sim.state.problems.slots[slot].materials[0].visible += 1;
    assert!(!finds(&sim));
}

/// Adapting costs what it costs in production, out of what was put by; one solution is enough.
#[test]
fn a_material_is_taken_up_once_and_paid_for() {
    for (packaged, cost) in [(true, 0.9), (false, 2.34)] {
        let (mut sim, id, slot, material) = one_material(packaged);
        sim.conditions.parameters.production.adapt_cost = 0.3;
        sim.conditions.parameters.production.unpackaged_factor = 2.6;
        sim.state.organisations[id].saved_effort = Work(cost - 1e-6);
        take_up(&sim.conditions.context(), &mut sim.state, &mut sim.record, id, slot, &material);
        assert_eq!(sim.record.movement.taken_up, 0, "too expensive");
        sim.state.organisations[id].saved_effort = Work(cost + 1.0);
        take_up(&sim.conditions.context(), &mut sim.state, &mut sim.record, id, slot, &material);
        assert!((sim.state.organisations[id].saved_effort.0 - 1.0).abs() < 1e-12);
        assert_eq!((sim.record.movement.taken_up, sim.record.regions[RegionId(0)].taken_up), (1, 1));
        assert_eq!(preferred_problem(&sim.conditions.context(), &sim.state, id, ThemeId(0), 0), None);
    }
}

#[test]
fn a_year_of_effort_can_be_saved() {
    let (mut sim, id, ..) = one_material(true);
    sim.conditions.parameters.uptake.effort = 0.1;
    sim.state.organisations[id].staff = Capacity(20.0);
    sim.state.organisations[id].saved_effort = Work::ZERO;
    let spared: Vec<f64> = (0..6)
        .map(|_| {
            save_effort(&sim.conditions.context(), &mut sim.state, id);
            sim.state.organisations[id].saved_effort.0
        })
        .collect();
    assert_eq!(spared, [2.0, 4.0, 6.0, 8.0, 8.0, 8.0]);
}

/// Of 9,000 problems the stated share concerns an outsider; 0.33, the mutant, is rejected.
#[test]
fn some_problems_concern_an_outsider() {
    let (mut sim, id, ..) = one_material(true);
    sim.conditions.parameters.uptake.concern = 0.3;
    let concerned = (0..9000u64)
        .filter(|&k| {
            sim.state.problems = crate::state::Problems::new(3);
            sim.state.problems.open(crate::ids::Key(k), ThemeId(0), Work(3.0), 0, 0.5);
            preferred_problem(&sim.conditions.context(), &sim.state, id, ThemeId(0), 0).is_some()
        })
        .count();
    assert!(z_of_count(concerned, 9000, 0.3).abs() < REJECT);
    assert!(z_of_count(concerned, 9000, 0.33).abs() > REJECT, "the mutant passes");
}

/// Outsiders with little spare work and few finds adapt more when more is packaged and catalogued.
#[test]
fn packaging_and_catalogues_help_outsiders() {
    let taken_up = |packaging: f64, catalogue: f64| {
        let mut inputs = with_outsider();
        inputs.parameters.production.package_unasked = packaging;
        inputs.parameters.production.central_catalogue = catalogue;
        inputs.parameters.uptake.outside_searches = 12.0;
        inputs.organisation.last_mut().expect("the outsider").staff = 4.0;
        inputs.region.iter_mut().for_each(|region| region.foundation_known = 1.0);
        let mut sim = simulation_of(&inputs);
        let year = |_| {
            fixture::run(&mut sim, &crate::policy::Policy::default(), 1);
            sim.record.movement.taken_up
        };
        (0..40).map(year).sum::<u32>()
    };
    let plain = taken_up(0.0, 0.0);
    let (packaged, catalogued) = (taken_up(1.0, 0.0), taken_up(1.0, 1.0));
    assert!(packaged > plain && catalogued > packaged, "{plain}, {packaged}, {catalogued}");
}

/// Outsiders are no part of the movement: their work is not counted as its work, and nobody asks them for help.
#[test]
fn outsiders_do_nothing_else() {
    let mut sim = simulation_of(&with_outsider());
    fixture::run(&mut sim, &thematic(), 3);
    let o = &sim.state.organisations[OrganisationId::from_index(named(&sim, "Archive").index())];
    assert_eq!((o.year.production_work, o.learning, o.queue.budget), (Work::ZERO, Work::ZERO, Work::ZERO));
    assert!(o.year.service.iter().all(|&service| service == 0.0) && o.grants.0 == 0.0 && o.community.is_none());
    assert!((o.staff.0 - 20.0).abs() < 1e-9, "its income follows prices");
    assert!(o.year.spent.0 > 0.0 && (o.year.spent.0 - o.own_income.0).abs() < 1e-6);
    assert!((sim.record.movement.outside_income.0 - o.own_income.0).abs() < 1e-6);
}

#[test]
fn switched_off_nothing_is_taken_up() {
    let mut inputs = with_outsider();
    switch_off(&mut inputs.parameters, "uptake");
    let mut sim = simulation_of(&inputs);
    for _ in 0..3 {
        fixture::run(&mut sim, &thematic(), 1);
        assert_eq!(sim.record.movement.taken_up, 0);
    }
}
