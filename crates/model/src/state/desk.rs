//! The foundation's service desk.

use crate::units::{Capacity, Money, Work};

/// What the foundation has for its service desk, beside what it has itself. All zero without one.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// Money of this year's pots.
    pub money: Money,
    /// Its reserves.
    pub reserves: Money,
    /// Its staff.
    pub staff: Capacity,
    /// Of that, staff that left this year.
    pub leavers: Capacity,
    /// Its share of the foundation's support work of this quarter, 0–1.
    pub support_share: f64,
    /// Outreach and catalogue work of this quarter.
    pub outreach: Work,
    /// Completeness of its catalogue, 0–1.
    pub catalogue: f64,
}
