//! Tables and grids that are indexed by typed ids, so that an id of one table cannot address another.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

use crate::ids::{Id, RegionId, ThemeId};

/// Rows of one kind of entity, in order of id. Nothing is ever removed, so ids stay valid.
///
/// ```compile_fail
/// # use hubsim_model::{ids::{MandateId, RegionId}, table::Table};
/// let names: Table<RegionId, &str> = vec!["NWE", "SSA"].into();
/// names[MandateId(0)]; // a mandate is no region
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Table<I, T> {
    rows: Vec<T>,
    id: PhantomData<I>,
}

impl<I: Id, T> Table<I, T> {
    /// A table without rows.
    pub fn new() -> Self {
        Vec::new().into()
    }

    /// Appends a row and returns its id.
    pub fn push(&mut self, row: T) -> I {
        self.rows.push(row);
        I::from_index(self.rows.len() - 1)
    }

    /// Ids of all rows, in order.
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.rows.len()).map(I::from_index)
    }

    /// All rows with their ids, in order.
    pub fn pairs(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        self.rows.iter().enumerate().map(|(index, row)| (I::from_index(index), row))
    }

    /// The same, to change the rows.
    pub fn pairs_mut(&mut self) -> impl Iterator<Item = (I, &mut T)> {
        self.rows.iter_mut().enumerate().map(|(index, row)| (I::from_index(index), row))
    }
}

impl<I: Id, T> Default for Table<I, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I, T> From<Vec<T>> for Table<I, T> {
    fn from(rows: Vec<T>) -> Self {
        Self { rows, id: PhantomData }
    }
}

impl<I: Id, T> FromIterator<T> for Table<I, T> {
    fn from_iter<S: IntoIterator<Item = T>>(rows: S) -> Self {
        Vec::from_iter(rows).into()
    }
}

impl<I, T> Deref for Table<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.rows
    }
}

impl<I, T> DerefMut for Table<I, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.rows
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;

    #[inline]
    fn index(&self, id: I) -> &T {
        &self.rows[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    #[inline]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.rows[id.index()]
    }
}

impl<'a, I, T> IntoIterator for &'a Table<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut Table<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter_mut()
    }
}

/// One value for each pair of two kinds of entities, row by row: `grid[(row, column)]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid<A, B, T> {
    cells: Vec<T>,
    columns: usize,
    ids: PhantomData<(A, B)>,
}

impl<A: Id, B: Id, T> Grid<A, B, T> {
    /// A grid of `rows` × `columns` equal values.
    pub fn new(rows: usize, columns: usize, value: T) -> Self
    where
        T: Clone,
    {
        Self { cells: vec![value; rows * columns], columns, ids: PhantomData }
    }

    /// A grid of `rows` × `columns` values, each made from its row and column.
    pub fn from_fn(rows: usize, columns: usize, value: impl Fn(A, B) -> T) -> Self {
        let cells =
            (0..rows).flat_map(|row| (0..columns).map(move |column| (A::from_index(row), B::from_index(column))));
        Self { cells: cells.map(|(row, column)| value(row, column)).collect(), columns, ids: PhantomData }
    }

    /// The cells of a row, by column.
    #[inline]
    pub fn row(&self, row: A) -> &[T] {
        &self.cells[row.index() * self.columns..][..self.columns]
    }

    /// The same, to change them.
    #[inline]
    pub fn row_mut(&mut self, row: A) -> &mut [T] {
        &mut self.cells[row.index() * self.columns..][..self.columns]
    }

    /// All rows, in order of their ids.
    pub fn rows(&self) -> impl Iterator<Item = &[T]> {
        self.cells.chunks(self.columns.max(1))
    }

    /// All cells, row by row.
    pub fn cells(&self) -> &[T] {
        &self.cells
    }

    /// The same, to change them.
    pub fn cells_mut(&mut self) -> &mut [T] {
        &mut self.cells
    }
}

impl<A, B, T> Default for Grid<A, B, T> {
    fn default() -> Self {
        Self { cells: Vec::new(), columns: 0, ids: PhantomData }
    }
}

impl<A: Id, B: Id, T> Index<(A, B)> for Grid<A, B, T> {
    type Output = T;

    #[inline]
    fn index(&self, (row, column): (A, B)) -> &T {
        &self.cells[row.index() * self.columns + column.index()]
    }
}

impl<A: Id, B: Id, T> IndexMut<(A, B)> for Grid<A, B, T> {
    #[inline]
    fn index_mut(&mut self, (row, column): (A, B)) -> &mut T {
        &mut self.cells[row.index() * self.columns + column.index()]
    }
}

/// Lets short lists with one value a region or theme, such as `[f64; MAX_THEMES]`, be indexed by id.
macro_rules! index_lists_by {
    ($($id:ty),+) => {$(
        impl<T> Index<$id> for [T] {
            type Output = T;

            #[inline]
            fn index(&self, id: $id) -> &T {
                &self[id.index()]
            }
        }

        impl<T> IndexMut<$id> for [T] {
            #[inline]
            fn index_mut(&mut self, id: $id) -> &mut T {
                &mut self[id.index()]
            }
        }

        impl<T> Index<$id> for Vec<T> {
            type Output = T;

            #[inline]
            fn index(&self, id: $id) -> &T {
                &self[id.index()]
            }
        }

        impl<T> IndexMut<$id> for Vec<T> {
            #[inline]
            fn index_mut(&mut self, id: $id) -> &mut T {
                &mut self[id.index()]
            }
        }
    )+};
}

index_lists_by!(RegionId, ThemeId);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::OrganisationId;

    #[test]
    fn a_table_is_addressed_by_the_ids_it_gives() {
        let mut table: Table<OrganisationId, &str> = Table::new();
        let (first, second) = (table.push("a"), table.push("b"));
        table[second] = "c";
        assert_eq!((table[first], table[second], table.len()), ("a", "c", 2));
        assert_eq!(table.ids().collect::<Vec<_>>(), [first, second]);
        assert_eq!(table.pairs().last(), Some((second, &"c")));
    }

    #[test]
    fn a_grid_keeps_rows_and_columns_apart() {
        let mut grid = Grid::from_fn(2, 3, |row: RegionId, column: ThemeId| 10 * row.0 + column.0);
        grid[(RegionId(1), ThemeId(0))] += 5;
        assert_eq!(grid.cells(), [0, 1, 2, 15, 11, 12]);
        assert_eq!(grid.row(RegionId(1)), [15, 11, 12]);
        assert_eq!([7, 8, 9][ThemeId(2)], 9);
    }
}
