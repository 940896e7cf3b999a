//! Designs, one file each.

pub mod ablation;
pub mod comparison;
pub mod head_start;
pub mod ladder;
pub mod levers;
pub mod mechanisms;
