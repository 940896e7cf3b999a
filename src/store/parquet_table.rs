//! Writing one Parquet table, row by row.
//!
//! The bytes of the file depend on its rows only: it contains no times and no library version, and row groups of a fixed
//! size in the order of the rows. Numbers are optional doubles (NaN is empty), counts are unsigned 32-bit integers, names are
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

use super::atomic_file::{AtomicFile, Durability, StoredFile};
use super::error::StoreError;

/// Rows of a row group: few enough that six open tables need far less than 100 MB.
pub(super) const GROUP: usize = 16_384;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Number,
    Count,
    Name,
}

/// The cells of one column that belong to the next row group.
enum ColumnBuffer {
    Number { present: Vec<i16>, values: Vec<f64> },
    Count(Vec<i32>),
    Name { present: Vec<i16>, values: Vec<ByteArray> },
}

/// A Parquet table that is being written.
pub(super) struct ParquetTable {
    file: Arc<Mutex<AtomicFile>>,
    writer: SerializedFileWriter<SharedFile>,
    buffers: Vec<ColumnBuffer>,
    rows: usize,
}

/// The file, shared with the Parquet writer: taking it back from the writer would lose the kind of an I/O error.
struct SharedFile(Arc<Mutex<AtomicFile>>);

impl Write for SharedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

impl ParquetTable {
    /// Begins a table of some columns; `notes` go into the file's metadata.
    pub fn create(
        file: AtomicFile,
        name: &str,
        columns: &[(String, ColumnKind)],
        notes: &[(&str, String)],
    ) -> Result<ParquetTable, StoreError> {
        let target = file.target().to_path_buf();
        let file = Arc::new(Mutex::new(file));
        let started = schema(name, columns).and_then(|schema| {
            SerializedFileWriter::new(SharedFile(file.clone()), Arc::new(schema), Arc::new(properties(columns, notes)))
        });
        let writer = started.map_err(|error| failure(&target, error))?;
        let buffers = columns.iter().map(|(_, kind)| ColumnBuffer::new(*kind)).collect();
        Ok(ParquetTable { file, writer, buffers, rows: 0 })
    }

    /// Adds a row: `fill` adds one cell for each column, in order.
    pub fn row(&mut self, fill: impl FnOnce(&mut RowWriter<'_>)) -> Result<(), StoreError> {
        let mut row = RowWriter { buffers: self.buffers.iter_mut() };
        fill(&mut row);
        assert!(row.buffers.next().is_none(), "every column has its cell");
        self.rows += 1;
        if self.rows >= GROUP { self.end_group() } else { Ok(()) }
    }

    /// Ends the row group, so that the next rows can be read without the previous ones.
    pub fn end_group(&mut self) -> Result<(), StoreError> {
        if self.rows == 0 {
            return Ok(());
        }
        self.rows = 0;
        let written = write_group(&mut self.writer, &mut self.buffers);
        written.map_err(|error| self.failure(error))
    }

    /// Completes the table and makes the file appear.
    pub fn finish(mut self) -> Result<StoredFile, StoreError> {
        self.end_group()?;
        self.writer.finish().map_err(|error| self.failure(error))?;
        drop(self.writer);
        let file = Arc::into_inner(self.file).expect("the writer was the only other owner");
        file.into_inner().unwrap_or_else(PoisonError::into_inner).commit(Durability::Synced)
    }

    fn failure(&self, error: ParquetError) -> StoreError {
        let target = self.file.lock().unwrap_or_else(PoisonError::into_inner).target().to_path_buf();
        failure(&target, error)
    }
}

/// Adds the cells of one row, column by column.
pub(super) struct RowWriter<'a> {
    buffers: std::slice::IterMut<'a, ColumnBuffer>,
}

impl RowWriter<'_> {
    /// Adds a number; NaN gives an empty cell.
    pub fn number(&mut self, value: f64) -> &mut Self {
        match self.buffers.next() {
            Some(ColumnBuffer::Number { present, values }) => {
                present.push(i16::from(!value.is_nan()));
                if !value.is_nan() {
                    values.push(value);
                }
            }
            _ => unreachable!("a number where the column holds none"),
        }
        self
    }

    /// Adds a count.
    pub fn count(&mut self, value: u32) -> &mut Self {
        match self.buffers.next() {
            // Parquet stores unsigned integers in the bits of signed ones.
            Some(ColumnBuffer::Count(values)) => values.push(value.cast_signed()),
            _ => unreachable!("a count where the column holds none"),
        }
        self
    }

    /// Adds a name; an empty name gives an empty cell.
    pub fn name(&mut self, value: &ByteArray) -> &mut Self {
        match self.buffers.next() {
            Some(ColumnBuffer::Name { present, values }) => {
                present.push(i16::from(!value.is_empty()));
                if !value.is_empty() {
                    values.push(value.clone());
                }
            }
            _ => unreachable!("a name where the column holds none"),
        }
        self
    }
}

impl ColumnBuffer {
    fn new(kind: ColumnKind) -> ColumnBuffer {
        match kind {
            ColumnKind::Number => ColumnBuffer::Number { present: Vec::new(), values: Vec::new() },
            ColumnKind::Count => ColumnBuffer::Count(Vec::new()),
            ColumnKind::Name => ColumnBuffer::Name { present: Vec::new(), values: Vec::new() },
        }
    }
}

fn write_group(
    writer: &mut SerializedFileWriter<SharedFile>,
    buffers: &mut [ColumnBuffer],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for cells in buffers {
        let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("no such column".into()))?;
        match cells {
            ColumnBuffer::Number { present, values } => {
                column.typed::<DoubleType>().write_batch(values, Some(present), None)?;
                present.clear();
                values.clear();
            }
            ColumnBuffer::Count(values) => {
                column.typed::<Int32Type>().write_batch(values, None, None)?;
                values.clear();
            }
            ColumnBuffer::Name { present, values } => {
                column.typed::<ByteArrayType>().write_batch(values, Some(present), None)?;
                present.clear();
                values.clear();
            }
        }
        column.close()?;
    }
    group.close()?;
    Ok(())
}

fn schema(name: &str, columns: &[(String, ColumnKind)]) -> Result<Type, ParquetError> {
    let mut fields = Vec::with_capacity(columns.len());
    for (key, kind) in columns {
        let field = match kind {
            ColumnKind::Number => {
                Type::primitive_type_builder(key, Physical::DOUBLE).with_repetition(Repetition::OPTIONAL).build()
            }
            ColumnKind::Count => Type::primitive_type_builder(key, Physical::INT32)
                .with_repetition(Repetition::REQUIRED)
                .with_converted_type(ConvertedType::UINT_32)
                .with_logical_type(Some(LogicalType::integer(32, false)))
                .build(),
            ColumnKind::Name => Type::primitive_type_builder(key, Physical::BYTE_ARRAY)
                .with_repetition(Repetition::OPTIONAL)
                .with_converted_type(ConvertedType::UTF8)
                .with_logical_type(Some(LogicalType::String))
                .build(),
        };
        fields.push(Arc::new(field?));
    }
    Type::group_type_builder(name).with_fields(fields).build()
}

fn properties(columns: &[(String, ColumnKind)], notes: &[(&str, String)]) -> WriterProperties {
    let notes = notes.iter().map(|(key, value)| KeyValue::new(format!("hubsim.{key}"), value.clone()));
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_created_by(format!("hubsim version {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        // Numbers rarely repeat: a dictionary would only cost space. Names and counts have one, see below.
        .set_dictionary_enabled(false)
        .set_key_value_metadata(Some(notes.collect()));
    for (key, kind) in columns {
        if *kind != ColumnKind::Number {
            // A key may contain dots, but the path has only one element.
            properties = properties.set_column_dictionary_enabled(ColumnPath::new(vec![key.clone()]), true);
        }
    }
    properties.build()
}

/// The error of the store for an error of the library, which may contain an I/O error of the system.
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
