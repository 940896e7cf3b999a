//! Conduct: whether an organisation or a mandate has gone astray, and who knows.

use crate::ids::{MandateId, OrganisationId};

/// How an organisation or a mandate behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conduct {
    /// Quarter in which somebody last looked closely.
    pub checked: u32,
    /// Quarter since which it is astray; `None` if it is not.
    pub misconduct: Option<u32>,
    /// Quarter in which somebody noticed.
    pub noticed: Option<u32>,
    /// Quarter in which it will be stopped.
    pub stop: Option<u32>,
}

impl Conduct {
    /// Whether somebody has noticed that it is astray.
    pub fn known_misconduct(&self) -> bool {
        self.misconduct.is_some() && self.noticed.is_some()
    }

    /// Nothing wrong, as of a quarter.
    pub fn checked_in(quarter: u32) -> Conduct {
        Conduct { checked: quarter, ..Conduct::default() }
    }
}

/// Who can go astray.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// An organisation.
    Organisation(OrganisationId),
    /// A mandate, whoever holds it.
    Mandate(MandateId),
}

/// Who looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watcher {
    /// Whoever reads ordinary reports.
    Routine,
    /// The centre.
    Oversight,
    /// Peers.
    Peers,
    /// Those served.
    Served,
    /// A review.
    Review,
}
