//! Tests of the waits for solutions.

use super::*;
use crate::fixture::{run, setup, thematic, world_of};
use crate::ids::{Key, ThemeId};
use crate::mechanisms::{affiliates, problems};
use crate::policy::Policy;
use crate::state::Problems;
use crate::units::Work;

/// A world with one problem that the first two communities of organisations need, in the quarter it arose; how long it
/// matters.
fn one_problem(life: f64) -> (World, usize, [CommunityId; 2]) {
    let mut setup = setup();
    (setup.parameters.problems.life, setup.parameters.problems.arrivals) = (life, 0.0);
    let mut world = world_of(&setup);
    world.organisations.iter_mut().for_each(|o| o.desk.projects.clear());
    world.problems = Problems::new(3);
    let slot = world.problems.open(Key::from_name("a problem"), ThemeId(0), Work(1.0), world.quarter, 0.5);
    let ids: Vec<CommunityId> = world.affiliates().filter_map(|o| world.organisations[o].community).collect();
    let bit = |id: CommunityId| 1 << id.index();
    world.problems.slots[slot].ask(0, bit(ids[0]) | bit(ids[1]));
    (world, slot, [ids[0], ids[1]])
}

/// All waits of the year, and those of the small.
fn sums(world: &World) -> (Solutions, Solutions) {
    let (mut all, mut small) = (Solutions::default(), Solutions::default());
    for tally in &world.tally.regions {
        for (sum, part) in [(&mut all, &tally.solutions), (&mut small, &tally.small_solutions)] {
            *sum =
                Solutions { waits: sum.waits + part.waits, wait: sum.wait + part.wait, never: sum.never + part.never };
        }
    }
    (all, small)
}

/// Lets quarters go by in which nobody solves anything.
fn pass(world: &mut World, quarters: u32) {
    for _ in 0..quarters {
        world.quarter += 1;
        problems::run(world);
    }
}

#[test]
fn a_wait_ends_when_a_need_is_solved_and_counts_the_people() {
    let (mut world, slot, [one, other]) = one_problem(40.0);
    let people = people_of(&world, one);
    assert!(people > 0.0);
    pass(&mut world, 3);
    assert_eq!(sums(&world).0, Solutions::default(), "nothing has ended");
    solved(&mut world, slot, one);
    world.problems.slots[slot].missing.remove(one);
    assert_eq!(sums(&world).0, Solutions { waits: people, wait: 3.0 * people, never: 0.0 });
    pass(&mut world, 16);
    assert_eq!(sums(&world).0.waits, people, "the other is 19 quarters old");
    pass(&mut world, 1);
    let both = people + people_of(&world, other);
    let wait = 3.0 * people + 20.0 * people_of(&world, other);
    assert_eq!(sums(&world).0, Solutions { waits: both, wait, never: people_of(&world, other) });
    // Solved or lapsed later, it has been counted.
    solved(&mut world, slot, other);
    pass(&mut world, 21);
    assert!(!world.problems.slots[slot].open);
    assert_eq!(sums(&world).0.waits, both);
}

#[test]
fn what_lapses_unsolved_is_never_solved() {
    for life in [8.0, 20.0] {
        let (mut world, _, [one, other]) = one_problem(life);
        let both = people_of(&world, one) + people_of(&world, other);
        pass(&mut world, life as u32 - 1);
        assert_eq!(sums(&world).0.waits, 0.0);
        pass(&mut world, 1);
        assert_eq!(sums(&world).0, Solutions { waits: both, wait: 20.0 * both, never: both }, "life {life}");
    }
}

#[test]
fn what_a_community_needs_when_it_ends_it_will_not_see() {
    let (mut world, slot, [one, _]) = one_problem(40.0);
    let (people, serves) = (people_of(&world, one), world.communities.list[one].organisation);
    pass(&mut world, 5);
    affiliates::close(&mut world, serves.expect("it is served"));
    assert!(world.problems.slots[slot].missing.holds(one));
    assert_eq!(sums(&world).0, Solutions { waits: people, wait: 20.0 * people, never: people });
}

#[test]
fn a_need_is_no_older_than_its_community() {
    let (mut world, slot, [one, _]) = one_problem(40.0);
    let serves = world.communities.list[one].organisation.expect("it is served");
    pass(&mut world, 8);
    world.organisations[serves].founded = world.quarter as i32;
    pass(&mut world, 2);
    assert_eq!(age(&world, &world.problems.slots[slot], one), 2);
    pass(&mut world, 10);
    let older = sums(&world).0;
    pass(&mut world, 7);
    assert_eq!(sums(&world).0, older, "19 quarters");
    pass(&mut world, 1);
    assert!((sums(&world).0.never - older.never - people_of(&world, one)).abs() < 1e-12, "20 quarters");
}

#[test]
fn the_small_are_counted_among_all() {
    let (mut world, _, [one, other]) = one_problem(8.0);
    let small = |world: &World, id: CommunityId| {
        let serves = world.communities.list[id].organisation.expect("it is served");
        world.organisations[serves].small
    };
    assert!(!small(&world, one) && !small(&world, other), "six and three FTE");
    let serves = world.communities.list[other].organisation.expect("it is served");
    world.organisations[serves].small = true;
    pass(&mut world, 8);
    assert_eq!(sums(&world).1.waits, people_of(&world, other));
    assert_eq!(sums(&world).0.waits, people_of(&world, one) + people_of(&world, other));
}

/// What waited, and what arose, less what still waits, is what ended: over years in which the people stay the same,
/// for problems that matter for longer than waits count and for shorter.
#[test]
fn every_need_is_counted_once() {
    for life in [8.0, 20.0, 30.0] {
        let mut setup = setup();
        setup.parameters.problems.life = life;
        setup.parameters.affiliates.gathering = 0.0;
        setup.region.iter_mut().for_each(|region| region.online_growth = 0.0);
        let mut world = world_of(&setup);
        for policy in [Policy::default(), Policy::default(), thematic(), thematic()] {
            let before = waiting(&world);
            run(&mut world, &policy, 1);
            let now = sums(&world).0;
            let ended = before + arisen(&world) - waiting(&world);
            assert!((now.waits - ended).abs() < 1e-6 * ended, "life {life}: {} ended, {ended} should", now.waits);
            assert!(now.never > 0.0 && now.never < now.waits && now.wait < 20.0 * now.waits);
        }
    }
}

/// Needs that have not been counted yet.
fn waiting(world: &World) -> f64 {
    over_open(world, |problem, id| problem.missing.holds(id) && age(world, problem, id) <= LONGEST_WAIT)
}

/// Needs that arose in the year that is over.
fn arisen(world: &World) -> f64 {
    over_open(world, |problem, id| problem.needed.holds(id) && problem.born + 4 >= world.quarter)
}

fn over_open(world: &World, counts: impl Fn(&Problem, CommunityId) -> bool) -> f64 {
    let ids = || (0..world.communities.list.len()).map(CommunityId::from_index);
    let of = |&slot: &usize| {
        let problem = &world.problems.slots[slot];
        ids().filter(|&id| counts(problem, id)).map(|id| people_of(world, id)).sum::<f64>()
    };
    world.problems.open.iter().flatten().map(of).sum()
}
