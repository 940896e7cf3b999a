//! The people served: those of one organisation, or people of a region who have none.

use crate::ids::{CommunityId, Key, OrganisationId, RegionId};
use crate::state::State;
use crate::table::Table;

/// The people whom one organisation serves, or as many people who have none. It outlives its organisation.
#[derive(Clone, Debug)]
pub struct Community {
    /// Address of its random draws.
    pub key: Key,
    /// Their region.
    pub region: RegionId,
    /// Share of the region's people online.
    pub share: f64,
    /// The organisation that serves them.
    pub organisation: Option<OrganisationId>,
}

/// Size, relative to the usual one, from which on a community is divided when an organisation forms in it: a smaller
/// one would leave behind less than an organisation serves.
const DIVIDED_FROM: f64 = 2.0;
/// Part of the last unserved community of a region that a new organisation serves: nobody serves a whole region.
const SHARE_OF_THE_LAST: f64 = 0.5;

/// All communities. They are never dissolved; new ones are parts of others.
#[derive(Clone, Debug, Default)]
pub struct Communities {
    /// By id.
    pub list: Table<CommunityId, Community>,
    /// By region: the size of a community that an organisation serves, as a share of the people online.
    pub usual: Vec<f64>,
}

impl Communities {
    /// The communities of each region that no organisation serves.
    pub fn unserved(&self) -> Vec<ByPeople<CommunityId>> {
        let mut regions = vec![ByPeople::default(); self.usual.len()];
        for (id, community) in self.list.pairs().filter(|(_, c)| c.organisation.is_none() && c.share > 0.0) {
            regions[community.region].add(community.share, id);
        }
        regions
    }

    /// Divides a community; returns the part, of this share of the region's people, that an organisation serves.
    fn divide(&mut self, whole: CommunityId, key: Key, share: f64) -> CommunityId {
        self.list[whole].share -= share;
        let region = self.list[whole].region;
        self.list.push(Community { key, region, share, organisation: None })
    }
}

impl State {
    /// Gives an organisation, which is about to be created, a community that has none: the one at a quantile of such
    /// people in a region. It serves all of it, or a part of usual size if it is much larger. The part, whose draws have
    /// the organisation's key from then on, keeps the needs and the solutions that the whole had.
    pub fn give_community(
        &mut self,
        key: Key,
        region: RegionId,
        organisation: OrganisationId,
        quantile: f64,
    ) -> Option<CommunityId> {
        let unserved = &self.communities.unserved()[region];
        let whole = unserved.pick(quantile)?;
        let (size, usual) = (self.communities.list[whole].share, self.communities.usual[region]);
        let part = match unserved.len() {
            1 => Some((SHARE_OF_THE_LAST * size).min(usual)),
            _ => (size >= DIVIDED_FROM * usual).then_some(usual),
        };
        let served = part.map_or(whole, |share| {
            let part = self.communities.divide(whole, key, share);
            self.problems.divide(whole, part);
            part
        });
        self.communities.list[served].organisation = Some(organisation);
        Some(served)
    }
}

/// Entities of one region, from which one is drawn in proportion to the people of its community.
#[derive(Clone, Debug)]
pub struct ByPeople<I> {
    /// Sum of the shares of people of an entity and of those before it, and the entity.
    cumulative: Vec<(f64, I)>,
}

impl<I> Default for ByPeople<I> {
    fn default() -> Self {
        ByPeople { cumulative: Vec::new() }
    }
}

impl<I: Copy> ByPeople<I> {
    /// Adds an entity with a share of the region's people.
    pub fn add(&mut self, share: f64, entity: I) {
        let below = self.cumulative.last().map_or(0.0, |&(below, _)| below);
        self.cumulative.push((below + share, entity));
    }

    /// The entity at a quantile between 0 and 1 of the people; none where there are no entities.
    #[inline]
    pub fn pick(&self, quantile: f64) -> Option<I> {
        let &(total, _) = self.cumulative.last()?;
        let target = quantile * total;
        let position = self.cumulative.partition_point(|&(below, _)| below <= target);
        Some(self.cumulative[position.min(self.cumulative.len() - 1)].1)
    }

    /// Number of entities.
    fn len(&self) -> usize {
        self.cumulative.len()
    }
}
