//! Candidates as they are, and as strangers believe them to be.

use crate::ids::MAX_REGIONS;
use crate::ids::{Key, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::state::{Remit, State};

/// A candidate as it is, and as its prestige tells.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub(super) id: OrganisationId,
    pub(super) key: Key,
    pub(super) region: RegionId,
    /// Quality of its work for the remit.
    pub(super) quality: f64,
    /// The same as strangers believe it to be.
    pub(super) reputed: f64,
    /// Mean affinity of its region, by people online.
    pub(super) central: f64,
    /// How far what it knows lies in the foundation's priorities.
    pub(super) aligned: f64,
    /// Reports that the foundation gets of it.
    pub(super) reports: u32,
    /// Its members, people.
    pub(super) members: f64,
    /// How well its hubs are known in each region.
    pub(super) known: [f64; MAX_REGIONS],
}

/// Candidates for a remit, in the order of their ids.
pub(super) fn field(cx: &Context, state: &State, remit: Remit, ids: &[OrganisationId]) -> Vec<Candidate> {
    let count = ids.len().max(1) as f64;
    let prestige = ids.iter().map(|id| state.organisations[*id].prestige).sum::<f64>() / count;
    let usual = ids.iter().map(|&id| state.quality_for(id, remit)).sum::<f64>() / count;
    let central = centrality(state);
    ids.iter()
        .map(|&id| {
            let o = &state.organisations[id];
            let mut known = [0.0f64; MAX_REGIONS];
            let mut held = 0;
            for mandate in state.mandates.iter().filter(|m| m.alive() && m.holder == id) {
                known.iter_mut().zip(&mandate.known).for_each(|(known, k)| *known = known.max(*k));
                held += 1;
            }
            Candidate {
                id,
                key: o.key,
                region: o.region,
                quality: state.quality_for(id, remit),
                reputed: usual * reputation(cx, o.prestige, prestige),
                central: central[o.region],
                aligned: alignment(state, id),
                reports: o.running + held,
                members: o.members,
                known,
            }
        })
        .collect()
}

/// What prestige tells strangers, relative to the usual.
pub(super) fn reputation(cx: &Context, prestige: f64, usual: f64) -> f64 {
    let relative = if usual > 0.0 { prestige / usual } else { 1.0 };
    (1.0 + cx.parameters.deciding.reputation * (relative - 1.0)).max(0.0)
}

/// Mean prestige of those who hold mandates.
pub(super) fn holders_prestige(state: &State) -> f64 {
    let held = || state.mandates.iter().filter(|m| m.alive());
    let sum: f64 = held().map(|m| state.organisations[m.holder].prestige).sum();
    sum / held().count().max(1) as f64
}

/// Mean affinity of each region to all people online.
fn centrality(state: &State) -> Vec<f64> {
    let online: f64 = state.regions.iter().map(|region| region.online).sum();
    let near = |r: RegionId| -> f64 {
        state.region_ids().map(|other| state.regions[other].online * state.affinity(r, other)).sum()
    };
    state.region_ids().map(|r| if online > 0.0 { near(r) / online } else { 0.0 }).collect()
}

/// How much of an organisation's expertise lies in the foundation's priorities, against an even spread: −1 to 1.
fn alignment(state: &State, id: OrganisationId) -> f64 {
    let o = &state.organisations[id];
    let present = || state.theme_ids().filter(|&t| state.themes[t].presence > 0.0);
    let priorities: f64 = present().map(|t| state.themes[t].priority).sum();
    let known: f64 = present().map(|t| o.expertise[t]).sum();
    if priorities <= 0.0 || known <= 0.0 {
        return 0.0;
    }
    let even = 1.0 / present().count() as f64;
    present().map(|t| (state.themes[t].priority / priorities - even) * o.expertise[t] / known).sum()
}
