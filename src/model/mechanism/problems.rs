//! Problems: what each theme needs solved arises, quarter by quarter, and lapses.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// Concrete things that a theme needs solved.
    pub struct ProblemParameters in "problems",
        off Off::Never("without problems nothing is produced");
    /// New problems of a theme of mean need.
    arrivals: 2.0, 0.0..=50.0, 0.5..3.0, "problems/theme/quarter", "assumed";
    /// Chance that a community of mean need needs a problem solved.
    needed_by: 0.6, 0.0..=1.0, 0.3..0.9, "share", "assumed";
    /// Mean work to build a solution at medium expertise.
    cost: 3.0, 0.1..=100.0, 1.0..6.0, "FTE-quarters", "assumed";
    /// Spread of that work: standard deviation of its logarithm.
    cost_spread: 0.6, 0.0..=2.0, 0.3..1.0, "log units", "assumed";
    /// How long a problem matters.
    life: 20.0, 1.0..=200.0, 8.0..40.0, "quarters", "assumed";
}
