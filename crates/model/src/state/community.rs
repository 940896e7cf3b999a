//! Those served: the people of one organisation, or the rest of a region.

use crate::ids::{CommunityId, Key, OrganisationId, RegionId};
use crate::table::Table;

/// The people whom one organisation serves, or those of a region whom none serves.
#[derive(Clone, Debug)]
pub struct Community {
    /// What its draws are addressed by.
    pub key: Key,
    /// Where they are.
    pub region: RegionId,
    /// Share of the region's people online; 0 once it has ended.
    pub share: f64,
    /// Who serves them.
    pub organisation: Option<OrganisationId>,
}

/// All communities; the first of them are the rests of the regions, in their order.
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

    /// Founds a community out of the rest of its region; it gets no more than half of the rest.
    pub fn found(&mut self, key: Key, region: RegionId, share: f64, by: OrganisationId) -> CommunityId {
        let rest = &mut self.list[Self::rest(region)];
        let share = share.min(0.5 * rest.share);
        rest.share -= share;
        self.list.push(Community { key, region, share, organisation: Some(by) });
        CommunityId::from_index(self.list.len() - 1)
    }

    /// Gives a community's people back to the rest of their region.
    pub fn dissolve(&mut self, id: CommunityId) {
        let community = &mut self.list[id];
        let (region, share) = (community.region, community.share);
        community.share = 0.0;
        community.organisation = None;
        self.list[Self::rest(region)].share += share;
    }
}
