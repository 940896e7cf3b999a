//! The volunteers' steps of a quarter, and a whole year. Each iteration starts from a copy of the same world.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group};
use hubsim_model::mechanisms::{support, volunteers};
use hubsim_model::schedule;
use hubsim_model::units::QUARTERS_PER_YEAR;

use crate::worlds;

fn volunteers_steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("volunteers' steps");
    for agents in [1_000, 10_000, 100_000] {
        let (world, policy) = worlds::before_support(agents);
        group.throughput(Throughput::Elements(world.volunteers.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(agents), &world, |bencher, world| {
            let steps = |world: &mut _| {
                support::run(world, &policy);
                volunteers::run(world);
            };
            bencher.iter_batched_ref(|| world.clone(), steps, BatchSize::PerIteration);
        });
    }
    group.finish();
}

fn whole_year(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("year");
    let (world, policy) = worlds::lived(10_000);
    group.throughput(Throughput::Elements(world.volunteers.len() as u64 * u64::from(QUARTERS_PER_YEAR)));
    group.bench_function("10000", |bencher| {
        bencher.iter_batched_ref(|| world.clone(), |world| schedule::run(world, &policy), BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(group, volunteers_steps, whole_year);
