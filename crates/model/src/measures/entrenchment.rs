//! Entrenchment: whether incumbents keep money, capacity and mandates.

mod approaches;
mod capacity;
mod grants;
mod lagging;
mod mandates;

pub use approaches::{APPROACH_DIVERSITY, APPROACH_DIVERSITY_SERVED};
pub use capacity::{
    CAPACITY_OUTSIDE_INCUMBENTS, DRAWN_SHARE, INCUMBENT_MANDATE_SHARE, INCUMBENT_SHARE, INCUMBENT_SHARE_AFFILIATES,
    NEW_SHARE, RANK_PERSISTENCE,
};
pub use grants::{GRANTS_HHI, RETURNING_SHARE, TOP5_SHARE};
pub use lagging::{LAGGING_SHARE, LAGGING_YEARS};
pub use mandates::{LAG, LOBBYING_WON, MANDATE_TENURE, MANDATE_TURNOVER};
