//! Tests of the way between two hubs.

use super::*;
use crate::fixture::{self, REJECT, both, hub, simulation, thematic, z_of_count};
use crate::ids::Key;
use crate::ids::MAX_REGIONS;
use crate::ids::OrganisationId;
use crate::mechanisms::support::knowledge::become_known;
use crate::mechanisms::support::open;
use crate::mechanisms::support::organisations::serve_organisations;
use crate::mechanisms::support::run;
use crate::policy::Policy;
use crate::random::Decision;
use crate::random::Stream;
use crate::simulation::Simulation;
use crate::state::theme::move_along;
use crate::units::{Capacity, Work};

const CELL: (RegionId, ThemeId) = (RegionId(0), ThemeId(0));

/// The small world with hubs of both kinds after two years; everybody knows all of them, they have time, and nobody
/// else does.
fn with_both() -> Simulation {
    let mut sim = simulation();
    fixture::run(&mut sim, &both(), 2);
    assert_eq!(sim.state.hub_count(), 6);
    sim.state.organisations.iter_mut().for_each(|o| o.support_left = Work::ZERO);
    sim.state.mandates.iter_mut().for_each(|m| (m.support_left, m.known) = (Work(1e6), [1.0; MAX_REGIONS]));
    sim.conditions.parameters.support.requests = 1.0;
    sim.conditions.parameters.support.organisation_requests = 0.0;
    sim.conditions.parameters.support.wrong_hub = 0.0;
    for volunteer in &mut sim.state.volunteers {
        volunteer.tried = 0;
        volunteer.flags &= !(flag::SENT | flag::WAYS);
    }
    sim.record.clear_year();
    sim
}

/// The hubs responsible for the cell that is looked at.
fn responsible(sim: &Simulation) -> ResponsibleHubs {
    ResponsibleHubs::by_cell(&sim.conditions.context(), &sim.state)
        [CELL.0.index() * sim.state.themes.len() + CELL.1.index()]
}

fn unclear(clarity: f64) -> Policy {
    let mut policy = both();
    policy.hubs.clarity = clarity;
    policy
}

fn sum(sim: &Simulation, value: fn(&crate::record::RegionSums) -> f64) -> f64 {
    sim.record.regions.iter().map(value).sum()
}

/// The better one is found with c + (1 − c)/2: 4,000 people at c = 0.6; the mutant forgets the coin.
#[test]
fn clarity_leads_to_the_better_hub() {
    let sim = with_both();
    let responsible = ResponsibleHubs { region_first: true, ..responsible(&sim) };
    let went = |responsible: ResponsibleHubs| {
        let to = |i| responsible.choose(0.6, Stream::new(1, 0).decision(Decision::Routing, 1).entity(Key(i)));
        (0..4000).filter(|&i| to(i) == responsible.region).count()
    };
    assert!(z_of_count(went(responsible), 4000, 0.8).abs() < REJECT);
    assert!(z_of_count(went(responsible), 4000, 0.6).abs() > REJECT, "the mutant passes");
    assert!(z_of_count(went(ResponsibleHubs { region_first: false, ..responsible }), 4000, 0.2).abs() < REJECT);
    assert_eq!(went(ResponsibleHubs { theme: None, ..responsible }), 4000, "who knows one goes there");
}

#[test]
fn the_better_hub_is_the_one_whose_help_can_be_expected() {
    let mut sim = with_both();
    let ResponsibleHubs { theme, region, .. } = responsible(&sim);
    let holder = |sim: &Simulation, m: Option<MandateId>| sim.state.mandates[m.expect("there is one")].holder.index();
    let (thematic, regional) = (holder(&sim, theme), holder(&sim, region));
    if thematic == regional {
        return;
    }
    for (o, known) in [(thematic, 0.5), (regional, 0.6)] {
        let optimum = sim.state.themes[ThemeId(0)].optimum;
        let o = &mut sim.state.organisations[OrganisationId::from_index(o)];
        (o.expertise[0], o.approach[0], o.region) = (known, optimum, CELL.0);
    }
    assert!(responsible(&sim).region_first);
    sim.state.organisations[OrganisationId::from_index(regional)].approach[0] =
        move_along(sim.state.themes[ThemeId(0)].optimum, 0.3);
    assert!(!responsible(&sim).region_first, "its way of doing it fits worse");
    sim.state.organisations[OrganisationId::from_index(regional)].approach[0] = sim.state.themes[ThemeId(0)].optimum;
    sim.state.organisations[OrganisationId::from_index(thematic)].expertise[0] = 0.6;
    assert!(!responsible(&sim).region_first, "at equal promise the theme's hub comes first");
    let mut far = sim.clone();
    far.state.organisations[OrganisationId::from_index(regional)].expertise[0] = 0.9;
    far.state.organisations[OrganisationId::from_index(regional)].region = RegionId(1);
    assert!(!responsible(&far).region_first, "help is halved by distance");
}

/// Where both are responsible either passes on with passed_on · (1 − clarity): 4,000 visits; the mutant leaves clarity
/// out.
#[test]
fn people_are_passed_on_as_often_as_stated() {
    let sim = with_both();
    let (_, awareness) = open(&sim.conditions.under(&unclear(0.4)), &sim.state);
    let responsible = responsible(&sim);
    let passed = |responsible: ResponsibleHubs, service_point: MandateId| {
        (0..4000)
            .filter(|&i| {
                responsible.referral(awareness.passed_on, service_point, awareness.routing.entity(Key(i))).is_some()
            })
            .count()
    };
    for service_point in responsible.both() {
        assert!(z_of_count(passed(responsible, service_point), 4000, 0.5 * 0.6).abs() < REJECT);
        assert!(z_of_count(passed(responsible, service_point), 4000, 0.5).abs() > REJECT, "the mutant passes");
    }
    let elsewhere = hub(&sim, 1);
    assert_eq!(passed(responsible, elsewhere), 0, "asking the wrong hub is no conflict");
    assert_eq!(
        passed(ResponsibleHubs { region: None, ..responsible }, responsible.theme.expect("a hub")),
        0,
        "nobody to pass on to"
    );
}

/// Two hubs that always pass on: three quarters from one to the other, then everybody gives up. Each request is one
/// conflict.
#[test]
fn between_two_hubs_people_go_to_and_fro_and_give_up() {
    let mut sim = with_both();
    sim.conditions.parameters.support.passed_on = 1.0;
    // Nobody is helped at home.
    sim.state.organisations.iter_mut().for_each(|o| (o.support_left, o.queue.balance) = (Work::ZERO, Work::ZERO));
    let all = sim.state.volunteers.len() as f64 * sim.state.people_per_agent;
    let mut before: Option<Vec<u8>> = None;
    for quarter in 0..3 {
        sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
        sim.state.mandates.iter_mut().for_each(|m| m.support_left = Work(1e6));
        run(&sim.conditions.under(&unclear(0.0)), &mut sim.state, &mut sim.record);
        assert_eq!(sum(&sim, |r| r.bounces), all * f64::from(quarter + 1));
        assert_eq!(sum(&sim, |r| r.conflicts), all, "each request once");
        let ways = |flags: &u8| flags & (flag::TO_THEME | flag::TO_REGION);
        let now: Vec<u8> = sim.state.volunteers.iter().map(|volunteer| ways(&volunteer.flags)).collect();
        if quarter < 2 {
            assert!(before.iter().flatten().zip(&now).all(|(before, now)| before ^ now == 48), "the other way");
        } else {
            assert!(now.iter().all(|&referral| referral == 0), "forgotten with the request");
        }
        before = Some(now);
    }
    assert_eq!(sum(&sim, |r| r.given_up), all);
    assert_eq!(sum(&sim, |r| r.help_hubs), 0.0);
}

#[test]
fn where_roles_are_clear_nobody_is_passed_on() {
    let mut sim = with_both();
    sim.conditions.parameters.support.passed_on = 1.0;
    run(&sim.conditions.under(&unclear(1.0)), &mut sim.state, &mut sim.record);
    assert_eq!(sum(&sim, |r| r.conflicts), 0.0);
    assert!(sum(&sim, |r| r.help_hubs) > 0.0);
}

#[test]
fn without_regional_hubs_clarity_means_nothing() {
    let run = |clarity: f64| {
        let mut sim = simulation();
        let mut policy = thematic();
        policy.hubs.clarity = clarity;
        fixture::run(&mut sim, &policy, 3);
        (sim.state.volunteers.iter().map(|v| v.motivation).collect::<Vec<f32>>(), sim.record.movement.support_work)
    };
    assert_eq!(run(0.0), run(1.0));
}

/// Requests of a cell, and help in it, count for both hubs' records: by region and by theme.
#[test]
fn requests_and_service_are_recorded_by_region_and_by_theme() {
    let mut sim = simulation();
    fixture::run(&mut sim, &both(), 4);
    for m in sim.state.mandates.iter().filter(|m| m.alive()) {
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9 * (1.0 + a);
        assert!(close(m.year.requests.iter().sum(), m.year.requests_by_theme.iter().sum()));
        assert!(close(m.year.service.iter().sum(), m.year.service_by_theme.iter().sum()));
        let (regions, themes) = (m.scope.regions().count(), m.scope.themes().count());
        assert_eq!((regions, themes), if m.theme().is_some() { (3, 1) } else { (1, 3) });
        assert!(m.year.requests_by_theme.iter().filter(|&&asked| asked > 0.0).count() == themes);
    }
    let all: f64 = sim.record.regions.iter().map(|r| r.requests).sum();
    let of = |regional: bool| -> f64 {
        let kind = sim.state.mandates.iter().filter(|m| m.region().is_some() == regional);
        kind.map(|m| m.year.requests.iter().sum::<f64>()).sum()
    };
    assert_eq!((of(false), of(true)), (all, all));
}

/// Nine organisations ask in ten quarters; of those whom hubs could help, some ask at hubs of their own.
#[test]
fn small_organisations_are_passed_on_too() {
    let oriented = |clarity: f64| -> usize {
        let mut sim = with_both();
        sim.conditions.parameters.support.organisation_requests = 1.0;
        sim.conditions.parameters.support.small_below = Capacity(100.0);
        sim.conditions.parameters.support.passed_on = 1.0;
        let helped = |quarter| {
            sim.conditions.now.set_quarter(crate::clock::BURN_IN + 8 + quarter);
            sim.state.organisations.iter_mut().for_each(|o| o.orientation = 0.99);
            let (helpdesks, awareness) = open(&sim.conditions.under(&unclear(clarity)), &sim.state);
            serve_organisations(&sim.conditions.context(), &mut sim.state, &mut sim.record, &awareness, &helpdesks);
            sim.state.affiliates().filter(|o| sim.state.organisations[*o].orientation > 0.99).count()
        };
        (0..10).map(helped).sum()
    };
    assert!(oriented(1.0) > 50, "{}", oriented(1.0));
    assert!(oriented(0.0) < 15, "only those who do not know both are helped: {}", oriented(0.0));
}

/// R8, where hubs have the work for those who come: the less clear, the more bounces and the less help.
#[test]
fn unclear_roles_cost_help() {
    let run = |clarity: f64| {
        let mut sim = simulation();
        sim.conditions.parameters.support.outreach = 5.0;
        sim.conditions.parameters.support.request_work = Work(0.0001);
        let (mut bounces, mut help, mut conflicts) = (0.0, 0.0, 0.0);
        for _ in 0..6 {
            fixture::run(&mut sim, &unclear(clarity), 1);
            bounces += sum(&sim, |r| r.bounces);
            help += sum(&sim, |r| r.help_hubs);
            conflicts += sum(&sim, |r| r.conflicts);
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
    let mut sim = with_both();
    let (t, r) = (hub(&sim, 0), sim.state.regional_hub(CELL.0).expect("there is one"));
    sim.state.mandates.iter_mut().for_each(|m| (m.catalogue, m.outreach) = (0.0, Work(1.0)));
    become_known(&sim.conditions.context(), &mut sim.state);
    let of = |m: MandateId| sim.state.mandates[m].catalogue;
    assert!(of(t) > 0.0 && (of(t) / of(r) - 3.0).abs() < 1e-9);
}
