//! Tests of grants and own income.

mod funders;

use super::applications::{Asked, Call, FunderView, Lot, applications, regional_need, request};
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
use crate::units::Capacity;

fn applicant(sim: &Simulation, id: OrganisationId) -> &crate::state::Organisation {
    &sim.state.organisations[id]
}

/// What an organisation asks the first funder for, with this much room for each in the call.
fn asked(sim: &Simulation, id: OrganisationId, room: f64) -> f64 {
    let call = Call { funder: FunderId(0), room: Money(room) };
    request(&sim.conditions.context(), &sim.state, call, id).amount.0
}

/// A call with this much room in all.
fn lot(room: f64) -> Lot {
    Lot { region: None, room: Money(room) }
}

/// The applications to the first funder, with this much room in all.
fn asks(sim: &Simulation, room: f64) -> Asked {
    let view = FunderView::new(&sim.state, FunderId(0));
    applications(&sim.conditions.context(), &sim.state, &view, lot(room))
}

#[test]
fn a_request_starts_from_the_best_recent_award() {
    let mut sim = simulation();
    let id = named(&sim, "North 0");
    sim.state.organisations[id].governed.best_award = Money(100_000.0);
    sim.conditions.now.set_year(5);
    assert!((asked(&sim, id, 0.0) - 112_000.0).abs() < 1e-6);
    assert!((asked(&sim, id, 30_000.0) - 142_000.0).abs() < 1e-6, "and what the call has room for");
    sim.state.organisations[id].governed.best_award = Money(10.0);
    let prices = libm::pow(1.0 + sim.conditions.parameters.environment.inflation, 5.0);
    assert!((asked(&sim, id, 0.0) - 5000.0 * prices).abs() < 1e-9, "the smallest request");
}

/// Nobody asks for more than the staff to which it can grow within a year costs beyond the money that it has.
#[test]
fn a_request_is_limited_by_what_an_organisation_can_absorb() {
    let mut sim = simulation();
    let id = named(&sim, "North 0");
    let o = &mut sim.state.organisations[id];
    (o.staff, o.own_income, o.grants) = (Capacity(2.0), Money(50_000.0), Money::ZERO);
    assert!((asked(&sim, id, 1e9) - (70_000.0 * (2.0 * 2.0 + 1.0) - 50_000.0)).abs() < 1e-6);
    sim.conditions.parameters.money.absorption = 0.5;
    assert!((asked(&sim, id, 1e9) - (70_000.0 * (2.0 * 1.5 + 1.0) - 50_000.0)).abs() < 1e-6);
    sim.state.organisations[id].relative_prices = 0.5;
    assert!((asked(&sim, id, 1e9) - (35_000.0 * (2.0 * 1.5 + 1.0) - 50_000.0)).abs() < 1e-6, "at its own prices");
    let full = asks(&sim, 1e12);
    assert!(full.beyond_absorption.0 > 1e11 && asks(&sim, 0.0).beyond_absorption.0 < 1e6);
}

/// Where staff can grow at will, requests reach the size of a new call in its third round at the latest.
#[test]
fn requests_rise_to_the_size_of_a_call() {
    let mut inputs = inputs();
    fixture::switch_off(&mut inputs.parameters, "environment");
    inputs.funder[0].pot = 3e6;
    let mut sim = simulation_of(&inputs);
    sim.conditions.parameters.money.absorption = 10.0;
    let mut requested = 0.0;
    for _ in 0..3 {
        fixture::run(&mut sim, &Policy::default(), 1);
        requested = sim.record.flows.cells().iter().map(|flow| flow.requested.0).sum();
    }
    assert!(requested > 0.8 * 3e6, "{requested}: ten times the money of year 0");
}

/// 400 draws: who has own income of five times what it asks for applies half as often as who has none (0.9); with a
/// hundred times it, practically never. The mutant is who relies on grants whatever it has.
#[test]
fn who_lives_from_own_income_stops_applying() {
    let mut sim = simulation();
    let id = named(&sim, "North 0");
    let o = &mut sim.state.organisations[id];
    (o.governed.best_award, o.governed.last_grant) = (Money(100_000.0), Money(1.0));
    o.staff = Capacity(1000.0);
    for (times, rate) in [(0.0, 0.9), (5.0, 0.45), (100.0, 0.9 / 401.0)] {
        sim.state.organisations[id].own_income = Money(112_000.0 * times);
        let mut applied = 0;
        for replicate in 0..400 {
            sim.conditions.random = Stream::new(9, replicate);
            applied += usize::from(asks(&sim, 0.0).organisations.contains(&id));
        }
        assert!(z_of_count(applied, 400, rate).abs() < REJECT, "{applied} at {times} times");
        assert!(times == 0.0 || z_of_count(applied, 400, 0.9).abs() > REJECT, "the mutant passes");
    }
}

/// Organisations without any grant before apply to a call that has room for them, and get its money although the funder
/// divides by history. Without room, the mutant, fewer do.
#[test]
fn newcomers_enter_a_new_call() {
    let applied = |room: f64| {
        let mut sim = simulation();
        let mut count = 0;
        for o in &mut sim.state.organisations {
            (o.governed.last_grant, o.governed.history, o.governed.best_award, o.own_income) = Default::default();
        }
        for replicate in 0..200 {
            sim.conditions.random = Stream::new(11, replicate);
            count += asks(&sim, room).organisations.len();
        }
        count
    };
    let all = 200 * simulation().state.affiliates().count();
    assert!(z_of_count(applied(0.0), all, 0.4).abs() < REJECT && z_of_count(applied(1e7), all, 0.9).abs() < REJECT);
    let mut sim = simulation();
    for o in &mut sim.state.organisations {
        (o.governed.last_grant, o.governed.history, o.governed.best_award) = Default::default();
    }
    sim.conditions.now.set_year(1);
    schedule::funding(&sim.conditions.under(&Policy::default()), &mut sim.state, &mut sim.record);
    assert!(sim.record.flows.cells().iter().map(|flow| flow.awarded.0).sum::<f64>() > 0.0);
}

/// Each cause in a world of its own, and in each world the causes add up to what is left.
#[test]
fn what_stays_unspent_has_its_cause() {
    let left = |change: fn(&mut Simulation, &mut Policy)| {
        let (mut sim, mut policy) = (simulation(), Policy::default());
        sim.conditions.parameters.money.apply_funded = 1.0;
        sim.conditions.parameters.money.apply_unfunded = 1.0;
        change(&mut sim, &mut policy);
        sim.conditions.now.set_year(1);
        schedule::funding(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record);
        let m = &sim.record.movement;
        let causes = [m.unspent_no_eligible, m.unspent_requests, m.unspent_absorption, m.unspent_rule];
        assert!((causes.iter().copied().sum::<Money>() - m.unspent).0.abs() < 1e-6);
        causes.map(|cause| cause.share_of(m.unspent))
    };
    let [nobody, ..] = left(|_, policy| policy.grants.min_age_years = 1000.0.into());
    assert_eq!(nobody, 1.0);
    let [_, requests, absorption, _] = left(|sim, _| {
        // Last year the pot was as large: there is no room beyond what was asked for.
        sim.state.funders[FunderId(0)].pot = Money(1e9);
        sim.state.funders[FunderId(0)].paid_before[0] = Money(1e9);
    });
    assert!(requests > 0.99 && absorption < 0.01, "{requests} {absorption}");
    let [_, _, absorption, _] = left(|sim, _| sim.state.funders[FunderId(0)].pot = Money(1e9));
    assert!(absorption > 0.9, "{absorption}");
    let [.., rule] = left(|_, policy| policy.grants.cap = 100.0.into());
    assert!(rule > 0.5, "{rule}");
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
            o.own_income = Money::ZERO;
        }
        let mut applied = 0;
        for replicate in 0..20 {
            start.conditions.random = Stream::new(5, replicate);
            applied += asks(&start, 0.0).organisations.iter().filter(|o| (1..=300).contains(&o.0)).count();
        }
        assert!(z_of_count(applied, 6000, rate).abs() < REJECT);
        assert!(z_of_count(applied, 6000, cases[(k + 1) % 3].2).abs() > REJECT, "the mutant passes");
    }
}

#[test]
fn promises_are_indexed_by_prices_and_scaled_in_proportion() {
    let mut sim = simulation();
    sim.conditions.parameters.environment.inflation = 0.03;
    // The growth of the pot is no promise to anybody.
    sim.state.funders[FunderId(0)].growth = 0.2;
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

/// Own income is what size, prestige and success warrant: exact without chance.
#[test]
fn own_income_is_what_size_prestige_and_success_warrant() {
    let mut sim = simulation();
    sim.conditions.parameters.money.income_spread = 0.0;
    sim.conditions.now.set_year(2);
    let id = named(&sim, "Middle 1");
    let o = &mut sim.state.organisations[id];
    (o.income_factor, o.prestige, o.success, o.income_growth) = (2.0, 0.5, 0.3, 0.1);
    o.staff = Capacity(4.0);
    raise(&sim.conditions.under(&Policy::default()), &mut sim.state, &mut sim.record);
    let growth = 1.01 * (1.0 + sim.conditions.parameters.environment.inflation);
    let usual = 2.0 * 12_000.0 * 0.5 * libm::pow(4.0, 0.7) * growth * growth;
    let success = 0.87 * 0.3 + 0.6 * 0.1;
    assert!((applicant(&sim, id).own_income.0 - usual * libm::exp(success)).abs() < 1e-6);
    assert!((applicant(&sim, id).success - success).abs() < 1e-12);
    // The people whom it serves do not give any amount.
    sim.state.organisations[id].success = 50.0;
    raise(&sim.conditions.under(&Policy::default()), &mut sim.state, &mut sim.record);
    let people = sim.state.people_of(applicant(&sim, id).community.expect("an affiliate"));
    let most = 0.5 * 1e6 * people * 0.5 * growth * growth;
    assert!((applicant(&sim, id).own_income.0 / most - 1.0).abs() < 1e-12);
}

/// 4,000 years of an organisation of 10 FTE that raises nothing: fundraising takes off with half the probability of the
/// largest. The mutant is the full probability.
#[test]
fn fundraising_takes_off_more_often_in_large_organisations() {
    let mut sim = simulation();
    (sim.conditions.parameters.money.take_off, sim.conditions.parameters.money.income_spread) = (0.2, 0.0);
    let id = named(&sim, "North 0");
    let mut count = 0;
    for replicate in 0..4000 {
        let o = &mut sim.state.organisations[id];
        (o.staff, o.raised, o.success, o.income_growth) = (Capacity(10.0), Money::ZERO, 0.0, 0.0);
        sim.conditions.random = Stream::new(13, replicate);
        raise(&sim.conditions.under(&Policy::default()), &mut sim.state, &mut sim.record);
        count += usize::from(applicant(&sim, id).income_growth > 1.0);
    }
    assert!(z_of_count(count, 4000, 0.1).abs() < REJECT, "{count}");
    assert!(z_of_count(count, 4000, 0.2).abs() > REJECT, "the mutant passes");
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
        assert!((o.grants.0 - 1000.0 * (1.0 + sim.conditions.parameters.environment.inflation)).abs() < 1e-9);
    }
}

/// Where nobody works anywhere, all regions are equally needy, and need is not NaN.
#[test]
fn need_is_a_number_where_nobody_works() {
    let mut sim = simulation();
    sim.state.regions.iter_mut().for_each(|region| region.work = 0.0);
    assert_eq!(regional_need(&sim.state), [1.0; 3]);
}
