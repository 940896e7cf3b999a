//! The scenario floor from outside: files to scenarios, and back.

mod arm_tables;
mod arms;
mod bad_input;
mod bad_whole;
mod changes;
mod claims;
mod claims_inherited;
mod claims_tables;
mod claims_within;
mod codes;
mod contrasts;
mod extends;
mod head_start;
mod ladder;
mod robustness;
mod tiny;
mod values;
mod warnings;
