//! Rows of the table `flows`.

use super::column::{Column, Role, Row, Stored, Type, Value};
use crate::record::History;

rows! {
    /// Money from a funder to a region.
    pub struct FlowRow in flows = FlowSums + FlowObserved {
        /// The funder.
        id funder: funder, "-";
        /// The region.
        id region: region, "-";
        /// The funder's whole pot, without what is paid in; the same in the rows of all regions.
        computed pot: number, "USD";
        /// Applications.
        sum applications: u32, "applications";
        /// Grants that were paid.
        sum grants: u32, "grants";
        /// Money asked for, money promised in earlier years included.
        sum requested: Money, "USD";
        /// Money paid as grants.
        sum awarded: Money, "USD";
        /// Of that, to organisations that were also paid in the year before.
        sum returning: Money, "USD";
        /// Money paid to hubs held there.
        sum hubs: Money, "USD";
    }
}
