//! The levers: everything that a policy can set, as data.
//!
//! Each lever is declared once, with [`levers!`](crate::levers). Levers that add something have a neutral value, at which
//! the history is bit for bit that of the policy without them; choices have a base value instead.

mod declare;
mod desk_place;
mod governance;
mod grants;
mod hubs;
mod lever_id;
mod limit_path;
mod names;
mod organisation_kind;
mod precondition;
mod score_mix;
mod serialised;
mod value;
mod words;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use desk_place::DeskPlace;
pub use governance::{Body, Fundraising, Gate, GovernanceLevers};
pub use grants::{AwardRule, GrantLevers};
pub use hubs::{Autonomy, FoundationRole, HubKind, HubLevers, MandateAward, Outcome};
pub use lever_id::{LeverId, PolicySection};
pub use limit_path::LimitPath;
pub use names::Names;
pub use organisation_kind::{KINDS, OrganisationKind};
pub use precondition::{Lever, Precondition, Situation, Surroundings};
pub use score_mix::ScoreMix;
pub use value::{LeverError, LeverType, LeverValue};
pub use words::Word;

/// The source of every lever.
pub const SOURCE: &str = "a lever: the policy sets it";

/// The neutral value of a choice.
pub const BASE: &str = "a choice: it has a base value, none is neutral";

/// A policy: a name, and a value for every lever.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// The name; no mechanism ever reads it.
    pub name: String,
    /// Grants of money.
    pub grants: GrantLevers,
    /// The hub programme.
    pub hubs: HubLevers,
    /// How the movement is governed.
    pub governance: GovernanceLevers,
}

impl Policy {
    /// The value of a lever.
    pub fn get(&self, lever: LeverId) -> LeverValue {
        let value = match lever.section() {
            PolicySection::Grants => self.grants.get(lever.key()),
            PolicySection::Hubs => self.hubs.get(lever.key()),
            PolicySection::Governance => self.governance.get(lever.key()),
        };
        value.expect("a lever identifier exists in the catalogue, which is made of the same declaration")
    }

    /// Sets a lever.
    ///
    /// # Errors
    /// If the lever cannot have this value.
    pub fn set(&mut self, lever: LeverId, value: &LeverValue) -> Result<(), LeverError> {
        match lever.section() {
            PolicySection::Grants => self.grants.set(lever.key(), value),
            PolicySection::Hubs => self.hubs.set(lever.key(), value),
            PolicySection::Governance => self.governance.set(lever.key(), value),
        }
    }
}
