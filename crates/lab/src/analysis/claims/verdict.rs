//! The five verdicts.

use std::str::FromStr;

/// What the trials say of a claim, or of a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Supported,
    /// The opposite holds.
    Contradicted,
    /// There is no difference that matters.
    NoDifference,
    /// The trials do not say: more replicates might.
    NotDecided,
    /// Something it needs is missing.
    NotTested,
}

impl Verdict {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Verdict; 5] =
        [Verdict::Supported, Verdict::Contradicted, Verdict::NoDifference, Verdict::NotDecided, Verdict::NotTested];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::Contradicted => "contradicted",
            Verdict::NoDifference => "no difference that matters",
            Verdict::NotDecided => "not decided",
            Verdict::NotTested => "not tested",
        }
    }

    /// In one word, for files and command lines.
    pub fn key(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::Contradicted => "contradicted",
            Verdict::NoDifference => "no-difference",
            Verdict::NotDecided => "not-decided",
            Verdict::NotTested => "not-tested",
        }
    }

    /// The verdict on a claim, from the verdicts on its parts that count. One that is contradicted contradicts it,
    /// whatever else is missing; one without a difference that matters keeps it from being supported, whatever else
    /// there is.
    pub fn of_parts(parts: &[Verdict]) -> Verdict {
        let any = |verdict: Verdict| parts.contains(&verdict);
        match () {
            () if parts.is_empty() => Verdict::NotTested,
            () if any(Verdict::Contradicted) => Verdict::Contradicted,
            () if parts.iter().all(|part| *part == Verdict::Supported) => Verdict::Supported,
            () if any(Verdict::NoDifference) => Verdict::NoDifference,
            () if any(Verdict::NotTested) => Verdict::NotTested,
            () => Verdict::NotDecided,
        }
    }
}

impl FromStr for Verdict {
    type Err = String;
    fn from_str(text: &str) -> Result<Verdict, String> {
        Verdict::ALL.into_iter().find(|verdict| verdict.key() == text).ok_or_else(|| {
            let keys = Verdict::ALL.map(Verdict::key).join(", ");
            format!("there is no verdict `{text}`; write one of {keys}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{self, Contradicted, NoDifference, NotDecided, NotTested, Supported};

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
            assert_eq!(Verdict::of_parts(&parts), expected, "{parts:?}");
            let turned: Vec<Verdict> = parts.into_iter().rev().collect();
            assert_eq!(Verdict::of_parts(&turned), expected, "{turned:?}");
        }
    }

    #[test]
    fn words_come_back() {
        for verdict in Verdict::ALL {
            assert_eq!(verdict.key().parse(), Ok(verdict));
        }
        assert!("maybe".parse::<Verdict>().unwrap_err().contains("no-difference"));
    }
}
