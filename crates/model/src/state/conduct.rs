//! Conduct: whether an organisation or a mandate is in misconduct, and who has noticed.

use crate::ids::{MandateId, OrganisationId};

/// Conduct of an organisation or a mandate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conduct {
    /// Quarter of the last close look.
    pub checked: u32,
    /// Quarter since which it is in misconduct; `None` if it is not.
    pub misconduct: Option<u32>,
    /// Quarter in which the misconduct was noticed.
    pub noticed: Option<u32>,
    /// Quarter in which the misconduct will be stopped.
    pub stop: Option<u32>,
}

impl Conduct {
    /// Whether it is in misconduct and somebody has noticed.
    pub fn known_misconduct(&self) -> bool {
        self.misconduct.is_some() && self.noticed.is_some()
    }

    /// Good conduct, checked in this quarter.
    pub fn checked_in(quarter: u32) -> Conduct {
        Conduct { checked: quarter, ..Conduct::default() }
    }
}

/// An organisation or a mandate, as the subject of conduct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// An organisation.
    Organisation(OrganisationId),
    /// A mandate, whoever holds it.
    Mandate(MandateId),
}

/// The kind of watcher that looks at conduct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watcher {
    /// Readers of ordinary reports.
    Routine,
    /// The central oversight body.
    Oversight,
    /// Peers.
    Peers,
    /// The people served.
    Served,
    /// A review.
    Review,
}
