//! The service points: what each can do, how much work it has left, and the requests made there.
//!
//! A service point is an affiliate ("at home"), or a hub or the foundation ("outside"). Those outside are numbered: 0 is
//! nobody, then the hubs in order of their ids, then the foundation. Volunteers ask at affiliates of their own region, so that
//! the affinity there is that of the region to itself.

use super::HARM;
use super::hub_help::{HubCell, MemberHelp, hub_offer, member_help};
use super::request::Request;
use super::request::state;
use super::routing::ResponsibleHubs;
use crate::ids::{MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::{Context, conduct, desk, partnerships};
use crate::record::Record;
use crate::state::theme::fit;
use crate::state::{Party, State};
use crate::table::Table;
use crate::units::Work;

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

/// What one service point did for those who asked about a theme in a region.
#[derive(Clone, Copy)]
struct Served {
    cell: (RegionId, ThemeId),
    count: PackedCounts,
}

/// The organisation that helps at a service point: of a hub, any of its members.
#[derive(Clone, Copy)]
struct Helper {
    service_point: ServicePoint,
    organisation: OrganisationId,
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
        let near = |r| if desk > 0.0 { desk::affinity(cx, state, r) / state.affinity(home, r) } else { 1.0 };
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

    /// Serves the requests: first at the affiliate, then those not helped outside. Each service point looks after all, or
    /// after each with the same chance; an affiliate after its members first. Requests without affiliate, or that are not
    /// served outside, go through the same steps with flags of 0.
    pub(super) fn serve(&mut self, requests: &mut [Request]) {
        let bit = |holds: bool, bit: u16| bit * u16::from(holds);
        let mut asked = vec![[[0u32; 2]; 3]; self.home.len()];
        for request in &*requests {
            let able = usize::from(request.state & state::HOME_ABLE != 0);
            asked[usize::from(request.home)][request.rank()][able] += 1;
        }
        let (mut chances, work) = (Vec::with_capacity(asked.len()), self.work);
        for ((&left, asked), all) in self.home.iter().zip(asked).zip(&mut self.home_asked) {
            let [own, walkers, guests] = asked.map(|asked| work_asked(&work, asked));
            *all = own + walkers + guests;
            let after_own = left - own;
            let open = (after_own - walkers).min(after_own * self.open_doors);
            chances.push([chance(left, own), chance(after_own, walkers), chance(open, guests)]);
        }
        let mut asked = vec![[0u32; 2]; self.left.len()];
        for request in &mut *requests {
            let home = usize::from(request.home);
            let chance = chances[home][request.rank()];
            let at_home = request.turn >> CHANCE_BITS < chance;
            let helped = at_home & (request.state & state::HOME_ABLE != 0);
            request.state |= bit(at_home, state::AT_HOME)
                | bit(helped, state::HELPED_AT_HOME)
                | bit(!helped, state::WENT)
                | bit(self.home[home] != 0.0, state::ANSWERED);
            let able = usize::from(request.state & state::OUTSIDE_ABLE != 0);
            asked[usize::from(request.outside)][able] += u32::from(asks_outside(request));
        }
        let mut chances = Vec::with_capacity(asked.len());
        for ((&left, asked), all) in self.left.iter().zip(asked).zip(&mut self.left_asked) {
            *all = work_asked(&work, asked);
            chances.push(chance(left, *all));
        }
        for request in requests {
            let there = usize::from(request.outside);
            let looked_after = asks_outside(request) & (request.turn & (ALWAYS - 1) < chances[there]);
            let helped = looked_after & (request.state & state::OUTSIDE_ABLE != 0);
            let answered = (request.state & state::WENT != 0) & (self.left[there] != 0.0);
            request.state |=
                bit(looked_after, state::OUTSIDE) | bit(helped, state::HELPED_OUTSIDE) | bit(answered, state::ANSWERED);
        }
    }

    /// Whether anybody works at a hub this quarter: it has some work, or owes some.
    pub(super) fn is_open(&self, hub: MandateId) -> bool {
        self.left[self.hubs.partition_point(|&other| other < hub) + 1] != 0.0
    }

    /// Work that a service point was asked for this quarter, and whether that was more than it had.
    pub(super) fn asked(&self, at: ServicePoint) -> (Work, bool) {
        let outside = |place: usize| (self.left_asked[place], self.left[place]);
        let (asked, had) = match at {
            ServicePoint::Organisation(o) if Some(o) == self.foundation => outside(usize::from(self.foundation())),
            ServicePoint::Organisation(o) => (self.home_asked[o.index()], self.home[o.index()]),
            ServicePoint::Hub(m) => outside(self.hubs.partition_point(|&hub| hub < m) + 1),
        };
        (Work(asked), asked > had)
    }

    /// Counts the outcome of a request.
    #[inline(always)]
    pub(super) fn count(&mut self, request: &Request, theme: ThemeId) {
        let bit = |bit: u16, part: u32| u64::from(request.state & bit != 0) << (part * PackedCounts::BITS);
        let at_home = bit(state::AT_HOME, 1) | bit(state::HELPED_AT_HOME, 2);
        self.home_count[usize::from(request.home) * self.themes + theme.index()].0 += at_home;
        let outside = bit(state::WENT, 0) | bit(state::OUTSIDE, 1) | bit(state::HELPED_OUTSIDE, 2);
        self.count[usize::from(request.outside) * self.cells + usize::from(request.cell)].0 += outside;
    }

    /// Books what was counted, for the helper, the region and the mandate, and resets the counts.
    pub(super) fn book(&mut self, cx: &Context, state: &mut State, record: &mut Record) {
        let counts = self.home_count[..(self.home.len() - 1) * self.themes].iter().enumerate();
        for (slot, &count) in counts.filter(|(_, count)| count.0 > 0) {
            let (id, t) = (OrganisationId::from_index(slot / self.themes), ThemeId::from_index(slot % self.themes));
            let r = state.organisations[id].region;
            self.book_organisation(state, record, Served { cell: (r, t), count }, (id, self.home_offer[slot].effect));
        }
        let helpdesks =
            self.hubs.iter().map(|&m| ServicePoint::Hub(m)).chain(self.foundation.map(ServicePoint::Organisation));
        for ((row, counts), service_point) in self.count.chunks(self.cells).enumerate().skip(1).zip(helpdesks) {
            for (cell, &count) in counts.iter().enumerate().filter(|(_, count)| count.0 > 0) {
                let at = (RegionId::from_index(cell / self.themes), ThemeId::from_index(cell % self.themes));
                let (offer, served) = (self.offer[row * self.cells + cell], Served { cell: at, count });
                match service_point {
                    ServicePoint::Hub(hub) => self.book_hub(cx, state, record, served, (hub, offer)),
                    ServicePoint::Organisation(id) => {
                        state.regions[at.0].foundation_asked += count.part(0) * state.people_per_agent;
                        self.book_organisation(state, record, served, (id, offer.effect));
                    }
                }
            }
        }
        self.home_count.fill(PackedCounts::default());
        self.count.fill(PackedCounts::default());
    }

    /// Books what an organisation did for itself.
    fn book_organisation(
        &self,
        state: &mut State,
        record: &mut Record,
        served: Served,
        (id, effect): (OrganisationId, f64),
    ) {
        let by = Helper { service_point: ServicePoint::Organisation(id), organisation: id };
        self.book_part(state, record, by, (served, [1.0; 2], effect));
    }

    /// Books what a hub did, to each of its members: of what was solved and of what was not, its expected part.
    fn book_hub(
        &self,
        cx: &Context,
        state: &mut State,
        record: &mut Record,
        served: Served,
        (hub, offer): (MandateId, HelpOffer),
    ) {
        let (region, theme) = served.cell;
        state.mandates[hub].asked_now[region] += served.count.part(0) * state.people_per_agent;
        let members: Vec<MemberHelp> = member_help(cx, state, HubCell { hub, region, theme }).collect();
        let share = |part: f64, all: f64| if all > 0.0 { part / all } else { 0.0 };
        for MemberHelp { organisation, part, offer: own } in members {
            let parts = [share(part * own.able, offer.able), share(part * (1.0 - own.able), 1.0 - offer.able)];
            let by = Helper { service_point: ServicePoint::Hub(hub), organisation };
            self.book_part(state, record, by, (served, parts, own.effect));
        }
    }

    /// Books a helper's parts of the requests that were solved and of those that were looked after in vain.
    fn book_part(
        &self,
        state: &mut State,
        record: &mut Record,
        by: Helper,
        (Served { cell: (r, t), count }, [of_solved, of_others], effect): (Served, [f64; 2], f64),
    ) {
        let (helped, others) = (count.part(2) * of_solved, (count.part(1) - count.part(2)) * of_others);
        let people = helped * state.people_per_agent;
        if helped + others > 0.0 {
            spend(
                state,
                record,
                by.service_point,
                by.organisation,
                t,
                Work(helped * self.work[2] + others * self.work[1]),
            );
        }
        if effect < 0.0 {
            record.movement.harm += people;
        } else if helped > 0.0 {
            give(state, record, by.service_point, by.organisation, r, t, effect * people);
        }
    }
}

/// Bits of a draw against a chance.
const CHANCE_BITS: u32 = 16;
/// The chance of 1.
const ALWAYS: u32 = 1 << CHANCE_BITS;

/// Chance to be looked after where there is work `left` of what is `asked`, FTE-quarters, in units of 1/[`ALWAYS`].
fn chance(left: f64, asked: f64) -> u32 {
    if left <= 0.0 {
        0
    } else if asked <= left {
        ALWAYS
    } else {
        (left / asked * f64::from(ALWAYS)) as u32
    }
}

/// Work of requests, so many that fail and so many that are solved.
fn work_asked(work: &[f64; 3], [failed, solved]: [u32; 2]) -> f64 {
    f64::from(failed) * work[1] + f64::from(solved) * work[2]
}

/// Whether a request is to be looked after at the hub or the foundation.
#[inline(always)]
fn asks_outside(request: &Request) -> bool {
    let open = state::WENT | state::OUTSIDE_OPEN;
    request.state & (open | state::TO_THEME | state::TO_REGION) == open
}

/// Books work at a service point, for the organisation that helps there.
pub(super) fn spend(
    state: &mut State,
    record: &mut Record,
    service_point: ServicePoint,
    helper: OrganisationId,
    t: ThemeId,
    work: Work,
) {
    let mandate = match service_point {
        ServicePoint::Organisation(o) => {
            let left = &mut state.organisations[o].support_left;
            *left -= work;
            None
        }
        ServicePoint::Hub(m) => {
            let left = &mut state.mandates[m].support_left;
            *left -= work;
            Some(m)
        }
    };
    state.organisations[helper].done[t] += work.0;
    record.movement.support_work += work;
    partnerships::record_joint_work(state, record, helper, mandate, t, work);
}

/// Books the effect of help, for the helper, the region and the mandate.
pub(super) fn give(
    state: &mut State,
    record: &mut Record,
    service_point: ServicePoint,
    helper: OrganisationId,
    r: RegionId,
    t: ThemeId,
    effect: f64,
) {
    state.organisations[helper].year.service[t] += effect;
    let across = state.organisations[helper].region != r;
    let sums = &mut record.regions[r];
    sums.help_across += if across { effect } else { 0.0 };
    match service_point {
        ServicePoint::Hub(m) => {
            sums.help_hubs += effect;
            state.mandates[m].service_now[r] += effect;
            state.mandates[m].year.service_by_theme[t] += effect;
        }
        ServicePoint::Organisation(o) if Some(o) == state.foundation => {
            sums.help_foundation += effect;
            state.regions[r].foundation_service += effect;
        }
        ServicePoint::Organisation(_) => sums.help_local += effect,
    }
}
