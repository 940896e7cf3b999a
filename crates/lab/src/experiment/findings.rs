//! The findings of an experiment: the measures of every trial, and the contrasts.

use serde::{Deserialize, Serialize};

use super::contrast::{ArmId, Contrast};
use crate::scenario::arm::Subject;
use crate::scenario::{Scenario, ShownContrast};
use hubsim_model::measures::PartMeasure;

/// The measures of one trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The arm.
    pub arm: ArmId,
    /// Which replicate.
    pub replicate: u32,
    /// The trial's digest.
    pub digest: String,
    /// The values that this world drew, in the order of the scenario's uncertain keys.
    pub world: Vec<f64>,
    /// `[year][measure]`, in the order of [`MEASURES`](hubsim_model::measures::MEASURES), then those of [`Findings::parts`]; NaN
    /// where there is none.
    pub measures: Vec<Vec<f64>>,
}

impl Outcome {
    /// A measure in a year; NaN where there is none.
    pub fn measure(&self, year: u32, measure: usize) -> f64 {
        let row = self.measures.get(year as usize);
        row.and_then(|row| row.get(measure)).copied().unwrap_or(f64::NAN)
    }
}

/// The findings of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// The labels of the arms, in order; the first is the reference of the others.
    pub policies: Vec<String>,
    /// The arms that change facts or parameters: another world than that of the other arms.
    pub other_worlds: Vec<ArmId>,
    /// The contrasts of the design.
    pub contrasts: Vec<Contrast>,
    /// The contrasts that the scenario asks tables to show; empty for each arm against the first.
    pub chosen: Vec<Contrast>,
    /// Names of the uncertain keys, in the order of [`Outcome::world`].
    pub uncertain: Vec<String>,
    /// The measures of parts of the movement that are kept, in the order of their columns.
    pub parts: Vec<PartMeasure>,
    /// Consecutive replicates that lie in one world; 1 where nothing is uncertain.
    pub replicates_per_world: u32,
    /// Last year.
    pub years: u32,
    /// All trials, in order of arm, then replicate.
    pub outcomes: Vec<Outcome>,
}

impl Findings {
    /// The arms, in order.
    pub fn arms(&self) -> impl Iterator<Item = ArmId> + use<> {
        (0..self.policies.len()).map(ArmId)
    }

    /// The label of an arm; empty if there is no such arm.
    pub fn label(&self, arm: ArmId) -> &str {
        self.policies.get(arm.0).map_or("", String::as_str)
    }

    /// The same with the contrasts that a scenario chooses, as far as their arms are there.
    pub fn choosing(self, scenario: &Scenario) -> Findings {
        let arm = |label: &String| self.policies.iter().position(|policy| policy == label).map(ArmId);
        let both = |of: &ShownContrast| Some(Contrast::new(arm(&of.arm)?, arm(&of.against)?, Subject::Policy));
        let chosen = scenario.contrasts.iter().filter_map(both).collect();
        Findings { chosen, ..self }
    }

    /// The contrasts that tables show.
    pub fn shown_contrasts(&self) -> Vec<Contrast> {
        if self.chosen.is_empty() {
            let others = self.arms().skip(1);
            return others.map(|arm| Contrast::new(arm, ArmId(0), Subject::Policy)).collect();
        }
        self.chosen.clone()
    }

    /// The label of an arm as tables for people show it: an arm in another world says so.
    pub fn shown(&self, arm: ArmId) -> String {
        let label = self.label(arm);
        if self.other_worlds.contains(&arm) { format!("{label} (another world)") } else { label.to_owned() }
    }

    /// Whether one of two arms is in another world, so that more than a policy differs.
    pub fn worlds_differ(&self, one: ArmId, other: ArmId) -> bool {
        self.other_worlds.contains(&one) || self.other_worlds.contains(&other)
    }

    /// The trials of one arm, in order of replicate.
    pub fn arm(&self, arm: ArmId) -> &[Outcome] {
        let start = self.outcomes.partition_point(|outcome| outcome.arm < arm);
        let end = self.outcomes.partition_point(|outcome| outcome.arm <= arm);
        &self.outcomes[start..end]
    }

    /// A measure in a year over the replicates of an arm, in their order; without those that have none.
    pub fn values(&self, arm: ArmId, year: u32, measure: usize) -> Vec<f64> {
        let all = self.arm(arm).iter().map(|outcome| outcome.measure(year, measure));
        all.filter(|value| !value.is_nan()).collect()
    }

    /// The trials of two arms of the same replicates: of the same world and the same random numbers.
    pub fn paired(&self, first: ArmId, other: ArmId) -> impl Iterator<Item = (&Outcome, &Outcome)> {
        let others = self.arm(other);
        self.arm(first).iter().filter_map(|outcome| {
            let at = others.binary_search_by_key(&outcome.replicate, |other| other.replicate).ok()?;
            Some((outcome, &others[at]))
        })
    }

    /// A measure in a year under two arms, for each replicate that has both.
    pub fn pairs(&self, first: ArmId, other: ArmId, year: u32, measure: usize) -> Vec<(f64, f64)> {
        let both = self.paired(first, other).map(|(one, two)| (one.measure(year, measure), two.measure(year, measure)));
        both.filter(|pair| !pair.0.is_nan() && !pair.1.is_nan()).collect()
    }

    /// The digest of all trials: blake3 over the sorted (label, replicate, digest of the trial), 64
    /// hexadecimal digits. The order of arms and trials does not matter.
    pub fn digest(&self) -> String {
        let trials = self.outcomes.iter();
        digest_of(trials.map(|of| (self.label(of.arm), of.replicate, of.digest.as_str())).collect())
    }
}

/// The digest of (label of the arm, replicate, digest of the trial), in whatever order they come.
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
mod tests;
