//! The binary as people use it: what it prints, what it writes, and the status it ends with.

mod bench;

mod claims;
mod input;
mod ladder;
mod look_alikes;
mod mitigations;
mod output;
mod replaying;
mod running;
mod verifying;
