//! The runner: simulates the trials of any design, measures them, and stores them in any sink.

use super::contrast::ArmId;
use super::design::{Adaptive, Design};
use super::designs::comparison::ComparisonDesign;
use super::findings::{Findings, Outcome};
use super::sink::{Sink, StudyError};
use super::trial::{Trial, TrialId, measure};
use super::world::draw;
use crate::scenario::Scenario;
use crate::scenario::arm::{Arm, ArmError};
use hubsim_model::initial::{self, InitialConditions};
use hubsim_model::inputs::Inputs;
use hubsim_model::measures::{Dimension, PartMeasure};
use hubsim_model::policy::Policy;
use hubsim_model::random::Stream;
use hubsim_model::simulation::Simulation;

/// Runs every selected arm of a scenario in every replicate.
///
/// # Errors
/// As [`run`].
pub fn run_study(scenario: &Scenario, sink: &dyn Sink) -> Result<Findings, StudyError> {
    run(scenario, &ComparisonDesign::new(scenario), sink)
}

/// Runs a design, on rayon's threads where the feature `parallel` is on. The findings depend neither on the number of
/// threads nor on what was stored before.
///
/// # Errors
/// If the sink asks to stop or cannot store a trial, or an arm does not fit the scenario.
pub fn run(scenario: &Scenario, design: &dyn Design, sink: &dyn Sink) -> Result<Findings, StudyError> {
    let mut outcomes = batch(scenario, design.arms(), &design.trials(), sink)?;
    outcomes.sort_by_key(|outcome| (outcome.arm, outcome.replicate));
    let findings = Findings {
        policies: design.arms().iter().map(|arm| arm.label.clone()).collect(),
        other_worlds: other_worlds(design.arms()),
        contrasts: design.contrasts(),
        chosen: vec![],
        uncertain: scenario.uncertain.iter().map(|uncertain| uncertain.key.clone()).collect(),
        parts: scenario.part_measures(),
        replicates_per_world: scenario.trials_per_world(),
        years: scenario.years,
        outcomes,
    };
    Ok(findings.choosing(scenario))
}

/// The arms that are in another world than the scenario's.
fn other_worlds(arms: &[Arm]) -> Vec<ArmId> {
    (0..).map(ArmId).zip(arms).filter(|(_, arm)| arm.another_world).map(|(id, _)| id).collect()
}

/// Runs an adaptive design, batch by batch, until it gives no further trials.
///
/// # Errors
/// As [`run`].
pub fn run_adaptive(scenario: &Scenario, design: &mut dyn Adaptive, sink: &dyn Sink) -> Result<(), StudyError> {
    loop {
        let plans = design.next_trials();
        if plans.is_empty() {
            return Ok(());
        }
        let outcomes = batch(scenario, design.arms(), &plans, sink)?;
        design.record(outcomes);
    }
}

/// Simulates some trials that are not stored yet; the outcomes of all, in their order. Trials of one replicate stand
/// together and are simulated together, so that they can share the state at year 0.
fn batch(scenario: &Scenario, arms: &[Arm], plans: &[TrialId], sink: &dyn Sink) -> Result<Vec<Outcome>, StudyError> {
    let order: Vec<usize> = {
        let mut order: Vec<usize> = (0..plans.len()).collect();
        order.sort_by_key(|&at| plans[at].replicate);
        order
    };
    let sorted: Vec<TrialId> = order.iter().map(|&at| plans[at]).collect();
    let parts = &scenario.part_measures();
    let replicates: Vec<&[TrialId]> = sorted.chunk_by(|one, other| one.replicate == other.replicate).collect();
    let outcomes = map_each(&replicates, |plans| replicate((scenario, parts), arms, plans, sink))?;
    let mut outcomes: Vec<(usize, Outcome)> = order.into_iter().zip(outcomes.into_iter().flatten()).collect();
    outcomes.sort_by_key(|(at, _)| *at);
    Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

/// The trials of one replicate; their outcomes, in their order.
fn replicate(
    (scenario, parts): (&Scenario, &[PartMeasure]),
    arms: &[Arm],
    plans: &[TrialId],
    sink: &dyn Sink,
) -> Result<Vec<Outcome>, StudyError> {
    let mut outcomes: Vec<(TrialId, Outcome)> = Vec::with_capacity(plans.len());
    let mut missing = Vec::new();
    for &plan in plans {
        match sink.load(plan.arm, plan.replicate) {
            Some(outcome) => outcomes.push((plan, outcome)),
            None => missing.push(plan),
        }
    }
    if let Some(first) = missing.first() {
        if sink.stop() {
            return Err(StudyError::Stopped);
        }
        let world = draw(scenario, first.replicate);
        let start = ReplicateStart { scenario, parts, replicate: first.replicate, world };
        let groups = start.groups(arms, &missing)?;
        let groups: Vec<&TrialGroup> = groups.iter().collect();
        let simulated = map_each(&groups, |group| start.simulate(group, arms, sink))?;
        outcomes.extend(simulated.into_iter().flatten());
    }
    let at = |plan: TrialId| plans.iter().position(|other| *other == plan);
    outcomes.sort_by_key(|(plan, _)| at(*plan));
    Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

/// The data that all trials of a replicate share.
struct ReplicateStart<'a> {
    scenario: &'a Scenario,
    parts: &'a [PartMeasure],
    replicate: u32,
    world: Vec<f64>,
}

/// Trials with the same state at year 0: equal inputs, and policies with equal initial conditions.
struct TrialGroup {
    inputs: Inputs,
    conditions: InitialConditions,
    trials: Vec<(TrialId, Policy)>,
}

impl ReplicateStart<'_> {
    /// The trials grouped by their state at year 0.
    fn groups(&self, arms: &[Arm], plans: &[TrialId]) -> Result<Vec<TrialGroup>, ArmError> {
        let mut groups: Vec<TrialGroup> = Vec::new();
        for &plan in plans {
            let (inputs, policy) = self.scenario.inputs(&arms[plan.arm.0], &self.world)?;
            let conditions = InitialConditions::new(&policy);
            match groups.iter_mut().find(|group| group.conditions == conditions && group.inputs == inputs) {
                Some(group) => group.trials.push((plan, policy)),
                None => groups.push(TrialGroup { inputs, conditions, trials: vec![(plan, policy)] }),
            }
        }
        Ok(groups)
    }

    /// The trials of a group. The state at year 0 is made once and cloned for each; it is dropped after the last one.
    fn simulate(
        &self,
        group: &TrialGroup,
        arms: &[Arm],
        sink: &dyn Sink,
    ) -> Result<Vec<(TrialId, Outcome)>, StudyError> {
        let stream = Stream::new(self.scenario.seed, self.replicate);
        let state = initial::state(&group.inputs, group.conditions, stream);
        let trials: Vec<&(TrialId, Policy)> = group.trials.iter().collect();
        map_each(&trials, |(plan, policy)| {
            if sink.stop() {
                return Err(StudyError::Stopped);
            }
            let history = Simulation::from_state(state.clone(), &group.inputs, policy, stream).run(self.scenario.years);
            let label = &arms[plan.arm.0].label;
            let at = (self.replicate, self.scenario.place(self.replicate));
            let trial = Trial::new(label, at, self.world.clone(), history);
            let mut outcome = measure(*plan, &trial);
            outcome.make_room(self.parts);
            outcome.set_parts(&trial.history, self.parts, &Dimension::ALL);
            sink.store(&trial, &outcome).map_err(StudyError::Sink)?;
            Ok((*plan, outcome))
        })
    }
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

#[cfg(test)]
mod tests;
