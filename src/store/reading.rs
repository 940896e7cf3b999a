//! Reading the Parquet tables of a run folder, column by column.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::error::StoreError;

/// The cells of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Numbers; NaN where empty.
    Numbers(Vec<f64>),
    /// Counts.
    Counts(Vec<u32>),
    /// Names.
    Names(NameColumn),
}

/// A column of names, stored as distinct words and one position per row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NameColumn {
    /// The distinct words, in the order of their first row.
    pub words: Vec<String>,
    /// For each row, the position of its word; `None` for an empty cell.
    pub positions: Vec<Option<u32>>,
}

impl NameColumn {
    /// The word of a row; empty for an empty cell.
    pub fn get(&self, row: usize) -> &str {
        self.positions.get(row).copied().flatten().map_or("", |word| &self.words[word as usize])
    }
}

/// Some columns of a table, or of one row group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableColumns {
    /// The number of rows.
    pub rows: usize,
    columns: BTreeMap<String, Cells>,
}

impl TableColumns {
    /// A column of numbers.
    pub fn numbers(&self, key: &str) -> Option<&[f64]> {
        if let Cells::Numbers(values) = self.columns.get(key)? { Some(values) } else { None }
    }

    /// A column of counts.
    pub fn counts(&self, key: &str) -> Option<&[u32]> {
        if let Cells::Counts(values) = self.columns.get(key)? { Some(values) } else { None }
    }

    /// A column of names.
    pub fn names(&self, key: &str) -> Option<&NameColumn> {
        if let Cells::Names(words) = self.columns.get(key)? { Some(words) } else { None }
    }

    /// The keys of the columns, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }
}

/// Reads the columns selected by `wanted`, one row group at a time, so that a large table need not fit into memory. `each` is
/// called with every row group.
///
/// # Errors
/// If the file cannot be read or is not a table; or the first error of `each`.
pub fn scan(
    path: &Path,
    wanted: &dyn Fn(&str) -> bool,
    mut each: impl FnMut(TableColumns) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let file = File::open(path).map_err(|error| StoreError::io(path, "read the table", &error))?;
    let damaged = |error: ParquetError| StoreError::damaged(path, error.to_string());
    let reader = SerializedFileReader::new(file).map_err(damaged)?;
    for group in 0..reader.num_row_groups() {
        each(read_group(&reader, group, wanted).map_err(damaged)?)?;
    }
    Ok(())
}

/// Reads the columns selected by `wanted` of a whole table.
///
/// # Errors
/// If the file cannot be read or is not a table.
pub fn read(path: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<TableColumns, StoreError> {
    let mut all = TableColumns::default();
    scan(path, wanted, |group| {
        all.append(group);
        Ok(())
    })?;
    Ok(all)
}

impl TableColumns {
    fn append(&mut self, group: TableColumns) {
        if self.columns.is_empty() {
            *self = group;
            return;
        }
        self.rows += group.rows;
        for (key, cells) in group.columns {
            match (self.columns.get_mut(&key), cells) {
                (Some(Cells::Numbers(all)), Cells::Numbers(more)) => all.extend(more),
                (Some(Cells::Counts(all)), Cells::Counts(more)) => all.extend(more),
                (Some(Cells::Names(all)), Cells::Names(more)) => all.append(&more),
                _ => unreachable!("row groups share one schema"),
            }
        }
    }
}

impl NameColumn {
    fn append(&mut self, more: &NameColumn) {
        let mut place: BTreeMap<String, u32> = self.words.iter().cloned().zip(0..).collect();
        // Row groups have separate dictionaries: positions of the second are translated into positions of the first.
        let map: Vec<u32> = more.words.iter().map(|word| self.add(&mut place, word)).collect();
        self.positions.extend(more.positions.iter().map(|word| word.map(|word| map[word as usize])));
    }

    fn add(&mut self, place: &mut BTreeMap<String, u32>, word: &str) -> u32 {
        if let Some(found) = place.get(word) {
            return *found;
        }
        let next = self.words.len() as u32;
        self.words.push(word.to_string());
        place.insert(word.to_string(), next);
        next
    }
}

fn read_group(
    reader: &SerializedFileReader<File>,
    group: usize,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<TableColumns, ParquetError> {
    let group = reader.get_row_group(group)?;
    let rows =
        usize::try_from(group.metadata().num_rows()).map_err(|error| ParquetError::General(error.to_string()))?;
    let mut columns = BTreeMap::new();
    for at in 0..group.num_columns() {
        let key = group.metadata().column(at).column_descr().name().to_string();
        if wanted(&key) {
            columns.insert(key, read_column(group.get_column_reader(at)?, rows)?);
        }
    }
    Ok(TableColumns { rows, columns })
}

fn read_column(column: ColumnReader, rows: usize) -> Result<Cells, ParquetError> {
    Ok(match column {
        ColumnReader::DoubleColumnReader(column) => {
            let values = read_all::<DoubleType>(column, rows)?;
            Cells::Numbers(values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect())
        }
        ColumnReader::Int32ColumnReader(column) => {
            let values = read_all::<Int32Type>(column, rows)?;
            Cells::Counts(values.into_iter().map(|value| value.unwrap_or(0).cast_unsigned()).collect())
        }
        ColumnReader::ByteArrayColumnReader(column) => {
            let mut words = NameColumn::default();
            let mut place = BTreeMap::new();
            for value in read_all::<ByteArrayType>(column, rows)? {
                let word = value.as_ref().map(|value| value.as_utf8()).transpose()?;
                let word = word.map(|word| words.add(&mut place, word));
                words.positions.push(word);
            }
            Cells::Names(words)
        }
        _ => return Err(ParquetError::General("a column of a type that hubsim does not write".into())),
    })
}

/// All cells of a column of a row group; `None` for an empty cell.
fn read_all<T: DataType>(mut column: ColumnReaderImpl<T>, rows: usize) -> Result<Vec<Option<T::T>>, ParquetError> {
    let (mut values, mut levels, mut done) = (Vec::with_capacity(rows), Vec::with_capacity(rows), 0);
    while done < rows {
        let (records, _, _) = column.read_records(rows - done, Some(&mut levels), None, &mut values)?;
        if records == 0 {
            return Err(ParquetError::General(format!("{done} rows instead of {rows}")));
        }
        done += records;
    }
    // Required columns have no definition levels; in optional ones, level 0 is an empty cell without a value.
    if levels.is_empty() {
        return Ok(values.into_iter().map(Some).collect());
    }
    let mut values = values.into_iter();
    Ok(levels.into_iter().map(|level| if level > 0 { values.next() } else { None }).collect())
}
