//! What the levers of hubs choose among.

use serde::{Deserialize, Serialize};

/// Which hubs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HubKind {
    /// No hubs.
    None,
    /// One mandate for each theme.
    Thematic,
    /// One mandate for each region.
    Regional,
    /// Both.
    Both,
}

impl HubKind {
    /// Whether there are hubs for themes.
    pub fn thematic(self) -> bool {
        matches!(self, HubKind::Thematic | HubKind::Both)
    }

    /// Whether there are hubs for regions.
    pub fn regional(self) -> bool {
        matches!(self, HubKind::Regional | HubKind::Both)
    }
}

/// Who chooses what a hub works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Autonomy {
    /// The hub itself.
    Own,
    /// A steering group of those it serves.
    Steering,
    /// Whoever pays it.
    Funder,
}

/// What a review may end in besides going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Into two mandates of narrower scope.
    Split,
    /// Badly served regions leave the scope.
    ReScope,
    /// To a better holder in another region.
    Move,
    /// To a better holder anywhere.
    Reallocate,
    /// No mandate any more.
    End,
}

/// What the foundation keeps when themes get a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FoundationRole {
    /// It keeps all its staff and money.
    KeepsEverything,
    /// Staff and money for a theme go to its hub, but for themes that are its core.
    KeepsCore,
    /// Staff and money for every theme with a hub go to that hub.
    Coordinates,
}

/// How a mandate's candidates are drawn from their ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MandateAward {
    /// The best score.
    Full,
    /// By lot among those at or above the median score.
    UniformLottery,
    /// By lot in proportion to score.
    Lottery,
}
