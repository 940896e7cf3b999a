//! Presentation of results: charts, tables, the page, the event log.
//!
//! Functions of this module return text or bytes; the store and the command line write them to files.

pub mod glossary;
pub mod number;
pub mod reading;
pub mod chart;
pub mod claims;
pub mod contrasts;
pub mod event_log;
pub mod table;
pub mod page;
#[cfg(test)]
mod synthetic;
