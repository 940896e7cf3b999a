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
        mandates::end_mandate(state, m);
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
mod tests {
    use super::*;
    use crate::fixture::{self, REJECT, setup, simulation, simulation_of, switch_off, thematic, z_of_count, z_of_mean};
    use crate::ids::CommunityId;
    use crate::random::Stream;
    use crate::state::Communities;
    use crate::units::Capacity;

    /// 3,000 years with a mean of 0.5 groups; 0.57, the mutant, is rejected.
    #[test]
    fn groups_form_at_the_stated_rate() {
        let mut sim = simulation();
        let unaffiliated = sim.state.regions[RegionId(0)].volunteers - sim.state.regions[RegionId(0)].affiliated;
        sim.conditions.parameters.affiliates.gathering = 0.5 / unaffiliated;
        let mut counts = Vec::new();
        for year in 1..=3000 {
            sim.conditions.now.set_year(year);
            sim.conditions.now.set_quarter(fixture_quarter(year));
            let before = sim.state.organisations.len();
            gather(&sim.conditions.context(), &mut sim.state, &mut sim.record, RegionId(0));
            counts.push((sim.state.organisations.len() - before) as f64);
        }
        assert!(z_of_mean(&counts, 0.5).abs() < REJECT);
        assert!(z_of_mean(&counts, 0.57).abs() > REJECT, "the mutant passes");
        let o = sim.state.organisations.last().expect("some formed");
        assert!(o.kind == OrganisationKind::UserGroup && o.region == RegionId(0) && o.staff.0 == 0.0);
    }

    fn fixture_quarter(year: u32) -> u32 {
        crate::clock::BURN_IN + (year - 1) % 1000
    }

    #[test]
    fn too_few_people_form_nothing() {
        let mut sim = simulation();
        sim.conditions.parameters.affiliates.gathering = 1.0;
        sim.conditions.parameters.affiliates.least_people = 2000.0;
        let before = sim.state.organisations.len();
        sim.state.region_ids().for_each(|r| gather(&sim.conditions.context(), &mut sim.state, &mut sim.record, r));
        assert_eq!(sim.state.organisations.len(), before);
    }

    /// 300 organisations, 30 replicates: 9,000 chances each of 0.03, doubled for the small, × 0.3 for the large. Each
    /// class's rate is the others' mutant.
    #[test]
    fn organisations_close_at_the_stated_rates() {
        let mut setup = setup();
        setup.people_per_agent = 1000.0;
        setup.organisation[1].count = 300.0;
        setup.parameters.affiliates.closing = 0.03;
        let mut start = simulation_of(&setup);
        let rates = [(0.5, 0.06), (3.0, 0.03), (20.0, 0.009)];
        for (k, (staff, rate)) in rates.into_iter().enumerate() {
            for o in &mut start.state.organisations {
                o.staff = Capacity(staff);
            }
            let mut closed = 0;
            for replicate in 0..30 {
                let mut sim = start.clone();
                sim.conditions.random = Stream::new(5, replicate);
                let all: Vec<OrganisationId> = sim.state.affiliates().filter(|o| (1..=300).contains(&o.0)).collect();
                assert_eq!(all.len(), 300);
                all.into_iter()
                    .for_each(|o| close_by_chance(&sim.conditions.context(), &mut sim.state, &mut sim.record, o));
                closed += sim.record.year.closed as usize;
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
        let start = simulation_of(&setup);
        let matured = |change: &dyn Fn(&mut crate::state::Organisation)| {
            (0..30)
                .map(|replicate| {
                    let mut sim = start.clone();
                    sim.conditions.random = Stream::new(5, replicate);
                    sim.state.organisations.iter_mut().for_each(|o| {
                        (o.staff, o.founded) = (Capacity(1.0), crate::clock::BURN_IN as Quarter - 8);
                        change(o);
                    });
                    (3..303).for_each(|o| {
                        mature(&sim.conditions.context(), &mut sim.state, &mut sim.record, OrganisationId(o))
                    });
                    sim.record.events.entries().len()
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
        let mut sim = simulation_of(&setup);
        let kinds: Vec<_> = sim.state.organisations.iter().map(|o| o.kind).collect();
        for _ in 0..10 {
            fixture::run(&mut sim, &thematic(), 1);
            assert_eq!((sim.record.year.formed, sim.record.year.closed), (0, 0));
        }
        assert_eq!(sim.state.organisations.iter().map(|o| o.kind).collect::<Vec<_>>(), kinds);
    }

    #[test]
    fn who_closes_leaves_nothing_behind() {
        let mut sim = simulation();
        fixture::run(&mut sim, &thematic(), 2);
        let m = fixture::hub(&sim, 0);
        let id = sim.state.mandates[m].holder;
        let region = sim.state.organisations[id].region;
        let (rest, spent) = (Communities::rest(region).index(), sim.record.year.spent);
        let community = sim.state.organisations[id].community.expect("it serves somebody");
        let shares = sim.state.communities.list[CommunityId::from_index(rest)].share
            + sim.state.communities.list[community].share;
        let put_by = sim.state.organisations[id].reserves
            + sim.state.mandates.iter().filter(|m| m.alive() && m.holder == id).map(|m| m.reserves).sum();
        close(&sim.conditions.context(), &mut sim.state, &mut sim.record, id);
        assert!(!sim.state.mandates[m].alive());
        assert!((sim.state.communities.list[CommunityId::from_index(rest)].share - shares).abs() < 1e-12);
        assert!((sim.record.year.spent - spent - put_by).0.abs() < 1e-6);
        assert!(sim.state.volunteers.iter().all(|v| v.affiliation != id.0));
        assert!(sim.state.problems.slots.iter().all(|p| p.under_way.iter().all(|u| u.producer != id)));
        let users: u32 = sim.state.problems.slots.iter().map(|p| p.users).sum();
        let projects = sim.state.organisations.iter().map(|o| o.queue.projects.len());
        let projects = projects.chain(sim.state.mandates.iter().map(|m| m.queue.projects.len())).sum::<usize>();
        assert_eq!(users as usize, projects);
    }

    #[test]
    fn locals_are_picked_by_the_people_they_serve() {
        let mut sim = simulation();
        for (o, share) in [(1, 0.2), (2, 0.1), (3, 0.1)] {
            let community = sim.state.organisations[OrganisationId(o)].community.expect("it serves somebody");
            sim.state.communities.list[community].share = share;
        }
        let locals = &Locals::by_region(&sim.state)[0];
        let mut counts = [0; 4];
        for i in 0..400 {
            counts[locals.pick((f64::from(i) + 0.5) / 400.0).expect("there are some").index()] += 1;
        }
        assert_eq!(counts, [0, 200, 100, 100]);
    }
}
