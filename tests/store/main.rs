//! The run folder, tested through its public interface: storing, interrupting, reading, errors.

mod fixture;
mod continuing;
mod errors;
mod reading;
mod parts;
