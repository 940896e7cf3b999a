//! Rows of typed columns.

use crate::record::History;
use crate::units::{Money, Work};

/// How a column is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A number; NaN is empty.
    Number,
    /// A count.
    Count,
    /// The position of a name in [`Names`](crate::record::Names): `region`, `theme`, `funder`, `organisation`,
    /// `mandate`, `stage` or `kind`.
    Name(&'static str),
}

/// Where the values of a column come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Identifies the row among those of its year.
    Identity,
    /// Mechanisms add to it during the year.
    Sum,
    /// The observer computes it at the end of the year.
    Computed,
}

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the file.
    pub key: &'static str,
    /// The meaning of its values.
    pub meaning: &'static str,
    /// Its unit; `-` where there is none.
    pub unit: &'static str,
    /// How it is stored.
    pub kind: Type,
    /// Where its values come from.
    pub role: Role,
}

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A number; NaN is empty.
    Number(f64),
    /// A count.
    Count(u32),
    /// The position of a name.
    Name(u32),
}

/// A row of a table.
pub trait Row: Copy + Default {
    /// The table's name in the run folder.
    const TABLE: &'static str;
    /// Its columns.
    const COLUMNS: &'static [Column];
    /// The value in a column.
    fn value(&self, column: usize) -> Value;
    /// Sets the value in a column; one of another type than the column's changes nothing.
    fn set(&mut self, column: usize, value: Value);
    /// The year of the row.
    fn year(&self) -> u32;
    /// The same row in another year.
    fn with_year(self, year: u32) -> Self;
    /// The rows of its table.
    fn rows(history: &History) -> &[Self];
    /// The rows of its table, to change them.
    fn rows_mut(history: &mut History) -> &mut Vec<Self>;
}

/// The type of a row's field.
pub(super) trait Stored: Sized {
    /// The field with a value; none if the value has another type.
    fn from_value(value: Value) -> Option<Self>;
}

impl Stored for f64 {
    fn from_value(value: Value) -> Option<f64> {
        if let Value::Number(number) = value { Some(number) } else { None }
    }
}

impl Stored for u32 {
    fn from_value(value: Value) -> Option<u32> {
        if let Value::Count(count) | Value::Name(count) = value { Some(count) } else { None }
    }
}

/// A quantity that mechanisms sum up over a year.
pub(super) trait YearSum {
    /// Its type in a row.
    type Stored;
    /// Its value in the row of a year. Year 0 has no flows: a number is empty there, a count is what was counted.
    fn stored(self, year: u32) -> Self::Stored;
}

impl YearSum for f64 {
    type Stored = f64;
    fn stored(self, year: u32) -> f64 {
        if year == 0 { f64::NAN } else { self }
    }
}

impl YearSum for Work {
    type Stored = f64;
    fn stored(self, year: u32) -> f64 {
        self.0.stored(year)
    }
}

impl YearSum for Money {
    type Stored = f64;
    fn stored(self, year: u32) -> f64 {
        self.0.stored(year)
    }
}

impl YearSum for u32 {
    type Stored = u32;
    fn stored(self, _: u32) -> u32 {
        self
    }
}
