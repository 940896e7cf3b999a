//! Ladders: the steps that lead from one policy to another, so that a bundle of levers is read step by step.
//!
//! `[[ladder]]` names the two ends, the policies that it passes on the way, and the steps. Each rung is an arm: a policy with
//! some levers as at its start and some as at the end of their leg. A rung with the levers of an arm that runs anyway is that arm.

mod climb;
mod rungs;

use crate::scenario::arm::Subject;
use crate::scenario::catalogue::{LADDER, quoted};

pub(super) use climb::{Climb, Event, Lever};
pub(super) use rungs::{Rungs, Taken, differing, same_world};

/// What is run of the ladders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LadderScope {
    Nothing,
    Steps,
    /// Beside the steps, each alone and each left out.
    Full,
}

impl LadderScope {
    pub fn named(word: &str) -> LadderScope {
        match word {
            "none" => LadderScope::Nothing,
            "full" => LadderScope::Full,
            _ => LadderScope::Steps,
        }
    }
}

/// A ladder that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// The label of the arm where it begins.
    pub from: String,
    /// The labels of the arms that it passes, in order.
    pub through: Vec<String>,
    /// The label of the arm where it ends.
    pub to: String,
    /// Trials of each of its arms, if the run has as many.
    pub replicates: u32,
    /// Its steps, in order.
    pub steps: Vec<LadderStep>,
    /// What is compared with what: first the steps, in order; then, if they run, each alone and each left out.
    pub contrasts: Vec<LadderContrast>,
}

/// A step of a ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderStep {
    /// Its name, unique in the ladder.
    pub name: String,
    /// The levers that it changes, `part.key`.
    pub levers: Vec<String>,
    /// The names of steps before it without which it has no effect.
    pub needs: Vec<String>,
}

/// Two arms of a ladder that are compared: the difference is `arm − against`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderContrast {
    /// The step, and whether it is one of the way, alone or left out.
    pub subject: Subject,
    /// The label of the arm with the step.
    pub arm: String,
    /// The label of the arm without it.
    pub against: String,
}

impl Ladder {
    /// Whether its steps are simulated alone and left out, too.
    pub fn is_full(&self) -> bool {
        self.contrasts.iter().any(|of| !matches!(of.subject, Subject::Step(_)))
    }

    /// The labels of its arms, each once: the rungs from the first to the last, then the others.
    pub fn arms(&self) -> Vec<&str> {
        let mut arms = vec![self.from.as_str()];
        for label in self.contrasts.iter().flat_map(|of| [&of.against, &of.arm]) {
            if !arms.contains(&label.as_str()) {
                arms.push(label);
            }
        }
        arms
    }

    /// The declaration as a scenario file writes it.
    pub(super) fn to_toml(&self) -> String {
        let list = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
        let mut text = format!("\n[[{}]]\nfrom = {}\n", LADDER.name, quoted(&self.from));
        if !self.through.is_empty() {
            text.push_str(&format!("through = [{}]\n", list(&self.through)));
        }
        text.push_str(&format!("to = {}\nreplicates = {}\nsteps = [\n", quoted(&self.to), self.replicates));
        for LadderStep { name, levers, needs } in &self.steps {
            let needs = if needs.is_empty() { String::new() } else { format!(", needs = [{}]", list(needs)) };
            text.push_str(&format!("    {{ name = {}, levers = [{}]{needs} }},\n", quoted(name), list(levers)));
        }
        text.push_str("]\n");
        text
    }
}
