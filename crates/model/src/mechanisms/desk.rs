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
//! place      = weight in the region / Σ weights              by `staff_in`: 1 at home, people online, or the weights given
//! wage       = Σ over regions of place · wage there          at the foundation: its own
//! affinity   = Σ over regions of place · affinity to whoever asks
//! support, production, outreach = staff · hub_support, hub_production, hub_outreach; the rest is learning time
//! catalogue' = catalogue · (1 − catalogue_decay) + listed · (1 − catalogue)
//! ```
//!
//! Support is given to those who ask the foundation, in any theme: by need and not by priority. Help counts as across regions
//! unless staff of the asking region gives it, and money as paid to the regions where the staff is. Production is the
//! foundation's, and work for a region is counted in equal parts over all that the desk serves, as that of a hub over its
//! scope: wherever the staff is. Staff follows money as everywhere (`staffing`), and leaves as insecure staff does where grants
//! are for one year.
//!
//! *Source.* A control: the same means without hubs. *Draws.* None. *Off.* The lever `desk_share` at 0.

use crate::ids::{OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::money::governed_pots;
use crate::mechanisms::staffing::{staff_after_hiring, turnover};
use crate::policy::levers::DeskPlace;
use crate::record::Record;
use crate::state::{Region, State};
use crate::table::Table;
use crate::units::{Money, Work};

/// Share of outreach work that tells of the desk; the rest fills its catalogue, as at hubs.
const TELLING: f64 = 0.7;

/// Where the desk's staff is: the share of it in each region.
fn places(cx: &Context, state: &State, foundation: OrganisationId) -> Table<RegionId, f64> {
    let home = state.organisations[foundation].region;
    let weight = |(r, region): (RegionId, &Region)| match &cx.policy.governance.staff_in {
        DeskPlace::Foundation => f64::from(u8::from(r == home)),
        DeskPlace::People => region.online,
        DeskPlace::Regions(weights) => weights.get(&region.name).copied().unwrap_or(0.0),
    };
    let total: f64 = state.regions.pairs().map(weight).sum();
    state.regions.pairs().map(|of| weight(of) / total).collect()
}

/// Affinity of the desk's staff to a region, the mean over its places.
pub fn affinity(state: &State, to: RegionId) -> f64 {
    state.desk.places.pairs().map(|(from, place)| place * state.affinity(from, to)).sum()
}

/// Share of the foundation's help to a region that staff in that region gives: its own staff is at home, that of its desk
/// where the desk is.
pub fn help_within(state: &State, foundation: OrganisationId, region: RegionId) -> f64 {
    let home = state.organisations[foundation].region;
    let at_home = f64::from(u8::from(home == region));
    let desk = state.desk.support_share;
    if desk == 0.0 {
        return at_home;
    }
    let own = (1.0 - desk) * state.affinity(home, region);
    let within = at_home * own + desk * state.desk.places[region] * state.affinity(region, region);
    within / (own + desk * affinity(state, region))
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
    state.desk.places = state.foundation.map_or_else(Table::new, |foundation| places(cx, state, foundation));
    let Some(foundation) = state.foundation.filter(|_| share > 0.0) else {
        state.desk.money = Money::ZERO;
        return;
    };
    let pots = governed_pots(state) - state.paid_to_hubs;
    let money = (governed_pots(state) * share.min(themes_begun(cx, state) * levers.desk_cap)).min(pots);
    state.desk.money = money;
    state.organisations[foundation].hub_money += money;
    record.movement.desk_money = money;
    for id in state.funders.ids().filter(|&id| state.funders[id].governed()) {
        let part = (state.funders[id].pot + state.funders[id].paid_in).share_of(governed_pots(state));
        for (region, place) in state.desk.places.pairs() {
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
    let price: f64 = state.desk.places.pairs().map(|(r, place)| state.regions[r].price_level * place).sum();
    // The foundation's own price level where its staff is at its own place.
    let wage = match &cx.policy.governance.staff_in {
        DeskPlace::Foundation => state.wage(foundation, parameters.wage),
        DeskPlace::People | DeskPlace::Regions(_) => parameters.wage * price,
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
pub fn outreach_in(state: &State, region: RegionId) -> f64 {
    let reached: f64 = state.regions.iter().map(|region| region.volunteers).sum();
    let here = if reached > 0.0 { state.regions[region].volunteers / reached } else { 0.0 };
    let part = 0.5 * here + 0.5 / state.regions.len() as f64;
    state.desk.outreach.0 * TELLING * part * affinity(state, region)
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
    use crate::simulation::Simulation;

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

    /// A place by weights of regions.
    fn weighed(weights: &[(&str, f64)]) -> DeskPlace {
        DeskPlace::Regions(weights.iter().map(|&(name, weight)| (name.to_owned(), weight)).collect())
    }

    /// A year of the small world with the desk somewhere.
    fn year_with(place: DeskPlace, change: impl Fn(&mut Simulation)) -> Simulation {
        let mut sim = simulation();
        let mut policy = with_desk();
        policy.governance.staff_in = place;
        change(&mut sim);
        fixture::run(&mut sim, &policy, 1);
        sim
    }

    /// Weights are relative, and the words are weights that the scenario knows.
    #[test]
    fn weights_say_what_the_words_say() {
        let online = [("North", 60.0), ("Middle", 100.0), ("South", 170.0)];
        let still = |sim: &mut Simulation| {
            for (region, (_, online)) in sim.state.regions.iter_mut().zip(online) {
                (region.online, region.online_growth) = (online, 0.0);
            }
        };
        let of = |place| {
            let sim = year_with(place, still);
            (sim.state.desk.clone(), sim.record.regions.iter().map(|region| region.help_across).collect::<Vec<_>>())
        };
        let people = of(DeskPlace::People);
        assert!(people.0.staff.0 > 0.0 && people.0.support_share > 0.0);
        // A power of two scales without rounding.
        for scale in [1.0, 4.0] {
            assert_eq!(of(weighed(&online.map(|(name, online)| (name, online * scale)))), people);
        }
        assert_eq!(of(DeskPlace::Foundation), of(weighed(&[("North", 3.0), ("South", 0.0)])));
    }

    /// Price, affinity, money and help are those of the one region with a weight.
    #[test]
    fn all_follows_to_the_one_place_there_is() {
        let south = RegionId(2);
        let sim = year_with(weighed(&[("South", 0.5)]), |_| ());
        let (state, foundation) = (&sim.state, sim.state.foundation.expect("there is one"));
        let home = state.organisations[foundation].region;
        assert_eq!(state.desk.places.to_vec(), [0.0, 0.0, 1.0]);
        for r in state.region_ids() {
            assert_eq!(affinity(state, r), state.affinity(south, r));
            let money: f64 = state.funders.ids().map(|id| sim.record.flows[(id, r)].hubs.0).sum();
            assert_eq!(money > 0.0, r == south, "{money}");
            let within = help_within(state, foundation, r);
            assert_eq!((0.0 < within, within < 1.0), (r == south || r == home, true), "{within}");
        }
        let near = year_with(DeskPlace::Foundation, |_| ());
        let ratio = near.state.desk.staff.0 / sim.state.desk.staff.0;
        let price = state.regions[south].price_level / near.state.regions[home].price_level;
        assert!((ratio - price).abs() < 1e-9 && price < 0.5, "{ratio} {price}");
        assert_eq!(help_within(&near.state, foundation, home), 1.0);
        assert_eq!(help_within(&near.state, foundation, south), 0.0);
        let [here, there] = [&sim, &near].map(|sim| &sim.record.regions[south]);
        assert!(here.help_across < 0.9 * here.help_foundation && there.help_across == there.help_foundation);
    }
}
