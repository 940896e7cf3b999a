//! Tests of deciding bodies: what averages out and what does not, who knows what, who votes for whom.

use super::*;
use crate::fixture::{self, REJECT, named, setup, switch_off, thematic, world, world_of, z_of_count, z_of_mean};
use crate::ids::MAX_REGIONS;
use crate::ids::ThemeId;
use crate::mechanisms::mandates::judge;
use crate::policy::levers::Body;

const THEME: Charge = Charge::Theme(crate::ids::ThemeId(0));
const BODIES: [Body; 5] = [Body::Foundation, Body::Council, Body::Affiliates, Body::Volunteers, Body::Panel];

fn deciding_by(body: Body) -> Policy {
    let mut policy = thematic();
    policy.governance.body = body;
    policy
}

/// A world in which all are alike: quality 0.4, prestige 0.5, a hundred members each, the same everywhere.
fn alike() -> World {
    let mut world = world();
    for o in &mut world.organisations {
        (o.expertise[0], o.prestige, o.members, o.running) = (0.4, 0.5, 100.0, 0);
        o.approach[0] = world.themes[ThemeId(0)].optimum;
    }
    world
}

/// Errors of members average out with their number: a council of n sees with variance noise²/n.
#[test]
fn noise_falls_with_the_root_of_the_members() {
    let squares = |council: f64| -> Vec<f64> {
        let mut world = alike();
        world.foundation = None;
        world.parameters.deciding.council_size = council;
        let candidate = named(&world, "South 2");
        world.organisations[candidate].members = 0.0;
        let policy = deciding_by(Body::Council);
        (1..3000)
            .map(|year| {
                world.year = year;
                let seen = of_candidates(&world, &policy, THEME, &[candidate])[0].merit;
                (seen - 0.4) * (seen - 0.4)
            })
            .collect()
    };
    let variance = 0.12 * 0.12;
    for n in [1.0, 4.0, 8.0] {
        let z = z_of_mean(&squares(n), variance / n);
        assert!(z.abs() < REJECT, "{n} members: {z}");
    }
    // The mutant: all members err alike.
    assert!(z_of_mean(&squares(4.0), variance).abs() > REJECT);
}

#[test]
fn what_strangers_go_by_is_shared_and_does_not_average_out() {
    let mut world = alike();
    world.parameters.mandates.noise = 0.0;
    (world.parameters.deciding.acquaintance, world.parameters.deciding.by_report) = (0.0, 0.0);
    let (famous, plain) = (named(&world, "South 2"), named(&world, "South 1"));
    world.organisations[famous].prestige = 0.9;
    world.organisations[plain].prestige = 0.3;
    for o in [famous, plain] {
        world.organisations[o].members = 0.0;
    }
    for (council, body) in [(1.0, Body::Council), (6.0, Body::Council), (6.0, Body::Foundation)] {
        world.parameters.deciding.council_size = council;
        let seen = of_candidates(&world, &deciding_by(body), THEME, &[famous, plain]);
        assert!((seen[0].merit - 0.4 * 1.5).abs() < 1e-12 && (seen[1].merit - 0.4 * 0.5).abs() < 1e-12, "{seen:?}");
    }
    world.parameters.deciding.reputation = 0.0;
    let seen = of_candidates(&world, &deciding_by(Body::Council), THEME, &[famous, plain]);
    assert!((seen[0].merit - seen[1].merit).abs() < 1e-12, "strangers who believe nothing");
}

#[test]
fn the_foundation_knows_by_reports_and_oversight() {
    let mut world = alike();
    world.parameters.deciding.by_report = 0.3;
    let id = named(&world, "South 0");
    world.organisations[id].running = 2;
    let mut policy = deciding_by(Body::Foundation);
    let familiar = |world: &World, policy: &Policy| {
        let member = members(world, Body::Foundation, THEME)[0];
        member.familiarity(world, policy, &field(world, THEME, &[id])[0])
    };
    // Affinity between North and South is one half.
    let unknown = 0.7 * 0.7 * 0.7;
    assert!((familiar(&world, &policy) - (1.0 - unknown)).abs() < 1e-12);
    policy.governance.oversight = 1.0;
    assert!((familiar(&world, &policy) - (1.0 - 0.5 * unknown)).abs() < 1e-12);
}

#[test]
fn affiliates_know_who_is_near_and_volunteers_the_hubs_they_know() {
    let mut world = world();
    fixture::run(&mut world, &thematic(), 1);
    let m = fixture::hub(&world, 0);
    let holder = world.mandates[m].holder;
    let far = world.region_ids().find(|&r| r != world.organisations[holder].region).expect("three regions");
    let familiar = |world: &World, body: Body| {
        let seats = members(world, body, THEME);
        let member = seats.iter().find(|member| member.region == far).expect("a seat there");
        member.familiarity(world, &thematic(), &field(world, THEME, &[holder])[0])
    };
    for k in [0.0, 0.5, 1.0] {
        world.mandates.iter_mut().for_each(|m| m.known = [k; MAX_REGIONS]);
        assert!((familiar(&world, Body::Volunteers) - k).abs() < 1e-12);
    }
    world.mandates.iter_mut().for_each(|m| m.known = [0.0; MAX_REGIONS]);
    let distant = familiar(&world, Body::Affiliates);
    world.affinity.cells_mut().fill(1.0);
    assert!(familiar(&world, Body::Affiliates) > distant);
}

/// Nobody is biased by constitution: a body of those near a candidate prefers it, one of all regions alike does not.
#[test]
fn a_preference_for_home_comes_from_who_sits_there() {
    let mut world = alike();
    world.parameters.mandates.noise = 0.0;
    world.affinity = world.affinity_trend.clone();
    world.regions.iter_mut().for_each(|region| region.online = 100.0);
    let (north, south) = (named(&world, "North 0"), named(&world, "South 0"));
    let lead = |world: &World| {
        let seen = of_candidates(world, &deciding_by(Body::Volunteers), THEME, &[north, south]);
        assert!((seen[0].votes + seen[1].votes - 1.0).abs() < 1e-12);
        (seen[0].merit - seen[1].merit, seen[0].votes - seen[1].votes)
    };
    world.regions.iter_mut().for_each(|region| region.volunteers = 1000.0);
    let (merit, votes) = lead(&world);
    assert!(merit.abs() < 1e-12 && votes.abs() < 1e-12);
    world.regions[RegionId(0)].volunteers = 3000.0;
    let (merit, votes) = lead(&world);
    assert!(merit > 0.01 && votes > 0.01, "{merit} {votes}");
}

#[test]
fn who_stands_votes_for_itself() {
    let world = alike();
    let ids: Vec<OrganisationId> = world.affiliates().collect();
    let seen = of_candidates(&world, &deciding_by(Body::Affiliates), THEME, &ids);
    assert!(seen.iter().all(|opinion| (opinion.votes - 1.0 / ids.len() as f64).abs() < 1e-12));
    // Alone with one vote more, it wins.
    let two = [ids[0], ids[1]];
    let seen = of_candidates(&world, &deciding_by(Body::Affiliates), THEME, &two);
    assert!((seen[0].votes + seen[1].votes - 1.0).abs() < 1e-12 && seen[0].votes >= 1.0 / 9.0 - 1e-12);
}

/// Every affiliate sits in a panel with the same chance: six of nine.
#[test]
fn a_panel_is_drawn_fairly() {
    let mut world = alike();
    let ids: Vec<OrganisationId> = world.affiliates().collect();
    let years = 3000;
    let mut sat = vec![0; ids.len()];
    let mut people = [0; 3];
    for year in 1..=years {
        world.year = year;
        let panel = members(&world, Body::Panel, THEME);
        assert_eq!(panel.len(), 12);
        for member in panel {
            match member.voter.organisation() {
                Some(id) => sat[ids.iter().position(|&other| other == id).expect("an affiliate")] += 1,
                None => people[member.region] += 1,
            }
        }
    }
    for &count in &sat {
        assert!(z_of_count(count, years as usize, 6.0 / 9.0).abs() < REJECT, "{sat:?}");
    }
    assert!(z_of_count(sat[0], years as usize, 0.5).abs() > REJECT, "the mutant: a coin");
    let all: f64 = world.regions.iter().map(|region| region.volunteers).sum();
    for (r, &count) in people.iter().enumerate() {
        assert!(
            z_of_count(count, 6 * years as usize, world.regions[RegionId::from_index(r)].volunteers / all).abs()
                < REJECT
        );
    }
}

#[test]
fn the_informed_know_more_and_err_less() {
    let world = alike();
    let id = named(&world, "South 0");
    let candidate = &field(&world, THEME, &[id])[0];
    for member in members(&world, Body::Panel, THEME) {
        assert!(member.familiarity(&world, &thematic(), candidate) >= 0.9 && member.noise < 1.0);
    }
}

/// A body that knows nothing renews with a fixed probability: at a bar of the mean record, one half.
#[test]
fn a_body_without_information_tosses_a_coin() {
    let mut world = world();
    let mut policy = thematic();
    (policy.hubs.strictness, policy.hubs.independence) = (1.0, 1.0);
    fixture::run(&mut world, &policy, 3);
    let m = fixture::hub(&world, 0);
    let holder = world.mandates[m].holder;
    for mandate in &mut world.mandates {
        mandate.last.requests = [100.0; MAX_REGIONS];
        mandate.last.service = [if mandate.theme() == Some(crate::ids::ThemeId(0)) { 90.0 } else { 30.0 }; MAX_REGIONS];
        // Alike in all else.
        mandate.last.reused = 1.0;
        mandate.holder = holder;
    }
    let renewed = |world: &mut World, informed: f64| {
        let p = &mut world.parameters.deciding;
        (p.acquaintance, p.by_report, p.reputation) = (informed, informed, 0.0);
        let years = 1000..4000;
        years
            .filter(|&year| {
                world.year = year;
                judge(world, &policy, m).renewed()
            })
            .count()
    };
    assert!(z_of_count(renewed(&mut world, 0.0), 3000, 0.5).abs() < REJECT);
    // The mutant knows that this hub serves best.
    assert!(z_of_count(renewed(&mut world, 1.0), 3000, 0.5).abs() > REJECT);
}

/// Those served know whether they were: the same record is worth less to volunteers whose regions got nothing.
#[test]
fn volunteers_judge_what_they_lived_through() {
    let mut world = world();
    world.parameters.mandates.noise = 0.0;
    fixture::run(&mut world, &thematic(), 2);
    let m = fixture::hub(&world, 0);
    world.mandates[m].known = [1.0; MAX_REGIONS];
    let seen =
        |world: &World, here: f64| of_record(world, &deciding_by(Body::Volunteers), m, 0.5, 0.5, |_| Some(here)).seen;
    assert!((seen(&world, 0.8) / seen(&world, 0.4) - 2.0).abs() < 1e-9);
    let by_reports = of_record(&world, &deciding_by(Body::Foundation), m, 0.5, 0.5, |_| Some(0.1)).seen;
    assert!((by_reports - 0.5).abs() < 1e-9, "reports say nothing of it");
}

#[test]
fn votes_for_grants_are_shares_of_all_votes() {
    let mut world = alike();
    let ids: Vec<OrganisationId> = world.affiliates().collect();
    let votes = |world: &World| -> Vec<f64> {
        let mut applicants = mandates::standing(world, &deciding_by(Body::Foundation), THEME, &ids);
        applicants.iter_mut().for_each(|applicant| applicant.votes = 0.0);
        votes_for_grants(world, &ids, &mut applicants);
        applicants.iter().map(|applicant| applicant.votes).collect()
    };
    let plain = votes(&world);
    assert!((plain.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    world.organisations[ids[0]].members += 200.0;
    let more = votes(&world);
    assert!(more[0] > plain[0] + 0.05 && (more.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    world.organisations[ids[3]].prestige = 0.9;
    assert!(votes(&world)[3] > more[3]);
}

#[test]
fn a_decision_costs_those_who_decide() {
    for body in BODIES {
        let mut world = alike();
        fixture::run(&mut world, &Policy::default(), 1);
        bill(&mut world, &deciding_by(body), THEME);
        let owed: f64 = world.organisations.iter().map(|o| o.owed.deciding.0).sum();
        let p = &world.parameters.deciding;
        let cost = match body {
            Body::Foundation => p.cost_foundation,
            Body::Council => p.cost_council,
            Body::Affiliates => p.cost_affiliates,
            Body::Volunteers => p.cost_volunteers,
            Body::Panel => p.cost_panel,
        };
        assert!((owed - cost).abs() < 1e-9, "{body:?}: {owed}");
        let foundation = world.foundation.expect("there is one");
        let central = world.organisations[foundation].owed.deciding.0;
        assert_eq!(central > 0.0, matches!(body, Body::Foundation | Body::Council), "{body:?}");
    }
}

#[test]
fn switched_off_every_body_decides_at_once_and_for_nothing() {
    let mut setup = setup();
    switch_off(&mut setup.parameters, "deciding");
    let mut world = world_of(&setup);
    for body in BODIES {
        assert_eq!(delay(&world, body), 0);
        bill(&mut world, &deciding_by(body), THEME);
    }
    assert!(world.organisations.iter().all(|o| o.owed.deciding == Work::ZERO));
}

#[test]
fn where_there_is_no_foundation_affiliates_decide() {
    let mut world = alike();
    world.foundation = None;
    let seats = members(&world, Body::Foundation, THEME);
    assert_eq!(seats.len(), world.affiliates().count());
}

#[test]
fn errors_have_mean_nothing_and_deviation_one() {
    let stream = world().stream.decision(Decision::DecidingBody, 1);
    let errors: Vec<f64> = (0..20_000u64).map(|k| error(stream.with(Key(k)).entity(Key(7)))).collect();
    assert!(z_of_mean(&errors, 0.0).abs() < REJECT);
    let squares: Vec<f64> = errors.iter().map(|e| e * e).collect();
    assert!(z_of_mean(&squares, 1.0).abs() < REJECT && z_of_mean(&squares, 1.1).abs() > REJECT);
}
