//! The volunteers' steps of a quarter, and a whole year. Each iteration starts from a copy of the same world.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group};
use hubsim_model::mechanisms::{support, volunteers};
use hubsim_model::simulation::Simulation;
use hubsim_model::units::QUARTERS_PER_YEAR;

use crate::worlds;

fn volunteers_steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("volunteers' steps");
    for agents in [1_000, 10_000, 100_000] {
        let sim = worlds::before_support(agents);
        group.throughput(Throughput::Elements(sim.state.volunteers.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(agents), &sim, |bencher, sim| {
            let steps = |sim: &mut Simulation| {
                support::run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
                volunteers::run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            };
            bencher.iter_batched_ref(|| sim.clone(), steps, BatchSize::PerIteration);
        });
    }
    group.finish();
}

fn whole_year(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("year");
    let sim = worlds::lived(10_000);
    group.throughput(Throughput::Elements(sim.state.volunteers.len() as u64 * u64::from(QUARTERS_PER_YEAR)));
    group.bench_function("10000", |bencher| {
        bencher.iter_batched_ref(|| sim.clone(), |sim| sim.step_year(), BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(group, volunteers_steps, whole_year);
