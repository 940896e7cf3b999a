//! The weights of a ranking.

use serde::{Deserialize, Serialize};

/// Declares the criteria of a score mix once: a struct of weights, the list of their words, and access by word.
macro_rules! criteria {
    (
        $(#[$meta:meta])+
        pub struct $name:ident;
        $($(#[$doc:meta])+ $word:ident,)+
    ) => {
        $(#[$meta])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$doc])+ pub $word: f64,)+
        }

        impl $name {
            /// Words of the criteria, in the order of the fields.
            pub const WORDS: &'static [&'static str] = &[$(stringify!($word)),+];

            /// No criterion has a weight: all applicants rank equally.
            pub const NONE: Self = $name { $($word: 0.0),+ };

            /// The weights with their words, in the order of the fields.
            pub fn weights(&self) -> impl Iterator<Item = (&'static str, f64)> {
                Self::WORDS.iter().copied().zip([$(self.$word),+])
            }

            /// The weight of a criterion; `None` if there is no such criterion.
            pub fn weight_mut(&mut self, word: &str) -> Option<&mut f64> {
                match word {
                    $(stringify!($word) => Some(&mut self.$word),)+
                    _ => None,
                }
            }
        }
    };
}

criteria! {
    /// Weights of the criteria by which applicants rank. With all weights 0, all applicants rank equally.
    pub struct ScoreMix;
    /// Earlier awards, remembered with `history_memory`, as a share of those of all applicants.
    history,
    /// Merit as the decider sees it: quality mixed with prestige and noise.
    track_record,
    /// Service that the applicant is known to have given in the past year, relative to the best applicant.
    evidence,
    /// Unmet need of the applicant's region, relative to the neediest region.
    need,
    /// 1 for applicants that never had a grant or a mandate, else 0.
    newness,
    /// Prestige and stated plans: a candidate's account of itself.
    prestige,
    /// Share of the votes cast for the applicant.
    votes,
}

impl ScoreMix {
    /// Sum of the weights.
    pub fn total(&self) -> f64 {
        self.weights().map(|(_, weight)| weight).sum()
    }
}
