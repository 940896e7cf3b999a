//! Simulates a volunteer movement under a policy, year by year, and measures what comes of it.
//!
//! A [`Simulation`] is made from [`Inputs`] (the facts and parameters of one world), a [`Policy`] and a random [`Stream`].
//! Each year runs the [`schedule`], which calls the [`mechanisms`] in order: they read a
//! [`Context`](mechanisms::Context), change the [`State`], and write to the [`Record`]. The rows of all years are a
//! [`History`], and the [`measures`] read nothing else. This crate uses no files, threads or clocks.
//!
//! ```
//! use hubsim_model::inputs::{Funder, Organisation, Region, Theme};
//! use hubsim_model::{Inputs, Policy, Simulation, Stream};
//!
//! let region = Region { population: 10.0, online: 5.0, volunteers: 500.0, saturation: 0.7, ..Region::default() };
//! let region = Region { name: "North".into(), price_level: 1.0, fundraising: 1.0, grants: 50_000.0, ..region };
//! let theme = Theme { name: "education".into(), need: 1.0, reusability: 0.6, priority: 1.0, ..Theme::default() };
//! let chapter = Organisation { name: "Chapter".into(), region: "North".into(), staff: 3.0, ..Organisation::default() };
//! let funder = Funder { name: "Fund".into(), pot: 100_000.0, ..Funder::default() };
//! let inputs = Inputs {
//!     people_per_agent: 10.0,
//!     region: vec![region],
//!     theme: vec![theme],
//!     organisation: vec![chapter],
//!     funder: vec![funder],
//!     ..Inputs::default()
//! };
//! let mut simulation = Simulation::new(&inputs, &Policy::default(), Stream::new(1, 0));
//! let history = simulation.run(10);
//! assert_eq!(history.movement.len(), 11);
//! assert!(history.movement[10].built > 0);
//! ```

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
pub use mechanisms::Parameters;
pub use policy::Policy;
pub use random::Stream;
pub use record::{History, Record};
pub use simulation::{Simulation, simulate};
pub use state::State;
