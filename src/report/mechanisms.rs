//! Which mechanism does what: the table in all its formats.

use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::mechanisms::{Effect, dead, effects, idle, switchable, unswitchable};
use hubsim_model::catalogue::{Off, Section};
use hubsim_model::measures::{MEASURES, Measure};

use super::number::{exact, interval, typographic};
use super::reading;
use super::table::{Cell, Table, TableColumn};

/// For people: a row for each mechanism and policy, a column for each headline measure, holding the difference that
/// switching it off makes in the last year. `*` marks what moves.
pub fn table(findings: &Findings, policies: usize) -> Table {
    let (effects, measures) = (effects(findings, policies), headlines());
    let row = |of: &[Effect]| {
        let (mechanism, policy) = (switchable()[of[0].mechanism].name, findings.policies[of[0].policy].as_str());
        [mechanism, policy]
            .into_iter()
            .map(Cell::from)
            .chain(of.iter().map(|effect| Cell::Text(said(effect))))
            .collect()
    };
    let titles = measures.iter().map(|measure| TableColumn::numbers(measure.title).in_unit(measure.unit));
    let mut notes = vec![reading_of(findings, policies)];
    notes.extend(remarks(findings, policies, &effects));
    Table {
        title: format!("What changes in year {} when a mechanism is switched off", findings.years),
        columns: ["mechanism", "policy"].map(TableColumn::text).into_iter().chain(titles).collect(),
        rows: effects.chunks(measures.len()).map(row).collect(),
        notes,
    }
}

/// For programs: a row for each mechanism, policy and headline measure; mechanisms that cannot be switched off have one
/// row, with the reason.
pub fn data(findings: &Findings, policies: usize) -> Table {
    let mut rows = Vec::new();
    for effect in effects(findings, policies) {
        let (section, of) = (switchable()[effect.mechanism], effect.comparison);
        let measure = MEASURES[of.measure];
        let off = settings(section);
        let start: [&str; 5] = [section.name, &off, &findings.policies[effect.policy], measure.key, measure.unit];
        let end = vec![
            Cell::Number(of.first_mean),
            Cell::Number(of.other_mean),
            Cell::Interval(of.difference.into()),
            Cell::Flag(effect.moves),
            Cell::Count(of.difference.n as u64),
        ];
        rows.push([start.map(Cell::from).to_vec(), end].concat());
    }
    for (section, reason) in unswitchable() {
        let start = vec![section.name.into(), Cell::Text(format!("never: {reason}"))];
        rows.push([start, vec![Cell::Empty; 8]].concat());
    }
    let texts = ["mechanism", "off", "policy", "measure", "unit"].map(TableColumn::text).into_iter();
    let numbers = ["as it is", "switched off", "difference"].map(TableColumn::numbers);
    Table {
        title: format!("What changes in year {} when a mechanism is switched off", findings.years),
        columns: texts.chain(numbers).chain([TableColumn::text("moves"), TableColumn::numbers("replicates")]).collect(),
        rows,
        notes: Vec::new(),
    }
}

/// For the model's documentation: a page in Markdown, a table for each policy. `command` is what wrote it.
pub fn markdown(findings: &Findings, policies: usize, scenario: &str, command: &str) -> String {
    let (effects, measures) = (effects(findings, policies), headlines());
    let mut text = format!(
        "# Which mechanism does what\n\nEach mechanism switched off, alone, in the scenario `{scenario}`: what changes in \
         year {}. Written by `{command}`.\n\n{}\n",
        findings.years,
        reading_of(findings, policies).replace('*', "\\*"),
    );
    for policy in 0..policies {
        text += &format!("\n## {}\n\n| mechanism |", findings.policies[policy]);
        measures.iter().for_each(|measure| text += &format!(" {} ({}) |", measure.title, measure.unit));
        text += &format!("\n|---|{}\n| as it is |", "---:|".repeat(measures.len()));
        for (position, measure) in MEASURES.iter().enumerate() {
            if measure.headline {
                text += &format!(" {} |", cell(&interval(reading::mean(findings, policy, findings.years, position))));
            }
        }
        text.push('\n');
        for row in effects.chunks(measures.len()).filter(|row| row[0].policy == policy) {
            text += &format!("| `{}` off |", switchable()[row[0].mechanism].name);
            row.iter().for_each(|effect| text += &format!(" {} |", cell(&said(effect))));
            text.push('\n');
        }
    }
    text += "\nSwitched off means:\n\n";
    for section in switchable() {
        text += &format!("- `{}`: {}\n", section.name, settings(section));
    }
    text.push('\n');
    remarks(findings, policies, &effects).iter().for_each(|remark| text += &format!("{remark}\n\n"));
    text.trim_end().to_owned() + "\n"
}

fn headlines() -> Vec<&'static Measure> {
    MEASURES.iter().copied().filter(|measure| measure.headline).collect()
}

/// A difference with its interval, marked if it moves.
fn said(effect: &Effect) -> String {
    if effect.gone {
        return "none left *".to_owned();
    }
    let mark = if effect.moves { " *" } else { "" };
    interval(effect.comparison.difference.into()) + mark
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

/// How the numbers are to be read.
fn reading_of(findings: &Findings, policies: usize) -> String {
    let pairs = findings.arm(0).len();
    let tests = policies * headlines().len();
    format!(
        "Mean difference, switched off − as it is, of {pairs} replicates with the same worlds and luck, and its 95 % \
         interval; * where it is other than 0 at 95 % for all {tests} differences of the mechanism together."
    )
}

/// What moves nothing, and what cannot be switched off.
fn remarks(findings: &Findings, policies: usize, effects: &[Effect]) -> Vec<String> {
    let mut remarks = Vec::new();
    let words = |all: &[usize]| all.iter().map(|&at| format!("`{}`", switchable()[at].name)).collect::<Vec<_>>();
    let dead = dead(findings, policies);
    let weak: Vec<usize> = idle(effects).into_iter().filter(|at| !dead.contains(at)).collect();
    if dead.is_empty() && weak.is_empty() {
        remarks.push("Every one of them moves something here.".to_owned());
    }
    if !dead.is_empty() {
        let all = words(&dead).join(", ");
        remarks.push(format!("Moves nothing here, every trial is the same bit for bit: {all}."));
    }
    if !weak.is_empty() {
        let all = words(&weak).join(", ");
        remarks.push(format!("Moves nothing here, no headline beyond its interval: {all}."));
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
            arm,
            replicate,
            digest: String::new(),
            world: vec![],
            measures: vec![vec![value(arm, replicate); MEASURES.len()]],
        };
        Findings {
            policies: (0..arms).map(|arm| format!("policy {arm}")).collect(),
            uncertain: vec![],
            years: 0,
            outcomes: (0..arms).flat_map(|arm| (0..6).map(move |replicate| outcome(arm, replicate))).collect(),
        }
    }

    #[test]
    fn every_section_stands_in_every_format() {
        let found = findings(2);
        let page = markdown(&found, 2, "small", "hubsim mechanisms small");
        let (text, csv) = (table(&found, 2).text(160), data(&found, 2).csv());
        for section in SECTIONS {
            assert!(page.contains(&format!("`{}`", section.name)), "{}", section.name);
            assert!(text.contains(section.name) && csv.contains(section.name), "{}", section.name);
        }
        assert!(!page.contains('[') && page.contains("## policy 1"));
        assert_eq!(page.lines().filter(|line| line.contains(" off |")).count(), 2 * switchable().len());
        assert!(csv.lines().all(|line| !line.is_empty()));
        let rows = switchable().len() * 2 * headlines().len() + unswitchable().len();
        assert_eq!(data(&found, 2).rows.len(), rows);
    }

    /// What the documentation shows knows every mechanism: `hubsim mechanisms --format markdown` writes it.
    #[test]
    fn the_committed_page_knows_every_section() {
        let page = include_str!("../../crates/model/src/mechanisms/README.md");
        for section in SECTIONS {
            assert!(page.contains(&format!("`{}`", section.name)), "{} is missing: write the page again", section.name);
        }
        let named = |line: &str| line.strip_prefix("| `").and_then(|rest| rest.split('`').next().map(str::to_owned));
        for name in page.lines().filter_map(named) {
            assert!(SECTIONS.iter().any(|section| section.name == name), "there is no {name}: write the page again");
        }
    }
}
