//! 6 affiliates: user groups form where unaffiliated volunteers gather, may become chapters, and close.
//!
//! *Claim.* Small groups come and go, large ones stay. *Equations.* Groups of a region in a year ~ Poisson(gathering ×
//! unaffiliated people), none below a least number of people; a group of two years and one FTE matures with a constant
//! hazard; closing hazard × 2 when small, × 0.3 when large, × 4 without money and members. *Source.* Two-year rule:
//! recognition of chapters by the Affiliations Committee; closing: GuideStar, NASAA (see the parameters).

use crate::chance::Purpose;
use crate::ids::{Cause, Key, MAX_ORGANISATIONS, OrganisationId, RegionId};
use crate::model::genesis;
use crate::model::ledger::Event;
use crate::model::mechanism::{mandates, money};
use crate::model::world::{Label, World};
use crate::parameters;
use crate::policy::levers::OrganisationKind;
use crate::quantity::Quarter;
use crate::quantity::catalogue::Off;

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
    for r in world.region_ids() {
        gather(world, r);
    }
    let all: Vec<OrganisationId> = world.affiliates().collect();
    for &o in &all {
        mature(world, o);
    }
    for &o in &all {
        close_by_chance(world, o);
    }
}

fn gather(world: &mut World, r: RegionId) {
    let p = &world.parameters.affiliates;
    let region = &world.regions[r.index()];
    let unaffiliated = region.volunteers - region.affiliated;
    if unaffiliated < p.least_people {
        return;
    }
    let count = world.luck.on(Purpose::Gathering, world.year).of(region.key).poisson(0, p.gathering * unaffiliated);
    // The scenario's check keeps the expected number well below the room there is.
    let count = count.min(MAX_ORGANISATIONS.saturating_sub(world.organisations.len()) as u32);
    for index in 0..count {
        let key = Key::born(world.regions[r.index()].key.stem(), world.quarter, Cause::Gathering, index);
        let label = Label::Born { region: world.regions[r.index()].name.clone(), quarter: world.quarter, index };
        let id = OrganisationId::at(world.organisations.len());
        let mut o = genesis::unknown(key, label, OrganisationKind::UserGroup, r, world.quarter as Quarter);
        genesis::traits(&mut o, &world.themes, world.luck.on(Purpose::Traits, world.year).of(key), FOUNDERS_EXPERTISE);
        o.income_factor = money::NEWCOMER_FACTOR;
        o.community = Some(world.communities.found(key, r, world.parameters.affiliates.community, id));
        world.organisations.push(o);
        world.tally.formed += 1;
        world.ledger.note(world.quarter, Event::Formed { organisation: id, region: r });
    }
}

fn mature(world: &mut World, id: OrganisationId) {
    let (p, quarter) = (&world.parameters.affiliates, world.quarter);
    let luck = world.luck.on(Purpose::Maturing, world.year);
    let o = &mut world.organisations[id.index()];
    let ready = o.kind == OrganisationKind::UserGroup && o.age(quarter) >= 2.0 && o.staff.0 >= SMALL;
    if ready && luck.of(o.key).chance(0, p.maturing) {
        o.kind = OrganisationKind::Chapter;
        world.ledger.note(quarter, Event::Matured { organisation: id });
    }
}

fn close_by_chance(world: &mut World, id: OrganisationId) {
    let p = &world.parameters.affiliates;
    let o = &world.organisations[id.index()];
    let size = match o.staff.0 {
        staff if staff < SMALL => p.closing_small,
        staff if staff > LARGE => p.closing_large,
        _ => 1.0,
    };
    let income = o.own_income + o.grants + o.hub_money;
    let empty = if income.0 + o.reserves.0 < 1.0 && o.members < 1.0 { p.closing_empty } else { 1.0 };
    if world.luck.on(Purpose::Closing, world.year).of(o.key).chance(0, (p.closing * size * empty).min(1.0)) {
        close(world, id);
    }
}

/// Closes an organisation: its people go back to the rest of their region, its members are free, its mandates end.
pub fn close(world: &mut World, id: OrganisationId) {
    let o = &mut world.organisations[id.index()];
    o.closed = true;
    o.commitments.clear();
    // What is left pays for winding up; hours promised to production are gone.
    let community = o.community.take();
    let projects = std::mem::take(&mut o.desk.projects);
    for project in projects {
        super::production::abandon(world, id, &project);
    }
    if let Some(community) = community {
        world.communities.dissolve(community);
    }
    for affiliation in world.volunteers.affiliation.iter_mut().filter(|a| **a == id.0) {
        *affiliation = crate::model::world::UNAFFILIATED;
    }
    let held: Vec<_> = world.hubs().filter(|m| world.mandates[m.index()].holder == id).collect();
    for m in held {
        mandates::end(world, m);
    }
    let o = &mut world.organisations[id.index()];
    world.tally.spent += o.reserves;
    o.spent += o.reserves;
    o.reserves = crate::quantity::Money::ZERO;
    world.tally.learning += std::mem::take(&mut o.desk.carried);
    world.tally.closed += 1;
    world.ledger.note(world.quarter, Event::Closed { organisation: id });
}

/// The affiliates of a region, to pick one by the people it serves.
#[derive(Clone, Debug, Default)]
pub struct Locals {
    cumulative: Vec<(f64, OrganisationId)>,
}

impl Locals {
    /// Those of a region now.
    pub fn of(world: &World, r: RegionId) -> Locals {
        let mut locals = Locals::default();
        locals.fill(world, r);
        locals
    }

    /// The same, in the room there is.
    pub fn fill(&mut self, world: &World, r: RegionId) {
        self.cumulative.clear();
        let mut total = 0.0;
        for (i, o) in world.organisations.iter().enumerate() {
            if let Some(community) = o.community.filter(|_| o.region == r && o.active()) {
                total += world.communities.list[community.index()].share;
                self.cumulative.push((total, OrganisationId::at(i)));
            }
        }
    }

    /// The one at a quantile.
    pub fn pick(&self, u: f64) -> Option<OrganisationId> {
        let &(total, _) = self.cumulative.last()?;
        let at = u * total;
        let i = self.cumulative.partition_point(|&(below, _)| below <= at);
        Some(self.cumulative[i.min(self.cumulative.len() - 1)].1)
    }
}
