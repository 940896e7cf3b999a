//! Why a lever has no effect under a policy: the preconditions that its declaration lists, and the event that it waits
//! for. That it then has no effect, bit for bit, is tested.

use crate::policy::levers::{
    GovernanceLevers, GrantLevers, HubKind, HubLevers, Lever, LeverId, Policy, PolicySection, Situation,
};

pub use crate::policy::levers::Surroundings;

/// Why a lever has no effect under a policy, if a precondition of the lever does not hold.
pub fn unmet_precondition(policy: &Policy, surroundings: Surroundings, lever: LeverId) -> Option<&'static str> {
    let situation = Situation {
        surroundings,
        hubs_rank_by_history: policy.hubs.kind != HubKind::None && policy.hubs.score.history > 0.0,
        hubs_regrant: surroundings.is_ever_positive(policy.hubs.delegated),
    };
    match lever.section() {
        PolicySection::Grants => declared(GrantLevers::LEVERS, lever)?.unmet(&policy.grants, &situation),
        PolicySection::Hubs => declared(HubLevers::LEVERS, lever)?.unmet(&policy.hubs, &situation),
        PolicySection::Governance => declared(GovernanceLevers::LEVERS, lever)?.unmet(&policy.governance, &situation),
    }
}

/// The event that did not happen in a set of trials where a lever had no effect although all its preconditions hold;
/// `None` where no such event is known.
pub fn inactivity_reason(lever: LeverId) -> Option<&'static str> {
    match lever.section() {
        PolicySection::Grants => declared(GrantLevers::LEVERS, lever)?.inactive,
        PolicySection::Hubs => declared(HubLevers::LEVERS, lever)?.inactive,
        PolicySection::Governance => declared(GovernanceLevers::LEVERS, lever)?.inactive,
    }
}

/// [`unmet_precondition`] of the lever with this section and key.
pub fn unmet(policy: &Policy, surroundings: Surroundings, section: &str, key: &str) -> Option<&'static str> {
    unmet_precondition(policy, surroundings, LeverId::find(section, key)?)
}

/// [`inactivity_reason`] of the lever with this section and key.
pub fn occasion(section: &str, key: &str) -> Option<&'static str> {
    inactivity_reason(LeverId::find(section, key)?)
}

fn declared<S>(levers: &'static [Lever<S>], lever: LeverId) -> Option<&'static Lever<S>> {
    levers.iter().find(|declared| declared.key == lever.key())
}

#[cfg(test)]
mod tests;
