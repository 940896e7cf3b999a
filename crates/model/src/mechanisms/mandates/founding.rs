//! An organisation is founded for a mandate that nobody fits.

use super::candidates::shortfalls;
use crate::ids::MAX_ORGANISATIONS;
use crate::ids::{BirthCause, Key, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::money;
use crate::policy::levers::OrganisationKind;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::{Label, Organisation};
use crate::state::{Remit, Scope, State};
use crate::units::Quarter;

/// What those who found an organisation know of everything else: as much as those of any new group.
const KNOWN_BESIDES: f64 = 0.12;

/// Founds an organisation for a mandate, where a policy lets one; gives it, with the score of one whom nobody knows. It
/// lives where most is needed and fewest mandates are held, knows a part of what the best near it know, has no history
/// and no staff but what the mandate will pay for, and is an affiliate like any other from then on. Draws: founding.
pub(super) fn founded(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    remit: Remit,
    scope: &Scope,
) -> Option<(OrganisationId, f64)> {
    if !cx.policy.hubs.may_found || state.organisations.len() >= MAX_ORGANISATIONS {
        return None;
    }
    let region = place(state, remit, scope)?;
    let (stem, name) = match remit {
        Remit::Theme(t) => (state.themes[t].key.stem(), &state.themes[t].name),
        Remit::Region(r) => (state.regions[r].key.stem(), &state.regions[r].name),
    };
    let key = Key::from_birth(stem, cx.now.quarter(), BirthCause::Founding, 0);
    let label =
        Label::Founded { remit: name.clone(), region: state.regions[region].name.clone(), quarter: cx.now.quarter() };
    let id = OrganisationId::from_index(state.organisations.len());
    let mut o =
        Organisation::new(key, label, OrganisationKind::ThematicOrganisation, region, cx.now.quarter() as Quarter);
    let stream = cx.random.decision(Decision::Founding, cx.now.year()).entity(key);
    o.draw_traits(&state.themes, stream, KNOWN_BESIDES);
    for t in themes_of(state, remit) {
        let brought = best_near(state, region, t) * cx.parameters.mandates.founders;
        let drawn = libm::exp(0.5 * stream.with(state.themes[t].key).normal(3) - 0.125);
        o.expertise[t] = (brought * drawn).min(0.95);
    }
    o.income_factor = money::NEWCOMER_FACTOR;
    o.orientation = 0.5;
    o.community = Some(state.communities.found(key, region, cx.parameters.affiliates.community, id));
    state.organisations.push(o);
    record.movement.formed += 1;
    record.movement.founded += 1;
    record.note(cx.now, Event::Founded { organisation: id, charge: remit, region });
    Some((id, 0.0))
}

/// The themes that a mandate is for.
fn themes_of(state: &State, remit: Remit) -> Vec<ThemeId> {
    match remit {
        Remit::Theme(t) => vec![t],
        Remit::Region(_) => state.theme_ids().collect(),
    }
}

/// The region of a scope with most need that no mandate held there answers for; the region itself for its own hub.
fn place(state: &State, remit: Remit, scope: &Scope) -> Option<RegionId> {
    if let Remit::Region(r) = remit {
        return Some(r);
    }
    let shortfalls = shortfalls(state);
    let open = |r: RegionId| {
        let needed: f64 = themes_of(state, remit).iter().map(|&t| state.need(r, t)).sum();
        needed * state.regions[r].online * (1.0 + shortfalls[r])
    };
    let key = |r: RegionId| state.regions[r].key;
    let better = |&a: &RegionId, &b: &RegionId| open(a).total_cmp(&open(b)).then(key(b).cmp(&key(a)));
    scope.regions().max_by(better)
}

/// The most that an affiliate knows of a theme, seen from a region.
fn best_near(state: &State, r: RegionId, t: ThemeId) -> f64 {
    let known = |id: OrganisationId| {
        let o = &state.organisations[id];
        o.expertise[t] * state.affinity(r, o.region)
    };
    state.affiliates().map(known).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests;
