//! Who looks for help, and where they would go.

use super::helpdesks::Helpdesks;
use super::request::{Request, state};
use super::routing;
use super::routing::ResponsibleHubs;
use crate::ids::{MAX_REGIONS, MandateId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::affiliates::LocalAffiliates;
use crate::random::{CoarseThreshold, Decision, JointDraws, Stream, Threshold};
use crate::state::State;
use crate::state::volunteers::{Found, Volunteer, blocks_found, flag};

/// What people of a region who care for a theme may know. Side by side, because it is looked up for everybody who asks.
#[derive(Clone, Copy)]
struct AwarenessOfCell {
    /// What they know of the theme's hub, for ever, and how likely one of them knows it.
    stream: Stream,
    known: Threshold,
    /// How likely one of them knows the foundation.
    foundation_known: CoarseThreshold,
    /// The hub's place among the hubs.
    hub: u16,
    /// The flag of those who know it because they were sent on; nothing where there is none.
    sent: u8,
}

/// What is the same for all requests of a quarter: which doors there are to know, and how well known they are.
pub(super) struct Awareness {
    themes: usize,
    /// The hubs responsible, `[region × themes + theme]`.
    pub(super) responsible: Vec<ResponsibleHubs>,
    /// What is known there, in the same order.
    by_cell: Vec<AwarenessOfCell>,
    /// Hubs alive.
    pub(super) hubs: Vec<MandateId>,
    /// What people know of each, for ever, and how likely one of a region's people does, `[hub][region]`.
    known: Vec<(Stream, [Threshold; MAX_REGIONS])>,
    /// Whether there is a hub of a region, so that people may stand between two.
    regional: bool,
    /// The foundation's door, or nobody's.
    foundation: u16,
    /// Affiliates to walk in to, by region, and how likely one knows of them.
    locals: Vec<LocalAffiliates>,
    walk_in: CoarseThreshold,
    /// Chance of the wrong door.
    wrong: CoarseThreshold,
    /// How clear it is which of two hubs is for whom, and the chance that one passes on to the other.
    pub(super) clarity: f64,
    pub(super) passed_on: f64,
    /// Chance to be sent to the right door by one that could not help.
    sent_on: CoarseThreshold,
    /// Luck: what a volunteer knows, for ever; turn, help, doors and the way between two hubs, this quarter.
    knows: Stream,
    queue: Stream,
    pub(super) help: Stream,
    service_point: Stream,
    pub(super) routing: Stream,
}

impl Awareness {
    /// Those of this quarter.
    pub(super) fn new(
        cx: &Context,
        state: &State,
        responsible: Vec<ResponsibleHubs>,
        helpdesks: &Helpdesks,
    ) -> Awareness {
        let p = &cx.parameters.support;
        let hubs: Vec<MandateId> = state.hubs().collect();
        let knows = cx.random.decision(Decision::Awareness, 0);
        let mandates = hubs.iter().map(|m| &state.mandates[*m]);
        let known: Vec<_> = mandates.map(|m| (knows.with(m.key), m.known.map(Threshold::from_probability))).collect();
        let cell_awareness = |cell: usize, responsible: &ResponsibleHubs| {
            let r = RegionId::from_index(cell / state.themes.len());
            let foundation_known = CoarseThreshold::from_probability(state.regions[r].foundation_known);
            let Some(m) = responsible.theme else {
                return AwarenessOfCell {
                    stream: knows,
                    known: Threshold::from_probability(0.0),
                    foundation_known,
                    hub: 0,
                    sent: 0,
                };
            };
            let hub = hubs.partition_point(|&hub| hub < m);
            let (stream, known) = &known[hub];
            AwarenessOfCell { stream: *stream, known: known[r], foundation_known, hub: hub as u16, sent: flag::SENT }
        };
        Awareness {
            themes: state.themes.len(),
            by_cell: responsible
                .iter()
                .enumerate()
                .map(|(cell, responsible)| cell_awareness(cell, responsible))
                .collect(),
            known,
            regional: responsible.iter().any(|responsible| responsible.region.is_some()),
            foundation: state.foundation.map_or(Helpdesks::NOBODY, |_| helpdesks.foundation()),
            locals: LocalAffiliates::by_region(state),
            walk_in: CoarseThreshold::from_probability(p.walk_in),
            wrong: CoarseThreshold::from_probability(
                1.0 - 1.0 / (1.0 + p.wrong_door * hubs.len().saturating_sub(1) as f64),
            ),
            clarity: cx.policy.hubs.clarity,
            passed_on: p.passed_on * (1.0 - cx.policy.hubs.clarity),
            sent_on: CoarseThreshold::from_probability(p.sent_on),
            knows,
            queue: cx.random.decision(Decision::QueueOrder, cx.now.quarter()),
            help: cx.random.decision(Decision::HelpAbility, cx.now.quarter()),
            service_point: cx.random.decision(Decision::ServicePoint, cx.now.quarter()),
            routing: cx.random.decision(Decision::Routing, cx.now.quarter()),
            responsible,
            hubs,
        }
    }

    /// What is drawn about a volunteer: what they know of doors, for ever, and which they take this quarter.
    #[inline(always)]
    pub(super) fn draws(&self, volunteer: &Volunteer) -> (JointDraws, JointDraws) {
        (self.knows.entity(volunteer.key).joint(0), self.service_point.entity(volunteer.key).joint(0))
    }

    /// What a volunteer would do who has no door at home. Everything is looked up, whether it will be needed or not.
    #[inline(always)]
    fn request(&self, helpdesks: &Helpdesks, place: u32, volunteer: &Volunteer) -> Request {
        let (knows, service_point) = self.draws(volunteer);
        let between = self.regional || volunteer.flags & (flag::TO_THEME | flag::TO_REGION) != 0;
        let (outside, passed_on) =
            if between { self.between_hubs(volunteer) } else { (self.outside(volunteer, knows, service_point), 0) };
        let mut request = self.request_at(helpdesks, place, volunteer, outside);
        request.state |= (state::SENT * u16::from(service_point.occurs(2, self.sent_on))) | passed_on;
        request
    }

    /// What would come of it at a door outside.
    #[inline(always)]
    pub(super) fn request_at(&self, helpdesks: &Helpdesks, place: u32, volunteer: &Volunteer, outside: u16) -> Request {
        let cell = self.cell(volunteer);
        let able = helpdesks.outside(outside, cell).able;
        let bit = |holds: bool, bit: u16| bit * u16::from(holds);
        let state = bit(volunteer.tried == 1, state::NEW)
            | bit(able >= 0.0, state::OUTSIDE_OPEN)
            | bit(self.help.entity(volunteer.key).uniform(1) < able, state::OUTSIDE_ABLE);
        let turn = (self.queue.entity(volunteer.key).bits(0) >> 32) as u32;
        Request { place, turn, home: helpdesks.no_home(), outside, cell: cell as u16, state }
    }

    /// Whether a volunteer is a member and asks at home, and whether they walk in to a local affiliate: at first only.
    #[inline(always)]
    fn at_home(&self, volunteer: &Volunteer) -> (bool, bool) {
        let knows = self.knows.entity(volunteer.key).joint(0);
        let (first, affiliated) = (volunteer.tried == 1, volunteer.affiliated());
        (first & affiliated, first & !affiliated & knows.occurs(0, self.walk_in))
    }

    /// The local affiliate that an unaffiliated volunteer walks in to.
    #[inline(always)]
    fn local(&self, volunteer: &Volunteer) -> Option<OrganisationId> {
        self.locals[volunteer.region].pick(self.knows.entity(volunteer.key).uniform(1))
    }

    /// Sends a caller home at first, if there is somebody.
    #[inline(always)]
    fn send_home(&self, request: &mut Request, helpdesks: &Helpdesks, volunteer: &Volunteer, home: u16) {
        let able = helpdesks.at_home(home, volunteer.theme).able;
        let solves = self.help.entity(volunteer.key).uniform(0) < able;
        request.home = if able >= 0.0 { home } else { helpdesks.no_home() };
        request.state |= state::HOME_ABLE * u16::from(solves);
    }

    #[inline(always)]
    pub(super) fn cell(&self, volunteer: &Volunteer) -> usize {
        volunteer.region.index() * self.themes + volunteer.theme.index()
    }

    /// The outside door a volunteer tries: the theme's hub if it is known, unless it is mixed up with another; else the
    /// foundation if that is known.
    #[inline(always)]
    pub(super) fn outside(&self, volunteer: &Volunteer, knows: JointDraws, service_point: JointDraws) -> u16 {
        let cell_awareness = &self.by_cell[self.cell(volunteer)];
        let known = (volunteer.flags & cell_awareness.sent != 0)
            | cell_awareness.stream.entity(volunteer.key).occurs(0, cell_awareness.known);
        let (hub, foundation) = (
            self.towards(volunteer, usize::from(cell_awareness.hub), service_point),
            self.to_foundation(volunteer, knows),
        );
        if known { hub } else { foundation }
    }

    /// The same where hubs of themes and of regions stand side by side; and which way they would be passed on there.
    #[inline(never)]
    fn between_hubs(&self, volunteer: &Volunteer) -> (u16, u16) {
        let (knows, service_point) = self.draws(volunteer);
        let responsible = self.responsible[self.cell(volunteer)];
        let routing = self.routing.entity(volunteer.key);
        let rank = |m: MandateId| self.hubs.partition_point(|&hub| hub < m);
        let known = |m: MandateId| {
            let (stream, known) = &self.known[rank(m)];
            volunteer.flags & flag::SENT != 0 || stream.entity(volunteer.key).occurs(0, known[volunteer.region])
        };
        let service_point = match responsible.told(volunteer.flags) {
            Some(m) => Helpdesks::hub(rank(m)),
            None => match responsible.known(known).towards(self.clarity, routing) {
                Some(m) => self.towards(volunteer, rank(m), service_point),
                None => self.to_foundation(volunteer, knows),
            },
        };
        let hub = self.hubs.get(usize::from(service_point).wrapping_sub(usize::from(Helpdesks::hub(0))));
        let way = hub.and_then(|&m| responsible.passed_on(self.passed_on, m, routing));
        (service_point, way.map_or(0, routing::Referral::state))
    }

    /// The door of a hub that a volunteer knows, or that of another if they mix it up.
    #[inline(always)]
    fn towards(&self, volunteer: &Volunteer, hub: usize, service_point: JointDraws) -> u16 {
        let mixed_up = (volunteer.flags & flag::SENT == 0) & service_point.occurs(0, self.wrong);
        let other = service_point.below(1, (self.hubs.len() as u32).saturating_sub(1)) as usize;
        let other = other + usize::from(other >= hub);
        Helpdesks::hub(if mixed_up { other } else { hub })
    }

    #[inline(always)]
    fn to_foundation(&self, volunteer: &Volunteer, knows: JointDraws) -> u16 {
        let threshold = self.by_cell[self.cell(volunteer)].foundation_known;
        let known = (volunteer.flags & flag::SENT != 0) | knows.occurs(1, threshold);
        // Nobody's door is the first: a product, where a choice would be a branch.
        self.foundation * u16::from(known)
    }
}

/// Who looks for help this quarter, in the order in which volunteers stand; and the order in which they are served.
pub(super) fn collect(
    cx: &Context,
    state: &mut State,
    awareness: &Awareness,
    helpdesks: &Helpdesks,
) -> (Vec<Request>, Vec<u64>) {
    let needs = cx.random.decision(Decision::Request, cx.now.quarter());
    let (threshold, quarter) = (Threshold::from_probability(cx.parameters.support.requests), cx.now.quarter() as u16);
    let mut requests = Vec::with_capacity(state.volunteers.len() / 2);
    let asks = |v: &mut Volunteer| (v.tried > 0) | (v.active() & needs.entity(v.key).occurs(0, threshold));
    let mut people = std::mem::take(&mut state.volunteers);
    let (mut members, mut walkers) = (Found::default(), Found::default());
    blocks_found(&mut people, asks, |start, block, found| {
        // In several short loops: what one goes through fits into registers, and the block into the nearest cache.
        for &place in found {
            let volunteer = &mut block[usize::from(place)];
            volunteer.tried = volunteer.tried.max(1);
            volunteer.first_asked = if volunteer.flags & flag::ASKED == 0 { quarter } else { volunteer.first_asked };
            volunteer.flags |= flag::ASKED;
        }
        let before = requests.len();
        let request = |&place: &u16| awareness.request(helpdesks, start + u32::from(place), &block[usize::from(place)]);
        requests.extend(found.iter().map(request));
        for (nth, &place) in (0..).zip(found) {
            let (member, walks_in) = awareness.at_home(&block[usize::from(place)]);
            members.note(nth, member);
            walkers.note(nth, walks_in);
        }
        let requests = &mut requests[before..];
        for &nth in members.all() {
            let (request, volunteer) = (&mut requests[usize::from(nth)], &block[usize::from(found[usize::from(nth)])]);
            awareness.send_home(request, helpdesks, volunteer, volunteer.affiliation);
        }
        for &nth in walkers.all() {
            let (request, volunteer) = (&mut requests[usize::from(nth)], &block[usize::from(found[usize::from(nth)])]);
            if let Some(local) = awareness.local(volunteer) {
                awareness.send_home(request, helpdesks, volunteer, local.0);
            }
        }
        members.clear();
        walkers.clear();
    });
    state.volunteers = people;
    let queue = serving_order(&requests);
    (requests, queue)
}

/// The callers in the order of their turns, each as 32 bits of the turn, then 32 of the place among them. Turns are evenly
/// spread: dealt into about as many heaps as there are callers, in order of the heaps, and then set right among neighbours.
fn serving_order(requests: &[Request]) -> Vec<u64> {
    let shift = 31 - requests.len().max(2).ilog2();
    let mut ends = vec![0u32; (1 << (32 - shift)) + 1];
    requests.iter().for_each(|request| ends[(request.turn >> shift) as usize + 1] += 1);
    for heap in 1..ends.len() {
        ends[heap] += ends[heap - 1];
    }
    let mut queue = vec![0; requests.len()];
    for (nth, request) in (0..).zip(requests) {
        let end = &mut ends[(request.turn >> shift) as usize];
        queue[*end as usize] = u64::from(request.turn) << 32 | nth;
        *end += 1;
    }
    for i in 1..queue.len() {
        let mut at = i;
        while at > 0 && queue[at - 1] > queue[at] {
            queue.swap(at - 1, at);
            at -= 1;
        }
    }
    queue
}
