//! The ledger: what happened, append-only.

use crate::ids::{FunderId, MandateId, OrganisationId, RegionId};
use crate::model::world::Charge;
use crate::policy::levers::Outcome;
use crate::quantity::Money;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A grant was promised.
    Awarded {
        /// By whom.
        funder: FunderId,
        /// To whom.
        organisation: OrganisationId,
        /// A year.
        yearly: Money,
        /// What was asked for.
        requested: Money,
        /// For how many years.
        years: u32,
    },
    /// A hub was created.
    Created {
        /// Which.
        mandate: MandateId,
        /// For what.
        charge: Charge,
        /// Held by whom.
        holder: OrganisationId,
        /// The candidate's score.
        score: f64,
        /// How many stood for it.
        candidates: u32,
    },
    /// A hub was reviewed and goes on.
    Confirmed {
        /// Which.
        mandate: MandateId,
        /// Its score.
        score: f64,
        /// What was asked for.
        bar: f64,
    },
    /// A hub was reviewed, or its term ended, and something changed.
    Changed {
        /// Which.
        mandate: MandateId,
        /// What came of it.
        outcome: Outcome,
        /// Its score.
        score: f64,
        /// What was asked for.
        bar: f64,
        /// Who has it now, or the part that was split off.
        holder: OrganisationId,
    },
    /// A user group formed.
    Formed {
        /// Which.
        organisation: OrganisationId,
        /// Where.
        region: RegionId,
    },
    /// A user group became a chapter.
    Matured {
        /// Which.
        organisation: OrganisationId,
    },
    /// An organisation closed.
    Closed {
        /// Which.
        organisation: OrganisationId,
    },
    /// The money of a hub from the pots was interrupted for the year.
    Interrupted {
        /// Which.
        mandate: MandateId,
        /// What it would have had.
        lost: Money,
    },
    /// A funder gave less than its trend because of a shock.
    FundingShock {
        /// Which.
        funder: FunderId,
        /// Its pot, relative to without.
        factor: f64,
    },
}

/// All that happened in a trial, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    entries: Vec<(u32, Event)>,
}

impl Ledger {
    /// Writes down what happened in a quarter.
    pub fn note(&mut self, quarter: u32, event: Event) {
        self.entries.push((quarter, event));
    }

    /// Quarter and event, in order.
    pub fn entries(&self) -> &[(u32, Event)] {
        &self.entries
    }
}
