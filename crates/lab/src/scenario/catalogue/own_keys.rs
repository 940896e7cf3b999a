//! What keys of scenarios themselves have in common: their source, and the limits of years and replicates.

use hubsim_model::catalogue::{Kind, Spec};

/// The most years that a scenario may simulate.
pub const MAX_YEARS: u32 = 500;
/// The most replicates: far more than any study needs, and few enough for five digits.
pub const MAX_REPLICATES: u32 = 65_536;

/// A key whose value only a scenario can give.
pub(in crate::scenario) const fn own(key: &'static str, kind: Kind, unit: &'static str, meaning: &'static str) -> Spec {
    Spec { key, meaning, kind, unit, source: "the scenario's", neutral: "" }
}
