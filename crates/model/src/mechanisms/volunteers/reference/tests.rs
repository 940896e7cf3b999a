//! The fast path gives the bits of the reference.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::fixture::{run, simulation, thematic};
use crate::ids::{Key, MandateId, RegionId, ThemeId};
use crate::mechanisms::support::LONGEST_WAIT;
use crate::mechanisms::volunteers::motivation::MotivationEffect;
use crate::mechanisms::volunteers::{census, departures};
use crate::random::Stream;
use crate::simulation::Simulation;
use crate::state::UNAFFILIATED;

/// The small movement with its three hubs, after two years.
static START: LazyLock<Simulation> = LazyLock::new(|| {
    let mut sim = simulation();
    run(&mut sim, &thematic(), 2);
    sim
});

/// Volunteers of all kinds: any tenure, motivation, membership and history of requests.
fn volunteers(sim: &Simulation, seed: u64, count: u64) -> Vec<Volunteer> {
    let quarter = sim.conditions.now.quarter() as i32;
    let organisations = sim.state.organisations.len() as f64;
    let one = |key: u64| {
        let draw = Stream::new(seed, 0).entity(Key(key));
        let motivation = match (draw.uniform(0) * 8.0) as u32 {
            0 => 0.0,
            1 => 1.0,
            // Where steps of the bounds begin.
            2 => ((draw.uniform(1) * 64.0) as u32) as f32 / 64.0,
            _ => draw.uniform(1) as f32,
        };
        let tenure = (draw.uniform(2) * draw.uniform(3) * 500.0) as i32;
        let affiliated = draw.bernoulli(4, 0.5);
        Volunteer {
            key: Key(key),
            skill: 0.5,
            motivation,
            affiliation: if affiliated { (draw.uniform(5) * organisations) as u16 } else { UNAFFILIATED },
            arrived: (quarter - tenure) as i16,
            first_asked: 0,
            region: RegionId((draw.uniform(6) * 3.0) as u8),
            theme: ThemeId((draw.uniform(7) * 3.0) as u8),
            tried: 0,
            flags: match (draw.uniform(8) * 4.0) as u32 {
                0 => flag::INERT,
                1 => flag::ASKED,
                2 => flag::ASKED | flag::WAITED,
                _ => 0,
            },
        }
    };
    (0..count).map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Everybody's motivation and membership, who leaves, and the waits that end with that.
    #[test]
    fn departures_are_those_of_the_reference(
        seed in any::<u64>(),
        count in 1u64..3000,
        (leaving, leaving_new, settling) in (0.0..0.3, 0.0..1.0, 0.1..40.0),
        (motivation_leaving, affiliated_factor, motivation_return) in (0.0..10.0, 0.0..1.0, 0.0..1.0),
        (joining, drawn_to_hubs) in (0.0..0.5, 0.0..0.5),
        (holder, no_hub) in (0usize..10, prop::bool::weighted(0.2)),
    ) {
        let mut sim = START.clone();
        let p = &mut sim.conditions.parameters.volunteers;
        (p.leaving, p.leaving_new, p.settling) = (leaving, leaving_new, Quarters(settling));
        (p.motivation_leaving, p.affiliated_factor, p.motivation_return) = (motivation_leaving, affiliated_factor, motivation_return);
        (p.joining, p.drawn_to_hubs) = (joining, drawn_to_hubs);
        sim.state.mandates[MandateId(0)].holder = OrganisationId::from_index(holder);
        if no_hub {
            sim.state.mandates.iter_mut().for_each(|mandate| mandate.ended = true);
        }
        sim.state.volunteers = volunteers(&sim, seed, count);
        sim.record.clear_year();
        let expected = stay_or_leave(&sim.conditions.context(), &sim.state);
        let places = departures::stay_or_leave(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        prop_assert_eq!(places, expected.places);
        for (fast, plain) in sim.state.volunteers.iter().zip(&expected.people) {
            prop_assert_eq!(fast.motivation.to_bits(), plain.motivation.to_bits());
            prop_assert_eq!((fast.affiliation, fast.flags), (plain.affiliation, plain.flags));
        }
        let people = |agents: u32| f64::from(agents) * sim.state.people_per_agent;
        for (r, region) in sim.record.regions.iter().enumerate() {
            prop_assert_eq!(region.left, people(expected.left[r]));
            prop_assert_eq!((region.first_waits, region.first_never), (people(expected.never_helped[r]), people(expected.never_helped[r])));
            prop_assert_eq!(region.first_wait, people(expected.never_helped[r] * LONGEST_WAIT));
        }
    }

    /// Bounds that were too narrow would change who leaves only for a few draws, so that they are tested by themselves; where
    /// steps begin and end they are the nearest.
    #[test]
    fn bounds_contain_the_factor_of_the_reference(
        strength in 0.0..10.0,
        (step, beside) in (0u32..=64, -2i32..=2),
        within in 0f32..=1.0,
    ) {
        let p = VolunteerParameters { motivation_leaving: strength, ..VolunteerParameters::default() };
        let effect = MotivationEffect::new(strength);
        let edge = f32::from_bits(((step as f32 / 64.0).to_bits() as i32).saturating_add(beside).max(0) as u32).min(1.0);
        for motivation in [edge, within] {
            let factor = motivation_factor(&p, motivation);
            prop_assert_eq!(effect.factor(motivation).to_bits(), factor.to_bits());
            prop_assert!(effect.at_least(motivation) <= factor && factor <= effect.at_most(motivation));
            // No more than a step and the margin apart.
            let step = libm::exp(strength / 64.0) * 1.00001;
            prop_assert!(effect.at_most(motivation) <= effect.at_least(motivation) * step * 1.00001);
        }
    }

    #[test]
    fn counts_are_those_of_the_reference(seed in any::<u64>(), count in 0u64..5000, ago in 0i32..40) {
        let people = volunteers(&START, seed, count);
        let arrived = START.conditions.now.quarter() as i32 - ago;
        prop_assert_eq!(census::count_agents(&people, arrived), counts(&people, arrived));
    }
}
