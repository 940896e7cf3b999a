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
use crate::ids::{Key, MandateId, OrganisationId};
use crate::mechanisms::{deciding, mandates};
use crate::parameters;
use crate::policy::Policy;
use crate::policy::levers::Body;
use crate::random::{Decision, Stream};
use crate::record::events::builders;
use crate::state::{BURN_IN, Conduct, Party, Watcher, World};
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
pub fn watched(world: &World, id: OrganisationId) -> bool {
    let o = &world.organisations[id];
    let large = (o.grants + o.hub_money).0 > world.parameters.conduct.size * world.parameters.staffing.wage;
    o.active() && (large || Some(id) == world.foundation)
}

/// Whether the work of an organisation, at home or for a mandate, harms.
pub fn harms(world: &World, id: OrganisationId, mandate: Option<MandateId>) -> bool {
    match mandate {
        Some(m) => world.mandates[m].conduct.astray.is_some(),
        None => world.organisations[id].conduct.astray.is_some(),
    }
}

/// The quality of a material as conduct makes it.
pub fn quality(world: &World, id: OrganisationId, mandate: Option<MandateId>, quality: f64) -> f64 {
    if harms(world, id, mandate) { quality * world.parameters.conduct.quality } else { quality }
}

/// Everybody's quarter, then what takes effect. Draws: incident, notice.
pub fn run(world: &mut World, policy: &Policy) {
    let mut overdue = Vec::new();
    for id in world.organisations.ids() {
        let at_large = world.organisations[id].active() && world.organisations[id].conduct.astray.is_some();
        if at_large || watched(world, id) {
            live(world, policy, Party::Organisation(id));
        }
        if due(world, Party::Organisation(id)) && world.organisations[id].active() {
            overdue.push(id);
        }
    }
    let hubs: Vec<MandateId> = world.hubs().collect();
    for &m in &hubs {
        live(world, policy, Party::Mandate(m));
    }
    for id in overdue {
        put_right(world, policy, id);
    }
    for m in hubs {
        if world.mandates[m].alive() && due(world, Party::Mandate(m)) {
            stop(world, policy, m);
        } else {
            mandates::take_effect(world, policy, m);
        }
    }
}

fn conduct_of(world: &mut World, party: Party) -> &mut Conduct {
    match party {
        Party::Organisation(o) => &mut world.organisations[o].conduct,
        Party::Mandate(m) => &mut world.mandates[m].conduct,
    }
}

fn due(world: &mut World, party: Party) -> bool {
    let quarter = world.quarter;
    conduct_of(world, party).stop.is_some_and(|stop| stop <= quarter)
}

/// One quarter of who may go astray.
fn live(world: &mut World, policy: &Policy, party: Party) {
    let before = *conduct_of(world, party);
    count(world, party, before.astray.is_some());
    let (key, since) = identity(world, party);
    let stream = world.stream.decision(Decision::Detection, world.quarter).entity(key);
    let look = look(world, policy, stream);
    if before.astray.is_none() {
        let unchecked = f64::from(world.quarter - before.checked.max(since).min(world.quarter));
        let p = &world.parameters.conduct;
        let hazard = (p.hazard * (1.0 + unchecked / p.doubling)).min(1.0);
        if world.stream.decision(Decision::Misconduct, world.quarter).entity(key).bernoulli(0, hazard) {
            conduct_of(world, party).astray = Some(world.quarter);
            world.tally.trust.incidents += 1;
            builders::astray(world, party);
        } else if let Some(by) = look {
            conduct_of(world, party).checked = world.quarter;
            let wrongly = by != Watcher::Routine && stream.bernoulli(4, world.parameters.conduct.false_alarms);
            if wrongly {
                alarm(world, party, by);
            }
        }
    } else if before.noticed.is_none() {
        let dealing = dealing(world, party);
        let tip = stream.bernoulli(3, world.parameters.conduct.served * dealing).then_some(Watcher::Served);
        if let Some(by) = look.or(tip) {
            notice(world, policy, party, by);
        }
    }
}

fn count(world: &mut World, party: Party, astray: bool) {
    let trust = &mut world.tally.trust;
    let (all, of_them) = match party {
        Party::Organisation(_) => (&mut trust.organisation_quarters, &mut trust.organisations_astray),
        Party::Mandate(_) => (&mut trust.mandate_quarters, &mut trust.mandates_astray),
    };
    *all += 1;
    *of_them += u32::from(astray);
}

/// Its key, and since when it could have been checked.
fn identity(world: &World, party: Party) -> (Key, u32) {
    match party {
        Party::Organisation(o) => {
            let o = &world.organisations[o];
            (o.key, (o.founded.max(0) as u32).max(BURN_IN))
        }
        Party::Mandate(m) => (world.mandates[m].key, world.mandates[m].since),
    }
}

/// Who looks closely this quarter, if anybody does.
fn look(world: &World, policy: &Policy, stream: Stream) -> Option<Watcher> {
    let p = &world.parameters.conduct;
    let chances = [
        (Watcher::Routine, p.routine),
        (Watcher::Oversight, p.finance * policy.governance.oversight),
        (Watcher::Peers, p.peers * policy.governance.accountability),
    ];
    (0..).zip(chances).find(|&(index, (_, chance))| stream.bernoulli(index, chance)).map(|(_, (who, _))| who)
}

/// Share of those served who deal with it.
fn dealing(world: &World, party: Party) -> f64 {
    let share = |part: f64, whole: f64| if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 };
    match party {
        Party::Mandate(m) => {
            let m = &world.mandates[m];
            share(m.asked.iter().sum(), m.requests.iter().sum())
        }
        Party::Organisation(o) if Some(o) == world.foundation => {
            let known = world.regions.iter().map(|region| region.volunteers * region.foundation_known).sum();
            share(known, world.regions.iter().map(|region| region.volunteers).sum())
        }
        Party::Organisation(o) => {
            let o = &world.organisations[o];
            share(o.members, world.regions[o.region].volunteers)
        }
    }
}

/// Somebody notices who is astray; those who decide will stop it. The foundation does not stop itself: where it decides,
/// its own case takes as long as a vote of the affiliates.
pub fn notice(world: &mut World, policy: &Policy, party: Party, by: Watcher) {
    let body = judge_of(world, policy, party);
    let (quarter, delay) = (world.quarter, deciding::delay(world, body));
    let conduct = conduct_of(world, party);
    conduct.noticed = Some(quarter);
    conduct.stop = Some(quarter + delay);
    world.tally.trust.noticed += 1;
    builders::noticed(world, party, by);
}

/// Who decides about somebody: not the foundation about itself.
pub fn judge_of(world: &World, policy: &Policy, party: Party) -> Body {
    match (policy.governance.body, party) {
        (Body::Foundation, Party::Organisation(o)) if Some(o) == world.foundation => Body::Affiliates,
        (body, _) => body,
    }
}

fn alarm(world: &mut World, party: Party, by: Watcher) {
    let work = Work(world.parameters.conduct.alarm_work);
    let id = match party {
        Party::Organisation(o) => o,
        Party::Mandate(m) => world.mandates[m].holder,
    };
    world.organisations[id].owed.answering += work;
    world.tally.trust.false_alarms += 1;
    builders::false_alarm(world, party, by);
}

/// An organisation gets another management.
fn put_right(world: &mut World, policy: &Policy, id: OrganisationId) {
    stopped(world, policy, Party::Organisation(id));
    let disgrace = world.parameters.conduct.disgrace;
    world.organisations[id].prestige *= 1.0 - disgrace;
}

/// A mandate goes to another holder, or ends; its holder loses prestige.
fn stop(world: &mut World, policy: &Policy, m: MandateId) {
    let (holder, charge) = (world.mandates[m].holder, world.mandates[m].charge);
    stopped(world, policy, Party::Mandate(m));
    let disgrace = world.parameters.conduct.disgrace;
    world.organisations[holder].prestige *= 1.0 - disgrace;
    deciding::bill(world, policy, charge);
    mandates::replace_holder(world, policy, m);
}

fn stopped(world: &mut World, policy: &Policy, party: Party) {
    let quarter = world.quarter;
    let conduct = conduct_of(world, party);
    let quarters = quarter - conduct.astray.unwrap_or(quarter);
    *conduct = Conduct::checked_in(quarter);
    world.tally.trust.stopped += 1;
    world.tally.trust.stopping += quarters;
    builders::stopped(world, policy, party, quarters);
}

/// A review looks at conduct too: who decides notices it as far as it knows the hub. Draws: notice.
pub fn review(world: &mut World, policy: &Policy, m: MandateId, familiarity: f64) {
    let mandate = &world.mandates[m];
    let stream = world.stream.decision(Decision::Detection, world.quarter).entity(mandate.key);
    let Conduct { astray, noticed, .. } = mandate.conduct;
    if astray.is_none() {
        world.mandates[m].conduct.checked = world.quarter;
    } else if noticed.is_none() && stream.bernoulli(5, familiarity) {
        notice(world, policy, Party::Mandate(m), Watcher::Review);
    }
}

#[cfg(test)]
#[path = "conduct_tests.rs"]
mod tests;
