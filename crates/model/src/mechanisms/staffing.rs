//! 5 staffing: money becomes staff, with delay; turnover takes expertise along.
//!
//! *Claim.* Insecure money costs expertise: people leave when next year is not paid for. *Equations.* target = (own
//! income + grants + a part of the reserves) / (wage × price level); up by a share of the way, down at once; turnover =
//! base + extra × (1 − secured share), at home and in each mandate by its own money; expertise × (1 − Σ turnover × share
//! lost × staff/(all staff + ½)), of a mandate's staff in what the mandate is for. Costs are paid the same year and never
//! exceed money and reserves. *Source.* Nonprofit HR surveys 2013–20 for the range of turnover.

use crate::catalogue::Off;
use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::partnerships::consortia;
use crate::parameters;
use crate::state::{Charge, Mandate, World};
use crate::units::{Capacity, Money};

parameters! {
    /// From money to people at work.
    pub struct StaffingParameters in "staffing",
        off Off::Set(&[("turnover", 0.0), ("turnover_insecure", 0.0)]);
    /// Full cost of one FTE for a year at price level 1, all other spending included.
    wage: 70000.0, 1000.0..=1e6, 45000.0..100000.0, "USD/FTE-year", "Wikimedia Sverige 2019: 880,669 USD for about 13 staff; assumed elsewhere";
    /// Share of reserves that an organisation is ready to spend in a year.
    reserves_used: 0.25, 0.0..=1.0, 0.1..0.5, "1/year", "assumed";
    /// Share of the way to the staff it can pay that an organisation goes in a year, upwards.
    hiring_speed: 0.6, 0.0..=1.0, 0.3..1.0, "1/year", "assumed";
    /// Staff turnover when all of next year's money is secured.
    turnover: 0.12, 0.0..=1.0, 0.08..0.16, "1/year", "Nonprofit HR surveys 2013-20: 0.14-0.21 in all";
    /// Turnover on top when none is.
    turnover_insecure: 0.15, 0.0..=1.0, 0.05..0.25, "1/year", "Nonprofit HR surveys 2013-20: 0.14-0.21 in all";
    /// Share of the leavers' part of expertise that is lost.
    expertise_lost: 0.3, 0.0..=1.0, 0.1..0.6, "share", "assumed";
    /// Share of own income that counts as secured.
    income_secured: 0.8, 0.0..=1.0, 0.5..0.95, "share", "assumed";
}

/// Turns the year's money into staff. No draws.
pub fn run(world: &mut World) {
    let hubs: Vec<MandateId> = world.hubs().collect();
    for m in hubs {
        staff_mandate(world, m);
    }
    let all: Vec<OrganisationId> = world.active().collect();
    for id in all {
        staff_home(world, id);
    }
}

fn staff_home(world: &mut World, id: OrganisationId) {
    let p = &world.parameters.staffing;
    let wage = world.wage(world.organisations[id].region);
    let secured = secured(world, id);
    let hubs = hub_staff(world, id);
    let o = &mut world.organisations[id];
    let income = o.own_income + o.grants;
    o.staff = hired(o.staff, income + o.reserves * p.reserves_used, wage, p.hiring_speed);
    let cost = wage * o.staff.0;
    o.reserves += income - cost;
    o.spent += cost;
    o.secured = secured;
    world.tally.spent += cost;
    if o.kind.outside() {
        // What it knows, it knows from work that is not simulated.
        return;
    }
    let (turnover, expertise_lost) = (turnover(world, secured), world.parameters.staffing.expertise_lost);
    let o = &mut world.organisations[id];
    let all = o.staff.0 + hubs.staff.0 + 0.5;
    let kept = 1.0 - turnover * expertise_lost * o.staff.0 / all;
    o.expertise.iter_mut().for_each(|e| *e *= kept);
    o.leavers = o.staff * turnover + hubs.leavers;
    let lost = expertise_lost / all;
    lose_in_mandates(world, id, lost);
}

/// Share of staff that leaves in a year, by the share of next year's money that is secured.
fn turnover(world: &World, secured: f64) -> f64 {
    let p = &world.parameters.staffing;
    p.turnover + p.turnover_insecure * (1.0 - secured)
}

/// Staff after a year in which there is some money for it: up with delay, down at once.
pub(super) fn hired(before: Capacity, money: Money, wage: Money, speed: f64) -> Capacity {
    let target = Capacity(money / wage);
    if target.0 > before.0 { before + (target - before) * speed } else { target }
}

/// Staff that an organisation has for mandates, as their holder or as a partner, and who of it left this year.
#[derive(Clone, Copy)]
struct HubStaff {
    staff: Capacity,
    leavers: Capacity,
}

fn hub_staff(world: &World, id: OrganisationId) -> HubStaff {
    let held = || world.mandates.iter().filter(|m| m.alive() && m.held_by(id));
    HubStaff { staff: held().map(|m| m.staff_of(id)).sum(), leavers: held().map(|m| leavers_of(m, id)).sum() }
}

/// Who left this year of a mandate's staff at one of those who hold it.
fn leavers_of(mandate: &Mandate, id: OrganisationId) -> Capacity {
    let all = mandate.staff_in_all();
    if all.0 > 0.0 { mandate.leavers * (mandate.staff_of(id) / all) } else { Capacity::ZERO }
}

/// What leavers of mandates take along of the expertise of who employed them, in what the mandate is for; `lost` is the
/// share of expertise that goes with one FTE.
fn lose_in_mandates(world: &mut World, id: OrganisationId, lost: f64) {
    for mandate in world.mandates.iter().filter(|m| m.alive() && m.held_by(id)) {
        let kept = (1.0 - lost * leavers_of(mandate, id).0).max(0.0);
        let expertise = &mut world.organisations[id].expertise;
        match mandate.charge {
            Charge::Theme(theme) => expertise[theme] *= kept,
            Charge::Region(_) => expertise.iter_mut().for_each(|e| *e *= kept),
        }
    }
}

/// A mandate's staff, at its holder's and at its partners', and who of it leaves.
fn staff_mandate(world: &mut World, m: MandateId) {
    staff_hub(world, m);
    consortia::staff(world, m);
    let mandate = &world.mandates[m];
    let leavers = mandate.staff_in_all() * turnover(world, mandate.secured);
    world.mandates[m].leavers = leavers;
}

/// A mandate's staff at its holder's, at its prices. Part of those newly hired come from organisations of the region, which
/// must find others.
fn staff_hub(world: &mut World, m: MandateId) {
    let p = &world.parameters.staffing;
    let mandate = &world.mandates[m];
    let holder = mandate.holder;
    let region = world.organisations[holder].region;
    let wage = world.wage(region);
    let (before, kept) = (mandate.staff, consortia::kept(world, m));
    let staff = hired(before, kept + mandate.reserves * p.reserves_used, wage, p.hiring_speed);
    let cost = wage * staff.0;
    let mandate = &mut world.mandates[m];
    mandate.staff = staff;
    mandate.reserves += kept - cost;
    world.organisations[holder].spent += cost;
    world.tally.spent += cost;
    draw_from_near(world, region, (staff - before) * world.parameters.capacity.drawn_from_near);
}

/// Takes staff out of the affiliates of a region, in proportion to what they have; their money stays with them.
pub(super) fn draw_from_near(world: &mut World, region: crate::ids::RegionId, drawn: Capacity) {
    if drawn.0 <= 0.0 {
        return;
    }
    let near = |o: &&mut crate::state::Organisation| o.region == region && o.active() && o.community.is_some();
    let there: Capacity = world.organisations.iter_mut().filter(near).map(|o| o.staff).sum();
    if there.0 <= 0.0 {
        return;
    }
    let share = (drawn / there).min(0.5);
    for o in world.organisations.iter_mut().filter(near) {
        o.staff = o.staff * (1.0 - share);
    }
}

/// Share of next year's money that is secured: promises that run on, and the steady part of own income.
fn secured(world: &World, id: OrganisationId) -> f64 {
    let o = &world.organisations[id];
    let promised: Money = o.commitments.iter().map(|c| c.yearly).sum();
    let income = o.own_income + o.grants;
    (promised + o.own_income * world.parameters.staffing.income_secured).share_of(income).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{named, setup, switch_off, world, world_of};
    use crate::ids::RegionId;
    use crate::state::Commitment;

    fn fund(world: &mut World, id: OrganisationId, income: f64, reserves: f64) {
        let o = &mut world.organisations[id];
        (o.own_income, o.grants, o.reserves) = (Money(income), Money::ZERO, Money(reserves));
    }

    #[test]
    fn staff_falls_at_once_and_grows_with_delay() {
        let mut world = world();
        let id = named(&world, "Middle 0");
        let wage = world.wage(world.organisations[id].region).0;
        assert_eq!(wage, 35_000.0);
        world.organisations[id].staff = Capacity(4.0);
        fund(&mut world, id, 2.0 * wage, 4.0 * wage);
        staff_home(&mut world, id);
        // A quarter of the reserves is used: (2 + 1) FTE.
        assert!((world.organisations[id].staff.0 - 3.0).abs() < 1e-12);
        assert!((world.organisations[id].reserves.0 - 3.0 * wage).abs() < 1e-6);
        fund(&mut world, id, 8.0 * wage, 0.0);
        staff_home(&mut world, id);
        // Six tenths of the way from 3 to 8.
        assert!((world.organisations[id].staff.0 - 6.0).abs() < 1e-12);
        assert!((world.organisations[id].reserves.0 - 2.0 * wage).abs() < 1e-6);
    }

    #[test]
    fn insecure_money_costs_expertise_and_staff_that_leaves_takes_its_share() {
        let mut world = world();
        let id = named(&world, "North 0");
        let lost = |world: &mut World, own: f64, promised: f64| {
            let o = &mut world.organisations[id];
            (o.staff, o.own_income, o.grants) = (Capacity(1.0), Money(own), Money(70_000.0 - own));
            (o.reserves, o.commitments) = (Money::ZERO, Vec::new());
            if promised > 0.0 {
                let funder = crate::ids::FunderId(0);
                o.commitments.push(Commitment { funder, yearly: Money(promised), years_left: 1 });
            }
            o.expertise[0] = 0.5;
            staff_home(world, id);
            1.0 - world.organisations[id].expertise[0] / 0.5
        };
        world.regions[RegionId(0)].price_level = 1.0;
        // turnover × lost × staff/(staff + ½): nothing secured, all promised, own income of which 0.8 is secured.
        assert!((lost(&mut world, 0.0, 0.0) - 0.27 * 0.3 / 1.5).abs() < 1e-12);
        assert!((lost(&mut world, 0.0, 70_000.0) - 0.12 * 0.3 / 1.5).abs() < 1e-12);
        assert!((lost(&mut world, 70_000.0, 0.0) - (0.12 + 0.15 * 0.2) * 0.3 / 1.5).abs() < 1e-12);
    }

    /// A hub's leavers go by the hub's own money, and take along what the hub is for and nothing else.
    #[test]
    fn insecure_hubs_lose_expertise_in_their_theme() {
        let kept = |secured: f64| {
            let mut world = world();
            crate::fixture::run(&mut world, &crate::fixture::thematic(), 1);
            let m = crate::fixture::hub(&world, 0);
            let id = world.mandates[m].holder;
            let wage = world.wage(world.organisations[id].region);
            let mandate = &mut world.mandates[m];
            (mandate.staff, mandate.secured, mandate.reserves) = (Capacity(2.0), secured, Money::ZERO);
            mandate.money = wage * 2.0;
            let o = &mut world.organisations[id];
            (o.staff, o.own_income, o.grants, o.reserves) = (Capacity(1.0), wage, Money::ZERO, Money::ZERO);
            (o.expertise[0], o.expertise[1]) = (0.5, 0.5);
            staff_mandate(&mut world, m);
            staff_home(&mut world, id);
            let o = &world.organisations[id];
            assert!((o.leavers.0 - (world.mandates[m].leavers.0 + 0.12 + 0.15 * 0.2)).abs() < 1e-12);
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

    /// Staff at a partner's leaves as that at the holder's does, and takes the partner's expertise along.
    #[test]
    fn seconded_staff_leaves_too() {
        let mut world = world();
        crate::fixture::run(&mut world, &crate::fixture::thematic(), 1);
        let m = crate::fixture::hub(&world, 0);
        let partner = world.affiliates().find(|&o| o != world.mandates[m].holder).expect("another");
        let mandate = &mut world.mandates[m];
        (mandate.partners, mandate.seconded) = (vec![partner], vec![Capacity(3.0)]);
        (mandate.staff, mandate.leavers) = (Capacity(1.0), Capacity(0.8));
        assert!((leavers_of(mandate, partner).0 - 0.6).abs() < 1e-12);
        let holder = mandate.holder;
        assert!((leavers_of(mandate, holder).0 - 0.2).abs() < 1e-12);
        let before = world.organisations[partner].expertise[0];
        lose_in_mandates(&mut world, partner, 0.5);
        assert!((world.organisations[partner].expertise[0] - 0.7 * before).abs() < 1e-12);
        run(&mut world);
        let mandate = &world.mandates[m];
        let rate = turnover(&world, mandate.secured);
        assert!((mandate.leavers.0 - mandate.staff_in_all().0 * rate).abs() < 1e-12 && rate > 0.0);
    }

    #[test]
    fn switched_off_no_expertise_leaves() {
        let mut setup = setup();
        switch_off(&mut setup.parameters, "staffing");
        let mut world = world_of(&setup);
        let before: Vec<_> = world.organisations.iter().map(|o| o.expertise).collect();
        run(&mut world);
        assert!(world.organisations.iter().zip(before).all(|(o, before)| o.expertise == before));
    }

    #[test]
    fn hubs_hire_from_organisations_near_them_and_only_there() {
        let mut world = world();
        let before: Vec<f64> = world.organisations.iter().map(|o| o.staff.0).collect();
        draw_from_near(&mut world, crate::ids::RegionId(1), Capacity(1.5));
        let there: f64 = 3.0 + 1.5 + 0.5;
        for (o, before) in world.organisations.iter().zip(before) {
            let kept = if o.region.0 == 1 { 1.0 - 1.5 / there } else { 1.0 };
            assert!((o.staff.0 - before * kept).abs() < 1e-12);
        }
    }
}
