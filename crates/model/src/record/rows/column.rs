//! What a table is made of: rows of typed columns, told once for the field, the schema and the dictionary.

use crate::record::History;

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

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the file.
    pub key: &'static str,
    /// What it holds.
    pub meaning: &'static str,
    /// Its unit; `-` where there is none.
    pub unit: &'static str,
    /// How it is stored.
    pub kind: Type,
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
pub trait Row: Sized {
    /// The table's name in the run folder.
    const TABLE: &'static str;
    /// Its columns.
    const COLUMNS: &'static [Column];
    /// The value in a column.
    fn value(&self, column: usize) -> Value;
    /// The year the row is of.
    fn year(&self) -> u32;
    /// The same row, of another year.
    fn of(self, year: u32) -> Self;
    /// The rows of its table.
    fn table(history: &mut History) -> &mut Vec<Self>;
}

macro_rules! column {
    (number) => {
        Type::Number
    };
    (count) => {
        Type::Count
    };
    (region) => {
        Type::Name("region")
    };
    (theme) => {
        Type::Name("theme")
    };
    (funder) => {
        Type::Name("funder")
    };
    (organisation) => {
        Type::Name("organisation")
    };
    (mandate) => {
        Type::Name("mandate")
    };
    (stage) => {
        Type::Name("stage")
    };
    (kind) => {
        Type::Name("kind")
    };
}
macro_rules! field {
    (number) => {
        f64
    };
    ($other:ident) => {
        u32
    };
}
macro_rules! value {
    (number, $v:expr) => {
        Value::Number($v)
    };
    (count, $v:expr) => {
        Value::Count($v)
    };
    ($name:ident, $v:expr) => {
        Value::Name($v)
    };
}

macro_rules! rows {
    ($(
        $(#[doc = $about:literal])+
        pub struct $name:ident in $table:ident {
            $($(#[doc = $doc:literal])+ $key:ident: $kind:ident, $unit:literal;)+
        }
    )+) => {$(
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct $name {
            /// The year, 0 = the start.
            pub year: u32,
            $($(#[doc = $doc])+ #[doc = concat!("\n\nUnit: ", $unit, ".")] pub $key: field!($kind),)+
        }

        impl Row for $name {
            const TABLE: &'static str = stringify!($table);
            const COLUMNS: &'static [Column] = &[
                $(Column { key: stringify!($key), meaning: concat!($($doc),+), unit: $unit, kind: column!($kind) },)+
            ];
            #[allow(unused_assignments)]
            fn value(&self, column: usize) -> Value {
                let mut position = 0;
                $(
                    if column == position {
                        return value!($kind, self.$key);
                    }
                    position += 1;
                )+
                unreachable!("column {column} of {}", Self::TABLE)
            }
            fn year(&self) -> u32 {
                self.year
            }
            fn of(self, year: u32) -> Self {
                Self { year, ..self }
            }
            fn table(history: &mut History) -> &mut Vec<Self> {
                &mut history.$table
            }
        }
    )+};
}
