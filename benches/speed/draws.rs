//! Draws alone, each addressed to another entity.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group};
use hubsim_model::ids::Key;
use hubsim_model::random::Decision;

use crate::worlds;

const DRAWS: u64 = 10_000;

fn draws(criterion: &mut Criterion) {
    let stream = worlds::stream().decision(Decision::Leaving, 1);
    let of = |entity| stream.entity(Key(entity));
    let mut group = criterion.benchmark_group("draws");
    group.throughput(Throughput::Elements(DRAWS));
    let mut measure = |name: &str, draw: &dyn Fn() -> f64| {
        group.bench_function(name, |bencher| bencher.iter(|| black_box(draw())));
    };
    measure("uniform", &|| (0..DRAWS).map(|i| of(i).uniform(0)).sum());
    measure("normal", &|| (0..DRAWS).map(|i| of(i).normal(0)).sum());
    measure("poisson of mean 3", &|| (0..DRAWS).map(|i| f64::from(of(i).poisson(0, black_box(3.0)))).sum());
    measure("poisson of mean 47", &|| (0..DRAWS).map(|i| f64::from(of(i).poisson(0, black_box(47.0)))).sum());
}

criterion_group!(group, draws);
