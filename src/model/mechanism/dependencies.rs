//! Dependencies: a share of problems needs a material of another theme first.
//!
//! *Claim.* Work across areas of expertise stands still where what it needs from another area is not there. Who is in
//! touch with those who work there, or knows enough of it, sees that before beginning; the more there are to keep in
//! touch with, the less each hears, unless a body does it for all. *Equations.* At its birth a problem needs first, with a
//! fixed chance, an older open problem of another theme, drawn in proportion to the movement's need for that theme. Until
//! a usable material for it is there, a build stops after a fixed share of its work and waits, its place at the desk
//! taken, for a few quarters at most; or it does without and is worse. P(foreseen) = 1 − (1 − alone · E)(1 − told): E is
//! the maker's own expertise in the other theme, told = coordinated if a body coordinates the hubs, else coordinated /
//! (1 + other hubs / mesh), where another hub works in that theme. Who foresees works on what is needed first, if that
//! is its business, else on something else; and hubs lift in their choice what they hear that others need. What is
//! adapted has what it needs in it.
//!
//! *Counting.* A project that waits would have had an equal part of its desk's work: that is what is stalled; others at the
//! desk have it, or it finds no project. *Source.* Interdependence and coordination by plan, by talk and by a body in
//! between: Thompson 1967; Provan & Kenis 2008 for how many can keep in touch by themselves.

use crate::chance::Purpose;
use crate::ids::{Key, MandateId, OrganisationId, RegionId, ThemeId};
use crate::model::world::World;
use crate::parameters;
use crate::policy::Policy;
use crate::quantity::catalogue::Off;

parameters! {
    /// What problems need from other themes first, and who sees it in time.
    pub struct DependencyParameters in "dependencies",
        off Off::Set(&[("share", 0.0)]);
    /// Share of problems that need a material of another theme first.
    share: 0.2, 0.0..=1.0, 0.05..0.4, "share", "assumed";
    /// Share of a build's work that can be done before.
    needed_at: 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Chance to wait for it rather than to do without at once.
    patience: 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Longest wait.
    longest: 4.0, 0.0..=100.0, 1.0..8.0, "quarters", "assumed";
    /// Quality of what does without, relative to what does not.
    patched: 0.6, 0.0..=1.0, 0.4..0.9, "factor", "assumed";
    /// Chance to foresee it alone, at full expertise in the other theme.
    alone: 0.3, 0.0..=1.0, 0.0..0.6, "share", "assumed";
    /// Chance that a hub is told by a hub of the other theme, where a body coordinates them.
    coordinated: 0.7, 0.0..=1.0, 0.3..0.95, "share", "assumed";
    /// Number of other hubs at which each is told half as much, where no body coordinates them.
    mesh: 6.0, 0.1..=100.0, 3.0..10.0, "hubs", "shared governance works up to 6-8 members (Provan & Kenis 2008)";
    /// How much what others need first is lifted in the choice of a hub that is told.
    call: 0.5, 0.0..=20.0, 0.0..1.0, "salience", "assumed";
}

/// Indices of the draws about a desk and a problem.
const FORESEES: u32 = 0;
const WAITS: u32 = 1;
const HEARS: u32 = 2;

/// What a problem needs first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing, or it is there.
    Free,
    /// A material for the problem in this slot.
    Wanting(usize),
    /// A material that nobody will make any more.
    Lapsed,
}

/// What becomes of a project that needs what is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It has what it needs.
    On,
    /// It waits.
    Wait,
    /// It does without.
    Patch,
}

/// Which of the problems born this quarter need another first, for ever: the same under every policy. Draws: dependency.
pub fn tie(world: &mut World, born: &[usize]) {
    let share = world.parameters.dependencies.share;
    if share <= 0.0 {
        return;
    }
    let luck = world.luck.on(Purpose::Dependency, world.quarter);
    let older = |world: &World, t: ThemeId| {
        world.problems.open[t.index()].iter().any(|&slot| world.problems.slots[slot].born < world.quarter)
    };
    let themes: Vec<(ThemeId, f64)> = world
        .theme_ids()
        .filter(|&t| world.themes[t.index()].presence > 0.0 && older(world, t))
        .map(|t| (t, world.movement_need(t)))
        .filter(|&(_, need)| need > 0.0)
        .collect();
    for &slot in born {
        let (key, own) = (world.problems.slots[slot].key, world.problems.slots[slot].theme);
        if !luck.of(key).chance(0, share) {
            continue;
        }
        // Each candidate runs for itself, so that the order of the themes means nothing: the first of exponential times
        // with the needs as rates is a draw in proportion to them.
        let mine = luck.and_of(key);
        let time = |&(t, need): &(ThemeId, f64)| -libm::log1p(-mine.of(world.themes[t.index()].key).uniform(1)) / need;
        let others = themes.iter().filter(|(t, _)| *t != own).map(|theme| (time(theme), theme.0));
        let Some((_, theme)) = others.reduce(|a, b| if b.0 < a.0 { b } else { a }) else { continue };
        let open = world.problems.open[theme.index()].iter().copied();
        let first = open
            .filter(|&first| world.problems.slots[first].born < world.quarter)
            .min_by_key(|&first| (mine.of(world.problems.slots[first].key).bits(2), world.problems.slots[first].key));
        if let Some(first) = first {
            world.problems.slots[slot].requires = Some(first);
            world.problems.slots[first].dependents += 1;
        }
    }
}

/// What a problem still needs first, for who would solve it in a region.
pub fn standing(world: &World, slot: usize, maker: OrganisationId, there: RegionId) -> Standing {
    let Some(first) = world.problems.slots[slot].requires else { return Standing::Free };
    let problem = &world.problems.slots[first];
    let reusability = world.themes[problem.theme.index()].reusability;
    let threshold = world.parameters.production.reuse_threshold;
    let usable = problem.materials.iter().any(|material| {
        material.there_for(maker, world.quarter) && reusability * world.affinity(material.region, there) >= threshold
    });
    match problem.open {
        _ if usable => Standing::Free,
        true => Standing::Wanting(first),
        false => Standing::Lapsed,
    }
}

/// What becomes of a project at the point where it needs something first, if it has waited since a quarter. `desk` is
/// what the desk's draws are addressed by.
pub fn way(world: &World, slot: usize, maker: OrganisationId, desk: Key, there: RegionId, since: Option<u32>) -> Way {
    let p = &world.parameters.dependencies;
    let waited = since.map_or(0, |since| world.quarter.saturating_sub(since));
    match standing(world, slot, maker, there) {
        Standing::Free => Way::On,
        Standing::Lapsed => Way::Patch,
        Standing::Wanting(_) if f64::from(waited) >= p.longest => Way::Patch,
        Standing::Wanting(_) if since.is_some() => Way::Wait,
        Standing::Wanting(_) => {
            let luck = world.luck.on(Purpose::Stall, 0).and_of(desk).of(world.problems.slots[slot].key);
            if luck.chance(WAITS, p.patience) { Way::Wait } else { Way::Patch }
        }
    }
}

/// Whether a desk sees before it begins that a problem needs another first.
pub fn foreseen(
    world: &World,
    policy: &Policy,
    maker: OrganisationId,
    mandate: Option<MandateId>,
    desk: Key,
    slot: usize,
    first: usize,
) -> bool {
    let luck = world.luck.on(Purpose::Stall, 0).and_of(desk).of(world.problems.slots[slot].key);
    luck.chance(FORESEES, foresees(world, policy, maker, mandate, world.problems.slots[first].theme))
}

/// How likely a maker foresees that something of another theme is needed first.
pub fn foresees(
    world: &World,
    policy: &Policy,
    maker: OrganisationId,
    mandate: Option<MandateId>,
    theme: ThemeId,
) -> f64 {
    let known = |o: OrganisationId| world.organisations[o.index()].expertise[theme.index()];
    let partners = mandate.map_or(&[][..], |m| &world.mandates[m.index()].partners);
    let best = partners.iter().map(|&o| known(o)).fold(known(maker), f64::max);
    let alone = world.parameters.dependencies.alone * best;
    let told = mandate.filter(|&m| another_hub_in(world, m, theme)).map_or(0.0, |_| told(world, policy));
    1.0 - (1.0 - alone) * (1.0 - told)
}

/// How likely a hub is told by another what that one needs, or what it is working on.
pub fn told(world: &World, policy: &Policy) -> f64 {
    let p = &world.parameters.dependencies;
    let others = world.hub_count().saturating_sub(1) as f64;
    if others <= 0.0 {
        0.0
    } else if policy.hubs.coordination {
        p.coordinated
    } else {
        p.coordinated / (1.0 + others / p.mesh)
    }
}

/// Whether a desk hears that others need a problem solved first, with the chance that it is told.
pub fn hears(world: &World, desk: Key, problem: Key, told: f64) -> bool {
    world.luck.on(Purpose::Stall, 0).and_of(desk).of(problem).chance(HEARS, told)
}

/// Whether a hub other than this one works in a theme.
fn another_hub_in(world: &World, m: MandateId, theme: ThemeId) -> bool {
    world
        .hubs()
        .filter(|&other| other != m)
        .any(|other| world.mandates[other.index()].scope.cells().any(|c| c.1 == theme))
}

#[cfg(test)]
#[path = "dependencies_tests.rs"]
mod tests;
