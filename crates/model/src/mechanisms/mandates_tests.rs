//! Tests of hubs: waves, terms, reviews and their outcomes.

use super::*;
use crate::fixture::{self, hub, setup, switch_off, thematic, world, world_of};
use crate::record::events::Entry;
use crate::state::Stage;

/// Mandates alive at the end of each of some years.
fn counts(policy: &Policy, years: u32) -> Vec<usize> {
    let mut setup = setup();
    let theme = setup.theme[0].clone();
    setup.theme.extend((0..5).map(|k| crate::inputs::Theme { name: format!("more {k}"), ..theme.clone() }));
    let mut world = world_of(&setup);
    (0..years)
        .map(|_| {
            fixture::run(&mut world, policy, 1);
            world.hub_count()
        })
        .collect()
}

#[test]
fn waves_come_on_time_and_in_size() {
    let mut policy = thematic();
    assert_eq!(counts(&policy, 2), [8, 8], "all at once");
    (policy.hubs.first_year, policy.hubs.wave_size, policy.hubs.wave_years) = (2.0, 3.0, 2.0);
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
    let mut world = world();
    let stages = |world: &World| -> Vec<Stage> { world.mandates.iter().map(|m| m.stage(u32::MAX)).collect() };
    fixture::run(&mut world, &policy, 2);
    assert_eq!(stages(&world), [Stage::Pilot]);
    fixture::run(&mut world, &policy, 1);
    assert_eq!(stages(&world), [Stage::Active; 3]);
}

#[test]
fn a_hub_is_in_transition_for_as_long_as_stated() {
    let mut world = world();
    fixture::run(&mut world, &thematic(), 1);
    let m = &world.mandates[MandateId::from_index(hub(&world, 0).index())];
    assert_eq!(m.stage(m.created + 3), Stage::Transition);
    assert_eq!(m.stage(m.created + 4), Stage::Active);
}

/// A world with hubs in their third year, and what it takes to review the first theme's.
fn reviewed(outcomes: &[Outcome], change: impl FnOnce(&mut World, MandateId)) -> (World, MandateId, Option<Outcome>) {
    reviewed_under(thematic(), outcomes, change)
}

fn reviewed_under(
    mut policy: Policy,
    outcomes: &[Outcome],
    change: impl FnOnce(&mut World, MandateId),
) -> (World, MandateId, Option<Outcome>) {
    policy.hubs.review_years = 1.0;
    policy.hubs.independence = 1.0;
    policy.hubs.outcomes = outcomes.to_vec();
    let mut setup = setup();
    switch_off(&mut setup.parameters, "environment");
    setup.parameters.mandates.noise = 0.0;
    setup.parameters.mandates.split_need = 1.0;
    let mut world = world_of(&setup);
    fixture::run(&mut world, &thematic(), 3);
    let m = hub(&world, 0);
    for mandate in &mut world.mandates {
        // Everybody has served everywhere alike.
        mandate.last = Record::default();
        for r in 0..3 {
            (mandate.last.requests[r], mandate.last.service[r]) = (100.0, 50.0);
        }
        mandate.last.reused = 1.0;
    }
    policy.hubs.strictness = 0.7;
    change(&mut world, m);
    world.year += 1;
    review(&mut world, &policy, m);
    let outcome = match world.ledger.entries().last() {
        Some(Entry { event: Event::Changed { outcome, .. }, .. }) => Some(*outcome),
        _ => None,
    };
    (world, m, outcome)
}

const ALL: &[Outcome] = &[Outcome::Split, Outcome::ReScope, Outcome::Move, Outcome::Reallocate, Outcome::End];

/// A record of nothing.
fn fail(world: &mut World, m: MandateId) {
    world.mandates[m].last.service = [0.0; MAX_REGIONS];
    world.mandates[m].last.reused = 0.0;
    let holder = world.mandates[m].holder;
    world.organisations[holder].expertise[0] = 0.0;
    world.organisations[holder].service_before[0] = 0.0;
}

/// Who else can hold the first theme: those that a condition admits, better than the holder.
fn rivals(world: &mut World, m: MandateId, admitted: impl Fn(RegionId) -> bool) {
    let holder = world.mandates[m].holder;
    for (i, o) in world.organisations.iter_mut().enumerate() {
        if i != holder.index() {
            let fits = admitted(o.region);
            o.expertise[0] = if fits { 0.9 } else { 0.0 };
            o.service_before[0] = if fits { 100.0 } else { 0.0 };
        }
    }
}

fn home(world: &World, m: MandateId) -> RegionId {
    world.organisations[world.mandates[m].holder].region
}

#[test]
fn a_good_record_goes_on() {
    let (world, m, outcome) = reviewed(ALL, |_, _| ());
    assert_eq!(outcome, None);
    assert!(world.mandates[m].alive());
    assert!(matches!(world.ledger.entries().last(), Some(Entry { event: Event::Confirmed { .. }, .. })));
}

#[test]
fn a_large_scope_is_split() {
    let (world, m, outcome) = reviewed(ALL, |world, _| world.parameters.mandates.split_need = 0.1);
    assert_eq!(outcome, Some(Outcome::Split));
    let parts: Vec<&Mandate> = world.mandates.iter().filter(|m| m.alive() && m.theme() == Some(ThemeId(0))).collect();
    assert_eq!(parts.len(), 2);
    for r in world.region_ids() {
        assert_eq!(parts.iter().filter(|part| part.scope.holds(r, ThemeId(0))).count(), 1, "one hub a cell");
    }
    let new = parts[1];
    let there = world.organisations[new.holder].region;
    assert!(new.scope.holds(there, ThemeId(0)), "held by somebody from there");
    assert_eq!(world.mandates[m].scope.regions().count(), 2);
}

#[test]
fn a_badly_served_region_leaves_the_scope() {
    let (world, m, outcome) = reviewed(&[Outcome::ReScope], |world, m| {
        fail(world, m);
        world.mandates[m].last.service[..2].fill(5.0);
        rivals(world, m, |_| false);
    });
    assert_eq!(outcome, Some(Outcome::ReScope));
    assert_eq!(world.mandates[m].scope.regions().collect::<Vec<_>>(), [RegionId(0), RegionId(1)]);
    assert_eq!(world.hub_count(), 3, "nobody fits there");
}

#[test]
fn a_failing_hub_moves_to_a_better_holder_elsewhere() {
    let (world, m, outcome) = reviewed(ALL, |world, m| {
        fail(world, m);
        let home = home(world, m);
        rivals(world, m, |r| r != home);
        world.mandates[m].known = [0.6; MAX_REGIONS];
        world.mandates[m].reserves = Money(100.0);
    });
    assert_eq!(outcome, Some(Outcome::Move));
    let mandate = &world.mandates[m];
    assert_eq!(mandate.stage(world.quarter), Stage::Transition);
    assert!((mandate.known[0] - 0.3).abs() < 1e-12, "half forgotten");
    assert_eq!(mandate.reserves, Money::ZERO);
    assert_eq!((mandate.since, mandate.terms), (world.quarter, 1));
}

#[test]
fn a_failing_hub_is_reallocated_to_a_better_holder_at_home() {
    let (world, m, outcome) = reviewed(ALL, |world, m| {
        fail(world, m);
        let home = home(world, m);
        rivals(world, m, |r| r == home);
    });
    assert_eq!(outcome, Some(Outcome::Reallocate));
    assert!(world.organisations[world.mandates[m].holder].expertise[0] > 0.8);
}

#[test]
fn a_failing_hub_without_a_better_holder_ends() {
    let (world, m, outcome) = reviewed(ALL, |world, m| {
        fail(world, m);
        rivals(world, m, |_| false);
    });
    assert_eq!(outcome, Some(Outcome::End));
    assert!(!world.mandates[m].alive());
}

/// In an open call a holder that failed but is still the best of all who stand is chosen again, and its hub goes on.
#[test]
fn a_failing_holder_that_is_chosen_again_keeps_its_hub() {
    let mut open = thematic();
    open.hubs.holder_may_stand = true;
    let (world, m, outcome) = reviewed_under(open, ALL, |world, m| {
        fail(world, m);
        rivals(world, m, |_| false);
        let holder = world.mandates[m].holder.index();
        (
            world.organisations[OrganisationId::from_index(holder)].expertise[0],
            world.organisations[OrganisationId::from_index(holder)].service_before[0],
        ) = (0.9, 100.0);
    });
    assert_eq!(outcome, None);
    assert!(world.mandates[m].alive());
}

#[test]
fn a_theme_that_nobody_needs_any_more_loses_its_hub() {
    let (world, m, outcome) = reviewed(ALL, |world, _| world.parameters.mandates.least_need = 0.9);
    assert_eq!(outcome, Some(Outcome::End));
    assert!(!world.mandates[m].alive());
}

#[test]
fn an_outcome_that_is_not_allowed_does_not_happen() {
    for allowed in ALL {
        let (_, _, outcome) = reviewed(&[*allowed], |world, m| {
            fail(world, m);
            rivals(world, m, |_| true);
        });
        assert!(outcome.is_none_or(|outcome| outcome == *allowed), "{outcome:?} without leave");
    }
    let (world, m, outcome) = reviewed(&[], |world, m| {
        fail(world, m);
        rivals(world, m, |_| true);
    });
    assert!(outcome.is_none() && world.mandates[m].alive());
}

#[test]
fn old_investment_speaks_for_a_holder_unless_the_review_is_independent() {
    let (world, m, _) = reviewed(ALL, |_, _| ());
    let seen = |independence: f64| {
        let mut policy = thematic();
        policy.hubs.independence = independence;
        judge(&world, &policy, m).seen
    };
    let held = f64::from(world.quarter - world.mandates[m].since) / 4.0;
    assert!((seen(0.0) - seen(1.0) - 0.04 * held).abs() < 1e-12 && held == 3.0);
    assert!((seen(0.5) - seen(1.0) - 0.02 * held).abs() < 1e-12);
}

/// What has been seen of hubs makes judgement better: noise/√(1 + hub-years/experience).
#[test]
fn noise_shrinks_with_experience() {
    let mut world = world();
    assert_eq!(noise(&world), 0.12);
    world.hub_years = 36.0;
    assert!((noise(&world) - 0.06).abs() < 1e-12);
}

#[test]
fn spread_lifts_regions_that_are_short_of_mandates() {
    let regions = |spread: f64| {
        let mut policy = thematic();
        policy.hubs.spread = spread;
        policy.hubs.max_each = 3.0;
        policy.hubs.score.evidence = 0.0;
        policy.hubs.score.history = 1.0;
        let mut world = world();
        fixture::run(&mut world, &policy, 1);
        let mut regions: Vec<u8> = world.hubs().map(|m| home(&world, m).0).collect();
        regions.sort_unstable();
        regions
    };
    assert_eq!(regions(2.0), [0, 1, 2]);
    assert_eq!(regions(0.0), [0, 0, 0], "the largest takes all");
}

/// A holder is ranked beside its rivals, not alone: what it had counts against what they had.
#[test]
fn a_holder_is_measured_against_its_rivals() {
    let mut policy = thematic();
    (policy.hubs.score.evidence, policy.hubs.score.history) = (0.0, 1.0);
    let mut world = world();
    fixture::run(&mut world, &thematic(), 1);
    let m = hub(&world, 0);
    let holder = world.mandates[m].holder;
    let rival = world.affiliates().find(|&o| o != holder).expect("there are others");
    for o in &mut world.organisations {
        (o.grants, o.own_income, o.expertise[0]) = (Money::ZERO, Money(10.0), 0.0);
    }
    for (o, had) in [(holder, 100.0), (rival, 400.0)] {
        let o = &mut world.organisations[o];
        (o.own_income, o.expertise[0]) = (Money(had), 0.5);
    }
    world.mandates.iter_mut().filter(|other| other.holder == rival).for_each(|other| other.ended = true);
    let (to, score, own) = chosen(&world, &policy, m, Call::Others, |_| true).expect("a rival");
    assert_eq!(to, rival);
    assert!((score - 1.0).abs() < 1e-12 && (own - 0.25).abs() < 1e-12, "{score} and {own}");
}

/// A review's verdict waits for the body that gave it, then takes effect at the end of a quarter.
#[test]
fn a_verdict_takes_effect_after_the_delay() {
    let (mut world, m, outcome) = reviewed(ALL, |world, m| {
        fail(world, m);
        rivals(world, m, |_| false);
        world.parameters.deciding.delay_foundation = 2.0;
    });
    assert_eq!(outcome, None);
    let verdict = world.mandates[m].verdict.expect("it waits");
    assert!(verdict.due == world.quarter + 1 && verdict.score < verdict.bar);
    let mut policy = thematic();
    policy.hubs.outcomes = ALL.to_vec();
    take_effect(&mut world, &policy, m);
    assert!(world.mandates[m].alive(), "not yet");
    world.quarter += 1;
    take_effect(&mut world, &policy, m);
    assert!(!world.mandates[m].alive());
}

/// What a review splits off has waited for the body already: only its start takes time.
#[test]
fn a_split_waits_for_the_decision_once() {
    let (mut world, m, outcome) = reviewed(ALL, |world, _| {
        world.parameters.mandates.split_need = 0.1;
        world.parameters.deciding.delay_foundation = 2.0;
    });
    assert_eq!(outcome, None);
    world.quarter = world.mandates[m].verdict.expect("it waits").due;
    let mut policy = thematic();
    policy.hubs.outcomes = ALL.to_vec();
    let before = world.mandates.len();
    take_effect(&mut world, &policy, m);
    let new = &world.mandates[MandateId::from_index(before)];
    assert_eq!(new.ready, world.quarter + world.parameters.mandates.transition_quarters as u32);
}

#[test]
fn a_new_hub_waits_for_the_decision() {
    let mut world = world();
    world.parameters.deciding.delay_council = 2.0;
    let mut policy = thematic();
    policy.governance.body = crate::policy::levers::Body::Council;
    fixture::run(&mut world, &policy, 1);
    let m = &world.mandates[MandateId::from_index(hub(&world, 0).index())];
    assert_eq!(m.ready, m.created + 4 + 2);
}

#[test]
fn lobbying_turns_a_review() {
    let review = |lobbying: f64| {
        reviewed(ALL, |world, m| {
            fail(world, m);
            rivals(world, m, |_| false);
            let holder = world.mandates[m].holder;
            let o = &mut world.organisations[holder];
            (o.territoriality, o.prestige) = (1.0, 1.0);
            world.parameters.power.lobbying = lobbying;
            // Those who judge know much, but not all.
            (world.parameters.deciding.by_report, world.parameters.deciding.reputation) = (0.3, 0.0);
            (world.parameters.deciding.acquaintance, world.parameters.mandates.sunk_cost) = (0.6, 0.0);
        })
    };
    assert_eq!(review(0.0).0.tally.trust.turned, 0);
    let (world, m, turned) = review(5.0);
    assert!(turned.is_none() && world.mandates[m].alive() && world.tally.trust.turned == 1);
    assert!(world.ledger.entries().iter().any(|entry| matches!(entry.event, Event::Lobbied { .. })));
}

#[test]
fn the_mighty_stand_for_what_they_do_not_know() {
    let mut world = world();
    let id = fixture::named(&world, "North 0");
    let o = &mut world.organisations[id];
    (o.expertise[0], o.territoriality, o.prestige) = (0.0, 0.8, 0.9);
    let stream = world.stream.decision(Decision::CandidateNoise, 1);
    let stands = |world: &World, accountability: f64| {
        let mut policy = thematic();
        policy.governance.accountability = accountability;
        candidates(world, &policy, Charge::Theme(ThemeId(0)), stream, |_| true).ids.contains(&id)
    };
    assert!(!stands(&world, 0.0), "no fear");
    world.parameters.power.fear = 0.6;
    assert!(stands(&world, 0.0) && !stands(&world, 1.0));
}
