//! The table of regions: who is helped where.

use crate::report::reading::mean;
use hubsim_lab::analysis::Findings;
use hubsim_lab::experiment::part_measures::OF_REGIONS;
use hubsim_model::measures::{Dimension, MEASURES, PartMeasure, position};

use super::results::{MAX_POLICY_COLUMNS, short_unit, trials};
use super::{Cell, Table, TableColumn};

/// Means of the last year in each region, with their 95 % intervals, under each policy: one table for each measure that a
/// study keeps by region.
pub fn by_region(findings: &Findings) -> Vec<Table> {
    OF_REGIONS.iter().filter_map(|key| position(key)).filter_map(|measure| table(findings, measure)).collect()
}

fn table(findings: &Findings, measure: usize) -> Option<Table> {
    let of_region = |kept: &&PartMeasure| kept.measure == measure && kept.part.dimension == Dimension::Region;
    let regions: Vec<&PartMeasure> = findings.parts.iter().filter(of_region).collect();
    let cell = |region: &PartMeasure, arm: usize| {
        let column = findings.column(measure, Some(&region.part));
        let mean = mean(findings, arm, findings.years, (column, MEASURES[measure]));
        if mean.mean.is_finite() { Cell::Interval(mean) } else { Cell::Empty }
    };
    let arms: Vec<(usize, String)> = findings.arms().map(|arm| (arm.0, findings.shown(arm))).collect();
    let names = || regions.iter().map(|region| region.part.name.clone());
    let (first, columns, rows): (&str, Vec<String>, Vec<Vec<Cell>>) = if arms.len() > MAX_POLICY_COLUMNS {
        let row = |(arm, label): &(usize, String)| {
            std::iter::once(Cell::Text(label.clone())).chain(regions.iter().map(|region| cell(region, *arm))).collect()
        };
        ("policy", names().collect(), arms.iter().map(row).collect())
    } else {
        let row = |(region, name): (&&PartMeasure, String)| {
            std::iter::once(Cell::Text(name)).chain(arms.iter().map(|&(arm, _)| cell(region, arm))).collect()
        };
        (
            "region",
            arms.iter().map(|(_, label)| label.clone()).collect(),
            regions.iter().zip(names()).map(row).collect(),
        )
    };
    let unit = short_unit(MEASURES[measure]);
    let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
    (!regions.is_empty()).then(|| Table {
        title: format!("{} by region in year {}{unit}", MEASURES[measure].title, findings.years),
        columns: std::iter::once(TableColumn::text(first))
            .chain(columns.iter().map(|title| TableColumn::numbers(title)))
            .collect(),
        rows,
        notes: vec![format!("Mean of {} and its 95 % interval. All parts are in parts.csv.", trials(findings))],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::synthetic;
    use hubsim_model::measures::Part;

    #[test]
    fn each_region_has_a_row_and_each_policy_a_column() {
        let mut findings = synthetic::findings(2, 4, 3, MEASURES.len() + 2);
        assert!(by_region(&findings).is_empty());
        let measure = position("need_met").expect("a measure");
        let kept = |name: &str| {
            let part = Part { dimension: Dimension::Region, name: name.to_owned() };
            PartMeasure { measure, part }
        };
        findings.parts = vec![kept("North"), kept("South")];
        let tables = by_region(&findings);
        assert_eq!((tables.len(), tables[0].rows.len(), tables[0].columns.len()), (1, 2, 3));
        assert_eq!(tables[0].rows[1][0], Cell::Text("South".to_owned()));
        let south = mean(&findings, 1, findings.years, (MEASURES.len() + 1, MEASURES[measure]));
        assert_eq!(tables[0].rows[1][2], Cell::Interval(south));
        let many =
            Findings { parts: findings.parts, ..synthetic::findings(MAX_POLICY_COLUMNS + 1, 4, 3, MEASURES.len() + 2) };
        let table = by_region(&many).remove(0);
        assert_eq!((table.rows.len(), table.columns.len(), table.rows[1].len()), (MAX_POLICY_COLUMNS + 1, 3, 3));
    }
}
