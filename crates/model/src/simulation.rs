//! One trial: year 0, then year after year, observed at the end of each.

use crate::initial;
use crate::inputs::Setup;
use crate::observer;
use crate::policy::Policy;
use crate::random::Stream;
use crate::record::History;
use crate::schedule;
use crate::state::World;

/// Simulates one world under one policy: year 0, then `years` years, observed at the end of each.
pub fn simulate(setup: &Setup, policy: &Policy, stream: Stream, years: u32) -> History {
    simulate_years(&mut initial::world(setup, policy, stream), policy, years)
}

/// The same from a state that exists, which is afterwards that of the last year.
pub fn simulate_years(world: &mut World, policy: &Policy, years: u32) -> History {
    let mut history = History::default();
    observer::record(world, &mut history);
    for _ in 0..years {
        schedule::run(world, policy);
        observer::record(world, &mut history);
    }
    history
}
