//! Staffing: money becomes staff, with delay; turnover takes expertise along.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// From money to people at work.
    pub struct StaffingParameters in "staffing",
        off Off::Set(&[("turnover", 0.0), ("turnover_insecure", 0.0)]);
    /// Full cost of one FTE for a year at price level 1, all other spending included.
    wage: 70000.0, 1000.0..=1e6, 45000.0..100000.0, "USD/FTE-year", "Wikimedia Sverige 2019: 880,669 USD for about 13 staff; assumed elsewhere";
    /// Share of reserves that an organisation is ready to spend in a year.
    reserves_used: 0.25, 0.0..=1.0, 0.1..0.5, "1/year", "assumed";
    /// Share of the way to the staff it can pay that an organisation goes in a year, upwards.
    hiring_speed: 0.6, 0.0..=1.0, 0.3..1.0, "1/year", "assumed";
    /// Staff turnover when all of next year's money is secured.
    turnover: 0.12, 0.0..=1.0, 0.08..0.16, "1/year", "Nonprofit HR surveys 2013-20: 0.14-0.21 in all";
    /// Turnover on top when none is.
    turnover_insecure: 0.15, 0.0..=1.0, 0.05..0.25, "1/year", "Nonprofit HR surveys 2013-20: 0.14-0.21 in all";
    /// Share of the leavers' part of expertise that is lost.
    expertise_lost: 0.3, 0.0..=1.0, 0.1..0.6, "share", "assumed";
    /// Share of own income that counts as secured.
    income_secured: 0.8, 0.0..=1.0, 0.5..0.95, "share", "assumed";
}
