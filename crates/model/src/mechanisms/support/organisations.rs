//! Small organisations ask as volunteers do: who is helped learns the theme, and its way about the movement.

use super::doors::spend;
use super::*;
use crate::mechanisms::themes::draw_theme;

/// Small organisations ask a hub or the foundation, and learn by what they are told.
pub(super) fn serve_organisations(world: &mut World, signs: &Signposts, doors: &Doors) {
    let p = world.parameters.support.clone();
    let stream = world.stream.decision(Decision::OrganisationRequest, world.quarter);
    let n = world.themes.len();
    for id in world.organisations.ids() {
        let asking = &world.organisations[id];
        let (mine, r, oriented) = (stream.entity(asking.key), asking.region, asking.oriented());
        let small = asking.active() && asking.community.is_some() && asking.staff.0 < p.small_below;
        if !small || !mine.bernoulli(0, p.organisation_requests) {
            continue;
        }
        let t = draw_theme(world.need.row(r), mine.uniform(1));
        if !world.themes[t].noticed {
            continue;
        }
        let guides = signs.guides[r.index() * n + t.index()];
        let hub_known = |m: MandateId, index: u32| mine.bernoulli(index, oriented * world.mandates[m].known[r]);
        let known = guides.known(|m| hub_known(m, if Some(m) == guides.theme { 2 } else { 4 }));
        let known = known.towards(signs.clarity, signs.routing.entity(asking.key));
        if known.is_some_and(|m| guides.passed_on(signs.passed_on, m, signs.routing.entity(asking.key)).is_some()) {
            continue;
        }
        let foundation_known = oriented * world.regions[r].foundation_known;
        let helps = doors.outside(doors.foundation(), r.index() * n + t.index()).able >= 0.0;
        let foundation = world.foundation.filter(|_| helps && mine.bernoulli(3, foundation_known));
        let (door, helper, left) = match (known, foundation) {
            (Some(m), _) => {
                let mandate = &world.mandates[m];
                (Door::Hub(m), consortia::helper(world, m, r, t), mandate.support_left)
            }
            (None, Some(f)) => (Door::Organisation(f), f, world.organisations[f].support_left),
            _ => continue,
        };
        if helper != id && left.0 >= p.organisation_work {
            spend(world, door, helper, t, Work(p.organisation_work));
            let mandate = if let Door::Hub(m) = door { Some(m) } else { None };
            if conduct::harms(world, helper, mandate) {
                continue;
            }
            teach(world, helper, id, t);
            let asked = &mut world.organisations[id];
            asked.orientation += p.orientation * (1.0 - asked.orientation);
        }
    }
}

/// Who is helped closes a part of the gap in expertise, and takes on some of the helper's way of doing things.
pub(super) fn teach(world: &mut World, helper: OrganisationId, id: OrganisationId, t: ThemeId) {
    let p = &world.parameters.learning;
    let teacher = &world.organisations[helper];
    let near = world.affinity(teacher.region, world.organisations[id].region);
    let (known, how) = (teacher.expertise[t], teacher.approach[t]);
    let (by_help, imitation) = (p.by_help, p.imitation);
    let o = &mut world.organisations[id];
    o.expertise[t] += by_help * near * (known - o.expertise[t]).max(0.0);
    o.approach[t] = moved(o.approach[t], imitation * way(o.approach[t], how));
}
