//! Options of the levers of hubs.

use crate::policy::levers::words::words;

words! {
    /// Which hubs there are.
    pub enum HubKind {
        /// No hubs.
        None = "none",
        /// One mandate for each theme.
        Thematic = "thematic",
        /// One mandate for each region.
        Regional = "regional",
        /// Both.
        Both = "both",
    }
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

words! {
    /// The body that chooses what a hub works on.
    pub enum Autonomy {
        /// The hub itself.
        Own = "own",
        /// A steering group of those it serves.
        Steering = "steering",
        /// The funder that pays it.
        Funder = "funder",
    }
}

words! {
    /// What a review may decide, besides that the mandate continues.
    pub enum Outcome {
        /// Split into two mandates of narrower scope.
        Split = "split",
        /// Remove badly served regions from the scope.
        ReScope = "re-scope",
        /// Give the mandate to a better holder in another region.
        Move = "move",
        /// Give the mandate to a better holder in any region.
        Reallocate = "reallocate",
        /// End the mandate.
        End = "end",
    }
}

words! {
    /// What the foundation keeps when themes get a hub.
    pub enum FoundationRole {
        /// It keeps all its staff and money.
        KeepsEverything = "keeps-everything",
        /// Staff and money for a theme go to its hub, but for themes that are its core.
        KeepsCore = "keeps-core",
        /// Staff and money for every theme with a hub go to that hub.
        Coordinates = "coordinates",
    }
}

words! {
    /// How a mandate's candidates are drawn from their ranking.
    pub enum MandateAward {
        /// The best score.
        Full = "full",
        /// By lot among those at or above the median score.
        UniformLottery = "uniform-lottery",
        /// By lot in proportion to score.
        Lottery = "lottery",
    }
}
