//! What a quarter's search comes to for who asked: helped, bounced, or given up; and the wait for the first help.

use super::callers::state;
use super::doors::Count;
use super::*;
use crate::model::world::Organisation;
use crate::policy::levers::OrganisationKind;

/// The age below which a user group is a new community, years.
const YOUNG: f64 = 2.0;

/// What becomes of heart: the part of what is missing to 1 that is gained, and what is lost.
#[derive(Clone, Copy)]
struct Heart {
    gain: f32,
    loss: f32,
}

/// What is the same for all who asked.
struct After {
    quarter: u32,
    /// Doors tried outside before giving up.
    doors: u8,
    /// Helped, harmed, bounced, given up.
    heart: [Heart; 4],
    /// Skill gained at full effect.
    learning: f64,
    /// Whether a first wait is one of a new community, by affiliation; nowhere is the last.
    young: Vec<bool>,
}

impl After {
    fn of(world: &World) -> After {
        let (p, quarter) = (&world.parameters, world.quarter);
        let v = &p.volunteers;
        let loses = |loss: f64| Heart { gain: 0.0, loss: loss as f32 };
        let helped = Heart { gain: v.helped as f32, loss: 0.0 };
        let young = |o: &Organisation| o.kind == OrganisationKind::UserGroup && o.age(quarter) < YOUNG;
        After {
            quarter,
            doors: p.support.doors.ceil() as u8,
            heart: [helped, loses(p.conduct.disheartening), loses(v.bounced), loses(v.unmet)],
            learning: v.learning,
            young: world.organisations.iter().map(young).chain([false]).collect(),
        }
    }
}

/// What is counted over callers: in whole agents, so that it does not depend on their order.
struct Sums {
    /// New requests, bounces, requests given up, by cell.
    cells: Vec<Count>,
    /// First waits that ended, of them never helped, of them in new communities, by region.
    waits: [Count; MAX_REGIONS],
    /// Their sum and that of those in new communities, 32 bits each.
    waited: [u64; MAX_REGIONS],
    /// Requests in conflict, by region.
    conflicts: [u64; MAX_REGIONS],
}

impl Sums {
    fn new(cells: usize) -> Sums {
        let waits = [Count::default(); MAX_REGIONS];
        Sums { cells: vec![Count::default(); cells], waits, waited: [0; MAX_REGIONS], conflicts: [0; MAX_REGIONS] }
    }

    /// Books them.
    fn book(self, world: &mut World, signs: &Signposts) {
        let ppa = world.people_per_agent;
        for (cell, (count, guides)) in self.cells.iter().zip(&signs.guides).enumerate() {
            let (r, t) = (RegionId::at(cell / world.themes.len()), ThemeId::at(cell % world.themes.len()));
            let [new, bounced, given_up] = [0, 1, 2].map(|part| count.part(part) * ppa);
            let (region, theme) = (&mut world.tally.regions[r.index()], &mut world.tally.themes[t.index()]);
            region.requests += new;
            theme.requests += new;
            region.bounces += bounced;
            region.given_up += given_up;
            theme.given_up += given_up;
            for m in guides.both() {
                world.mandates[m.index()].requests[r.index()] += new;
                world.mandates[m.index()].requests_by_theme[t.index()] += new;
            }
        }
        for (r, tally) in world.tally.regions.iter_mut().enumerate() {
            let [ended, never, young] = [0, 1, 2].map(|part| self.waits[r].part(part) * ppa);
            tally.first_waits += ended;
            tally.first_never += never;
            tally.young_waits += young;
            tally.first_wait += (self.waited[r] & u64::from(u32::MAX)) as f64 * ppa;
            tally.young_wait += (self.waited[r] >> 32) as f64 * ppa;
            tally.conflicts += self.conflicts[r] as f64 * ppa;
        }
    }
}

/// What a quarter's search came to for all who asked, and for those whom they asked.
pub(super) fn settle(world: &mut World, signs: &Signposts, doors: &mut Doors, callers: &[Caller]) {
    let after = After::of(world);
    let mut people = std::mem::take(&mut world.volunteers);
    for some in callers.chunks(Count::MOST) {
        let mut sums = Sums::new(signs.guides.len());
        for caller in some {
            let volunteer = &mut people[caller.place as usize];
            doors.count(caller, volunteer.theme);
            after.settle(&mut sums, doors, caller, volunteer);
        }
        sums.book(world, signs);
        doors.book(world);
    }
    world.volunteers = people;
}

impl After {
    /// Who is helped gains heart and skill, or loses heart if who answered is astray; who is not has lost a quarter, and
    /// after enough of them gives up.
    #[inline(always)]
    fn settle(&self, sums: &mut Sums, doors: &Doors, caller: &Caller, volunteer: &mut Volunteer) {
        let at_home = caller.state & state::HELPED_AT_HOME != 0;
        let helped = at_home | (caller.state & state::HELPED_OUTSIDE != 0);
        let cell = usize::from(caller.cell);
        let mut effect = doors.outside(caller.outside, cell).effect;
        if at_home {
            effect = doors.at_home(caller.home, volunteer.theme).effect;
        }
        let harmed = helped & (effect < 0.0);
        let gives_up = !helped & (volunteer.tried >= self.doors);
        let Heart { gain, loss } = self.heart[usize::from(harmed) + 2 * usize::from(!helped) + usize::from(gives_up)];
        volunteer.motivation = (volunteer.motivation + gain * (1.0 - volunteer.motivation) - loss).max(0.0);
        let learnt = if helped & !harmed { (self.learning * effect) as f32 } else { 0.0 };
        volunteer.skill += learnt * (1.0 - volunteer.skill);
        if !helped & (caller.state & (state::TO_THEME | state::TO_REGION) != 0) {
            sums.conflicts[volunteer.region.index()] += u64::from(routing::pass_on(volunteer, caller.state));
        }
        let over = helped | gives_up;
        let sent = flag::SENT * u8::from(caller.state & state::SENT != 0);
        volunteer.flags = if over { volunteer.flags & !flag::TOLD } else { volunteer.flags | sent };
        volunteer.tried = if over { 0 } else { volunteer.tried + 1 };
        let bits = |first: bool, second: bool, third: bool| {
            u64::from(first) | u64::from(second) << Count::BITS | u64::from(third) << (2 * Count::BITS)
        };
        sums.cells[cell].0 += bits(caller.state & state::NEW != 0, !helped, gives_up);
        let waited = self.quarter - u32::from(volunteer.first_asked);
        let ends = (volunteer.flags & flag::WAITED == 0) & (helped | (waited >= LONGEST_WAIT));
        let young = ends & self.young[usize::from(volunteer.affiliation).min(self.young.len() - 1)];
        let waited = u64::from(waited.min(LONGEST_WAIT));
        volunteer.flags |= flag::WAITED * u8::from(ends);
        sums.waits[volunteer.region.index()].0 += bits(ends, ends & !helped, young);
        sums.waited[volunteer.region.index()] += waited * u64::from(ends) | (waited * u64::from(young)) << 32;
    }
}

/// Ends a volunteer's wait for the first help that never came.
pub fn end_wait(world: &mut World, volunteer: &mut Volunteer, quarters: u32) {
    volunteer.flags |= flag::WAITED;
    let ppa = world.people_per_agent;
    let tally = &mut world.tally.regions[volunteer.region.index()];
    tally.first_waits += ppa;
    tally.first_wait += f64::from(quarters) * ppa;
    tally.first_never += ppa;
    let group = world.organisations.get(usize::from(volunteer.affiliation));
    if group.is_some_and(|o| o.kind == OrganisationKind::UserGroup && o.age(world.quarter) < YOUNG) {
        tally.young_waits += ppa;
        tally.young_wait += f64::from(quarters) * ppa;
    }
}
