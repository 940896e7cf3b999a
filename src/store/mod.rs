//! Numbers to disk: the run folder.
pub mod fingerprint;
