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
mod tests;
