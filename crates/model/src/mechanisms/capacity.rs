//! Capacity: the work that an organisation has in a quarter, and its split among activities.
//!
//! *Claim.* Applying, reporting and keeping links cost work, and burden small organisations most. A mandate brings
//! obligations, not outputs: its holder gives it staff and a part of its own work, and what that achieves depends on
//! the holder.
//!
//! *Equations.* In a quarter, for an organisation:
//!
//! ```text
//! work      = staff + labour · Σ over members of motivation · (½ + skill)
//! applying  = (application_work · applications + application_size · million USD asked)/4 + grant_work · running grants
//! links     = link_work · (1 with the foundation + Σ over hubs of known · need^link_focus + 1 with each partner)
//! free      = work − applying − links              both are reduced in proportion where they exceed the work
//! useful    = free · (support + production)
//! support   = useful · σ
//! production = useful · (1 − σ)
//! learning  = free − useful
//! ```
//!
//! σ is support ÷ (support + production) at the start, and then follows the calls:
//!
//! ```text
//! σ'        = σ + FOLLOWED · (min(MOST, max(LEAST, calls ÷ useful)) − σ)
//! ```
//!
//! The calls are the work asked for, evened out over several agents: `support/evening_out.rs`.
//!
//! Of the support at home, a holder sets min(pledge · mandates held, ½) aside for its mandates, before its members.
//!
//! and for a mandate:
//!
//! ```text
//! work      = staff
//! links     = link_work · (other hubs + Σ over regions of known + 2 · partners) + steering work
//! free      = work − links − deciding
//! active    = free, or free · transition_factor in a transition
//! support, production, outreach = active · hub_support, active · hub_production, active · hub_outreach; of the first two
//!             together the share σ is support, which follows the calls; support grows by what the holder pledges
//! learning  = the rest, to those who serve under it
//! ```
//!
//! No work is lost: all of it goes to one of these uses.
//!
//! *Number of links.* Each link has two ends, and each end costs work. With n organisations, h thematic hubs that all
//! know and need, and R regional hubs (which serve one region each and keep no links among themselves), there are n·h
//! links between organisations and hubs, h(h − 1)/2 among thematic hubs and R·h between the kinds. `link_focus` is the
//! exponent of the need: at 1 the links of an organisation with all thematic hubs together are as much as one link, at
//! 0 there is one with each hub.
//!
//! *Source.* Herbert et al. 2013 and von Hippel & von Hippel 2015 for applications; Provan & Kenis 2008 for links.
//! *Draws.* None. *Off.* `application_work`, `application_size`, `grant_work` and `link_work` at 0.

use crate::catalogue::Off;
use crate::ids::{MandateId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::autonomy;
use crate::parameters;
use crate::record::Record;
use crate::state::volunteers::each_found;
use crate::state::{ExactSum, Mandate, Remit, Stage, State, WorkQueue};
use crate::units::{Capacity, QUARTERS_PER_YEAR, Work};

parameters! {
    /// The work of a quarter: cost of applications and links, and the split of the rest.
    pub struct CapacityParameters in "capacity",
        off Off::Set(&[("application_work", 0.0), ("application_size", 0.0), ("grant_work", 0.0), ("link_work", 0.0)]);
    /// Work that an affiliated volunteer of mean skill and full motivation gives to the affiliate.
    labour: Capacity = 0.005, 0.0..=1.0, 0.002..0.02, "FTE/person", "assumed: 2.4 hours a quarter";
    /// Fixed work of an application.
    application_work: Work = 0.06, 0.0..=10.0, 0.02..0.15, "FTE-quarters", "assumed: 20-40 hours for small grants (von Hippel & von Hippel 2015 for the method)";
    /// Work of an application for each million USD asked, in addition to the fixed work.
    application_size: Work = 0.45, 0.0..=10.0, 0.2..0.8, "FTE-quarters/million USD", "34 days per large proposal (Herbert et al. 2013)";
    /// Work of reporting on a running grant, whatever the size of the grant.
    grant_work: Work = 0.03, 0.0..=10.0, 0.01..0.08, "FTE-quarters/quarter", "assumed";
    /// Work that a link costs at each of its two ends.
    link_work: Work = 0.1, 0.0..=10.0, 0.03..0.4, "FTE-quarters/quarter", "assumed; coordination takes 3-25 % of capacity";
    /// Exponent of the share of need in the strength of a link with a hub; at 0 an organisation keeps one full link
    /// with each hub that serves any of its needs.
    link_focus: f64 = 1.0, 0.0..=4.0, 0.0..1.0, "-", "a convention: links with all thematic hubs together are as much as one; 0 is n·h for h hubs (Provan & Kenis 2008)";
    /// Share of an organisation's own work that goes to support.
    support: f64 = 0.35, 0.0..=1.0, 0.2..0.5, "share", "assumed";
    /// Share of an organisation's own work that goes to production.
    production: f64 = 0.45, 0.0..=1.0, 0.3..0.6, "share", "assumed";
    /// Share of a mandate's work that goes to support.
    hub_support: f64 = 0.4, 0.0..=1.0, 0.25..0.55, "share", "assumed; the CEE Hub and the Content Partnerships Hub run help desks";
    /// Share of a mandate's work that goes to production.
    hub_production: f64 = 0.35, 0.0..=1.0, 0.2..0.5, "share", "assumed";
    /// Share of a mandate's work that goes to outreach and to the catalogue of materials.
    hub_outreach: f64 = 0.2, 0.0..=1.0, 0.1..0.3, "share", "assumed";
    /// Share of a mandate's new staff that leaves other organisations of the holder's region.
    drawn_from_near: f64 = 0.3, 0.0..=1.0, 0.0..0.6, "share", "assumed";
}

/// Staff below which an organisation keeps no links, FTE; assumed: it takes one full position to keep in touch.
pub const MIN_STAFF_FOR_LINKS: f64 = 1.0;
/// Largest share of its own support that an organisation sets aside for all its mandates together; a choice: it stays an
/// organisation of its own.
const MAX_PLEDGED: f64 = 0.5;
/// Part of the way to the share of support that calls ask for that the split goes in a quarter; assumed: half a year to
/// reorganise.
const FOLLOWED: f64 = 0.5;
/// Smallest and largest share of support in the work for support and production; assumed: somebody always answers, and a third
/// is kept for what is made for more than one caller.
const SUPPORT_BOUNDS: (f64, f64) = (0.05, 2.0 / 3.0);
/// Labour of a member without skill, relative to one of mean skill (½); so a member of mean skill counts as 1.
const LABOUR_WITHOUT_SKILL: f32 = 0.5;
/// USD in the unit of `application_size`.
const MILLION: f64 = 1e6;

/// Splits the quarter's work of all organisations and mandates. No draws.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    gather_labour(cx, state);
    let hubs = HubIndex::new(cx, state);
    for organisation in state.organisations.ids() {
        if state.organisations[organisation].kind.outside() {
            // Work at home of outside organisations is not simulated: they only finish projects that a hub left them.
            state.organisations[organisation].queue.budget = Work::ZERO;
        } else if state.organisations[organisation].active() {
            split_home(cx, state, record, &hubs, organisation);
        }
    }
    let hubs: Vec<MandateId> = state.hubs().collect();
    for mandate in hubs {
        split_hub(cx, state, record, mandate);
    }
    keep_coordinating_body(cx, state, record);
}

/// Notes the work for each region. No draws.
pub fn note_regional_work(_cx: &Context, state: &mut State, _record: &mut Record) {
    for (region, work) in state.regions.ids().zip(regional_work(state)) {
        state.regions[region].work = work;
    }
}

/// A coordinating body is staffed by the foundation, from all that it does, and keeps one link with each hub.
fn keep_coordinating_body(cx: &Context, state: &mut State, record: &mut Record) {
    let Some(foundation) = state.foundation.filter(|_| cx.policy.hubs.coordination) else { return };
    let cost = cx.parameters.capacity.link_work * state.hub_count() as f64;
    record.movement.coordination_work += state.organisations[foundation].take_work(cost);
}

/// Counts members, and the work that they give to their affiliates.
pub fn gather_labour(cx: &Context, state: &mut State) {
    let mut given = vec![(0u32, ExactSum::default()); state.organisations.len()];
    // Members are collected first, without a branch: most volunteers are not members, and a branch for each would be
    // mispredicted.
    each_found(
        &mut state.volunteers,
        |volunteer| volunteer.affiliated(),
        |_, volunteer| {
            let (members, labour) = &mut given[usize::from(volunteer.affiliation)];
            *members += 1;
            labour.add(volunteer.motivation * (LABOUR_WITHOUT_SKILL + volunteer.skill));
        },
    );
    let labour_of_agent = cx.parameters.capacity.labour * state.people_per_agent;
    for (organisation, (members, labour)) in state.organisations.iter_mut().zip(given) {
        organisation.members = f64::from(members) * state.people_per_agent;
        organisation.labour = labour_of_agent * labour.value();
    }
}

/// Sums over hubs from which the links and pledges of all organisations are computed.
struct HubIndex {
    /// Links with hubs of an organisation that holds none, by region: Σ known · need^link_focus.
    links: Vec<f64>,
    /// Mandates of each organisation: all that it takes part in, and those that it holds.
    mandates: Vec<MandateCounts>,
}

/// Mandates of an organisation.
#[derive(Clone, Copy, Default)]
struct MandateCounts {
    /// As holder or partner.
    joined: u32,
    /// As holder.
    held: u32,
}

impl HubIndex {
    fn new(cx: &Context, state: &State) -> HubIndex {
        let mut mandates = vec![MandateCounts::default(); state.organisations.len()];
        for mandate in state.mandates.iter().filter(|m| m.alive()) {
            mandates[mandate.holder.index()].held += 1;
            for organisation in mandate.partners.iter().chain([&mandate.holder]) {
                mandates[organisation.index()].joined += 1;
            }
        }
        HubIndex { links: state.region_ids().map(|r| links_with_hubs(cx, state, r, |_| true)).collect(), mandates }
    }
}

/// Links with hubs of an organisation of a region: Σ known · need^link_focus over the hubs that count.
fn links_with_hubs(cx: &Context, state: &State, region: RegionId, counts: impl Fn(&Mandate) -> bool) -> f64 {
    let hubs = state.mandates.iter().filter(|m| m.alive() && counts(m));
    hubs.map(|m| m.known[region] * link_strength(cx, share_of_need(state, region, m))).sum()
}

/// Strength of a link with a hub that serves a share of the region's need.
fn link_strength(cx: &Context, need: f64) -> f64 {
    let focus = cx.parameters.capacity.link_focus;
    // `pow` is slow, and 1 is the default.
    if focus == 1.0 || need <= 0.0 { need } else { libm::pow(need, focus) }
}

fn split_home(cx: &Context, state: &mut State, record: &mut Record, hubs: &HubIndex, id: OrganisationId) {
    let parameters = &cx.parameters.capacity;
    let organisation = &state.organisations[id];
    let all = (organisation.staff + organisation.labour).quarterly_work();
    let mut applying = Work::ZERO;
    // The year's applications are spread evenly over its quarters.
    applying += (parameters.application_work * f64::from(organisation.applications)
        + parameters.application_size * organisation.request.0 / MILLION)
        / f64::from(QUARTERS_PER_YEAR);
    applying += parameters.grant_work * f64::from(organisation.running);
    let kept = home_links(cx, state, hubs, id);
    let links = parameters.link_work * kept;
    let overhead = applying + links;
    let scale = if overhead.0 > all.0 { all / overhead } else { 1.0 };
    let (applying, links) = (applying * scale, links * scale);
    let held = f64::from(hubs.mandates[id.index()].held);
    let free = (all - applying - links).max(Work::ZERO);
    let useful = free * (parameters.support + parameters.production).min(1.0);
    let support = useful * (support_at_start(cx).0 + organisation.queue.shifted);
    let pledged = support * (cx.policy.hubs.pledge * held).min(MAX_PLEDGED);
    let movement = &mut record.movement;
    movement.work += all;
    movement.applying_work += applying;
    movement.coordination_work += links;
    let organisation = &mut state.organisations[id];
    organisation.links = kept;
    organisation.year.labour += organisation.labour.quarterly_work();
    organisation.queue.useful = useful;
    organisation.queue.budget = useful - support;
    organisation.support_left = support - pledged;
    organisation.pledged = if held > 0.0 { pledged / held } else { Work::ZERO };
    organisation.learning = free - useful;
    movement.pledged_work += pledged;
}

/// Share of support in the work for support and production at the start, of organisations and of mandates.
pub fn support_at_start(cx: &Context) -> (f64, f64) {
    let p = &cx.parameters.capacity;
    let share =
        |support: f64, production: f64| if support > 0.0 { support / (support + production).min(1.0) } else { 0.0 };
    (share(p.support, p.production), share(p.hub_support, p.hub_production))
}

/// Moves the split of the next quarter towards what this one's calls asked for.
pub fn follow_calls(queue: &mut WorkQueue, asked: Work, start: f64) {
    // Where nobody gives support from the start, nobody comes to do so.
    if queue.useful.0 > 0.0 && start > 0.0 {
        let (least, most) = SUPPORT_BOUNDS;
        let wanted = (asked / queue.useful).clamp(least, most);
        queue.shifted += FOLLOWED * (wanted - (start + queue.shifted));
    }
}

/// Links that an organisation keeps at home: one with the foundation, one with each hub in proportion to how well the
/// hub is known in the region, and one with each other member of its partnerships. Links within a consortium are kept
/// by the hub.
fn home_links(cx: &Context, state: &State, hubs: &HubIndex, id: OrganisationId) -> f64 {
    let organisation = &state.organisations[id];
    if organisation.staff.0 < MIN_STAFF_FOR_LINKS || Some(id) == state.foundation {
        return 0.0;
    }
    let with_hubs = match hubs.mandates[id.index()].joined {
        0 => hubs.links[organisation.region],
        _ => links_with_hubs(cx, state, organisation.region, |m| !m.held_by(id)),
    };
    f64::from(u8::from(state.foundation.is_some())) + with_hubs + f64::from(state.partnerships.collaborations(id).links)
}

/// Share of a region's need that a hub serves.
fn share_of_need(state: &State, region: RegionId, mandate: &Mandate) -> f64 {
    match mandate.remit {
        Remit::Theme(theme) => state.need(region, theme),
        Remit::Region(_) => {
            state.theme_ids().filter(|&t| mandate.scope.holds(region, t)).map(|t| state.need(region, t)).sum()
        }
    }
}

fn split_hub(cx: &Context, state: &mut State, record: &mut Record, id: MandateId) {
    let parameters = &cx.parameters.capacity;
    let mandate = &state.mandates[id];
    let all = mandate.total_staff().quarterly_work();
    let links = (parameters.link_work * hub_links(cx, state, id) + autonomy::steering_work(cx, state, id)).min(all);
    let slowed = match mandate.stage(cx.now.quarter()) {
        Stage::Transition => cx.parameters.mandates.transition_factor,
        _ => 1.0,
    };
    let deciding = (mandate.deciding / f64::from(QUARTERS_PER_YEAR)).min(all - links);
    let free = all - links - deciding;
    let active = free * slowed;
    let useful = active * (parameters.hub_support + parameters.hub_production).min(1.0);
    let support = useful * (support_at_start(cx).1 + mandate.queue.shifted);
    let outreach =
        active * parameters.hub_outreach.min(1.0 - parameters.hub_support - parameters.hub_production).max(0.0);
    record.movement.work += mandate.total_staff().quarterly_work();
    record.movement.coordination_work += links;
    record.movement.deciding_work += deciding;
    record.movement.outreach_work += outreach;
    let pledged = state.organisations[mandate.holder].pledged;
    let mandate = &mut state.mandates[id];
    mandate.pledged = pledged;
    mandate.queue.useful = useful;
    mandate.queue.budget = useful - support;
    mandate.support_left = support + pledged;
    mandate.outreach = outreach;
    // Work that a transition does not use is learning time, too.
    mandate.learning = free - useful - outreach;
}

/// Ends of links that a hub pays for: one with each other hub, or one with the coordinating body; one with each region
/// in proportion to how well the hub is known there; and both ends of the links between the holder and the partners of
/// its consortium. Regional hubs have no work in common, and keep no links among themselves.
fn hub_links(cx: &Context, state: &State, id: MandateId) -> f64 {
    let mandate = &state.mandates[id];
    let regional = mandate.region().is_some();
    let shares_work = |other: &MandateId| *other != id && !(regional && state.mandates[*other].region().is_some());
    let others = state.hubs().filter(shares_work).count() as f64;
    let among = if cx.policy.hubs.coordination { others.min(1.0) } else { others };
    let regions: f64 = mandate.scope.regions().map(|r| mandate.known[r]).sum();
    among + regions + ENDS_OF_A_LINK * mandate.partners.len() as f64
}

/// The hub pays for both ends of a link with a partner.
const ENDS_OF_A_LINK: f64 = 2.0;

/// Work for each region, FTE: that of its affiliates, and that of hubs and of the foundation in equal parts over the regions of
/// their scope.
pub fn regional_work(state: &State) -> Vec<f64> {
    let mut work = vec![0.0; state.regions.len()];
    for affiliate in state.organisations.iter().filter(|o| o.active() && o.community.is_some()) {
        work[affiliate.region] += (affiliate.staff + affiliate.labour).0;
    }
    for hub in state.mandates.iter().filter(|m| m.alive()) {
        let count = hub.scope.regions().count().max(1) as f64;
        for region in hub.scope.regions() {
            work[region] += hub.total_staff().0 / count;
        }
    }
    // What the foundation hands over to hubs must not count as new.
    let central = state.foundation.map_or(0.0, |id| (state.organisations[id].staff + state.desk.staff).0);
    let count = work.len() as f64;
    work.iter_mut().for_each(|work| *work += central / count);
    work
}

#[cfg(test)]
mod tests;
