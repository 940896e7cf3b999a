//! One Parquet table on its way to the disk: rows go in, row groups come out.
//!
//! The bytes depend on the rows and nothing else: no times, no library version, row groups of a fixed size in the
//! order of the rows. Numbers are optional doubles (NaN is empty), counts are unsigned 32-bit integers, names are
//! optional strings in a dictionary. Columns are compressed with Snappy.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};

use super::error::StoreError;
use super::placement::{Placed, Placement};

/// Rows in a group: small enough that six tables at once stay far below 100 MB.
pub(super) const GROUP: usize = 16_384;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Count,
    Name,
}

/// The cells of one column that wait for their row group.
enum Waiting {
    Number { there: Vec<i16>, values: Vec<f64> },
    Count(Vec<i32>),
    Name { there: Vec<i16>, values: Vec<ByteArray> },
}

/// A table that is being written.
pub(super) struct Table {
    placement: Arc<Mutex<Placement>>,
    writer: SerializedFileWriter<Shared>,
    waiting: Vec<Waiting>,
    rows: usize,
}

/// The placement, lent to the Parquet writer, which would swallow the kind of an error on giving it back.
struct Shared(Arc<Mutex<Placement>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

impl Table {
    /// Begins a table of some columns; `notes` go into the file's metadata.
    pub fn begin(
        placement: Placement,
        name: &str,
        columns: &[(String, Kind)],
        notes: &[(&str, String)],
    ) -> Result<Table, StoreError> {
        let target = placement.target().to_path_buf();
        let placement = Arc::new(Mutex::new(placement));
        let started = schema(name, columns).and_then(|schema| {
            SerializedFileWriter::new(Shared(placement.clone()), Arc::new(schema), Arc::new(properties(columns, notes)))
        });
        let writer = started.map_err(|error| failure(&target, error))?;
        let waiting = columns.iter().map(|(_, kind)| Waiting::of(*kind)).collect();
        Ok(Table { placement, writer, waiting, rows: 0 })
    }

    /// The next row: `fill` gives a cell to every column, in order.
    pub fn row(&mut self, fill: impl FnOnce(&mut Row<'_>)) -> Result<(), StoreError> {
        let mut row = Row { waiting: self.waiting.iter_mut() };
        fill(&mut row);
        assert!(row.waiting.next().is_none(), "every column has its cell");
        self.rows += 1;
        if self.rows >= GROUP { self.group() } else { Ok(()) }
    }

    /// Ends a row group, so that what comes next can be found without reading what came before.
    pub fn group(&mut self) -> Result<(), StoreError> {
        if self.rows == 0 {
            return Ok(());
        }
        self.rows = 0;
        let written = write_group(&mut self.writer, &mut self.waiting);
        written.map_err(|error| self.failure(error))
    }

    /// Puts the table in its place.
    pub fn finish(mut self) -> Result<Placed, StoreError> {
        self.group()?;
        self.writer.finish().map_err(|error| self.failure(error))?;
        drop(self.writer);
        let placement = Arc::into_inner(self.placement).expect("the writer was the only other owner");
        placement.into_inner().unwrap_or_else(PoisonError::into_inner).commit(true)
    }

    fn failure(&self, error: ParquetError) -> StoreError {
        let target = self.placement.lock().unwrap_or_else(PoisonError::into_inner).target().to_path_buf();
        failure(&target, error)
    }
}

/// A row that is being filled, column by column.
pub(super) struct Row<'a> {
    waiting: std::slice::IterMut<'a, Waiting>,
}

impl Row<'_> {
    /// A number; NaN is empty.
    pub fn number(&mut self, value: f64) -> &mut Self {
        match self.waiting.next() {
            Some(Waiting::Number { there, values }) => {
                there.push(i16::from(!value.is_nan()));
                if !value.is_nan() {
                    values.push(value);
                }
            }
            _ => unreachable!("a number where the column holds none"),
        }
        self
    }

    /// A count.
    pub fn count(&mut self, value: u32) -> &mut Self {
        match self.waiting.next() {
            // Parquet keeps unsigned integers in the bits of signed ones.
            Some(Waiting::Count(values)) => values.push(value.cast_signed()),
            _ => unreachable!("a count where the column holds none"),
        }
        self
    }

    /// A name; an empty one is none.
    pub fn name(&mut self, value: &ByteArray) -> &mut Self {
        match self.waiting.next() {
            Some(Waiting::Name { there, values }) => {
                there.push(i16::from(!value.is_empty()));
                if !value.is_empty() {
                    values.push(value.clone());
                }
            }
            _ => unreachable!("a name where the column holds none"),
        }
        self
    }
}

impl Waiting {
    fn of(kind: Kind) -> Waiting {
        match kind {
            Kind::Number => Waiting::Number { there: Vec::new(), values: Vec::new() },
            Kind::Count => Waiting::Count(Vec::new()),
            Kind::Name => Waiting::Name { there: Vec::new(), values: Vec::new() },
        }
    }
}

fn write_group(writer: &mut SerializedFileWriter<Shared>, waiting: &mut [Waiting]) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for cells in waiting {
        let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("no such column".into()))?;
        match cells {
            Waiting::Number { there, values } => {
                column.typed::<DoubleType>().write_batch(values, Some(there), None)?;
                there.clear();
                values.clear();
            }
            Waiting::Count(values) => {
                column.typed::<Int32Type>().write_batch(values, None, None)?;
                values.clear();
            }
            Waiting::Name { there, values } => {
                column.typed::<ByteArrayType>().write_batch(values, Some(there), None)?;
                there.clear();
                values.clear();
            }
        }
        column.close()?;
    }
    group.close()?;
    Ok(())
}

fn schema(name: &str, columns: &[(String, Kind)]) -> Result<Type, ParquetError> {
    let mut fields = Vec::with_capacity(columns.len());
    for (key, kind) in columns {
        let field = match kind {
            Kind::Number => {
                Type::primitive_type_builder(key, Physical::DOUBLE).with_repetition(Repetition::OPTIONAL).build()
            }
            Kind::Count => Type::primitive_type_builder(key, Physical::INT32)
                .with_repetition(Repetition::REQUIRED)
                .with_converted_type(ConvertedType::UINT_32)
                .with_logical_type(Some(LogicalType::integer(32, false)))
                .build(),
            Kind::Name => Type::primitive_type_builder(key, Physical::BYTE_ARRAY)
                .with_repetition(Repetition::OPTIONAL)
                .with_converted_type(ConvertedType::UTF8)
                .with_logical_type(Some(LogicalType::String))
                .build(),
        };
        fields.push(Arc::new(field?));
    }
    Type::group_type_builder(name).with_fields(fields).build()
}

fn properties(columns: &[(String, Kind)], notes: &[(&str, String)]) -> WriterProperties {
    let notes = notes.iter().map(|(key, value)| KeyValue::new(format!("hubsim.{key}"), value.clone()));
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_created_by(format!("hubsim version {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_dictionary_enabled(false)
        .set_key_value_metadata(Some(notes.collect()));
    for (key, kind) in columns {
        if *kind != Kind::Number {
            // A key may have dots in it: the path is one step long nevertheless.
            properties = properties.set_column_dictionary_enabled(ColumnPath::new(vec![key.clone()]), true);
        }
    }
    properties.build()
}

/// What went wrong; the system's own error is found again inside the library's.
fn failure(target: &std::path::Path, error: ParquetError) -> StoreError {
    let error = match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(io) => *io,
            Err(other) => io::Error::other(other.to_string()),
        },
        other => io::Error::other(other.to_string()),
    };
    StoreError::io(target, "write the table", &error)
}
