//! The dynamics: no files, no clock, no TOML, no measures.

pub mod mechanism;
pub mod parameters;
pub mod setup;
