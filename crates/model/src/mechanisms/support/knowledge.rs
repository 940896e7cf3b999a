//! How hubs become known, and how their catalogues fill.

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
    let mut known_hubs = [0.0; MAX_REGIONS];
    for m in state.mandates.iter().filter(|m| m.alive()) {
        known_hubs.iter_mut().zip(&m.known).for_each(|(sum, known)| *sum += known);
    }
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
