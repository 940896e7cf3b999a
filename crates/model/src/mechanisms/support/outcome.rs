//! The outcome of a quarter's requests: helped, not helped, or given up; and the wait for the first help.

use super::awareness::Awareness;
use super::helpdesks::Helpdesks;
use super::helpdesks::PackedCounts;
use super::request::Request;
use super::request::state;
use super::{LONGEST_WAIT, routing};
use crate::ids::{MAX_REGIONS, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::policy::levers::OrganisationKind;
use crate::record::Record;
use crate::state::Organisation;
use crate::state::State;
use crate::state::volunteers::{Volunteer, flag};

/// The age below which a user group is a new community, years.
const YOUNG: f64 = 2.0;

/// The change of motivation: `gain` · (1 − motivation) − `loss`.
#[derive(Clone, Copy)]
struct MotivationChange {
    gain: f32,
    loss: f32,
}

/// The effects of an outcome on a volunteer, the same for all requests of a quarter.
struct RequestEffects {
    quarter: u32,
    /// Quarters without help after which a request is given up.
    longest_search: u8,
    /// By outcome: helped, harmed, not helped, given up.
    motivation: [MotivationChange; 4],
    /// Skill gained at full effect.
    learning: f64,
}

impl RequestEffects {
    fn new(cx: &Context) -> RequestEffects {
        let (p, quarter) = (&cx.parameters, cx.now.quarter());
        let v = &p.volunteers;
        let loses = |loss: f64| MotivationChange { gain: 0.0, loss: loss as f32 };
        let helped = MotivationChange { gain: v.helped as f32, loss: 0.0 };
        RequestEffects {
            quarter,
            longest_search: p.support.places_tried.ceil() as u8,
            motivation: [helped, loses(p.conduct.motivation_loss), loses(v.bounced), loses(v.unmet)],
            learning: v.learning,
        }
    }
}

/// Waits for a first help that ended, counted in whole agents, so that the order of volunteers does not matter. Two counts
/// share a word: one addition instead of two.
pub struct FirstWaits {
    /// Whether an affiliation is with a new community, by organisation; the last entry is for the unaffiliated.
    young: Vec<bool>,
    /// By region: waits that ended, and those of them that ended without help; 32 bits each.
    ended: [u64; MAX_REGIONS],
    /// Waits that ended in new communities.
    young_ended: [u64; MAX_REGIONS],
    /// Quarters of these waits, and of those in new communities; 32 bits each.
    quarters: [u64; MAX_REGIONS],
}

impl FirstWaits {
    /// None yet.
    pub fn new(cx: &Context, state: &State) -> FirstWaits {
        let young = |o: &Organisation| o.kind == OrganisationKind::UserGroup && o.age(cx.now.quarter()) < YOUNG;
        FirstWaits {
            young: state.organisations.iter().map(young).chain([false]).collect(),
            ended: [0; MAX_REGIONS],
            young_ended: [0; MAX_REGIONS],
            quarters: [0; MAX_REGIONS],
        }
    }

    /// Counts a volunteer's wait if it ends now, after a number of quarters; `never` if it ends without help.
    #[inline(always)]
    pub fn note(&mut self, volunteer: &mut Volunteer, ends: bool, quarters: u32, never: bool) {
        let r = volunteer.region.index();
        let young = ends & self.young[usize::from(volunteer.affiliation).min(self.young.len() - 1)];
        let quarters = u64::from(quarters.min(LONGEST_WAIT));
        volunteer.flags |= flag::WAITED * u8::from(ends);
        self.ended[r] += u64::from(ends) | u64::from(ends & never) << 32;
        self.young_ended[r] += u64::from(young);
        self.quarters[r] += (quarters * u64::from(ends)) | ((quarters * u64::from(young)) << 32);
    }

    /// Books them.
    pub fn book(&self, state: &mut State, record: &mut Record) {
        let ppa = state.people_per_agent;
        let halves = |both: u64| [both & u64::from(u32::MAX), both >> 32].map(|count| count as f64 * ppa);
        for (r, sums) in record.regions.iter_mut().enumerate() {
            let ([ended, never], [waited, young_waited]) = (halves(self.ended[r]), halves(self.quarters[r]));
            sums.first_waits += ended;
            sums.first_never += never;
            sums.first_wait += waited;
            sums.young_waits += self.young_ended[r] as f64 * ppa;
            sums.young_wait += young_waited;
        }
    }
}

/// What is counted over requests, in whole agents.
struct RequestCounts {
    /// New requests, requests without help this quarter, requests given up, by region and theme.
    cells: Vec<PackedCounts>,
    /// Requests in conflict between two hubs, by region.
    conflicts: [u64; MAX_REGIONS],
}

impl RequestCounts {
    fn new(cells: usize) -> RequestCounts {
        RequestCounts { cells: vec![PackedCounts::default(); cells], conflicts: [0; MAX_REGIONS] }
    }

    /// Books them.
    fn book(self, state: &mut State, record: &mut Record, awareness: &Awareness) {
        let ppa = state.people_per_agent;
        for (cell, (count, responsible)) in self.cells.iter().zip(&awareness.responsible).enumerate() {
            let (r, t) =
                (RegionId::from_index(cell / state.themes.len()), ThemeId::from_index(cell % state.themes.len()));
            let [new, bounced, given_up] = [0, 1, 2].map(|part| count.part(part) * ppa);
            let (region, theme) = (&mut record.regions[r], &mut record.themes[t]);
            region.requests += new;
            theme.requests += new;
            region.bounces += bounced;
            region.given_up += given_up;
            theme.given_up += given_up;
            for m in responsible.both() {
                state.mandates[m].year.requests[r] += new;
                state.mandates[m].year.requests_by_theme[t] += new;
            }
        }
        for (sums, conflicts) in record.regions.iter_mut().zip(self.conflicts) {
            sums.conflicts += conflicts as f64 * ppa;
        }
    }
}

/// Books the outcome of all requests, for the volunteers and for the service points.
pub(super) fn settle(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    awareness: &Awareness,
    helpdesks: &mut Helpdesks,
    requests: &[Request],
) {
    let (after, mut waits) = (RequestEffects::new(cx), FirstWaits::new(cx, state));
    let mut people = std::mem::take(&mut state.volunteers);
    // In blocks in which no count overflows. With more than one block sums are added up in parts, and their last digit may
    // depend on where the parts meet.
    for some in requests.chunks(PackedCounts::MOST) {
        let mut sums = RequestCounts::new(awareness.responsible.len());
        for request in some {
            let volunteer = &mut people[request.place as usize];
            helpdesks.count(request, volunteer.theme);
            after.settle(&mut sums, &mut waits, (awareness, &*helpdesks), request, volunteer);
        }
        sums.book(state, record, awareness);
        helpdesks.book(cx, state, record);
    }
    waits.book(state, record);
    state.volunteers = people;
}

impl RequestEffects {
    /// A volunteer who is helped gains motivation and skill, or loses motivation if the helper is in misconduct. One who is not
    /// helped loses motivation, and gives up after enough quarters. Outcomes are selected by index and by flags, without
    /// branches, because they cannot be predicted.
    #[inline(always)]
    fn settle(
        &self,
        sums: &mut RequestCounts,
        waits: &mut FirstWaits,
        (awareness, helpdesks): (&Awareness, &Helpdesks),
        request: &Request,
        volunteer: &mut Volunteer,
    ) {
        let at_home = request.state & state::HELPED_AT_HOME != 0;
        let helped = at_home | (request.state & state::HELPED_OUTSIDE != 0);
        let cell = usize::from(request.cell);
        let mut effect = helpdesks.outside(request.outside, cell).effect;
        if at_home {
            effect = helpdesks.at_home(request.home, volunteer.theme).effect;
        }
        let harmed = helped & (effect < 0.0);
        let gives_up = !helped & (volunteer.tried >= self.longest_search);
        let MotivationChange { gain, loss } =
            self.motivation[usize::from(harmed) + 2 * usize::from(!helped) + usize::from(gives_up)];
        volunteer.motivation = (volunteer.motivation + gain * (1.0 - volunteer.motivation) - loss).max(0.0);
        let learnt = if helped & !harmed { (self.learning * effect) as f32 } else { 0.0 };
        volunteer.skill += learnt * (1.0 - volunteer.skill);
        if !helped & (request.state & (state::TO_THEME | state::TO_REGION) != 0) {
            sums.conflicts[volunteer.region] += u64::from(routing::pass_on(volunteer, request.state));
        }
        let over = helped | gives_up;
        let by_somebody = state::SENT | state::ANSWERED;
        let sent = flag::SENT * u8::from(!helped & (request.state & by_somebody == by_somebody));
        let to_affiliate = awareness.open_doors & (sent != 0) & (request.outside != Helpdesks::NOBODY);
        let sent = sent | (flag::SENT_TO_AFFILIATE * u8::from(to_affiliate & !over));
        let kept = if over { volunteer.flags & !flag::WAYS } else { volunteer.flags };
        volunteer.flags = kept | sent;
        volunteer.tried = if over { 0 } else { volunteer.tried + 1 };
        let bits = |first: bool, second: bool, third: bool| {
            u64::from(first) | u64::from(second) << PackedCounts::BITS | u64::from(third) << (2 * PackedCounts::BITS)
        };
        sums.cells[cell].0 += bits(request.state & state::NEW != 0, !helped, gives_up);
        let waited = self.quarter - u32::from(volunteer.first_asked);
        let ends = (volunteer.flags & flag::WAITED == 0) & (helped | (waited >= LONGEST_WAIT));
        waits.note(volunteer, ends, waited, !helped);
    }
}
