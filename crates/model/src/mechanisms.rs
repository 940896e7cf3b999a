//! The mechanisms, one file each: what it claims, equation, source, parameters with units, off setting, tests.
//!
//! # The way through
//!
//! The [`schedule`](crate::schedule) calls them in order, each with a [`Context`] that does not change within the step, the
//! state and the record. Those in *italics* only answer questions of others. Parts of a large file are in a folder beside it.
//!
//! - The world around: [`environment`] (money, prices, cut-offs), [`themes`] (what is needed, and the best way of doing
//!   it), [`scanning`] (who sees a new need).
//! - Responsibility: [`mandates`] (hubs are created, reviewed, split, moved, ended), [`deciding`] (who decides, what they know
//!   and want), [`power`] (what the mighty do to keep what they hold), [`conduct`] (what goes astray, and who stops
//!   it), [`governance_overhead`] (the work that governing takes).
//! - Money and people at work: [`money`] (applications, awards, promises, own income), [`regranting`] (envelopes of
//!   regional hubs), [`staffing`], [`affiliates`] (groups form, mature, close), [`capacity`] (the quarter's work, split).
//! - What is done: [`problems`] (what needs solving), [`production`] (adapt, build, find, do twice), *[`dependencies`]*
//!   (what needs another theme first), *[`autonomy`]* (who chooses a hub's work), [`gate`] (who checks it), [`uptake`] (by
//!   those outside the movement).
//! - People: [`support`] (who finds help at which door), [`volunteers`] (who comes, stays, goes), [`learning`] (what
//!   organisations know, and how they are seen), [`partnerships`] (who works together, consortia included).
//!
#![doc = include_str!("mechanisms/README.md")]

pub mod affiliates;
pub mod autonomy;
pub mod capacity;
pub mod conduct;
mod context;
pub mod deciding;
pub mod dependencies;
pub mod governance_overhead;
pub mod environment;
pub mod gate;
pub mod learning;
pub mod mandates;
pub mod money;
pub mod partnerships;
pub mod power;
pub mod problems;
pub mod production;
pub mod regranting;
pub mod scanning;
pub mod staffing;
pub mod support;
pub mod themes;
pub mod uptake;
pub mod volunteers;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Off, Section};

pub use context::{Conditions, Context};

macro_rules! sections {
    ($($(#[$meta:meta])* $field:ident: $type:path,)+) => {
        /// The parameters of every mechanism, one section each.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Parameters {
            $($(#[$meta])* pub $field: $type,)+
        }

        impl Parameters {
            /// Sets a parameter of a section. False if there is none of that name.
            pub fn set(&mut self, section: &str, key: &str, value: f64) -> bool {
                $(if section == <$type>::SECTION.name {
                    return self.$field.set(key, value);
                })+
                false
            }
        }

        /// The catalogue sections of all mechanisms, in the order of the year.
        pub const SECTIONS: &[Section] = &[$(<$type>::SECTION),+];
    };
}

sections! {
    /// 1 environment.
    environment: environment::EnvironmentParameters,
    /// 2 themes.
    themes: themes::ThemeParameters,
    /// 3 unnoticed themes, before mandates.
    scanning: scanning::ScanningParameters,
    /// Who decides about mandates in 3 and 12.
    deciding: deciding::DecidingParameters,
    /// What holders do to keep what they have.
    power: power::PowerParameters,
    /// 3 mandates.
    mandates: mandates::MandateParameters,
    /// 4 grants and own income.
    money: money::MoneyParameters,
    /// Envelopes that regional hubs re-grant, within 4.
    regranting: regranting::RegrantingParameters,
    /// 5 staffing.
    staffing: staffing::StaffingParameters,
    /// 6 affiliates.
    affiliates: affiliates::AffiliateParameters,
    /// 7 problems.
    problems: problems::ProblemParameters,
    /// 7 problems: what they need first.
    dependencies: dependencies::DependencyParameters,
    /// Work available in a quarter, before 8 and 9 spend it.
    capacity: capacity::CapacityParameters,
    /// 8 production.
    production: production::ProductionParameters,
    /// 8 production: who chooses a hub's work.
    autonomy: autonomy::AutonomyParameters,
    /// 8 production: who checks it.
    gate: gate::GateParameters,
    /// 8 uptake by those outside the movement.
    uptake: uptake::UptakeParameters,
    /// 9 support.
    support: support::SupportParameters,
    /// 10 volunteers.
    volunteers: volunteers::VolunteerParameters,
    /// 11 learning.
    learning: learning::LearningParameters,
    /// 11 partnerships and consortia.
    partnerships: partnerships::PartnershipParameters,
    /// 12 conduct.
    conduct: conduct::ConductParameters,
}

impl Parameters {
    /// Switches a mechanism off, by the values that its section declares. False if it has none.
    pub fn switch_off(&mut self, section: &Section) -> bool {
        let Some(Off::Set(values)) = section.off else { return false };
        values.iter().all(|&(key, value)| self.set(section.name, key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_off_setting_is_one_that_a_scenario_may_have() {
        for section in SECTIONS {
            let mut parameters = Parameters::default();
            match section.off.expect("a mechanism says how it is switched off, or why it is not") {
                Off::Set(values) => {
                    assert!(!values.is_empty() && parameters.switch_off(section), "{}", section.name);
                    for &(key, value) in values {
                        let number = section.spec(key).and_then(|spec| spec.number()).expect("a number");
                        assert!((number.bounds.0..=number.bounds.1).contains(&value), "{}.{key}", section.name);
                    }
                    assert_ne!(parameters, Parameters::default(), "{} is off by default", section.name);
                }
                Off::Never(reason) => {
                    assert!(reason.len() > 10 && !parameters.switch_off(section), "{}", section.name);
                    assert_eq!(parameters, Parameters::default());
                }
            }
        }
    }
}
