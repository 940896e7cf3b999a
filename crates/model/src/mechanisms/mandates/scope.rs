//! Scopes: open remits, and how a scope is judged part by part, split and narrowed.

use super::candidates::{Competition, chosen};
use super::{hubs_allowed, new_mandate};
use crate::ids::{BirthCause, Key, MAX_MANDATES, MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::partnerships::consortia;
use crate::record::Record;
use crate::record::events::Event;
use crate::record::events::{Regions, Themes};
use crate::state::{Mandate, Remit, Scope, State};

/// A part of a scope: a region of a thematic hub, or a theme of a regional hub. Hubs are judged, split and re-scoped by
/// parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ScopePart {
    /// A region, of a thematic hub.
    Region(RegionId),
    /// A theme, of a regional hub.
    Theme(ThemeId),
}

/// The parts of a scope, divided into those that leave it and those that stay.
pub(super) struct Division {
    pub(super) leaving: Vec<ScopePart>,
    pub(super) staying: Vec<ScopePart>,
}

/// The remits that may get a new mandate, greatest need first: people online × the share of their need that no hub of
/// the kind serves, in millions. Ties: themes before regions, by id.
pub(super) fn open_remits(cx: &Context, state: &State) -> Vec<Remit> {
    let parameters = &cx.parameters.mandates;
    let mut remits: Vec<(f64, Remit)> = Vec::new();
    if cx.policy.hubs.kind.thematic() {
        let may_be = |&t: &ThemeId| cx.policy.hubs.themes.admit(&state.themes[t].name);
        let present = state.theme_ids().filter(|&t| state.served(t)).filter(may_be);
        let warranted = present.filter(|&t| state.movement_need(t) >= parameters.least_need);
        remits.extend(warranted.map(|t| (open_need(state, Remit::Theme(t)), Remit::Theme(t))));
    }
    if cx.policy.hubs.kind.regional() {
        let online: f64 = state.regions.iter().map(|region| region.online).sum();
        let may_be = |&r: &RegionId| cx.policy.hubs.regions.admit(&state.regions[r].name);
        for region in state.region_ids().filter(may_be) {
            let need = open_need(state, Remit::Region(region));
            // Every region may have a hub; a second one in a region must be worth it.
            if state.regional_hub(region).is_none() || need >= parameters.least_need * online {
                remits.push((need, Remit::Region(region)));
            }
        }
    }
    remits.retain(|&(need, _)| need > 0.0);
    remits.sort_by(|a, b| b.0.total_cmp(&a.0));
    remits.into_iter().map(|(_, remit)| remit).collect()
}

/// The cells of a remit that no hub of the same kind serves.
pub(super) fn uncovered(state: &State, remit: Remit) -> Scope {
    match remit {
        Remit::Theme(t) => {
            let open: Vec<RegionId> = state.region_ids().filter(|&r| state.hub_for(r, t).is_none()).collect();
            Scope::theme(t, state.regions.len()).keep(&open)
        }
        Remit::Region(r) => {
            let open: Vec<ThemeId> = state.theme_ids().filter(|&t| state.regional_hub_for(r, t).is_none()).collect();
            Scope::region(r, state.themes.len()).keep_themes(&open)
        }
    }
}

/// People online times the share of their need in these cells, millions.
fn open_need(state: &State, remit: Remit) -> f64 {
    uncovered(state, remit).cells().map(|(r, t)| state.regions[r].online * state.need(r, t)).sum()
}

/// The parts of a mandate's scope, in order.
pub(super) fn parts(mandate: &Mandate) -> Vec<ScopePart> {
    match mandate.remit {
        Remit::Theme(_) => mandate.scope.regions().map(ScopePart::Region).collect(),
        Remit::Region(_) => mandate.scope.themes().map(ScopePart::Theme).collect(),
    }
}

/// The regions among some parts.
fn regions_of(parts: &[ScopePart]) -> Vec<RegionId> {
    parts.iter().filter_map(|part| if let ScopePart::Region(r) = part { Some(*r) } else { None }).collect()
}

/// The themes among some parts.
fn themes_of(parts: &[ScopePart]) -> Vec<ThemeId> {
    parts.iter().filter_map(|part| if let ScopePart::Theme(t) = part { Some(*t) } else { None }).collect()
}

/// A scope restricted to some of its parts.
fn restricted(scope: &Scope, parts: &[ScopePart]) -> Scope {
    let (regions, themes) = (regions_of(parts), themes_of(parts));
    if themes.is_empty() { scope.keep(&regions) } else { scope.keep_themes(&themes) }
}

/// Share of the requests of the scope that the hub met last year, by effect; 0 without requests.
pub(super) fn met_share(mandate: &Mandate) -> f64 {
    let requests: f64 = mandate.last.requests.iter().sum();
    if requests > 0.0 { mandate.last.service.iter().sum::<f64>() / requests } else { 0.0 }
}

/// Met share of a region of the scope last year; `None` without requests.
pub(super) fn met_share_in(mandate: &Mandate, region: RegionId) -> Option<f64> {
    let requests = mandate.last.requests[region];
    (requests > 0.0).then(|| mandate.last.service[region] / requests)
}

/// Met share of a part of the scope last year; `None` without requests.
pub(super) fn met_share_of(mandate: &Mandate, part: ScopePart) -> Option<f64> {
    match part {
        ScopePart::Region(r) => met_share_in(mandate, r),
        ScopePart::Theme(t) => {
            let requests = mandate.last.requests_by_theme[t];
            (requests > 0.0).then(|| mandate.last.service_by_theme[t] / requests)
        }
    }
}

/// Met share of the worst part of the scope over the mean, 0–1.
pub(super) fn evenness(mandate: &Mandate) -> f64 {
    let mean = met_share(mandate);
    let worst = parts(mandate).into_iter().filter_map(|part| met_share_of(mandate, part)).fold(f64::INFINITY, f64::min);
    if mean > 0.0 && worst.is_finite() { (worst / mean).min(1.0) } else { 0.0 }
}

/// Splits the worst-served half of the scope off as a mandate of its own, if an organisation can hold it.
pub(super) fn split(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) -> bool {
    let (worst, best) = by_service(state, hub);
    !worst.is_empty()
        && !best.is_empty()
        && split_off(cx, state, record, hub, &Division { leaving: worst, staying: best })
}

/// Badly served parts leave the scope: for another holder, or for nobody.
pub(super) fn re_scope(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId, below: f64) -> bool {
    let mandate = &state.mandates[hub];
    let mean = met_share(mandate);
    let bad = |part: &ScopePart| met_share_of(mandate, *part).is_some_and(|met| met < below * mean);
    let (leaving, staying) = parts(mandate).into_iter().partition(bad);
    let division = Division { leaving, staying };
    if division.leaving.is_empty() || division.leaving.len() >= division.staying.len() {
        return false;
    }
    if !split_off(cx, state, record, hub, &division) {
        let mandate = &mut state.mandates[hub];
        mandate.scope = restricted(&mandate.scope, &division.staying);
        record.note(cx.now, left_scope(state, hub, &division.leaving, None));
    }
    true
}

/// The event that parts left a scope. `new`: the mandate that they became, and the score of its holder.
fn left_scope(state: &State, hub: MandateId, leaving: &[ScopePart], new: Option<(MandateId, f64)>) -> Event {
    let (regions, themes) = (regions_of(leaving), themes_of(leaving));
    let regions = (!regions.is_empty()).then(|| Regions::of(&regions));
    let themes = (!themes.is_empty()).then(|| Themes::of(&themes));
    let (new, score) = new.unzip();
    let to = new.map(|new| state.mandates[new].holder);
    Event::LeftScope { mandate: hub, regions, themes, new, to, score }
}

/// The parts of a scope by met share last year: the worse half and the better half.
fn by_service(state: &State, hub: MandateId) -> (Vec<ScopePart>, Vec<ScopePart>) {
    let mandate = &state.mandates[hub];
    // A region without requests is not reached, so it leaves. A theme without requests may not be born yet, so it stays.
    let without_requests = if mandate.theme().is_some() { 0.0 } else { f64::INFINITY };
    let mut all: Vec<(f64, ScopePart)> = parts(mandate)
        .into_iter()
        .map(|part| (met_share_of(mandate, part).unwrap_or(without_requests), part))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let half = all.len() / 2;
    let parts_only = |sorted: &[(f64, ScopePart)]| sorted.iter().map(|&(_, part)| part).collect();
    (parts_only(&all[..half]), parts_only(&all[half..]))
}

/// Gives some parts of a scope to a new mandate with a holder of its own: for regions, an organisation from one of
/// them; for themes, an organisation of the region with more quality in them. False if nobody fits, or no further
/// mandate is allowed.
pub(super) fn split_off(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    hub: MandateId,
    Division { leaving, staying }: &Division,
) -> bool {
    if state.hub_count() >= hubs_allowed(cx) || state.mandates.len() >= MAX_MANDATES {
        return false;
    }
    let Some((to, score, _)) =
        chosen(cx, state, hub, Competition::WithoutHolder, |id| may_hold(state, hub, id, leaving))
    else {
        return false;
    };
    let (remit, scope) = (state.mandates[hub].remit, state.mandates[hub].scope);
    // The stem of the remit's key is the parent: two hubs of one remit that split in a quarter are told apart by number.
    let twins = state.mandates.iter().filter(|m| m.remit == remit && m.created == cx.now.quarter()).count() as u32;
    let born = Key::from_birth(state.remit_key(remit).stem(), cx.now.quarter(), BirthCause::Split, twins);
    let new = new_mandate(cx, state, born, (remit, restricted(&scope, leaving)), to);
    record.note(cx.now, left_scope(state, hub, leaving, Some((new, score))));
    consortia::complete(cx, state, record, new);
    // The money that the foundation handed over follows the number of parts.
    let share = leaving.len() as f64 / (leaving.len() + staying.len()) as f64;
    let (handed, known) = {
        let old = &mut state.mandates[hub];
        old.scope = restricted(&scope, staying);
        let handed = old.handed * share;
        old.handed -= handed;
        (handed, old.known)
    };
    let kept = 1.0 - cx.parameters.mandates.familiarity_lost;
    let new = &mut state.mandates[new];
    new.handed += handed;
    for region in new.scope.regions() {
        new.known[region] = new.known[region].max(known[region] * kept);
    }
    true
}

/// Whether an organisation may hold parts that leave a mandate.
fn may_hold(state: &State, hub: MandateId, id: OrganisationId, leaving: &[ScopePart]) -> bool {
    let quality_in_need = |o: OrganisationId| -> f64 {
        let themes = leaving.iter().filter_map(|part| if let ScopePart::Theme(t) = part { Some(*t) } else { None });
        themes.map(|t| state.need(state.organisations[o].region, t) * state.quality(o, t)).sum()
    };
    match state.mandates[hub].remit {
        Remit::Theme(_) => leaving.contains(&ScopePart::Region(state.organisations[id].region)),
        Remit::Region(_) => quality_in_need(id) > quality_in_need(state.mandates[hub].holder),
    }
}
