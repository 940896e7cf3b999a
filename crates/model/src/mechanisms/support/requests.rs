//! The requests of a quarter: where each would be made, and whether it would be solved there.

use super::awareness::Awareness;
use super::helpdesks::Helpdesks;
use super::request::{Request, state};
use crate::mechanisms::Context;
use crate::random::{Decision, Threshold};
use crate::state::State;
use crate::state::volunteers::{Found, Volunteer, blocks_found, flag};

/// Collects the requests of the quarter, in the order of the volunteers.
pub(super) fn collect(cx: &Context, world: &mut State, awareness: &Awareness, helpdesks: &Helpdesks) -> Vec<Request> {
    let needs = cx.random.decision(Decision::Request, cx.now.quarter());
    let (threshold, quarter) = (Threshold::from_probability(cx.parameters.support.requests), cx.now.quarter() as u16);
    let mut requests = Vec::with_capacity(world.volunteers.len() / 2);
    let asks = |v: &mut Volunteer| (v.tried > 0) | (v.active() & needs.entity(v.key).occurs(0, threshold));
    let mut people = std::mem::take(&mut world.volunteers);
    let (mut members, mut walkers) = (Found::default(), Found::default());
    blocks_found(&mut people, asks, |start, block, found| {
        // Several short loops over a block that stays in the first-level cache: what each needs fits into the registers.
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
            request.state |= state::MEMBER;
        }
        for &nth in walkers.all() {
            let (request, volunteer) = (&mut requests[usize::from(nth)], &block[usize::from(found[usize::from(nth)])]);
            if let Some(local) = awareness.local(volunteer) {
                awareness.send_home(request, helpdesks, volunteer, local.0);
            }
        }
        members.clear();
        walkers.clear();
        if awareness.open_doors {
            for (request, &place) in requests.iter_mut().zip(found) {
                awareness.send_to_open_door(request, helpdesks, &block[usize::from(place)]);
            }
        }
    });
    world.volunteers = people;
    requests
}
