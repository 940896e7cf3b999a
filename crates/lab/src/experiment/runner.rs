//! The runner: simulates the trials of any design, measures them, and stores them in any sink.

use super::design::{Adaptive, Design};
use super::designs::comparison::Comparison;
use super::findings::{Findings, Outcome};
use super::sink::{Sink, StudyError};
use super::trial::{Plan, measure, simulate};
use crate::scenario::Scenario;
use crate::scenario::arm::Arm;

/// Runs every selected arm of a scenario in every replicate.
///
/// # Errors
/// As [`run`].
pub fn run_study(scenario: &Scenario, sink: &dyn Sink) -> Result<Findings, StudyError> {
    run(scenario, &Comparison::new(scenario), sink)
}

/// Runs a design, on rayon's threads where the feature `parallel` is on. The findings depend neither on the number of
/// threads nor on what was stored before.
///
/// # Errors
/// If the sink asks to stop or cannot store a trial, or an arm does not fit the scenario.
pub fn run(scenario: &Scenario, design: &dyn Design, sink: &dyn Sink) -> Result<Findings, StudyError> {
    let mut outcomes = batch(scenario, design.arms(), &design.trials(), sink)?;
    outcomes.sort_by_key(|outcome| (outcome.arm, outcome.replicate));
    Ok(Findings {
        policies: design.arms().iter().map(|arm| arm.label.clone()).collect(),
        contrasts: design.contrasts(),
        uncertain: scenario.uncertain.iter().map(|uncertain| uncertain.key.clone()).collect(),
        years: scenario.years,
        outcomes,
    })
}

/// Runs a design that asks again, batch by batch, until it asks for nothing more.
///
/// # Errors
/// As [`run`].
pub fn run_adaptive(scenario: &Scenario, design: &mut dyn Adaptive, sink: &dyn Sink) -> Result<(), StudyError> {
    loop {
        let plans = design.ask();
        if plans.is_empty() {
            return Ok(());
        }
        let outcomes = batch(scenario, design.arms(), &plans, sink)?;
        design.tell(outcomes);
    }
}

/// Simulates some trials that are not stored yet; the outcomes of all, in their order.
fn batch(scenario: &Scenario, arms: &[Arm], plans: &[Plan], sink: &dyn Sink) -> Result<Vec<Outcome>, StudyError> {
    map_each(plans, |plan| {
        if let Some(outcome) = sink.load(plan.arm, plan.replicate) {
            return Ok(outcome);
        }
        if sink.stop() {
            return Err(StudyError::Stopped);
        }
        let trial = simulate(scenario, &arms[plan.arm.0], plan.replicate)?;
        let outcome = measure(plan, &trial);
        sink.store(&trial, &outcome).map_err(StudyError::Sink)?;
        Ok(outcome)
    })
}

/// Calls `each` once for every item, on any thread; the results are in the order of the items. The first error, in that
/// order, is given; items that have not begun by then are not begun.
///
/// # Errors
/// The first error of `each`.
#[cfg(feature = "parallel")]
pub fn map_each<P, T, E>(items: &[P], each: impl Fn(P) -> Result<T, E> + Sync) -> Result<Vec<T>, E>
where
    P: Copy + Sync,
    T: Send,
    E: Send,
{
    use rayon::prelude::*;
    // One trial a task: trials last long, and a share of several would leave threads idle at the end.
    items.par_iter().with_max_len(1).map(|&item| each(item)).collect()
}

/// Calls `each` once for every item, in order, until one fails.
///
/// # Errors
/// The first error of `each`.
#[cfg(not(feature = "parallel"))]
pub fn map_each<P: Copy, T, E>(items: &[P], each: impl Fn(P) -> Result<T, E>) -> Result<Vec<T>, E> {
    items.iter().map(|&item| each(item)).collect()
}
