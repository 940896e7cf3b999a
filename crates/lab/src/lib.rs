//! Experiments with the movement.
pub mod scenario;
pub mod design;
pub mod trial;
pub mod analysis;
pub mod study;

pub use scenario::Scenario;
