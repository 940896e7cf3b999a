//! Limits that may change over time.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Path, limited_path};

/// A limit that may change over time, or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LimitPath(#[serde(with = "limited_path")] pub Option<Path>);

impl LimitPath {
    /// No limit.
    pub const NONE: Self = LimitPath(None);

    /// The limit in a year; infinite without a limit.
    pub fn bound(self, year: u32) -> f64 {
        self.0.map_or(f64::INFINITY, |path| path.at(year))
    }
}

impl From<f64> for LimitPath {
    fn from(number: f64) -> Self {
        LimitPath(Some(Path::Constant(number)))
    }
}

impl From<Path> for LimitPath {
    fn from(path: Path) -> Self {
        LimitPath(Some(path))
    }
}
