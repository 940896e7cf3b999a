//! Sums of the year, from which the observer makes its rows.

use crate::quantity::{Money, Work};

/// Sums of the year over the movement.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Work on production.
    pub production: Work,
    /// Duplicated work by [`Cause`](super::Cause).
    pub duplicated: [Work; 4],
    /// Materials built.
    pub built: u32,
    /// Materials of others adapted.
    pub reused: u32,
    /// Of these, from another region.
    pub reused_across: u32,
    /// Materials packaged.
    pub packaged: u32,
    /// Work on support.
    pub support: Work,
    /// Work on learning, slack included.
    pub learning: Work,
    /// Production time without a feasible project.
    pub slack: Work,
    /// Work on applying and reporting.
    pub applying: Work,
    /// Work on links.
    pub coordination: Work,
    /// Work on being known and on catalogues.
    pub outreach: Work,
    /// All work there was.
    pub work: Work,
    /// The governed pots, without what is paid in.
    pub pot: Money,
    /// What organisations paid in, or others raised in their place, before what that costs.
    pub paid_in: Money,
    /// What asking for that and collecting it cost.
    pub pooling: Money,
    /// Of the governed pots with what reached them, not awarded.
    pub unspent: Money,
    /// The pots that are not governed.
    pub other_pot: Money,
    /// Of these, not awarded.
    pub other_unspent: Money,
    /// Mandates whose money was interrupted.
    pub interruptions: u32,
    /// Requests for which the hub programme has no hub (yet), person-requests.
    pub waiting: f64,
    /// The foundation's budget, the part handed over included.
    pub foundation_budget: Money,
    /// Own income of all but the foundation.
    pub own_income: Money,
    /// What all spent.
    pub spent: Money,
    /// Organisations that formed.
    pub formed: u32,
    /// Organisations that closed.
    pub closed: u32,
    /// By region.
    pub regions: Vec<RegionTally>,
    /// Applications, grants, requested, awarded, returning, hubs by funder × region.
    pub flows: Vec<Flow>,
}

/// Sums of the year over a region.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegionTally {
    /// Volunteers who arrived, people.
    pub arrived: f64,
    /// Volunteers who left, people.
    pub left: f64,
    /// Requests, person-requests.
    pub requests: f64,
    /// Effect of help by affiliates there.
    pub help_local: f64,
    /// Effect of help by hubs.
    pub help_hubs: f64,
    /// Effect of help by the foundation.
    pub help_foundation: f64,
    /// Quarters lost.
    pub bounces: f64,
    /// Requests given up.
    pub given_up: f64,
    /// First waits that ended.
    pub first_waits: f64,
    /// Their sum, person-quarters.
    pub first_wait: f64,
    /// Of them, never helped.
    pub first_never: f64,
    /// Needs solved, weighted by quality and people.
    pub solved: f64,
    /// Grants and hub money.
    pub awarded: Money,
    /// Own income.
    pub own_income: Money,
}

/// Money from a funder to a region in a year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flow {
    /// Applications.
    pub applications: u32,
    /// Grants paid.
    pub grants: u32,
    /// Asked for.
    pub requested: Money,
    /// Paid as grants.
    pub awarded: Money,
    /// Of that, to last year's grantees.
    pub returning: Money,
    /// Paid to hubs.
    pub hubs: Money,
}

impl Tally {
    /// Nothing yet, for a number of regions and funders.
    pub fn new(regions: usize, funders: usize) -> Tally {
        Tally {
            regions: vec![RegionTally::default(); regions],
            flows: vec![Flow::default(); regions * funders],
            ..Tally::default()
        }
    }

    /// Forgets the year, keeping the room.
    pub fn clear(&mut self) {
        let (mut regions, mut flows) = (std::mem::take(&mut self.regions), std::mem::take(&mut self.flows));
        regions.fill(RegionTally::default());
        flows.fill(Flow::default());
        *self = Tally { regions, flows, ..Tally::default() };
    }
}
