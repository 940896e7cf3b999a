//! Tests of problems that two hubs claim.

use super::*;
use crate::fixture::{self, REJECT, both, hub, simulation, z_of_count};
use crate::policy::Policy;
use crate::simulation::Simulation;

/// A community of the first region, a problem of the first theme, and the two hubs responsible, one of them at work.
fn claimed() -> (Simulation, MandateId, usize, CommunityId) {
    let mut sim = simulation();
    fixture::run(&mut sim, &both(), 2);
    sim.state.mandates.iter_mut().for_each(|m| m.desk = Desk::default());
    sim.record.clear_year();
    let slot = sim.state.problems.open[0][0];
    let community = Communities::rest(RegionId(0));
    let theirs = sim.state.regional_hub(RegionId(0)).expect("there is one");
    let task = Task::Build { packaged: true };
    let project =
        Project { problem: slot, community, task, left: Work(1.0), duplicated: None, hold: None, patched: false };
    sim.state.mandates[theirs].desk.projects.push(project);
    let mine = hub(&sim, 0);
    (sim, mine, slot, community)
}

fn clarity(clarity: f64) -> Policy {
    let mut policy = both();
    policy.hubs.clarity = clarity;
    policy
}

#[test]
fn clear_roles_leave_a_problem_to_who_is_at_it_and_unclear_ones_contest_it() {
    let (mut sim, mine, slot, community) = claimed();
    let contested = |sim: &Simulation| sim.record.regions.iter().map(|r| r.contested).sum::<u32>();
    let (sure, open) = (clarity(1.0), clarity(0.0));
    let clear = Library::of(&sim.conditions.under(&sure), &sim.state);
    assert!(gives_way(&mut sim.state, &mut sim.record, &clear, mine, slot, community));
    assert_eq!(contested(&sim), 0);
    let unclear = Library::of(&sim.conditions.under(&open), &sim.state);
    assert!(!gives_way(&mut sim.state, &mut sim.record, &unclear, mine, slot, community));
    assert_eq!(contested(&sim), 1);
    // Another community, another problem, and a hub that is not responsible claim nothing.
    let elsewhere = Communities::rest(RegionId(1));
    let other = sim.state.problems.open[0][1];
    let stranger = hub(&sim, 1);
    for (m, slot, community) in [(mine, slot, elsewhere), (mine, other, community), (stranger, slot, community)] {
        assert!(!gives_way(&mut sim.state, &mut sim.record, &clear, m, slot, community));
        assert!(!gives_way(&mut sim.state, &mut sim.record, &unclear, m, slot, community));
    }
    assert_eq!(contested(&sim), 1);
}

/// A hub gives way with probability clarity: 3,000 problems at 0.4; 0.5, the mutant, is rejected.
#[test]
fn hubs_give_way_as_often_as_it_is_clear() {
    let (mut sim, mine, slot, community) = claimed();
    let policy = clarity(0.4);
    let library = Library::of(&sim.conditions.under(&policy), &sim.state);
    let gave = (0..3000).filter(|&key| {
        sim.state.problems.slots[slot].key = Key(key);
        gives_way(&mut sim.state, &mut sim.record, &library, mine, slot, community)
    });
    let gave = gave.count();
    assert!(z_of_count(gave, 3000, 0.4).abs() < REJECT);
    assert!(z_of_count(gave, 3000, 0.5).abs() > REJECT, "the mutant passes");
}

/// A region's hub works on the themes of its scope, by need and expertise, and on no others.
#[test]
fn a_regional_hub_is_drawn_to_the_themes_of_its_scope() {
    let (mut sim, _, _, _) = claimed();
    let m = sim.state.regional_hub(RegionId(0)).expect("there is one");
    let holder = sim.state.mandates[m].holder;
    sim.state.mandates[m].scope = sim.state.mandates[m].scope.keep_themes(&[ThemeId(0), ThemeId(2)]);
    sim.state.organisations[holder].expertise[..3].fill(0.5);
    let (key, region) = (sim.state.organisations[holder].key, RegionId(0));
    let maker = Maker { id: holder, key, region, mandate: Some(m), home: None };
    let mut pull = Pull::default();
    pull.weigh(
        &sim.conditions.context(),
        &sim.state,
        &Library::of(&sim.conditions.under(&clarity(0.5)), &sim.state),
        maker,
    );
    let needs = (sim.state.need(region, ThemeId(0)), sim.state.need(region, ThemeId(2)));
    assert_eq!(pull.weights[1], 0.0);
    assert!((pull.weights[0] / pull.weights[2] - needs.0 / needs.1).abs() < 1e-9);
}
