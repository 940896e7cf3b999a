//! Consortia: the partners of the holder of a mandate, and their shares of its money.
//!
//! A policy may require partners (`min_partners`). A candidate names organisations that pass the screen for holders and are
//! willing: its own partners with enough expertise first, then those of highest expertise × affinity. The holder leads: each partner keeps one link with
//! it and none with the others. Each partner gets a share of the money, which becomes its staff for the hub. Money that it
//! does not spend goes to its reserves.
//!
//! All serve: the work of a hub is that of its members, each with its own staff, expertise and affinity ([`members`]), and
//! each is trained by its own part. The hub stays one service point, and its members' work one queue of projects: what comes
//! of them is the mean over members, by their parts of the work.
//!
//! ```text
//! money of a partner = min(partner_share, MAX_SHARED / partners) · money of the mandate
//! part of a member   = its staff for the hub (of the holder: and what it pledges) / all work of the hub
//! ```

use std::cell::OnceCell;

use crate::ids::{Key, MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::capacity::MIN_STAFF_FOR_LINKS;
use crate::policy::{Profile, may_hold};
use crate::record::Record;
use crate::record::events::Event;
use crate::state::{Actor, Remit, State};
use crate::units::{Capacity, Money, Work};

/// Largest share of a mandate's money that its partners have together; assumed: the holder keeps half.
const MAX_SHARED: f64 = 0.5;

/// The organisations that would join a consortium for a mandate.
pub struct WillingPartners {
    /// Number of partners that the policy requires.
    required: usize,
    /// Expertise of each organisation for the mandate; 0 for those that would not join.
    value: Vec<f64>,
    /// Those that would join.
    willing: Vec<OrganisationId>,
    /// The same in the order of preference, by the region of the candidate that looks for partners: expertise ×
    /// affinity. Computed once for each region that a candidate is in.
    by_region: Vec<OnceCell<Vec<OrganisationId>>>,
}

impl WillingPartners {
    /// The willing organisations, under a policy that requires partners; else none. `hub` is the mandate, if there is one
    /// already: who serves under it may do so again.
    pub fn new(cx: &Context, state: &State, remit: Remit, hub: Option<MandateId>) -> WillingPartners {
        let required = cx.policy.hubs.min_partners as usize;
        if required == 0 {
            return WillingPartners { required, value: Vec::new(), willing: Vec::new(), by_region: Vec::new() };
        }
        let mut value = vec![0.0; state.organisations.len()];
        for id in state.active().filter(|&id| would_join(cx, state, id, hub)) {
            let known = state.expertise_for(id, remit);
            if known >= cx.parameters.partnerships.partner_expertise {
                value[id.index()] = known;
            }
        }
        let willing = state.active().filter(|id| value[id.index()] > 0.0).collect();
        WillingPartners { required, value, willing, by_region: vec![OnceCell::new(); state.regions.len()] }
    }

    /// Number of partners that a candidate without partners can name; no more than the policy requires.
    pub fn count_for(&self, candidate: OrganisationId) -> usize {
        let itself = self.value.get(candidate.index()).is_some_and(|&value| value > 0.0);
        self.required.min(self.willing.len() - usize::from(itself))
    }

    /// The partners that a candidate names besides those it has, its own partners first; no more than the policy
    /// requires.
    pub fn named_by(
        &self,
        state: &State,
        candidate: OrganisationId,
        already: &[OrganisationId],
    ) -> Vec<OrganisationId> {
        let missing = self.required.saturating_sub(already.len());
        if missing == 0 {
            return Vec::new();
        }
        let region = state.organisations[candidate].region;
        let may_join = |id: &OrganisationId| *id != candidate && !already.contains(id) && self.value[id.index()] > 0.0;
        let own = state.partnerships.collaborations(candidate).partners.iter().copied().filter(may_join).collect();
        let mut named = best_first(state, &self.value, region, own);
        named.truncate(missing);
        let sorted = || best_first(state, &self.value, region, self.willing.clone());
        for id in self.by_region[region].get_or_init(sorted) {
            if named.len() == missing {
                break;
            }
            if may_join(id) && !named.contains(id) {
                named.push(*id);
            }
        }
        named
    }
}

/// Organisations by expertise × affinity to a region, the highest first; ties by key.
fn best_first(state: &State, value: &[f64], region: RegionId, candidates: Vec<OrganisationId>) -> Vec<OrganisationId> {
    let get = |id: OrganisationId| &state.organisations[id];
    let mut order: Vec<(f64, Key, OrganisationId)> = candidates
        .into_iter()
        .map(|id| (value[id.index()] * state.affinity(region, get(id).region), get(id).key, id))
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    order.into_iter().map(|(_, _, id)| id).collect()
}

/// Whether an organisation has staff for the links of a consortium, and passes the screen for holders.
fn would_join(cx: &Context, state: &State, id: OrganisationId, hub: Option<MandateId>) -> bool {
    let organisation = &state.organisations[id];
    Some(id) != state.foundation
        && organisation.staff.0 >= MIN_STAFF_FOR_LINKS
        && may_be(cx, state, id)
        && may_hold(&cx.policy.hubs, &profile(cx, state, id, hub))
}

/// Whether mandates may be in the region of an organisation.
pub fn may_be(cx: &Context, state: &State, id: OrganisationId) -> bool {
    cx.policy.hubs.regions.admit(&state.regions[state.organisations[id].region].name)
}

/// What the screen reads of an organisation that stands for a mandate, or for a part in it; `hub` is the mandate, if there
/// is one already: it does not count as held.
pub fn profile(cx: &Context, state: &State, id: OrganisationId, hub: Option<MandateId>) -> Profile {
    let organisation = &state.organisations[id];
    Profile {
        kind: organisation.kind,
        age: organisation.age(cx.now.quarter()),
        staff: organisation.staff,
        known_misconduct: organisation.conduct.known_misconduct(),
        outside: organisation.kind.outside(),
        held: state.held_by(id, hub),
    }
}

/// Adds the partners that the holder can name, up to the number that the policy requires.
pub fn complete(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let mandate = &state.mandates[hub];
    if mandate.partners.len() as f64 >= cx.policy.hubs.min_partners {
        return;
    }
    let named =
        WillingPartners::new(cx, state, mandate.remit, Some(hub)).named_by(state, mandate.holder, &mandate.partners);
    for partner in named {
        state.mandates[hub].add_partner(partner);
        record.note(cx.now, Event::TakenIn { mandate: hub, partner });
    }
}

/// After a change of holder, the new holder brings its own partners. Partners that stay keep their staff.
pub fn renew(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let mandate = &state.mandates[hub];
    let named = WillingPartners::new(cx, state, mandate.remit, Some(hub)).named_by(state, mandate.holder, &[]);
    state.mandates[hub].keep_partners(|id| named.contains(&id));
    complete(cx, state, record, hub);
}

/// Removes an organisation that closes from all consortia.
pub fn leave(state: &mut State, id: OrganisationId) {
    state.mandates.iter_mut().filter(|m| m.partners.contains(&id)).for_each(|m| m.keep_partners(|other| other != id));
}

/// The share of a mandate's money that each partner gets.
pub fn partner_share(cx: &Context, state: &State, hub: MandateId) -> f64 {
    let partners = state.mandates[hub].partners.len().max(1) as f64;
    cx.parameters.partnerships.partner_share.min(MAX_SHARED / partners)
}

/// The money of the year that stays with the holder of a mandate.
pub fn holder_money(cx: &Context, state: &State, hub: MandateId) -> Money {
    let mandate = &state.mandates[hub];
    mandate.money * (1.0 - partner_share(cx, state, hub) * mandate.partners.len() as f64)
}

/// Those who serve under a mandate, each with its part of the mandate's work: that of its staff, of the holder also what
/// it pledges. The parts sum to 1; without any work, all is the holder's.
pub fn members(state: &State, hub: MandateId) -> impl Iterator<Item = (OrganisationId, f64)> + '_ {
    let mandate = &state.mandates[hub];
    let all = mandate.total_staff().quarterly_work() + mandate.pledged;
    let part = move |staff: Capacity| staff.quarterly_work().share_of(all);
    let of_holder = 1.0 - mandate.seconded.iter().map(|&staff| part(staff)).sum::<f64>();
    let partners = mandate.partners.iter().zip(&mandate.seconded).map(move |(&id, &staff)| (id, part(staff)));
    [(mandate.holder, of_holder)].into_iter().chain(partners)
}

/// The mean of a value over those whose work an action is, by their parts of it: over the members of a mandate, or that of
/// the organisation at home.
pub fn mean_over_members(state: &State, actor: Actor, value: impl Fn(OrganisationId) -> f64) -> f64 {
    match actor.mandate {
        Some(hub) => members(state, hub).map(|(id, part)| part * value(id)).sum(),
        None => value(actor.organisation),
    }
}

/// Those who serve under a mandate are trained by its work in a theme, each by its part.
pub fn train(state: &mut State, hub: MandateId, theme: ThemeId, work: Work) {
    let parts: Vec<_> = members(state, hub).collect();
    parts.into_iter().for_each(|(id, part)| state.organisations[id].done[theme] += part * work.0);
}

/// Gives the learning time of each mandate to those who serve under it, by their parts of its work.
pub fn share_learning_time(state: &mut State) {
    for hub in state.mandates.ids() {
        let time = std::mem::replace(&mut state.mandates[hub].learning, Work::ZERO);
        if time.0 > 0.0 {
            let parts: Vec<_> = members(state, hub).collect();
            parts.into_iter().for_each(|(id, part)| state.organisations[id].learning += time * part);
        }
    }
}

/// Books a mandate's money of the year to its holder and partners. No draws.
pub fn distribute_money(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let (holder_money, money_each) =
        (holder_money(cx, state, hub), state.mandates[hub].money * partner_share(cx, state, hub));
    let mandate = &state.mandates[hub];
    let all = [(mandate.holder, holder_money)]
        .into_iter()
        .chain(mandate.partners.iter().map(|&partner| (partner, money_each)));
    for (id, amount) in all {
        let organisation = &mut state.organisations[id];
        organisation.hub_money += amount;
        if !organisation.kind.outside() {
            record.regions[organisation.region].awarded += amount;
        }
    }
}

#[cfg(test)]
mod tests;
