//! Scopes: what is open for a mandate, and how a scope is judged part by part, split and narrowed.

use super::candidates::{Call, chosen};
use super::{found, hubs_allowed};
use crate::ids::{BirthCause, Key, MAX_MANDATES, MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::partnerships::consortia;
use crate::record::Record;
use crate::record::events::Event;
use crate::record::events::{Regions, Themes};
use crate::state::{Mandate, Remit, Scope, State};

/// A part of a scope: a region of a theme's hub, or a theme of a region's hub. By them a hub is judged, split and
/// re-scoped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A region, for a theme's hub.
    Region(RegionId),
    /// A theme, for a region's hub.
    Theme(ThemeId),
}

// --- what is open ---

/// What there may be a new mandate for, where most is needed first: by the people online times the share of their need
/// that no hub of the kind is responsible for, in millions of people. Ties: themes before regions, by id.
pub(super) fn seats(cx: &Context, state: &State) -> Vec<Remit> {
    let p = &cx.parameters.mandates;
    let mut seats: Vec<(f64, Remit)> = Vec::new();
    if cx.policy.hubs.kind.thematic() {
        let present = state.theme_ids().filter(|&t| state.served(t));
        let warranted = present.filter(|&t| state.movement_need(t) >= p.least_need);
        seats.extend(warranted.map(|t| (open_need(state, Remit::Theme(t)), Remit::Theme(t))));
    }
    if cx.policy.hubs.kind.regional() {
        let online: f64 = state.regions.iter().map(|region| region.online).sum();
        for r in state.region_ids() {
            let need = open_need(state, Remit::Region(r));
            // Every region may have a hub; what a hub was relieved of must be worth another.
            if state.regional_hub(r).is_none() || need >= p.least_need * online {
                seats.push((need, Remit::Region(r)));
            }
        }
    }
    seats.retain(|&(need, _)| need > 0.0);
    seats.sort_by(|a, b| b.0.total_cmp(&a.0));
    seats.into_iter().map(|(_, remit)| remit).collect()
}

/// The cells of a theme or a region for which no hub of the same kind is responsible.
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

// --- part by part ---

/// The parts of a mandate's scope, in order.
pub(super) fn parts(mandate: &Mandate) -> Vec<Part> {
    match mandate.remit {
        Remit::Theme(_) => mandate.scope.regions().map(Part::Region).collect(),
        Remit::Region(_) => mandate.scope.themes().map(Part::Theme).collect(),
    }
}

fn regions_of(parts: &[Part]) -> Vec<RegionId> {
    parts.iter().filter_map(|part| if let Part::Region(r) = part { Some(*r) } else { None }).collect()
}

fn themes_of(parts: &[Part]) -> Vec<ThemeId> {
    parts.iter().filter_map(|part| if let Part::Theme(t) = part { Some(*t) } else { None }).collect()
}

/// A scope with only some of its parts.
fn keep(scope: &Scope, parts: &[Part]) -> Scope {
    let (regions, themes) = (regions_of(parts), themes_of(parts));
    if themes.is_empty() { scope.keep(&regions) } else { scope.keep_themes(&themes) }
}

/// Service over the requests of the scope, last year.
pub(super) fn met(mandate: &Mandate) -> f64 {
    let requests: f64 = mandate.last.requests.iter().sum();
    if requests > 0.0 { mandate.last.service.iter().sum::<f64>() / requests } else { 0.0 }
}

/// Met share of a region of the scope last year, if anybody asked.
pub(super) fn met_in(mandate: &Mandate, r: RegionId) -> Option<f64> {
    let requests = mandate.last.requests[r];
    (requests > 0.0).then(|| mandate.last.service[r] / requests)
}

/// Met share of a part of the scope last year, if anybody asked.
pub(super) fn met_of(mandate: &Mandate, part: Part) -> Option<f64> {
    match part {
        Part::Region(r) => met_in(mandate, r),
        Part::Theme(t) => {
            let requests = mandate.last.requests_by_theme[t];
            (requests > 0.0).then(|| mandate.last.service_by_theme[t] / requests)
        }
    }
}

/// The met share of the worst part against the mean, 0–1.
pub(super) fn evenness(mandate: &Mandate) -> f64 {
    let mean = met(mandate);
    let worst = parts(mandate).into_iter().filter_map(|part| met_of(mandate, part)).fold(f64::INFINITY, f64::min);
    if mean > 0.0 && worst.is_finite() { (worst / mean).min(1.0) } else { 0.0 }
}

// --- splitting and narrowing ---

/// The half of the scope that is worst served becomes a mandate of its own, if somebody can hold it.
pub(super) fn split(cx: &Context, state: &mut State, record: &mut Record, m: MandateId) -> bool {
    let (worst, best) = by_service(state, m);
    !worst.is_empty() && !best.is_empty() && part(cx, state, record, m, &worst, &best)
}

/// Badly served parts leave the scope, for another holder if there is one, else for nobody.
pub(super) fn re_scope(cx: &Context, state: &mut State, record: &mut Record, m: MandateId, below: f64) -> bool {
    let mandate = &state.mandates[m];
    let mean = met(mandate);
    let bad = |part: &Part| met_of(mandate, *part).is_some_and(|met| met < below * mean);
    let (leaving, staying): (Vec<Part>, Vec<Part>) = parts(mandate).into_iter().partition(bad);
    if leaving.is_empty() || leaving.len() >= staying.len() {
        return false;
    }
    if !part(cx, state, record, m, &leaving, &staying) {
        let mandate = &mut state.mandates[m];
        mandate.scope = keep(&mandate.scope, &staying);
        note_leaving(cx, state, record, m, &leaving, None);
    }
    true
}

/// Writes down what left a scope, and what it became.
fn note_leaving(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    m: MandateId,
    leaving: &[Part],
    new: Option<(MandateId, f64)>,
) {
    let (regions, themes) = (regions_of(leaving), themes_of(leaving));
    let regions = (!regions.is_empty()).then(|| Regions::of(&regions));
    let themes = (!themes.is_empty()).then(|| Themes::of(&themes));
    let (new, score) = new.unzip();
    let to = new.map(|new| state.mandates[new].holder);
    record.note(cx.now, Event::LeftScope { mandate: m, regions, themes, new, to, score });
}

/// Parts of a scope by the share of requests met last year: the worse half and the better half.
fn by_service(state: &State, m: MandateId) -> (Vec<Part>, Vec<Part>) {
    let mandate = &state.mandates[m];
    // A region where nobody asked has been left out; a theme that nobody asked about may not be born yet, and stays.
    let unasked = if mandate.theme().is_some() { 0.0 } else { f64::INFINITY };
    let mut all: Vec<(f64, Part)> =
        parts(mandate).into_iter().map(|part| (met_of(mandate, part).unwrap_or(unasked), part)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let half = all.len() / 2;
    let of = |some: &[(f64, Part)]| some.iter().map(|&(_, part)| part).collect();
    (of(&all[..half]), of(&all[half..]))
}

/// Gives some parts of a scope to a new mandate with a holder of its own: for regions, somebody from there; for themes,
/// somebody in the region who is better at them. False if nobody fits, or no further mandate is allowed.
pub(super) fn part(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    m: MandateId,
    leaving: &[Part],
    staying: &[Part],
) -> bool {
    if state.hub_count() >= hubs_allowed(cx) || state.mandates.len() >= MAX_MANDATES {
        return false;
    }
    let Some((to, score, _)) = chosen(cx, state, m, Call::Others, |o| belongs(state, m, o, leaving)) else {
        return false;
    };
    let (remit, scope) = (state.mandates[m].remit, state.mandates[m].scope);
    // A mandate's own key says by its last bits only how it was born, so the parent is what it is for.
    let twins = state.mandates.iter().filter(|m| m.remit == remit && m.created == cx.now.quarter()).count() as u32;
    let born = Key::from_birth(state.remit_key(remit).stem(), cx.now.quarter(), BirthCause::Split, twins);
    let new = found(cx, state, born, remit, keep(&scope, leaving), to);
    note_leaving(cx, state, record, m, leaving, Some((new, score)));
    consortia::complete(cx, state, record, new);
    let share = leaving.len() as f64 / (leaving.len() + staying.len()) as f64;
    let (handed, known) = {
        let old = &mut state.mandates[m];
        old.scope = keep(&scope, staying);
        let handed = old.handed * share;
        old.handed -= handed;
        (handed, old.known)
    };
    let kept = 1.0 - cx.parameters.mandates.familiarity_lost;
    let new = &mut state.mandates[new];
    new.handed += handed;
    for r in new.scope.regions() {
        new.known[r] = new.known[r].max(known[r] * kept);
    }
    true
}

/// Whether an organisation may hold parts that leave a mandate.
fn belongs(state: &State, m: MandateId, o: OrganisationId, leaving: &[Part]) -> bool {
    let at = |o: OrganisationId| -> f64 {
        let there = leaving.iter().filter_map(|part| if let Part::Theme(t) = part { Some(*t) } else { None });
        there.map(|t| state.need(state.organisations[o].region, t) * state.quality(o, t)).sum()
    };
    match state.mandates[m].remit {
        Remit::Theme(_) => leaving.contains(&Part::Region(state.organisations[o].region)),
        Remit::Region(_) => at(o) > at(state.mandates[m].holder),
    }
}
