//! Tests of the ends of terms, and of who may stand when a mandate is given anew.

use super::*;
use crate::fixture::{self, hub, thematic, world};
use crate::record::events::Entry;

#[test]
fn a_term_limit_hands_on_and_without_one_terms_run_on() {
    let mut policy = thematic();
    policy.hubs.term_years = 2.0;
    let holders = |policy: &Policy| -> Vec<Vec<OrganisationId>> {
        let mut world = world();
        (0..6)
            .map(|_| {
                fixture::run(&mut world, policy, 1);
                world.mandates.iter().filter(|m| m.alive()).map(|m| m.holder).collect()
            })
            .collect()
    };
    let on = holders(&policy);
    assert!(on.iter().all(|holders| holders == &on[0]), "a term that ends runs on");
    policy.hubs.term_limit = 2.0;
    policy.hubs.max_each = 3.0;
    let handed = holders(&policy);
    assert_eq!(handed[3], handed[0], "two terms of two years");
    assert!(handed[4].iter().zip(&handed[0]).all(|(now, first)| now != first));
}

/// In an open call the best stays where it is the best, with terms that begin anew; who is better takes over. Who is
/// stopped for its conduct is out in any case.
#[test]
fn a_holder_that_may_stand_again_may_be_chosen_again() {
    let mut policy = thematic();
    (policy.hubs.term_years, policy.hubs.term_limit, policy.hubs.max_each) = (2.0, 1.0, 3.0);
    policy.hubs.holder_may_stand = true;
    let mut world = world();
    fixture::run(&mut world, &policy, 2);
    let m = hub(&world, 0);
    let holder = world.mandates[m].holder;
    let served = |world: &mut World, most: OrganisationId| {
        for (o, organisation) in world.organisations.iter_mut().enumerate() {
            organisation.expertise[0] = 0.5;
            organisation.service_before[0] = if o == most.index() { 100.0 } else { 10.0 };
        }
    };
    served(&mut world, holder);
    world.year += 1;
    let (since, known) = (world.mandates[m].since, world.mandates[m].known);
    end_term(&mut world, &policy, m);
    let now = &world.mandates[m];
    assert_eq!((now.holder, now.terms, now.term_end, now.since), (holder, 1, world.year + 2, since));
    assert_eq!(now.known, known, "nothing is lost");
    assert!(matches!(world.ledger.entries().last(), Some(Entry { event: Event::Renewed { terms: 1, .. }, .. })));
    world.year += 2;
    let mut closed = world.clone();
    let mut others_only = policy.clone();
    others_only.hubs.holder_may_stand = false;
    end_term(&mut closed, &others_only, m);
    assert_ne!(closed.mandates[m].holder, holder, "without the lever it is out");
    let mut stopped = world.clone();
    policy.hubs.outcomes = vec![Outcome::Move, Outcome::Reallocate];
    replace_holder(&mut stopped, &policy, m);
    assert_ne!(stopped.mandates[m].holder, holder, "stopped");
    let rival = world.affiliates().find(|&o| o != holder).expect("there are others");
    served(&mut world, rival);
    end_term(&mut world, &policy, m);
    assert_eq!(world.mandates[m].holder, rival, "who is better takes over");
}

/// A hub that a term limit gives to another region is told to have moved, one that stays to be reallocated. A new holder's
/// first review comes after years of its own.
#[test]
fn a_term_limit_says_where_it_went() {
    let mut policy = thematic();
    (policy.hubs.term_years, policy.hubs.term_limit, policy.hubs.max_each) = (2.0, 1.0, 3.0);
    let mut world = world();
    fixture::run(&mut world, &policy, 6);
    let changed = |entry: &Entry| match entry.event {
        Event::Changed { outcome, from, holder: Some(to), why: "the term limit", .. } => Some((outcome, from, to)),
        _ => None,
    };
    let changes: Vec<_> = world.ledger.entries().iter().filter_map(changed).collect();
    let region = |o: OrganisationId| world.organisations[o].region;
    assert!(changes.iter().any(|&(outcome, ..)| outcome == Outcome::Move));
    assert!(changes.iter().all(|&(outcome, from, to)| (outcome == Outcome::Move) == (region(from) != region(to))));
    assert!(world.mandates.iter().filter(|m| m.since > m.created).all(|m| m.reviewed > (m.since - m.created) / 4));
}
