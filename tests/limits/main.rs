//! Exact limits: brought there by its parameters, the simulator obeys laws that are known in closed form.
//!
//! One file a family: the whole simulator (or, where that is the natural piece, one mechanism's public function) is
//! run many times in a world stripped to the piece, and what comes out is held against the formula.
//!
//! *Protocol.* Seeds are fixed, so a test that passes goes on passing until the code changes. A mean is rejected at
//! |z| ≥ 4.5 (7e-6 a test), a distribution at p < 1e-5 of a χ² whose cells expect at least 10. The number of
//! replicates stands with each test; a bias of b standard deviations is caught with 95 % power by ((4.5 + 1.645)/b)²
//! of them. Beside each test stands a *mutant*, a law that is nearly right, which the same data must reject.

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
