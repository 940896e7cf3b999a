//! Tables: described once, shown as text, CSV, JSON or HTML.

pub mod data;
pub mod results;
pub mod text;

use std::str::FromStr;

use super::number::{Interval, NONE, decimal, interval, significant};
use super::reading::Verdict;

pub use results::{differences, headline, verdicts};

/// How a table is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people, in a terminal.
    #[default]
    Table,
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

impl FromStr for Format {
    type Err = String;
    fn from_str(text: &str) -> Result<Format, String> {
        match text {
            "table" => Ok(Format::Table),
            "csv" => Ok(Format::Csv),
            "json" => Ok(Format::Json),
            other => Err(format!("there is no format `{other}`; write table, csv or json")),
        }
    }
}

/// On which side a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What it holds.
    pub title: String,
    /// The unit of all its cells; empty where there is none, or each row has its own.
    pub unit: String,
    /// On which side its cells stand.
    pub align: Align,
    /// Who needs it.
    pub need: Need,
}

/// Who needs a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Everybody.
    All,
    /// People, but a narrow terminal goes without it.
    IfRoom,
    /// Programs: it is in CSV and JSON only.
    Data,
}

impl Column {
    /// A column of text.
    pub fn text(title: &str) -> Column {
        Column { title: title.to_owned(), unit: String::new(), align: Align::Left, need: Need::All }
    }
    /// A column of numbers.
    pub fn numbers(title: &str) -> Column {
        Column { align: Align::Right, ..Column::text(title) }
    }
    /// A column for programs.
    pub fn data(title: &str) -> Column {
        Column { need: Need::Data, ..Column::text(title) }
    }
    /// The same for another need.
    pub fn needed(self, need: Need) -> Column {
        Column { need, ..self }
    }
    /// The same with a unit.
    pub fn in_unit(self, unit: &str) -> Column {
        Column { unit: unit.to_owned(), ..self }
    }
    /// Title and unit.
    pub fn heading(&self) -> String {
        match self.unit.as_str() {
            "" | "-" => self.title.clone(),
            unit => format!("{} ({unit})", self.title),
        }
    }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A number, shown with three digits.
    Number(f64),
    /// A count, shown in full.
    Count(u64),
    /// Whether it is so, shown as yes or no; programs get true or false.
    Flag(bool),
    /// A share, shown as whole percent.
    Share(f64),
    /// A mean with its interval.
    Interval(Interval),
    /// What a difference amounts to, and the difference.
    Verdict(Verdict, f64),
}

impl Cell {
    /// As it is shown to people.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(value) => significant(*value, 3),
            Cell::Count(count) => decimal(*count as f64, 0),
            Cell::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Cell::Share(share) if share.is_finite() => format!("{} %", decimal(share * 100.0, 0)),
            Cell::Share(_) => NONE.to_owned(),
            Cell::Interval(of) => interval(*of),
            Cell::Verdict(verdict, difference) => match verdict {
                Verdict::Unclear | Verdict::Same | Verdict::Unknown => verdict.words().to_owned(),
                _ => format!("{} {}", if *difference > 0.0 { "↑" } else { "↓" }, verdict.words()),
            },
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

/// A table: as many cells in each row as there are columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// How it is to be read; below it, not in CSV.
    pub notes: Vec<String>,
}

impl Table {
    /// The table in a format; `width` is that of the terminal, in characters.
    pub fn show(&self, format: Format, width: usize) -> String {
        match format {
            Format::Table => self.text(width),
            Format::Csv => self.csv(),
            Format::Json => self.json(),
        }
    }

    /// Whether a cell of text, and all before it in its row, say the same as in the row above: then people need not
    /// read it again.
    pub fn repeats(&self, row: usize, column: usize) -> bool {
        let text = |at: usize| matches!(self.rows[row][at], Cell::Text(_) | Cell::Empty);
        row > 0 && (0..=column).all(|at| text(at) && self.rows[row][at] == self.rows[row - 1][at])
    }
}
