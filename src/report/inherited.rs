//! What became of an advantage at the start: a row for each policy that has an arm with a head start.

use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::inherited::{inherited, pairs};

use super::table::{Cell, Table, TableColumn, Visibility};

/// The table; nothing if no policy has such an arm.
pub fn table(findings: &Findings) -> Option<Table> {
    let pairs = pairs(&findings.policies);
    let years = years(findings.years);
    let row = |&pair| {
        let last = inherited(findings, pair, findings.years);
        let left = years.iter().map(|&year| Cell::Interval(inherited(findings, pair, year).left.into()));
        let start = [
            Cell::Text(findings.policies[pair.policy].clone()),
            Cell::Interval(last.start.into()),
            Cell::Interval(last.then.into()),
        ];
        start.into_iter().chain(left).chain([Cell::Count(last.left.n as u64)]).collect()
    };
    let shares = ["more in year 0".to_owned(), format!("more in year {}", findings.years)];
    let shares = shares.iter().map(|title| TableColumn::numbers(title).in_unit("share"));
    let left = years.iter().map(|year| TableColumn::numbers(&format!("left in year {year}")).in_unit("ratio"));
    (!pairs.is_empty()).then(|| Table {
        title: "Inherited advantage: what is left of a head start".to_owned(),
        columns: [TableColumn::text("policy")]
            .into_iter()
            .chain(shares)
            .chain(left)
            .chain([TableColumn::numbers("pairs").visible(Visibility::DataOnly)])
            .collect(),
        rows: pairs.iter().map(row).collect(),
        notes: vec![
            "In each world one organisation, drawn by lot, begins with more than it has under the policy as it is. More: \
             how much larger its share of all affiliates' capacity is, in the same worlds with the same luck, with 95 % \
             intervals. Left: that, divided by what it was in year 0; 1 is an advantage that stays, 0 one that is gone."
                .to_owned(),
        ],
    })
}

/// A quarter of the way, half of it, and the end.
fn years(last: u32) -> Vec<u32> {
    let mut years = vec![last / 4, last / 2, last];
    years.retain(|&year| year > 0);
    years.dedup();
    years
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::synthetic;
    use hubsim_model::measures::{MEASURES, position};

    #[test]
    fn a_table_is_there_where_somebody_has_a_head_start() {
        let mut findings = synthetic::findings(3, 5, 8, MEASURES.len());
        assert!(table(&findings).is_none());
        let share = position("drawn_share").expect("a measure");
        for outcome in &mut findings.outcomes {
            outcome.measures.iter_mut().for_each(|row| row[share] = 0.1 * outcome.arm as f64);
        }
        findings.policies[2] = format!("{} with a head start", findings.policies[1]);
        let table = table(&findings).expect("an arm with a head start");
        assert_eq!((table.rows.len(), table.columns.len()), (1, 1 + 2 + 3 + 1));
        assert_eq!(table.rows[0][0], Cell::Text(findings.policies[1].clone()));
        assert_eq!(table.rows[0][6], Cell::Count(5));
        assert_eq!((years(0), years(1), years(20)), (vec![], vec![1], vec![5, 10, 20]));
    }
}
