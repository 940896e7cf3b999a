//! 10 volunteers: they learn, gain or lose heart, join, leave, and arrive.
//!
//! *Claim.* Newcomers leave fast, the settled slowly; heart matters; arrivals follow word of mouth among people not yet
//! reached, and saturate by region. *Equations.* hazard = (h₀ + h₁ e^(−tenure/τ)) · e^(c (0.55 − motivation)) · (factor,
//! if affiliated); motivation is pulled to 0.55; arrivals ~ Poisson with mean replacement · (M/M₀) · g(N/M)/g(N₀/M₀) ·
//! outreach, g(s) = (1 − s)(p + q s) (Bass 1969), where M is what the people online can sustain; unbalanced, their mean
//! is Bass's own M · g(N/M), so that p and q are rates a quarter.
//! One draw a volunteer and quarter decides between leaving (the low end) and joining an affiliate, or going over to the
//! holder of a hub nearby (the high end).
//! *Source.* Editor Trends Study for newcomers; Bass for arrivals.

mod motivation;
mod newcomers;

use crate::catalogue::Off;
use crate::ids::{BirthCause, Key, MAX_REGIONS, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::affiliates::LocalAffiliates;
use crate::mechanisms::support;
use crate::parameters;
use crate::random::Decision;
use crate::record::Record;
use crate::state::State;
use crate::state::volunteers::{Volunteer, each_found, flag};
use crate::units::QUARTERS_PER_YEAR;

use motivation::MotivationEffect;
pub use newcomers::Newcomers;

parameters! {
    /// The people: motivation, skill, leaving, arriving, joining.
    pub struct VolunteerParameters in "volunteers",
        off Off::Never("the volunteers are the movement; `motivation_leaving = 0` cuts their motivation off from everything else");
    /// Leaving hazard of the long-tenured at motivation 0.55.
    leaving: 0.035, 0.0..=1.0, 0.03..0.07, "1/quarter", "0.75 a year for the established (judgement); general volunteers 0.65 (CNCS 2008)";
    /// Extra hazard of a newcomer.
    leaving_new: 0.65, 0.0..=1.0, 0.5..0.75, "1/quarter", "newcomers' one-year survival 0.12-0.15 (Editor Trends Study)";
    /// Decay time of that extra hazard.
    settling: 1.5, 0.1..=40.0, 1.0..3.0, "quarters", "newcomers' one-year survival 0.12-0.15 (Editor Trends Study)";
    /// Effect of motivation on the logarithm of the hazard.
    motivation_leaving: 1.5, 0.0..=10.0, 0.5..3.0, "log units/motivation", "assumed";
    /// Hazard of the affiliated, relative.
    affiliated_factor: 0.7, 0.0..=1.0, 0.5..1.0, "factor", "assumed";
    /// Motivation gained when helped, times what is missing to 1.
    helped: 0.1, 0.0..=1.0, 0.03..0.2, "motivation", "assumed";
    /// Motivation lost at a bounce.
    bounced: 0.03, 0.0..=1.0, 0.01..0.08, "motivation", "assumed";
    /// Motivation lost when a request goes without help.
    unmet: 0.08, 0.0..=1.0, 0.02..0.2, "motivation", "assumed";
    /// Pull of motivation back to 0.55.
    calming: 0.04, 0.0..=1.0, 0.01..0.1, "1/quarter", "assumed";
    /// Skill gained when helped, times effect and what is missing to 1.
    learning: 0.1, 0.0..=1.0, 0.02..0.2, "skill", "assumed";
    /// Spontaneous part of joining the movement (Bass 1969: innovation).
    spontaneous: 0.01, 0.0001..=1.0, 0.003..0.03, "1/quarter", "assumed";
    /// Word of mouth (Bass 1969: imitation).
    word_of_mouth: 0.4, 0.0..=5.0, 0.2..0.6, "1/quarter", "Bass diffusion, q of 0.3-0.5 in the literature";
    /// How far arrivals are scaled to make up, in year 0, for those who leave; 0: Bass's own rates.
    balanced: 1.0, 0.0..=1.0, 0.9..1.0, "share", "assumed: nothing jumps in year 1; at 0 growth is Bass's (1969) alone";
    /// Newcomers beyond replacement, where a region is far from saturation (below 0.7 in year 0).
    catching_up: 0.2, -0.5..=5.0, 0.0..0.6, "share", "editors by region 2018-19: the unsaturated regions grew by 2-10 % a year";
    /// Effect of the work of affiliates and hubs in a region on arrivals, per doubling since year 0.
    outreach: 0.1, 0.0..=5.0, 0.0..0.4, "share/doubling", "assumed";
    /// Chance that an unaffiliated volunteer joins a local affiliate.
    joining: 0.01, 0.0..=1.0, 0.003..0.03, "1/quarter", "assumed: keeps about 15 % affiliated";
    /// Chance that a member whose theme has a hub in their region goes over to its holder.
    drawn_to_hubs: 0.02, 0.0..=1.0, 0.0..0.05, "1/quarter", "assumed";
    /// Share of volunteers who are affiliated at the start.
    affiliated: 0.15, 0.0..=1.0, 0.05..0.3, "share", "assumed";
}

/// Where motivation rests.
pub const MOTIVATION_BASELINE: f64 = 0.55;
/// The largest hazard of a quarter.
const MAX_HAZARD: f64 = 0.95;
/// The largest saturation of a region in year 0. Word of mouth answers to each quarter's number: nearer to 1 it would
/// over-answer, and people would flood in and stay away by turns.
pub const MAX_INITIAL_SATURATION: f64 = 0.85;
/// Tenures beyond this many quarters are alike.
const MAX_TENURE: usize = 400;

/// Heart, leaving, joining, arriving. Draws: leave, join, arrive, and what newcomers are like.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let places = stay_or_leave(cx, state, record);
    arrive(cx, state, record, places);
    count(cx, state, record);
}

/// The hazard of leaving by tenure, at motivation [`MOTIVATION_BASELINE`], unaffiliated.
fn hazards(p: &VolunteerParameters) -> [f64; MAX_TENURE + 1] {
    let mut settled = false;
    let at = |tenure: usize| {
        if settled {
            return p.leaving;
        }
        let more = p.leaving_new * libm::exp(-(tenure as f64) / p.settling);
        // What even twice over would be rounded away is so from here on: no need to compute it.
        settled = p.leaving + 2.0 * more == p.leaving;
        p.leaving + more
    };
    std::array::from_fn(at)
}

/// Who stays and who leaves; the places of those who left.
fn stay_or_leave(cx: &Context, state: &mut State, record: &mut Record) -> Vec<u32> {
    let p = &cx.parameters.volunteers;
    let hazards = hazards(p).map(|h| [h, h * p.affiliated_factor]);
    let effect = MotivationEffect::new(p.motivation_leaving);
    let locals = LocalAffiliates::by_region(state);
    let decision = |decision| cx.random.decision(decision, cx.now.quarter());
    let (step, joins) = (decision(Decision::Leaving), decision(Decision::Joining));
    let (near, themes) = (hubs_near(state), state.themes.len());
    let (joining, drawn) = (1.0 - p.joining, 1.0 - p.drawn_to_hubs);
    let now = cx.now.quarter() as i32;
    // Who arrived last quarter faces the hazard of a newcomer now.
    let base = |volunteer: &Volunteer| {
        let tenure = (now - 1 - i32::from(volunteer.arrived)).clamp(0, MAX_TENURE as i32) as usize;
        hazards[tenure][usize::from(volunteer.affiliated())]
    };
    let mut left = Vec::with_capacity(state.volunteers.len() / 2);
    let (mut waits, mut leavers) = (support::FirstWaits::new(cx, state), [0u32; MAX_REGIONS]);
    let high = joining.min(drawn);
    let (calming, calm) = (p.calming as f32, MOTIVATION_BASELINE as f32);
    // Pulls motivation to CALM, and finds those whose draw is so low that they may leave, or so high that they may join or
    // go over.
    let at_an_end = |v: &mut Volunteer| {
        let calmer = v.motivation + calming * (calm - v.motivation);
        v.motivation = if v.active() { calmer } else { v.motivation };
        let u = step.entity(v.key).uniform(0);
        v.active() & ((u < base(v) * effect.at_most(v.motivation)) | (u >= high))
    };
    let mut people = std::mem::take(&mut state.volunteers);
    each_found(&mut people, at_an_end, |place, volunteer| {
        let (base, affiliated) = (base(volunteer), volunteer.affiliated());
        let u = step.entity(volunteer.key).uniform(0);
        if u < base * effect.most {
            let motivation = volunteer.motivation;
            let surely = u < (base * effect.at_least(motivation)).min(MAX_HAZARD);
            if surely || u < (base * effect.factor(motivation)).min(MAX_HAZARD) {
                // Who goes without ever having been helped never saw it.
                let asked = volunteer.flags & (flag::ASKED | flag::WAITED) == flag::ASKED;
                waits.note(volunteer, asked, support::LONGEST_WAIT, true);
                leavers[volunteer.region] += 1;
                left.push(place);
            }
        } else if !affiliated && u >= joining {
            let choice = joins.entity(volunteer.key).uniform(0);
            if let Some(o) = locals[volunteer.region].pick(choice) {
                volunteer.affiliation = o.0;
            }
        } else if affiliated
            && u >= drawn
            && let Some(o) = near[volunteer.region.index() * themes + volunteer.theme.index()]
        {
            volunteer.affiliation = o.0;
        }
    });
    state.volunteers = people;
    waits.book(state, record);
    for (sums, leavers) in record.regions.iter_mut().zip(leavers) {
        sums.left += f64::from(leavers) * state.people_per_agent;
    }
    left
}

/// Who holds the hub for a theme in the region itself, `[region × themes + theme]`.
fn hubs_near(state: &State) -> Vec<Option<OrganisationId>> {
    let cells = state.region_ids().flat_map(|r| state.theme_ids().map(move |t| (r, t)));
    let holder = |(r, t)| {
        let holder = state.mandates[state.hub_for(r, t)?].holder;
        let o = &state.organisations[holder];
        (o.region == r && o.kind.affiliate()).then_some(holder)
    };
    cells.map(holder).collect()
}

/// Newcomers take the places of those who left; what stays empty is closed up.
fn arrive(cx: &Context, state: &mut State, record: &mut Record, places: Vec<u32>) {
    let mut places = places.into_iter();
    let newcomers = Newcomers::new(cx, state, cx.now.quarter());
    for r in state.region_ids() {
        let mean = arrivals(cx, state, r) / state.people_per_agent;
        let region = &state.regions[r];
        let count = cx.random.decision(Decision::Arrival, cx.now.quarter()).entity(region.key).poisson(0, mean);
        let stem = region.key.stem();
        for index in 0..count {
            let key = Key::from_birth(stem, cx.now.quarter(), BirthCause::Arrival, index);
            match places.next() {
                // Drawn where they will stand: put together elsewhere, they would be read back before they are all there.
                Some(place) => {
                    state.volunteers[place as usize] = newcomers.draw(state, key, r, cx.now.quarter() as i16)
                }
                None => state.volunteers.push(newcomers.draw(state, key, r, cx.now.quarter() as i16)),
            }
        }
        record.regions[r].arrived += f64::from(count) * state.people_per_agent;
    }
    // From the back, so that no place still to be closed is the last.
    for place in places.rev() {
        state.volunteers.swap_remove(place as usize);
    }
}

/// Expected arrivals of a quarter in a region, people.
fn arrivals(cx: &Context, state: &State, r: RegionId) -> f64 {
    let p = &cx.parameters.volunteers;
    let region = &state.regions[r];
    let spread = |s: f64| (1.0 - s).max(0.0) * (p.spontaneous + p.word_of_mouth * s);
    let reached = region.volunteers / region.capacity().max(1e-9);
    let growth = region.online / region.online_at_start;
    let diffusion = spread(reached.min(1.0)) / spread(region.saturation).max(1e-9);
    let young = if region.saturation < 0.7 { 1.0 + p.catching_up } else { 1.0 };
    let doublings = libm::log2((region.work + 1.0) / (region.work_at_start + 1.0));
    let outreach = (1.0 + p.outreach * doublings).clamp(0.25, 4.0);
    let balanced = p.balanced * (region.replacement * growth * diffusion);
    let own = (1.0 - p.balanced) * (region.capacity() * spread(reached.min(1.0)));
    // Never more than there are people to reach.
    ((balanced + own) * young * outreach).min(region.capacity())
}

/// Volunteers of each region now, people, and those who came to the end of their first year this quarter.
pub fn count(cx: &Context, state: &mut State, record: &mut Record) {
    let a_year_ago = cx.now.quarter() as i32 - QUARTERS_PER_YEAR as i32;
    let mut counts = [[0u64; MAX_REGIONS]; 3];
    state.volunteers.chunks(MANY).for_each(|some| count_some(some, a_year_ago, &mut counts));
    let regions = state.regions.iter_mut().zip(&mut record.regions);
    for (r, (region, sums)) in regions.enumerate() {
        let [all, affiliated, matured] = counts.map(|count| count[r] as f64 * state.people_per_agent);
        (region.volunteers, region.affiliated) = (all, affiliated);
        sums.matured += matured;
    }
}

/// Bits of each of three counts in one number, and of how many none of them overflows.
const BITS: u32 = 21;
const MANY: usize = 1 << BITS;

/// All, the affiliated, and those of them who arrived in a quarter, by region.
fn count_some(people: &[Volunteer], arrived: i32, counts: &mut [[u64; MAX_REGIONS]; 3]) {
    // Three counts in one number, and four neighbours in four tables: so that one need not wait for the other's sum.
    let mut sums = [[0u64; MAX_REGIONS]; 4];
    let add = |sums: &mut [u64; MAX_REGIONS], volunteer: &Volunteer| {
        let (affiliated, matured) = (volunteer.affiliated(), i32::from(volunteer.arrived) == arrived);
        let all = 1 | u64::from(affiliated) << BITS | u64::from(matured) << (2 * BITS);
        sums[volunteer.region] += all * u64::from(volunteer.active());
    };
    let (fours, rest) = people.as_chunks::<4>();
    for four in fours {
        sums.iter_mut().zip(four).for_each(|(sums, volunteer)| add(sums, volunteer));
    }
    rest.iter().for_each(|volunteer| add(&mut sums[0], volunteer));
    for (counts, part) in counts.iter_mut().zip(0..) {
        for sums in &sums {
            counts.iter_mut().zip(sums).for_each(|(count, sum)| *count += sum >> (part * BITS) & ((1 << BITS) - 1));
        }
    }
}

/// How long volunteers stay, at constant motivation: the law of tenures in a movement that neither grows nor shrinks.
pub struct Survival {
    cumulative: Vec<f64>,
    affiliated: Vec<f64>,
}

impl Survival {
    /// From the hazard itself and from how membership grows with tenure, scaled to the share of the affiliated.
    pub fn new(p: &VolunteerParameters) -> Survival {
        let joined: Vec<f64> = (0..=MAX_TENURE).map(|tenure| 1.0 - libm::pow(1.0 - p.joining, tenure as f64)).collect();
        let mut survival = Survival { cumulative: Vec::new(), affiliated: vec![p.affiliated; MAX_TENURE + 1] };
        // The affiliated stay longer, which makes more of them affiliated: a few rounds settle it.
        for _ in 0..8 {
            survival.cumulative.clear();
            let (mut alive, mut total) = (1.0, 0.0);
            for (hazard, affiliated) in hazards(p).into_iter().zip(&survival.affiliated) {
                total += alive;
                survival.cumulative.push(total);
                let factor = 1.0 - affiliated * (1.0 - p.affiliated_factor);
                alive *= 1.0 - (hazard * factor).min(MAX_HAZARD);
            }
            let usual = survival.expectation(|tenure| joined[tenure as usize]).max(1e-9);
            survival.affiliated = joined.iter().map(|joined| (p.affiliated * joined / usual).min(1.0)).collect();
        }
        survival
    }

    /// Share of those of a tenure who are affiliated.
    pub fn affiliated(&self, tenure: u32) -> f64 {
        self.affiliated[(tenure as usize).min(MAX_TENURE)]
    }

    /// Mean stay, quarters: volunteers present per arrival in a quarter.
    pub fn mean(&self) -> f64 {
        *self.cumulative.last().expect("at least one quarter")
    }

    /// Mean over those present of a function of their tenure.
    pub fn expectation(&self, value: impl Fn(u32) -> f64) -> f64 {
        let mut below = 0.0;
        let mut sum = 0.0;
        for (tenure, &to) in (0..).zip(&self.cumulative) {
            sum += (to - below) * value(tenure);
            below = to;
        }
        sum / self.mean()
    }

    /// The tenure at a quantile of those present.
    pub fn quantile(&self, u: f64) -> u32 {
        let at = u * self.mean();
        self.cumulative.partition_point(|&below| below <= at).min(MAX_TENURE) as u32
    }
}

#[cfg(test)]
mod tests;
