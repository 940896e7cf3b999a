//! Sinks, which store finished trials; and errors that end an experiment early.

use std::error::Error;
use std::fmt;

use super::contrast::ArmId;
use super::findings::Outcome;
use super::trial::Trial;
use crate::scenario::arm::ArmError;

/// Stores finished trials and loads those of an earlier run. The runner does not access files.
pub trait Sink: Sync {
    /// The outcome of a trial that was stored before.
    fn load(&self, arm: ArmId, replicate: u32) -> Option<Outcome>;

    /// Stores a finished trial; called from many threads, once a trial.
    ///
    /// # Errors
    /// If it cannot be stored; this stops the experiment.
    fn store(&self, trial: &Trial, outcome: &Outcome) -> Result<(), SinkError>;

    /// Whether to stop before the next trial.
    fn stop(&self) -> bool {
        false
    }
}

/// A sink that stores nothing.
pub struct NullSink;

impl Sink for NullSink {
    fn load(&self, _: ArmId, _: u32) -> Option<Outcome> {
        None
    }
    fn store(&self, _: &Trial, _: &Outcome) -> Result<(), SinkError> {
        Ok(())
    }
}

/// Why a sink could not store a trial.
#[derive(Debug)]
pub struct SinkError(Box<dyn Error + Send + Sync>);

impl SinkError {
    /// Wraps the error of whatever the sink writes to.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> SinkError {
        SinkError(error.into())
    }
}

impl fmt::Display for SinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for SinkError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

/// The reason why an experiment ended early.
#[derive(Debug)]
pub enum StudyError {
    /// The sink asked to stop; what was finished is stored.
    Stopped,
    /// The sink could not store a trial.
    Sink(SinkError),
    /// An arm of the design does not fit the scenario.
    Arm(ArmError),
}

impl fmt::Display for StudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StudyError::Stopped => f.write_str("stopped before the end"),
            StudyError::Sink(error) => error.fmt(f),
            StudyError::Arm(error) => error.fmt(f),
        }
    }
}

impl Error for StudyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            StudyError::Stopped => None,
            StudyError::Sink(error) => Some(error),
            StudyError::Arm(error) => Some(error),
        }
    }
}

impl From<ArmError> for StudyError {
    fn from(error: ArmError) -> StudyError {
        StudyError::Arm(error)
    }
}
