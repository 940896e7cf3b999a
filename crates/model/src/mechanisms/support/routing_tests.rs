//! Tests of the way between two hubs.

use super::*;
use crate::fixture::{self, REJECT, both, hub, thematic, world, z_of_count};
use crate::ids::Key;
use crate::random::Stream;

const CELL: (RegionId, ThemeId) = (RegionId(0), ThemeId(0));

/// The small world with hubs of both kinds after two years; everybody knows all of them, they have time, and nobody
/// else does.
fn with_both() -> World {
    let mut world = world();
    fixture::run(&mut world, &both(), 2);
    assert_eq!(world.hub_count(), 6);
    world.organisations.iter_mut().for_each(|o| o.support_left = Work::ZERO);
    world.mandates.iter_mut().for_each(|m| (m.support_left, m.known) = (Work(1e6), [1.0; MAX_REGIONS]));
    world.parameters.support.requests = 1.0;
    world.parameters.support.organisation_requests = 0.0;
    world.parameters.support.wrong_door = 0.0;
    for volunteer in &mut world.volunteers {
        volunteer.tried = 0;
        volunteer.flags &= !flag::TOLD;
    }
    world.tally.clear();
    world
}

/// The hubs responsible for the cell that is looked at.
fn guides(world: &World) -> Guides {
    Guides::by_cell(world)[CELL.0.index() * world.themes.len() + CELL.1.index()]
}

fn unclear(clarity: f64) -> Policy {
    let mut policy = both();
    policy.hubs.clarity = clarity;
    policy
}

fn sum(world: &World, value: fn(&crate::state::RegionTally) -> f64) -> f64 {
    world.tally.regions.iter().map(value).sum()
}

/// The better one is found with c + (1 − c)/2: 4,000 people at c = 0.6; the mutant forgets the coin.
#[test]
fn clarity_leads_to_the_better_hub() {
    let world = with_both();
    let guides = Guides { region_first: true, ..guides(&world) };
    let went = |guides: Guides| {
        let to = |i| guides.towards(0.6, Stream::new(1, 0).decision(Decision::Routing, 1).entity(Key(i)));
        (0..4000).filter(|&i| to(i) == guides.region).count()
    };
    assert!(z_of_count(went(guides), 4000, 0.8).abs() < REJECT);
    assert!(z_of_count(went(guides), 4000, 0.6).abs() > REJECT, "the mutant passes");
    assert!(z_of_count(went(Guides { region_first: false, ..guides }), 4000, 0.2).abs() < REJECT);
    assert_eq!(went(Guides { theme: None, ..guides }), 4000, "who knows one goes there");
}

#[test]
fn the_better_hub_is_the_one_whose_help_can_be_expected() {
    let mut world = with_both();
    let Guides { theme, region, .. } = guides(&world);
    let holder = |world: &World, m: Option<MandateId>| world.mandates[m.expect("there is one")].holder.index();
    let (thematic, regional) = (holder(&world, theme), holder(&world, region));
    if thematic == regional {
        return;
    }
    for (o, known) in [(thematic, 0.5), (regional, 0.6)] {
        let optimum = world.themes[ThemeId(0)].optimum;
        let o = &mut world.organisations[OrganisationId::from_index(o)];
        (o.expertise[0], o.approach[0], o.region) = (known, optimum, CELL.0);
    }
    assert!(guides(&world).region_first);
    world.organisations[OrganisationId::from_index(regional)].approach[0] =
        moved(world.themes[ThemeId(0)].optimum, 0.3);
    assert!(!guides(&world).region_first, "its way of doing it fits worse");
    world.organisations[OrganisationId::from_index(regional)].approach[0] = world.themes[ThemeId(0)].optimum;
    world.organisations[OrganisationId::from_index(thematic)].expertise[0] = 0.6;
    assert!(!guides(&world).region_first, "at equal promise the theme's hub comes first");
    let mut far = world.clone();
    far.organisations[OrganisationId::from_index(regional)].expertise[0] = 0.9;
    far.organisations[OrganisationId::from_index(regional)].region = RegionId(1);
    assert!(!guides(&far).region_first, "help is halved by distance");
}

/// Where both are responsible either passes on with passed_on · (1 − clarity): 4,000 visits; the mutant leaves clarity
/// out.
#[test]
fn people_are_passed_on_as_often_as_stated() {
    let world = with_both();
    let (_, signs) = open(&world, &unclear(0.4));
    let guides = guides(&world);
    let passed = |guides: Guides, door: MandateId| {
        (0..4000).filter(|&i| guides.passed_on(signs.passed_on, door, signs.routing.entity(Key(i))).is_some()).count()
    };
    for door in guides.both() {
        assert!(z_of_count(passed(guides, door), 4000, 0.5 * 0.6).abs() < REJECT);
        assert!(z_of_count(passed(guides, door), 4000, 0.5).abs() > REJECT, "the mutant passes");
    }
    let elsewhere = hub(&world, 1);
    assert_eq!(passed(guides, elsewhere), 0, "a wrong door is no conflict");
    assert_eq!(passed(Guides { region: None, ..guides }, guides.theme.expect("a hub")), 0, "nobody to pass on to");
}

/// Two hubs that always pass on: three quarters from one to the other, then everybody gives up. Each request is one
/// conflict.
#[test]
fn between_two_hubs_people_go_to_and_fro_and_give_up() {
    let mut world = with_both();
    world.parameters.support.passed_on = 1.0;
    let all = world.volunteers.len() as f64 * world.people_per_agent;
    let mut before: Option<Vec<u8>> = None;
    for quarter in 0..3 {
        world.quarter += 1;
        world.mandates.iter_mut().for_each(|m| m.support_left = Work(1e6));
        run(&mut world, &unclear(0.0));
        assert_eq!(sum(&world, |r| r.bounces), all * f64::from(quarter + 1));
        assert_eq!(sum(&world, |r| r.conflicts), all, "each request once");
        let ways = |flags: &u8| flags & (flag::TO_THEME | flag::TO_REGION);
        let now: Vec<u8> = world.volunteers.iter().map(|volunteer| ways(&volunteer.flags)).collect();
        if quarter < 2 {
            assert!(before.iter().flatten().zip(&now).all(|(before, now)| before ^ now == 48), "the other way");
        } else {
            assert!(now.iter().all(|&way| way == 0), "forgotten with the request");
        }
        before = Some(now);
    }
    assert_eq!(sum(&world, |r| r.given_up), all);
    assert_eq!(sum(&world, |r| r.help_hubs), 0.0);
}

#[test]
fn where_roles_are_clear_nobody_is_passed_on() {
    let mut world = with_both();
    world.parameters.support.passed_on = 1.0;
    run(&mut world, &unclear(1.0));
    assert_eq!(sum(&world, |r| r.conflicts), 0.0);
    assert!(sum(&world, |r| r.help_hubs) > 0.0);
}

#[test]
fn without_regional_hubs_clarity_means_nothing() {
    let run = |clarity: f64| {
        let mut world = world();
        let mut policy = thematic();
        policy.hubs.clarity = clarity;
        fixture::run(&mut world, &policy, 3);
        (world.volunteers.iter().map(|v| v.motivation).collect::<Vec<f32>>(), world.tally.support)
    };
    assert_eq!(run(0.0), run(1.0));
}

/// Requests of a cell, and help in it, count for both hubs' records: by region and by theme.
#[test]
fn requests_and_service_are_recorded_by_region_and_by_theme() {
    let mut world = world();
    fixture::run(&mut world, &both(), 4);
    for m in world.mandates.iter().filter(|m| m.alive()) {
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9 * (1.0 + a);
        assert!(close(m.requests.iter().sum(), m.requests_by_theme.iter().sum()));
        assert!(close(m.service.iter().sum(), m.service_by_theme.iter().sum()));
        let (regions, themes) = (m.scope.regions().count(), m.scope.themes().count());
        assert_eq!((regions, themes), if m.theme().is_some() { (3, 1) } else { (1, 3) });
        assert!(m.requests_by_theme.iter().filter(|&&asked| asked > 0.0).count() == themes);
    }
    let all: f64 = world.tally.regions.iter().map(|r| r.requests).sum();
    let of = |regional: bool| -> f64 {
        let kind = world.mandates.iter().filter(|m| m.region().is_some() == regional);
        kind.map(|m| m.requests.iter().sum::<f64>()).sum()
    };
    assert_eq!((of(false), of(true)), (all, all));
}

#[test]
fn small_organisations_are_passed_on_too() {
    let oriented = |clarity: f64| {
        let mut world = with_both();
        world.parameters.support.organisation_requests = 1.0;
        world.parameters.support.small_below = 100.0;
        world.parameters.support.passed_on = 1.0;
        world.organisations.iter_mut().for_each(|o| o.orientation = 0.99);
        let (doors, signs) = open(&world, &unclear(clarity));
        serve_organisations(&mut world, &signs, &doors);
        world.affiliates().filter(|o| world.organisations[*o].orientation > 0.99).count()
    };
    assert!(oriented(1.0) > 5, "{}", oriented(1.0));
    assert!(oriented(0.0) < 3, "only those who do not know both are helped: {}", oriented(0.0));
}

/// R8, where hubs have the work for those who come: the less clear, the more bounces and the less help.
#[test]
fn unclear_roles_cost_help() {
    let run = |clarity: f64| {
        let mut world = world();
        world.parameters.support.outreach = 5.0;
        world.parameters.support.request_work = 0.0001;
        let (mut bounces, mut help, mut conflicts) = (0.0, 0.0, 0.0);
        for _ in 0..6 {
            fixture::run(&mut world, &unclear(clarity), 1);
            bounces += sum(&world, |r| r.bounces);
            help += sum(&world, |r| r.help_hubs);
            conflicts += sum(&world, |r| r.conflicts);
        }
        (bounces, help, conflicts)
    };
    let (clear, unclear) = (run(1.0), run(0.0));
    assert!(clear.0 < unclear.0 && clear.1 > unclear.1, "{clear:?} {unclear:?}");
    assert!(clear.2 == 0.0 && unclear.2 > 0.0);
}

/// A catalogue of n themes fills at 1/n of the pace in each.
#[test]
fn a_regional_catalogue_has_more_to_list() {
    let mut world = with_both();
    let (t, r) = (hub(&world, 0), world.regional_hub(CELL.0).expect("there is one"));
    world.mandates.iter_mut().for_each(|m| (m.catalogue, m.outreach) = (0.0, Work(1.0)));
    become_known(&mut world);
    let of = |m: MandateId| world.mandates[m].catalogue;
    assert!(of(t) > 0.0 && (of(t) / of(r) - 3.0).abs() < 1e-9);
}
