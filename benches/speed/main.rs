//! How fast it is: `cargo bench`, or one group of it by `cargo bench -- volunteers`.
//!
//! Rates are in draws, or in volunteer-quarters: one agent living through one quarter.

mod draws;
mod steps;
mod trials;
mod worlds;

criterion::criterion_main!(draws::group, steps::group, trials::group);
