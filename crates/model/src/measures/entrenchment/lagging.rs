//! Holders of mandates in the lowest quarter of those who could hold them, and how long they stay.

use crate::measures::{Direction, Group, Measure, ratio, rows_by_year, yearly};
use crate::record::{History, MandateRow};

/// A holder is in the lowest quarter below this share of able affiliates with a lower quality.
const LOWEST_QUARTER: f64 = 0.25;
/// The cap of the years of a stay.
const LONGEST_STAY: u32 = 20;

/// How long holders have been in the lowest quarter of those able to hold their mandates.
///
/// ```
/// use hubsim_model::measures::entrenchment::LAGGING_YEARS;
/// use hubsim_model::record::{History, MandateRow};
///
/// let mandate = |mandate, holder, rank| MandateRow { mandate, holder, rank, ..Default::default() };
/// let history = History::default()
///     .with(1, [mandate(0, 5, 0.1), mandate(1, 6, 0.8)])
///     .with(2, [mandate(0, 5, 0.2), mandate(1, 6, 0.1)])
///     .with(3, [mandate(0, 7, 0.9), mandate(1, 6, 0.1)]);
/// assert_eq!(LAGGING_YEARS.of(&history)[1..], [0.5, 1.5, 1.0]);
/// ```
pub static LAGGING_YEARS: Measure = Measure {
    key: "lagging_years",
    group: Group::Entrenchment,
    headline: false,
    title: "Years of lagging holders",
    meaning: "Years, this one included, for which the holder of a mandate has now been in the lowest quarter by quality of the \
              affiliates able to hold it, without a break and at most 20; 0 for the others; mean over mandates. It falls when \
              holders in the lowest quarter are replaced sooner, and when fewer come to be there. Holders drawn by lot for a \
              year each would have about a quarter. Empty where there are no mandates.",
    formula: "Σ over mandates of min(consecutive years t, t − 1, … in which the same holder held it with a rank below ¼, 20) ÷ \
              mandates; rank: share of the able affiliates whose quality is below the holder's",
    unit: "years",
    range: (0.0, LONGEST_STAY as f64),
    direction: Direction::Lower,
    source: "a mean over all mandates, not over lagging ones, so that a policy under which nobody lags has 0 and not nothing, \
             and one under which a few lag for long is not excused by them being few; restricted mean, cap 20 years",
    example: "One of two holders is in the lowest quarter for two years and then replaced, the other from the second year on: \
              (1 + 0) ÷ 2, (2 + 1) ÷ 2, (0 + 2) ÷ 2.",
    values: |history| stays(history).into_iter().map(|years| ratio(years.iter().sum(), years.len() as f64)).collect(),
};

/// How many holders are in the lowest quarter of those able to hold their mandates.
///
/// ```
/// use hubsim_model::measures::entrenchment::LAGGING_SHARE;
/// use hubsim_model::record::{History, MandateRow};
///
/// let mandates = [0.1, 0.8, 0.25, 0.5].map(|rank| MandateRow { rank, ..Default::default() });
/// assert_eq!(LAGGING_SHARE.of(&History::default().with(1, mandates))[1], 0.25);
/// ```
pub static LAGGING_SHARE: Measure = Measure {
    key: "lagging_share",
    group: Group::Entrenchment,
    headline: false,
    title: "Lagging holders",
    meaning: "Share of mandates whose holder is in the lowest quarter by quality of the affiliates able to hold them, at the end \
              of the year. Holders drawn by lot would have a quarter. Empty where there are no mandates.",
    formula: "mandates whose holder's rank is below ¼ ÷ mandates",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "beside the years of lagging holders: these divided by it are the mean stay so far of those who lag",
    example: "Of four holders one has a rank below a quarter: 0.25.",
    values: |history| {
        yearly(history, &history.mandates, |rows| {
            ratio(rows.iter().filter(|m| lags(m)).count() as f64, rows.len() as f64)
        })
    },
};

/// Whether the holder is in the lowest quarter. Where nobody else could hold the mandate it is not: it has no rank.
fn lags(mandate: &MandateRow) -> bool {
    mandate.rank < LOWEST_QUARTER
}

/// For each year, the years for which each mandate's holder has been in the lowest quarter; 0 if it is not.
fn stays(history: &History) -> Vec<Vec<f64>> {
    let mut before: Vec<(u32, u32, u32)> = Vec::new();
    let years = rows_by_year(history, &history.mandates).into_iter();
    years
        .map(|range| {
            let stay = |m: &MandateRow| {
                let same = before.iter().find(|&&(mandate, holder, _)| (mandate, holder) == (m.mandate, m.holder));
                let years = if lags(m) { same.map_or(0, |&(.., years)| years) + 1 } else { 0 };
                (m.mandate, m.holder, years)
            };
            before = history.mandates[range].iter().map(stay).collect();
            before.iter().map(|&(.., years)| f64::from(years.min(LONGEST_STAY))).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mandate(holder: u32, rank: f64) -> MandateRow {
        MandateRow { holder, rank, ..Default::default() }
    }

    fn years(ranks: &[(u32, f64)]) -> Vec<f64> {
        let history = (1..)
            .zip(ranks)
            .fold(History::default(), |history, (year, &(holder, rank))| history.with(year, [mandate(holder, rank)]));
        LAGGING_YEARS.of(&history).split_off(1)
    }

    #[test]
    fn sooner_replaced_is_lower_and_a_break_begins_anew() {
        assert_eq!(years(&[(1, 0.1), (1, 0.1), (1, 0.1), (1, 0.1)]), [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(years(&[(1, 0.1), (2, 0.9), (2, 0.9), (2, 0.9)]), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(years(&[(1, 0.1), (2, 0.1), (3, 0.1), (3, 0.1)]), [1.0, 1.0, 1.0, 2.0], "another holder");
        assert_eq!(years(&[(1, 0.1), (1, 0.25), (1, 0.24), (1, 0.0)]), [1.0, 0.0, 1.0, 2.0], "a better year");
        assert_eq!(years(&[(1, 0.1), (1, f64::NAN), (1, 0.1)]), [1.0, 0.0, 1.0], "nobody else could hold it");
        assert_eq!(years(&[(1, 0.0); 23])[18..], [19.0, 20.0, 20.0, 20.0, 20.0]);
    }

    #[test]
    fn a_mandate_that_pauses_begins_anew_and_without_mandates_there_is_no_value() {
        let history = History::default().with(1, [mandate(1, 0.1)]).with(3, [mandate(1, 0.1)]);
        let values = LAGGING_YEARS.of(&history);
        assert!(values[0].is_nan() && values[2].is_nan() && LAGGING_SHARE.of(&history)[2].is_nan());
        assert_eq!((values[1], values[3]), (1.0, 1.0));
    }
}
