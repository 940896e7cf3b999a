//! Holders of mandates: their tenure, and their quality compared with the best candidate.

use crate::measures::{Direction, Group, Measure, ratio, rows_by_year, yearly};
use crate::record::{MandateRow, MovementRow};

/// How far the quality of holders lies below that of the best candidates.
///
/// ```
/// use hubsim_model::measures::entrenchment::LAG;
/// use hubsim_model::record::{History, MandateRow};
///
/// let mandate = |requests, best_quality, quality| MandateRow { requests, best_quality, quality, ..Default::default() };
/// let history = History::default().with(1, [mandate(30.0, 0.75, 0.25), mandate(10.0, 0.5, 0.5)]);
/// assert_eq!(LAG.of(&history)[1], 0.375);
/// ```
pub static LAG: Measure = Measure {
    key: "lag",
    group: Group::Entrenchment,
    headline: false,
    title: "Lag behind the best candidate",
    meaning: "Quality (expertise × fit) of the best affiliate in what a mandate is for minus that of its holder, mean \
              over mandates by the requests of their scopes; plain mean where there are none. Empty where there are \
              no mandates.",
    formula: "Σ requests × (quality of the best − the holder's) ÷ Σ requests, over mandates",
    unit: "quality",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "lock-in as forgone quality (Arthur 1989)",
    example: "Behind by 0.5 in a scope of 30 requests, and not in one of 10: 0.375.",
    values: |history| {
        yearly(history, &history.mandates, |rows| {
            let unweighted = rows.iter().all(|m| m.requests <= 0.0);
            let weight = |m: &MandateRow| if unweighted { 1.0 } else { m.requests };
            let behind = rows.iter().map(|m| weight(m) * (m.best_quality - m.quality)).sum();
            ratio(behind, rows.iter().map(weight).sum())
        })
    },
};

/// How often a mandate changes its holder or ends.
///
/// ```
/// use hubsim_model::measures::entrenchment::MANDATE_TURNOVER;
/// use hubsim_model::record::{History, MandateRow};
///
/// let mandate = |mandate, holder| MandateRow { mandate, holder, ..Default::default() };
/// let history = History::default().with(1, [mandate(0, 5), mandate(1, 6), mandate(2, 7), mandate(3, 8)]);
/// assert_eq!(MANDATE_TURNOVER.of(&history.with(2, [mandate(0, 5), mandate(1, 9), mandate(3, 8)]))[2], 0.5);
/// ```
pub static MANDATE_TURNOVER: Measure = Measure {
    key: "mandate_turnover",
    group: Group::Entrenchment,
    headline: false,
    title: "Turnover of mandates",
    meaning: "Share of last year's mandates that another organisation holds now, or that ended. Neither way is better \
              in itself: the lag tells whether a change was due. Empty in year 0, and where there were no mandates \
              last year.",
    formula: "mandates of year t − 1 whose holder is another in year t, or that ended, ÷ mandates of year t − 1",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Neutral,
    source: "turnover of office",
    example: "Of four mandates one has another holder, one ended: 0.5.",
    values: |history| {
        let rows = &history.mandates;
        let years = rows_by_year(history, rows);
        let turnover = |t: usize| {
            let Some(before) = t.checked_sub(1).map(|before| &rows[years[before].clone()]) else { return f64::NAN };
            let stays = |m: &MandateRow| {
                rows[years[t].clone()].iter().any(|now| (now.mandate, now.holder) == (m.mandate, m.holder))
            };
            ratio(before.iter().filter(|m| !stays(m)).count() as f64, before.len() as f64)
        };
        (0..years.len()).map(turnover).collect()
    },
};

/// How long holders have held their mandates.
///
/// ```
/// use hubsim_model::measures::entrenchment::MANDATE_TENURE;
/// use hubsim_model::record::{History, MandateRow};
///
/// let mandate = |tenure| MandateRow { tenure, ..Default::default() };
/// assert_eq!(MANDATE_TENURE.of(&History::default().with(1, [7.0, 2.0].map(mandate)))[1], 4.5);
/// ```
pub static MANDATE_TENURE: Measure = Measure {
    key: "mandate_tenure",
    group: Group::Entrenchment,
    headline: false,
    title: "Tenure of mandates",
    meaning: "Years for which the holders at the end of the year have held their mandates, mean over mandates. Neither way is better in itself: the lag tells whether a change is due. Empty where there are \
              no mandates.",
    formula: "mean over mandates of the years since the holder took over",
    unit: "years",
    range: (0.0, f64::INFINITY),
    direction: Direction::Neutral,
    source: "tenure of office",
    example: "Two mandates, held for 7 and 2 years: 4.5.",
    values: |history| {
        yearly(history, &history.mandates, |rows| ratio(rows.iter().map(|m| m.tenure).sum(), rows.len() as f64))
    },
};

/// How often lobbying changes the result of a review.
///
/// ```
/// use hubsim_model::measures::entrenchment::LOBBYING_WON;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { reviews: 8, reviews_turned: 2, ..Default::default() };
/// assert_eq!(LOBBYING_WON.of(&History::default().with(1, [row]))[1], 0.25);
/// ```
pub static LOBBYING_WON: Measure = Measure {
    key: "lobbying_won",
    group: Group::Entrenchment,
    headline: false,
    title: "Reviews won by lobbying",
    meaning: "Share of the year's reviews of mandates whose holder would not have reached the bar without lobbying. \
              Empty where there was no review, as in year 0.",
    formula: "reviews turned by lobbying ÷ reviews",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "rent-seeking (Tullock 1980), counted against the same review without it",
    example: "Of 8 reviews, 2 were turned: 0.25.",
    values: |history| {
        let share = |row: &MovementRow| ratio(f64::from(row.reviews_turned), f64::from(row.reviews));
        history.movement.iter().map(share).collect()
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::History;

    #[test]
    fn without_mandates_the_measures_are_undefined() {
        let history = History::default().with(2, [MovementRow::default()]);
        for measure in [&LAG, &MANDATE_TURNOVER, &MANDATE_TENURE, &LOBBYING_WON] {
            assert!(measure.of(&history).iter().all(|value| value.is_nan()), "{}", measure.key);
        }
    }

    #[test]
    fn without_any_requests_the_lag_is_an_unweighted_mean() {
        let mandate = |quality| MandateRow { best_quality: 0.75, quality, ..Default::default() };
        assert_eq!(LAG.of(&History::default().with(0, [0.25, 0.75].map(mandate))), [0.25]);
    }

    #[test]
    fn a_new_mandate_does_not_count_as_turnover() {
        let mandate = |mandate| MandateRow { mandate, ..Default::default() };
        let history = History::default().with(0, [mandate(4)]).with(1, [mandate(4), mandate(5)]).with(2, [mandate(5)]);
        let values = MANDATE_TURNOVER.of(&history);
        assert!(values[0].is_nan());
        assert_eq!(values[1..], [0.0, 0.5]);
    }
}
