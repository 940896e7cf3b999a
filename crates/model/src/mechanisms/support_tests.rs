//! Tests of help, doors and how hubs become known.

use super::callers::state;
use super::doors::{give, spend};
use super::organisations::teach;
use super::*;
use crate::fixture::{self, REJECT, hub, setup, switch_off, thematic, world, world_of, z_of_count};
use crate::ids::Key;
use crate::policy::Policy;
use crate::policy::levers::FoundationRole;
use crate::state::BURN_IN;

/// The small world with its three hubs after two years.
fn with_hubs() -> World {
    let mut world = world();
    fixture::run(&mut world, &thematic(), 2);
    world.organisations.iter_mut().for_each(|o| o.support_left = Work(1e6));
    world.mandates.iter_mut().for_each(|m| m.support_left = Work(1e6));
    world
}

/// What comes of so many requests about a theme in a region at a door outside, by one who asks after the other.
fn asked(world: &mut World, door: impl Fn(&Doors) -> u16, (r, t): (u8, u8), count: u64) -> Vec<u16> {
    let (mut doors, signs) = open(world, &thematic());
    let mut volunteer = world.volunteers[0];
    (volunteer.region, volunteer.theme, volunteer.tried) = (RegionId(r), ThemeId(t), 2);
    let mut callers: Vec<Caller> = (0..count)
        .map(|key| {
            volunteer.key = Key(key);
            signs.caller_at(&doors, 0, &volunteer, door(&doors))
        })
        .collect();
    doors.serve(&mut callers, &(0..count).collect::<Vec<u64>>());
    world.volunteers[0] = volunteer;
    outcome::settle(world, &signs, &mut doors, &callers);
    callers.iter().map(|caller| caller.state).collect()
}

/// With h hubs the wrong door is taken with 1 − 1/(1 + w(h − 1)): 30 quarters of 300 people who know their hub. The
/// mutant counts h instead of h − 1.
#[test]
fn the_wrong_door_is_taken_as_often_as_stated() {
    let mut world = with_hubs();
    world.parameters.support.wrong_door = 0.1;
    world.mandates.iter_mut().for_each(|m| m.known = [1.0; MAX_REGIONS]);
    world.volunteers.iter_mut().for_each(|v| v.flags &= !flag::SENT);
    let (mut wrong, mut all) = (0, 0);
    for quarter in 0..30 {
        world.quarter = BURN_IN + quarter;
        let (_, signs) = open(&world, &thematic());
        assert_eq!(signs.hubs.len(), 3);
        for caller in &world.volunteers {
            let right = world.hub_for(caller.region, caller.theme).expect("one for each theme");
            let (knows, door) = signs.draws(caller);
            let taken = signs.outside(caller, knows, door);
            assert!((Doors::hub(0)..Doors::hub(3)).contains(&taken));
            wrong += usize::from(signs.hubs[usize::from(taken - Doors::hub(0))] != right);
            all += 1;
        }
    }
    assert!(z_of_count(wrong, all, 1.0 - 1.0 / 1.2).abs() < REJECT);
    assert!(z_of_count(wrong, all, 1.0 - 1.0 / 1.3).abs() > REJECT, "the mutant passes");
}

/// A door solves with probability E/(E + half) · affinity: 3,000 knocks of an able holder; expertise alone, the mutant,
/// is rejected.
#[test]
fn doors_help_as_often_as_they_know_and_are_near() {
    let mut world = with_hubs();
    let foundation = world.foundation.expect("there is one");
    world.organisations[foundation].expertise[0] = 0.5;
    world.affinity[(RegionId(0), RegionId(1))] = 0.6;
    let states = asked(&mut world, Doors::foundation, (1, 0), 3000);
    let solved = states.iter().filter(|&&state| state & state::HELPED_OUTSIDE != 0).count();
    assert!(z_of_count(solved, 3000, 0.5 / 0.75 * 0.6).abs() < REJECT);
    assert!(z_of_count(solved, 3000, 0.5 * 0.6).abs() > REJECT, "the mutant passes");
}

/// What is counted is booked: work at the door, help where it was asked for, its effect between a half and one.
#[test]
fn help_costs_work_and_its_effect_is_between_a_half_and_one() {
    let mut world = with_hubs();
    world.tally.clear();
    let f = world.foundation.expect("there is one").index();
    let before = world.organisations[OrganisationId::from_index(f)].support_left;
    let states = asked(&mut world, Doors::foundation, (0, 0), 200);
    let ppa = world.people_per_agent;
    let helped = states.iter().filter(|&&state| state & state::HELPED_OUTSIDE != 0).count() as f64;
    assert!(states.iter().all(|state| state & state::OUTSIDE != 0) && helped > 10.0 && helped < 190.0);
    let spent = before - world.organisations[OrganisationId::from_index(f)].support_left;
    let cost = 0.006 * ppa * (helped + 0.3 * (200.0 - helped));
    assert!((spent.0 - cost).abs() < 1e-8 && (world.tally.support.0 - cost).abs() < 1e-9);
    let effect = world.tally.regions[RegionId(0)].help_foundation / (helped * ppa);
    assert!((0.5..=1.0).contains(&effect), "{effect}");
    assert_eq!(world.tally.regions[RegionId(0)].bounces, (200.0 - helped) * ppa);
}

/// Work runs out one by one: who comes later finds nobody, and a request that there is only work to fail at fails.
#[test]
fn where_no_work_is_left_nobody_is_looked_after() {
    let mut world = with_hubs();
    let f = world.foundation.expect("there is one").index();
    world.organisations[OrganisationId::from_index(f)].expertise[0] = 1e9;
    let one = 0.006 * world.people_per_agent;
    world.organisations[OrganisationId::from_index(f)].support_left = Work(one * 2.5);
    let states = asked(&mut world, Doors::foundation, (0, 0), 5);
    let looked_after: Vec<bool> = states.iter().map(|state| state & state::OUTSIDE != 0).collect();
    let helped: Vec<bool> = states.iter().map(|state| state & state::HELPED_OUTSIDE != 0).collect();
    assert_eq!(looked_after, [true, true, true, false, false]);
    assert_eq!(helped, [true, true, false, false, false]);
}

#[test]
fn a_foundation_that_gave_a_theme_up_does_not_help_in_it() {
    let mut policy = thematic();
    policy.hubs.foundation = FoundationRole::KeepsCore;
    let mut world = world();
    fixture::run(&mut world, &policy, 1);
    let foundation = world.foundation.expect("there is one");
    world.organisations[foundation].support_left = Work(1e6);
    let mut helped = |t| {
        let states = asked(&mut world, Doors::foundation, (0, t), 100);
        states.iter().any(|state| state & state::HELPED_OUTSIDE != 0)
    };
    assert!(!helped(0) && helped(1), "it keeps its core");
}

/// Who is never helped tries three doors outside, one a quarter, and then gives up: two bounces' and one larger loss of
/// heart.
#[test]
fn a_few_doors_are_tried_and_then_no_more() {
    let mut world = world();
    world.organisations.iter_mut().for_each(|o| o.support_left = Work::ZERO);
    world.parameters.support.requests = 1.0;
    world.parameters.support.organisation_requests = 0.0;
    world.volunteers.iter_mut().for_each(|v| (v.tried, v.motivation) = (0, 0.9));
    let all = world.volunteers.len() as f64 * world.people_per_agent;
    for quarter in 0..3 {
        world.tally.clear();
        world.quarter = BURN_IN + quarter;
        run(&mut world, &Policy::default());
        let asked: f64 = world.tally.regions.iter().map(|r| r.requests).sum();
        let gave_up: f64 = world.tally.regions.iter().map(|r| r.given_up).sum();
        let bounces: f64 = world.tally.regions.iter().map(|r| r.bounces).sum();
        assert_eq!(asked, if quarter == 0 { all } else { 0.0 });
        assert_eq!(gave_up, if quarter == 2 { all } else { 0.0 });
        assert_eq!(bounces, all);
    }
    let p = &world.parameters.volunteers;
    let left = 0.9 - 2.0 * p.bounced - p.unmet;
    assert!(world.volunteers.iter().all(|v| (f64::from(v.motivation) - left).abs() < 1e-5));
    assert!(world.volunteers.iter().all(|v| v.tried == 0));
}

/// 300 people, 30 quarters: requests arise as often as stated; 0.17, the mutant, is rejected.
#[test]
fn requests_arise_as_often_as_stated() {
    let mut world = world();
    let mut asked = 0;
    for quarter in 0..30 {
        world.quarter = BURN_IN + quarter;
        world.volunteers.iter_mut().for_each(|v| v.tried = 0);
        let (doors, signs) = open(&world, &thematic());
        asked += callers::find(&mut world, &signs, &doors).0.len();
    }
    assert!(z_of_count(asked, 9000, 0.15).abs() < REJECT);
    assert!(z_of_count(asked, 9000, 0.17).abs() > REJECT, "the mutant passes");
}

#[test]
fn switched_off_nobody_asks() {
    let mut setup = setup();
    switch_off(&mut setup.parameters, "support");
    let mut world = world_of(&setup);
    for _ in 0..3 {
        fixture::run(&mut world, &thematic(), 1);
        assert_eq!(world.tally.regions.iter().map(|r| r.requests + r.bounces + r.help_local).sum::<f64>(), 0.0);
        assert_eq!(world.tally.support, Work::ZERO);
    }
}

/// K' = K (1 − forgetting) + (told + use · K)(1 − K)/(1 + attention · others), one hub, one region at a time.
#[test]
fn knowledge_of_a_hub_follows_its_equation() {
    let mut world = with_hubs();
    let m = hub(&world, 0).index();
    let region = world.organisations[world.mandates[MandateId::from_index(m)].holder].region;
    world.mandates.iter_mut().for_each(|m| (m.known, m.outreach) = ([0.2; MAX_REGIONS], Work::ZERO));
    world.regions.iter_mut().for_each(|region| region.volunteers = 1000.0);
    world.mandates[MandateId::from_index(m)].outreach = Work(1.5);
    world.mandates[MandateId::from_index(m)].asked_now[region] = 10.0;
    world.mandates[MandateId::from_index(m)].service_now[region] = 5.0;
    become_known(&mut world);
    let told = 0.7 * 1.5 / 3.0 * 0.4;
    let gain = (told + 0.15 * 0.5 * 0.2) * 0.8 / (1.0 + 0.5 * 0.4);
    assert!((world.mandates[MandateId::from_index(m)].known[region] - (0.2 * 0.98 + gain)).abs() < 1e-12);
    let other = world.region_ids().find(|&r| r != region).expect("three regions");
    let gain = told * world.affinity(region, other) * 0.8 / 1.2;
    assert!((world.mandates[MandateId::from_index(m)].known[other] - (0.2 * 0.98 + gain)).abs() < 1e-12);
    let idle = hub(&world, 1).index();
    assert!(
        world.mandates[MandateId::from_index(idle)].known[..3].iter().all(|&known| (known - 0.2 * 0.98).abs() < 1e-12)
    );
}

#[test]
fn knowledge_and_catalogues_stay_between_nothing_and_all() {
    let mut world = with_hubs();
    world.parameters.support.outreach = 10.0;
    world.parameters.production.cataloguing = 10.0;
    for _ in 0..20 {
        fixture::run(&mut world, &thematic(), 1);
        for m in world.mandates.iter().filter(|m| m.alive()) {
            assert!(m.known.iter().all(|known| (0.0..=1.0).contains(known)));
            assert!((0.0..=1.0).contains(&m.catalogue));
        }
    }
}

#[test]
fn attention_is_limited() {
    let known = |attention: f64| {
        let mut setup = setup();
        setup.parameters.support.attention = attention;
        let mut world = world_of(&setup);
        fixture::run(&mut world, &thematic(), 4);
        world.hubs().map(|m| world.mandates[m].known[..3].iter().sum::<f64>()).sum::<f64>()
    };
    assert!(known(1.5) < known(0.0));
}

#[test]
fn who_is_taught_closes_a_part_of_the_gap_and_imitates() {
    let mut world = world();
    let (helper, pupil, t) = (OrganisationId(1), OrganisationId(4), ThemeId(0));
    let near = world.affinity(RegionId(0), RegionId(1));
    world.organisations[OrganisationId(1)].expertise[0] = 0.9;
    world.organisations[OrganisationId(4)].expertise[0] = 0.3;
    (world.organisations[OrganisationId(1)].approach[0], world.organisations[OrganisationId(4)].approach[0]) =
        (0.1, 0.9);
    teach(&mut world, helper, pupil, t);
    assert!((world.organisations[OrganisationId(4)].expertise[0] - (0.3 + 0.08 * near * 0.6)).abs() < 1e-12);
    assert!(
        (world.organisations[OrganisationId(4)].approach[0] - (0.9 + 0.15 * 0.2)).abs() < 1e-12,
        "the short way round"
    );
    teach(&mut world, pupil, helper, t);
    assert_eq!(world.organisations[OrganisationId(1)].expertise[0], 0.9, "nobody unlearns from who knows less");
}

/// More work for support meets more needs; a wider search for help too.
#[test]
fn need_met_moves_as_it_should() {
    let met = |change: &dyn Fn(&mut crate::inputs::Setup)| {
        let mut setup = setup();
        change(&mut setup);
        let mut world = world_of(&setup);
        let (mut help, mut requests) = (0.0, 0.0);
        for _ in 0..4 {
            fixture::run(&mut world, &Policy::default(), 1);
            help += world.tally.regions.iter().map(|r| r.help_local + r.help_foundation).sum::<f64>();
            requests += world.tally.regions.iter().map(|r| r.requests).sum::<f64>();
        }
        help / requests
    };
    let usual = met(&|_| ());
    assert!(met(&|s| s.parameters.support.walk_in = 1.0) > usual);
    assert!(met(&|s| s.parameters.support.walk_in = 0.0) < usual);
    assert!(met(&|s| s.parameters.support.half_expertise = 1.0) < usual);
    assert!(met(&|s| s.parameters.support.doors = 1.0) < usual);
    assert!(met(&|s| s.parameters.support.request_work = 0.1) < usual);
    assert!(met(&|s| s.region.iter_mut().for_each(|r| r.foundation_known = 1.0)) > usual);
}

/// Newcomers among organisations learn their way about with every help: (1 − o)' = (1 − orientation)(1 − o).
#[test]
fn organisations_find_their_way_by_being_helped() {
    let mut world = with_hubs();
    world.parameters.support.organisation_requests = 1.0;
    world.parameters.support.small_below = 100.0;
    world.organisations.iter_mut().for_each(|o| o.orientation = 0.5);
    world.mandates.iter_mut().for_each(|m| m.known = [1.0; MAX_REGIONS]);
    let (doors, signs) = open(&world, &thematic());
    serve_organisations(&mut world, &signs, &doors);
    let steps: Vec<f64> = world.affiliates().map(|o| world.organisations[o].orientation).collect();
    assert!(steps.iter().all(|&o| o == 0.5 || (o - (0.5 + 0.15 * 0.5)).abs() < 1e-12), "{steps:?}");
    assert!(steps.iter().any(|&o| o > 0.5));
}

/// Help is across if who gives it lives elsewhere; the foundation's is not counted so.
#[test]
fn help_across_is_by_others_of_other_regions() {
    let mut world = with_hubs();
    world.tally.clear();
    let (m, t) = (hub(&world, 0), ThemeId(0));
    let holder = world.mandates[m].holder;
    let foundation = world.foundation.expect("there is one");
    for r in world.region_ids() {
        give(&mut world, Door::Hub(m), holder, r, t, 1.0);
        give(&mut world, Door::Organisation(foundation), foundation, r, t, 1.0);
    }
    let home = world.organisations[holder].region;
    for r in world.region_ids() {
        let tally = &world.tally.regions[r];
        assert_eq!((tally.help_hubs, tally.help_foundation), (1.0, 1.0));
        assert_eq!(tally.help_across, if r == home { 0.0 } else { 1.0 });
    }
}

/// Of first waits, those of members of user groups of less than two years are told apart.
#[test]
fn first_waits_in_young_groups_are_told_apart() {
    let mut world = world();
    let group = fixture::named(&world, "North 2");
    let chapter = fixture::named(&world, "North 0");
    let now = world.quarter as i32;
    for (o, founded, young) in [(group, now - 7, 1.0), (group, now - 8, 0.0), (chapter, now - 7, 0.0)] {
        world.tally.clear();
        world.organisations[o].founded = founded;
        world.volunteers[0].affiliation = o.0;
        first_wait(&mut world, true);
        let (ppa, tally) = (world.people_per_agent, &world.tally.regions[world.volunteers[0].region]);
        assert_eq!((tally.first_waits, tally.first_wait), (ppa, 3.0 * ppa));
        assert_eq!((tally.young_waits, tally.young_wait), (young * ppa, 3.0 * young * ppa));
    }
    world.tally.clear();
    world.volunteers[0].affiliation = crate::state::UNAFFILIATED;
    first_wait(&mut world, true);
    assert!(world.tally.regions.iter().all(|tally| tally.young_waits == 0.0));
    world.tally.clear();
    first_wait(&mut world, false);
    assert!(world.tally.regions.iter().all(|tally| tally.first_waits == 0.0));
}

/// The first volunteer's wait, if it ends now, after three quarters.
fn first_wait(world: &mut World, ends: bool) {
    let mut waits = FirstWaits::of(world);
    let volunteer = &mut world.volunteers[0];
    volunteer.flags &= !flag::WAITED;
    waits.note(volunteer, ends, 3, false);
    assert_eq!(volunteer.flags & flag::WAITED != 0, ends);
    waits.book(world);
}

/// Learning by doing is whose work it was: of those who hold a hub together, the one who helped.
#[test]
fn work_at_a_door_is_done_by_who_helps_there() {
    let mut world = with_hubs();
    let m = hub(&world, 0);
    let holder = world.mandates[m].holder;
    let partner = world.affiliates().find(|&id| id != holder).expect("another");
    let done = |world: &World, id: OrganisationId| world.organisations[id].done[0];
    let before = (done(&world, holder), done(&world, partner), world.mandates[m].support_left);
    spend(&mut world, Door::Hub(m), partner, ThemeId(0), Work(0.5));
    assert_eq!(done(&world, holder), before.0);
    assert_eq!(done(&world, partner), before.1 + 0.5);
    assert_eq!(world.mandates[m].support_left, before.2 - Work(0.5));
}
