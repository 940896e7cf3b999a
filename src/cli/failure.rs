//! How a command can fail, what it then says, and its exit status.

use std::io;

use super::output;
use crate::store::StoreError;
use hubsim_lab::experiment::StudyError;
use hubsim_lab::scenario::{Colour, DiagnosticKind, DiagnosticReport};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// A check did not hold.
    Check(String),
    /// The input was wrong; nothing was written.
    Input(String),
    /// A scenario has problems.
    Scenario(DiagnosticReport),
    /// An input or output error.
    Io(String),
    /// It was stopped; what was finished is kept.
    Interrupted(String),
    /// The reader of standard output has closed it: no reason to complain.
    BrokenPipe,
}

impl Failure {
    pub(super) fn status(&self) -> u8 {
        match self {
            Failure::BrokenPipe => 0,
            Failure::Check(_) => 1,
            Failure::Input(_) => 2,
            Failure::Scenario(problems) => match problems.kind() {
                DiagnosticKind::BadInput => 2,
                DiagnosticKind::Unreadable => 3,
            },
            Failure::Io(_) => 3,
            Failure::Interrupted(_) => 130,
        }
    }

    /// Of an experiment that did not come to its end; `stopped` is what to say if somebody stopped it.
    pub(super) fn unfinished(error: &StudyError, stopped: &str) -> Failure {
        match error {
            StudyError::Stopped => Failure::Interrupted(stopped.to_owned()),
            StudyError::Sink(error) => Failure::Io(error.to_string()),
            StudyError::Arm(error) => Failure::Input(error.to_string()),
        }
    }

    /// Reports it on standard error.
    pub(super) fn report(&self) {
        match self {
            Failure::BrokenPipe => {}
            Failure::Scenario(problems) => output::message(&problems.render(Colour::Ansi)),
            Failure::Interrupted(text) => output::message(text),
            Failure::Check(text) | Failure::Input(text) | Failure::Io(text) => {
                output::message(&format!("\x1b[1;31merror\x1b[0m: {text}"));
            }
        }
    }

    /// The failure behind an error of writing to standard output or a file.
    pub(super) fn writing(place: &str, error: &io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::BrokenPipe;
        }
        Failure::Io(format!("cannot write to {place}: {error}"))
    }
}

impl From<DiagnosticReport> for Failure {
    fn from(problems: DiagnosticReport) -> Self {
        Failure::Scenario(problems)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if error.exit_status() == 2 { Failure::Input(error.to_string()) } else { Failure::Io(error.to_string()) }
    }
}
