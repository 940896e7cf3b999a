//! The foundation's service desk: work for everybody's needs that the foundation does with a part of the pots.
//!
//! *Claim.* What hubs bring may come from their means and not from being hubs. A desk has the same means and no hubs: money of
//! the pots pays for staff of the foundation that supports, produces, tells of itself and keeps a catalogue, as the staff of a
//! hub does.
//!
//! *Equations.*
//!
//! ```text
//! begun      = desk_pilots in the first years, then desk_wave_size more every desk_wave_years; at most the themes there are
//! money      = min(desk_share, begun · desk_cap) · governed pots
//! wage       = Σ over regions of place · wage there         place: where its staff is, `staff_in`
//! support, production, outreach = staff · hub_support, hub_production, hub_outreach; the rest is learning time
//! catalogue' = catalogue · (1 − catalogue_decay) + listed · (1 − catalogue)
//! ```
//!
//! Support is given to those who ask the foundation, in any theme: by need and not by priority. Staff follows money as
//! everywhere (`staffing`), and leaves as insecure staff does where grants are for one year.
//!
//! *Source.* A control: the same means without hubs. *Draws.* None. *Off.* The lever `desk_share` at 0.

use crate::ids::RegionId;
use crate::mechanisms::Context;
use crate::mechanisms::money::governed_pots;
use crate::mechanisms::staffing::{staff_after_hiring, turnover};
use crate::policy::levers::DeskPlace;
use crate::record::Record;
use crate::state::State;
use crate::units::{Money, Work};

/// Share of outreach work that tells of the desk; the rest fills its catalogue, as at hubs.
const TELLING: f64 = 0.7;

/// Where the desk's staff is: the share of it in each region.
pub fn places(cx: &Context, state: &State) -> Vec<f64> {
    let Some(foundation) = state.foundation else { return vec![0.0; state.regions.len()] };
    let home = state.organisations[foundation].region;
    let online: f64 = state.regions.iter().map(|region| region.online).sum();
    let place = |r: RegionId| match cx.policy.governance.staff_in {
        DeskPlace::Foundation => f64::from(u8::from(r == home)),
        DeskPlace::People => state.regions[r].online / online,
    };
    state.region_ids().map(place).collect()
}

/// Affinity of the desk's staff to a region, the mean over its places.
pub fn affinity(cx: &Context, state: &State, to: RegionId) -> f64 {
    state.region_ids().zip(places(cx, state)).map(|(from, place)| place * state.affinity(from, to)).sum()
}

/// Themes for which the desk has begun to work by this year.
fn themes_begun(cx: &Context, state: &State) -> f64 {
    let levers = &cx.policy.governance;
    let year = f64::from(cx.now.year());
    let first_wave = if levers.desk_pilots > 0.0 { 1.0 + levers.desk_wave_years } else { 1.0 };
    let waves = if year < first_wave { 0.0 } else { ((year - first_wave) / levers.desk_wave_years).floor() + 1.0 };
    let later = if waves > 0.0 { waves * levers.desk_wave_size.bound() } else { 0.0 };
    let themes = state.theme_ids().filter(|&t| state.served(t)).count() as f64;
    (levers.desk_pilots + later).min(themes)
}

/// Pays the desk out of the governed pots. No draws.
pub fn pay(cx: &Context, state: &mut State, record: &mut Record) {
    let levers = &cx.policy.governance;
    let share = levers.desk_share.at(cx.now.year());
    let Some(foundation) = state.foundation.filter(|_| share > 0.0) else {
        state.desk.money = Money::ZERO;
        return;
    };
    let pots = governed_pots(state) - state.paid_to_hubs;
    let money = (governed_pots(state) * share.min(themes_begun(cx, state) * levers.desk_cap)).min(pots);
    state.desk.money = money;
    state.organisations[foundation].hub_money += money;
    record.movement.desk_money = money;
    let places = places(cx, state);
    for id in state.funders.ids().filter(|&id| state.funders[id].governed()) {
        let part = (state.funders[id].pot + state.funders[id].paid_in).share_of(governed_pots(state));
        for (region, place) in state.regions.ids().zip(&places) {
            record.flows[(id, region)].hubs += money * (part * place);
        }
    }
}

/// Turns the desk's money into staff of the foundation. Returns the staff that left. No draws.
pub fn staff(cx: &Context, state: &mut State, record: &mut Record) {
    let Some(foundation) = state.foundation.filter(|_| state.desk.money.0 > 0.0 || state.desk.staff.0 > 0.0) else {
        return;
    };
    let parameters = &cx.parameters.staffing;
    let price: f64 =
        state.regions.iter().zip(places(cx, state)).map(|(region, place)| region.price_level * place).sum();
    // The foundation's own price level where its staff is at its own place.
    let wage = match cx.policy.governance.staff_in {
        DeskPlace::Foundation => state.wage(foundation, parameters.wage),
        DeskPlace::People => parameters.wage * price,
    };
    let desk = &mut state.desk;
    let money = desk.money + desk.reserves * parameters.reserves_used;
    desk.staff = staff_after_hiring(desk.staff, money, wage, parameters.hiring_speed);
    let cost = wage * desk.staff.0;
    desk.reserves += desk.money - cost;
    let secured = 1.0 - 1.0 / cx.policy.grants.years.max(1.0);
    desk.leavers = desk.staff * turnover(cx, secured);
    state.organisations[foundation].year.spent += cost;
    record.movement.spent += cost;
}

/// Adds the desk's work to the foundation's: after the split of its own work. No draws.
pub fn work(cx: &Context, state: &mut State, record: &mut Record) {
    let Some(foundation) = state.foundation.filter(|_| state.desk.staff.0 > 0.0) else { return };
    let parameters = &cx.parameters.capacity;
    let all = state.desk.staff.quarterly_work();
    let support = all * parameters.hub_support;
    let production = all * parameters.hub_production.min(1.0 - parameters.hub_support);
    let outreach = all * parameters.hub_outreach.min(1.0 - parameters.hub_support - parameters.hub_production).max(0.0);
    let organisation = &mut state.organisations[foundation];
    let own = organisation.support_left.max(Work::ZERO);
    state.desk.support_share = support.0 / (own + support).0;
    organisation.support_left += support;
    organisation.queue.budget += production;
    organisation.learning += all - support - production - outreach;
    state.desk.outreach = outreach;
    record.movement.work += all;
    record.movement.outreach_work += outreach;
}

/// The desk's outreach in a region this quarter, FTE-quarters: half by volunteers, half equally, as that of a hub.
pub fn outreach_in(cx: &Context, state: &State, region: RegionId) -> f64 {
    let reached: f64 = state.regions.iter().map(|region| region.volunteers).sum();
    let here = if reached > 0.0 { state.regions[region].volunteers / reached } else { 0.0 };
    let part = 0.5 * here + 0.5 / state.regions.len() as f64;
    state.desk.outreach.0 * TELLING * part * affinity(cx, state, region)
}

/// Fills the desk's catalogue of all themes. Once a quarter. No draws.
pub fn fill_catalogue(cx: &Context, state: &mut State) {
    let parameters = &cx.parameters.production;
    let themes = state.theme_ids().filter(|&t| state.served(t)).count().max(1) as f64;
    let desk = &mut state.desk;
    let listed = (desk.outreach.0 * (1.0 - TELLING) * parameters.cataloguing / themes).min(1.0);
    desk.catalogue = desk.catalogue * (1.0 - parameters.catalogue_decay) + listed * (1.0 - desk.catalogue);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{self, simulation};
    use crate::policy::Policy;
    use crate::policy::levers::HubKind;

    fn with_desk() -> Policy {
        let mut policy = Policy::default();
        policy.governance.desk_share = 0.2.into();
        policy.governance.desk_cap = 0.05;
        policy.governance.desk_pilots = 1.0;
        policy.governance.desk_wave_size = 1.0.into();
        policy.governance.desk_wave_years = 2.0;
        policy
    }

    /// The desk's money grows with the themes that it has begun, up to its share of the pot.
    #[test]
    fn money_grows_in_waves_up_to_the_share() {
        let mut sim = simulation();
        let policy = with_desk();
        assert_eq!(policy.hubs.kind, HubKind::None);
        let shares: Vec<f64> = (0..7)
            .map(|_| {
                fixture::run(&mut sim, &policy, 1);
                sim.state.desk.money.share_of(governed_pots(&sim.state))
            })
            .collect();
        let expected = [0.05, 0.05, 0.1, 0.1, 0.15, 0.15, 0.15];
        assert!(shares.iter().zip(expected).all(|(share, expected)| (share - expected).abs() < 1e-9), "{shares:?}");
        assert!(sim.state.desk.staff.0 > 0.0 && sim.state.desk.catalogue > 0.0);
    }

    /// Staff where wages are lower is more staff for the same money.
    #[test]
    fn its_staff_costs_what_it_costs_where_it_is() {
        let staff = |place: DeskPlace| {
            let mut sim = simulation();
            let mut policy = with_desk();
            policy.governance.staff_in = place;
            let foundation = sim.state.foundation.expect("there is one");
            let home = sim.state.organisations[foundation].region;
            sim.state.regions.ids().filter(|&r| r != home).for_each(|r| sim.state.regions[r].price_level = 0.2);
            sim.conditions.parameters.environment.price_volatility = 0.0;
            fixture::run(&mut sim, &policy, 1);
            sim.state.desk.staff.0
        };
        assert!(staff(DeskPlace::People) > 1.2 * staff(DeskPlace::Foundation));
    }
}
