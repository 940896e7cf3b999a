//! One trial: the initial state, then year after year, with the rows of each year.
//!
//! [`simulate`] runs a whole trial; a [`Simulation`] can be stopped and read at the end of each year. The front page of the
//! crate has an example with inputs built in code.
//!
//! ```
//! use hubsim_model::{Inputs, Policy, Simulation, Stream};
//!
//! fn staff_after(inputs: &Inputs, years: u32) -> f64 {
//!     let mut simulation = Simulation::new(inputs, &Policy::default(), Stream::new(1, 0));
//!     for _ in 0..years {
//!         simulation.step_year();
//!     }
//!     simulation.state.organisations.iter().map(|organisation| organisation.staff.0).sum()
//! }
//! ```

use crate::clock::Clock;
use crate::initial::{self, InitialConditions};
use crate::inputs::Inputs;
use crate::mechanisms::Conditions;
use crate::observer;
use crate::policy::Policy;
use crate::random::Stream;
use crate::record::{History, Record};
use crate::schedule;
use crate::state::State;

/// A trial at the end of a year: its conditions, its state, and the record of the year.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// Parameters, policy, shocks, random stream and time.
    pub conditions: Conditions,
    /// The state.
    pub state: State,
    /// Sums of the year, and events.
    pub record: Record,
}

impl Simulation {
    /// The initial state of a world under a policy, at the end of year 0.
    pub fn new(inputs: &Inputs, policy: &Policy, random: Stream) -> Simulation {
        Simulation::from_state(initial::state(inputs, InitialConditions::new(policy), random), inputs, policy, random)
    }

    /// A trial that begins with a given state at the end of year 0, which [`initial::state`] must have made from these
    /// inputs, this stream and the initial conditions of this policy. It saves making the same state for each policy.
    pub fn from_state(state: State, inputs: &Inputs, policy: &Policy, random: Stream) -> Simulation {
        Simulation {
            state,
            record: Record::new(inputs.region.len(), inputs.funder.len()),
            conditions: Conditions {
                parameters: inputs.parameters.clone(),
                policy: policy.clone(),
                shocks: inputs.shock.clone(),
                random,
                now: Clock::at_start(),
            },
        }
    }

    /// Simulates one year.
    pub fn step_year(&mut self) {
        schedule::run(&mut self.conditions, &mut self.state, &mut self.record);
    }

    /// Simulates years. The history begins with the rows of the present year, followed by those of each simulated year.
    pub fn run(&mut self, years: u32) -> History {
        let mut history = History::default();
        self.observe(&mut history);
        for _ in 0..years {
            self.step_year();
            self.observe(&mut history);
        }
        history
    }

    /// Appends the rows of the present year to a history.
    pub fn observe(&self, history: &mut History) {
        observer::observe(&self.conditions, &self.state, &self.record, history);
    }
}

/// Simulates one trial: the initial state, then `years` years of one world under one policy.
pub fn simulate(inputs: &Inputs, policy: &Policy, random: Stream, years: u32) -> History {
    Simulation::new(inputs, policy, random).run(years)
}
