//! Estimates: what the trials say, with intervals, and how policies differ.
//!
//! Everything here is a pure function of the outcomes, summed in their order, so that neither the number of
//! threads nor a pause in between changes a digit.

pub mod estimate;
pub mod inherited;
pub mod levers;
pub mod mechanisms;
pub mod mitigations;
pub mod summary;
pub mod comparison;
pub mod student;
pub mod claims;

use serde::{Deserialize, Serialize};

use hubsim_model::measures::{Direction, MEASURES};

pub use comparison::Comparison;
pub use estimate::Estimate;
pub use summary::Summary;

/// The measures of one trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Position of the policy among the study's policies.
    pub arm: usize,
    /// Which replicate.
    pub replicate: u32,
    /// The trial's digest.
    pub digest: String,
    /// What this world drew, in the order of the scenario's uncertain keys.
    pub world: Vec<f64>,
    /// `[year][measure]`, in the order of [`MEASURES`]; NaN where there is none.
    pub measures: Vec<Vec<f64>>,
}

impl Outcome {
    /// A measure in a year; NaN where there is none.
    pub fn measure(&self, year: u32, measure: usize) -> f64 {
        let row = self.measures.get(year as usize);
        row.and_then(|row| row.get(measure)).copied().unwrap_or(f64::NAN)
    }
}

/// What a study found.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// The policies, in order; the first is what others are compared with.
    pub policies: Vec<String>,
    /// Names of the uncertain keys, in the order of [`Outcome::world`].
    pub uncertain: Vec<String>,
    /// Last year.
    pub years: u32,
    /// All trials, in order of policy, then replicate.
    pub outcomes: Vec<Outcome>,
}

impl Findings {
    /// The trials of one policy, in order of replicate.
    pub fn arm(&self, arm: usize) -> &[Outcome] {
        let start = self.outcomes.partition_point(|outcome| outcome.arm < arm);
        let end = self.outcomes.partition_point(|outcome| outcome.arm <= arm);
        &self.outcomes[start..end]
    }

    /// A measure in a year over the replicates of a policy, in their order; without those that have none.
    pub fn values(&self, arm: usize, year: u32, measure: usize) -> Vec<f64> {
        let all = self.arm(arm).iter().map(|outcome| outcome.measure(year, measure));
        all.filter(|value| !value.is_nan()).collect()
    }

    /// A measure in a year under two policies, for each replicate that has both: pairs of the same world and
    /// the same luck.
    pub fn pairs(&self, first: usize, other: usize, year: u32, measure: usize) -> Vec<(f64, f64)> {
        let others = self.arm(other);
        let mut pairs = Vec::new();
        for outcome in self.arm(first) {
            let Ok(at) = others.binary_search_by_key(&outcome.replicate, |other| other.replicate) else {
                continue;
            };
            let pair = (outcome.measure(year, measure), others[at].measure(year, measure));
            if !pair.0.is_nan() && !pair.1.is_nan() {
                pairs.push(pair);
            }
        }
        pairs
    }

    /// Each measure in each year under each policy, in order of policy, year, measure.
    pub fn summary(&self) -> Vec<Summary> {
        summary::summarise(self, MEASURES.len())
    }

    /// Each pair of policies on each measure in the last year: first every policy against the first, then
    /// against the second, and so on; within a pair in the order of measures.
    pub fn comparisons(&self) -> Vec<Comparison> {
        let directions: Vec<Direction> = MEASURES.iter().map(|measure| measure.direction).collect();
        comparison::compare(self, &directions)
    }

    /// The digest of all trials: blake3 over the sorted (policy, replicate, digest of the trial), 64
    /// hexadecimal digits. The order of policies and trials does not matter.
    pub fn digest(&self) -> String {
        let trials = self.outcomes.iter().map(|outcome| {
            let policy = self.policies.get(outcome.arm).map_or("", String::as_str);
            (policy, outcome.replicate, outcome.digest.as_str())
        });
        digest_of(trials.collect())
    }
}

/// The digest of (policy, replicate, digest of the trial), in whatever order they come.
pub fn digest_of(mut trials: Vec<(&str, u32, &str)>) -> String {
    trials.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for (policy, replicate, digest) in trials {
        hasher.update(&(policy.len() as u64).to_le_bytes()).update(policy.as_bytes());
        hasher.update(&replicate.to_le_bytes());
        hasher.update(&(digest.len() as u64).to_le_bytes()).update(digest.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings() -> Findings {
        let outcome = |arm, replicate, value| Outcome {
            arm,
            replicate,
            digest: format!("{arm}{replicate}"),
            world: vec![],
            measures: vec![vec![value]],
        };
        Findings {
            policies: vec!["a".into(), "b".into()],
            uncertain: vec![],
            years: 0,
            outcomes: vec![
                outcome(0, 0, 1.0),
                outcome(0, 1, 2.0),
                outcome(0, 3, 3.0),
                outcome(1, 0, 10.0),
                outcome(1, 1, f64::NAN),
                outcome(1, 2, 20.0),
                outcome(1, 3, 30.0),
            ],
        }
    }

    #[test]
    fn pairs_share_their_replicate_and_have_both_values() {
        assert_eq!(findings().pairs(0, 1, 0, 0), [(1.0, 10.0), (3.0, 30.0)]);
        assert_eq!(findings().pairs(1, 0, 0, 0), [(10.0, 1.0), (30.0, 3.0)]);
    }

    #[test]
    fn values_leave_out_what_is_not_there() {
        assert_eq!(findings().values(1, 0, 0), [10.0, 20.0, 30.0]);
        assert!(findings().values(1, 1, 0).is_empty(), "no such year");
        assert!(findings().values(2, 0, 0).is_empty(), "no such policy");
    }

    #[test]
    fn the_digest_knows_every_trial_but_not_their_order() {
        let base = findings();
        let mut turned = base.clone();
        turned.policies.reverse();
        turned.outcomes.iter_mut().for_each(|outcome| outcome.arm = 1 - outcome.arm);
        turned.outcomes.reverse();
        assert_eq!(base.digest(), turned.digest());

        let mut renamed = base.clone();
        renamed.policies[1] = "c".into();
        let mut changed = base.clone();
        changed.outcomes[4].digest.push('0');
        let mut shorter = base.clone();
        shorter.outcomes.pop();
        for other in [renamed, changed, shorter] {
            assert_ne!(base.digest(), other.digest());
        }
    }

    #[test]
    fn parts_of_the_digest_do_not_run_together() {
        assert_ne!(digest_of(vec![("ab", 0, "c")]), digest_of(vec![("a", 0, "bc")]));
    }
}
