//! The ledger: it moves no history, and says what the rows say.

use std::collections::{BTreeMap, BTreeSet};

use hubsim_lab::experiment::world::draw;
use hubsim_lab::experiment::{self, Arm, Replay, replay};
use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::ids::{MandateId, OrganisationId};
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::HubKind;
use hubsim_model::random::Stream;
use hubsim_model::record::events::{Event, EventLog};
use hubsim_model::simulation::Simulation;
use proptest::prelude::*;

use crate::worlds::{cases, config, small};

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn keeping_it_moves_no_history(case in cases()) {
        let mut sim = Simulation::new(&case.inputs, &case.policy, case.stream);
        sim.record.events = EventLog::open();
        let kept = sim.run(case.years);
        prop_assert_eq!(experiment::digest(&kept), experiment::digest(&case.run()));
    }
}

fn replays() -> Vec<Replay> {
    let changes = Changes { replicates: Some(2), years: Some(10), ..Changes::default() };
    let scenario = Scenario::find("small", &changes).expect("a built-in");
    let again = |arm: &Arm, replicate: u32| {
        let replay = replay(&scenario, arm, replicate).expect("an arm of the scenario");
        let run = experiment::simulate(&scenario, arm, replicate).expect("an arm of the scenario");
        assert_eq!((&replay.trial.digest, &replay.trial.policy), (&run.digest, &run.policy));
        let (inputs, policy) = scenario.inputs(arm, &draw(&scenario, replicate)).expect("an arm of the scenario");
        let plain =
            hubsim_model::simulation::simulate(&inputs, &policy, Stream::new(scenario.seed, replicate), scenario.years);
        assert_eq!(experiment::trial_digest(&plain, scenario.place(replicate)), replay.trial.digest);
        replay
    };
    let arms = scenario.arms();
    (0..scenario.replicates)
        .flat_map(|replicate| arms.iter().map(move |arm| (arm, replicate)))
        .map(|(arm, r)| again(arm, r))
        .collect()
}

#[test]
fn it_says_what_the_rows_say() {
    for replay in replays() {
        let Replay { trial, entries, homes } = &replay;
        let names = &trial.history.names;
        assert_eq!(homes.len(), names.organisation.len());
        assert!(entries.is_sorted_by_key(|entry| entry.quarter), "it is written in the order of time");
        for row in &trial.history.movement[1..] {
            let year: Vec<&Event> =
                entries.iter().filter(|entry| entry.when().0 == row.year).map(|entry| &entry.event).collect();
            let count = |is: fn(&Event) -> bool| year.iter().filter(|event| is(event)).count() as u32;
            assert_eq!(count(|event| matches!(event, Event::Formed { .. } | Event::Founded { .. })), row.formed);
            assert_eq!(count(|event| matches!(event, Event::Closed { .. })), row.closed);
            let flows = trial.history.flows.iter().filter(|flow| flow.year == row.year);
            let applications: u32 = flows.clone().map(|flow| flow.applications).sum();
            let decided = count(|event| matches!(event, Event::Awarded { .. } | Event::Refused { .. }));
            assert_eq!(decided, applications, "every application is answered");
            // What runs from earlier years is paid without being asked for again.
            let asked = |event: &&&Event| match event {
                Event::Awarded { yearly, requested, score, rank, applicants, .. } => {
                    assert!(yearly.0 > 0.0 && yearly.0 <= requested.0 + 1e-6 && *score >= 0.0);
                    assert!((1..=*applicants).contains(rank));
                    true
                }
                _ => false,
            };
            let given: f64 = year
                .iter()
                .filter(asked)
                .map(|event| match event {
                    Event::Awarded { yearly, .. } => yearly.0,
                    _ => 0.0,
                })
                .sum();
            let paid: f64 = flows.map(|flow| flow.awarded).sum();
            assert!(given <= paid + 1e-6 * paid, "{given} of {paid} USD");
        }
    }
}

#[test]
fn it_knows_every_hub_and_every_duplicate_has_an_original() {
    let (mut hubs, mut duplicates) = (0, 0);
    for Replay { trial, entries, .. } in replays() {
        let born = entries.iter().map(|entry| match &entry.event {
            Event::Created { candidates, runner_up, score, runner_up_score, .. } => {
                assert_eq!(runner_up.is_some(), runner_up_score.is_some());
                assert!(*candidates > 0 && (runner_up.is_none() || *candidates > 1));
                // Who is founded for a mandate has no score.
                assert!(*score >= 0.0);
                1
            }
            Event::LeftScope { new: Some(_), .. } => 1,
            _ => 0,
        });
        assert_eq!(born.sum::<usize>(), trial.history.names.mandate.len());
        hubs += trial.history.names.mandate.len();
        for entry in &entries {
            if let Event::Duplicated { organisation, other, wasted, .. } = &entry.event {
                assert!(organisation != other && wasted.0 >= 0.0);
                duplicates += 1;
            }
        }
    }
    assert!(hubs > 0 && duplicates > 0, "{hubs} hubs, {duplicates} duplicates: nothing was tested");
}

/// Who joins a consortium is told after who leads it: of a new mandate, of one that was split off, and after a change of
/// hands, when nobody joins whom it has just been taken from.
#[test]
fn partners_join_a_mandate_after_it_is_given() {
    let mut joined = [0; 2];
    for replay in replays() {
        let mut holders: BTreeMap<MandateId, (OrganisationId, bool)> = BTreeMap::new();
        let mut before: Option<&Event> = None;
        for event in replay.entries.iter().map(|entry| &entry.event) {
            match event {
                Event::Created { mandate, holder, .. } => drop(holders.insert(*mandate, (*holder, false))),
                Event::LeftScope { new: Some(new), to: Some(to), .. } => drop(holders.insert(*new, (*to, false))),
                Event::Changed { mandate, holder: Some(holder), .. } => {
                    let told = matches!(before, Some(Event::TakenIn { mandate: other, .. }) if other == mandate);
                    assert!(!told, "the new holder's partners are told before the holder: {before:?}, {event:?}");
                    holders.insert(*mandate, (*holder, true));
                }
                Event::TakenIn { mandate, partner } => {
                    let (holder, changed) = holders.get(mandate).expect("a mandate is given before partners join it");
                    assert_ne!(holder, partner, "nobody is a partner of its own");
                    joined[usize::from(*changed)] += 1;
                }
                _ => {}
            }
            before = Some(event);
        }
    }
    assert!(joined[0] > 0, "some partners join");
}

/// What is begun twice is about what is spent twice: a project of the last years may not be done, one of before the
/// start is not in the ledger.
#[test]
fn duplicates_add_up_to_the_work_of_the_rows() {
    let (mut told, mut spent) = (0.0, 0.0);
    for Replay { trial, entries, .. } in replays() {
        for entry in &entries {
            if let Event::Duplicated { wasted, .. } = &entry.event {
                told += wasted.0;
            }
        }
        let by_cause = |row: &hubsim_model::record::MovementRow| {
            row.duplicated_not_found
                + row.duplicated_not_packaged
                + row.duplicated_not_invented_here
                + row.duplicated_same_time
        };
        spent += trial.history.movement[1..].iter().map(by_cause).sum::<f64>();
    }
    assert!((told / spent - 1.0).abs() < 0.2, "{told} FTE-quarters told, {spent} spent");
}

/// Every review is told with what it saw and what came of it, in this order.
#[test]
fn every_review_has_an_outcome() {
    let (_, inputs) = small();
    let mut policy = Policy::default();
    policy.hubs.kind = HubKind::Thematic;
    policy.hubs.share = 0.2.into();
    policy.hubs.review_years = 2.0.into();
    policy.hubs.term_years = 4.0;
    policy.hubs.strictness = 1.0;
    let (mut reviews, mut renewals) = (0, 0);
    for replicate in 0..4 {
        let mut sim = Simulation::new(&inputs, &policy, Stream::new(1, replicate));
        sim.record.events = EventLog::open();
        (0..12).for_each(|_| sim.step_year());
        let mut open = BTreeSet::new();
        for entry in sim.record.events.entries() {
            match &entry.event {
                Event::Reviewed { mandate, score, bar, service, quality, reuse, spread, sunk, .. } => {
                    assert!(open.insert(mandate.0), "two reviews without an outcome between");
                    assert!([service, quality, reuse, spread].iter().all(|part| (0.0..=1.0).contains(*part)));
                    assert!(score.is_finite() && *bar >= 0.0 && *sunk >= 0.0);
                    reviews += 1;
                }
                Event::Confirmed { mandate, .. } | Event::Changed { mandate, why: "the review", .. } => {
                    assert!(open.remove(&mandate.0), "an outcome without a review");
                }
                // What ends or changes hands meanwhile is not changed by the review any more.
                Event::Orphaned { mandate, .. } | Event::Changed { mandate, .. } => {
                    open.remove(&mandate.0);
                }
                Event::Renewed { terms, .. } => {
                    assert!(*terms > 1);
                    renewals += 1;
                }
                _ => {}
            }
        }
        // What was decided last takes effect after the delay of who decides.
        assert!(
            open.iter().all(|&m| sim.state.mandates[MandateId::from_index(usize::from(m))].pending.is_some()),
            "{open:?}"
        );
    }
    assert!(reviews > 20 && renewals > 5, "{reviews} reviews, {renewals} renewals: nothing was tested");
}
