//! Tests of who checks what, at which price, and of what passes.

use super::*;
use crate::fixture::{self, REJECT, inputs, named, simulation, simulation_of, thematic, z_of_count};
use crate::inputs::Inputs;
use crate::policy::Policy;
use crate::simulation::Simulation;
use crate::state::Material;
use crate::state::project::UnderWay;

fn policy(gate: Gate) -> Policy {
    let mut policy = thematic();
    policy.governance.gate = gate;
    policy
}

/// Sums over years of what a gate did.
#[derive(Debug, Default, PartialEq)]
struct Sums {
    work: f64,
    checked: u32,
    stopped: u32,
    wronged: u32,
    missed: u32,
    withdrawn: u32,
}

fn after(inputs: &Inputs, gate: Gate, years: u32) -> Sums {
    let (mut sim, mut sums) = (simulation_of(inputs), Sums::default());
    for _ in 0..years {
        fixture::run(&mut sim, &policy(gate), 1);
        let t = &sim.record.movement;
        sums.work += t.gate_work.0;
        sums.checked += t.gate_checked;
        sums.stopped += t.gate_stopped;
        sums.wronged += t.gate_wronged;
        sums.missed += t.gate_missed;
        sums.withdrawn += t.gate_withdrawn;
    }
    sums
}

/// A material of a quality by "North 0" for an open problem of the first theme, at the gate since last quarter.
fn at_gate(sim: &mut Simulation, quality: f64) -> (usize, OrganisationId) {
    let slot = sim.state.problems.open[0][0];
    let (producer, region, quarter) = (named(sim, "North 0"), RegionId(0), sim.conditions.now.quarter());
    let (made, started) = (quarter - 1, quarter - 3);
    let material = Material { producer, mandate: None, region, quality, packaged: true, made, visible: quarter };
    sim.state.problems.slots[slot].materials = vec![material];
    sim.state.problems.slots[slot].under_way = vec![UnderWay { producer, mandate: None, region, started }];
    sim.conditions.now.set_quarter(sim.conditions.now.quarter() - 1);
    let actor = Actor::at_home(&sim.state, producer);
    submit(&sim.conditions.context(), &mut sim.state, slot, actor, region);
    sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
    for o in &mut sim.state.organisations {
        o.learning = Work(1.0);
    }
    (slot, producer)
}

#[test]
fn without_a_gate_nothing_is_checked() {
    assert_eq!(after(&inputs(), Gate::None, 4), Sums::default());
}

#[test]
fn every_gate_checks_stops_and_costs() {
    let mut inputs = inputs();
    inputs.parameters.gate.bar = 1.0;
    let all = [Gate::Own, Gate::Peer, Gate::Overseer].map(|gate| after(&inputs, gate, 6));
    for sums in &all {
        assert!(sums.checked > 0 && sums.stopped > 0 && sums.work > 0.0, "{sums:?}");
        assert!(sums.stopped >= sums.wronged && sums.stopped >= sums.withdrawn);
        assert!(sums.checked >= sums.stopped + sums.missed);
    }
    assert!(all[0] != all[1] && all[1] != all[2]);
}

/// A check costs a share of the cost to build, from the learning time of who checks.
#[test]
fn a_check_costs_its_gatekeeper() {
    for gate in [Gate::Own, Gate::Peer, Gate::Overseer] {
        let mut sim = simulation();
        sim.conditions.parameters.gate.bar = 0.0;
        let (slot, producer) = at_gate(&mut sim, 0.4);
        sim.state.problems.slots[slot].cost = Work(4.0);
        sim.state.gate[0].left = Work(0.4);
        let best = named(&sim, "Middle 1");
        sim.state.organisations[best].expertise[0] = 0.99;
        run(&sim.conditions.under(&policy(gate)), &mut sim.state, &mut sim.record);
        let payer = match gate {
            Gate::Own => producer,
            Gate::Overseer => sim.state.foundation.expect("there is one"),
            _ => best,
        };
        for (i, o) in sim.state.organisations.iter().enumerate() {
            let left = if i == payer.index() { 0.6 } else { 1.0 };
            assert!((o.learning.0 - left).abs() < 1e-12, "{gate:?}");
        }
        assert!((sim.record.movement.gate_work.0 - 0.4).abs() < 1e-12 && sim.record.movement.gate_checked == 1);
        let problem = &sim.state.problems.slots[slot];
        assert_eq!(problem.materials[0].visible, sim.conditions.now.quarter() + 1, "a quarter later than without");
        assert!(sim.state.gate.is_empty() && problem.under_way.is_empty() && problem.at_gate == 0);
    }
}

#[test]
fn what_there_is_no_time_for_waits_and_stays_under_way() {
    let mut sim = simulation();
    let (slot, _) = at_gate(&mut sim, 0.4);
    let foundation = sim.state.foundation.expect("there is one");
    let all = sim.state.gate[0].left;
    sim.state.organisations[foundation].learning = all * 0.25;
    run(&sim.conditions.under(&policy(Gate::Overseer)), &mut sim.state, &mut sim.record);
    assert_eq!((sim.state.gate.len(), sim.record.movement.gate_checked), (1, 0));
    assert!((sim.state.gate[0].left.0 - 0.75 * all.0).abs() < 1e-12);
    assert_eq!(sim.state.problems.slots[slot].materials[0].visible, NOT_OFFERED);
    assert_eq!(sim.state.problems.slots[slot].under_way.len(), 1);
    // A problem that lapses takes what waits with it.
    sim.state.problems.slots[slot].open = false;
    run(&sim.conditions.under(&policy(Gate::Overseer)), &mut sim.state, &mut sim.record);
    assert!(sim.state.gate.is_empty() && sim.state.problems.slots[slot].under_way.is_empty());
}

/// Who sees clearly stops the bad and nothing else, and what is stopped comes back better.
#[test]
fn a_clear_eye_makes_no_mistake() {
    let mut sim = simulation();
    sim.conditions.parameters.gate.noise = 0.0;
    sim.conditions.parameters.gate.favour = 0.0;
    let (slot, producer) = at_gate(&mut sim, 0.01);
    let keeper = named(&sim, "Middle 1");
    sim.state.organisations[keeper].expertise[0] = 0.99;
    let best = sim.state.quality(keeper, ThemeId(0));
    run(&sim.conditions.under(&policy(Gate::Peer)), &mut sim.state, &mut sim.record);
    let better = 0.01 + 0.5 * (best - 0.01);
    let Step::Rework { quality } = sim.state.gate[0].step else { panic!("it was stopped") };
    assert!((quality - better).abs() < 1e-12);
    assert_eq!(
        (sim.record.movement.gate_stopped, sim.record.movement.gate_wronged, sim.record.movement.gate_missed),
        (1, 0, 0)
    );
    let before = sim.record.movement.gate_work;
    for _ in 0..2 {
        sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
        sim.state.organisations.iter_mut().for_each(|o| o.learning = Work(10.0));
        run(&sim.conditions.under(&policy(Gate::Peer)), &mut sim.state, &mut sim.record);
    }
    let problem = &sim.state.problems.slots[slot];
    assert!(
        (sim.record.movement.gate_work.0 - before.0 - 0.3 * problem.cost.0).abs() < 1e-9,
        "worked over, and checked again"
    );
    assert!(sim.state.gate.is_empty() && problem.materials[0].producer == producer);
    assert!((problem.materials[0].quality - better).abs() < 1e-12);
    assert!(problem.materials[0].packaged && problem.materials[0].visible == sim.conditions.now.quarter() + 1);
}

#[test]
fn what_is_stopped_twice_stays_with_its_maker() {
    let mut sim = simulation();
    (sim.conditions.parameters.gate.noise, sim.conditions.parameters.gate.learns) = (0.0, 0.0);
    let (slot, producer) = at_gate(&mut sim, 0.01);
    for _ in 0..3 {
        sim.state.organisations.iter_mut().for_each(|o| o.learning = Work(10.0));
        run(&sim.conditions.under(&policy(Gate::Peer)), &mut sim.state, &mut sim.record);
        sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
    }
    let material = sim.state.problems.slots[slot].materials[0];
    assert!(sim.state.gate.is_empty() && !material.packaged && material.visible == NOT_OFFERED);
    assert!(
        material.there_for(producer, sim.conditions.now.quarter())
            && !material.there_for(OrganisationId(0), sim.conditions.now.quarter())
    );
    assert_eq!((sim.record.movement.gate_stopped, sim.record.movement.gate_withdrawn), (2, 1));
}

/// A material one standard deviation above the bar is stopped as often as the normal says: 8,000 makers, Φ(−1) =
/// 0.1587; Φ(−0.9), the mutant, is rejected. The expert and the near see better.
#[test]
fn errors_are_normal_with_the_stated_spread() {
    let mut sim = simulation();
    let keeper = named(&sim, "North 1");
    sim.state.organisations[keeper].expertise[0] = 0.5;
    let (near, far) = (RegionId(0), RegionId(2));
    let sd = noise(&sim.conditions.context(), &sim.state, keeper, ThemeId(0), near);
    assert!((sd - 0.15 * (1.0 - 0.7 * 0.5)).abs() < 1e-12);
    assert!((noise(&sim.conditions.context(), &sim.state, keeper, ThemeId(0), far) - 1.5 * sd).abs() < 1e-12);
    let (slot, _) = at_gate(&mut sim, 0.5 + sd);
    let usual = vec![Some(0.5 / sim.conditions.parameters.gate.bar); 3];
    let mut hall = GateQuarter { usual, peers: Vec::new() };
    let submission = sim.state.gate[0];
    for k in 0..8000 {
        let mut other = Submission { producer: Actor { key: Key(k), ..submission.producer }, ..submission };
        sim.state.problems.slots[slot].at_gate = 2;
        sim.state.problems.slots[slot].materials[0].packaged = true;
        judge(&sim.conditions.context(), &mut sim.state, &mut sim.record, &mut hall, &mut other, keeper);
    }
    let stopped = sim.record.movement.gate_stopped as usize;
    assert!(z_of_count(stopped, 8000, 0.158_655).abs() < REJECT, "{stopped}");
    assert!(z_of_count(stopped, 8000, 0.184_060).abs() > REJECT, "the mutant passes");
    assert_eq!(sim.record.movement.gate_wronged as usize, stopped);
}

/// Makers let more of their own bad work pass than peers do.
#[test]
fn makers_are_kind_to_themselves() {
    let missed = |gate: Gate| {
        let mut inputs = inputs();
        (inputs.parameters.gate.bar, inputs.parameters.gate.favour) = (1.0, 0.3);
        let sums = after(&inputs, gate, 10);
        f64::from(sums.missed) / f64::from(sums.checked)
    };
    assert!(missed(Gate::Own) > missed(Gate::Peer));
}

#[test]
fn a_gate_without_anybody_to_keep_it_is_none() {
    let mut sim = simulation();
    assert!(
        stands(&sim.conditions.under(&policy(Gate::Overseer)), &sim.state)
            && !stands(&sim.conditions.under(&policy(Gate::None)), &sim.state)
    );
    sim.state.foundation = None;
    assert!(
        !stands(&sim.conditions.under(&policy(Gate::Overseer)), &sim.state)
            && stands(&sim.conditions.under(&policy(Gate::Peer)), &sim.state)
    );
}
