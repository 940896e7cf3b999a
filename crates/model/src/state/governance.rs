//! What governing leaves behind: work that is due for it, verdicts that wait, and its sums of the year.

use crate::units::Work;

/// Work that an organisation owes for governing, taken from its next quarter.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Owed {
    /// For having decided.
    pub deciding: Work,
    /// For having lobbied.
    pub lobbying: Work,
    /// For having answered an alarm that was false.
    pub answering: Work,
}

/// What a review found, until it takes effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Quarter at whose end it takes effect.
    pub due: u32,
    /// The holder's score, lobbying included.
    pub score: f64,
    /// What was asked for.
    pub bar: f64,
}

/// Sums of the year over what governing costs and what goes astray.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trust {
    /// Work on deciding about mandates.
    pub deciding: Work,
    /// Work on lobbying.
    pub lobbying: Work,
    /// Work on being overseen, and on overseeing.
    pub oversight: Work,
    /// Work on mutual accountability, answers to false alarms included.
    pub accountability: Work,
    /// Reviews of mandates.
    pub reviews: u32,
    /// Of these, turned by lobbying.
    pub turned: u32,
    /// What reviews led to, when they took effect: how often nothing, and each of the outcomes.
    pub confirmed: u32,
    /// In the order of [`Outcome`](crate::policy::levers::Outcome).
    pub outcomes: [u32; 5],
    /// Organisations and mandates that went astray.
    pub incidents: u32,
    /// Of those astray, noticed.
    pub noticed: u32,
    /// Of those noticed, stopped.
    pub stopped: u32,
    /// Quarters from going astray to being stopped, their sum.
    pub stopping: u32,
    /// Alarms about those who were not astray.
    pub false_alarms: u32,
    /// Quarters of organisations large enough to go astray.
    pub organisation_quarters: u32,
    /// Of these, astray.
    pub organisations_astray: u32,
    /// Quarters of mandates.
    pub mandate_quarters: u32,
    /// Of these, astray.
    pub mandates_astray: u32,
    /// Requests answered by who was astray, person-requests.
    pub harm: f64,
}
