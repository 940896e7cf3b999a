//! The mechanisms, one file each: what it claims, equation, source, parameters with units, off setting, tests.
//!
#![doc = include_str!("README.md")]

pub mod affiliates;
pub mod capacity;
pub mod environment;
pub mod learning;
pub mod mandates;
pub mod money;
pub mod problems;
pub mod production;
pub mod staffing;
pub mod support;
pub mod themes;
pub mod volunteers;
