//! Candidates for a remit: the facts by which they are judged, and what strangers believe these to be.

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
    /// What it is judged by: merit, evidence, need, prestige.
    pub(super) facts: [Fact; 4],
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

/// A criterion by which a candidate is judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact {
    /// Its value, as who knows the candidate knows it.
    pub(super) known: f64,
    /// Its value as strangers believe it to be.
    pub(super) reputed: f64,
    /// Error with which it is seen, relative to that of merit.
    pub(super) noise: f64,
    /// Index of the draw of that error.
    pub(super) index: u32,
}

/// Weight of prestige in a candidate's account of itself; assumed: a little more than half.
const ACCOUNT_PRESTIGE: f64 = 0.6;
/// Weight of expertise in a candidate's account of itself: the rest.
const ACCOUNT_EXPERTISE: f64 = 0.4;
/// Error about a candidate's account of itself, relative to that about merit; factor, assumed: hearsay is less exact.
const ACCOUNT_NOISE: f64 = 1.5;

/// Candidates for a remit, in the order of `ids`.
pub(super) fn candidates(cx: &Context, state: &State, remit: Remit, ids: &[OrganisationId]) -> Vec<Candidate> {
    let facts = facts(cx, state, remit, ids);
    let mean_affinity = mean_affinities(state);
    ids.iter()
        .zip(facts)
        .map(|(&id, facts)| {
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
                facts,
                mean_affinity: mean_affinity[organisation.region],
                alignment: alignment(state, id),
                reports: organisation.running + held,
                members: organisation.members,
                known,
            }
        })
        .collect()
}

/// What candidates are judged by, in the order of `ids`.
fn facts(cx: &Context, state: &State, remit: Remit, ids: &[OrganisationId]) -> Vec<[Fact; 4]> {
    let values = |value: &dyn Fn(OrganisationId) -> f64| -> Vec<f64> { ids.iter().map(|&id| value(id)).collect() };
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let relative = |values: Vec<f64>, most: f64| -> Vec<f64> {
        values.into_iter().map(|value| if most > 0.0 { value / most } else { 0.0 }).collect()
    };
    let qualities = values(&|id| state.quality_for(id, remit));
    let service = values(&|id| past_service(state, id, remit));
    let best = service.iter().copied().fold(0.0, f64::max);
    let evidence = relative(service, best);
    let most_online = state.regions.iter().map(|region| region.online).fold(0.0, f64::max);
    let needs = relative(values(&|id| state.regions[state.organisations[id].region].online), most_online);
    let prestige = values(&|id| state.organisations[id].prestige);
    let (mean_quality, mean_evidence, mean_need) = (mean(&qualities), mean(&evidence), mean(&needs));
    let mean_prestige = mean(&prestige);
    (0..ids.len())
        .map(|i| {
            let reputation = reputation(cx, prestige[i], mean_prestige);
            let account = ACCOUNT_PRESTIGE * prestige[i] + ACCOUNT_EXPERTISE * state.expertise_for(ids[i], remit);
            [
                Fact { known: qualities[i], reputed: mean_quality * reputation, noise: 1.0, index: 0 },
                Fact { known: evidence[i], reputed: mean_evidence * reputation, noise: 1.0, index: 1 },
                Fact { known: needs[i], reputed: mean_need, noise: 1.0, index: 2 },
                Fact { known: account, reputed: account, noise: ACCOUNT_NOISE, index: 3 },
            ]
        })
        .collect()
}

/// Service measured last year in a remit.
fn past_service(state: &State, id: OrganisationId, remit: Remit) -> f64 {
    let served = &state.organisations[id].service_before;
    match remit {
        Remit::Theme(t) => served[t],
        Remit::Region(_) => served.iter().sum(),
    }
}

/// Factor on the mean by which strangers judge an organisation, given its prestige and the mean prestige.
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

/// How much more of an organisation's expertise lies in the foundation's priorities than an even spread would have, −1
/// to 1.
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
