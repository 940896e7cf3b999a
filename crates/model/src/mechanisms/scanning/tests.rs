use super::*;
use crate::fixture::{self, REJECT, inputs, simulation_of, switch_off, thematic, z_of_count};
use crate::ids::OrganisationId;
use crate::policy::Policy;
use crate::simulation::Simulation;

/// The small world in which law is born in a year.
fn with_birth(year: f64) -> Simulation {
    let mut inputs = inputs();
    inputs.theme[2].born = year;
    inputs.parameters.scanning.unmet_share = 1.1;
    simulation_of(&inputs)
}

fn scanning(every: f64) -> Policy {
    let mut policy = thematic();
    policy.governance.scanning_years = every.into();
    policy
}

/// How often of 9,000 an unnoticed theme is seen.
fn seen(change: impl Fn(&mut Simulation)) -> usize {
    let mut sim = with_birth(1.0);
    sim.state.themes[ThemeId(2)].presence = 0.5;
    (1..=9000)
        .filter(|&year| {
            sim.conditions.now.set_year(year);
            sim.state.themes[ThemeId(2)].noticed = false;
            change(&mut sim);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            sim.state.themes[ThemeId(2)].noticed
        })
        .count()
}

/// A whole scan sees a theme with 0.7, half a scan with 0.35; each is the other's mutant.
#[test]
fn a_scan_sees_as_often_as_stated() {
    let whole = seen(|sim| sim.state.scan = Some(Work(2.0)));
    let half = seen(|sim| sim.state.scan = Some(Work(1.0)));
    assert!(z_of_count(whole, 9000, 0.7).abs() < REJECT && z_of_count(whole, 9000, 0.35).abs() > REJECT);
    assert!(z_of_count(half, 9000, 0.35).abs() < REJECT && z_of_count(half, 9000, 0.7).abs() > REJECT);
    assert_eq!(seen(|sim| sim.state.scan = None), 0);
    assert_eq!(
        seen(|sim| (sim.state.scan, sim.state.themes[ThemeId(2)].presence) = (Some(Work(2.0)), 0.0)),
        0,
        "not born"
    );
}

/// Requests that pile up show a theme with 0.2 a year, from the stated share on; 0.23, the mutant, is rejected.
#[test]
fn requests_given_up_show_a_theme_as_often_as_stated() {
    let piled = |share: f64| {
        seen(move |sim| {
            (sim.conditions.parameters.scanning.unmet_share, sim.state.themes[ThemeId(2)].given_up) = (0.03, share)
        })
    };
    let count = piled(0.03);
    assert!(z_of_count(count, 9000, 0.2).abs() < REJECT);
    assert!(z_of_count(count, 9000, 0.23).abs() > REJECT, "the mutant passes");
    assert_eq!(piled(0.0299), 0);
}

/// Before somebody sees it, nobody works in a theme, helps in it or holds its hub; people need it all the same.
#[test]
fn nobody_serves_an_unnoticed_theme() {
    let mut sim = with_birth(1.0);
    fixture::run(&mut sim, &scanning(0.0), 6);
    assert!(sim.state.need(crate::ids::RegionId(0), ThemeId(2)) > 0.2);
    assert!(
        !sim.state.themes[ThemeId(2)].noticed
            && sim.record.themes[2].requests > 0.0
            && sim.state.themes[ThemeId(2)].given_up > 0.0
    );
    assert_eq!(sim.record.themes[2].work + sim.record.themes[2].foundation_work, Work::ZERO);
    assert!(sim.state.organisations.iter().all(|o| o.year.service[2] == 0.0));
    assert!(sim.state.hub_for(crate::ids::RegionId(0), ThemeId(2)).is_none());
    assert!(sim.record.themes[1].work.0 > 0.0 && sim.record.themes[1].foundation_work.0 > 0.0);
    // Once it is seen, all of that begins.
    sim.conditions.parameters.scanning.unmet_share = 0.0;
    sim.conditions.parameters.scanning.unmet_noticed = 1.0;
    sim.conditions.parameters.mandates.least_expertise = 0.0;
    fixture::run(&mut sim, &scanning(0.0), 3);
    assert!(sim.state.themes[ThemeId(2)].noticed && sim.record.themes[2].work.0 > 0.0);
    assert!(sim.state.organisations.iter().any(|o| o.year.service[2] > 0.0));
    assert!(sim.state.hub_for(crate::ids::RegionId(0), ThemeId(2)).is_some());
}

/// A scan costs the stated work in its year, and none in others; without anybody to do it, it is not done.
#[test]
fn a_scan_costs_what_is_stated() {
    let mut sim = with_birth(9.0);
    let policy = scanning(2.0);
    for expected in [0.0, 2.0, 0.0, 2.0] {
        fixture::run(&mut sim, &policy, 1);
        assert!((sim.record.movement.scanning_work.0 - expected).abs() < 1e-9);
    }
    let mut inputs = inputs();
    inputs.organisation.remove(0);
    let mut sim = simulation_of(&inputs);
    let mut policy = scanning(1.0);
    policy.hubs.kind = crate::policy::levers::HubKind::None;
    fixture::run(&mut sim, &policy, 2);
    assert_eq!(sim.record.movement.scanning_work, Work::ZERO);
    assert_eq!(sim.state.scan, Some(Work::ZERO));
}

/// A scan is work of the foundation, taken out of all that it does, under hubs and without; nobody else pays.
#[test]
fn a_scan_is_work_of_the_foundation_service_included() {
    let mut policies = [scanning(1.0), scanning(1.0)];
    policies[1].hubs.kind = crate::policy::levers::HubKind::None;
    for policy in policies {
        let mut sim = with_birth(9.0);
        fixture::run(&mut sim, &policy, 2);
        for o in &mut sim.state.organisations {
            (o.support_left, o.queue.budget, o.learning) = (Work(2.0), Work(1.0), Work(1.0));
        }
        let before = sim.clone();
        sim.state.scan = None;
        work(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
        assert_eq!(sim.state.scan, Some(Work(0.5)));
        let foundation = sim.state.foundation.expect("there is one");
        for id in sim.state.organisations.ids() {
            let (o, left) = (&sim.state.organisations[id], if id == foundation { 0.875 } else { 1.0 });
            assert_eq!((o.support_left.0, o.queue.budget.0, o.learning.0), (2.0 * left, left, left));
        }
        let hubs = |sim: &Simulation| sim.state.mandates.iter().map(|m| m.learning).collect::<Vec<Work>>();
        assert_eq!(hubs(&sim), hubs(&before));
    }
}

/// A yearly scan notices a theme earlier than requests alone.
#[test]
fn scanning_shortens_the_delay() {
    let delay = |every: f64| {
        let delays = (0..20).map(|replicate| {
            let mut sim = with_birth(1.0);
            sim.conditions.random = crate::random::Stream::new(3, replicate);
            sim.conditions.parameters.scanning.unmet_share = 0.03;
            (1..=12)
                .find(|_| {
                    fixture::run(&mut sim, &scanning(every), 1);
                    sim.state.themes[ThemeId(2)].noticed
                })
                .unwrap_or(12)
        });
        delays.sum::<u32>()
    };
    assert!(delay(1.0) < delay(0.0));
}

#[test]
fn switched_off_a_theme_is_seen_in_the_year_of_its_birth() {
    let mut inputs = inputs();
    inputs.theme[2].born = 2.0;
    switch_off(&mut inputs.parameters, "scanning");
    let mut sim = simulation_of(&inputs);
    for (year, noticed) in [(1, false), (2, true)] {
        fixture::run(&mut sim, &thematic(), 1);
        assert_eq!((sim.conditions.now.year(), sim.state.themes[ThemeId(2)].noticed), (year, noticed));
    }
}

/// A new theme counts as served once half of the usual share of its requests is met.
#[test]
fn a_theme_is_served_when_half_of_the_usual_is_met() {
    let served = |help: f64| {
        let mut sim = with_birth(1.0);
        sim.conditions.now.set_year(3);
        sim.state.themes[ThemeId(2)].noticed = true;
        sim.state.organisations.iter_mut().for_each(|o| o.year.service = [0.0; crate::ids::MAX_THEMES]);
        for (t, service) in [400.0, 400.0, help].into_iter().enumerate() {
            sim.record.themes[t].requests = 1000.0;
            sim.state.organisations[OrganisationId(1)].year.service[t] = service;
        }
        close_year(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        sim.state.themes[ThemeId(2)].served_in
    };
    // (800 + x)/3000/2 ≤ x/1000 from x = 160 on.
    assert_eq!((served(159.0), served(161.0)), (None, Some(3)));
}
