//! hubsim: what happens to a volunteer movement when it builds thematic hubs?

pub mod ids;
pub mod quantity;
pub mod chance;
pub mod policy;
pub mod model;
pub mod scenario;
pub mod design;
pub mod observe;
pub mod trial;
pub mod metric;
pub mod analysis;
pub mod study;
pub mod store;
pub mod report;
pub mod cli;
