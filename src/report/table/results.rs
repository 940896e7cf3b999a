//! The tables of results: means of all policies, and paired differences from the first one.

use crate::report::number::{decimal, significant};
pub use crate::report::reading::IndexedMeasure;
use crate::report::reading::{self, common_reference, difference, mean, name, share_of_worlds, today};
use hubsim_lab::analysis::{Comparison, Findings, OverWorlds};
use hubsim_lab::experiment::{ArmId, Contrast};
use hubsim_model::measures::{Direction, Measure};

use super::{Cell, Table, TableColumn, Visibility};

/// The largest number of policies that are columns; with more, policies are rows and measures are columns.
pub const MAX_POLICY_COLUMNS: usize = 6;

/// Means of the last year with their 95 % intervals: one row for each measure, one column for each policy; transposed with
/// more than [`MAX_POLICY_COLUMNS`] policies.
///
/// `measures` are those of the findings, in their order; only headlines are shown.
pub fn headline(findings: &Findings, measures: &[&Measure]) -> Table {
    let chosen: Vec<IndexedMeasure> = headlines(measures).collect();
    means(findings, &chosen, &format!("Headline measures in year {}", findings.years))
}

/// The same for chosen measures.
pub fn means(findings: &Findings, chosen: &[IndexedMeasure], title: &str) -> Table {
    let cell = |arm: usize, of: IndexedMeasure| {
        let mean = mean(findings, arm, findings.years, of);
        if mean.mean.is_finite() { Cell::Interval(mean) } else { Cell::Empty }
    };
    let policies = &findings.policies;
    let (columns, rows) = if policies.len() > MAX_POLICY_COLUMNS {
        let rows = findings.arms().map(|arm| {
            let cells = chosen.iter().map(|&of| cell(arm.0, of));
            std::iter::once(Cell::Text(findings.shown(arm))).chain(cells).collect()
        });
        let columns =
            chosen.iter().map(|(_, measure)| TableColumn::numbers(measure.title).in_unit(short_unit(measure)));
        (std::iter::once(TableColumn::text("policy")).chain(columns).collect(), rows.collect())
    } else {
        let rows = chosen.iter().map(|&(position, measure)| {
            let now = today(findings, (position, measure)).mean;
            let now = if now.is_finite() { Cell::Number(now) } else { Cell::Empty };
            let start = [measure.title.into(), measure.key.into(), unit(measure), better(measure).into(), now];
            start.into_iter().chain((0..policies.len()).map(|arm| cell(arm, (position, measure)))).collect()
        });
        let start = vec![
            TableColumn::text("measure"),
            TableColumn::data("key"),
            TableColumn::text("unit").visible(Visibility::IfWidthAllows),
            TableColumn::text("better").visible(Visibility::IfWidthAllows),
            TableColumn::numbers("today"),
        ];
        (
            start.into_iter().chain(findings.arms().map(|arm| TableColumn::numbers(&findings.shown(arm)))).collect(),
            rows.collect(),
        )
    };
    let notes = vec![format!(
        "Mean of {}{}. Today: year 0 or, of what happens in a year, the first year under the first policy.",
        trials(findings),
        if findings.outcomes.len() > policies.len() { " and its 95 % interval" } else { "" }
    )];
    Table { title: title.to_owned(), columns, rows, notes }
}

/// Paired differences of the first contrasts, at most so many, in the last year: one row for each measure and contrast.
///
/// `measures` are those of the findings, in their order; only headlines are shown.
pub fn differences(findings: &Findings, measures: &[&Measure], at_most: usize) -> Table {
    let chosen: Vec<IndexedMeasure> = headlines(measures).collect();
    let all = findings.shown_contrasts();
    let mut table = differences_in(findings, measures, &chosen, &all[..at_most.min(all.len())]);
    if all.len() > at_most {
        table.notes.push(format!(
            "{at_most} of {} contrasts; the others are in the report and in comparisons.csv.",
            all.len()
        ));
    }
    table
}

/// The same for chosen measures and contrasts.
pub fn differences_in(
    findings: &Findings,
    measures: &[&Measure],
    chosen: &[IndexedMeasure],
    contrasts: &[Contrast],
) -> Table {
    let reference = common_reference(contrasts);
    let mut rows = Vec::new();
    for &(position, measure) in chosen {
        for contrast in contrasts {
            let of = difference(findings, contrast, (position, measure));
            // No replicate has the measure under both policies.
            if of.pairs == 0 {
                continue;
            }
            let matters = measure.matters(of.first_mean);
            let share = |least: f64| Cell::Text(share_of_worlds(&of, measure, least).words());
            rows.push(vec![
                measure.title.into(),
                measure.key.into(),
                unit(measure),
                Cell::Text(name(findings, contrast, reference)),
                Cell::Interval(of.difference.into()),
                Cell::Verdict(reading::verdict(findings, measures, contrast, position), of.difference.mean),
                share(0.0),
                share(matters),
                spread(&of),
                Cell::Share(of.split.map_or(f64::NAN, |split| split.share_of_worlds())),
                Cell::Number(matters),
                Cell::Count(of.pairs as u64),
            ]);
        }
    }
    Table {
        title: format!("Differences{} in year {}", from(findings, reference), findings.years),
        columns: vec![
            TableColumn::text("measure"),
            TableColumn::data("key"),
            TableColumn::text("unit").visible(Visibility::IfWidthAllows),
            TableColumn::text("policy"),
            TableColumn::numbers("difference"),
            TableColumn::text("verdict"),
            TableColumn::numbers("better in").visible(Visibility::IfWidthAllows),
            TableColumn::numbers("gain that matters in"),
            TableColumn::numbers("worlds, 5–95 %"),
            TableColumn::numbers("worlds' part of variance").visible(Visibility::IfWidthAllows),
            TableColumn::numbers("matters").visible(Visibility::IfWidthAllows),
            TableColumn::numbers("pairs").visible(Visibility::DataOnly),
        ],
        rows,
        notes: vec![
            "Mean difference between the same worlds under both policies, and its 95 % interval. Better or worse: by at least \
             what matters (0.03 of a share or an index, a tenth of other figures); size open: the interval excludes 0, but not \
             a difference too small to matter."
                .to_owned(),
            "Gain that matters in: the share of worlds that are expected to gain at least that much; worlds, 5–95 %: between \
             which differences nine of ten worlds lie. Chance: worlds cannot be told apart, what differs between trials is \
             chance."
                .to_owned(),
            LESS_TO_COUNT.to_owned(),
        ],
    }
}

/// Verdicts on the contrasts that are shown, in the last year: one row for each headline measure, one column for each
/// contrast; transposed with more than [`MAX_POLICY_COLUMNS`] policies.
///
/// `measures` are those of the findings, in their order.
pub fn verdicts(findings: &Findings, measures: &[&Measure]) -> Table {
    let contrasts = findings.shown_contrasts();
    let reference = common_reference(&contrasts);
    let chosen: Vec<IndexedMeasure> = headlines(measures).collect();
    let (columns, rows) = if findings.policies.len() > MAX_POLICY_COLUMNS {
        let rows = contrasts.iter().map(|contrast| {
            let cells = chosen.iter().map(|&of| verdict_of(findings, measures, contrast, of));
            std::iter::once(Cell::Text(name(findings, contrast, reference))).chain(cells).collect()
        });
        let columns = chosen.iter().map(|(_, measure)| TableColumn::text(measure.title));
        (std::iter::once(TableColumn::text("policy")).chain(columns).collect(), rows.collect())
    } else {
        let rows = chosen.iter().map(|&(position, measure)| {
            let cells = contrasts.iter().map(|contrast| verdict_of(findings, measures, contrast, (position, measure)));
            [measure.title.into(), measure.key.into()].into_iter().chain(cells).collect()
        });
        let policies = contrasts.iter().map(|contrast| TableColumn::text(&name(findings, contrast, reference)));
        ([TableColumn::text("measure"), TableColumn::data("key")].into_iter().chain(policies).collect(), rows.collect())
    };
    Table {
        title: match reference {
            Some(arm) => format!("Against {} in year {}", findings.shown(arm), findings.years),
            None => format!("Verdicts on the differences in year {}", findings.years),
        },
        columns,
        rows,
        notes: vec![
            "Arrows show the direction of change. Better or worse: the 95 % interval of the paired difference lies beyond \
             what matters (0.03 of a share or an index, a tenth of other figures); size open: it excludes 0 only."
                .to_owned(),
            LESS_TO_COUNT.to_owned(),
        ],
    }
}

/// The quantiles over worlds of a difference, in words.
fn spread(of: &Comparison) -> Cell {
    match of.over_worlds {
        OverWorlds::Values(_) => {
            let [low, high] = of.over_worlds.spread();
            Cell::Text(format!("{} to {}", significant(low, 2), significant(high, 2)))
        }
        OverWorlds::Chance => "chance".into(),
        OverWorlds::Unknown => Cell::Empty,
    }
}

/// ` from X`, if all differences are from the same arm.
fn from(findings: &Findings, reference: Option<ArmId>) -> String {
    reference.map_or_else(String::new, |arm| format!(" from {}", findings.shown(arm)))
}

/// The verdict on a contrast.
pub fn verdict_of(
    findings: &Findings,
    measures: &[&Measure],
    contrast: &Contrast,
    (position, measure): IndexedMeasure,
) -> Cell {
    let found = difference(findings, contrast, (position, measure)).difference;
    Cell::Verdict(reading::verdict(findings, measures, contrast, position), found.mean)
}

/// What a verdict on a ratio says of the absolute figure beside it.
const LESS_TO_COUNT: &str = "Not better, less to count: a ratio improves, but it is not shown that the absolute figure beside it \
                             (people helped, solved needs, need met in the worst region, capacity outside the incumbents) is no \
                             worse by what matters: 0.03 of a share, a tenth of other figures.";

/// The headline measures, with their positions in the findings.
pub fn headlines<'a>(measures: &'a [&'a Measure]) -> impl Iterator<Item = IndexedMeasure<'a>> {
    measures.iter().copied().enumerate().filter(|(_, measure)| measure.headline)
}

/// How many trials each policy has, in words.
pub fn trials(findings: &Findings) -> String {
    let counts: Vec<usize> = findings.arms().map(|arm| findings.arm(arm).len()).collect();
    let (least, most) = (counts.iter().min().copied().unwrap_or(0), counts.iter().max().copied().unwrap_or(0));
    match (least, most) {
        (1, 1) => "one trial per policy".to_owned(),
        (least, most) if least == most => format!("{} trials per policy", decimal(most as f64, 0)),
        (least, most) => format!("{} to {} trials per policy", decimal(least as f64, 0), decimal(most as f64, 0)),
    }
}

fn unit(measure: &Measure) -> Cell {
    if measure.unit == "-" { Cell::Empty } else { measure.unit.into() }
}

/// The unit for the head of a column: a share or an index needs none.
pub(super) fn short_unit(measure: &Measure) -> &str {
    if measure.unit.starts_with("share") || measure.unit == "index" { "" } else { measure.unit }
}

fn better(measure: &Measure) -> &'static str {
    match measure.direction {
        Direction::Higher => "higher",
        Direction::Lower => "lower",
        Direction::Neutral => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;
    use crate::report::synthetic::{self, MEASURES};
    use proptest::prelude::*;

    #[test]
    fn headlines_have_a_row_a_measure_and_a_column_a_policy() {
        let findings = synthetic::findings(3, 20, 5, MEASURES.len());
        let table = headline(&findings, MEASURES);
        assert_eq!((table.rows.len(), table.columns.len()), (3, 5 + 3));
        assert_eq!(table.rows[0][4], Cell::Number(mean(&findings, 0, 1, (0, MEASURES[0])).mean));
        let Cell::Interval(of) = &table.rows[0][5] else { panic!("{:?}", table.rows[0]) };
        assert_eq!(*of, mean(&findings, 0, 5, (0, MEASURES[0])));
    }

    #[test]
    fn many_policies_are_rows() {
        let findings = synthetic::findings(MAX_POLICY_COLUMNS + 1, 4, 5, MEASURES.len());
        let (means, verdicts) = (headline(&findings, MEASURES), verdicts(&findings, MEASURES));
        assert_eq!((means.rows.len(), means.columns.len()), (7, 1 + 3));
        assert_eq!((verdicts.rows.len(), verdicts.columns.len()), (6, 1 + 3));
        assert_eq!(means.rows[1][0], Cell::Text("thematic-hubs".to_owned()));
        assert_eq!(means.rows[1][3], Cell::Interval(mean(&findings, 1, 5, (2, MEASURES[2]))));
        assert_eq!(
            verdicts.rows[1][3],
            verdict_of(&findings, MEASURES, &findings.shown_contrasts()[1], (2, MEASURES[2]))
        );
        assert_eq!(means.columns[3].heading(), "Money that is left at the end (USD)");
    }

    #[test]
    fn the_first_contrasts_are_printed_and_the_others_named() {
        let findings = synthetic::findings(4, 20, 5, MEASURES.len());
        let (one, all) = (differences(&findings, MEASURES, 1), differences(&findings, MEASURES, 3));
        assert_eq!((one.rows.len(), all.rows.len()), (3, 9));
        assert!(one.notes.last().unwrap().starts_with("1 of 3 contrasts"), "{:?}", one.notes);
        assert!(!all.notes.iter().any(|note| note.contains("contrasts;")), "{:?}", all.notes);
    }

    #[test]
    fn differences_have_a_verdict_in_words() {
        let mut findings = Findings { replicates_per_world: 2, ..synthetic::findings(2, 20, 5, MEASURES.len()) };
        for outcome in &mut findings.outcomes {
            let (arm, world) = (outcome.arm.0 as f64, f64::from(outcome.replicate / 2));
            outcome.measures[5][0] = 0.5 - (0.125 + world / 64.0) * arm + world / 1024.0;
            outcome.measures[5][1] = 0.7;
        }
        let table = differences(&findings, MEASURES, usize::MAX);
        assert_eq!(table.rows[0][5].shown(), "↓ better");
        assert_eq!(verdicts(&findings, MEASURES).rows[0][2].shown(), "↓ better");
        // Worlds differ by 0.125 to 0.266.
        assert_eq!(table.rows[0][6..9], ["100 %", "100 %", "-0.26 to -0.13"].map(Cell::from));
        assert_eq!((table.rows[1][5].shown().as_str(), &table.rows[1][6]), ("no difference", &Cell::from("chance")));
        let text = table.text(120);
        assert!(text.contains("-0.195 [-0.229, -0.161]") && text.contains("100 %"), "{text}");
    }

    proptest! {
        #[test]
        fn no_findings_make_a_table_panic(policies in 0_usize..4, replicates in 0_u32..4, years in 0_u32..3, width in 0_usize..200) {
            let findings = synthetic::findings(policies, replicates, years, MEASURES.len());
            for format in [Format::Table, Format::Csv, Format::Json] {
                prop_assert!(!headline(&findings, MEASURES).show(format, width).is_empty());
                prop_assert!(!differences(&findings, MEASURES, usize::MAX).show(format, width).is_empty());
            }
        }
    }
}
