//! The members of a deciding body, their familiarity with candidates, and their view of a candidate.

use super::candidate::Candidate;
use crate::ids::{BirthCause, Key, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::policy::levers::Body;
use crate::random::Decision;
use crate::state::{Remit, State};

/// The person or organisation that a member of a deciding body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voter {
    /// The foundation's committee.
    Foundation(OrganisationId),
    /// An affiliate's delegate.
    Affiliate(OrganisationId),
    /// A volunteer of a region, or all who vote there.
    Volunteers(RegionId),
}

impl Voter {
    /// The organisation, if the member is one.
    pub fn organisation(self) -> Option<OrganisationId> {
        match self {
            Voter::Foundation(id) | Voter::Affiliate(id) => Some(id),
            Voter::Volunteers(_) => None,
        }
    }
}

/// A member of a deciding body, or all voters of a region as one.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The person or organisation.
    pub voter: Voter,
    /// The key that addresses its draws.
    pub key: Key,
    /// Its region.
    pub region: RegionId,
    /// Its weight in the decision, relative to other members.
    pub weight: f64,
    /// Whether it has been informed about the candidates.
    pub informed: bool,
    /// Whether it stands for all voters of a region: their votes are divided, and their errors have averaged out.
    pub crowd: bool,
    /// Standard deviation of its error, relative to that of one person.
    pub noise: f64,
}

/// Error of an informed member, relative to that of one that is not; assumed: information is worth four independent
/// observations, and 1/√4 = ½.
const INFORMED_NOISE: f64 = 0.5;
/// Index of the draws that pick the members of a panel.
const PANEL_SEAT: u32 = 1;
/// Largest number of reports that count; further ones tell nothing new, and the loop over them stays short.
const MAX_REPORTS: u32 = 64;

/// The members of a body that decides about a remit this year. Draws: DecidingBody, for panels.
pub fn members(cx: &Context, state: &State, body: Body, remit: Remit) -> Vec<Member> {
    let seats = match body {
        Body::Foundation => foundation(state).into_iter().collect(),
        Body::Council => foundation(state).into_iter().chain(elected(cx, state)).collect(),
        Body::Affiliates => Vec::new(),
        Body::Volunteers => crowds(cx, state),
        Body::Panel => panel(cx, state, remit),
    };
    if seats.is_empty() { state.affiliates().map(|id| delegate(state, id)).collect() } else { seats }
}

fn foundation(state: &State) -> Option<Member> {
    let id = state.foundation.filter(|id| state.organisations[*id].active())?;
    Some(Member { voter: Voter::Foundation(id), ..delegate(state, id) })
}

fn delegate(state: &State, id: OrganisationId) -> Member {
    let organisation = &state.organisations[id];
    Member {
        voter: Voter::Affiliate(id),
        key: organisation.key,
        region: organisation.region,
        weight: 1.0,
        informed: false,
        crowd: false,
        noise: 1.0,
    }
}

/// The council that members would elect: the affiliates with the highest members × prestige, ties by key.
fn elected(cx: &Context, state: &State) -> Vec<Member> {
    let support = |id: &OrganisationId| {
        let affiliate = &state.organisations[*id];
        (affiliate.members * affiliate.prestige, affiliate.key)
    };
    let mut candidates: Vec<OrganisationId> = state.affiliates().collect();
    candidates.sort_by(|a, b| {
        let (a, b) = (support(a), support(b));
        b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
    });
    candidates.truncate(cx.parameters.deciding.council_size as usize);
    candidates.into_iter().map(|id| delegate(state, id)).collect()
}

/// The voters of each region as one member each, weighted by volunteers.
fn crowds(cx: &Context, state: &State) -> Vec<Member> {
    let turnout = cx.parameters.deciding.turnout;
    let has_volunteers = |region: &RegionId| state.regions[*region].volunteers > 0.0;
    state
        .region_ids()
        .filter(has_volunteers)
        .map(|id| {
            let region = &state.regions[id];
            let voters = (region.volunteers * turnout).max(1.0);
            Member {
                voter: Voter::Volunteers(id),
                key: region.key,
                region: id,
                weight: region.volunteers,
                informed: false,
                crowd: true,
                noise: 1.0 / voters.sqrt(),
            }
        })
        .collect()
}

/// A panel: half of its seats drawn among affiliates, each with the same probability, the rest among volunteers.
fn panel(cx: &Context, state: &State, remit: Remit) -> Vec<Member> {
    let stream = cx.random.decision(Decision::DecidingBody, cx.now.year()).with(state.remit_key(remit));
    let seats = cx.parameters.deciding.panel_size as usize;
    let mut lots: Vec<(u64, OrganisationId)> =
        state.affiliates().map(|id| (stream.with(state.organisations[id].key).bits(PANEL_SEAT), id)).collect();
    lots.sort_unstable();
    lots.truncate(seats / 2);
    let informed = |member: Member| Member { informed: true, noise: INFORMED_NOISE, ..member };
    let mut panel: Vec<Member> = lots.into_iter().map(|(_, id)| informed(delegate(state, id))).collect();
    let volunteers: f64 = state.regions.iter().map(|region| region.volunteers).sum();
    for seat in panel.len()..seats {
        let mut position =
            stream.with(Key::from_birth(0, 0, BirthCause::Initial, seat as u32)).uniform(PANEL_SEAT) * volunteers;
        let region = state.region_ids().find(|region| {
            position -= state.regions[*region].volunteers;
            position < 0.0
        });
        if let Some(region) = region {
            // Each seat is another person.
            let key = Key::from_birth(state.regions[region].key.stem(), 0, BirthCause::Initial, seat as u32);
            let voter = Voter::Volunteers(region);
            let person = Member { voter, key, region, weight: 1.0, informed: false, crowd: false, noise: 1.0 };
            panel.push(informed(person));
        }
    }
    panel
}

impl Member {
    /// How strongly it prefers candidates that are near: fully, if it decides for nobody but itself.
    pub fn interest(&self, cx: &Context) -> f64 {
        match self.voter {
            Voter::Volunteers(_) => 1.0,
            _ => cx.parameters.deciding.interest,
        }
    }

    /// How well it knows a candidate, 0–1.
    pub fn familiarity(&self, cx: &Context, state: &State, candidate: &Candidate) -> f64 {
        let parameters = &cx.parameters.deciding;
        let affinity = state.affinity(self.region, candidate.region);
        let known = candidate.known[self.region];
        // Sources of knowledge are independent: what is unknown is unknown to each of them.
        let unknown = match self.voter {
            Voter::Foundation(_) => {
                let reported =
                    (0..candidate.reports.min(MAX_REPORTS)).fold(1.0, |left, _| left * (1.0 - parameters.by_report));
                let overseen = 1.0 - parameters.by_oversight * cx.policy.governance.oversight;
                (1.0 - parameters.acquaintance * affinity) * reported * overseen
            }
            Voter::Affiliate(id) => {
                let oriented = state.organisations[id].oriented();
                (1.0 - parameters.acquaintance * affinity * oriented) * (1.0 - known * oriented)
            }
            Voter::Volunteers(region) => {
                let volunteers = state.regions[region].volunteers;
                let is_local = candidate.region == region && volunteers > 0.0;
                let members = if is_local { (candidate.members / volunteers).min(1.0) } else { 0.0 };
                (1.0 - members) * (1.0 - known)
            }
        };
        if self.informed { parameters.informed.max(1.0 - unknown) } else { 1.0 - unknown }
    }

    /// How it sees a candidate: the better it knows it, the more by facts; higher if the candidate is near its region and,
    /// for the foundation, near its themes. It knows itself.
    pub fn sight(&self, cx: &Context, state: &State, candidate: &Candidate) -> Sight {
        let itself = self.voter.organisation() == Some(candidate.id);
        let familiarity = if itself { 1.0 } else { self.familiarity(cx, state, candidate) };
        let near = state.affinity(self.region, candidate.region) - candidate.mean_affinity;
        let own = match self.voter {
            Voter::Foundation(_) => near + candidate.alignment,
            _ => near,
        };
        Sight { familiarity, favour: (1.0 + self.interest(cx) * own).max(0.0) }
    }
}

/// How a member sees a candidate.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// How well it knows the candidate, 0–1.
    familiarity: f64,
    /// Factor on all that it sees; 1 for a candidate that is as near as the mean.
    favour: f64,
}

impl Sight {
    /// A value as the member sees it, without its error: between what strangers believe and what is.
    pub fn of(self, known: f64, reputed: f64) -> f64 {
        (self.familiarity * known + (1.0 - self.familiarity) * reputed) * self.favour
    }
}
