//! `ladder.csv`: what each step of the ladders brings, on every measure.

use std::path::Path;

use super::csv_tables::CsvTable;
use super::error::StoreError;
use hubsim_lab::analysis::ladder::{LadderEffects, StepEffect};
use hubsim_lab::experiment::Subject;
use hubsim_model::measures::{MEASURES, position};

/// Its name.
pub(super) const NAME: &str = "ladder.csv";

/// Its columns: key, meaning, unit (`measure` for the unit of the measure).
pub(super) const LADDER: &[(&str, &str, &str)] = &[
    ("ladder", "Which ladder of the scenario, from 1.", "-"),
    ("from", "The policy where it begins.", "-"),
    ("to", "The policy where it ends.", "-"),
    (
        "kind",
        "step: on the rung before; whole: the whole way; alone: on the policy where it begins, with what it needs; left out: of \
         the policy where it ends, with what needs it.",
        "-",
    ),
    ("step", "The step; empty for the whole way.", "-"),
    ("with", "The arm with the step.", "-"),
    ("without", "The arm without it.", "-"),
    ("reaches", "Whether the arm with the step is a policy that the ladder passes, or its end.", "-"),
    ("measure", "The measure.", "-"),
    ("year", "The year.", "years"),
    ("replicates", "Trials of each rung.", "trials"),
    ("n", "Pairs of trials that have the measure.", "replicates"),
    ("with_mean", "Mean with the step over these pairs.", "measure"),
    ("without_mean", "Mean without it.", "measure"),
    ("difference", "Mean paired difference, with − without.", "measure"),
    ("low", "Lower end of the 95 % interval of the difference.", "measure"),
    ("high", "Upper end of the 95 % interval of the difference.", "measure"),
    ("resolved", "Whether the interval leaves out 0.", "-"),
];

const KINDS: [&str; 4] = ["step", "whole", "alone", "left out"];

/// The table as CSV.
pub(super) fn csv(ladders: &[LadderEffects]) -> Vec<u8> {
    let mut table = CsvTable::with_header(LADDER.iter().map(|column| column.0));
    let flag = |flag: bool| if flag { "true" } else { "false" };
    for (ladder, number) in ladders.iter().zip(1_u32..) {
        for of in &ladder.effects {
            let [kind, step] = words(&of.subject);
            table.text(&number.to_string()).text(&ladder.from).text(&ladder.to).text(kind).text(step);
            table.text(&of.with).text(&of.without).text(flag(of.reaches)).text(MEASURES[of.measure].key);
            table.text(&ladder.year.to_string()).text(&ladder.replicates.to_string()).text(&of.n.to_string());
            table.number(of.with_mean).number(of.without_mean).number(of.difference).number(of.low).number(of.high);
            table.text(flag(of.is_resolved())).end_row();
        }
    }
    table.bytes
}

fn words(subject: &Subject) -> [&str; 2] {
    match subject {
        Subject::Step(step) => [KINDS[0], step],
        Subject::StepAlone(step) => [KINDS[2], step],
        Subject::StepLeftOut(step) => [KINDS[3], step],
        _ => [KINDS[1], ""],
    }
}

/// Reads the table. Measures that this version does not have are left out.
pub(super) fn read(path: &Path, content: &[u8]) -> Result<Vec<LadderEffects>, StoreError> {
    let damaged = || StoreError::damaged(path, "it is no table of ladders");
    let mut reader = csv::Reader::from_reader(content);
    let mut ladders: Vec<(String, LadderEffects)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| damaged())?;
        let cell = |key: &str| {
            let at = LADDER.iter().position(|column| column.0 == key)?;
            record.get(at)
        };
        let text = |key: &str| cell(key).map(str::to_owned).ok_or_else(damaged);
        let count = |key: &str| cell(key).and_then(|cell| cell.parse::<u32>().ok()).ok_or_else(damaged);
        let number = |key: &str| match cell(key) {
            Some("") => Ok(f64::NAN),
            Some(cell) => cell.parse::<f64>().map_err(|_| damaged()),
            None => Err(damaged()),
        };
        let which = text("ladder")?;
        if ladders.last().is_none_or(|(last, _)| *last != which) {
            let (from, to, year) = (text("from")?, text("to")?, count("year")?);
            let replicates = count("replicates")? as usize;
            ladders.push((which, LadderEffects { from, to, year, replicates, effects: Vec::new() }));
        }
        let Some(measure) = position(&text("measure")?) else { continue };
        let step = text("step")?;
        let effect = StepEffect {
            subject: match text("kind")?.as_str() {
                kind if kind == KINDS[0] => Subject::Step(step),
                kind if kind == KINDS[1] => Subject::Policy,
                kind if kind == KINDS[2] => Subject::StepAlone(step),
                kind if kind == KINDS[3] => Subject::StepLeftOut(step),
                _ => return Err(damaged()),
            },
            with: text("with")?,
            without: text("without")?,
            reaches: text("reaches")? == "true",
            measure,
            n: count("n")? as usize,
            with_mean: number("with_mean")?,
            without_mean: number("without_mean")?,
            difference: number("difference")?,
            low: number("low")?,
            high: number("high")?,
        };
        if let Some((_, ladder)) = ladders.last_mut() {
            ladder.effects.push(effect);
        }
    }
    Ok(ladders.into_iter().map(|(_, ladder)| ladder).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_back_whatever_its_names_are() {
        let effect = |subject: Subject, low: f64| StepEffect {
            subject,
            with: "a, \"b\" + c\u{301}".to_owned(),
            without: "a\nb".to_owned(),
            reaches: low > 0.0,
            measure: 3,
            n: 4,
            with_mean: 0.1 + 0.2,
            without_mean: 1e-9,
            difference: -0.0,
            low,
            high: 7.0,
        };
        let ladder = |to: &str| LadderEffects {
            from: "a".to_owned(),
            to: to.to_owned(),
            year: 20,
            replicates: 40,
            effects: vec![
                effect(Subject::Step("left out, + −".to_owned()), 0.5),
                effect(Subject::Policy, -1.0),
                effect(Subject::StepAlone("x".to_owned()), 0.0),
                effect(Subject::StepLeftOut(String::new()), 2.0),
            ],
        };
        let ladders = [ladder("a"), ladder("a")];
        let text = csv(&ladders);
        assert_eq!(read(Path::new("ladder.csv"), &text).expect("it was written so"), ladders);
        let torn = &text[..text.len() - 20];
        assert!(read(Path::new("ladder.csv"), torn).is_err());
        let missing = String::from_utf8(text).expect("text").replace(",7,", ",,");
        assert!(
            read(Path::new("ladder.csv"), missing.as_bytes()).expect("a number may be missing")[0].effects[0]
                .high
                .is_nan()
        );
    }
}
