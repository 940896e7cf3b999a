//! How hubs and the foundation become known, and how catalogues fill.

use crate::ids::{MAX_REGIONS, ThemeId};
use crate::mechanisms::{Context, desk};
use crate::state::State;

/// Share of outreach work that makes the hub known; the rest fills its catalogue.
const TELLING: f64 = 0.7;

/// Hubs become known by outreach and by use, and their catalogues fill.
pub(super) fn become_known(cx: &Context, state: &mut State) {
    desk::fill_catalogue(cx, state);
    let p = &cx.parameters.support;
    let (cataloguing, decay) = (cx.parameters.production.cataloguing, cx.parameters.production.catalogue_decay);
    // What is known of all service points outside, which compete for attention.
    let mut known_hubs = [0.0; MAX_REGIONS];
    for (sum, region) in known_hubs.iter_mut().zip(&state.regions) {
        *sum += region.foundation_known * f64::from(u8::from(state.foundation.is_some()));
    }
    for m in state.mandates.iter().filter(|m| m.alive()) {
        known_hubs.iter_mut().zip(&m.known).for_each(|(sum, known)| *sum += known);
    }
    know_foundation(cx, state, &known_hubs);
    for k in state.mandates.ids() {
        if !state.mandates[k].alive() {
            continue;
        }
        let holder = state.organisations[state.mandates[k].holder].region;
        let scope = state.mandates[k].scope;
        // A catalogue of n themes fills n times slower in each.
        let present = |t: &ThemeId| state.themes[*t].presence > 0.0;
        let themes = scope.themes().filter(present).count().max(1) as f64;
        let reached: f64 = scope.regions().map(|r| state.regions[r].volunteers).sum();
        let count = scope.regions().count() as f64;
        let telling = state.mandates[k].outreach.0 * TELLING;
        for r in scope.regions() {
            let near = state.affinity(holder, r);
            let here = if reached > 0.0 { state.regions[r].volunteers / reached } else { 0.0 };
            // Outreach is divided between the regions: half by volunteers, half equally.
            let outreach = telling * (0.5 * here + 0.5 / count) * p.outreach * near;
            let mandate = &mut state.mandates[k];
            let used = if mandate.asked_now[r] > 0.0 { mandate.service_now[r] / mandate.asked_now[r] } else { 0.0 };
            let crowd = 1.0 + p.attention * (known_hubs[r] - mandate.known[r]).max(0.0);
            let gain = (outreach + p.use_spreads * used * mandate.known[r]) * (1.0 - mandate.known[r]) / crowd;
            mandate.known[r] = (mandate.known[r] * (1.0 - p.forgetting) + gain).clamp(0.0, 1.0);
        }
        let mandate = &mut state.mandates[k];
        let listed = (mandate.outreach.0 * (1.0 - TELLING) * cataloguing / themes).min(1.0);
        mandate.catalogue = mandate.catalogue * (1.0 - decay) + listed * (1.0 - mandate.catalogue);
        mandate.catalogue = mandate.catalogue.clamp(0.0, 1.0);
    }
}

/// The foundation becomes known by use, by what it tells of itself, and by the outreach of its desk. Before the first year, what
/// it tells is set so that it stays as well known as it is: the start is in balance. It is negative where use alone would make
/// it better known than it is: newcomers who know nothing come there faster.
fn know_foundation(cx: &Context, state: &mut State, known_hubs: &[f64; MAX_REGIONS]) {
    let p = &cx.parameters.support;
    for (r, all) in state.region_ids().zip(known_hubs) {
        let desk = if state.desk.outreach.0 > 0.0 { p.outreach * desk::outreach_in(state, r) } else { 0.0 };
        let region = &mut state.regions[r];
        let known = region.foundation_known;
        // Nobody tells of what nobody knows; and where everybody knows it, everybody tells.
        if (known <= 0.0 && desk <= 0.0) || known >= 1.0 {
            continue;
        }
        let helped =
            if region.foundation_asked > 0.0 { region.foundation_service / region.foundation_asked } else { 0.0 };
        let (by_use, room) =
            (p.use_spreads * helped * known, (1.0 - known) / (1.0 + p.attention * (all - known).max(0.0)));
        if cx.now.in_the_burn_in() {
            region.foundation_told = p.forgetting * known / room - by_use;
        } else {
            let gain = (region.foundation_told + by_use + desk) * room;
            region.foundation_known = (known * (1.0 - p.forgetting) + gain).clamp(0.0, 1.0);
        }
    }
}
