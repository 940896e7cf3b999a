//! The effect of each mechanism: differences of the headline measures when it is switched off.

use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::contrasts::{effects, headlines, identical};
use hubsim_lab::experiment::designs::mechanisms::{switchable, unswitchable};
use hubsim_lab::experiment::{ArmId, Contrast, Subject};
use hubsim_model::catalogue::{Off, Section};
use hubsim_model::measures::MEASURES;

use super::{ContrastRow, Contrasts, Marks};
use crate::report::number::{exact, interval, typographic};
use crate::report::reading;
use crate::report::table::Table;

/// For people: a row for each mechanism and policy, a column for each headline measure, holding the difference that
/// switching it off makes in the last year. `*` marks significant differences.
pub fn table(findings: &Findings) -> Table {
    let contrasts = contrasts(findings);
    let mut table = contrasts.matrix("policy", contrasts.subject);
    // Readers look for a mechanism, so it comes first.
    table.columns.swap(0, 1);
    table.rows.iter_mut().for_each(|row| row.swap(0, 1));
    table
}

/// For programs: a row for each mechanism, policy and headline measure; mechanisms that cannot be switched off have one
/// row, with the reason.
pub fn data(findings: &Findings) -> Table {
    let mut contrasts = contrasts(findings);
    contrasts.rows.extend(unswitchable().into_iter().map(|(section, reason)| ContrastRow {
        policy: String::new(),
        subject: section.name.to_owned(),
        kind: "",
        values: Default::default(),
        column: Default::default(),
        measure: None,
        means: [f64::NAN; 2],
        difference: None,
        better: f64::NAN,
        excludes_zero: false,
        is_significant: false,
        gone: false,
        replicates: 0,
        note: format!("cannot be switched off: {reason}"),
    }));
    contrasts.data()
}

/// The contrasts of a mechanism, by policy; and the section of each.
fn families(findings: &Findings) -> Vec<(&'static Section, Vec<&Contrast>)> {
    let of = |section: &'static Section| {
        let is = |contrast: &&Contrast| matches!(&contrast.subject, Subject::Mechanism(name) if name == section.name);
        (section, findings.contrasts.iter().filter(is).collect::<Vec<&Contrast>>())
    };
    switchable().into_iter().map(of).filter(|(_, contrasts)| !contrasts.is_empty()).collect()
}

fn contrasts(findings: &Findings) -> Contrasts {
    let families = families(findings);
    let mut rows = Vec::new();
    for (section, contrasts) in &families {
        let tests = contrasts.len() * headlines().len();
        for contrast in contrasts {
            let policy = findings.label(contrast.base());
            for effect in effects(findings, contrast, &headlines(), tests) {
                let values = [String::new(), settings(section)];
                rows.push(ContrastRow { values, ..ContrastRow::new(policy, section.name, "headline", &effect) });
            }
        }
    }
    let mut notes = vec![reading_of(findings, &families)];
    notes.extend(remarks(findings, &families, &rows));
    Contrasts {
        title: format!("What changes in year {} when a mechanism is switched off", findings.years),
        subject: "mechanism",
        arms: ["as it is", "switched off"],
        marks: Marks::Star,
        rows,
        notes,
    }
}

/// For the model's documentation: a page in Markdown, a table for each policy. `command` is the command that writes it.
pub fn markdown(findings: &Findings, scenario: &str, command: &str) -> String {
    let (contrasts, year) = (contrasts(findings), findings.years);
    let mut notes = contrasts.notes.iter();
    let mut text = format!(
        "# Which mechanism does what\n\nEach mechanism switched off, alone, in the scenario `{scenario}`: what changes in \
         year {year}. Written by `{command}`.\n\n{}\n",
        notes.next().map_or(String::new(), |reading| reading.replace('*', "\\*")),
    );
    for base in bases(findings) {
        let policy = findings.label(base);
        text += &format!("\n## {policy}\n\n| mechanism |");
        for &measure in &headlines() {
            text += &format!(" {} ({}) |", MEASURES[measure].title, MEASURES[measure].unit);
        }
        text += &format!("\n|---|{}\n| as it is |", "---:|".repeat(headlines().len()));
        for &measure in &headlines() {
            text +=
                &format!(" {} |", cell(&interval(reading::mean(findings, base.0, year, (measure, MEASURES[measure])))));
        }
        text.push('\n');
        let rows: Vec<ContrastRow> = contrasts.rows.iter().filter(|row| row.policy == policy).cloned().collect();
        for group in rows.chunk_by(|one, other| one.subject == other.subject) {
            text += &format!("| `{}` off |", group[0].subject);
            group.iter().for_each(|row| text += &format!(" {} |", cell(&row.shown(Marks::Star).shown())));
            text.push('\n');
        }
    }
    text += "\nSwitched off means:\n\n";
    for section in switchable() {
        text += &format!("- `{}`: {}\n", section.name, settings(section));
    }
    text.push('\n');
    notes.for_each(|remark| text += &format!("{remark}\n\n"));
    text.trim_end().to_owned() + "\n"
}

/// The arms as they are.
fn bases(findings: &Findings) -> Vec<ArmId> {
    let mut bases: Vec<ArmId> = findings.contrasts.iter().map(Contrast::base).collect();
    bases.sort_unstable();
    bases.dedup();
    bases
}

/// A number in a cell of Markdown, where brackets would be a link.
fn cell(text: &str) -> String {
    typographic(text).replace('[', "(").replace(']', ")").replace(", ", " to ").replace('*', "\\*")
}

/// The values with which a mechanism is off.
fn settings(section: &Section) -> String {
    let Some(Off::Set(values)) = section.off else { return String::new() };
    let values: Vec<String> = values.iter().map(|(key, value)| format!("{key} = {}", exact(*value))).collect();
    values.join(", ")
}

type Families<'a> = [(&'static Section, Vec<&'a Contrast>)];

/// How the numbers are to be read.
fn reading_of(findings: &Findings, families: &Families) -> String {
    let pairs = findings.arm(ArmId(0)).len();
    let tests = families.first().map_or(0, |(_, contrasts)| contrasts.len()) * headlines().len();
    format!(
        "Mean difference, switched off − as it is, of {pairs} replicates in the same worlds with the same random numbers, \
         and its 95 % interval; * where it is other than 0 at 95 % for all {tests} differences of the mechanism together."
    )
}

/// What moves nothing, and what cannot be switched off.
fn remarks(findings: &Findings, families: &Families, rows: &[ContrastRow]) -> Vec<String> {
    let mut remarks = Vec::new();
    let moves = |name: &str| rows.iter().any(|row| row.subject == name && row.is_significant);
    let idle = families.iter().filter(|(section, _)| !moves(section.name));
    let (dead, weak): (Vec<_>, Vec<_>) =
        idle.partition(|(_, contrasts)| contrasts.iter().all(|contrast| identical(findings, contrast)));
    let words = |all: &[&(&'static Section, Vec<&Contrast>)]| {
        all.iter().map(|(section, _)| format!("`{}`", section.name)).collect::<Vec<_>>().join(", ")
    };
    if dead.is_empty() && weak.is_empty() {
        remarks.push("Every one of them moves something here.".to_owned());
    }
    if !dead.is_empty() {
        remarks.push(format!("Moves nothing here, every trial is the same bit for bit: {}.", words(&dead)));
    }
    if !weak.is_empty() {
        remarks.push(format!("Moves nothing here, no headline beyond its interval: {}.", words(&weak)));
    }
    for (section, reason) in unswitchable() {
        remarks.push(format!("Cannot be switched off: `{}` ({reason}).", section.name));
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_lab::analysis::Outcome;
    use hubsim_model::mechanisms::SECTIONS;

    fn findings(policies: usize) -> Findings {
        let arms = policies * (switchable().len() + 1);
        let value = |arm: usize, replicate: u32| arm as f64 / 100.0 + f64::from(replicate % 3) / 1000.0;
        let outcome = |arm, replicate| Outcome {
            arm: ArmId(arm),
            replicate,
            digest: String::new(),
            world: vec![],
            measures: vec![vec![value(arm, replicate); MEASURES.len()]],
        };
        let off = |arm, against, section: usize| {
            Contrast::new(ArmId(arm), ArmId(against), Subject::Mechanism(switchable()[section].name.to_owned()))
        };
        Findings {
            other_worlds: vec![],
            chosen: vec![],
            policies: (0..arms).map(|arm| format!("policy {arm}")).collect(),
            contrasts: (policies..arms).map(|arm| off(arm, arm % policies, arm / policies - 1)).collect(),
            uncertain: vec![],
            parts: vec![],
            replicates_per_world: 1,
            years: 0,
            outcomes: (0..arms).flat_map(|arm| (0..6).map(move |replicate| outcome(arm, replicate))).collect(),
        }
    }

    #[test]
    fn every_section_stands_in_every_format() {
        let found = findings(2);
        let page = markdown(&found, "small", "hubsim mechanisms small");
        let (text, csv) = (table(&found).text(160), data(&found).csv());
        for section in SECTIONS {
            assert!(page.contains(&format!("`{}`", section.name)), "{}", section.name);
            assert!(text.contains(section.name) && csv.contains(section.name), "{}", section.name);
        }
        assert!(!page.contains('[') && page.contains("## policy 1"));
        assert_eq!(page.lines().filter(|line| line.contains(" off |")).count(), 2 * switchable().len());
        assert!(csv.lines().all(|line| !line.is_empty()));
        let rows = switchable().len() * 2 * headlines().len() + unswitchable().len();
        assert_eq!(data(&found).rows.len(), rows);
    }

    /// What the documentation shows knows every mechanism: `hubsim mechanisms --format markdown` writes it.
    #[test]
    fn the_committed_page_knows_every_section() {
        let page = include_str!("../../../crates/model/src/mechanisms/README.md");
        for section in SECTIONS {
            assert!(page.contains(&format!("`{}`", section.name)), "{} is missing: write the page again", section.name);
        }
        let named = |line: &str| line.strip_prefix("| `").and_then(|rest| rest.split('`').next().map(str::to_owned));
        for name in page.lines().filter_map(named) {
            assert!(SECTIONS.iter().any(|section| section.name == name), "there is no {name}: write the page again");
        }
    }
}
