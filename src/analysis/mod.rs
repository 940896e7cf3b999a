//! Estimates: what the trials say, with intervals, and how policies differ.

use serde::{Deserialize, Serialize};

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
    /// `[year][measure]`, in the order of [`MEASURES`](crate::metric::MEASURES); NaN where there is none.
    pub measures: Vec<Vec<f64>>,
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
