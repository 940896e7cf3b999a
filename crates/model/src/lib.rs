//! The movement and its measures.
pub mod ids;
pub mod table;
pub mod units;
pub mod catalogue;
pub mod random;
pub mod policy;
pub mod parameters;
pub mod inputs;
pub mod record;
pub mod state;
pub mod mechanisms;
pub mod observer;
pub mod schedule;
pub mod initial;
pub mod simulation;
pub mod measures;
#[cfg(test)]
mod fixture;
