//! Deciding bodies: how candidates and records look to those who decide.
//!
//! *Claim.* A body has no bias of its own: its judgement is that of those who sit in it, each of whom knows some better
//! than others and looks first to what is near. Strangers are judged by their prestige, and that error is shared; errors
//! of one's own average out, the more who decide. *Equations.* Member i sees candidate c as
//! v = (f q + (1 − f) p) · (1 + s (A − Ā)) + e: f familiarity, q quality, p quality as prestige tells it (prestige
//! relative to the field's mean × the field's mean quality), s interest, A affinity of c's region to the member's, Ā its
//! mean affinity by people online, e normal-like with the standard deviation of one who decides. Merit = Σ w v / Σ w.
//! Who sits in it: the foundation knows by reports and oversight, and likes its own themes; affiliates know who is near
//! and the hubs known in their region, and put themselves first; volunteers know the affiliate they are in and the hubs
//! they know; a panel is drawn from both, by lot, and informed. Where there is no foundation, affiliates decide.
//! *Source.* Condorcet 1785 and Galton 1907 for independent errors that average out, Lorenz et al. 2011 for shared ones
//! that do not.

mod candidate;
mod grants;
mod members;

use crate::catalogue::Off;
use crate::ids::{MandateId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::policy::levers::Body;
use crate::random::{Decision, Stream};
use crate::state::{Mandate, Remit, State};
use crate::units::Work;

pub use candidate::Candidate;
pub use grants::vote_for_grants;
pub use members::{Member, Voter, members};

use candidate::*;

parameters! {
    /// Who decides about mandates: what they know, what they want, how long it takes and what it costs.
    pub struct DecidingParameters in "deciding",
        off Off::Set(&[("interest", 0.0), ("reputation", 0.0), ("delay_foundation", 0.0), ("delay_council", 0.0), ("delay_affiliates", 0.0), ("delay_volunteers", 0.0), ("delay_panel", 0.0), ("cost_foundation", 0.0), ("cost_council", 0.0), ("cost_affiliates", 0.0), ("cost_volunteers", 0.0), ("cost_panel", 0.0)]);
    /// How well an organisation that knows its way about knows others of full affinity.
    acquaintance: 0.6, 0.0..=1.0, 0.3..0.9, "share", "assumed";
    /// Part of what the foundation does not know that a running grant or a mandate tells it by its report.
    by_report: 0.3, 0.0..=1.0, 0.1..0.5, "share", "assumed";
    /// Part of what it does not know that full oversight tells the foundation.
    by_oversight: 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// How well the members of a drawn panel know candidates once they have been informed.
    informed: 0.9, 0.0..=1.0, 0.6..1.0, "share", "assumed; citizens' panels are briefed for days";
    /// How much those who decide for others look to what is near to themselves.
    interest: 0.5, 0.0..=1.0, 0.0..1.0, "share", "assumed";
    /// How far strangers take prestige for quality.
    reputation: 1.0, 0.0..=2.0, 0.5..1.5, "factor", "assumed";
    /// Affiliates in a council, elected by all: those with most members, weighted by prestige.
    council_size: 6.0, 0.0..=100.0, 3.0..10.0, "affiliates", "assumed; shared governance works up to six to eight (Provan & Kenis 2008)";
    /// Seats of a drawn panel, half of them for affiliates.
    panel_size: 12.0, 1.0..=100.0, 8.0..24.0, "seats", "assumed; citizens' juries have 12 to 24";
    /// Share of volunteers who vote.
    turnout: 0.05, 0.0..=1.0, 0.01..0.2, "share", "assumed; about one in ten of those entitled in board elections";
    /// How long the foundation takes to decide.
    delay_foundation: 1.0, 0.0..=20.0, 0.0..3.0, "quarters", "assumed";
    /// How long a council takes to decide.
    delay_council: 2.0, 0.0..=20.0, 1.0..4.0, "quarters", "assumed";
    /// How long a vote of the affiliates takes.
    delay_affiliates: 3.0, 0.0..=20.0, 1.0..6.0, "quarters", "assumed";
    /// How long a vote of the volunteers takes.
    delay_volunteers: 3.0, 0.0..=20.0, 1.0..6.0, "quarters", "assumed";
    /// How long drawing and informing a panel takes.
    delay_panel: 2.0, 0.0..=20.0, 1.0..4.0, "quarters", "assumed";
    /// Work of a decision of the foundation.
    cost_foundation: 0.5, 0.0..=20.0, 0.2..1.5, "FTE-quarters/decision", "assumed";
    /// Work of a decision of a council.
    cost_council: 1.0, 0.0..=20.0, 0.4..3.0, "FTE-quarters/decision", "assumed";
    /// Work of a vote of the affiliates.
    cost_affiliates: 2.0, 0.0..=20.0, 0.5..5.0, "FTE-quarters/decision", "assumed";
    /// Work of a vote of the volunteers.
    cost_volunteers: 3.0, 0.0..=20.0, 1.0..8.0, "FTE-quarters/decision", "assumed";
    /// Work of drawing and informing a panel.
    cost_panel: 1.5, 0.0..=20.0, 0.5..4.0, "FTE-quarters/decision", "assumed";
}

/// What a body makes of a candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Opinion {
    /// Merit as the body sees it: the members' views, weighted.
    pub merit: f64,
    /// Share of the members, weighted, whose first choice it is.
    pub votes: f64,
}

/// What a body makes of a holder's record.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Assessment {
    /// The record as the body sees it.
    pub seen: f64,
    /// How open its members are to who lobbies: those who are near and know little.
    pub openness: f64,
    /// How well they know it.
    pub familiarity: f64,
}

/// Quarters from a decision to its effect.
pub fn delay(cx: &Context, body: Body) -> u32 {
    let p = &cx.parameters.deciding;
    let quarters = match body {
        Body::Foundation => p.delay_foundation,
        Body::Council => p.delay_council,
        Body::Affiliates => p.delay_affiliates,
        Body::Volunteers => p.delay_volunteers,
        Body::Panel => p.delay_panel,
    };
    quarters as u32
}

/// Bills those who decide for a decision: its work is taken from their next quarter. What volunteers do for a vote,
/// they do not do for their affiliates.
pub fn bill(cx: &Context, state: &mut State, remit: Remit) {
    let p = &cx.parameters.deciding;
    let cost = Work(match cx.policy.governance.body {
        Body::Foundation => p.cost_foundation,
        Body::Council => p.cost_council,
        Body::Affiliates => p.cost_affiliates,
        Body::Volunteers => p.cost_volunteers,
        Body::Panel => p.cost_panel,
    });
    let seats = members(cx, state, cx.policy.governance.body, remit);
    let weights: f64 = seats.iter().map(|member| member.weight).sum();
    if cost.0 <= 0.0 || weights <= 0.0 {
        return;
    }
    for member in seats {
        let part = cost * (member.weight / weights);
        match member.voter {
            Voter::Foundation(id) | Voter::Affiliate(id) => {
                state.organisations[id].governance_work.deciding += part;
            }
            Voter::Volunteers(region) => {
                let there = |o: &crate::state::Organisation| o.active() && o.region == region;
                let labour: f64 = state.organisations.iter().filter(|o| there(o)).map(|o| o.labour.0).sum();
                for o in state.organisations.iter_mut().filter(|o| there(o) && labour > 0.0) {
                    o.governance_work.deciding += part * (o.labour.0 / labour);
                }
            }
        }
    }
}

/// What the body makes of candidates for a mandate, in their order. Draws: body seat.
pub fn of_candidates(cx: &Context, state: &State, remit: Remit, ids: &[OrganisationId]) -> Vec<Opinion> {
    let mut opinions = vec![Opinion::default(); ids.len()];
    let field = field(cx, state, remit, ids);
    let spread = noise(cx, state);
    let seats = members(cx, state, cx.policy.governance.body, remit);
    let all: f64 = seats.iter().map(|member| member.weight).sum();
    if all <= 0.0 {
        return opinions;
    }
    let stream = cx.random.decision(Decision::DecidingBody, cx.now.year()).with(state.remit_key(remit));
    let mut values = vec![0.0; ids.len()];
    for member in &seats {
        let mine = stream.with(member.key);
        for (value, candidate) in values.iter_mut().zip(&field) {
            *value = member.view(cx, state, candidate, candidate.quality, candidate.reputed)
                + spread * member.noise * error(mine.entity(candidate.key));
        }
        // Who stands puts itself first.
        if let Some(own) = ids.iter().position(|&id| member.voter.organisation() == Some(id)) {
            values[own] = values.iter().copied().fold(values[own], f64::max);
        }
        for (opinion, value) in opinions.iter_mut().zip(&values) {
            opinion.merit += member.weight / all * value;
        }
        vote(&mut opinions, &values, &field, member, member.weight / all);
    }
    opinions
}

/// One who decides has one vote; those of many volunteers go in proportion to what they think of each.
fn vote(opinions: &mut [Opinion], values: &[f64], field: &[Candidate], member: &Member, weight: f64) {
    if member.crowd {
        let total: f64 = values.iter().map(|value| value.max(0.0)).sum();
        for (opinion, value) in opinions.iter_mut().zip(values) {
            opinion.votes += if total > 0.0 { weight * value.max(0.0) / total } else { 0.0 };
        }
        return;
    }
    let own = field.iter().position(|candidate| member.voter.organisation() == Some(candidate.id));
    let best = |a: &usize, b: &usize| values[*a].total_cmp(&values[*b]).then(field[*b].key.cmp(&field[*a].key));
    if let Some(first) = own.or_else(|| (0..values.len()).max_by(best)) {
        opinions[first].votes += weight;
    }
}

/// What the body makes of a holder's record: `record` is what reports say, `usual` the mean record of all hubs,
/// `lived` what those of a region lived through, relative to other hubs, if anybody asked. Draws: review noise.
pub fn of_record(
    cx: &Context,
    state: &State,
    m: MandateId,
    record: f64,
    usual: f64,
    lived: impl Fn(RegionId) -> Option<f64>,
) -> Assessment {
    let mandate = &state.mandates[m];
    let holder = &field(cx, state, mandate.remit, &[mandate.holder])[0];
    let reputed = usual * reputation(cx, state.organisations[mandate.holder].prestige, holders_prestige(state));
    let spread = noise(cx, state);
    let seats = members(cx, state, cx.policy.governance.body, mandate.remit);
    let all: f64 = seats.iter().map(|member| member.weight).sum();
    let stream = cx.random.decision(Decision::ReviewNoise, cx.now.year()).with(mandate.key);
    let mut assessment = Assessment::default();
    for member in &seats {
        let weight = member.weight / all.max(f64::MIN_POSITIVE);
        let interest = member.interest(cx);
        let known = match member.voter {
            Voter::Foundation(_) => record,
            _ if member.informed => record,
            _ => record + interest * (lived(member.region).unwrap_or(record) - record),
        };
        let mut view = member.view(cx, state, holder, known, reputed);
        if member.voter.organisation() == Some(mandate.holder) {
            // Who is judged finds nothing wrong.
            view = view.max(FULL_MARKS);
        } else if let Some(id) = member.voter.organisation() {
            view *= 1.0 - interest * wants(cx, state, id, mandate);
        }
        assessment.seen += weight * (view + spread * member.noise * error(stream.with(member.key).entity(mandate.key)));
        let known = member.familiarity(cx, state, holder);
        assessment.familiarity += weight * known;
        assessment.openness += weight * (1.0 - known) * state.affinity(member.region, holder.region);
    }
    assessment
}

/// The best record there can be.
const FULL_MARKS: f64 = 1.0;

/// How much an affiliate wants a mandate for itself: as much as it is territorial, if it is best at just that.
fn wants(cx: &Context, state: &State, id: OrganisationId, mandate: &Mandate) -> f64 {
    let o = &state.organisations[id];
    let its_own = match mandate.remit {
        Remit::Theme(t) => {
            let known = o.expertise[t];
            known >= cx.parameters.mandates.least_expertise && o.expertise.iter().all(|&other| other <= known)
        }
        Remit::Region(r) => o.region == r,
    };
    if its_own && o.kind.affiliate() { o.territoriality } else { 0.0 }
}

/// Noise of what one who decides sees: it shrinks with what has been seen of hubs.
pub fn noise(cx: &Context, state: &State) -> f64 {
    let p = &cx.parameters.mandates;
    p.noise / (1.0 + state.hub_years / p.experience).sqrt()
}

/// The error of one who looks: mean 0, standard deviation 1, within ±3.5: the sum of four uniforms (Irwin–Hall), since
/// a vote takes one for each voter and candidate and a quantile would be dear.
fn error(stream: Stream) -> f64 {
    let bits = stream.bits(0);
    let sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
    // The variance of a uniform on 2¹⁶ steps is (2³² − 1)/12; here, of four of them.
    (sum as f64 - 131_070.0) / 37_837.227_6
}

#[cfg(test)]
mod tests;
