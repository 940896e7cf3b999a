//! Deciding bodies: how candidates for mandates, and the records of holders, appear to those who decide.
//!
//! *Claim.* A body has no bias of its own. Its judgement is that of its members, each of whom knows some candidates
//! better than others and prefers candidates that are near. Members judge strangers by prestige, and all make that
//! error together; errors of their own average out as the number of members grows. All that is judged passes through
//! these eyes, measured service too.
//!
//! *Equations.* A member sees a candidate with a value by each criterion, and a body adds its members' values up:
//!
//! ```text
//! fact      = quality (merit) | service in the remit last year/most of a candidate (evidence)
//!             | people online in its region/most of a region (need) | its account of itself (prestige)
//! reputed   = (1 + reputation · (prestige/mean prestige − 1)) · mean fact     merit, evidence; means over the candidates
//!           = mean fact (need) = fact (prestige: everybody hears it)
//! perceived = familiarity · fact + (1 − familiarity) · reputed
//! error     = mandates.noise/√(1 + hub years/mandates.experience) · relative noise of member and criterion · z
//! value     = perceived · max(0, 1 + interest · (affinity − mean affinity)) + error
//! seen      = max(0, Σ weight · value/Σ weight)
//! ```
//!
//! Here affinity is that of the candidate's region to the member's, and mean affinity is its mean over all people
//! online. Prestige follows what an organisation does only over years, so that those who are far away hear of service
//! late. A member that is a candidate knows its own facts, and ranks its merit first. Service is counted as help given,
//! not per head: this is how service is defined and reported.
//!
//! *Members.* The foundation knows candidates by their reports and by oversight, and prefers its own themes. Affiliates
//! know organisations that are near and the hubs known in their region, and rank themselves first. Volunteers know the
//! affiliate that they belong to and the hubs known in their region. A panel is drawn at random from affiliates and
//! volunteers, and is informed. Where there is no foundation, affiliates decide in its place.
//!
//! *Source.* Condorcet 1785 and Galton 1907 for independent errors that average out, Lorenz et al. 2011 for shared
//! errors that do not. *Draws.* DecidingBody, CandidateNoise, ReviewNoise, Vote. *Off.* `interest`, `reputation`, and all delays and
//! costs at 0.

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
use crate::units::{Quarters, Work};

pub use candidate::Candidate;
pub use grants::vote_for_grants;
pub use members::{Member, Voter, members};

use candidate::{candidates, holders_prestige, reputation};

parameters! {
    /// Bodies that decide about mandates: what their members know and prefer, delay and work of a decision.
    pub struct DecidingParameters in "deciding",
        off Off::Set(&[("interest", 0.0), ("reputation", 0.0), ("delay_foundation", 0.0), ("delay_council", 0.0), ("delay_affiliates", 0.0), ("delay_volunteers", 0.0), ("delay_panel", 0.0), ("cost_foundation", 0.0), ("cost_council", 0.0), ("cost_affiliates", 0.0), ("cost_volunteers", 0.0), ("cost_panel", 0.0)]);
    /// How well an organisation that has contacts everywhere knows an organisation of full affinity.
    acquaintance: f64 = 0.6, 0.0..=1.0, 0.3..0.9, "share", "assumed";
    /// Part of what the foundation does not know about an organisation that the report of one running grant or mandate
    /// tells it.
    by_report: f64 = 0.3, 0.0..=1.0, 0.1..0.5, "share", "assumed";
    /// Part of what the foundation does not know about organisations that full oversight tells it.
    by_oversight: f64 = 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// How well the members of a drawn panel know candidates after they have been informed.
    informed: f64 = 0.9, 0.0..=1.0, 0.6..1.0, "share", "assumed; citizens' panels are briefed for days";
    /// How strongly members who decide on behalf of others prefer candidates that are near to themselves.
    interest: f64 = 0.5, 0.0..=1.0, 0.0..1.0, "share", "assumed";
    /// How strongly members judge the quality of strangers by their prestige.
    reputation: f64 = 1.0, 0.0..=2.0, 0.5..1.5, "factor", "assumed";
    /// Affiliates in a council: those with the most members, weighted by prestige.
    council_size: f64 = 6.0, 0.0..=100.0, 3.0..10.0, "affiliates", "assumed; shared governance works up to six to eight (Provan & Kenis 2008)";
    /// Seats of a drawn panel, half of them for affiliates.
    panel_size: f64 = 12.0, 1.0..=100.0, 8.0..24.0, "seats", "assumed; citizens' juries have 12 to 24";
    /// Share of volunteers who vote.
    turnout: f64 = 0.05, 0.0..=1.0, 0.01..0.2, "share", "assumed; about one in ten of those entitled in board elections";
    /// Delay of a decision by the foundation.
    delay_foundation: Quarters = 1.0, 0.0..=20.0, 0.0..3.0, "quarters", "assumed";
    /// Delay of a decision by a council.
    delay_council: Quarters = 2.0, 0.0..=20.0, 1.0..4.0, "quarters", "assumed";
    /// Delay of a vote of the affiliates.
    delay_affiliates: Quarters = 3.0, 0.0..=20.0, 1.0..6.0, "quarters", "assumed";
    /// Delay of a vote of the volunteers.
    delay_volunteers: Quarters = 3.0, 0.0..=20.0, 1.0..6.0, "quarters", "assumed";
    /// Delay of a decision by a panel, drawing and informing it included.
    delay_panel: Quarters = 2.0, 0.0..=20.0, 1.0..4.0, "quarters", "assumed";
    /// Work of a decision by the foundation.
    cost_foundation: Work = 0.5, 0.0..=20.0, 0.2..1.5, "FTE-quarters/decision", "assumed";
    /// Work of a decision by a council.
    cost_council: Work = 1.0, 0.0..=20.0, 0.4..3.0, "FTE-quarters/decision", "assumed";
    /// Work of a vote of the affiliates.
    cost_affiliates: Work = 2.0, 0.0..=20.0, 0.5..5.0, "FTE-quarters/decision", "assumed";
    /// Work of a vote of the volunteers.
    cost_volunteers: Work = 3.0, 0.0..=20.0, 1.0..8.0, "FTE-quarters/decision", "assumed";
    /// Work of a decision by a panel, drawing and informing it included.
    cost_panel: Work = 1.5, 0.0..=20.0, 0.5..4.0, "FTE-quarters/decision", "assumed";
}

/// Highest value of a record; a holder gives itself at least this.
const MAX_RECORD: f64 = 1.0;
/// Mean of the sum of four uniforms on 0 … 2¹⁶ − 1: 4 · (2¹⁶ − 1)/2.
const ERROR_MEAN: f64 = 131_070.0;
/// Standard deviation of that sum: √(4 · (2³² − 1)/12).
const ERROR_SD: f64 = 37_837.227_6;

/// The judgement of a body about a candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Opinion {
    /// Merit as the body sees it: weighted mean of the members' values, at least 0; so are the others.
    pub merit: f64,
    /// Service in the remit last year, relative to the candidate with most.
    pub evidence: f64,
    /// Need of its region, relative to the region with most people online.
    pub need: f64,
    /// Prestige and stated plans.
    pub prestige: f64,
    /// Share of the members, by weight, whose first choice the candidate is.
    pub votes: f64,
}

/// The judgement of a body about the record of a holder.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Assessment {
    /// The record as the body sees it.
    pub seen: f64,
    /// How open the members are to lobbying by the holder: those who are near to it and know little of it.
    pub openness: f64,
    /// How well the members know the holder, 0–1.
    pub familiarity: f64,
}

/// Quarters from a decision of a body to its effect.
pub fn delay(cx: &Context, body: Body) -> u32 {
    let parameters = &cx.parameters.deciding;
    let quarters = match body {
        Body::Foundation => parameters.delay_foundation,
        Body::Council => parameters.delay_council,
        Body::Affiliates => parameters.delay_affiliates,
        Body::Volunteers => parameters.delay_volunteers,
        Body::Panel => parameters.delay_panel,
    };
    quarters.whole()
}

/// Charges the work of a decision about a remit to the members of the deciding body: it is taken from their next
/// quarter. The work of volunteers for a vote is taken from the affiliates of their region, in proportion to labour.
pub fn charge_decision_work(cx: &Context, state: &mut State, remit: Remit) {
    let parameters = &cx.parameters.deciding;
    let cost = match cx.policy.governance.body {
        Body::Foundation => parameters.cost_foundation,
        Body::Council => parameters.cost_council,
        Body::Affiliates => parameters.cost_affiliates,
        Body::Volunteers => parameters.cost_volunteers,
        Body::Panel => parameters.cost_panel,
    };
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
                let is_there = |o: &crate::state::Organisation| o.active() && o.region == region;
                let labour: f64 = state.organisations.iter().filter(|o| is_there(o)).map(|o| o.labour.0).sum();
                for organisation in state.organisations.iter_mut().filter(|o| is_there(o) && labour > 0.0) {
                    organisation.governance_work.deciding += part * (organisation.labour.0 / labour);
                }
            }
        }
    }
}

/// The body's opinion of each candidate for a mandate, in the order of `ids`. Draws: DecidingBody, CandidateNoise.
pub fn assess_candidates(cx: &Context, state: &State, remit: Remit, ids: &[OrganisationId]) -> Vec<Opinion> {
    let mut opinions = vec![Opinion::default(); ids.len()];
    let candidates = candidates(cx, state, remit, ids);
    let noise = perception_noise(cx, state);
    let seats = members(cx, state, cx.policy.governance.body, remit);
    let total_weight: f64 = seats.iter().map(|member| member.weight).sum();
    if total_weight <= 0.0 {
        return opinions;
    }
    let stream = cx.random.decision(Decision::CandidateNoise, cx.now.year()).with(state.remit_key(remit));
    let mut merits = vec![0.0; ids.len()];
    for member in &seats {
        let (member_stream, weight) = (stream.with(member.key), member.weight / total_weight);
        for ((merit, candidate), opinion) in merits.iter_mut().zip(&candidates).zip(&mut opinions) {
            let sight = member.sight(cx, state, candidate);
            let [quality, others @ ..] = candidate.facts.map(|fact| {
                let error = error(member_stream.entity(candidate.key), fact.index);
                sight.of(fact.known, fact.reputed) + noise * fact.noise * member.noise * error
            });
            *merit = quality;
            opinion.add_facts(others, weight);
        }
        // A member that is a candidate ranks itself first.
        if let Some(own) = ids.iter().position(|&id| member.voter.organisation() == Some(id)) {
            merits[own] = merits.iter().copied().fold(merits[own], f64::max);
        }
        for (opinion, merit) in opinions.iter_mut().zip(&merits) {
            opinion.merit += weight * merit;
        }
        vote(&mut opinions, &merits, &candidates, member, weight);
    }
    opinions.into_iter().map(Opinion::at_least_zero).collect()
}

impl Opinion {
    /// Adds what a member sees by the criteria other than merit.
    fn add_facts(&mut self, [evidence, need, prestige]: [f64; 3], weight: f64) {
        self.evidence += weight * evidence;
        self.need += weight * need;
        self.prestige += weight * prestige;
    }

    /// Errors make nobody worth less than nothing.
    fn at_least_zero(self) -> Opinion {
        let Opinion { merit, evidence, need, prestige, votes } = self;
        let [merit, evidence, need, prestige] = [merit, evidence, need, prestige].map(|seen| seen.max(0.0));
        Opinion { merit, evidence, need, prestige, votes }
    }
}

/// Adds a member's vote: a person or an organisation votes for one candidate, the voters of a region in proportion to
/// the values that they see.
fn vote(opinions: &mut [Opinion], values: &[f64], candidates: &[Candidate], member: &Member, weight: f64) {
    if member.crowd {
        let total: f64 = values.iter().map(|value| value.max(0.0)).sum();
        for (opinion, value) in opinions.iter_mut().zip(values) {
            opinion.votes += if total > 0.0 { weight * value.max(0.0) / total } else { 0.0 };
        }
        return;
    }
    let own = candidates.iter().position(|candidate| member.voter.organisation() == Some(candidate.id));
    let better =
        |a: &usize, b: &usize| values[*a].total_cmp(&values[*b]).then(candidates[*b].key.cmp(&candidates[*a].key));
    if let Some(first) = own.or_else(|| (0..values.len()).max_by(better)) {
        opinions[first].votes += weight;
    }
}

/// The body's assessment of a holder's record: `record` is the reported record, `usual` the mean record of all hubs,
/// and `experienced` the record as the people of a region experienced it, relative to other hubs, if any of them asked
/// for help. Draws: ReviewNoise.
pub fn assess_record(
    cx: &Context,
    state: &State,
    id: MandateId,
    record: f64,
    usual: f64,
    experienced: impl Fn(RegionId) -> Option<f64>,
) -> Assessment {
    let mandate = &state.mandates[id];
    let holder = &candidates(cx, state, mandate.remit, &[mandate.holder])[0];
    let reputed = usual * reputation(cx, state.organisations[mandate.holder].prestige, holders_prestige(state));
    let noise = perception_noise(cx, state);
    let seats = members(cx, state, cx.policy.governance.body, mandate.remit);
    let total_weight: f64 = seats.iter().map(|member| member.weight).sum();
    let stream = cx.random.decision(Decision::ReviewNoise, cx.now.year()).with(mandate.key);
    let mut assessment = Assessment::default();
    for member in &seats {
        let weight = member.weight / total_weight.max(f64::MIN_POSITIVE);
        let interest = member.interest(cx);
        let known = match member.voter {
            Voter::Foundation(_) => record,
            _ if member.informed => record,
            _ => record + interest * (experienced(member.region).unwrap_or(record) - record),
        };
        let mut view = member.sight(cx, state, holder).of(known, reputed);
        if member.voter.organisation() == Some(mandate.holder) {
            // A holder finds nothing wrong with its own record.
            view = view.max(MAX_RECORD);
        } else if let Some(organisation) = member.voter.organisation() {
            view *= 1.0 - interest * rivalry(cx, state, organisation, mandate);
        }
        assessment.seen +=
            weight * (view + noise * member.noise * error(stream.with(member.key).entity(mandate.key), 0));
        let familiarity = member.familiarity(cx, state, holder);
        assessment.familiarity += weight * familiarity;
        assessment.openness += weight * (1.0 - familiarity) * state.affinity(member.region, holder.region);
    }
    assessment
}

/// How much an affiliate wants a mandate for itself, 0–1: its territoriality, if the remit is its own best theme or its
/// region.
fn rivalry(cx: &Context, state: &State, id: OrganisationId, mandate: &Mandate) -> f64 {
    let organisation = &state.organisations[id];
    let is_own = match mandate.remit {
        Remit::Theme(theme) => {
            let expertise = organisation.expertise[theme];
            expertise >= cx.parameters.mandates.least_expertise
                && organisation.expertise.iter().all(|&other| other <= expertise)
        }
        Remit::Region(region) => organisation.region == region,
    };
    if is_own && organisation.kind.affiliate() { organisation.territoriality } else { 0.0 }
}

/// Standard deviation of the error with which one member sees a candidate; it falls with the experience with hubs.
pub fn perception_noise(cx: &Context, state: &State) -> f64 {
    let parameters = &cx.parameters.mandates;
    parameters.noise / (1.0 + state.hub_years / parameters.experience).sqrt()
}

/// A standardised error (mean 0, standard deviation 1, within ±3.5): the sum of four uniforms of 16 bits (Irwin–Hall)
/// from one draw. A vote takes one error for each voter and candidate, and a normal quantile for each would be slow.
fn error(stream: Stream, index: u32) -> f64 {
    let bits = stream.bits(index);
    let sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
    (sum as f64 - ERROR_MEAN) / ERROR_SD
}

#[cfg(test)]
mod tests;
