//! Numbers to people: charts, tables, the page.
//!
//! Everything here returns text or bytes; writing them to files is the store's and the command line's business.

pub mod glossary;
pub mod number;
pub mod reading;
pub mod chart;
pub mod claims;
pub mod ledger;
pub mod inherited;
pub mod levers;
pub mod mechanisms;
pub mod mitigations;
pub mod table;
pub mod page;
#[cfg(test)]
mod synthetic;
