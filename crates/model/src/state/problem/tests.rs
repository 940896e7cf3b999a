//! Tests of counts over sets of communities.

use super::*;

#[test]
fn counts_are_those_of_the_sets() {
    let mut counts = CommunityCounts::default();
    let mut expected = vec![0; 1000];
    for n in 1..40usize {
        let mut set = CommunitySet::default();
        for c in (0..1000).step_by(n) {
            *set.word_mut(c / 64) |= 1 << (c % 64);
            expected[c] += 1;
        }
        counts.add(&set);
    }
    for (c, expected) in expected.iter().enumerate() {
        assert_eq!(counts.of(CommunityId::from_index(c)), *expected, "{c}");
    }
    assert_eq!(counts.of(CommunityId::from_index(5000)), 0);
}
