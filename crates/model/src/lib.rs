//! The movement and its measures.
pub mod ids;
pub mod table;
pub mod units;
pub mod clock;
pub mod catalogue;
pub mod random;
pub mod policy;
pub mod shock;
pub mod state;
pub mod record;
pub mod mechanisms;
pub mod inputs;
pub mod observer;
pub mod schedule;
pub mod initial;
pub mod simulation;
pub mod measures;
#[cfg(test)]
mod fixture;
