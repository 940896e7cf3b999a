//! Capacity: the work an organisation has in a quarter, and how it is split.
//!
//! *Claim.* Applying, reporting and keeping links cost work, and weigh most on the small; a mandate brings obligations,
//! not outputs: its holder gives it staff and a part of its own work, and what that achieves depends on the holder.
//! *Equations.* work = staff + volunteers' labour; minus applications (fixed + per million, over the year), reports and
//! links; the rest is split into support, production and learning at home, and by other shares for a mandate, which
//! also makes itself known. No hour vanishes: what the overhead exceeds, the overhead is cut by. *Source.* Herbert et
//! al. 2013 and von Hippel & von Hippel 2015 for applications; Provan & Kenis 2008 for links. Edges are counted as in
//! the identity n·h + h(h−1)/2 for h thematic hubs serving n organisations, each weighted by how far the hub is known
//! there, with R·h between them and R regional hubs, which serve one region each and keep no links among themselves. Links of an
//! organisation with hubs go by need^focus: at 1 they are as many as its needs come to, one in all with thematic hubs; at 0 there are h.

use crate::catalogue::Off;
use crate::ids::{MandateId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::autonomy;
use crate::parameters;
use crate::record::Record;
use crate::state::volunteers::each_found;
use crate::state::{ExactSum, Mandate, Remit, Stage, State};
use crate::units::{Capacity, QUARTERS_PER_YEAR, Work};

parameters! {
    /// Work available, what applying and links cost, and the split of the rest.
    pub struct CapacityParameters in "capacity",
        off Off::Set(&[("application_work", 0.0), ("application_size", 0.0), ("grant_work", 0.0), ("link_work", 0.0)]);
    /// Work that an affiliated volunteer of mean skill gives at full motivation.
    labour: 0.005, 0.0..=1.0, 0.002..0.02, "FTE/person", "assumed: 2.4 hours a quarter";
    /// Work of an application, whatever its size.
    application_work: 0.06, 0.0..=10.0, 0.02..0.15, "FTE-quarters", "assumed: 20-40 hours for small grants (von Hippel & von Hippel 2015 for the method)";
    /// Work of an application, per million asked.
    application_size: 0.45, 0.0..=10.0, 0.2..0.8, "FTE-quarters/million USD", "34 days per large proposal (Herbert et al. 2013)";
    /// Work a quarter of reporting on a running grant, whatever its size.
    grant_work: 0.03, 0.0..=10.0, 0.01..0.08, "FTE-quarters/quarter", "assumed";
    /// Work a quarter for each end of a link that is kept.
    link_work: 0.1, 0.0..=10.0, 0.03..0.4, "FTE-quarters/quarter", "assumed; coordination takes 3-25 % of capacity";
    /// How far links with hubs follow the share of the need that each is for: exponent; 0: one with each that is for any.
    link_focus: 1.0, 0.0..=4.0, 0.0..1.0, "-", "a convention: links with all thematic hubs together are as much as one; 0 is n·h for h hubs (Provan & Kenis 2008)";
    /// Share of work for support, at home.
    support: 0.35, 0.0..=1.0, 0.2..0.5, "share", "assumed";
    /// Share of work for production, at home.
    production: 0.45, 0.0..=1.0, 0.3..0.6, "share", "assumed";
    /// Share of a mandate's work for support.
    hub_support: 0.4, 0.0..=1.0, 0.25..0.55, "share", "assumed; the CEE Hub and the Content Partnerships Hub run help desks";
    /// Share of a mandate's work for production.
    hub_production: 0.35, 0.0..=1.0, 0.2..0.5, "share", "assumed";
    /// Share of a mandate's work for making itself known and for its catalogue.
    hub_outreach: 0.2, 0.0..=1.0, 0.1..0.3, "share", "assumed";
    /// Share of its home work that a holder gives to each mandate, paid for or not.
    pledge: 0.1, 0.0..=1.0, 0.0..0.3, "share", "assumed";
    /// How much of a mandate's new staff comes from organisations of its holder's region.
    drawn_from_near: 0.3, 0.0..=1.0, 0.0..0.6, "share", "assumed";
}

/// Organisations with less staff keep no links, FTE.
pub const LINKED_FROM: f64 = 1.0;
/// The most of its home work that an organisation gives to its mandates.
const MOST_PLEDGED: f64 = 0.5;

/// Splits the quarter's work of all organisations and mandates. No draws.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    gather_labour(cx, state);
    let hubs = Hubs::of(cx, state);
    for o in state.organisations.ids() {
        if state.organisations[o].kind.outside() {
            // Their home work is not the movement's: they only finish what a hub of theirs left them.
            state.organisations[o].queue.budget = Work::ZERO;
        } else if state.organisations[o].active() {
            split_home(cx, state, record, &hubs, o);
        }
    }
    // All pledges first: what one mandate leaves to its holder's learning is not pledged to the next.
    let hubs: Vec<MandateId> = state.hubs().collect();
    let pledges: Vec<Work> = hubs.iter().map(|&m| pledge(cx, state, m)).collect();
    for (&m, pledged) in hubs.iter().zip(pledges) {
        split_hub(cx, state, record, m, pledged);
    }
    keep_coordinating_body(cx, state, record);
}

/// Notes how much work there is for each region. No draws.
pub fn note_regional_work(_cx: &Context, state: &mut State, _record: &mut Record) {
    for (region, work) in state.regions.ids().zip(regional_work(state)) {
        state.regions[region].work = work;
    }
}

/// A coordinating body is staffed by the foundation and keeps one link with each hub.
fn keep_coordinating_body(cx: &Context, state: &mut State, record: &mut Record) {
    let Some(foundation) = state.foundation.filter(|_| cx.policy.hubs.coordination) else { return };
    let o = &mut state.organisations[foundation];
    let cost = Work(cx.parameters.capacity.link_work * state.mandates.iter().filter(|m| m.alive()).count() as f64);
    let cost = cost.min(o.learning);
    o.learning -= cost;
    record.year.coordination += cost;
}

/// Work that members give to their affiliates.
pub fn gather_labour(cx: &Context, state: &mut State) {
    let mut given = vec![(0u32, ExactSum::default()); state.organisations.len()];
    // Who is a member is found first and without a branch: most are not, and nobody can foresee who.
    each_found(
        &mut state.volunteers,
        |volunteer| volunteer.affiliated(),
        |_, volunteer| {
            let (members, labour) = &mut given[usize::from(volunteer.affiliation)];
            *members += 1;
            labour.add(volunteer.motivation * (0.5 + volunteer.skill));
        },
    );
    let each = cx.parameters.capacity.labour * state.people_per_agent;
    for (o, (members, labour)) in state.organisations.iter_mut().zip(given) {
        o.members = f64::from(members) * state.people_per_agent;
        o.labour = Capacity(each * labour.value());
    }
}

/// What everybody's links and pledges are computed from.
struct Hubs {
    /// Known, weighted by attention (need^focus), in each region: what who holds no hub keeps links for.
    known: Vec<f64>,
    /// Hubs that each organisation holds, alone or with others, and of these as the holder.
    held: Vec<(u32, u32)>,
}

impl Hubs {
    fn of(cx: &Context, state: &State) -> Hubs {
        let mut held = vec![(0, 0); state.organisations.len()];
        for m in state.mandates.iter().filter(|m| m.alive()) {
            held[m.holder.index()].1 += 1;
            for id in m.partners.iter().chain([&m.holder]) {
                held[id.index()].0 += 1;
            }
        }
        Hubs { known: state.region_ids().map(|r| known(cx, state, r, |_| true)).collect(), held }
    }
}

/// How well hubs are known in a region, each weighted by how much of its need it is for, to the power of `link_focus`.
fn known(cx: &Context, state: &State, region: RegionId, counts: impl Fn(&Mandate) -> bool) -> f64 {
    let hubs = state.mandates.iter().filter(|m| m.alive() && counts(m));
    hubs.map(|m| m.known[region] * attention(cx, need_of(state, region, m))).sum()
}

/// What share of a link is kept with a hub that is for a share of the need.
fn attention(cx: &Context, need: f64) -> f64 {
    let focus = cx.parameters.capacity.link_focus;
    if focus == 1.0 || need <= 0.0 { need } else { libm::pow(need, focus) }
}

fn split_home(cx: &Context, state: &mut State, record: &mut Record, hubs: &Hubs, id: OrganisationId) {
    let p = &cx.parameters.capacity;
    let o = &state.organisations[id];
    let all = (o.staff + o.labour).quarterly_work();
    let mut applying = Work::ZERO;
    // The fixed part for each application and each grant, over the year.
    applying += Work((p.application_work * f64::from(o.applications) + p.application_size * o.request.0 / 1e6) / 4.0);
    applying += Work(p.grant_work * f64::from(o.running));
    let kept = home_links(cx, state, hubs, id);
    let links = Work(p.link_work * kept);
    let overhead = applying + links;
    let scale = if overhead.0 > all.0 { all / overhead } else { 1.0 };
    let (applying, links) = (applying * scale, links * scale);
    let held = f64::from(hubs.held[id.index()].1);
    let free = (all - applying - links).max(Work::ZERO);
    let home = free * (1.0 - (p.pledge * held).min(MOST_PLEDGED));
    let (support, production) = (home * p.support, home * p.production.min(1.0 - p.support));
    let tally = &mut record.year;
    tally.work += all;
    tally.applying += applying;
    tally.coordination += links;
    let o = &mut state.organisations[id];
    o.links = kept;
    o.year.labour += o.labour.quarterly_work();
    o.queue.budget = production;
    o.support_left = support;
    o.learning = home - support - production;
}

/// Links an organisation keeps up: one with the foundation, one with each hub as far as it knows it, and one with each
/// other member of its partnerships. Those with who holds a hub together with it are kept by the hub.
fn home_links(cx: &Context, state: &State, hubs: &Hubs, id: OrganisationId) -> f64 {
    let o = &state.organisations[id];
    if o.staff.0 < LINKED_FROM || Some(id) == state.foundation {
        return 0.0;
    }
    let known = match hubs.held[id.index()].0 {
        0 => hubs.known[o.region],
        _ => known(cx, state, o.region, |m| !m.held_by(id)),
    };
    f64::from(u8::from(state.foundation.is_some())) + known + f64::from(state.partnerships.collaborations(id).links)
}

/// How much of a region's need a hub is for.
fn need_of(state: &State, region: RegionId, mandate: &Mandate) -> f64 {
    match mandate.remit {
        Remit::Theme(theme) => state.need(region, theme),
        Remit::Region(_) => {
            state.theme_ids().filter(|&t| mandate.scope.holds(region, t)).map(|t| state.need(region, t)).sum()
        }
    }
}

/// What the holder did not keep at home, divided among its mandates.
fn pledge(cx: &Context, state: &State, m: MandateId) -> Work {
    let id = state.mandates[m].holder;
    let holder = &state.organisations[id];
    if holder.kind.outside() {
        // Its home work is not the movement's.
        return Work::ZERO;
    }
    let held = state.hubs().filter(|k| state.mandates[*k].holder == id).count() as f64;
    let kept = 1.0 - (cx.parameters.capacity.pledge * held).min(MOST_PLEDGED);
    (holder.support_left + holder.queue.budget + holder.learning) * ((1.0 - kept) / kept / held)
}

fn split_hub(cx: &Context, state: &mut State, record: &mut Record, m: MandateId, pledged: Work) {
    let p = &cx.parameters.capacity;
    let mandate = &state.mandates[m];
    let all = mandate.total_staff().quarterly_work() + pledged;
    let links = (Work(p.link_work * hub_links(cx, state, m)) + autonomy::steering(cx, state, m)).min(all);
    let slowed = match mandate.stage(cx.now.quarter()) {
        Stage::Transition => cx.parameters.mandates.transition_factor,
        _ => 1.0,
    };
    let deciding = (mandate.deciding / f64::from(QUARTERS_PER_YEAR)).min(all - links);
    let free = all - links - deciding;
    let active = free * slowed;
    let (support, production) = (active * p.hub_support, active * p.hub_production.min(1.0 - p.hub_support));
    let outreach = active * p.hub_outreach.min(1.0 - p.hub_support - p.hub_production).max(0.0);
    record.year.work += mandate.total_staff().quarterly_work();
    record.year.coordination += links;
    record.year.trust.deciding += deciding;
    record.year.outreach += outreach;
    let holder = mandate.holder;
    let mandate = &mut state.mandates[m];
    mandate.support_left = support;
    mandate.queue.budget = production;
    mandate.outreach = outreach;
    // The rest learns; a transition is learning too.
    state.organisations[holder].learning += free - support - production - outreach;
}

/// Links a hub keeps up: with the other hubs, or with the body that coordinates them, with each region as far as it is
/// known there, and of its consortium, which its holder leads, both ends of those between holder and partners. Regional
/// hubs have no work in common, so they keep none among themselves.
fn hub_links(cx: &Context, state: &State, m: MandateId) -> f64 {
    let mandate = &state.mandates[m];
    let regional = mandate.region().is_some();
    let shares_work = |k: &MandateId| *k != m && !(regional && state.mandates[*k].region().is_some());
    let others = state.hubs().filter(shares_work).count() as f64;
    let among = if cx.policy.hubs.coordination { others.min(1.0) } else { others };
    let regions: f64 = mandate.scope.regions().map(|r| mandate.known[r]).sum();
    among + regions + 2.0 * mandate.partners.len() as f64
}

/// Work for each region, FTE: its affiliates', and that of hubs in equal parts over their scope.
pub fn regional_work(state: &State) -> Vec<f64> {
    let mut work = vec![0.0; state.regions.len()];
    for o in state.organisations.iter().filter(|o| o.active() && o.community.is_some()) {
        work[o.region] += (o.staff + o.labour).0;
    }
    for m in state.mandates.iter().filter(|m| m.alive()) {
        let count = m.scope.regions().count().max(1) as f64;
        for r in m.scope.regions() {
            work[r] += m.total_staff().0 / count;
        }
    }
    work
}

#[cfg(test)]
mod tests;
