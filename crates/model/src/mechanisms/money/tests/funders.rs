//! Tests of several funders: earmarks, memories of their own, what is paid in.

use std::collections::BTreeMap;

use super::super::*;
use crate::fixture::{self, inputs, named, simulation_of, thematic};
use crate::ids::RegionId;
use crate::inputs::{Funder, Inputs};
use crate::policy::Policy;
use crate::policy::levers::{AwardRule, Fundraising, OrganisationKind};
use crate::simulation::Simulation;

/// The small world with a second funder, which is not governed.
fn two(change: impl Fn(&mut Funder)) -> Inputs {
    let mut inputs = inputs();
    let mut other = Funder { name: "Elsewhere".into(), pot: 60_000.0, governed: false, ..Funder::default() };
    change(&mut other);
    inputs.funder.push(other);
    inputs
}

fn weights(list: &[(&str, f64)]) -> BTreeMap<String, f64> {
    list.iter().map(|&(name, weight)| (name.to_owned(), weight)).collect()
}

/// One more funder makes no organisation richer or poorer in year 0.
#[test]
fn a_funder_more_moves_nothing_in_year_0() {
    let plain = simulation_of(&inputs());
    let regional = two(|f| f.regions = weights(&[("North", 3.0), ("Middle", 1.0)]));
    for inputs in [two(|_| ()), regional, two(|f| f.themes = weights(&[("law", 1.0)])), two(|f| f.pot = 1e9)] {
        let sim = simulation_of(&inputs);
        let mut carved = 0.0;
        for (a, b) in plain.state.organisations.iter().zip(&sim.state.organisations) {
            assert!(((a.own_income + a.grants) - (b.own_income + b.grants)).0.abs() < 1e-6);
            assert_eq!((a.staff, a.reserves, a.governed.history), (b.staff, b.reserves, b.governed.history));
            let other = b.funding_history(sim.state.funders[FunderId(1)].funder_group);
            assert!((other.last_grant - (b.grants - a.grants)).0.abs() < 1e-6);
            assert!(other.last_grant.0 <= 0.5 * a.own_income.0 + 1e-6, "at most half of what it had otherwise");
            carved += other.last_grant.0;
        }
        let all: f64 = plain.state.affiliates().map(|o| plain.state.organisations[o].own_income.0).sum();
        let wanted = if inputs.funder[1].pot > 1e8 { 0.5 * all } else { 60_000.0 };
        assert!((carved - wanted).abs() < 1e-6, "{carved} of {wanted}");
    }
}

/// Each region's part is given there and nowhere else, and never more than it.
#[test]
fn an_earmark_divides_the_pot_among_regions() {
    let mut inputs = two(|f| {
        f.regions = weights(&[("North", 1.0), ("South", 3.0)]);
        f.grants.award = AwardRule::Equal;
    });
    fixture::switch_off(&mut inputs.parameters, "environment");
    let mut sim = simulation_of(&inputs);
    sim.conditions.parameters.money.apply_unfunded = 1.0;
    sim.conditions.parameters.money.apply_funded = 1.0;
    sim.conditions.parameters.money.ambition = 2.0;
    for _ in 0..4 {
        fixture::run(&mut sim, &Policy::default(), 1);
        let paid: Vec<f64> = (0..3).map(|r| sim.record.flows[(FunderId(1), RegionId(r))].awarded.0).collect();
        assert!(paid[0] <= 15_000.0 + 1e-6 && paid[2] <= 45_000.0 + 1e-6 && paid[1] == 0.0, "{paid:?}");
        assert!((paid[0] + paid[2] + sim.record.movement.other_unspent.0 - 60_000.0).abs() < 1e-6);
    }
    assert!(
        sim.record.flows[(FunderId(1), RegionId(2))].awarded.0
            > 2.0 * sim.record.flows[(FunderId(1), RegionId(0))].awarded.0
    );
}

/// Who knows nothing of what the money is for does not ask; who knows more of it has more merit.
#[test]
fn a_thematic_earmark_looks_at_its_themes() {
    let mut sim = simulation_of(&two(|f| f.themes = weights(&[("law", 1.0)])));
    sim.conditions.parameters.money.apply_unfunded = 1.0;
    sim.conditions.parameters.money.apply_funded = 1.0;
    sim.state.funders[FunderId(1)].noise = 0.0;
    let (lawyer, other) = (named(&sim, "North 0"), named(&sim, "North 1"));
    for o in &mut sim.state.organisations {
        (o.expertise, o.prestige, o.own_income) = ([0.9; crate::ids::MAX_THEMES], 0.5, Money::ZERO);
        o.expertise[2] = 0.05;
    }
    sim.state.organisations[lawyer].expertise[2] = 0.8;
    sim.state.organisations[other].expertise[2] = 0.2;
    let lot = || applications::Lot { region: None, room: Money::ZERO };
    let asked = |funder: FunderId| {
        let view = applications::FunderView::new(&sim.state, funder);
        applications::applications(&sim.conditions.context(), &sim.state, &view, lot())
    };
    let (ids, applicants) = (asked(FunderId(1)).organisations, asked(FunderId(1)).applicants);
    assert_eq!(ids, [lawyer, other]);
    let quality = |id: OrganisationId| sim.state.quality(id, crate::ids::ThemeId(2));
    for (id, applicant) in ids.iter().zip(&applicants) {
        let weight = sim.conditions.parameters.mandates.prestige_weight;
        assert!((applicant.track_record - ((1.0 - weight) * quality(*id) + weight * 0.5)).abs() < 1e-12);
    }
    assert!(asked(FunderId(0)).organisations.len() > 2, "the other funder asks for nothing");
}

/// What the policy under test does with its own money does not reach the memory of a funder that does not follow it.
#[test]
fn policies_move_governed_money_only() {
    let mut inputs = two(|_| ());
    inputs.funder[0].pot = 100_000.0;
    let run = |change: fn(&mut Policy)| {
        let mut policy = Policy::default();
        change(&mut policy);
        let mut sim = simulation_of(&inputs);
        money_of_year_1(&mut sim, &policy);
        sim
    };
    let plain = run(|_| ());
    for change in [(|p| p.grants.award = AwardRule::Equal) as fn(&mut Policy), |p| p.grants.cap = 1000.0.into()] {
        let sim = run(change);
        let mut moved = false;
        for (a, b) in plain.state.organisations.iter().zip(&sim.state.organisations) {
            let funder_group = sim.state.funders[FunderId(1)].funder_group;
            assert_eq!(a.funding_history(funder_group).grants, b.funding_history(funder_group).grants);
            assert_eq!(a.funding_history(funder_group).history, b.funding_history(funder_group).history);
            moved |= a.governed.grants != b.governed.grants;
        }
        assert!(moved);
    }
}

fn money_of_year_1(sim: &mut Simulation, policy: &Policy) {
    sim.conditions.now.set_year(1);
    sim.conditions.random = crate::random::Stream::new(3, 0);
    crate::schedule::funding(&sim.conditions.under(policy), &mut sim.state, &mut sim.record);
}

/// To the last dollar: what organisations pay in is in the pot, less its cost; the pots themselves do not move.
#[test]
fn what_is_paid_in_is_in_the_pot() {
    let plain = {
        let mut sim = simulation_of(&two(|_| ()));
        money_of_year_1(&mut sim, &Policy::default());
        sim
    };
    let raised: f64 = plain.state.affiliates().map(|o| plain.state.organisations[o].own_income.0).sum();
    let groups = |sim: &Simulation| -> f64 {
        let group = |o: &&crate::state::Organisation| o.kind == OrganisationKind::UserGroup;
        sim.state.organisations.iter().filter(group).map(|o| o.raised.0).sum()
    };
    for (fundraising, share, expected) in [
        (Fundraising::All, 0.0, 0.0),
        (Fundraising::All, 0.25, 0.25 * raised),
        (Fundraising::Foundation, 0.0, raised),
        (Fundraising::Foundation, 0.25, raised),
        (Fundraising::Chapters, 0.25, groups(&plain) + 0.25 * (raised - groups(&plain))),
    ] {
        let mut policy = Policy::default();
        (policy.governance.fundraising, policy.governance.paid_in) = (fundraising, share.into());
        let mut sim = simulation_of(&two(|_| ()));
        sim.conditions.parameters.money.pooling_cost = 0.2;
        money_of_year_1(&mut sim, &policy);
        let t = &sim.record.movement;
        assert!((t.paid_in.0 - expected).abs() < 1e-6, "{fundraising:?} {share}: {} of {expected}", t.paid_in.0);
        assert_eq!((t.pot, t.other_pot), (plain.record.movement.pot, plain.record.movement.other_pot));
        assert!(
            (sim.state.funders[FunderId(0)].paid_in.0 - 0.8 * expected).abs() < 1e-6
                && sim.state.funders[FunderId(1)].paid_in.0 == 0.0
        );
        assert!((t.own_income.0 + t.paid_in.0 - raised).abs() < 1e-6);
        let paid: f64 = sim.record.flows.row(FunderId(0)).iter().map(|flow| flow.awarded.0).sum();
        assert!((paid + t.unspent.0 - t.pot.0 - 0.8 * expected).abs() < 1e-6);
    }
}

/// Where no funder is governed there is no common pot: everybody keeps what they raise.
#[test]
fn without_a_common_pot_nothing_is_paid_in() {
    let mut inputs = inputs();
    inputs.funder[0].governed = false;
    let mut policy = Policy::default();
    policy.governance.fundraising = Fundraising::Foundation;
    let mut sim = simulation_of(&inputs);
    money_of_year_1(&mut sim, &policy);
    assert_eq!(sim.record.movement.paid_in, Money::ZERO);
    assert!(sim.record.movement.own_income.0 > 0.0);
}

/// Hubs live on governed money: another funder more adds nothing to them.
#[test]
fn hubs_are_paid_from_governed_pots() {
    let mut sim = simulation_of(&two(|f| f.pot = 1e7));
    fixture::run(&mut sim, &thematic(), 1);
    let hubs: Money = sim.record.flows.cells().iter().map(|flow| flow.hubs).sum();
    let governed = sim.state.funders[FunderId(0)].pot;
    assert!(hubs.share_of(governed) <= 0.1 + 1e-12 && hubs.0 > 0.0);
    assert_eq!(sim.record.flows.row(FunderId(1)).iter().map(|flow| flow.hubs).sum::<Money>(), Money::ZERO);
}
