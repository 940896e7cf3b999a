//! Policies: what may be decided, as data, and the pure functions that allocate money and mandates.
//!
//! [`levers`] declares everything that a policy can set, [`preconditions`] says where a lever can have an effect, and
//! [`mitigations`] lists the safeguards that a policy may leave out. [`allocation`] turns applications into awards; it
//! reads nothing but its arguments.

pub mod allocation;
pub mod levers;
pub mod mitigations;
pub mod preconditions;

pub use allocation::{Applicant, ApplicationRound, Appointment, Award, Cuts, Profile, may_hold};
pub use levers::Policy;
