//! Tables on standard output: aligned for people, CSV or JSON for programs.

use clap::ValueEnum;

use super::{failure::Failure, output};
use crate::report::number;

/// How a table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Table,
    /// Comma-separated values, with a header
    Csv,
    /// A list of objects
    Json,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(String),
    /// A number; not a number where there is none.
    Number(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

/// Rows under named columns.
pub(super) struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn new<C: Into<String>>(columns: impl IntoIterator<Item = C>) -> Table {
        Table { columns: columns.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let row: Vec<Cell> = cells.into_iter().collect();
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    pub(super) fn print(&self, format: Format) -> Result<(), Failure> {
        match format {
            Format::Table => output::result(&self.text(output::width())),
            Format::Csv => output::result(&self.csv()?),
            Format::Json => output::result(&self.json()),
        }
    }

    /// Columns side by side, two spaces apart, numbers to the right; the last column is broken into lines where the
    /// width ends.
    pub(super) fn text(&self, width: Option<usize>) -> String {
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Number(value) => number::significant(*value, 3),
        };
        let shown: Vec<Vec<String>> = self.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let widest = |at: usize| {
            let cells = shown.iter().map(|row| length(&row[at]));
            cells.chain([length(&self.columns[at])]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(widest).collect();
        let right = |at: usize| self.rows.iter().any(|row| matches!(row[at], Cell::Number(_)));
        let before: usize = widths.iter().rev().skip(1).map(|width| width + 2).sum();
        let room = width.map_or(usize::MAX, |width| width.saturating_sub(before).max(20));

        let mut text = String::new();
        for (at, row) in std::iter::once(&self.columns).chain(&shown).enumerate() {
            let (start, last) = row.split_at(row.len().saturating_sub(1));
            let mut line = String::new();
            for (column, value) in start.iter().enumerate() {
                line.push_str(&aligned(value, widths[column], right(column)));
                line.push_str("  ");
            }
            for (part, value) in wrapped(last.first().map_or("", String::as_str), room).iter().enumerate() {
                if part > 0 {
                    line = " ".repeat(before);
                }
                if right(row.len() - 1) {
                    line.push_str(&aligned(value, widths[row.len() - 1], true));
                } else {
                    line.push_str(value);
                }
                let line = line.trim_end();
                text.push_str(&if at == 0 { format!("\x1b[1m{line}\x1b[0m\n") } else { format!("{line}\n") });
            }
        }
        text
    }

    fn csv(&self) -> Result<String, Failure> {
        let failed = |error: String| Failure::World(format!("cannot make the table: {error}"));
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns).map_err(|error| failed(error.to_string()))?;
        for row in &self.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) => text.clone(),
                Cell::Number(value) => number::exact(*value),
            });
            writer.write_record(cells).map_err(|error| failed(error.to_string()))?;
        }
        let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn json(&self) -> String {
        let value = |cell: &Cell| match cell {
            Cell::Text(text) => serde_json::Value::from(text.clone()),
            Cell::Number(value) => serde_json::Value::from(*value),
        };
        let rows: Vec<serde_json::Map<String, serde_json::Value>> = (self.rows.iter())
            .map(|row| self.columns.iter().cloned().zip(row.iter().map(value)).collect())
            .collect();
        serde_json::to_string_pretty(&rows).unwrap_or_default()
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn aligned(text: &str, width: usize, right: bool) -> String {
    let space = " ".repeat(width.saturating_sub(length(text)));
    if right { space + text } else { text.to_owned() + &space }
}

/// A text in lines of at most so many characters, broken between words; a longer word has a line of its own.
pub(super) fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a first line");
        if line.is_empty() {
            line.push_str(word);
        } else if length(line) + 1 + length(word) <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(["key", "value", "meaning"]);
        table.row(["share".into(), 0.25.into(), "a part, of a whole".into()]);
        table.row(["größe".into(), f64::NAN.into(), "size".into()]);
        table
    }

    #[test]
    fn people_see_columns() {
        let text = table().text(None).replace("\x1b[1m", "").replace("\x1b[0m", "");
        assert_eq!(text, "key    value  meaning\nshare  0.250  a part, of a whole\ngröße      –  size\n");
    }

    #[test]
    fn long_texts_are_broken_where_the_terminal_ends() {
        let mut table = Table::new(["a", "b"]);
        table.row(["x".into(), "one two three four five six seven".into()]);
        assert!(table.text(Some(24)).ends_with("x  one two three four\n   five six seven\n"));
    }

    #[test]
    fn programs_see_every_digit_and_no_number_where_there_is_none() {
        let csv = table().csv().expect("a table in memory");
        assert_eq!(csv, "key,value,meaning\nshare,0.25,\"a part, of a whole\"\ngröße,,size\n");
        let json: serde_json::Value = serde_json::from_str(&table().json()).expect("JSON");
        assert_eq!(json[0]["value"], 0.25);
        assert!(json[1]["value"].is_null());
    }
}
