//! The whole study: expand → run → measure → compare.

pub mod levers;
pub mod mechanisms;

use crate::analysis::{Findings, Outcome};
use crate::design::{self, Plan};
use crate::scenario::Scenario;
use crate::trial::{self, Trial};
use hubsim_model::measures;

/// Where finished trials go, and where those of an earlier start come from. The study knows no files.
pub trait Sink: Sync {
    /// The outcome of a trial that was kept before.
    fn kept(&self, arm: usize, replicate: u32) -> Option<Outcome>;
    /// Keeps a finished trial; called from many threads, once a trial. An error stops the study.
    fn keep(&self, trial: &Trial, outcome: &Outcome) -> Result<(), String>;
    /// Whether to stop before the next trial.
    fn stop(&self) -> bool {
        false
    }
}

/// A sink that keeps nothing.
pub struct Nowhere;

impl Sink for Nowhere {
    fn kept(&self, _: usize, _: u32) -> Option<Outcome> {
        None
    }
    fn keep(&self, _: &Trial, _: &Outcome) -> Result<(), String> {
        Ok(())
    }
}

/// Why a study did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// The sink asked to stop; what was finished is kept.
    Stopped,
    /// The sink could not keep a trial.
    NotKept(String),
}

/// Conducts a study: every selected policy in every replicate, on rayon's threads. The findings do not depend on the
/// number of threads, nor on what was kept before.
///
/// # Errors
/// If the sink asks to stop, or cannot keep a trial.
pub fn conduct(scenario: &Scenario, sink: &dyn Sink) -> Result<Findings, Unfinished> {
    let design = design::expand(scenario);
    let mut outcomes = trial::run_all(&design.plans, |plan| {
        if let Some(outcome) = sink.kept(plan.arm, plan.replicate) {
            return Ok(outcome);
        }
        if sink.stop() {
            return Err(Unfinished::Stopped);
        }
        let trial = trial::run(&design, plan);
        let outcome = measure(plan, &trial);
        sink.keep(&trial, &outcome).map_err(Unfinished::NotKept)?;
        Ok(outcome)
    })?;
    outcomes.sort_by_key(|outcome| (outcome.arm, outcome.replicate));
    Ok(Findings {
        policies: scenario.policies.clone(),
        uncertain: scenario.uncertain.iter().map(|u| u.key.clone()).collect(),
        years: scenario.years,
        outcomes,
    })
}

/// The measures of a trial.
pub fn measure(plan: Plan, trial: &Trial) -> Outcome {
    Outcome {
        arm: plan.arm,
        replicate: plan.replicate,
        digest: trial.digest.clone(),
        world: trial.world.clone(),
        measures: measures::measure_all(&trial.history),
    }
}
