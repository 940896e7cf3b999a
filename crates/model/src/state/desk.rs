//! The foundation's service desk.

use crate::ids::RegionId;
use crate::table::Table;
use crate::units::{Capacity, Money, Work};

/// What the foundation has for its service desk, beside what it has itself. All zero without one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    /// Money of this year's pots.
    pub money: Money,
    /// Its reserves.
    pub reserves: Money,
    /// Its staff.
    pub staff: Capacity,
    /// Where its staff is this year: the share of it in each region.
    pub places: Table<RegionId, f64>,
    /// Of its staff, what left this year.
    pub leavers: Capacity,
    /// Its share of the foundation's support work of this quarter, 0–1.
    pub support_share: f64,
    /// Outreach and catalogue work of this quarter.
    pub outreach: Work,
    /// Completeness of its catalogue, 0–1.
    pub catalogue: f64,
}
