//! Requests of small organisations: those that are helped gain expertise in the theme and orientation in the movement.

use super::awareness::Awareness;
use super::helpdesks::booking::spend;
use super::helpdesks::{Helpdesks, ServicePoint};
use super::hub_help::member_met;
use crate::ids::{MandateId, OrganisationId, ThemeId};
use crate::mechanisms::themes::draw_theme;
use crate::mechanisms::{Context, conduct};
use crate::random::Decision;
use crate::record::Record;
use crate::state::theme::{move_along, signed_distance};
use crate::state::{Party, State};
use crate::units::Work;

/// A request of an organisation, at a service point that it knows.
struct Asking {
    id: OrganisationId,
    theme: ThemeId,
    at: ServicePoint,
    helper: OrganisationId,
}

/// Small organisations ask a hub or the foundation for help, and learn from it. Each service point looks after all of them,
/// or after each with the same chance, with what volunteers have left of its work.
pub(super) fn serve_organisations(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    awareness: &Awareness,
    helpdesks: &Helpdesks,
) {
    let p = cx.parameters.support.clone();
    let stream = cx.random.decision(Decision::OrganisationRequest, cx.now.quarter());
    let all: Vec<Asking> =
        state.organisations.ids().filter_map(|id| request(cx, state, id, (awareness, helpdesks))).collect();
    let left = |at: ServicePoint| match at {
        ServicePoint::Hub(m) => state.mandates[m].support_left,
        ServicePoint::Organisation(o) => state.organisations[o].support_left,
    };
    let looked_after = |asking: &&Asking| {
        let asked = p.organisation_work * all.iter().filter(|other| other.at == asking.at).count() as f64;
        let chance = left(asking.at).max(Work::ZERO).share_of(asked).min(1.0);
        stream.entity(state.organisations[asking.id].key).bernoulli(6, chance)
    };
    let served: Vec<&Asking> = all.iter().filter(looked_after).collect();
    for &Asking { id, theme, at, helper } in served {
        spend(state, record, at, helper, theme, p.organisation_work);
        let party = match at {
            ServicePoint::Hub(m) => Party::Mandate(m),
            ServicePoint::Organisation(o) => Party::Organisation(o),
        };
        if conduct::in_misconduct(state, party) {
            continue;
        }
        teach(cx, state, helper, id, theme);
        let asked = &mut state.organisations[id];
        asked.orientation += p.orientation * (1.0 - asked.orientation);
    }
}

/// The request of an organisation this quarter, if it is small, needs help, and knows where to ask.
fn request(
    cx: &Context,
    state: &State,
    id: OrganisationId,
    (awareness, helpdesks): (&Awareness, &Helpdesks),
) -> Option<Asking> {
    let (p, n) = (&cx.parameters.support, state.themes.len());
    let asking = &state.organisations[id];
    let stream = cx.random.decision(Decision::OrganisationRequest, cx.now.quarter()).entity(asking.key);
    let (r, oriented) = (asking.region, asking.oriented());
    let small = asking.active() && asking.community.is_some() && asking.staff < p.small_below;
    if !small || !stream.bernoulli(0, p.organisation_requests) {
        return None;
    }
    let theme = draw_theme(state.need.row(r), stream.uniform(1));
    if !state.themes[theme].noticed {
        return None;
    }
    let responsible = awareness.responsible[r.index() * n + theme.index()];
    let hub_known = |m: MandateId, index: u32| stream.bernoulli(index, oriented * state.mandates[m].known[r]);
    let known = responsible.known(|m| hub_known(m, if Some(m) == responsible.theme { 2 } else { 4 }));
    let routing = awareness.routing.entity(asking.key);
    if let Some(m) = known.choose(awareness.clarity, routing) {
        if responsible.referral(awareness.passed_on, m, routing).is_some() {
            return None;
        }
        let helper = member_met(state, m, id, (stream, 5))?;
        return Some(Asking { id, theme, at: ServicePoint::Hub(m), helper });
    }
    let helps = helpdesks.outside(helpdesks.foundation(), r.index() * n + theme.index()).able >= 0.0;
    let foundation_known = oriented * state.regions[r].foundation_known;
    let helper = state.foundation.filter(|_| helps && stream.bernoulli(3, foundation_known))?;
    Some(Asking { id, theme, at: ServicePoint::Organisation(helper), helper })
}

/// An organisation that is helped closes a part of the gap in expertise, and moves towards the approach of the helper.
pub(super) fn teach(cx: &Context, state: &mut State, helper: OrganisationId, id: OrganisationId, t: ThemeId) {
    let p = &cx.parameters.learning;
    let teacher = &state.organisations[helper];
    let near = state.affinity(teacher.region, state.organisations[id].region);
    let (known, how) = (teacher.expertise[t], teacher.approach[t]);
    let (by_help, imitation) = (p.by_help, p.imitation);
    let o = &mut state.organisations[id];
    o.expertise[t] += by_help * near * (known - o.expertise[t]).max(0.0);
    o.approach[t] = move_along(o.approach[t], imitation * signed_distance(o.approach[t], how));
}
