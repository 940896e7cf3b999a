//! The dynamics: no files, no clock, no TOML, no measures.
//!
//! [`setup`] is what a trial starts from, [`genesis`] makes the [`world`] of it, [`year`] is the schedule, and each
//! mechanism has one file in [`mechanism`].

#[cfg(test)]
mod fixture;
pub mod genesis;
pub mod ledger;
pub mod mechanism;
pub mod parameters;
pub mod setup;
pub mod world;
pub mod year;

pub use setup::Setup;
pub use world::World;
