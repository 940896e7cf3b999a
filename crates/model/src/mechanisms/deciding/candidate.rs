//! Candidates for a remit: their true quality, and their quality as strangers believe it to be.

use crate::ids::MAX_REGIONS;
use crate::ids::{Key, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::state::{Remit, State};

/// A candidate for a mandate, or its holder.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub(super) id: OrganisationId,
    pub(super) key: Key,
    pub(super) region: RegionId,
    /// Quality of its work in the remit, 0–1.
    pub(super) quality: f64,
    /// Its quality as strangers believe it to be, from its prestige.
    pub(super) reputed: f64,
    /// Mean affinity of its region to all people online.
    pub(super) mean_affinity: f64,
    /// How far its expertise lies in the foundation's priorities, −1 to 1.
    pub(super) alignment: f64,
    /// Number of reports that the foundation receives from it: one for each running grant and each mandate.
    pub(super) reports: u32,
    /// Its members, people.
    pub(super) members: f64,
    /// How well the best known of its hubs is known in each region, 0–1.
    pub(super) known: [f64; MAX_REGIONS],
}

/// Candidates for a remit, in the order of `ids`.
pub(super) fn candidates(cx: &Context, state: &State, remit: Remit, ids: &[OrganisationId]) -> Vec<Candidate> {
    let count = ids.len().max(1) as f64;
    let mean_prestige = ids.iter().map(|id| state.organisations[*id].prestige).sum::<f64>() / count;
    let mean_quality = ids.iter().map(|&id| state.quality_for(id, remit)).sum::<f64>() / count;
    let mean_affinity = mean_affinities(state);
    ids.iter()
        .map(|&id| {
            let organisation = &state.organisations[id];
            let mut known = [0.0f64; MAX_REGIONS];
            let mut held = 0;
            for mandate in state.mandates.iter().filter(|m| m.alive() && m.holder == id) {
                known.iter_mut().zip(&mandate.known).for_each(|(known, k)| *known = known.max(*k));
                held += 1;
            }
            Candidate {
                id,
                key: organisation.key,
                region: organisation.region,
                quality: state.quality_for(id, remit),
                reputed: mean_quality * reputation(cx, organisation.prestige, mean_prestige),
                mean_affinity: mean_affinity[organisation.region],
                alignment: alignment(state, id),
                reports: organisation.running + held,
                members: organisation.members,
                known,
            }
        })
        .collect()
}

/// Factor on the mean quality by which strangers judge an organisation, given its prestige and the mean prestige.
pub(super) fn reputation(cx: &Context, prestige: f64, mean_prestige: f64) -> f64 {
    let relative = if mean_prestige > 0.0 { prestige / mean_prestige } else { 1.0 };
    (1.0 + cx.parameters.deciding.reputation * (relative - 1.0)).max(0.0)
}

/// Mean prestige of the holders of mandates, by mandate.
pub(super) fn holders_prestige(state: &State) -> f64 {
    let hubs = || state.mandates.iter().filter(|m| m.alive());
    let sum: f64 = hubs().map(|m| state.organisations[m.holder].prestige).sum();
    sum / hubs().count().max(1) as f64
}

/// Mean affinity of each region to all people online.
fn mean_affinities(state: &State) -> Vec<f64> {
    let online: f64 = state.regions.iter().map(|region| region.online).sum();
    let weighted = |region: RegionId| -> f64 {
        state.region_ids().map(|other| state.regions[other].online * state.affinity(region, other)).sum()
    };
    state.region_ids().map(|region| if online > 0.0 { weighted(region) / online } else { 0.0 }).collect()
}

/// How much more of an organisation's expertise lies in the foundation's priorities than an even spread would have, −1 to
/// 1.
fn alignment(state: &State, id: OrganisationId) -> f64 {
    let organisation = &state.organisations[id];
    let present = || state.theme_ids().filter(|&t| state.themes[t].presence > 0.0);
    let priorities: f64 = present().map(|t| state.themes[t].priority).sum();
    let expertise: f64 = present().map(|t| organisation.expertise[t]).sum();
    if priorities <= 0.0 || expertise <= 0.0 {
        return 0.0;
    }
    let even = 1.0 / present().count() as f64;
    present().map(|t| (state.themes[t].priority / priorities - even) * organisation.expertise[t] / expertise).sum()
}
