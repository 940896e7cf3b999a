//! What is the same for all producers of a quarter, computed once.

use std::cell::OnceCell;

use super::BASE_ATTRACTION;
use super::search::in_catalogues;
use crate::ids::{CommunityId, Key, RegionId};
use crate::mechanisms::{Context, dependencies, gate};
use crate::random::{Decision, Stream};
use crate::state::{ByPeople, State};

/// Steps of the table of attraction.
pub(super) const ATTRACTION_STEPS: usize = 64;

/// A community that has people.
pub(super) struct PeopledCommunity {
    pub(super) id: CommunityId,
    pub(super) region: RegionId,
    /// Millions.
    pub(super) people: f64,
}

/// What all choices and searches of a quarter share.
pub(in crate::mechanisms) struct QuarterIndex {
    /// Whether packaged materials pass a quality gate.
    pub(super) gated: bool,
    /// Probability that a hub is informed of what other hubs depend on.
    pub(super) disclosure: f64,
    /// Probability that the catalogues known in a region list a material of a theme, `[region × themes + theme]`.
    pub(super) listed: Vec<f64>,
    /// Factor on the probability to find a material, from the number of places to look.
    pub(super) undiluted: f64,
    /// The communities that have people, in order of their ids.
    pub(super) communities: Vec<PeopledCommunity>,
    /// The communities of each region that no organisation serves.
    pub(super) unserved: Vec<ByPeople<CommunityId>>,
    /// Key and sharing of each organisation. Side by side, because a search reads them for every material, and an
    /// organisation itself takes many cache lines.
    pub(super) producers: Vec<(Key, f64)>,
    /// (expertise + base)^focus at equal steps of expertise; computed when it is first used.
    attraction: OnceCell<[f64; ATTRACTION_STEPS + 1]>,
    focus: f64,
    pub(super) search: Stream,
    pub(super) insistence: Stream,
    pub(super) packaging: Stream,
    pub(super) taste: Stream,
    /// How clear it is which of two responsible hubs does what, 0–1.
    pub(super) clarity: f64,
    /// The random stream of the division of work between two hubs.
    pub(super) division: Stream,
}

impl QuarterIndex {
    pub(in crate::mechanisms) fn new(cx: &Context, state: &State) -> QuarterIndex {
        let cells = state.region_ids().flat_map(|region| state.theme_ids().map(move |theme| (region, theme)));
        QuarterIndex {
            gated: gate::is_active(cx, state),
            disclosure: dependencies::disclosure(cx, state),
            listed: cells.map(|(region, theme)| in_catalogues(cx, state, region, theme)).collect(),
            undiluted: 1.0 / (1.0 + cx.parameters.production.dilution * state.hub_count() as f64),
            communities: peopled(state),
            unserved: state.communities.unserved(),
            producers: state
                .organisations
                .iter()
                .map(|organisation| (organisation.key, organisation.sharing))
                .collect(),
            attraction: OnceCell::new(),
            focus: cx.parameters.production.focus,
            search: cx.random.decision(Decision::Search, cx.now.quarter()),
            insistence: cx.random.decision(Decision::Insistence, 0),
            packaging: cx.random.decision(Decision::Packaging, 0),
            taste: cx.random.decision(Decision::Taste, 0),
            clarity: cx.policy.hubs.clarity,
            division: cx.random.decision(Decision::Routing, 0),
        }
    }

    /// (expertise + base)^focus, linear between the steps.
    #[inline]
    pub(super) fn attraction(&self, expertise: f64) -> f64 {
        let at = expertise.clamp(0.0, 1.0) * ATTRACTION_STEPS as f64;
        // To an integer of 32 bits first: the conversion to 64 bits takes more instructions.
        let below = (at as u32 as usize).min(ATTRACTION_STEPS - 1);
        // A table, because a power for every work queue and theme would take longer than the choice itself.
        let power = |step| libm::pow(step as f64 / ATTRACTION_STEPS as f64 + BASE_ATTRACTION, self.focus);
        let attraction = self.attraction.get_or_init(|| std::array::from_fn(power));
        let (low, high) = (attraction[below], attraction[below + 1]);
        low + (high - low) * (at - below as f64)
    }
}

/// All communities that have people, in order of their ids.
fn peopled(state: &State) -> Vec<PeopledCommunity> {
    let list = state.communities.list.iter().enumerate().filter(|(_, community)| community.share > 0.0);
    list.map(|(c, community)| {
        let people = community.share * state.regions[community.region].online;
        PeopledCommunity { id: CommunityId::from_index(c), region: community.region, people }
    })
    .collect()
}
