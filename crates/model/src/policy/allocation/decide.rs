//! Runs the four steps of an allocation.

use super::application::{ApplicationRound, Appointment, Award};
use super::award::{Division, appointee};
use super::{reserve, score, screen};
use crate::policy::levers::{GrantLevers, HubLevers};

impl ApplicationRound<'_> {
    /// Awards the pot. The awards never add up to more than the pot, and none exceeds its request.
    pub fn decide(&self, levers: &GrantLevers) -> Vec<Award> {
        let eligible = screen::for_grants(levers, self);
        let scores = score::of_all(&levers.score, self.applicants, &eligible);
        let mut division = Division::new(self, levers, &eligible, &scores);
        reserve::set_aside(levers, self, &mut division);
        division.give_rest(|_| true);
        division.into_awards()
    }

    /// Positions of the eligible applicants, in order.
    pub fn eligible(&self, levers: &GrantLevers) -> Vec<usize> {
        screen::for_grants(levers, self)
    }

    /// Score and rank of each applicant, for the event log; rank 1 is the best, ties are broken by key, and an applicant
    /// that is not eligible has `None`. Reserves and lotteries may award in another order.
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

impl Appointment<'_> {
    /// Chooses among all candidates; `None` if no candidate is eligible.
    pub fn appoint(&self, levers: &HubLevers) -> Option<Award> {
        self.appoint_excluding(levers, None).0
    }

    /// Chooses among the candidates other than the holder of the mandate. Also returns the holder's score in the same
    /// ranking, which is 0 if the holder is not eligible.
    pub fn appoint_excluding(&self, levers: &HubLevers, holder: Option<usize>) -> (Option<Award>, f64) {
        let eligible = screen::for_mandates(levers, self.candidates);
        let mut scores = score::of_all(&levers.score, self.candidates, &eligible);
        reserve::lift_by_spread(levers.spread, self.candidates, &mut scores);
        let own = holder.filter(|at| eligible.contains(at)).map_or(0.0, |at| scores[at].rank);
        let others: Vec<usize> = eligible.into_iter().filter(|&i| Some(i) != holder).collect();
        (appointee(levers.award, self, &others, &scores), own)
    }
}

#[cfg(test)]
mod tests;
