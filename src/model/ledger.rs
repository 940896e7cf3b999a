//! The ledger: what happened, append-only.

use crate::ids::{FunderId, MandateId, OrganisationId, RegionId, ThemeId};
use crate::model::world::{Charge, Party, Watcher};
use crate::policy::levers::Outcome;
use crate::quantity::Money;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A grant was promised.
    Awarded {
        /// Out of whose pot.
        funder: FunderId,
        /// By which regional hub, where one decided; else by those whose pot it is.
        by: Option<MandateId>,
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
    /// Lobbying turned a review: without it, the holder would not have reached the bar.
    Lobbied {
        /// Which.
        mandate: MandateId,
        /// Its holder.
        holder: OrganisationId,
        /// The score without lobbying.
        score: f64,
        /// What lobbying added to it.
        won: f64,
        /// What was asked for.
        bar: f64,
    },
    /// An organisation or a mandate went astray.
    Astray {
        /// Which.
        party: Party,
    },
    /// Somebody noticed that it is astray.
    Noticed {
        /// Which.
        party: Party,
        /// Who.
        by: Watcher,
    },
    /// What was astray was put right.
    Stopped {
        /// Which.
        party: Party,
        /// Quarters it had been astray.
        quarters: u32,
    },
    /// Somebody believed it astray, and it was not.
    FalseAlarm {
        /// Which.
        party: Party,
        /// Who.
        by: Watcher,
    },
    /// An organisation was founded for a mandate that nobody fitted.
    Founded {
        /// Which.
        organisation: OrganisationId,
        /// For what.
        charge: Charge,
        /// Where.
        region: RegionId,
    },
    /// Two began to work together of their own accord.
    Partnered {
        /// One of them.
        one: OrganisationId,
        /// The other.
        other: OrganisationId,
        /// On what.
        theme: ThemeId,
    },
    /// One more joined a partnership.
    Joined {
        /// Which.
        organisation: OrganisationId,
        /// Its first member.
        with: OrganisationId,
        /// On what they work.
        theme: ThemeId,
        /// How many they are now.
        members: u32,
    },
    /// A partnership came to an end.
    Parted {
        /// On what they had worked.
        theme: ThemeId,
        /// How many they were.
        members: u32,
        /// Quarter in which it had begun.
        since: u32,
    },
    /// A hub took in a partner, to hold the mandate together.
    TakenIn {
        /// Which hub.
        mandate: MandateId,
        /// Whom.
        partner: OrganisationId,
    },
    /// Somebody saw that a new theme is needed.
    ThemeNoticed {
        /// Which.
        theme: ThemeId,
        /// Whether a scan showed it; else the requests that had piled up.
        by_scan: bool,
    },
    /// A new theme is served about as well as others.
    ThemeServed {
        /// Which.
        theme: ThemeId,
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
