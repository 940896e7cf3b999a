//! The fast path gives the bits of the reference.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::fixture::{both, run, simulation};
use crate::ids::Key;
use crate::mechanisms::production::index::QuarterIndex;
use crate::mechanisms::production::scoring::score_problems;
use crate::mechanisms::production::weights::ThemeWeights;
use crate::policy::Policy;
use crate::random::Stream;
use crate::simulation::Simulation;
use crate::state::Project;
use crate::state::project::Task;
use crate::units::Work;

/// The small movement with a hub for each theme and each region, after three years.
static START: LazyLock<Simulation> = LazyLock::new(|| {
    let mut sim = simulation();
    run(&mut sim, &both(), 3);
    sim
});

/// The same with other numbers: expertise, affinity, salience, who still needs what, and what others depend on. One community
/// has ended.
fn changed(seed: u64) -> Simulation {
    let mut sim = START.clone();
    let draw = |kind: u32, n: usize| Stream::new(seed, kind).entity(Key(n as u64));
    for (n, organisation) in sim.state.organisations.iter_mut().enumerate() {
        for theme in 0..3 {
            organisation.expertise[theme] = draw(1, n).uniform(theme as u32) * 1.1;
        }
    }
    let regions: Vec<_> = sim.state.region_ids().collect();
    for (n, (&a, &b)) in regions.iter().flat_map(|a| regions.iter().map(move |b| (a, b))).enumerate() {
        sim.state.affinity[(a, b)] = draw(2, n).uniform(0);
    }
    let ended = CommunityId::from_index((draw(3, 0).uniform(0) * sim.state.communities.list.len() as f64) as usize);
    sim.state.communities.list[ended].share = 0.0;
    let communities: Vec<_> = (0..sim.state.communities.list.len()).map(CommunityId::from_index).collect();
    for (slot, problem) in sim.state.problems.slots.iter_mut().enumerate() {
        problem.dependents = u32::from(draw(4, slot).bernoulli(0, 0.3));
        for &community in &communities {
            if draw(5, slot).bernoulli(u32::from(community.0), 0.4) {
                problem.missing.remove(community);
            }
        }
    }
    for theme in &mut sim.state.themes {
        theme.priority *= draw(6, 0).uniform(0);
    }
    sim
}

/// Everybody who produces: each organisation, and each hub.
fn producers(state: &State) -> Vec<Producer> {
    let organisations = state.active().map(|id| Producer::for_organisation(state, id));
    organisations.chain(state.hubs().map(|id| Producer::for_mandate(state, id))).collect()
}

/// A queue with a budget that is busy with some problems.
fn queue(state: &State, budget: f64, theme: ThemeId, community: CommunityId, busy: usize) -> WorkQueue {
    let project = |&problem: &usize| Project {
        problem,
        community,
        task: Task::Build { packaged: false },
        left: Work(1.0),
        duplicated: None,
        blocked_at: None,
        worked_around: false,
    };
    let projects = state.problems.open[theme].iter().take(busy).map(project).collect();
    WorkQueue { projects, budget: Work(budget), ..WorkQueue::default() }
}

fn policy(autonomy: u8, coordination: bool) -> Policy {
    let mut policy = both();
    policy.hubs.autonomy = [Autonomy::Own, Autonomy::Steering, Autonomy::Funder][usize::from(autonomy)];
    policy.hubs.coordination = coordination;
    policy
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The weights of themes and communities, and what is drawn by them.
    #[test]
    fn weights_are_those_of_the_reference(
        seed in any::<u64>(),
        (autonomy, focus) in (0u8..3, 0.0..4.0),
        u in 0.0..1.0,
    ) {
        let (mut sim, policy) = (changed(seed), policy(autonomy, false));
        sim.conditions.parameters.production.focus = focus;
        let (cx, state) = (sim.conditions.under(&policy), &sim.state);
        let (index, mut weights) = (QuarterIndex::new(&cx, state), ThemeWeights::default());
        for producer in producers(state) {
            weights.weigh(&cx, state, &index, producer);
            for theme in state.theme_ids() {
                let plain = theme_weight(&cx, state, producer, theme);
                prop_assert_eq!(weights.by_theme[theme].to_bits(), plain.to_bits(), "{:?} {:?}", producer, theme);
            }
            prop_assert_eq!(weights.choose(u), theme_at(&cx, state, producer, u));
            if producer.home.is_none() {
                prop_assert_eq!(weights.target(&index, u), community_at(&cx, state, producer, u), "{:?}", producer);
            }
        }
    }

    /// The score of each problem, and the order in which they are taken.
    #[test]
    fn scores_are_those_of_the_reference(
        seed in any::<u64>(),
        (autonomy, coordination) in (0u8..3, any::<bool>()),
        (taste, call, spread) in (0.0..20.0, 0.0..1.0, 0.0..0.9),
        (adapt_cost, self_knowledge) in (0.0..1.0, 0.0..1.0),
        (budget, busy) in (0.0..1.5, 0usize..10),
        equal in any::<bool>(),
        (theme, at) in (0u8..3, 0.0..1.0),
    ) {
        let (mut sim, policy) = (changed(seed), policy(autonomy, coordination));
        let p = &mut sim.conditions.parameters;
        (p.production.taste, p.dependencies.call, p.autonomy.spread) = (taste, call, spread);
        (p.production.adapt_cost, p.autonomy.self_knowledge) = (adapt_cost, self_knowledge);
        if equal {
            // Equal scores: the order decides.
            sim.conditions.parameters.production.taste = 0.0;
            sim.state.problems.slots.iter_mut().for_each(|problem| problem.salience = 0.5);
            sim.state.problems.by_cost.iter_mut().flatten().for_each(|problem| problem.salience = 0.5);
        }
        let (cx, state) = (sim.conditions.under(&policy), &sim.state);
        let (index, mut weights) = (QuarterIndex::new(&cx, state), ThemeWeights::default());
        let place = (at * state.communities.list.len() as f64) as usize;
        let target = (ThemeId(theme), CommunityId::from_index(place));
        let queue = queue(state, budget, target.0, target.1, busy);
        for producer in producers(state) {
            weights.weigh(&cx, state, &index, producer);
            score_problems(&cx, state, &index, producer, &mut weights, &queue, target);
            let bits = |slot: usize, score: f64| (slot, score.to_bits());
            let fast: Vec<_> = weights.scored.iter().map(|&(score, slot)| bits(slot, score)).collect();
            let plain = scores(&cx, state, producer, &queue, target);
            let plain: Vec<_> = plain.into_iter().map(|(slot, score)| bits(slot, score)).collect();
            prop_assert_eq!(fast, plain, "{:?}", producer);
            let taken: Vec<_> = std::iter::from_fn(|| weights.next_best(&queue, target.1)).collect();
            prop_assert_eq!(taken, ranking(&cx, state, producer, &queue, target), "{:?}", producer);
        }
    }
}
