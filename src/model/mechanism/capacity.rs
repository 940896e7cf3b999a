//! Capacity: the work an organisation has in a quarter, and how it is split.
//!
//! *Claim.* Applying, reporting and keeping links cost work, and weigh most on the small; a mandate brings obligations,
//! not outputs: its holder gives it staff and a part of its own work, and what that achieves depends on the holder.
//! *Equations.* work = staff + volunteers' labour; minus applications (fixed + per million, over the year), reports and
//! links; the rest is split into support, production and learning at home, and by other shares for a mandate, which
//! also makes itself known. No hour vanishes: what the overhead exceeds, the overhead is cut by. *Source.* Herbert et
//! al. 2013 and von Hippel & von Hippel 2015 for applications; Provan & Kenis 2008 for links. Edges are counted as in
//! the identity n·h + h(h−1)/2 for h thematic hubs serving n organisations, each weighted by how far the hub is known
//! there, with R·h between them and R regional hubs, which serve one region each and keep no links among themselves.

use crate::ids::{MandateId, OrganisationId, RegionId};
use crate::model::mechanism::{autonomy, scanning};
use crate::model::world::{Charge, ExactSum, Mandate, Stage, World};
use crate::parameters;
use crate::policy::Policy;
use crate::quantity::catalogue::Off;
use crate::quantity::{Capacity, QUARTERS, Work};

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
pub fn run(world: &mut World, policy: &Policy) {
    gather_labour(world);
    for o in 0..world.organisations.len() {
        if world.organisations[o].active() && !world.organisations[o].kind.outside() {
            split_home(world, OrganisationId::at(o));
        }
    }
    // All pledges first: what one mandate leaves to its holder's learning is not pledged to the next.
    let hubs: Vec<MandateId> = world.hubs().collect();
    let pledges: Vec<Work> = hubs.iter().map(|&m| pledge(world, m)).collect();
    for (&m, pledged) in hubs.iter().zip(pledges) {
        split_hub(world, policy, m, pledged);
    }
    keep_coordinating_body(world, policy);
    super::duties::pay(world, policy);
    scanning::work(world, policy);
    for (region, work) in regional_work(world).into_iter().enumerate() {
        world.regions[region].work = work;
    }
}

/// A coordinating body is staffed by the foundation and keeps one link with each hub.
fn keep_coordinating_body(world: &mut World, policy: &Policy) {
    let Some(foundation) = world.foundation.filter(|_| policy.hubs.coordination) else { return };
    let o = &mut world.organisations[foundation.index()];
    let cost = Work(world.parameters.capacity.link_work * world.mandates.iter().filter(|m| m.alive()).count() as f64);
    let cost = cost.min(o.learning);
    o.learning -= cost;
    world.tally.coordination += cost;
}

/// Work that members give to their affiliates.
pub fn gather_labour(world: &mut World) {
    // Some more for those who are members nowhere: to add what nobody reads is cheaper than to ask each, and places taken
    // in turn need not wait for each other.
    let (nowhere, turns) = (world.organisations.len(), 8);
    let mut given = vec![(0u32, ExactSum::default()); nowhere + turns];
    for (i, volunteer) in world.volunteers.iter().enumerate() {
        let (members, labour) = &mut given[usize::from(volunteer.affiliation).min(nowhere + i % turns)];
        *members += 1;
        labour.add(volunteer.motivation * (0.5 + volunteer.skill));
    }
    let each = world.parameters.capacity.labour * world.people_per_agent;
    for (o, (members, labour)) in world.organisations.iter_mut().zip(given) {
        o.members = f64::from(members) * world.people_per_agent;
        o.labour = Capacity(each * labour.value());
    }
}

fn split_home(world: &mut World, id: OrganisationId) {
    let p = &world.parameters.capacity;
    let o = &world.organisations[id.index()];
    let all = (o.staff + o.labour).for_a_quarter();
    let mut applying = Work::ZERO;
    // The fixed part for each application and each grant, over the year.
    applying += Work((p.application_work * f64::from(o.applications) + p.application_size * o.request.0 / 1e6) / 4.0);
    applying += Work(p.grant_work * f64::from(o.running));
    let kept = home_links(world, id);
    let links = Work(p.link_work * kept);
    let overhead = applying + links;
    let scale = if overhead.0 > all.0 { all / overhead } else { 1.0 };
    let (applying, links) = (applying * scale, links * scale);
    let held = world.hubs().filter(|m| world.mandates[m.index()].holder == id).count() as f64;
    let free = (all - applying - links).max(Work::ZERO);
    let home = free * (1.0 - (p.pledge * held).min(MOST_PLEDGED));
    let (support, production) = (home * p.support, home * p.production.min(1.0 - p.support));
    let tally = &mut world.tally;
    tally.work += all;
    tally.applying += applying;
    tally.coordination += links;
    let o = &mut world.organisations[id.index()];
    o.links = kept;
    o.labour_of_year += o.labour.for_a_quarter();
    o.desk.budget = production;
    o.support_left = support;
    o.learning = home - support - production;
}

/// Links an organisation keeps up: one with the foundation, one with each hub as far as it knows it, and one with each
/// other member of its partnerships. Those with who holds a hub together with it are kept by the hub.
fn home_links(world: &World, id: OrganisationId) -> f64 {
    let o = &world.organisations[id.index()];
    if o.staff.0 < LINKED_FROM || Some(id) == world.foundation {
        return 0.0;
    }
    let known: f64 = world
        .hubs()
        .map(|m| &world.mandates[m.index()])
        .filter(|m| !m.held_by(id))
        .map(|m| m.known[o.region.index()] * need_of(world, o.region, m))
        .sum();
    f64::from(u8::from(world.foundation.is_some())) + known + f64::from(world.partnerships.circle(id).links)
}

/// How much of a region's need a hub is for.
fn need_of(world: &World, region: RegionId, mandate: &Mandate) -> f64 {
    match mandate.charge {
        Charge::Theme(theme) => world.need(region, theme),
        Charge::Region(_) => {
            world.theme_ids().filter(|&t| mandate.scope.holds(region, t)).map(|t| world.need(region, t)).sum()
        }
    }
}

/// What the holder did not keep at home, divided among its mandates.
fn pledge(world: &World, m: MandateId) -> Work {
    let id = world.mandates[m.index()].holder;
    let holder = &world.organisations[id.index()];
    let held = world.hubs().filter(|k| world.mandates[k.index()].holder == id).count() as f64;
    let kept = 1.0 - (world.parameters.capacity.pledge * held).min(MOST_PLEDGED);
    (holder.support_left + holder.desk.budget + holder.learning) * ((1.0 - kept) / kept / held)
}

fn split_hub(world: &mut World, policy: &Policy, m: MandateId, pledged: Work) {
    let p = &world.parameters.capacity;
    let mandate = &world.mandates[m.index()];
    let all = mandate.staff_in_all().for_a_quarter() + pledged;
    let links = (Work(p.link_work * hub_links(world, policy, m)) + autonomy::steering(world, policy, m)).min(all);
    let slowed = match mandate.stage(world.quarter) {
        Stage::Transition => world.parameters.mandates.transition_factor,
        _ => 1.0,
    };
    let deciding = (mandate.deciding / f64::from(QUARTERS)).min(all - links);
    let free = all - links - deciding;
    let active = free * slowed;
    let (support, production) = (active * p.hub_support, active * p.hub_production.min(1.0 - p.hub_support));
    let outreach = active * p.hub_outreach.min(1.0 - p.hub_support - p.hub_production).max(0.0);
    world.tally.work += mandate.staff_in_all().for_a_quarter();
    world.tally.coordination += links;
    world.tally.trust.deciding += deciding;
    world.tally.outreach += outreach;
    let holder = mandate.holder;
    let mandate = &mut world.mandates[m.index()];
    mandate.support_left = support;
    mandate.desk.budget = production;
    mandate.outreach = outreach;
    // The rest learns; a transition is learning too.
    world.organisations[holder.index()].learning += free - support - production - outreach;
}

/// Links a hub keeps up: with the other hubs, or with the body that coordinates them, with each region as far as it is
/// known there, and of its consortium, which its holder leads, both ends of those between holder and partners. Regional
/// hubs have no work in common, so they keep none among themselves.
fn hub_links(world: &World, policy: &Policy, m: MandateId) -> f64 {
    let mandate = &world.mandates[m.index()];
    let regional = mandate.region().is_some();
    let shares_work = |k: &MandateId| *k != m && !(regional && world.mandates[k.index()].region().is_some());
    let others = world.hubs().filter(shares_work).count() as f64;
    let among = if policy.hubs.coordination { others.min(1.0) } else { others };
    let regions: f64 = mandate.scope.regions().map(|r| mandate.known[r.index()]).sum();
    among + regions + 2.0 * mandate.partners.len() as f64
}

/// Work for each region, FTE: its affiliates', and that of hubs in equal parts over their scope.
pub fn regional_work(world: &World) -> Vec<f64> {
    let mut work = vec![0.0; world.regions.len()];
    for o in world.organisations.iter().filter(|o| o.active() && o.community.is_some()) {
        work[o.region.index()] += (o.staff + o.labour).0;
    }
    for m in world.mandates.iter().filter(|m| m.alive()) {
        let count = m.scope.regions().count().max(1) as f64;
        for r in m.scope.regions() {
            work[r.index()] += m.staff_in_all().0 / count;
        }
    }
    work
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, hub, named, setup, switch_off, thematic, world, world_of};
    use crate::quantity::Money;

    /// Work that organisations, mandates and bookkeeping hold after the split.
    fn placed(world: &World) -> f64 {
        let homes = world.organisations.iter().map(|o| o.support_left.0 + o.desk.budget.0 + o.learning.0);
        let hubs = world.mandates.iter().filter(|m| m.alive()).map(|m| m.support_left.0 + m.desk.budget.0);
        let t = &world.tally;
        homes.chain(hubs).sum::<f64>() + (t.applying + t.coordination + t.outreach + t.trust.deciding).0
    }

    /// Every hour of the quarter has one place, however many mandates one organisation holds.
    #[test]
    fn the_split_neither_makes_nor_loses_work() {
        for each in [1.0, 2.0, 3.0] {
            let mut policy = thematic();
            policy.hubs.max_each = each;
            policy.hubs.coordination = true;
            let mut world = world();
            fixture::run(&mut world, &policy, 3);
            let most = world.hubs().map(|m| world.mandates[m.index()].holder).max().expect("there are hubs");
            let held = world.hubs().filter(|m| world.mandates[m.index()].holder == most).count();
            assert!(held as f64 <= each);
            world.tally.clear();
            for o in &mut world.organisations {
                (o.desk.budget, o.support_left, o.learning) = (Work::ZERO, Work::ZERO, Work::ZERO);
            }
            run(&mut world, &policy);
            let work = world.tally.work.0;
            assert!((placed(&world) - work).abs() < 1e-9 * work, "{each} each: {} of {work}", placed(&world));
        }
    }

    #[test]
    fn applications_and_reports_cost_what_is_stated() {
        let mut world = world();
        let id = named(&world, "North 0");
        let o = &mut world.organisations[id.index()];
        (o.request, o.applications, o.running) = (Money(2e6), 3, 2);
        let all = (o.staff + o.labour).0;
        split_home(&mut world, id);
        let applying = (3.0 * 0.06 + 0.45 * 2.0) / 4.0 + 2.0 * 0.03;
        assert!((world.tally.applying.0 - applying).abs() < 1e-12);
        // One link, with the foundation.
        assert!((world.tally.coordination.0 - 0.1).abs() < 1e-12);
        let (o, free) = (&world.organisations[id.index()], all - applying - 0.1);
        assert!((o.support_left.0 - 0.35 * free).abs() < 1e-12);
        assert!((o.desk.budget.0 - 0.45 * free).abs() < 1e-12);
        assert!((o.learning.0 - 0.2 * free).abs() < 1e-12);
    }

    #[test]
    fn overhead_never_exceeds_the_work_there_is() {
        let mut world = world();
        let id = named(&world, "South 2");
        let o = &mut world.organisations[id.index()];
        (o.staff, o.labour, o.request) = (Capacity(0.001), Capacity::ZERO, Money(1e9));
        split_home(&mut world, id);
        assert!((world.tally.applying.0 - 0.001).abs() < 1e-12);
        assert!(world.organisations[id.index()].support_left.0.abs() < 1e-12);
    }

    /// h hubs known everywhere keep h(h − 1) ends of links among themselves, h to a coordinating body instead, and one
    /// to each region of their scope.
    #[test]
    fn links_follow_the_identity() {
        let mut world = world();
        let mut policy = thematic();
        fixture::run(&mut world, &policy, 1);
        world.mandates.iter_mut().for_each(|m| m.known = [1.0; crate::ids::MAX_REGIONS]);
        let (h, regions) = (world.hub_count() as f64, 3.0);
        assert_eq!(h, 3.0);
        let ends = |world: &World, policy: &Policy| world.hubs().map(|m| hub_links(world, policy, m)).sum::<f64>();
        assert_eq!(ends(&world, &policy), h * (h - 1.0) + h * regions);
        policy.hubs.coordination = true;
        assert_eq!(ends(&world, &policy), h + h * regions);
        // A consortium has a lead: both ends of a star of n members are 2(n − 1).
        let m = hub(&world, 0);
        let strangers: Vec<OrganisationId> =
            world.affiliates().filter(|&id| world.mandates[m.index()].holder != id).collect();
        strangers[..3].iter().for_each(|&id| world.mandates[m.index()].take_in(id));
        assert_eq!(ends(&world, &policy), h + h * regions + 6.0);
        world.mandates[m.index()].keep_partners(|_| false);
        // Each organisation keeps one link with the foundation, and with each hub by its need for the hub's theme:
        // all needs together are one.
        let held = |id| world.hubs().any(|m| world.mandates[m.index()].holder == id);
        let plain = world.affiliates().find(|&id| !held(id) && world.organisations[id.index()].staff.0 >= 1.0);
        assert!((home_links(&world, plain.expect("one holds none")) - 2.0).abs() < 1e-9);
    }

    /// With R regional hubs beside h thematic ones: h(h − 1) ends among the thematic, 2·R·h between the kinds, none among
    /// the regional; h·n + R ends to n regions. A coordinating body takes over all that are among hubs.
    #[test]
    fn regional_hubs_keep_links_with_thematic_ones_only() {
        let mut world = world();
        let mut policy = fixture::both();
        fixture::run(&mut world, &policy, 1);
        world.mandates.iter_mut().for_each(|m| m.known = [1.0; crate::ids::MAX_REGIONS]);
        let (h, regional, n) = (3.0, 3.0, 3.0);
        assert_eq!(world.hub_count() as f64, h + regional);
        let ends = |world: &World, policy: &Policy| world.hubs().map(|m| hub_links(world, policy, m)).sum::<f64>();
        assert_eq!(ends(&world, &policy), h * (h - 1.0) + 2.0 * regional * h + h * n + regional);
        policy.hubs.coordination = true;
        assert_eq!(ends(&world, &policy), h + regional + h * n + regional);
        // The foundation, the thematic hubs by need, the region's own.
        let held = |id| world.hubs().any(|m| world.mandates[m.index()].holder == id);
        let plain = world.affiliates().find(|&id| !held(id) && world.organisations[id.index()].staff.0 >= 1.0);
        if let Some(plain) = plain {
            assert!((home_links(&world, plain) - 3.0).abs() < 1e-9);
        }
    }

    /// Deciding about applications comes off before the rest is split, a quarter of it each quarter.
    #[test]
    fn deciding_takes_its_work_and_no_more_than_there_is() {
        let mut world = world();
        let mut policy = fixture::both();
        policy.hubs.coordination = true;
        fixture::run(&mut world, &policy, 3);
        let m = world.regional_hub(RegionId(0)).expect("there is one");
        let support = |world: &mut World, deciding: f64| {
            world.mandates[m.index()].staff = Capacity(5.0);
            world.mandates[m.index()].deciding = Work(deciding);
            world.tally.clear();
            split_hub(world, &policy, m, Work::ZERO);
            (world.mandates[m.index()].support_left.0, world.tally.trust.deciding.0, world.tally.coordination.0)
        };
        let (without, nothing, links) = support(&mut world, 0.0);
        let (with, decided, _) = support(&mut world, 4.0);
        assert_eq!((nothing, decided), (0.0, 1.0));
        assert!((without - with - world.parameters.capacity.hub_support).abs() < 1e-12);
        let (none, decided, _) = support(&mut world, 4e6);
        assert!(none.abs() < 1e-12 && (decided - (5.0 - links)).abs() < 1e-12);
    }

    /// Where there is work enough, each end of a link costs what is stated.
    #[test]
    fn links_are_paid_for_at_both_ends() {
        let (mut world, policy) = (world(), thematic());
        fixture::run(&mut world, &policy, 2);
        world.mandates.iter_mut().for_each(|m| m.staff = Capacity(50.0));
        world.organisations.iter_mut().for_each(|o| o.staff = Capacity(50.0));
        world.tally.clear();
        let homes: f64 = world.active().map(|id| home_links(&world, id)).sum();
        let hubs: f64 = world.hubs().map(|m| hub_links(&world, &policy, m)).sum();
        run(&mut world, &policy);
        assert!(hubs > 6.0 && (world.tally.coordination.0 - 0.1 * (homes + hubs)).abs() < 1e-9);
    }

    #[test]
    fn switched_off_nothing_is_spent_on_applying_or_links() {
        let mut setup = setup();
        switch_off(&mut setup.parameters, "capacity");
        let mut world = world_of(&setup);
        let mut policy = thematic();
        policy.hubs.coordination = true;
        for _ in 0..3 {
            fixture::run(&mut world, &policy, 1);
            assert_eq!((world.tally.applying.0, world.tally.coordination.0), (0.0, 0.0));
        }
    }

    #[test]
    fn a_hub_in_transition_serves_less_and_learns_more() {
        let mut world = world();
        fixture::run(&mut world, &thematic(), 2);
        let m = hub(&world, 0);
        let support = |world: &mut World, ready: u32| {
            world.mandates[m.index()].ready = ready;
            run(world, &thematic());
            world.mandates[m.index()].support_left.0
        };
        let (now, usual) = (world.quarter, 0);
        let (slowed, full) = (support(&mut world, now + 1), support(&mut world, usual));
        assert!((slowed / full - 0.5).abs() < 1e-9);
    }

    #[test]
    fn labour_follows_motivation_and_skill_of_members() {
        let mut world = world();
        world.volunteers.iter_mut().for_each(|v| (v.motivation, v.skill) = (0.5, 0.5));
        gather_labour(&mut world);
        let o = &world.organisations[1];
        assert!(o.members > 0.0);
        assert!((o.labour.0 - 0.005 * o.members * 0.5).abs() < 1e-9);
    }
}
