//! Contrasts: the one table in which every command shows the differences between arms.
//!
//! A [`Contrasts`] is a list of rows, one for each contrast and measure. People get it as a matrix (a row each contrast, a
//! column each measure) or as a list, programs get every row with all its numbers.

pub mod head_starts;
pub mod levers;
pub mod mechanisms;
pub mod mitigations;

use hubsim_lab::analysis::contrasts::Effect;
use hubsim_model::measures::{Direction, MEASURES, Measure};

use super::number::{Interval, interval};
use super::table::{Cell, Table, TableColumn, Visibility};

/// Rows of contrasts, and how their table is headed.
pub struct Contrasts {
    /// Its title.
    pub title: String,
    /// The kind of subject: `mitigation`, `mechanism`, `lever`.
    pub subject: &'static str,
    /// The names of the reference arm and of the other one: `without`, `with`.
    pub arms: [&'static str; 2],
    /// How differences are marked.
    pub marks: Marks,
    /// The rows.
    pub rows: Vec<ContrastRow>,
    /// Notes for readers.
    pub notes: Vec<String>,
}

/// How a difference is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Not at all.
    None,
    /// `*` where it is significant for all differences that are tested together.
    Star,
    /// `+` better, `−` worse, `*` where neither way is better: once where the interval excludes 0, twice where it is
    /// significant for all differences that are tested together.
    Direction,
}

/// One contrast on one measure.
#[derive(Clone)]
pub struct ContrastRow {
    /// The policy whose arms are compared.
    pub policy: String,
    /// Their difference: the name of a mitigation, a mechanism, a lever.
    pub subject: String,
    /// The kind of row: `headline`, `cost`; or the response to a lever.
    pub kind: &'static str,
    /// The value in the reference arm and in the other one, if a value is changed.
    pub values: [String; 2],
    /// The title of the measure, and its unit.
    pub column: [String; 2],
    /// The measure, where there is one.
    pub measure: Option<&'static Measure>,
    /// Means of the reference arm and of the other one; NaN if they are not shown.
    pub means: [f64; 2],
    /// The paired difference; none where nothing differs.
    pub difference: Option<Interval>,
    /// Share of worlds in which the arm is better; NaN where it is not shown or not known.
    pub better: f64,
    /// Whether the interval excludes 0.
    pub excludes_zero: bool,
    /// Whether the difference is significant for all differences that are tested together.
    pub is_significant: bool,
    /// Whether the measure is undefined in the arm.
    pub gone: bool,
    /// Pairs of trials.
    pub replicates: usize,
    /// A remark; may be empty.
    pub note: String,
}

impl ContrastRow {
    /// The effect of a contrast on a measure.
    pub fn new(policy: &str, subject: &str, kind: &'static str, effect: &Effect) -> ContrastRow {
        let (of, measure) = (&effect.comparison, MEASURES[effect.comparison.measure]);
        ContrastRow {
            policy: policy.to_owned(),
            subject: subject.to_owned(),
            kind,
            values: Default::default(),
            column: [measure.title, measure.unit].map(str::to_owned),
            measure: Some(measure),
            means: [of.first_mean, of.other_mean],
            difference: Some(of.difference.into()),
            better: of.over_worlds.share(measure.direction, 0.0).value(),
            excludes_zero: effect.excludes_zero,
            is_significant: effect.is_significant,
            gone: effect.gone,
            replicates: of.pairs,
            note: String::new(),
        }
    }

    /// The difference with its interval and its marks.
    fn shown(&self, marks: Marks) -> Cell {
        let Some(difference) = self.difference else { return Cell::Empty };
        match marks {
            Marks::None => Cell::Interval(difference),
            Marks::Star if self.gone => Cell::Text("none left *".to_owned()),
            Marks::Star if self.is_significant => Cell::Text(format!("{} *", interval(difference))),
            Marks::Star => Cell::Text(interval(difference)),
            Marks::Direction => {
                let count = if self.is_significant { 2 } else { usize::from(self.excludes_zero) };
                // Two places, so that numbers stand below each other.
                Cell::Text(format!("{} {:<2}", interval(difference), self.sign(difference).repeat(count)))
            }
        }
    }

    fn sign(&self, difference: Interval) -> &'static str {
        let better = match self.measure.map(|measure| measure.direction) {
            Some(Direction::Higher) => difference.mean > 0.0,
            Some(Direction::Lower) => difference.mean < 0.0,
            Some(Direction::Neutral) | None => return "*",
        };
        if better { "+" } else { "−" }
    }
}

impl Contrasts {
    /// For people: a row for each policy and subject, a column for each measure. `with_policy` names the column of policies,
    /// `with_subject` that of subjects; a column without a name is left out.
    pub fn matrix(&self, with_policy: &str, with_subject: &str) -> Table {
        let mut heads: Vec<&[String; 2]> = Vec::new();
        for row in &self.rows {
            if !heads.contains(&&row.column) {
                heads.push(&row.column);
            }
        }
        let same = |a: &ContrastRow, b: &ContrastRow| (&a.policy, &a.subject) == (&b.policy, &b.subject);
        let row = |group: &[ContrastRow]| {
            let names = [(with_policy, &group[0].policy), (with_subject, &group[0].subject)];
            let names = names.into_iter().filter(|(head, _)| !head.is_empty());
            let cell = |head: &&[String; 2]| {
                let found = group.iter().find(|row| row.column == **head);
                found.map_or(Cell::Empty, |row| row.shown(self.marks))
            };
            names.map(|(_, name)| Cell::Text(name.clone())).chain(heads.iter().map(cell)).collect()
        };
        let names = [with_policy, with_subject].into_iter().filter(|head| !head.is_empty()).map(TableColumn::text);
        Table {
            title: self.title.clone(),
            columns: names.chain(heads.iter().map(|[title, unit]| TableColumn::numbers(title).in_unit(unit))).collect(),
            rows: self.rows.chunk_by(same).map(row).collect(),
            notes: self.notes.clone(),
        }
    }

    /// For people: every row, with the values that were changed.
    pub fn list(&self) -> Table {
        let row = |row: &ContrastRow| {
            let difference = row.difference.map(|difference| format!("{}: {}", row.column[0], interval(difference)));
            let [value, set_to] = row.values.clone();
            let words = difference.unwrap_or_else(|| row.note.clone());
            [row.policy.clone(), row.subject.clone(), row.kind.to_owned(), value, set_to, words]
                .map(Cell::Text)
                .to_vec()
        };
        let columns = ["policy", self.subject, "effect", "value", "set to", "what moves most, or why nothing does"];
        Table {
            title: self.title.clone(),
            columns: columns.map(TableColumn::text).to_vec(),
            rows: self.rows.iter().map(row).collect(),
            notes: self.notes.clone(),
        }
    }

    /// For programs: every row with all its numbers.
    pub fn data(&self) -> Table {
        let texts = ["policy", self.subject, "kind", "measure", "unit", "better"].map(TableColumn::text).into_iter();
        let numbers = self.arms.into_iter().chain(["difference", "P(better)"]).map(TableColumn::numbers);
        let marks = ["leaves out 0", "for all together"].map(TableColumn::text);
        let end = [
            TableColumn::numbers("replicates"),
            TableColumn::text("value"),
            TableColumn::text("set to"),
            TableColumn::text("note"),
        ];
        Table {
            title: self.title.clone(),
            columns: texts
                .chain(numbers)
                .chain(marks)
                .chain(end)
                .map(|column| column.visible(Visibility::Always))
                .collect(),
            rows: self.rows.iter().map(datum).collect(),
            notes: Vec::new(),
        }
    }
}

fn datum(row: &ContrastRow) -> Vec<Cell> {
    let measure = row.measure;
    let better = match measure.map(|measure| measure.direction) {
        Some(Direction::Higher) => "higher",
        Some(Direction::Lower) => "lower",
        Some(Direction::Neutral) | None => "",
    };
    let number = |value: f64| if value.is_nan() { Cell::Empty } else { Cell::Number(value) };
    let share = if better.is_empty() || row.better.is_nan() { Cell::Empty } else { Cell::Share(row.better) };
    let texts: [&str; 6] = [
        &row.policy,
        &row.subject,
        row.kind,
        measure.map_or("", |measure| measure.key),
        measure.map_or("", |measure| measure.unit),
        better,
    ];
    let mut cells = texts.map(Cell::from).to_vec();
    cells.extend(row.means.map(number));
    cells.push(row.difference.map_or(Cell::Empty, Cell::Interval));
    cells.push(share);
    let known = |flag| if row.difference.is_some() { Cell::Flag(flag) } else { Cell::Empty };
    cells.extend([known(row.excludes_zero), known(row.is_significant), Cell::Count(row.replicates as u64)]);
    cells.extend(row.values.iter().chain([&row.note]).map(|text| Cell::Text(text.clone())));
    cells
}

#[cfg(test)]
mod tests;
