//! Conduct: misconduct of organisations and of mandates begins, is noticed, and is stopped.
//!
//! *Claim.* The foundation, organisations with much income, and hubs may begin to misbehave; the probability grows with
//! the time since somebody last checked them. Misconduct does harm until it is noticed and the deciding body has
//! stopped it.
//!
//! *Equations.* In a quarter, for an organisation or a mandate (a party):
//!
//! ```text
//! P(misconduct begins) = hazard · (1 + quarters unchecked / doubling)
//! P(check)             = 1 − (1 − routine) · (1 − finance · oversight) · (1 − peers · accountability)
//! P(noticed)           = 1 − (1 − P(check)) · (1 − served · share of the people served who deal with the party)
//! P(false alarm)       = false_alarms   if oversight or peers check a party that behaves well
//! P(review notices)    = familiarity of the deciding body with the hub
//! stopped in           = quarter of the notice + delay of the deciding body
//! ```
//!
//! A check or a review of a party that behaves well resets its unchecked time; a false alarm costs it work. When
//! misconduct is stopped, a mandate goes to another holder if a review could have moved it, or else ends; an
//! organisation gets another management; and the organisation, or the holder, loses prestige.
//!
//! *Harm.* Materials of lower quality, packaged and given to many; help after which motivation falls instead of rising.
//!
//! *Source.* Hazard assumed: governance crises of chapters known by name (United Kingdom 2012, France 2017) are of the
//! order of one in a hundred chapter-years. Fraud is found by tips more often than by audits (ACFE, Report to the
//! Nations). *Draws.* Misconduct, Detection. *Off.* `hazard`, `false_alarms` and the three costs of oversight and
//! accountability at 0.

use crate::catalogue::Off;
use crate::clock::BURN_IN;
use crate::ids::{Key, MandateId, OrganisationId};
use crate::mechanisms::Context;
use crate::mechanisms::{deciding, environment};
use crate::parameters;
use crate::policy::levers::Body;
use crate::random::{Decision, Stream};
use crate::record::Record;
use crate::record::events::builders;
use crate::state::{Conduct, Party, State, Watcher};
use crate::units::{Capacity, Money, Quarters, Work};

parameters! {
    /// Misconduct: how it begins, is noticed and is stopped, the harm until then, and the cost of control.
    pub struct ConductParameters in "conduct",
        off Off::Set(&[("hazard", 0.0), ("false_alarms", 0.0), ("oversight_work", 0.0), ("overseeing_work", 0.0), ("accountability_work", 0.0)]);
    /// Probability that misconduct begins, in a quarter right after a check.
    hazard: f64 = 0.001, 0.0..=1.0, 0.0003..0.004, "1/quarter", "assumed; about one crisis in a hundred chapter-years";
    /// Time without a check after which this probability has doubled.
    doubling: Quarters = 8.0, 0.1..=1e4, 4.0..20.0, "quarters", "assumed";
    /// Income of any kind above which an organisation may misbehave, as a multiple of the yearly cost of one FTE at price
    /// level 1, at the prices of the year.
    size: Capacity = 2.0, 0.0..=1e4, 0.5..5.0, "FTE", "assumed";
    /// Probability that the readers of ordinary reports check a party.
    routine: f64 = 0.05, 0.0..=1.0, 0.02..0.1, "1/quarter", "assumed: once in five years";
    /// Probability that full oversight checks a party.
    finance: f64 = 0.1, 0.0..=1.0, 0.03..0.3, "1/quarter", "assumed";
    /// Probability that peers check a party under full accountability.
    peers: f64 = 0.1, 0.0..=1.0, 0.03..0.3, "1/quarter", "assumed";
    /// Probability that the people served notice misconduct if all of them deal with the party.
    served: f64 = 0.1, 0.0..=1.0, 0.0..0.3, "1/quarter", "assumed; tips find twice what audits find (ACFE)";
    /// Probability that a check by oversight or peers raises a false alarm about a party that behaves well.
    false_alarms: f64 = 0.03, 0.0..=1.0, 0.0..0.1, "share", "assumed";
    /// Work of answering a false alarm.
    alarm_work: Work = 0.3, 0.0..=20.0, 0.1..1.0, "FTE-quarters", "assumed";
    /// Quality of materials made in misconduct, relative to the same materials without it.
    quality: f64 = 0.4, 0.0..=1.0, 0.1..0.8, "factor", "assumed";
    /// Motivation that a volunteer loses when helped by a party in misconduct.
    motivation_loss: f64 = 0.1, 0.0..=1.0, 0.03..0.2, "motivation", "assumed";
    /// Share of its prestige that an organisation loses when its misconduct is stopped.
    reputation_loss: f64 = 0.3, 0.0..=1.0, 0.1..0.6, "share", "assumed";
    /// Share of their work that full oversight costs hubs and organisations with much income.
    oversight_work: f64 = 0.02, 0.0..=1.0, 0.0..0.05, "share", "assumed";
    /// Work that full oversight costs the foundation for each organisation with much money.
    overseeing_work: Work = 0.01, 0.0..=1.0, 0.0..0.03, "FTE-quarters/quarter", "assumed: five hours a quarter";
    /// Share of their work that full accountability costs hubs and organisations with much income.
    accountability_work: f64 = 0.03, 0.0..=1.0, 0.01..0.08, "share", "assumed";
}

/// Indices of the draws of [`Decision::Detection`] for a party and a quarter. 0 to 2 are the checks, in the order of
/// [`check`].
const TIP: u32 = 3;
const FALSE_ALARM: u32 = 4;
const REVIEW: u32 = 5;

/// Whether an organisation may begin to misbehave, and is overseen: one with much income of any kind, or the foundation.
/// The own income of outsiders is for work that is not simulated, and nobody in the movement oversees it.
pub fn is_watched(cx: &Context, state: &State, id: OrganisationId) -> bool {
    let organisation = &state.organisations[id];
    is_large(cx, state, id, organisation.grants + organisation.hub_money)
}

/// Whether an organisation would be watched without the money of its mandates: these owe their overhead themselves.
pub fn is_watched_at_home(cx: &Context, state: &State, id: OrganisationId) -> bool {
    is_large(cx, state, id, state.organisations[id].grants)
}

/// Whether an organisation with its own income and this much other money is watched.
fn is_large(cx: &Context, state: &State, id: OrganisationId, money: Money) -> bool {
    let organisation = &state.organisations[id];
    let own = if organisation.kind.outside() { Money::ZERO } else { organisation.own_income };
    let size = cx.parameters.conduct.size.0 * environment::price_index(cx);
    let large = own + money > cx.parameters.staffing.wage * size;
    organisation.active() && (large || Some(id) == state.foundation)
}

/// Whether a party is in misconduct, so that its work does harm.
pub fn in_misconduct(state: &State, party: Party) -> bool {
    match party {
        Party::Mandate(mandate) => state.mandates[mandate].conduct.misconduct.is_some(),
        Party::Organisation(organisation) => state.organisations[organisation].conduct.misconduct.is_some(),
    }
}

/// The quality of a material that a party makes, given its quality without misconduct.
pub fn quality(cx: &Context, state: &State, party: Party, quality: f64) -> f64 {
    if in_misconduct(state, party) { quality * cx.parameters.conduct.quality } else { quality }
}

/// Simulates one quarter of each party, then stops misconduct of organisations whose time has come. Draws: Misconduct,
/// Detection.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let mut to_stop = Vec::new();
    for id in state.organisations.ids() {
        // Misconduct goes on when an organisation no longer has much money.
        let unresolved = state.organisations[id].active() && state.organisations[id].conduct.misconduct.is_some();
        if unresolved || is_watched(cx, state, id) {
            pass_quarter(cx, state, record, Party::Organisation(id));
        }
        if is_due(cx, state, Party::Organisation(id)) && state.organisations[id].active() {
            to_stop.push(id);
        }
    }
    let hubs: Vec<MandateId> = state.hubs().collect();
    for mandate in hubs {
        pass_quarter(cx, state, record, Party::Mandate(mandate));
    }
    for id in to_stop {
        restore(cx, state, record, id);
    }
}

fn conduct_of(state: &mut State, party: Party) -> &mut Conduct {
    match party {
        Party::Organisation(organisation) => &mut state.organisations[organisation].conduct,
        Party::Mandate(mandate) => &mut state.mandates[mandate].conduct,
    }
}

/// Whether the delay after which a party's misconduct is stopped has run out.
pub(super) fn is_due(cx: &Context, state: &mut State, party: Party) -> bool {
    let quarter = cx.now.quarter();
    conduct_of(state, party).stop.is_some_and(|stop| stop <= quarter)
}

/// Simulates one quarter of a party: its misconduct may begin, or be noticed.
fn pass_quarter(cx: &Context, state: &mut State, record: &mut Record, party: Party) {
    let before = *conduct_of(state, party);
    count_quarter(record, party, before.misconduct.is_some());
    let (key, since) = key_and_start(state, party);
    let stream = cx.random.decision(Decision::Detection, cx.now.quarter()).entity(key);
    let check = check(cx, stream);
    if before.misconduct.is_none() {
        let unchecked = Quarters::from(cx.now.quarter() - before.checked.max(since).min(cx.now.quarter()));
        let parameters = &cx.parameters.conduct;
        let hazard = (parameters.hazard * (1.0 + unchecked / parameters.doubling)).min(1.0);
        if cx.random.decision(Decision::Misconduct, cx.now.quarter()).entity(key).bernoulli(0, hazard) {
            conduct_of(state, party).misconduct = Some(cx.now.quarter());
            record.movement.incidents += 1;
            builders::misconduct(cx.now, state, record, party);
        } else if let Some(by) = check {
            conduct_of(state, party).checked = cx.now.quarter();
            let wrongly = by != Watcher::Routine && stream.bernoulli(FALSE_ALARM, parameters.false_alarms);
            if wrongly {
                raise_false_alarm(cx, state, record, party, by);
            }
        }
    } else if before.noticed.is_none() {
        let dealing = share_dealing_with(state, party);
        let tip = stream.bernoulli(TIP, cx.parameters.conduct.served * dealing).then_some(Watcher::Served);
        if let Some(by) = check.or(tip) {
            notice(cx, state, record, party, by);
        }
    }
}

fn count_quarter(record: &mut Record, party: Party, misconduct: bool) {
    let movement = &mut record.movement;
    let (all, of_them) = match party {
        Party::Organisation(_) => (&mut movement.organisation_quarters, &mut movement.organisation_misconduct),
        Party::Mandate(_) => (&mut movement.mandate_quarters, &mut movement.mandate_misconduct),
    };
    *all += 1;
    *of_them += u32::from(misconduct);
}

/// The key of a party, and the quarter since which it could have been checked.
fn key_and_start(state: &State, party: Party) -> (Key, u32) {
    match party {
        Party::Organisation(id) => {
            let organisation = &state.organisations[id];
            (organisation.key, (organisation.founded.max(0) as u32).max(BURN_IN))
        }
        Party::Mandate(id) => (state.mandates[id].key, state.mandates[id].since),
    }
}

/// The first watcher that checks this quarter, if any does.
fn check(cx: &Context, stream: Stream) -> Option<Watcher> {
    let parameters = &cx.parameters.conduct;
    let probabilities = [
        (Watcher::Routine, parameters.routine),
        (Watcher::Oversight, parameters.finance * cx.policy.governance.oversight),
        (Watcher::Peers, parameters.peers * cx.policy.governance.accountability),
    ];
    (0..)
        .zip(probabilities)
        .find(|&(index, (_, probability))| stream.bernoulli(index, probability))
        .map(|(_, (watcher, _))| watcher)
}

/// Share of the people served who deal with a party: of requests, those to the hub; of volunteers, those who know the
/// foundation; of a region's volunteers, the members.
fn share_dealing_with(state: &State, party: Party) -> f64 {
    let share = |part: f64, whole: f64| if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 };
    match party {
        Party::Mandate(id) => {
            let mandate = &state.mandates[id];
            share(mandate.year.asked.iter().sum(), mandate.year.requests.iter().sum())
        }
        Party::Organisation(id) if Some(id) == state.foundation => {
            let known = state.regions.iter().map(|region| region.volunteers * region.foundation_known).sum();
            share(known, state.regions.iter().map(|region| region.volunteers).sum())
        }
        Party::Organisation(id) => {
            let organisation = &state.organisations[id];
            share(organisation.members, state.regions[organisation.region].volunteers)
        }
    }
}

/// Misconduct is noticed: it will be stopped after the delay of the deciding body. Where the foundation decides, its
/// own misconduct takes as long as a vote of the affiliates, since it does not stop itself.
pub fn notice(cx: &Context, state: &mut State, record: &mut Record, party: Party, by: Watcher) {
    let body = deciding_body(cx, state, party);
    let (quarter, delay) = (cx.now.quarter(), deciding::delay(cx, body));
    let conduct = conduct_of(state, party);
    conduct.noticed = Some(quarter);
    conduct.stop = Some(quarter + delay);
    record.movement.noticed += 1;
    builders::noticed(cx.now, state, record, party, by);
}

/// The body that decides about the misconduct of a party: that of the policy, but never the foundation about itself.
pub fn deciding_body(cx: &Context, state: &State, party: Party) -> Body {
    match (cx.policy.governance.body, party) {
        (Body::Foundation, Party::Organisation(id)) if Some(id) == state.foundation => Body::Affiliates,
        (body, _) => body,
    }
}

fn raise_false_alarm(cx: &Context, state: &mut State, record: &mut Record, party: Party, by: Watcher) {
    let work = cx.parameters.conduct.alarm_work;
    match party {
        Party::Organisation(organisation) => state.organisations[organisation].governance_work.answering += work,
        Party::Mandate(mandate) => state.mandates[mandate].answering += work,
    }
    record.movement.false_alarms += 1;
    builders::false_alarm(cx.now, state, record, party, by);
}

/// Stops the misconduct of an organisation: it gets another management and loses prestige.
fn restore(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    end_misconduct(cx, state, record, Party::Organisation(id));
    state.organisations[id].prestige *= 1.0 - cx.parameters.conduct.reputation_loss;
}

/// Stops the misconduct of a mandate: its holder loses prestige. [`mandates`] decides who holds it from now on.
///
/// [`mandates`]: crate::mechanisms::mandates
pub(super) fn stop_mandate(cx: &Context, state: &mut State, record: &mut Record, id: MandateId) {
    let holder = state.mandates[id].holder;
    end_misconduct(cx, state, record, Party::Mandate(id));
    state.organisations[holder].prestige *= 1.0 - cx.parameters.conduct.reputation_loss;
}

fn end_misconduct(cx: &Context, state: &mut State, record: &mut Record, party: Party) {
    let quarter = cx.now.quarter();
    let conduct = conduct_of(state, party);
    let quarters = quarter - conduct.misconduct.unwrap_or(quarter);
    *conduct = Conduct::checked_in(quarter);
    record.movement.stopped += 1;
    record.movement.stopping += quarters;
    builders::stopped(cx.now, state, record, party, deciding_body(cx, state, party), quarters);
}

/// A review of a hub is a check, too: the deciding body notices misconduct with the probability of its familiarity with
/// the hub. Draws: Detection.
pub fn review(cx: &Context, state: &mut State, record: &mut Record, id: MandateId, familiarity: f64) {
    let mandate = &state.mandates[id];
    let stream = cx.random.decision(Decision::Detection, cx.now.quarter()).entity(mandate.key);
    let Conduct { misconduct, noticed, .. } = mandate.conduct;
    if misconduct.is_none() {
        state.mandates[id].conduct.checked = cx.now.quarter();
    } else if noticed.is_none() && stream.bernoulli(REVIEW, familiarity) {
        notice(cx, state, record, Party::Mandate(id), Watcher::Review);
    }
}

#[cfg(test)]
mod tests;
