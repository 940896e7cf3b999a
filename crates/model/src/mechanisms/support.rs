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

mod helpdesks;
mod knowledge;
mod organisations;
mod outcome;
mod request;
mod requests;
mod routing;

use crate::catalogue::Off;
use crate::ids::MAX_REGIONS;
use crate::mechanisms::Context;
use crate::parameters;
use crate::record::Record;
use crate::state::State;
use crate::units::Work;

use helpdesks::Helpdesks;
use knowledge::become_known;
use organisations::serve_organisations;
pub use outcome::FirstWaits;
use requests::Awareness;
use routing::ResponsibleHubs;

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

/// The effect of being helped by who is astray.
const HARM: f64 = -1.0;

/// Everybody who needs help looks for it. Draws: request, queue, knows (once per volunteer), help, door, routing.
///
/// In a drawn order, because work behind a door may run out; but of all that a caller does only that depends on others.
/// So where each would go, and whether they would be helped there, is found before, and what comes of it is booked
/// afterwards, both in the order in which volunteers stand: without a branch that no processor can foresee.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let (mut helpdesks, awareness) = open(cx, state);
    let (mut requests, queue) = requests::collect(cx, state, &awareness, &helpdesks);
    helpdesks.serve(&mut requests, &queue);
    outcome::settle(cx, state, record, &awareness, &mut helpdesks, &requests);
    serve_organisations(cx, state, record, &awareness, &helpdesks);
    become_known(cx, state);
    close(state);
}

/// The doors of the quarter, and how people find them.
fn open(cx: &Context, state: &State) -> (Helpdesks, Awareness) {
    let responsible = ResponsibleHubs::by_cell(cx, state);
    let helpdesks = Helpdesks::new(cx, state, &responsible);
    let awareness = Awareness::new(cx, state, responsible, &helpdesks);
    (helpdesks, awareness)
}

/// What nobody called for produces in the next quarter.
fn close(state: &mut State) {
    for o in state.organisations.iter_mut().filter(|o| o.active()) {
        o.queue.carried = o.support_left.max(Work::ZERO);
        o.support_left = Work::ZERO;
    }
    for m in state.mandates.iter_mut().filter(|m| m.alive()) {
        m.queue.carried = m.support_left.max(Work::ZERO);
        m.support_left = Work::ZERO;
        for r in 0..MAX_REGIONS {
            m.year.asked[r] += m.asked_now[r];
            m.year.service[r] += m.service_now[r];
        }
        m.asked_now = [0.0; MAX_REGIONS];
        m.service_now = [0.0; MAX_REGIONS];
    }
}

#[cfg(test)]
mod tests;
