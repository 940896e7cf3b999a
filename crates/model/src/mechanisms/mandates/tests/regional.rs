//! Tests of regional hubs: their open_remits, their holders, and what reviews make of their scopes.

use super::super::*;
use crate::fixture::{self, inputs, simulation, simulation_of, switch_off, thematic};
use crate::ids::{MAX_THEMES, RegionId};
use crate::mechanisms::mandates::scope::{Division, ScopePart, evenness, met_share_of, parts, split_off};
use crate::policy::Policy;
use crate::policy::levers::Outcome;
use crate::record::events::Event;
use crate::record::events::LoggedEvent;
use crate::simulation::Simulation;
use crate::state::mandate::MandateYear;

const ALL: &[Outcome] = &[Outcome::Split, Outcome::ReScope, Outcome::Move, Outcome::Reallocate, Outcome::End];

fn regional() -> Policy {
    let mut policy = fixture::both();
    policy.hubs.kind = HubKind::Regional;
    policy
}

#[test]
fn both_kinds_come_in_the_same_waves() {
    let alive = |policy: &Policy, years: u32| -> Vec<usize> {
        let mut sim = simulation();
        let year = |sim: &mut Simulation| {
            fixture::run(sim, policy, 1);
            sim.state.hub_count()
        };
        (0..years).map(|_| year(&mut sim)).collect()
    };
    assert_eq!(alive(&regional(), 2), [3, 3]);
    let mut policy = fixture::both();
    assert_eq!(alive(&policy, 2), [6, 6]);
    (policy.hubs.pilots, policy.hubs.pilot_years, policy.hubs.wave_size, policy.hubs.wave_years) =
        (1.0, 2.0, 2.0.into(), 1.0);
    assert_eq!(alive(&policy, 5), [1, 1, 3, 5, 6]);
    policy.hubs.hubs_at_most = 4.0.into();
    assert_eq!(alive(&policy, 5), [1, 1, 3, 4, 4]);
}

/// People online × the share of their need that is open: of 100 million each in three regions, themes of a third each.
#[test]
fn the_most_needed_seat_comes_first() {
    let mut sim = simulation();
    sim.state.need.cells_mut().fill(1.0 / 3.0);
    for (region, online) in sim.state.regions.iter_mut().zip([100.0, 150.0, 50.0]) {
        region.online = online;
    }
    let all = open_remits(&sim.conditions.under(&fixture::both()), &sim.state);
    let themes = (0..3).map(|t| Remit::Theme(ThemeId(t)));
    let regions = |r: u8| Remit::Region(RegionId(r));
    let expected: Vec<Remit> = [regions(1)].into_iter().chain(themes).chain([regions(0), regions(2)]).collect();
    assert_eq!(all, expected);
    assert_eq!(
        open_remits(&sim.conditions.under(&thematic()), &sim.state).len()
            + open_remits(&sim.conditions.under(&regional()), &sim.state).len(),
        6
    );
    fixture::run(&mut sim, &regional(), 1);
    assert_eq!(open_remits(&sim.conditions.under(&regional()), &sim.state), []);
}

#[test]
fn a_region_is_held_from_within_and_its_key_is_its_own() {
    let mut sim = simulation();
    fixture::run(&mut sim, &regional(), 3);
    for r in sim.state.region_ids() {
        let mandate = &sim.state.mandates[sim.state.regional_hub(r).expect("there is one")];
        assert_eq!(sim.state.organisations[mandate.holder].region, r);
        let born = Key::from_birth(sim.state.regions[r].key.stem(), mandate.created, BirthCause::Wave, 0);
        assert_eq!((mandate.key, mandate.handed), (born, Money::ZERO));
        assert_eq!(mandate.scope, Scope::region(r, 3));
    }
    let mut sim = fixture::simulation();
    for o in sim.state.organisations.iter_mut().filter(|o| o.region == RegionId(1)) {
        o.expertise = [0.0; MAX_THEMES];
    }
    fixture::run(&mut sim, &regional(), 1);
    assert!(sim.state.regional_hub(RegionId(1)).is_none() && sim.state.hub_count() == 2, "nobody there fits");
}

/// The first region's hub in its third year, reviewed after a record by theme.
fn reviewed_region(
    outcomes: &[Outcome],
    service: [f64; 3],
    change: impl FnOnce(&mut Simulation, MandateId),
) -> (Simulation, MandateId, Option<Outcome>) {
    let mut policy = regional();
    (policy.hubs.review_years, policy.hubs.independence, policy.hubs.strictness) = (1.0.into(), 1.0, 0.7);
    policy.hubs.outcomes = outcomes.to_vec();
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "environment");
    (inputs.parameters.mandates.noise, inputs.parameters.mandates.split_need) = (0.0, 1.0);
    let mut sim = simulation_of(&inputs);
    fixture::run(&mut sim, &regional(), 3);
    let m = sim.state.regional_hub(RegionId(0)).expect("there is one");
    for mandate in &mut sim.state.mandates {
        let r = mandate.scope.regions().next().expect("a region").index();
        let mine = if r == 0 { service } else { [50.0; 3] };
        mandate.last = MandateYear::default();
        (mandate.last.requests[r], mandate.last.service[r]) = (300.0, mine.iter().sum());
        mandate.last.requests_by_theme[..3].fill(100.0);
        mandate.last.service_by_theme[..3].copy_from_slice(&mine);
    }
    change(&mut sim, m);
    sim.conditions.now.set_year(sim.conditions.now.year() + 1);
    review(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, m);
    let outcome = match sim.record.events.entries().last() {
        Some(LoggedEvent { event: Event::Changed { outcome, .. }, .. }) => Some(*outcome),
        _ => None,
    };
    (sim, m, outcome)
}

fn masters(sim: &mut Simulation, r: RegionId, m: MandateId, known: f64) {
    let holder = sim.state.mandates[m].holder.index();
    let optima: Vec<f64> = sim.state.themes.iter().map(|theme| theme.optimum).collect();
    for (i, o) in sim.state.organisations.iter_mut().enumerate().filter(|(_, o)| o.region == r) {
        o.expertise[..3].fill(if i == holder { 0.3 } else { known });
        o.service_before[..3].fill(if i == holder { 0.0 } else { 100.0 });
        o.approach[..3].copy_from_slice(&optima);
    }
}

#[test]
fn a_regional_hub_is_judged_theme_by_theme() {
    let (sim, m, outcome) = reviewed_region(ALL, [80.0, 50.0, 20.0], |_, _| ());
    assert_eq!(outcome, None);
    // The worst theme has 0.2 of a mean of 0.5.
    assert!((evenness(&sim.state.mandates[m]) - 0.4).abs() < 1e-12);
    assert_eq!(met_share_of(&sim.state.mandates[m], ScopePart::Theme(ThemeId(5))), None, "nobody asked");
}

#[test]
fn a_region_is_split_by_themes_if_somebody_there_is_better_at_them() {
    let split = |known: f64| {
        reviewed_region(ALL, [80.0, 20.0, 50.0], |sim, m| {
            sim.conditions.parameters.mandates.split_need = 0.1;
            sim.state.mandates[m].known[0] = 0.8;
            masters(sim, RegionId(0), m, known);
        })
    };
    let (sim, m, outcome) = split(0.9);
    assert_eq!(outcome, Some(Outcome::Split));
    let old = &sim.state.mandates[m];
    let new = sim.state.mandates.last().expect("a part");
    assert_eq!(new.remit, old.remit);
    assert_eq!(new.scope.themes().collect::<Vec<_>>(), [ThemeId(1)], "the worse half, rounded down");
    assert_eq!(old.scope.themes().collect::<Vec<_>>(), [ThemeId(0), ThemeId(2)]);
    assert!(new.holder != old.holder && sim.state.organisations[new.holder].region == RegionId(0));
    assert!((new.known[0] - 0.4).abs() < 1e-12);
    assert_eq!(sim.state.regional_hub_for(RegionId(0), ThemeId(1)).map(|id| sim.state.mandates[id].key), Some(new.key));
    let (sim, _, outcome) = split(0.2);
    assert!(outcome.is_none() && sim.state.hub_count() == 3, "nobody is better at it");
}

/// Hubs that split in the same quarter have random draws of their own.
#[test]
fn parts_have_keys_of_their_own() {
    let mut sim = simulation();
    fixture::run(&mut sim, &fixture::both(), 1);
    sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
    let mut policy = fixture::both();
    policy.hubs.max_each = 9.0;
    for m in sim.state.hubs().collect::<Vec<_>>() {
        masters(&mut sim, RegionId(0), m, 0.9);
        let holder = sim.state.mandates[m].holder;
        sim.state.organisations[holder].expertise = [0.16; MAX_THEMES];
        let all = parts(&sim.state.mandates[m]);
        for division in [
            Division { leaving: all[..1].to_vec(), staying: all[1..].to_vec() },
            Division { leaving: all[1..2].to_vec(), staying: all[2..].to_vec() },
        ] {
            split_off(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, m, &division);
        }
    }
    let mut keys: Vec<Key> = sim.state.mandates.iter().map(|m| m.key).collect();
    assert!(keys.len() > 8, "{} mandates", keys.len());
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), sim.state.mandates.len());
}

#[test]
fn a_badly_served_theme_leaves_a_region_s_scope() {
    let (sim, m, outcome) = reviewed_region(&[Outcome::ReScope], [10.0, 10.0, 0.1], |sim, m| {
        sim.state.organisations[sim.state.mandates[m].holder].expertise = [0.0; MAX_THEMES];
        sim.state.mandates[m].last.reused = 0;
        let all: Vec<usize> = sim.state.affiliates().map(|o| o.index()).collect();
        all.into_iter()
            .for_each(|o| sim.state.organisations[OrganisationId::from_index(o)].expertise = [0.0; MAX_THEMES]);
        sim.state.mandates.iter_mut().filter(|m| m.scope.regions().next() != Some(RegionId(0))).for_each(|m| {
            m.last.reused = 10;
        });
    });
    assert_eq!(outcome, Some(Outcome::ReScope));
    assert_eq!(sim.state.mandates[m].scope.themes().collect::<Vec<_>>(), [ThemeId(0), ThemeId(1)]);
    // The part that left is worth a hub of its own: a third of a third of all need.
    assert_eq!(open_remits(&sim.conditions.under(&regional()), &sim.state), [Remit::Region(RegionId(0))]);
    assert_eq!(uncovered(&sim.state, Remit::Region(RegionId(0))).themes().collect::<Vec<_>>(), [ThemeId(2)]);
}

#[test]
fn a_failing_regional_hub_is_reallocated_within_its_region_and_never_moves() {
    let failing = |outcomes: &[Outcome]| {
        reviewed_region(outcomes, [0.0; 3], |sim, m| {
            masters(sim, RegionId(0), m, 0.9);
            sim.state.organisations[sim.state.mandates[m].holder].expertise[..3].fill(0.0);
        })
    };
    let (sim, m, outcome) = failing(ALL);
    assert_eq!(outcome, Some(Outcome::Reallocate));
    assert_eq!(sim.state.organisations[sim.state.mandates[m].holder].region, RegionId(0));
    let (sim, m, outcome) = failing(&[Outcome::Move]);
    assert!(outcome.is_none() && sim.state.mandates[m].alive());
    let (sim, m, outcome) = failing(&[Outcome::End]);
    assert!(outcome == Some(Outcome::End) && !sim.state.mandates[m].alive());
}

#[test]
fn a_term_limit_keeps_a_region_in_its_region() {
    let mut policy = regional();
    (policy.hubs.term_years, policy.hubs.term_limit) = (1.0, 1.0.into());
    let mut sim = simulation();
    fixture::run(&mut sim, &policy, 6);
    assert!(sim.state.mandates.iter().any(|m| m.since > m.created), "some changed hands");
    for m in sim.state.mandates.iter().filter(|m| m.alive()) {
        assert_eq!(Some(sim.state.organisations[m.holder].region), m.region());
    }
}
