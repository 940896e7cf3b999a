//! Sharing of materials: the work that it saves, and how widely materials are reused.

use super::{duplicated, each};
use crate::measures::{Direction, Group, Measure, ratio};

/// Duplicated work relative to solved needs.
///
/// ```
/// use hubsim_model::measures::duplication::DUPLICATED_PER_SOLVED;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { duplicated_not_found: 30.0, duplicated_same_time: 20.0, solved: 1000.0, ..Default::default() };
/// assert_eq!(DUPLICATED_PER_SOLVED.of(&History::default().with(0, [row])), [0.05]);
/// ```
pub static DUPLICATED_PER_SOLVED: Measure = Measure {
    key: "duplicated_per_solved",
    group: Group::Duplication,
    headline: false,
    title: "Duplicated work per solved need",
    meaning: "Duplicated work of the year for each million person-problems solved in it.",
    formula: "Σ duplicated work ÷ solved needs",
    unit: "FTE-quarters/million person-problems",
    range: (0.0, f64::INFINITY),
    direction: Direction::Lower,
    source: "waste relative to output: a movement that does nothing duplicates nothing",
    example: "50 FTE-quarters duplicated, 1,000 million person-problems solved: 0.05.",
    values: |history| each(history, |row| ratio(duplicated(row), row.solved)),
};

/// The share of avoidable duplication that adaptation avoids.
///
/// ```
/// use hubsim_model::measures::duplication::AVOIDED_SHARE;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { avoided_work: 30.0, duplicated_not_found: 90.0, ..Default::default() };
/// assert_eq!(AVOIDED_SHARE.of(&History::default().with(0, [row])), [0.25]);
/// ```
pub static AVOIDED_SHARE: Measure = Measure {
    key: "avoided_share",
    group: Group::Duplication,
    headline: false,
    title: "Duplication avoided",
    meaning: "Of the work that would be duplicated if nothing were shared at all, the share that adapting others' materials \
              saves.",
    formula: "Σ (work to build − work to adapt) over adaptations of others' materials ÷ (that + Σ duplicated work)",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "against no sharing at all; building as the producer would have built, adapting at its actual cost",
    example: "Adapting saves 30 FTE-quarters, 90 are duplicated: 0.25.",
    values: |history| each(history, |row| ratio(row.avoided_work, row.avoided_work + duplicated(row))),
};

/// How often a solution adapts a material from another region.
///
/// ```
/// use hubsim_model::measures::duplication::REUSE_RATE_ACROSS;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { built: 30, reused: 10, reused_across: 4, ..Default::default() };
/// assert_eq!(REUSE_RATE_ACROSS.of(&History::default().with(0, [row])), [0.1]);
/// ```
pub static REUSE_RATE_ACROSS: Measure = Measure {
    key: "reuse_rate_across",
    group: Group::Duplication,
    headline: false,
    title: "Reuse rate across regions",
    meaning: "Share of solutions that adapt a material that another organisation made for another region.",
    formula: "adaptations of others' materials from other regions ÷ (adaptations of others' materials + materials built)",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "as the reuse rate, of which it is a part",
    example: "30 materials built, 10 of others adapted, 4 of these from other regions: 0.1.",
    values: |history| each(history, |row| ratio(f64::from(row.reused_across), f64::from(row.reused + row.built))),
};

/// Number of materials packaged for reuse.
///
/// ```
/// use hubsim_model::measures::duplication::PACKAGED;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { built: 30, packaged: 12, ..Default::default() };
/// assert_eq!(PACKAGED.of(&History::default().with(1, [row]))[1], 12.0);
/// ```
pub static PACKAGED: Measure = Measure {
    key: "packaged",
    group: Group::Duplication,
    headline: false,
    title: "Materials packaged",
    meaning: "Materials that were finished in the year and packaged for reuse.",
    formula: "number of materials packaged",
    unit: "materials/year",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "what hubs are asked to produce for all; adaptations per material show whether it is used",
    example: "30 materials built, 12 of them packaged: 12.",
    values: |history| {
        each(history, |row| match row.year {
            0 => f64::NAN,
            _ => f64::from(row.packaged),
        })
    },
};

/// How often others adapt a material.
///
/// ```
/// use hubsim_model::measures::duplication::ADAPTATIONS_PER_MATERIAL;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { built: 30, reused: 10, taken_up: 5, ..Default::default() };
/// assert_eq!(ADAPTATIONS_PER_MATERIAL.of(&History::default().with(0, [row])), [0.5]);
/// ```
pub static ADAPTATIONS_PER_MATERIAL: Measure = Measure {
    key: "adaptations_per_material",
    group: Group::Duplication,
    headline: false,
    title: "Adaptations per material",
    meaning: "Adaptations in the year by others than the producer, organisations outside the movement included, for each \
              material built in it.",
    formula: "(adaptations of others' materials + materials taken up outside the movement) ÷ materials built",
    unit: "adaptations/material",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "the year's adaptations by the year's materials: in a steady state, uses over a material's life",
    example: "30 materials built, 10 adapted within the movement and 5 outside it: 0.5.",
    values: |history| each(history, |row| ratio(f64::from(row.reused) + f64::from(row.taken_up), f64::from(row.built))),
};
