//! What a step of a trial reads and never changes, besides the state.

use crate::clock::Clock;
use crate::mechanisms::Parameters;
use crate::policy::Policy;
use crate::random::Stream;
use crate::shock::Shock;

/// Parameters, policy, dated shocks, random stream and time of one step.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Parameters of all mechanisms.
    pub parameters: &'a Parameters,
    /// The policy of the year.
    pub policy: &'a Policy,
    /// Shocks with a date.
    pub shocks: &'a [Shock],
    /// The random stream of the replicate.
    pub random: Stream,
    /// The current time.
    pub now: Clock,
}

/// The owned values behind a [`Context`]: everything that a trial depends on besides its state. The schedule advances
/// the clock.
#[derive(Clone, Debug)]
pub struct Conditions {
    /// Parameters of all mechanisms.
    pub parameters: Parameters,
    /// The policy.
    pub policy: Policy,
    /// Shocks with a date.
    pub shocks: Vec<Shock>,
    /// The random stream of the replicate.
    pub random: Stream,
    /// The current time.
    pub now: Clock,
}

impl Conditions {
    /// The context of a step at the current time.
    pub fn context(&self) -> Context<'_> {
        self.under(&self.policy)
    }

    /// The context of a step at the current time, under another policy.
    pub fn under<'a>(&'a self, policy: &'a Policy) -> Context<'a> {
        Context { parameters: &self.parameters, policy, shocks: &self.shocks, random: self.random, now: self.now }
    }
}
