//! Failures of commands, and their exit statuses.

use std::io;

use crate::store::StoreError;
use hubsim_lab::experiment::StudyError;
use hubsim_lab::scenario::{DiagnosticKind, DiagnosticReport};

/// A failure of a command.
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
    /// It was interrupted; what was finished is kept.
    Interrupted(String),
    /// The reader of standard output has closed it: nothing is reported.
    BrokenPipe,
}

impl Failure {
    pub(super) fn status(&self) -> u8 {
        match self {
            Failure::BrokenPipe => 0,
            Failure::Check(_) => 1,
            Failure::Input(_) => 2,
            Failure::Scenario(problems) => match problems.kind() {
                DiagnosticKind::Warning | DiagnosticKind::BadInput => 2,
                DiagnosticKind::Unreadable => 3,
            },
            Failure::Io(_) => 3,
            Failure::Interrupted(_) => 130,
        }
    }

    /// The failure behind an error of an experiment; `stopped` is the message if it was interrupted.
    pub(super) fn unfinished(error: &StudyError, stopped: &str) -> Failure {
        match error {
            StudyError::Stopped => Failure::Interrupted(stopped.to_owned()),
            StudyError::Sink(error) => Failure::Io(error.to_string()),
            StudyError::Arm(error) => Failure::Input(error.to_string()),
        }
    }

    /// The failure behind an error of writing to standard output or a file.
    pub(super) fn writing(target: &str, error: &io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::BrokenPipe;
        }
        Failure::Io(format!("cannot write to {target}: {error}"))
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
