//! Rows of the table `movement`.

use super::column::{Column, Role, Row, Stored, Type, Value};
use crate::policy::levers::Outcome;
use crate::record::History;
use crate::state::DuplicationCause;
use crate::units::Work;

rows! {
    /// The movement as a whole.
    pub struct MovementRow in movement = MovementSums + MovementObserved {
        /// Work spent on production by all, foundation and hubs included.
        sum production_work: Work, "FTE-quarters";
        /// Duplicated work because what existed was not found.
        sum duplicated_not_found: Work, "FTE-quarters";
        /// Duplicated work because what existed was not packaged, and adapting it would have cost more.
        sum duplicated_not_packaged: Work, "FTE-quarters";
        /// Duplicated work because the organisation insisted on a material of its own.
        sum duplicated_not_invented_here: Work, "FTE-quarters";
        /// Duplicated work because another organisation was building it at the same time.
        sum duplicated_same_time: Work, "FTE-quarters";
        /// Materials built.
        sum built: u32, "materials";
        /// Materials of others adapted.
        sum reused: u32, "materials";
        /// Of these, from another region.
        sum reused_across: u32, "materials";
        /// Work saved by adapting others' materials: the work of building less that of adapting.
        sum avoided_work: Work, "FTE-quarters";
        /// Materials packaged for reuse.
        sum packaged: u32, "materials";
        /// Work that projects could not use while they waited for a material of another theme; other projects used it.
        sum stalled_work: Work, "FTE-quarters";
        /// Quarters of projects that waited for a material of another theme.
        sum stalled_projects: u32, "project-quarters";
        /// Builds begun for problems that need a material of another theme first, whether it existed or not.
        sum dependent: u32, "projects";
        /// Builds that reached the point where they needed a material of another theme and it did not exist.
        sum hindered: u32, "projects";
        /// Projects that worked around a missing material of another theme, at lower quality.
        sum patched: u32, "projects";
        /// Work spent on checking materials before they are offered, and on revising those that were stopped.
        sum gate_work: Work, "FTE-quarters";
        /// Checks of packaged materials.
        sum gate_checked: u32, "checks";
        /// Of these, that stopped a material.
        sum gate_stopped: u32, "checks";
        /// Of those, that stopped one above the bar.
        sum gate_wronged: u32, "checks";
        /// Checks that let one below the bar pass.
        sum gate_missed: u32, "checks";
        /// Packaged materials that were stopped for good: only the organisation that built them has them.
        sum gate_withdrawn: u32, "materials";
        /// Support work that holders set aside for their mandates, unpaid.
        sum pledged_work: Work, "FTE-quarters";
        /// Work spent on support.
        sum support_work: Work, "FTE-quarters";
        /// Work spent on learning, slack included.
        sum learning_work: Work, "FTE-quarters";
        /// Work left without a feasible project.
        sum slack: Work, "FTE-quarters";
        /// Debts of support work of service points that closed.
        sum debt_written_off: Work, "FTE-quarters";
        /// Support work that was not requested in the last quarter: it goes to production in the next.
        computed carried: number, "FTE-quarters";
        /// Support work that is kept for the support of the next quarter: what rationing left over, or a little for who calls next.
        computed support_kept: number, "FTE-quarters";
        /// Support work that service points overspent, and owe.
        computed support_owed: number, "FTE-quarters";
        /// Work spent on applying and reporting.
        sum applying_work: Work, "FTE-quarters";
        /// Work spent on links.
        sum coordination_work: Work, "FTE-quarters";
        /// Work spent on making hubs known and on catalogues.
        sum outreach_work: Work, "FTE-quarters";
        /// Work spent on deciding about mandates, and about what is re-granted.
        sum deciding_work: Work, "FTE-quarters";
        /// Work spent on lobbying in reviews.
        sum lobbying_work: Work, "FTE-quarters";
        /// Work spent on oversight, by the overseeing and the overseen organisations.
        sum oversight_work: Work, "FTE-quarters";
        /// Work spent on mutual accountability, answers to false alarms included.
        sum accountability_work: Work, "FTE-quarters";
        /// Work spent on scans for unnoticed themes.
        sum scanning_work: Work, "FTE-quarters";
        /// Of production and support, work done in partnerships and consortia of three or more.
        sum joint_work: Work, "FTE-quarters";
        /// All work available: staff and volunteers.
        sum work: Work, "FTE-quarters";
        /// The governed pots, without what organisations pay in.
        sum pot: Money, "USD";
        /// Money that organisations paid into them, or that others raised in their place, before its cost.
        sum paid_in: Money, "USD";
        /// Of that, the cost of asking for it and collecting it.
        sum pooling: Money, "USD";
        /// Of the governed pots, money for the foundation's service desk.
        sum desk_money: Money, "USD";
        /// Of the governed pots and the money that reached them, not awarded.
        sum unspent: Money, "USD";
        /// The pots that are not governed.
        sum other_pot: Money, "USD";
        /// Of these, not awarded.
        sum other_unspent: Money, "USD";
        /// Of the money of all funders that was not awarded: because nobody for whom it is passes the screen.
        sum unspent_no_eligible: Money, "USD";
        /// Because requests, or their number, were too small.
        sum unspent_requests: Money, "USD";
        /// Because applicants asked for no more than they can absorb within a year.
        sum unspent_absorption: Money, "USD";
        /// Because the rule of award left requests open: cuts, caps, regional envelopes.
        sum unspent_rule: Money, "USD";
        /// The foundation's movement budget, the part handed to hubs included.
        sum foundation_budget: Money, "USD";
        /// Own income of all organisations of the movement but the foundation, without the money paid in.
        sum own_income: Money, "USD";
        /// Own income of organisations outside the movement, for work that overlaps with the movement's.
        sum outside_income: Money, "USD";
        /// Money spent by all organisations, those outside the movement included.
        sum spent: Money, "USD";
        /// Reserves of all organisations, those of mandates and of organisations outside the movement included.
        computed reserves: number, "USD";
        /// Mandates alive.
        computed mandates: count, "mandates";
        /// Mandates that were to be paid, those that ended later in the year included.
        sum hubs_due: u32, "mandates";
        /// Of these, with money from the pots that was interrupted.
        sum interruptions: u32, "mandates";
        /// Requests in the scopes of mandates in transition or with interrupted money: service forgone.
        computed forgone: number, "person-requests";
        /// Requests for which the hub programme has no hub yet.
        sum waiting: f64, "person-requests";
        /// Affiliates alive.
        computed organisations: count, "organisations";
        /// Organisations outside the movement.
        computed outsiders: count, "organisations";
        /// Organisations that formed.
        sum formed: u32, "organisations";
        /// Of these, founded for a mandate.
        sum founded: u32, "organisations";
        /// Organisations that closed.
        sum closed: u32, "organisations";
        /// Partnerships that organisations keep voluntarily.
        computed partnerships: count, "partnerships";
        /// Of these, with three members or more.
        computed partnerships_of_three: count, "partnerships";
        /// Affiliates in partnerships.
        computed in_partnerships: count, "organisations";
        /// Affiliates in partnerships of three members or more.
        computed in_partnerships_of_three: count, "organisations";
        /// Adaptations of the movement's materials by organisations outside it.
        sum taken_up: u32, "materials";
        /// Themes that are present and that no organisation has noticed.
        computed themes_unnoticed: count, "themes";
        /// Themes that are present and not yet served: not noticed, or with less than half of the usual share of
        /// requests met.
        computed themes_unserved: count, "themes";
        /// Open needs solved for communities this year, weighted by quality and people.
        computed solved: number, "million person-problems";
        /// Reviews of mandates.
        sum reviews: u32, "reviews";
        /// Of these, turned by lobbying: without it, the holder would not have reached the bar.
        sum reviews_turned: u32, "reviews";
        /// Reviews that took effect and changed nothing: the mandate continues.
        sum continued: u32, "reviews";
        /// Reviews that split a mandate.
        sum split: u32, "reviews";
        /// Reviews that took badly served regions out of a mandate.
        sum rescoped: u32, "reviews";
        /// Reviews that moved a mandate to a holder in another region.
        sum moved: u32, "reviews";
        /// Reviews that gave a mandate to another holder of the same region.
        sum reallocated: u32, "reviews";
        /// Reviews that ended a mandate.
        sum ended: u32, "reviews";
        /// Cases of misconduct that began, of organisations and mandates.
        sum incidents: u32, "incidents";
        /// Cases of misconduct that were noticed.
        sum noticed: u32, "incidents";
        /// Noticed cases of misconduct that were stopped.
        sum stopped: u32, "incidents";
        /// Quarters from the beginning of misconduct to its end, summed over the cases stopped.
        sum stopping: u32, "quarters";
        /// Alarms about organisations and mandates that were not in misconduct.
        sum false_alarms: u32, "alarms";
        /// Quarters of organisations that are large enough for misconduct, the foundation included.
        sum organisation_quarters: u32, "organisation-quarters";
        /// Of these, in misconduct.
        sum organisation_misconduct: u32, "organisation-quarters";
        /// Quarters of mandates.
        sum mandate_quarters: u32, "mandate-quarters";
        /// Of these, in misconduct.
        sum mandate_misconduct: u32, "mandate-quarters";
        /// Requests answered by organisations or mandates in misconduct: harm, not help.
        sum harm: f64, "person-requests";
    }
}

impl MovementSums {
    /// Duplicated work of the year by cause, in the order of [`DuplicationCause`].
    pub fn duplicated(&self) -> [Work; 4] {
        let mut sums = *self;
        DuplicationCause::ALL.map(|cause| *sums.duplicated_mut(cause))
    }

    /// The sum of work that was duplicated for a cause.
    #[inline]
    pub fn duplicated_mut(&mut self, cause: DuplicationCause) -> &mut Work {
        match cause {
            DuplicationCause::NotFound => &mut self.duplicated_not_found,
            DuplicationCause::NotPackaged => &mut self.duplicated_not_packaged,
            DuplicationCause::NotInventedHere => &mut self.duplicated_not_invented_here,
            DuplicationCause::SameTime => &mut self.duplicated_same_time,
        }
    }

    /// Counts a review that takes effect, by what it changes; `None` if the mandate continues.
    pub fn count_outcome(&mut self, outcome: Option<Outcome>) {
        let count = match outcome {
            None => &mut self.continued,
            Some(Outcome::Split) => &mut self.split,
            Some(Outcome::ReScope) => &mut self.rescoped,
            Some(Outcome::Move) => &mut self.moved,
            Some(Outcome::Reallocate) => &mut self.reallocated,
            Some(Outcome::End) => &mut self.ended,
        };
        *count += 1;
    }
}
