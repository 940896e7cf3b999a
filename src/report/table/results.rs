//! The tables of results: means of every policy, and paired differences from the first.

use crate::analysis::Findings;
use crate::metric::{Direction, Measure};
use crate::report::number::{Interval, decimal};
use crate::report::reading::{Verdict, difference, mean};

use super::{Cell, Column, Need, Table};

/// Means of the last year with their 95 % intervals: a row a measure, a column a policy.
///
/// `measures` are those of the findings, in their order; only headlines are shown unless `all`.
pub fn headline(findings: &Findings, measures: &[&Measure], all: bool) -> Table {
    let mut columns = vec![
        Column::text("measure"),
        Column::data("key"),
        Column::text("unit").needed(Need::IfRoom),
        Column::text("better").needed(Need::IfRoom),
    ];
    columns.extend(findings.policies.iter().map(|policy| Column::numbers(policy)));
    let rows = shown(measures, all).map(|(position, measure)| {
        let better = match measure.direction {
            Direction::Higher => "higher",
            Direction::Lower => "lower",
            Direction::Neutral => "",
        };
        let mut row = vec![measure.title.into(), measure.key.into(), unit(measure), better.into()];
        let means = (0..findings.policies.len()).map(|arm| mean(findings, arm, findings.years, position));
        row.extend(means.map(|of| if of.mean.is_finite() { Cell::Interval(of) } else { Cell::Empty }));
        row
    });
    let what = if all { "All measures" } else { "Headline measures" };
    Table {
        title: format!("{what} in year {}", findings.years),
        columns,
        rows: rows.collect(),
        notes: vec![format!("Mean of {} and its 95 % interval.", trials(findings))],
    }
}

/// Paired differences from the first policy in the last year: a row a measure and policy.
///
/// `measures` are those of the findings, in their order; only headlines are shown unless `all`.
pub fn differences(findings: &Findings, measures: &[&Measure], all: bool) -> Table {
    let first = findings.policies.first().map_or("", String::as_str);
    let mut rows = Vec::new();
    for (position, measure) in shown(measures, all) {
        for (arm, policy) in findings.policies.iter().enumerate().skip(1) {
            let of = difference(findings, arm, position, measure.direction);
            if of.difference.n == 0 {
                continue;
            }
            rows.push(vec![
                measure.title.into(),
                measure.key.into(),
                unit(measure),
                Cell::Text(policy.clone()),
                Cell::Interval(of.difference.into()),
                Cell::Share(of.better),
                verdict(&of.difference.into(), measure),
                Cell::Count(of.difference.n as u64),
            ]);
        }
    }
    Table {
        title: format!("Differences from {first} in year {}", findings.years),
        columns: vec![
            Column::text("measure"),
            Column::data("key"),
            Column::text("unit").needed(Need::IfRoom),
            Column::text("policy"),
            Column::numbers("difference"),
            Column::numbers("P(better)"),
            Column::text("verdict"),
            Column::numbers("pairs").needed(Need::Data),
        ],
        rows,
        notes: vec![
            "Mean difference between the same worlds under both policies, and its 95 % interval. P(better): share of \
             worlds in which the policy does better, ties counted half. Better or worse: the interval does not hold \
             zero."
                .to_owned(),
        ],
    }
}

/// What the differences from the first policy amount to in the last year: a row a headline measure, a column a
/// policy.
///
/// `measures` are those of the findings, in their order.
pub fn verdicts(findings: &Findings, measures: &[&Measure]) -> Table {
    let first = findings.policies.first().map_or("", String::as_str);
    let mut columns = vec![Column::text("measure"), Column::data("key")];
    columns.extend(findings.policies.iter().skip(1).map(|policy| Column::text(policy)));
    let rows = shown(measures, false).map(|(position, measure)| {
        let mut row = vec![measure.title.into(), measure.key.into()];
        row.extend((1..findings.policies.len()).map(|arm| {
            let of = difference(findings, arm, position, measure.direction);
            verdict(&of.difference.into(), measure)
        }));
        row
    });
    Table {
        title: format!("Against {first} in year {}", findings.years),
        columns,
        rows: rows.collect(),
        notes: vec![
            "Arrows say which way the measure moves. Better or worse: the 95 % interval of the paired \
                     difference does not hold zero."
                .to_owned(),
        ],
    }
}

fn verdict(difference: &Interval, measure: &Measure) -> Cell {
    Cell::Verdict(Verdict::of(*difference, measure.direction), difference.mean)
}

/// Measures to show, with their positions in the findings.
pub fn shown<'a>(measures: &'a [&'a Measure], all: bool) -> impl Iterator<Item = (usize, &'a Measure)> {
    measures.iter().copied().enumerate().filter(move |(_, measure)| all || measure.headline)
}

/// How many trials each policy has, in words.
pub fn trials(findings: &Findings) -> String {
    let counts: Vec<usize> = (0..findings.policies.len()).map(|arm| findings.arm(arm).len()).collect();
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

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;
    use crate::report::synthetic::{self, MEASURES};
    use proptest::prelude::*;

    #[test]
    fn headlines_have_a_row_a_measure_and_a_column_a_policy() {
        let findings = synthetic::findings(3, 20, 5, MEASURES.len());
        let table = headline(&findings, MEASURES, false);
        assert_eq!((table.rows.len(), table.columns.len()), (3, 4 + 3));
        assert_eq!(headline(&findings, MEASURES, true).rows.len(), 4);
        let Cell::Interval(of) = &table.rows[0][4] else { panic!("{:?}", table.rows[0]) };
        assert_eq!(*of, mean(&findings, 0, 5, 0));
    }

    #[test]
    fn differences_have_a_verdict_in_words() {
        let mut findings = synthetic::findings(2, 20, 5, MEASURES.len());
        for outcome in &mut findings.outcomes {
            outcome.measures[5][0] = 0.5 - 0.125 * outcome.arm as f64 + f64::from(outcome.replicate) / 1024.0;
            outcome.measures[5][1] = 0.7;
        }
        let table = differences(&findings, MEASURES, false);
        assert_eq!(table.rows[0][6].shown(), "↓ better");
        assert_eq!(verdicts(&findings, MEASURES).rows[0][2].shown(), "↓ better");
        assert_eq!(table.rows[0][5], Cell::Share(1.0));
        assert_eq!(table.rows[1][6].shown(), "no difference");
        let text = table.text(100);
        assert!(text.contains("-0.125 [-0.125, -0.125]") && text.contains("100 %"), "{text}");
    }

    proptest! {
        #[test]
        fn no_findings_make_a_table_panic(policies in 0_usize..4, replicates in 0_u32..4, years in 0_u32..3, width in 0_usize..200) {
            let findings = synthetic::findings(policies, replicates, years, MEASURES.len());
            for format in [Format::Table, Format::Csv, Format::Json] {
                prop_assert!(!headline(&findings, MEASURES, true).show(format, width).is_empty());
                prop_assert!(!differences(&findings, MEASURES, true).show(format, width).is_empty());
            }
        }
    }
}
