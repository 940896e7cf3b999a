//! Scopes: what is open for a mandate, and how a scope is judged part by part, split and narrowed.

use super::*;
use crate::record::events::{Regions, Themes};

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
pub(super) fn seats(world: &World, policy: &Policy) -> Vec<Charge> {
    let p = &world.parameters.mandates;
    let mut seats: Vec<(f64, Charge)> = Vec::new();
    if policy.hubs.kind.thematic() {
        let present = world.theme_ids().filter(|&t| world.served(t));
        let warranted = present.filter(|&t| world.movement_need(t) >= p.least_need);
        seats.extend(warranted.map(|t| (open_need(world, Charge::Theme(t)), Charge::Theme(t))));
    }
    if policy.hubs.kind.regional() {
        let online: f64 = world.regions.iter().map(|region| region.online).sum();
        for r in world.region_ids() {
            let need = open_need(world, Charge::Region(r));
            // Every region may have a hub; what a hub was relieved of must be worth another.
            if world.regional_hub(r).is_none() || need >= p.least_need * online {
                seats.push((need, Charge::Region(r)));
            }
        }
    }
    seats.retain(|&(need, _)| need > 0.0);
    seats.sort_by(|a, b| b.0.total_cmp(&a.0));
    seats.into_iter().map(|(_, charge)| charge).collect()
}

/// The cells of a theme or a region for which no hub of the same kind is responsible.
pub(super) fn uncovered(world: &World, charge: Charge) -> Scope {
    match charge {
        Charge::Theme(t) => {
            let open: Vec<RegionId> = world.region_ids().filter(|&r| world.hub_for(r, t).is_none()).collect();
            Scope::theme(t, world.regions.len()).keep(&open)
        }
        Charge::Region(r) => {
            let open: Vec<ThemeId> = world.theme_ids().filter(|&t| world.regional_hub_for(r, t).is_none()).collect();
            Scope::region(r, world.themes.len()).keep_themes(&open)
        }
    }
}

/// People online times the share of their need in these cells, millions.
fn open_need(world: &World, charge: Charge) -> f64 {
    uncovered(world, charge).cells().map(|(r, t)| world.regions[r].online * world.need(r, t)).sum()
}

// --- part by part ---

/// The parts of a mandate's scope, in order.
pub(super) fn parts(mandate: &Mandate) -> Vec<Part> {
    match mandate.charge {
        Charge::Theme(_) => mandate.scope.regions().map(Part::Region).collect(),
        Charge::Region(_) => mandate.scope.themes().map(Part::Theme).collect(),
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
pub(super) fn split(world: &mut World, policy: &Policy, m: MandateId) -> bool {
    let (worst, best) = by_service(world, m);
    !worst.is_empty() && !best.is_empty() && part(world, policy, m, &worst, &best)
}

/// Badly served parts leave the scope, for another holder if there is one, else for nobody.
pub(super) fn re_scope(world: &mut World, policy: &Policy, m: MandateId, below: f64) -> bool {
    let mandate = &world.mandates[m];
    let mean = met(mandate);
    let bad = |part: &Part| met_of(mandate, *part).is_some_and(|met| met < below * mean);
    let (leaving, staying): (Vec<Part>, Vec<Part>) = parts(mandate).into_iter().partition(bad);
    if leaving.is_empty() || leaving.len() >= staying.len() {
        return false;
    }
    if !part(world, policy, m, &leaving, &staying) {
        let mandate = &mut world.mandates[m];
        mandate.scope = keep(&mandate.scope, &staying);
        note_leaving(world, m, &leaving, None);
    }
    true
}

/// Writes down what left a scope, and what it became.
fn note_leaving(world: &mut World, m: MandateId, leaving: &[Part], new: Option<(MandateId, f64)>) {
    let (regions, themes) = (regions_of(leaving), themes_of(leaving));
    let regions = (!regions.is_empty()).then(|| Regions::of(&regions));
    let themes = (!themes.is_empty()).then(|| Themes::of(&themes));
    let (new, score) = new.unzip();
    let to = new.map(|new| world.mandates[new].holder);
    world.ledger.note(world.quarter, Event::LeftScope { mandate: m, regions, themes, new, to, score });
}

/// Parts of a scope by the share of requests met last year: the worse half and the better half.
fn by_service(world: &World, m: MandateId) -> (Vec<Part>, Vec<Part>) {
    let mandate = &world.mandates[m];
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
pub(super) fn part(world: &mut World, policy: &Policy, m: MandateId, leaving: &[Part], staying: &[Part]) -> bool {
    if world.hub_count() >= world.hubs_allowed(policy) || world.mandates.len() >= MAX_MANDATES {
        return false;
    }
    let Some((to, score, _)) = chosen(world, policy, m, Call::Others, |o| belongs(world, m, o, leaving)) else {
        return false;
    };
    let (charge, scope) = (world.mandates[m].charge, world.mandates[m].scope);
    // A mandate's own key says by its last bits only how it was born, so the parent is what it is for.
    let twins = world.mandates.iter().filter(|m| m.charge == charge && m.created == world.quarter).count() as u32;
    let born = Key::from_birth(world.charge_key(charge).stem(), world.quarter, BirthCause::Split, twins);
    let new = found(world, policy, born, charge, keep(&scope, leaving), to);
    note_leaving(world, m, leaving, Some((new, score)));
    consortia::complete(world, policy, new);
    let share = leaving.len() as f64 / (leaving.len() + staying.len()) as f64;
    let (handed, known) = {
        let old = &mut world.mandates[m];
        old.scope = keep(&scope, staying);
        let handed = old.handed * share;
        old.handed -= handed;
        (handed, old.known)
    };
    let kept = 1.0 - world.parameters.mandates.familiarity_lost;
    let new = &mut world.mandates[new];
    new.handed += handed;
    for r in new.scope.regions() {
        new.known[r] = new.known[r].max(known[r] * kept);
    }
    true
}

/// Whether an organisation may hold parts that leave a mandate.
fn belongs(world: &World, m: MandateId, o: OrganisationId, leaving: &[Part]) -> bool {
    let at = |o: OrganisationId| -> f64 {
        let there = leaving.iter().filter_map(|part| if let Part::Theme(t) = part { Some(*t) } else { None });
        there.map(|t| world.need(world.organisations[o].region, t) * world.quality(o, t)).sum()
    };
    match world.mandates[m].charge {
        Charge::Theme(_) => leaving.contains(&Part::Region(world.organisations[o].region)),
        Charge::Region(_) => at(o) > at(world.mandates[m].holder),
    }
}
