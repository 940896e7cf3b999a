//! Sets of communities, and counts over them, give the answers of the reference.

use proptest::prelude::*;

use super::reference::{CommunityList, count};
use super::*;

/// Ids in the words in place and beyond.
const COMMUNITIES: u16 = 700;

/// A problem needed in the communities of a list, some of which have it solved; the same as a list.
fn set(needed: &[u16], solved: &[u16]) -> (CommunitySet, CommunityList) {
    let mut problems = Problems::new(1);
    let slot = problems.open(Key(0), ThemeId(0), Work(1.0), 0, 0.5);
    let problem = &mut problems.slots[slot];
    let mut list = CommunityList::default();
    for &id in needed {
        problem.ask(usize::from(id) / 64, 1 << (id % 64));
        list.add(CommunityId(id));
    }
    for &id in solved {
        problem.missing.remove(CommunityId(id));
        list.remove(CommunityId(id));
    }
    (problem.missing.clone(), list)
}

fn ids(most: usize) -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(0..COMMUNITIES, 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counts_are_those_of_the_reference(sets in prop::collection::vec((ids(900), ids(300)), 0..40)) {
        let (sets, lists): (Vec<_>, Vec<_>) = sets.iter().map(|(needed, solved)| set(needed, solved)).unzip();
        let mut counts = CommunityCounts::default();
        sets.iter().for_each(|set| counts.add(set));
        for id in (0..COMMUNITIES + 100).map(CommunityId) {
            prop_assert_eq!(counts.of(id), count(&lists, id), "{:?}", id);
        }
    }

    #[test]
    fn sets_are_those_of_the_reference(needed in ids(900), solved in ids(300)) {
        let (mut set, list) = set(&needed, &solved);
        prop_assert!((0..COMMUNITIES + 100).map(CommunityId).all(|id| set.holds(id) == list.holds(id)));
        prop_assert!(set.iter().eq(list.ids.iter().copied()));
        set.clear();
        prop_assert_eq!(set.iter().count(), 0);
    }
}

/// A community that is asked again answers the same: what it has solved does not go missing a second time.
#[test]
fn a_need_is_asked_for_once() {
    let (asked, _) = set(&[3, 600, 3, 600], &[]);
    assert!(asked.iter().eq([CommunityId(3), CommunityId(600)]));
    let mut problems = Problems::new(1);
    let slot = problems.open(Key(0), ThemeId(0), Work(1.0), 0, 0.5);
    let problem = &mut problems.slots[slot];
    problem.ask(0, 0b101);
    problem.missing.remove(CommunityId(2));
    problem.ask(0, 0b111);
    assert!(problem.missing.iter().eq([CommunityId(0), CommunityId(1)]));
    assert!(problem.needed.iter().eq([CommunityId(0), CommunityId(1), CommunityId(2)]));
}

proptest! {
    /// By theme the open problems, the cheapest first; of equal cost the older first. Those that lapse leave both lists.
    #[test]
    fn problems_are_listed_by_cost_and_then_age(costs in prop::collection::vec(0u8..10, 1..60), before in 0u32..60) {
        let mut problems = Problems::new(1);
        for (born, &cost) in (0..).zip(&costs) {
            problems.open(Key(u64::from(born)), ThemeId(0), Work(f64::from(cost)), born, 0.5);
        }
        problems.lapse(before);
        let mut expected = problems.open[0].clone();
        expected.sort_by(|&a, &b| problems.slots[a].cost.0.total_cmp(&problems.slots[b].cost.0));
        prop_assert!(problems.by_cost[0].iter().map(OpenProblem::slot).eq(expected));
    }
}
