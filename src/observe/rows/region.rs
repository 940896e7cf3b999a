//! Rows of regions.

use serde::{Deserialize, Serialize};

use super::{Column, Row, Type, Value};
use crate::observe::History;

rows! {
    /// A region.
    pub struct RegionRow in regions {
        /// The region.
        region: region, "-";
        /// People online.
        online: number, "million people";
        /// Active volunteers.
        volunteers: number, "people";
        /// Of these, affiliated.
        affiliated: number, "people";
        /// Volunteers who arrived.
        arrived: number, "people";
        /// Volunteers who left.
        left: number, "people";
        /// Mean skill of volunteers.
        skill: number, "share";
        /// Mean motivation of volunteers.
        motivation: number, "share";
        /// Requests for help that arose.
        requests: number, "person-requests";
        /// Sum of the effect of the help given.
        help: number, "person-requests";
        /// Of that, by affiliates of the region.
        help_local: number, "person-requests";
        /// Of that, by hubs.
        help_hubs: number, "person-requests";
        /// Of that, by the foundation.
        help_foundation: number, "person-requests";
        /// Quarters lost at wrong doors, or at doors that could not help.
        bounces: number, "person-quarters";
        /// Requests given up.
        given_up: number, "person-requests";
        /// Requests that a theme's hub and the region's, both responsible, passed to each other; each counted once.
        conflicts: number, "person-requests";
        /// Problems of its communities that one hub began to work on while another, responsible too, was at it.
        contested: count, "problems";
        /// Volunteers whose wait for their first help ended this year: helped, gone, or 12 quarters over.
        first_waits: number, "people";
        /// Sum of these waits, each at most 12 quarters, which is also what the never helped count.
        first_wait: number, "person-quarters";
        /// Of these, never helped.
        first_never: number, "people";
        /// Needs of communities that are open, weighted by people.
        needs: number, "million person-problems";
        /// Of these, solved, weighted by quality.
        covered: number, "million person-problems";
        /// Needs solved this year, weighted by quality and people.
        solved: number, "million person-problems";
        /// Adaptations of the movement's materials by organisations outside it, there.
        taken_up: count, "materials";
        /// Capacity of its affiliates: staff, and volunteers' work.
        capacity: number, "FTE";
        /// Grants and hub money to its affiliates.
        awarded: number, "USD";
        /// Own income of its affiliates.
        own_income: number, "USD";
        /// Affiliates alive.
        organisations: count, "organisations";
        /// Mandates held in it.
        mandates: count, "mandates";
        /// Sum over themes of the best expertise in it, over the number of themes.
        expertise: number, "share";
    }
}
