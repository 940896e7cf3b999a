//! The communities of year 0: those of organisations, and those of the people who have none.

use crate::ids::{BirthCause, Key, RegionId};
use crate::state::{Community, State};

/// Largest share of the people whom no organisation before it serves that one serves; a choice: nobody serves a whole
/// region.
const MAX_SHARE_OF_REST: f64 = 0.5;
/// The most communities into which the people of a region who have no organisation are cut; a choice: each is asked
/// about each problem. Where there would be more, they are larger.
pub(super) const MOST_UNSERVED: usize = 40;

/// Cuts the people of each region who have no organisation into communities of about the median size of those that have
/// one: in the region, else anywhere. Where nobody has one, into the largest number of communities.
pub(super) fn cut_unserved(state: &mut State) {
    let unserved: Vec<f64> = state.region_ids().map(|region| limit_served(state, region)).collect();
    let anywhere = median(served(state, |_| true));
    for (region, unserved) in state.region_ids().zip(unserved) {
        let people = median(served(state, |community| community.region == region)).or(anywhere);
        let online = state.regions[region].online;
        let usual = people.map_or(unserved / MOST_UNSERVED as f64, |people| (people / online).min(unserved));
        state.communities.usual.push(usual);
        let count = (unserved / usual).round().clamp(1.0, MOST_UNSERVED as f64);
        for index in 0..count as u32 {
            let key = Key::from_birth(state.regions[region].key.stem(), 0, BirthCause::Community, index);
            let share = unserved / count;
            state.communities.list.push(Community { key, region, share, organisation: None });
        }
    }
}

/// Limits the communities of a region's organisations, one after another; returns the share of its people whom nobody
/// serves.
fn limit_served(state: &mut State, region: RegionId) -> f64 {
    let mut rest = 1.0;
    for community in state.communities.list.iter_mut().filter(|community| community.region == region) {
        community.share = community.share.min(MAX_SHARE_OF_REST * rest);
        rest -= community.share;
    }
    rest
}

/// People of the communities that have an organisation and people, millions.
fn served(state: &State, counts: impl Fn(&Community) -> bool) -> Vec<f64> {
    let peopled = state.communities.list.pairs().filter(|(_, community)| community.share > 0.0);
    let of = peopled.filter(|(_, community)| community.organisation.is_some() && counts(community));
    of.map(|(id, _)| state.people_of(id)).collect()
}

/// The lower median; none of no values.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied()
}
