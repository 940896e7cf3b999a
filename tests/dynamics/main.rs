//! The dynamics from outside: what must hold in every world and under every policy.

mod balance;
mod independence;
mod ledger;
mod levers;
mod order;
mod resolution;
mod worlds;
