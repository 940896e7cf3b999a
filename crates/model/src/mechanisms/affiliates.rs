//! 6 affiliates: user groups form where unaffiliated volunteers gather, may become chapters, and close.
//!
//! *Claim.* Small groups come and go, large ones stay. *Equations.* Groups of a region in a year ~ Poisson(gathering ×
//! unaffiliated people), none below a least number of people; a group of two years and one FTE matures with a constant
//! hazard; closing hazard × 2 when small, × 0.3 when large, × 4 without money and members. *Source.* Two-year rule:
//! recognition of chapters by the Affiliations Committee; closing: GuideStar, NASAA (see the parameters).

use crate::catalogue::Off;
use crate::ids::{BirthCause, Key, MAX_ORGANISATIONS, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{mandates, money, problems};
use crate::parameters;
use crate::policy::levers::OrganisationKind;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::{Label, Organisation, State, UNAFFILIATED};
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
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    // Who forms this year neither matures nor closes in it.
    let all: Vec<OrganisationId> = state.affiliates().collect();
    for r in state.region_ids() {
        gather(cx, state, record, r);
    }
    for &o in &all {
        mature(cx, state, record, o);
    }
    let before = record.year.closed;
    for &o in &all {
        close_by_chance(cx, state, record, o);
    }
    if record.year.closed > before {
        free_members(state);
    }
}

fn gather(cx: &Context, state: &mut State, record: &mut Record, r: RegionId) {
    let p = &cx.parameters.affiliates;
    let region = &state.regions[r];
    let unaffiliated = region.volunteers - region.affiliated;
    if unaffiliated < p.least_people {
        return;
    }
    let count = cx
        .random
        .decision(Decision::GroupFormation, cx.now.year())
        .entity(region.key)
        .poisson(0, p.gathering * unaffiliated);
    // The scenario's check keeps the expected number well below the room there is.
    let count = count.min(MAX_ORGANISATIONS.saturating_sub(state.organisations.len()) as u32);
    for index in 0..count {
        let key = Key::from_birth(state.regions[r].key.stem(), cx.now.quarter(), BirthCause::GroupFormation, index);
        let label = Label::Born { region: state.regions[r].name.clone(), quarter: cx.now.quarter(), index };
        let id = OrganisationId::from_index(state.organisations.len());
        let mut o = Organisation::new(key, label, OrganisationKind::UserGroup, r, cx.now.quarter() as Quarter);
        o.draw_traits(
            &state.themes,
            cx.random.decision(Decision::OrganisationTraits, cx.now.year()).entity(key),
            FOUNDERS_EXPERTISE,
        );
        o.income_factor = money::NEWCOMER_FACTOR;
        o.community = Some(state.communities.found(key, r, cx.parameters.affiliates.community, id));
        state.organisations.push(o);
        record.year.formed += 1;
        record.note(cx.now, Event::Formed { organisation: id, region: r });
    }
}

fn mature(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    let (p, quarter) = (&cx.parameters.affiliates, cx.now.quarter());
    let stream = cx.random.decision(Decision::Maturing, cx.now.year());
    let o = &mut state.organisations[id];
    let ready = o.kind == OrganisationKind::UserGroup && o.age(quarter) >= 2.0 && o.staff.0 >= SMALL;
    if ready && stream.entity(o.key).bernoulli(0, p.maturing) {
        o.kind = OrganisationKind::Chapter;
        record.events.note(quarter, Event::Matured { organisation: id });
    }
}

fn close_by_chance(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    let p = &cx.parameters.affiliates;
    let o = &state.organisations[id];
    let size = match o.staff.0 {
        staff if staff < SMALL => p.closing_small,
        staff if staff > LARGE => p.closing_large,
        _ => 1.0,
    };
    let income = o.own_income + o.grants + o.hub_money;
    let empty = if income.0 + o.reserves.0 < 1.0 && o.members < 1.0 { p.closing_empty } else { 1.0 };
    if cx
        .random
        .decision(Decision::Closing, cx.now.year())
        .entity(o.key)
        .bernoulli(0, (p.closing * size * empty).min(1.0))
    {
        wind_up(cx, state, record, id);
    }
}

/// Closes an organisation: its people go back to the rest of their region, its members are free, its mandates end.
pub fn close(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    wind_up(cx, state, record, id);
    free_members(state);
}

/// Who was a member of what has closed is a member nowhere. Written to all at once, whatever closed, and without a branch.
fn free_members(state: &mut State) {
    let kept = |(i, o): (usize, &Organisation)| if o.closed { UNAFFILIATED } else { i as u16 };
    let nowhere = state.organisations.len();
    let after: Vec<u16> = state.organisations.iter().enumerate().map(kept).chain([UNAFFILIATED]).collect();
    for volunteer in &mut state.volunteers {
        volunteer.affiliation = after[usize::from(volunteer.affiliation).min(nowhere)];
    }
}

/// All of that but its members, who are freed together with those of others that close.
fn wind_up(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    let o = &mut state.organisations[id];
    o.closed = true;
    o.commitments.clear();
    // What is left pays for winding up; hours promised to production are gone.
    let community = o.community.take();
    let projects = std::mem::take(&mut o.queue.projects);
    for project in projects {
        super::production::abandon(state, id, None, &project);
    }
    if let Some(community) = community {
        problems::ended(cx, state, record, community);
        state.communities.dissolve(community);
    }
    let held: Vec<_> = state.hubs().filter(|m| state.mandates[*m].holder == id).collect();
    for m in held {
        mandates::end(state, m);
        record.note(cx.now, Event::Orphaned { mandate: m, holder: id });
    }
    consortia::leave(state, id);
    let o = &mut state.organisations[id];
    record.year.spent += o.reserves;
    o.year.spent += o.reserves;
    o.reserves = crate::units::Money::ZERO;
    record.year.learning += std::mem::take(&mut o.queue.carried);
    record.year.closed += 1;
    let (staff, members, income) = (o.staff, o.members.round() as u32, o.own_income + o.grants + o.hub_money);
    record.note(cx.now, Event::Closed { organisation: id, staff, members, income });
}

/// The affiliates of a region, to pick one by the people it serves.
#[derive(Clone, Debug, Default)]
pub struct Locals {
    cumulative: Vec<(f64, OrganisationId)>,
}

impl Locals {
    /// Those of each region now.
    pub fn by_region(state: &State) -> Vec<Locals> {
        let mut all = vec![Locals::default(); state.regions.len()];
        // Communities stand closer together than organisations, and in the same order.
        for community in &state.communities.list {
            if let Some(id) = community.organisation.filter(|o| state.organisations[*o].active()) {
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
mod tests;
