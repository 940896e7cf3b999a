//! Two responsible hubs: where a theme's hub and a region's hub are both responsible, volunteers choose one, and may be
//! referred to the other.
//!
//! *Claim.* Two responsible hubs are two chances of help as long as it is clear which does what; where it is not, each may
//! take the other to be responsible.
//!
//! *Equations.*
//!
//! ```text
//! P(the better hub | both known) = clarity + (1 − clarity) · ½
//! better: larger E/(E + half_expertise) · affinity · (½ + ½ · fit)
//! P(referred to the other without help) = passed_on · (1 − clarity)
//! ```
//!
//! A volunteer who is referred asks at the other hub in the next quarter: a quarter is lost, and a conflict is counted, once a
//! request. *Source.* A conflict is defined as both hubs refusing.

use super::request::state;
use crate::ids::{MandateId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::partnerships::consortia;
use crate::random::Stream;
use crate::state::theme::fit;
use crate::state::volunteers::{Volunteer, flag};
use crate::state::{Actor, State};

/// The hubs responsible for a theme in a region.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ResponsibleHubs {
    /// The hub of the theme.
    pub(super) theme: Option<MandateId>,
    /// The hub of the region.
    pub(super) region: Option<MandateId>,
    /// Whether the region's hub is the better one.
    region_first: bool,
}

/// A referral from one of two responsible hubs to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Referral {
    ToTheme,
    ToRegion,
}

impl Referral {
    /// The bit of a request's state.
    pub(super) fn state(self) -> u16 {
        match self {
            Referral::ToTheme => state::TO_THEME,
            Referral::ToRegion => state::TO_REGION,
        }
    }
}

impl ResponsibleHubs {
    /// The responsible hubs this quarter, `[region × themes + theme]`; the first where scopes of a kind overlap.
    pub(super) fn by_cell(cx: &Context, state: &State) -> Vec<ResponsibleHubs> {
        let mut all = vec![ResponsibleHubs::default(); state.regions.len() * state.themes.len()];
        for m in state.hubs() {
            let mandate = &state.mandates[m];
            for (r, t) in mandate.scope.cells() {
                let responsible = &mut all[r.index() * state.themes.len() + t.index()];
                let of_theme = mandate.theme() == Some(t);
                let of_region = mandate.region() == Some(r);
                responsible.theme = responsible.theme.or(of_theme.then_some(m));
                responsible.region = responsible.region.or(of_region.then_some(m));
            }
        }
        let cells = state.region_ids().flat_map(|r| state.theme_ids().map(move |t| (r, t)));
        for (responsible, (r, t)) in all.iter_mut().zip(cells) {
            let promise = |m: MandateId| promise(cx, state, m, r, t);
            let both = responsible.theme.zip(responsible.region);
            responsible.region_first = both.is_some_and(|(theme, region)| promise(region) > promise(theme));
        }
        all
    }

    /// Both or one of them.
    pub(super) fn both(self) -> impl Iterator<Item = MandateId> {
        self.theme.into_iter().chain(self.region)
    }

    /// Those of them that are known.
    pub(super) fn known(self, known: impl Fn(MandateId) -> bool) -> ResponsibleHubs {
        ResponsibleHubs { theme: self.theme.filter(|&m| known(m)), region: self.region.filter(|&m| known(m)), ..self }
    }

    /// The one to which a volunteer has been referred.
    pub(super) fn referred_to(self, flags: u8) -> Option<MandateId> {
        match flags & (flag::TO_THEME | flag::TO_REGION) {
            flag::TO_THEME => self.theme,
            flag::TO_REGION => self.region,
            _ => None,
        }
    }

    /// The one that is chosen among those known: the better one if it is clear which that is, else either.
    pub(super) fn choose(self, clarity: f64, stream: Stream) -> Option<MandateId> {
        let (Some(theme), Some(region)) = (self.theme, self.region) else { return self.theme.or(self.region) };
        let to_region = if stream.bernoulli(0, clarity) { self.region_first } else { stream.bernoulli(1, 0.5) };
        Some(if to_region { region } else { theme })
    }

    /// The referral by one of two responsible hubs to the other, if it makes one.
    pub(super) fn referral(self, chance: f64, service_point: MandateId, stream: Stream) -> Option<Referral> {
        let (theme, region) = self.theme.zip(self.region)?;
        if service_point != theme && service_point != region || !stream.bernoulli(2, chance) {
            return None;
        }
        Some(if service_point == theme { Referral::ToRegion } else { Referral::ToTheme })
    }
}

/// Expected effect of help by a hub that has work left: the mean of its members.
fn promise(cx: &Context, state: &State, m: MandateId, r: RegionId, t: ThemeId) -> f64 {
    consortia::mean_over_members(state, Actor::for_mandate(state, m), |id| {
        let o = &state.organisations[id];
        let (known, fits) = (o.expertise[t], fit(o.approach[t], state.themes[t].optimum));
        known / (known + cx.parameters.support.half_expertise) * state.affinity(o.region, r) * (0.5 + 0.5 * fits)
    })
}

/// Referrals are forgotten where a hub has begun, ended or changed hands: who was sent on knows that hub, not the next.
pub(super) fn forget_referrals(cx: &Context, state: &mut State) {
    let holder = |m: MandateId| (m, state.mandates[m].holder);
    let now = ResponsibleHubs::by_cell(cx, state).into_iter();
    let now: Vec<_> = now.map(|responsible| [responsible.theme, responsible.region].map(|m| m.map(holder))).collect();
    let before = std::mem::replace(&mut state.referred_to, now);
    if before == state.referred_to {
        return;
    }
    let themes = state.themes.len();
    let changed = |cell: usize| before.get(cell) != state.referred_to.get(cell);
    for volunteer in &mut state.volunteers {
        if changed(volunteer.region.index() * themes + volunteer.theme.index()) {
            volunteer.flags &= !flag::SENT;
        }
    }
}

/// Refers a volunteer to the other hub. Returns whether this puts its request in conflict for the first time.
pub(super) fn pass_on(volunteer: &mut Volunteer, towards: u16) -> bool {
    let ways = flag::TO_THEME | flag::TO_REGION;
    let first = volunteer.flags & ways == 0;
    let way = if towards & state::TO_THEME != 0 { flag::TO_THEME } else { flag::TO_REGION };
    volunteer.flags = volunteer.flags & !ways | way;
    first
}

#[cfg(test)]
mod tests;
