//! Power: who holds much fears to lose it.
//!
//! *Claim.* The territorial who are seen claim mandates with prestige where they lack expertise, share less of what they
//! make, and lobby those who review them; peers who see it make all of this dearer. *Equations.* An organisation claims
//! a mandate beyond its expertise if fear · territoriality · prestige · (1 − restraint · accountability) > threshold;
//! its work is found and packaged with 1 − hoarding · territoriality · prestige · (1 − restraint · accountability) of
//! the usual chance; in a review it wins lobbying · territoriality · prestige · openness · (1 − exposure ·
//! accountability), where openness is computed from who reviews: those who are near and know little. *Source.* Pfeffer &
//! Salancik 1978 (resource dependence), Michels 1911; Brown, Lawrence & Robinson 2005 for territoriality in
//! organisations. All numbers are assumed.

use crate::catalogue::Off;
use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::record::Record;
use crate::state::State;
use crate::units::Work;

parameters! {
    /// What the territorial do to keep what they hold.
    pub struct PowerParameters in "power",
        off Off::Set(&[("fear", 0.0), ("hoarding", 0.0), ("lobbying", 0.0), ("lobbying_work", 0.0)]);
    /// How strongly prestige and territoriality make an organisation claim what it has no expertise for.
    fear: 0.6, 0.0..=5.0, 0.0..1.0, "factor", "assumed";
    /// Fear × territoriality × prestige above which it does.
    claim_threshold: 0.18, 0.0..=1.0, 0.1..0.4, "-", "assumed";
    /// Part of its work that a wholly territorial organisation of full prestige keeps to itself.
    hoarding: 0.4, 0.0..=1.0, 0.0..0.8, "share", "assumed";
    /// Score that lobbying wins in a review at full territoriality, prestige and openness.
    lobbying: 0.5, 0.0..=5.0, 0.0..1.0, "score", "assumed";
    /// Work of lobbying in a review, at full territoriality.
    lobbying_work: 0.3, 0.0..=20.0, 0.1..1.0, "FTE-quarters/review", "assumed";
    /// Part of claims and hoarding that full accountability stops.
    restraint: 0.6, 0.0..=1.0, 0.2..0.9, "share", "assumed";
    /// Part of lobbying that full accountability exposes, which wins nothing and is dearer by as much.
    exposure: 0.6, 0.0..=1.0, 0.2..0.9, "share", "assumed";
}

/// How far each organisation shares what it makes this year. No draws.
pub fn run(cx: &Context, state: &mut State, _record: &mut Record) {
    let (p, left) = (&cx.parameters.power, unrestrained(cx));
    let hoarding = p.hoarding * left;
    for o in &mut state.organisations {
        o.sharing = 1.0 - hoarding * o.territoriality * o.prestige;
    }
}

/// What accountability leaves of territorial behaviour.
fn unrestrained(cx: &Context) -> f64 {
    1.0 - cx.parameters.power.restraint * cx.policy.governance.accountability
}

/// Whether an organisation stands for a mandate whatever it knows about what that is for.
pub fn claims(cx: &Context, state: &State, id: OrganisationId) -> bool {
    let (p, o) = (&cx.parameters.power, &state.organisations[id]);
    p.fear * o.territoriality * o.prestige * unrestrained(cx) > p.claim_threshold
}

/// What a holder's lobbying adds to its score in a review, before a body of some openness to it. No draws.
pub fn lobbied(cx: &Context, state: &State, holder: OrganisationId, openness: f64) -> f64 {
    let (p, o) = (&cx.parameters.power, &state.organisations[holder]);
    let unseen = 1.0 - p.exposure * cx.policy.governance.accountability;
    p.lobbying * o.territoriality * o.prestige * openness * unseen
}

/// Bills the holder of a mandate for lobbying in its review.
pub fn bill(cx: &Context, state: &mut State, m: MandateId) {
    let p = &cx.parameters.power;
    let dearer = 1.0 + p.exposure * cx.policy.governance.accountability;
    let work = if p.lobbying > 0.0 { p.lobbying_work * dearer } else { 0.0 };
    let o = &mut state.organisations[state.mandates[m].holder];
    o.governance_work.lobbying += Work(work * o.territoriality);
}

#[cfg(test)]
mod tests;
