//! The design: a pure list of trials, arms × replicates, each replicate a world of its own.

/// One trial to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Plan {
    /// Position of the policy among the scenario's selected policies.
    pub arm: usize,
    /// Which replicate; it names the world and the luck.
    pub replicate: u32,
}
