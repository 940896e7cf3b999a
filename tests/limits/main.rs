//! Exact limits: with suitable parameters, the simulator follows laws that are known in closed form.
//!
//! Each file tests one family of laws. The whole simulator (or, where sufficient, a public function of one mechanism) runs
//! many times with all other mechanisms off, and its results are compared with the formula.
//!
//! *Protocol.* Seeds are fixed, so a test that passes continues to pass until the code changes. A mean is rejected at
//! |z| ≥ 4.5 (7e-6 for each test), a distribution at p < 1e-5 of a χ² test whose cells expect at least 10. Each test states
//! its number of replicates; ((4.5 + 1.645)/b)² replicates detect a bias of b standard deviations with 95 % power. Each
//! test also has a *mutant*, a law that is nearly right, which the same data must reject.

mod bare;
mod duplication;
mod fates;
mod growth;
mod inherited;
mod links;
mod lottery;
mod merit;
mod oracle;
mod polya;
mod redrawn;
mod review;
mod shocks;
mod sizes;
mod statistic;
mod volunteers;
