//! Which of two hubs: where a theme's hub and a region's are both responsible, people must choose, and may be passed on.
//!
//! *Claim.* Two hubs that are both responsible are two chances of help as long as it is clear who does what; where it is
//! not, each may take the other to be meant. *Equations.* Who knows both goes, with probability `clarity`, to the one that
//! promises more, s(E) · A · (½ + ½ fit), as clear roles would tell them; else to either with ½. There they are passed on
//! without help with probability `passed_on` · (1 − clarity), and next quarter go to the other: a quarter lost, and a
//! conflict, counted once a request. *Source.* MODEL's definition of a conflict; both hubs refuse. The prototype's
//! probability was 0.5 · (1 − 0.9 clarity): here full clarity is full, so that it can be told from less.

use super::*;

/// The hubs responsible for a theme in a region.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Guides {
    /// The theme's.
    pub(super) theme: Option<MandateId>,
    /// The region's.
    pub(super) region: Option<MandateId>,
    /// Whether the region's promises more.
    region_first: bool,
}

/// A way from one of two hubs to the other: the flag of a volunteer who has been told so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    ToTheme = flag::TO_THEME as isize,
    ToRegion = flag::TO_REGION as isize,
}

impl Guides {
    /// Those of a cell this quarter.
    pub(super) fn of(world: &World, r: RegionId, t: ThemeId) -> Guides {
        let (theme, region) = (world.hub_for(r, t), world.regional_hub_for(r, t));
        let promise = |m: MandateId| promise(world, m, r, t);
        let region_first = theme.zip(region).is_some_and(|(theme, region)| promise(region) > promise(theme));
        Guides { theme, region, region_first }
    }

    /// Both or one of them.
    pub(super) fn both(self) -> impl Iterator<Item = MandateId> {
        self.theme.into_iter().chain(self.region)
    }

    /// Those of them that somebody knows.
    pub(super) fn known(self, known: impl Fn(MandateId) -> bool) -> Guides {
        Guides { theme: self.theme.filter(|&m| known(m)), region: self.region.filter(|&m| known(m)), ..self }
    }

    /// The one a volunteer has been passed on to.
    pub(super) fn told(self, flags: u8) -> Option<MandateId> {
        match flags & (flag::TO_THEME | flag::TO_REGION) {
            flag::TO_THEME => self.theme,
            flag::TO_REGION => self.region,
            _ => None,
        }
    }

    /// Where somebody goes who knows these: to the better one if it is clear which that is, else to either.
    pub(super) fn towards(self, clarity: f64, luck: Luck) -> Option<MandateId> {
        let (Some(theme), Some(region)) = (self.theme, self.region) else { return self.theme.or(self.region) };
        let to_region = if luck.chance(0, clarity) { self.region_first } else { luck.chance(1, 0.5) };
        Some(if to_region { region } else { theme })
    }

    /// Whether one of two responsible hubs passes somebody on to the other, and which way.
    pub(super) fn passed_on(self, signs: &Signposts, door: MandateId, luck: Luck) -> Option<Way> {
        let (theme, region) = self.theme.zip(self.region)?;
        if door != theme && door != region || !luck.chance(2, signs.passed_on) {
            return None;
        }
        Some(if door == theme { Way::ToRegion } else { Way::ToTheme })
    }
}

/// The effect of the help that can be expected at a hub's door while there is work left behind it.
fn promise(world: &World, m: MandateId, r: RegionId, t: ThemeId) -> f64 {
    let o = &world.organisations[world.mandates[m.index()].holder.index()];
    let (known, fits) = (o.expertise[t.index()], fit(o.approach[t.index()], world.themes[t.index()].optimum));
    known / (known + world.parameters.support.half_expertise) * world.affinity(o.region, r) * (0.5 + 0.5 * fits)
}

/// Sends a volunteer the other way; the first time, their request is in conflict.
pub(super) fn pass_on(world: &mut World, i: usize, way: Way) {
    let ways = flag::TO_THEME | flag::TO_REGION;
    let caller = &mut world.volunteers[i];
    if caller.flags & ways == 0 {
        world.tally.regions[caller.region.index()].conflicts += world.people_per_agent;
    }
    caller.flags = caller.flags & !ways | way as u8;
}

#[cfg(test)]
#[path = "routing_tests.rs"]
mod tests;
