//! Tests of the split of work, and of the cost of applications and links.

use super::*;
use crate::fixture::{self, hub, inputs, named, simulation, simulation_of, switch_off, thematic};
use crate::policy::Policy;
use crate::policy::levers::HubLevers;
use crate::simulation::Simulation;
use crate::units::Money;

/// Work of organisations, mandates and overhead after the split.
fn assigned(sim: &Simulation) -> f64 {
    let homes = sim.state.organisations.iter().map(|o| o.support_left.0 + o.queue.budget.0 + o.learning.0);
    let hubs =
        sim.state.mandates.iter().filter(|m| m.alive()).map(|m| (m.support_left + m.queue.budget + m.learning).0);
    let t = &sim.record.movement;
    homes.chain(hubs).sum::<f64>() + (t.applying_work + t.coordination_work + t.outreach_work + t.deciding_work).0
}

/// All work of the quarter is assigned once, however many mandates an organisation holds.
#[test]
fn the_split_neither_makes_nor_loses_work() {
    for each in [1.0, 2.0, 3.0] {
        let mut policy = thematic();
        policy.hubs.max_each = each;
        policy.hubs.coordination = true;
        let mut sim = simulation();
        fixture::run(&mut sim, &policy, 3);
        let most = sim.state.hubs().map(|m| sim.state.mandates[m].holder).max().expect("there are hubs");
        let held = sim.state.hubs().filter(|m| sim.state.mandates[*m].holder == most).count();
        assert!(held as f64 <= each);
        sim.record.clear_year();
        for o in &mut sim.state.organisations {
            (o.queue.budget, o.support_left, o.learning) = (Work::ZERO, Work::ZERO, Work::ZERO);
        }
        run(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
        let work = sim.record.movement.work.0;
        assert!((assigned(&sim) - work).abs() < 1e-9 * work, "{each} each: {} of {work}", assigned(&sim));
    }
}

#[test]
fn applications_and_reports_cost_what_is_stated() {
    let mut sim = simulation();
    let id = named(&sim, "North 0");
    let o = &mut sim.state.organisations[id];
    (o.request, o.applications, o.running, o.queue.shifted) = (Money(2e6), 3, 2, 0.0);
    let all = (o.staff + o.labour).0;
    let hubs = HubIndex::new(&sim.conditions.context(), &sim.state);
    split_home(&sim.conditions.context(), &mut sim.state, &mut sim.record, &hubs, id);
    let applying = (3.0 * 0.06 + 0.45 * 2.0) / 4.0 + 2.0 * 0.03;
    assert!((sim.record.movement.applying_work.0 - applying).abs() < 1e-12);
    // One link, with the foundation.
    assert!((sim.record.movement.coordination_work.0 - 0.1).abs() < 1e-12);
    let (o, free) = (&sim.state.organisations[id], all - applying - 0.1);
    assert!((o.support_left.0 - 0.35 * free).abs() < 1e-12);
    assert!((o.queue.budget.0 - 0.45 * free).abs() < 1e-12);
    assert!((o.learning.0 - 0.2 * free).abs() < 1e-12);
}

#[test]
fn overhead_never_exceeds_the_work_there_is() {
    let mut sim = simulation();
    let id = named(&sim, "South 2");
    let o = &mut sim.state.organisations[id];
    (o.staff, o.labour, o.request) = (Capacity(0.001), Capacity::ZERO, Money(1e9));
    let hubs = HubIndex::new(&sim.conditions.context(), &sim.state);
    split_home(&sim.conditions.context(), &mut sim.state, &mut sim.record, &hubs, id);
    assert!((sim.record.movement.applying_work.0 - 0.001).abs() < 1e-12);
    assert!(sim.state.organisations[id].support_left.0.abs() < 1e-12);
}

/// h hubs known everywhere keep h(h − 1) ends of links among themselves, h to a coordinating body instead, and one
/// to each region of their scope.
#[test]
fn the_number_of_links_follows_the_identity() {
    let mut sim = simulation();
    let mut policy = thematic();
    fixture::run(&mut sim, &policy, 1);
    sim.state.mandates.iter_mut().for_each(|m| m.known = [1.0; crate::ids::MAX_REGIONS]);
    let (h, regions) = (sim.state.hub_count() as f64, 3.0);
    assert_eq!(h, 3.0);
    let ends = |sim: &Simulation, policy: &Policy| {
        sim.state.hubs().map(|m| hub_links(&sim.conditions.under(policy), &sim.state, m)).sum::<f64>()
    };
    assert_eq!(ends(&sim, &policy), h * (h - 1.0) + h * regions);
    policy.hubs.coordination = true;
    assert_eq!(ends(&sim, &policy), h + h * regions);
    // A consortium has a lead: both ends of a star of n members are 2(n − 1).
    let m = hub(&sim, 0);
    let strangers: Vec<OrganisationId> =
        sim.state.affiliates().filter(|&id| sim.state.mandates[m].holder != id).collect();
    strangers[..3].iter().for_each(|&id| sim.state.mandates[m].add_partner(id));
    assert_eq!(ends(&sim, &policy), h + h * regions + 6.0);
    sim.state.mandates[m].keep_partners(|_| false);
    // Each organisation keeps one link with the foundation, and with each hub by its need for the hub's theme:
    // all needs together are one.
    let held = |id| sim.state.hubs().any(|m| sim.state.mandates[m].holder == id);
    let plain = sim.state.affiliates().find(|&id| !held(id) && sim.state.organisations[id].staff.0 >= 1.0);
    assert!(
        (home_links(
            &sim.conditions.context(),
            &sim.state,
            &HubIndex::new(&sim.conditions.context(), &sim.state),
            plain.expect("one holds none")
        ) - 2.0)
            .abs()
            < 1e-9
    );
}

/// With R regional hubs beside h thematic ones: h(h − 1) ends among the thematic, 2·R·h between the kinds, none among
/// the regional; h·n + R ends to n regions. A coordinating body takes over all that are among hubs.
#[test]
fn regional_hubs_keep_links_with_thematic_hubs_only() {
    let mut sim = simulation();
    let mut policy = fixture::both();
    fixture::run(&mut sim, &policy, 1);
    sim.state.mandates.iter_mut().for_each(|m| m.known = [1.0; crate::ids::MAX_REGIONS]);
    let (h, regional, n) = (3.0, 3.0, 3.0);
    assert_eq!(sim.state.hub_count() as f64, h + regional);
    let ends = |sim: &Simulation, policy: &Policy| {
        sim.state.hubs().map(|m| hub_links(&sim.conditions.under(policy), &sim.state, m)).sum::<f64>()
    };
    assert_eq!(ends(&sim, &policy), h * (h - 1.0) + 2.0 * regional * h + h * n + regional);
    policy.hubs.coordination = true;
    assert_eq!(ends(&sim, &policy), h + regional + h * n + regional);
    // The foundation, the thematic hubs by need, the region's own.
    let held = |id| sim.state.hubs().any(|m| sim.state.mandates[m].holder == id);
    let plain = sim.state.affiliates().find(|&id| !held(id) && sim.state.organisations[id].staff.0 >= 1.0);
    if let Some(plain) = plain {
        assert!(
            (home_links(
                &sim.conditions.context(),
                &sim.state,
                &HubIndex::new(&sim.conditions.context(), &sim.state),
                plain
            ) - 3.0)
                .abs()
                < 1e-9
        );
    }
}

/// The year's work of deciding about applications is taken in quarters, before the rest is split.
#[test]
fn deciding_takes_its_work_and_never_more_than_the_hub_has() {
    let mut sim = simulation();
    let mut policy = fixture::both();
    (policy.hubs.coordination, policy.hubs.pledge) = (true, 0.0);
    fixture::run(&mut sim, &policy, 3);
    let m = sim.state.regional_hub(RegionId(0)).expect("there is one");
    let support = |sim: &mut Simulation, deciding: f64| {
        sim.state.mandates[m].staff = Capacity(5.0);
        sim.state.mandates[m].deciding = Work(deciding);
        sim.state.mandates[m].queue.shifted = 0.0;
        sim.record.clear_year();
        split_hub(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, m);
        (
            sim.state.mandates[m].support_left.0,
            sim.record.movement.deciding_work.0,
            sim.record.movement.coordination_work.0,
        )
    };
    let (without, nothing, links) = support(&mut sim, 0.0);
    let (with, decided, _) = support(&mut sim, 4.0);
    assert_eq!((nothing, decided), (0.0, 1.0));
    assert!((without - with - sim.conditions.parameters.capacity.hub_support).abs() < 1e-12);
    let (none, decided, _) = support(&mut sim, 4e6);
    assert!(none.abs() < 1e-12 && (decided - (5.0 - links)).abs() < 1e-12);
}

/// The coordinating body is work of the foundation, taken out of all that it does, service included.
#[test]
fn the_foundation_keeps_the_coordinating_body_out_of_all_its_work() {
    let (mut sim, mut policy) = (simulation(), thematic());
    fixture::run(&mut sim, &policy, 1);
    let foundation = sim.state.foundation.expect("there is one");
    let o = &mut sim.state.organisations[foundation];
    (o.support_left, o.queue.budget, o.learning) = (Work(4.0), Work(2.0), Work::ZERO);
    sim.record.clear_year();
    keep_coordinating_body(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
    assert_eq!(sim.record.movement.coordination_work, Work::ZERO);
    policy.hubs.coordination = true;
    keep_coordinating_body(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
    // Three hubs at 0.1 each.
    let o = &sim.state.organisations[foundation];
    assert!((o.support_left.0 - 4.0 * 0.95).abs() < 1e-12 && (o.queue.budget.0 - 2.0 * 0.95).abs() < 1e-12);
    assert!((sim.record.movement.coordination_work.0 - 0.3).abs() < 1e-12);
}

/// Where work suffices, each end of a link costs the stated work.
#[test]
fn links_are_paid_for_at_both_ends() {
    let (mut sim, policy) = (simulation(), thematic());
    fixture::run(&mut sim, &policy, 2);
    sim.state.mandates.iter_mut().for_each(|m| m.staff = Capacity(50.0));
    sim.state.organisations.iter_mut().for_each(|o| o.staff = Capacity(50.0));
    sim.record.clear_year();
    let homes: f64 = sim
        .state
        .active()
        .map(|id| {
            home_links(&sim.conditions.context(), &sim.state, &HubIndex::new(&sim.conditions.context(), &sim.state), id)
        })
        .sum();
    let hubs: f64 = sim.state.hubs().map(|m| hub_links(&sim.conditions.under(&policy), &sim.state, m)).sum();
    run(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
    assert!(hubs > 6.0 && (sim.record.movement.coordination_work.0 - 0.1 * (homes + hubs)).abs() < 1e-9);
}

#[test]
fn switched_off_applications_and_links_cost_nothing() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "capacity");
    let mut sim = simulation_of(&inputs);
    let mut policy = thematic();
    policy.hubs.coordination = true;
    for _ in 0..3 {
        fixture::run(&mut sim, &policy, 1);
        assert_eq!((sim.record.movement.applying_work.0, sim.record.movement.coordination_work.0), (0.0, 0.0));
    }
}

#[test]
fn a_hub_in_transition_serves_less_and_learns_more() {
    let mut sim = simulation();
    let policy = Policy { hubs: HubLevers { pledge: 0.0, ..thematic().hubs }, ..thematic() };
    fixture::run(&mut sim, &policy, 2);
    let m = hub(&sim, 0);
    let support = |sim: &mut Simulation, ready: u32| {
        let mandate = &mut sim.state.mandates[m];
        (mandate.ready, mandate.queue.shifted, mandate.staff) = (ready, 0.0, Capacity(5.0));
        run(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
        sim.state.mandates[m].support_left.0
    };
    let (now, usual) = (sim.conditions.now.quarter(), 0);
    let (slowed, full) = (support(&mut sim, now + 1), support(&mut sim, usual));
    assert!((slowed / full - 0.5).abs() < 1e-9, "{slowed}, {full}");
}

#[test]
fn labour_follows_motivation_and_skill_of_members() {
    let mut sim = simulation();
    sim.state.volunteers.iter_mut().for_each(|v| (v.motivation, v.skill) = (0.5, 0.5));
    gather_labour(&sim.conditions.context(), &mut sim.state);
    let o = &sim.state.organisations[OrganisationId(1)];
    assert!(o.members > 0.0);
    assert!((o.labour.0 - 0.005 * o.members * 0.5).abs() < 1e-9);
}

/// The split goes half of the way to what was asked for, and stays within its bounds; no calls leave somebody to answer.
#[test]
fn the_split_follows_the_calls() {
    let mut queue = WorkQueue { useful: Work(10.0), ..WorkQueue::default() };
    follow_calls(&mut queue, Work(6.0), 0.4);
    assert!((queue.shifted - 0.1).abs() < 1e-12);
    (0..60).for_each(|_| follow_calls(&mut queue, Work(1e6), 0.4));
    assert!((queue.shifted - (2.0 / 3.0 - 0.4)).abs() < 1e-12, "at most two thirds");
    (0..60).for_each(|_| follow_calls(&mut queue, Work::ZERO, 0.4));
    assert!((queue.shifted + 0.35).abs() < 1e-12, "at least 0.05");
}

/// What a holder pledges is taken from its own support, unpaid, and its mandates have it: no work is made or lost.
#[test]
fn a_pledge_moves_support_from_members_to_mandates() {
    let support = |pledge: f64| {
        let mut sim = simulation();
        let mut policy = thematic();
        fixture::run(&mut sim, &policy, 2);
        policy.hubs.pledge = pledge;
        run(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
        let homes: f64 = sim.state.organisations.iter().map(|o| o.support_left.0).sum();
        let hubs: f64 = sim.state.hubs().map(|m| sim.state.mandates[m].support_left.0).sum();
        (homes, hubs)
    };
    let (before, after) = (support(0.0), support(0.2));
    let moved = after.1 - before.1;
    assert!(moved > 0.0 && (before.0 - after.0 - moved).abs() < 1e-9, "{before:?}, {after:?}");
}

/// What the foundation hands over to a hub of all regions is work there before and after.
#[test]
fn work_that_changes_hands_is_no_new_work() {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 1);
    let before = regional_work(&sim.state);
    let (m, foundation) = (hub(&sim, 0), sim.state.foundation.expect("there is one"));
    sim.state.organisations[foundation].staff -= Capacity(3.0);
    sim.state.mandates[m].staff += Capacity(3.0);
    let after = regional_work(&sim.state);
    assert!(before.iter().zip(&after).all(|(before, after)| (before - after).abs() < 1e-9), "{before:?} {after:?}");
}
