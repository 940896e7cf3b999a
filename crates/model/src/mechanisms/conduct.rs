//! 12 conduct: organisations and mandates may go astray; somebody notices; decisions whose delay has run out take effect.
//!
//! *Claim.* Whoever gets much, the foundation included, and every hub may go astray, the likelier the longer nobody has
//! looked; astray, its work harms until somebody notices and those who decide stop it. *Equations.* Hazard a quarter =
//! hazard · (1 + quarters unchecked / doubling). P(somebody looks closely) = 1 − (1 − routine)(1 − finance · oversight)
//! (1 − peers · accountability); who is astray is also noticed by those served, with served · the share of people who
//! deal with it. A look, and every review, sets the clock back; of the innocent it is a false alarm now and then, which
//! costs them work. Stopping takes as long as the deciding body does: a mandate goes to another holder where a review
//! might have given it to one, or ends; an organisation gets another management and loses prestige. *Harm.* Materials of
//! lower quality, packaged and pushed on many; people who ask lose heart instead of gaining it.
//! *Source.* Hazard assumed: governance crises of chapters known by name (United Kingdom 2012, France 2017) are of the
//! order of one in a hundred chapter-years. Fraud is found by tips more often than by audits (ACFE, Report to the Nations).

use crate::catalogue::Off;
use crate::clock::BURN_IN;
use crate::ids::{Key, MandateId, OrganisationId};
use crate::mechanisms::Context;
use crate::mechanisms::{deciding, mandates};
use crate::parameters;
use crate::policy::levers::Body;
use crate::random::{Decision, Stream};
use crate::record::Record;
use crate::record::events::builders;
use crate::state::{Conduct, Party, State, Watcher};
use crate::units::Work;

parameters! {
    /// Going astray, being noticed, being stopped, and the harm until then.
    pub struct ConductParameters in "conduct",
        off Off::Set(&[("hazard", 0.0), ("false_alarms", 0.0), ("oversight_work", 0.0), ("overseeing_work", 0.0), ("accountability_work", 0.0)]);
    /// Chance of going astray, freshly checked.
    hazard: 0.001, 0.0..=1.0, 0.0003..0.004, "1/quarter", "assumed; about one crisis in a hundred chapter-years";
    /// Time without a look after which the chance has doubled.
    doubling: 8.0, 0.1..=1e4, 4.0..20.0, "quarters", "assumed";
    /// Grants and hub money above which an organisation may go astray, in what one FTE costs a year at price level 1.
    size: 2.0, 0.0..=1e4, 0.5..5.0, "FTE", "assumed";
    /// Chance that an ordinary report is looked at closely.
    routine: 0.05, 0.0..=1.0, 0.02..0.1, "1/quarter", "assumed: once in five years";
    /// Chance that full oversight looks closely.
    finance: 0.1, 0.0..=1.0, 0.03..0.3, "1/quarter", "assumed";
    /// Chance that peers look closely, under full accountability.
    peers: 0.1, 0.0..=1.0, 0.03..0.3, "1/quarter", "assumed";
    /// Chance that those served notice, when all deal with it.
    served: 0.1, 0.0..=1.0, 0.0..0.3, "1/quarter", "assumed; tips find twice what audits find (ACFE)";
    /// Chance that a look at the innocent is a false alarm.
    false_alarms: 0.03, 0.0..=1.0, 0.0..0.1, "share", "assumed";
    /// Work of answering a false alarm.
    alarm_work: 0.3, 0.0..=20.0, 0.1..1.0, "FTE-quarters", "assumed";
    /// Quality of materials made by who is astray, relative.
    quality: 0.4, 0.0..=1.0, 0.1..0.8, "factor", "assumed";
    /// Motivation lost when helped by who is astray.
    disheartening: 0.1, 0.0..=1.0, 0.03..0.2, "motivation", "assumed";
    /// Prestige lost when stopped.
    disgrace: 0.3, 0.0..=1.0, 0.1..0.6, "share", "assumed";
    /// Share of their work that full oversight costs hubs and those who get much.
    oversight_work: 0.02, 0.0..=1.0, 0.0..0.05, "share", "assumed";
    /// Work that full oversight costs the centre for each of those who get much.
    overseeing_work: 0.01, 0.0..=1.0, 0.0..0.03, "FTE-quarters/quarter", "assumed: five hours a quarter";
    /// Share of their work that full accountability costs hubs and those who get much.
    accountability_work: 0.03, 0.0..=1.0, 0.01..0.08, "share", "assumed";
}

/// Whether an organisation gets so much that it may go astray.
pub fn watched(cx: &Context, state: &State, id: OrganisationId) -> bool {
    let o = &state.organisations[id];
    let large = (o.grants + o.hub_money).0 > cx.parameters.conduct.size * cx.parameters.staffing.wage;
    o.active() && (large || Some(id) == state.foundation)
}

/// Whether the work of an organisation, at home or for a mandate, harms.
pub fn harms(state: &State, id: OrganisationId, mandate: Option<MandateId>) -> bool {
    match mandate {
        Some(m) => state.mandates[m].conduct.astray.is_some(),
        None => state.organisations[id].conduct.astray.is_some(),
    }
}

/// The quality of a material as conduct makes it.
pub fn quality(cx: &Context, state: &State, id: OrganisationId, mandate: Option<MandateId>, quality: f64) -> f64 {
    if harms(state, id, mandate) { quality * cx.parameters.conduct.quality } else { quality }
}

/// Everybody's quarter, then what takes effect. Draws: incident, notice.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let mut overdue = Vec::new();
    for id in state.organisations.ids() {
        let at_large = state.organisations[id].active() && state.organisations[id].conduct.astray.is_some();
        if at_large || watched(cx, state, id) {
            live(cx, state, record, Party::Organisation(id));
        }
        if due(cx, state, Party::Organisation(id)) && state.organisations[id].active() {
            overdue.push(id);
        }
    }
    let hubs: Vec<MandateId> = state.hubs().collect();
    for &m in &hubs {
        live(cx, state, record, Party::Mandate(m));
    }
    for id in overdue {
        put_right(cx, state, record, id);
    }
    for m in hubs {
        if state.mandates[m].alive() && due(cx, state, Party::Mandate(m)) {
            stop(cx, state, record, m);
        } else {
            mandates::take_effect(cx, state, record, m);
        }
    }
}

fn conduct_of(state: &mut State, party: Party) -> &mut Conduct {
    match party {
        Party::Organisation(o) => &mut state.organisations[o].conduct,
        Party::Mandate(m) => &mut state.mandates[m].conduct,
    }
}

fn due(cx: &Context, state: &mut State, party: Party) -> bool {
    let quarter = cx.now.quarter();
    conduct_of(state, party).stop.is_some_and(|stop| stop <= quarter)
}

/// One quarter of who may go astray.
fn live(cx: &Context, state: &mut State, record: &mut Record, party: Party) {
    let before = *conduct_of(state, party);
    count(record, party, before.astray.is_some());
    let (key, since) = identity(state, party);
    let stream = cx.random.decision(Decision::Detection, cx.now.quarter()).entity(key);
    let look = look(cx, stream);
    if before.astray.is_none() {
        let unchecked = f64::from(cx.now.quarter() - before.checked.max(since).min(cx.now.quarter()));
        let p = &cx.parameters.conduct;
        let hazard = (p.hazard * (1.0 + unchecked / p.doubling)).min(1.0);
        if cx.random.decision(Decision::Misconduct, cx.now.quarter()).entity(key).bernoulli(0, hazard) {
            conduct_of(state, party).astray = Some(cx.now.quarter());
            record.movement.incidents += 1;
            builders::astray(cx.now, state, record, party);
        } else if let Some(by) = look {
            conduct_of(state, party).checked = cx.now.quarter();
            let wrongly = by != Watcher::Routine && stream.bernoulli(4, cx.parameters.conduct.false_alarms);
            if wrongly {
                alarm(cx, state, record, party, by);
            }
        }
    } else if before.noticed.is_none() {
        let dealing = dealing(state, party);
        let tip = stream.bernoulli(3, cx.parameters.conduct.served * dealing).then_some(Watcher::Served);
        if let Some(by) = look.or(tip) {
            notice(cx, state, record, party, by);
        }
    }
}

fn count(record: &mut Record, party: Party, astray: bool) {
    let movement = &mut record.movement;
    let (all, of_them) = match party {
        Party::Organisation(_) => (&mut movement.organisation_quarters, &mut movement.organisations_astray),
        Party::Mandate(_) => (&mut movement.mandate_quarters, &mut movement.mandates_astray),
    };
    *all += 1;
    *of_them += u32::from(astray);
}

/// Its key, and since when it could have been checked.
fn identity(state: &State, party: Party) -> (Key, u32) {
    match party {
        Party::Organisation(o) => {
            let o = &state.organisations[o];
            (o.key, (o.founded.max(0) as u32).max(BURN_IN))
        }
        Party::Mandate(m) => (state.mandates[m].key, state.mandates[m].since),
    }
}

/// Who looks closely this quarter, if anybody does.
fn look(cx: &Context, stream: Stream) -> Option<Watcher> {
    let p = &cx.parameters.conduct;
    let chances = [
        (Watcher::Routine, p.routine),
        (Watcher::Oversight, p.finance * cx.policy.governance.oversight),
        (Watcher::Peers, p.peers * cx.policy.governance.accountability),
    ];
    (0..).zip(chances).find(|&(index, (_, chance))| stream.bernoulli(index, chance)).map(|(_, (who, _))| who)
}

/// Share of those served who deal with it.
fn dealing(state: &State, party: Party) -> f64 {
    let share = |part: f64, whole: f64| if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 };
    match party {
        Party::Mandate(m) => {
            let m = &state.mandates[m];
            share(m.asked.iter().sum(), m.requests.iter().sum())
        }
        Party::Organisation(o) if Some(o) == state.foundation => {
            let known = state.regions.iter().map(|region| region.volunteers * region.foundation_known).sum();
            share(known, state.regions.iter().map(|region| region.volunteers).sum())
        }
        Party::Organisation(o) => {
            let o = &state.organisations[o];
            share(o.members, state.regions[o.region].volunteers)
        }
    }
}

/// Somebody notices who is astray; those who decide will stop it. The foundation does not stop itself: where it decides,
/// its own case takes as long as a vote of the affiliates.
pub fn notice(cx: &Context, state: &mut State, record: &mut Record, party: Party, by: Watcher) {
    let body = judge_of(cx, state, party);
    let (quarter, delay) = (cx.now.quarter(), deciding::delay(cx, body));
    let conduct = conduct_of(state, party);
    conduct.noticed = Some(quarter);
    conduct.stop = Some(quarter + delay);
    record.movement.noticed += 1;
    builders::noticed(cx.now, state, record, party, by);
}

/// Who decides about somebody: not the foundation about itself.
pub fn judge_of(cx: &Context, state: &State, party: Party) -> Body {
    match (cx.policy.governance.body, party) {
        (Body::Foundation, Party::Organisation(o)) if Some(o) == state.foundation => Body::Affiliates,
        (body, _) => body,
    }
}

fn alarm(cx: &Context, state: &mut State, record: &mut Record, party: Party, by: Watcher) {
    let work = Work(cx.parameters.conduct.alarm_work);
    let id = match party {
        Party::Organisation(o) => o,
        Party::Mandate(m) => state.mandates[m].holder,
    };
    state.organisations[id].owed.answering += work;
    record.movement.false_alarms += 1;
    builders::false_alarm(cx.now, state, record, party, by);
}

/// An organisation gets another management.
fn put_right(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    stopped(cx, state, record, Party::Organisation(id));
    let disgrace = cx.parameters.conduct.disgrace;
    state.organisations[id].prestige *= 1.0 - disgrace;
}

/// A mandate goes to another holder, or ends; its holder loses prestige.
fn stop(cx: &Context, state: &mut State, record: &mut Record, m: MandateId) {
    let (holder, charge) = (state.mandates[m].holder, state.mandates[m].charge);
    stopped(cx, state, record, Party::Mandate(m));
    let disgrace = cx.parameters.conduct.disgrace;
    state.organisations[holder].prestige *= 1.0 - disgrace;
    deciding::bill(cx, state, charge);
    mandates::replace_holder(cx, state, record, m);
}

fn stopped(cx: &Context, state: &mut State, record: &mut Record, party: Party) {
    let quarter = cx.now.quarter();
    let conduct = conduct_of(state, party);
    let quarters = quarter - conduct.astray.unwrap_or(quarter);
    *conduct = Conduct::checked_in(quarter);
    record.movement.stopped += 1;
    record.movement.stopping += quarters;
    builders::stopped(cx.now, state, record, party, judge_of(cx, state, party), quarters);
}

/// A review looks at conduct too: who decides notices it as far as it knows the hub. Draws: notice.
pub fn review(cx: &Context, state: &mut State, record: &mut Record, m: MandateId, familiarity: f64) {
    let mandate = &state.mandates[m];
    let stream = cx.random.decision(Decision::Detection, cx.now.quarter()).entity(mandate.key);
    let Conduct { astray, noticed, .. } = mandate.conduct;
    if astray.is_none() {
        state.mandates[m].conduct.checked = cx.now.quarter();
    } else if noticed.is_none() && stream.bernoulli(5, familiarity) {
        notice(cx, state, record, Party::Mandate(m), Watcher::Review);
    }
}

#[cfg(test)]
#[path = "conduct_tests.rs"]
mod tests;
