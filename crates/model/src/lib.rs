//! A simulator of a volunteer movement under a policy: its state, its mechanisms and its measures.
//!
//! [`Inputs`] are the facts and parameters of one world, a [`Policy`] is what may be decided, and a [`Stream`] gives all
//! random numbers. From the three follows a [`History`]: yearly rows of the movement, its regions, themes,
//! organisations, mandates and money flows. A [`Measure`] turns a history into one number a year. The crate reads no
//! files, starts no threads and asks no clock.
//!
//! A movement of one region, one theme and two organisations, simulated for two years:
//!
//! ```
//! use hubsim_model::{Inputs, Policy, Stream, measure, simulate};
//! use hubsim_model::inputs::{Funder, Organisation, Region, Theme};
//! use hubsim_model::policy::levers::OrganisationKind;
//!
//! let region = Region {
//!     name: "North".to_owned(),
//!     population: 100.0, // million people
//!     online: 60.0,      // million people
//!     price_level: 1.0,
//!     fundraising: 1.0,
//!     volunteers: 2000.0,
//!     saturation: 0.7,
//!     grants: 200_000.0, // USD a year
//!     foundation_known: 0.3,
//!     ..Region::default()
//! };
//! let theme = Theme { name: "education".to_owned(), need: 1.0, reusability: 0.6, priority: 1.0, ..Theme::default() };
//! let foundation = Organisation {
//!     name: "Foundation".to_owned(),
//!     kind: OrganisationKind::Foundation,
//!     region: "North".to_owned(),
//!     staff: 10.0, // FTE
//!     ..Organisation::default()
//! };
//! let chapter = Organisation {
//!     name: "Chapter".to_owned(),
//!     region: "North".to_owned(),
//!     staff: 3.0, // FTE
//!     ..Organisation::default()
//! };
//! let fund = Funder { name: "Fund".to_owned(), pot: 300_000.0, ..Funder::default() };
//! let inputs = Inputs {
//!     people_per_agent: 10.0,
//!     region: vec![region],
//!     theme: vec![theme],
//!     organisation: vec![foundation, chapter],
//!     funder: vec![fund],
//!     ..Inputs::default()
//! };
//!
//! let history = simulate(&inputs, &Policy::default(), Stream::new(1, 0), 2);
//! let need_met = measure("need_met").expect("a measure").of(&history);
//! assert_eq!(need_met.len(), 3, "the initial state and two years");
//! assert!(need_met[2] > 0.0 && need_met[2] < 1.0);
//! ```
//!
//! # Modules
//!
//! In this order; a module uses only modules above it.
//!
//! - [`ids`]: keys and indices of entities.
//! - [`table`]: vectors and grids that are indexed by them.
//! - [`units`]: money, capacity and work.
//! - [`clock`]: the simulated time.
//! - [`catalogue`]: declarations of the keys of a scenario: type, range, unit, meaning, source.
//! - [`random`]: random streams; a draw depends on its address only.
//! - [`policy`]: the levers, and the pure functions that allocate money and mandates.
//! - [`shock`]: shocks with a date.
//! - [`state`]: the entities of a trial, one file each.
//! - [`record`]: what happened: sums of the year, events, yearly rows.
//! - [`mechanisms`]: what changes the state: claim, equations, source, parameters, code.
//! - [`inputs`]: the facts of one world, and the parameters of all mechanisms.
//! - [`observer`]: state and record → rows of a year.
//! - [`schedule`]: the order of the mechanisms in a year, one call a line.
//! - [`initial`]: inputs → the state at the end of year 0.
//! - [`simulation`]: one trial.
//! - [`measures`]: history → numbers.

pub mod ids;
pub mod table;
pub mod units;
pub mod clock;
pub mod catalogue;
pub mod random;
pub mod policy;
pub mod shock;
pub mod state;
pub mod record;
pub mod mechanisms;
pub mod inputs;
pub mod observer;
pub mod schedule;
pub mod initial;
pub mod simulation;
pub mod measures;
#[cfg(test)]
mod fixture;

pub use inputs::Inputs;
pub use measures::{MEASURES, Measure, measure};
pub use policy::Policy;
pub use random::Stream;
pub use record::History;
pub use simulation::{Simulation, simulate};
