//! What became of an advantage at the start: a row for each policy that has an arm with a head start.

use hubsim_lab::analysis::inherited::{head_starts, inherited};
use hubsim_lab::analysis::{Estimate, Findings};
use hubsim_lab::experiment::Contrast;

use super::{ContrastRow, Contrasts, Marks};
use crate::report::table::Table;

/// The table; nothing if no policy has such an arm.
pub fn table(findings: &Findings) -> Option<Table> {
    let contrasts = Contrasts {
        title: "Inherited advantage: what is left of a head start".to_owned(),
        subject: "head start",
        arms: ["without", "with"],
        marks: Marks::None,
        rows: head_starts(findings).into_iter().flat_map(|contrast| rows(findings, contrast)).collect(),
        notes: vec![
            "In each world one organisation, drawn at random, begins with more than it has under the policy as it is. More: \
             how much larger its share of all affiliates' capacity is, in the same worlds with the same random numbers, with \
             95 % intervals. Left: that, divided by what it was in year 0; 1 is an advantage that stays, 0 one that is gone."
                .to_owned(),
        ],
    };
    (!contrasts.rows.is_empty()).then(|| contrasts.matrix("policy", ""))
}

/// The advantage in year 0 and in the last year, and what is left of it on the way.
fn rows(findings: &Findings, contrast: &Contrast) -> Vec<ContrastRow> {
    let last = inherited(findings, contrast, findings.years);
    let row = |kind: &'static str, title: String, unit: &str, of: &Estimate| ContrastRow {
        policy: findings.label(contrast.base()).to_owned(),
        subject: String::new(),
        kind,
        values: Default::default(),
        column: [title, unit.to_owned()],
        measure: None,
        means: [f64::NAN; 2],
        difference: Some((*of).into()),
        better: f64::NAN,
        excludes_zero: of.excludes_zero(),
        is_significant: of.is_significant(1),
        gone: false,
        replicates: of.n,
        note: String::new(),
    };
    let more = |year: u32, of: &Estimate| row("more", format!("more in year {year}"), "share", of);
    let left = |&year: &u32| {
        let of = inherited(findings, contrast, year).left;
        row("left", format!("left in year {year}"), "ratio", &of)
    };
    let mut rows = vec![more(0, &last.start), more(findings.years, &last.then)];
    rows.extend(years(findings.years).iter().map(left));
    rows
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
    use crate::report::table::Cell;
    use hubsim_lab::experiment::{ArmId, Subject};
    use hubsim_model::measures::{MEASURES, position};

    #[test]
    fn a_table_is_there_where_somebody_has_a_head_start() {
        let mut findings = synthetic::findings(3, 5, 8, MEASURES.len());
        assert!(table(&findings).is_none());
        let share = position("drawn_share").expect("a measure");
        for outcome in &mut findings.outcomes {
            outcome.measures.iter_mut().for_each(|row| row[share] = 0.1 * outcome.arm.0 as f64);
        }
        // What an arm is called says nothing.
        findings.policies[0] = format!("{} with a head start", findings.policies[1]);
        assert!(table(&findings).is_none());
        findings.contrasts.push(Contrast::new(ArmId(2), ArmId(1), Subject::HeadStart));
        let table = table(&findings).expect("an arm with a head start");
        assert_eq!((table.rows.len(), table.columns.len()), (1, 1 + 2 + 3));
        assert_eq!(table.rows[0][0], Cell::Text(findings.policies[1].clone()));
        assert_eq!((years(0), years(1), years(20)), (vec![], vec![1], vec![5, 10, 20]));
    }
}
