//! What each mitigation bought: how far measures move in the last year with it, against the same policy without it.
//!
//! Arms are known by their names, as [`crate::scenario`]'s ablations make them: *thematic-hubs without pilots* goes with
//! *thematic-hubs*. Differences are paired by replicate (the same world, the same luck): with − without.

use super::comparison::compare_one;
use super::mechanisms::differs;
use super::{Comparison, Findings};
use hubsim_model::measures::{MEASURES, position};
use hubsim_model::policy::mitigations::mitigation;

/// Between a policy's name and what it goes without.
const WITHOUT: &str = " without ";

/// What a mitigation may cost, where there is such a measure: work that is no service, and what the rest achieves.
pub const COSTS: [&str; 6] =
    ["coordination_share", "applying_share", "deciding_share", "oversight_share", "service_forgone", "solved_per_fte"];

/// A policy and its arms that go without something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Position of the policy with all it has.
    pub policy: usize,
    /// What it goes without, as its arm is called, and the position of that arm.
    pub without: Vec<(String, usize)>,
}

/// The policies that are there with and without something, in their order.
pub fn blocks(policies: &[String]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (arm, name) in policies.iter().enumerate() {
        let Some((policy, what)) = parts(name) else { continue };
        let Some(policy) = policies.iter().position(|other| other == policy) else { continue };
        let entry = (what.to_owned(), arm);
        match blocks.iter_mut().find(|block| block.policy == policy) {
            Some(block) => block.without.push(entry),
            None => blocks.push(Block { policy, without: vec![entry] }),
        }
    }
    blocks.sort_by_key(|block| block.policy);
    blocks
}

/// Arms that go without something, and the policy that each would be compared with but that is not there.
pub fn widowed(policies: &[String]) -> Vec<(&str, &str)> {
    let widowed = |name: &'_ String| parts(name).is_some_and(|(policy, _)| policies.iter().all(|of| of != policy));
    policies.iter().filter(|name| widowed(name)).filter_map(|name| Some((name.as_str(), parts(name)?.0))).collect()
}

/// The policy and what it goes without, if a name says so and all of it are mitigations.
fn parts(name: &str) -> Option<(&str, &str)> {
    let (policy, what) = name.rsplit_once(WITHOUT)?;
    what.split(" and ").all(|word| mitigation(word).is_some()).then_some((policy, what))
}

/// Positions of the headline measures.
pub fn headlines() -> Vec<usize> {
    (0..MEASURES.len()).filter(|&measure| MEASURES[measure].headline).collect()
}

/// Positions of the measures of [`COSTS`] that there are.
pub fn costs() -> Vec<usize> {
    COSTS.iter().filter_map(|key| position(key)).filter(|&measure| !MEASURES[measure].headline).collect()
}

/// What one mitigation, or a few together, did to one measure in the last year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bought {
    /// Position of the arm without it.
    pub arm: usize,
    /// Without it, with it, and the paired difference, with − without.
    pub comparison: Comparison,
    /// Whether the 95 % interval leaves out 0.
    pub clear: bool,
    /// Whether the difference is other than 0 at 95 % for all differences of the block together (Bonferroni): of many
    /// intervals of 95 % some leave out 0 by chance alone.
    pub sure: bool,
}

/// What each mitigation of a block did to each of some measures, mitigation by mitigation. Measures that no pair of
/// trials has are left out; `tests` is how many differences are looked at together.
pub fn bought(findings: &Findings, block: &Block, measures: &[usize], tests: usize) -> Vec<Vec<Bought>> {
    let one = |arm: usize, measure: usize| {
        let direction = MEASURES[measure].direction;
        let comparison = compare_one(findings, (arm, block.policy), findings.years, measure, direction);
        let of = comparison.difference;
        Bought { arm, comparison, clear: of.low > 0.0 || of.high < 0.0, sure: differs(&of, tests) }
    };
    let measures = present(findings, block, measures);
    block.without.iter().map(|&(_, arm)| measures.iter().map(|&measure| one(arm, measure)).collect()).collect()
}

/// Those of some measures that at least one pair of trials of a block has.
pub fn present(findings: &Findings, block: &Block, measures: &[usize]) -> Vec<usize> {
    let year = findings.years;
    let some = |&&measure: &&usize| {
        block.without.iter().any(|of| !findings.pairs(of.1, block.policy, year, measure).is_empty())
    };
    measures.iter().filter(some).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Outcome;

    fn named(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn arms_go_with_the_policy_that_they_are_made_of() {
        let policies = named(&[
            "b without pilots",
            "a",
            "a without oversight and accountability",
            "b",
            "a without tea",
            "regional-hubs-without-envelopes",
            "c without review",
            "a without pilots",
            "a without pilots without review",
        ]);
        let found = blocks(&policies);
        let block = |policy, of: &[(&str, usize)]| Block {
            policy,
            without: of.iter().map(|&(what, arm)| (what.to_owned(), arm)).collect(),
        };
        let expected = [
            block(1, &[("oversight and accountability", 2), ("pilots", 7)]),
            block(3, &[("pilots", 0)]),
            block(7, &[("review", 8)]),
        ];
        assert_eq!(found, expected);
        let alone = widowed(&policies);
        assert_eq!(alone, [("c without review", "c")]);
    }

    /// With everything, measures are `by` higher than without: so much was bought.
    fn findings(by: f64) -> Findings {
        let value = |arm: usize, replicate: u32| {
            let stream = f64::from(replicate * 37 % 11) / 11.0;
            stream + if arm == 0 { by + 0.001 * f64::from(replicate % 3) } else { 0.0 }
        };
        let outcome = |arm, replicate| Outcome {
            arm,
            replicate,
            digest: String::new(),
            world: vec![],
            measures: vec![vec![value(arm, replicate); MEASURES.len()]],
        };
        Findings {
            policies: named(&["a", "a without pilots"]),
            uncertain: vec![],
            years: 0,
            outcomes: (0..2).flat_map(|arm| (0..21).map(move |replicate| outcome(arm, replicate))).collect(),
        }
    }

    #[test]
    fn what_is_bought_is_with_less_without() {
        for (by, clear) in [(0.5, true), (-0.5, true), (-0.001, false)] {
            let findings = findings(by);
            let blocks = blocks(&findings.policies);
            let found = bought(&findings, &blocks[0], &headlines(), 10);
            assert_eq!((found.len(), found[0].len()), (1, headlines().len()));
            for of in &found[0] {
                assert!((of.comparison.difference.mean - by - 0.001).abs() < 1e-12, "{of:?}");
                assert_eq!((of.clear, of.sure), (clear, clear), "{of:?}");
            }
        }
    }

    /// What a run of an older version does not have is left out, not shown as nothing.
    #[test]
    fn measures_that_nobody_has_are_left_out() {
        let mut findings = findings(0.5);
        let first = headlines()[0];
        findings.outcomes.iter_mut().for_each(|of| of.measures[0][first] = f64::NAN);
        let blocks = blocks(&findings.policies);
        assert_eq!(present(&findings, &blocks[0], &headlines()), headlines()[1..]);
        assert_eq!(bought(&findings, &blocks[0], &headlines(), 10)[0].len(), headlines().len() - 1);
    }
}
