//! Consortia: the partners of the holder of a mandate, and their shares of its money.
//!
//! A policy may require partners (`min_partners`). A candidate names organisations that are willing: its own partners with
//! enough expertise first, then those of highest expertise × affinity. The holder leads: each partner keeps one link with
//! it and none with the others. Each partner gets a share of the money, which becomes its staff for the hub. Money that it
//! does not spend goes to its reserves.
//!
//! ```text
//! share of a partner = min(partner_share, MAX_SHARED / partners)
//! ```

use std::cell::OnceCell;

use crate::ids::{Key, MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::capacity::MIN_STAFF_FOR_LINKS;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::{Mandate, Remit, State};
use crate::units::Money;

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
    /// The willing organisations, under a policy that requires partners; else none.
    pub fn new(cx: &Context, state: &State, remit: Remit) -> WillingPartners {
        let required = cx.policy.hubs.min_partners as usize;
        if required == 0 {
            return WillingPartners { required, value: Vec::new(), willing: Vec::new(), by_region: Vec::new() };
        }
        let mut value = vec![0.0; state.organisations.len()];
        for id in state.active().filter(|&id| would_join(cx, state, id, remit)) {
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

/// Whether an organisation has staff and time for one mandate more. Engagements for the same remit do not count.
fn would_join(cx: &Context, state: &State, id: OrganisationId, remit: Remit) -> bool {
    let organisation = &state.organisations[id];
    let elsewhere = |m: &&Mandate| m.alive() && m.remit != remit && m.partners.contains(&id);
    let engaged = || state.mandates.iter().filter(elsewhere).count() as f64;
    let known_misconduct = organisation.conduct.known_misconduct();
    Some(id) != state.foundation
        && organisation.staff.0 >= MIN_STAFF_FOR_LINKS
        && !known_misconduct
        && engaged() + 1.0 <= cx.parameters.partnerships.engagements
}

/// Adds the partners that the holder can name, up to the number that the policy requires.
pub fn complete(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let mandate = &state.mandates[hub];
    if mandate.partners.len() as f64 >= cx.policy.hubs.min_partners {
        return;
    }
    let named = WillingPartners::new(cx, state, mandate.remit).named_by(state, mandate.holder, &mandate.partners);
    for partner in named {
        state.mandates[hub].add_partner(partner);
        record.note(cx.now, Event::TakenIn { mandate: hub, partner });
    }
}

/// After a change of holder, the new holder brings its own partners. Partners that stay keep their staff.
pub fn renew(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let mandate = &state.mandates[hub];
    let named = WillingPartners::new(cx, state, mandate.remit).named_by(state, mandate.holder, &[]);
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

/// The holder or partner that helps in a theme in a region: the one of highest expertise, saturating, × affinity.
pub fn helper(cx: &Context, state: &State, hub: MandateId, region: RegionId, theme: ThemeId) -> OrganisationId {
    let mandate = &state.mandates[hub];
    let half = cx.parameters.support.half_expertise;
    let able = |id: OrganisationId| {
        let organisation = &state.organisations[id];
        let known = organisation.expertise[theme];
        known / (known + half) * state.affinity(organisation.region, region)
    };
    let better = |best: OrganisationId, &id: &OrganisationId| if able(id) > able(best) { id } else { best };
    mandate.partners.iter().fold(mandate.holder, better)
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
