//! How strongly each theme and each community attracts a producer: the fast path.
//!
//! [`reference`](super::reference) is the readable version.

use super::index::{PeopledCommunity, QuarterIndex};
use super::{Producer, busy};
use crate::ids::{CommunityId, MAX_REGIONS, MAX_THEMES, MandateId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::policy::levers::Autonomy;
use crate::state::{Remit, State, WorkQueue};

/// The weights of a producer's choices in a quarter, and the problems it may choose from.
#[derive(Default)]
pub(super) struct ThemeWeights {
    pub(super) by_theme: [f64; MAX_THEMES],
    total: f64,
    /// Themes, as bits, in which a producer with a community of its own has just found nothing to do. It does not look
    /// there again until it has begun or worked on something.
    pub(super) barren: u32,
    /// Attempts to begin a project in this quarter.
    pub(super) attempts: u32,
    /// Running sums of the weights of communities, in the order of the index, for producers that choose for whom they work.
    pub(super) cumulative: Vec<f64>,
    /// Score and slot of the problems to choose from. A buffer that is reused: its content is that of the latest scoring.
    pub(super) scored: Vec<(f64, usize)>,
}

impl ThemeWeights {
    /// Weighs themes and communities for a producer. In place, because the struct is large and there are many producers.
    pub(super) fn weigh(&mut self, cx: &Context, state: &State, index: &QuarterIndex, producer: Producer) {
        (self.by_theme, self.barren) = ([0.0; MAX_THEMES], 0);
        if producer.home.is_none() {
            self.cumulative = cumulative_weights(cx, state, index, producer);
        }
        match producer.actor.mandate {
            Some(mandate) => self.weigh_for_mandate(cx, state, index, producer, mandate),
            None => self.weigh_for_organisation(state, index, producer),
        }
        self.total = self.by_theme[..state.themes.len()].iter().sum();
    }

    fn weigh_for_mandate(
        &mut self,
        cx: &Context,
        state: &State,
        index: &QuarterIndex,
        producer: Producer,
        mandate: MandateId,
    ) {
        let mandate = &state.mandates[mandate];
        match mandate.remit {
            Remit::Theme(theme) => self.by_theme[theme] = 1.0,
            Remit::Region(region) => {
                let expertise = &state.organisations[producer.actor.organisation].expertise;
                for theme in state.theme_ids().filter(|&t| state.served(t) && mandate.scope.holds(region, t)) {
                    let need = state.need(region, theme);
                    self.by_theme[theme] = match cx.policy.hubs.autonomy {
                        Autonomy::Own => index.attraction(expertise[theme]) * need,
                        Autonomy::Steering => need,
                        Autonomy::Funder => state.themes[theme].priority * state.themes[theme].presence,
                    };
                }
            }
        }
    }

    fn weigh_for_organisation(&mut self, state: &State, index: &QuarterIndex, producer: Producer) {
        let expertise = &state.organisations[producer.actor.organisation].expertise;
        for theme in state.theme_ids().filter(|&theme| state.themes[theme].noticed) {
            let wanted = match producer.home {
                Some(_) => state.need(producer.actor.region, theme),
                None if state.handed_over(theme) => 0.0,
                None => state.themes[theme].priority * state.themes[theme].presence,
            };
            if wanted > 0.0 {
                self.by_theme[theme] = index.attraction(expertise[theme]) * wanted;
            }
        }
    }

    /// The theme at a quantile of the weights.
    pub(super) fn choose(&self, u: f64) -> Option<ThemeId> {
        let mut below = 0.0;
        let chosen = self.by_theme.iter().position(|weight| {
            below += weight;
            u * self.total < below
        });
        chosen.map(ThemeId::from_index)
    }

    /// The community at a quantile of the weights.
    pub(super) fn target(&self, index: &QuarterIndex, u: f64) -> Option<CommunityId> {
        let target = u * self.cumulative.last()?;
        let place = self.cumulative.partition_point(|&below| below <= target);
        index.communities.get(place).map(|community| community.id)
    }

    /// Share, by weight, of the communities that still need a problem solved, 0–1.
    pub(super) fn needing(&self, state: &State, index: &QuarterIndex, slot: usize) -> f64 {
        let missing = &state.problems.slots[slot].missing;
        let (mut before, mut still) = (0.0, 0.0);
        for (community, &upto) in index.communities.iter().zip(&self.cumulative) {
            if missing.holds(community.id) {
                still += upto - before;
            }
            before = upto;
        }
        if before > 0.0 { (still / before).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Takes the problem with the best score, the first of equals, that the queue is not busy with already.
    ///
    /// Most producers begin the first problem they are given: another pass for each further one takes less than to keep the
    /// list, or the best few, in order.
    pub(super) fn next_best(&mut self, queue: &WorkQueue, community: CommunityId) -> Option<usize> {
        loop {
            let larger = |best: f64, &(score, _): &(f64, usize)| if score > best { score } else { best };
            let best = self.scored.iter().fold(f64::NEG_INFINITY, larger);
            let taken = self.scored.iter_mut().find(|(score, _)| *score == best && best > f64::NEG_INFINITY)?;
            taken.0 = f64::NEG_INFINITY;
            if !busy(queue, taken.1, community) {
                return Some(taken.1);
            }
        }
    }
}

/// The weights of communities for a producer that chooses for whom it works, as running sums: of people and affinity, within
/// its scope. A steering group weighs people alone.
fn cumulative_weights(cx: &Context, state: &State, index: &QuarterIndex, producer: Producer) -> Vec<f64> {
    let scope = producer.actor.mandate.map(|mandate| state.mandates[mandate].scope);
    let steered = producer.actor.mandate.is_some() && cx.policy.hubs.autonomy == Autonomy::Steering;
    let in_scope = |region: RegionId| scope.is_none_or(|scope| scope.regions().any(|own| own == region));
    // By region first: there are fewer regions than communities.
    let mut closeness = [0.0; MAX_REGIONS];
    for region in state.region_ids().filter(|&region| in_scope(region)) {
        closeness[region] = if steered { 1.0 } else { 0.5 + 0.5 * state.affinity(producer.actor.region, region) };
    }
    let mut below = 0.0;
    let add = |community: &PeopledCommunity| {
        below += community.people * closeness[community.region];
        below
    };
    index.communities.iter().map(add).collect()
}
