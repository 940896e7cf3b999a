//! 5 staffing: money becomes staff with delay, and staff that leaves takes expertise along.
//!
//! *Claim.* Insecure money costs expertise: people leave when next year is not paid for.
//!
//! *Equations.* At home (the same for a mandate, with its own money and reserves):
//!
//! ```text
//! target    = (own income + grants + reserves_used · reserves) / (wage · price level of where its staff is)
//! staff'    = staff + hiring_speed · (target − staff)  if target > staff, else target
//! leaving   = min(1, turnover + turnover_insecure · (1 − secured))
//! secured   = min(1, (promised + INCOME_SECURED · own income) / (own income + grants))
//! expertise'= expertise − beyond · leaving · expertise_lost · staff / all
//! beyond    = max(0, expertise − max(0, background))        what those who come in their place do not know, see `learning`
//! all       = staff at home + staff for mandates + UNPAID_STAFF
//! ```
//!
//! Leavers of a mandate cost expertise in the mandate's remit only. Costs are paid in the same year and never exceed money
//! and reserves. A part of a hub's new staff comes from the affiliates of the holder's region.
//!
//! *Draws.* None. *Off.* turnover = turnover_insecure = 0.
//!
//! *Source.* Range of turnover: Nonprofit HR surveys 2013–20.

use crate::catalogue::Off;
use crate::ids::{MAX_THEMES, MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{Context, desk};
use crate::parameters;
use crate::record::Record;
use crate::state::{Desk, Mandate, Organisation, Remit, State};
use crate::units::{Capacity, Money};

parameters! {
    /// From money to staff.
    pub struct StaffingParameters in "staffing",
        off Off::Set(&[("turnover", 0.0), ("turnover_insecure", 0.0)]);
    /// Full cost of one FTE for a year at price level 1, all other spending included.
    wage: Money = 70000.0, 1000.0..=1e6, 45000.0..100000.0, "USD/FTE-year", "Wikimedia Sverige 2019: 880,669 USD for about 13 staff; assumed elsewhere";
    /// Share of its reserves that an organisation is ready to spend in a year.
    reserves_used: f64 = 0.25, 0.0..=1.0, 0.1..0.5, "1/year", "assumed";
    /// Share of the gap to the staff it can pay that an organisation closes in a year by hiring.
    hiring_speed: f64 = 0.6, 0.0..=1.0, 0.3..1.0, "1/year", "assumed";
    /// Staff turnover when all of next year's money is secured.
    turnover: f64 = 0.12, 0.0..=1.0, 0.08..0.16, "1/year", "Nonprofit HR surveys 2013-20: 0.14-0.21 in all";
    /// Additional turnover when none of next year's money is secured.
    turnover_insecure: f64 = 0.15, 0.0..=1.0, 0.05..0.25, "1/year", "Nonprofit HR surveys 2013-20: 0.14-0.21 in all";
    /// Share of the leavers' part of the expertise that is lost.
    expertise_lost: f64 = 0.3, 0.0..=1.0, 0.1..0.6, "share", "assumed";
}

/// Share of own income that counts as secured: what regular donors and members give; assumed. It acts on turnover only,
/// beside `turnover_insecure`.
pub const INCOME_SECURED: f64 = 0.8;
/// Expertise that rests on unpaid people, as staff; FTE, assumed: a small organisation does not lose all with one leaver.
const UNPAID_STAFF: f64 = 0.5;
/// Largest share of its staff that an affiliate loses to new hubs of its region in one step; assumed: half.
const MAX_DRAWN_SHARE: f64 = 0.5;

/// Turns the year's money into staff. No draws.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let hubs: Vec<MandateId> = state.hubs().collect();
    for hub in hubs {
        staff_mandate(cx, state, record, hub);
    }
    desk::staff(cx, state, record);
    let all: Vec<OrganisationId> = state.active().collect();
    for id in all {
        staff_home(cx, state, record, id);
    }
}

/// Staff of an organisation without that of its mandates, and the expertise that leavers take along.
fn staff_home(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    let parameters = &cx.parameters.staffing;
    let wage = state.wage(id, cx.parameters.staffing.wage);
    let secured = secured(state, id);
    let hubs = hub_staff(state, id);
    let desk = if Some(id) == state.foundation { state.desk.clone() } else { Desk::default() };
    let organisation = &mut state.organisations[id];
    let income = organisation.own_income + organisation.grants;
    organisation.staff = staff_after_hiring(
        organisation.staff,
        income + organisation.reserves * parameters.reserves_used,
        wage,
        parameters.hiring_speed,
    );
    let cost = wage * organisation.staff.0;
    organisation.reserves += income - cost;
    organisation.year.spent += cost;
    organisation.secured = secured;
    record.movement.spent += cost;
    let (turnover, expertise_lost) = (turnover(cx, secured), cx.parameters.staffing.expertise_lost);
    let organisation = &mut state.organisations[id];
    let all = organisation.staff.0 + hubs.staff.0 + desk.staff.0 + UNPAID_STAFF;
    let leavers = organisation.staff * turnover + desk.leavers;
    let left = expertise_lost * leavers.0 / all;
    (0..MAX_THEMES).for_each(|t| organisation.lose_expertise(ThemeId::from_index(t), left));
    organisation.leavers = leavers + hubs.leavers;
    let lost = expertise_lost / all;
    lose_in_mandates(state, id, lost);
}

/// Share of what an organisation without mandates knows beyond its background that it loses by turnover in a year.
pub fn expertise_lost(cx: &Context, state: &State, id: OrganisationId) -> f64 {
    let staff = state.organisations[id].staff.0;
    turnover(cx, secured(state, id)) * cx.parameters.staffing.expertise_lost * staff / (staff + UNPAID_STAFF)
}

/// Share of staff that leaves in a year, by the share of next year's money that is secured.
pub(super) fn turnover(cx: &Context, secured: f64) -> f64 {
    let parameters = &cx.parameters.staffing;
    (parameters.turnover + parameters.turnover_insecure * (1.0 - secured)).min(1.0)
}

/// Staff after a year with this money for it: growth takes time, cuts are immediate.
pub(super) fn staff_after_hiring(before: Capacity, money: Money, wage: Money, speed: f64) -> Capacity {
    let target = Capacity(money / wage);
    if target.0 > before.0 { before + (target - before) * speed } else { target }
}

/// Staff that an organisation has for mandates, as their holder or as a partner, and the part of it that left this
/// year.
#[derive(Clone, Copy)]
struct HubStaff {
    staff: Capacity,
    leavers: Capacity,
}

fn hub_staff(state: &State, id: OrganisationId) -> HubStaff {
    let held = || state.mandates.iter().filter(|m| m.alive() && m.held_by(id));
    HubStaff { staff: held().map(|m| m.staff_of(id)).sum(), leavers: held().map(|m| leavers_of(m, id)).sum() }
}

/// The part of a mandate's leavers that worked at one of the organisations that hold it.
fn leavers_of(mandate: &Mandate, id: OrganisationId) -> Capacity {
    let all = mandate.total_staff();
    if all.0 > 0.0 { mandate.leavers * (mandate.staff_of(id) / all) } else { Capacity::ZERO }
}

/// Leavers of mandates cost their employer expertise in the mandate's remit. `lost` is the share of expertise that goes
/// with one FTE.
fn lose_in_mandates(state: &mut State, id: OrganisationId, lost: f64) {
    for mandate in state.mandates.iter().filter(|m| m.alive() && m.held_by(id)) {
        let left = (lost * leavers_of(mandate, id).0).min(1.0);
        let organisation = &mut state.organisations[id];
        match mandate.remit {
            Remit::Theme(theme) => organisation.lose_expertise(theme, left),
            Remit::Region(_) => (0..MAX_THEMES).for_each(|t| organisation.lose_expertise(ThemeId::from_index(t), left)),
        }
    }
}

/// Staff of a mandate, at its holder and at its partners, and its leavers.
fn staff_mandate(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    staff_hub(cx, state, record, hub);
    staff_partners(cx, state, record, hub);
    let mandate = &state.mandates[hub];
    let leavers = mandate.total_staff() * turnover(cx, mandate.secured);
    state.mandates[hub].leavers = leavers;
}

/// The partners' shares of the money become staff at their own prices, with the same delay as any staff. No draws.
pub(super) fn staff_partners(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let money_each = state.mandates[hub].money * consortia::partner_share(cx, state, hub);
    for k in 0..state.mandates[hub].partners.len() {
        let id = state.mandates[hub].partners[k];
        let (region, before) = (state.organisations[id].region, state.mandates[hub].seconded[k]);
        let wage = state.wage(id, cx.parameters.staffing.wage);
        let staff = staff_after_hiring(before, money_each, wage, cx.parameters.staffing.hiring_speed);
        let cost = wage * staff.0;
        state.mandates[hub].seconded[k] = staff;
        let organisation = &mut state.organisations[id];
        organisation.reserves += money_each - cost;
        organisation.year.spent += cost;
        record.movement.spent += cost;
        if !state.organisations[id].kind.outside() {
            let new = (staff - before) * cx.parameters.capacity.drawn_from_near;
            draw_from_near(state, region, new);
        }
    }
}

/// Staff of a mandate at its holder, at the holder's prices. A part of the new staff comes from the affiliates of the
/// region, which must hire anew.
fn staff_hub(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let parameters = &cx.parameters.staffing;
    let mandate = &state.mandates[hub];
    let holder = mandate.holder;
    let region = state.organisations[holder].region;
    let wage = state.wage(holder, cx.parameters.staffing.wage);
    let (before, kept) = (mandate.staff, consortia::holder_money(cx, state, hub));
    let staff =
        staff_after_hiring(before, kept + mandate.reserves * parameters.reserves_used, wage, parameters.hiring_speed);
    let cost = wage * staff.0;
    let mandate = &mut state.mandates[hub];
    mandate.staff = staff;
    mandate.reserves += kept - cost;
    state.organisations[holder].year.spent += cost;
    record.movement.spent += cost;
    draw_from_near(state, region, (staff - before) * cx.parameters.capacity.drawn_from_near);
}

/// Takes staff out of the affiliates of a region, in proportion to what they have. Their money stays with them.
fn draw_from_near(state: &mut State, region: RegionId, drawn: Capacity) {
    if drawn.0 <= 0.0 {
        return;
    }
    let near = |o: &&mut Organisation| o.region == region && o.active() && o.community.is_some();
    let available: Capacity = state.organisations.iter_mut().filter(near).map(|o| o.staff).sum();
    if available.0 <= 0.0 {
        return;
    }
    let share = (drawn / available).min(MAX_DRAWN_SHARE);
    for organisation in state.organisations.iter_mut().filter(near) {
        organisation.staff = organisation.staff * (1.0 - share);
    }
}

/// Share of next year's money that is secured: promises that run on, and the steady part of own income.
fn secured(state: &State, id: OrganisationId) -> f64 {
    let organisation = &state.organisations[id];
    let promised: Money = organisation.commitments.iter().map(|c| c.yearly).sum();
    let income = organisation.own_income + organisation.grants;
    (promised + organisation.own_income * INCOME_SECURED).share_of(income).min(1.0)
}

#[cfg(test)]
mod tests {
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
}
