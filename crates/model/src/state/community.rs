//! The people served: those of one organisation, or the rest of a region.

use crate::ids::{CommunityId, Key, OrganisationId, RegionId};
use crate::table::Table;

/// The people whom one organisation serves, or those of a region whom no organisation serves.
#[derive(Clone, Debug)]
pub struct Community {
    /// Address of its random draws.
    pub key: Key,
    /// Their region.
    pub region: RegionId,
    /// Share of the region's people online; 0 once it is dissolved.
    pub share: f64,
    /// The organisation that serves them.
    pub organisation: Option<OrganisationId>,
}

/// Largest share of a region's unserved people that one new community takes; assumed: half.
pub const MAX_SHARE_OF_REST: f64 = 0.5;

/// All communities. The first ones are the rests of the regions, in the order of the regions.
#[derive(Clone, Debug, Default)]
pub struct Communities {
    /// By id.
    pub list: Table<CommunityId, Community>,
}

impl Communities {
    /// The people of a region whom no organisation serves.
    pub fn rest(region: RegionId) -> CommunityId {
        CommunityId(u16::from(region.0))
    }

    /// Creates a community out of the rest of its region. It gets no more than [`MAX_SHARE_OF_REST`].
    pub fn found(&mut self, key: Key, region: RegionId, share: f64, organisation: OrganisationId) -> CommunityId {
        let rest = &mut self.list[Self::rest(region)];
        let share = share.min(MAX_SHARE_OF_REST * rest.share);
        rest.share -= share;
        self.list.push(Community { key, region, share, organisation: Some(organisation) });
        CommunityId::from_index(self.list.len() - 1)
    }

    /// Returns a community's people to the rest of their region.
    pub fn dissolve(&mut self, id: CommunityId) {
        let community = &mut self.list[id];
        let (region, share) = (community.region, community.share);
        community.share = 0.0;
        community.organisation = None;
        self.list[Self::rest(region)].share += share;
    }
}
