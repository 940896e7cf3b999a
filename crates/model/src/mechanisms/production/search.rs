//! What a search finds: materials finished or under way, by closeness and by catalogue.
//!
//! ```text
//! P(find) = 1 − (1 − f) · (1 − listed)
//! f = min(find · closeness · 1/(1 + dilution · hubs) · (find_packaged, if packaged), 1), times the sharing of its producer
//! ```

use super::Producer;
use super::index::QuarterIndex;
use crate::ids::{CommunityId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::random::Stream;
use crate::state::{Material, State};

/// What exists for a problem, and what the producer that searches knows of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SearchResult {
    /// The preferred one of its own materials.
    pub(super) own: Option<Material>,
    /// The preferred one of the materials of others that it found.
    pub(super) others: Option<Material>,
    /// Whether any usable material of others exists, found or not.
    pub(super) exists: bool,
    /// Whether others are building a usable one.
    pub(super) under_way: bool,
    /// Whether the producer knows that.
    pub(super) under_way_known: bool,
}

/// Searches for what exists, finished or under way. A producer always finds its own materials; without a search it finds none
/// of others.
pub(super) fn search(
    cx: &Context,
    state: &State,
    index: &QuarterIndex,
    producer: Producer,
    slot: usize,
    community: CommunityId,
) -> SearchResult {
    let p = &cx.parameters.production;
    let problem = &state.problems.slots[slot];
    let there = state.communities.list[community].region;
    let reusability = state.themes[problem.theme].reusability;
    let usable = |from: RegionId| reusability * state.affinity(from, there) >= p.reuse_threshold;
    let stream = index.search.with(producer.actor.key).with(problem.key);
    let oriented = state.organisations[producer.actor.organisation].oriented();
    let listed = oriented * index.listed[producer.actor.region.index() * state.themes.len() + problem.theme.index()];
    let searches = p.searches >= 1.0 || stream.bernoulli(1, p.searches);
    let mut result = SearchResult::default();
    for material in &problem.materials {
        let own = material.producer == producer.actor.organisation;
        if !usable(material.region) {
            continue;
        }
        if !material.there_for(producer.actor.organisation, cx.now.quarter()) {
            // Offered from the next quarter on: it cannot be result yet, and counts as made at the same time.
            result.under_way |= !own && material.visible == cx.now.quarter() + 1;
            continue;
        }
        result.exists |= !own;
        let near = closeness(cx, state, producer.actor.organisation, material.producer, material.region);
        let seen = |packaged: bool| chance_to_find(cx, index, near, packaged, listed);
        let (key, shared) = index.producers[material.producer.index()];
        let stream = stream.entity(key);
        let best = if own { &mut result.own } else { &mut result.others };
        if (own || searches && stream.bernoulli(0, seen(material.packaged) * shared))
            && best.is_none_or(|best| material.before(&best))
        {
            *best = Some(*material);
        }
    }
    for other in &problem.under_way {
        if other.producer == producer.actor.organisation || !usable(other.region) {
            continue;
        }
        result.under_way = true;
        let visible = other.started < cx.now.quarter();
        let near = closeness(cx, state, producer.actor.organisation, other.producer, other.region);
        let chance = chance_to_find(cx, index, near, false, listed);
        let (key, shared) = index.producers[other.producer.index()];
        let stream = stream.entity(key);
        result.under_way_known |= searches && visible && stream.bernoulli(0, chance * shared);
    }
    result
}

/// The preferred material for a problem that an organisation outside the movement finds and could use in its region, with the
/// same probabilities as an organisation of the movement that searches and is fully oriented. `stream` is that of the search.
pub fn look(
    cx: &Context,
    state: &State,
    index: &QuarterIndex,
    id: OrganisationId,
    slot: usize,
    stream: Stream,
) -> Option<Material> {
    let p = &cx.parameters.production;
    let (problem, there) = (&state.problems.slots[slot], state.organisations[id].region);
    let reusability = state.themes[problem.theme].reusability;
    let listed = index.listed[there.index() * state.themes.len() + problem.theme.index()];
    let mut best: Option<Material> = None;
    for material in problem.materials.iter().filter(|material| material.visible <= cx.now.quarter()) {
        let usable = reusability * state.affinity(material.region, there) >= p.reuse_threshold;
        let near = closeness(cx, state, id, material.producer, material.region);
        let chance = chance_to_find(cx, index, near, material.packaged, listed);
        let (key, shared) = index.producers[material.producer.index()];
        let found = stream.entity(key).bernoulli(0, chance * shared);
        if usable && found && best.is_none_or(|best| material.before(&best)) {
            best = Some(*material);
        }
    }
    best
}

/// How close a searcher is to what another organisation made for a region: the affinity of the regions, or more if the two
/// are partners.
#[inline]
pub fn closeness(
    cx: &Context,
    state: &State,
    searcher: OrganisationId,
    other: OrganisationId,
    region: RegionId,
) -> f64 {
    let near = state.affinity(state.organisations[searcher].region, region);
    if state.partnerships.partners(searcher, other) { near.max(cx.parameters.partnerships.closeness) } else { near }
}

/// Probability that a search finds what another organisation made or is making. `near` is its closeness, `listed` the
/// probability that a known catalogue lists it.
pub(super) fn chance_to_find(cx: &Context, index: &QuarterIndex, near: f64, packaged: bool, listed: f64) -> f64 {
    let p = &cx.parameters.production;
    let plain = p.find * near * index.undiluted;
    let plain = (plain * if packaged { p.find_packaged } else { 1.0 }).min(1.0);
    1.0 - (1.0 - plain) * (1.0 - listed)
}

/// Probability that the catalogues known in a region list a material of a theme.
pub(super) fn in_catalogues(cx: &Context, state: &State, region: RegionId, theme: ThemeId) -> f64 {
    let p = &cx.parameters.production;
    let central = match state.foundation {
        Some(_) => {
            let listed = 1.0 - (1.0 - p.central_catalogue) * (1.0 - state.desk.catalogue);
            listed * state.regions[region].foundation_known
        }
        None => 0.0,
    };
    let missed = state
        .mandates
        .iter()
        .filter(|m| m.alive() && m.scope.holds(region, theme))
        .fold(1.0 - central, |missed, m| missed * (1.0 - m.catalogue * m.known[region]));
    1.0 - missed
}
