//! Movement: what is achieved.

use crate::metric::{Direction, Group, Measure};

/// What production achieves for communities.
pub static SOLVED_NEEDS: Measure = Measure {
    key: "solved_needs",
    group: Group::Movement,
    headline: true,
    title: "Solved needs",
    meaning: "Problems solved for communities in the year, weighted by the quality of the solution and the people of \
              the community.",
    formula: "Σ quality (0–1) × people over problems solved for a community",
    unit: "million person-problems/year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "outcome counted where it arrives, not where it is made",
    example: "Two problems solved with quality 0.5 for a community of 4 million: 4.",
    values: |history| history.movement.iter().map(|row| row.solved).collect(),
};
