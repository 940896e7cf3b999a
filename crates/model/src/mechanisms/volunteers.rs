//! 10 volunteers: motivation changes, volunteers leave, join affiliates, move to hubs, and arrive.
//!
//! *Claim.* Newcomers leave fast, the long-tenured slowly; low motivation makes leaving likelier; arrivals follow word of
//! mouth among people not yet reached, and saturate by region.
//!
//! *Equations.*
//!
//! ```text
//! hazard = (h₀ + h₁ · exp(−tenure/τ)) · exp(c · (0.55 − motivation)) · (affiliated_factor, if affiliated)
//! motivation' = motivation + motivation_return · (0.55 − motivation)
//! arrivals ~ Poisson(mean)
//! mean = (balanced · replacement · (M/M₀) · g(N/M)/g(N₀/M₀) + (1 − balanced) · M · g(N/M)) · outreach
//! N₀   = replacement · Σ over tenures t of S(t) · (1 + growth)^−⌊t/4⌋
//! g(s) = (1 − s) · (p + q · s)
//! ```
//!
//! h₀, h₁, τ and c are `leaving`, `leaving_new`, `settling` and `motivation_leaving`; N are the volunteers of a region, M
//! those whom the people online can sustain; S is the
//! share of arrivals still there after t quarters; p and q are `spontaneous` and `word_of_mouth` (Bass 1969). Subscript 0 is year
//! 0.
//!
//! One uniform draw a volunteer and quarter decides: its low end is leaving, its high end joining an affiliate or moving to
//! the holder of a hub nearby. [`mod@reference`] is the readable version of these decisions; `departures.rs` is the fast one.
//!
//! *Source.* Editor Trends Study for newcomers; Bass for arrivals. Where people online grow by 3 to 12 % a year, so do
//! volunteers; editors grew by 2 to 10 % a year in such regions in 2018-19.

mod census;
mod departures;
mod motivation;
mod newcomers;
pub mod reference;
mod survival;

use crate::catalogue::Off;
use crate::ids::{BirthCause, Key, RegionId};
use crate::mechanisms::{Context, environment};
use crate::parameters;
use crate::random::Decision;
use crate::record::Record;
use crate::state::{Region, State};
use crate::units::Quarters;

use departures::stay_or_leave;

pub use census::count;
pub use newcomers::Newcomers;
pub use survival::Survival;

parameters! {
    /// Volunteers: motivation, skill, leaving, arriving, joining.
    pub struct VolunteerParameters in "volunteers",
        off Off::Never("the volunteers are the movement; `motivation_leaving = 0` cuts their motivation off from everything else");
    /// Leaving hazard of the long-tenured at motivation 0.55.
    leaving: f64 = 0.035, 0.0..=1.0, 0.03..0.07, "1/quarter", "0.75 a year for the established (judgement); general volunteers 0.65 (CNCS 2008)";
    /// Extra hazard of a newcomer.
    leaving_new: f64 = 0.65, 0.0..=1.0, 0.5..0.75, "1/quarter", "newcomers' one-year survival 0.12-0.15 (Editor Trends Study)";
    /// Decay time of that extra hazard.
    settling: Quarters = 1.5, 0.1..=40.0, 1.0..3.0, "quarters", "newcomers' one-year survival 0.12-0.15 (Editor Trends Study)";
    /// Effect of motivation on the logarithm of the hazard.
    motivation_leaving: f64 = 1.5, 0.0..=10.0, 0.5..3.0, "log units/motivation", "assumed";
    /// Hazard of the affiliated, relative to the unaffiliated.
    affiliated_factor: f64 = 0.7, 0.0..=1.0, 0.5..1.0, "factor", "assumed";
    /// Motivation gained when helped, times (1 − motivation).
    helped: f64 = 0.1, 0.0..=1.0, 0.03..0.2, "motivation", "assumed";
    /// Motivation lost when a quarter's search ends without help.
    bounced: f64 = 0.03, 0.0..=1.0, 0.01..0.08, "motivation", "assumed";
    /// Motivation lost when a request is given up without help.
    unmet: f64 = 0.08, 0.0..=1.0, 0.02..0.2, "motivation", "assumed";
    /// Share of the distance to 0.55 by which motivation returns.
    motivation_return: f64 = 0.04, 0.0..=1.0, 0.01..0.1, "1/quarter", "assumed";
    /// Skill gained when helped, times the effect of the help and (1 − skill).
    learning: f64 = 0.1, 0.0..=1.0, 0.02..0.2, "skill", "assumed";
    /// Rate at which people join the movement spontaneously (Bass 1969: innovation).
    spontaneous: f64 = 0.01, 0.0001..=1.0, 0.003..0.03, "1/quarter", "assumed";
    /// Rate at which people join the movement by word of mouth (Bass 1969: imitation).
    word_of_mouth: f64 = 0.4, 0.0..=5.0, 0.2..0.6, "1/quarter", "Bass diffusion, q of 0.3-0.5 in the literature";
    /// How far arrivals are scaled to equal departures in year 0; at 0 they come at Bass's own rates.
    balanced: f64 = 1.0, 0.0..=1.0, 0.9..1.0, "share", "assumed: nothing jumps in year 1; at 0 growth is Bass's (1969) alone";
    /// Effect of the work of affiliates, hubs and the foundation in a region on arrivals, per doubling since year 0.
    outreach: f64 = 0.1, 0.0..=5.0, 0.0..0.4, "share/doubling", "assumed";
    /// Chance that an unaffiliated volunteer joins a local affiliate.
    joining: f64 = 0.01, 0.0..=1.0, 0.003..0.03, "1/quarter", "assumed: keeps about 15 % affiliated";
    /// Chance that a member moves to the holder of the hub for its theme, where that holder is in its region.
    drawn_to_hubs: f64 = 0.02, 0.0..=1.0, 0.0..0.05, "1/quarter", "assumed";
    /// Share of volunteers who are affiliated at the start.
    affiliated: f64 = 0.15, 0.0..=1.0, 0.05..0.3, "share", "assumed";
}

/// Motivation to which volunteers return.
pub const MOTIVATION_BASELINE: f64 = 0.55;
/// The largest hazard, 1/quarter.
const MAX_HAZARD: f64 = 0.95;
/// The largest saturation of a region in year 0. Word of mouth responds to each quarter's number: nearer to 1 it would
/// overshoot, and numbers would oscillate.
pub const MAX_INITIAL_SATURATION: f64 = 0.85;
/// The longest tenure that is told apart, quarters.
const MAX_TENURE: usize = 400;

/// Motivation, leaving, joining, arriving. Draws: leaving, joining, arrival, and the traits of newcomers.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let vacant = stay_or_leave(cx, state, record);
    arrive(cx, state, record, vacant);
    count(cx, state, record);
}

/// Newcomers take the places of those who left; places that stay vacant are closed.
fn arrive(cx: &Context, state: &mut State, record: &mut Record, vacant: Vec<u32>) {
    let quarter = cx.now.quarter();
    let mut vacant = vacant.into_iter();
    let newcomers = Newcomers::new(cx, state, quarter);
    for region in state.region_ids() {
        let mean = arrivals(cx, state, region) / state.people_per_agent;
        let region_key = state.regions[region].key;
        let count = cx.random.decision(Decision::Arrival, quarter).entity(region_key).poisson(0, mean);
        for index in 0..count {
            let key = Key::from_birth(region_key.stem(), quarter, BirthCause::Arrival, index);
            // Each newcomer is drawn into its place: drawn elsewhere and copied, it would be read back before all of it is
            // stored, which stalls.
            match vacant.next() {
                Some(place) => {
                    state.volunteers[place as usize] = newcomers.draw(state, key, region, quarter as i16);
                }
                None => state.volunteers.push(newcomers.draw(state, key, region, quarter as i16)),
            }
        }
        record.regions[region].arrived += f64::from(count) * state.people_per_agent;
    }
    // From the back, so that the last volunteer, who moves to the place, is never one who left.
    for place in vacant.rev() {
        state.volunteers.swap_remove(place as usize);
    }
}

/// Growth of a region's arrivals until year 0, 1/year: that of its people online in year 1, so that year 1 continues what was
/// before. Bass's own rates, where arrivals follow them, assume none.
pub fn growth_at_start(cx: &Context, region: &Region) -> f64 {
    cx.parameters.volunteers.balanced * environment::growth_of_online(region)
}

/// Expected arrivals of a quarter in a region, people.
fn arrivals(cx: &Context, state: &State, region: RegionId) -> f64 {
    let p = &cx.parameters.volunteers;
    let region = &state.regions[region];
    let diffusion_rate = |saturation: f64| (1.0 - saturation).max(0.0) * (p.spontaneous + p.word_of_mouth * saturation);
    let reached = (region.volunteers / region.capacity().max(1e-9)).min(1.0);
    let growth = region.online / region.online_at_start;
    let diffusion = diffusion_rate(reached) / diffusion_rate(region.saturation).max(1e-9);
    let doublings = libm::log2((region.work + 1.0) / (region.work_at_start + 1.0));
    let outreach = (1.0 + p.outreach * doublings).clamp(0.25, 4.0);
    let balanced = p.balanced * (region.replacement * growth * diffusion);
    let own = (1.0 - p.balanced) * (region.capacity() * diffusion_rate(reached));
    // Never more than there are people to reach.
    ((balanced + own) * outreach).min(region.capacity())
}

#[cfg(test)]
mod tests;
