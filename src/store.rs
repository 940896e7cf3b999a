//! Run folders: the results of a run on disk.
//!
//! A [`RunKey`] (scenario, seed, model fingerprint) determines the folder of a run. During the run, a [`RunFolder`] stores
//! each trial as soon as it is finished ([`Sink`](hubsim_lab::experiment::Sink)); at the end it writes the tables, and the
//! manifest last. No file is ever visible half written, and an interrupted run continues where it stopped. [`find_run`]
//! and [`StoredRun`] read a finished run.
//!
//! ```text
//! output/<scenario>/<run>/
//!   manifest.json           written first (`complete: false`), replaced last (`complete: true`)
//!   .unfinished/lock        held by the process that works on the run
//!   .unfinished/trials/     finished trials, one file each; removed at the end
//!   *.parquet *.csv …       the results
//! ```

pub mod dictionary;
pub mod error;
pub mod fingerprint;
mod folder;
mod lock;
pub mod manifest;
mod trial_cache;
pub mod atomic_file;
pub mod provenance;
mod run_key;
pub mod reading;
mod stored_run;
mod stored_parts;
mod csv_tables;
mod ladder_table;
mod parquet_table;
mod parquet_tables;
mod parts_table;

pub use atomic_file::{AtomicFile, Durability, StoredFile, write_atomically};
pub use csv_tables::shortest;
pub use error::{StoreError, StoreErrorCause};
pub use folder::{Opened, RunFolder};
pub use manifest::{FileCheck, Manifest};
pub use provenance::{Provenance, ProvenanceFile};
pub use reading::{Cells, NameColumn, TableColumns};
pub use run_key::{ORGANISATION_REPLICATES, RunKey, StoredDerivation};
pub use stored_run::{StoredRun, find_run};
