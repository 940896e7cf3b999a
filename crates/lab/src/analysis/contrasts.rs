//! What contrasts show: how far measures differ in the last year between the two arms of each.
//!
//! What is compared with what is read from the [`Contrast`]s of the findings, never from a label. Differences are paired by
//! replicate (the same world, the same random numbers): the contrast's arm − what it is compared with.

use super::comparison::{Comparison, compare_one};
use crate::experiment::contrast::{ArmId, Contrast};
use crate::experiment::findings::Findings;
use crate::scenario::arm::Subject;
use hubsim_model::measures::{MEASURES, position};

/// What a mitigation may cost, where there is such a measure: work that is no service, and what the rest achieves.
pub const COSTS: [&str; 6] =
    ["coordination_share", "applying_share", "deciding_share", "oversight_share", "service_forgone", "solved_per_fte"];

/// Positions of the headline measures.
pub fn headlines() -> Vec<usize> {
    (0..MEASURES.len()).filter(|&measure| MEASURES[measure].headline).collect()
}

/// Positions of the measures of [`COSTS`] that there are.
pub fn costs() -> Vec<usize> {
    COSTS.iter().filter_map(|key| position(key)).filter(|&measure| !MEASURES[measure].headline).collect()
}

/// Contrasts whose differences are looked at together, such as all ablations of one policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// The arm that all their other arms were made from.
    pub base: ArmId,
    /// The contrasts, in the order of those arms.
    pub contrasts: Vec<Contrast>,
}

/// The contrasts of mitigations: a family for each policy that is there with them and without some, in the order of the
/// policies.
pub fn ablations(findings: &Findings) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for contrast in findings.contrasts.iter().filter(|of| matches!(of.subject, Subject::Mitigations(_))) {
        match families.iter_mut().find(|family| family.base == contrast.base()) {
            Some(family) => family.contrasts.push(contrast.clone()),
            None => families.push(Family { base: contrast.base(), contrasts: vec![contrast.clone()] }),
        }
    }
    families.sort_by_key(|family| family.base);
    families
}

/// What one contrast shows of one measure in the last year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// What it is compared with, its arm, and the paired difference.
    pub comparison: Comparison,
    /// Whether the 95 % interval leaves out 0.
    pub excludes_zero: bool,
    /// Whether the difference is other than 0 at 95 % for all differences that are looked at together (Bonferroni): of many
    /// intervals of 95 % some leave out 0 at random. So is a measure that is gone.
    pub is_significant: bool,
    /// Whether the arm has nothing to measure where the other one has: no need is met or unmet where nobody asks.
    pub gone: bool,
}

/// What a contrast shows of each of some measures; `tests` is how many differences are looked at together.
pub fn effects(findings: &Findings, contrast: &Contrast, measures: &[usize], tests: usize) -> Vec<Effect> {
    let year = findings.years;
    let effect = |&measure: &usize| {
        let comparison = compare_one(findings, contrast, year, measure, MEASURES[measure].direction);
        let some = |arm| !findings.values(arm, year, measure).is_empty();
        let gone = some(contrast.against) && !some(contrast.arm);
        Effect {
            comparison,
            excludes_zero: comparison.difference.excludes_zero(),
            is_significant: gone || comparison.difference.is_significant(tests),
            gone,
        }
    };
    measures.iter().map(effect).collect()
}

/// Those of some measures that at least one pair of trials of some contrasts has.
pub fn present(findings: &Findings, contrasts: &[Contrast], measures: &[usize]) -> Vec<usize> {
    let year = findings.years;
    let some =
        |&&measure: &&usize| contrasts.iter().any(|of| !findings.pairs(of.against, of.arm, year, measure).is_empty());
    measures.iter().filter(some).copied().collect()
}

/// Whether every trial of one arm of a contrast is bit for bit that of the other.
pub fn identical(findings: &Findings, contrast: &Contrast) -> bool {
    let (arm, against) = (findings.arm(contrast.arm), findings.arm(contrast.against));
    arm.len() == against.len() && arm.iter().zip(against).all(|(one, other)| one.digest == other.digest)
}

#[cfg(test)]
mod tests;
