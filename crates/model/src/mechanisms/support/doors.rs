//! The doors at which people ask: what each can do, how much work is left behind it, and how many came.
//!
//! A door is an organisation at home, or outside a hub or the foundation: these are counted from nobody's on, then the
//! hubs in order of their ids, then the foundation. Affiliates' members and those who walk in are from their region, so
//! that at home affinity is that of the region to itself.

use super::callers::state;
use super::*;

/// A door, for what is booked one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    Organisation(OrganisationId),
    Hub(MandateId),
}

/// What a door can do for a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    /// Chance to solve it; below 0 where it is not for such requests at all.
    pub(super) able: f64,
    /// Effect of the help, 0.5–1; or [`HARM`].
    pub(super) effect: f64,
}

impl Offer {
    const NONE: Offer = Offer { able: -1.0, effect: 0.0 };

    /// What an organisation can do in a theme for people of a region, for itself or for a mandate.
    fn of(
        cx: &Context,
        state: &State,
        id: OrganisationId,
        mandate: Option<MandateId>,
        r: RegionId,
        t: ThemeId,
    ) -> Offer {
        let o = &state.organisations[id];
        let (known, fits) = (o.expertise[t], fit(o.approach[t], state.themes[t].optimum));
        let able = known / (known + cx.parameters.support.half_expertise) * state.affinity(o.region, r);
        let astray = conduct::harms(state, id, mandate);
        Offer { able, effect: if astray { HARM } else { 0.5 + 0.5 * fits } }
    }
}

/// Three counts in one number, 21 bits each. Of a door: how many went there, were looked after, and were helped.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count(pub(super) u64);

impl Count {
    pub(super) const BITS: u32 = 21;
    /// So many fit.
    pub(super) const MOST: usize = (1 << Count::BITS) - 1;

    /// One of the three.
    pub(super) fn part(self, part: u32) -> f64 {
        (self.0 >> (part * Count::BITS) & Count::MOST as u64) as f64
    }
}

/// All doors of a quarter.
pub(super) struct Doors {
    themes: usize,
    cells: usize,
    hubs: Vec<MandateId>,
    foundation: Option<OrganisationId>,
    /// Work left at organisations, FTE-quarters, and less than nothing at none and for whoever is no home.
    home: Vec<f64>,
    /// What they offer those at home, `[organisation × themes + theme]`, then nobody: side by side, because they are asked
    /// in no order and organisations are large.
    home_offer: Vec<Offer>,
    /// Who was looked after there and helped, in the same order.
    home_count: Vec<Count>,
    /// Work left behind the doors outside.
    left: Vec<f64>,
    /// What they offer, `[door × cells + region × themes + theme]`.
    offer: Vec<Offer>,
    /// Who went there, was looked after and helped.
    count: Vec<Count>,
    /// Who helps there; of those who hold a hub together the one who knows most and is near.
    helper: Vec<OrganisationId>,
    /// Work of a request of one agent: none, not solved, solved.
    work: [f64; 3],
}

impl Doors {
    /// The door behind which nobody is.
    pub(super) const NOBODY: u16 = 0;

    /// Those of this quarter.
    pub(super) fn of(cx: &Context, state: &State, guides: &[Guides]) -> Doors {
        let p = &cx.parameters.support;
        let themes = state.themes.len();
        let cells = state.regions.len() * themes;
        let hubs: Vec<MandateId> = state.hubs().collect();
        let doors = hubs.len() + 2;
        let solved = p.request_work * state.people_per_agent;
        let mut home: Vec<f64> = state.organisations.iter().map(|o| o.support_left.0).collect();
        let of_foundation =
            state.foundation.map_or(f64::NEG_INFINITY, |f| std::mem::replace(&mut home[f.index()], -1.0));
        let of_hubs = hubs.iter().map(|m| state.mandates[*m].support_left.0);
        home.push(f64::NEG_INFINITY);
        let mut doors = Doors {
            themes,
            cells,
            foundation: state.foundation,
            home_offer: vec![Offer::NONE; home.len() * themes],
            home_count: vec![Count::default(); home.len() * themes],
            home,
            left: [f64::NEG_INFINITY].into_iter().chain(of_hubs).chain([of_foundation]).collect(),
            offer: vec![Offer::NONE; doors * cells],
            count: vec![Count::default(); doors * cells],
            helper: vec![OrganisationId(0); doors * cells],
            work: [0.0, solved * p.failed_work, solved],
            hubs,
        };
        doors.open_homes(cx, state);
        doors.open_hubs(cx, state);
        doors.open_foundation(cx, state, guides);
        doors
    }

    /// Organisations that have time for somebody.
    fn open_homes(&mut self, cx: &Context, state: &State) {
        let half = cx.parameters.support.half_expertise;
        for (i, o) in state.organisations.iter().enumerate().filter(|&(i, _)| self.home[i] >= self.work[1]) {
            let (near, astray) =
                (state.affinity(o.region, o.region), conduct::harms(state, OrganisationId::from_index(i), None));
            let offers = &mut self.home_offer[i * self.themes..(i + 1) * self.themes];
            for (t, (offer, theme)) in offers.iter_mut().zip(&state.themes).enumerate().filter(|(_, (_, t))| t.noticed)
            {
                let able = o.expertise[t] / (o.expertise[t] + half) * near;
                let effect = if astray { HARM } else { 0.5 + 0.5 * fit(o.approach[t], theme.optimum) };
                *offer = Offer { able, effect };
            }
        }
    }

    /// Hubs, for what is in their scope.
    fn open_hubs(&mut self, cx: &Context, state: &State) {
        for (row, &m) in (1..).zip(&self.hubs) {
            for (r, t) in state.mandates[m].scope.cells().filter(|(_, t)| state.themes[*t].noticed) {
                let (helper, cell) = (consortia::helper(cx, state, m, r, t), row * self.cells + self.cell(r, t));
                (self.helper[cell], self.offer[cell]) = (helper, Offer::of(cx, state, helper, Some(m), r, t));
            }
        }
    }

    /// The foundation, but for themes that it gave up where a hub is.
    fn open_foundation(&mut self, cx: &Context, state: &State, guides: &[Guides]) {
        let Some(f) = state.foundation else { return };
        let row = (self.hubs.len() + 1) * self.cells;
        for t in state.theme_ids().filter(|t| state.themes[*t].noticed) {
            let left = given_up(state, t);
            for r in state.region_ids() {
                let cell = self.cell(r, t);
                if !(left && guides[cell].theme.is_some()) {
                    (self.helper[row + cell], self.offer[row + cell]) = (f, Offer::of(cx, state, f, None, r, t));
                }
            }
        }
    }

    fn cell(&self, r: RegionId, t: ThemeId) -> usize {
        r.index() * self.themes + t.index()
    }

    /// That of a hub, by its place among those alive.
    #[inline(always)]
    pub(super) fn hub(place: usize) -> u16 {
        place as u16 + 1
    }

    /// The foundation's.
    pub(super) fn foundation(&self) -> u16 {
        Doors::hub(self.hubs.len())
    }

    /// The home of those who have none.
    #[inline(always)]
    pub(super) fn no_home(&self) -> u16 {
        (self.home.len() - 1) as u16
    }

    /// What an organisation offers those at home in a theme.
    #[inline(always)]
    pub(super) fn at_home(&self, home: u16, theme: ThemeId) -> Offer {
        self.home_offer[usize::from(home) * self.themes + theme.index()]
    }

    /// What is offered outside in a cell.
    #[inline(always)]
    pub(super) fn outside(&self, door: u16, cell: usize) -> Offer {
        self.offer[usize::from(door) * self.cells + cell]
    }

    /// Lets callers ask one after another, as long as there is work left.
    pub(super) fn serve(&mut self, callers: &mut [Caller], queue: &[u64]) {
        let (work, bit) = (&self.work, |holds: bool, bit: u16| bit * u16::from(holds));
        for turn in queue {
            let caller = &mut callers[(turn & u64::from(u32::MAX)) as usize];
            let home = &mut self.home[usize::from(caller.home)];
            let (at_home, helped) = ask(home, work, true, caller.state & state::HOME_ABLE != 0);
            let open = caller.state & (state::OUTSIDE_OPEN | state::TO_THEME | state::TO_REGION) == state::OUTSIDE_OPEN;
            let outside = &mut self.left[usize::from(caller.outside)];
            let able = caller.state & state::OUTSIDE_ABLE != 0;
            let (outside, helped_outside) = ask(outside, work, !helped & open, able);
            caller.state |= bit(at_home, state::AT_HOME)
                | bit(helped, state::HELPED_AT_HOME)
                | bit(!helped, state::WENT)
                | bit(outside, state::OUTSIDE)
                | bit(helped_outside, state::HELPED_OUTSIDE);
        }
    }

    /// Counts what became of a caller.
    #[inline(always)]
    pub(super) fn count(&mut self, caller: &Caller, theme: ThemeId) {
        let bit = |bit: u16, part: u32| u64::from(caller.state & bit != 0) << (part * Count::BITS);
        let at_home = bit(state::AT_HOME, 1) | bit(state::HELPED_AT_HOME, 2);
        self.home_count[usize::from(caller.home) * self.themes + theme.index()].0 += at_home;
        let outside = bit(state::WENT, 0) | bit(state::OUTSIDE, 1) | bit(state::HELPED_OUTSIDE, 2);
        self.count[usize::from(caller.outside) * self.cells + usize::from(caller.cell)].0 += outside;
    }

    /// Books what was counted, and forgets it: to who helped, to the region, to the mandate.
    pub(super) fn book(&mut self, state: &mut State, record: &mut Record) {
        let counts = self.home_count[..(self.home.len() - 1) * self.themes].iter().enumerate();
        for (slot, &count) in counts.filter(|(_, count)| count.0 > 0) {
            let (id, t) = (OrganisationId::from_index(slot / self.themes), ThemeId::from_index(slot % self.themes));
            let r = state.organisations[id].region;
            self.book_one(state, record, Door::Organisation(id), id, (r, t), count, self.home_offer[slot]);
        }
        let doors = self.hubs.iter().map(|&m| Door::Hub(m)).chain(self.foundation.map(Door::Organisation));
        for ((row, counts), door) in self.count.chunks(self.cells).enumerate().skip(1).zip(doors) {
            for (cell, &count) in counts.iter().enumerate().filter(|(_, count)| count.0 > 0) {
                let at = (RegionId::from_index(cell / self.themes), ThemeId::from_index(cell % self.themes));
                let slot = row * self.cells + cell;
                self.book_one(state, record, door, self.helper[slot], at, count, self.offer[slot]);
            }
        }
        self.home_count.fill(Count::default());
        self.count.fill(Count::default());
    }

    fn book_one(
        &self,
        state: &mut State,
        record: &mut Record,
        door: Door,
        helper: OrganisationId,
        (r, t): (RegionId, ThemeId),
        count: Count,
        offer: Offer,
    ) {
        let ppa = state.people_per_agent;
        let [went, looked_after, helped] = [0, 1, 2].map(|part| count.part(part));
        if let Door::Hub(m) = door {
            state.mandates[m].asked_now[r] += went * ppa;
        }
        if looked_after > 0.0 {
            spend(state, record, door, helper, t, Work(helped * self.work[2] + (looked_after - helped) * self.work[1]));
        }
        if offer.effect < 0.0 {
            record.movement.harm += helped * ppa;
        } else if helped > 0.0 {
            give(state, record, door, helper, r, t, offer.effect * helped * ppa);
        }
    }
}

/// Asks at a door; whether there was work left to look after it, and whether that helped.
#[inline(always)]
fn ask(left: &mut f64, work: &[f64; 3], asks: bool, able: bool) -> (bool, bool) {
    let looked_after = asks & (*left >= work[1]);
    let helped = looked_after & able & (*left >= work[2]);
    *left -= work[usize::from(looked_after) + usize::from(helped)];
    (looked_after, helped)
}

/// Books work at a door, by who helps there.
pub(super) fn spend(
    state: &mut State,
    record: &mut Record,
    door: Door,
    helper: OrganisationId,
    t: ThemeId,
    work: Work,
) {
    let mandate = match door {
        Door::Organisation(o) => {
            let left = &mut state.organisations[o].support_left;
            *left = (*left - work).max(Work::ZERO);
            None
        }
        Door::Hub(m) => {
            let left = &mut state.mandates[m].support_left;
            *left = (*left - work).max(Work::ZERO);
            Some(m)
        }
    };
    state.organisations[helper].done[t] += work.0;
    record.movement.support_work += work;
    partnerships::book(state, record, helper, mandate, t, work);
}

/// Books help: to the giver, to the region, to the mandate.
pub(super) fn give(
    state: &mut State,
    record: &mut Record,
    door: Door,
    helper: OrganisationId,
    r: RegionId,
    t: ThemeId,
    effect: f64,
) {
    state.organisations[helper].service[t] += effect;
    let across = state.organisations[helper].region != r && Some(helper) != state.foundation;
    let sums = &mut record.regions[r];
    sums.help_across += if across { effect } else { 0.0 };
    match door {
        Door::Hub(m) => {
            sums.help_hubs += effect;
            state.mandates[m].service_now[r] += effect;
            state.mandates[m].service_by_theme[t] += effect;
        }
        Door::Organisation(o) if Some(o) == state.foundation => sums.help_foundation += effect,
        Door::Organisation(_) => sums.help_local += effect,
    }
}
