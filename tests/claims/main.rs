//! Every claim comes out either way: in some world it is supported, in another contradicted or without a difference that
//! matters, and so does each of its parts that counts.
//!
//! The worlds are in `tests/claims/worlds`, one scenario each. They extend `base` and differ in facts only: who lives
//! where and knows what, who has money, what is needed, how far things can be reused. Behaviour is that of `base`, over
//! its whole range: each replicate draws another world from it. What a file says above its facts is why the verdict
//! should be so; [`expected`] lists the verdicts.
//!
//! Each claim is judged by itself, as if it were the only one asked.

mod expected;
mod facts;
mod verdicts;
