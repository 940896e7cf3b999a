//! The mechanisms, one file each: what it claims, equation, source, parameters with units, off setting, tests.

pub mod affiliates;
pub mod capacity;
pub mod environment;
pub mod learning;
pub mod mandates;
pub mod money;
pub mod partnerships;
pub mod problems;
pub mod production;
pub mod scanning;
pub mod staffing;
pub mod support;
pub mod themes;
pub mod uptake;
pub mod volunteers;
