//! Mitigations: what each *without x* takes out of a policy, as data beside the levers.
//!
//! *Source.* Recommendation E, question 4-2 (what might mitigate the risks) and question 5 (how hubs are governed): each
//! is a lever or a few of them, and without it they are where the proposal without that safeguard would put them.

/// What a lever is set to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Setting {
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A list of words.
    Words(&'static [&'static str]),
    /// A mix of weights.
    Weights(&'static [(&'static str, f64)]),
    /// The list as it is, less one word.
    Less(&'static str),
}

/// A safeguard that a policy may go without.
#[derive(Clone, Copy, Debug)]
pub struct Mitigation {
    /// What it is called in `without`.
    pub name: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// What happens without it.
    pub without: &'static str,
    /// Part of the policy, lever, and its value without it.
    pub sets: &'static [(&'static str, &'static str, Setting)],
}

use Setting::{Flag, Less, Number, Weights, Words};

/// All of them, in the order of the claims.
pub const MITIGATIONS: &[Mitigation] = &[
    Mitigation {
        name: "evidence",
        meaning: "Mandates go to who has measurably served best in the theme.",
        without: "They go by prestige and stated plans.",
        sets: &[("hubs", "score", Weights(&[("prestige", 1.0)]))],
    },
    Mitigation {
        name: "pilots",
        meaning: "A few test cases come first, and later waves use their results.",
        without: "The first wave is as large as the others and comes at once, and nothing is learnt from those before.",
        sets: &[("hubs", "pilots", Number(0.0))],
    },
    Mitigation {
        name: "waves",
        meaning: "Hubs start at different times, a few at a time.",
        without: "All themes get their hub at once, in year 1.",
        sets: &[
            ("hubs", "pilots", Number(0.0)),
            ("hubs", "wave_size", Number(0.0)),
            ("hubs", "first_year", Number(1.0)),
        ],
    },
    Mitigation {
        name: "relocation",
        meaning: "A review may move a mandate to another region.",
        without: "No review has that outcome.",
        sets: &[("hubs", "outcomes", Less("move"))],
    },
    Mitigation {
        name: "review",
        meaning: "Mandates are reviewed again and again, against the other hubs.",
        without: "A mandate runs until it ends itself or is stopped for conduct.",
        sets: &[("hubs", "review_years", Number(0.0)), ("hubs", "term_limit", Number(0.0))],
    },
    Mitigation {
        name: "outcomes",
        meaning: "A review may split, re-scope, move, reallocate or end a mandate.",
        without: "It may only let it continue, or end it.",
        sets: &[("hubs", "outcomes", Words(&["end"]))],
    },
    Mitigation {
        name: "spread",
        meaning: "Mandates are spread over regions in proportion to need.",
        without: "Nobody looks where they are.",
        sets: &[("hubs", "spread", Number(0.0))],
    },
    Mitigation {
        name: "accountability",
        meaning: "Peers see each other's lobbying and conduct.",
        without: "They do not.",
        sets: &[("governance", "accountability", Number(0.0))],
    },
    Mitigation {
        name: "oversight",
        meaning: "The centre sees money and output.",
        without: "It does not.",
        sets: &[("governance", "oversight", Number(0.0))],
    },
    Mitigation {
        name: "scanning",
        meaning: "Somebody looks, every few years, for what is needed and done by nobody.",
        without: "Nobody does.",
        sets: &[("governance", "scanning_years", Number(0.0))],
    },
    Mitigation {
        name: "consortia",
        meaning: "Who holds a mandate brings partners along.",
        without: "None are required.",
        sets: &[("hubs", "min_partners", Number(0.0))],
    },
    Mitigation {
        name: "coordination",
        meaning: "A coordinating body keeps hubs in touch.",
        without: "Each hub keeps up links with each other one.",
        sets: &[("hubs", "coordination", Flag(false))],
    },
];

/// A mitigation by name.
pub fn mitigation(name: &str) -> Option<&'static Mitigation> {
    MITIGATIONS.iter().find(|mitigation| mitigation.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Kind;
    use crate::policy::levers::{GovernanceLevers, HubLevers};

    /// Every setting is of a lever that exists, and of its kind; nothing is listed twice.
    #[test]
    fn mitigations_turn_levers() {
        for (at, m) in MITIGATIONS.iter().enumerate() {
            assert_eq!(MITIGATIONS.iter().position(|other| other.name == m.name), Some(at), "{} twice", m.name);
            for (part, key, setting) in m.sets {
                let section = if *part == "hubs" { HubLevers::SECTION } else { GovernanceLevers::SECTION };
                assert_eq!(section.name, format!("policy.{part}"));
                let spec = section.spec(key).unwrap_or_else(|| panic!("{}: no lever {part}.{key}", m.name));
                let fits = match (setting, spec.kind) {
                    (Number(x), Kind::Number(n) | Kind::Path(n)) => (n.bounds.0..=n.bounds.1).contains(x),
                    (Flag(_), Kind::Flag { .. }) => true,
                    (Words(words), Kind::Set { options, .. }) => words.iter().all(|word| options.contains(word)),
                    (Less(word), Kind::Set { options, .. }) => options.contains(word),
                    (Weights(mix), Kind::Mix { options, .. }) => mix.iter().all(|(word, _)| options.contains(word)),
                    _ => false,
                };
                assert!(fits, "{}: {part}.{key}", m.name);
            }
        }
    }
}
