//! Policies: pure. A docket goes in, awards come out; a policy never sees the world.

pub mod levers;
