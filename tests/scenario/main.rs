//! The scenario floor from outside: files to scenarios, and back.

mod arms;
mod bad_input;
mod changes;
mod claims;
mod extends;
mod head_start;
mod robustness;
mod tiny;
mod values;
