//! The five verdicts on claims.

use std::str::FromStr;

/// The verdict on a claim, or on a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimVerdict {
    /// It holds.
    Supported,
    /// The opposite holds.
    Contradicted,
    /// Any difference is smaller than what matters.
    NoDifference,
    /// The trials do not decide; more replicates might.
    NotDecided,
    /// It could not be tested.
    NotTested,
}

impl ClaimVerdict {
    /// All verdicts, in the order in which reports count them.
    pub const ALL: [ClaimVerdict; 5] = [
        ClaimVerdict::Supported,
        ClaimVerdict::Contradicted,
        ClaimVerdict::NoDifference,
        ClaimVerdict::NotDecided,
        ClaimVerdict::NotTested,
    ];

    /// The verdict in words.
    pub fn words(self) -> &'static str {
        match self {
            ClaimVerdict::Supported => "supported",
            ClaimVerdict::Contradicted => "contradicted",
            ClaimVerdict::NoDifference => "no difference that matters",
            ClaimVerdict::NotDecided => "not decided",
            ClaimVerdict::NotTested => "not tested",
        }
    }

    /// The verdict in one word, as files and command lines write it.
    pub fn key(self) -> &'static str {
        match self {
            ClaimVerdict::Supported => "supported",
            ClaimVerdict::Contradicted => "contradicted",
            ClaimVerdict::NoDifference => "no-difference",
            ClaimVerdict::NotDecided => "not-decided",
            ClaimVerdict::NotTested => "not-tested",
        }
    }

    /// The verdict on a claim, from the verdicts on its decisive parts. One contradicted part contradicts the claim, even if
    /// other parts are not tested; one part without a difference that matters excludes support.
    pub fn from_parts(parts: &[ClaimVerdict]) -> ClaimVerdict {
        let any = |verdict: ClaimVerdict| parts.contains(&verdict);
        match () {
            () if parts.is_empty() => ClaimVerdict::NotTested,
            () if any(ClaimVerdict::Contradicted) => ClaimVerdict::Contradicted,
            () if parts.iter().all(|part| *part == ClaimVerdict::Supported) => ClaimVerdict::Supported,
            () if any(ClaimVerdict::NoDifference) => ClaimVerdict::NoDifference,
            () if any(ClaimVerdict::NotTested) => ClaimVerdict::NotTested,
            () => ClaimVerdict::NotDecided,
        }
    }
}

impl FromStr for ClaimVerdict {
    type Err = String;
    fn from_str(text: &str) -> Result<ClaimVerdict, String> {
        ClaimVerdict::ALL.into_iter().find(|verdict| verdict.key() == text).ok_or_else(|| {
            let keys = ClaimVerdict::ALL.map(ClaimVerdict::key).join(", ");
            format!("there is no verdict `{text}`; write one of {keys}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ClaimVerdict::{self, Contradicted, NoDifference, NotDecided, NotTested, Supported};

    #[test]
    fn one_part_may_decide_whatever_the_others_say() {
        for (parts, expected) in [
            (vec![Supported, Supported], Supported),
            (vec![Supported, Contradicted], Contradicted),
            (vec![NotTested, Contradicted], Contradicted),
            (vec![NoDifference, Contradicted], Contradicted),
            (vec![Supported, NoDifference], NoDifference),
            (vec![NotTested, NoDifference], NoDifference),
            (vec![NotDecided, NoDifference], NoDifference),
            (vec![Supported, NotDecided], NotDecided),
            (vec![Supported, NotTested], NotTested),
            (vec![NotDecided, NotTested], NotTested),
            (vec![], NotTested),
        ] {
            assert_eq!(ClaimVerdict::from_parts(&parts), expected, "{parts:?}");
            let turned: Vec<ClaimVerdict> = parts.into_iter().rev().collect();
            assert_eq!(ClaimVerdict::from_parts(&turned), expected, "{turned:?}");
        }
    }

    #[test]
    fn words_come_back() {
        for verdict in ClaimVerdict::ALL {
            assert_eq!(verdict.key().parse(), Ok(verdict));
        }
        assert!("maybe".parse::<ClaimVerdict>().unwrap_err().contains("no-difference"));
    }
}
