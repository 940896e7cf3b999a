//! Tests of the ends of terms, and of who may stand when a mandate is given anew.

use super::super::*;
use super::{ALL, holding_several, reviewed_under};
use crate::fixture::{self, hub, simulation, thematic};
use crate::mechanisms::mandates::review::replace_holder;
use crate::policy::Policy;
use crate::policy::levers::Outcome;
use crate::record::events::Event;
use crate::record::events::LoggedEvent;
use crate::simulation::Simulation;
use crate::units::Quarters;

#[test]
fn a_term_limit_hands_on_and_without_one_terms_run_on() {
    let mut policy = thematic();
    policy.hubs.term_years = 2.0;
    let holders = |policy: &Policy| -> Vec<Vec<OrganisationId>> {
        let mut sim = simulation();
        (0..6)
            .map(|_| {
                fixture::run(&mut sim, policy, 1);
                sim.state.mandates.iter().filter(|m| m.alive()).map(|m| m.holder).collect()
            })
            .collect()
    };
    let on = holders(&policy);
    assert!(on.iter().all(|holders| holders == &on[0]), "a term that ends runs on");
    policy.hubs.term_limit = 2.0.into();
    policy.hubs.max_each = 3.0;
    let handed = holders(&policy);
    assert_eq!(handed[3], handed[0], "two terms of two years");
    assert!(handed[4].iter().zip(&handed[0]).all(|(now, first)| now != first));
}

/// In an open call the holder stays where it is the best, and its terms begin anew; a better candidate takes over. A
/// holder that is stopped for misconduct is excluded in any case.
#[test]
fn a_holder_that_may_stand_again_may_be_chosen_again() {
    let mut policy = thematic();
    (policy.hubs.term_years, policy.hubs.term_limit, policy.hubs.max_each) = (2.0, 1.0.into(), 3.0);
    policy.hubs.holder_may_stand = true;
    let mut sim = simulation();
    fixture::run(&mut sim, &policy, 2);
    let m = hub(&sim, 0);
    let holder = sim.state.mandates[m].holder;
    let served = |sim: &mut Simulation, most: OrganisationId| {
        for (o, organisation) in sim.state.organisations.iter_mut().enumerate() {
            organisation.expertise[0] = 0.5;
            organisation.service_before[0] = if o == most.index() { 100.0 } else { 10.0 };
        }
    };
    served(&mut sim, holder);
    sim.conditions.now.set_year(sim.conditions.now.year() + 1);
    let (since, known) = (sim.state.mandates[m].since, sim.state.mandates[m].known);
    end_term(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, m);
    let now = &sim.state.mandates[m];
    assert_eq!((now.holder, now.terms, now.term_end, now.since), (holder, 1, sim.conditions.now.year() + 2, since));
    assert_eq!(now.known, known, "nothing is lost");
    assert!(matches!(
        sim.record.events.entries().last(),
        Some(LoggedEvent { event: Event::Renewed { terms: 1, .. }, .. })
    ));
    sim.conditions.now.set_year(sim.conditions.now.year() + 2);
    let mut closed = sim.clone();
    let mut others_only = policy.clone();
    others_only.hubs.holder_may_stand = false;
    end_term(&closed.conditions.under(&others_only), &mut closed.state, &mut closed.record, m);
    assert_ne!(closed.state.mandates[m].holder, holder, "without the lever it is out");
    let mut stopped = sim.clone();
    policy.hubs.outcomes = vec![Outcome::Move, Outcome::Reallocate];
    replace_holder(&stopped.conditions.under(&policy), &mut stopped.state, &mut stopped.record, m);
    assert_ne!(stopped.state.mandates[m].holder, holder, "stopped");
    let rival = sim.state.affiliates().find(|&o| o != holder).expect("there are others");
    served(&mut sim, rival);
    end_term(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, m);
    assert_eq!(sim.state.mandates[m].holder, rival, "the better one takes over");
}

/// A term limit that gives a hub to another region is recorded as a move, within the region as a reallocation. A new
/// holder's first review comes after years of its own.
#[test]
fn a_term_limit_records_where_the_hub_went() {
    let mut policy = thematic();
    (policy.hubs.term_years, policy.hubs.term_limit, policy.hubs.max_each) = (2.0, 1.0.into(), 3.0);
    let mut sim = simulation();
    fixture::run(&mut sim, &policy, 6);
    let changed = |entry: &LoggedEvent| match entry.event {
        Event::Changed { outcome, from, holder: Some(to), why: "the term limit", .. } => Some((outcome, from, to)),
        _ => None,
    };
    let changes: Vec<_> = sim.record.events.entries().iter().filter_map(changed).collect();
    let region = |o: OrganisationId| sim.state.organisations[o].region;
    assert!(changes.iter().any(|&(outcome, ..)| outcome == Outcome::Move));
    assert!(changes.iter().all(|&(outcome, from, to)| (outcome == Outcome::Move) == (region(from) != region(to))));
    assert!(sim.state.mandates.iter().filter(|m| m.since > m.created).all(|m| m.reviewed > (m.since - m.created) / 4));
}

/// What a review splits off has waited for the body already: only its start takes time.
#[test]
fn a_split_waits_for_the_decision_once() {
    let (mut sim, m, outcome) = reviewed_under(holding_several(), ALL, |sim, _| {
        sim.conditions.parameters.mandates.split_need = 0.1;
        sim.conditions.parameters.deciding.delay_foundation = Quarters(2.0);
    });
    assert_eq!(outcome, None);
    sim.conditions.now.set_quarter(sim.state.mandates[m].pending.expect("it waits").due);
    let mut policy = holding_several();
    policy.hubs.outcomes = ALL.to_vec();
    let before = sim.state.mandates.len();
    carry_out_decisions(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
    let new = &sim.state.mandates[MandateId::from_index(before)];
    assert_eq!(
        new.ready,
        sim.conditions.now.quarter() + sim.conditions.parameters.mandates.transition_quarters.whole()
    );
}
