//! The service points: what each can do, how much work it has left, and the requests made there.
//!
//! A service point is an affiliate ("at home"), or a hub or the foundation ("outside"). Those outside are numbered: 0 is
//! nobody, then the hubs in order of their ids, then the foundation. Volunteers ask at affiliates of their own region, so that
//! the affinity there is that of the region to itself.

pub(super) mod booking;
mod rationing;

use super::HARM;
use super::hub_help::{HubCell, hub_offer};
use super::routing::ResponsibleHubs;
use crate::ids::{MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::{Context, conduct, desk};
use crate::state::theme::fit;
use crate::state::{Party, State};
use crate::table::Table;

/// A service point, for bookings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ServicePoint {
    Organisation(OrganisationId),
    Hub(MandateId),
}

/// What a service point can do for a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct HelpOffer {
    /// Probability to solve it; negative where it is not responsible for such requests.
    pub(super) able: f64,
    /// Effect of the help, 0.5–1; or [`HARM`].
    pub(super) effect: f64,
}

impl HelpOffer {
    const NONE: HelpOffer = HelpOffer { able: -1.0, effect: 0.0 };

    /// What an organisation can do in a theme for volunteers of a region, for itself or under a mandate.
    pub(super) fn new(
        cx: &Context,
        state: &State,
        id: OrganisationId,
        mandate: Option<MandateId>,
        (r, t): (RegionId, ThemeId),
    ) -> HelpOffer {
        let o = &state.organisations[id];
        let (known, fits) = (o.expertise[t], fit(o.approach[t], state.themes[t].optimum));
        let able = known / (known + cx.parameters.support.half_expertise) * state.affinity(o.region, r);
        let in_misconduct = conduct::in_misconduct(state, mandate.map_or(Party::Organisation(id), Party::Mandate));
        HelpOffer { able, effect: if in_misconduct { HARM } else { 0.5 + 0.5 * fits } }
    }
}

/// Three counts in one word, 21 bits each: one addition instead of three. Of a service point: requests made there, those it
/// spent work on, and those it solved.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PackedCounts(pub(super) u64);

impl PackedCounts {
    pub(super) const BITS: u32 = 21;
    /// The largest count.
    pub(super) const MOST: usize = (1 << PackedCounts::BITS) - 1;

    /// One of the three counts.
    pub(super) fn part(self, part: u32) -> f64 {
        (self.0 >> (part * PackedCounts::BITS) & PackedCounts::MOST as u64) as f64
    }
}

/// All service points of a quarter.
pub(super) struct Helpdesks {
    themes: usize,
    cells: usize,
    hubs: Vec<MandateId>,
    foundation: Option<OrganisationId>,
    /// Work left at organisations, FTE-quarters; negative: a debt; 0 where nobody is: the foundation, and a last entry for "no
    /// affiliate".
    home: Vec<f64>,
    /// What they offer, `[organisation × themes + theme]`, then "no affiliate". In a table of its own, because requests read it
    /// in random order and an organisation itself takes many cache lines.
    home_offer: Vec<HelpOffer>,
    /// Requests there, in the same order.
    home_count: Vec<PackedCounts>,
    /// Share of what is left after its own people that an affiliate gives to others of its region.
    open_doors: f64,
    /// Work asked for there, FTE-quarters.
    home_asked: Vec<f64>,
    /// The same at the service points outside.
    left_asked: Vec<f64>,
    /// Work left there, FTE-quarters.
    left: Vec<f64>,
    /// What they offer, `[service point × cells + region × themes + theme]`.
    offer: Vec<HelpOffer>,
    /// Requests there, in the same order.
    count: Vec<PackedCounts>,
    /// Work that a request of one agent takes: not served, not solved, solved. A table, so that it is looked up by a sum of
    /// two flags instead of branches.
    work: [f64; 3],
}

impl Helpdesks {
    /// The service point of volunteers that know none.
    pub(super) const NOBODY: u16 = 0;

    /// Of this quarter.
    pub(super) fn new(cx: &Context, state: &State, responsible: &[ResponsibleHubs]) -> Helpdesks {
        let p = &cx.parameters.support;
        let themes = state.themes.len();
        let cells = state.regions.len() * themes;
        let hubs: Vec<MandateId> = state.hubs().collect();
        let helpdesks = hubs.len() + 2;
        let solved = p.request_work.0 * state.people_per_agent;
        let mut home: Vec<f64> = state.organisations.iter().map(|o| o.support_left.0).collect();
        let of_foundation = state.foundation.map_or(0.0, |f| std::mem::take(&mut home[f.index()]));
        let of_hubs = hubs.iter().map(|m| state.mandates[*m].support_left.0);
        home.push(0.0);
        let mut helpdesks = Helpdesks {
            themes,
            cells,
            foundation: state.foundation,
            home_offer: vec![HelpOffer::NONE; home.len() * themes],
            home_count: vec![PackedCounts::default(); home.len() * themes],
            open_doors: cx.policy.governance.open_doors,
            home_asked: vec![0.0; home.len()],
            left_asked: vec![0.0; helpdesks],
            home,
            left: [0.0].into_iter().chain(of_hubs).chain([of_foundation]).collect(),
            offer: vec![HelpOffer::NONE; helpdesks * cells],
            count: vec![PackedCounts::default(); helpdesks * cells],
            work: [0.0, solved * p.failed_work, solved],
            hubs,
        };
        helpdesks.open_homes(cx, state);
        helpdesks.open_hubs(cx, state);
        helpdesks.open_foundation(cx, state, responsible);
        helpdesks
    }

    /// Opens the organisations that have any work, or owe some: where nobody is, nobody is asked.
    fn open_homes(&mut self, cx: &Context, state: &State) {
        let half = cx.parameters.support.half_expertise;
        for (i, o) in state.organisations.iter().enumerate().filter(|&(i, _)| self.home[i] != 0.0) {
            let (near, in_misconduct) = (
                state.affinity(o.region, o.region),
                conduct::in_misconduct(state, Party::Organisation(OrganisationId::from_index(i))),
            );
            let offers = &mut self.home_offer[i * self.themes..(i + 1) * self.themes];
            for (t, (offer, theme)) in offers.iter_mut().zip(&state.themes).enumerate().filter(|(_, (_, t))| t.noticed)
            {
                let able = o.expertise[t] / (o.expertise[t] + half) * near;
                let effect = if in_misconduct { HARM } else { 0.5 + 0.5 * fit(o.approach[t], theme.optimum) };
                *offer = HelpOffer { able, effect };
            }
        }
    }

    /// Opens the hubs, each for its scope.
    fn open_hubs(&mut self, cx: &Context, state: &State) {
        for (row, &m) in (1..).zip(&self.hubs) {
            for (r, t) in state.mandates[m].scope.cells().filter(|(_, t)| state.themes[*t].noticed) {
                let slot = row * self.cells + self.cell(r, t);
                self.offer[slot] = hub_offer(cx, state, HubCell { hub: m, region: r, theme: t });
            }
        }
    }

    /// Opens the foundation, except for themes that it has handed over, where a hub is responsible.
    fn open_foundation(&mut self, cx: &Context, state: &State, responsible: &[ResponsibleHubs]) {
        let Some(f) = state.foundation else { return };
        let row = (self.hubs.len() + 1) * self.cells;
        let (home, desk) = (state.organisations[f].region, state.desk.support_share);
        // Affinity of the desk's staff to each region, relative to that of the foundation's own.
        let near = |r| if desk > 0.0 { desk::affinity(state, r) / state.affinity(home, r) } else { 1.0 };
        let nearness: Table<RegionId, f64> = state.region_ids().map(near).collect();
        for t in state.theme_ids().filter(|t| state.themes[*t].noticed) {
            let left = state.handed_over(t);
            for r in state.region_ids() {
                let cell = self.cell(r, t);
                if !(left && responsible[cell].theme.is_some()) {
                    let mut offer = HelpOffer::new(cx, state, f, None, (r, t));
                    // Whoever asks meets the foundation's own staff or that of its desk, in proportion to their work.
                    offer.able *= 1.0 + desk * (nearness[r] - 1.0);
                    self.offer[row + cell] = offer;
                }
            }
        }
    }

    fn cell(&self, r: RegionId, t: ThemeId) -> usize {
        r.index() * self.themes + t.index()
    }

    /// The number of a hub, by its place among those that have not ended.
    #[inline(always)]
    pub(super) fn hub(place: usize) -> u16 {
        place as u16 + 1
    }

    /// The number of the foundation.
    pub(super) fn foundation(&self) -> u16 {
        Helpdesks::hub(self.hubs.len())
    }

    /// The entry for "no affiliate".
    #[inline(always)]
    pub(super) fn no_home(&self) -> u16 {
        (self.home.len() - 1) as u16
    }

    /// What an affiliate offers in a theme.
    #[inline(always)]
    pub(super) fn at_home(&self, home: u16, theme: ThemeId) -> HelpOffer {
        self.home_offer[usize::from(home) * self.themes + theme.index()]
    }

    /// What a service point outside offers in a cell.
    #[inline(always)]
    pub(super) fn outside(&self, service_point: u16, cell: usize) -> HelpOffer {
        self.offer[usize::from(service_point) * self.cells + cell]
    }
}
