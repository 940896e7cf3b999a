//! The effect and the cost of each mitigation.

use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::contrasts::{ContrastFamily, costs, effects, headlines, present};
use hubsim_lab::experiment::{Contrast, Subject};

use super::{ContrastRow, Contrasts, Marks};
use crate::report::table::Table;

/// For people: for each policy a matrix of its mitigations and the headline measures, and one of what they cost.
pub fn tables(findings: &Findings, families: &[ContrastFamily]) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for family in families {
        let (policy, year) = (findings.label(family.base), findings.years);
        for (kind, measures, what) in kinds() {
            let rows = rows(findings, family, kind, &measures);
            let title = format!("Effect of each mitigation of {policy} on {what} in year {year}");
            let contrasts = Contrasts { title, rows, ..empty(findings) };
            tables.extend((!contrasts.rows.is_empty()).then(|| contrasts.matrix("", contrasts.subject)));
        }
    }
    if let (Some(last), Some(family)) = (tables.last_mut(), families.last()) {
        last.notes = vec![reading(findings, family)];
    }
    tables
}

/// For programs: a row for each policy, mitigation and measure.
pub fn data(findings: &Findings, families: &[ContrastFamily]) -> Table {
    let all = families.iter().flat_map(|family| {
        kinds().into_iter().flat_map(move |(kind, measures, _)| rows(findings, family, kind, &measures))
    });
    Contrasts { rows: all.collect(), ..empty(findings) }.data()
}

fn empty(findings: &Findings) -> Contrasts {
    Contrasts {
        title: format!("Effect and cost of each mitigation in year {}", findings.years),
        subject: "mitigation",
        arms: ["without", "with"],
        marks: Marks::Direction,
        rows: Vec::new(),
        notes: Vec::new(),
    }
}

fn kinds() -> [(&'static str, Vec<usize>, &'static str); 2] {
    [("headline", headlines(), "the headline measures"), ("cost", costs(), "costs")]
}

fn rows(findings: &Findings, family: &ContrastFamily, kind: &'static str, measures: &[usize]) -> Vec<ContrastRow> {
    let (policy, tests) = (findings.label(family.base), test_count(findings, family));
    let shown = present(findings, &family.contrasts, measures);
    let of = |contrast: &Contrast| {
        let effects = effects(findings, contrast, &shown, tests);
        effects
            .iter()
            .map(|effect| ContrastRow::new(policy, &names(contrast), kind, effect))
            .collect::<Vec<ContrastRow>>()
    };
    family.contrasts.iter().flat_map(of).collect()
}

/// The mitigations of a contrast, as people read them.
fn names(contrast: &Contrast) -> String {
    let Subject::Mitigations(names) = &contrast.subject else { return String::new() };
    names.join(" and ")
}

/// How many differences of a family are looked at together.
fn test_count(findings: &Findings, family: &ContrastFamily) -> usize {
    let measures = [headlines(), costs()].concat();
    family.contrasts.len() * present(findings, &family.contrasts, &measures).len()
}

/// How the numbers are to be read.
fn reading(findings: &Findings, family: &ContrastFamily) -> String {
    let pairs = findings.arm(family.base).len();
    format!(
        "Mean difference, with the mitigation − without it, of {pairs} replicates in the same worlds with the same random \
         numbers, and its 95 % interval. + better with it, − worse, * other where neither way is better: the interval leaves \
         out 0, as one in twenty does at random; twice where it is so for all {} differences together.",
        test_count(findings, family)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_lab::analysis::Outcome;
    use hubsim_lab::analysis::contrasts::ablations;
    use hubsim_lab::experiment::ArmId;
    use hubsim_model::measures::{MEASURES, position};

    /// With all it has, the policy is 1 above in every measure, give or take; one of two arms is the same as it.
    fn findings() -> Findings {
        let value = |arm: usize, replicate: u32| f64::from(replicate) + if arm == 1 { 0.0 } else { 1.0 };
        let outcome = |arm, replicate| Outcome {
            arm: ArmId(arm),
            replicate,
            digest: String::new(),
            world: vec![],
            measures: vec![vec![value(arm, replicate); MEASURES.len()]],
        };
        let without =
            |arm, what: &str| Contrast::new(ArmId(0), ArmId(arm), Subject::Mitigations(vec![what.to_owned()]));
        Findings {
            other_worlds: vec![],
            chosen: vec![],
            policies: ["a", "b", "c"].map(str::to_owned).to_vec(),
            contrasts: vec![without(1, "pilots"), without(2, "review")],
            uncertain: vec![],
            parts: vec![],
            replicates_per_world: 1,
            years: 0,
            outcomes: (0..3).flat_map(|arm| (0..6).map(move |replicate| outcome(arm, replicate))).collect(),
        }
    }

    #[test]
    fn marks_say_which_way_is_better() {
        let found = findings();
        let tables = tables(&found, &ablations(&found));
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
        let table = data(&found, &ablations(&found));
        assert_eq!(table.rows.len(), 2 * (headlines().len() + costs().len()));
        let csv = table.csv();
        assert!(csv.contains("a,pilots,headline,need_met,") && csv.contains("a,review,"), "{csv}");
        assert!(data(&found, &[]).rows.is_empty() && tables(&found, &[]).is_empty());
    }
}
