//! Founding: a new organisation for a mandate that no candidate fits.

use super::candidates::shortfalls;
use crate::ids::MAX_ORGANISATIONS;
use crate::ids::{BirthCause, Key, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::money;
use crate::policy::levers::OrganisationKind;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::organisation::{EXPERTISE_SPREAD, EXPERTISE_SPREAD_CORRECTION, MAX_DRAWN_EXPERTISE};
use crate::state::{Label, Organisation, Remit, Scope, State};
use crate::units::Quarter;

/// Orientation of a founded organisation, 0–1; assumed: its founders know half of the movement's ways.
const ORIENTATION: f64 = 0.5;

/// Founds an organisation for a mandate, where a policy allows it. It is in the region of greatest need and fewest
/// mandates, has a share of the best expertise near it, and no history, and no staff but what the mandate will pay for.
/// From then on it is an affiliate like any other. Draws: founding.
pub(super) fn found_holder(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    remit: Remit,
    scope: &Scope,
) -> Option<OrganisationId> {
    if !cx.policy.hubs.may_found || state.organisations.len() >= MAX_ORGANISATIONS {
        return None;
    }
    let region = region_of_need(cx, state, remit, scope)?;
    let (stem, name) = match remit {
        Remit::Theme(theme) => (state.themes[theme].key.stem(), &state.themes[theme].name),
        Remit::Region(r) => (state.regions[r].key.stem(), &state.regions[r].name),
    };
    let key = Key::from_birth(stem, cx.now.quarter(), BirthCause::Founding, 0);
    let label =
        Label::Founded { remit: name.clone(), region: state.regions[region].name.clone(), quarter: cx.now.quarter() };
    let id = OrganisationId::from_index(state.organisations.len());
    let mut organisation =
        Organisation::new(key, label, OrganisationKind::ThematicOrganisation, region, cx.now.quarter() as Quarter);
    let stream = cx.random.decision(Decision::Founding, cx.now.year()).entity(key);
    organisation.draw_traits(&state.themes, stream, state.founders_expertise);
    for theme in themes_of(state, remit) {
        let brought = best_near(state, region, theme) * cx.parameters.mandates.founders;
        let drawn =
            libm::exp(EXPERTISE_SPREAD * stream.with(state.themes[theme].key).normal(3) - EXPERTISE_SPREAD_CORRECTION);
        organisation.expertise[theme] = (brought * drawn).min(MAX_DRAWN_EXPERTISE);
        organisation.background[theme] = organisation.expertise[theme];
    }
    organisation.income_factor = money::NEWCOMER_FACTOR;
    organisation.orientation = ORIENTATION;
    organisation.community = state.give_community(key, region, id, stream.uniform(0));
    state.organisations.push(organisation);
    record.movement.formed += 1;
    record.movement.founded += 1;
    record.note(cx.now, Event::Founded { organisation: id, charge: remit, region });
    Some(id)
}

/// The themes of a remit.
fn themes_of(state: &State, remit: Remit) -> Vec<ThemeId> {
    match remit {
        Remit::Theme(t) => vec![t],
        Remit::Region(_) => state.theme_ids().collect(),
    }
}

/// The region of a scope of greatest need that no mandate held there serves, of those where mandates may be; for a regional
/// hub, its region.
fn region_of_need(cx: &Context, state: &State, remit: Remit, scope: &Scope) -> Option<RegionId> {
    if let Remit::Region(r) = remit {
        return Some(r);
    }
    let shortfalls = shortfalls(state);
    let open = |r: RegionId| {
        let needed: f64 = themes_of(state, remit).iter().map(|&t| state.need(r, t)).sum();
        needed * state.regions[r].online * (1.0 + shortfalls[r])
    };
    let key = |r: RegionId| state.regions[r].key;
    let may_be = |&r: &RegionId| cx.policy.hubs.regions.admit(&state.regions[r].name);
    let better = |&a: &RegionId, &b: &RegionId| open(a).total_cmp(&open(b)).then(key(b).cmp(&key(a)));
    scope.regions().filter(may_be).max_by(better)
}

/// Highest expertise of an affiliate in a theme × affinity to a region.
fn best_near(state: &State, region: RegionId, theme: ThemeId) -> f64 {
    let known = |id: OrganisationId| {
        let organisation = &state.organisations[id];
        organisation.expertise[theme] * state.affinity(region, organisation.region)
    };
    state.affiliates().map(known).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests;
