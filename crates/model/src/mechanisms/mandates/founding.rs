//! An organisation is founded for a mandate that nobody fits.

use super::*;
use crate::ids::MAX_ORGANISATIONS;
use crate::initial;
use crate::mechanisms::money;
use crate::policy::levers::OrganisationKind;
use crate::state::Label;
use crate::units::Quarter;

/// What those who found an organisation know of everything else: as much as those of any new group.
const KNOWN_BESIDES: f64 = 0.12;

/// Founds an organisation for a mandate, where a policy lets one; gives it, with the score of one whom nobody knows. It
/// lives where most is needed and fewest mandates are held, knows a part of what the best near it know, has no history
/// and no staff but what the mandate will pay for, and is an affiliate like any other from then on. Draws: founding.
pub(super) fn founded(
    world: &mut World,
    policy: &Policy,
    charge: Charge,
    scope: &Scope,
) -> Option<(OrganisationId, f64)> {
    if !policy.hubs.may_found || world.organisations.len() >= MAX_ORGANISATIONS {
        return None;
    }
    let region = place(world, charge, scope)?;
    let (stem, name) = match charge {
        Charge::Theme(t) => (world.themes[t].key.stem(), &world.themes[t].name),
        Charge::Region(r) => (world.regions[r].key.stem(), &world.regions[r].name),
    };
    let key = Key::from_birth(stem, world.quarter, BirthCause::Founding, 0);
    let label =
        Label::Founded { charge: name.clone(), region: world.regions[region].name.clone(), quarter: world.quarter };
    let id = OrganisationId::from_index(world.organisations.len());
    let mut o = initial::unknown(key, label, OrganisationKind::ThematicOrganisation, region, world.quarter as Quarter);
    let stream = world.stream.decision(Decision::Founding, world.year).entity(key);
    initial::traits(&mut o, &world.themes, stream, KNOWN_BESIDES);
    for t in charged(world, charge) {
        let brought = best_near(world, region, t) * world.parameters.mandates.founders;
        let drawn = libm::exp(0.5 * stream.with(world.themes[t].key).normal(3) - 0.125);
        o.expertise[t] = (brought * drawn).min(0.95);
    }
    o.income_factor = money::NEWCOMER_FACTOR;
    o.orientation = 0.5;
    o.community = Some(world.communities.found(key, region, world.parameters.affiliates.community, id));
    world.organisations.push(o);
    world.tally.formed += 1;
    world.tally.founded += 1;
    world.ledger.note(world.quarter, Event::Founded { organisation: id, charge, region });
    Some((id, 0.0))
}

/// The themes that a mandate is for.
fn charged(world: &World, charge: Charge) -> Vec<ThemeId> {
    match charge {
        Charge::Theme(t) => vec![t],
        Charge::Region(_) => world.theme_ids().collect(),
    }
}

/// The region of a scope with most need that no mandate held there answers for; the region itself for its own hub.
fn place(world: &World, charge: Charge, scope: &Scope) -> Option<RegionId> {
    if let Charge::Region(r) = charge {
        return Some(r);
    }
    let shortfalls = shortfalls(world);
    let open = |r: RegionId| {
        let needed: f64 = charged(world, charge).iter().map(|&t| world.need(r, t)).sum();
        needed * world.regions[r].online * (1.0 + shortfalls[r])
    };
    let key = |r: RegionId| world.regions[r].key;
    let better = |&a: &RegionId, &b: &RegionId| open(a).total_cmp(&open(b)).then(key(b).cmp(&key(a)));
    scope.regions().max_by(better)
}

/// The most that an affiliate knows of a theme, seen from a region.
fn best_near(world: &World, r: RegionId, t: ThemeId) -> f64 {
    let known = |id: OrganisationId| {
        let o = &world.organisations[id];
        o.expertise[t] * world.affinity(r, o.region)
    };
    world.affiliates().map(known).fold(0.0, f64::max)
}

#[cfg(test)]
#[path = "founding_tests.rs"]
mod tests;
