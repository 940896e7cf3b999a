//! One trial: the initial state, then year after year, recorded at the end of each.
//!
//! ```
//! use hubsim_model::inputs::Inputs;
//! use hubsim_model::policy::Policy;
//! use hubsim_model::random::Stream;
//! use hubsim_model::simulation::Simulation;
//!
//! # fn example(inputs: &Inputs) {
//! let mut simulation = Simulation::new(inputs, &Policy::default(), Stream::new(1, 0));
//! let history = simulation.run(10);
//! assert_eq!(history.movement.len(), 11);
//! # }
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

/// A trial at the end of a year: what it depends on, what is, and what happened.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// Parameters, policy, shocks, random stream and time.
    pub conditions: Conditions,
    /// What is.
    pub state: State,
    /// What happened.
    pub record: Record,
}

impl Simulation {
    /// The initial state of a world under a policy, at the end of year 0.
    pub fn new(inputs: &Inputs, policy: &Policy, random: Stream) -> Simulation {
        Simulation::from_state(initial::state(inputs, InitialConditions::new(policy), random), inputs, policy, random)
    }

    /// The same from a state at the end of year 0 that was made from these inputs and this stream, and from the initial
    /// conditions of this policy.
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

    /// Simulates some years. The rows of the present year come first, then those of each simulated year.
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
        observer::observe(self.conditions.now, &self.state, &self.record, history);
    }
}

/// Simulates one world under one policy: the initial state, then `years` years.
pub fn simulate(inputs: &Inputs, policy: &Policy, random: Stream, years: u32) -> History {
    Simulation::new(inputs, policy, random).run(years)
}
