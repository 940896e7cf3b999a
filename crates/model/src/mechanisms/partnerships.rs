//! 11 partnerships: organisations that are close and complement each other work together of their own accord.
//!
//! *Claim.* Who works together learns from each other and finds what the other makes; each link costs work at both ends,
//! so that only those keep one who can spare it. Nobody plans the whole: people meet by chance. *Equations.* Every quarter
//! each organisation meets one other. P(they join forces) = forming × affinity × c/(c + half), c = √(g g'), g = Σ need ×
//! what the other knows better, over themes. Who meets a member may join its partnership, which is a full mesh: n(n − 1)/2
//! links. An organisation keeps links for a share of its staff at most. A partnership ends with a constant hazard, or
//! when fewer than two are left. E' = E + learning × the most of affinity × (E of a partner − E). *Who meets whom.*
//! Everybody stands at a drawn place of a circle and meets whoever comes next after a drawn point of it, so that one
//! organisation more changes only a few meetings (consistent hashing, Karger et al. 1997). *Source.* Shared
//! governance works up to six or eight members (Provan & Kenis 2008); the numbers are assumed.

pub mod consortia;

use crate::catalogue::Off;
use crate::ids::{Key, MAX_THEMES, MandateId, OrganisationId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::capacity::MIN_STAFF_FOR_LINKS;
use crate::parameters;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::{Event, When};
use crate::state::{Organisation, Partnership, State};
use crate::units::Work;

parameters! {
    /// Partnerships: how they form and end, what partners have of each other, and how a consortium shares a mandate.
    pub struct PartnershipParameters in "partnerships",
        off Off::Set(&[("forming", 0.0)]);
    /// Chance that two who meet join forces, at full affinity and if they complement each other fully.
    forming: 0.4, 0.0..=1.0, 0.1..0.8, "1/meeting", "assumed";
    /// Knowledge that two have to give each other, by need, at which that chance is half of what it can be.
    half_complement: 0.05, 0.001..=1.0, 0.02..0.15, "share", "assumed";
    /// Chance that one who joins forces with a member joins its partnership, instead of beginning another.
    joining: 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Chance that a partnership ends.
    ending: 0.06, 0.0..=1.0, 0.03..0.12, "1/quarter", "assumed: four years at the centre";
    /// The most of its staff that an organisation spends on links of its own accord.
    room: 0.1, 0.0..=1.0, 0.03..0.25, "share", "coordination takes 3-25 % of capacity (Cross, Rebele & Grant 2016)";
    /// Part of the gap in expertise to a partner that is closed, times the affinity.
    learning: 0.03, 0.0..=1.0, 0.0..0.08, "1/quarter", "assumed";
    /// How near partners are to each other when they look for what there is, whatever their affinity.
    closeness: 0.9, 0.0..=1.0, 0.6..1.0, "share", "assumed";
    /// Least expertise with which one joins a consortium.
    partner_expertise: 0.1, 0.0..=1.0, 0.03..0.2, "share", "assumed";
    /// Part of a mandate's money that goes to each partner, all together no more than half.
    partner_share: 0.2, 0.0..=1.0, 0.1..0.3, "share", "assumed";
    /// Mandates in which an organisation is a partner, at most; others for the same theme or region do not count.
    engagements: 2.0, 0.0..=100.0, 1.0..4.0, "mandates", "assumed";
}

/// The most members of a partnership: without a lead no more can agree (Provan & Kenis 2008).
const MOST_MEMBERS: usize = 8;
/// From how many on a partnership counts as more than two-party.
pub const SEVERAL: usize = 3;

/// Partnerships end, form and grow, and partners learn from each other. Draws: partnership.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    end(cx, state, record);
    meet(cx, state, record);
    settle(cx, state, record);
    learn(cx, state);
}

/// Who can no longer take part leaves, and everybody's circle is drawn anew. No draws.
pub fn settle(_cx: &Context, state: &mut State, _record: &mut Record) {
    let mut list = std::mem::take(&mut state.partnerships.list);
    list.iter_mut().for_each(|p| p.members.retain(|o| takes_part(state, *o)));
    list.retain(|p| p.members.len() >= 2);
    state.partnerships.list = list;
    let partnerships = &mut state.partnerships;
    partnerships.open_circles(state.organisations.len());
    for k in 0..partnerships.list.len() {
        let members = std::mem::take(&mut partnerships.list[k].members);
        let theme = partnerships.list[k].theme;
        for (i, &one) in members.iter().enumerate() {
            members[i + 1..].iter().for_each(|&other| partnerships.acquaint(one, other));
            let circle = &mut partnerships.circles[one.index()];
            circle.links += members.len() as u32 - 1;
            circle.joint |= u32::from(members.len() >= SEVERAL) << theme.index();
        }
        partnerships.list[k].members = members;
    }
    for m in state.mandates.iter().filter(|m| m.alive()) {
        m.partners.iter().for_each(|&partner| partnerships.acquaint(m.holder, partner));
    }
}

/// The foundation works with everybody as it is; who has no staff keeps no links.
fn takes_part(state: &State, id: OrganisationId) -> bool {
    let o = &state.organisations[id];
    o.active() && Some(id) != state.foundation && o.staff.0 >= MIN_STAFF_FOR_LINKS
}

/// Some come to an end.
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

/// Each meets one other, in the order of their places.
fn meet(cx: &Context, state: &mut State, record: &mut Record) {
    if cx.parameters.partnerships.forming <= 0.0 {
        return;
    }
    let stream = cx.random.decision(Decision::Partnership, cx.now.quarter());
    let place = |id: OrganisationId| stream.entity(state.organisations[id].key).bits(1);
    let mut places: Vec<(u64, OrganisationId)> =
        state.active().filter(|&id| takes_part(state, id)).map(|id| (place(id), id)).collect();
    places.sort_unstable();
    // What this quarter has begun; the circles are still those of before.
    let mut links: Vec<u32> = places.iter().map(|&(_, id)| state.partnerships.circle(id).links).collect();
    for at in 0..places.len() {
        let one = places[at].1;
        let point = stream.entity(state.organisations[one].key).bits(2);
        let next = places.partition_point(|&(place, _)| place <= point) % places.len();
        let other = if next == at { (next + 1) % places.len() } else { next };
        if other != at {
            try_together(cx, state, record, &places, &mut links, at, other);
        }
    }
}

/// Two have met: they may join forces, alone or in a partnership that one of them has.
fn try_together(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    places: &[(u64, OrganisationId)],
    links: &mut [u32],
    at: usize,
    with: usize,
) {
    let (one, other) = in_order(state, places[at].1, places[with].1);
    let (a, b) = (&state.organisations[one], &state.organisations[other]);
    let together = |p: &Partnership| p.members.contains(&one) && p.members.contains(&other);
    if a.kind.outside() && b.kind.outside()
        || !affords(cx, state, places, links, at, 1)
        || !affords(cx, state, places, links, with, 1)
    {
        return;
    }
    let stream = cx.random.decision(Decision::Partnership, cx.now.quarter()).with(a.key).entity(b.key);
    let p = &cx.parameters.partnerships;
    let most = p.forming * state.affinity(a.region, b.region);
    // Most who meet would not join forces however well they complemented each other: no need to look.
    if !stream.bernoulli(3, most) {
        return;
    }
    let complement = (gain(state, a, b) * gain(state, b, a)).sqrt();
    let fits = complement / (complement + p.half_complement);
    if !stream.bernoulli(3, most * fits) {
        return;
    }
    if state.partnerships.list.iter().any(together) {
        return;
    }
    let open = stream.bernoulli(4, p.joining).then(|| joinable(cx, state, places, links, at, with)).flatten();
    let event = match open {
        Some((k, joins)) => {
            for &member in &state.partnerships.list[k].members {
                if let Some(place) = places.iter().position(|&(_, id)| id == member) {
                    links[place] += 1;
                }
            }
            links[joins] += state.partnerships.list[k].members.len() as u32;
            let organisation = places[joins].1;
            let partnership = &mut state.partnerships.list[k];
            partnership.members.push(organisation);
            let (other, of) = (partnership.members[0], partnership.members.len() as u32);
            Event::Joined { organisation, other, theme: partnership.theme, of }
        }
        None => {
            links[at] += 1;
            links[with] += 1;
            let theme = common_theme(state, a, b);
            let founders = [a.key, b.key];
            let members = vec![one, other];
            state.partnerships.list.push(Partnership { founders, theme, members, since: cx.now.quarter() });
            Event::Partnered { organisation: one, other, theme }
        }
    };
    record.note(cx.now, event);
}

/// Two by their keys, the smaller first.
fn in_order(state: &State, one: OrganisationId, other: OrganisationId) -> (OrganisationId, OrganisationId) {
    let key = |id: OrganisationId| -> Key { state.organisations[id].key };
    if key(one) <= key(other) { (one, other) } else { (other, one) }
}

/// Whether one can keep up some links more.
fn affords(cx: &Context, state: &State, places: &[(u64, OrganisationId)], links: &[u32], at: usize, more: u32) -> bool {
    let staff = state.organisations[places[at].1].staff;
    let cost = cx.parameters.capacity.link_work * f64::from(links[at] + more);
    cost <= cx.parameters.partnerships.room * staff.0
}

/// The oldest partnership of one of two that the other could join, and who that is.
fn joinable(
    cx: &Context,
    state: &State,
    places: &[(u64, OrganisationId)],
    links: &[u32],
    at: usize,
    with: usize,
) -> Option<(usize, usize)> {
    let fits = |p: &Partnership, joins: usize| {
        let member = |id: &OrganisationId| places.iter().position(|&(_, other)| other == *id);
        p.members.len() < MOST_MEMBERS
            && affords(cx, state, places, links, joins, p.members.len() as u32)
            && p.members.iter().filter_map(member).all(|place| affords(cx, state, places, links, place, 1))
    };
    state.partnerships.list.iter().enumerate().find_map(|(k, p)| {
        let joins = match (p.members.contains(&places[at].1), p.members.contains(&places[with].1)) {
            (true, false) => with,
            (false, true) => at,
            _ => return None,
        };
        fits(p, joins).then_some((k, joins))
    })
}

/// What one could learn from the other, weighted by the need of its region, over the themes that are served.
fn gain(state: &State, learner: &Organisation, teacher: &Organisation) -> f64 {
    let more = |t: ThemeId| (teacher.expertise[t] - learner.expertise[t]).max(0.0);
    state.theme_ids().filter(|&t| state.served(t)).map(|t| state.need(learner.region, t) * more(t)).sum()
}

/// In what two differ most, by the need of who knows less: that is what they work on.
fn common_theme(state: &State, a: &Organisation, b: &Organisation) -> ThemeId {
    let value = |t: ThemeId| {
        let more = b.expertise[t] - a.expertise[t];
        state.need(if more > 0.0 { a.region } else { b.region }, t) * more.abs()
    };
    let key = |t: ThemeId| state.themes[t].key;
    let better = |&s: &ThemeId, &t: &ThemeId| value(s).total_cmp(&value(t)).then(key(t).cmp(&key(s)));
    state.theme_ids().filter(|&t| state.served(t)).max_by(better).unwrap_or(ThemeId(0))
}

/// Everybody learns from the partner that has most to teach; all at once, from what was known before.
fn learn(cx: &Context, state: &mut State) {
    let speed = cx.parameters.partnerships.learning;
    let mut learnt: Vec<(OrganisationId, [f64; MAX_THEMES])> = Vec::new();
    for (o, circle) in state.partnerships.circles.iter().enumerate().filter(|(_, c)| !c.partners.is_empty()) {
        let learner = &state.organisations[OrganisationId::from_index(o)];
        let mut gains = [0.0f64; MAX_THEMES];
        for partner in &circle.partners {
            let teacher = &state.organisations[*partner];
            let near = speed * state.affinity(learner.region, teacher.region);
            for t in state.theme_ids().filter(|&t| state.served(t)) {
                let gap = teacher.expertise[t] - learner.expertise[t];
                gains[t] = gains[t].max(near * gap);
            }
        }
        learnt.push((OrganisationId::from_index(o), gains));
    }
    for (id, gains) in learnt {
        let known = &mut state.organisations[id].expertise;
        known.iter_mut().zip(gains).for_each(|(known, gain)| *known += gain);
    }
}

/// The most that a partner of an organisation knows of a theme: who has one there can tell it what is coming.
pub fn best_partner(state: &State, id: OrganisationId, theme: ThemeId) -> f64 {
    let partners = state.partnerships.circle(id).partners.iter();
    partners.map(|o| state.organisations[*o].expertise[theme]).fold(0.0, f64::max)
}

/// Books work that was done in a partnership or a consortium of three or more.
#[inline]
pub fn book(
    state: &mut State,
    record: &mut Record,
    id: OrganisationId,
    mandate: Option<MandateId>,
    theme: ThemeId,
    work: Work,
) {
    let several = match mandate {
        Some(m) => state.mandates[m].partners.len() + 1 >= SEVERAL,
        None => state.partnerships.circle(id).joint >> theme.index() & 1 == 1,
    };
    if several {
        record.movement.joint_work += work;
    }
}

#[cfg(test)]
mod tests;
