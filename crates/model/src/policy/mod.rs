//! Policies: pure. A docket goes in, awards come out; a policy never sees the world.
//!
//! Money and mandates go through the same four slots, always in this order: [`screen`] (who may apply),
//! [`score`] (how they rank), [`reserve`] (what is set aside first), [`award`] (who gets how much).

pub mod award;
pub mod docket;
pub mod levers;
pub mod mitigations;
pub mod needs;
pub mod reserve;
pub mod score;
pub mod screen;

pub use docket::{Applicant, Award, Docket, Seat};
pub use levers::Policy;
