//! Effects: the differences of measures in the last year between the two arms of each contrast.
//!
//! The arms of a contrast are read from the [`Contrast`]s of the findings, never from a label. Differences are paired by
//! replicate (the same world, the same random numbers): the arm − the arm it is compared with.

use super::comparison::{Comparison, compare_one};
use crate::experiment::contrast::{ArmId, Contrast};
use crate::experiment::findings::Findings;
use crate::scenario::arm::Subject;
use hubsim_model::measures::{MEASURES, position};

/// Measures of the cost of mitigations: shares of work that is no service, and the productivity of the rest.
pub const COSTS: [&str; 6] =
    ["coordination_share", "applying_share", "deciding_share", "oversight_share", "service_forgone", "solved_per_fte"];

/// Positions of the headline measures.
pub fn headlines() -> Vec<usize> {
    (0..MEASURES.len()).filter(|&measure| MEASURES[measure].headline).collect()
}

/// Positions of the measures of [`COSTS`] that are no headline measures.
pub fn costs() -> Vec<usize> {
    COSTS.iter().filter_map(|key| position(key)).filter(|&measure| !MEASURES[measure].headline).collect()
}

/// Contrasts whose differences are tested together, such as all ablations of one policy.
#[derive(Clone, Debug, PartialEq)]
pub struct ContrastFamily {
    /// The arm that all their other arms were made from.
    pub base: ArmId,
    /// The contrasts, in the order of those arms.
    pub contrasts: Vec<Contrast>,
}

/// The contrasts of mitigations: a family for each policy that was simulated with and without some of them, in the order of
/// the policies.
pub fn ablations(findings: &Findings) -> Vec<ContrastFamily> {
    let mut families: Vec<ContrastFamily> = Vec::new();
    for contrast in findings.contrasts.iter().filter(|of| matches!(of.subject, Subject::Mitigations(_))) {
        match families.iter_mut().find(|family| family.base == contrast.base()) {
            Some(family) => family.contrasts.push(contrast.clone()),
            None => families.push(ContrastFamily { base: contrast.base(), contrasts: vec![contrast.clone()] }),
        }
    }
    families.sort_by_key(|family| family.base);
    families
}

/// The effect of a contrast on one measure in the last year.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The two arms and their paired difference.
    pub comparison: Comparison,
    /// Whether the 95 % interval excludes 0.
    pub excludes_zero: bool,
    /// Whether the difference is significant at 95 % for all differences that are tested together (Bonferroni): of many
    /// intervals of 95 % some exclude 0 at random. The loss of a measure is significant.
    pub is_significant: bool,
    /// Whether the measure is undefined in the arm but not in the other one: without requests no need is met or unmet.
    pub gone: bool,
}

/// The effects of a contrast on measures; `tests` is the number of differences that are tested together.
pub fn effects(findings: &Findings, contrast: &Contrast, measures: &[usize], tests: usize) -> Vec<Effect> {
    let year = findings.years;
    let effect = |&measure: &usize| {
        let comparison = compare_one(findings, contrast, year, (measure, MEASURES[measure].range));
        let some = |arm| !findings.values(arm, year, measure).is_empty();
        let gone = some(contrast.against) && !some(contrast.arm);
        Effect {
            excludes_zero: comparison.difference.excludes_zero(),
            is_significant: gone || comparison.difference.is_significant(tests),
            comparison,
            gone,
        }
    };
    measures.iter().map(effect).collect()
}

/// The measures that at least one pair of trials of the contrasts has.
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
