//! The tables of a history: their rows and columns, with meanings and units.
//!
//! Stocks are as at the end of the year, flows are sums over it. In year 0 there are stocks only: flows are NaN
//! there, which tables show as empty.

#[macro_use]
mod declare;
mod column;
mod flow;
mod mandate;
mod movement;
mod organisation;
mod region;
mod theme;

pub use column::{Column, Role, Row, Type, Value};
pub use flow::{FlowObserved, FlowRow, FlowSums};
pub use mandate::MandateRow;
pub use movement::{MovementObserved, MovementRow, MovementSums};
pub use organisation::OrganisationRow;
pub use region::{RegionObserved, RegionRow, RegionSums};
pub use theme::{ThemeObserved, ThemeRow, ThemeSums};

/// In a column of names: none.
pub const NO_NAME: u32 = u32::MAX;

/// Words of the column `stage`.
pub const STAGES: &[&str] = &["pilot", "active", "transition", "ended"];

#[cfg(test)]
mod tests;
