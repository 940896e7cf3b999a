//! Effects of governance that last: work that is due for it, and decisions that are pending.

use crate::units::Work;

/// Work that an organisation owes for governance. Its next quarter is shorter by it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GovernanceWork {
    /// Of decisions about others.
    pub deciding: Work,
    /// Of lobbying.
    pub lobbying: Work,
    /// Of answering a false alarm.
    pub answering: Work,
}

/// The result of a review, until it takes effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PendingDecision {
    /// Quarter at whose end it takes effect.
    pub due: u32,
    /// The holder's score, lobbying included.
    pub score: f64,
    /// The score that was required.
    pub bar: f64,
}
