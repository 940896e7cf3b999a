//! What a lever needs before it can have an effect.

use crate::catalogue::Path;

/// The part of a scenario, beside the policy, on which the effect of levers depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// Number of years that are simulated.
    pub years: u32,
    /// Whether there is a foundation.
    pub foundation: bool,
    /// Whether a region is in the group `underserved`.
    pub underserved: bool,
    /// Whether there are organisations outside the movement.
    pub outsiders: bool,
}

impl Surroundings {
    /// Whether a path is above 0 in some year that is simulated.
    pub fn is_ever_positive(&self, path: Path) -> bool {
        (1..=self.years).any(|year| path.at(year) > 0.0)
    }
}

/// Everything outside a section of a policy on which the effect of its levers depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    /// The scenario.
    pub surroundings: Surroundings,
    /// Whether there are hubs, and candidates for mandates rank by history among other criteria.
    pub hubs_rank_by_history: bool,
    /// Whether regional hubs may re-grant a share of the pots in some year.
    pub hubs_regrant: bool,
}

/// A condition on the levers of a section `S` and on its situation, without which a lever has no effect.
pub struct Precondition<S: 'static> {
    /// Whether it holds.
    pub holds: fn(&S, &Situation) -> bool,
    /// Why the lever has no effect where it does not hold.
    pub otherwise: &'static str,
}

impl<S> Precondition<S> {
    /// A condition, and the reason why a lever has no effect without it.
    pub const fn new(holds: fn(&S, &Situation) -> bool, otherwise: &'static str) -> Self {
        Precondition { holds, otherwise }
    }
}

/// When a lever of a section `S` has an effect; its value, bounds and meaning are in the catalogue.
pub struct Lever<S: 'static> {
    /// Its key.
    pub key: &'static str,
    /// Preconditions that it shares with the other levers of its section.
    pub shared: &'static [Precondition<S>],
    /// Its own preconditions.
    pub own: &'static [Precondition<S>],
    /// The event that did not happen in a set of trials where the lever had no effect although all preconditions hold;
    /// `None` where no such event is known.
    pub inactive: Option<&'static str>,
}

impl<S> Lever<S> {
    /// The reason of the first precondition that does not hold; `None` if all hold.
    pub fn unmet(&self, levers: &S, situation: &Situation) -> Option<&'static str> {
        let mut preconditions = self.shared.iter().chain(self.own);
        preconditions.find(|precondition| !(precondition.holds)(levers, situation)).map(|unmet| unmet.otherwise)
    }
}
