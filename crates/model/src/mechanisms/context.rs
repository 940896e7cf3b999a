//! What a step of a trial reads besides the state, and never changes.

use crate::clock::Clock;
use crate::mechanisms::Parameters;
use crate::policy::Policy;
use crate::random::Stream;
use crate::shock::Shock;

/// What does not change within a step: behaviour, policy, dated shocks, random stream and time.
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

/// Owned values of a [`Context`]: what a trial depends on besides its state. The schedule advances the clock.
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
