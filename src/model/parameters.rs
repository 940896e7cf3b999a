//! Behaviour: the parameters of all mechanisms, each declared in its mechanism's own file.

use serde::{Deserialize, Serialize};

use crate::model::mechanism::{
    affiliates, autonomy, capacity, conduct, deciding, dependencies, environment, gate, learning, mandates, money,
    partnerships, power, problems, production, regranting, scanning, staffing, support, themes, uptake, volunteers,
};
use crate::quantity::catalogue::Section;

macro_rules! sections {
    ($($(#[$meta:meta])* $field:ident: $type:path,)+) => {
        /// The parameters of every mechanism, one section each.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Parameters {
            $($(#[$meta])* pub $field: $type,)+
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
