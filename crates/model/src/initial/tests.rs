//! Tests of year 0.

use super::*;
use crate::fixture::{self, REJECT, inputs, named, simulation, simulation_of, thematic, z_of_mean};
use crate::ids::OrganisationId;
use crate::simulation::Simulation;
use crate::state::Organisation;

#[test]
fn regions_divide_their_grants_and_own_income_is_the_rest_of_the_cost() {
    let sim = simulation();
    for (r, region) in sim.state.regions.iter().enumerate() {
        let here = sim.state.organisations.iter().filter(|o| o.region.index() == r);
        let grants: f64 = here.clone().map(|o| o.governed.last_grant.0).sum();
        assert!((grants - region.grants_at_start.0).abs() < 1e-6);
        for o in here {
            let cost = 70_000.0 * region.price_level * o.staff.0;
            let expected = (cost - o.governed.last_grant.0).max(0.0);
            assert!((o.own_income.0 - expected).abs() < 1e-6 && (o.reserves.0 - 0.05 * cost).abs() < 1e-6);
        }
    }
    let north =
        |name| sim.state.organisations[OrganisationId::from_index(named(&sim, name).index())].governed.last_grant.0;
    assert!((north("North 0") - 3.0 * north("North 2")).abs() < 1e-6, "by weight");
    assert_eq!(north("Foundation"), 0.0);
}

#[test]
fn all_people_of_a_region_are_somebodys_or_the_rest() {
    let mut inputs = inputs();
    inputs.organisation.iter_mut().for_each(|o| o.community = 0.9);
    let sim = simulation_of(&inputs);
    for r in sim.state.region_ids() {
        let here = sim.state.communities.list.iter().filter(|c| c.region == r);
        assert!((here.clone().map(|c| c.share).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(here.clone().all(|c| c.share > 0.0), "nobody takes the last people");
    }
    let all: f64 = (0..sim.state.communities.list.len())
        .map(|c| sim.state.people_of(crate::ids::CommunityId::from_index(c)))
        .sum();
    assert!((all - 300.0).abs() < 1e-9, "three regions of a hundred million");
}

#[test]
fn affinity_is_the_mean_of_both_directions() {
    let mut inputs = inputs();
    inputs.region[0].affinity = [("Middle".to_owned(), 0.8)].into();
    inputs.region[1].affinity = [("North".to_owned(), 0.2)].into();
    inputs.region[2].affinity = [("North".to_owned(), 0.7)].into();
    let sim = simulation_of(&inputs);
    let between = |a, b| sim.state.affinity(RegionId(a), RegionId(b));
    assert_eq!((between(0, 0), between(0, 1), between(1, 0)), (1.0, 0.5, 0.5));
    assert_eq!((between(0, 2), between(2, 0), between(1, 2)), (0.7, 0.7, 0.4));
}

/// 2,000 alike: sizes spread around the stated mean. The mutant is the mean of a lognormal that was not corrected.
#[test]
fn an_entry_with_a_count_stands_for_that_many() {
    let mut inputs = inputs();
    inputs.people_per_agent = 1000.0;
    (inputs.organisation[1].count, inputs.organisation[1].spread) = (2000.0, 0.5);
    inputs.region.truncate(3);
    let sim = simulation_of(&inputs);
    let like = |o: &&Organisation| o.label.to_string().starts_with("North 0 ");
    let sizes: Vec<f64> = sim.state.organisations.iter().filter(like).map(|o| o.staff.0).collect();
    assert_eq!(sizes.len(), 2000);
    assert!(z_of_mean(&sizes, 6.0).abs() < REJECT);
    assert!(z_of_mean(&sizes, 6.0 * libm::exp(0.125)).abs() > REJECT, "the mutant passes");
    let keys: std::collections::BTreeSet<_> = sim.state.organisations.iter().map(|o| o.key).collect();
    assert_eq!(keys.len(), sim.state.organisations.len());
}

#[test]
fn an_inert_organisation_has_nothing() {
    let mut inputs = inputs();
    inputs.organisation[1].inert = true;
    let sim = simulation_of(&inputs);
    let o = &sim.state.organisations[OrganisationId(1)];
    assert!(!o.active() && o.community.is_none());
    assert_eq!(
        (o.staff.0, o.governed.last_grant.0, o.own_income.0, o.reserves.0, o.members),
        (0.0, 0.0, 0.0, 0.0, 0.0)
    );
    let north: f64 = sim.state.organisations.iter().filter(|o| o.region.0 == 0).map(|o| o.governed.last_grant.0).sum();
    assert!((north - 300_000.0).abs() < 1e-6, "the others have its part");
}

#[test]
fn promises_of_several_years_end_in_different_years() {
    let mut policy = Policy::default();
    assert!(
        simulation().state.organisations.iter().all(|o| o.commitments.is_empty()),
        "none in a world of yearly grants"
    );
    policy.grants.years = 3.0;
    let mut inputs = inputs();
    inputs.people_per_agent = 1000.0;
    inputs.organisation[1].count = 300.0;
    let sim = Simulation::new(&inputs, &policy, Stream::new(1, 0));
    let mut ends = [0; 3];
    for o in sim.state.organisations.iter().filter(|o| o.governed.last_grant.0 > 0.0) {
        ends[o.commitments.first().map_or(0, |c| c.years_left as usize)] += 1;
    }
    assert!(ends.iter().all(|&count| count > 70), "about a third each: {ends:?}");
}

#[test]
fn people_are_as_many_as_stated_with_keys_of_their_own() {
    let sim = simulation();
    assert!(sim.state.regions.iter().all(|region| region.volunteers == 1000.0));
    let keys: std::collections::BTreeSet<_> = sim.state.volunteers.iter().map(|v| v.key).collect();
    assert_eq!(keys.len(), sim.state.volunteers.len());
    assert!(sim.state.volunteers.iter().all(|v| v.arrived < BURN_IN as i16));
    let mut shares = sim.state.volunteers.iter().flat_map(|v| [v.skill, v.motivation]);
    assert!(shares.all(|share| (0.0..=1.0).contains(&share)));
}

#[test]
fn the_world_begins_alike_under_every_policy() {
    let begin = |policy: &Policy, stream| {
        format!("{:?}", super::state(&inputs(), super::InitialConditions::new(policy), Stream::new(stream, 0)))
    };
    assert!(begin(&Policy::default(), 3) == begin(&thematic(), 3));
    assert!(begin(&Policy::default(), 3) != begin(&Policy::default(), 4), "the mutant is another world");
}

/// Nothing jumps in year 1: over 40 worlds, how much of the work produces, how much of it solves needs, how many ask and
/// how many of them are helped is within a tenth of what it is in the second year. Without the burn-in, the mutant, it is
/// not.
#[test]
fn the_first_year_is_like_the_second() {
    let mut inputs = inputs();
    fixture::switch_off(&mut inputs.parameters, "environment");
    fixture::switch_off(&mut inputs.parameters, "themes");
    let policy = Policy::default();
    let sums = |mutant: bool| {
        let mut sums = [[0.0; 5]; 2];
        for replicate in 0..40 {
            let mut sim = Simulation::new(&inputs, &policy, Stream::new(5, replicate));
            if mutant {
                sim.state.organisations.iter_mut().for_each(|o| o.queue.projects.clear());
                sim.state.problems = Problems::new(3);
            }
            for sum in &mut sums {
                fixture::run(&mut sim, &policy, 1);
                let t = &sim.record.movement;
                let of =
                    |value: fn(&crate::record::RegionSums) -> f64| sim.record.regions.iter().map(value).sum::<f64>();
                let year = [
                    t.work.0,
                    t.production_work.0,
                    of(|r| r.solved),
                    of(|r| r.requests),
                    of(|r| r.help_local + r.help_foundation),
                ];
                sum.iter_mut().zip(year).for_each(|(sum, value)| *sum += value);
            }
        }
        sums
    };
    let changes = |[first, second]: [[f64; 5]; 2]| {
        let share = |year: [f64; 5]| [year[1] / year[0], year[2] / year[1], year[3], year[4] / year[3]];
        let (first, second) = (share(first), share(second));
        [0, 1, 2, 3].map(|k| second[k] / first[k] - 1.0)
    };
    let usual = changes(sums(false));
    assert!(usual.iter().all(|change| change.abs() < 0.1), "{usual:?}");
    let mutant = changes(sums(true));
    assert!(mutant.iter().any(|change| change.abs() > 0.1), "the mutant passes: {mutant:?}");
}

/// Nine affiliates of 6, 3, 3, 2, 1.5, 1, 1, 1/2 and 1/3 FTE: the five of no more than 1.5.
#[test]
fn the_small_are_the_lower_half_by_staff() {
    let sim = simulation();
    let small = |o: &&Organisation| o.small;
    let staff: Vec<f64> = sim.state.organisations.iter().filter(small).map(|o| o.staff.0).collect();
    assert_eq!(staff, [1.0, 1.5, 0.5, 1.0, 1.0 / 3.0]);
    let mut none = inputs();
    none.organisation.truncate(1);
    assert!(simulation_of(&none).state.organisations.iter().all(|o| !o.small), "the foundation is not");
}
