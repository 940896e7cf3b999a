//! Learning: expertise, approaches and prestige move.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// What organisations know, how they do things, and how they are seen.
    pub struct LearningParameters in "learning",
        off Off::Set(&[("by_doing", 0.0), ("by_training", 0.0), ("by_help", 0.0), ("forgetting", 0.0), ("imitation", 0.0), ("exploration", 0.0), ("prestige_speed", 0.0)]);
    /// Expertise gained by doing, at full work, times what is missing to 1.
    by_doing: 0.04, 0.0..=1.0, 0.01..0.06, "1/quarter", "assumed";
    /// Expertise gained by learning time, relative to doing.
    by_training: 0.5, 0.0..=5.0, 0.2..1.0, "factor", "assumed";
    /// Expertise gained when helped, times the gap and the affinity.
    by_help: 0.08, 0.0..=1.0, 0.02..0.2, "per help", "assumed";
    /// Decay of expertise.
    forgetting: 0.01, 0.0..=1.0, 0.005..0.03, "1/quarter", "assumed";
    /// Work in a theme at which learning by doing is at half speed.
    half_work: 0.3, 0.01..=100.0, 0.1..1.0, "FTE-quarters", "assumed";
    /// Step of an approach towards that of who helps.
    imitation: 0.15, 0.0..=1.0, 0.02..0.4, "per help", "March 1991";
    /// Chance to try another approach at no territoriality and full slack.
    exploration: 0.12, 0.0..=1.0, 0.01..0.15, "1/quarter", "assumed";
    /// Size of the try: standard deviation.
    exploration_step: 0.1, 0.0..=0.5, 0.05..0.2, "circle", "assumed";
    /// Noise in judging whether a try is better.
    judgement: 0.1, 0.0..=2.0, 0.05..0.4, "fit", "assumed";
    /// Speed of prestige towards what is visible.
    prestige_speed: 0.15, 0.0..=1.0, 0.05..0.3, "1/year", "assumed";
    /// Prestige that a mandate adds to what is visible.
    prestige_mandate: 0.1, 0.0..=1.0, 0.0..0.2, "prestige", "assumed";
}
