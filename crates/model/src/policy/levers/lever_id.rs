//! Identifiers of levers.

use super::governance::GovernanceLevers;
use super::grants::GrantLevers;
use super::hubs::HubLevers;
use super::value::LeverValue;
use crate::catalogue::{Kind, Section, Spec};

/// The neutral value of a screen by kind of organisation, as the catalogue writes it.
const ALL_KINDS: &str = "all kinds";

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
    /// ```
    /// use hubsim_model::policy::levers::{LeverId, PolicySection};
    ///
    /// const PILOTS: LeverId = LeverId::new(PolicySection::Hubs, "pilots");
    /// assert_eq!(PILOTS.spec().unit, "mandates");
    /// ```
    ///
    /// ```compile_fail
    /// # use hubsim_model::policy::levers::{LeverId, PolicySection};
    /// const PILOTS: LeverId = LeverId::new(PolicySection::Hubs, "pilot");
    /// ```
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

    /// The value at which the lever changes nothing; `None` for a choice that has a base value instead.
    pub fn neutral(self) -> Option<LeverValue> {
        let spec = self.spec();
        match spec.kind {
            Kind::Number(_) | Kind::Path(_) => spec.neutral.parse().ok().map(LeverValue::Number),
            Kind::Limit(limited) => (spec.neutral == limited.word).then_some(LeverValue::Unlimited),
            Kind::Flag { .. } => spec.neutral.parse().ok().map(LeverValue::Flag),
            Kind::Choice { options, .. } => {
                options.iter().copied().find(|&word| word == spec.neutral).map(LeverValue::Word)
            }
            Kind::Set { options, .. } => (spec.neutral == ALL_KINDS).then(|| LeverValue::Words(options.to_vec())),
            Kind::References { absent, .. } => (spec.neutral == absent).then(|| LeverValue::Names(Vec::new())),
            _ => None,
        }
    }

    /// Its catalogue entry.
    pub const fn spec(self) -> &'static Spec {
        &self.section.catalogue().specs[self.at]
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
