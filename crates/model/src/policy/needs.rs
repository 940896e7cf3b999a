//! What a lever needs before it can do anything, as data beside the levers.
//!
//! Without reviews nothing asks how strict they are. The table says so once, and from it follows, for the policy at hand,
//! why a lever does nothing; that it then does nothing, bit for bit, is tested.

use crate::catalogue::Path;
use crate::policy::levers::{AwardRule, HubKind, Outcome, Policy};

/// What a policy is carried out in, as far as levers need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// Years that are simulated.
    pub years: u32,
    /// Whether there is a foundation.
    pub foundation: bool,
    /// Whether a region is underserved.
    pub underserved: bool,
    /// Whether there are organisations outside the movement.
    pub outsiders: bool,
}

/// What one lever, or all of a part, needs.
#[derive(Clone, Copy)]
pub struct Need {
    /// Part of the policy.
    pub part: &'static str,
    /// Its levers.
    pub keys: &'static [&'static str],
    /// Whether the policy has it, there.
    pub met: fn(&Policy, Surroundings) -> bool,
    /// Why the levers do nothing where it has not.
    pub otherwise: &'static str,
}

/// All that is known, the more general first.
pub const NEEDS: &[Need] = &[
    Need {
        part: "hubs",
        keys: &[],
        met: |policy, _| policy.hubs.kind != HubKind::None,
        otherwise: "there are no hubs: `hubs.kind` is none",
    },
    Need {
        part: "hubs",
        keys: &[],
        met: |policy, around| policy.hubs.first_year <= f64::from(around.years),
        otherwise: "there are no hubs yet: `hubs.first_year` comes after the last year",
    },
    Need {
        part: "hubs",
        keys: &["share"],
        met: |policy, _| policy.hubs.hub_cap > 0.0,
        otherwise: "no hub may have any of the pot: `hubs.hub_cap` is 0",
    },
    Need {
        part: "hubs",
        keys: &["hub_cap"],
        met: |policy, around| some(policy.hubs.share, around),
        otherwise: "nothing is set aside for hubs: `hubs.share` is 0",
    },
    Need {
        part: "hubs",
        keys: &["pilot_years"],
        met: |policy, _| policy.hubs.pilots > 0.0,
        otherwise: "there are no pilots: `hubs.pilots` is 0",
    },
    Need {
        part: "hubs",
        keys: &["term_years"],
        met: |policy, _| policy.hubs.term_limit > 0.0,
        otherwise: "a term that ends runs on: `hubs.term_limit` is 0",
    },
    Need {
        part: "hubs",
        keys: &["holder_may_stand"],
        met: |policy, around| {
            let passes_on = |outcome| policy.hubs.outcomes.contains(&outcome);
            let reviewed = policy.hubs.review_years > 0.0
                && policy.hubs.first_year + policy.hubs.review_years <= f64::from(around.years)
                && (passes_on(Outcome::Move) || passes_on(Outcome::Reallocate));
            reviewed || policy.hubs.term_limit > 0.0
        },
        otherwise: "no mandate is given anew: there is no `hubs.term_limit`, and no review in time that may move or \
                    reallocate",
    },
    Need {
        part: "hubs",
        keys: &["strictness", "independence", "outcomes"],
        met: |policy, _| policy.hubs.review_years > 0.0,
        otherwise: "there are no reviews: `hubs.review_years` is 0",
    },
    Need {
        part: "hubs",
        keys: &["strictness", "independence", "outcomes"],
        met: |policy, around| policy.hubs.first_year + policy.hubs.review_years <= f64::from(around.years),
        otherwise: "the first review comes after the last year: `hubs.first_year` + `hubs.review_years`",
    },
    Need {
        part: "hubs",
        keys: &["external"],
        met: |_, around| around.outsiders,
        otherwise: "there is no organisation outside the movement",
    },
    Need {
        part: "hubs",
        keys: &["foundation"],
        met: |policy, around| policy.hubs.kind.thematic() && around.foundation,
        otherwise: "there is no hub of a theme, or no foundation, which could hand over anything: `hubs.kind`",
    },
    Need {
        part: "hubs",
        keys: &["coordination"],
        met: |_, around| around.foundation,
        otherwise: "there is no foundation that could coordinate",
    },
    Need {
        part: "hubs",
        keys: &["clarity"],
        met: |policy, _| policy.hubs.kind == HubKind::Both,
        otherwise: "there are not both regional and thematic hubs: `hubs.kind` is not both",
    },
    Need {
        part: "hubs",
        keys: &["delegated"],
        met: |policy, _| policy.hubs.kind.regional(),
        otherwise: "there are no regional hubs that could re-grant: `hubs.kind` is neither regional nor both",
    },
    Need {
        part: "grants",
        keys: &["history_memory"],
        met: |policy, _| {
            policy.grants.score.history > 0.0 || policy.hubs.kind != HubKind::None && policy.hubs.score.history > 0.0
        },
        otherwise: "nothing that ranks looks at history: `grants.score` and `hubs.score` have none",
    },
    Need {
        part: "grants",
        keys: &["score", "history_memory"],
        met: |policy, around| policy.grants.award != AwardRule::Equal || some(policy.hubs.delegated, around),
        otherwise: "everybody gets the same: `grants.award` is equal",
    },
    Need {
        part: "grants",
        keys: &["underserved_floor"],
        met: |_, around| around.underserved,
        otherwise: "there is no region of the group `underserved`",
    },
];

/// What has to happen before a lever can do anything: part, lever, and what did not happen in the trials at hand where it
/// does nothing although the policy has all that it needs.
pub const OCCASIONS: &[(&str, &str, &str)] = &[
    ("grants", "not_astray", "nobody who was known to have gone astray asked for a grant"),
    ("grants", "min_age_years", "nobody so young asked for a grant"),
    ("grants", "capacity_floor", "nobody so small asked for a grant"),
    ("grants", "cap", "nobody was to get that much"),
    ("hubs", "not_astray", "nobody who was known to have gone astray came first for a mandate"),
    ("hubs", "min_age_years", "nobody so young came first for a mandate"),
    ("hubs", "capacity_floor", "nobody so small came first for a mandate"),
    ("hubs", "max_each", "nobody came first for so many mandates"),
    ("hubs", "term_limit", "no term came to the limit"),
    ("hubs", "holder_may_stand", "no holder whose mandate was given anew came first"),
    ("hubs", "independence", "no review turned on what had been invested"),
    ("hubs", "strictness", "no review turned on the bar"),
    ("hubs", "may_found", "there was always somebody who fitted"),
    ("governance", "body", "there was nothing to decide: no mandate, no vote on grants, nobody to be stopped"),
];

/// What a lever waited for in vain, if that is known.
pub fn occasion(part: &str, key: &str) -> Option<&'static str> {
    OCCASIONS.iter().find(|of| (of.0, of.1) == (part, key)).map(|of| of.2)
}

/// Whether a path is ever above 0.
fn some(path: Path, around: Surroundings) -> bool {
    (1..=around.years).any(|year| path.at(year) > 0.0)
}

/// Why a lever does nothing under a policy, if that is known.
pub fn unmet(policy: &Policy, around: Surroundings, part: &str, key: &str) -> Option<&'static str> {
    // What there is decides whether there are hubs, and is never without effect for want of them.
    let concerns = |need: &&Need| {
        need.part == part
            && if need.keys.is_empty() { !["kind", "first_year"].contains(&key) } else { need.keys.contains(&key) }
    };
    let first = NEEDS.iter().filter(concerns).find(|need| !(need.met)(policy, around));
    // Without hubs it does not matter when the first would come.
    let idle = part == "hubs" && key == "first_year" && policy.hubs.kind == HubKind::None;
    first.map(|need| need.otherwise).or(idle.then(|| NEEDS[0].otherwise))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::levers::{GovernanceLevers, GrantLevers, HubLevers};

    const AROUND: Surroundings = Surroundings { years: 10, foundation: true, underserved: true, outsiders: true };

    #[test]
    fn needs_are_of_levers_that_there_are() {
        for need in NEEDS {
            let section = match need.part {
                "grants" => GrantLevers::SECTION,
                "hubs" => HubLevers::SECTION,
                _ => GovernanceLevers::SECTION,
            };
            assert_eq!(section.name, format!("policy.{}", need.part));
            assert!(need.keys.iter().all(|key| section.spec(key).is_some()), "{:?}", need.keys);
        }
    }

    #[test]
    fn occasions_are_of_levers_that_there_are() {
        for (part, key, _) in OCCASIONS {
            let sections = [GrantLevers::SECTION, HubLevers::SECTION, GovernanceLevers::SECTION];
            let section = sections.iter().find(|section| section.name == format!("policy.{part}")).expect("a part");
            assert!(section.spec(key).is_some(), "{part}.{key}");
        }
        assert!(occasion("hubs", "not_astray").is_some() && occasion("hubs", "share").is_none());
    }

    #[test]
    fn the_reason_is_that_of_the_policy_at_hand() {
        let mut policy = Policy::default();
        let of = |policy: &Policy, key: &str| unmet(policy, AROUND, "hubs", key).unwrap_or("");
        assert!(of(&policy, "strictness").contains("no hubs") && of(&policy, "first_year").contains("no hubs"));
        assert_eq!(of(&policy, "kind"), "");
        policy.hubs.kind = HubKind::Thematic;
        assert!(of(&policy, "strictness").contains("no reviews") && of(&policy, "clarity").contains("both"));
        policy.hubs.review_years = 3.0;
        assert_eq!((of(&policy, "strictness"), of(&policy, "first_year")), ("", ""));
        let soon = Surroundings { years: 3, ..AROUND };
        assert!(unmet(&policy, soon, "hubs", "strictness").is_some_and(|why| why.contains("after the last year")));
        assert_eq!(unmet(&policy, AROUND, "grants", "cap"), None);
    }
}
