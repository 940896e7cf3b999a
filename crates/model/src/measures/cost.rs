//! Cost of running the movement: money, work on overhead, conflicts, unspent money, forgone service.

mod money;

use crate::measures::{Direction, Group, Measure, ratio, share_met, yearly};
use crate::record::{History, MovementRow, RegionRow};

pub use money::{COST_PER_PERSON_HELPED, MONEY_AWARDED, MONEY_FOR_HUBS, MONEY_HANDED_OVER, PLEDGED_WORK};

macro_rules! share_of_work {
    ($(#[$meta:meta])* $name:ident, $key:literal, $title:literal, $meaning:literal, $formula:literal, $part:expr) => {
        $(#[$meta])*
        pub static $name: Measure = Measure {
            key: $key,
            group: Group::Cost,
            headline: false,
            title: $title,
            meaning: $meaning,
            formula: $formula,
            unit: "share",
            range: (0.0, 1.0),
            direction: Direction::Lower,
            source: "overhead as a share of capacity: all work there is, of staff and of volunteers for organisations",
            example: "400 FTE-quarters of work, 10 of them for this: 0.025.",
            values: |history| {
                let part: fn(&MovementRow) -> f64 = $part;
                each(history, |row| ratio(part(row), row.work))
            },
        };
    };
}

share_of_work!(
    /// Work on keeping links.
    ///
    /// ```
    /// use hubsim_model::measures::cost::COORDINATION_SHARE;
    /// use hubsim_model::record::{History, MovementRow};
    ///
    /// let row = MovementRow { work: 400.0, coordination_work: 10.0, ..Default::default() };
    /// assert_eq!(COORDINATION_SHARE.of(&History::default().with(0, [row])), [0.025]);
    /// ```
    COORDINATION_SHARE, "coordination_share", "Coordination",
    "Share of all work that goes into keeping links: with the foundation, with hubs, with partners.",
    "work on links ÷ all work",
    |row| row.coordination_work
);
share_of_work!(
    /// Work on grant applications and reports.
    ///
    /// ```
    /// use hubsim_model::measures::cost::APPLYING_SHARE;
    /// use hubsim_model::record::{History, MovementRow};
    ///
    /// let row = MovementRow { work: 400.0, applying_work: 10.0, ..Default::default() };
    /// assert_eq!(APPLYING_SHARE.of(&History::default().with(0, [row])), [0.025]);
    /// ```
    APPLYING_SHARE, "applying_share", "Applying and reporting",
    "Share of all work that goes into applying for grants and reporting on them.",
    "work on applying and reporting ÷ all work",
    |row| row.applying_work
);
share_of_work!(
    /// Work on decisions and on lobbying.
    ///
    /// ```
    /// use hubsim_model::measures::cost::DECIDING_SHARE;
    /// use hubsim_model::record::{History, MovementRow};
    ///
    /// let row = MovementRow { work: 400.0, deciding_work: 8.0, lobbying_work: 2.0, ..Default::default() };
    /// assert_eq!(DECIDING_SHARE.of(&History::default().with(0, [row])), [0.025]);
    /// ```
    DECIDING_SHARE, "deciding_share", "Deciding",
    "Share of all work that goes into decisions about mandates and about what is re-granted, lobbying for them included.",
    "(work on deciding + work on lobbying) ÷ all work",
    |row| row.deciding_work + row.lobbying_work
);
share_of_work!(
    /// Work on oversight and accountability.
    ///
    /// ```
    /// use hubsim_model::measures::cost::OVERSIGHT_SHARE;
    /// use hubsim_model::record::{History, MovementRow};
    ///
    /// let row = MovementRow { work: 400.0, oversight_work: 6.0, accountability_work: 4.0, ..Default::default() };
    /// assert_eq!(OVERSIGHT_SHARE.of(&History::default().with(0, [row])), [0.025]);
    /// ```
    OVERSIGHT_SHARE, "oversight_share", "Oversight and accountability",
    "Share of all work that goes into oversight, on both sides of it, and into mutual accountability, answers to false \
     alarms included.",
    "(work on oversight + work on accountability) ÷ all work",
    |row| row.oversight_work + row.accountability_work
);

/// Requests that two responsible hubs refer to each other.
///
/// ```
/// use hubsim_model::measures::cost::CONFLICTS;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = RegionRow { requests: 1000.0, conflicts: 20.0, ..Default::default() };
/// assert_eq!(CONFLICTS.of(&History::default().with(0, [region])), [0.02]);
/// ```
pub static CONFLICTS: Measure = Measure {
    key: "conflicts",
    group: Group::Cost,
    headline: false,
    title: "Requests in conflict",
    meaning: "Share of requests that a theme's hub and a region's, both responsible, pass to each other. Each counts once; \
              0 where no two hubs are responsible for the same.",
    formula: "Σ requests passed on ÷ Σ requests; at most 1",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "conflict: what two mandates of overlapping scope both refuse",
    example: "1,000 requests, 20 of them passed on: 0.02.",
    values: |history| {
        yearly(history, &history.regions, |rows| share_met(sum(rows, |r| r.conflicts), sum(rows, |r| r.requests)))
    },
};

/// Problems on which two responsible hubs work at once.
///
/// ```
/// use hubsim_model::measures::cost::CONTESTED;
/// use hubsim_model::record::{History, RegionRow};
///
/// let regions = [2, 3].map(|contested| RegionRow { contested, ..Default::default() });
/// let history = History::default().with(0, [RegionRow::default()]).with(1, regions);
/// assert_eq!(CONTESTED.of(&history)[1], 5.0);
/// ```
pub static CONTESTED: Measure = Measure {
    key: "contested",
    group: Group::Cost,
    headline: false,
    title: "Contested problems",
    meaning: "Problems of a community on which one hub began to work in the year while another responsible hub was working on it.",
    formula: "Σ over regions",
    unit: "problems/year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Lower,
    source: "conflict: what two mandates of overlapping scope both claim",
    example: "Two in one region and three in another: 5.",
    values: |history| {
        yearly(history, &history.regions, |rows| match rows.first() {
            Some(row) if row.year > 0 => sum(rows, |r| f64::from(r.contested)),
            _ => f64::NAN,
        })
    },
};

/// Money of funders that is not awarded.
///
/// ```
/// use hubsim_model::measures::cost::MONEY_UNSPENT;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { pot: 8e6, paid_in: 1e6, other_pot: 1e6, unspent: 4e5, other_unspent: 1e5, ..Default::default() };
/// assert_eq!(MONEY_UNSPENT.of(&History::default().with(0, [row])), [0.05]);
/// ```
pub static MONEY_UNSPENT: Measure = Measure {
    key: "money_unspent",
    group: Group::Cost,
    headline: false,
    title: "Money unspent",
    meaning: "Share of the pots of all funders, with what is paid into them, that is not awarded in the year.",
    formula: "not awarded ÷ (all pots + paid in)",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "by cause in the table of the movement: nobody eligible, requests, absorption, the rule of award; what \
             pooling costs counts as paid in",
    example: "Pots of 9 million USD, 1 million paid in, half a million not awarded: 0.05.",
    // The rest of a pot that was awarded completely may be slightly negative, because differences are rounded.
    values: |history| {
        each(history, |row| ratio((row.unspent + row.other_unspent).max(0.0), row.pot + row.paid_in + row.other_pot))
    },
};

/// Requests while the responsible hub is not at work.
///
/// ```
/// use hubsim_model::measures::cost::SERVICE_FORGONE;
/// use hubsim_model::record::{History, MovementRow, RegionRow};
///
/// let row = MovementRow { forgone: 50.0, waiting: 200.0, ..Default::default() };
/// let region = RegionRow { requests: 1000.0, ..Default::default() };
/// let history = History { movement: vec![row], ..History::default() }.with(0, [region]);
/// assert_eq!(SERVICE_FORGONE.of(&history), [0.25]);
/// ```
pub static SERVICE_FORGONE: Measure = Measure {
    key: "service_forgone",
    group: Group::Cost,
    headline: false,
    title: "Service forgone",
    meaning: "Share of requests for which the planned hub is not at work: it has not started, is in transition, \
              or its money is interrupted. 0 where no hubs are planned.",
    formula: "(requests of scopes in transition or interrupted + requests for which there is no hub yet) ÷ all requests; at most 1",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "requests, not help: how many of them the hub would have met is unknown. The two parts are disjoint for hubs of \
             one kind; under both kinds a request may wait for one hub and be forgone by the other, and then counts twice",
    example: "1,000 requests, 50 in transition and 200 without a hub yet: 0.25.",
    values: |history| {
        let requests = yearly(history, &history.regions, |rows| sum(rows, |r| r.requests));
        let lost = history.movement.iter().map(|row| row.forgone + row.waiting);
        lost.zip(requests).map(|(lost, requests)| share_met(lost, requests)).collect()
    },
};

fn sum(rows: &[RegionRow], value: fn(&RegionRow) -> f64) -> f64 {
    rows.iter().map(value).sum()
}

/// One value for each year, computed from the row of the movement.
fn each(history: &History, value: impl Fn(&MovementRow) -> f64) -> Vec<f64> {
    history.movement.iter().map(value).collect()
}
