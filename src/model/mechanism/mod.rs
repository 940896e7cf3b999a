//! The mechanisms, one file each: what it claims, equation, source, parameters with units, off setting, tests.
//!
#![doc = include_str!("README.md")]

pub mod affiliates;
pub mod autonomy;
pub mod capacity;
pub mod conduct;
pub mod deciding;
pub mod dependencies;
pub mod duties;
pub mod environment;
pub mod gate;
pub mod learning;
pub mod mandates;
pub mod money;
pub mod partnerships;
pub mod power;
pub mod problems;
pub mod production;
pub mod regranting;
pub mod scanning;
pub mod staffing;
pub mod support;
pub mod themes;
pub mod uptake;
pub mod volunteers;
