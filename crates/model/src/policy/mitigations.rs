//! Mitigations: the safeguards that a policy can leave out, each a list of settings.
//!
//! *Source.* Recommendation E, question 4-2 (what might mitigate the risks) and question 5 (how hubs are governed): each
//! is one lever or a few, and its settings are the values that the proposal has without that safeguard.

use crate::policy::levers::PolicySection::{Governance, Hubs};
use crate::policy::levers::{LeverError, LeverId, LeverValue, Outcome, Policy, PolicySection};

/// The value that a setting gives to a lever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SettingValue {
    /// A number.
    Number(f64),
    /// No limit, or never.
    Unlimited,
    /// `true` or `false`.
    Flag(bool),
    /// A list of words.
    Words(&'static [&'static str]),
    /// A mix of weights.
    Weights(&'static [(&'static str, f64)]),
    /// The list as it is, without one word.
    Less(&'static str),
}

/// A lever and the value that it is set to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeverSetting {
    /// The lever.
    pub lever: LeverId,
    /// Its new value.
    pub value: SettingValue,
}

impl LeverSetting {
    /// A setting of a lever that is known at compile time: in a constant, an unknown key is a compile error.
    pub const fn new(section: PolicySection, key: &str, value: SettingValue) -> LeverSetting {
        LeverSetting { lever: LeverId::new(section, key), value }
    }

    /// The value that the lever has after this setting.
    pub fn value_in(&self, policy: &Policy) -> LeverValue {
        match self.value {
            SettingValue::Number(number) => LeverValue::Number(number),
            SettingValue::Unlimited => LeverValue::Unlimited,
            SettingValue::Flag(flag) => LeverValue::Flag(flag),
            SettingValue::Words(words) => LeverValue::Words(words.to_vec()),
            SettingValue::Weights(weights) => LeverValue::Weights(weights.to_vec()),
            SettingValue::Less(word) => match policy.get(self.lever) {
                LeverValue::Words(mut words) => {
                    words.retain(|other| *other != word);
                    LeverValue::Words(words)
                }
                value => value,
            },
        }
    }

    /// Sets the lever in a policy.
    ///
    /// # Errors
    /// If the lever cannot have this value.
    pub fn apply(&self, policy: &mut Policy) -> Result<(), LeverError> {
        let value = self.value_in(policy);
        policy.set(self.lever, &value)
    }
}

/// A safeguard that a policy can leave out.
#[derive(Clone, Copy, Debug)]
pub struct Mitigation {
    /// Its name in `without`.
    pub name: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// What happens without it.
    pub without: &'static str,
    /// The settings that take it out of a policy.
    pub settings: &'static [LeverSetting],
}

use SettingValue::{Flag, Less, Number, Unlimited, Weights, Words};

/// All mitigations, in the order of the claims.
pub const MITIGATIONS: &[Mitigation] = &[
    Mitigation {
        name: "evidence",
        meaning: "Mandates go to the candidate with the best measured service in the theme.",
        without: "They go by prestige and stated plans.",
        settings: &[LeverSetting::new(Hubs, "score", Weights(&[("prestige", 1.0)]))],
    },
    Mitigation {
        name: "pilots",
        meaning: "A few test cases come first, and later waves use their results.",
        without: "The first wave is as large as the others and comes at once, and nothing is learnt from those before.",
        settings: &[LeverSetting::new(Hubs, "pilots", Number(0.0))],
    },
    Mitigation {
        name: "waves",
        meaning: "Hubs start at different times, a few at a time.",
        without: "All themes get their hub at once, in year 1.",
        settings: &[
            LeverSetting::new(Hubs, "pilots", Number(0.0)),
            LeverSetting::new(Hubs, "wave_size", Unlimited),
            LeverSetting::new(Hubs, "first_year", Number(1.0)),
        ],
    },
    Mitigation {
        name: "relocation",
        meaning: "A review may move a mandate to another region.",
        without: "No review has that outcome.",
        settings: &[LeverSetting::new(Hubs, "outcomes", Less(Outcome::Move.word()))],
    },
    Mitigation {
        name: "review",
        meaning: "Mandates are reviewed again and again, against the other hubs.",
        without: "A mandate runs until its holder gives it up or it is stopped for misconduct.",
        settings: &[
            LeverSetting::new(Hubs, "review_years", Unlimited),
            LeverSetting::new(Hubs, "term_limit", Unlimited),
        ],
    },
    Mitigation {
        name: "outcomes",
        meaning: "A review may split, re-scope, move, reallocate or end a mandate.",
        without: "It may only let it continue, or end it.",
        settings: &[LeverSetting::new(Hubs, "outcomes", Words(&[Outcome::End.word()]))],
    },
    Mitigation {
        name: "spread",
        meaning: "Mandates are spread over regions in proportion to need.",
        without: "Candidates rank without regard to their region.",
        settings: &[LeverSetting::new(Hubs, "spread", Number(0.0))],
    },
    Mitigation {
        name: "accountability",
        meaning: "Peers see each other's lobbying and misconduct.",
        without: "They do not.",
        settings: &[LeverSetting::new(Governance, "accountability", Number(0.0))],
    },
    Mitigation {
        name: "oversight",
        meaning: "The centre sees money and output.",
        without: "It does not.",
        settings: &[LeverSetting::new(Governance, "oversight", Number(0.0))],
    },
    Mitigation {
        name: "scanning",
        meaning: "Every few years there is a scan for themes that are needed and that no organisation serves.",
        without: "There is no scan.",
        settings: &[LeverSetting::new(Governance, "scanning_years", Unlimited)],
    },
    Mitigation {
        name: "consortia",
        meaning: "The holder of a mandate brings partners along.",
        without: "None are required.",
        settings: &[LeverSetting::new(Hubs, "min_partners", Number(0.0))],
    },
    Mitigation {
        name: "coordination",
        meaning: "A coordinating body keeps hubs in touch.",
        without: "Each hub maintains links with every other hub.",
        settings: &[LeverSetting::new(Hubs, "coordination", Flag(false))],
    },
];

/// The mitigation of this name.
pub fn mitigation(name: &str) -> Option<&'static Mitigation> {
    MITIGATIONS.iter().find(|mitigation| mitigation.name == name)
}

#[cfg(test)]
mod tests;
