//! What each mitigation bought and what it cost: the tables in all their formats.

use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::mitigations::{Block, Bought, bought, costs, headlines, present};
use hubsim_model::measures::{Direction, MEASURES};

use super::number::interval;
use super::table::{Cell, Table, TableColumn};

/// For people: for each policy a table of what its mitigations bought, a row each and a column for each headline
/// measure, and one of what they cost.
pub fn tables(findings: &Findings, blocks: &[Block]) -> Vec<Table> {
    let mut tables = Vec::new();
    for block in blocks {
        let policy = &findings.policies[block.policy];
        let tests = tests(findings, block);
        let title = format!("What each mitigation of {policy} bought by year {}", findings.years);
        tables.extend(table(findings, block, &headlines(), title, tests));
        let title = format!("What each mitigation of {policy} cost in year {}", findings.years);
        tables.extend(table(findings, block, &costs(), title, tests));
    }
    if let (Some(last), Some(block)) = (tables.last_mut(), blocks.last()) {
        last.notes = vec![reading(findings, block)];
    }
    tables
}

fn table(findings: &Findings, block: &Block, measures: &[usize], title: String, tests: usize) -> Option<Table> {
    let shown = present(findings, block, measures);
    let title_of = |&measure: &usize| TableColumn::numbers(MEASURES[measure].title).in_unit(MEASURES[measure].unit);
    let found = bought(findings, block, measures, tests);
    let row = |(of, cells): (&(String, usize), &Vec<Bought>)| {
        let cells = cells.iter().map(|of| Cell::Text(said(of)));
        [Cell::Text(of.0.clone())].into_iter().chain(cells).collect()
    };
    (!shown.is_empty()).then(|| Table {
        title,
        columns: [TableColumn::text("mitigation")].into_iter().chain(shown.iter().map(title_of)).collect(),
        rows: block.without.iter().zip(&found).map(row).collect(),
        notes: Vec::new(),
    })
}

/// For programs: a row for each policy, mitigation and measure.
pub fn data(findings: &Findings, blocks: &[Block]) -> Table {
    let mut rows = Vec::new();
    for block in blocks {
        let tests = tests(findings, block);
        for (kind, measures) in [("headline", headlines()), ("cost", costs())] {
            for ((what, _), cells) in block.without.iter().zip(bought(findings, block, &measures, tests)) {
                rows.extend(cells.iter().map(|of| datum(&findings.policies[block.policy], what, kind, of)));
            }
        }
    }
    let texts = ["policy", "mitigation", "kind", "measure", "unit", "better"].map(TableColumn::text).into_iter();
    let numbers = ["without", "with", "difference", "P(better)"].map(TableColumn::numbers);
    let marks = ["leaves out 0", "for all together"].map(TableColumn::text);
    Table {
        title: format!("What each mitigation bought and cost by year {}", findings.years),
        columns: texts.chain(numbers).chain(marks).chain([TableColumn::numbers("replicates")]).collect(),
        rows,
        notes: Vec::new(),
    }
}

fn datum(policy: &str, what: &str, kind: &str, of: &Bought) -> Vec<Cell> {
    let measure = MEASURES[of.comparison.measure];
    let better = match measure.direction {
        Direction::Higher => "higher",
        Direction::Lower => "lower",
        Direction::Neutral => "",
    };
    let share = if measure.direction == Direction::Neutral { Cell::Empty } else { Cell::Share(of.comparison.better) };
    let mut row: Vec<Cell> = [policy, what, kind, measure.key, measure.unit, better].map(Cell::from).to_vec();
    row.extend([
        Cell::Number(of.comparison.first_mean),
        Cell::Number(of.comparison.other_mean),
        Cell::Interval(of.comparison.difference.into()),
        share,
        Cell::Flag(of.clear),
        Cell::Flag(of.sure),
        Cell::Count(of.comparison.difference.n as u64),
    ]);
    row
}

/// A difference with its interval and its mark.
fn said(of: &Bought) -> String {
    let good = match MEASURES[of.comparison.measure].direction {
        Direction::Higher => Some(of.comparison.difference.mean > 0.0),
        Direction::Lower => Some(of.comparison.difference.mean < 0.0),
        Direction::Neutral => None,
    };
    let sign = match good {
        Some(true) => "+",
        Some(false) => "−",
        None => "*",
    };
    let marks = if of.sure { 2 } else { usize::from(of.clear) };
    // Two places, so that numbers stand below each other.
    format!("{} {:<2}", interval(of.comparison.difference.into()), sign.repeat(marks))
}

/// How many differences of a block are looked at together.
fn tests(findings: &Findings, block: &Block) -> usize {
    let measures = [headlines(), costs()].concat();
    block.without.len() * present(findings, block, &measures).len()
}

/// How the numbers are to be read.
fn reading(findings: &Findings, block: &Block) -> String {
    let pairs = findings.arm(block.policy).len();
    format!(
        "Mean difference, with it − without it, of {pairs} replicates with the same worlds and luck, and its 95 % \
         interval. + better with it, − worse, * other where neither way is better: the interval leaves out 0, as one in \
         twenty does by chance alone; twice where it is so for all {} differences together.",
        tests(findings, block)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_lab::analysis::Outcome;
    use hubsim_lab::analysis::mitigations::blocks;
    use hubsim_model::measures::position;

    /// With all it has, the policy is 1 above in every measure, give or take; one of two arms is the same as it.
    fn findings() -> Findings {
        let value = |arm: usize, replicate: u32| f64::from(replicate) + if arm == 1 { 0.0 } else { 1.0 };
        let outcome = |arm, replicate| Outcome {
            arm,
            replicate,
            digest: String::new(),
            world: vec![],
            measures: vec![vec![value(arm, replicate); MEASURES.len()]],
        };
        Findings {
            policies: ["a", "a without pilots", "a without review"].map(str::to_owned).to_vec(),
            uncertain: vec![],
            years: 0,
            outcomes: (0..3).flat_map(|arm| (0..6).map(move |replicate| outcome(arm, replicate))).collect(),
        }
    }

    #[test]
    fn marks_say_which_way_is_better() {
        let found = findings();
        let tables = tables(&found, &blocks(&found.policies));
        assert_eq!(tables[0].rows.len(), 2);
        let cell = |row: usize, key: &str| {
            let measure = position(key).expect("a measure");
            let column = headlines().iter().position(|&at| at == measure).expect("a headline");
            tables[0].rows[row][column + 1].shown()
        };
        assert_eq!(cell(0, "need_met"), "1.00 [1.00, 1.00] ++");
        assert_eq!(cell(0, "duplicated_share"), "1.00 [1.00, 1.00] −−");
        assert_eq!(cell(1, "need_met").trim_end(), "0 [0, 0]");
        assert!(tables.last().expect("a table").notes[0].contains("6 replicates"));
    }

    #[test]
    fn programs_get_a_row_for_each_mitigation_and_measure() {
        let found = findings();
        let table = data(&found, &blocks(&found.policies));
        assert_eq!(table.rows.len(), 2 * (headlines().len() + costs().len()));
        let csv = table.csv();
        assert!(csv.contains("a,pilots,headline,need_met,") && csv.contains("a,review,"), "{csv}");
        assert!(data(&found, &[]).rows.is_empty() && tables(&found, &[]).is_empty());
    }
}
