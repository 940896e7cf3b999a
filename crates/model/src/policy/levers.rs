//! The levers: what a policy may turn, as data.
//!
//! Levers that add something have a neutral value, at which the history is bit for bit that of the policy
//! without them; choices have a base value instead.

mod governance;
mod grants;
mod hubs;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Kind, Number, Spec};

pub use governance::{BODIES, Body, Fundraising, Gate, GovernanceLevers};
pub use grants::{AwardRule, GrantLevers};
pub use hubs::{Autonomy, FoundationRole, HubKind, HubLevers, MandateAward, Outcome};

/// The kinds of organisations that a screen can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrganisationKind {
    /// The global body; only its movement-facing staff counts.
    Foundation,
    /// A national affiliate.
    Chapter,
    /// An affiliate for one area of expertise.
    ThematicOrganisation,
    /// A small, informal affiliate.
    UserGroup,
    /// A free-knowledge organisation outside the movement.
    External,
    /// An institution that works with the movement: a library, a university, a public body.
    Partner,
}

impl OrganisationKind {
    /// Whether it is an affiliate: it has members and a community, and may apply for grants.
    pub fn affiliate(self) -> bool {
        matches!(self, OrganisationKind::Chapter | OrganisationKind::ThematicOrganisation | OrganisationKind::UserGroup)
    }

    /// Whether it stands outside the movement.
    pub fn outside(self) -> bool {
        matches!(self, OrganisationKind::External | OrganisationKind::Partner)
    }
}

/// Names of [`OrganisationKind`] as scenario files write them.
pub const KINDS: &[&str] = &["foundation", "chapter", "thematic-organisation", "user-group", "external", "partner"];
const AFFILIATES: &[&str] = &["chapter", "thematic-organisation", "user-group"];

/// Weights of what a ranking looks at. All zero: everybody ranks alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScoreMix {
    /// What the applicant had before, remembered with `history_memory`, as a share of all that applicants had.
    pub history: f64,
    /// Merit as the decider sees it: quality mixed with prestige and noise.
    pub track_record: f64,
    /// Service the applicant is known to have given in the past year, relative to the best applicant.
    pub evidence: f64,
    /// Need of the applicant's region that is not met, relative to the neediest region.
    pub need: f64,
    /// 1 for who never had a grant or a mandate, else 0.
    pub newness: f64,
    /// Prestige and stated plans: what a candidate says of itself.
    pub prestige: f64,
    /// Share of the votes that the applicant got.
    pub votes: f64,
}

/// Words of a score mix.
pub const SCORES: &[&str] = &["history", "track_record", "evidence", "need", "newness", "prestige", "votes"];

impl ScoreMix {
    /// Sum of the weights.
    pub fn total(&self) -> f64 {
        self.history + self.track_record + self.evidence + self.need + self.newness + self.prestige + self.votes
    }
}

const fn path(default: f64, bounds: (f64, f64), range: (f64, f64), whole: bool) -> Kind {
    Kind::Path(Number { default: Some(default), bounds, range, whole })
}

const fn number(default: f64, bounds: (f64, f64), range: (f64, f64), whole: bool) -> Kind {
    Kind::Number(Number { default: Some(default), bounds, range, whole })
}

const fn lever(
    key: &'static str,
    kind: Kind,
    unit: &'static str,
    neutral: &'static str,
    meaning: &'static str,
) -> Spec {
    Spec { key, meaning, kind, unit, source: "a lever: the policy sets it", neutral }
}

const BASE: &str = "a choice: it has a base value, none is neutral";

/// A policy: a name, and the levers it turns.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Section;

    /// The catalogue and the structs must not drift apart.
    #[test]
    fn every_lever_is_in_the_catalogue() {
        let keys = |value: serde_json::Value| -> Vec<String> {
            let mut keys: Vec<String> = value.as_object().expect("a table").keys().cloned().collect();
            keys.sort();
            keys
        };
        let specs = |section: Section| -> Vec<String> {
            let mut keys: Vec<String> = section.specs.iter().map(|spec| spec.key.to_owned()).collect();
            keys.sort();
            keys
        };
        let policy = Policy::default();
        assert_eq!(keys(serde_json::to_value(&policy.grants).unwrap()), specs(GrantLevers::SECTION));
        assert_eq!(keys(serde_json::to_value(&policy.hubs).unwrap()), specs(HubLevers::SECTION));
        assert_eq!(keys(serde_json::to_value(&policy.governance).unwrap()), specs(GovernanceLevers::SECTION));
        assert_eq!(keys(serde_json::to_value(policy.grants.score).unwrap()), {
            let mut words: Vec<String> = SCORES.iter().map(|&word| word.to_owned()).collect();
            words.sort();
            words
        });
    }
}
