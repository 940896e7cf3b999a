//! The run folder from outside: what is kept, what is written, what is read back, and what happens when the world
//! does not let us.

mod fixture;
mod going_on;
mod refusing;
mod reading;
