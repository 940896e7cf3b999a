//! Contrasts: pairs of arms that are compared.

use serde::{Deserialize, Serialize};

use crate::scenario::arm::{Arm, Subject};

/// Identifies an arm of a design: its position among [`Design::arms`](super::design::Design::arms).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArmId(pub usize);

/// Which trials of two arms are compared with each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pairing {
    /// Each replicate of one arm with the same replicate of the other: the same world, the same random numbers.
    #[default]
    Replicate,
}

/// A pair of arms that is compared. Analysis and reports read contrasts from this value, never from a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contrast {
    /// The arm of interest.
    pub arm: ArmId,
    /// The reference arm: differences are `arm − against`.
    pub against: ArmId,
    /// Which trials are paired.
    pub pairing: Pairing,
    /// The difference between the two arms.
    pub subject: Subject,
}

impl Contrast {
    /// Two arms, compared replicate by replicate.
    pub fn new(arm: ArmId, against: ArmId, subject: Subject) -> Contrast {
        Contrast { arm, against, pairing: Pairing::Replicate, subject }
    }

    /// The arm from which the other one was derived: for mitigations the arm that has them, else the reference arm.
    pub fn base(&self) -> ArmId {
        if matches!(self.subject, Subject::Mitigations(_)) { self.arm } else { self.against }
    }

    /// The arm that was derived from the other one.
    pub fn derived(&self) -> ArmId {
        if matches!(self.subject, Subject::Mitigations(_)) { self.against } else { self.arm }
    }
}

/// The contrasts of every derived arm with the arm from which it was derived, where both exist. The effect of a mitigation is
/// *with − without*; every other effect is *changed − unchanged*.
pub fn derived(arms: &[Arm]) -> Vec<Contrast> {
    let contrast = |(at, arm): (usize, &Arm)| {
        let derivation = arm.derivation.as_ref()?;
        let from = ArmId(arms.iter().position(|other| other.label == derivation.from)?);
        let subject = derivation.subject.clone();
        Some(match subject {
            Subject::Mitigations(_) => Contrast::new(from, ArmId(at), subject),
            _ => Contrast::new(ArmId(at), from, subject),
        })
    };
    arms.iter().enumerate().filter_map(contrast).collect()
}

/// Every arm against every one before it: first all against the first, then all others against the second, and so on.
pub fn pairs(arms: usize) -> Vec<Contrast> {
    let later = |first: usize| (first + 1..arms).map(move |other| (first, other));
    let contrast = |(first, other)| Contrast::new(ArmId(other), ArmId(first), Subject::Policy);
    (0..arms).flat_map(later).map(contrast).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_model::policy::mitigations::mitigation;

    /// Only the derivation of an arm makes a contrast, not a label that reads like an ablation.
    #[test]
    fn labels_make_no_contrast() {
        let base = Arm::new("a");
        let pilots = base.without(&[mitigation("pilots").expect("there")]);
        assert_eq!(pilots.label, "a without pilots");
        let look_alike = [Arm::new("a"), Arm::new("a without pilots"), Arm::new("a with a head start")];
        assert_eq!(derived(&look_alike), []);
        let ahead = pilots.with_head_start(crate::scenario::arm::Value::Plain(0.5.into()));
        let arms = [ahead, pilots, base];
        let expected = [
            Contrast::new(ArmId(0), ArmId(1), Subject::HeadStart),
            Contrast::new(ArmId(2), ArmId(1), Subject::Mitigations(vec!["pilots".to_owned()])),
        ];
        assert_eq!(derived(&arms), expected);
        assert_eq!((expected[1].base(), expected[1].derived()), (ArmId(2), ArmId(1)));
        assert_eq!((expected[0].base(), expected[0].derived()), (ArmId(1), ArmId(0)));
        assert_eq!(derived(&arms[..2]).len(), 1, "an arm whose base is not there is compared with nothing");
    }

    #[test]
    fn every_pair_comes_once_those_against_the_first_arm_first() {
        let found: Vec<(usize, usize)> = pairs(3).iter().map(|of| (of.against.0, of.arm.0)).collect();
        assert_eq!(found, [(0, 1), (0, 2), (1, 2)]);
    }
}
