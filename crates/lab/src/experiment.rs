//! Experiments: arms, the worlds in which they are simulated, and the contrasts between them.
//!
//! A [`Design`] gives arms, trials and contrasts; [`run`] simulates the trials of any design into any [`Sink`] and returns
//! [`Findings`]. Replicate *r* is the same world with the same random numbers in every arm, so that their difference is
//! due to the arms (common random numbers). A world holds one replicate or more: see [`world`]. A design that chooses its next trials by earlier outcomes is [`Adaptive`].

pub mod contrast;
pub mod design;
pub mod designs;
mod digest;
pub mod findings;
pub mod part_measures;
mod replay;
pub mod runner;
pub mod sink;
pub mod trial;
pub mod world;

pub use crate::scenario::arm::{Arm, ArmError, Setting, Subject};
pub use contrast::{ArmId, Contrast, Pairing};
pub use design::{Adaptive, Design};
pub use designs::ladder::{LadderFindings, Study, run_with_ladders};
pub use digest::{digest, trial_digest};
pub use findings::{Findings, Outcome};
pub use replay::{Filter, Replay, replay};
pub use runner::{run, run_adaptive, run_study};
pub use sink::{NullSink, Sink, SinkError, StudyError};
pub use trial::{Trial, TrialId, simulate};
