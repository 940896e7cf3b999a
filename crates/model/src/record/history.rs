//! The tables of a trial.

use serde::{Deserialize, Serialize};

use super::Names;
use super::rows::{FlowRow, MandateRow, MovementRow, OrganisationRow, RegionRow, Row, ThemeRow};

/// Declares the tables of a history, in the order of every list of tables. What handles all tables does so by
/// [`History::visit`], so that it cannot leave out one of this list.
macro_rules! tables {
    ($($(#[doc = $doc:literal])+ $table:ident: $row:ident,)+) => {
        /// All rows of one trial, year 0 (stocks only) to the last, in order of year, then of entity.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct History {
            /// Names behind the entity columns.
            pub names: Names,
            $($(#[doc = $doc])+ pub $table: Vec<$row>,)+
        }

        impl History {
            /// Number of tables.
            pub const TABLES: usize = [$(stringify!($table)),+].len();

            /// Visits every table in order; gives what the visitor made of each.
            pub fn visit<V: TableVisitor>(&self, visitor: &mut V) -> [V::Output; History::TABLES] {
                [$(visitor.table::<$row>(&self.$table)),+]
            }
        }
    };
}

tables! {
    /// One row a year.
    movement: MovementRow,
    /// One row a year and region.
    regions: RegionRow,
    /// One row a year and organisation that was active in it.
    organisations: OrganisationRow,
    /// One row a year and mandate that existed in it.
    mandates: MandateRow,
    /// One row a year and theme, unborn ones included.
    themes: ThemeRow,
    /// One row a year, funder and region.
    flows: FlowRow,
}

/// An operation that has the same form for every table.
///
/// ```
/// use hubsim_model::record::{History, TableVisitor, rows::Row};
///
/// struct Names;
/// impl TableVisitor for Names {
///     type Output = &'static str;
///     fn table<R: Row>(&mut self, _: &[R]) -> &'static str {
///         R::TABLE
///     }
/// }
/// assert_eq!(History::default().visit(&mut Names)[0], "movement");
/// ```
pub trait TableVisitor {
    /// What a visit to one table gives.
    type Output;
    /// Visits a table with its rows.
    fn table<R: Row>(&mut self, rows: &[R]) -> Self::Output;
}

impl History {
    /// The same with rows of a year added to their table, after those of earlier years: a history made by hand. The
    /// movement gets an empty row for each year up to this one that has none yet.
    ///
    /// ```
    /// use hubsim_model::record::{History, OrganisationRow, RegionRow};
    ///
    /// let staff = [3.0, 1.0].map(|staff| OrganisationRow { staff, ..OrganisationRow::chapter(0) });
    /// let region = RegionRow { requests: 10.0, ..Default::default() };
    /// let history = History::default().with(0, staff).with(2, [region]);
    /// assert_eq!(history.movement.len(), 3);
    /// assert_eq!(history.regions[0].year, 2);
    /// ```
    pub fn with<R: Row>(mut self, year: u32, rows: impl IntoIterator<Item = R>) -> History {
        self.fill(year);
        R::rows_mut(&mut self).extend(rows.into_iter().map(|row| row.with_year(year)));
        self.fill(year + 1);
        self
    }

    /// Empty rows of the movement, so that there is one for each of a number of years.
    fn fill(&mut self, years: u32) {
        self.movement
            .extend((self.movement.len() as u32..years).map(|year| MovementRow { year, ..Default::default() }));
    }
}
