//! Estimates from trials: means and differences of arms with their intervals, and tests of claims.
//!
//! Everything in this module is a pure function of the outcomes, summed in their order, so that results depend neither on
//! the number of threads nor on interruptions.

pub mod contrasts;
pub mod estimate;
pub mod inherited;
pub mod interval;
pub mod levers;
pub mod summary;
pub mod comparison;
pub mod student;
pub mod worlds;
pub mod claims;

pub use crate::experiment::findings::{Findings, Outcome, digest_of};
pub use comparison::Comparison;
pub use estimate::Estimate;
pub use interval::Bounds;
pub use summary::Summary;
pub use worlds::{OverWorlds, ShareOfWorlds, Split, Worlds};
