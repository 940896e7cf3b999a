//! Numbers to disk: the run folder.
//!
//! A run belongs to a [`Question`] (scenario, seed, model fingerprint), which names its folder. While it is at work
//! a [`RunFolder`] keeps each finished trial as it comes ([`Sink`](hubsim_lab::experiment::Sink)); at the end it writes the
//! tables, and last the manifest. Nothing is ever seen half written, and a run that was killed goes on where it
//! was. [`find_run`] and [`Run`] read it back.
//!
//! ```text
//! output/<scenario>/<run>/
//!   manifest.json           written early (`complete: false`), replaced last (`complete: true`)
//!   .unfinished/lock        one process at a time
//!   .unfinished/trials/     finished trials, one file each; gone at the end
//!   *.parquet *.csv …       the answer
//! ```

pub mod dictionary;
pub mod error;
pub mod fingerprint;
mod folder;
mod lock;
pub mod manifest;
mod parts;
pub mod placement;
pub mod provenance;
mod run_key;
pub mod reading;
mod run;
mod sheets;
mod table;
mod tables;

pub use error::{StoreErrorCause, StoreError};
pub use folder::{Opened, RunFolder};
pub use manifest::Manifest;
pub use placement::place;
pub use provenance::{Provenance, ProvenanceFile};
pub use run_key::{ORGANISATION_REPLICATES, RunKey, StoredDerivation};
pub use reading::{Cells, Columns, Words};
pub use run::{StoredRun, find_run};
pub use sheets::shortest;
