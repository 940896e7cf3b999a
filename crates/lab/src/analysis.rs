//! Estimates: what the trials say, with intervals, and how arms differ.
//!
//! Everything here is a pure function of the outcomes, summed in their order, so that neither the number of
//! threads nor a pause in between changes a digit.

pub mod contrasts;
pub mod estimate;
pub mod inherited;
pub mod levers;
pub mod summary;
pub mod comparison;
pub mod student;
pub mod claims;

pub use crate::experiment::findings::{Findings, Outcome, digest_of};
pub use comparison::Comparison;
pub use estimate::Estimate;
pub use summary::Summary;
