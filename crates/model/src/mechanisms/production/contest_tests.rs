//! Tests of problems that two hubs claim.

use super::*;
use crate::fixture::{self, REJECT, both, hub, world, z_of_count};

/// A community of the first region, a problem of the first theme, and the two hubs responsible, one of them at work.
fn claimed() -> (World, MandateId, usize, CommunityId) {
    let mut world = world();
    fixture::run(&mut world, &both(), 2);
    world.mandates.iter_mut().for_each(|m| m.desk = Desk::default());
    world.tally.clear();
    let slot = world.problems.open[0][0];
    let community = Communities::rest(RegionId(0));
    let theirs = world.regional_hub(RegionId(0)).expect("there is one");
    let task = Task::Build { packaged: true };
    let project =
        Project { problem: slot, community, task, left: Work(1.0), duplicated: None, hold: None, patched: false };
    world.mandates[theirs].desk.projects.push(project);
    let mine = hub(&world, 0);
    (world, mine, slot, community)
}

fn clarity(clarity: f64) -> Policy {
    let mut policy = both();
    policy.hubs.clarity = clarity;
    policy
}

#[test]
fn clear_roles_leave_a_problem_to_who_is_at_it_and_unclear_ones_contest_it() {
    let (mut world, mine, slot, community) = claimed();
    let contested = |world: &World| world.tally.regions.iter().map(|r| r.contested).sum::<u32>();
    let (sure, open) = (clarity(1.0), clarity(0.0));
    let clear = Library::of(&world, &sure);
    assert!(gives_way(&mut world, &clear, mine, slot, community));
    assert_eq!(contested(&world), 0);
    let unclear = Library::of(&world, &open);
    assert!(!gives_way(&mut world, &unclear, mine, slot, community));
    assert_eq!(contested(&world), 1);
    // Another community, another problem, and a hub that is not responsible claim nothing.
    let elsewhere = Communities::rest(RegionId(1));
    let other = world.problems.open[0][1];
    let stranger = hub(&world, 1);
    for (m, slot, community) in [(mine, slot, elsewhere), (mine, other, community), (stranger, slot, community)] {
        assert!(!gives_way(&mut world, &clear, m, slot, community));
        assert!(!gives_way(&mut world, &unclear, m, slot, community));
    }
    assert_eq!(contested(&world), 1);
}

/// A hub gives way with probability clarity: 3,000 problems at 0.4; 0.5, the mutant, is rejected.
#[test]
fn hubs_give_way_as_often_as_it_is_clear() {
    let (mut world, mine, slot, community) = claimed();
    let policy = clarity(0.4);
    let library = Library::of(&world, &policy);
    let gave = (0..3000).filter(|&key| {
        world.problems.slots[slot].key = Key(key);
        gives_way(&mut world, &library, mine, slot, community)
    });
    let gave = gave.count();
    assert!(z_of_count(gave, 3000, 0.4).abs() < REJECT);
    assert!(z_of_count(gave, 3000, 0.5).abs() > REJECT, "the mutant passes");
}

/// A region's hub works on the themes of its scope, by need and expertise, and on no others.
#[test]
fn a_regional_hub_is_drawn_to_the_themes_of_its_scope() {
    let (mut world, _, _, _) = claimed();
    let m = world.regional_hub(RegionId(0)).expect("there is one");
    let holder = world.mandates[m].holder;
    world.mandates[m].scope = world.mandates[m].scope.keep_themes(&[ThemeId(0), ThemeId(2)]);
    world.organisations[holder].expertise[..3].fill(0.5);
    let (key, region) = (world.organisations[holder].key, RegionId(0));
    let maker = Maker { id: holder, key, region, mandate: Some(m), home: None };
    let mut pull = Pull::default();
    pull.weigh(&world, &Library::of(&world, &clarity(0.5)), maker);
    let needs = (world.need(region, ThemeId(0)), world.need(region, ThemeId(2)));
    assert_eq!(pull.weights[1], 0.0);
    assert!((pull.weights[0] / pull.weights[2] - needs.0 / needs.1).abs() < 1e-9);
}
