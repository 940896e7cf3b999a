//! Tests of hubs: waves, terms, reviews and their outcomes.

mod places;
mod power;
mod regional;
mod terms;
mod weights;

use super::*;
use crate::fixture::{self, hub, inputs, simulation, simulation_of, switch_off, thematic};
use crate::ids::{MAX_REGIONS, RegionId};
use crate::mechanisms::mandates::candidates::{Competition, chosen};
use crate::policy::Policy;
use crate::policy::levers::{HubLevers, Outcome};
use crate::record::events::Event;
use crate::record::events::LoggedEvent;
use crate::simulation::Simulation;
use crate::state::Stage;
use crate::state::mandate::MandateYear;

/// Mandates alive at the end of each of some years.
fn counts(policy: &Policy, years: u32) -> Vec<usize> {
    let mut inputs = inputs();
    let theme = inputs.theme[0].clone();
    inputs.theme.extend((0..5).map(|k| crate::inputs::Theme { name: format!("more {k}"), ..theme.clone() }));
    let mut sim = simulation_of(&inputs);
    (0..years)
        .map(|_| {
            fixture::run(&mut sim, policy, 1);
            sim.state.hub_count()
        })
        .collect()
}

#[test]
fn waves_come_on_time_and_in_size() {
    let mut policy = thematic();
    assert_eq!(counts(&policy, 2), [8, 8], "all at once");
    (policy.hubs.first_year, policy.hubs.wave_size, policy.hubs.wave_years) = (2.0, 3.0.into(), 2.0);
    assert_eq!(counts(&policy, 7), [0, 3, 3, 6, 6, 8, 8]);
    (policy.hubs.pilots, policy.hubs.pilot_years) = (2.0, 3.0);
    assert_eq!(counts(&policy, 8), [0, 2, 2, 2, 5, 5, 8, 8]);
    policy.hubs.hubs_at_most = 4.0.into();
    assert_eq!(counts(&policy, 7), [0, 2, 2, 2, 4, 4, 4]);
    policy.hubs.kind = HubKind::None;
    assert_eq!(counts(&policy, 4), [0; 4]);
}

#[test]
fn pilots_are_pilots_until_the_first_full_wave() {
    let mut policy = thematic();
    (policy.hubs.pilots, policy.hubs.pilot_years) = (1.0, 2.0);
    let mut sim = simulation();
    let stages = |sim: &Simulation| -> Vec<Stage> { sim.state.mandates.iter().map(|m| m.stage(u32::MAX)).collect() };
    fixture::run(&mut sim, &policy, 2);
    assert_eq!(stages(&sim), [Stage::Pilot]);
    fixture::run(&mut sim, &policy, 1);
    assert_eq!(stages(&sim), [Stage::Active; 3]);
}

#[test]
fn a_hub_is_in_transition_for_as_long_as_stated() {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 1);
    let m = &sim.state.mandates[MandateId::from_index(hub(&sim, 0).index())];
    assert_eq!(m.stage(m.created + 3), Stage::Transition);
    assert_eq!(m.stage(m.created + 4), Stage::Active);
}

/// Hubs in their third year; the first theme's is reviewed after a change. Gives the outcome that the review recorded.
fn reviewed(
    outcomes: &[Outcome],
    change: impl FnOnce(&mut Simulation, MandateId),
) -> (Simulation, MandateId, Option<Outcome>) {
    reviewed_under(thematic(), outcomes, change)
}

/// Hubs whose holders may hold others, so that there is somebody for each part.
fn holding_several() -> Policy {
    Policy { hubs: HubLevers { max_each: 3.0, ..thematic().hubs }, ..thematic() }
}

fn reviewed_under(
    mut policy: Policy,
    outcomes: &[Outcome],
    change: impl FnOnce(&mut Simulation, MandateId),
) -> (Simulation, MandateId, Option<Outcome>) {
    policy.hubs.review_years = 1.0.into();
    policy.hubs.independence = 1.0;
    policy.hubs.outcomes = outcomes.to_vec();
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "environment");
    inputs.parameters.mandates.noise = 0.0;
    inputs.parameters.mandates.split_need = 1.0;
    let mut sim = simulation_of(&inputs);
    fixture::run(&mut sim, &thematic(), 3);
    let m = hub(&sim, 0);
    for mandate in &mut sim.state.mandates {
        // All hubs have the same record in all regions.
        mandate.last = MandateYear::default();
        for r in 0..3 {
            (mandate.last.requests[r], mandate.last.service[r]) = (100.0, 50.0);
        }
        mandate.last.reused = 1;
    }
    policy.hubs.strictness = 0.7;
    change(&mut sim, m);
    sim.conditions.now.set_year(sim.conditions.now.year() + 1);
    review(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, m);
    let outcome = match sim.record.events.entries().last() {
        Some(LoggedEvent { event: Event::Changed { outcome, .. }, .. }) => Some(*outcome),
        _ => None,
    };
    (sim, m, outcome)
}

const ALL: &[Outcome] = &[Outcome::Split, Outcome::ReScope, Outcome::Move, Outcome::Reallocate, Outcome::End];

/// A record of no service, reuse or quality.
fn fail(sim: &mut Simulation, m: MandateId) {
    sim.state.mandates[m].last.service = [0.0; MAX_REGIONS];
    sim.state.mandates[m].last.reused = 0;
    let holder = sim.state.mandates[m].holder;
    sim.state.organisations[holder].expertise[0] = 0.0;
    sim.state.organisations[holder].service_before[0] = 0.0;
}

/// Makes the organisations of some regions better at the first theme than the holder, and all others worse.
fn rivals(sim: &mut Simulation, m: MandateId, admitted: impl Fn(RegionId) -> bool) {
    let holder = sim.state.mandates[m].holder;
    for (i, o) in sim.state.organisations.iter_mut().enumerate() {
        if i != holder.index() {
            let fits = admitted(o.region);
            o.expertise[0] = if fits { 0.9 } else { 0.0 };
            o.service_before[0] = if fits { 100.0 } else { 0.0 };
        }
    }
}

fn home(sim: &Simulation, m: MandateId) -> RegionId {
    sim.state.organisations[sim.state.mandates[m].holder].region
}

#[test]
fn a_mandate_with_a_good_record_continues() {
    let (sim, m, outcome) = reviewed(ALL, |_, _| ());
    assert_eq!(outcome, None);
    assert!(sim.state.mandates[m].alive());
    assert!(matches!(sim.record.events.entries().last(), Some(LoggedEvent { event: Event::Confirmed { .. }, .. })));
}

#[test]
fn a_large_scope_is_split() {
    let (sim, m, outcome) = reviewed_under(holding_several(), ALL, |sim, _| {
        sim.conditions.parameters.mandates.split_need = 0.1;
    });
    assert_eq!(outcome, Some(Outcome::Split));
    let parts: Vec<&Mandate> =
        sim.state.mandates.iter().filter(|m| m.alive() && m.theme() == Some(ThemeId(0))).collect();
    assert_eq!(parts.len(), 2);
    for r in sim.state.region_ids() {
        assert_eq!(parts.iter().filter(|part| part.scope.holds(r, ThemeId(0))).count(), 1, "one hub a cell");
    }
    let new = parts[1];
    let there = sim.state.organisations[new.holder].region;
    assert!(new.scope.holds(there, ThemeId(0)), "held by somebody from there");
    assert_eq!(sim.state.mandates[m].scope.regions().count(), 2);
}

#[test]
fn a_badly_served_region_leaves_the_scope() {
    let (sim, m, outcome) = reviewed(&[Outcome::ReScope], |sim, m| {
        fail(sim, m);
        sim.state.mandates[m].last.service[..2].fill(5.0);
        rivals(sim, m, |_| false);
    });
    assert_eq!(outcome, Some(Outcome::ReScope));
    assert_eq!(sim.state.mandates[m].scope.regions().collect::<Vec<_>>(), [RegionId(0), RegionId(1)]);
    assert_eq!(sim.state.hub_count(), 3, "nobody fits there");
}

#[test]
fn a_failing_hub_moves_to_a_better_holder_elsewhere() {
    let (sim, m, outcome) = reviewed(ALL, |sim, m| {
        fail(sim, m);
        let home = home(sim, m);
        rivals(sim, m, |r| r != home);
        sim.state.mandates[m].known = [0.6; MAX_REGIONS];
        sim.state.mandates[m].reserves = Money(100.0);
    });
    assert_eq!(outcome, Some(Outcome::Move));
    let mandate = &sim.state.mandates[m];
    assert_eq!(mandate.stage(sim.conditions.now.quarter()), Stage::Transition);
    assert!((mandate.known[0] - 0.3).abs() < 1e-12, "half forgotten");
    assert_eq!(mandate.reserves, Money::ZERO);
    assert_eq!((mandate.since, mandate.terms), (sim.conditions.now.quarter(), 1));
}

#[test]
fn a_failing_hub_is_reallocated_to_a_better_holder_at_home() {
    let (sim, m, outcome) = reviewed(ALL, |sim, m| {
        fail(sim, m);
        let home = home(sim, m);
        rivals(sim, m, |r| r == home);
    });
    assert_eq!(outcome, Some(Outcome::Reallocate));
    assert!(sim.state.organisations[sim.state.mandates[m].holder].expertise[0] > 0.8);
}

#[test]
fn a_failing_hub_without_a_better_holder_ends() {
    let (sim, m, outcome) = reviewed(ALL, |sim, m| {
        fail(sim, m);
        rivals(sim, m, |_| false);
    });
    assert_eq!(outcome, Some(Outcome::End));
    assert!(!sim.state.mandates[m].alive());
}

/// In an open call a holder that failed but is still the best of all who stand is chosen again, and its hub goes on.
#[test]
fn a_failing_holder_that_is_chosen_again_keeps_its_hub() {
    let mut open = thematic();
    open.hubs.holder_may_stand = true;
    let (sim, m, outcome) = reviewed_under(open, ALL, |sim, m| {
        fail(sim, m);
        rivals(sim, m, |_| false);
        let holder = sim.state.mandates[m].holder.index();
        (
            sim.state.organisations[OrganisationId::from_index(holder)].expertise[0],
            sim.state.organisations[OrganisationId::from_index(holder)].service_before[0],
        ) = (0.9, 100.0);
    });
    assert_eq!(outcome, None);
    assert!(sim.state.mandates[m].alive());
}

#[test]
fn a_theme_that_nobody_needs_any_more_loses_its_hub() {
    let (sim, m, outcome) = reviewed(ALL, |sim, _| sim.conditions.parameters.mandates.least_need = 0.9);
    assert_eq!(outcome, Some(Outcome::End));
    assert!(!sim.state.mandates[m].alive());
}

#[test]
fn an_outcome_that_is_not_allowed_does_not_happen() {
    for allowed in ALL {
        let (_, _, outcome) = reviewed(&[*allowed], |sim, m| {
            fail(sim, m);
            rivals(sim, m, |_| true);
        });
        assert!(outcome.is_none_or(|outcome| outcome == *allowed), "{outcome:?} is not allowed");
    }
    let (sim, m, outcome) = reviewed(&[], |sim, m| {
        fail(sim, m);
        rivals(sim, m, |_| true);
    });
    assert!(outcome.is_none() && sim.state.mandates[m].alive());
}

#[test]
fn sunk_cost_counts_unless_the_review_is_independent() {
    let (sim, m, _) = reviewed(ALL, |_, _| ());
    let seen = |independence: f64| {
        let mut policy = thematic();
        policy.hubs.independence = independence;
        judge(&sim.conditions.under(&policy), &sim.state, m).seen
    };
    let held = f64::from(sim.conditions.now.quarter() - sim.state.mandates[m].since) / 4.0;
    assert!((seen(0.0) - seen(1.0) - 0.04 * held).abs() < 1e-12 && held == 3.0);
    assert!((seen(0.5) - seen(1.0) - 0.02 * held).abs() < 1e-12);
}

/// Experience with hubs reduces noise: noise/√(1 + hub-years/experience).
#[test]
fn noise_shrinks_with_experience() {
    let mut sim = simulation();
    assert_eq!(deciding::perception_noise(&sim.conditions.context(), &sim.state), 0.12);
    sim.state.hub_years = 36.0;
    assert!((deciding::perception_noise(&sim.conditions.context(), &sim.state) - 0.06).abs() < 1e-12);
}

#[test]
fn spread_lifts_regions_that_are_short_of_mandates() {
    let regions = |spread: f64| {
        let mut policy = thematic();
        policy.hubs.spread = spread;
        policy.hubs.max_each = 3.0;
        policy.hubs.score.evidence = 0.0;
        policy.hubs.score.history = 1.0;
        let mut sim = simulation();
        fixture::run(&mut sim, &policy, 1);
        let mut regions: Vec<u8> = sim.state.hubs().map(|m| home(&sim, m).0).collect();
        regions.sort_unstable();
        regions
    };
    assert_eq!(regions(2.0), [0, 1, 2]);
    assert_eq!(regions(0.0), [0, 0, 0], "the largest takes all");
}

/// A holder is scored together with its rivals: its history counts relative to theirs.
#[test]
fn a_holder_is_measured_against_its_rivals() {
    let mut policy = thematic();
    (policy.hubs.score.evidence, policy.hubs.score.history) = (0.0, 1.0);
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 1);
    let m = hub(&sim, 0);
    let holder = sim.state.mandates[m].holder;
    let rival = sim.state.affiliates().find(|&o| o != holder).expect("there are others");
    for o in &mut sim.state.organisations {
        (o.grants, o.own_income, o.expertise[0]) = (Money::ZERO, Money(10.0), 0.0);
    }
    for (o, had) in [(holder, 100.0), (rival, 400.0)] {
        let o = &mut sim.state.organisations[o];
        (o.own_income, o.expertise[0]) = (Money(had), 0.5);
    }
    sim.state.mandates.iter_mut().filter(|other| other.holder == rival).for_each(|other| other.ended = true);
    let (to, score, own) =
        chosen(&sim.conditions.under(&policy), &sim.state, m, Competition::WithoutHolder, |_| true).expect("a rival");
    assert_eq!(to, rival);
    assert!((score - 1.0).abs() < 1e-12 && (own - 0.25).abs() < 1e-12, "{score} and {own}");
}

/// A review's result waits for the body that gave it, then takes effect at the end of a quarter.
#[test]
fn a_result_takes_effect_after_the_delay() {
    let (mut sim, m, outcome) = reviewed(ALL, |sim, m| {
        fail(sim, m);
        rivals(sim, m, |_| false);
        sim.conditions.parameters.deciding.delay_foundation = Quarters(2.0);
    });
    assert_eq!(outcome, None);
    let pending = sim.state.mandates[m].pending.expect("it waits");
    assert!(pending.due == sim.conditions.now.quarter() + 1 && pending.score < pending.bar);
    let mut policy = thematic();
    policy.hubs.outcomes = ALL.to_vec();
    carry_out_decisions(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
    assert!(sim.state.mandates[m].alive(), "not yet");
    sim.conditions.now.set_quarter(sim.conditions.now.quarter() + 1);
    carry_out_decisions(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
    assert!(!sim.state.mandates[m].alive());
}

#[test]
fn a_new_hub_waits_for_the_decision() {
    let mut sim = simulation();
    sim.conditions.parameters.deciding.delay_council = Quarters(2.0);
    let mut policy = thematic();
    policy.governance.body = crate::policy::levers::Body::Council;
    fixture::run(&mut sim, &policy, 1);
    let m = &sim.state.mandates[MandateId::from_index(hub(&sim, 0).index())];
    assert_eq!(m.ready, m.created + 4 + 2);
}
