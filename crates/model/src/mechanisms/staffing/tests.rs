//! Tests of staffing: money becomes staff, and staff leaves.

use super::*;
use crate::fixture::{inputs, named, simulation, simulation_of, switch_off};
use crate::ids::RegionId;
use crate::policy::levers::OrganisationKind;
use crate::simulation::Simulation;
use crate::state::Commitment;

fn fund(sim: &mut Simulation, id: OrganisationId, income: f64, reserves: f64) {
    let o = &mut sim.state.organisations[id];
    (o.own_income, o.grants, o.reserves) = (Money(income), Money::ZERO, Money(reserves));
}

#[test]
fn staff_falls_at_once_and_grows_with_delay() {
    let mut sim = simulation();
    let id = named(&sim, "Middle 0");
    let wage = sim.state.wage(id, sim.conditions.parameters.staffing.wage).0;
    assert_eq!(wage, 35_000.0);
    sim.state.organisations[id].staff = Capacity(4.0);
    fund(&mut sim, id, 2.0 * wage, 4.0 * wage);
    staff_home(&sim.conditions.context(), &mut sim.state, &mut sim.record, id);
    // A quarter of the reserves is used: (2 + 1) FTE.
    assert!((sim.state.organisations[id].staff.0 - 3.0).abs() < 1e-12);
    assert!((sim.state.organisations[id].reserves.0 - 3.0 * wage).abs() < 1e-6);
    fund(&mut sim, id, 8.0 * wage, 0.0);
    staff_home(&sim.conditions.context(), &mut sim.state, &mut sim.record, id);
    // Six tenths of the way from 3 to 8.
    assert!((sim.state.organisations[id].staff.0 - 6.0).abs() < 1e-12);
    assert!((sim.state.organisations[id].reserves.0 - 2.0 * wage).abs() < 1e-6);
}

#[test]
fn insecure_money_costs_expertise_in_proportion_to_the_staff_that_leaves() {
    let mut sim = simulation();
    let id = named(&sim, "North 0");
    let lost = |sim: &mut Simulation, own: f64, promised: f64| {
        let o = &mut sim.state.organisations[id];
        (o.staff, o.own_income, o.grants) = (Capacity(1.0), Money(own), Money(70_000.0 - own));
        (o.reserves, o.commitments) = (Money::ZERO, Vec::new());
        if promised > 0.0 {
            let funder = crate::ids::FunderId(0);
            o.commitments.push(Commitment { funder, yearly: Money(promised), years_left: 1 });
        }
        o.expertise[0] = 0.5;
        staff_home(&sim.conditions.context(), &mut sim.state, &mut sim.record, id);
        1.0 - sim.state.organisations[id].expertise[0] / 0.5
    };
    sim.state.regions[RegionId(0)].price_level = 1.0;
    // turnover × lost × staff/(staff + ½): nothing secured, all promised, own income of which 0.8 is secured.
    assert!((lost(&mut sim, 0.0, 0.0) - 0.27 * 0.3 / 1.5).abs() < 1e-12);
    assert!((lost(&mut sim, 0.0, 70_000.0) - 0.12 * 0.3 / 1.5).abs() < 1e-12);
    assert!((lost(&mut sim, 70_000.0, 0.0) - (0.12 + 0.15 * 0.2) * 0.3 / 1.5).abs() < 1e-12);
}

/// Nobody leaves twice in a year, and expertise stays a share, where turnover is as high as it can be.
#[test]
fn turnover_is_never_above_one() {
    let mut inputs = inputs();
    let p = &mut inputs.parameters.staffing;
    (p.turnover, p.turnover_insecure, p.expertise_lost) = (1.0, 1.0, 1.0);
    let mut sim = simulation_of(&inputs);
    assert_eq!(turnover(&sim.conditions.context(), 0.0), 1.0);
    crate::fixture::run(&mut sim, &crate::fixture::thematic(), 2);
    for o in &sim.state.organisations {
        assert!(o.expertise.iter().all(|e| (0.0..=1.0).contains(e)), "{}", o.label);
    }
    for mandate in &sim.state.mandates {
        assert!(mandate.leavers.0 <= mandate.total_staff().0 + 1e-12);
    }
}

/// The same money pays for twice the staff where prices are half as high, at home and in a mandate; and year 0 pays
/// for the staff that the scenario states.
#[test]
fn staff_is_paid_at_an_organisations_own_prices() {
    let mut inputs = inputs();
    let regional = simulation_of(&inputs);
    let price = inputs.region[0].price_level / 2.0;
    inputs.organisation.iter_mut().filter(|o| o.name == "North 0").for_each(|o| o.price_level = price.into());
    let mut sim = simulation_of(&inputs);
    let id = named(&sim, "North 0");
    let wage = |sim: &Simulation| sim.state.wage(id, sim.conditions.parameters.staffing.wage).0;
    assert_eq!(2.0 * wage(&sim), wage(&regional));
    let (o, before) = (&sim.state.organisations[id], &regional.state.organisations[id]);
    assert_eq!(o.staff, before.staff);
    let cost = (o.own_income + o.grants).0;
    assert!((cost - (wage(&sim) * o.staff.0).max(o.grants.0)).abs() < 1e-6);
    // It moves with the prices of its region.
    sim.state.regions[RegionId(0)].price_level *= 3.0;
    assert!((wage(&sim) - 1.5 * wage(&regional)).abs() < 1e-9);
    sim.state.organisations[id].staff = Capacity(100.0);
    fund(&mut sim, id, 2.0 * 1.5 * 70_000.0, 0.0);
    staff_home(&sim.conditions.context(), &mut sim.state, &mut sim.record, id);
    assert!((sim.state.organisations[id].staff.0 - 2.0).abs() < 1e-12);
}

/// A hub's turnover follows the hub's own money, and costs expertise in its remit and nowhere else.
#[test]
fn insecure_hubs_lose_expertise_in_their_theme() {
    let kept = |secured: f64| {
        let mut sim = simulation();
        crate::fixture::run(&mut sim, &crate::fixture::thematic(), 1);
        let m = crate::fixture::hub(&sim, 0);
        let id = sim.state.mandates[m].holder;
        let wage = sim.state.wage(id, sim.conditions.parameters.staffing.wage);
        let mandate = &mut sim.state.mandates[m];
        (mandate.staff, mandate.secured, mandate.reserves) = (Capacity(2.0), secured, Money::ZERO);
        mandate.money = wage * 2.0;
        let o = &mut sim.state.organisations[id];
        (o.staff, o.own_income, o.grants, o.reserves) = (Capacity(1.0), wage, Money::ZERO, Money::ZERO);
        (o.expertise[0], o.expertise[1]) = (0.5, 0.5);
        o.background.fill(0.0);
        staff_mandate(&sim.conditions.context(), &mut sim.state, &mut sim.record, m);
        staff_home(&sim.conditions.context(), &mut sim.state, &mut sim.record, id);
        let o = &sim.state.organisations[id];
        assert!((o.leavers.0 - (sim.state.mandates[m].leavers.0 + 0.12 + 0.15 * 0.2)).abs() < 1e-12);
        [o.expertise[0] / 0.5, o.expertise[1] / 0.5]
    };
    // All staff is 3, of which 1 at home, with 0.8 of its money secured.
    let home = 1.0 - (0.12 + 0.15 * 0.2) * 0.3 / 3.5;
    for (secured, turnover) in [(1.0, 0.12), (0.0, 0.27)] {
        let [here, elsewhere] = kept(secured);
        assert!((elsewhere - home).abs() < 1e-12);
        assert!((here - home * (1.0 - 2.0 * turnover * 0.3 / 3.5)).abs() < 1e-12);
    }
}

/// Staff at a partner leaves as staff at the holder does, and costs the partner expertise.
#[test]
fn seconded_staff_leaves_too() {
    let mut sim = simulation();
    crate::fixture::run(&mut sim, &crate::fixture::thematic(), 1);
    let m = crate::fixture::hub(&sim, 0);
    let partner = sim.state.affiliates().find(|&o| o != sim.state.mandates[m].holder).expect("another");
    let mandate = &mut sim.state.mandates[m];
    (mandate.partners, mandate.seconded) = (vec![partner], vec![Capacity(3.0)]);
    (mandate.staff, mandate.leavers) = (Capacity(1.0), Capacity(0.8));
    assert!((leavers_of(mandate, partner).0 - 0.6).abs() < 1e-12);
    let holder = mandate.holder;
    assert!((leavers_of(mandate, holder).0 - 0.2).abs() < 1e-12);
    let before = sim.state.organisations[partner].expertise[0];
    lose_in_mandates(&mut sim.state, partner, 0.5);
    assert!((sim.state.organisations[partner].expertise[0] - 0.7 * before).abs() < 1e-12);
    run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    let mandate = &sim.state.mandates[m];
    let rate = turnover(&sim.conditions.context(), mandate.secured);
    assert!((mandate.leavers.0 - mandate.total_staff().0 * rate).abs() < 1e-12 && rate > 0.0);
}

/// Organisations outside the movement lose expertise with their leavers as all others do, at home and in hubs.
#[test]
fn outsiders_turn_over_too() {
    let mut sim = simulation();
    crate::fixture::run(&mut sim, &crate::fixture::thematic(), 1);
    let m = crate::fixture::hub(&sim, 0);
    let id = sim.state.mandates[m].holder;
    let kept = |kind: OrganisationKind| {
        let mut sim = sim.clone();
        sim.state.organisations[id].kind = kind;
        let before = sim.state.organisations[id].expertise[0];
        staff_home(&sim.conditions.context(), &mut sim.state, &mut sim.record, id);
        sim.state.organisations[id].expertise[0] / before
    };
    assert!(kept(OrganisationKind::Chapter) < 1.0);
    assert_eq!(kept(OrganisationKind::External), kept(OrganisationKind::Chapter));
}

#[test]
fn switched_off_no_expertise_leaves() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "staffing");
    let mut sim = simulation_of(&inputs);
    let before: Vec<_> = sim.state.organisations.iter().map(|o| o.expertise).collect();
    run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    assert!(sim.state.organisations.iter().zip(before).all(|(o, before)| o.expertise == before));
}

#[test]
fn hubs_hire_from_organisations_near_them_and_only_there() {
    let mut sim = simulation();
    let before: Vec<f64> = sim.state.organisations.iter().map(|o| o.staff.0).collect();
    draw_from_near(&mut sim.state, RegionId(1), Capacity(1.5));
    let there: f64 = 3.0 + 1.5 + 0.5;
    for (o, before) in sim.state.organisations.iter().zip(before) {
        let kept = if o.region.0 == 1 { 1.0 - 1.5 / there } else { 1.0 };
        assert!((o.staff.0 - before * kept).abs() < 1e-12);
    }
}
