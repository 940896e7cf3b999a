//! A whole trial of the default scenario, digest included.

use criterion::{Criterion, Throughput, criterion_group};
use hubsim_lab::experiment;
use hubsim_model::record::History;
use hubsim_model::simulation;
use hubsim_model::units::QUARTERS_PER_YEAR;

use crate::worlds;

const YEARS: u32 = 20;
/// As many as the scenario has by itself.
const AGENTS: u32 = 20_626;

/// Volunteer-quarters of a trial.
fn lived(history: &History, people_per_agent: f64) -> f64 {
    let people: f64 = history.regions.iter().filter(|row| row.year > 0).map(|row| row.volunteers).sum();
    people / people_per_agent * f64::from(QUARTERS_PER_YEAR)
}

fn whole_trial(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("trial");
    let (inputs, policy) = worlds::start(AGENTS);
    let once = simulation::simulate(&inputs, &policy, worlds::stream(), YEARS);
    group.sample_size(20).throughput(Throughput::Elements(lived(&once, inputs.people_per_agent) as u64));
    group.bench_function("wikimedia-2023", |bencher| {
        bencher.iter(|| experiment::digest(&simulation::simulate(&inputs, &policy, worlds::stream(), YEARS)));
    });
    group.finish();
}

criterion_group!(group, whole_trial);
