//! What governing leaves behind: work that is due for it, and verdicts that wait.

use crate::units::Work;

/// Work that an organisation owes for governing, taken from its next quarter.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GovernanceWork {
    /// For having decided.
    pub deciding: Work,
    /// For having lobbied.
    pub lobbying: Work,
    /// For having answered an alarm that was false.
    pub answering: Work,
}

/// What a review found, until it takes effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PendingDecision {
    /// Quarter at whose end it takes effect.
    pub due: u32,
    /// The holder's score, lobbying included.
    pub score: f64,
    /// What was asked for.
    pub bar: f64,
}
