//! Power: organisations that hold much defend it by territorial claims, hoarding and lobbying.
//!
//! *Claim.* A territorial organisation with prestige stands for mandates for which it lacks expertise, shares less of its
//! materials, and lobbies the body that reviews its mandates. Accountability (peers who look on) restrains the first two,
//! exposes lobbying, and makes lobbying cost more work.
//!
//! *Equations.*
//!
//! ```text
//! unrestrained = 1 − restraint · accountability
//! claims       = fear · territoriality · prestige · unrestrained > claim_threshold
//! sharing      = 1 − hoarding · unrestrained · territoriality · prestige
//! lobbied      = lobbying · territoriality · prestige · openness · (1 − exposure · accountability)
//! work         = lobbying_work · (1 + exposure · accountability) · territoriality
//! ```
//!
//! `claims`: the organisation stands whatever its expertise. `sharing`: factor on the probability that others find its
//! materials and that it packages them. `lobbied`: added to its score in a review. `openness`: computed from the members
//! of the reviewing body; members who are near and know little are open.
//!
//! *Draws.* None. *Off.* fear = hoarding = lobbying = lobbying_work = 0.
//!
//! *Source.* Resource dependence: Pfeffer & Salancik 1978. Oligarchy: Michels 1911. Territoriality in organisations:
//! Brown, Lawrence & Robinson 2005. All numbers are assumed.

use crate::catalogue::Off;
use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::record::Record;
use crate::state::State;
use crate::units::Work;

parameters! {
    /// How territorial organisations defend what they hold.
    pub struct PowerParameters in "power",
        off Off::Set(&[("fear", 0.0), ("hoarding", 0.0), ("lobbying", 0.0), ("lobbying_work", 0.0)]);
    /// Strength with which prestige and territoriality make an organisation stand for mandates that it has no expertise
    /// for.
    fear: f64 = 0.6, 0.0..=5.0, 0.0..1.0, "factor", "assumed";
    /// Value of fear × territoriality × prestige above which an organisation stands for such a mandate.
    claim_threshold: f64 = 0.18, 0.0..=1.0, 0.1..0.4, "-", "assumed";
    /// Share of its materials that an organisation of full territoriality and prestige keeps to itself.
    hoarding: f64 = 0.4, 0.0..=1.0, 0.0..0.8, "share", "assumed";
    /// Score that lobbying adds in a review at full territoriality, prestige and openness.
    lobbying: f64 = 0.5, 0.0..=5.0, 0.0..1.0, "score", "assumed";
    /// Work that lobbying takes in a review, at full territoriality.
    lobbying_work: Work = 0.3, 0.0..=20.0, 0.1..1.0, "FTE-quarters/review", "assumed";
    /// Share of claims and hoarding that full accountability prevents.
    restraint: f64 = 0.6, 0.0..=1.0, 0.2..0.9, "share", "assumed";
    /// Share of lobbying that full accountability exposes: it adds no score, and the work of lobbying grows by this
    /// share.
    exposure: f64 = 0.6, 0.0..=1.0, 0.2..0.9, "share", "assumed";
}

/// Sets the share of its materials that each organisation shares this year. No draws.
pub fn run(cx: &Context, state: &mut State, _record: &mut Record) {
    let hoarding = cx.parameters.power.hoarding * unrestrained(cx);
    for organisation in &mut state.organisations {
        organisation.sharing = 1.0 - hoarding * organisation.territoriality * organisation.prestige;
    }
}

/// The share of territorial behaviour that accountability leaves.
fn unrestrained(cx: &Context) -> f64 {
    1.0 - cx.parameters.power.restraint * cx.policy.governance.accountability
}

/// Whether an organisation stands for a mandate without the expertise for it.
pub fn claims(cx: &Context, state: &State, id: OrganisationId) -> bool {
    let (parameters, organisation) = (&cx.parameters.power, &state.organisations[id]);
    parameters.fear * organisation.territoriality * organisation.prestige * unrestrained(cx)
        > parameters.claim_threshold
}

/// The score that a holder's lobbying adds in a review by a body of this openness. No draws.
pub fn lobbied(cx: &Context, state: &State, holder: OrganisationId, openness: f64) -> f64 {
    let (parameters, organisation) = (&cx.parameters.power, &state.organisations[holder]);
    let unexposed = 1.0 - parameters.exposure * cx.policy.governance.accountability;
    parameters.lobbying * organisation.territoriality * organisation.prestige * openness * unexposed
}

/// Charges the holder of a mandate the work of lobbying in its review.
pub fn charge_lobbying_work(cx: &Context, state: &mut State, hub: MandateId) {
    let parameters = &cx.parameters.power;
    let extra_work = 1.0 + parameters.exposure * cx.policy.governance.accountability;
    let work = if parameters.lobbying > 0.0 { parameters.lobbying_work * extra_work } else { Work::ZERO };
    let organisation = &mut state.organisations[state.mandates[hub].holder];
    organisation.governance_work.lobbying += work * organisation.territoriality;
}

#[cfg(test)]
mod tests;
