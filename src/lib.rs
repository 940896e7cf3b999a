//! **hubsim** simulates a volunteer movement many times under different policies for the allocation of money and
//! responsibility, and measures the concentration of power, the need that is not met, and the duplication of work.
//!
//! ```
//! use hubsim::lab::{Changes, NullSink, Scenario, run_study};
//! use hubsim::model::measures::position;
//!
//! let changes = Changes { replicates: Some(4), years: Some(2), ..Changes::default() };
//! let scenario = Scenario::find("small", &changes).expect("a valid scenario");
//! let findings = run_study(&scenario, &NullSink).expect("nothing stops it");
//! let need_met = position("need_met").expect("a measure");
//! for outcome in &findings.outcomes {
//!     let met = outcome.measure(findings.years, need_met);
//!     println!("{} {}: {met:.2}", findings.label(outcome.arm), outcome.replicate);
//! }
//! ```
//!
//! # Structure
//!
//! The workspace has three crates. Data flows in one direction, between crates and between their modules; a test checks the
//! order.
//!
//! | crate | tasks |
//! |---|---|
//! | [`model`] | simulates one trial and measures it: no files, no threads, no clock |
//! | [`lab`] | reads scenarios, runs designs, analyses their trials |
//! | `hubsim` (this crate) | stores runs ([`store`]), presents them ([`report`]), and is the command line ([`cli`]) |
//!
//! The path of a study, with the module of each step:
//!
//! 1. [`lab::scenario`] reads a scenario file, checks it, and fills in all defaults.
//! 2. [`lab::experiment::design`] expands a scenario into arms, trials and contrasts; [`lab::experiment::runner`] simulates
//!    the trials of any design.
//! 3. [`model::initial`] makes the state at year 0, and [`model::schedule`] lists the steps of each quarter and year, one call
//!    a line.
//! 4. [`model::mechanisms`] holds the mechanisms, one file each: claim, equation and source, parameters with unit and range,
//!    and the values that switch it off.
//! 5. [`model::record`] holds the rows of each year and the events of a trial; [`model::measures`] computes every measure from
//!    rows alone.
//! 6. [`lab::analysis`] estimates means and differences with intervals and tests the claims of the scenario.
//!
//! A policy is data: [`model::policy::levers`] lists what it can set, [`model::policy::mitigations`] the parts of it that can
//! be left out.
//!
//! # Guarantees
//!
//! - The same scenario, seed and version give the same digest, whatever the number of threads, the order of trials, the build
//!   profile or the processor: [`model::random`] addresses each random number by decision and subject.
//! - No input causes a panic. All problems of a scenario are returned together, as a
//!   [`DiagnosticReport`](lab::DiagnosticReport).

pub mod store;
pub mod report;
pub mod cli;

pub use hubsim_lab as lab;
pub use hubsim_lab::Scenario;
pub use hubsim_model as model;
