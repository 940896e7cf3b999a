//! Worlds to measure on: the default scenario under its policy of hubs, at any resolution.

use hubsim_lab::experiment::world::draw;
use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::inputs::Inputs;
use hubsim_model::mechanisms::{capacity, problems, production};
use hubsim_model::policy::Policy;
use hubsim_model::simulation::Simulation;

/// Years that a world lives before it is measured, so that requests, hubs and projects are there.
const LIVED: u32 = 6;

/// The luck of all that is measured.
pub fn stream() -> hubsim_model::random::Stream {
    hubsim_model::random::Stream::new(1, 0)
}

/// What a trial of the default scenario starts from, with about so many volunteer agents in year 0.
pub fn start(agents: u32) -> (Inputs, Policy) {
    let scenario = |set: Vec<String>| {
        let changes = Changes { set, policies: Some(vec!["thematic-hubs".to_owned()]), ..Changes::default() };
        Scenario::find("wikimedia-2023", &changes).expect("built in")
    };
    let people: f64 = central(&scenario(Vec::new())).0.region.iter().map(|region| region.volunteers).sum();
    central(&scenario(vec![format!("people_per_agent={}", people / f64::from(agents))]))
}

/// Inputs and policy of the first world.
fn central(scenario: &Scenario) -> (Inputs, Policy) {
    let arms = scenario.arms();
    scenario.inputs(&arms[0], &draw(scenario, 0)).expect("an arm of the scenario")
}

/// A trial some years on, at the end of a year.
pub fn lived(agents: u32) -> Simulation {
    let (inputs, policy) = start(agents);
    let mut sim = Simulation::new(&inputs, &policy, stream());
    for _ in 0..LIVED {
        sim.step_year();
    }
    sim
}

/// The same in the middle of a quarter: work is split and production done, the volunteers' steps come next.
pub fn before_support(agents: u32) -> Simulation {
    let mut sim = lived(agents);
    problems::run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    capacity::run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    production::run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    sim
}
