//! 9 support: volunteers and small organisations ask for help, and are helped, referred, or not helped.
//!
//! *Claim.* Volunteers ask at the service points they know: their affiliate (the unaffiliated may know a local one), then
//! one other service point a quarter, in turn: the hub of the theme or of the region, and the foundation, as far as they know them. After a
//! few quarters without help they give the request up. Each further hub is one more to know and one more to be mistaken
//! for another; attention is limited.
//!
//! *Equations.*
//!
//! ```text
//! P(solved) = E/(E + half_expertise) · affinity            at a service point that has work left
//! effect of the help = ½ + ½ · fit
//! P(wrong hub) = 1 − 1/(1 + wrong_hub · (hubs − 1))
//! K' = K · (1 − forgetting) + (outreach + use_spreads · share helped · K) · (1 − K)/(1 + attention · Σ K of other hubs)
//! ```
//!
//! E is the expertise of the helper in the theme (of a hub: of its members, see `support/hub_help.rs`), K the share of a region's people that knows a hub. Between a theme's hub
//! and a region's hub: see `support/routing.rs`.
//!
//! *Rationing.* A service point that is asked for more than it has work for serves each request with the same chance:
//!
//! ```text
//! P(looked after) = min(1, work left/work asked for)
//! ```
//!
//! by the request's own draw, so that no order matters, and coarser agents change noise, not means. An affiliate serves its
//! members first, then from the rest those who walk in. What a quarter spends is what there is in expectation only: the
//! difference, a debt or a rest, goes to the same service point's support of the next quarter. (A debt alone would be
//! paid twice: by the chance, and by the next quarter.) A debt of one that closes is written off. So that few agents, each for
//! many people, are helped as many are, it evens out over the calls of several: see `support/evening_out.rs`.
//!
//! *Source.* Michaelis form of success; wrong contacts as the measure of confusion (geometric, 1/p − 1); rationing is a choice.
//!
//! *How it is computed.* `requests.rs` first finds, for each request, where it goes and whether it would be solved there;
//! `helpdesks.rs` then counts what is asked of each service point and serves it; `outcome.rs` books what came of them. All
//! go through requests in the order in which volunteers are stored. What a random draw decides cannot
//! be predicted, so that these loops select and count without branches: a condition is a flag of 0 or 1 that is multiplied,
//! added, or written to a place that the next entry overwrites.

mod awareness;
mod evening_out;
mod helpdesks;
mod hub_help;
mod knowledge;
mod organisations;
mod outcome;
mod request;
mod requests;
mod routing;

use crate::catalogue::Off;
use crate::ids::MAX_REGIONS;
use crate::mechanisms::{Context, capacity};
use crate::parameters;
use crate::record::Record;
use crate::state::State;
use crate::state::project::WorkQueue;
use crate::units::{Capacity, Work};

use awareness::Awareness;
use evening_out::EveningOut;
use helpdesks::{Helpdesks, ServicePoint};
use knowledge::become_known;
use organisations::serve_organisations;
pub use outcome::FirstWaits;
use routing::ResponsibleHubs;

parameters! {
    /// Requests for help, and the service points at which they are made.
    pub struct SupportParameters in "support",
        off Off::Set(&[("requests", 0.0), ("organisation_requests", 0.0)]);
    /// Chance that a volunteer without an open request needs help.
    requests: f64 = 0.15, 0.0..=1.0, 0.05..0.4, "1/person/quarter", "assumed";
    /// Work of a request that is solved.
    request_work: Work = 0.006, 0.0..=1.0, 0.002..0.02, "FTE-quarters/request", "assumed: 3 hours";
    /// Work of a request that is not solved, relative to one that is.
    failed_work: f64 = 0.3, 0.0..=1.0, 0.1..0.6, "factor", "assumed";
    /// Expertise at which half of the requests are solved.
    half_expertise: f64 = 0.25, 0.01..=1.0, 0.1..0.5, "share", "assumed";
    /// Share of the unaffiliated who know a local affiliate as a service point.
    walk_in: f64 = 0.35, 0.0..=1.0, 0.0..0.8, "share", "assumed";
    /// Quarters in which a request is made at hubs or the foundation before it is given up.
    places_tried: f64 = 3.0, 1.0..=10.0, 2.0..5.0, "service points", "assumed";
    /// Chance that a service point that could not help refers to the right one.
    referral: f64 = 0.5, 0.0..=1.0, 0.2..0.9, "share", "assumed";
    /// How much each further hub makes it likelier to ask at the wrong one.
    wrong_hub: f64 = 0.03, 0.0..=1.0, 0.0..0.1, "1/hub", "assumed";
    /// Chance to be referred on without help where a theme's hub and a region's hub are both responsible, at clarity 0.
    passed_on: f64 = 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Share of the people of its holder's region who know a new hub.
    known_at_home: f64 = 0.1, 0.0..=1.0, 0.0..0.3, "share", "a choice: a few know the organisation already";
    /// Knowledge of a hub gained in a region per FTE-quarter of outreach there.
    outreach: f64 = 0.4, 0.0..=10.0, 0.1..1.0, "1/FTE-quarter", "assumed";
    /// Knowledge of a hub gained in a region if it helped all who asked there.
    use_spreads: f64 = 0.15, 0.0..=5.0, 0.0..0.4, "1/quarter", "assumed";
    /// How much knowing other hubs slows learning about one more.
    attention: f64 = 0.5, 0.0..=10.0, 0.0..1.5, "1/known hub", "assumed";
    /// Share of the knowledge of a hub that is forgotten.
    forgetting: f64 = 0.02, 0.0..=1.0, 0.005..0.05, "1/quarter", "assumed";
    /// Chance that a small organisation asks for help.
    organisation_requests: f64 = 0.3, 0.0..=1.0, 0.1..0.6, "1/quarter", "assumed";
    /// Staff below which an organisation asks for help as a volunteer does.
    small_below: Capacity = 2.0, 0.0..=100.0, 1.0..5.0, "FTE", "assumed";
    /// Part of what it does not know about the movement that an organisation learns when it is helped.
    orientation: f64 = 0.15, 0.0..=1.0, 0.05..0.4, "per help", "assumed";
    /// Work of helping an organisation.
    organisation_work: Work = 0.05, 0.0..=10.0, 0.02..0.15, "FTE-quarters/request", "assumed: 24 hours";
}

/// Quarters after which the wait for a first help counts as ended.
pub const LONGEST_WAIT: u32 = 12;

/// The effect of help by an organisation in misconduct.
const HARM: f64 = -1.0;

/// Volunteers and small organisations ask for help. Draws: request, rationing, awareness (once per volunteer), ability to help,
/// service point, routing.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    take_up_balances(state, record);
    routing::forget_referrals(cx, state);
    let (mut helpdesks, awareness) = open(cx, state);
    let mut requests = requests::collect(cx, state, &awareness, &helpdesks);
    helpdesks.serve(&mut requests);
    outcome::settle(cx, state, record, &awareness, &mut helpdesks, &requests);
    serve_organisations(cx, state, record, &awareness, &helpdesks);
    become_known(cx, state);
    close(cx, state, &helpdesks);
}

/// The service points of the quarter, and who knows them.
fn open(cx: &Context, state: &State) -> (Helpdesks, Awareness) {
    let responsible = ResponsibleHubs::by_cell(cx, state);
    let helpdesks = Helpdesks::new(cx, state, &responsible);
    let awareness = Awareness::new(cx, state, responsible, &helpdesks);
    (helpdesks, awareness)
}

/// What rationing left over in the last quarter is served in this one, and what it overspent is paid back first. Of a
/// service point that has closed, the rest is learning time, and a debt is written off.
fn take_up_balances(state: &mut State, record: &mut Record) {
    let homes = state.organisations.iter_mut().map(|o| (o.active(), &mut o.queue, &mut o.support_left));
    let hubs = state.mandates.iter_mut().map(|m| (m.alive(), &mut m.queue, &mut m.support_left));
    for (open, queue, support) in homes.chain(hubs) {
        let balance = std::mem::take(&mut queue.balance);
        if open {
            *support += balance;
        } else {
            record.movement.learning_work += balance.max(Work::ZERO);
            record.movement.debt_written_off -= balance.min(Work::ZERO);
        }
    }
}

/// Support work that nobody called for goes to production in the next quarter, but for a little that is kept; what is left
/// although some were turned away, or owed, goes to the next quarter's support. Requests and service of the quarter are added to those of the year.
fn close(cx: &Context, state: &mut State, helpdesks: &Helpdesks) {
    let evening_out = EveningOut::new(cx, state);
    let leave = |queue: &mut WorkQueue, support: &mut Work, (asked, short): (Work, bool), start: f64| {
        let called = evening_out.calls(queue, asked, start);
        capacity::follow_calls(queue, called, start);
        let left = std::mem::take(support);
        queue.balance = if short || left < Work::ZERO { left } else { evening_out.kept(queue, left) };
        queue.carried = left - queue.balance;
    };
    let (home, hub) = capacity::support_at_start(cx);
    for (id, o) in state.organisations.ids().zip(state.organisations.iter_mut()).filter(|(_, o)| o.active()) {
        leave(&mut o.queue, &mut o.support_left, helpdesks.asked(ServicePoint::Organisation(id)), home);
    }
    for (id, m) in state.mandates.ids().zip(state.mandates.iter_mut()).filter(|(_, m)| m.alive()) {
        leave(&mut m.queue, &mut m.support_left, helpdesks.asked(ServicePoint::Hub(id)), hub);
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
