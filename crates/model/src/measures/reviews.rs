//! Outcomes of reviews of mandates.

use crate::measures::{Direction, Group, Measure};

/// How many of the six possible outcomes of a review have occurred.
///
/// ```
/// use hubsim_model::measures::reviews::REVIEW_OUTCOMES;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { continued: 3, split: 1, ..Default::default() };
/// let later = MovementRow { continued: 2, ended: 1, ..Default::default() };
/// let history = History::default().with(0, [MovementRow::default()]).with(1, [row]).with(2, [later]);
/// assert_eq!(REVIEW_OUTCOMES.of(&history), [0.0, 2.0, 3.0]);
/// ```
pub static REVIEW_OUTCOMES: Measure = Measure {
    key: "review_outcomes",
    group: Group::Entrenchment,
    headline: false,
    title: "Outcomes of reviews",
    meaning: "How many of the six things that a review of a mandate may lead to have come about so far: it continues, is \
              split, loses regions, moves to another region, goes to another holder, ends. 0 where nothing is reviewed.",
    formula: "Σ over the six outcomes of 1 if a review up to year t had it, else 0",
    unit: "outcomes",
    range: (0.0, 6.0),
    direction: Direction::Neutral,
    source: "Recommendation E, question 5: a review may continue, split, re-scope or reallocate",
    example: "In year 1 three continue and one is split: 2. In year 2 two continue and one ends: 3.",
    values: |history| {
        let mut seen = [false; 6];
        let years = history.movement.iter().map(|row| {
            let counts = [row.continued, row.split, row.rescoped, row.moved, row.reallocated, row.ended];
            seen.iter_mut().zip(counts).for_each(|(seen, count)| *seen |= count > 0);
            seen.iter().filter(|seen| **seen).count() as f64
        });
        years.collect()
    },
};
