//! 9 support: volunteers and small organisations look for help, and find it, are sent on, or go without.
//!
//! *Claim.* People try the doors they know: their affiliate (the unaffiliated may walk in to a local one), then one
//! outside door a quarter: the theme's hub or their region's if they know one, else the foundation; a few doors at most,
//! then they give up. Every hub more is a door more to know and a wrong door more to take; attention is limited. *Equations.* A door
//! that has work left solves a request with probability s(E) · A, s(E) = E/(E + half); the effect of help is then
//! ½ + ½ fit. A wrong door is taken with probability 1 − 1/(1 + w(h − 1)) among h hubs. Knowledge of a hub in a
//! region: K' = K (1 − forgetting) + (outreach there + use · K) · (1 − K)/(1 + attention · ΣK of other hubs).
//! Between a theme's hub and a region's: see `support/routing.rs`.
//! *Order.* Requests reach the doors in a drawn order. *Source.* Michaelis form of success; wrong contacts as the
//! measure of confusion (geometric, 1/p − 1).

mod knowledge;
mod organisations;
mod outcome;
mod routing;

use crate::chance::{Luck, Odds, Purpose};
use crate::ids::{MAX_REGIONS, MandateId, OrganisationId, RegionId, ThemeId};
use crate::model::mechanism::affiliates::Locals;
use crate::model::mechanism::conduct;
use crate::model::mechanism::partnerships::{self, consortia};
use crate::model::mechanism::production::given_up;
use crate::model::world::World;
use crate::model::world::theme::{fit, moved, way};
use crate::model::world::volunteers::{Volunteer, flag, places};
use crate::parameters;
use crate::policy::Policy;
use crate::quantity::Work;
use crate::quantity::catalogue::Off;

use knowledge::become_known;
use organisations::serve_organisations;
pub use outcome::end_wait;
use outcome::{bounced, helped};
use routing::Guides;

parameters! {
    /// Requests for help, and the doors they knock at.
    pub struct SupportParameters in "support",
        off Off::Set(&[("requests", 0.0), ("organisation_requests", 0.0)]);
    /// Chance that a volunteer without an open request needs help.
    requests: 0.15, 0.0..=1.0, 0.05..0.4, "1/person/quarter", "assumed";
    /// Work of a request that is solved.
    request_work: 0.006, 0.0..=1.0, 0.002..0.02, "FTE-quarters/request", "assumed: 3 hours";
    /// Work of one that is not, relative.
    failed_work: 0.3, 0.0..=1.0, 0.1..0.6, "factor", "assumed";
    /// Expertise at which half of the requests are solved.
    half_expertise: 0.25, 0.01..=1.0, 0.1..0.5, "share", "assumed";
    /// Share of the unaffiliated who know a local affiliate as a door.
    walk_in: 0.35, 0.0..=1.0, 0.0..0.8, "share", "assumed";
    /// Outside doors tried before giving up.
    doors: 3.0, 1.0..=10.0, 2.0..5.0, "doors", "assumed";
    /// Chance to be sent to the right door by one that could not help.
    sent_on: 0.5, 0.0..=1.0, 0.2..0.9, "share", "assumed";
    /// How much each further hub makes the wrong door likelier.
    wrong_door: 0.03, 0.0..=1.0, 0.0..0.1, "1/hub", "assumed";
    /// Chance to be passed on without help where a theme's hub and a region's are both responsible, if nothing is clear.
    passed_on: 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Knowledge of a hub won in a region per FTE-quarter of outreach there.
    outreach: 0.4, 0.0..=10.0, 0.1..1.0, "1/FTE-quarter", "assumed";
    /// Knowledge of a hub won in a region when all who ask there were helped by it.
    use_spreads: 0.15, 0.0..=5.0, 0.0..0.4, "1/quarter", "assumed";
    /// How much knowing other hubs slows learning about one more: attention is limited.
    attention: 0.5, 0.0..=10.0, 0.0..1.5, "1/known hub", "assumed";
    /// Forgetting of a hub.
    forgetting: 0.02, 0.0..=1.0, 0.005..0.05, "1/quarter", "assumed";
    /// Chance that a small organisation asks for help.
    organisation_requests: 0.3, 0.0..=1.0, 0.1..0.6, "1/quarter", "assumed";
    /// Staff below which an organisation asks for help as a volunteer does.
    small_below: 2.0, 0.0..=100.0, 1.0..5.0, "FTE", "assumed";
    /// Part of what it does not know about the movement that an organisation learns when it is helped.
    orientation: 0.15, 0.0..=1.0, 0.05..0.4, "per help", "assumed";
    /// Work of helping an organisation.
    organisation_work: 0.05, 0.0..=10.0, 0.02..0.15, "FTE-quarters/request", "assumed: 24 hours";
}

/// The longest wait for a first help that counts, quarters.
pub const LONGEST_WAIT: u32 = 12;

/// How many callers are fetched at a time.
const AT_A_TIME: usize = 16;

/// The effect of being helped by who is astray.
const HARM: f64 = -1.0;

/// A door: an organisation at home, or a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    Organisation(OrganisationId),
    Hub(MandateId),
}

/// What is the same for all requests of a quarter.
struct Signposts {
    /// The hubs responsible, `[region × themes + theme]`.
    guides: Vec<Guides>,
    /// Hubs alive.
    hubs: Vec<MandateId>,
    /// Whether the foundation sends people on, because it gave the theme up and a hub is there, as `guides`.
    given_up: Vec<bool>,
    /// Who of those who hold a hub together helps, `[hub][region × themes + theme]`; empty where one holds it alone.
    helpers: Vec<Vec<OrganisationId>>,
    /// Affiliates to walk in to, by region.
    locals: Vec<Locals>,
    /// Work of a request of one agent, solved and not.
    solved: Work,
    failed: Work,
    /// Chance of the wrong door.
    wrong: f64,
    /// How clear it is which of two hubs is for whom, and the chance that one passes on to the other.
    clarity: f64,
    passed_on: f64,
    /// Chance to be sent to the right door by one that could not help.
    sent_on: Odds,
    /// Luck: what a volunteer knows, for ever; help, doors and the way between two hubs, this quarter.
    knows: Luck,
    help: Luck,
    door: Luck,
    routing: Luck,
}

/// Everybody who needs help looks for it. Draws: request, queue, knows (once per volunteer), help, door, routing.
pub fn run(world: &mut World, policy: &Policy) {
    let signs = signposts(world, policy);
    let mut callers = Vec::with_capacity(AT_A_TIME);
    let place = |turn: &u64| (turn & u64::from(u32::MAX)) as usize;
    for turns in queue(world, &signs).chunks(AT_A_TIME) {
        // Fetched together, so that in a drawn order nobody waits for the one before to be fetched. Without their
        // places: both in one entry would be put together in memory and read back before it is all there.
        callers.clear();
        callers.extend(turns.iter().map(|turn| world.volunteers[place(turn)]));
        turns.iter().zip(&callers).for_each(|(turn, caller)| serve(world, &signs, place(turn), caller));
    }
    serve_organisations(world, &signs);
    become_known(world);
    close(world);
}

/// Who looks for help this quarter, in a drawn order: 32 bits of the order, then 32 of the place.
fn queue(world: &mut World, signs: &Signposts) -> Vec<u64> {
    let (needs, order) = (world.luck.on(Purpose::Request, world.quarter), world.luck.on(Purpose::Queue, world.quarter));
    let odds = Odds::of(world.parameters.support.requests);
    let (quarter, ppa, themes) = (world.quarter as u16, world.people_per_agent, world.themes.len());
    let asking = places(&world.volunteers, |v| (v.tried > 0) | (v.active() & needs.of(v.key).hits(0, odds)));
    let mut queue = Vec::with_capacity(asking.len());
    for place in asking {
        let caller = &mut world.volunteers[place as usize];
        if caller.tried == 0 {
            caller.tried = 1;
            if caller.flags & flag::ASKED == 0 {
                caller.flags |= flag::ASKED;
                caller.first_asked = quarter;
            }
            let (r, t) = (caller.region, caller.theme);
            world.tally.regions[r.index()].requests += ppa;
            world.tally.themes[t.index()].requests += ppa;
            for m in signs.guides[r.index() * themes + t.index()].both() {
                world.mandates[m.index()].requests[r.index()] += ppa;
                world.mandates[m.index()].requests_by_theme[t.index()] += ppa;
            }
        }
        queue.push((order.of(caller.key).bits(0) >> 32 << 32) | u64::from(place));
    }
    sort_draws(queue)
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

fn signposts(world: &World, policy: &Policy) -> Signposts {
    let p = &world.parameters.support;
    let hubs: Vec<MandateId> = world.hubs().collect();
    let cells = || world.region_ids().flat_map(|r| world.theme_ids().map(move |t| (r, t)));
    let solved = Work(p.request_work * world.people_per_agent);
    Signposts {
        guides: cells().map(|(r, t)| Guides::of(world, r, t)).collect(),
        given_up: cells().map(|(r, t)| world.hub_for(r, t).is_some() && given_up(world, t)).collect(),
        helpers: (0..world.mandates.len()).map(|m| helpers(world, MandateId::at(m))).collect(),
        locals: Locals::by_region(world),
        solved,
        failed: solved * p.failed_work,
        wrong: 1.0 - 1.0 / (1.0 + p.wrong_door * hubs.len().saturating_sub(1) as f64),
        clarity: policy.hubs.clarity,
        passed_on: p.passed_on * (1.0 - policy.hubs.clarity),
        sent_on: Odds::of(p.sent_on),
        knows: world.luck.on(Purpose::Knows, 0),
        help: world.luck.on(Purpose::Help, world.quarter),
        door: world.luck.on(Purpose::Door, world.quarter),
        routing: world.luck.on(Purpose::Routing, world.quarter),
        hubs,
    }
}

/// Who of those who hold a hub helps in each cell of its scope: looked up by everybody who asks there.
fn helpers(world: &World, m: MandateId) -> Vec<OrganisationId> {
    let mandate = &world.mandates[m.index()];
    if mandate.partners.is_empty() {
        return Vec::new();
    }
    let mut helpers = vec![mandate.holder; world.regions.len() * world.themes.len()];
    for (r, t) in mandate.scope.cells() {
        helpers[r.index() * world.themes.len() + t.index()] = consortia::helper(world, m, r, t);
    }
    helpers
}

/// One volunteer's quarter: at first the door at home, then one outside.
fn serve(world: &mut World, signs: &Signposts, i: usize, caller: &Volunteer) {
    let (r, t) = (caller.region, caller.theme);
    let help = signs.help.of(caller.key);
    if caller.tried == 1 {
        let home = home(world, signs, caller);
        let effect = home.and_then(|home| knock(world, signs, Door::Organisation(home), r, t, help, 0));
        if let Some(effect) = effect {
            return helped(world, i, effect);
        }
    }
    let Some(door) = outside(world, signs, caller) else { return bounced(world, signs, i) };
    if let Door::Hub(m) = door {
        world.mandates[m.index()].asked_now[r.index()] += world.people_per_agent;
        let guides = signs.guides[r.index() * world.themes.len() + t.index()];
        if let Some(way) = guides.passed_on(signs, m, signs.routing.of(caller.key)) {
            routing::pass_on(world, i, way);
            return bounced(world, signs, i);
        }
    }
    match knock(world, signs, door, r, t, help, 1) {
        Some(effect) => helped(world, i, effect),
        None => bounced(world, signs, i),
    }
}

/// A volunteer's own affiliate, or a local one that an unaffiliated one knows.
fn home(world: &World, signs: &Signposts, caller: &Volunteer) -> Option<OrganisationId> {
    if caller.affiliated() {
        return Some(OrganisationId(caller.affiliation));
    }
    let knows = signs.knows.of(caller.key);
    let walks = knows.chance(0, world.parameters.support.walk_in);
    if walks { signs.locals[caller.region.index()].pick(knows.uniform(1)) } else { None }
}

/// The outside door a volunteer tries: a hub that is known, unless it is mixed up with another; else the foundation if
/// that is known.
fn outside(world: &World, signs: &Signposts, caller: &Volunteer) -> Option<Door> {
    let (key, r, t, flags) = (caller.key, caller.region, caller.theme, caller.flags);
    let (knows, door) = (signs.knows.of(key), signs.door.of(key));
    let sent = flags & flag::SENT != 0;
    let known = |m: MandateId| {
        let mandate = &world.mandates[m.index()];
        sent || knows.and_of(mandate.key).chance(2, mandate.known[r.index()])
    };
    let guides = signs.guides[r.index() * world.themes.len() + t.index()];
    if let Some(m) = guides.told(flags) {
        return Some(Door::Hub(m));
    }
    if let Some(m) = guides.known(known).towards(signs.clarity, signs.routing.of(caller.key)) {
        if !sent && signs.hubs.len() > 1 && door.chance(0, signs.wrong) {
            let other = (door.uniform(1) * (signs.hubs.len() - 1) as f64) as usize;
            return signs.hubs.iter().copied().filter(|&h| h != m).nth(other).map(Door::Hub);
        }
        return Some(Door::Hub(m));
    }
    let foundation = world.foundation?;
    let known = sent || knows.chance(3, world.regions[r.index()].foundation_known);
    known.then_some(Door::Organisation(foundation))
}

/// Asks at a door; gives the effect of the help, if there was some.
fn knock(
    world: &mut World,
    signs: &Signposts,
    door: Door,
    r: RegionId,
    t: ThemeId,
    luck: Luck,
    index: u32,
) -> Option<f64> {
    let cell = r.index() * world.themes.len() + t.index();
    let (left, responsible) = match door {
        Door::Organisation(o) => {
            (world.organisations[o.index()].support_left, Some(o) != world.foundation || !signs.given_up[cell])
        }
        Door::Hub(m) => {
            let mandate = &world.mandates[m.index()];
            (mandate.support_left, mandate.scope.holds(r, t))
        }
    };
    if !responsible || left < signs.failed || !world.themes[t.index()].noticed {
        return None;
    }
    let holder = match door {
        Door::Organisation(o) => o,
        Door::Hub(m) => signs.helpers[m.index()].get(cell).copied().unwrap_or(world.mandates[m.index()].holder),
    };
    let o = &world.organisations[holder.index()];
    let (known, fits) = (o.expertise[t.index()], fit(o.approach[t.index()], world.themes[t.index()].optimum));
    let able = known / (known + world.parameters.support.half_expertise) * world.affinity(o.region, r);
    let solves = left >= signs.solved && luck.chance(index, able);
    spend(world, door, t, if solves { signs.solved } else { signs.failed });
    let effect = 0.5 + 0.5 * fits;
    if solves && harms(world, door) {
        world.tally.trust.harm += world.people_per_agent;
        return Some(HARM);
    }
    if solves {
        give(world, door, holder, r, t, effect * world.people_per_agent);
    }
    solves.then_some(effect)
}

/// Whether who answers at a door is astray.
fn harms(world: &World, door: Door) -> bool {
    match door {
        Door::Organisation(o) => conduct::harms(world, o, None),
        Door::Hub(m) => conduct::harms(world, world.mandates[m.index()].holder, Some(m)),
    }
}

fn spend(world: &mut World, door: Door, t: ThemeId, work: Work) {
    let holder = match door {
        Door::Organisation(o) => {
            world.organisations[o.index()].support_left -= work;
            o
        }
        Door::Hub(m) => {
            world.mandates[m.index()].support_left -= work;
            world.mandates[m.index()].holder
        }
    };
    world.organisations[holder.index()].done[t.index()] += work.0;
    world.tally.support += work;
    let mandate = if let Door::Hub(m) = door { Some(m) } else { None };
    partnerships::book(world, holder, mandate, t, work);
}

/// Books help: to the giver, to the region, to the mandate.
fn give(world: &mut World, door: Door, holder: OrganisationId, r: RegionId, t: ThemeId, effect: f64) {
    world.organisations[holder.index()].service[t.index()] += effect;
    let across = world.organisations[holder.index()].region != r && Some(holder) != world.foundation;
    let tally = &mut world.tally.regions[r.index()];
    tally.help_across += if across { effect } else { 0.0 };
    match door {
        Door::Hub(m) => {
            tally.help_hubs += effect;
            world.mandates[m.index()].service_now[r.index()] += effect;
            world.mandates[m.index()].service_by_theme[t.index()] += effect;
        }
        Door::Organisation(o) if Some(o) == world.foundation => tally.help_foundation += effect,
        Door::Organisation(_) => tally.help_local += effect,
    }
}

/// What nobody called for produces in the next quarter.
fn close(world: &mut World) {
    for o in world.organisations.iter_mut().filter(|o| o.active()) {
        o.desk.carried = o.support_left.max(Work::ZERO);
        o.support_left = Work::ZERO;
    }
    for m in world.mandates.iter_mut().filter(|m| m.alive()) {
        m.desk.carried = m.support_left.max(Work::ZERO);
        m.support_left = Work::ZERO;
        for r in 0..MAX_REGIONS {
            m.asked[r] += m.asked_now[r];
            m.service[r] += m.service_now[r];
        }
        m.asked_now = [0.0; MAX_REGIONS];
        m.service_now = [0.0; MAX_REGIONS];
    }
}

#[cfg(test)]
#[path = "support_tests.rs"]
mod tests;
