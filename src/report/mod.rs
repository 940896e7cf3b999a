//! Numbers to people: charts, tables, the page.
//!
//! Everything here returns text or bytes; writing them to files is the store's and the command line's business.

pub mod number;
pub mod reading;
pub mod chart;
pub mod claims;
pub mod contrasts;
pub mod ledger;
pub mod table;
pub mod page;
#[cfg(test)]
mod synthetic;
