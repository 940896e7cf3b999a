//! Trust: misconduct of organisations and mandates, its duration and its harm.

use crate::measures::{Direction, Group, Measure, ratio, yearly};
use crate::record::{History, MovementRow};
use crate::units::QUARTERS_PER_YEAR;

/// Prevalence of misconduct in mandates.
///
/// ```
/// use hubsim_model::measures::trust::MANDATE_MISCONDUCT;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { mandate_quarters: 40, mandate_misconduct: 3, ..Default::default() };
/// assert_eq!(MANDATE_MISCONDUCT.of(&History::default().with(0, [row])), [0.3]);
/// ```
pub static MANDATE_MISCONDUCT: Measure = Measure {
    key: "mandate_misconduct",
    group: Group::Trust,
    headline: false,
    title: "Misconduct in mandates",
    meaning: "Quarters of misconduct of a mandate in a year, detected or not; mean over all mandates.",
    formula: "Σ mandate-quarters in misconduct ÷ Σ mandate-years (mandate-quarters ÷ 4); empty without mandates",
    unit: "quarters/mandate-year",
    range: (0.0, 4.0),
    direction: Direction::Lower,
    source: "prevalence by time at risk, so that many and few hubs can be compared",
    example: "Ten mandates for a year, one of them in misconduct for three quarters: 3 ÷ 10 = 0.3.",
    values: |history| each(history, |row| per_year(f64::from(row.mandate_misconduct), row.mandate_quarters)),
};

/// Prevalence of misconduct in organisations, outside their mandates.
///
/// ```
/// use hubsim_model::measures::trust::ORGANISATION_MISCONDUCT;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { organisation_quarters: 200, organisation_misconduct: 5, ..Default::default() };
/// assert_eq!(ORGANISATION_MISCONDUCT.of(&History::default().with(0, [row])), [0.1]);
/// ```
pub static ORGANISATION_MISCONDUCT: Measure = Measure {
    key: "organisation_misconduct",
    group: Group::Trust,
    headline: false,
    title: "Misconduct in organisations",
    meaning: "Quarters of misconduct of an organisation in a year, outside its mandates, detected or not; mean over all \
              that have enough money for misconduct, the foundation included.",
    formula: "Σ organisation-quarters in misconduct ÷ Σ organisation-years of those large enough (quarters ÷ 4)",
    unit: "quarters/organisation-year",
    range: (0.0, 4.0),
    direction: Direction::Lower,
    source: "as for mandates",
    example: "Fifty organisations for a year, five quarters of misconduct among them: 5 ÷ 50 = 0.1.",
    values: |history| each(history, |row| per_year(f64::from(row.organisation_misconduct), row.organisation_quarters)),
};

/// Help given by a mandate in a year; to be read together with the prevalence of misconduct.
///
/// ```
/// use hubsim_model::measures::trust::SERVICE_PER_MANDATE;
/// use hubsim_model::record::{History, MovementRow, RegionRow};
///
/// let row = MovementRow { mandate_quarters: 40, ..Default::default() };
/// let region = RegionRow { help_hubs: 5000.0, ..Default::default() };
/// let history = History { movement: vec![row], ..History::default() }.with(0, [region]);
/// assert_eq!(SERVICE_PER_MANDATE.of(&history), [500.0]);
/// ```
pub static SERVICE_PER_MANDATE: Measure = Measure {
    key: "service_per_mandate",
    group: Group::Trust,
    headline: false,
    title: "Service of a mandate",
    meaning: "Effect of the help that a mandate gives in a year, mean over mandates: a mandate that does nothing does no harm either.",
    formula: "Σ effect of help by hubs ÷ Σ mandate-years (mandate-quarters ÷ 4); empty without mandates",
    unit: "person-requests/mandate-year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "a mandate that ended in the year counts for its quarters",
    example: "Ten mandates for a year, 5,000 person-requests of help: 500.",
    values: |history| {
        let help = yearly(history, &history.regions, |rows| rows.iter().map(|r| r.help_hubs).sum());
        help.into_iter().zip(&history.movement).map(|(help, row)| per_year(help, row.mandate_quarters)).collect()
    },
};

/// How long misconduct lasts until it is stopped.
///
/// ```
/// use hubsim_model::measures::trust::TIME_TO_STOP;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { stopped: 4, stopping: 18, ..Default::default() };
/// assert_eq!(TIME_TO_STOP.of(&History::default().with(0, [row])), [4.5]);
/// ```
pub static TIME_TO_STOP: Measure = Measure {
    key: "time_to_stop",
    group: Group::Trust,
    headline: false,
    title: "Time to stop",
    meaning: "Quarters from the beginning of misconduct until it is stopped, mean over organisations and mandates whose \
              misconduct was stopped in the year.",
    formula: "Σ quarters of the misconduct stopped ÷ number stopped; empty where none was",
    unit: "quarters",
    range: (0.0, f64::INFINITY),
    direction: Direction::Lower,
    source: "misconduct that is never stopped counts in its prevalence, not here",
    example: "Four stopped, after 2, 3, 5 and 8 quarters: 18 ÷ 4 = 4.5.",
    values: |history| each(history, |row| ratio(f64::from(row.stopping), f64::from(row.stopped))),
};

/// Harm by misconduct, relative to help.
///
/// ```
/// use hubsim_model::measures::trust::HARM;
/// use hubsim_model::record::{History, MovementRow, RegionRow};
///
/// let row = MovementRow { harm: 30.0, ..Default::default() };
/// let region = RegionRow { help: 1500.0, ..Default::default() };
/// let history = History { movement: vec![row], ..History::default() }.with(0, [region]);
/// assert_eq!(HARM.of(&history), [0.02]);
/// ```
pub static HARM: Measure = Measure {
    key: "harm",
    group: Group::Trust,
    headline: false,
    title: "Harm per service",
    meaning: "Requests answered by organisations and mandates in misconduct, which lowers the motivation of those who asked, per unit \
              of help that all others give.",
    formula: "Σ requests answered in misconduct ÷ Σ effect of help",
    unit: "requests/person-request",
    range: (0.0, f64::INFINITY),
    direction: Direction::Lower,
    source: "harm relative to help, so that large and small systems can be compared",
    example: "30 requests answered in misconduct, help of 1,500 person-requests: 0.02.",
    values: |history| {
        let help = yearly(history, &history.regions, |rows| rows.iter().map(|r| r.help).sum());
        help.into_iter().zip(&history.movement).map(|(help, row)| ratio(row.harm, help)).collect()
    },
};

/// A sum per year at risk.
fn per_year(sum: f64, quarters: u32) -> f64 {
    ratio(f64::from(QUARTERS_PER_YEAR) * sum, f64::from(quarters))
}

/// One value for each year, computed from the row of the movement.
fn each(history: &History, value: impl Fn(&MovementRow) -> f64) -> Vec<f64> {
    history.movement.iter().map(value).collect()
}
