//! Rows of the table `mandates`.

use super::column::{Column, Role, Row, Stored, Type, Value};
use crate::record::History;

rows! {
    /// A mandate that existed in the year.
    pub struct MandateRow in mandates {
        /// The mandate.
        id mandate: mandate, "-";
        /// Its theme; empty for a hub of a region.
        computed theme: theme, "-";
        /// The region that it is for; empty for a hub of a theme.
        computed for_region: region, "-";
        /// Regions in its scope.
        computed regions: count, "regions";
        /// The organisation that holds it.
        computed holder: organisation, "-";
        /// The holder's region.
        computed region: region, "-";
        /// Partners in its consortium.
        computed partners: count, "organisations";
        /// Years since its creation.
        computed age: number, "years";
        /// Years since its holder received it.
        computed tenure: number, "years";
        /// Its stage.
        computed stage: stage, "-";
        /// Money of the year.
        computed money: number, "USD";
        /// Of that, money that the foundation handed over with the theme.
        computed handed: number, "USD";
        /// Of the year's pots, the money that it could re-grant in its region.
        computed envelope: number, "USD";
        /// Of that, re-granted; the rest went back to the funders.
        computed regranted: number, "USD";
        /// Share of next year's money that is secured.
        computed secured: number, "share";
        /// 1 if its money from the pots was interrupted, else 0.
        computed interrupted: count, "-";
        /// Staff, at its holder's and at its partners'.
        computed staff: number, "FTE";
        /// Of that, staff that left.
        computed leavers: number, "FTE";
        /// Quality (expertise × fit) of its holder in its theme.
        computed quality: number, "share";
        /// Quality of the best affiliate in its theme, or of its holder.
        computed best_quality: number, "share";
        /// Share of the affiliates with the expertise to hold it whose quality is below its holder's; empty where there are none.
        computed rank: number, "share";
        /// Completeness of its catalogue.
        computed catalogue: number, "share";
        /// How well it is known, mean over the regions of its scope by volunteers.
        computed known: number, "share";
        /// Requests in its scope.
        computed requests: number, "person-requests";
        /// Of these, while it was in transition or its money interrupted: service forgone.
        computed forgone: number, "person-requests";
        /// Requests made to it.
        computed asked: number, "person-requests";
        /// Effect of the help it gave.
        computed service: number, "person-requests";
        /// Materials built under it.
        computed built: count, "materials";
        /// Adaptations by others of materials built under it.
        computed reused: count, "materials";
        /// Of these, by organisations outside the movement.
        computed taken_up: count, "materials";
    }
}
