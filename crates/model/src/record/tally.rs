//! Sums of the year, from which the observer makes its rows.

use crate::ids::MAX_THEMES;
use crate::ids::{FunderId, RegionId};
use crate::table::{Grid, Table};
use crate::units::{Money, Work};

/// Sums of the year over the movement.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Work on production.
    pub production: Work,
    /// Duplicated work by [`DuplicationCause`](crate::state::DuplicationCause).
    pub duplicated: [Work; 4],
    /// Materials built.
    pub built: u32,
    /// Materials of others adapted.
    pub reused: u32,
    /// Of these, from another region.
    pub reused_across: u32,
    /// Work that these saved.
    pub avoided: Work,
    /// Materials packaged.
    pub packaged: u32,
    /// Work that projects would have had while they waited for a material of another theme.
    pub stalled: Work,
    /// Quarters of projects that waited.
    pub stalled_projects: u32,
    /// Builds begun for problems that need a material of another theme first.
    pub dependent: u32,
    /// Builds that came to where they needed a material of another theme that was not there.
    pub hindered: u32,
    /// Projects that did without a material of another theme.
    pub patched: u32,
    /// Work on checking materials, and on working over those that were stopped.
    pub gate: Work,
    /// Checks of materials.
    pub checked: u32,
    /// Of these, that stopped one.
    pub stopped: u32,
    /// Of the stopped, what was good.
    pub wronged: u32,
    /// Of the checked, bad ones that passed.
    pub missed: u32,
    /// Materials that were stopped for good.
    pub withdrawn: u32,
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
    /// Work on scans for unnoticed themes.
    pub scanning: Work,
    /// Of production and support, what was done in partnerships and consortia of three or more.
    pub joint: Work,
    /// Materials taken up by organisations outside the movement.
    pub taken_up: u32,
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
    /// Own income of organisations outside the movement.
    pub outside_income: Money,
    /// What all spent.
    pub spent: Money,
    /// Organisations that formed.
    pub formed: u32,
    /// Of these, founded for a mandate.
    pub founded: u32,
    /// Organisations that closed.
    pub closed: u32,
    /// What governing cost, and what went astray.
    pub trust: Trust,
    /// By theme.
    pub themes: [ThemeTally; MAX_THEMES],
    /// By region.
    pub regions: Table<RegionId, RegionTally>,
    /// Applications, grants, requested, awarded, returning, hubs by funder × region.
    pub flows: Grid<FunderId, RegionId, Flow>,
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
    /// Effect of help by others of other regions.
    pub help_across: f64,
    /// Quarters lost.
    pub bounces: f64,
    /// Requests given up.
    pub given_up: f64,
    /// Requests that two responsible hubs passed to each other, person-requests.
    pub conflicts: f64,
    /// Problems of a community that two responsible hubs work on.
    pub contested: u32,
    /// First waits that ended.
    pub first_waits: f64,
    /// Their sum, person-quarters.
    pub first_wait: f64,
    /// Of them, never helped.
    pub first_never: f64,
    /// First waits that ended of members of user groups in their first two years.
    pub young_waits: f64,
    /// Their sum, person-quarters.
    pub young_wait: f64,
    /// Volunteers who came to the end of their first year, people.
    pub matured: f64,
    /// Waits of communities for a solution that ended.
    pub solutions: Solutions,
    /// Of these, of communities of small organisations.
    pub small_solutions: Solutions,
    /// Needs solved, weighted by quality and people.
    pub solved: f64,
    /// Grants and hub money.
    pub awarded: Money,
    /// Own income.
    pub own_income: Money,
    /// Materials taken up by organisations outside the movement.
    pub taken_up: u32,
}

/// Waits for a solution that ended, weighted by the people of the community.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Solutions {
    /// Needs, million person-problems.
    pub waits: f64,
    /// Sum of their waits, million person-problem-quarters.
    pub wait: f64,
    /// Of the needs, never solved.
    pub never: f64,
}

/// Sums of the year over a theme.
#[derive(Clone, Copy, Debug, Default)]
pub struct ThemeTally {
    /// Requests, person-requests.
    pub requests: f64,
    /// Requests given up.
    pub given_up: f64,
    /// Work on production and support by the foundation.
    pub foundation_work: Work,
    /// The same by all others, for their mandates included.
    pub work: Work,
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
            regions: vec![RegionTally::default(); regions].into(),
            flows: Grid::new(funders, regions, Flow::default()),
            ..Tally::default()
        }
    }

    /// Forgets the year, keeping the room.
    pub fn clear(&mut self) {
        let (mut regions, mut flows) = (std::mem::take(&mut self.regions), std::mem::take(&mut self.flows));
        regions.fill(RegionTally::default());
        flows.cells_mut().fill(Flow::default());
        *self = Tally { regions, flows, ..Tally::default() };
    }
}

/// Sums of the year over what governing costs and what goes astray.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trust {
    /// Work on deciding about mandates.
    pub deciding: Work,
    /// Work on lobbying.
    pub lobbying: Work,
    /// Work on being overseen, and on overseeing.
    pub oversight: Work,
    /// Work on mutual accountability, answers to false alarms included.
    pub accountability: Work,
    /// Reviews of mandates.
    pub reviews: u32,
    /// Of these, turned by lobbying.
    pub turned: u32,
    /// What reviews led to, when they took effect: how often nothing, and each of the outcomes.
    pub confirmed: u32,
    /// In the order of [`Outcome`](crate::policy::levers::Outcome).
    pub outcomes: [u32; 5],
    /// Organisations and mandates that went astray.
    pub incidents: u32,
    /// Of those astray, noticed.
    pub noticed: u32,
    /// Of those noticed, stopped.
    pub stopped: u32,
    /// Quarters from going astray to being stopped, their sum.
    pub stopping: u32,
    /// Alarms about those who were not astray.
    pub false_alarms: u32,
    /// Quarters of organisations large enough to go astray.
    pub organisation_quarters: u32,
    /// Of these, astray.
    pub organisations_astray: u32,
    /// Quarters of mandates.
    pub mandate_quarters: u32,
    /// Of these, astray.
    pub mandates_astray: u32,
    /// Requests answered by who was astray, person-requests.
    pub harm: f64,
}
