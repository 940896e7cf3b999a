//! The whole study: expand → run → measure → compare.

use crate::analysis::{Findings, Outcome};
use crate::scenario::Scenario;
use crate::trial::Trial;

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

/// Conducts a study: every selected policy in every replicate.
pub fn conduct(_scenario: &Scenario, _sink: &dyn Sink) -> Result<Findings, Unfinished> {
    unimplemented!("being written")
}
