//! Who sits in a deciding body, what they know of others, and how a candidate looks to them.

use super::candidate::Candidate;
use crate::ids::{BirthCause, Key, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::policy::levers::Body;
use crate::random::Decision;
use crate::state::{Remit, State};

/// Who decides.
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
    /// The organisation that sits there, if it is one.
    pub fn organisation(self) -> Option<OrganisationId> {
        match self {
            Voter::Foundation(id) | Voter::Affiliate(id) => Some(id),
            Voter::Volunteers(_) => None,
        }
    }
}

/// A member of a deciding body, or a crowd of them who see alike.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Who it is.
    pub voter: Voter,
    /// What its draws are addressed by.
    pub key: Key,
    /// Where it is.
    pub region: RegionId,
    /// Its part in the decision, relative.
    pub weight: f64,
    /// Whether it has been informed at a cost.
    pub informed: bool,
    /// Whether it is many people: their votes are divided, and their errors have averaged out.
    pub crowd: bool,
    /// Standard deviation of its error, relative to that of one who decides.
    pub noise: f64,
}

/// Being informed is as good as four looks.
const INFORMED_NOISE: f64 = 0.5;

/// Who sits in a body that decides about a remit this year. Draws: body seat, for panels.
pub fn members(cx: &Context, state: &State, body: Body, remit: Remit) -> Vec<Member> {
    let seats = match body {
        Body::Foundation => foundation(state).into_iter().collect(),
        Body::Council => foundation(state).into_iter().chain(elected(cx, state)).collect(),
        Body::Affiliates => Vec::new(),
        Body::Volunteers => crowds(cx, state),
        Body::Panel => drawn(cx, state, remit),
    };
    if seats.is_empty() { state.affiliates().map(|id| delegate(state, id)).collect() } else { seats }
}

fn foundation(state: &State) -> Option<Member> {
    let id = state.foundation.filter(|id| state.organisations[*id].active())?;
    Some(Member { voter: Voter::Foundation(id), ..delegate(state, id) })
}

fn delegate(state: &State, id: OrganisationId) -> Member {
    let o = &state.organisations[id];
    Member {
        voter: Voter::Affiliate(id),
        key: o.key,
        region: o.region,
        weight: 1.0,
        informed: false,
        crowd: false,
        noise: 1.0,
    }
}

/// The affiliates that most members would elect: by members × prestige, ties by key.
fn elected(cx: &Context, state: &State) -> Vec<Member> {
    let support = |id: &OrganisationId| {
        let o = &state.organisations[*id];
        (o.members * o.prestige, o.key)
    };
    let mut standing: Vec<OrganisationId> = state.affiliates().collect();
    standing.sort_by(|a, b| {
        let (a, b) = (support(a), support(b));
        b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
    });
    standing.truncate(cx.parameters.deciding.council_size as usize);
    standing.into_iter().map(|id| delegate(state, id)).collect()
}

/// The volunteers of each region, by how many they are.
fn crowds(cx: &Context, state: &State) -> Vec<Member> {
    let turnout = cx.parameters.deciding.turnout;
    let there = |r: &RegionId| state.regions[*r].volunteers > 0.0;
    state
        .region_ids()
        .filter(there)
        .map(|r| {
            let region = &state.regions[r];
            let voters = (region.volunteers * turnout).max(1.0);
            Member {
                voter: Voter::Volunteers(r),
                key: region.key,
                region: r,
                weight: region.volunteers,
                informed: false,
                crowd: true,
                noise: 1.0 / voters.sqrt(),
            }
        })
        .collect()
}

/// A panel: half of its seats drawn among affiliates, each with the same chance, half among volunteers.
fn drawn(cx: &Context, state: &State, remit: Remit) -> Vec<Member> {
    let stream = cx.random.decision(Decision::DecidingBody, cx.now.year()).with(state.remit_key(remit));
    let seats = cx.parameters.deciding.panel_size as usize;
    let mut lots: Vec<(u64, OrganisationId)> =
        state.affiliates().map(|id| (stream.with(state.organisations[id].key).bits(1), id)).collect();
    lots.sort_unstable();
    lots.truncate(seats / 2);
    let informed = |member: Member| Member { informed: true, noise: INFORMED_NOISE, ..member };
    let mut panel: Vec<Member> = lots.into_iter().map(|(_, id)| informed(delegate(state, id))).collect();
    let all: f64 = state.regions.iter().map(|region| region.volunteers).sum();
    for seat in panel.len()..seats {
        let mut at = stream.with(Key::from_birth(0, 0, BirthCause::Initial, seat as u32)).uniform(1) * all;
        let found = state.region_ids().find(|r| {
            at -= state.regions[*r].volunteers;
            at < 0.0
        });
        if let Some(r) = found {
            // A seat is a person of its own.
            let key = Key::from_birth(state.regions[r].key.stem(), 0, BirthCause::Initial, seat as u32);
            let voter = Voter::Volunteers(r);
            let person = Member { voter, key, region: r, weight: 1.0, informed: false, crowd: false, noise: 1.0 };
            panel.push(informed(person));
        }
    }
    panel
}

impl Member {
    /// How much it looks to what is near to itself: who speaks for nobody else, all.
    pub fn interest(&self, cx: &Context) -> f64 {
        match self.voter {
            Voter::Volunteers(_) => 1.0,
            _ => cx.parameters.deciding.interest,
        }
    }

    /// How well it knows a candidate, 0–1.
    pub fn familiarity(&self, cx: &Context, state: &State, candidate: &Candidate) -> f64 {
        let p = &cx.parameters.deciding;
        let near = state.affinity(self.region, candidate.region);
        let known = candidate.known[self.region];
        let unknown = match self.voter {
            Voter::Foundation(_) => {
                let reported = (0..candidate.reports.min(64)).fold(1.0, |left, _| left * (1.0 - p.by_report));
                let overseen = 1.0 - p.by_oversight * cx.policy.governance.oversight;
                (1.0 - p.acquaintance * near) * reported * overseen
            }
            Voter::Affiliate(id) => {
                let oriented = state.organisations[id].oriented();
                (1.0 - p.acquaintance * near * oriented) * (1.0 - known * oriented)
            }
            Voter::Volunteers(r) => {
                let volunteers = state.regions[r].volunteers;
                let inside = candidate.region == r && volunteers > 0.0;
                let members = if inside { (candidate.members / volunteers).min(1.0) } else { 0.0 };
                (1.0 - members) * (1.0 - known)
            }
        };
        if self.informed { p.informed.max(1.0 - unknown) } else { 1.0 - unknown }
    }

    /// How a candidate looks to it, without its error: `known` to who knows it, `reputed` to strangers, and more so the
    /// nearer it is to the member's own region (and, for the foundation, to its own themes).
    pub fn view(&self, cx: &Context, state: &State, candidate: &Candidate, known: f64, reputed: f64) -> f64 {
        let familiar = self.familiarity(cx, state, candidate);
        let near = state.affinity(self.region, candidate.region) - candidate.central;
        let own = match self.voter {
            Voter::Foundation(_) => near + candidate.aligned,
            _ => near,
        };
        (familiar * known + (1.0 - familiar) * reputed) * (1.0 + self.interest(cx) * own).max(0.0)
    }
}
