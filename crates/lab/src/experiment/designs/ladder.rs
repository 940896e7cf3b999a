//! Ladders: beside the selected arms of a scenario, the rungs of its ladders.
//!
//! A rung with the levers of an arm that is there anyway is that arm, so that nothing is simulated twice. Replicate *r* of a
//! rung is the same world with the same random numbers as of every other arm.

use crate::experiment::contrast::{ArmId, Contrast};
use crate::experiment::design::Design;
use crate::experiment::designs::comparison::ComparisonDesign;
use crate::experiment::findings::{Findings, Outcome};
use crate::experiment::runner::run;
use crate::experiment::sink::{Sink, StudyError};
use crate::experiment::trial::TrialId;
use crate::scenario::arm::Arm;
use crate::scenario::{Ladder, Scenario};

/// The selected arms in every replicate, then the further arms of the ladders in as many as their ladders ask for.
#[derive(Clone, Debug)]
pub struct StudyDesign {
    arms: Vec<Arm>,
    /// How many replicates each arm has, if the run has as many.
    replicates: Vec<u32>,
    comparison: ComparisonDesign,
}

impl StudyDesign {
    /// The design of a scenario's run with its ladders.
    pub fn new(scenario: &Scenario) -> StudyDesign {
        let comparison = ComparisonDesign::new(scenario);
        let further = scenario.ladder_arms();
        let replicates = |arm: &Arm| {
            let of = scenario.ladders.iter().filter(|ladder| ladder.arms().contains(&arm.label.as_str()));
            of.map(|ladder| ladder.replicates).max().unwrap_or(0)
        };
        let selected = comparison.arms().iter().map(|_| scenario.replicates);
        let replicates = selected.chain(further.iter().map(replicates)).collect();
        StudyDesign { arms: [comparison.arms(), &further].concat(), replicates, comparison }
    }

    /// The number of arms of the scenario's selection, which come first.
    pub fn selected(&self) -> usize {
        self.comparison.arms().len()
    }
}

impl Design for StudyDesign {
    fn arms(&self) -> &[Arm] {
        &self.arms
    }

    fn replicates(&self) -> u32 {
        self.comparison.replicates()
    }

    fn trials(&self) -> Vec<TrialId> {
        let of = |replicate: u32| {
            let arms = self.replicates.iter().enumerate().filter(move |(_, count)| replicate < **count);
            arms.map(move |(arm, _)| TrialId { arm: ArmId(arm), replicate })
        };
        (0..self.replicates()).flat_map(of).collect()
    }

    /// Those of the selected arms; what the ladders compare is in their own findings.
    fn contrasts(&self) -> Vec<Contrast> {
        self.comparison.contrasts()
    }
}

/// A study with its ladders.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// The findings on the selected arms.
    pub findings: Findings,
    /// The findings on the further arms of the ladders, without contrasts.
    pub further: Findings,
    /// The findings on each ladder.
    pub ladders: Vec<LadderFindings>,
}

/// A ladder and the findings on its arms.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderFindings {
    /// The ladder.
    pub ladder: Ladder,
    /// The findings on its arms, in its replicates; the contrasts are those of the ladder, in their order.
    pub findings: Findings,
}

/// Runs every selected arm of a scenario in every replicate, and its ladders.
///
/// # Errors
/// As [`run`].
pub fn run_with_ladders(scenario: &Scenario, sink: &dyn Sink) -> Result<Study, StudyError> {
    let design = StudyDesign::new(scenario);
    let all = run(scenario, &design, sink)?;
    let labels = |arms: std::ops::Range<usize>| all.policies[arms].to_vec();
    let selected = design.selected();
    let findings = Findings { contrasts: all.contrasts.clone(), ..part(&all, &labels(0..selected), u32::MAX) };
    let further = part(&all, &labels(selected..all.policies.len()), u32::MAX);
    let ladder = |ladder: &Ladder| {
        let arms: Vec<String> = ladder.arms().into_iter().map(str::to_owned).collect();
        let findings = part(&all, &arms, ladder.replicates);
        let arm = |label: &String| Some(ArmId(arms.iter().position(|arm| arm == label)?));
        let contrasts = ladder
            .contrasts
            .iter()
            .filter_map(|of| Some(Contrast::new(arm(&of.arm)?, arm(&of.against)?, of.subject.clone())))
            .collect();
        LadderFindings { ladder: ladder.clone(), findings: Findings { contrasts, ..findings } }
    };
    let ladders = scenario.ladders.iter().map(ladder).collect();
    Ok(Study { findings: findings.choosing(scenario), further, ladders })
}

/// The findings on some arms, by label, in the first replicates; without contrasts.
fn part(all: &Findings, labels: &[String], replicates: u32) -> Findings {
    let place = |label: &String| all.policies.iter().position(|policy| policy == label).map(ArmId);
    let outcomes = labels.iter().enumerate().filter_map(|(to, label)| Some((ArmId(to), place(label)?)));
    let outcomes = outcomes.flat_map(|(to, from)| {
        let trials = all.arm(from).iter().filter(|outcome| outcome.replicate < replicates);
        trials.map(move |outcome| Outcome { arm: to, ..outcome.clone() })
    });
    let another = |label: &&String| place(label).is_some_and(|arm| all.other_worlds.contains(&arm));
    let other_worlds = labels.iter().enumerate().filter(|(_, label)| another(label)).map(|(arm, _)| ArmId(arm));
    Findings {
        policies: labels.to_vec(),
        other_worlds: other_worlds.collect(),
        contrasts: Vec::new(),
        chosen: Vec::new(),
        parts: all.parts.clone(),
        uncertain: all.uncertain.clone(),
        replicates_per_world: all.replicates_per_world,
        years: all.years,
        outcomes: outcomes.collect(),
    }
}

#[cfg(test)]
mod tests;
