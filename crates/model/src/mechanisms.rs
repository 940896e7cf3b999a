//! The mechanisms, one file each. A file states the claim, the equations, the source, the draws and the off setting,
//! declares the parameters with their units, and has the code and its tests.
//!
//! # Guide
//!
//! [`schedule`](crate::schedule) calls the mechanisms in order. The two in *italics* have no line of their own there:
//! [`production`] calls them. A mechanism that has outgrown a file has a folder of the same name.
//!
//! - Surroundings: [`environment`] (pots, prices, cut connections), [`themes`] (needs, and the best approach to each
//!   theme), [`scanning`] (when a new need is noticed).
//! - Responsibility: [`mandates`] (hubs are created, reviewed, split, moved, ended), [`deciding`] (the deciding bodies:
//!   members, information, interests), [`power`] (territorial claims, hoarding, lobbying), [`conduct`] (misconduct and its
//!   control), [`governance_overhead`] (the work that governance takes).
//! - Money and staff: [`money`] (applications, awards, promises, own income), [`regranting`] (envelopes of regional hubs),
//!   [`staffing`], [`affiliates`] (groups form, mature, close), [`capacity`] (the use of a quarter's work), [`desk`] (the foundation's service
//!   desk).
//! - Production: [`problems`] (what volunteers need solved), [`production`] (search, adapt, build, duplicate),
//!   *[`dependencies`]* (materials that need another theme first), *[`autonomy`]* (who chooses a hub's work), [`gate`]
//!   (checks before release), [`uptake`] (adaptation outside the movement).
//! - People: [`support`] (requests and service points), [`volunteers`] (arrival, motivation, leaving), [`learning`]
//!   (expertise, approaches, prestige), [`partnerships`] (cooperation, consortia included).
//!
#![doc = include_str!("mechanisms/README.md")]

pub mod affiliates;
pub mod autonomy;
pub mod capacity;
pub mod conduct;
mod context;
pub mod deciding;
pub mod dependencies;
pub mod desk;
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
            /// Sets a parameter of a section. Returns false if there is none of that name.
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
    /// 3 and 12: deciding bodies.
    deciding: deciding::DecidingParameters,
    /// 3 defence of what organisations hold.
    power: power::PowerParameters,
    /// 3 mandates.
    mandates: mandates::MandateParameters,
    /// 4 grants and own income.
    money: money::MoneyParameters,
    /// 4 envelopes of regional hubs.
    regranting: regranting::RegrantingParameters,
    /// 5 staffing.
    staffing: staffing::StaffingParameters,
    /// 6 affiliates.
    affiliates: affiliates::AffiliateParameters,
    /// 7 problems.
    problems: problems::ProblemParameters,
    /// 7 and 8: materials that problems need first.
    dependencies: dependencies::DependencyParameters,
    /// Work available in a quarter, before 8 and 9 use it.
    capacity: capacity::CapacityParameters,
    /// 8 production.
    production: production::ProductionParameters,
    /// 8 production: who chooses a hub's work.
    autonomy: autonomy::AutonomyParameters,
    /// 8 production: checks before release.
    gate: gate::GateParameters,
    /// 8 adaptation by organisations outside the movement.
    uptake: uptake::UptakeParameters,
    /// 9 support.
    support: support::SupportParameters,
    /// 10 volunteers.
    volunteers: volunteers::VolunteerParameters,
    /// 11 learning.
    learning: learning::LearningParameters,
    /// 11 partnerships and consortia.
    partnerships: partnerships::PartnershipParameters,
    /// 12 misconduct and its control.
    conduct: conduct::ConductParameters,
}

impl Parameters {
    /// Switches a mechanism off by the values that its section declares. Returns false if it has none.
    pub fn switch_off(&mut self, section: &Section) -> bool {
        let Some(Off::Set(values)) = section.off else { return false };
        values.iter().all(|&(key, value)| self.set(section.name, key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_off_setting_is_allowed_in_a_scenario() {
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
