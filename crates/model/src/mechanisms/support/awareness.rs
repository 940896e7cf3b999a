//! What volunteers know of hubs and of the foundation, and where they take a request.

use super::helpdesks::Helpdesks;
use super::request::{Request, state};
use super::routing;
use super::routing::ResponsibleHubs;
use crate::ids::{MAX_REGIONS, MandateId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::affiliates::LocalAffiliates;
use crate::random::{CoarseThreshold, Decision, JointDraws, Stream, Threshold};
use crate::state::State;
use crate::state::volunteers::{Volunteer, flag};

/// What the volunteers of a region and theme may know. Everything that most requests look up is in one entry, so that a
/// request reads one or two cache lines.
#[derive(Clone, Copy)]
struct AwarenessOfCell {
    /// The stream of who knows the theme's hub: the same in every quarter.
    stream: Stream,
    /// Probability that a volunteer knows it.
    known: Threshold,
    /// Probability that a volunteer knows the foundation.
    foundation_known: CoarseThreshold,
    /// The hub's place among the hubs.
    hub: u16,
    /// Whether the foundation serves the theme there.
    foundation_serves: bool,
    /// The flag of volunteers that know the hub by referral; 0 where there is no hub.
    sent: u8,
}

/// What all requests of a quarter share: the service points, and how well known they are.
pub(super) struct Awareness {
    themes: usize,
    /// The responsible hubs, `[region × themes + theme]`.
    pub(super) responsible: Vec<ResponsibleHubs>,
    /// What volunteers know there, in the same order.
    by_cell: Vec<AwarenessOfCell>,
    /// The hubs that have not ended, by id.
    pub(super) hubs: Vec<MandateId>,
    /// The stream of who knows each hub, and the probability by region, `[hub][region]`.
    known: Vec<(Stream, [Threshold; MAX_REGIONS])>,
    /// Whether anybody works at each hub this quarter: where nobody is, nobody goes.
    open: Vec<bool>,
    /// Whether there is any hub of a region, so that two hubs may be responsible.
    regional: bool,
    /// Number of the foundation among the service points, or [`Helpdesks::NOBODY`].
    foundation: u16,
    /// Affiliates by region, and the probability that an unaffiliated volunteer knows one.
    locals: Vec<LocalAffiliates>,
    walk_in: CoarseThreshold,
    /// Whether affiliates serve others of their region than their members and the unaffiliated who walk in.
    pub(super) open_doors: bool,
    /// Probability to ask at a wrong hub.
    wrong: CoarseThreshold,
    /// How clear it is which of two responsible hubs does what, 0–1.
    pub(super) clarity: f64,
    /// Probability that one of two responsible hubs refers to the other without help.
    pub(super) passed_on: f64,
    /// Probability that a service point that cannot help refers to the right one.
    referral: CoarseThreshold,
    /// The stream of what a volunteer knows: the same in every quarter.
    knows: Stream,
    rationing: Stream,
    pub(super) help: Stream,
    service_point: Stream,
    pub(super) routing: Stream,
}

impl Awareness {
    /// Of this quarter.
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
            let foundation_serves = helpdesks.outside(helpdesks.foundation(), cell).able >= 0.0;
            let Some(m) = responsible.theme.filter(|&m| helpdesks.is_open(m)) else {
                return AwarenessOfCell {
                    stream: knows,
                    known: Threshold::from_probability(0.0),
                    foundation_known,
                    foundation_serves,
                    hub: 0,
                    sent: 0,
                };
            };
            let hub = hubs.partition_point(|&hub| hub < m);
            let (stream, known) = &known[hub];
            AwarenessOfCell {
                stream: *stream,
                known: known[r],
                foundation_known,
                foundation_serves,
                hub: hub as u16,
                sent: flag::SENT,
            }
        };
        Awareness {
            themes: state.themes.len(),
            by_cell: responsible
                .iter()
                .enumerate()
                .map(|(cell, responsible)| cell_awareness(cell, responsible))
                .collect(),
            known,
            open: hubs.iter().map(|&m| helpdesks.is_open(m)).collect(),
            regional: responsible.iter().any(|responsible| responsible.region.is_some()),
            foundation: state.foundation.map_or(Helpdesks::NOBODY, |_| helpdesks.foundation()),
            locals: LocalAffiliates::by_region(state),
            walk_in: CoarseThreshold::from_probability(p.walk_in),
            open_doors: cx.policy.governance.open_doors > 0.0,
            wrong: CoarseThreshold::from_probability(
                1.0 - 1.0 / (1.0 + p.wrong_hub * hubs.len().saturating_sub(1) as f64),
            ),
            clarity: cx.policy.hubs.clarity,
            passed_on: p.passed_on * (1.0 - cx.policy.hubs.clarity),
            referral: CoarseThreshold::from_probability(p.referral),
            knows,
            rationing: cx.random.decision(Decision::Rationing, cx.now.quarter()),
            help: cx.random.decision(Decision::HelpAbility, cx.now.quarter()),
            service_point: cx.random.decision(Decision::ServicePoint, cx.now.quarter()),
            routing: cx.random.decision(Decision::Routing, cx.now.quarter()),
            responsible,
            hubs,
        }
    }

    /// The draws of a volunteer: what it knows, the same in every quarter, and where it asks this quarter.
    #[inline(always)]
    pub(super) fn draws(&self, volunteer: &Volunteer) -> (JointDraws, JointDraws) {
        (self.knows.entity(volunteer.key).joint(0), self.service_point.entity(volunteer.key).joint(0))
    }

    /// The request of a volunteer without affiliate. Everything is looked up, whether it is needed or not: that takes less than
    /// branches on what cannot be predicted.
    #[inline(always)]
    pub(super) fn request(&self, helpdesks: &Helpdesks, place: u32, volunteer: &Volunteer) -> Request {
        let (knows, service_point) = self.draws(volunteer);
        let between = self.regional || volunteer.flags & (flag::TO_THEME | flag::TO_REGION) != 0;
        let (outside, passed_on) =
            if between { self.between_hubs(volunteer) } else { (self.outside(volunteer, knows, service_point), 0) };
        let mut request = self.request_at(helpdesks, place, volunteer, outside);
        request.state |= (state::SENT * u16::from(service_point.occurs(2, self.referral))) | passed_on;
        request
    }

    /// The request of a volunteer at a hub or the foundation.
    #[inline(always)]
    pub(super) fn request_at(&self, helpdesks: &Helpdesks, place: u32, volunteer: &Volunteer, outside: u16) -> Request {
        let cell = self.cell(volunteer);
        let able = helpdesks.outside(outside, cell).able;
        let bit = |holds: bool, bit: u16| bit * u16::from(holds);
        let state = bit(volunteer.tried == 1, state::NEW)
            | bit(able >= 0.0, state::OUTSIDE_OPEN)
            | bit(self.help.entity(volunteer.key).uniform(1) < able, state::OUTSIDE_ABLE);
        let turn = (self.rationing.entity(volunteer.key).bits(0) >> 32) as u32;
        Request { place, turn, home: helpdesks.no_home(), outside, cell: cell as u16, state }
    }

    /// Whether a volunteer asks at its own affiliate, and whether at a local one: both only in the first quarter of a request.
    #[inline(always)]
    pub(super) fn at_home(&self, volunteer: &Volunteer) -> (bool, bool) {
        let knows = self.knows.entity(volunteer.key).joint(0);
        let (first, affiliated) = (volunteer.tried == 1, volunteer.affiliated());
        (first & affiliated, first & !affiliated & knows.occurs(0, self.walk_in))
    }

    /// The local affiliate at which an unaffiliated volunteer asks.
    #[inline(always)]
    pub(super) fn local(&self, volunteer: &Volunteer) -> Option<OrganisationId> {
        self.locals[volunteer.region].pick(self.knows.entity(volunteer.key).uniform(1))
    }

    /// Makes a request at a local affiliate instead of outside, if somebody referred it there; or if the volunteer knows nobody
    /// outside, but an affiliate as those who walk in do. It then asks nobody else this quarter.
    #[inline(never)]
    pub(super) fn send_to_open_door(&self, request: &mut Request, helpdesks: &Helpdesks, volunteer: &Volunteer) {
        let referred = volunteer.flags & flag::SENT_TO_AFFILIATE != 0;
        let knows = self.knows.entity(volunteer.key).joint(0).occurs(0, self.walk_in);
        let free = request.home == helpdesks.no_home() && (referred || knows && request.outside == Helpdesks::NOBODY);
        let Some(local) = self.local(volunteer).filter(|local| free && local.0 != volunteer.affiliation) else {
            return;
        };
        self.send_home(request, helpdesks, volunteer, local.0);
        if request.home != helpdesks.no_home() {
            (request.outside, request.state) = (Helpdesks::NOBODY, request.state & !state::OUTSIDE_OPEN | state::GUEST);
        }
    }

    /// Makes a request at an affiliate first, if that is able to help in the theme at all.
    #[inline(always)]
    pub(super) fn send_home(&self, request: &mut Request, helpdesks: &Helpdesks, volunteer: &Volunteer, home: u16) {
        let able = helpdesks.at_home(home, volunteer.theme).able;
        let solves = self.help.entity(volunteer.key).uniform(0) < able;
        request.home = if able >= 0.0 { home } else { helpdesks.no_home() };
        request.state |= state::HOME_ABLE * u16::from(solves);
    }

    #[inline(always)]
    pub(super) fn cell(&self, volunteer: &Volunteer) -> usize {
        volunteer.region.index() * self.themes + volunteer.theme.index()
    }

    /// The service point at which a volunteer asks: the theme's hub if it is known, unless another is mistaken for it, and the
    /// foundation if that is known, in turn.
    #[inline(always)]
    pub(super) fn outside(&self, volunteer: &Volunteer, knows: JointDraws, service_point: JointDraws) -> u16 {
        let cell_awareness = &self.by_cell[self.cell(volunteer)];
        let known = (volunteer.flags & cell_awareness.sent != 0)
            | cell_awareness.stream.entity(volunteer.key).occurs(0, cell_awareness.known);
        let (hub, foundation) = (
            self.towards(volunteer, usize::from(cell_awareness.hub), service_point),
            self.to_foundation(volunteer, knows),
        );
        self.in_turn(volunteer, known.then_some(hub), foundation)
    }

    /// Of the two that a volunteer knows, the one whose turn it is: first the hub, in the next quarter the foundation, unless that
    /// has handed the theme over.
    #[inline(always)]
    fn in_turn(&self, volunteer: &Volunteer, hub: Option<u16>, foundation: u16) -> u16 {
        let first = volunteer.tried % 2 == 1;
        let alone = (foundation == Helpdesks::NOBODY) | !self.by_cell[self.cell(volunteer)].foundation_serves;
        hub.filter(|_| first | alone).unwrap_or(foundation)
    }

    /// The same where hubs of themes and of regions exist, and the referral between the two. Not inlined: it is rare, and would
    /// take registers from the loop over requests.
    #[inline(never)]
    fn between_hubs(&self, volunteer: &Volunteer) -> (u16, u16) {
        let (knows, service_point) = self.draws(volunteer);
        let responsible = self.responsible[self.cell(volunteer)];
        let routing = self.routing.entity(volunteer.key);
        let rank = |m: MandateId| self.hubs.partition_point(|&hub| hub < m);
        let known = |m: MandateId| {
            let (stream, known) = &self.known[rank(m)];
            let told = volunteer.flags & flag::SENT != 0;
            self.open[rank(m)] && (told || stream.entity(volunteer.key).occurs(0, known[volunteer.region]))
        };
        let service_point = match responsible.referred_to(volunteer.flags) {
            Some(m) => Helpdesks::hub(rank(m)),
            None => {
                let hub = responsible.known(known).choose(self.clarity, routing);
                let hub = hub.map(|m| self.towards(volunteer, rank(m), service_point));
                self.in_turn(volunteer, hub, self.to_foundation(volunteer, knows))
            }
        };
        let hub = self.hubs.get(usize::from(service_point).wrapping_sub(usize::from(Helpdesks::hub(0))));
        let way = hub.and_then(|&m| responsible.referral(self.passed_on, m, routing));
        (service_point, way.map_or(0, routing::Referral::state))
    }

    /// The service point of a hub that a volunteer knows, or that of another hub that is mistaken for it.
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
        // Index 0 is "nobody": multiplying by the flag avoids a branch.
        self.foundation * u16::from(known)
    }
}
