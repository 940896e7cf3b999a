//! **hubsim** simulates a volunteer movement, many times, under different policies for giving out money and
//! responsibility, and reads off who ends up with the power, who is left without support, and how much work is done
//! twice.
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
//! # The way through
//!
//! Data flows one way. Each floor knows only those above it, and a test keeps it so:
//!
//! ```text
//! ids → quantity → chance → policy → model → observe → metric → scenario → design → trial → analysis → study → store → report → cli
//! ```
//!
//! Two short files tell the story: [`study`] (expand → run → measure → compare) and [`model::year`] (the schedule, one
//! call a line). Each mechanism is one file of [`model::mechanism`]: what it claims, its equation and source, its
//! parameters with unit and range, how it is switched off; [`model::mechanism`] says which does what. A policy is data:
//! [`policy::levers`] lists what it may turn, [`policy::mitigations`] what it may go without. What happened in a trial is
//! in its [`model::ledger`], which [`trial`] plays again; what was, year by year, is in the rows of [`observe`], and
//! [`metric`] reads nothing else.
//!
//! # What is promised
//!
//! The same scenario, seed and version give the same digest, whatever the threads, the order, the build profile or the
//! processor; [`chance`] says how. A user can never cause a panic: whatever is wrong with a scenario comes back as
//! [`scenario::DiagnosticReport`], all at once.

pub mod store;
pub mod report;
pub mod cli;

pub use hubsim_lab as lab;
pub use hubsim_lab::Scenario;
pub use hubsim_model as model;
