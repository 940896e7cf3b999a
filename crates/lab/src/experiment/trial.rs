//! One trial: an arm in one world.

use serde::{Deserialize, Serialize};

use super::contrast::ArmId;
use super::digest::trial_digest;
use super::findings::Outcome;
use super::world::{WorldPlace, draw};
use crate::scenario::Scenario;
use crate::scenario::arm::{Arm, ArmError};
use hubsim_model::measures;
use hubsim_model::random::Stream;
use hubsim_model::record::History;
use hubsim_model::simulation;

/// One trial of a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TrialId {
    /// The arm.
    pub arm: ArmId,
    /// Which replicate; it names the world and the random numbers.
    pub replicate: u32,
}

/// The result of one trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// The arm's label.
    pub policy: String,
    /// Which replicate.
    pub replicate: u32,
    /// blake3 of every bit of the history and of the place among the worlds, in hexadecimal.
    pub digest: String,
    /// The numbers that this world drew, in the order of the scenario's uncertain keys.
    pub world: Vec<f64>,
    /// All rows.
    pub history: History,
}

/// Simulates an arm in one replicate.
///
/// # Errors
/// If the arm does not fit the scenario.
pub fn simulate(scenario: &Scenario, arm: &Arm, replicate: u32) -> Result<Trial, ArmError> {
    let world = draw(scenario, replicate);
    let (inputs, policy) = scenario.inputs(arm, &world)?;
    let history = simulation::simulate(&inputs, &policy, Stream::new(scenario.seed, replicate), scenario.years);
    Ok(Trial::new(&arm.label, (replicate, scenario.place(replicate)), world, history))
}

impl Trial {
    /// The trial with this history.
    pub(super) fn new(label: &str, at: (u32, WorldPlace), world: Vec<f64>, history: History) -> Trial {
        let (replicate, place) = at;
        Trial { policy: label.to_owned(), replicate, digest: trial_digest(&history, place), world, history }
    }
}

/// The measures of a trial.
pub fn measure(plan: TrialId, trial: &Trial) -> Outcome {
    Outcome {
        arm: plan.arm,
        replicate: plan.replicate,
        digest: trial.digest.clone(),
        world: trial.world.clone(),
        measures: measures::measure_all(&trial.history),
    }
}
