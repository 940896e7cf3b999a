//! What a searcher finds: materials finished or under way, by closeness and by catalogue.

use super::{Producer, QuarterIndex, own_key};
use crate::ids::{CommunityId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::random::Stream;
use crate::state::{Material, State};

/// What there is for a problem, as it is and as the searcher sees it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SearchResult {
    /// The cheapest, then best, of its own and of those of others that it found.
    pub(super) own: Option<Material>,
    pub(super) others: Option<Material>,
    /// Whether any usable material of others exists, found or not.
    pub(super) exists: bool,
    /// Whether others are building a usable one, and whether the searcher knows.
    pub(super) under_way: bool,
    pub(super) under_way_known: bool,
}

/// Looks for what exists, finished or under way. Own work is always found; of others, nothing by who does not search.
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
    let stream = index.find.with(own_key(state, producer)).with(problem.key);
    let oriented = state.organisations[producer.id].oriented();
    let listed = oriented * index.listed[producer.region.index() * state.themes.len() + problem.theme.index()];
    let searches = p.searches >= 1.0 || stream.bernoulli(1, p.searches);
    let mut found = SearchResult::default();
    for material in &problem.materials {
        let own = material.producer == producer.id;
        if !usable(material.region) {
            continue;
        }
        if !material.there_for(producer.id, cx.now.quarter()) {
            // Offered from the next quarter on: nobody can see it yet, but it was made at the same time.
            found.under_way |= !own && material.visible == cx.now.quarter() + 1;
            continue;
        }
        found.exists |= !own;
        let near = closeness(cx, state, producer.id, material.producer, material.region);
        let seen = |packaged: bool| chance_to_find(cx, index, near, packaged, listed);
        let (key, shared) = index.producers[material.producer.index()];
        let stream = stream.entity(key);
        let best = if own { &mut found.own } else { &mut found.others };
        if (own || searches && stream.bernoulli(0, seen(material.packaged) * shared))
            && best.is_none_or(|best| material.before(&best))
        {
            *best = Some(*material);
        }
    }
    for other in &problem.under_way {
        if other.producer == producer.id || !usable(other.region) {
            continue;
        }
        found.under_way = true;
        let visible = other.started < cx.now.quarter();
        let near = closeness(cx, state, producer.id, other.producer, other.region);
        let chance = chance_to_find(cx, index, near, false, listed);
        let (key, shared) = index.producers[other.producer.index()];
        let stream = stream.entity(key);
        found.under_way_known |= searches && visible && stream.bernoulli(0, chance * shared);
    }
    found
}

/// What an organisation outside the movement finds of what solves a problem and works in its region: the best to adapt,
/// by the same chances as anybody of the movement who searches and knows its way about. `stream` is that of this search.
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

/// How near a searcher is to what another made for a region: their affinity, or more if the two are partners.
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

/// How likely a searcher finds what another made or is making, who is as near as that.
pub(super) fn chance_to_find(cx: &Context, index: &QuarterIndex, near: f64, packaged: bool, listed: f64) -> f64 {
    let p = &cx.parameters.production;
    let plain = p.find * near * index.undiluted;
    let plain = (plain * if packaged { p.find_packaged } else { 1.0 }).min(1.0);
    1.0 - (1.0 - plain) * (1.0 - listed)
}

/// How likely the catalogues known in a region list a material of a theme.
pub(super) fn in_catalogues(cx: &Context, state: &State, region: RegionId, theme: ThemeId) -> f64 {
    let p = &cx.parameters.production;
    let central = match state.foundation {
        Some(_) => p.central_catalogue * state.regions[region].foundation_known,
        None => 0.0,
    };
    let missed = state
        .mandates
        .iter()
        .filter(|m| m.alive() && m.scope.holds(region, theme))
        .fold(1.0 - central, |missed, m| missed * (1.0 - m.catalogue * m.known[region]));
    1.0 - missed
}
