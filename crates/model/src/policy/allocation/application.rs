//! What an allocation reads, and what it decides.

use crate::ids::{Key, RegionId};
use crate::policy::levers::OrganisationKind;
use crate::random::Stream;
use crate::units::{Capacity, Money};

/// An applicant for money, or a candidate for a mandate.
#[derive(Clone, Copy, Debug)]
pub struct Applicant {
    /// Addresses its random numbers and breaks ties.
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
    /// Amount asked for, USD per year; 1 for a mandate.
    pub request: Money,
    /// Remembered earlier awards, USD.
    pub history: Money,
    /// Merit as the decider sees it, about 0–1.
    pub track_record: f64,
    /// Measured past service relative to the best applicant, 0–1.
    pub evidence: f64,
    /// Unmet need of its region relative to the neediest region, 0–1.
    pub need: f64,
    /// Prestige and stated plans, about 0–1.
    pub prestige: f64,
    /// Share of the votes cast for it, 0–1.
    pub votes: f64,
    /// Whether its misconduct is known.
    pub known_misconduct: bool,
    /// Whether it is an external organisation or a partner.
    pub outside: bool,
    /// Number of partners that it brings along.
    pub partners: u32,
    /// Whether it never had a grant, or a mandate.
    pub new: bool,
    /// Whether it had no grant in the last three years.
    pub newcomer: bool,
    /// Number of mandates that it holds, alone or with others.
    pub held: u32,
    /// Its region's share of need minus its share of mandates, −1 to 1.
    pub shortfall: f64,
}

/// What the screen of the hub programme reads of an organisation, as candidate or as partner.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    /// Its kind.
    pub kind: OrganisationKind,
    /// Years since founding.
    pub age: f64,
    /// Staff.
    pub staff: Capacity,
    /// Whether its misconduct is known.
    pub known_misconduct: bool,
    /// Whether it is an external organisation or a partner.
    pub outside: bool,
    /// Number of mandates that it holds, alone or with others.
    pub held: u32,
}

/// How a committee cuts requests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cuts {
    /// Fall of the share that is granted, per factor of ten above the mean request.
    pub size: f64,
    /// Rise of the share that is granted, per standard deviation of the score.
    pub merit: f64,
}

/// Applications for one pot of money.
pub struct ApplicationRound<'a> {
    /// The applicants.
    pub applicants: &'a [Applicant],
    /// The money that can be awarded.
    pub pot: Money,
    /// The year, for levers that change over time.
    pub year: u32,
    /// Share of each region in the grants of year 0.
    pub regional_shares: &'a [f64],
    /// How a committee cuts requests.
    pub cuts: Cuts,
    /// Random stream of the lots.
    pub stream: Stream,
}

/// Candidates for one mandate.
pub struct Appointment<'a> {
    /// The candidates.
    pub candidates: &'a [Applicant],
    /// Random stream of the lots.
    pub stream: Stream,
}

/// One award.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Award {
    /// Position of the recipient among the applicants.
    pub applicant: usize,
    /// Amount awarded, USD per year.
    pub amount: Money,
    /// Score by which the recipient ranked.
    pub score: f64,
}
