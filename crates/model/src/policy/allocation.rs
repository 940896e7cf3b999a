//! Allocation of money and mandates: applications go in, awards come out.
//!
//! Both go through the same four steps, always in this order: `screen` (which applicants are eligible), `score`
//! (how they rank), `reserve` (what is set aside first), `award` (how much each of them gets). `decide` runs them.

mod application;
mod award;
mod decide;
mod order;
mod reserve;
mod score;
mod screen;

pub use application::{Applicant, ApplicationRound, Appointment, Award, Cuts, Profile};
pub use screen::may_hold;
