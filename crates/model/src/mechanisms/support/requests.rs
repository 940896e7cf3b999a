//! The requests of a quarter: where each would be made, and whether it would be solved there.

use super::awareness::Awareness;
use super::helpdesks::Helpdesks;
use super::request::Request;
use crate::mechanisms::Context;
use crate::random::{Decision, Threshold};
use crate::state::State;
use crate::state::volunteers::{Found, Volunteer, blocks_found, flag};

/// Collects the requests of the quarter, in the order of the volunteers, and the order in which they are served.
pub(super) fn collect(
    cx: &Context,
    state: &mut State,
    awareness: &Awareness,
    helpdesks: &Helpdesks,
) -> (Vec<Request>, Vec<u64>) {
    let needs = cx.random.decision(Decision::Request, cx.now.quarter());
    let (threshold, quarter) = (Threshold::from_probability(cx.parameters.support.requests), cx.now.quarter() as u16);
    let mut requests = Vec::with_capacity(state.volunteers.len() / 2);
    let asks = |v: &mut Volunteer| (v.tried > 0) | (v.active() & needs.entity(v.key).occurs(0, threshold));
    let mut people = std::mem::take(&mut state.volunteers);
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
        }
        for &nth in walkers.all() {
            let (request, volunteer) = (&mut requests[usize::from(nth)], &block[usize::from(found[usize::from(nth)])]);
            if let Some(local) = awareness.local(volunteer) {
                awareness.send_home(request, helpdesks, volunteer, local.0);
            }
        }
        members.clear();
        walkers.clear();
    });
    state.volunteers = people;
    let queue = serving_order(&requests);
    (requests, queue)
}

/// The requests in the order of their ranks: of each 32 bits of the rank, then 32 bits of its place among the requests.
///
/// A bucket sort. Ranks are uniform draws, so that with about as many buckets as requests each has one on average; an insertion
/// sort puts the few within a bucket in order. Its work grows with n, where that of a comparison sort grows with n · log n and
/// mispredicts about half of its comparisons.
fn serving_order(requests: &[Request]) -> Vec<u64> {
    // Of a rank the bits above `shift` are its bucket.
    let shift = 31 - requests.len().max(2).ilog2();
    let mut ends = vec![0u32; (1 << (32 - shift)) + 1];
    requests.iter().for_each(|request| ends[(request.turn >> shift) as usize + 1] += 1);
    for bucket in 1..ends.len() {
        ends[bucket] += ends[bucket - 1];
    }
    let mut queue = vec![0; requests.len()];
    for (nth, request) in (0..).zip(requests) {
        let end = &mut ends[(request.turn >> shift) as usize];
        queue[*end as usize] = u64::from(request.turn) << 32 | nth;
        *end += 1;
    }
    for i in 1..queue.len() {
        let mut at = i;
        while at > 0 && queue[at - 1] > queue[at] {
            queue.swap(at - 1, at);
            at -= 1;
        }
    }
    queue
}
