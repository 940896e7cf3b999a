//! The ledger: who got what, when and why. Append-only, kept only if somebody asked for it.
//!
//! Mechanisms write into it and never read it, so it cannot move a history: a trial with a ledger has the digest of one
//! without, and a test says so. What can happen is described in one place, [`event`]: the fields of each event with
//! their units, and the sentence that tells it. What takes more than a line to find out stands in [`builders`].

pub mod builders;
pub mod event;
pub mod field_value;

pub use event::{EVENTS, Event};
pub use field_value::{FieldValue, Regions, Themes, When};

use crate::clock::BURN_IN;
use crate::units::QUARTERS_PER_YEAR;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedEvent {
    /// Quarter, counted as [`Clock::quarter`](crate::clock::Clock::quarter).
    pub quarter: u32,
    /// What happened.
    pub event: Event,
}

impl LoggedEvent {
    /// Year, 1 = the first, and quarter of the year, 1 to 4.
    pub fn when(&self) -> (u32, u32) {
        let since = self.quarter.saturating_sub(BURN_IN);
        (since / QUARTERS_PER_YEAR + 1, since % QUARTERS_PER_YEAR + 1)
    }
}

/// All that happened in a trial, in order; or, where nobody asked for it, nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventLog {
    entries: Option<Vec<LoggedEvent>>,
}

impl EventLog {
    /// One that is kept.
    pub fn open() -> EventLog {
        EventLog { entries: Some(Vec::new()) }
    }

    /// Whether it is kept: what is only found out to be written down need not be found out otherwise.
    #[inline]
    pub fn kept(&self) -> bool {
        self.entries.is_some()
    }

    /// Writes down what happened in a quarter.
    #[inline]
    pub fn note(&mut self, quarter: u32, event: Event) {
        if let Some(entries) = &mut self.entries {
            entries.push(LoggedEvent { quarter, event });
        }
    }

    /// What happened, in order, without the ledger.
    pub fn into_entries(self) -> Vec<LoggedEvent> {
        self.entries.unwrap_or_default()
    }

    /// What happened, in order.
    pub fn entries(&self) -> &[LoggedEvent] {
        self.entries.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::OrganisationId;

    #[test]
    fn nothing_is_kept_unless_somebody_asks() {
        let event = Event::Matured { organisation: OrganisationId(3) };
        let (mut shut, mut open) = (EventLog::default(), EventLog::open());
        shut.note(BURN_IN, event.clone());
        open.note(BURN_IN + 5, event.clone());
        assert!(!shut.kept() && shut.entries().is_empty());
        assert_eq!(open.entries(), [LoggedEvent { quarter: BURN_IN + 5, event }]);
        assert_eq!(open.entries()[0].when(), (2, 2));
    }
}
