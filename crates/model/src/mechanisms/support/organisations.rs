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

/// Small organisations ask a hub or the foundation for help, and learn from it.
pub(super) fn serve_organisations(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    awareness: &Awareness,
    helpdesks: &Helpdesks,
) {
    let p = cx.parameters.support.clone();
    let stream = cx.random.decision(Decision::OrganisationRequest, cx.now.quarter());
    let n = state.themes.len();
    for id in state.organisations.ids() {
        let asking = &state.organisations[id];
        let (mine, r, oriented) = (stream.entity(asking.key), asking.region, asking.oriented());
        let small = asking.active() && asking.community.is_some() && asking.staff < p.small_below;
        if !small || !mine.bernoulli(0, p.organisation_requests) {
            continue;
        }
        let t = draw_theme(state.need.row(r), mine.uniform(1));
        if !state.themes[t].noticed {
            continue;
        }
        let responsible = awareness.responsible[r.index() * n + t.index()];
        let hub_known = |m: MandateId, index: u32| mine.bernoulli(index, oriented * state.mandates[m].known[r]);
        let known = responsible.known(|m| hub_known(m, if Some(m) == responsible.theme { 2 } else { 4 }));
        let known = known.choose(awareness.clarity, awareness.routing.entity(asking.key));
        if known.is_some_and(|m| {
            responsible.referral(awareness.passed_on, m, awareness.routing.entity(asking.key)).is_some()
        }) {
            continue;
        }
        let foundation_known = oriented * state.regions[r].foundation_known;
        let helps = helpdesks.outside(helpdesks.foundation(), r.index() * n + t.index()).able >= 0.0;
        let foundation = state.foundation.filter(|_| helps && mine.bernoulli(3, foundation_known));
        let (service_point, met, left) = match (known, foundation) {
            (Some(m), _) => (ServicePoint::Hub(m), member_met(state, m, id, (mine, 5)), state.mandates[m].support_left),
            (None, Some(f)) => (ServicePoint::Organisation(f), Some(f), state.organisations[f].support_left),
            _ => continue,
        };
        if let Some(helper) = met.filter(|_| left >= p.organisation_work) {
            spend(state, record, service_point, helper, t, p.organisation_work);
            let hub = if let ServicePoint::Hub(m) = service_point { Some(m) } else { None };
            if conduct::in_misconduct(state, hub.map_or(Party::Organisation(helper), Party::Mandate)) {
                continue;
            }
            teach(cx, state, helper, id, t);
            let asked = &mut state.organisations[id];
            asked.orientation += p.orientation * (1.0 - asked.orientation);
        }
    }
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
