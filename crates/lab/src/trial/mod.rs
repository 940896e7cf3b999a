//! One trial, and many in parallel, in order.

mod digest;
mod replay;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::design::{Design, Plan};
use hubsim_model::mechanisms::Parameters;
use hubsim_model::random::Stream;
use hubsim_model::record::History;
use hubsim_model::simulation::simulate;

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

/// One planned trial.
pub fn run(design: &Design, plan: Plan) -> Trial {
    run_with(design, plan, |_| ())
}

/// The same with other behaviour: the world and the luck stay what they are.
pub fn run_with(design: &Design, plan: Plan, change: impl Fn(&mut Parameters)) -> Trial {
    let (world, mut setup, policy) = design.world(plan);
    change(&mut setup.parameters);
    let history = simulate(&setup, &policy, Stream::new(design.seed, plan.replicate), design.years);
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
