//! Tables: described once, and written as text, CSV, JSON or HTML.

pub mod data;
pub mod regions;
pub mod results;
pub mod text;

use super::number::{Interval, NONE, decimal, interval, significant};
use super::reading::DirectionVerdict;

pub use regions::by_region;
pub use results::{differences, headline, verdicts};

/// The output format of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Aligned text, for a terminal.
    #[default]
    Table,
    /// CSV, for spreadsheets.
    Csv,
    /// JSON, for programs.
    Json,
}

/// The alignment of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// For text.
    Left,
    /// For numbers.
    Right,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumn {
    /// Its heading, without the unit.
    pub title: String,
    /// The unit of all its cells; empty if they have none, or each row has its own.
    pub unit: String,
    /// Its alignment.
    pub align: Align,
    /// In which formats it appears.
    pub visibility: Visibility,
}

/// The formats in which a column appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// In all formats.
    Always,
    /// In all formats, except for text in a narrow terminal.
    IfWidthAllows,
    /// In CSV and JSON only.
    DataOnly,
}

impl TableColumn {
    /// A column of text.
    pub fn text(title: &str) -> TableColumn {
        TableColumn { title: title.to_owned(), unit: String::new(), align: Align::Left, visibility: Visibility::Always }
    }
    /// A column of numbers.
    pub fn numbers(title: &str) -> TableColumn {
        TableColumn { align: Align::Right, ..TableColumn::text(title) }
    }
    /// A column of CSV and JSON only.
    pub fn data(title: &str) -> TableColumn {
        TableColumn { visibility: Visibility::DataOnly, ..TableColumn::text(title) }
    }
    /// The same column with another visibility.
    pub fn visible(self, visibility: Visibility) -> TableColumn {
        TableColumn { visibility, ..self }
    }
    /// The same column with a unit.
    pub fn in_unit(self, unit: &str) -> TableColumn {
        TableColumn { unit: unit.to_owned(), ..self }
    }
    /// Its title with the unit.
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
    /// An empty cell.
    Empty,
    /// A text.
    Text(String),
    /// A number, written with three digits.
    Number(f64),
    /// A count, written in full.
    Count(u64),
    /// A flag, written as yes or no; as true or false in CSV and JSON.
    Flag(bool),
    /// A share, written in whole percent.
    Share(f64),
    /// A mean with its interval.
    Interval(Interval),
    /// The verdict on a difference, and the difference.
    Verdict(DirectionVerdict, f64),
}

impl Cell {
    /// Its text in a terminal or on a page.
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
                DirectionVerdict::TooSmall
                | DirectionVerdict::Unclear
                | DirectionVerdict::Same
                | DirectionVerdict::Unknown => verdict.words().to_owned(),
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
    /// Its title.
    pub title: String,
    /// The columns.
    pub columns: Vec<TableColumn>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Notes for readers, below the table; not in CSV and JSON.
    pub notes: Vec<String>,
}

impl Table {
    /// The table in a format. `width` is the width of the terminal in characters; only text depends on it.
    pub fn show(&self, format: Format, width: usize) -> String {
        match format {
            Format::Table => self.text(width),
            Format::Csv => self.csv(),
            Format::Json => self.json(),
        }
    }

    /// Whether a cell of text and all cells before it are equal to those of the row above, so that the cell can be left empty.
    pub fn repeats(&self, row: usize, column: usize) -> bool {
        let text = |at: usize| matches!(self.rows[row][at], Cell::Text(_) | Cell::Empty);
        row > 0 && (0..=column).all(|at| text(at) && self.rows[row][at] == self.rows[row - 1][at])
    }
}
