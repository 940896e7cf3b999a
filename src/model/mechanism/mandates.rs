//! Mandates: hubs are created in waves, reviewed, renewed, split, re-scoped, moved, reallocated and ended.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// Hubs: how candidates and holders are judged, and what a change costs.
    pub struct MandateParameters in "mandates",
        off Off::Never("mandates are the hub programme: its lever `kind = \"none\"` switches them off");
    /// Least expertise in a theme with which an organisation stands for its mandate.
    least_expertise: 0.15, 0.0..=1.0, 0.05..0.3, "share", "assumed";
    /// Noise of what a decider sees of a candidate or a holder, before anything is learnt about hubs.
    noise: 0.12, 0.0..=2.0, 0.05..0.3, "score", "assumed";
    /// Weight of prestige, against quality, in merit as a decider sees it.
    prestige_weight: 0.3, 0.0..=1.0, 0.1..0.5, "share", "assumed";
    /// Hub-years after which what was seen of hubs halves the noise.
    experience: 12.0, 0.1..=1e4, 4.0..40.0, "hub-years", "assumed";
    /// What a year of having held a mandate is worth in a review that is not independent.
    sunk_cost: 0.04, 0.0..=1.0, 0.0..0.1, "score/year", "assumed; agencies die at 0.3-3 %/year (Kaufman 1976, Lewis 2002)";
    /// How much better, as a ratio of scores, another holder must look to take over.
    takeover_margin: 1.15, 1.0..=5.0, 1.0..1.5, "factor", "assumed";
    /// Share of the movement's need below which a theme no longer warrants a hub.
    least_need: 0.025, 0.0..=1.0, 0.01..0.05, "share", "assumed";
    /// Share of the movement's need above which a hub's scope is worth splitting.
    split_need: 0.15, 0.0..=1.0, 0.1..0.3, "share", "assumed";
    /// Service of a region, as a share of the scope's mean, below which a review calls it badly served.
    badly_served: 0.4, 0.0..=1.0, 0.2..0.6, "share", "assumed";
    /// How long starting, moving or handing over a mandate takes, the decision's delay included.
    transition_quarters: 4.0, 0.0..=40.0, 1.0..8.0, "quarters", "assumed; two to three years from idea to pilot for the first real hubs";
    /// Capacity of a hub in transition.
    transition_factor: 0.5, 0.0..=1.0, 0.2..0.9, "factor", "assumed";
    /// Familiarity lost when a mandate changes hands.
    familiarity_lost: 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
}
