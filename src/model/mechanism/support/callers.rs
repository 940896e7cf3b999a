//! Who looks for help, and where they would go.

use super::*;

/// Somebody who looks for help this quarter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller {
    /// Place among the volunteers.
    pub(super) place: u32,
    /// The organisation at home; as many as there are for those who have none, or asked there before.
    pub(super) home: u16,
    /// The door outside, as [`Doors`] counts them.
    pub(super) outside: u16,
    /// What they ask about, and where: region × themes + theme.
    pub(super) cell: u16,
    /// What would happen at these, and what did: see [`state`].
    pub(super) state: u16,
}

/// Bits of a caller's state.
pub(super) mod state {
    /// It is a new request.
    pub const NEW: u16 = 1;
    /// The door at home would solve it if there is work left.
    pub const HOME_ABLE: u16 = 2;
    /// The door outside is for such requests.
    pub const OUTSIDE_OPEN: u16 = 4;
    /// The door outside would solve it if there is work left.
    pub const OUTSIDE_ABLE: u16 = 8;
    /// Who cannot help would send on to the right door.
    pub const SENT: u16 = 16;
    /// The door outside would pass on to the theme's hub.
    pub const TO_THEME: u16 = 32;
    /// Or to the region's.
    pub const TO_REGION: u16 = 64;
    /// Was looked after at home, and was helped there.
    pub const AT_HOME: u16 = 128;
    pub const HELPED_AT_HOME: u16 = 256;
    /// Went to the door outside, was looked after there, and was helped.
    pub const WENT: u16 = 512;
    pub const OUTSIDE: u16 = 1024;
    pub const HELPED_OUTSIDE: u16 = 2048;
}

/// What is the same for all requests of a quarter: which doors there are to know, and how well known they are.
pub(super) struct Signposts {
    themes: usize,
    regions: usize,
    /// The hubs responsible, `[region × themes + theme]`.
    pub(super) guides: Vec<Guides>,
    /// Of these the theme's, by its place among the hubs; as many as there are hubs where there is none.
    theme_hub: Vec<u16>,
    /// Hubs alive.
    pub(super) hubs: Vec<MandateId>,
    /// What people know of each, for ever, and of none.
    knows_hub: Vec<Luck>,
    /// How likely one of a region's people knows each, `[hub × regions + region]`; none is known to nobody.
    known: Vec<Odds>,
    /// Whether there is a hub of a region, so that people may stand between two.
    regional: bool,
    /// The foundation's door, or nobody's, and how likely one of a region's people knows it.
    foundation: u16,
    foundation_known: Vec<SmallOdds>,
    /// Affiliates to walk in to, by region, and how likely one knows of them.
    locals: Vec<Locals>,
    walk_in: SmallOdds,
    /// Chance of the wrong door.
    wrong: SmallOdds,
    /// How clear it is which of two hubs is for whom, and the chance that one passes on to the other.
    pub(super) clarity: f64,
    pub(super) passed_on: f64,
    /// Chance to be sent to the right door by one that could not help.
    sent_on: SmallOdds,
    /// Luck: what a volunteer knows, for ever; help, doors and the way between two hubs, this quarter.
    knows: Luck,
    pub(super) help: Luck,
    door: Luck,
    pub(super) routing: Luck,
}

impl Signposts {
    /// Those of this quarter.
    pub(super) fn of(world: &World, policy: &Policy, guides: Vec<Guides>, doors: &Doors) -> Signposts {
        let p = &world.parameters.support;
        let hubs: Vec<MandateId> = world.hubs().collect();
        let rank = |m: Option<MandateId>| m.map_or(hubs.len(), |m| hubs.partition_point(|&hub| hub < m)) as u16;
        let knows = world.luck.on(Purpose::Knows, 0);
        let mandates = hubs.iter().map(|m| &world.mandates[m.index()]);
        let known = |known: &[f64; MAX_REGIONS]| known.map(Odds::of).into_iter().take(world.regions.len());
        Signposts {
            themes: world.themes.len(),
            regions: world.regions.len(),
            theme_hub: guides.iter().map(|guides| rank(guides.theme)).collect(),
            knows_hub: mandates.clone().map(|m| m.key).chain([Key(0)]).map(|key| knows.and_of(key)).collect(),
            known: mandates.clone().map(|m| &m.known).chain([&[0.0; MAX_REGIONS]]).flat_map(known).collect(),
            regional: guides.iter().any(|guides| guides.region.is_some()),
            foundation: world.foundation.map_or(Doors::NOBODY, |_| doors.foundation()),
            foundation_known: world.regions.iter().map(|region| SmallOdds::of(region.foundation_known)).collect(),
            locals: Locals::by_region(world),
            walk_in: SmallOdds::of(p.walk_in),
            wrong: SmallOdds::of(1.0 - 1.0 / (1.0 + p.wrong_door * hubs.len().saturating_sub(1) as f64)),
            clarity: policy.hubs.clarity,
            passed_on: p.passed_on * (1.0 - policy.hubs.clarity),
            sent_on: SmallOdds::of(p.sent_on),
            knows,
            help: world.luck.on(Purpose::Help, world.quarter),
            door: world.luck.on(Purpose::Door, world.quarter),
            routing: world.luck.on(Purpose::Routing, world.quarter),
            guides,
            hubs,
        }
    }

    /// What a volunteer would do who has no door at home. Everything is looked up, whether it will be needed or not.
    #[inline(always)]
    pub(super) fn caller(&self, doors: &Doors, place: u32, volunteer: &Volunteer) -> Caller {
        let cell = self.cell(volunteer);
        let (door, passed_on) = self.outside(volunteer);
        let outside = doors.outside(door, cell);
        let bit = |holds: bool, bit: u16| bit * u16::from(holds);
        let state = bit(volunteer.tried == 1, state::NEW)
            | bit(outside.able >= 0.0, state::OUTSIDE_OPEN)
            | bit(self.help.of(volunteer.key).uniform(1) < outside.able, state::OUTSIDE_ABLE)
            | bit(self.door.of(volunteer.key).parts(0).hits(2, self.sent_on), state::SENT)
            | passed_on;
        Caller { place, home: doors.no_home(), outside: door, cell: cell as u16, state }
    }

    /// Whether a volunteer is a member and asks at home, and whether they walk in to a local affiliate: at first only.
    #[inline(always)]
    fn at_home(&self, volunteer: &Volunteer) -> (bool, bool) {
        let walks_in = self.knows.of(volunteer.key).parts(0).hits(0, self.walk_in);
        let (first, affiliated) = (volunteer.tried == 1, volunteer.affiliated());
        (first & affiliated, first & !affiliated & walks_in)
    }

    /// The local affiliate that an unaffiliated volunteer walks in to.
    #[inline(always)]
    fn local(&self, volunteer: &Volunteer) -> Option<OrganisationId> {
        self.locals[volunteer.region.index()].pick(self.knows.of(volunteer.key).uniform(1))
    }

    /// Sends a caller home at first, if there is somebody.
    #[inline(always)]
    fn send_home(&self, caller: &mut Caller, doors: &Doors, volunteer: &Volunteer, home: u16) {
        let able = doors.at_home(home, volunteer.theme).able;
        let solves = self.help.of(volunteer.key).uniform(0) < able;
        caller.home = if able >= 0.0 { home } else { doors.no_home() };
        caller.state |= state::HOME_ABLE * u16::from(solves);
    }

    #[inline(always)]
    pub(super) fn cell(&self, volunteer: &Volunteer) -> usize {
        volunteer.region.index() * self.themes + volunteer.theme.index()
    }

    /// The outside door a volunteer tries, and which way they would be passed on there: a hub that is known, unless it is
    /// mixed up with another; else the foundation if that is known.
    #[inline(always)]
    pub(super) fn outside(&self, volunteer: &Volunteer) -> (u16, u16) {
        if self.regional || volunteer.flags & (flag::TO_THEME | flag::TO_REGION) != 0 {
            return self.between_hubs(volunteer);
        }
        let hub = usize::from(self.theme_hub[self.cell(volunteer)]);
        let sent = volunteer.flags & flag::SENT != 0;
        let known = sent & (hub < self.hubs.len()) | self.knows(volunteer, hub);
        let (hub, foundation) = (self.towards(volunteer, hub), self.to_foundation(volunteer));
        (if known { hub } else { foundation }, 0)
    }

    /// The same where hubs of themes and of regions stand side by side.
    #[inline(never)]
    fn between_hubs(&self, volunteer: &Volunteer) -> (u16, u16) {
        let guides = self.guides[self.cell(volunteer)];
        let routing = self.routing.of(volunteer.key);
        let rank = |m: MandateId| self.hubs.partition_point(|&hub| hub < m);
        let known = |m: MandateId| volunteer.flags & flag::SENT != 0 || self.knows(volunteer, rank(m));
        let door = match guides.told(volunteer.flags) {
            Some(m) => Doors::hub(rank(m)),
            None => match guides.known(known).towards(self.clarity, routing) {
                Some(m) => self.towards(volunteer, rank(m)),
                None => self.to_foundation(volunteer),
            },
        };
        let hub = self.hubs.get(usize::from(door).wrapping_sub(usize::from(Doors::hub(0))));
        let way = hub.and_then(|&m| guides.passed_on(self.passed_on, m, routing));
        (door, way.map_or(0, routing::Way::state))
    }

    /// Whether a volunteer knows a hub.
    #[inline(always)]
    fn knows(&self, volunteer: &Volunteer, hub: usize) -> bool {
        let odds = self.known[hub * self.regions + volunteer.region.index()];
        self.knows_hub[hub].of(volunteer.key).hits(0, odds)
    }

    /// The door of a hub that a volunteer knows, or that of another if they mix it up.
    #[inline(always)]
    fn towards(&self, volunteer: &Volunteer, hub: usize) -> u16 {
        let door = self.door.of(volunteer.key).parts(0);
        let mixed_up = (volunteer.flags & flag::SENT == 0) & door.hits(0, self.wrong);
        let other = door.below(1, (self.hubs.len() as u32).saturating_sub(1)) as usize;
        let other = other + usize::from(other >= hub);
        Doors::hub(if mixed_up { other } else { hub })
    }

    #[inline(always)]
    fn to_foundation(&self, volunteer: &Volunteer) -> u16 {
        let sent = volunteer.flags & flag::SENT != 0;
        let odds = self.foundation_known[volunteer.region.index()];
        let known = sent | self.knows.of(volunteer.key).parts(0).hits(1, odds);
        if known { self.foundation } else { Doors::NOBODY }
    }
}

/// Who looks for help this quarter, in the order in which volunteers stand; and the order in which they are served: 32 bits
/// of a draw, then 32 of the place among the callers.
pub(super) fn find(world: &mut World, signs: &Signposts, doors: &Doors) -> (Vec<Caller>, Vec<u64>) {
    let (needs, order) = (world.luck.on(Purpose::Request, world.quarter), world.luck.on(Purpose::Queue, world.quarter));
    let (odds, quarter) = (Odds::of(world.parameters.support.requests), world.quarter as u16);
    let mut callers = Vec::with_capacity(world.volunteers.len() / 2);
    let mut queue = Vec::with_capacity(world.volunteers.len() / 2);
    let asks = |v: &mut Volunteer| (v.tried > 0) | (v.active() & needs.of(v.key).hits(0, odds));
    let mut people = std::mem::take(&mut world.volunteers);
    let (mut members, mut walkers) = (Found::default(), Found::default());
    blocks_found(&mut people, asks, |start, block, found| {
        let before = callers.len();
        for (nth, &place) in (0..).zip(found) {
            let volunteer = &mut block[usize::from(place)];
            volunteer.tried = volunteer.tried.max(1);
            volunteer.first_asked = if volunteer.flags & flag::ASKED == 0 { quarter } else { volunteer.first_asked };
            volunteer.flags |= flag::ASKED;
            queue.push((order.of(volunteer.key).bits(0) >> 32 << 32) | callers.len() as u64);
            callers.push(signs.caller(doors, start + u32::from(place), volunteer));
            let (member, walks_in) = signs.at_home(volunteer);
            members.note(nth, member);
            walkers.note(nth, walks_in);
        }
        let callers = &mut callers[before..];
        for &nth in members.all() {
            let (caller, volunteer) = (&mut callers[usize::from(nth)], &block[usize::from(found[usize::from(nth)])]);
            signs.send_home(caller, doors, volunteer, volunteer.affiliation);
        }
        for &nth in walkers.all() {
            let (caller, volunteer) = (&mut callers[usize::from(nth)], &block[usize::from(found[usize::from(nth)])]);
            if let Some(local) = signs.local(volunteer) {
                signs.send_home(caller, doors, volunteer, local.0);
            }
        }
        members.clear();
        walkers.clear();
    });
    world.volunteers = people;
    (callers, sort_draws(queue))
}

/// Sorts numbers that begin with evenly spread bits: dealt into about as many heaps as there are numbers, in order of
/// the heaps, and then set right among neighbours.
fn sort_draws(numbers: Vec<u64>) -> Vec<u64> {
    let shift = 63 - numbers.len().max(2).ilog2();
    let mut ends = vec![0u32; (1 << (64 - shift)) + 1];
    numbers.iter().for_each(|number| ends[(number >> shift) as usize + 1] += 1);
    for heap in 1..ends.len() {
        ends[heap] += ends[heap - 1];
    }
    let mut sorted = vec![0; numbers.len()];
    for number in numbers {
        let end = &mut ends[(number >> shift) as usize];
        sorted[*end as usize] = number;
        *end += 1;
    }
    for i in 1..sorted.len() {
        let mut at = i;
        while at > 0 && sorted[at - 1] > sorted[at] {
            sorted.swap(at - 1, at);
            at -= 1;
        }
    }
    sorted
}
