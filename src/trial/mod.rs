//! One trial, and many in parallel, in order.

mod digest;
mod replay;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::chance::Luck;
use crate::design::{Design, Plan};
use crate::model::parameters::Parameters;
use crate::model::{Setup, World, genesis, year};
use crate::observe::{self, History};
use crate::policy::Policy;

pub use digest::digest;
pub use replay::{Filter, Replay, replay};

/// What came out of one trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// The policy's name.
    pub policy: String,
    /// Which replicate.
    pub replicate: u32,
    /// blake3 of every bit of the history, in hexadecimal.
    pub digest: String,
    /// The numbers that this world drew, in the order of the scenario's uncertain keys.
    pub world: Vec<f64>,
    /// All rows.
    pub history: History,
}

/// Simulates one world under one policy: year 0, then `years` years, observed at the end of each.
pub fn simulate(setup: &Setup, policy: &Policy, luck: Luck, years: u32) -> History {
    simulate_from(genesis::world(setup, policy, luck), policy, years)
}

/// The same from a world that exists.
pub fn simulate_from(mut world: World, policy: &Policy, years: u32) -> History {
    live(&mut world, policy, years)
}

/// Lets years pass and writes down each of them.
fn live(world: &mut World, policy: &Policy, years: u32) -> History {
    let mut history = History::default();
    observe::record(world, &mut history);
    for _ in 0..years {
        year::run(world, policy);
        observe::record(world, &mut history);
    }
    history
}

/// One planned trial.
pub fn run(design: &Design, plan: Plan) -> Trial {
    run_with(design, plan, |_| ())
}

/// The same with other behaviour: the world and the luck stay what they are.
pub fn run_with(design: &Design, plan: Plan, change: impl Fn(&mut Parameters)) -> Trial {
    let (world, mut setup, policy) = design.world(plan);
    change(&mut setup.parameters);
    let history = simulate(&setup, &policy, Luck::new(design.seed, plan.replicate), design.years);
    Trial { policy: policy.name, replicate: plan.replicate, digest: digest(&history), world, history }
}

/// Many planned trials on rayon's threads: `each` is called once a plan, on any thread; the results are in the
/// order of the plans. The first error, in that order, is given; trials that have not begun by then are not begun.
pub fn run_all<P, T, E>(plans: &[P], each: impl Fn(P) -> Result<T, E> + Sync) -> Result<Vec<T>, E>
where
    P: Copy + Sync,
    T: Send,
    E: Send,
{
    plans.par_iter().with_max_len(1).map(|&plan| each(plan)).collect()
}
