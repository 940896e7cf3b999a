//! Rows of regions.

use serde::{Deserialize, Serialize};

use super::{Column, Row, Type, Value};
use crate::record::History;

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
        /// Volunteers who came to the end of their first year: there for four quarters, and not gone by then.
        matured: number, "people";
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
        /// Of all help, by organisations of other regions, at home or for a hub; the foundation's is left out.
        help_across: number, "person-requests";
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
        /// Of those whose wait for their first help ended, members of user groups in their first two years.
        young_waits: number, "people";
        /// Sum of the waits of these.
        young_wait: number, "person-quarters";
        /// Needs of communities whose wait for a solution ended this year, weighted by people: solved, gone unsolved, or 20
        /// quarters old.
        solution_waits: number, "million person-problems";
        /// Sum of these waits, each at most 20 quarters, which is also what the never solved count.
        solution_wait: number, "million person-problem-quarters";
        /// Of these needs, never solved.
        solution_never: number, "million person-problems";
        /// Of the needs whose wait ended, those of communities of small organisations: with no more staff than the median
        /// affiliate of year 0, then, or at their birth where they formed later.
        small_solution_waits: number, "million person-problems";
        /// Sum of the waits of these.
        small_solution_wait: number, "million person-problem-quarters";
        /// Of these needs, never solved.
        small_solution_never: number, "million person-problems";
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
