//! `provenance.json`: how a run was made. This is all that may differ between two runs with the same key.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::atomic_file::write_atomically;
use super::error::StoreError;
use super::fingerprint::{FINGERPRINT, GIT, PROFILE, RUSTC, TARGET, VERSION};
use super::manifest::json;

/// The name of the provenance file.
pub const PROVENANCE: &str = "provenance.json";

/// Data of one invocation, supplied by the caller.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// The command line.
    pub command: String,
    /// The time when it started.
    pub started: SystemTime,
    /// The time when it finished.
    pub finished: SystemTime,
    /// Number of threads.
    pub threads: usize,
    /// Number of trials simulated by this invocation, without those stored by earlier ones.
    pub simulated: u64,
}

/// The content of `provenance.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProvenanceFile {
    /// The command line.
    pub command: String,
    /// The time when the invocation started, UTC.
    pub started: String,
    /// The time when the run was finished, UTC.
    pub finished: String,
    /// Seconds between the two.
    pub seconds: f64,
    /// Number of threads.
    pub threads: usize,
    /// Number of trials simulated by this invocation.
    pub simulated: u64,
    /// Simulated trials per second.
    pub trials_per_second: Option<f64>,
    /// Operating system and processor.
    pub platform: String,
    /// The target triple.
    pub target: String,
    /// The compiler.
    pub compiler: String,
    /// `debug` or `release`.
    pub profile: String,
    /// The commit.
    pub git: String,
    /// The version of hubsim.
    pub version: String,
    /// The model fingerprint of the build.
    pub fingerprint: String,
}

impl ProvenanceFile {
    pub(super) fn from_provenance(provenance: &Provenance) -> ProvenanceFile {
        let lasted = provenance.finished.duration_since(provenance.started).unwrap_or_default();
        let seconds = lasted.as_millis() as f64 / 1000.0;
        let speed = provenance.simulated as f64 / seconds;
        ProvenanceFile {
            command: provenance.command.clone(),
            started: utc(provenance.started),
            finished: utc(provenance.finished),
            seconds,
            threads: provenance.threads,
            simulated: provenance.simulated,
            trials_per_second: speed.is_finite().then_some(speed),
            platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            target: TARGET.into(),
            compiler: RUSTC.into(),
            profile: PROFILE.into(),
            git: GIT.into(),
            version: VERSION.into(),
            fingerprint: FINGERPRINT.into(),
        }
    }

    /// Reads the provenance of a run folder; `None` if it is missing or cannot be read, because no result depends on it.
    pub fn read(folder: &Path) -> Option<ProvenanceFile> {
        serde_json::from_slice(&fs::read(folder.join(PROVENANCE)).ok()?).ok()
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        write_atomically(folder, PROVENANCE, &json(self)).map(|_| ())
    }
}

/// A time as `2026-11-22T08:30:00.000Z`, whose order as text is its order in time. Dates are computed as in Hinnant (2013),
/// "chrono-compatible low-level date algorithms".
pub(super) fn utc(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (seconds, days) = (since.as_secs() % 86_400, since.as_secs() / 86_400);
    // Days since 0000-03-01: a year that begins in March has its leap day at its end.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", since.subsec_millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_converted_to_calendar_dates() {
        // date -u -d @SECONDS +%FT%T
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_399, "2000-02-28T23:59:59.000Z"),
            (951_782_400, "2000-02-29T00:00:00.000Z"),
            (1_795_339_800, "2026-11-22T09:30:00.000Z"),
            (4_107_542_400, "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }

    #[test]
    fn the_speed_is_missing_if_nothing_was_simulated() {
        let at = UNIX_EPOCH + Duration::from_secs(10);
        let provenance =
            Provenance { command: "hubsim run".into(), started: at, finished: at, threads: 2, simulated: 0 };
        assert_eq!(ProvenanceFile::from_provenance(&provenance).trials_per_second, None);
        let provenance = Provenance { finished: at + Duration::from_millis(500), simulated: 3, ..provenance };
        assert_eq!(ProvenanceFile::from_provenance(&provenance).trials_per_second, Some(6.0));
        let back = Provenance { finished: UNIX_EPOCH, ..provenance };
        assert_eq!(
            ProvenanceFile::from_provenance(&back).seconds,
            0.0,
            "a clock that was set back gives no negative duration"
        );
    }
}
