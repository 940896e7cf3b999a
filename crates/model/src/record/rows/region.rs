//! Rows of the table `regions`.

use super::column::{Column, Role, Row, Stored, Type, Value};
use crate::record::History;

rows! {
    /// A region.
    pub struct RegionRow in regions = RegionSums + RegionObserved {
        /// The region.
        id region: region, "-";
        /// People online.
        computed online: number, "million people";
        /// Active volunteers.
        computed volunteers: number, "people";
        /// Of these, affiliated.
        computed affiliated: number, "people";
        /// Volunteers who arrived.
        sum arrived: f64, "people";
        /// Volunteers who left.
        sum left: f64, "people";
        /// Volunteers who completed their first year: active for four quarters.
        sum matured: f64, "people";
        /// Mean skill of volunteers.
        computed skill: number, "share";
        /// Mean motivation of volunteers.
        computed motivation: number, "share";
        /// Requests for help that arose.
        sum requests: f64, "person-requests";
        /// Sum of the effect of the help given.
        computed help: number, "person-requests";
        /// Of that, by affiliates of the region.
        sum help_local: f64, "person-requests";
        /// Of that, by hubs.
        sum help_hubs: f64, "person-requests";
        /// Of that, by the foundation.
        sum help_foundation: f64, "person-requests";
        /// Of all help, by organisations of other regions, as affiliates, for a hub, or as the foundation, whose desk counts
        /// where its staff is.
        sum help_across: f64, "person-requests";
        /// Quarters lost at service points that were not responsible or could not help.
        sum bounces: f64, "person-quarters";
        /// Requests given up.
        sum given_up: f64, "person-requests";
        /// Requests that a theme's hub and the region's, both responsible, passed to each other; each counted once.
        sum conflicts: f64, "person-requests";
        /// Problems of its communities that one hub began to work on while another responsible hub was working on them.
        sum contested: u32, "problems";
        /// Volunteers whose wait for their first help ended this year: helped, gone, or 12 quarters waited.
        sum first_waits: f64, "people";
        /// Sum of these waits, each at most 12 quarters; a volunteer who is never helped counts 12.
        sum first_wait: f64, "person-quarters";
        /// Of these volunteers, never helped.
        sum first_never: f64, "people";
        /// Of those whose wait for their first help ended, members of user groups in their first two years.
        sum young_waits: f64, "people";
        /// Sum of their waits.
        sum young_wait: f64, "person-quarters";
        /// Needs of communities whose wait for a solution ended this year, weighted by people: solved, gone unsolved,
        /// or 20
        /// quarters old.
        sum solution_waits: f64, "million person-problems";
        /// Sum of these waits, each at most 20 quarters; a need that is never solved counts 20.
        sum solution_wait: f64, "million person-problem-quarters";
        /// Of these needs, never solved.
        sum solution_never: f64, "million person-problems";
        /// Of the needs whose wait ended, those of communities of small organisations: with no more staff than the
        /// median
        /// affiliate of year 0, then, or at their birth where they formed later.
        sum small_solution_waits: f64, "million person-problems";
        /// Sum of their waits.
        sum small_solution_wait: f64, "million person-problem-quarters";
        /// Of these needs, never solved.
        sum small_solution_never: f64, "million person-problems";
        /// Needs of communities that are open, weighted by people.
        computed needs: number, "million person-problems";
        /// Of these, solved, weighted by quality.
        computed covered: number, "million person-problems";
        /// Needs solved this year, weighted by quality and people.
        sum solved: f64, "million person-problems";
        /// Adaptations of the movement's materials by the region's organisations outside the movement.
        sum taken_up: u32, "materials";
        /// Capacity of its affiliates: staff, and volunteers' work.
        computed capacity: number, "FTE";
        /// Grants and hub money to its affiliates, those that closed in the year included.
        sum awarded: Money, "USD";
        /// Own income of its affiliates, those that closed in the year included.
        sum own_income: Money, "USD";
        /// Active affiliates.
        computed organisations: count, "organisations";
        /// Mandates held in it.
        computed mandates: count, "mandates";
        /// Sum over themes of the best expertise in it, over the number of themes.
        computed expertise: number, "share";
    }
}
