//! Experiments with the model: reads and checks scenarios, simulates arms in the same worlds, and estimates the differences
//! between them.
//!
//! Load a scenario, run two arms of it, and read a difference with its interval:
//!
//! ```
//! use hubsim_lab::{Arm, Changes, Estimate, NullSink, Scenario, Setting, design, run};
//! use hubsim_model::measures::position;
//!
//! let changes = Changes { years: Some(3), ..Changes::default() };
//! let scenario = Scenario::find("small", &changes).expect("a valid scenario");
//! // A policy of the scenario, and the same with grants of three years.
//! let plain = Arm::new("status-quo");
//! let setting = Setting::new("policy.grants.years", 3.0);
//! let longer = Arm { label: "longer grants".to_owned(), settings: vec![setting], ..plain.clone() };
//! let design = design::ComparisonDesign::from_arms(vec![plain, longer], 4);
//! let findings = run(&scenario, &design, &NullSink).expect("nothing stops it");
//! // The first contrast: longer grants − status quo, replicate by replicate.
//! let contrast = &findings.contrasts[0];
//! let need_met = position("need_met").expect("a measure");
//! let pairs = findings.pairs(contrast.against, contrast.arm, findings.years, need_met);
//! let differences: Vec<f64> = pairs.iter().map(|(plain, longer)| longer - plain).collect();
//! let Estimate { mean, low, high, .. } = Estimate::from_values(&differences);
//! println!("{}: {mean:.3} [{low:.3}, {high:.3}]", findings.label(contrast.arm));
//! assert!(low <= mean && mean <= high);
//! ```
//!
//! [`scenario`] parses files and reports all their problems at once, [`experiment`] has the designs, the runner and the sinks
//! for results, [`analysis`] the estimates and tests.

pub mod scenario;
pub mod experiment;
pub mod analysis;

pub use analysis::{Comparison, Estimate};
pub use experiment::{
    Adaptive, ArmId, Contrast, Design, Findings, NullSink, Outcome, Sink, StudyError, TrialId, run, run_adaptive,
    run_study,
};
pub use scenario::arm::{Arm, Setting};
pub use scenario::{Changes, DiagnosticReport, Scenario};

/// The designs.
pub mod design {
    pub use crate::experiment::designs::ablation::AblationDesign;
    pub use crate::experiment::designs::comparison::ComparisonDesign;
    pub use crate::experiment::designs::head_start::HeadStartDesign;
    pub use crate::experiment::designs::ladder::StudyDesign;
    pub use crate::experiment::designs::levers::OneAtATimeDesign;
    pub use crate::experiment::designs::mechanisms::KnockOutDesign;
}
