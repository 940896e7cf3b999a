//! Designs, one file each: what is simulated and compared to answer one kind of question.

pub mod ablation;
pub mod comparison;
pub mod head_start;
pub mod levers;
pub mod mechanisms;
