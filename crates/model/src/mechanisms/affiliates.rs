//! Affiliates: user groups form where unaffiliated volunteers gather, some mature into chapters, and affiliates close.
//!
//! *Claim.* Small groups come and go, large organisations stay.
//!
//! *Equations.*
//!
//! ```text
//! unaffiliated     = volunteers of the region − affiliated volunteers
//! groups           ~ Poisson(formation · unaffiliated)      no group if unaffiliated < least_people
//! P(group matures) = maturing                               if age ≥ 2 years and staff ≥ 1 FTE
//! P(closes)        = closing · size · empty
//! size             = closing_small if staff < 1 FTE, closing_large if staff > 5 FTE, else 1
//! empty            = closing_empty without money and members, else 1
//! ```
//!
//! A group serves a community of its region that has no organisation, drawn in proportion to its people, or a part of usual
//! size if that is much larger. What a closed organisation leaves behind may be served by another one later.
//!
//! *Source.* Two-year rule: recognition of chapters by the Affiliations Committee. Closing: GuideStar, NASAA (see the
//! parameters). *Draws.* GroupFormation, OrganisationTraits, Maturing, Closing. *Off.* `formation`, `maturing` and
//! `closing` at 0.

use crate::catalogue::Off;
use crate::ids::{BirthCause, Key, MAX_ORGANISATIONS, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{mandates, money};
use crate::parameters;
use crate::policy::levers::OrganisationKind;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::{ByPeople, Label, Organisation, State, UNAFFILIATED};
use crate::units::Quarter;

parameters! {
    /// How affiliates form, mature and close.
    pub struct AffiliateParameters in "affiliates",
        off Off::Set(&[("formation", 0.0), ("maturing", 0.0), ("closing", 0.0)]);
    /// Expected number of user groups that form in a region in a year, per unaffiliated volunteer.
    formation: f64 = 0.00018, 0.0..=1.0, 0.00005..0.0006, "groups/person/year", "157 user groups in about 12 years among about 80,000 active editors";
    /// Smallest number of unaffiliated volunteers in a region at which a group can form.
    least_people: f64 = 30.0, 1.0..=1e6, 10.0..100.0, "people", "assumed; user groups need three named members";
    /// Probability that a user group that is at least two years old and has at least one FTE becomes a chapter.
    maturing: f64 = 0.04, 0.0..=1.0, 0.01..0.1, "1/year", "assumed; chapters need two years of activity";
    /// Probability that an affiliate with one to five FTE closes.
    closing: f64 = 0.03, 0.0..=1.0, 0.01..0.06, "1/year", "GuideStar below 0.04; NASAA 0.028 (74 of 229 in 14 years)";
    /// Factor on the probability of closing for an affiliate with less than one FTE.
    closing_small: f64 = 2.0, 0.0..=20.0, 1.0..4.0, "factor", "NASAA: small ones most fragile";
    /// Factor on the probability of closing for an affiliate with more than five FTE.
    closing_large: f64 = 0.3, 0.0..=1.0, 0.1..0.6, "factor", "assumed";
    /// Factor on the probability of closing for an affiliate without money and without members.
    closing_empty: f64 = 4.0, 1.0..=20.0, 1.0..8.0, "factor", "assumed";
}

/// Staff above which an organisation counts as large, FTE.
const LARGE: f64 = 5.0;
/// Staff below which an organisation counts as small, and from which a user group can mature, FTE.
const SMALL: f64 = 1.0;
/// Age from which a user group can mature, years; the recognition of chapters asks for two years of activity.
const MIN_AGE_TO_MATURE: f64 = 2.0;
/// Money below which an organisation counts as one without money, USD; assumed: nothing can be paid with less.
const NO_MONEY: f64 = 1.0;
/// Members below which an organisation counts as one without members, people.
const NO_MEMBERS: f64 = 1.0;
/// Mean expertise of a group's founders, by theme, where there is no user group in year 0; share, assumed.
pub const FOUNDERS_EXPERTISE: f64 = 0.12;

/// Affiliates form, mature and close. Draws: GroupFormation, OrganisationTraits, Maturing, Closing.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    // Groups that form this year can neither mature nor close in it.
    let affiliates: Vec<OrganisationId> = state.affiliates().collect();
    for region in state.region_ids() {
        form_groups(cx, state, record, region);
    }
    for &organisation in &affiliates {
        mature(cx, state, record, organisation);
    }
    let closed_before = record.movement.closed;
    for &organisation in &affiliates {
        close_at_random(cx, state, record, organisation);
    }
    if record.movement.closed > closed_before {
        free_members(state);
    }
}

/// Founds the user groups that form in a region this year.
fn form_groups(cx: &Context, state: &mut State, record: &mut Record, region: RegionId) {
    let parameters = &cx.parameters.affiliates;
    let home = &state.regions[region];
    let unaffiliated = home.volunteers - home.affiliated;
    if unaffiliated < parameters.least_people {
        return;
    }
    let stream = cx.random.decision(Decision::GroupFormation, cx.now.year());
    let count = stream.entity(home.key).poisson(0, parameters.formation * unaffiliated);
    // The check of the scenario keeps the expected number well below this limit.
    let count = count.min(MAX_ORGANISATIONS.saturating_sub(state.organisations.len()) as u32);
    for index in 0..count {
        let home = &state.regions[region];
        let key = Key::from_birth(home.key.stem(), cx.now.quarter(), BirthCause::GroupFormation, index);
        let label = Label::Born { region: home.name.clone(), quarter: cx.now.quarter(), index };
        let id = OrganisationId::from_index(state.organisations.len());
        let mut group = Organisation::new(key, label, OrganisationKind::UserGroup, region, cx.now.quarter() as Quarter);
        group.draw_traits(
            &state.themes,
            cx.random.decision(Decision::OrganisationTraits, cx.now.year()).entity(key),
            state.founders_expertise,
        );
        group.income_factor = money::NEWCOMER_FACTOR;
        group.community = state.give_community(key, region, id, stream.entity(key).uniform(0));
        state.organisations.push(group);
        record.movement.formed += 1;
        record.note(cx.now, Event::Formed { organisation: id, region });
    }
}

/// Turns a user group that is old and large enough into a chapter, at random.
fn mature(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    let quarter = cx.now.quarter();
    let stream = cx.random.decision(Decision::Maturing, cx.now.year());
    let organisation = &mut state.organisations[id];
    let ready = organisation.kind == OrganisationKind::UserGroup
        && organisation.age(quarter) >= MIN_AGE_TO_MATURE
        && organisation.staff.0 >= SMALL;
    if ready && stream.entity(organisation.key).bernoulli(0, cx.parameters.affiliates.maturing) {
        organisation.kind = OrganisationKind::Chapter;
        record.events.note(quarter, Event::Matured { organisation: id });
    }
}

/// Closes an affiliate with the probability that its size, money and members give.
fn close_at_random(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    let parameters = &cx.parameters.affiliates;
    let organisation = &state.organisations[id];
    let size = match organisation.staff.0 {
        staff if staff < SMALL => parameters.closing_small,
        staff if staff > LARGE => parameters.closing_large,
        _ => 1.0,
    };
    let income = organisation.own_income + organisation.grants + organisation.hub_money;
    let is_empty = income.0 + organisation.reserves.0 < NO_MONEY && organisation.members < NO_MEMBERS;
    let empty = if is_empty { parameters.closing_empty } else { 1.0 };
    if cx
        .random
        .decision(Decision::Closing, cx.now.year())
        .entity(organisation.key)
        .bernoulli(0, (parameters.closing * size * empty).min(1.0))
    {
        wind_up(cx, state, record, id);
    }
}

/// Closes an organisation: its community has none from then on, its members become unaffiliated, and its mandates end.
pub fn close(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    wind_up(cx, state, record, id);
    free_members(state);
}

/// Makes all members of closed organisations unaffiliated.
fn free_members(state: &mut State) {
    let affiliation =
        |(index, organisation): (usize, &Organisation)| if organisation.closed { UNAFFILIATED } else { index as u16 };
    let unaffiliated = state.organisations.len();
    let after: Vec<u16> = state.organisations.iter().enumerate().map(affiliation).chain([UNAFFILIATED]).collect();
    // One table look-up for each volunteer, once for all that close in a year: a branch for each would be mispredicted.
    for volunteer in &mut state.volunteers {
        volunteer.affiliation = after[usize::from(volunteer.affiliation).min(unaffiliated)];
    }
}

/// Closes an organisation, except that its members stay: [`free_members`] frees those of all that close in a year.
fn wind_up(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    let organisation = &mut state.organisations[id];
    organisation.closed = true;
    organisation.commitments.clear();
    // The reserves pay for the closing; work that was promised to projects is lost.
    let community = organisation.community.take();
    let projects = std::mem::take(&mut organisation.queue.projects);
    for project in projects {
        super::production::abandon(state, id, None, &project);
    }
    if let Some(community) = community {
        state.communities.list[community].organisation = None;
    }
    let held: Vec<_> = state.hubs().filter(|m| state.mandates[*m].holder == id).collect();
    for mandate in held {
        mandates::end_mandate(state, mandate);
        record.note(cx.now, Event::Orphaned { mandate, holder: id });
    }
    consortia::leave(state, id);
    let o = &mut state.organisations[id];
    record.movement.spent += o.reserves;
    o.year.spent += o.reserves;
    o.reserves = crate::units::Money::ZERO;
    record.movement.learning_work += std::mem::take(&mut o.queue.carried);
    record.movement.closed += 1;
    let (staff, members, income) = (o.staff, o.members.round() as u32, o.own_income + o.grants + o.hub_money);
    record.note(cx.now, Event::Closed { organisation: id, staff, members, income });
}

/// The affiliates of a region, from which one is drawn in proportion to the people that it serves.
pub type LocalAffiliates = ByPeople<OrganisationId>;

impl LocalAffiliates {
    /// The active affiliates of each region.
    pub fn by_region(state: &State) -> Vec<LocalAffiliates> {
        let mut regions = vec![LocalAffiliates::default(); state.regions.len()];
        // By community: that takes less memory to read than the organisations.
        for community in &state.communities.list {
            if let Some(id) = community.organisation.filter(|o| state.organisations[*o].active()) {
                regions[community.region].add(community.share, id);
            }
        }
        regions
    }
}

#[cfg(test)]
mod tests;
