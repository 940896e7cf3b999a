//! Who leaves this quarter, who joins an affiliate, who moves to a hub: the fast path.
//!
//! [`reference`](super::reference) is the readable version: one loop over the volunteers, and the equations. A property
//! test holds both to the same bits. Measured with callgrind on 30,000 volunteers: 73 instructions a volunteer, the reference
//! 188, because tables and bounds spare most volunteers two exponentials.

use super::motivation::MotivationEffect;
use super::{MAX_HAZARD, MAX_TENURE, MOTIVATION_BASELINE, VolunteerParameters};
use crate::ids::{MAX_REGIONS, OrganisationId};
use crate::mechanisms::Context;
use crate::mechanisms::affiliates::LocalAffiliates;
use crate::mechanisms::support;
use crate::random::{Decision, Stream};
use crate::record::Record;
use crate::state::State;
use crate::state::volunteers::{Volunteer, each_found, flag};
use crate::units::Quarters;

/// Updates motivation; decides who leaves, joins an affiliate, or moves to the holder of a hub nearby. Returns the places
/// of those who left.
///
/// One uniform draw a volunteer decides: its low end is leaving, its high end joining or moving. The volunteers are passed
/// over once, and only those whose draw is near one of the ends are looked at closely.
pub(super) fn stay_or_leave(cx: &Context, state: &mut State, record: &mut Record) -> Vec<u32> {
    let rules = Rules::new(cx);
    let destinations = Destinations::new(cx, state);
    let mut departures = Departures::new(cx, state);
    let mut people = std::mem::take(&mut state.volunteers);
    each_found(
        &mut people,
        |volunteer| rules.update(volunteer),
        |place, volunteer| match rules.choose(volunteer) {
            Choice::Leave => departures.add(place, volunteer),
            Choice::Join => destinations.join(volunteer),
            Choice::Move => destinations.move_to_hub(volunteer),
            Choice::Stay => {}
        },
    );
    state.volunteers = people;
    departures.book(state, record);
    departures.places
}

/// What a volunteer does this quarter.
enum Choice {
    Leave,
    Join,
    Move,
    Stay,
}

/// What the decisions of a quarter depend on, beside the volunteer.
struct Rules {
    /// Hazard at the baseline of motivation, `[tenure][affiliated]`. A table, because the formula has an exponential.
    hazards: [[f64; 2]; MAX_TENURE + 1],
    effect: MotivationEffect,
    leaving: Stream,
    /// Draws from here on are joining, for the unaffiliated, or moving, for the affiliated.
    joins_from: f64,
    moves_from: f64,
    motivation_return: f32,
    quarter: i32,
}

impl Rules {
    fn new(cx: &Context) -> Rules {
        let p = &cx.parameters.volunteers;
        Rules {
            hazards: hazards(p).map(|hazard| [hazard, hazard * p.affiliated_factor]),
            effect: MotivationEffect::new(p.motivation_leaving),
            leaving: cx.random.decision(Decision::Leaving, cx.now.quarter()),
            joins_from: 1.0 - p.joining,
            moves_from: 1.0 - p.drawn_to_hubs,
            motivation_return: p.motivation_return as f32,
            quarter: cx.now.quarter() as i32,
        }
    }

    /// The hazard at the baseline of motivation. Volunteers who arrived last quarter face that of tenure 0.
    #[inline(always)]
    fn base_hazard(&self, volunteer: &Volunteer) -> f64 {
        let tenure = (self.quarter - 1 - i32::from(volunteer.arrived)).clamp(0, MAX_TENURE as i32) as usize;
        self.hazards[tenure][usize::from(volunteer.affiliated())]
    }

    #[inline(always)]
    fn draw(&self, volunteer: &Volunteer) -> f64 {
        self.leaving.entity(volunteer.key).uniform(0)
    }

    /// Moves motivation towards its baseline. True if the draw is so low that the volunteer may leave, or so high that it
    /// may join or move: this excludes most volunteers with one product and no exponential.
    #[inline(always)]
    fn update(&self, volunteer: &mut Volunteer) -> bool {
        let baseline = MOTIVATION_BASELINE as f32;
        let updated = volunteer.motivation + self.motivation_return * (baseline - volunteer.motivation);
        // A select and `&`, `|` without short circuit: whether a draw is low or high cannot be predicted, so that each
        // branch would be mispredicted often.
        volunteer.motivation = if volunteer.active() { updated } else { volunteer.motivation };
        let u = self.draw(volunteer);
        let may_leave = u < self.base_hazard(volunteer) * self.effect.at_most(volunteer.motivation);
        volunteer.active() & (may_leave | (u >= self.joins_from.min(self.moves_from)))
    }

    /// What a volunteer does whose draw is near one of the ends.
    #[inline(always)]
    fn choose(&self, volunteer: &Volunteer) -> Choice {
        let (u, base, affiliated) = (self.draw(volunteer), self.base_hazard(volunteer), volunteer.affiliated());
        if u < base * self.effect.most {
            let motivation = volunteer.motivation;
            // The lower bound settles most cases without the exponential.
            let certain = u < (base * self.effect.at_least(motivation)).min(MAX_HAZARD);
            let leaves = certain || u < (base * self.effect.factor(motivation)).min(MAX_HAZARD);
            return if leaves { Choice::Leave } else { Choice::Stay };
        }
        match affiliated {
            false if u >= self.joins_from => Choice::Join,
            true if u >= self.moves_from => Choice::Move,
            _ => Choice::Stay,
        }
    }
}

/// Hazard of leaving by tenure in quarters, at the baseline of motivation, unaffiliated, 1/quarter.
pub(super) fn hazards(p: &VolunteerParameters) -> [f64; MAX_TENURE + 1] {
    let mut constant = false;
    let at = |tenure: usize| {
        if constant {
            return p.leaving;
        }
        let newcomer_term = p.leaving_new * libm::exp(-(Quarters(tenure as f64) / p.settling));
        // Beyond this tenure the newcomer term is below rounding, with a factor of 2 to be safe: no more exponentials.
        constant = p.leaving + 2.0 * newcomer_term == p.leaving;
        p.leaving + newcomer_term
    };
    std::array::from_fn(at)
}

/// Where volunteers who join or move become members.
struct Destinations {
    choice: Stream,
    locals: Vec<LocalAffiliates>,
    /// Holder of the hub for a theme that resides in the region itself, `[region × themes + theme]`.
    hubs: Vec<Option<OrganisationId>>,
    themes: usize,
}

impl Destinations {
    fn new(cx: &Context, state: &State) -> Destinations {
        Destinations {
            choice: cx.random.decision(Decision::Joining, cx.now.quarter()),
            locals: LocalAffiliates::by_region(state),
            hubs: resident_holders(state),
            themes: state.themes.len(),
        }
    }

    /// The volunteer becomes a member of an affiliate in its region, if there is one.
    fn join(&self, volunteer: &mut Volunteer) {
        let u = self.choice.entity(volunteer.key).uniform(0);
        if let Some(affiliate) = self.locals[volunteer.region].pick(u) {
            volunteer.affiliation = affiliate.0;
        }
    }

    /// The volunteer becomes a member of the holder of the hub for its theme, if that is in its region.
    fn move_to_hub(&self, volunteer: &mut Volunteer) {
        if let Some(holder) = self.hubs[volunteer.region.index() * self.themes + volunteer.theme.index()] {
            volunteer.affiliation = holder.0;
        }
    }
}

/// For each region and theme the affiliate of that region that holds the hub for the theme,
/// `[region × themes + theme]`.
pub(super) fn resident_holders(state: &State) -> Vec<Option<OrganisationId>> {
    let cells = state.region_ids().flat_map(|region| state.theme_ids().map(move |theme| (region, theme)));
    let holder = |(region, theme)| {
        let holder = state.mandates[state.hub_for(region, theme)?].holder;
        let organisation = &state.organisations[holder];
        (organisation.region == region && organisation.kind.affiliate()).then_some(holder)
    };
    cells.map(holder).collect()
}

/// Those who leave this quarter.
struct Departures {
    /// Places among the volunteers, ascending.
    places: Vec<u32>,
    /// Whole agents, so that their order does not matter.
    by_region: [u32; MAX_REGIONS],
    waits: support::FirstWaits,
}

impl Departures {
    fn new(cx: &Context, state: &State) -> Departures {
        Departures {
            places: Vec::with_capacity(state.volunteers.len() / 2),
            by_region: [0; MAX_REGIONS],
            waits: support::FirstWaits::new(cx, state),
        }
    }

    /// A volunteer leaves. One who asked for help and never got it ends its wait as "never helped".
    fn add(&mut self, place: u32, volunteer: &mut Volunteer) {
        let waiting = volunteer.flags & (flag::ASKED | flag::WAITED) == flag::ASKED;
        self.waits.note(volunteer, waiting, support::LONGEST_WAIT, true);
        self.by_region[volunteer.region] += 1;
        self.places.push(place);
    }

    fn book(&self, state: &mut State, record: &mut Record) {
        self.waits.book(state, record);
        for (region, agents) in record.regions.iter_mut().zip(self.by_region) {
            region.left += f64::from(agents) * state.people_per_agent;
        }
    }
}
