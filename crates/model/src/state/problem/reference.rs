//! Sets of communities as ordered lists of ids, and counts over many sets: the readable version of what
//! `state/problem/community_set.rs` computes on bits.
//!
//! ```text
//! count(c) = number of sets s with c ∈ s
//! ```
//!
//! Not used in trials. A property test holds it and the fast path to the same answers.

use std::collections::BTreeSet;

use crate::ids::CommunityId;

/// A set of communities.
#[derive(Clone, Debug, Default)]
pub struct CommunityList {
    /// Ids, ascending.
    pub ids: BTreeSet<CommunityId>,
}

impl CommunityList {
    /// Adds a community.
    pub fn add(&mut self, id: CommunityId) {
        self.ids.insert(id);
    }

    /// Removes a community.
    pub fn remove(&mut self, id: CommunityId) {
        self.ids.remove(&id);
    }

    /// Whether it contains a community.
    pub fn holds(&self, id: CommunityId) -> bool {
        self.ids.contains(&id)
    }
}

/// How many sets contain a community.
pub fn count(sets: &[CommunityList], id: CommunityId) -> u32 {
    let mut count = 0;
    for set in sets {
        if set.holds(id) {
            count += 1;
        }
    }
    count
}
