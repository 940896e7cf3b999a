//! The declaration of a table's rows. A column is declared once, with `rows!`: the declaration makes the row's field, the
//! schema, the dictionary's entry and, for a sum, the field that mechanisms add to during the year.

/// How a column is stored, by the type in its declaration.
macro_rules! column_type {
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
    (u32) => {
        Type::Count
    };
    ($other:ident) => {
        Type::Number
    };
}

/// The type of a row's field.
macro_rules! field_type {
    (number) => {
        f64
    };
    (f64) => {
        f64
    };
    (Work) => {
        f64
    };
    (Money) => {
        f64
    };
    ($other:ident) => {
        u32
    };
}

/// The type of a sum; work and money have one unit each.
macro_rules! sum_type {
    (Work "FTE-quarters") => {
        crate::units::Work
    };
    (Money "USD") => {
        crate::units::Money
    };
    (f64 $unit:tt) => {
        f64
    };
    (u32 $unit:tt) => {
        u32
    };
}

/// A field's value in its column.
macro_rules! value {
    (number, $value:expr) => {
        Value::Number($value)
    };
    (f64, $value:expr) => {
        Value::Number($value)
    };
    (Work, $value:expr) => {
        Value::Number($value)
    };
    (Money, $value:expr) => {
        Value::Number($value)
    };
    (count, $value:expr) => {
        Value::Count($value)
    };
    (u32, $value:expr) => {
        Value::Count($value)
    };
    ($name:ident, $value:expr) => {
        Value::Name($value)
    };
}

macro_rules! role {
    (id) => {
        Role::Identity
    };
    (sum) => {
        Role::Sum
    };
    (computed) => {
        Role::Computed
    };
}

/// Declares the rows of a table. Each column has a meaning, a role, a key, a type and a unit:
///
/// - `id region: region, "-"`: identifies the row; a kind of name.
/// - `sum built: u32, "materials"`: mechanisms add to it; `u32`, `f64`, `Work` or `Money`.
/// - `computed capacity: number, "FTE"`: filled in by the observer; `number`, `count` or a kind of name.
///
/// With `= Sums + Observed` it also makes a struct with the sums, one with the other columns, and `from_sums`, which
/// makes the row from both: a column cannot be forgotten in either.
macro_rules! rows {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident in $table:ident = $sums:ident + $observed:ident { $($columns:tt)+ }
    ) => {
        rows! { $(#[doc = $about])+ pub struct $name in $table { $($columns)+ } }
        sums! { $name $sums $observed { $($columns)+ } }
    };
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident in $table:ident {
            $($(#[doc = $doc:literal])+ $role:ident $key:ident: $type:ident, $unit:tt;)+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            /// The year, 0 = the start.
            pub year: u32,
            $($(#[doc = $doc])+ #[doc = concat!("\n\nUnit: ", $unit, ".")] pub $key: field_type!($type),)+
        }

        impl Row for $name {
            const TABLE: &'static str = stringify!($table);
            const COLUMNS: &'static [Column] = &[$(Column {
                key: stringify!($key),
                meaning: concat!($($doc),+),
                unit: $unit,
                kind: column_type!($type),
                role: role!($role),
            },)+];
            #[allow(unused_assignments)]
            fn value(&self, column: usize) -> Value {
                let mut position = 0;
                $(
                    if column == position {
                        return value!($type, self.$key);
                    }
                    position += 1;
                )+
                unreachable!("column {column} of {}", Self::TABLE)
            }
            #[allow(unused_assignments)]
            fn set(&mut self, column: usize, value: Value) {
                let mut position = 0;
                $(
                    if column == position {
                        self.$key = Stored::from_value(value).unwrap_or(self.$key);
                    }
                    position += 1;
                )+
            }
            fn year(&self) -> u32 {
                self.year
            }
            fn with_year(self, year: u32) -> Self {
                Self { year, ..self }
            }
            fn rows(history: &History) -> &[Self] {
                &history.$table
            }
            fn rows_mut(history: &mut History) -> &mut Vec<Self> {
                &mut history.$table
            }
        }
    };
}

/// The sums of a row, and what else it consists of.
macro_rules! sums {
    ($row:ident $sums:ident $observed:ident { $(
        $(#[doc = $doc:literal])+
        $(sum $sum:ident: $sum_type:ident)?
        $(id $id:ident: $id_type:ident)?
        $(computed $key:ident: $type:ident)?, $unit:tt;
    )+ }) => {
        #[doc = concat!("Sums of the current year, from which a [`", stringify!($row), "`] is made.")]
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct $sums {
            $($(
                #[doc = concat!("See [`", stringify!($row), "::", stringify!($sum), "`].")]
                pub $sum: sum_type!($sum_type $unit),
            )?)+
        }

        #[doc = concat!("What the observer adds to the sums for a [`", stringify!($row), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $observed {
            $($(
                #[doc = concat!("See [`", stringify!($row), "::", stringify!($id), "`].")]
                pub $id: field_type!($id_type),
            )?
            $(
                #[doc = concat!("See [`", stringify!($row), "::", stringify!($key), "`].")]
                pub $key: field_type!($type),
            )?)+
        }

        impl $row {
            /// The row of a year. In year 0 sums are empty, but for counts.
            pub fn from_sums(sums: &$sums, year: u32, observed: $observed) -> Self {
                use super::column::YearSum;
                Self {
                    year,
                    $(
                        $($sum: sums.$sum.stored(year),)?
                        $($id: observed.$id,)?
                        $($key: observed.$key,)?
                    )+
                }
            }
        }
    };
}
