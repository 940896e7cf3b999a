//! Tests of problems that two hubs claim.

use super::*;
use crate::fixture::{self, REJECT, both, hub, simulation, z_of_count};
use crate::ids::Key;
use crate::ids::RegionId;
use crate::ids::ThemeId;
use crate::mechanisms::production::Producer;
use crate::mechanisms::production::weights::ThemeWeights;
use crate::policy::Policy;
use crate::simulation::Simulation;
use crate::state::Actor;
use crate::state::Project;
use crate::state::project::Task;
use crate::units::Work;

/// A community of the first region, a problem of the first theme, and the two hubs responsible, one of them at work.
fn claimed() -> (Simulation, MandateId, usize, CommunityId) {
    let mut sim = simulation();
    fixture::run(&mut sim, &both(), 2);
    sim.state.mandates.iter_mut().for_each(|m| m.queue = WorkQueue::default());
    sim.record.clear_year();
    let slot = sim.state.problems.open[0][0];
    let community = unserved(&sim, RegionId(0));
    let theirs = sim.state.regional_hub(RegionId(0)).expect("there is one");
    let task = Task::Build { packaged: true };
    let project = Project {
        problem: slot,
        community,
        task,
        left: Work(1.0),
        duplicated: None,
        blocked_at: None,
        worked_around: false,
    };
    sim.state.mandates[theirs].queue.projects.push(project);
    let mine = hub(&sim, 0);
    (sim, mine, slot, community)
}

/// A community of a region that no organisation serves.
fn unserved(sim: &Simulation, region: RegionId) -> CommunityId {
    sim.state.communities.unserved()[region].pick(0.5).expect("there is one")
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
    let clear = QuarterIndex::new(&sim.conditions.under(&sure), &sim.state);
    assert!(gives_way(&mut sim.state, &mut sim.record, &clear, mine, slot, community));
    assert_eq!(contested(&sim), 0);
    let unclear = QuarterIndex::new(&sim.conditions.under(&open), &sim.state);
    assert!(!gives_way(&mut sim.state, &mut sim.record, &unclear, mine, slot, community));
    assert_eq!(contested(&sim), 1);
    // Another community, another problem, and a hub that is not responsible claim nothing.
    let elsewhere = unserved(&sim, RegionId(1));
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
    let index = QuarterIndex::new(&sim.conditions.under(&policy), &sim.state);
    let gave = (0..3000).filter(|&key| {
        sim.state.problems.slots[slot].key = Key(key);
        gives_way(&mut sim.state, &mut sim.record, &index, mine, slot, community)
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
    let producer = Producer { actor: Actor::for_mandate(&sim.state, m), home: None };
    let mut weights = ThemeWeights::default();
    weights.weigh(
        &sim.conditions.context(),
        &sim.state,
        &QuarterIndex::new(&sim.conditions.under(&clarity(0.5)), &sim.state),
        producer,
    );
    let needs = (sim.state.need(RegionId(0), ThemeId(0)), sim.state.need(RegionId(0), ThemeId(2)));
    assert_eq!(weights.by_theme[1], 0.0);
    assert!((weights.by_theme[0] / weights.by_theme[2] - needs.0 / needs.1).abs() < 1e-9);
}
