//! The help of a hub: that of its members, each by its part of the hub's work.
//!
//! ```text
//! able   = Σ part · able of the member                       chance that a request is solved
//! effect = Σ part · able · effect of the member / able       mean effect of what is solved
//! ```
//!
//! A request is not sent to one of the members: it meets the mean of them. What was solved, and what was not, is then booked
//! to each in the same proportions, so that work, training and service are those of a random member, in expectation.

use super::helpdesks::HelpOffer;
use crate::ids::{MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::partnerships::consortia;
use crate::random::Stream;
use crate::state::State;

/// A cell of a hub's scope, to which it gives help.
#[derive(Clone, Copy)]
pub(super) struct HubCell {
    pub hub: MandateId,
    pub region: RegionId,
    pub theme: ThemeId,
}

/// What a member gives of the help of a hub in a cell.
pub(super) struct MemberHelp {
    pub organisation: OrganisationId,
    /// Its part of the hub's work.
    pub part: f64,
    pub offer: HelpOffer,
}

/// What each member offers in a cell.
pub(super) fn member_help(cx: &Context, state: &State, cell: HubCell) -> impl Iterator<Item = MemberHelp> {
    let HubCell { hub, region, theme } = cell;
    consortia::members(state, hub).filter(|&(_, part)| part > 0.0).map(move |(organisation, part)| {
        let offer = HelpOffer::new(cx, state, organisation, Some(hub), (region, theme));
        MemberHelp { organisation, part, offer }
    })
}

/// What a hub offers in a cell.
pub(super) fn hub_offer(cx: &Context, state: &State, cell: HubCell) -> HelpOffer {
    let (able, effect) =
        member_help(cx, state, cell).fold((0.0, 0.0), |(able, effect), MemberHelp { part, offer, .. }| {
            (able + part * offer.able, effect + part * offer.able * offer.effect)
        });
    HelpOffer { able, effect: if able > 0.0 { effect / able } else { 0.0 } }
}

/// The member of a hub that an organisation meets when it asks there: any other than itself, by its part of the work; none,
/// if it is alone there.
pub(super) fn member_met(
    state: &State,
    hub: MandateId,
    asking: OrganisationId,
    (stream, index): (Stream, u32),
) -> Option<OrganisationId> {
    let others = || consortia::members(state, hub).filter(|&(id, part)| id != asking && part > 0.0);
    let all: f64 = others().map(|(_, part)| part).sum();
    let mut left = stream.uniform(index) * all;
    let met = others().find(|&(_, part)| {
        left -= part;
        left < 0.0
    });
    met.or_else(|| others().last()).map(|(id, _)| id)
}

#[cfg(test)]
mod tests;
