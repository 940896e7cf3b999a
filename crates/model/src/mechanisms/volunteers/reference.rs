//! Motivation, leaving, joining and moving as equations: the readable version of what `volunteers/departures.rs` computes.
//!
//! ```text
//! m' = m + motivation_return · (0.55 − m)                        motivation returns to its baseline
//! h  = leaving + leaving_new · exp(−tenure / settling)  hazard at the baseline, unaffiliated
//! h  = h · affiliated_factor                            if affiliated
//! f(m) = exp(motivation_leaving · (0.55 − m))           effect of motivation
//! P(leave) = min(h · f(m'), 0.95)
//! ```
//!
//! | symbol | meaning | unit |
//! |---|---|---|
//! | m, m' | motivation before and after the update | 0–1, single precision |
//! | tenure | completed quarters since arrival, before this one; at most 400 | quarters |
//! | h | hazard | 1/quarter |
//!
//! One uniform draw u a volunteer and quarter decides:
//!
//! ```text
//! u < h · f(0)               leave if u < P(leave), else stay
//! u ≥ 1 − joining            join a local affiliate, if unaffiliated
//! u ≥ 1 − drawn_to_hubs      move to the holder of the hub nearby, if affiliated
//! ```
//!
//! The first line comes first: a volunteer whom a motivation of 0 would make leave at this draw neither joins nor moves. Not
//! used in trials. A property test holds it and the fast path to the same bits.

use super::{MAX_HAZARD, MAX_TENURE, MOTIVATION_BASELINE, VolunteerParameters};
use crate::ids::{MAX_REGIONS, OrganisationId};
use crate::mechanisms::Context;
use crate::mechanisms::affiliates::LocalAffiliates;
use crate::random::Decision;
use crate::state::State;
use crate::state::volunteers::{Volunteer, flag};
use crate::units::Quarters;

/// What a quarter changes among the volunteers, before arrivals.
#[derive(Clone, Debug)]
pub struct Departures {
    /// All volunteers after the quarter's decisions, those who leave included.
    pub people: Vec<Volunteer>,
    /// Places among the volunteers of those who leave, ascending.
    pub places: Vec<u32>,
    /// Agents who leave, by region.
    pub left: [u32; MAX_REGIONS],
    /// Agents who leave after they asked for help and never got it, by region.
    pub never_helped: [u32; MAX_REGIONS],
}

/// Motivation after a quarter's return to its baseline.
pub fn updated_motivation(p: &VolunteerParameters, motivation: f32) -> f32 {
    motivation + p.motivation_return as f32 * (MOTIVATION_BASELINE as f32 - motivation)
}

/// Hazard of leaving at the baseline of motivation, 1/quarter. `tenure` in quarters.
pub fn base_hazard(p: &VolunteerParameters, tenure: u32, affiliated: bool) -> f64 {
    let hazard = p.leaving + p.leaving_new * libm::exp(-(Quarters::from(tenure) / p.settling));
    if affiliated { hazard * p.affiliated_factor } else { hazard }
}

/// Factor of motivation on the hazard.
pub fn motivation_factor(p: &VolunteerParameters, motivation: f32) -> f64 {
    libm::exp(p.motivation_leaving * (MOTIVATION_BASELINE - f64::from(motivation)))
}

/// Updates motivation and decides about each volunteer, one after another.
pub fn stay_or_leave(cx: &Context, state: &State) -> Departures {
    let p = &cx.parameters.volunteers;
    let locals = LocalAffiliates::by_region(state);
    let mut after = Departures {
        people: state.volunteers.clone(),
        places: Vec::new(),
        left: [0; MAX_REGIONS],
        never_helped: [0; MAX_REGIONS],
    };
    for (place, volunteer) in (0..).zip(&mut after.people) {
        if !volunteer.active() {
            continue;
        }
        volunteer.motivation = updated_motivation(p, volunteer.motivation);
        let tenure = tenure(cx.now.quarter(), volunteer.arrived);
        let hazard = base_hazard(p, tenure, volunteer.affiliated());
        let u = cx.random.decision(Decision::Leaving, cx.now.quarter()).entity(volunteer.key).uniform(0);
        if u < hazard * motivation_factor(p, 0.0) {
            let probability = (hazard * motivation_factor(p, volunteer.motivation)).min(MAX_HAZARD);
            if u < probability {
                after.places.push(place);
                after.left[volunteer.region] += 1;
                let asked = volunteer.flags & flag::ASKED != 0;
                let wait_is_over = volunteer.flags & flag::WAITED != 0;
                if asked && !wait_is_over {
                    after.never_helped[volunteer.region] += 1;
                    volunteer.flags |= flag::WAITED;
                }
            }
        } else if !volunteer.affiliated() && u >= 1.0 - p.joining {
            let which = cx.random.decision(Decision::Joining, cx.now.quarter()).entity(volunteer.key).uniform(0);
            if let Some(affiliate) = locals[volunteer.region].pick(which) {
                volunteer.affiliation = affiliate.0;
            }
        } else if volunteer.affiliated()
            && u >= 1.0 - p.drawn_to_hubs
            && let Some(holder) = resident_holder(state, volunteer)
        {
            volunteer.affiliation = holder.0;
        }
    }
    after
}

/// Quarters from the one after arrival to the one before this, at least 0 and at most [`MAX_TENURE`].
fn tenure(quarter: u32, arrived: i16) -> u32 {
    let quarters = quarter as i32 - 1 - i32::from(arrived);
    quarters.clamp(0, MAX_TENURE as i32) as u32
}

/// The holder of the hub for a volunteer's theme, if it is an affiliate of the volunteer's region.
fn resident_holder(state: &State, volunteer: &Volunteer) -> Option<OrganisationId> {
    let hub = state.hub_for(volunteer.region, volunteer.theme)?;
    let holder = state.mandates[hub].holder;
    let organisation = &state.organisations[holder];
    (organisation.region == volunteer.region && organisation.kind.affiliate()).then_some(holder)
}

/// Agents by region: all, the affiliated, and those who arrived in a quarter.
pub fn counts(people: &[Volunteer], arrived: i32) -> [[u64; MAX_REGIONS]; 3] {
    let mut counts = [[0; MAX_REGIONS]; 3];
    for volunteer in people.iter().filter(|volunteer| volunteer.active()) {
        counts[0][volunteer.region] += 1;
        counts[1][volunteer.region] += u64::from(volunteer.affiliated());
        counts[2][volunteer.region] += u64::from(i32::from(volunteer.arrived) == arrived);
    }
    counts
}

#[cfg(test)]
mod tests;
