//! The state of one trial, plain: one file an entity.

pub mod actor;
pub mod community;
pub mod conduct;
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
pub use community::{Communities, Community};
pub use conduct::{Conduct, Party, Watcher};
pub use governance::{GovernanceWork, PendingDecision};
pub use mandate::{Mandate, Remit, Scope, Stage};
pub use organisation::{Commitment, FunderGroup, FundingHistory, Label, Organisation, OrganisationYear};
pub use partnership::{Circle, Partnership, Partnerships};
pub use problem::{CommunityCounts, Material, Problem, Problems};
pub use project::{Blocked, DuplicationCause, Project, WorkQueue};
pub use region::Region;
pub use submission::{Step, Submission};
pub use theme::Theme;
pub use volunteers::{ExactSum, UNAFFILIATED, Volunteer};

/// A source of grants.
#[derive(Clone, Debug)]
pub struct Funder {
    /// What its draws are addressed by.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Trend of the pot, USD a year.
    pub trend: Money,
    /// Growth of the trend, 1/year.
    pub growth: f64,
    /// Standard deviation of the yearly shock of the pot's logarithm.
    pub volatility: f64,
    /// Noise of what it sees of an applicant's merit.
    pub noise: f64,
    /// Deviation of the pot's logarithm from its trend.
    pub deviation: f64,
    /// The pot of this year, without what organisations pay in.
    pub pot: Money,
    /// What organisations paid in this year, what that costs taken off.
    pub paid_in: Money,
    /// What it had left last year for want of requests, relative to what it gave, by region; alike everywhere where it
    /// is for anywhere.
    pub spare: [f64; MAX_REGIONS],
    /// Whose money it is: whether it follows the policy under test, and whose memory it has.
    pub funder_group: FunderGroup,
    /// How it gives, where it does not follow the policy under test.
    pub grants: GrantLevers,
    /// Share of the pot for each region; empty where it is for anywhere.
    pub regions: Vec<f64>,
    /// Weight of each theme in what it asks for, together 1; empty where it asks for none in particular.
    pub themes: Vec<f64>,
}

impl Funder {
    /// Whether it follows the policy under test.
    pub fn governed(&self) -> bool {
        self.funder_group == FunderGroup::Governed
    }
}

/// Everything that is, in one trial. What it depends on (parameters, policy, shocks, random stream, time) and what has
/// happened are not part of it.
#[derive(Clone, Debug)]
pub struct State {
    /// People one volunteer agent stands for.
    pub people_per_agent: f64,
    /// Parts of the world.
    pub regions: Table<RegionId, Region>,
    /// Areas of expertise.
    pub themes: Table<ThemeId, Theme>,
    /// Share of a region's need that each theme has; sums to 1 per region.
    pub need: Grid<RegionId, ThemeId, f64>,
    /// Affinity between regions without cuts.
    pub affinity_trend: Grid<RegionId, RegionId, f64>,
    /// Affinity between regions this year.
    pub affinity: Grid<RegionId, RegionId, f64>,
    /// Those served.
    pub communities: Communities,
    /// Organisations, dead ones included.
    pub organisations: Table<OrganisationId, Organisation>,
    /// The global body, if there is one.
    pub foundation: Option<OrganisationId>,
    /// The affiliate of year 0 that was drawn: it begins with more where somebody has a head start.
    pub drawn: Option<OrganisationId>,
    /// Hubs, ended ones included.
    pub mandates: Table<MandateId, Mandate>,
    /// Who works with whom of their own accord.
    pub partnerships: Partnerships,
    /// Work spent on a scan for unnoticed themes, until somebody looks at what it has shown.
    pub scan: Option<Work>,
    /// Sources of grants.
    pub funders: Table<FunderId, Funder>,
    /// What the governed pots paid to hubs this year.
    pub paid_to_hubs: Money,
    /// The foundation's movement budget in year 0: what its staff cost.
    pub foundation_budget: Money,
    /// Index of that budget, and of what was handed over from it: 1 in year 0.
    pub budget_index: f64,
    /// The people.
    pub volunteers: Vec<Volunteer>,
    /// What needs solving.
    pub problems: Problems,
    /// Materials that wait to be checked before they are offered.
    pub gate: Vec<Submission>,
    /// Hub-years seen so far: what deciders have learnt about hubs.
    pub hub_years: f64,
}

impl State {
    /// Affinity between two regions this year, 0–1.
    #[inline]
    pub fn affinity(&self, a: RegionId, b: RegionId) -> f64 {
        self.affinity[(a, b)]
    }

    /// Whether a theme is there and somebody has seen that it is needed: only then anybody serves it.
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

    /// Ids of all organisations that are alive and do something.
    pub fn active(&self) -> impl Iterator<Item = OrganisationId> + '_ {
        self.organisations.iter().enumerate().filter(|(_, o)| o.active()).map(|(i, _)| OrganisationId::from_index(i))
    }

    /// Ids of the affiliates among them: neither the foundation nor those outside the movement.
    pub fn affiliates(&self) -> impl Iterator<Item = OrganisationId> + '_ {
        self.active().filter(|o| self.organisations[*o].kind.affiliate())
    }

    /// Ids of those outside the movement: external free-knowledge organisations and partners.
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

    /// The thematic hub whose scope holds a cell, if any: the first, where two overlap.
    pub fn hub_for(&self, region: RegionId, theme: ThemeId) -> Option<MandateId> {
        let responsible = |m: &Mandate| m.theme() == Some(theme) && m.scope.holds(region, theme);
        self.hubs().find(|m| responsible(&self.mandates[*m]))
    }

    /// The hub of a region, if it has one: the first, where it has been split.
    pub fn regional_hub(&self, region: RegionId) -> Option<MandateId> {
        self.hubs().find(|m| self.mandates[*m].remit == Remit::Region(region))
    }

    /// The regional hub whose scope holds a cell, if any.
    pub fn regional_hub_for(&self, region: RegionId, theme: ThemeId) -> Option<MandateId> {
        let responsible = |m: &Mandate| m.region() == Some(region) && m.scope.holds(region, theme);
        self.hubs().find(|m| responsible(&self.mandates[*m]))
    }

    /// Whether an organisation is where the holder of a mandate must be: in its region, for a region; anywhere, for a
    /// theme.
    pub fn resides(&self, organisation: OrganisationId, remit: Remit) -> bool {
        match remit {
            Remit::Theme(_) => true,
            Remit::Region(region) => self.organisations[organisation].region == region,
        }
    }

    /// What draws about a mandate for this are addressed by before there is one.
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

    /// What one FTE costs a year in a region; `wage` is what it costs at price level 1, USD.
    pub fn wage(&self, region: RegionId, wage: f64) -> Money {
        Money(wage * self.regions[region].price_level)
    }

    /// People of a community, millions.
    pub fn people_of(&self, id: CommunityId) -> f64 {
        let community = &self.communities.list[id];
        community.share * self.regions[community.region].online
    }

    /// Quality of an organisation's work in a theme: expertise × fit of its approach.
    #[inline]
    pub fn quality(&self, organisation: OrganisationId, theme: ThemeId) -> f64 {
        let o = &self.organisations[organisation];
        o.expertise[theme] * theme::fit(o.approach[theme], self.themes[theme].optimum)
    }

    /// Quality of an organisation's work in its best theme.
    pub fn best_quality(&self, organisation: OrganisationId) -> f64 {
        self.theme_ids().map(|t| self.quality(organisation, t)).fold(0.0, f64::max)
    }

    /// Expertise of an organisation for what a mandate is for: in its theme, or over all themes by the region's need for
    /// each.
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

    /// Quality of an organisation's work for what a mandate is for: in its theme, or over all themes by the region's
    /// need for each.
    pub fn quality_for(&self, organisation: OrganisationId, remit: Remit) -> f64 {
        match remit {
            Remit::Theme(theme) => self.quality(organisation, theme),
            Remit::Region(region) => {
                self.theme_ids().map(|t| self.need(region, t) * self.quality(organisation, t)).sum()
            }
        }
    }
}
