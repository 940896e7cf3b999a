//! 11 partnerships: organisations that are close and complement each other work together of their own accord.
//!
//! *Claim.* Partners learn from each other and find each other's materials. Each link costs work at both ends, so only
//! organisations that can spare it keep links. Nobody plans the network: organisations meet at random.
//!
//! *Equations.* Every quarter each organisation meets one other. Two that meet join forces with probability
//!
//! ```text
//! P      = forming · affinity · c / (c + half_complement)
//! c      = √(gain(a, b) · gain(b, a))
//! gain   = Σ over themes: need in the learner's region · max(0, expertise of teacher − expertise of learner)
//! ```
//!
//! With probability `joining`, and if one of them is in a partnership, the other joins it; else they begin a new one. A
//! partnership of n is a full mesh of n(n − 1)/2 links, of at most `MAX_MEMBERS` members. An organisation spends at most
//! `room` of its staff on links. A partnership ends with probability `ending` a quarter, or when fewer than two members
//! are left. Partners learn:
//!
//! ```text
//! expertise' = expertise + learning · max over partners: affinity · (expertise of partner − expertise)
//! ```
//!
//! *Who meets whom.* Each organisation has a random place on a circle and meets the one that follows a random point of it.
//! One organisation more changes only a few meetings (consistent hashing, Karger et al. 1997).
//!
//! *Draws.* Partnership. *Off.* forming = 0.
//!
//! *Source.* Shared governance works up to six or eight members (Provan & Kenis 2008). The numbers are assumed.

pub mod consortia;

use crate::catalogue::Off;
use crate::ids::{Key, MAX_THEMES, MandateId, OrganisationId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::capacity::MIN_STAFF_FOR_LINKS;
use crate::parameters;
use crate::random::{Decision, Stream};
use crate::record::Record;
use crate::record::events::{Event, When};
use crate::state::{Organisation, Partnership, State};
use crate::units::Work;

parameters! {
    /// Partnerships: how they form and end, their effects on partners, and how a consortium shares a mandate.
    pub struct PartnershipParameters in "partnerships",
        off Off::Set(&[("forming", 0.0)]);
    /// Probability that two organisations that meet join forces, at full affinity and full complementarity.
    forming: f64 = 0.4, 0.0..=1.0, 0.1..0.8, "1/meeting", "assumed";
    /// Complementarity (knowledge that two can give each other, weighted by need) at which that probability is half of
    /// its maximum.
    half_complement: f64 = 0.05, 0.001..=1.0, 0.02..0.15, "share", "assumed";
    /// Probability that an organisation that joins forces with a member joins its partnership instead of beginning
    /// another.
    joining: f64 = 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Probability that a partnership ends.
    ending: f64 = 0.06, 0.0..=1.0, 0.03..0.12, "1/quarter", "assumed: four years at the centre";
    /// Largest share of its staff that an organisation spends on links of its own accord.
    room: f64 = 0.1, 0.0..=1.0, 0.03..0.25, "share", "coordination takes 3-25 % of capacity (Cross, Rebele & Grant 2016)";
    /// Share of the gap in expertise to a partner that closes, times the affinity.
    learning: f64 = 0.03, 0.0..=1.0, 0.0..0.08, "1/quarter", "assumed";
    /// Closeness of partners when they search for materials; their affinity, if that is higher.
    closeness: f64 = 0.9, 0.0..=1.0, 0.6..1.0, "share", "assumed";
    /// Smallest expertise with which an organisation joins a consortium.
    partner_expertise: f64 = 0.1, 0.0..=1.0, 0.03..0.2, "share", "assumed";
    /// Share of a mandate's money that goes to each partner; to all together no more than half.
    partner_share: f64 = 0.2, 0.0..=1.0, 0.1..0.3, "share", "assumed";
}

/// Largest number of members of a partnership: without a leader no more can agree (Provan & Kenis 2008).
const MAX_MEMBERS: usize = 8;
/// Number of members from which on a partnership counts as more than bilateral; the definition of three or more.
pub const SEVERAL: usize = 3;

/// Partnerships end, form and grow, and partners learn from each other. Draws: partnership.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    end(cx, state, record);
    meet(cx, state, record);
    update_collaborations(cx, state, record);
    learn(cx, state);
}

/// Members that can no longer take part leave, and everybody's collaborations are counted anew. No draws.
pub fn update_collaborations(_cx: &Context, state: &mut State, _record: &mut Record) {
    let mut list = std::mem::take(&mut state.partnerships.list);
    list.iter_mut().for_each(|p| p.members.retain(|o| takes_part(state, *o)));
    list.retain(|p| p.members.len() >= 2);
    state.partnerships.list = list;
    let partnerships = &mut state.partnerships;
    partnerships.clear_collaborations(state.organisations.len());
    for k in 0..partnerships.list.len() {
        let members = std::mem::take(&mut partnerships.list[k].members);
        let theme = partnerships.list[k].theme;
        for (i, &one) in members.iter().enumerate() {
            members[i + 1..].iter().for_each(|&other| partnerships.connect(one, other));
            let collaborations = &mut partnerships.by_organisation[one.index()];
            collaborations.links += members.len() as u32 - 1;
            collaborations.joint |= u32::from(members.len() >= SEVERAL) << theme.index();
        }
        partnerships.list[k].members = members;
    }
    for m in state.mandates.iter().filter(|m| m.alive()) {
        m.partners.iter().for_each(|&partner| partnerships.connect(m.holder, partner));
    }
}

/// Whether an organisation keeps links. The foundation works with everybody anyway, and links take staff.
fn takes_part(state: &State, id: OrganisationId) -> bool {
    let organisation = &state.organisations[id];
    organisation.active() && Some(id) != state.foundation && organisation.staff.0 >= MIN_STAFF_FOR_LINKS
}

/// Some partnerships end.
fn end(cx: &Context, state: &mut State, record: &mut Record) {
    let stream = cx.random.decision(Decision::Partnership, cx.now.quarter());
    let hazard = cx.parameters.partnerships.ending;
    let mut ended = Vec::new();
    state.partnerships.list.retain(|p| {
        let ends = stream.with(p.founders[0]).entity(p.founders[1]).bernoulli(0, hazard);
        if ends {
            ended.push(Event::Parted { theme: p.theme, of: p.members.len() as u32, since: When(p.since) });
        }
        !ends
    });
    ended.into_iter().for_each(|event| record.note(cx.now, event));
}

/// The meetings of a quarter: the place of each organisation on the circle, and its links.
struct Meetings {
    /// Places and organisations, in the order of places.
    places: Vec<(u64, OrganisationId)>,
    /// Links of each, in the same order: those of last quarter, and those begun so far in this one.
    links: Vec<u32>,
}

/// Two organisations that meet, by their index in [`Meetings::places`].
#[derive(Clone, Copy)]
struct Pair {
    one: usize,
    other: usize,
}

impl Meetings {
    fn new(state: &State, stream: Stream) -> Meetings {
        let place = |id: OrganisationId| stream.entity(state.organisations[id].key).bits(1);
        let mut places: Vec<(u64, OrganisationId)> =
            state.active().filter(|&id| takes_part(state, id)).map(|id| (place(id), id)).collect();
        places.sort_unstable();
        let links = places.iter().map(|&(_, id)| state.partnerships.collaborations(id).links).collect();
        Meetings { places, links }
    }

    /// The organisation that the one at an index meets, if there is another.
    fn partner_of(&self, state: &State, stream: Stream, one: usize) -> Option<usize> {
        let point = stream.entity(state.organisations[self.places[one].1].key).bits(2);
        let next = self.places.partition_point(|&(place, _)| place <= point) % self.places.len();
        let other = if next == one { (next + 1) % self.places.len() } else { next };
        (other != one).then_some(other)
    }

    /// The ids of a pair, that of the smaller key first, so that it does not matter who meets whom.
    fn ids(&self, state: &State, pair: Pair) -> (OrganisationId, OrganisationId) {
        let key = |id: OrganisationId| -> Key { state.organisations[id].key };
        let (one, other) = (self.places[pair.one].1, self.places[pair.other].1);
        if key(one) <= key(other) { (one, other) } else { (other, one) }
    }

    /// Whether the staff of an organisation is enough for some more links.
    fn affords(&self, cx: &Context, state: &State, index: usize, more: u32) -> bool {
        let staff = state.organisations[self.places[index].1].staff;
        let cost = cx.parameters.capacity.link_work * f64::from(self.links[index] + more);
        cost <= (staff * cx.parameters.partnerships.room).quarterly_work()
    }

    /// The index of an organisation among the places, if it takes part.
    fn index(&self, id: OrganisationId) -> Option<usize> {
        self.places.iter().position(|&(_, other)| other == id)
    }

    /// The oldest partnership of one of a pair that the other could join, and the index of the one that joins.
    fn joinable(&self, cx: &Context, state: &State, pair: Pair) -> Option<(usize, usize)> {
        let fits = |p: &Partnership, joins: usize| {
            p.members.len() < MAX_MEMBERS
                && self.affords(cx, state, joins, p.members.len() as u32)
                && p.members.iter().filter_map(|&id| self.index(id)).all(|member| self.affords(cx, state, member, 1))
        };
        let member = |p: &Partnership, index: usize| p.members.contains(&self.places[index].1);
        state.partnerships.list.iter().enumerate().find_map(|(k, p)| {
            let joins = match (member(p, pair.one), member(p, pair.other)) {
                (true, false) => pair.other,
                (false, true) => pair.one,
                _ => return None,
            };
            fits(p, joins).then_some((k, joins))
        })
    }

    /// Counts the links of an organisation that joins a partnership, at both ends.
    fn count_links(&mut self, partnership: &Partnership, joins: usize) {
        for &member in &partnership.members {
            if let Some(index) = self.index(member) {
                self.links[index] += 1;
            }
        }
        self.links[joins] += partnership.members.len() as u32;
    }
}

/// Each organisation meets one other, in the order of their places.
fn meet(cx: &Context, state: &mut State, record: &mut Record) {
    if cx.parameters.partnerships.forming <= 0.0 {
        return;
    }
    let stream = cx.random.decision(Decision::Partnership, cx.now.quarter());
    let mut meetings = Meetings::new(state, stream);
    for one in 0..meetings.places.len() {
        if let Some(other) = meetings.partner_of(state, stream, one) {
            let pair = Pair { one, other };
            if join_forces(cx, state, &meetings, pair) {
                let event = begin_or_join(cx, state, &mut meetings, pair);
                record.note(cx.now, event);
            }
        }
    }
}

/// Whether two organisations that have met join forces.
fn join_forces(cx: &Context, state: &State, meetings: &Meetings, pair: Pair) -> bool {
    let (one, other) = meetings.ids(state, pair);
    let (a, b) = (&state.organisations[one], &state.organisations[other]);
    if a.kind.outside() && b.kind.outside()
        || !meetings.affords(cx, state, pair.one, 1)
        || !meetings.affords(cx, state, pair.other, 1)
    {
        return false;
    }
    let stream = cx.random.decision(Decision::Partnership, cx.now.quarter()).with(a.key).entity(b.key);
    let parameters = &cx.parameters.partnerships;
    let most = parameters.forming * state.affinity(a.region, b.region);
    // The draw fails for most pairs even at full complementarity: this avoids computing their gains. The second test
    // uses the same draw.
    if !stream.bernoulli(3, most) {
        return false;
    }
    let complement = (gain(state, a, b) * gain(state, b, a)).sqrt();
    let fits = complement / (complement + parameters.half_complement);
    let together = |p: &Partnership| p.members.contains(&one) && p.members.contains(&other);
    stream.bernoulli(3, most * fits) && !state.partnerships.list.iter().any(together)
}

/// One of two organisations joins a partnership of the other, or they begin one.
fn begin_or_join(cx: &Context, state: &mut State, meetings: &mut Meetings, pair: Pair) -> Event {
    let (one, other) = meetings.ids(state, pair);
    let (a, b) = (&state.organisations[one], &state.organisations[other]);
    let stream = cx.random.decision(Decision::Partnership, cx.now.quarter()).with(a.key).entity(b.key);
    let joins = stream.bernoulli(4, cx.parameters.partnerships.joining);
    if let Some((k, joins)) = joins.then(|| meetings.joinable(cx, state, pair)).flatten() {
        let partnership = &mut state.partnerships.list[k];
        meetings.count_links(partnership, joins);
        let organisation = meetings.places[joins].1;
        partnership.members.push(organisation);
        let (other, of) = (partnership.members[0], partnership.members.len() as u32);
        return Event::Joined { organisation, other, theme: partnership.theme, of };
    }
    meetings.links[pair.one] += 1;
    meetings.links[pair.other] += 1;
    let theme = common_theme(state, a, b);
    let (founders, members) = ([a.key, b.key], vec![one, other]);
    state.partnerships.list.push(Partnership { founders, theme, members, since: cx.now.quarter() });
    Event::Partnered { organisation: one, other, theme }
}

/// What one organisation could learn from another, weighted by the need of its region, over the themes that are served.
fn gain(state: &State, learner: &Organisation, teacher: &Organisation) -> f64 {
    let more = |t: ThemeId| (teacher.expertise[t] - learner.expertise[t]).max(0.0);
    state.theme_ids().filter(|&t| state.served(t)).map(|t| state.need(learner.region, t) * more(t)).sum()
}

/// The common theme of two partners: where they differ most, weighted by the need of the one that knows less; ties by
/// key.
fn common_theme(state: &State, a: &Organisation, b: &Organisation) -> ThemeId {
    let value = |t: ThemeId| {
        let more = b.expertise[t] - a.expertise[t];
        state.need(if more > 0.0 { a.region } else { b.region }, t) * more.abs()
    };
    let key = |t: ThemeId| state.themes[t].key;
    let order = |&s: &ThemeId, &t: &ThemeId| value(s).total_cmp(&value(t)).then(key(t).cmp(&key(s)));
    state.theme_ids().filter(|&t| state.served(t)).max_by(order).unwrap_or(ThemeId(0))
}

/// Every organisation learns, in each theme, from the partner that has most to teach. All learn at once, from the
/// expertise before.
fn learn(cx: &Context, state: &mut State) {
    let speed = cx.parameters.partnerships.learning;
    let mut learnt: Vec<(OrganisationId, [f64; MAX_THEMES])> = Vec::new();
    for (index, collaborations) in
        state.partnerships.by_organisation.iter().enumerate().filter(|(_, c)| !c.partners.is_empty())
    {
        let learner = &state.organisations[OrganisationId::from_index(index)];
        let mut gains = [0.0f64; MAX_THEMES];
        for partner in &collaborations.partners {
            let teacher = &state.organisations[*partner];
            let rate = speed * state.affinity(learner.region, teacher.region);
            for theme in state.theme_ids().filter(|&t| state.served(t)) {
                let gap = teacher.expertise[theme] - learner.expertise[theme];
                gains[theme] = gains[theme].max(rate * gap);
            }
        }
        learnt.push((OrganisationId::from_index(index), gains));
    }
    for (id, gains) in learnt {
        let known = &mut state.organisations[id].expertise;
        known.iter_mut().zip(gains).for_each(|(known, gain)| *known += gain);
    }
}

/// Highest expertise in a theme among the partners of an organisation.
pub fn best_partner(state: &State, id: OrganisationId, theme: ThemeId) -> f64 {
    let partners = state.partnerships.collaborations(id).partners.iter();
    partners.map(|o| state.organisations[*o].expertise[theme]).fold(0.0, f64::max)
}

/// Records work that was done in a partnership or a consortium of three or more.
#[inline]
pub fn record_joint_work(
    state: &mut State,
    record: &mut Record,
    id: OrganisationId,
    mandate: Option<MandateId>,
    theme: ThemeId,
    work: Work,
) {
    let several = match mandate {
        Some(m) => state.mandates[m].partners.len() + 1 >= SEVERAL,
        None => state.partnerships.collaborations(id).joint >> theme.index() & 1 == 1,
    };
    if several {
        record.movement.joint_work += work;
    }
}

#[cfg(test)]
mod tests;
