//! Tests of envelopes and of what regional hubs make of them.

use super::*;
use crate::fixture::{self, REJECT, both, hub, inputs, simulation, simulation_of, switch_off, z_of_mean};
use crate::ids::{Key, RegionId};
use crate::mechanisms::money::grant_shares;
use crate::policy::Policy;
use crate::policy::levers::{AwardRule, HubKind, ScoreMix};
use crate::record::events::Event;
use crate::schedule;
use crate::simulation::Simulation;

const POT: Money = Money(400_000.0);
const FUND: FunderId = FunderId(0);

fn delegating(share: f64) -> Policy {
    let mut policy = both();
    policy.hubs.kind = HubKind::Regional;
    policy.hubs.delegated = share.into();
    policy.grants.score = ScoreMix { history: 1.0, ..ScoreMix::default() };
    policy.grants.regional_envelopes = 1.0.into();
    policy
}

/// Three regional hubs at work; everybody applies for more than there is.
fn at_work() -> Simulation {
    let mut sim = simulation();
    fixture::run(&mut sim, &delegating(0.0), 3);
    sim.conditions.parameters.money.apply_funded = 1.0;
    sim.conditions.parameters.money.apply_unfunded = 1.0;
    sim.conditions.parameters.money.discouraged_factor = 1.0;
    sim.conditions.parameters.money.least_request = Money(1e6);
    sim.conditions.now.set_year(sim.conditions.now.year() + 1);
    assert_eq!(sim.state.hub_count(), 3);
    assert!(sim.state.mandates.iter().all(|m| sim.conditions.now.quarter() >= m.ready));
    sim
}

/// The grants of a year, by organisation.
fn grants(sim: &Simulation, policy: &Policy) -> (Simulation, Vec<f64>) {
    let mut sim = sim.clone();
    schedule::funding(&sim.conditions.under(policy), &mut sim.state, &mut sim.record);
    let all = sim.state.organisations.iter().map(|o| o.grants.0).collect();
    (sim, all)
}

fn close(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9 * (1.0 + a.abs()))
}

/// What the pot has left to decide about is all of it but the hubs' share: nothing is promised.
fn open_pot(sim: &Simulation) -> f64 {
    let hubs: f64 = sim.state.mandates.iter().map(|m| m.money.0).sum();
    sim.record.movement.pot.0 - hubs
}

#[test]
fn an_envelope_is_the_delegated_share_of_the_region_s_part() {
    let (sim, _) = grants(&at_work(), &delegating(0.4));
    let shares = grant_shares(&sim.state);
    for r in sim.state.region_ids() {
        let m = &sim.state.mandates[sim.state.regional_hub(r).expect("there is one")];
        assert!((m.envelope.0 / (0.4 * shares[r] * open_pot(&sim)) - 1.0).abs() < 1e-9);
        assert!((m.regranted.0 / m.envelope.0 - 1.0).abs() < 1e-9, "everybody wants more");
        let there = sim.state.affiliates().filter(|o| sim.state.organisations[*o].region == r).count();
        assert!((m.deciding.0 - 0.02 * there as f64).abs() < 1e-12);
    }
}

/// Decided by history alone within regional envelopes, it does not matter who decides: to the last dollar. The mutants
/// are an envelope on top of the region's share, and a favour.
#[test]
fn delegating_moves_who_decides_and_not_how_much_a_region_gets() {
    let mut sim = at_work();
    sim.conditions.parameters.regranting.favour = 0.0;
    let (_, central) = grants(&sim, &delegating(0.0));
    let (_, delegated) = grants(&sim, &delegating(0.4));
    assert!(close(&central, &delegated), "{central:?} {delegated:?}");
    // One region alone has a hub: the others lose nothing by it.
    let mut alone = sim.clone();
    alone.state.mandates.iter_mut().skip(1).for_each(|m| m.ready = u32::MAX);
    let (alone, one) = grants(&alone, &delegating(0.4));
    assert!(close(&central, &one));
    assert_eq!(alone.state.mandates.iter().filter(|m| m.envelope.0 > 0.0).count(), 1);
    let mut on_top = delegating(0.4);
    on_top.grants.regional_envelopes = 0.0.into();
    assert!(!close(&grants(&sim, &delegating(0.0)).1, &grants(&sim, &on_top).1), "the mutant passes");
    sim.conditions.parameters.regranting.favour = 1.0;
    assert!(!close(&central, &grants(&sim, &delegating(0.4)).1), "the mutant passes");
}

#[test]
fn hubs_that_are_not_at_work_have_no_envelope() {
    let mut sim = at_work();
    sim.state.mandates[MandateId(0)].ready = u32::MAX;
    // Its money is interrupted for certain, that of the others is promised.
    sim.conditions.parameters.money.interruption = 1.0;
    sim.state.mandates.iter_mut().for_each(|m| m.promised_until = u32::MAX);
    sim.state.mandates[MandateId(1)].promised_until = 1;
    let (sim, _) = grants(&sim, &delegating(0.4));
    let envelopes: Vec<bool> = sim.state.mandates.iter().map(|m| m.envelope.0 > 0.0).collect();
    assert_eq!(envelopes, [false, false, true]);
    let mut thematic = at_work();
    thematic.state.mandates.iter_mut().for_each(|m| m.remit = crate::state::Remit::Theme(crate::ids::ThemeId(0)));
    let (thematic, _) = grants(&thematic, &delegating(0.4));
    assert!(thematic.state.mandates.iter().all(|m| m.envelope.0 == 0.0), "a theme has no region");
}

/// After a split the hubs of a region share its envelope by need.
#[test]
fn a_scope_has_the_share_of_the_envelope_that_it_has_of_the_need() {
    let mut sim = at_work();
    let m = sim.state.regional_hub(RegionId(0)).expect("there is one");
    let (whole, _) = grants(&sim, &delegating(0.4));
    let scope = sim.state.mandates[m].scope.keep_themes(&[crate::ids::ThemeId(1)]);
    sim.state.mandates[m].scope = scope;
    let (part, _) = grants(&sim, &delegating(0.4));
    let envelope = |sim: &Simulation| sim.state.mandates[m].envelope.0 / open_pot(sim);
    let need = sim.state.need(RegionId(0), crate::ids::ThemeId(1));
    assert!((envelope(&part) / envelope(&whole) - need).abs() < 1e-9);
}

/// A holder's own history counts 1 + favour × territoriality × prestige times; accountability takes that away.
#[test]
fn a_holder_favours_its_own() {
    let mut sim = at_work();
    let m = sim.state.regional_hub(RegionId(0)).expect("there is one");
    let holder = sim.state.mandates[m].holder;
    let o = &mut sim.state.organisations[holder];
    (o.territoriality, o.prestige, o.conduct) = (0.8, 0.5, Default::default());
    for o in sim.state.organisations.iter_mut().filter(|o| o.region == RegionId(0)) {
        o.governed.history = Money(100.0);
    }
    let mut policy = delegating(1.0);
    let there: Vec<usize> = sim
        .state
        .affiliates()
        .map(OrganisationId::index)
        .filter(|&o| sim.state.organisations[OrganisationId::from_index(o)].region == RegionId(0))
        .collect();
    let ratio = |sim: &Simulation, policy: &Policy| {
        let (_, all) = grants(sim, policy);
        let other = there.iter().find(|&&o| o != holder.index()).expect("others");
        all[holder.index()] / all[*other]
    };
    assert!((ratio(&sim, &policy) - (1.0 + 0.5 * 0.8 * 0.5)).abs() < 1e-9);
    policy.governance.accountability = 0.5;
    assert!((ratio(&sim, &policy) - (1.0 + 0.5 * 0.8 * 0.5 * 0.5)).abs() < 1e-9);
    policy.governance.accountability = 1.0;
    assert!((ratio(&sim, &policy) - 1.0).abs() < 1e-9);
    policy.governance.accountability = 0.0;
    let partner = there.iter().copied().find(|&o| o != holder.index()).expect("others");
    sim.state.mandates[m].partners = vec![OrganisationId::from_index(partner)];
    assert!((ratio(&sim, &policy) - 1.0).abs() < 1e-9 || there.len() > 2, "partners are its own");
}

/// A hub sees merit with local_noise × the funder's noise: mean squares over 3,000 years; the funder's own noise, the
/// mutant, is rejected.
#[test]
fn a_hub_sees_merit_with_less_noise_than_the_funder() {
    let mut sim = at_work();
    let m = sim.state.regional_hub(RegionId(0)).expect("there is one");
    let id = sim.state.affiliates().find(|&o| o != sim.state.mandates[m].holder).expect("others");
    sim.state.organisations[id].prestige = 1.0;
    let (weight, quality) = (sim.conditions.parameters.mandates.prestige_weight, sim.state.best_quality(id));
    let merit = (1.0 - weight) * quality + weight;
    sim.state.funders[FunderId(0)].noise = 0.05;
    let blank = applicant(sim.state.organisations[id].key);
    let squares: Vec<f64> = (1..3000)
        .map(|year| {
            sim.conditions.now.set_year(year);
            let seen = as_seen_by_hub(
                &sim.conditions.under(&delegating(0.4)),
                &sim.state,
                Regranter { hub: m, funder: FUND },
                id,
                &blank,
            )
            .track_record
                - merit;
            seen * seen
        })
        .collect();
    assert!(merit > 0.2, "never cut off at nothing");
    assert!(z_of_mean(&squares, 0.03 * 0.03).abs() < REJECT);
    assert!(z_of_mean(&squares, 0.05 * 0.05).abs() > REJECT, "the mutant passes");
}

fn applicant(key: Key) -> Applicant {
    Applicant {
        key,
        kind: crate::policy::levers::OrganisationKind::Chapter,
        region: RegionId(0),
        underserved: false,
        age: 5.0,
        staff: crate::units::Capacity(1.0),
        request: Money(10.0),
        history: Money(10.0),
        track_record: 0.5,
        evidence: 0.5,
        need: 0.5,
        prestige: 0.5,
        votes: 0.0,
        known_misconduct: false,
        outside: false,
        partners: 0,
        new: false,
        newcomer: false,
        held: 0,
        shortfall: 0.0,
    }
}

/// Money of an envelope that is not awarded returns to the centre. Nobody gets more than was asked for, or than the
/// cap.
#[test]
fn what_is_not_awarded_goes_back_and_nobody_gets_more_than_asked() {
    let mut sim = at_work();
    sim.conditions.parameters.money.least_request = Money(0.0);
    for o in &mut sim.state.organisations {
        o.governed.best_award = Money(3000.0);
        o.governed.last_applied = sim.conditions.now.year();
    }
    for award in [AwardRule::Proportional, AwardRule::Full, AwardRule::Equal, AwardRule::Cuts, AwardRule::Lottery] {
        let mut policy = delegating(1.0);
        policy.grants.award = award;
        let (after, all) = grants(&sim, &policy);
        let awarded: f64 = all.iter().sum();
        assert!((after.record.movement.unspent.0 - (open_pot(&after) - awarded)).abs() < 1e-6, "{award:?}");
        assert!(after.state.organisations.iter().all(|o| o.governed.awarded.0 <= o.request.0 + 1e-9), "{award:?}");
        let regranted: f64 = after.state.mandates.iter().map(|m| m.regranted.0).sum();
        assert!(regranted > 0.0 && regranted < after.state.mandates.iter().map(|m| m.envelope.0).sum());
        policy.grants.cap = 1000.0.into();
        assert!(grants(&sim, &policy).1.iter().all(|&grant| grant <= 1000.0 + 1e-9), "{award:?}");
    }
}

/// The event log says who gave what, and its sums are the grants; a promise of several years is one.
#[test]
fn the_ledger_says_who_gave() {
    let sim = at_work();
    let mut policy = delegating(0.4);
    policy.grants.years = 3.0;
    let (after, all) = grants(&sim, &policy);
    let given = |hub: bool| -> f64 {
        let new = &after.record.events.entries()[sim.record.events.entries().len()..];
        let amount = |event: &Event| match event {
            Event::Awarded { by, yearly, years: 3, .. } if by.is_some() == hub => yearly.0,
            _ => 0.0,
        };
        new.iter().map(|entry| amount(&entry.event)).sum()
    };
    let regranted: f64 = after.state.mandates.iter().map(|m| m.regranted.0).sum();
    assert!((given(true) - regranted).abs() < 1e-6 && regranted > 0.0);
    assert!((given(true) + given(false) - all.iter().sum::<f64>()).abs() < 1e-6);
    for o in after.state.organisations.iter().filter(|o| o.grants.0 > 0.0) {
        assert_eq!((o.commitments.len(), o.commitments[0].years_left, o.running), (1, 2, 1));
        assert!((o.commitments[0].yearly.0 - o.grants.0).abs() < 1e-9);
    }
}

#[test]
fn switched_off_a_hub_decides_as_the_centre_would_and_at_no_cost() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "regranting");
    let mut sim = simulation_of(&inputs);
    fixture::run(&mut sim, &delegating(0.4), 4);
    assert!(sim.state.mandates.iter().any(|m| m.regranted.0 > 0.0));
    assert_eq!(sim.record.movement.deciding_work, Work::ZERO);
    let mut sim = at_work();
    sim.conditions.parameters.regranting = inputs.parameters.regranting;
    assert!(close(&grants(&sim, &delegating(0.0)).1, &grants(&sim, &delegating(0.4)).1));
}

#[test]
fn nothing_delegated_leaves_applications_and_shares_as_they_are() {
    let mut round =
        Applications::new(POT, vec![OrganisationId(1), OrganisationId(2)], [1, 2].map(|k| applicant(Key(k))));
    round.regional_shares = vec![0.3, 0.7];
    let open = open_applications(&Policy::default().grants, 1, &mut round);
    assert!(open.iter().all(|a| a.request == Money(10.0)) && round.regional_shares == [0.3, 0.7]);
    let mut sim = simulation();
    fixture::run(&mut sim, &fixture::thematic(), 2);
    let id = sim.state.mandates[MandateId::from_index(hub(&sim, 0).index())].holder;
    let policy = delegating(0.0);
    let mut round = Applications::new(POT, vec![id], [applicant(Key(1))]);
    round.regional_shares = vec![0.3, 0.7];
    delegate(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, FUND, &mut round);
    assert_eq!(round.granted, [Money::ZERO]);
}
