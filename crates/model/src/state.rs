//! The state of one trial: plain data, one file an entity.

pub mod actor;
pub mod community;
pub mod conduct;
pub mod desk;
pub mod governance;
pub mod mandate;
pub mod organisation;
pub mod partnership;
pub mod problem;
pub mod project;
pub mod region;
pub mod submission;
pub mod theme;
pub mod volunteers;

use crate::ids::{CommunityId, FunderId, Key, MAX_REGIONS, MandateId, OrganisationId, RegionId, ThemeId};
use crate::policy::levers::GrantLevers;
use crate::table::{Grid, Table};
use crate::units::{Money, Work};

pub use actor::Actor;
pub use community::{ByPeople, Communities, Community};
pub use conduct::{Conduct, Party, Watcher};
pub use desk::Desk;
pub use governance::{GovernanceWork, PendingDecision};
pub use mandate::{Mandate, Remit, Scope, Stage};
pub use organisation::{Commitment, FunderGroup, FundingHistory, Label, Organisation, OrganisationYear};
pub use partnership::{Collaborations, Partnership, Partnerships};
pub use problem::{CommunityCounts, Material, Problem, Problems};
pub use project::{Blocked, DuplicationCause, Project, WorkQueue};
pub use region::Region;
pub use submission::{Step, Submission};
pub use theme::Theme;
pub use volunteers::{ExactSum, UNAFFILIATED, Volunteer};

/// A source of grants.
#[derive(Clone, Debug)]
pub struct Funder {
    /// Address of its random draws.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Trend of the pot, USD a year.
    pub trend: Money,
    /// Growth of the trend, 1/year.
    pub growth: f64,
    /// Standard deviation of the yearly shock of the pot's logarithm.
    pub volatility: f64,
    /// Noise with which it sees an applicant's merit.
    pub noise: f64,
    /// Deviation of the pot's logarithm from its trend.
    pub deviation: f64,
    /// The pot of this year, without what organisations pay in.
    pub pot: Money,
    /// Money that organisations paid in this year, less the cost of collecting it.
    pub paid_in: Money,
    /// Money paid as grants in the year before, by lot: by region; in the first place if the pot is one lot.
    pub paid_before: [Money; MAX_REGIONS],
    /// Its group: whether it follows the policy under test, and which funding history it has.
    pub funder_group: FunderGroup,
    /// Its grant levers, where it does not follow the policy under test.
    pub grants: GrantLevers,
    /// Share of the pot for each region; empty for a pot that is open to all regions.
    pub regions: Vec<f64>,
    /// Weight of each theme in what it funds, together 1; empty for a funder of all themes.
    pub themes: Vec<f64>,
}

impl Funder {
    /// Whether it follows the policy under test.
    pub fn governed(&self) -> bool {
        self.funder_group == FunderGroup::Governed
    }
}

/// Everything that exists in one trial. Parameters, policy, shocks, random stream and time are not part of it, nor is
/// the record of what happened.
#[derive(Clone, Debug)]
pub struct State {
    /// People one volunteer agent stands for.
    pub people_per_agent: f64,
    /// The regions.
    pub regions: Table<RegionId, Region>,
    /// The themes.
    pub themes: Table<ThemeId, Theme>,
    /// Share of a region's need that each theme has; sums to 1 per region.
    pub need: Grid<RegionId, ThemeId, f64>,
    /// Affinity between regions without cuts.
    pub affinity_trend: Grid<RegionId, RegionId, f64>,
    /// Affinity between regions this year.
    pub affinity: Grid<RegionId, RegionId, f64>,
    /// The people served.
    pub communities: Communities,
    /// Organisations, closed ones included.
    pub organisations: Table<OrganisationId, Organisation>,
    /// The global body, if there is one.
    pub foundation: Option<OrganisationId>,
    /// The affiliate of year 0 drawn to begin with more grants where a scenario asks for a head start.
    pub head_start_affiliate: Option<OrganisationId>,
    /// Mean expertise of the founders of a new organisation, by theme, 0–1.
    pub founders_expertise: f64,
    /// Hubs, ended ones included.
    pub mandates: Table<MandateId, Mandate>,
    /// Organisations that work together of their own accord.
    pub partnerships: Partnerships,
    /// Work spent on a scan for unnoticed themes, until its results are evaluated.
    pub scan: Option<Work>,
    /// Sources of grants.
    pub funders: Table<FunderId, Funder>,
    /// Money that the governed pots paid to hubs this year.
    pub paid_to_hubs: Money,
    /// The foundation's service desk.
    pub desk: Desk,
    /// The foundation's movement budget in year 0: the cost of its staff.
    pub foundation_budget: Money,
    /// Trend of that budget, without dated shocks; 1 in year 0.
    pub budget_trend: f64,
    /// Index of that budget, and of what was handed over from it; 1 in year 0.
    pub budget_index: f64,
    /// The volunteers.
    pub volunteers: Vec<Volunteer>,
    /// Problems that volunteers need solved.
    pub problems: Problems,
    /// Materials that wait to be checked before they are offered.
    pub gate: Vec<Submission>,
    /// Hub-years observed so far: experience of deciders with hubs.
    pub hub_years: f64,
    /// The theme's and the region's hub last quarter with their holders, `[region × themes + theme]`: what volunteers were
    /// referred to there. Empty before the first quarter.
    pub referred_to: Vec<[Option<(MandateId, OrganisationId)>; 2]>,
}

impl State {
    /// Affinity between two regions this year, 0–1.
    #[inline]
    pub fn affinity(&self, a: RegionId, b: RegionId) -> f64 {
        self.affinity[(a, b)]
    }

    /// Whether a theme is present and noticed: only then anybody serves it.
    #[inline]
    pub fn served(&self, theme: ThemeId) -> bool {
        let theme = &self.themes[theme];
        theme.noticed && theme.presence > 0.0
    }

    /// Share of a region's need that a theme has, 0–1.
    #[inline]
    pub fn need(&self, region: RegionId, theme: ThemeId) -> f64 {
        self.need[(region, theme)]
    }

    /// A theme's share of the movement's need: the mean over regions by people online.
    pub fn movement_need(&self, theme: ThemeId) -> f64 {
        let online: f64 = self.regions.iter().map(|region| region.online).sum();
        let needed: f64 = self
            .regions
            .iter()
            .enumerate()
            .map(|(r, region)| region.online * self.need(RegionId::from_index(r), theme))
            .sum();
        needed / online
    }

    /// Ids of the regions.
    pub fn region_ids(&self) -> impl Iterator<Item = RegionId> + use<> {
        (0..self.regions.len()).map(RegionId::from_index)
    }

    /// Ids of the themes, unborn ones included.
    pub fn theme_ids(&self) -> impl Iterator<Item = ThemeId> + use<> {
        (0..self.themes.len()).map(ThemeId::from_index)
    }

    /// Ids of all organisations that are open and not inert.
    pub fn active(&self) -> impl Iterator<Item = OrganisationId> + '_ {
        self.organisations.iter().enumerate().filter(|(_, o)| o.active()).map(|(i, _)| OrganisationId::from_index(i))
    }

    /// Ids of the active affiliates: without the foundation and organisations outside the movement.
    pub fn affiliates(&self) -> impl Iterator<Item = OrganisationId> + '_ {
        self.active().filter(|o| self.organisations[*o].kind.affiliate())
    }

    /// Ids of the active organisations outside the movement.
    pub fn outsiders(&self) -> impl Iterator<Item = OrganisationId> + '_ {
        self.active().filter(|o| self.organisations[*o].kind.outside())
    }

    /// Ids of the mandates that have not ended.
    pub fn hubs(&self) -> impl Iterator<Item = MandateId> + '_ {
        self.mandates.iter().enumerate().filter(|(_, m)| m.alive()).map(|(i, _)| MandateId::from_index(i))
    }

    /// Number of the mandates that have not ended.
    pub fn hub_count(&self) -> usize {
        self.mandates.iter().filter(|m| m.alive()).count()
    }

    /// Number of mandates that an organisation holds, alone or with others, without one of them.
    pub fn held_by(&self, organisation: OrganisationId, without: Option<MandateId>) -> u32 {
        self.hubs().filter(|&m| Some(m) != without && self.mandates[m].held_by(organisation)).count() as u32
    }

    /// The thematic hub whose scope contains a cell, if any; the first, where two overlap.
    pub fn hub_for(&self, region: RegionId, theme: ThemeId) -> Option<MandateId> {
        let responsible = |m: &Mandate| m.theme() == Some(theme) && m.scope.holds(region, theme);
        self.hubs().find(|m| responsible(&self.mandates[*m]))
    }

    /// The hub of a region, if it has one; the first, where it has been split.
    pub fn regional_hub(&self, region: RegionId) -> Option<MandateId> {
        self.hubs().find(|m| self.mandates[*m].remit == Remit::Region(region))
    }

    /// The regional hub whose scope contains a cell, if any.
    pub fn regional_hub_for(&self, region: RegionId, theme: ThemeId) -> Option<MandateId> {
        let responsible = |m: &Mandate| m.region() == Some(region) && m.scope.holds(region, theme);
        self.hubs().find(|m| responsible(&self.mandates[*m]))
    }

    /// Whether an organisation is where the holder of a mandate must be: for a region in it, for a theme anywhere.
    pub fn resides(&self, organisation: OrganisationId, remit: Remit) -> bool {
        match remit {
            Remit::Theme(_) => true,
            Remit::Region(region) => self.organisations[organisation].region == region,
        }
    }

    /// Address of the draws about mandates with this remit before one exists.
    pub fn remit_key(&self, remit: Remit) -> Key {
        match remit {
            Remit::Theme(theme) => self.themes[theme].key,
            Remit::Region(region) => self.regions[region].key,
        }
    }

    /// The share of the movement's need that lies in a scope.
    pub fn need_in(&self, scope: &Scope) -> f64 {
        let online: f64 = self.regions.iter().map(|region| region.online).sum();
        scope.cells().map(|(r, t)| self.regions[r].online * self.need(r, t)).sum::<f64>() / online
    }

    /// Price level of the places where an organisation's staff is: it moves with that of its region.
    pub fn price_level(&self, id: OrganisationId) -> f64 {
        let organisation = &self.organisations[id];
        self.regions[organisation.region].price_level * organisation.relative_prices
    }

    /// Cost of one FTE for a year at an organisation; `wage` is the cost at price level 1. All wages come from here.
    pub fn wage(&self, id: OrganisationId, wage: Money) -> Money {
        wage * self.price_level(id)
    }

    /// People of a community, millions.
    pub fn people_of(&self, id: CommunityId) -> f64 {
        let community = &self.communities.list[id];
        community.share * self.regions[community.region].online
    }

    /// Quality of an organisation's work in a theme, 0–1: expertise × fit of its approach.
    #[inline]
    pub fn quality(&self, organisation: OrganisationId, theme: ThemeId) -> f64 {
        let organisation = &self.organisations[organisation];
        organisation.expertise[theme] * theme::fit(organisation.approach[theme], self.themes[theme].optimum)
    }

    /// Quality of an organisation's work in its best theme.
    pub fn best_quality(&self, organisation: OrganisationId) -> f64 {
        self.theme_ids().map(|t| self.quality(organisation, t)).fold(0.0, f64::max)
    }

    /// Expertise of an organisation for a remit: in its theme, or over all themes by the region's need for each.
    pub fn expertise_for(&self, organisation: OrganisationId, remit: Remit) -> f64 {
        let known = &self.organisations[organisation].expertise;
        match remit {
            Remit::Theme(theme) => known[theme],
            Remit::Region(region) => self.theme_ids().map(|t| self.need(region, t) * known[t]).sum(),
        }
    }

    /// Whether the foundation has handed a theme over to a hub.
    pub fn handed_over(&self, theme: ThemeId) -> bool {
        self.mandates.iter().any(|m| m.alive() && m.theme() == Some(theme) && m.handed.0 > 0.0)
    }

    /// Quality of an organisation's work for a remit: in its theme, or over all themes by the region's need for each.
    pub fn quality_for(&self, organisation: OrganisationId, remit: Remit) -> f64 {
        match remit {
            Remit::Theme(theme) => self.quality(organisation, theme),
            Remit::Region(region) => {
                self.theme_ids().map(|t| self.need(region, t) * self.quality(organisation, t)).sum()
            }
        }
    }
}
