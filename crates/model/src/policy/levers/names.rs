//! Lists of names.

use serde::{Deserialize, Serialize};

/// Names of things that the scenario defines, such as regions; an empty list stands for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(pub Vec<String>);

impl Names {
    /// Whether a name is in the list, or the list is empty.
    pub fn admit(&self, name: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|admitted| admitted == name)
    }
}
