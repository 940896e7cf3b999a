//! Consortia: who holds a mandate together with its holder, and how they share its money.
//!
//! A policy may ask for partners (`min_partners`). A candidate names those who are willing: its own partners who know the
//! subject first, then whoever near it knows most. The holder leads: each partner keeps one link with it, no other. Each
//! gets a part of the money, which becomes its staff for the hub; what it does not spend, it puts by.

use std::cell::OnceCell;

use crate::ids::{Key, MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::capacity::MIN_STAFF_FOR_LINKS;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::{Mandate, Remit, State};
use crate::units::Money;

/// The most of a mandate's money that its partners have together.
const MOST_SHARED: f64 = 0.5;

/// Who would join a consortium for a mandate.
pub struct Willing {
    wanted: usize,
    /// What each organisation knows for the mandate, 0 for who would not join.
    value: Vec<f64>,
    /// Those who would.
    who: Vec<OrganisationId>,
    /// The same, the best first, as seen from each region from which anybody looks: expertise × affinity.
    by_region: Vec<OnceCell<Vec<OrganisationId>>>,
}

impl Willing {
    /// Looks around, for a policy that asks for partners; for another, nobody is asked.
    pub fn of(cx: &Context, state: &State, remit: Remit) -> Willing {
        let wanted = cx.policy.hubs.min_partners as usize;
        if wanted == 0 {
            return Willing { wanted, value: Vec::new(), who: Vec::new(), by_region: Vec::new() };
        }
        let mut value = vec![0.0; state.organisations.len()];
        for id in state.active().filter(|&id| would_join(cx, state, id, remit)) {
            let known = state.expertise_for(id, remit);
            if known >= cx.parameters.partnerships.partner_expertise {
                value[id.index()] = known;
            }
        }
        let who = state.active().filter(|id| value[id.index()] > 0.0).collect();
        Willing { wanted, value, who, by_region: vec![OnceCell::new(); state.regions.len()] }
    }

    /// How many a candidate can name who has none yet; no more than a policy asks for.
    pub fn count_for(&self, candidate: OrganisationId) -> usize {
        let itself = self.value.get(candidate.index()).is_some_and(|&value| value > 0.0);
        self.wanted.min(self.who.len() - usize::from(itself))
    }

    /// Whom a candidate can name besides those it has already, its own partners first; no more than a policy asks for.
    pub fn named_by(
        &self,
        state: &State,
        candidate: OrganisationId,
        already: &[OrganisationId],
    ) -> Vec<OrganisationId> {
        let missing = self.wanted.saturating_sub(already.len());
        if missing == 0 {
            return Vec::new();
        }
        let region = state.organisations[candidate].region;
        let may = |id: &OrganisationId| *id != candidate && !already.contains(id) && self.value[id.index()] > 0.0;
        let own = state.partnerships.circle(candidate).partners.iter().copied().filter(may).collect();
        let mut named = best_first(state, &self.value, region, own);
        named.truncate(missing);
        let sorted = || best_first(state, &self.value, region, self.who.clone());
        for id in self.by_region[region].get_or_init(sorted) {
            if named.len() == missing {
                break;
            }
            if may(id) && !named.contains(id) {
                named.push(*id);
            }
        }
        named
    }
}

/// Some by what they know × how near they are to a region, ties by key.
fn best_first(state: &State, value: &[f64], r: RegionId, who: Vec<OrganisationId>) -> Vec<OrganisationId> {
    let o = |id: OrganisationId| &state.organisations[id];
    let mut order: Vec<(f64, Key, OrganisationId)> =
        who.into_iter().map(|id| (value[id.index()] * state.affinity(r, o(id).region), o(id).key, id)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    order.into_iter().map(|(_, _, id)| id).collect()
}

/// Whether one has staff and time for one mandate more. Who is engaged for the same theme or region stays willing.
fn would_join(cx: &Context, state: &State, id: OrganisationId, remit: Remit) -> bool {
    let o = &state.organisations[id];
    let elsewhere = |m: &&Mandate| m.alive() && m.remit != remit && m.partners.contains(&id);
    let engaged = || state.mandates.iter().filter(elsewhere).count() as f64;
    let known_misconduct = o.conduct.known_misconduct();
    Some(id) != state.foundation
        && o.staff.0 >= MIN_STAFF_FOR_LINKS
        && !known_misconduct
        && engaged() + 1.0 <= cx.parameters.partnerships.engagements
}

/// A mandate gets the partners that its holder can name, beside those it has.
pub fn complete(cx: &Context, state: &mut State, record: &mut Record, m: MandateId) {
    let mandate = &state.mandates[m];
    if mandate.partners.len() as f64 >= cx.policy.hubs.min_partners {
        return;
    }
    let named = Willing::of(cx, state, mandate.remit).named_by(state, mandate.holder, &mandate.partners);
    for partner in named {
        state.mandates[m].take_in(partner);
        record.note(cx.now, Event::TakenIn { mandate: m, partner });
    }
}

/// After a change of hands the new holder brings its own partners; who stays keeps the staff it has.
pub fn renew(cx: &Context, state: &mut State, record: &mut Record, m: MandateId) {
    let mandate = &state.mandates[m];
    let named = Willing::of(cx, state, mandate.remit).named_by(state, mandate.holder, &[]);
    state.mandates[m].keep_partners(|id| named.contains(&id));
    complete(cx, state, record, m);
}

/// Who closes leaves all consortia.
pub fn leave(state: &mut State, id: OrganisationId) {
    state.mandates.iter_mut().filter(|m| m.partners.contains(&id)).for_each(|m| m.keep_partners(|other| other != id));
}

/// What each partner gets of a mandate's money, as a share of it.
pub fn part(cx: &Context, state: &State, m: MandateId) -> f64 {
    let partners = state.mandates[m].partners.len().max(1) as f64;
    cx.parameters.partnerships.partner_share.min(MOST_SHARED / partners)
}

/// What the holder keeps of a mandate's money of the year.
pub fn kept(cx: &Context, state: &State, m: MandateId) -> Money {
    let mandate = &state.mandates[m];
    mandate.money * (1.0 - part(cx, state, m) * mandate.partners.len() as f64)
}

/// Who of those who hold a mandate helps in a theme in a region: the one who knows most and is near.
pub fn helper(cx: &Context, state: &State, m: MandateId, r: RegionId, t: ThemeId) -> OrganisationId {
    let mandate = &state.mandates[m];
    let half = cx.parameters.support.half_expertise;
    let able = |id: OrganisationId| {
        let o = &state.organisations[id];
        let known = o.expertise[t];
        known / (known + half) * state.affinity(o.region, r)
    };
    let better = |best: OrganisationId, &id: &OrganisationId| if able(id) > able(best) { id } else { best };
    mandate.partners.iter().fold(mandate.holder, better)
}

/// Books a mandate's money of the year to those who hold it. No draws.
pub fn share_out(cx: &Context, state: &mut State, record: &mut Record, m: MandateId) {
    let (kept, each) = (kept(cx, state, m), state.mandates[m].money * part(cx, state, m));
    let mandate = &state.mandates[m];
    let all = [(mandate.holder, kept)].into_iter().chain(mandate.partners.iter().map(|&partner| (partner, each)));
    for (id, amount) in all {
        let o = &mut state.organisations[id];
        o.hub_money += amount;
        if !o.kind.outside() {
            record.regions[o.region].awarded += amount;
        }
    }
}

#[cfg(test)]
mod tests;
