//! Tests of grants and own income.

mod funders;

use super::applications::FunderView;
use super::applications::{applications, regional_need, request};
use super::hubs::pay_from;
use super::income::raise;
use super::promises::keep_promises;
use super::*;
use crate::fixture::{self, REJECT, hub, inputs, named, simulation, simulation_of, thematic, z_of_count};
use crate::ids::MandateId;
use crate::policy::Policy;
use crate::policy::levers::{AwardRule, FoundationRole};
use crate::random::Stream;
use crate::schedule;
use crate::simulation::Simulation;

fn applicant(sim: &Simulation, id: OrganisationId) -> &crate::state::Organisation {
    &sim.state.organisations[id]
}

#[test]
fn a_request_starts_from_the_best_recent_award() {
    let mut sim = simulation();
    let id = named(&sim, "North 0");
    let o = &mut sim.state.organisations[id];
    (o.governed.best_award, o.governed.last_applied) = (Money(100_000.0), 2);
    sim.conditions.now.set_year(5);
    assert!(
        (request(&sim.conditions.context(), &sim.state, FunderId(0), id).0 - 100_000.0 * (1.0 + 0.12 * 3.0)).abs()
            < 1e-6
    );
    sim.state.organisations[id].governed.best_award = Money(10.0);
    assert_eq!(request(&sim.conditions.context(), &sim.state, FunderId(0), id).0, 5000.0, "the smallest request");
}

/// A funder that has money left is asked for more, at most half more. Nobody asks for very little beside its own income.
#[test]
fn money_left_raises_requests_and_small_requests_are_not_made() {
    let mut sim = simulation();
    let id = named(&sim, "North 0");
    let o = &mut sim.state.organisations[id];
    (o.governed.best_award, o.governed.last_applied, o.raised) = (Money(100_000.0), 4, Money::ZERO);
    sim.conditions.now.set_year(5);
    let asked = |sim: &Simulation, spare: f64| {
        let mut sim = sim.clone();
        sim.state.funders[FunderId(0)].unspent_ratio.fill(spare);
        request(&sim.conditions.context(), &sim.state, FunderId(0), id).0
    };
    let plain = asked(&sim, 0.0);
    assert!((asked(&sim, 0.2) / plain - 1.2).abs() < 1e-12);
    assert!((asked(&sim, 3.0) / plain - 1.5).abs() < 1e-12, "`invited` limits it");
    sim.conditions.parameters.money.apply_funded = 1.0;
    sim.conditions.parameters.money.apply_unfunded = 1.0;
    let asks = |sim: &Simulation| {
        applications(&sim.conditions.context(), &sim.state, &FunderView::new(&sim.state, FunderId(0)), None)
            .0
            .contains(&id)
    };
    assert!(asks(&sim));
    sim.state.organisations[id].raised = Money(plain / 0.01 * 1.001);
    assert!(!asks(&sim), "a hundredth of its income is not worth it");
    sim.conditions.parameters.money.worth = 0.0;
    assert!(asks(&sim), "the mutant: everybody asks for anything");
}

#[test]
fn the_best_award_is_discounted_and_replaced_by_a_better_one() {
    let mut sim = simulation();
    let o = &mut sim.state.organisations[OrganisationId(1)];
    (o.governed.best_award, o.governed.grants, o.governed.history) = (Money(100.0), Money(40.0), Money(60.0));
    let mut policy = Policy::default();
    update_funding_histories(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
    let o = &mut sim.state.organisations[OrganisationId(1)];
    assert!((o.governed.best_award.0 - 90.0).abs() < 1e-9 && (o.governed.history.0 - 50.0).abs() < 1e-9);
    o.governed.grants = Money(95.0);
    policy.grants.history_memory = 1.0;
    update_funding_histories(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
    let o = &sim.state.organisations[OrganisationId(1)];
    assert!(
        (o.governed.best_award.0 - 95.0).abs() < 1e-9 && (o.governed.history.0 - 145.0).abs() < 1e-9,
        "1 is cumulative"
    );
}

/// 300 organisations, 20 replicates: the funded apply with 0.9, the others with 0.4, the discouraged half as often. Each
/// is the others' mutant.
#[test]
fn organisations_with_a_grant_apply_again_more_often() {
    let mut inputs = inputs();
    inputs.people_per_agent = 1000.0;
    inputs.organisation[1].count = 300.0;
    let mut start = simulation_of(&inputs);
    start.conditions.now.set_year(3);
    let cases = [(1.0, 1.0, 0.9), (0.0, 1.0, 0.4), (1.0, 0.1, 0.45)];
    for (k, (last, success, rate)) in cases.into_iter().enumerate() {
        for o in &mut start.state.organisations {
            (o.governed.last_grant, o.governed.success, o.governed.last_applied) = (Money(last), success, 2);
        }
        let mut applied = 0;
        for replicate in 0..20 {
            start.conditions.random = Stream::new(5, replicate);
            applied += applications(
                &start.conditions.context(),
                &start.state,
                &FunderView::new(&start.state, FunderId(0)),
                None,
            )
            .0
            .iter()
            .filter(|o| (1..=300).contains(&o.0))
            .count();
        }
        assert!(z_of_count(applied, 6000, rate).abs() < REJECT);
        assert!(z_of_count(applied, 6000, cases[(k + 1) % 3].2).abs() > REJECT, "the mutant passes");
    }
}

#[test]
fn promises_are_indexed_and_scaled_in_proportion() {
    let mut sim = simulation();
    sim.state.organisations.iter_mut().for_each(|o| o.grants = Money::ZERO);
    let promise = |yearly: f64| Commitment { funder: FunderId(0), yearly: Money(yearly), years_left: 2 };
    sim.state.organisations[OrganisationId(1)].commitments = vec![promise(100.0)];
    sim.state.organisations[OrganisationId(2)].commitments = vec![promise(300.0)];
    let left =
        keep_promises(&sim.conditions.context(), &mut sim.state, &mut sim.record, FunderId(0), None, Money(1000.0));
    assert!((left.0 - (1000.0 - 412.0)).abs() < 1e-9, "indexed by 3 %");
    assert!((applicant(&sim, OrganisationId(2)).grants.0 - 309.0).abs() < 1e-9);
    sim.state.organisations.iter_mut().for_each(|o| o.grants = Money::ZERO);
    let left =
        keep_promises(&sim.conditions.context(), &mut sim.state, &mut sim.record, FunderId(0), None, Money(103.0));
    assert!(left.0.abs() < 1e-9);
    let due = 400.0 * 1.03 * 1.03;
    for (id, promised) in [(1, 100.0), (2, 300.0)] {
        let expected = promised * 1.03 * 1.03 * 103.0 / due;
        assert!((sim.state.organisations[OrganisationId(id)].grants.0 - expected).abs() < 1e-9);
        assert!(sim.state.organisations[OrganisationId(id)].commitments.is_empty(), "two years are over");
    }
}

#[test]
fn a_grant_of_several_years_is_paid_in_each_of_them() {
    let mut inputs = inputs();
    fixture::switch_off(&mut inputs.parameters, "environment");
    let mut sim = simulation_of(&inputs);
    sim.conditions.parameters.money.apply_funded = 1.0;
    sim.conditions.parameters.money.apply_unfunded = 1.0;
    let mut policy = Policy::default();
    policy.grants.years = 3.0;
    policy.grants.award = AwardRule::Equal;
    fixture::run(&mut sim, &policy, 1);
    let first: Vec<Money> = sim.state.organisations.iter().map(|o| o.grants).collect();
    let left: Vec<usize> = sim.state.organisations.iter().map(|o| o.commitments.len()).collect();
    assert!(left.iter().sum::<usize>() > 0);
    fixture::run(&mut sim, &policy, 1);
    for (i, o) in sim.state.organisations.iter().enumerate().take(first.len()).filter(|(i, _)| left[*i] > 0) {
        assert!(o.grants.0 >= first[i].0, "organisation {i}: {:?} after {:?}", o.grants, first[i]);
    }
}

/// Own income goes income_speed of the way to the formula: exact without noise.
#[test]
fn own_income_moves_to_what_size_and_prestige_warrant() {
    let mut sim = simulation();
    sim.conditions.parameters.money.income_noise = 0.0;
    sim.conditions.now.set_year(2);
    let id = named(&sim, "Middle 1");
    let o = &mut sim.state.organisations[id];
    (o.raised, o.income_factor, o.prestige) = (Money(1000.0), 2.0, 0.5);
    o.staff = crate::units::Capacity(4.0);
    raise(&sim.conditions.under(&Policy::default()), &mut sim.state, &mut sim.record);
    let growth = 1.01 * (1.0 + sim.conditions.parameters.environment.inflation);
    let warranted = 2.0 * 12_000.0 * 0.5 * libm::pow(4.0, 0.7) * growth * growth;
    assert!((applicant(&sim, id).own_income.0 - (1000.0 + 0.3 * (warranted - 1000.0))).abs() < 1e-6);
}

/// Money that the foundation hands over goes to hubs, to the last dollar: the movement budget does not depend on the policy.
#[test]
fn handing_over_conserves_the_movement_budget() {
    for role in [FoundationRole::KeepsEverything, FoundationRole::KeepsCore, FoundationRole::Coordinates] {
        let mut policy = thematic();
        policy.hubs.foundation = role;
        policy.hubs.share = 0.0.into();
        let mut sim = simulation();
        for _ in 0..3 {
            fixture::run(&mut sim, &policy, 1);
            let foundation = sim.state.foundation.expect("there is one");
            let kept = applicant(&sim, foundation).own_income;
            let handed: Money = sim.state.hubs().map(|m| sim.state.mandates[m].money).sum();
            let whole = sim.state.foundation_budget * sim.state.budget_index;
            assert!((kept + handed - whole).0.abs() < 1e-6);
            let share = [0.0, 2.0 / 3.0, 1.0][role as usize];
            assert!((handed.share_of(whole) - share).abs() < 1e-9, "{role:?}: {}", handed.share_of(whole));
        }
    }
}

#[test]
fn hubs_share_their_part_of_the_pot_by_need_and_none_exceeds_the_cap() {
    let mut sim = simulation();
    let mut policy = thematic();
    policy.hubs.hub_cap = 1.0;
    fixture::run(&mut sim, &policy, 1);
    let paid: Money = sim.state.hubs().map(|m| sim.state.mandates[m].money).sum();
    assert!((paid.share_of(sim.record.movement.pot) - 0.1).abs() < 1e-12);
    let money = |sim: &Simulation, t| sim.state.mandates[MandateId::from_index(hub(sim, t).index())].money.0;
    let need = |t| sim.state.movement_need(crate::ids::ThemeId(t));
    assert_eq!(money(&sim, 0) > money(&sim, 1), need(0) > need(1));
    policy.hubs.hub_cap = 0.01;
    let spent = pay_from(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, Money(1e6));
    assert!((spent.0 - 3.0 * 1e4).abs() < 1e-6);
}

/// The least served region is the neediest, and needs fall with work per person online.
#[test]
fn need_is_high_where_little_work_meets_many_people() {
    let mut sim = simulation();
    for (region, work) in sim.state.regions.iter_mut().zip([8.0, 2.0, 0.0]) {
        (region.work, region.online) = (work, 100.0);
    }
    let need = regional_need(&sim.state);
    let usual = 10.0 / 300.0;
    assert!((need[2] - 1.0).abs() < 1e-12);
    assert!((need[0] - usual / (usual + 0.08)).abs() < 1e-12 && need[1] > need[0]);
}

/// An organisation with a promise does not apply and spends no work on it: long grants save applications.
#[test]
fn organisations_with_a_promise_do_not_apply() {
    let mut sim = simulation();
    let promise = Commitment { funder: FunderId(0), yearly: Money(1000.0), years_left: 3 };
    for o in sim.state.organisations.iter_mut().skip(1) {
        o.commitments = vec![promise];
        o.governed.last_grant = Money(1.0);
    }
    sim.conditions.now.set_year(1);
    schedule::funding(&sim.conditions.under(&Policy::default()), &mut sim.state, &mut sim.record);
    for o in sim.state.organisations.iter().skip(1) {
        assert_eq!((o.request, o.governed.last_applied), (Money::ZERO, 0));
        assert_eq!(o.governed.last_award, Some(1), "its receiver is no newcomer");
        assert!((o.grants.0 - 1030.0).abs() < 1e-9);
    }
}

/// Where nobody works anywhere, all regions are equally needy, and need is not NaN.
#[test]
fn need_is_a_number_where_nobody_works() {
    let mut sim = simulation();
    sim.state.regions.iter_mut().for_each(|region| region.work = 0.0);
    assert_eq!(regional_need(&sim.state), [1.0; 3]);
}
