//! What a policy gets to see, and what it decides.

use crate::ids::{Key, RegionId};
use crate::policy::levers::{GrantLevers, HubLevers, OrganisationKind};
use crate::policy::{award, reserve, score, screen};
use crate::random::Stream;
use crate::units::{Capacity, Money};

/// One who applies for money or stands for a mandate.
#[derive(Clone, Copy, Debug)]
pub struct Applicant {
    /// What lots are addressed by; ties are broken by it.
    pub key: Key,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Its region.
    pub region: RegionId,
    /// Whether that region is in the group `underserved`.
    pub underserved: bool,
    /// Years since founding.
    pub age: f64,
    /// Staff.
    pub staff: Capacity,
    /// What it asks for a year; for a mandate, one.
    pub request: Money,
    /// What it had before, as remembered, USD.
    pub history: Money,
    /// Merit as the decider sees it, 0–1 or so.
    pub track_record: f64,
    /// Measured past service relative to the best, 0–1.
    pub evidence: f64,
    /// Unmet need of its region relative to the neediest, 0–1.
    pub need: f64,
    /// Prestige and stated plans, 0–1 or so.
    pub prestige: f64,
    /// Share of the votes it got.
    pub votes: f64,
    /// Whether somebody has noticed that it went astray.
    pub astray: bool,
    /// Whether it is an external organisation or a partner.
    pub outside: bool,
    /// Partners it brings along.
    pub partners: u32,
    /// Never had a grant, or a mandate.
    pub new: bool,
    /// Had no grant in the last three years.
    pub newcomer: bool,
    /// Mandates it holds.
    pub held: u32,
    /// How far its region is short of mandates against its share of need, −1 to 1.
    pub shortfall: f64,
}

/// Applications for a pot of money.
pub struct Docket<'a> {
    /// Who applies.
    pub applicants: &'a [Applicant],
    /// What there is to give.
    pub pot: Money,
    /// Year, for levers that move in time.
    pub year: u32,
    /// Share of the year-0 grants of each region.
    pub regional_shares: &'a [f64],
    /// How a committee cuts.
    pub cuts: award::Cuts,
    /// Luck of the lots.
    pub stream: Stream,
}

/// One decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Award {
    /// Position of the applicant in the docket.
    pub applicant: usize,
    /// What it gets a year.
    pub amount: Money,
    /// How it ranked.
    pub score: f64,
}

impl Docket<'_> {
    /// Runs the four slots. Never gives more than the pot, nor more than a request.
    pub fn decide(&self, levers: &GrantLevers) -> Vec<Award> {
        let eligible = screen::for_grants(levers, self);
        let scores = score::of_all(&levers.score, self.applicants, &eligible);
        let mut division = award::Division::new(self, levers, &eligible, &scores);
        reserve::set_aside(levers, self, &mut division);
        division.give_rest(|_| true);
        division.into_awards(&scores)
    }

    /// How each applicant stands, for the record: its score and its place among those who pass the screen, 1 = first,
    /// ties by key; `None` for who does not pass. What is reserved, or drawn by lot, may go by another order.
    pub fn standings(&self, levers: &GrantLevers) -> Vec<Option<(f64, u32)>> {
        let mut eligible = screen::for_grants(levers, self);
        let scores = score::of_all(&levers.score, self.applicants, &eligible);
        let (rank, key) = (|i: usize| scores[i].rank, |i: usize| self.applicants[i].key);
        eligible.sort_by(|&a, &b| rank(b).total_cmp(&rank(a)).then(key(a).cmp(&key(b))));
        let mut standings = vec![None; self.applicants.len()];
        for (&i, place) in eligible.iter().zip(1..) {
            standings[i] = Some((rank(i), place));
        }
        standings
    }
}

/// Candidates for one mandate.
pub struct Seat<'a> {
    /// Who stands for it.
    pub candidates: &'a [Applicant],
    /// Luck of the lots.
    pub stream: Stream,
}

impl Seat<'_> {
    /// Runs the four slots for one indivisible seat: who gets it, and with which score.
    pub fn decide(&self, levers: &HubLevers) -> Option<Award> {
        self.challenge(levers, None).0
    }

    /// The same for a seat that one of them holds: who of the others would get it, and the holder's score beside theirs,
    /// 0 if it would not pass the screen.
    pub fn challenge(&self, levers: &HubLevers, holder: Option<usize>) -> (Option<Award>, f64) {
        let eligible = screen::for_mandates(levers, self.candidates);
        let mut scores = score::of_all(&levers.score, self.candidates, &eligible);
        reserve::lift_by_spread(levers.spread, self.candidates, &mut scores);
        let own = holder.filter(|at| eligible.contains(at)).map_or(0.0, |at| scores[at].rank);
        let others: Vec<usize> = eligible.into_iter().filter(|&i| Some(i) != holder).collect();
        (award::seat(levers.award, self, &others, &scores), own)
    }
}
