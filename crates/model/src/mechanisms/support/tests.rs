//! Tests of help, service points and how hubs become known.

mod knowledge;
mod rationing;

use super::helpdesks::booking::{give, spend};
use super::organisations::teach;
use super::request::state;
use super::*;
use crate::clock::BURN_IN;
use crate::fixture::{self, REJECT, hub, inputs, simulation, simulation_of, switch_off, thematic, z_of_count};
use crate::ids::Key;
use crate::ids::MandateId;
use crate::ids::OrganisationId;
use crate::ids::RegionId;
use crate::ids::ThemeId;
use crate::mechanisms::support::helpdesks::ServicePoint;
use crate::mechanisms::support::request::Request;
use crate::policy::Policy;
use crate::policy::levers::FoundationRole;
use crate::simulation::Simulation;
use crate::state::volunteers::flag;

/// The small world with its three hubs after two years.
fn with_hubs() -> Simulation {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 2);
    sim.state.organisations.iter_mut().for_each(|o| o.support_left = Work(1e6));
    sim.state.mandates.iter_mut().for_each(|m| m.support_left = Work(1e6));
    sim
}

/// States of `count` requests for a theme in a region at a service point elsewhere, made one after the other.
fn asked(sim: &mut Simulation, service_point: impl Fn(&Helpdesks) -> u16, (r, t): (u8, u8), count: u64) -> Vec<u16> {
    let (mut helpdesks, awareness) = open(&sim.conditions.under(&thematic()), &sim.state);
    let mut volunteer = sim.state.volunteers[0];
    (volunteer.region, volunteer.theme, volunteer.tried) = (RegionId(r), ThemeId(t), 2);
    let mut requests: Vec<Request> = (0..count)
        .map(|key| {
            volunteer.key = Key(key);
            awareness.request_at(&helpdesks, 0, &volunteer, service_point(&helpdesks))
        })
        .collect();
    helpdesks.serve(&mut requests);
    sim.state.volunteers[0] = volunteer;
    outcome::settle(&sim.conditions.context(), &mut sim.state, &mut sim.record, &awareness, &mut helpdesks, &requests);
    requests.iter().map(|request| request.state).collect()
}

/// With h hubs the wrong hub is asked with probability 1 − 1/(1 + w(h − 1)): 30 quarters of 300 people who know their hub. The
/// mutant counts h instead of h − 1.
#[test]
fn the_wrong_hub_is_asked_as_often_as_stated() {
    let mut sim = with_hubs();
    sim.conditions.parameters.support.wrong_hub = 0.1;
    sim.state.mandates.iter_mut().for_each(|m| m.known = [1.0; MAX_REGIONS]);
    // In the first quarter of a request it is the hub's turn.
    sim.state.volunteers.iter_mut().for_each(|v| (v.flags, v.tried) = (v.flags & !flag::SENT, 1));
    let (mut wrong, mut all) = (0, 0);
    for quarter in 0..30 {
        sim.conditions.now.set_quarter(BURN_IN + quarter);
        let (_, awareness) = open(&sim.conditions.under(&thematic()), &sim.state);
        assert_eq!(awareness.hubs.len(), 3);
        for request in &sim.state.volunteers {
            let right = sim.state.hub_for(request.region, request.theme).expect("one for each theme");
            let (knows, service_point) = awareness.draws(request);
            let taken = awareness.outside(request, knows, service_point);
            assert!((Helpdesks::hub(0)..Helpdesks::hub(3)).contains(&taken));
            wrong += usize::from(awareness.hubs[usize::from(taken - Helpdesks::hub(0))] != right);
            all += 1;
        }
    }
    assert!(z_of_count(wrong, all, 1.0 - 1.0 / 1.2).abs() < REJECT);
    assert!(z_of_count(wrong, all, 1.0 - 1.0 / 1.3).abs() > REJECT, "the mutant passes");
}

/// A service point solves a request with probability E/(E + half) · affinity: 3,000 requests; expertise alone, the mutant,
/// is rejected.
#[test]
fn service_points_help_by_expertise_and_affinity() {
    let mut sim = with_hubs();
    let foundation = sim.state.foundation.expect("there is one");
    sim.state.organisations[foundation].expertise[0] = 0.5;
    sim.state.affinity[(RegionId(0), RegionId(1))] = 0.6;
    let states = asked(&mut sim, Helpdesks::foundation, (1, 0), 3000);
    let solved = states.iter().filter(|&&state| state & state::HELPED_OUTSIDE != 0).count();
    assert!(z_of_count(solved, 3000, 0.5 / 0.75 * 0.6).abs() < REJECT);
    assert!(z_of_count(solved, 3000, 0.5 * 0.6).abs() > REJECT, "the mutant passes");
}

/// Work is booked at the service point and help in the region of the request; its effect is between a half and one.
#[test]
fn help_costs_work_and_its_effect_is_between_a_half_and_one() {
    let mut sim = with_hubs();
    sim.record.clear_year();
    let f = sim.state.foundation.expect("there is one").index();
    let before = sim.state.organisations[OrganisationId::from_index(f)].support_left;
    let states = asked(&mut sim, Helpdesks::foundation, (0, 0), 200);
    let ppa = sim.state.people_per_agent;
    let helped = states.iter().filter(|&&state| state & state::HELPED_OUTSIDE != 0).count() as f64;
    assert!(states.iter().all(|state| state & state::OUTSIDE != 0) && helped > 10.0 && helped < 190.0);
    let spent = before - sim.state.organisations[OrganisationId::from_index(f)].support_left;
    let cost = 0.006 * ppa * (helped + 0.3 * (200.0 - helped));
    assert!((spent.0 - cost).abs() < 1e-8 && (sim.record.movement.support_work.0 - cost).abs() < 1e-9);
    let effect = sim.record.regions[RegionId(0)].help_foundation / (helped * ppa);
    assert!((0.5..=1.0).contains(&effect), "{effect}");
    assert_eq!(sim.record.regions[RegionId(0)].bounces, (200.0 - helped) * ppa);
}

/// Where nobody knows a service point and none tells of itself, nobody is sent on by one, and nobody is helped.
#[test]
fn nobody_is_sent_on_from_nowhere() {
    for policy in [Policy::default(), thematic()] {
        let mut sim = simulation();
        fixture::run(&mut sim, &policy, 2);
        let p = &mut sim.conditions.parameters.support;
        (p.walk_in, p.referral, p.organisation_requests, p.outreach) = (0.0, 1.0, 0.0, 0.0);
        sim.state.regions.iter_mut().for_each(|r| r.foundation_known = 0.0);
        sim.state.mandates.iter_mut().for_each(|m| m.known = [0.0; MAX_REGIONS]);
        for volunteer in &mut sim.state.volunteers {
            (volunteer.affiliation, volunteer.tried) = (crate::state::UNAFFILIATED, 0);
            volunteer.flags &= !(flag::SENT | flag::WAYS);
        }
        sim.record.clear_year();
        for quarter in 0..8 {
            sim.conditions.now.set_quarter(BURN_IN + 8 + quarter);
            sim.state.organisations.iter_mut().for_each(|o| o.support_left = Work(1e6));
            sim.state.mandates.iter_mut().for_each(|m| m.support_left = Work(1e6));
            run(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
        }
        let sum = |of: fn(&crate::record::RegionSums) -> f64| sim.record.regions.iter().map(of).sum::<f64>();
        assert!(sum(|r| r.requests) > 0.0);
        assert_eq!(sum(|r| r.help_local + r.help_foundation + r.help_hubs), 0.0);
        assert!(sim.state.volunteers.iter().all(|v| v.flags & flag::SENT == 0));
    }
}

/// Who is sent on by a service point that could not help knows the responsible one until that changes hands.
#[test]
fn who_is_sent_on_remembers_it_until_another_is_responsible() {
    let mut sim = with_hubs();
    sim.conditions.parameters.support.referral = 1.0;
    routing::forget_referrals(&sim.conditions.under(&thematic()), &mut sim.state);
    let there = (sim.state.volunteers[0].region, sim.state.volunteers[0].theme);
    let m = sim.state.hub_for(there.0, there.1).expect("one for each theme");
    sim.state.volunteers[0].flags |= flag::SENT;
    routing::forget_referrals(&sim.conditions.under(&thematic()), &mut sim.state);
    assert!(sim.state.volunteers[0].flags & flag::SENT != 0, "nothing has changed");
    let holder = sim.state.mandates[m].holder;
    let next = sim.state.affiliates().find(|&id| id != holder).expect("another");
    sim.state.mandates[m].holder = next;
    routing::forget_referrals(&sim.conditions.under(&thematic()), &mut sim.state);
    assert!(sim.state.volunteers[0].flags & flag::SENT == 0, "it changed hands");
}

#[test]
fn a_foundation_that_gave_a_theme_up_does_not_help_in_it() {
    let mut policy = thematic();
    policy.hubs.foundation = FoundationRole::KeepsCore;
    let mut sim = simulation();
    fixture::run(&mut sim, &policy, 1);
    let foundation = sim.state.foundation.expect("there is one");
    sim.state.organisations[foundation].support_left = Work(1e6);
    let mut helped = |t| {
        let states = asked(&mut sim, Helpdesks::foundation, (0, t), 100);
        states.iter().any(|state| state & state::HELPED_OUTSIDE != 0)
    };
    assert!(!helped(0) && helped(1), "it keeps its core");
}

/// A volunteer who is never helped tries three service points, one a quarter, and then gives up: two bounces and one
/// larger loss of motivation.
#[test]
fn a_few_service_points_are_tried_and_then_no_more() {
    let mut sim = simulation();
    // Nor anything that was kept from the burn-in.
    sim.state.organisations.iter_mut().for_each(|o| (o.support_left, o.queue.balance) = (Work::ZERO, Work::ZERO));
    sim.conditions.parameters.support.requests = 1.0;
    sim.conditions.parameters.support.organisation_requests = 0.0;
    sim.state.volunteers.iter_mut().for_each(|v| (v.tried, v.motivation) = (0, 0.9));
    let all = sim.state.volunteers.len() as f64 * sim.state.people_per_agent;
    for quarter in 0..3 {
        sim.record.clear_year();
        sim.conditions.now.set_quarter(BURN_IN + quarter);
        run(&sim.conditions.under(&Policy::default()), &mut sim.state, &mut sim.record);
        let asked: f64 = sim.record.regions.iter().map(|r| r.requests).sum();
        let gave_up: f64 = sim.record.regions.iter().map(|r| r.given_up).sum();
        let bounces: f64 = sim.record.regions.iter().map(|r| r.bounces).sum();
        assert_eq!(asked, if quarter == 0 { all } else { 0.0 });
        assert_eq!(gave_up, if quarter == 2 { all } else { 0.0 });
        assert_eq!(bounces, all);
    }
    let p = &sim.conditions.parameters.volunteers;
    let left = 0.9 - 2.0 * p.bounced - p.unmet;
    assert!(sim.state.volunteers.iter().all(|v| (f64::from(v.motivation) - left).abs() < 1e-5));
    assert!(sim.state.volunteers.iter().all(|v| v.tried == 0));
}

/// 300 people, 30 quarters: requests arise as often as stated; 0.17, the mutant, is rejected.
#[test]
fn requests_arise_as_often_as_stated() {
    let mut sim = simulation();
    let mut asked = 0;
    for quarter in 0..30 {
        sim.conditions.now.set_quarter(BURN_IN + quarter);
        sim.state.volunteers.iter_mut().for_each(|v| v.tried = 0);
        let (helpdesks, awareness) = open(&sim.conditions.under(&thematic()), &sim.state);
        asked += requests::collect(&sim.conditions.context(), &mut sim.state, &awareness, &helpdesks).len();
    }
    assert!(z_of_count(asked, 9000, 0.15).abs() < REJECT);
    assert!(z_of_count(asked, 9000, 0.17).abs() > REJECT, "the mutant passes");
}

#[test]
fn switched_off_nobody_asks() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "support");
    let mut sim = simulation_of(&inputs);
    for _ in 0..3 {
        fixture::run(&mut sim, &thematic(), 1);
        assert_eq!(sim.record.regions.iter().map(|r| r.requests + r.bounces + r.help_local).sum::<f64>(), 0.0);
        assert_eq!(sim.record.movement.support_work, Work::ZERO);
    }
}

#[test]
fn who_is_taught_closes_a_part_of_the_gap_and_imitates() {
    let mut sim = simulation();
    let (helper, pupil, t) = (OrganisationId(1), OrganisationId(4), ThemeId(0));
    let near = sim.state.affinity(RegionId(0), RegionId(1));
    sim.state.organisations[OrganisationId(1)].expertise[0] = 0.9;
    sim.state.organisations[OrganisationId(4)].expertise[0] = 0.3;
    (sim.state.organisations[OrganisationId(1)].approach[0], sim.state.organisations[OrganisationId(4)].approach[0]) =
        (0.1, 0.9);
    teach(&sim.conditions.context(), &mut sim.state, helper, pupil, t);
    assert!((sim.state.organisations[OrganisationId(4)].expertise[0] - (0.3 + 0.08 * near * 0.6)).abs() < 1e-12);
    assert!(
        (sim.state.organisations[OrganisationId(4)].approach[0] - (0.9 + 0.15 * 0.2)).abs() < 1e-12,
        "the short way round"
    );
    teach(&sim.conditions.context(), &mut sim.state, pupil, helper, t);
    assert_eq!(sim.state.organisations[OrganisationId(1)].expertise[0], 0.9, "nobody unlearns from who knows less");
}

/// Where affiliates are open to others, whoever knows one of the region may ask there, after its own people. The mutant gives all
/// that is left, however little is set aside.
#[test]
fn open_doors_help_more_people() {
    let helped = |open_doors: f64| {
        let mut inputs = inputs();
        inputs.region.iter_mut().for_each(|region| region.foundation_known = 0.1);
        let mut policy = Policy::default();
        policy.governance.open_doors = open_doors;
        let mut sim = simulation_of(&inputs);
        let mut help = 0.0;
        for _ in 0..4 {
            fixture::run(&mut sim, &policy, 1);
            help += sim.record.regions.iter().map(|r| r.help_local).sum::<f64>();
        }
        help
    };
    let [closed, hardly, open] = [0.0, 1e-4, 1.0].map(helped);
    assert!(open > 1.05 * closed && hardly - closed < 0.2 * (open - closed), "{closed}, {hardly}, {open}");
}

/// More work for support meets more needs; a wider search for help too.
#[test]
fn need_met_moves_as_it_should() {
    let met = |change: &dyn Fn(&mut crate::inputs::Inputs)| {
        let mut inputs = inputs();
        change(&mut inputs);
        let mut sim = simulation_of(&inputs);
        let (mut help, mut requests) = (0.0, 0.0);
        for _ in 0..4 {
            fixture::run(&mut sim, &Policy::default(), 1);
            help += sim.record.regions.iter().map(|r| r.help_local + r.help_foundation).sum::<f64>();
            requests += sim.record.regions.iter().map(|r| r.requests).sum::<f64>();
        }
        help / requests
    };
    let usual = met(&|_| ());
    assert!(met(&|s| s.parameters.support.walk_in = 1.0) > usual);
    assert!(met(&|s| s.parameters.support.walk_in = 0.0) < usual);
    assert!(met(&|s| s.parameters.support.half_expertise = 1.0) < usual);
    assert!(met(&|s| s.parameters.support.places_tried = 1.0) < usual);
    assert!(met(&|s| s.parameters.support.request_work = Work(0.1)) < usual);
    assert!(met(&|s| s.region.iter_mut().for_each(|r| r.foundation_known = 1.0)) > usual);
}

/// Newcomers among organisations learn their way about with every help: (1 − o)' = (1 − orientation)(1 − o).
#[test]
fn organisations_find_their_way_by_being_helped() {
    let mut sim = with_hubs();
    sim.conditions.parameters.support.organisation_requests = 1.0;
    sim.conditions.parameters.support.small_below = Capacity(100.0);
    sim.state.organisations.iter_mut().for_each(|o| o.orientation = 0.5);
    sim.state.mandates.iter_mut().for_each(|m| m.known = [1.0; MAX_REGIONS]);
    let (helpdesks, awareness) = open(&sim.conditions.under(&thematic()), &sim.state);
    serve_organisations(&sim.conditions.context(), &mut sim.state, &mut sim.record, &awareness, &helpdesks);
    let steps: Vec<f64> = sim.state.affiliates().map(|o| sim.state.organisations[o].orientation).collect();
    assert!(steps.iter().all(|&o| o == 0.5 || (o - (0.5 + 0.15 * 0.5)).abs() < 1e-12), "{steps:?}");
    assert!(steps.iter().any(|&o| o > 0.5));
}

/// Organisations that ask for more than is left are served by chance, and not in an order.
#[test]
fn organisations_are_rationed() {
    let helped = |work: f64| {
        let mut sim = with_hubs();
        sim.conditions.parameters.support.organisation_requests = 1.0;
        sim.conditions.parameters.support.small_below = Capacity(100.0);
        sim.state.organisations.iter_mut().for_each(|o| (o.orientation, o.support_left) = (0.5, Work(work)));
        sim.state.mandates.iter_mut().for_each(|m| (m.known, m.support_left) = ([1.0; MAX_REGIONS], Work(work)));
        let (helpdesks, awareness) = open(&sim.conditions.under(&thematic()), &sim.state);
        serve_organisations(&sim.conditions.context(), &mut sim.state, &mut sim.record, &awareness, &helpdesks);
        sim.state.affiliates().filter(|&id| sim.state.organisations[id].orientation > 0.5).collect::<Vec<_>>()
    };
    let (all, some) = (helped(100.0), helped(0.05));
    assert!(helped(0.0).is_empty());
    assert!(!some.is_empty() && some.len() < all.len(), "{some:?} of {all:?}");
    assert!(some.iter().all(|id| all.contains(id)) && all[..some.len()] != some, "{some:?} of {all:?}");
}

/// Help is across if who gives it is elsewhere, the foundation too.
#[test]
fn help_across_is_by_others_of_other_regions() {
    let mut sim = with_hubs();
    sim.record.clear_year();
    let (m, t) = (hub(&sim, 0), ThemeId(0));
    let holder = sim.state.mandates[m].holder;
    let foundation = sim.state.foundation.expect("there is one");
    for r in sim.state.region_ids() {
        give(&mut sim.state, &mut sim.record, ServicePoint::Hub(m), holder, r, t, 1.0);
        give(&mut sim.state, &mut sim.record, ServicePoint::Organisation(foundation), foundation, r, t, 1.0);
    }
    let [home, centre] = [holder, foundation].map(|id| sim.state.organisations[id].region);
    for r in sim.state.region_ids() {
        let sums = &sim.record.regions[r];
        assert_eq!((sums.help_hubs, sums.help_foundation), (1.0, 1.0));
        assert_eq!(sums.help_across, f64::from(u8::from(r != home)) + f64::from(u8::from(r != centre)));
    }
}

/// Of first waits, those of members of user groups of less than two years are told apart.
#[test]
fn first_waits_in_young_groups_are_told_apart() {
    let mut sim = simulation();
    let group = fixture::named(&sim, "North 2");
    let chapter = fixture::named(&sim, "North 0");
    let now = sim.conditions.now.quarter() as i32;
    for (o, founded, young) in [(group, now - 7, 1.0), (group, now - 8, 0.0), (chapter, now - 7, 0.0)] {
        sim.record.clear_year();
        sim.state.organisations[o].founded = founded;
        sim.state.volunteers[0].affiliation = o.0;
        first_wait(&mut sim, true);
        let (ppa, sums) = (sim.state.people_per_agent, &sim.record.regions[sim.state.volunteers[0].region]);
        assert_eq!((sums.first_waits, sums.first_wait), (ppa, 3.0 * ppa));
        assert_eq!((sums.young_waits, sums.young_wait), (young * ppa, 3.0 * young * ppa));
    }
    sim.record.clear_year();
    sim.state.volunteers[0].affiliation = crate::state::UNAFFILIATED;
    first_wait(&mut sim, true);
    assert!(sim.record.regions.iter().all(|sums| sums.young_waits == 0.0));
    sim.record.clear_year();
    first_wait(&mut sim, false);
    assert!(sim.record.regions.iter().all(|sums| sums.first_waits == 0.0));
}

/// The first volunteer's wait, if it ends now, after three quarters.
fn first_wait(sim: &mut Simulation, ends: bool) {
    let mut waits = FirstWaits::new(&sim.conditions.context(), &sim.state);
    let volunteer = &mut sim.state.volunteers[0];
    volunteer.flags &= !flag::WAITED;
    waits.note(volunteer, ends, 3, false);
    assert_eq!(volunteer.flags & flag::WAITED != 0, ends);
    waits.book(&mut sim.state, &mut sim.record);
}

/// Learning by doing is whose work it was: of those who hold a hub together, the one who helped.
#[test]
fn work_at_a_service_point_is_done_by_who_helps_there() {
    let mut sim = with_hubs();
    let m = hub(&sim, 0);
    let holder = sim.state.mandates[m].holder;
    let partner = sim.state.affiliates().find(|&id| id != holder).expect("another");
    let done = |sim: &Simulation, id: OrganisationId| sim.state.organisations[id].done[0];
    let before = (done(&sim, holder), done(&sim, partner), sim.state.mandates[m].support_left);
    spend(&mut sim.state, &mut sim.record, ServicePoint::Hub(m), partner, ThemeId(0), Work(0.5));
    assert_eq!(done(&sim, holder), before.0);
    assert_eq!(done(&sim, partner), before.1 + 0.5);
    assert_eq!(sim.state.mandates[m].support_left, before.2 - Work(0.5));
}
