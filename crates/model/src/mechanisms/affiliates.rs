//! 6 affiliates: user groups form where unaffiliated volunteers gather, may become chapters, and close.
//!
//! *Claim.* Small groups come and go, large ones stay. *Equations.* Groups of a region in a year ~ Poisson(gathering ×
//! unaffiliated people), none below a least number of people; a group of two years and one FTE matures with a constant
//! hazard; closing hazard × 2 when small, × 0.3 when large, × 4 without money and members. *Source.* Two-year rule:
//! recognition of chapters by the Affiliations Committee; closing: GuideStar, NASAA (see the parameters).

use crate::catalogue::Off;
use crate::ids::{BirthCause, Key, MAX_ORGANISATIONS, OrganisationId, RegionId};
use crate::initial;
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{mandates, money, problems};
use crate::parameters;
use crate::policy::levers::OrganisationKind;
use crate::random::Decision;
use crate::record::events::Event;
use crate::state::{Label, Organisation, UNAFFILIATED, World};
use crate::units::Quarter;

parameters! {
    /// Birth, growing up and end of affiliates.
    pub struct AffiliateParameters in "affiliates",
        off Off::Set(&[("gathering", 0.0), ("maturing", 0.0), ("closing", 0.0)]);
    /// User groups that form, per unaffiliated volunteer.
    gathering: 0.00018, 0.0..=1.0, 0.00005..0.0006, "groups/person/year", "157 user groups in about 12 years among about 80,000 active editors";
    /// Fewest unaffiliated volunteers in a region for a group to form.
    least_people: 30.0, 1.0..=1e6, 10.0..100.0, "people", "assumed; user groups need three named members";
    /// Share of the region's people online whom a new group serves.
    community: 0.01, 0.0..=1.0, 0.003..0.03, "share", "assumed";
    /// Chance that a user group of at least two years and one FTE becomes a chapter.
    maturing: 0.04, 0.0..=1.0, 0.01..0.1, "1/year", "assumed; chapters need two years of activity";
    /// Chance that an organisation closes.
    closing: 0.03, 0.0..=1.0, 0.01..0.06, "1/year", "GuideStar below 0.04; NASAA 0.028 (74 of 229 in 14 years)";
    /// That chance for one with less than one FTE, relative.
    closing_small: 2.0, 0.0..=20.0, 1.0..4.0, "factor", "NASAA: small ones most fragile";
    /// That chance for one with more than five FTE, relative.
    closing_large: 0.3, 0.0..=1.0, 0.1..0.6, "factor", "assumed";
    /// That chance for one without money and without members, relative.
    closing_empty: 4.0, 1.0..=20.0, 1.0..8.0, "factor", "assumed";
}

/// Staff from which an organisation counts as large, and below which as small, FTE.
const LARGE: f64 = 5.0;
const SMALL: f64 = 1.0;
/// Expertise of those who found a group.
const FOUNDERS_EXPERTISE: f64 = 0.12;

/// Affiliates form, mature and close. Draws: gathering, maturing, closing.
pub fn run(world: &mut World) {
    // Who forms this year neither matures nor closes in it.
    let all: Vec<OrganisationId> = world.affiliates().collect();
    for r in world.region_ids() {
        gather(world, r);
    }
    for &o in &all {
        mature(world, o);
    }
    let before = world.tally.closed;
    for &o in &all {
        close_by_chance(world, o);
    }
    if world.tally.closed > before {
        free_members(world);
    }
}

fn gather(world: &mut World, r: RegionId) {
    let p = &world.parameters.affiliates;
    let region = &world.regions[r];
    let unaffiliated = region.volunteers - region.affiliated;
    if unaffiliated < p.least_people {
        return;
    }
    let count = world
        .stream
        .decision(Decision::GroupFormation, world.year)
        .entity(region.key)
        .poisson(0, p.gathering * unaffiliated);
    // The scenario's check keeps the expected number well below the room there is.
    let count = count.min(MAX_ORGANISATIONS.saturating_sub(world.organisations.len()) as u32);
    for index in 0..count {
        let key = Key::from_birth(world.regions[r].key.stem(), world.quarter, BirthCause::GroupFormation, index);
        let label = Label::Born { region: world.regions[r].name.clone(), quarter: world.quarter, index };
        let id = OrganisationId::from_index(world.organisations.len());
        let mut o = initial::unknown(key, label, OrganisationKind::UserGroup, r, world.quarter as Quarter);
        initial::traits(
            &mut o,
            &world.themes,
            world.stream.decision(Decision::OrganisationTraits, world.year).entity(key),
            FOUNDERS_EXPERTISE,
        );
        o.income_factor = money::NEWCOMER_FACTOR;
        o.community = Some(world.communities.found(key, r, world.parameters.affiliates.community, id));
        world.organisations.push(o);
        world.tally.formed += 1;
        world.ledger.note(world.quarter, Event::Formed { organisation: id, region: r });
    }
}

fn mature(world: &mut World, id: OrganisationId) {
    let (p, quarter) = (&world.parameters.affiliates, world.quarter);
    let stream = world.stream.decision(Decision::Maturing, world.year);
    let o = &mut world.organisations[id];
    let ready = o.kind == OrganisationKind::UserGroup && o.age(quarter) >= 2.0 && o.staff.0 >= SMALL;
    if ready && stream.entity(o.key).bernoulli(0, p.maturing) {
        o.kind = OrganisationKind::Chapter;
        world.ledger.note(quarter, Event::Matured { organisation: id });
    }
}

fn close_by_chance(world: &mut World, id: OrganisationId) {
    let p = &world.parameters.affiliates;
    let o = &world.organisations[id];
    let size = match o.staff.0 {
        staff if staff < SMALL => p.closing_small,
        staff if staff > LARGE => p.closing_large,
        _ => 1.0,
    };
    let income = o.own_income + o.grants + o.hub_money;
    let empty = if income.0 + o.reserves.0 < 1.0 && o.members < 1.0 { p.closing_empty } else { 1.0 };
    if world
        .stream
        .decision(Decision::Closing, world.year)
        .entity(o.key)
        .bernoulli(0, (p.closing * size * empty).min(1.0))
    {
        wind_up(world, id);
    }
}

/// Closes an organisation: its people go back to the rest of their region, its members are free, its mandates end.
pub fn close(world: &mut World, id: OrganisationId) {
    wind_up(world, id);
    free_members(world);
}

/// Who was a member of what has closed is a member nowhere. Written to all at once, whatever closed, and without a branch.
fn free_members(world: &mut World) {
    let kept = |(i, o): (usize, &Organisation)| if o.closed { UNAFFILIATED } else { i as u16 };
    let nowhere = world.organisations.len();
    let after: Vec<u16> = world.organisations.iter().enumerate().map(kept).chain([UNAFFILIATED]).collect();
    for volunteer in &mut world.volunteers {
        volunteer.affiliation = after[usize::from(volunteer.affiliation).min(nowhere)];
    }
}

/// All of that but its members, who are freed together with those of others that close.
fn wind_up(world: &mut World, id: OrganisationId) {
    let o = &mut world.organisations[id];
    o.closed = true;
    o.commitments.clear();
    // What is left pays for winding up; hours promised to production are gone.
    let community = o.community.take();
    let projects = std::mem::take(&mut o.desk.projects);
    for project in projects {
        super::production::abandon(world, id, None, &project);
    }
    if let Some(community) = community {
        problems::ended(world, community);
        world.communities.dissolve(community);
    }
    let held: Vec<_> = world.hubs().filter(|m| world.mandates[*m].holder == id).collect();
    for m in held {
        mandates::end(world, m);
        world.ledger.note(world.quarter, Event::Orphaned { mandate: m, holder: id });
    }
    consortia::leave(world, id);
    let o = &mut world.organisations[id];
    world.tally.spent += o.reserves;
    o.spent += o.reserves;
    o.reserves = crate::units::Money::ZERO;
    world.tally.learning += std::mem::take(&mut o.desk.carried);
    world.tally.closed += 1;
    let (staff, members, income) = (o.staff, o.members.round() as u32, o.own_income + o.grants + o.hub_money);
    world.ledger.note(world.quarter, Event::Closed { organisation: id, staff, members, income });
}

/// The affiliates of a region, to pick one by the people it serves.
#[derive(Clone, Debug, Default)]
pub struct Locals {
    cumulative: Vec<(f64, OrganisationId)>,
}

impl Locals {
    /// Those of each region now.
    pub fn by_region(world: &World) -> Vec<Locals> {
        let mut all = vec![Locals::default(); world.regions.len()];
        // Communities stand closer together than organisations, and in the same order.
        for community in &world.communities.list {
            if let Some(id) = community.organisation.filter(|o| world.organisations[*o].active()) {
                let cumulative = &mut all[community.region].cumulative;
                let below = cumulative.last().map_or(0.0, |&(below, _)| below);
                cumulative.push((below + community.share, id));
            }
        }
        all
    }

    /// The one at a quantile.
    pub fn pick(&self, u: f64) -> Option<OrganisationId> {
        let &(total, _) = self.cumulative.last()?;
        let at = u * total;
        let i = self.cumulative.partition_point(|&(below, _)| below <= at);
        Some(self.cumulative[i.min(self.cumulative.len() - 1)].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{self, REJECT, setup, switch_off, thematic, world, world_of, z_of_count, z_of_mean};
    use crate::ids::CommunityId;
    use crate::random::Stream;
    use crate::state::Communities;
    use crate::units::Capacity;

    /// 3,000 years with a mean of 0.5 groups; 0.57, the mutant, is rejected.
    #[test]
    fn groups_form_at_the_stated_rate() {
        let mut world = world();
        let unaffiliated = world.regions[RegionId(0)].volunteers - world.regions[RegionId(0)].affiliated;
        world.parameters.affiliates.gathering = 0.5 / unaffiliated;
        let mut counts = Vec::new();
        for year in 1..=3000 {
            (world.year, world.quarter) = (year, fixture_quarter(year));
            let before = world.organisations.len();
            gather(&mut world, RegionId(0));
            counts.push((world.organisations.len() - before) as f64);
        }
        assert!(z_of_mean(&counts, 0.5).abs() < REJECT);
        assert!(z_of_mean(&counts, 0.57).abs() > REJECT, "the mutant passes");
        let o = world.organisations.last().expect("some formed");
        assert!(o.kind == OrganisationKind::UserGroup && o.region == RegionId(0) && o.staff.0 == 0.0);
    }

    fn fixture_quarter(year: u32) -> u32 {
        crate::state::BURN_IN + (year - 1) % 1000
    }

    #[test]
    fn too_few_people_form_nothing() {
        let mut world = world();
        world.parameters.affiliates.gathering = 1.0;
        world.parameters.affiliates.least_people = 2000.0;
        let before = world.organisations.len();
        world.region_ids().for_each(|r| gather(&mut world, r));
        assert_eq!(world.organisations.len(), before);
    }

    /// 300 organisations, 30 replicates: 9,000 chances each of 0.03, doubled for the small, × 0.3 for the large. Each
    /// class's rate is the others' mutant.
    #[test]
    fn organisations_close_at_the_stated_rates() {
        let mut setup = setup();
        setup.people_per_agent = 1000.0;
        setup.organisation[1].count = 300.0;
        setup.parameters.affiliates.closing = 0.03;
        let mut start = world_of(&setup);
        let rates = [(0.5, 0.06), (3.0, 0.03), (20.0, 0.009)];
        for (k, (staff, rate)) in rates.into_iter().enumerate() {
            for o in &mut start.organisations {
                o.staff = Capacity(staff);
            }
            let mut closed = 0;
            for replicate in 0..30 {
                let mut world = start.clone();
                world.stream = Stream::new(5, replicate);
                let all: Vec<OrganisationId> = world.affiliates().filter(|o| (1..=300).contains(&o.0)).collect();
                assert_eq!(all.len(), 300);
                all.into_iter().for_each(|o| close_by_chance(&mut world, o));
                closed += world.tally.closed as usize;
            }
            assert!(z_of_count(closed, 9000, rate).abs() < REJECT);
            let mutant = rates[(k + 1) % 3].1;
            assert!(z_of_count(closed, 9000, mutant).abs() > REJECT, "the mutant passes");
        }
    }

    /// 9,000 user groups of age: 0.04 a year become chapters, the young and the tiny never.
    #[test]
    fn groups_mature_at_the_stated_rate_and_not_before_their_time() {
        let mut setup = setup();
        setup.people_per_agent = 1000.0;
        setup.organisation[3].count = 300.0;
        let start = world_of(&setup);
        let matured = |change: &dyn Fn(&mut crate::state::Organisation)| {
            (0..30)
                .map(|replicate| {
                    let mut world = start.clone();
                    world.stream = Stream::new(5, replicate);
                    world.organisations.iter_mut().for_each(|o| {
                        (o.staff, o.founded) = (Capacity(1.0), crate::state::BURN_IN as Quarter - 8);
                        change(o);
                    });
                    (3..303).for_each(|o| mature(&mut world, OrganisationId(o)));
                    world.ledger.entries().len()
                })
                .sum::<usize>()
        };
        let all = matured(&|_| ());
        assert!(z_of_count(all, 9000, 0.04).abs() < REJECT);
        assert!(z_of_count(all, 9000, 0.06).abs() > REJECT, "the mutant passes");
        assert_eq!(matured(&|o| o.founded += 1), 0);
        assert_eq!(matured(&|o| o.staff = Capacity(0.99)), 0);
    }

    #[test]
    fn switched_off_nobody_forms_matures_or_closes() {
        let mut setup = setup();
        switch_off(&mut setup.parameters, "affiliates");
        let mut world = world_of(&setup);
        let kinds: Vec<_> = world.organisations.iter().map(|o| o.kind).collect();
        for _ in 0..10 {
            fixture::run(&mut world, &thematic(), 1);
            assert_eq!((world.tally.formed, world.tally.closed), (0, 0));
        }
        assert_eq!(world.organisations.iter().map(|o| o.kind).collect::<Vec<_>>(), kinds);
    }

    #[test]
    fn who_closes_leaves_nothing_behind() {
        let mut world = world();
        fixture::run(&mut world, &thematic(), 2);
        let m = fixture::hub(&world, 0);
        let id = world.mandates[m].holder;
        let region = world.organisations[id].region;
        let (rest, spent) = (Communities::rest(region).index(), world.tally.spent);
        let community = world.organisations[id].community.expect("it serves somebody");
        let shares =
            world.communities.list[CommunityId::from_index(rest)].share + world.communities.list[community].share;
        let put_by = world.organisations[id].reserves
            + world.mandates.iter().filter(|m| m.alive() && m.holder == id).map(|m| m.reserves).sum();
        close(&mut world, id);
        assert!(!world.mandates[m].alive());
        assert!((world.communities.list[CommunityId::from_index(rest)].share - shares).abs() < 1e-12);
        assert!((world.tally.spent - spent - put_by).0.abs() < 1e-6);
        assert!(world.volunteers.iter().all(|v| v.affiliation != id.0));
        assert!(world.problems.slots.iter().all(|p| p.under_way.iter().all(|u| u.maker != id)));
        let users: u32 = world.problems.slots.iter().map(|p| p.users).sum();
        let projects = world.organisations.iter().map(|o| o.desk.projects.len());
        let projects = projects.chain(world.mandates.iter().map(|m| m.desk.projects.len())).sum::<usize>();
        assert_eq!(users as usize, projects);
    }

    #[test]
    fn locals_are_picked_by_the_people_they_serve() {
        let mut world = world();
        for (o, share) in [(1, 0.2), (2, 0.1), (3, 0.1)] {
            let community = world.organisations[OrganisationId(o)].community.expect("it serves somebody");
            world.communities.list[community].share = share;
        }
        let locals = &Locals::by_region(&world)[0];
        let mut counts = [0; 4];
        for i in 0..400 {
            counts[locals.pick((f64::from(i) + 0.5) / 400.0).expect("there are some").index()] += 1;
        }
        assert_eq!(counts, [0, 200, 100, 100]);
    }
}
