//! Where the staff of the foundation's service desk is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::Kind;

/// Where the staff of the foundation's service desk is: a word, or weights of regions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DeskPlace {
    /// Where the foundation is, at its wages.
    #[serde(rename = "foundation")]
    Foundation,
    /// In all regions in proportion to people online, which is what `hubs.spread` aims at.
    #[serde(rename = "people")]
    People,
    /// In these regions, by name, in proportion to their weights, of which one is above 0; in no other.
    #[serde(untagged)]
    Regions(BTreeMap<String, f64>),
}

impl DeskPlace {
    /// The words that scenario files write, that of the default first.
    pub const WORDS: &'static [&'static str] = &["foundation", "people"];

    /// The values that the lever takes.
    pub(super) const KIND: Kind = Kind::Shares { to: "region", options: Self::WORDS, default: Self::WORDS[0] };
}
