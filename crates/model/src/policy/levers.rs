//! The levers: everything that a policy can set, as data.
//!
//! Each lever is declared once, with [`levers!`](crate::levers). Levers that add something have a neutral value, at which
//! the history is bit for bit that of the policy without them; choices have a base value instead.

mod declare;
mod governance;
mod grants;
mod hubs;
mod organisation_kind;
mod precondition;
mod score_mix;
mod value;
mod words;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Section, Spec};

pub use governance::{Body, Fundraising, Gate, GovernanceLevers};
pub use grants::{AwardRule, GrantLevers};
pub use hubs::{Autonomy, FoundationRole, HubKind, HubLevers, MandateAward, Outcome};
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

/// A section of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PolicySection {
    /// `grants = { … }`, see [`GrantLevers`].
    Grants,
    /// `hubs = { … }`, see [`HubLevers`].
    Hubs,
    /// `governance = { … }`, see [`GovernanceLevers`].
    Governance,
}

impl PolicySection {
    /// All sections, in the order of the catalogue.
    pub const ALL: [PolicySection; 3] = [PolicySection::Grants, PolicySection::Hubs, PolicySection::Governance];

    /// The name of its table in a policy.
    pub const fn name(self) -> &'static str {
        match self {
            PolicySection::Grants => "grants",
            PolicySection::Hubs => "hubs",
            PolicySection::Governance => "governance",
        }
    }

    /// Its catalogue entries.
    pub const fn catalogue(self) -> Section {
        match self {
            PolicySection::Grants => GrantLevers::SECTION,
            PolicySection::Hubs => HubLevers::SECTION,
            PolicySection::Governance => GovernanceLevers::SECTION,
        }
    }

    /// The section of this name.
    pub fn from_name(name: &str) -> Option<PolicySection> {
        PolicySection::ALL.into_iter().find(|section| section.name() == name)
    }
}

/// A lever that exists: a section of a policy and a key in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeverId {
    section: PolicySection,
    at: usize,
}

impl LeverId {
    /// The lever of a key that is known at compile time. In a constant, an unknown key is a compile error.
    ///
    /// # Panics
    /// If the section has no such lever.
    pub const fn new(section: PolicySection, key: &str) -> LeverId {
        let specs = section.catalogue().specs;
        let mut at = 0;
        while at < specs.len() {
            if equal(specs[at].key, key) {
                return LeverId { section, at };
            }
            at += 1;
        }
        panic!("the section has no such lever")
    }

    /// The lever of a section and a key, if there is one.
    pub fn find(section: &str, key: &str) -> Option<LeverId> {
        let section = PolicySection::from_name(section)?;
        let at = section.catalogue().specs.iter().position(|spec| spec.key == key)?;
        Some(LeverId { section, at })
    }

    /// All levers, in the order of the catalogue.
    pub fn all() -> impl Iterator<Item = LeverId> {
        PolicySection::ALL
            .into_iter()
            .flat_map(|section| (0..section.catalogue().specs.len()).map(move |at| LeverId { section, at }))
    }

    /// Its section.
    pub const fn section(self) -> PolicySection {
        self.section
    }

    /// Its key.
    pub const fn key(self) -> &'static str {
        self.spec().key
    }

    /// Its catalogue entry.
    pub const fn spec(self) -> &'static Spec {
        &self.section.catalogue().specs[self.at]
    }
}

impl Policy {
    /// The value of a lever.
    pub fn get(&self, lever: LeverId) -> LeverValue {
        let value = match lever.section {
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
        match lever.section {
            PolicySection::Grants => self.grants.set(lever.key(), value),
            PolicySection::Hubs => self.hubs.set(lever.key(), value),
            PolicySection::Governance => self.governance.set(lever.key(), value),
        }
    }
}

/// Whether two texts are the same; `==` is not available in constants.
const fn equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}
