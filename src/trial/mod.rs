//! One trial, and many in parallel, in order.

use serde::{Deserialize, Serialize};

use crate::observe::History;

/// What came out of one trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// The policy's name.
    pub policy: String,
    /// Which replicate.
    pub replicate: u32,
    /// blake3 of every bit of the history, 32 bytes in hexadecimal.
    pub digest: String,
    /// The numbers that this world drew, in the order of the scenario's uncertain keys.
    pub world: Vec<f64>,
    /// All rows.
    pub history: History,
}
